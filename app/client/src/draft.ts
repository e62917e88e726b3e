// Terms before they are on chain: the presets, the rules, and what one call carries.

import { addressProblem } from './address.js';
import { feeOf } from './amounts.js';
import type { NewMilestone, Policy, Roles, Stuck, Terms } from './generated/types.js';
import { SEATS } from './model.js';
import { stuckWays } from './stored.js';

/** What an escrow is to be created with. */
export interface Draft {
  terms: Terms;
  milestones: NewMilestone[];
}

/** What is wrong, and where: `roles.payer`, `milestones[2].amount`. */
export interface DraftProblem {
  path: string;
  what: string;
}

/** The limits of the contract. */
export const LIMITS = {
  engagementIdBytes: 64,
  titleBytes: 100,
  descriptionBytes: 500,
  noteBytes: 500,
  seats: 10,
  feeBps: 3_000,
  windowSeconds: 10n * 365n * 86_400n,
  items: 50,
} as const;

const DAY = 86_400n;

/** Policies to begin with: the two kinds of escrow that most people want. */
export const PRESETS = {
  /** Others rule on disputes, and their silence ends in the fallback. */
  arbitrated: {
    release_quorum: 1,
    resolve_quorum: 1,
    review_window: 7n * DAY,
    dispute_window: 14n * DAY,
    fallback: { tag: 'Even' },
  },
  /** The buyer approves and releases in one; nothing can be disputed. */
  'buyer confirms': {
    release_quorum: 1,
    resolve_quorum: 0,
    review_window: 14n * DAY,
    dispute_window: 0n,
    fallback: { tag: 'Refund' },
  },
} as const satisfies Record<string, Policy>;

/** The roles of an escrow in which the buyer confirms. */
export const buyerConfirms = (buyer: string, seller: string, platform: string): Roles => ({
  payer: buyer,
  admin: buyer,
  platform,
  approvers: [buyer],
  service_providers: [seller],
  release_signers: [buyer],
  dispute_resolvers: [],
  observers: [],
});

const LARGEST = 2n ** 127n - 1n;

/** All that the contract would refuse of these terms; `escrow` is where it will be. */
export function checkDraft(
  { terms, milestones }: Draft,
  { now, escrow = '' }: { now: bigint; escrow?: string },
): DraftProblem[] {
  const problems = checkTerms(terms, escrow);
  const add = (path: string, what: string | null) => what && problems.push({ path, what });
  if (milestones.length === 0) add('milestones', 'An escrow has at least one milestone.');
  milestones.forEach((milestone, i) => {
    for (const [field, what] of milestoneProblems(milestone, terms, escrow, now)) {
      add(`milestones[${i}].${field}`, what);
    }
  });
  const gross = milestones.reduce(
    (all, { amount }) => all + amount + feeOf(amount, terms.platform_fee_bps),
    0n,
  );
  if (gross > LARGEST) add('milestones', 'Their sum is larger than the contract can count.');
  return problems;
}

/** The same of terms alone. */
export function checkTerms(terms: Terms, escrow = ''): DraftProblem[] {
  const { roles, policy } = terms;
  const problems: DraftProblem[] = [];
  const add = (path: string, what: string | null) => what && problems.push({ path, what });
  if (terms.engagement_id === '') add('engagement_id', 'Give it an id: one that tells this engagement from your others.');
  add('engagement_id', textProblem(terms.engagement_id, LIMITS.engagementIdBytes));
  add('title', textProblem(terms.title, LIMITS.titleBytes));
  add('description', textProblem(terms.description, LIMITS.descriptionBytes));
  for (const field of Object.keys(SEATS) as (keyof Roles)[]) {
    const seats = roles[field];
    if (typeof seats === 'string') add(`roles.${field}`, seatProblem(seats, terms, escrow));
    else for (const [path, what] of listProblems(field, seats, terms, escrow)) add(path, what);
  }
  for (const [path, what] of overlaps(roles)) add(path, what);
  if (!Number.isInteger(terms.platform_fee_bps) || terms.platform_fee_bps < 0) {
    add('platform_fee_bps', 'The fee is a number of basis points: 100 is one per cent.');
  }
  if (terms.platform_fee_bps > LIMITS.feeBps) add('platform_fee_bps', 'The fee is at most 30 %.');
  add('policy.release_quorum', quorumProblem(policy.release_quorum, roles.release_signers.length));
  add('policy.resolve_quorum', quorumProblem(policy.resolve_quorum, roles.dispute_resolvers.length));
  for (const window of ['review_window', 'dispute_window'] as const) {
    if (policy[window] < 0n || policy[window] > LIMITS.windowSeconds) {
      add(`policy.${window}`, 'A window is at most ten years long.');
    }
  }
  return problems;
}

