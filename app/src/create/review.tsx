import type { Draft, DraftProblem, Network, Token } from 'tranche-client';
import { useState } from 'preact/hooks';
import { links } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import type { Session } from '../wallet/session.ts';
import { CodeGate } from './code-gate.tsx';
import { placeOf } from './draft.ts';
import { create, type Creation } from './run.ts';
import { TermsReview, Warnings } from './terms-review.tsx';

interface Props {
  network: Network;
  who: Session;
  draft: Draft;
  problems: DraftProblem[];
  token: Token | undefined;
  escrow: string;
}

/** All of it once more, with what could go wrong; and its creation. */
export function ReviewPart(props: Props) {
  const { network, who, draft, problems, token, escrow } = props;
  const [creation, setCreation] = useState<Creation>();
  if (problems.length > 0 || !token) {
    return (
      <Notice tone="bad" title="Some things have to be put right first">
        <ul>
          {problems.map(({ path, what }) => (
            <li key={path + what}>
              {placeOf(path)}: {what}
            </li>
          ))}
          {!token && <li>The token is not known.</li>}
        </ul>
      </Notice>
    );
  }
  const busy = creation?.state === 'busy' ? creation.what : undefined;
  return (
    <div class="stack wide">
      <TermsReview draft={draft} token={token} escrow={escrow} />
      <Warnings network={network} draft={draft} token={token} />
      {creation?.state === 'failed' && <ProblemNotice problem={creation.problem} />}
      {creation?.state === 'done' ? (
        <Notice tone="good" title="The escrow stands.">
          <p>Its payer can fund it now.</p>
          <div class="row">
            <Button kind="primary" href={links.escrow(creation.id)}>
              Go to the escrow
            </Button>
          </div>
        </Notice>
      ) : (
        <CodeGate network={network} who={who}>
          <Button
            kind="primary"
            busy={busy}
            onClick={() => void create({ network, session: who, draft, escrow }, setCreation)}
          >
            {who.kind === 'freighter'
              ? 'Create: sign in Freighter'
              : 'Create: sign with the test key'}
          </Button>
          {creation?.state === 'busy' && creation.stop && (
            <Button onClick={creation.stop}>Stop waiting</Button>
          )}
        </CodeGate>
      )}
    </div>
  );
}
