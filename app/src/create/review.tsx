import {
  cannotReceive,
  draftStuckWays,
  feeOf,
  formatSum,
  stuckMeaning,
  type Draft,
  type DraftProblem,
  type Network,
  type Token,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { FALLBACKS, percent } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { links } from '../route.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { dateOf, plain, spanExact } from '../ui/words.ts';
import type { Session } from '../wallet/session.ts';
import { RunningTotal } from './milestones.tsx';
import { CodeGate } from './code-gate.tsx';
import { placeOf } from './draft.ts';
import { create, type Creation } from './run.ts';

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

function TermsReview({
  draft: { terms, milestones },
  token,
  escrow,
}: {
  draft: Draft;
  token: Token;
  escrow: string;
}) {
  const { roles, policy } = terms;
  const list = (all: string[]) =>
    all.length === 0 ? (
      'none'
    ) : (
      <ul>
        {all.map((one) => (
          <li key={one}>
            <Address address={one} full />
          </li>
        ))}
      </ul>
    );
  const window = (seconds: bigint) => (seconds === 0n ? 'off' : spanExact(seconds));
  return (
    <>
      <section class="card stack">
        <h2>{plain(terms.title || terms.engagement_id)}</h2>
        <Facts
          rows={[
            ['Will be at', <Address address={escrow} what="the escrow’s address" full />],
            ['Engagement id', plain(terms.engagement_id)],
            ['Description', plain(terms.description)],
            [
              'Token',
              <>
                {token.symbol} <Address address={token.address} />
              </>,
            ],
            ['Platform fee', `${percent(terms.platform_fee_bps)} on top of each amount`],
            ['Payer', list([roles.payer])],
            ['Approvers', list(roles.approvers)],
            ['Service providers', list(roles.service_providers)],
            ['Release signers', `${policy.release_quorum} of ${roles.release_signers.length}`],
            ['', list(roles.release_signers)],
            ['Dispute resolvers', `${policy.resolve_quorum} of ${roles.dispute_resolvers.length}`],
            [' ', list(roles.dispute_resolvers)],
            ['Platform', list([roles.platform])],
            ['Admin', list([roles.admin])],
            ['Review window', window(policy.review_window)],
            ['Dispute window', window(policy.dispute_window)],
            [
              'If resolvers stay silent',
              roles.dispute_resolvers.length > 0 &&
                policy.dispute_window > 0n &&
                FALLBACKS[policy.fallback.tag],
            ],
          ]}
        />
      </section>
      <section class="card flush" aria-label="Milestones">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Milestone</th>
              <th scope="col" class="right">
                Amount
              </th>
              <th scope="col" class="right">
                Fee
              </th>
              <th scope="col">Receiver</th>
              <th scope="col">Due</th>
            </tr>
          </thead>
          <tbody>
            {milestones.map((one, at) => (
              <tr key={at}>
                <td class="wide-cell">
                  {at} {plain(one.title)}
                </td>
                <td class="right" data-label="Amount">
                  {formatSum(one.amount, token)}
                </td>
                <td class="right" data-label="Fee">
                  {formatSum(feeOf(one.amount, terms.platform_fee_bps), token)}
                </td>
                <td data-label="Receiver">
                  <Address address={one.receiver ?? roles.service_providers[0] ?? ''} />
                </td>
                <td data-label="Due">{one.due === 0n ? 'none' : dateOf(one.due)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <RunningTotal draft={{ terms, milestones }} token={token} />
    </>
  );
}

function Warnings({ network, draft, token }: { network: Network; draft: Draft; token: Token }) {
  const ways = draftStuckWays(draft);
  const first = draft.terms.roles.service_providers[0] ?? '';
  const receivers = [...new Set(draft.milestones.map(({ receiver }) => receiver ?? first))];
  const unpaid = useLoad(
    () => cannotReceive(network, token, receivers),
    [network, token.address, receivers.join()],
  );
  const troubled = [...(unpaid.value ?? [])].filter(([, why]) => why !== null);
  return (
    <>
      {ways.length > 0 && (
        <Notice tone="wait" title="Money can get stuck under these terms">
          <ul class="stack tight">
            {ways.map((way) => (
              <li key={way}>{stuckMeaning(way)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {troubled.map(([address, why]) => (
        <Notice key={address} tone="wait" title="A receiver cannot be paid as things stand">
          <p>{why}</p>
          <Address address={address} full />
        </Notice>
      ))}
    </>
  );
}
