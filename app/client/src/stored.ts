// The layout of what an escrow stores, as docs/storage.md tells it, and what the views make of it.

import { scValToNative, type xdr } from '@stellar/stellar-sdk/base';
import { isAddress, isContract } from './address.js';
import { feeOf, splitOf } from './amounts.js';
import type { Escrow, Milestone, Position, State, Stuck, Terms, Totals } from './generated/types.js';

/** The terms, and the counters that move with them. */
export interface Agreement {
  revision: number;
  /** How often a seat has changed hands: offers count only as of the same. */
  seats: number;
  /** Milestones below this index were voted on by former role lists. */
  former: number;
  terms: Terms;
}

/** Counts and sums over all milestones. */
export interface Books {
  totals: Totals;
  withoutDue: number;
  approvalsNeeded: number;
  /** Of what is credited, the platform's. */
  feesOwed: bigint;
}

/** Reads what stands under `terms` in the contract's instance. */
export function agreementOf(value: xdr.ScVal): Agreement {
  const t = new Tuple(value, 22);
  return {
    revision: t.u32(0),
    seats: t.u32(1),
    former: t.u32(2),
    terms: {
      engagement_id: t.text(3),
      title: t.text(4),
      description: t.text(5),
      document: t.bytes(6),
      roles: {
        payer: t.address(7),
        admin: t.address(8),
        platform: t.address(9),
        approvers: t.addresses(10),
        service_providers: t.addresses(11),
        release_signers: t.addresses(12),
        dispute_resolvers: t.addresses(13),
        observers: t.addresses(14),
      },
      token: t.contract(15),
      platform_fee_bps: t.u32(16),
      policy: {
        release_quorum: t.u32(17),
        resolve_quorum: t.u32(18),
        review_window: t.big(19),
        dispute_window: t.big(20),
        fallback: { tag: (['Refund', 'Release', 'Even'] as const)[t.u32(21)] ?? 'Even' },
      },
    },
  };
}

/** Reads what stands under `ledger`. */
export function booksOf(value: xdr.ScVal): Books {
  const t = new Tuple(value, 13);
  const [deposited, reserved, paid, fees] = [t.big(7), t.big(8), t.big(9), t.big(10)];
  return {
    withoutDue: t.u32(3),
    approvalsNeeded: t.list(4).length,
    feesOwed: t.big(12),
    totals: {
      milestones: t.u32(0),
      funded: t.u32(1),
      settled: t.u32(2),
      amount: t.big(5),
      gross: t.big(6),
      deposited,
      reserved,
      paid,
      fees,
      refunded: deposited - reserved - paid - fees,
      credited: t.big(11) + t.big(12),
    },
  };
}

/** What `get_escrow` tells. */
export function escrowOf(agreement: Agreement, { totals, withoutDue }: Books): Escrow {
  const { terms, revision } = agreement;
  const stuck = stuckWays(terms, withoutDue > 0).map((tag) => ({ tag }));
  return { terms, revision, totals, state: stateOf(totals), stuck };
}

/** The ways in which money could wait for ever on somebody's silence. */
export function stuckWays({ roles, policy }: Terms, withoutDue: boolean): Stuck['tag'][] {
  const disputable = roles.dispute_resolvers.length > 0;
  if (disputable && policy.dispute_window > 0n) return [];
  const ways: [Stuck['tag'], boolean][] = [
    ['Undisputable', !disputable],
    ['SilentResolvers', disputable],
    ['SilentReviewers', policy.review_window === 0n],
    ['SilentProvider', withoutDue],
  ];
  return ways.filter(([, holds]) => holds).map(([way]) => way);
}

function stateOf({ milestones, funded, settled }: Totals): State {
  if (settled === milestones) return { tag: 'Completed' };
  return { tag: funded > settled ? 'Active' : 'AwaitingFunds' };
}

const BIT = {
  approved: 8,
  disputed: 16,
  released: 32,
  resolved: 64,
  refunded: 128,
  payerResumes: 256,
  receiverResumes: 512,
  payerOwed: 1_024,
  receiverOwed: 2_048,
};

/** A milestone, and what of it waits to be claimed by whom. */
export interface StoredMilestone {
  milestone: Milestone;
  owed: { receiver: bigint; payer: bigint };
}

