import { calls, type Call, type Milestone } from 'tranche-client';
import { milestoneTitle, percent, STATUSES } from '../escrow/words.ts';
import { Evidence } from '../escrow/texts.tsx';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { plain } from '../ui/words.ts';
import { unique, useBatch } from './also.tsx';
import type { FormProps, Plan } from './plan.ts';

/** `approve`, `release` and `confirm`: receivers and amounts stand in what is signed. */
export function PayoutsForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const { state, me } = context;
  const plan: Plan = {
    call: callOf(method, me, milestones),
    rows: milestones.flatMap((one) => rowsOf(one)),
    parties: unique(milestones.map(({ receiver }) => receiver)),
  };
  function rowsOf(one: Milestone): Plan['rows'] {
    const { token, escrow } = state;
    const fee = `Fee, ${percent(escrow.terms.platform_fee_bps)}`;
    return [
      ['Milestone', `${one.milestone} ${milestoneTitle(one)}`],
      ...(method === 'release' ? [] : workRows(one)),
      [
        'Amount',
        <strong>
          <Amount units={one.amount} token={token} />
        </strong>,
      ],
      ['Receiver', <Address address={one.receiver} what="the receiver’s address" full />],
      [
        fee,
        <>
          <Amount units={one.fee} token={token} /> for the platform, locked beside the amount
        </>,
      ],
    ];
  }
  return (
    <>
      {fields}
      {children(plan)}
    </>
  );
}

/** What an approver approves. */
const workRows = ({ status, note, evidence }: Milestone): Plan['rows'] => [
  ['Work', STATUSES[status.tag]],
  ['Note', note && plain(note)],
  ['Evidence', evidence && <Evidence text={evidence} />],
];

function callOf(method: FormProps['method'], me: string, milestones: Milestone[]): Call {
  if (method === 'approve') return calls.approve(me, milestones);
  return method === 'confirm' ? calls.confirm(me, milestones) : calls.release(me, milestones);
}
