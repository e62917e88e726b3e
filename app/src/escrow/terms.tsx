import { stuckMeaning, type EscrowState } from 'tranche-client';
import { Address } from '../ui/address.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { spanExact } from '../ui/words.ts';
import { hex } from './texts.tsx';
import { FALLBACKS, percent } from './words.ts';

/** Who holds which seat. */
export function RolesCard({ state }: { state: EscrowState }) {
  const { roles } = state.escrow.terms;
  const list = (members: string[], none: string) =>
    members.length === 0 ? (
      <span class="faint">{none}</span>
    ) : (
      <ul>
        {members.map((member) => (
          <li key={member}>
            <Address address={member} />
          </li>
        ))}
      </ul>
    );
  return (
    <section class="card stack" aria-labelledby="roles">
      <h2 id="roles">Roles</h2>
      <Facts
        rows={[
          ['Payer', list([roles.payer], '')],
          ['Approvers', list(roles.approvers, '')],
          ['Service providers', list(roles.service_providers, '')],
          [
            'Release signers',
            list(roles.release_signers, 'none: anybody may release once approved'),
          ],
          ['Dispute resolvers', list(roles.dispute_resolvers, 'none: nothing can be disputed')],
          ['Platform', list([roles.platform], '')],
          ['Admin', list([roles.admin], '')],
          ['Observers', roles.observers.length > 0 && list(roles.observers, '')],
        ]}
      />
    </section>
  );
}

/** What was agreed, and what it leaves open. */
export function PolicyCard({ state }: { state: EscrowState }) {
  const { terms, stuck, revision } = state.escrow;
  const { policy, roles } = terms;
  const window = (seconds: bigint) => (seconds === 0n ? 'off' : spanExact(seconds));
  return (
    <section class="card stack" aria-labelledby="policy">
      <h2 id="policy">Terms</h2>
      <Facts
        rows={[
          ['Platform fee', `${percent(terms.platform_fee_bps)} on top of each amount`],
          [
            'Release',
            policy.release_quorum === 0
              ? 'by anybody, once approved'
              : `by ${policy.release_quorum} of ${roles.release_signers.length} release signers`,
          ],
          ['Review window', window(policy.review_window)],
          [
            'Disputes',
            policy.resolve_quorum === 0
              ? 'nothing can be disputed'
              : `${policy.resolve_quorum} of ${roles.dispute_resolvers.length} resolvers rule the same`,
          ],
          ['Dispute window', policy.resolve_quorum > 0 && window(policy.dispute_window)],
          [
            'If resolvers stay silent',
            policy.resolve_quorum > 0 &&
              policy.dispute_window > 0n &&
              FALLBACKS[policy.fallback.tag],
          ],
          ['Token', <Address address={terms.token} what="the token’s address" />],
          [
            'Asset',
            state.token.asset !== null && state.token.asset !== 'native' && (
              <code class="full">{state.token.asset}</code>
            ),
          ],
          ['Document, SHA-256', terms.document && <code class="full">{hex(terms.document)}</code>],
          ['Revision', String(revision)],
          [
            'Code',
            <code class="full">
              {state.version === null ? state.wasmHash : `${state.version}, ${state.wasmHash}`}
            </code>,
          ],
        ]}
      />
      {stuck.length > 0 && (
        <Notice tone="wait" title="Money can get stuck under these terms">
          <ul class="stack tight">
            {stuck.map(({ tag }) => (
              <li key={tag}>{stuckMeaning(tag)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
