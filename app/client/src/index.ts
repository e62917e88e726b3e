// The shape of the client: what is declared here is being filled in, module by module.
import type { Client } from './generated/client.js';
import type { Milestone, NewMilestone, Stuck, Terms } from './generated/types.js';
import type { rpc } from '@stellar/stellar-sdk';
import type { EscrowState, Ledger, NotAnEscrow, Seat, Token } from './model.js';

export type * from './generated/types.js';
export type { Client } from './generated/client.js';
export * from './generated/build.js';
export * from './model.js';

// network.ts
export interface Network { rpcUrl: string; passphrase: string; server: rpc.Server }
/** Asks the server which network it is of. */
export declare function connect(rpcUrl: string): Promise<Network>;
export declare function latestLedger(network: Network): Promise<Ledger>;

// problem.ts: every failure is thrown or returned as one of these
export type ProblemKind =
  | 'input' | 'contract' | 'host' | 'unreachable' | 'nonsense' | 'slow' | 'not-found'
  | 'rejected' | 'wallet' | 'wrong-network' | 'wrong-signer' | 'co-signer' | 'no-account' | 'no-funds' | 'no-trustline'
  | 'refused' | 'expired' | 'lost';
export interface Problem { kind: ProblemKind; happened: string; next: string; code?: number; name?: string; details?: string }
export declare class TrancheError extends Error { readonly problem: Problem }
/** Whatever was caught, as a sentence. */
export declare function problemOf(caught: unknown): Problem;

// wallet.ts (the shape of SEP-43; errors are thrown, or come as {error: {code, message}})
export interface WalletError { code: number; message: string; ext?: string[] }
export interface Wallet {
  address(): Promise<string>;
  /** The passphrase of the network that it is on. */
  network(): Promise<string>;
  signTransaction(xdr: string, options: { networkPassphrase: string; address: string }): Promise<{ signedTxXdr: string; signerAddress?: string; error?: WalletError }>;
  signAuthEntry(preimageXdr: string, options: { networkPassphrase: string; address: string }): Promise<{ signedAuthEntry: string | null; signerAddress?: string; error?: WalletError }>;
}
/** A wallet of one secret key: for localnet's named accounts, scripts and tests. */
export declare function keyWallet(secret: string, passphrase: string): Wallet;

// amounts.ts
export declare function parseAmount(text: string, decimals: number): bigint; // throws TrancheError 'input'
export declare function plainAmount(units: bigint, decimals: number): string; // 1000.5
export declare function formatAmount(units: bigint, decimals: number): string; // 1,000.5
export declare function formatSum(units: bigint, token: Token): string; // 1,000.5 USDC
export declare function feeOf(amount: bigint, bps: number): bigint;

// address.ts
export declare function escrowAddress(passphrase: string, deployer: string, engagementId: string): string;
export declare function isAddress(text: string): boolean;
/** What is wrong with an address, or null. */
export declare function addressProblem(text: string): string | null;
export declare function tokenAddress(passphrase: string, asset: string): string; // native, CODE:ISSUER, C...

// read.ts
export interface Escrows { escrows: EscrowState[]; others: NotAnEscrow[]; ledger: Ledger }
/** Many at once: 100 in at most 5 requests; the first milestones of each that fit. */
export declare function readEscrows(network: Network, ids: string[]): Promise<Escrows>;
export declare function readEscrow(network: Network, id: string, page?: { start: number; limit: number }): Promise<EscrowState>;
export declare function readMilestones(network: Network, state: EscrowState, start: number, limit: number): Promise<Milestone[]>;
export declare function readToken(network: Network, address: string): Promise<Token>;
export declare function readBalance(network: Network, token: Token, holder: string): Promise<bigint>;

// receive.ts: why an address cannot be paid this token now; null where it can
export declare function cannotReceive(network: Network, token: Token, addresses: string[]): Promise<Map<string, string | null>>;

// find.ts
export interface Found { ids: string[]; /** The first ledger that could be looked at. */ from: number; to: number }
export declare function findEscrows(network: Network, address: string): Promise<Found>;

