import {
  BUILD,
  cannotReceive,
  draftStuckWays,
  feeOf,
  formatSum,
  isUploaded,
  stuckMeaning,
  type Draft,
  type DraftProblem,
  type Network,
  type Token,
} from 'tranche-client';
import type { ComponentChildren } from 'preact';
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
import { create, upload, type Creation } from './run.ts';

interface Props {
  network: Network;
  who: Session;
  draft: Draft;
  problems: DraftProblem[];
  token: Token | undefined;
  escrow: string;
}

/** Where a problem is, in words: `milestones[2].amount` is the amount of milestone 2. */
function placeOf(path: string): string {
  const [, list = '', at, field = ''] =
    /^(?:roles\.|policy\.)?(\w+)(?:\[(\d+)\])?(?:\.(\w+))?$/.exec(path) ?? [];
  const words = (name: string) => name.replaceAll('_', ' ');
  if (at === undefined) return words(list);
  return list === 'milestones'
    ? `milestone ${at}, ${words(field)}`
    : `${words(list)}, ${Number(at) + 1}`;
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
              roles.dispute_resolvers.length > 0 && FALLBACKS[policy.fallback.tag],
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

/** Lets through where the contract’s code is on the network; elsewhere it is uploaded first, once for all. */
function CodeGate({
  network,
  who,
  children,
}: {
  network: Network;
  who: Session;
  children: ComponentChildren;
}) {
  const there = useLoad(() => isUploaded(network), [network]);
  const [going, setGoing] = useState<Creation>();
  if (there.problem) return <ProblemNotice problem={there.problem} />;
  if (there.value === undefined) return <p class="waiting">Looking for the contract’s code…</p>;
  if (there.value) return <div class="row">{children}</div>;
  const busy = going?.state === 'busy' ? going.what : undefined;
  return (
    <Notice tone="wait" title="The contract’s code is not on this network yet">
      <p>
        It is uploaded once, for all escrows of version {BUILD.version}; at Mainnet’s rates that
        takes about 70 XLM. Choose the file <code>escrow.wasm</code> that you built; its hash has to
        be <code class="full">{BUILD.hash}</code>.
      </p>
      {going?.state === 'failed' && <ProblemNotice problem={going.problem} />}
      <label class="file">
        <span class="button small">{busy ?? 'Choose escrow.wasm and upload it'}</span>
        <input
          type="file"
          class="unseen"
          onChange={async (event) => {
            const file = event.currentTarget.files?.[0];
            if (!file) return;
            await upload(
              { network, session: who },
              new Uint8Array(await file.arrayBuffer()),
              setGoing,
            );
            await there.reload();
          }}
        />
      </label>
    </Notice>
  );
}
