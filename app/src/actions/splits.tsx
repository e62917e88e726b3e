import { calls, formatSum, plainAmount, splitOf, type Call } from 'tranche-client';
import { useState } from 'preact/hooks';
import { offerTo } from '../escrow/words.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { milestoneRows } from './also.tsx';
import { readAmount } from './input.ts';
import type { FormProps, Plan } from './plan.ts';

const NOTHING = { receives: '', returns: '' };

/** `resolve` and `settle`: how a milestone's amount is split, to the last unit. */
export function SplitForm({ context, method, children }: FormProps) {
  const { state, me, milestone } = context;
  const { token } = state;
  const whole = milestone?.amount ?? 0n;
  const offered = milestone && offerTo(me, milestone)?.to_receiver;
  const text = (units: bigint) => plainAmount(units, token.decimals);
  const split = (units: bigint) => ({ receives: text(units), returns: text(whole - units) });
  const begin = method === 'settle' && offered !== undefined ? split(offered) : NOTHING;
  const [typed, setTyped] = useState<typeof NOTHING>();
  const { receives, returns } = typed ?? begin;
  if (!milestone) return <>{children('Choose the milestone first.')}</>;
  const take = (units: bigint) => setTyped(split(units));
  const [toReceiver, toPayer] = [
    readAmount(receives, token.decimals),
    readAmount(returns, token.decimals),
  ];
  const errorOf = (typed: string, read: typeof toReceiver) =>
    'error' in read && typed !== '' ? read.error : undefined;
  const bothRead = 'units' in toReceiver && 'units' in toPayer;
  const total = bothRead ? toReceiver.units + toPayer.units : undefined;
  const outcome = (): string | Plan => {
    if (!bothRead || total === undefined) return 'Say how much each side gets.';
    if (total < whole)
      return `${formatSum(whole - total, token)} are still to be given to one side.`;
    if (total > whole) return `This is ${formatSum(total - whole, token)} more than there is.`;
    return planOf(toReceiver.units);
  };
  const accepts = (units: bigint) => method === 'settle' && units === offered;
  const effectOf = (units: bigint): string => {
    if (method === 'resolve') return 'It pays once enough resolvers rule the same, and is final.';
    if (accepts(units)) {
      return 'The other side offers the same: this pays at once, and is final.';
    }
    return state.escrow.terms.roles.payer === milestone.receiver
      ? 'You are both sides: this pays at once, and is final.'
      : 'It waits for the other side to offer the same. Nothing is paid before.';
  };
  const planOf = (units: bigint): Plan => {
    const { fee } = splitOf(milestone, state.escrow.terms.platform_fee_bps, units);
    const { payer } = state.escrow.terms.roles;
    const rulings = [{ milestone: milestone.milestone, to_receiver: units }];
    const call: Call =
      method === 'resolve' ? calls.resolve(me, rulings) : calls.settle(me, rulings);
    return {
      call,
      ...(accepts(units) && { label: 'Accept and have it paid' }),
      rows: [
        ...milestoneRows([milestone]),
        ['What it does', <strong>{effectOf(units)}</strong>],
        [
          'To the receiver',
          <strong>
            <Amount units={units} token={token} />
          </strong>,
        ],
        ['Receiver', <Address address={milestone.receiver} what="the receiver’s address" full />],
        [
          'Back to the payer',
          <>
            <strong>
              <Amount units={whole - units} token={token} />
            </strong>{' '}
            and of the fee <Amount units={milestone.fee - fee} token={token} />
          </>,
        ],
        ['Payer', <Address address={payer} what="the payer’s address" full />],
        [
          'Fee',
          <>
            <Amount units={fee} token={token} /> to the platform
          </>,
        ],
      ],
      parties: [milestone.receiver, payer],
    };
  };
  return (
    <>
      <div class="row" role="group" aria-label="Common splits">
        <Button small onClick={() => take(whole)}>
          All to the receiver
        </Button>
        <Button small onClick={() => take(whole - whole / 2n)}>
          Half each
        </Button>
        <Button small onClick={() => take(0n)}>
          All to the payer
        </Button>
        {offered !== undefined && (
          <Button small onClick={() => take(offered)}>
            As the other side offers
          </Button>
        )}
      </div>
      <div class="pair">
        <TextField
          label="To the receiver"
          value={receives}
          onInput={(text) => setTyped({ receives: text, returns })}
          suffix={token.symbol}
          inputMode="decimal"
          error={errorOf(receives, toReceiver)}
        />
        <TextField
          label="Back to the payer"
          value={returns}
          onInput={(text) => setTyped({ receives, returns: text })}
          suffix={token.symbol}
          inputMode="decimal"
          error={errorOf(returns, toPayer)}
        />
      </div>
      <dl class="tally" aria-live="polite">
        <div>
          <dt>Total</dt>
          <dd>{total === undefined ? '–' : formatSum(total, token)}</dd>
        </div>
        <div>
          <dt>Milestone</dt>
          <dd>{formatSum(whole, token)}</dd>
        </div>
        <div class={total === whole ? 'even' : 'off'}>
          <dt>Difference</dt>
          <dd>{total === undefined ? '–' : formatSum(whole - total, token)}</dd>
        </div>
      </dl>
      {children(outcome())}
    </>
  );
}
