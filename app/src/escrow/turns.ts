import {
  escrowActions,
  isSettled,
  milestoneActions,
  type Action,
  type EscrowState,
  type Method,
  type Milestone,
} from 'tranche-client';

/** What waits for somebody, the most urgent first. Everything else they may do as well. */
const ORDER: Method[] = [
  'release',
  'confirm',
  'approve',
  'resolve',
  'resolve_by_default',
  'reclaim',
  'settle',
  'resume',
  'claim',
  'change_status',
  'fund',
];

/** Whether an action is one that others wait for, rather than one that is there just in case. */
export const isUrgent = ({ method }: Action): boolean =>
  ORDER.indexOf(method) >= 0 && !MAYBE.includes(method);

/** These wait for somebody only after the other side has moved. */
const MAYBE: Method[] = ['settle', 'resume'];

/** Whether an action that is possible is also what the others wait for. */
function waitsFor(method: Method, milestone: Milestone, address: string): boolean {
  switch (method) {
    case 'approve':
    case 'confirm':
      return milestone.status.tag === 'Completed';
    case 'resolve':
      return !milestone.rulings.some(({ party }) => party === address);
    case 'settle':
      return (
        milestone.offers.length > 0 && !milestone.offers.some(({ party }) => party === address)
      );
    case 'resume':
      return milestone.resumed_by.length > 0;
    default:
      return ORDER.includes(method);
  }
}

/** What of a milestone waits for this address, the most urgent first. */
export function turnsOn(
  state: EscrowState,
  milestone: Milestone,
  address: string,
  now: bigint,
): Action[] {
  return milestoneActions(state, milestone, address, now)
    .filter(({ mine, allowed, method }) => mine && allowed && waitsFor(method, milestone, address))
    .sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
}

/** What of an escrow, its milestones included, waits for this address: one thing for each milestone. */
export function turnsOf(state: EscrowState, address: string, now: bigint): Action[] {
  const own = escrowActions(state, address, now).filter(
    ({ mine, allowed, method }) => mine && allowed && (method === 'fund' || method === 'claim'),
  );
  const funded = state.milestones.filter((milestone) => milestone.funded);
  const theirs = funded.flatMap((milestone) => turnsOn(state, milestone, address, now).slice(0, 1));
  return [...theirs, ...own].sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
}

/** How many milestones are not settled and were not read. */
export function openElsewhere({ escrow: { totals }, milestones }: EscrowState): number {
  const open = milestones.filter((one) => !isSettled(one)).length;
  return totals.milestones - totals.settled - open;
}
