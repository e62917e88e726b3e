import { calls, fallbackSplit, grossOf, type Milestone } from 'tranche-client';
import { FALLBACKS, milestoneTitle } from '../escrow/words.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { milestoneRows, unique, useBatch } from './also.tsx';
import type { FormProps, Plan } from './plan.ts';

/** `resume`: asking to drop a dispute. */
export function ResumeForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const plan: Plan = {
    call: calls.resume(context.me, numbers(milestones)),
    rows: milestoneRows(milestones),
    parties: [],
  };
  return (
    <>
      {fields}
      {children(plan)}
    </>
  );
}

/** `refund` and `reclaim`: the gross goes back to the payer. */
export function ReturnForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const { payer } = context.state.escrow.terms.roles;
  const amount = milestones.reduce((sum, one) => sum + grossOf(one), 0n);
  const plan: Plan = {
    call:
      method === 'refund'
        ? calls.refund(context.me, milestones)
        : calls.reclaim(context.me, milestones),
    rows: [
      ...milestoneRows(milestones),
      [
        'Goes back',
        <strong>
          <Amount units={amount} token={context.state.token} />
        </strong>,
      ],
      ['To the payer', <Address address={payer} what="the payer’s address" full />],
    ],
    parties: [payer],
  };
  return (
    <>
      {fields}
      {children(plan)}
    </>
  );
}

/** `resolve_by_default`: the fallback of a dispute that nobody ruled on. */
export function DefaultForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const { roles, policy } = context.state.escrow.terms;
  const plan: Plan = {
    call: calls.resolveByDefault(numbers(milestones)),
    rows: [
      ['Agreed', FALLBACKS[policy.fallback.tag]],
      ...milestones.flatMap((one): Plan['rows'] => {
        const { toReceiver, toPayer, fee } = fallbackSplit(context.state, one);
        return [
          ['Milestone', `${one.milestone} ${milestoneTitle(one)}`],
          ['To the receiver', <Amount units={toReceiver} token={context.state.token} />],
          ['Receiver', <Address address={one.receiver} what="the receiver’s address" full />],
          ['Back to the payer', <Amount units={toPayer} token={context.state.token} />],
          [
            'Fee',
            <>
              <Amount units={fee} token={context.state.token} /> to the platform
            </>,
          ],
        ];
      }),
    ],
    parties: unique([roles.payer, ...milestones.map(({ receiver }) => receiver)]),
  };
  return (
    <>
      {fields}
      {children(plan)}
    </>
  );
}

/** The numbers of milestones, as lists of calls carry them. */
export const numbers = (milestones: Milestone[]): number[] =>
  milestones.map(({ milestone }) => milestone);
