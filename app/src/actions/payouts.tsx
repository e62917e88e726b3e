import { type Call, type Milestone } from 'tranche-client';
import { milestoneTitle, percent } from '../escrow/words.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { unique, useBatch } from './also.tsx';
import type { FormProps, Plan } from './plan.ts';

/** `approve`, `release` and `confirm`: receivers and amounts stand in what is signed. */
export function PayoutsForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const { state, me } = context;
  const payouts = milestones.map(({ milestone, revision, receiver, amount }) => ({
    milestone,
    revision,
    receiver,
    amount,
  }));
  const plan: Plan = {
    call: callOf(method, me, payouts),
    rows: milestones.flatMap((one) => rowsOf(one)),
    parties: unique(milestones.map(({ receiver }) => receiver)),
  };
  function rowsOf(one: Milestone): Plan['rows'] {
    const { token, escrow } = state;
    const fee = `Fee, ${percent(escrow.terms.platform_fee_bps)}`;
    return [
      ['Milestone', `${one.milestone} ${milestoneTitle(one)}`],
      ['Amount', <strong><Amount units={one.amount} token={token} /></strong>],
      ['Receiver', <Address address={one.receiver} what="the receiver’s address" full />],
      [fee, <><Amount units={one.fee} token={token} /> for the platform, locked beside the amount</>],
    ];
  }
  return (
    <>
      {fields}
      {children(plan)}
    </>
  );
}

type Payouts = Call<'release'>['args']['payouts'];

function callOf(method: FormProps['method'], me: string, payouts: Payouts): Call {
  if (method === 'approve') return { method, args: { approver: me, payouts } };
  if (method === 'confirm') return { method, args: { signer: me, payouts } };
  return { method: 'release', args: { signer: me, payouts } };
}
