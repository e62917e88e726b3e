import {
  isSettled,
  LIMITS,
  readEscrow,
  standing,
  type Call,
  type EscrowState,
  type Method,
  type Milestone,
  type Network,
} from 'tranche-client';
import { milestoneTitle } from '../escrow/words.ts';
import { asShown } from '../network/tokens.ts';
import { namedIn } from './changes.ts';

/** How a milestone stands after a call that was about it. */
export interface MilestoneStanding {
  milestone: string;
  stands: string;
  /** A side could not be paid. */
  owed: boolean;
}

/** Reads how the milestones stand that a call has named. */
export async function standingsOf(
  network: Network,
  id: string,
  call: Call,
): Promise<MilestoneStanding[]> {
  const named = namedIn(call);
  if (named.length === 0) return [];
  const start = Math.min(...named);
  const limit = Math.min(Math.max(...named) - start + 1, LIMITS.items);
  const state = asShown(network, await readEscrow(network, id, { start, limit }));
  return state.milestones
    .filter(({ milestone }) => named.includes(milestone))
    .map((one) => ({
      milestone: `${one.milestone} ${milestoneTitle(one)}`,
      stands: countedOf(state, one, call.method) ?? waitingOf(state, one),
      owed: one.credited > 0n,
    }));
}

/** A vote that was not the last that it takes. */
function countedOf({ escrow }: EscrowState, one: Milestone, method: Method): string | undefined {
  if (isSettled(one)) return undefined;
  const { release_quorum: releases, resolve_quorum: rulings } = escrow.terms.policy;
  const approvals = `${one.approved_by.length} of ${one.approvals_required}`;
  switch (method) {
    case 'approve':
    case 'confirm':
      if (!one.flags.approved) return `Your approval is counted, ${approvals}. Nothing was paid.`;
      return method === 'approve'
        ? undefined
        : `Approved. To pay it, ${one.signed_by.length} of ${releases} have voted.`;
    case 'release':
      return `Your vote is counted, ${one.signed_by.length} of ${releases}. Nothing was paid.`;
    case 'resolve':
      return `Your ruling is counted. ${rulings} have to rule the same; until then nothing is paid.`;
    case 'settle':
      return 'Your offer stands, and waits for the other side to offer the same. Nothing was paid.';
    default:
      return undefined;
  }
}

function waitingOf(state: EscrowState, one: Milestone): string {
  const { status, waits } = standing(state, one);
  return `${status}. ${waits}`;
}
