import { firstBatch, prepareDeploy, type Draft, type DraftProblem, type Token } from 'tranche-client';
import { Fee } from '../actions/fee.tsx';
import { fingerprintOf } from '../actions/fingerprint.ts';
import type { Loaded } from '../load.ts';
import { links } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { CodeGate } from './code-gate.tsx';
import { placeOf } from './draft.ts';
import { create, type Creation, type Setting } from './run.ts';
import { TermsReview, Warnings } from './terms-review.tsx';

interface Props {
  setting: Setting;
  draft: Draft;
  problems: DraftProblem[];
  token: Loaded<Token | undefined>;
  escrow: string;
  creation: Creation;
  onCreation: (creation: Creation) => void;
}

/** All of it once more, with what could go wrong; and its creation. */
export function ReviewPart(props: Props) {
  const { setting, draft, problems, escrow, creation, onCreation } = props;
  const token = props.token.value;
  if (problems.length > 0) {
    return (
      <Notice tone="bad" title="Some things have to be put right first">
        <ul>
          {problems.map(({ path, what }) => (
            <li key={path + what}>
              {placeOf(path)}: {what}
            </li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (!token) return <TokenMissing token={props.token} />;
  const busy = creation.state === 'busy' ? creation.what : undefined;
  const { network, session } = setting;
  const several = firstBatch(draft) < draft.milestones.length;
  const freighter = session.kind === 'freighter';
  return (
    <div class="stack wide">
      <TermsReview network={network} draft={draft} token={token} escrow={escrow} />
      <Warnings network={network} draft={draft} token={token} />
      {creation.state === 'failed' && <ProblemNotice problem={creation.problem} />}
      {creation.state === 'failed' && creation.stands && (
        <div class="row">
          <Button href={links.escrow(creation.stands)}>Look at that escrow</Button>
        </div>
      )}
      {creation.state === 'done' ? (
        <Notice tone="good" title="The escrow stands.">
          <p>Its payer can fund it now.</p>
          <div class="row">
            <Button kind="primary" href={links.escrow(creation.id)}>
              Go to the escrow
            </Button>
          </div>
        </Notice>
      ) : (
        <CodeGate setting={setting} creation={creation} onCreation={onCreation}>
          <Fee
            prepare={() => prepareDeploy(network, session.address, draft)}
            of={fingerprintOf(session.address, draft)}
            what={several ? 'the first of several transactions' : undefined}
          />
          <div class="row">
            <Button
              kind="primary"
              busy={busy}
              onClick={() => void create({ ...setting, draft, escrow }, onCreation)}
            >
              {freighter ? 'Create: sign in Freighter' : 'Create: sign with the test key'}
            </Button>
            {creation.state === 'busy' && creation.stop && (
              <Button onClick={creation.stop}>Stop waiting</Button>
            )}
          </div>
        </CodeGate>
      )}
    </div>
  );
}

/** Without its token no amount can be read. */
function TokenMissing({ token: { problem, reload } }: { token: Props['token'] }) {
  if (!problem) return <p class="waiting">Reading the token…</p>;
  return (
    <>
      <ProblemNotice problem={problem} />
      <div class="row">
        <Button onClick={() => void reload()}>Try again</Button>
      </div>
    </>
  );
}
