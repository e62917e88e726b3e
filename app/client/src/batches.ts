// What one call can carry; docs/operations/README.md has the reckoning.

import { bytesOf, LIMITS, type Draft } from './draft.js';
import type { MilestoneEdit, NewMilestone } from './generated/types.js';
import { holdersOf } from './model.js';

const MAX_TEXT_BYTES = 8_192;
const MAX_EVENT_BYTES = 15_900;
const TERMS_EVENT_BYTES = 1_200;
const MEMBER_BYTES = 44;
const MILESTONE_EVENT_BYTES = 300;
const SEAT_EVENT_BYTES = 116;
/** Payer, admin and platform stand in no list. */
const SINGLE_SEATS = 3;

/** How many milestones the creation of an escrow takes. */
export function firstBatch({ terms, milestones }: Draft): number {
  const text =
    2 * bytesOf(terms.engagement_id) + bytesOf(terms.title) + bytesOf(terms.description);
  const holders = holdersOf(terms.roles);
  const seated = new Set(holders);
  const members = holders.length - SINGLE_SEATS;
  const events = TERMS_EVENT_BYTES + members * MEMBER_BYTES + seated.size * SEAT_EVENT_BYTES;
  const receiver = terms.roles.service_providers[0];
  return fits(milestones, { text, events, seated, receiver });
}

/** How many milestones the next `manage_milestones` adds, beside these edits and so many removals. */
export function nextBatch(
  milestones: NewMilestone[],
  edits: MilestoneEdit[] = [],
  remove = 0,
): number {
  const text = edits.reduce(
    (all, { title, description }) => all + bytesOf(title ?? '') + bytesOf(description ?? ''),
    0,
  );
  // A new receiver gains a seat, and the former loses one.
  const seats = edits.filter(({ receiver }) => receiver !== null).length * 2 + remove;
  const events = edits.length * MILESTONE_EVENT_BYTES + seats * SEAT_EVENT_BYTES;
  return fits(milestones, { text, events, seated: new Set(), receiver: undefined });
}

interface Load {
  text: number;
  events: number;
  /** Who has a `seat` event already. */
  seated: Set<string>;
  /** Who receives where no receiver is named. */
  receiver: string | undefined;
}

function fits(milestones: NewMilestone[], { text, events, seated, receiver }: Load): number {
  let count = 0;
  for (const milestone of milestones.slice(0, LIMITS.items)) {
    text += bytesOf(milestone.title) + bytesOf(milestone.description);
    events += MILESTONE_EVENT_BYTES;
    const holder = milestone.receiver ?? receiver ?? '';
    if (!seated.has(holder)) events += SEAT_EVENT_BYTES;
    seated.add(holder);
    if (text > MAX_TEXT_BYTES || text + events > MAX_EVENT_BYTES) return count;
    count += 1;
  }
  return count;
}
