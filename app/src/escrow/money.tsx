import { formatSum, type EscrowState } from 'tranche-client';
import type { ComponentChildren } from 'preact';
import { Amount } from '../ui/amount.tsx';
import { Notice } from '../ui/notice.tsx';
import { counted } from '../ui/words.ts';

/** What share of a whole a part is, in thousandths; exact enough to draw. */
const share = (part: bigint, whole: bigint): number =>
  whole > 0n ? Number((part * 1000n) / whole) : 0;

/** Where the money is: needed, deposited, reserved, paid, returned, waiting. */
export function Money({ state }: { state: EscrowState }) {
  const { totals } = state.escrow;
  const { balances, token } = state;
  const missing = totals.gross - totals.deposited;
  const sums = [
    { name: 'Paid', units: totals.paid, tone: 'paid', hint: 'to receivers' },
    { name: 'Fees', units: totals.fees, tone: 'fees', hint: 'to the platform' },
    { name: 'Returned', units: totals.refunded, tone: 'returned', hint: 'to the payer' },
    { name: 'Reserved', units: totals.reserved, tone: 'reserved', hint: 'locked for milestones' },
    { name: 'Not funded', units: missing, tone: 'missing', hint: 'still to be deposited' },
  ];
  return (
    <section class="card stack" aria-labelledby="money">
      <div class="row apart">
        <h2 id="money">Money</h2>
        <span class="soft small">
          {counted(totals.milestones, 'milestone')}, {totals.funded} funded, {totals.settled}{' '}
          settled
        </span>
      </div>
      <div class="bar" aria-hidden="true">
        {sums
          .filter(({ units }) => units > 0n)
          .map(({ name, units, tone }) => (
            <span key={name} class={tone} style={{ flexGrow: share(units, totals.gross) }} />
          ))}
      </div>
      <dl class="sums">
        <Sum name="Needed" hint="amounts and fees">
          <Amount units={totals.gross} token={token} />
        </Sum>
        {sums.map(({ name, units, tone, hint }) => (
          <Sum key={name} name={name} hint={hint} tone={tone}>
            <Amount units={units} token={token} />
          </Sum>
        ))}
      </dl>
      {balances && (
        <p class="soft small">
          At its address: {formatSum(balances.balance, token)}, of which{' '}
          {formatSum(balances.reserved, token)} reserved, {formatSum(balances.credited, token)}{' '}
          waiting to be claimed, and {formatSum(balances.unreserved, token)} the payer’s.
        </p>
      )}
      {balances && balances.unreserved < 0n && (
        <Notice
          tone="bad"
          title={`The escrow holds ${formatSum(-balances.unreserved, token)} less than it owes.`}
        >
          <p>
            The token’s issuer took it back. Payouts that need more than is here are refused until
            somebody sends the missing tokens to the escrow’s address.
          </p>
        </Notice>
      )}
    </section>
  );
}

function Sum(props: { name: string; hint: string; tone?: string; children: ComponentChildren }) {
  const { name, hint, tone, children } = props;
  return (
    <div>
      <dt>
        {tone && <span class={`swatch ${tone}`} aria-hidden="true" />}
        {name}
      </dt>
      <dd>{children}</dd>
      <dd class="sum-hint">{hint}</dd>
    </div>
  );
}