// history.ts, receipts.ts
export interface HistoryRow {
  id: string; ledger: number; time: string; transaction: string;
  event: string; who: string; milestones: number[];
  /** What happened, as a sentence. */
  what: string;
  data: Record<string, unknown>;
}
export interface History { rows: HistoryRow[]; from: number; to: number }
export declare function readHistory(network: Network, state: EscrowState): Promise<History>;
export interface Receipt { ledger: number; time: string; transaction: string; event: string; milestone: number | null; from: string; to: string; amount: bigint; what: string }
export declare function receiptsOf(history: History, state: EscrowState): Receipt[];
export declare function receiptsCsv(receipts: Receipt[], token: Token): string;

// actions.ts: one entry per entry point
export type Method = Exclude<keyof Client & string, `get_${string}`>;
export interface Action {
  method: Method;
  milestone: number | null;
  /** To whom it belongs: "the payer", "an approver". */
  by: string;
  /** The address holds the seat for it. */
  mine: boolean;
  allowed: boolean;
  /** Allowed: what it does. Not allowed: why not, with figures. */
  reason: string;
  /** When time alone would allow it. */
  opensAt?: bigint;
}
export declare function escrowActions(state: EscrowState, address: string | null, now: bigint): Action[];
export declare function milestoneActions(state: EscrowState, milestone: Milestone, address: string | null, now: bigint): Action[];
/** What silence leads to, and when; passed ones included. */
export interface Silence { at: bigint; passed: boolean; method: Method; what: string }
export declare function silences(state: EscrowState, milestone: Milestone, now: bigint): Silence[];
/** Where a milestone stands, in a word and a sentence ("waiting for approval, 1 of 2"). */
export interface Standing { status: 'Not funded' | 'Pending' | 'In progress' | 'Completed' | 'Approved' | 'Disputed' | 'Released' | 'Resolved' | 'Refunded'; waits: string }
export declare function standing(state: EscrowState, milestone: Milestone): Standing;
export declare function seatName(seat: Seat): string;

// calls.ts: arguments filled in from what was read
export type ArgumentsOf<M extends Method> = Client[M] extends (args: infer A, ...rest: never[]) => unknown ? A : never;
export interface Call<M extends Method = Method> { method: M; args: ArgumentsOf<M> }
export declare const calls: {
  fund(state: EscrowState, through: number): Call<'fund'>;
  countDeposit(state: EscrowState, through: number): Call<'count_deposit'>;
  payouts(method: 'approve' | 'release' | 'confirm', signer: string, milestones: Milestone[]): Call;
  // and one for each other entry point
};

// call.ts: prepare (simulated, with its fee), then perform (sign, send, watch)
export interface Prepared { /** The most that the network takes, in stroops. */ fee: bigint; /** Who has to sign beside the source. */ coSigners: string[]; xdr: string; restores: boolean }
export type Progress = { state: 'signing' } | { state: 'sending' | 'pending'; hash: string };
export type Outcome =
  | { state: 'confirmed'; hash: string; ledger: number; fee: bigint; result: unknown }
  | { state: 'failed' | 'expired' | 'lost'; hash: string; problem: Problem };
export declare function prepare(network: Network, source: string, id: string, call: Call): Promise<Prepared>;
export declare function perform(network: Network, prepared: Prepared, wallet: Wallet, onProgress?: (progress: Progress) => void): Promise<Outcome>;

// cosign.ts: a call that needs another signature, handed over as text
export declare function coSign(network: Network, text: string, wallet: Wallet): Promise<string>;

// deploy.ts
export interface Draft { terms: Terms; milestones: NewMilestone[] }
export interface DraftProblem { path: string; what: string }
export declare function checkDraft(draft: Draft, now: bigint): DraftProblem[];
export declare function stuckWays(terms: Terms, milestones: NewMilestone[]): Stuck['tag'][];
export declare function stuckMeaning(way: Stuck['tag']): string;
export declare function batchesOf(draft: Draft): number[];
