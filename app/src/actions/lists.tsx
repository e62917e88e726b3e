import { grossOf, type Call, type Milestone } from 'tranche-client';
import { FALLBACKS, milestoneTitle } from '../escrow/words.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { milestoneRows, unique, useBatch } from './also.tsx';
import type { Context, FormProps, Plan } from './plan.ts';

/** `resume`: asking to drop a dispute. */
export function ResumeForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const plan: Plan = {
    call: { method: 'resume', args: { party: context.me, milestones: numbers(milestones) } },
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
  const list = numbers(milestones);
  const call: Call =
    method === 'refund'
      ? { method, args: { receiver: context.me, milestones: list, amount } }
      : { method: 'reclaim', args: { payer: context.me, milestones: list, amount } };
  const plan: Plan = {
    call,
    rows: [
      ...milestoneRows(milestones),
      ['Goes back', <strong><Amount units={amount} token={context.state.token} /></strong>],
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
    call: { method: 'resolve_by_default', args: { milestones: numbers(milestones) } },
    rows: [
      ['Agreed', FALLBACKS[policy.fallback.tag]],
      ...milestones.flatMap((one): Plan['rows'] => [
        ['Milestone', `${one.milestone} ${milestoneTitle(one)}`],
        ['To the receiver', <Amount units={byFallback(context, one)} token={context.state.token} />],
        ['Receiver', <Address address={one.receiver} what="the receiver’s address" full />],
        ['Back to the payer', <Amount units={one.amount - byFallback(context, one)} token={context.state.token} />],
      ]),
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

/** What the receiver gets of the amount when the fallback is applied. */
function byFallback({ state }: Context, { amount, status, flags }: Milestone): bigint {
  switch (state.escrow.terms.policy.fallback.tag) {
    case 'Even':
      return amount - amount / 2n;
    case 'Release':
      return status.tag === 'Completed' || flags.approved ? amount : 0n;
    case 'Refund':
      return 0n;
  }
}

/** The numbers of milestones, as lists of calls carry them. */
export const numbers = (milestones: Milestone[]): number[] => milestones.map(({ milestone }) => milestone);