/** Reads a milestone, and makes of it what `get_milestone` tells. */
export function milestoneOf(
  value: xdr.ScVal,
  number: number,
  agreement: Agreement,
  funded: number,
): StoredMilestone {
  const t = new Tuple(value, 20);
  const { terms, former, seats } = agreement;
  const { roles, platform_fee_bps: bps } = terms;
  const [receiver, amount, bits, votes] = [t.address(6), t.big(7), t.u32(12), t.u32(16)];
  const has = (bit: number) => (bits & bit) !== 0;
  const fee = feeOf(amount, bps);
  const sides = [roles.payer, receiver];
  const split = splitOf({ amount, fee }, bps, t.big(17));
  const [offeredAt, ...offers] = t.optionalList(19);
  // Votes are by the seats of the lists as they were: of former lists, only events tell who held them.
  const current = number >= former;
  const owed = {
    receiver: has(BIT.receiverOwed) ? split.toReceiver : 0n,
    payer: has(BIT.payerOwed) ? split.toPayer : 0n,
  };
  const told = {
    milestone: number,
    title: t.text(0),
    description: t.text(1),
    document: t.bytes(2),
    note: t.optionalText(3),
    evidence: t.optionalText(4),
    reason: t.optionalText(5),
    receiver,
    amount,
    fee,
    approvals_required: t.u32(9),
    due: t.big(10),
    revision: t.u32(11),
    funded: number < funded,
    status: { tag: (['Pending', 'InProgress', 'Completed'] as const)[bits & 3] ?? 'Completed' },
    flags: {
      approved: has(BIT.approved),
      disputed: has(BIT.disputed),
      released: has(BIT.released),
      resolved: has(BIT.resolved),
      refunded: has(BIT.refunded),
    },
    approved_by: current ? voters(roles.approvers, votes & 0xffff) : [],
    signed_by: current ? voters(roles.release_signers, votes >>> 16) : [],
    resumed_by: sides.filter((_, side) => has([BIT.payerResumes, BIT.receiverResumes][side] ?? 0)),
    rulings: positions(roles.dispute_resolvers, t.optionalList(18)),
    offers: offeredAt === BigInt(seats) ? positions(sides, offers) : [],
    completed_at: t.big(13),
    approved_at: t.big(14),
    disputed_at: t.big(15),
    to_receiver: t.big(17),
    credited: owed.receiver + owed.payer,
  };
  return { milestone: { ...told, ...doors(told, terms) }, owed };
}

type Doors = 'open_at' | 'reclaim_at' | 'default_at';

/** The times at which silence takes effect, as things stand; 0 for never. */
function doors(milestone: Omit<Milestone, Doors>, { roles, policy }: Terms): Pick<Milestone, Doors> {
  const { flags, status, due } = milestone;
  const settled = flags.released || flags.resolved || flags.refunded;
  const default_at = flags.disputed ? after(milestone.disputed_at, policy.dispute_window) : 0n;
  if (!milestone.funded || settled || flags.disputed) {
    return { open_at: 0n, reclaim_at: 0n, default_at };
  }
  const completed = status.tag === 'Completed';
  if (flags.approved) {
    const unsigned = roles.release_signers.length === 0;
    const at = milestone.approved_at;
    return { open_at: unsigned ? at : after(at, policy.review_window), reclaim_at: 0n, default_at };
  }
  return {
    open_at: completed ? after(milestone.completed_at, policy.review_window) : 0n,
    reclaim_at: !completed && due > 0n ? due + 1n : 0n,
    default_at,
  };
}

/** The moment a window has passed; never, where it is off. */
const after = (start: bigint, window: bigint): bigint => (window > 0n ? start + window : 0n);

const voters = (members: string[], votes: number): string[] =>
  members.filter((_, seat) => (votes >>> seat) & 1);

const positions = (members: string[], splits: (bigint | null)[]): Position[] =>
  members.flatMap((party, seat) => {
    const to_receiver = splits[seat] ?? null;
    return to_receiver === null ? [] : [{ party, to_receiver }];
  });

/** A stored list, whose items are read by position, each as of a type that it has to be of. */
class Tuple {
  readonly #items: unknown[];

  constructor(value: xdr.ScVal, length: number) {
    const items: unknown = scValToNative(value);
    if (!Array.isArray(items) || items.length !== length) throw new TypeError('not the layout');
    this.#items = items;
  }

  u32 = (at: number): number => this.#is(at, isCount(this.#items[at])) as number;
  big = (at: number): bigint => this.#is(at, typeof this.#items[at] === 'bigint') as bigint;
  address = (at: number): string => this.#is(at, isParty(this.#items[at])) as string;
  contract = (at: number): string => this.#is(at, isContract(this.address(at))) as string;
  addresses = (at: number): string[] => this.#is(at, this.list(at).every(isParty)) as string[];
  list = (at: number): unknown[] => this.#is(at, Array.isArray(this.#items[at])) as unknown[];

  /** Text that is no UTF-8 is shown as far as it goes: anybody can store it. */
  text(at: number): string {
    const item = this.#items[at];
    if (item instanceof Uint8Array) return new TextDecoder().decode(item);
    return this.#is(at, isText(item)) as string;
  }

  optionalText = (at: number): string | null => (this.#items[at] === null ? null : this.text(at));

  bytes(at: number): Uint8Array | null {
    const item = this.#items[at];
    return this.#is(at, item === null || item instanceof Uint8Array) as Uint8Array | null;
  }

  optionalList(at: number): (bigint | null)[] {
    if (this.#items[at] === null) return [];
    const numbers = this.list(at).every((item) => item === null || typeof item === 'bigint');
    return this.#is(at, numbers) as (bigint | null)[];
  }

  #is(at: number, right: boolean): unknown {
    if (!right) throw new TypeError(`not the layout at ${at}`);
    return this.#items[at];
  }
}

const isText = (item: unknown): item is string => typeof item === 'string';
const isParty = (item: unknown): item is string => isText(item) && isAddress(item);
const isCount = (item: unknown): item is number => typeof item === 'number' && item >= 0;
