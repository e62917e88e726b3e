import {
  cannotReceive,
  draftStuckWays,
  feeOf,
  formatSum,
  stuckMeaning,
  type Draft,
  type Network,
  type Token,
} from 'tranche-client';
import { Fragment } from 'preact';
import { hex } from '../escrow/texts.tsx';
import { Imitation } from '../escrow/warnings.tsx';
import { FALLBACKS, percent } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { networkName } from '../network/connection.ts';
import { Address } from '../ui/address.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { dateOf, plain, spanExact } from '../ui/words.ts';
import { RunningTotal } from './milestones.tsx';

/** All that is signed with the creation of an escrow. */
export function TermsReview({
  network,
  draft: { terms, milestones },
  token,
  escrow,
}: {
  network: Network;
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
            ['Network', networkName(network.passphrase)],
            ['Will be at', <Address address={escrow} what="the escrow’s address" full />],
            ['Engagement id', plain(terms.engagement_id)],
            ['Description', plain(terms.description)],
            ['Document, SHA-256', terms.document && <code class="full">{hex(terms.document)}</code>],
            [
              'Token',
              <>
                {token.symbol} <Address address={token.address} what="the token’s address" full />
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
            ['Observers', list(roles.observers)],
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
              <th scope="col">Approvals</th>
              <th scope="col">Due</th>
            </tr>
          </thead>
          <tbody>
            {milestones.map((one, at) => (
              <Fragment key={at}>
                <tr>
                  <td class="wide-cell">
                    {at} {plain(one.title)}
                  </td>
                  <td class="right" data-label="Amount">
                    {formatSum(one.amount, token)}
                  </td>
                  <td class="right" data-label="Fee">
                    {formatSum(feeOf(one.amount, terms.platform_fee_bps), token)}
                  </td>
                  <td data-label="Approvals">
                    {one.approvals_required} of {roles.approvers.length}
                  </td>
                  <td data-label="Due">{one.due === 0n ? 'none' : dateOf(one.due)}</td>
                </tr>
                <tr class="under">
                  <td class="soft small" colSpan={5}>
                    <p>
                      Receiver:{' '}
                      <Address
                        address={one.receiver ?? roles.service_providers[0] ?? ''}
                        what="the receiver’s address"
                        full
                      />
                    </p>
                    {one.description && <p>{plain(one.description)}</p>}
                    {one.document && (
                      <p>
                        Document, SHA-256: <code class="full">{hex(one.document)}</code>
                      </p>
                    )}
                  </td>
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
      <RunningTotal draft={{ terms, milestones }} token={token} />
    </>
  );
}

/** What could go wrong under these terms. */
export function Warnings({
  network,
  draft,
  token,
}: {
  network: Network;
  draft: Draft;
  token: Token;
}) {
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
      <Imitation network={network} state={{ token }} />
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