/** What is wrong with a milestone, field by field. */
export function milestoneProblems(
  milestone: NewMilestone,
  terms: Terms,
  escrow: string,
  now: bigint,
): [field: keyof NewMilestone, what: string | null][] {
  const { approvals_required: approvals, due } = milestone;
  const approvers = Math.max(terms.roles.approvers.length, 1);
  const inRange = Number.isInteger(approvals) && approvals >= 1 && approvals <= approvers;
  return [
    ['title', textProblem(milestone.title, LIMITS.titleBytes)],
    ['description', textProblem(milestone.description, LIMITS.descriptionBytes)],
    ['amount', milestone.amount > 0n ? null : 'An amount is above zero.'],
    [
      'receiver',
      milestone.receiver === null ? null : seatProblem(milestone.receiver, terms, escrow),
    ],
    ['approvals_required', inRange ? null : `This is a number from 1 to ${approvers}.`],
    ['due', due === 0n || due >= now ? null : 'This date is past.'],
  ];
}

/** What is wrong with a text of at most so many bytes, or null. */
export function textProblem(text: string, limit: number): string | null {
  const bytes = bytesOf(text);
  return bytes > limit ? `This has ${bytes} bytes, and at most ${limit} are allowed.` : null;
}

function seatProblem(address: string, { token }: Terms, escrow: string): string | null {
  if (address !== '' && address === token) return 'The token can neither hold a role nor receive.';
  if (address !== '' && address === escrow) return "This is the escrow's own address.";
  return addressProblem(address);
}

function* listProblems(
  field: string,
  seats: string[],
  terms: Terms,
  escrow: string,
): Generator<[path: string, what: string | null]> {
  const least = field === 'approvers' || field === 'service_providers' ? 1 : 0;
  if (seats.length < least) yield [`roles.${field}`, 'There has to be at least one.'];
  if (seats.length > LIMITS.seats) yield [`roles.${field}`, `There are at most ${LIMITS.seats}.`];
  for (const [i, seat] of seats.entries()) {
    const twice = seats.indexOf(seat) < i;
    yield [`roles.${field}[${i}]`, twice ? 'This address is in the list already.' : null];
    yield [`roles.${field}[${i}]`, seatProblem(seat, terms, escrow)];
  }
}

/** A resolver holds no other role but observer. */
function* overlaps(roles: Roles): Generator<[path: string, what: string]> {
  for (const [i, resolver] of roles.dispute_resolvers.entries()) {
    for (const [field, seat] of Object.entries(SEATS) as [keyof Roles, string][]) {
      const free = field === 'dispute_resolvers' || field === 'observers' || resolver === '';
      if (free || ![roles[field]].flat().includes(resolver)) continue;
      const what = `This is the ${seat} too: a resolver may be an observer beside, and nothing else.`;
      yield [`roles.dispute_resolvers[${i}]`, what];
    }
  }
}

function quorumProblem(quorum: number, seats: number): string | null {
  const least = Math.min(seats, 1);
  if (Number.isInteger(quorum) && quorum >= least && quorum <= seats) return null;
  return seats === 0 ? 'This has to be 0, since there is nobody.' : `This has to be a number from 1 to ${seats}.`;
}

/** The ways in which money could wait for ever under these terms, as `get_escrow` names them. */
export const draftStuckWays = ({ terms, milestones }: Draft): Stuck['tag'][] =>
  stuckWays(
    terms,
    milestones.some(({ due }) => due === 0n),
  );

const STUCK: Readonly<Record<Stuck['tag'], string>> = {
  Undisputable:
    'There are no dispute resolvers: a receiver whose work is rejected can only settle or give back.',
  SilentResolvers:
    'Disputes have no time limit: silent resolvers hold a milestone for ever. Set a dispute window.',
  SilentReviewers:
    'Review has no time limit: silent approvers or signers hold finished work. Set a review window.',
  SilentProvider:
    "A milestone has no due date: a silent provider holds the payer's money. Set a due date.",
};

/** What a way to get stuck means, and what closes it. */
export const stuckMeaning = (way: Stuck['tag']): string => STUCK[way];

/** How many bytes a text takes on chain. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
