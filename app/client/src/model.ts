import type { Balances, Escrow, Milestone, Roles } from './generated/types.js';

/** A ledger of the network: its number, and when it closed, in seconds since 1970. */
export interface Ledger {
  sequence: number;
  time: bigint;
}

/** A token, as far as sums of it are read and shown. */
export interface Token {
  /** The token's contract. */
  address: string;
  symbol: string;
  decimals: number;
  /** `native` or `CODE:ISSUER`, where the token is a Stellar asset. */
  asset: string | null;
}

/** An escrow as it is stored: what its views tell, and what they leave out. */
export interface EscrowState {
  /** The contract's address. */
  id: string;
  /** The hash of the code that it runs. */
  wasmHash: string;
  /** The version of ours that has this hash; null for code that is not known. */
  version: string | null;
  escrow: Escrow;
  /** What its address holds; null where the token keeps balances in a way of its own. */
  balances: Balances | null;
  token: Token;
  /** Those that were read, in the order of their numbers: all of them, or a part. */
  milestones: Milestone[];
  /** The next to be funded, whichever were read; null where all are. */
  next: Milestone | null;
  /** What waits to be claimed. */
  credits: Credits;
  /** The most approvals that any unsettled milestone needs: so many approvers there have to be. */
  approvalsNeeded: number;
  /** The next call brings back what is archived, and pays for that. */
  archived: boolean;
  /** The ledger as of which this was read. */
  ledger: Ledger;
}

/** What waits to be claimed, and by whom: of the milestones that were read, and the platform's fees. */
export interface Credits {
  fees: bigint;
  /** By the number of the milestone, where something waits. */
  milestones: Record<number, { receiver: bigint; payer: bigint }>;
}

/** An address that was asked for, and that is no escrow. */
export interface NotAnEscrow {
  id: string;
  why: string;
}

/** Every seat, by the name of its role in the contract; a receiver is one of a milestone. */
export type Seat =
  | 'payer'
  | 'admin'
  | 'platform'
  | 'approver'
  | 'service provider'
  | 'release signer'
  | 'dispute resolver'
  | 'observer'
  | 'receiver';

/** Which field of `Roles` holds which seats. */
export const SEATS = {
  payer: 'payer',
  admin: 'admin',
  platform: 'platform',
  approvers: 'approver',
  service_providers: 'service provider',
  release_signers: 'release signer',
  dispute_resolvers: 'dispute resolver',
  observers: 'observer',
} as const satisfies Record<keyof Roles, Seat>;

/** Released, resolved or refunded: final. */
export const isSettled = ({ flags }: Milestone): boolean =>
  flags.released || flags.resolved || flags.refunded;

/** Funded and not settled. */
export const isLive = (milestone: Milestone): boolean => milestone.funded && !isSettled(milestone);

/** What the payer deposits for a milestone. */
export const grossOf = ({ amount, fee }: Milestone): bigint => amount + fee;

const FIELDS = Object.keys(SEATS) as (keyof Roles)[];

/** Who holds a seat, once for each seat. */
export const holdersOf = (roles: Roles): string[] => FIELDS.flatMap((field) => roles[field]);

/** What an address can claim now: on which of the milestones that were read, and how much in all. */
export function claimableBy(
  { escrow, milestones, credits }: EscrowState,
  owner: string,
): { milestones: number[]; amount: bigint } {
  const { payer, platform } = escrow.terms.roles;
  const owed = milestones.map(({ milestone, receiver }) => {
    const credit = credits.milestones[milestone];
    const amount =
      (receiver === owner ? (credit?.receiver ?? 0n) : 0n) +
      (payer === owner ? (credit?.payer ?? 0n) : 0n);
    return { milestone, amount };
  });
  const waiting = owed.filter(({ amount }) => amount > 0n);
  const fees = owner === platform ? credits.fees : 0n;
  return {
    milestones: waiting.map(({ milestone }) => milestone),
    amount: waiting.reduce((all, { amount }) => all + amount, fees),
  };
}

/** The seats that an address holds, of the milestones that were read too. */
export function seatsOf({ escrow, milestones }: EscrowState, address: string): Seat[] {
  const { roles } = escrow.terms;
  const fields = FIELDS.filter((field) => [roles[field]].flat().includes(address));
  const receives = milestones.some(({ receiver }) => receiver === address);
  return [...fields.map((field) => SEATS[field]), ...(receives ? (['receiver'] as const) : [])];
}
