import { formatSum, splitOf } from './amounts.js';
import type { Method } from './calls.js';
import type { Milestone } from './generated/types.js';
import { grossOf, isLive, isSettled, type EscrowState } from './model.js';

/** Where a milestone stands, in a word, and what it waits for, in a sentence. */
export interface Standing {
  status:
    | 'Not funded'
    | 'Pending'
    | 'In progress'
    | 'Completed'
    | 'Approved'
    | 'Disputed'
    | 'Released'
    | 'Resolved'
    | 'Refunded';
  waits: string;
}

/** What silence leads to; `at` is null where it leads nowhere. */
export interface Silence {
  at: bigint | null;
  passed: boolean;
  /** What somebody may then call. */
  method: Method | null;
  what: string;
}

/** Where a milestone stands. */
export function standing(state: EscrowState, milestone: Milestone): Standing {
  const { token } = state;
  const { flags, status } = milestone;
  const sum = (units: bigint) => formatSum(units, token);
  if (!milestone.funded) {
    return { status: 'Not funded', waits: `Waits for the payer’s ${sum(grossOf(milestone))}.` };
  }
  if (isSettled(milestone)) {
    const outcome = flags.released ? 'Released' : flags.resolved ? 'Resolved' : 'Refunded';
    return { status: outcome, waits: paidOut(state, milestone) };
  }
  if (flags.disputed) {
    return { status: 'Disputed', waits: `Waits for a ruling, ${rulings(state, milestone)}.` };
  }
  if (flags.approved) {
    return { status: 'Approved', waits: `Waits for ${releaseVotes(state, milestone)}.` };
  }
  const approvals = `approval, ${votes(milestone.approved_by.length, milestone.approvals_required)}`;
  if (status.tag === 'Completed') return { status: 'Completed', waits: `Waits for ${approvals}.` };
  return {
    status: status.tag === 'InProgress' ? 'In progress' : 'Pending',
    waits: 'Waits for the service provider’s report.',
  };
}

/** Where the money of a settled milestone went, and what of it is still here. */
function paidOut({ token, escrow, credits }: EscrowState, milestone: Milestone): string {
  const { toReceiver, toPayer } = splitOf(
    milestone,
    escrow.terms.platform_fee_bps,
    milestone.to_receiver,
  );
  const owed = credits.milestones[milestone.milestone] ?? { receiver: 0n, payer: 0n };
  const sum = (units: bigint) => formatSum(units, token);
  const parts: [bigint, (units: string) => string][] = [
    [toReceiver - owed.receiver, (units) => `${units} went to the receiver.`],
    [toPayer - owed.payer, (units) => `${units} went back to the payer.`],
    [owed.receiver, (units) => `The receiver could not be paid: ${units} wait to be claimed.`],
    [owed.payer, (units) => `The payer could not be paid: ${units} wait to be claimed.`],
  ];
  return parts
    .filter(([units]) => units > 0n)
    .map(([units, says]) => says(sum(units)))
    .join(' ');
}

/** So many of so many. */
export const votes = (have: number, need: number): string => `${have} of ${need}`;

/** How many equal rulings there are, of how many it takes. */
export function rulings({ escrow }: EscrowState, milestone: Milestone): string {
  const { resolve_quorum: quorum } = escrow.terms.policy;
  const counted = milestone.rulings.filter(({ party }) => party !== milestone.receiver);
  const equal = counted.map(
    ({ to_receiver }) => counted.filter((other) => other.to_receiver === to_receiver).length,
  );
  return `${votes(Math.max(0, ...equal), quorum)}${quorum > 1 ? ' that agree' : ''}`;
}

/** What approved work waits for. */
export function releaseVotes({ escrow }: EscrowState, milestone: Milestone): string {
  const { release_quorum: quorum } = escrow.terms.policy;
  if (quorum === 0) return 'anybody to release it';
  return quorum === 1
    ? 'a release signer'
    : `release signers, ${votes(milestone.signed_by.length, quorum)}`;
}

/** What everybody’s silence leads to on a milestone, and when. */
export function silences(state: EscrowState, milestone: Milestone, now: bigint): Silence[] {
  const { open_at: open, reclaim_at: reclaim, default_at: ruled } = milestone;
  const sum = (units: bigint) => formatSum(units, state.token);
  const doors: [bigint, Method, string][] = [
    [open, 'release', `Anybody may release ${sum(milestone.amount)} to the receiver.`],
    [reclaim, 'reclaim', `The payer may take back ${sum(grossOf(milestone))}.`],
    [ruled, 'resolve_by_default', `Anybody may end the dispute: ${fallback(state, milestone)}.`],
  ];
  const found: Silence[] = doors
    .filter(([at]) => at > 0n)
    .map(([at, method, what]) => ({ at, passed: now >= at, method, what }));
  if (found.length > 0 || !isLive(milestone)) return found;
  return [{ at: null, passed: false, method: null, what: nowhere(milestone) }];
}

/** Where the money goes when the resolvers stay silent. */
export function fallback(state: EscrowState, milestone: Milestone): string {
  const { toReceiver, toPayer } = fallbackSplit(state, milestone);
  const sum = (units: bigint) => formatSum(units, state.token);
  if (toReceiver === 0n) return `${sum(toPayer)} go back to the payer`;
  if (toPayer === 0n) return `${sum(toReceiver)} go to the receiver`;
  return `${sum(toReceiver)} go to the receiver, and ${sum(toPayer)} back to the payer`;
}

/** The same in figures. */
export function fallbackSplit({ escrow }: EscrowState, milestone: Milestone) {
  const { policy, platform_fee_bps: bps } = escrow.terms;
  const done = milestone.status.tag === 'Completed' || milestone.flags.approved;
  const parts = {
    Refund: 0n,
    Release: done ? milestone.amount : 0n,
    Even: milestone.amount - milestone.amount / 2n,
  };
  return splitOf(milestone, bps, parts[policy.fallback.tag]);
}

function nowhere({ flags, status }: Milestone): string {
  if (flags.disputed) return 'Silent resolvers hold the money: disputes have no time limit here.';
  if (flags.approved) return 'Silent release signers hold the money: there is no review window.';
  if (status.tag === 'Completed') {
    return 'Silent approvers hold the money: there is no review window.';
  }
  return 'A silent provider holds the money: the milestone has no due date.';
}
