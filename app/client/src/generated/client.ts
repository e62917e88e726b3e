import type {Role, Ruling, Terms, Payout, Escrow, Balances, NewMilestone, StatusUpdate, Milestone, MilestoneEdit, ContractEvent} from './types.js';
import {Spec, type AssembledTransaction, Client as ContractClient, type ClientOptions as ContractClientOptions, type MethodOptions, type ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import type {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  /**
   * You lock this amount: all milestones not yet funded, through the one named, with fees.
   */
  fund(args: { payer: string | Address; through: number; amount: bigint; revision: number }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Pays what is credited to the owner on these milestones, and the platform its fees. Only
   * the owner may have it sent elsewhere.
   */
  claim(args: { owner: string | Address; milestones: Array<number>; to: string | Address | null }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You give these milestones' money, this amount with fees, back to the payer.
   */
  refund(args: { receiver: string | Address; milestones: Array<number>; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You send completed work back, and say why.
   */
  reject(args: { approver: string | Address; milestones: Array<number>; reason: string }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You ask to drop the dispute; when payer and receiver both have, work goes on.
   */
  resume(args: { party: string | Address; milestones: Array<number> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * One of you hands a seat, with its votes and credits, to the other.
   */
  rotate(args: { role: Role; from: string | Address; to: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You offer to split these milestones so; when payer and receiver offer the same, it is paid.
   */
  settle(args: { party: string | Address; rulings: Array<Ruling> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You replace texts, role lists and policy, while nothing is funded.
   */
  update(args: { admin: string | Address; terms: Terms; revision: number }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You approve the work: these receivers may be paid these amounts.
   */
  approve(args: { approver: string | Address; payouts: Array<Payout> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You approve the work and pay these receivers these amounts, in one.
   */
  confirm(args: { signer: string | Address; payouts: Array<Payout> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You stop these milestones until the dispute is ruled on, dropped, or runs out of time.
   */
  dispute(args: { party: string | Address; milestones: Array<number>; reason: string }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You take back this amount, with fees, for work that was not completed when due.
   */
  reclaim(args: { payer: string | Address; milestones: Array<number>; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You pay these receivers these amounts, or vote to where a quorum is needed.
   */
  release(args: { signer: string | Address; payouts: Array<Payout> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You rule how disputed milestones are split; enough equal rulings pay.
   */
  resolve(args: { resolver: string | Address; rulings: Array<Ruling> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You have this milestone paid to another receiver instead of you.
   */
  redirect(args: { receiver: string | Address; milestone: number; to: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You take out all of this token that no milestone needs.
   */
  withdraw(args: { payer: string | Address; token: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You pay rent ahead, for this many ledgers: escrow, code, and a page of milestones.
   */
  extend_ttl(args: { admin: string | Address; ledgers: number; start: number; limit: number }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * The terms, the sums, the state, and the ways in which money could get stuck.
   */
  get_escrow(options?: MethodOptions): Promise<AssembledTransaction<Escrow>>;
  /**
   * Whose the tokens held here are.
   */
  get_balances(options?: MethodOptions): Promise<AssembledTransaction<Balances>>;
  /**
   * You report how the work stands. Completed starts the review; votes so far are void.
   */
  change_status(args: { provider: string | Address; updates: Array<StatusUpdate> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * You lock this amount of the tokens that were sent here directly, as with fund.
   */
  count_deposit(args: { payer: string | Address; through: number; amount: bigint; revision: number }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * What an address could claim on these milestones, for the platform with its fees.
   */
  get_claimable(args: { owner: string | Address; milestones: Array<number> }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Everything about one milestone.
   */
  get_milestone(args: { i: number }, options?: MethodOptions): Promise<AssembledTransaction<Milestone>>;
  /**
   * A page of milestones, at most 50.
   */
  get_milestones(args: { start: number; limit: number }, options?: MethodOptions): Promise<AssembledTransaction<Array<Milestone>>>;
  /**
   * You remove milestones from the end, edit, then add some: only such as are not funded. All
   * amounts then sum to the total.
   */
  manage_milestones(args: { admin: string | Address; remove: number; edit: Array<MilestoneEdit>; add: Array<NewMilestone>; total: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Applies the agreed fallback to disputes that were not ruled on in time.
   */
  resolve_by_default(args: { milestones: Array<number> }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
}

export class Client extends ContractClient {
  constructor(public override readonly options: ContractClientOptions) {
    super(
      new Spec([
        "AAAABAAAAAAAAAAAAAAABUVycm9yAAAAAAAAOAAAABtPbmx5IHRoZSBwYXllciBtYXkgZG8gdGhpcy4AAAAACE5vdFBheWVyAAAAAQAAABtPbmx5IHRoZSBhZG1pbiBtYXkgZG8gdGhpcy4AAAAACE5vdEFkbWluAAAAAgAAAB1Pbmx5IGFuIGFwcHJvdmVyIG1heSBkbyB0aGlzLgAAAAAAAAtOb3RBcHByb3ZlcgAAAAADAAAAJE9ubHkgYSBzZXJ2aWNlIHByb3ZpZGVyIG1heSBkbyB0aGlzLgAAABJOb3RTZXJ2aWNlUHJvdmlkZXIAAAAAAAQAAAAmT25seSBhIHJlbGVhc2Ugc2lnbmVyIG1heSBkbyB0aGlzIG5vdy4AAAAAABBOb3RSZWxlYXNlU2lnbmVyAAAABQAAACRPbmx5IGEgZGlzcHV0ZSByZXNvbHZlciBtYXkgZG8gdGhpcy4AAAASTm90RGlzcHV0ZVJlc29sdmVyAAAAAAAGAAAAKk9ubHkgdGhlIG1pbGVzdG9uZSdzIHJlY2VpdmVyIG1heSBkbyB0aGlzLgAAAAAAC05vdFJlY2VpdmVyAAAAAAcAAAAoVGhlIGNhbGxlciBoYXMgbm8gc2F5IGluIHRoaXMgbWlsZXN0b25lLgAAAAhOb3RQYXJ0eQAAAAgAAABCQSByZXNvbHZlciBjYW5ub3QgcnVsZSBvbiBhIG1pbGVzdG9uZSBvZiB3aGljaCBpdCBpcyB0aGUgcmVjZWl2ZXIuAAAAAAASUmVzb2x2ZXJJc1JlY2VpdmVyAAAAAAAJAAAAL1RoZSBhZGRyZXNzIHRvIHJlcGxhY2UgZG9lcyBub3QgaG9sZCB0aGF0IHNlYXQuAAAAAA1Ob3RTZWF0SG9sZGVyAAAAAAAACgAAABdUaGVyZSBpcyBub3RoaW5nIHRvIGRvLgAAAAAFRW1wdHkAAAAAAAAUAAAAG0EgbWlsZXN0b25lIGlzIG5hbWVkIHR3aWNlLgAAAAASRHVwbGljYXRlTWlsZXN0b25lAAAAAAAVAAAANlRoaXMgaXMgbW9yZSB0aGFuIG9uZSB0cmFuc2FjdGlvbiBjYW4gY2Fycnk6IHNwbGl0IGl0LgAAAAAACFRvb0xhcmdlAAAAFgAAACVUaGVyZSBpcyBubyBtaWxlc3RvbmUgb2YgdGhhdCBudW1iZXIuAAAAAAAAEFVua25vd25NaWxlc3RvbmUAAAAXAAAAJlRoZSBpbnB1dCBpcyBub3Qgb2YgaXRzIGRlY2xhcmVkIHR5cGUuAAAAAAAJTWFsZm9ybWVkAAAAAAAAGAAAACBBIHRleHQgaXMgbG9uZ2VyIHRoYW4gaXRzIGxpbWl0LgAAAAtUZXh0VG9vTG9uZwAAAAAeAAAALEEgcm9sZSBsaXN0IGhhcyB0b28gZmV3IG9yIHRvbyBtYW55IG1lbWJlcnMuAAAACVNlYXRDb3VudAAAAAAAAB8AAAApQW4gYWRkcmVzcyBzdGFuZHMgdHdpY2UgaW4gb25lIHJvbGUgbGlzdC4AAAAAAAAPRHVwbGljYXRlTWVtYmVyAAAAACAAAAA3QSBkaXNwdXRlIHJlc29sdmVyIG1heSBob2xkIG5vIG90aGVyIHJvbGUgYnV0IG9ic2VydmVyLgAAAAAPUmVzb2x2ZXJPdmVybGFwAAAAACEAAABNVGhlIGVzY3JvdydzIG93biBhZGRyZXNzIGFuZCB0aGUgdG9rZW4ncyBjYW4gbmVpdGhlciBob2xkIGEgcm9sZSBub3IgcmVjZWl2ZS4AAAAAAAAPUmVzZXJ2ZWRBZGRyZXNzAAAAACIAAAA4VGhlIHRva2VuJ3MgYWRkcmVzcyBkb2VzIG5vdCBhbnN3ZXIgYXMgYSB0b2tlbiBjb250cmFjdC4AAAAJTm90QVRva2VuAAAAAAAAIwAAAC1UaGUgcGxhdGZvcm0gZmVlIGlzIGFib3ZlIDMsMDAwIGJhc2lzIHBvaW50cy4AAAAAAAAKRmVlVG9vSGlnaAAAAAAAJAAAAFNBIHF1b3J1bSBtdXN0IGxpZSBiZXR3ZWVuIDEgYW5kIHRoZSBudW1iZXIgb2Ygc2VhdHMsIGFuZCBiZSAwIHdoZXJlIHRoZXJlIGFyZSBub25lLgAAAAAQUXVvcnVtT3V0T2ZSYW5nZQAAACUAAAAiQSB3aW5kb3cgaXMgbG9uZ2VyIHRoYW4gdGVuIHllYXJzLgAAAAAADVdpbmRvd1Rvb0xvbmcAAAAAAAAmAAAAHUFuIGFtb3VudCBtdXN0IGJlIGFib3ZlIHplcm8uAAAAAAAAEUFtb3VudE5vdFBvc2l0aXZlAAAAAAAAJwAAAEZUaGUgYXBwcm92YWxzIHJlcXVpcmVkIG11c3QgbGllIGJldHdlZW4gMSBhbmQgdGhlIG51bWJlciBvZiBhcHByb3ZlcnMuAAAAAAATQXBwcm92YWxzT3V0T2ZSYW5nZQAAAAAoAAAAHlRoZSBkdWUgZGF0ZSBsaWVzIGluIHRoZSBwYXN0LgAAAAAACUR1ZUluUGFzdAAAAAAAACkAAAAwVGhlIG1pbGVzdG9uZXMnIGFtb3VudHMgZG8gbm90IHN1bSB0byB0aGUgdG90YWwuAAAADVRvdGFsTWlzbWF0Y2gAAAAAAAAqAAAAJUFuIGVzY3JvdyBoYXMgYXQgbGVhc3Qgb25lIG1pbGVzdG9uZS4AAAAAAAAMTm9NaWxlc3RvbmVzAAAAKwAAAEdFbmdhZ2VtZW50IGlkLCBwYXllciwgYWRtaW4sIHBsYXRmb3JtLCB0b2tlbiBhbmQgZmVlIGNhbm5vdCBiZSBjaGFuZ2VkLgAAAAAJRml4ZWRUZXJtAAAAAAAALAAAADVUaGUgcmV2aXNpb24gaGFzIG1vdmVkIG9uOiBsb29rIGFnYWluIGJlZm9yZSBzaWduaW5nLgAAAAAAABBSZXZpc2lvbk1pc21hdGNoAAAAMgAAADFUaGUgYW1vdW50IGRpZmZlcnMgZnJvbSB3aGF0IHRoZSBlc2Nyb3cgaG9sZHMgdG8uAAAAAAAADkFtb3VudE1pc21hdGNoAAAAAAAzAAAAKlRoZSByZWNlaXZlciBkaWZmZXJzIGZyb20gdGhlIG1pbGVzdG9uZSdzLgAAAAAAEFJlY2VpdmVyTWlzbWF0Y2gAAAA0AAAARVRoZSByZWNlaXZlcidzIHBhcnQgbXVzdCBsaWUgYmV0d2VlbiB6ZXJvIGFuZCB0aGUgbWlsZXN0b25lJ3MgYW1vdW50LgAAAAAAAA9TcGxpdE91dE9mUmFuZ2UAAAAANQAAABxUaGUgbWlsZXN0b25lIGlzIG5vdCBmdW5kZWQuAAAACU5vdEZ1bmRlZAAAAAAAADwAAAAgVGhlIG1pbGVzdG9uZSBpcyBmdW5kZWQgYWxyZWFkeS4AAAANQWxyZWFkeUZ1bmRlZAAAAAAAAD0AAAAZVGhlIG1pbGVzdG9uZSBpcyBzZXR0bGVkLgAAAAAAAA5BbHJlYWR5U2V0dGxlZAAAAAAAPgAAABpUaGUgbWlsZXN0b25lIGlzIGRpc3B1dGVkLgAAAAAAD0FscmVhZHlEaXNwdXRlZAAAAAA/AAAAHlRoZSBtaWxlc3RvbmUgaXMgbm90IGRpc3B1dGVkLgAAAAAAC05vdERpc3B1dGVkAAAAAEAAAAAaVGhlIG1pbGVzdG9uZSBpcyBhcHByb3ZlZC4AAAAAAA9BbHJlYWR5QXBwcm92ZWQAAAAAQQAAAB5UaGUgbWlsZXN0b25lIGlzIG5vdCBhcHByb3ZlZC4AAAAAAAtOb3RBcHByb3ZlZAAAAABCAAAAG1RoZSBtaWxlc3RvbmUgaXMgY29tcGxldGVkLgAAAAAQQWxyZWFkeUNvbXBsZXRlZAAAAEMAAAAfVGhlIG1pbGVzdG9uZSBpcyBub3QgY29tcGxldGVkLgAAAAAMTm90Q29tcGxldGVkAAAARAAAACVUaGUgY2FsbGVyJ3Mgdm90ZSBpcyBjb3VudGVkIGFscmVhZHkuAAAAAAAADEFscmVhZHlWb3RlZAAAAEUAAAAYVGhlIGR1ZSBkYXRlIGhhcyBwYXNzZWQuAAAAB1Bhc3REdWUAAAAARgAAAC5UaGUgZHVlIGRhdGUgaGFzIG5vdCBwYXNzZWQsIG9yIHRoZXJlIGlzIG5vbmUuAAAAAAAGTm90RHVlAAAAAABHAAAANFRoZSBkaXNwdXRlIHdpbmRvdyBoYXMgbm90IHBhc3NlZCwgb3IgdGhlcmUgaXMgbm9uZS4AAAARRGlzcHV0ZVdpbmRvd09wZW4AAAAAAABIAAAAJVRoaXMgZXNjcm93IGhhcyBubyBkaXNwdXRlIHJlc29sdmVycy4AAAAAAAALTm9SZXNvbHZlcnMAAAAASQAAABlTb21lIG1pbGVzdG9uZSBpcyBmdW5kZWQuAAAAAAAAD1NvbWV0aGluZ0Z1bmRlZAAAAABKAAAAH1RoZSB0b2tlbiByZWZ1c2VkIHRoZSB0cmFuc2Zlci4AAAAADlRyYW5zZmVyRmFpbGVkAAAAAABQAAAAKFRoZSB0b2tlbiBkZWxpdmVyZWQgbGVzcyB0aGFuIHdhcyBhc2tlZC4AAAAMU2hvcnRSZWNlaXB0AAAAUQAAAEJUaGUgdG9rZW5zIHRoYXQgYXJlIGhlcmUgYW5kIG5vdCByZXNlcnZlZCBkbyBub3QgY292ZXIgdGhlIGFtb3VudC4AAAAAABBVbnJlc2VydmVkVG9vTG93AAAAUgAAAE1UaGUgZXNjcm93J3Mgb3duIGJhbGFuY2UgZG9lcyBub3QgY292ZXIgdGhlIHBheW1lbnQ6IHNvbWVib2R5IG11c3QgdG9wIGl0IHVwLgAAAAAAAA1CYWxhbmNlVG9vTG93AAAAAAAAUwAAAClOb3RoaW5nIGlzIGNyZWRpdGVkIHRvIHRoaXMgYWRkcmVzcyBoZXJlLgAAAAAAAA5Ob3RoaW5nVG9DbGFpbQAAAAAAVAAAAB1UaGVyZSBpcyBub3RoaW5nIHRvIHdpdGhkcmF3LgAAAAAAABFOb3RoaW5nVG9XaXRoZHJhdwAAAAAAAFUAAAAsQSBzdW0gaXMgbGFyZ2VyIHRoYW4gdGhlIGNvbnRyYWN0IGNhbiBjb3VudC4AAAAIT3ZlcmZsb3cAAABW",
        "AAAABQAAADhBbiBhZGRyZXNzIGdvdCBhIHNlYXQgdGhhdCBpdCBkaWQgbm90IGhhdmUsIG9yIGxvc3Qgb25lLgAAAAAAAAAEU2VhdAAAAAEAAAAEc2VhdAAAAAIAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAEAAAAAAAAABmdhaW5lZAAAAAAAAQAAAAAAAAAA",
        "AAAABQAAAAAAAAAAAAAABVJ1bGVkAAAAAAAAAQAAAAVydWxlZAAAAAAAAAMAAAAAAAAACHJlc29sdmVyAAAAEwAAAAEAAAAAAAAAB3J1bGluZ3MAAAAD6gAAB9AAAAAGUnVsaW5nAAAAAAAAAAAAAAAAAAdzZXR0bGVkAAAAA+oAAAfQAAAAB1NldHRsZWQAAAAAAAAAAAI=",
        "AAAABQAAAE1UaGUgcGF5ZXIgc2VudCBtb25leSBpbjsgbWlsZXN0b25lcyB1cCB0byBhbmQgaW5jbHVkaW5nIGB0aHJvdWdoYCBhcmUgZnVuZGVkLgAAAAAAAAAAAAAGRnVuZGVkAAAAAAABAAAABmZ1bmRlZAAAAAAAAwAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAQAAAAAAAAAHdGhyb3VnaAAAAAAEAAAAAAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAI=",
        "AAAAAQAAAFVBIG1pbGVzdG9uZSdzIG1vbmV5IHdlbnQ6IHRvIHRoZSByZWNlaXZlciwgYXMgZmVlIHRvIHRoZSBwbGF0Zm9ybSwgYmFjayB0byB0aGUgcGF5ZXIuAAAAAAAAAAAAAAdTZXR0bGVkAAAAAAUAAAAOVGhlIG1pbGVzdG9uZS4AAAAAAAEwAAAAAAAABAAAAA1JdHMgcmVjZWl2ZXIuAAAAAAAAATEAAAAAAAATAAAAEFRvIHRoZSByZWNlaXZlci4AAAABMgAAAAAAAAsAAAAQVG8gdGhlIHBsYXRmb3JtLgAAAAEzAAAAAAAACwAAAA1UbyB0aGUgcGF5ZXIuAAAAAAAAATQAAAAAAAAL",
        "AAAABQAAAAAAAAAAAAAAB0NsYWltZWQAAAAAAQAAAAdjbGFpbWVkAAAAAAUAAAAAAAAABW93bmVyAAAAAAAAEwAAAAEAAAAAAAAACm1pbGVzdG9uZXMAAAAAA+oAAAAEAAAAAAAAAAAAAAAEZmVlcwAAAAsAAAAAAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAAAAAAJ0bwAAAAAAEwAAAAAAAAAC",
        "AAAABQAAABJUaGUgZXNjcm93IHN0YW5kcy4AAAAAAAAAAAAHQ3JlYXRlZAAAAAABAAAAB2NyZWF0ZWQAAAAABAAAAAAAAAANZW5nYWdlbWVudF9pZAAAAAAAABAAAAABAAAAAAAAAAVhZG1pbgAAAAAAABMAAAABAAAAAAAAAAV0ZXJtcwAAAAAAB9AAAAAFVGVybXMAAAAAAAAAAAAAAAAAAAptaWxlc3RvbmVzAAAAAAPqAAAH0AAAAAxOZXdNaWxlc3RvbmUAAAAAAAAAAg==",
        "AAAABQAAABlBIHNpZGUgb2ZmZXJlZCB0byBzZXR0bGUuAAAAAAAAAAAAAAdPZmZlcmVkAAAAAAEAAAAHb2ZmZXJlZAAAAAADAAAAAAAAAAVwYXJ0eQAAAAAAABMAAAABAAAAAAAAAAdydWxpbmdzAAAAA+oAAAfQAAAABlJ1bGluZwAAAAAAAAAAAAAAAAAHc2V0dGxlZAAAAAPqAAAH0AAAAAdTZXR0bGVkAAAAAAAAAAAC",
        "AAAABQAAAFFBIHNpZGUgYXNrZWQgdG8gZHJvcCB0aGUgZGlzcHV0ZSBvZiBgbWlsZXN0b25lc2A7IHRob3NlIGluIGByZXN1bWVkYCBhcmUgZHJvcHBlZC4AAAAAAAAAAAAAB1Jlc3VtZWQAAAAAAQAAAAdyZXN1bWVkAAAAAAMAAAAAAAAABXBhcnR5AAAAAAAAEwAAAAEAAAAAAAAACm1pbGVzdG9uZXMAAAAAA+oAAAAEAAAAAAAAAAAAAAAHcmVzdW1lZAAAAAPqAAAABAAAAAAAAAAC",
        "AAAABQAAAAAAAAAAAAAAB1JvdGF0ZWQAAAAAAQAAAAdyb3RhdGVkAAAAAAMAAAAAAAAABGZyb20AAAATAAAAAQAAABdUaGUgbmFtZSBvZiB0aGUgYFJvbGVgLgAAAAAEcm9sZQAAABEAAAAAAAAAAAAAAAJ0bwAAAAAAEwAAAAAAAAAC",
        "AAAABQAAAAAAAAAAAAAAB1VwZGF0ZWQAAAAAAQAAAAd1cGRhdGVkAAAAAAMAAAAAAAAABWFkbWluAAAAAAAAEwAAAAEAAAAAAAAABXRlcm1zAAAAAAAH0AAAAAVUZXJtcwAAAAAAAAAAAAAAAAAACHJldmlzaW9uAAAABAAAAAAAAAAC",
        "AAAABQAAAE9BbiBhcHByb3ZlciB2b3RlZCBmb3IgYG1pbGVzdG9uZXNgOyBgYXBwcm92ZWRgIGFyZSB0aG9zZSB0aGF0IGl0IG1hZGUgYXBwcm92ZWQuAAAAAAAAAAAIQXBwcm92ZWQAAAABAAAACGFwcHJvdmVkAAAAAwAAAAAAAAAIYXBwcm92ZXIAAAATAAAAAQAAAAAAAAAKbWlsZXN0b25lcwAAAAAD6gAAAAQAAAAAAAAAAAAAAAhhcHByb3ZlZAAAA+oAAAAEAAAAAAAAAAI=",
        "AAAABQAAAExBIHBheW91dCBvZiB0aGlzIGNhbGwgY291bGQgbm90IGJlIG1hZGU6IGl0IHdhaXRzIGZvciBpdHMgb3duZXIgdG8gY2xhaW0gaXQuAAAAAAAAAAhDcmVkaXRlZAAAAAEAAAAIY3JlZGl0ZWQAAAADAAAAAAAAAAVvd25lcgAAAAAAABMAAAABAAAAAAAAAAptaWxlc3RvbmVzAAAAAAPqAAAABAAAAAAAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAC",
        "AAAABQAAAAAAAAAAAAAACERpc3B1dGVkAAAAAQAAAAhkaXNwdXRlZAAAAAMAAAAAAAAABXBhcnR5AAAAAAAAEwAAAAEAAAAAAAAACm1pbGVzdG9uZXMAAAAAA+oAAAAEAAAAAAAAAAAAAAAGcmVhc29uAAAAAAAQAAAAAAAAAAI=",
        "AAAABQAAACFUaGUgcmVjZWl2ZXIgZ2F2ZSB0aGUgbW9uZXkgYmFjay4AAAAAAAAAAAAACFJlZnVuZGVkAAAAAQAAAAhyZWZ1bmRlZAAAAAIAAAAAAAAACHJlY2VpdmVyAAAAEwAAAAEAAAAAAAAAB3NldHRsZWQAAAAD6gAAB9AAAAAHU2V0dGxlZAAAAAAAAAAAAg==",
        "AAAABQAAAAAAAAAAAAAACFJlamVjdGVkAAAAAQAAAAhyZWplY3RlZAAAAAMAAAAAAAAACGFwcHJvdmVyAAAAEwAAAAEAAAAAAAAACm1pbGVzdG9uZXMAAAAAA+oAAAAEAAAAAAAAAAAAAAAGcmVhc29uAAAAAAAQAAAAAAAAAAI=",
        "AAAABQAAADNBIHNpZ25lciB2b3RlZCB0byBwYXkgYHZvdGVkYDsgYHNldHRsZWRgIHdlcmUgcGFpZC4AAAAAAAAAAAhSZWxlYXNlZAAAAAEAAAAIcmVsZWFzZWQAAAADAAAAAAAAAAZzaWduZXIAAAAAABMAAAABAAAAAAAAAAV2b3RlZAAAAAAAA+oAAAAEAAAAAAAAAAAAAAAHc2V0dGxlZAAAAAPqAAAH0AAAAAdTZXR0bGVkAAAAAAAAAAAC",
        "AAAABQAAABtFdmVyeSBtaWxlc3RvbmUgaXMgc2V0dGxlZC4AAAAAAAAAAAlDb21wbGV0ZWQAAAAAAAABAAAACWNvbXBsZXRlZAAAAAAAAAEAAAAAAAAADWVuZ2FnZW1lbnRfaWQAAAAAAAAQAAAAAQAAAAA=",
        "AAAABQAAAD5BbiBhcHByb3ZlciBhbmQgcmVsZWFzZSBzaWduZXIgdm90ZWQgYXMgYm90aCBmb3IgYG1pbGVzdG9uZXNgLgAAAAAAAAAAAAlDb25maXJtZWQAAAAAAAABAAAACWNvbmZpcm1lZAAAAAAAAAQAAAAAAAAABnNpZ25lcgAAAAAAEwAAAAEAAAAAAAAACm1pbGVzdG9uZXMAAAAAA+oAAAAEAAAAAAAAAAAAAAAIYXBwcm92ZWQAAAPqAAAABAAAAAAAAAAAAAAAB3NldHRsZWQAAAAD6gAAB9AAAAAHU2V0dGxlZAAAAAAAAAAAAg==",
        "AAAABQAAADpUaGUgcmVzb2x2ZXJzIHN0YXllZCBzaWxlbnQsIGFuZCB0aGUgZmFsbGJhY2sgd2FzIGFwcGxpZWQuAAAAAAAAAAAACURlZmF1bHRlZAAAAAAAAAEAAAAJZGVmYXVsdGVkAAAAAAAAAQAAAAAAAAAHc2V0dGxlZAAAAAPqAAAH0AAAAAdTZXR0bGVkAAAAAAAAAAAC",
        "AAAABQAAADNUaGUgcGF5ZXIgdG9vayBiYWNrIHdoYXQgd2FzIG5vdCBkZWxpdmVyZWQgaW4gdGltZS4AAAAAAAAAAAlSZWNsYWltZWQAAAAAAAABAAAACXJlY2xhaW1lZAAAAAAAAAIAAAAAAAAABXBheWVyAAAAAAAAEwAAAAEAAAAAAAAAB3NldHRsZWQAAAAD6gAAB9AAAAAHU2V0dGxlZAAAAAAAAAAAAg==",
        "AAAABQAAAAAAAAAAAAAACVdpdGhkcmF3bgAAAAAAAAEAAAAJd2l0aGRyYXduAAAAAAAAAwAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAQAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAI=",
        "AAAABQAAAAAAAAAAAAAAClJlZGlyZWN0ZWQAAAAAAAEAAAAKcmVkaXJlY3RlZAAAAAAAAwAAAAAAAAAIcmVjZWl2ZXIAAAATAAAAAQAAAAAAAAAJbWlsZXN0b25lAAAAAAAABAAAAAAAAAAAAAAAAnRvAAAAAAATAAAAAAAAAAI=",
        "AAAABQAAAAAAAAAAAAAAC1R0bEV4dGVuZGVkAAAAAAEAAAAMdHRsX2V4dGVuZGVkAAAABAAAAAAAAAAFYWRtaW4AAAAAAAATAAAAAQAAAAAAAAAHbGVkZ2VycwAAAAAEAAAAAAAAAAAAAAAFc3RhcnQAAAAAAAAEAAAAAAAAAAAAAAAFbGltaXQAAAAAAAAEAAAAAAAAAAI=",
        "AAAABQAAAAAAAAAAAAAADVN0YXR1c0NoYW5nZWQAAAAAAAABAAAADnN0YXR1c19jaGFuZ2VkAAAAAAACAAAAAAAAAAhwcm92aWRlcgAAABMAAAABAAAAAAAAAAd1cGRhdGVzAAAAA+oAAAfQAAAADFN0YXR1c1VwZGF0ZQAAAAAAAAAC",
        "AAAABQAAAFdUaGUgcGF5ZXIgY291bnRlZCBtb25leSB0aGF0IHdhcyBoZXJlIGFscmVhZHk7IG1pbGVzdG9uZXMgdGhyb3VnaCBgdGhyb3VnaGAgYXJlIGZ1bmRlZC4AAAAAAAAAAA5EZXBvc2l0Q291bnRlZAAAAAAAAQAAAA9kZXBvc2l0X2NvdW50ZWQAAAAAAwAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAQAAAAAAAAAHdGhyb3VnaAAAAAAEAAAAAAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAI=",
        "AAAABQAAAAAAAAAAAAAAEU1pbGVzdG9uZXNNYW5hZ2VkAAAAAAAAAQAAABJtaWxlc3RvbmVzX21hbmFnZWQAAAAAAAUAAAAAAAAABWFkbWluAAAAAAAAEwAAAAEAAAAAAAAABnJlbW92ZQAAAAAABAAAAAAAAAAAAAAABGVkaXQAAAPqAAAH0AAAAA1NaWxlc3RvbmVFZGl0AAAAAAAAAAAAAAAAAAADYWRkAAAAA+oAAAfQAAAADE5ld01pbGVzdG9uZQAAAAAAAAAAAAAACHJldmlzaW9uAAAABAAAAAAAAAAC",
        "AAAAAgAAAB9BIHNlYXQgdGhhdCBjYW4gYmUgaGFuZGVkIG92ZXIuAAAAAAAAAAAEUm9sZQAAAAgAAAAAAAAAAAAAAAVQYXllcgAAAAAAAAAAAAAAAAAABUFkbWluAAAAAAAAAAAAAAAAAAAIUGxhdGZvcm0AAAAAAAAAAAAAAAhBcHByb3ZlcgAAAAAAAAAAAAAAD1NlcnZpY2VQcm92aWRlcgAAAAAAAAAAAAAAAA1SZWxlYXNlU2lnbmVyAAAAAAAAAAAAAAAAAAAPRGlzcHV0ZVJlc29sdmVyAAAAAAAAAAAAAAAACE9ic2VydmVy",
        "AAAAAQAAAAAAAAAAAAAABUZsYWdzAAAAAAAABQAAAAAAAAAIYXBwcm92ZWQAAAABAAAAAAAAAAhkaXNwdXRlZAAAAAEAAAAAAAAACHJlZnVuZGVkAAAAAQAAAAAAAAAIcmVsZWFzZWQAAAABAAAAAAAAAAhyZXNvbHZlZAAAAAE=",
        "AAAAAQAAABVXaG8gaG9sZHMgd2hpY2ggc2VhdC4AAAAAAAAAAAAABVJvbGVzAAAAAAAACAAAACtFZGl0cyB3aGF0IGlzIG5vdCBmdW5kZWQ7IHRvdWNoZXMgbm8gbW9uZXkuAAAAAAVhZG1pbgAAAAAAABMAAAAAAAAACWFwcHJvdmVycwAAAAAAA+oAAAATAAAAHk5vbmU6IG5vdGhpbmcgY2FuIGJlIGRpc3B1dGVkLgAAAAAAEWRpc3B1dGVfcmVzb2x2ZXJzAAAAAAAD6gAAABMAAAAAAAAACW9ic2VydmVycwAAAAAAA+oAAAATAAAAHUZ1bmRzLCBhbmQgZ2V0cyBldmVyeSByZWZ1bmQuAAAAAAAABXBheWVyAAAAAAAAEwAAABlJcyBwYWlkIHRoZSBwbGF0Zm9ybSBmZWUuAAAAAAAACHBsYXRmb3JtAAAAEwAAAChOb25lOiBhbnlib2R5IG1heSByZWxlYXNlIGFwcHJvdmVkIHdvcmsuAAAAD3JlbGVhc2Vfc2lnbmVycwAAAAPqAAAAEwAAAAAAAAARc2VydmljZV9wcm92aWRlcnMAAAAAAAPqAAAAEw==",
        "AAAAAgAAAAAAAAAAAAAABVN0YXRlAAAAAAAAAwAAAAAAAAAtU29tZXRoaW5nIGlzIHVuc2V0dGxlZCBhbmQgbm90aGluZyBpcyBmdW5kZWQuAAAAAAAADUF3YWl0aW5nRnVuZHMAAAAAAAAAAAAAIlNvbWV0aGluZyBpcyBmdW5kZWQgYW5kIHVuc2V0dGxlZC4AAAAAAAZBY3RpdmUAAAAAAAAAAAAbRXZlcnkgbWlsZXN0b25lIGlzIHNldHRsZWQuAAAAAAlDb21wbGV0ZWQAAAA=",
        "AAAAAgAAADdBIHdheSBmb3IgbW9uZXkgdG8gd2FpdCBmb3IgZXZlciBvbiBzb21lYm9keSdzIHNpbGVuY2UuAAAAAAAAAAAFU3R1Y2sAAAAAAAAEAAAAAAAAAE1ObyByZXNvbHZlcnM6IGEgcmVjZWl2ZXIgd2hvc2Ugd29yayBpcyByZWplY3RlZCBjYW4gb25seSBnaXZlIHRoZSBtb25leSBiYWNrLgAAAAAAAAxVbmRpc3B1dGFibGUAAAAAAAAAP0Rpc3B1dGVzIGhhdmUgbm8gdGltZSBsaW1pdDogc2lsZW50IHJlc29sdmVycyBob2xkIGEgbWlsZXN0b25lLgAAAAAPU2lsZW50UmVzb2x2ZXJzAAAAAAAAAABJUmV2aWV3IGhhcyBubyB0aW1lIGxpbWl0OiBzaWxlbnQgYXBwcm92ZXJzIG9yIHNpZ25lcnMgaG9sZCBmaW5pc2hlZCB3b3JrLgAAAAAAAA9TaWxlbnRSZXZpZXdlcnMAAAAAAAAAADhBIG1pbGVzdG9uZSBoYXMgbm8gZHVlIGRhdGU6IGEgc2lsZW50IHByb3ZpZGVyIGhvbGRzIGl0LgAAAA5TaWxlbnRQcm92aWRlcgAA",
        "AAAAAQAAABlXaGF0IGV2ZXJ5Ym9keSBhZ3JlZXMgdG8uAAAAAAAAAAAAAAVUZXJtcwAAAAAAAAgAAAAAAAAAC2Rlc2NyaXB0aW9uAAAAABAAAAAdU0hBLTI1NiBvZiBhbiBvZmYtY2hhaW4gdGV4dC4AAAAAAAAIZG9jdW1lbnQAAAPoAAAD7gAAACAAAAAQU3RhYmxlIGZvciBsaWZlLgAAAA1lbmdhZ2VtZW50X2lkAAAAAAAAEAAAACdPbiB0b3Agb2YgZWFjaCBhbW91bnQsIGluIGJhc2lzIHBvaW50cy4AAAAAEHBsYXRmb3JtX2ZlZV9icHMAAAAEAAAAAAAAAAZwb2xpY3kAAAAAB9AAAAAGUG9saWN5AAAAAAAAAAAABXJvbGVzAAAAAAAH0AAAAAVSb2xlcwAAAAAAAAAAAAAFdGl0bGUAAAAAAAAQAAAAAAAAAAV0b2tlbgAAAAAAABM=",
        "AAAAAQAAAClUaGUgd2hvbGUgZXNjcm93LCB3aXRob3V0IGl0cyBtaWxlc3RvbmVzLgAAAAAAAAAAAAAGRXNjcm93AAAAAAAFAAAAMk1vdmVzIHdpdGggdGVybXMgYW5kIG1pbGVzdG9uZXM7IGZ1bmRpbmcgbmFtZXMgaXQuAAAAAAAIcmV2aXNpb24AAAAEAAAAAAAAAAVzdGF0ZQAAAAAAB9AAAAAFU3RhdGUAAAAAAAAoSG93IG1vbmV5IGNvdWxkIGdldCBzdHVjazsgbm9uZSBpcyBiZXN0LgAAAAVzdHVjawAAAAAAA+oAAAfQAAAABVN0dWNrAAAAAAAAAAAAAAV0ZXJtcwAAAAAAB9AAAAAFVGVybXMAAAAAAAAAAAAABnRvdGFscwAAAAAH0AAAAAZUb3RhbHMAAA==",
        "AAAAAQAAAFNXaGF0IGEgc2lnbmVyIGFncmVlcyB0bzogdGhpcyByZWNlaXZlciBnZXRzIHRoaXMgYW1vdW50IGZvciB0aGlzIHN0YXRlIG9mIHRoZSB3b3JrLgAAAAAAAAAABlBheW91dAAAAAAABAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAltaWxlc3RvbmUAAAAAAAAEAAAAAAAAAAhyZWNlaXZlcgAAABMAAAAAAAAACHJldmlzaW9uAAAABA==",
        "AAAAAQAAAFFIb3cgbWFueSBtdXN0IGFncmVlLCBhbmQgd2hhdCBzaWxlbmNlIGxlYWRzIHRvLiBXaW5kb3dzIGFyZSBpbiBzZWNvbmRzLCAwIGlzIG9mZi4AAAAAAAAAAAAABlBvbGljeQAAAAAABQAAAD9BZnRlciBzbyBsb25nIGEgZGlzcHV0ZSwgYW55Ym9keSBtYXkgaGF2ZSB0aGUgZmFsbGJhY2sgYXBwbGllZC4AAAAADmRpc3B1dGVfd2luZG93AAAAAAAGAAAAAAAAAAhmYWxsYmFjawAAB9AAAAAIRmFsbGJhY2sAAAAbVm90ZXMgdGhhdCBpdCB0YWtlcyB0byBwYXkuAAAAAA5yZWxlYXNlX3F1b3J1bQAAAAAABAAAABxFcXVhbCBydWxpbmdzIHRoYXQgaXQgdGFrZXMuAAAADnJlc29sdmVfcXVvcnVtAAAAAAAEAAAASEFmdGVyIHNvIGxvbmcgYSBzaWxlbmNlLCBhbnlib2R5IG1heSByZWxlYXNlIGNvbXBsZXRlZCBvciBhcHByb3ZlZCB3b3JrLgAAAA1yZXZpZXdfd2luZG93AAAAAAAABg==",
        "AAAAAQAAAFJIb3cgb25lIG1pbGVzdG9uZSBpcyBzcGxpdDogdGhpcyBtdWNoIHRvIHRoZSByZWNlaXZlciwgdGhlIHJlc3QgYmFjayB0byB0aGUgcGF5ZXIuAAAAAAAAAAAABlJ1bGluZwAAAAAAAgAAAAAAAAAJbWlsZXN0b25lAAAAAAAABAAAAAAAAAALdG9fcmVjZWl2ZXIAAAAACw==",
        "AAAAAgAAAAAAAAAAAAAABlN0YXR1cwAAAAAAAwAAAAAAAAAAAAAAB1BlbmRpbmcAAAAAAAAAAAAAAAAKSW5Qcm9ncmVzcwAAAAAAAAAAAAAAAAAJQ29tcGxldGVkAAAA",
        "AAAAAQAAAC5Db3VudHMsIGFuZCBzdW1zIGluIHRoZSB0b2tlbidzIHNtYWxsZXN0IHVuaXQuAAAAAAAAAAAABlRvdGFscwAAAAAACwAAABpBbGwgYW1vdW50cywgd2l0aG91dCBmZWVzLgAAAAAABmFtb3VudAAAAAAACwAAACBPZiB0aGVzZSB0aHJlZSwgbm90IHlldCBjbGFpbWVkLgAAAAhjcmVkaXRlZAAAAAsAAAAmVGhlIGdyb3NzIG9mIGFsbCB0aGF0IGhhcyBiZWVuIGZ1bmRlZC4AAAAAAAlkZXBvc2l0ZWQAAAAAAAALAAAAEFRvIHRoZSBwbGF0Zm9ybS4AAAAEZmVlcwAAAAsAAAAmTWlsZXN0b25lcyBiZWxvdyB0aGlzIGluZGV4IGhhdmUgYmVlbi4AAAAAAAZmdW5kZWQAAAAAAAQAAAAcQWxsIGFtb3VudHMgd2l0aCB0aGVpciBmZWVzLgAAAAVncm9zcwAAAAAAAAsAAAAAAAAACm1pbGVzdG9uZXMAAAAAAAQAAAANVG8gcmVjZWl2ZXJzLgAAAAAAAARwYWlkAAAACwAAABJCYWNrIHRvIHRoZSBwYXllci4AAAAAAAhyZWZ1bmRlZAAAAAsAAAAqVGhlIGdyb3NzIG9mIHdoYXQgaXMgZnVuZGVkIGFuZCB1bnNldHRsZWQuAAAAAAAIcmVzZXJ2ZWQAAAALAAAAAAAAAAdzZXR0bGVkAAAAAAQ=",
        "AAAAAQAAAEhXaG9zZSB0aGUgdG9rZW5zIGF0IHRoZSBlc2Nyb3cncyBhZGRyZXNzIGFyZTsgdW5yZXNlcnZlZCBpcyB0aGUgcGF5ZXIncy4AAAAAAAAACEJhbGFuY2VzAAAABAAAAAAAAAAHYmFsYW5jZQAAAAALAAAAAAAAAAhjcmVkaXRlZAAAAAsAAAAAAAAACHJlc2VydmVkAAAACwAAAAAAAAAKdW5yZXNlcnZlZAAAAAAACw==",
        "AAAAAgAAADdXaGF0IGEgZGlzcHV0ZSBjb21lcyB0byB3aGVuIG5vIHJ1bGluZyBjYXJyaWVzIGluIHRpbWUuAAAAAAAAAAAIRmFsbGJhY2sAAAADAAAAAAAAAAAAAAAGUmVmdW5kAAAAAAAAAAAARlRvIHRoZSByZWNlaXZlciwgaWYgdGhlIHdvcmsgd2FzIGNvbXBsZXRlZCBvciBhcHByb3ZlZDsgZWxzZSBhIHJlZnVuZC4AAAAAAAdSZWxlYXNlAAAAAAAAAAAnSGFsZiBlYWNoLCBhbiBvZGQgdW5pdCB0byB0aGUgcmVjZWl2ZXIuAAAAAARFdmVu",
        "AAAAAQAAACtBIHJ1bGluZyBvciBvZmZlciB0aGF0IHNvbWVib2R5IHN0YW5kcyBmb3IuAAAAAAAAAAAIUG9zaXRpb24AAAACAAAAAAAAAAVwYXJ0eQAAAAAAABMAAAAAAAAAC3RvX3JlY2VpdmVyAAAAAAs=",
        "AAAAAQAAAERFdmVyeXRoaW5nIGFib3V0IG9uZSBtaWxlc3RvbmUuIEEgdGltZSBvZiAwIG1lYW5zIG5ldmVyLCBvciBub3QgeWV0LgAAAAAAAAAJTWlsZXN0b25lAAAAAAAAHQAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAABJhcHByb3ZhbHNfcmVxdWlyZWQAAAAAAAQAAAAAAAAAC2FwcHJvdmVkX2F0AAAAAAYAAAAAAAAAC2FwcHJvdmVkX2J5AAAAA+oAAAATAAAAAAAAAAxjb21wbGV0ZWRfYXQAAAAGAAAAKldoYXQgcmVjZWl2ZXIgYW5kIHBheWVyIGhhdmUgeWV0IHRvIGNsYWltLgAAAAAACGNyZWRpdGVkAAAACwAAADNGcm9tIHdoZW4gb24gYW55Ym9keSBtYXkgaGF2ZSB0aGUgZmFsbGJhY2sgYXBwbGllZC4AAAAACmRlZmF1bHRfYXQAAAAAAAYAAAAAAAAAC2Rlc2NyaXB0aW9uAAAAABAAAAAAAAAAC2Rpc3B1dGVkX2F0AAAAAAYAAAAAAAAACGRvY3VtZW50AAAD6AAAA+4AAAAgAAAAAAAAAANkdWUAAAAABgAAAAAAAAAIZXZpZGVuY2UAAAPoAAAAEAAAACZUaGUgcGxhdGZvcm0gZmVlIG9uIHRvcCBvZiB0aGUgYW1vdW50LgAAAAAAA2ZlZQAAAAALAAAAAAAAAAVmbGFncwAAAAAAB9AAAAAFRmxhZ3MAAAAAAAAAAAAABmZ1bmRlZAAAAAAAAQAAAAAAAAAJbWlsZXN0b25lAAAAAAAABAAAAAAAAAAEbm90ZQAAA+gAAAAQAAAAAAAAAAZvZmZlcnMAAAAAA+oAAAfQAAAACFBvc2l0aW9uAAAAIUZyb20gd2hlbiBvbiBhbnlib2R5IG1heSByZWxlYXNlLgAAAAAAAAdvcGVuX2F0AAAAAAYAAAAZV2h5IGl0IHdhcyBsYXN0IGRpc3B1dGVkLgAAAAAAAAZyZWFzb24AAAAAA+gAAAAQAAAAAAAAAAhyZWNlaXZlcgAAABMAAAAjRnJvbSB3aGVuIG9uIHRoZSBwYXllciBtYXkgcmVjbGFpbS4AAAAACnJlY2xhaW1fYXQAAAAAAAYAAAAiV2hvIGhhcyBhc2tlZCB0byBkcm9wIHRoZSBkaXNwdXRlLgAAAAAACnJlc3VtZWRfYnkAAAAAA+oAAAATAAAAPk1vdmVzIHdpdGggdGV4dHMsIHRlcm1zLCBzdGF0dXMgYW5kIGV2aWRlbmNlOyBwYXlvdXRzIG5hbWUgaXQuAAAAAAAIcmV2aXNpb24AAAAEAAAAAAAAAAdydWxpbmdzAAAAA+oAAAfQAAAACFBvc2l0aW9uAAAAAAAAAAlzaWduZWRfYnkAAAAAAAPqAAAAEwAAAAAAAAAGc3RhdHVzAAAAAAfQAAAABlN0YXR1cwAAAAAAAAAAAAV0aXRsZQAAAAAAABAAAAAyT25jZSBzZXR0bGVkOiB3aGF0IHRoZSByZWNlaXZlciBnb3Qgb2YgdGhlIGFtb3VudC4AAAAAAAt0b19yZWNlaXZlcgAAAAAL",
        "AAAAAQAAAAAAAAAAAAAADE5ld01pbGVzdG9uZQAAAAcAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAASYXBwcm92YWxzX3JlcXVpcmVkAAAAAAAEAAAAAAAAAAtkZXNjcmlwdGlvbgAAAAAQAAAAAAAAAAhkb2N1bWVudAAAA+gAAAPuAAAAIAAAADpBZnRlciB0aGlzLCB1bmZpbmlzaGVkIHdvcmsgY2FuIGJlIHJlY2xhaW1lZDsgMCBmb3IgbmV2ZXIuAAAAAAADZHVlAAAAAAYAAAAhTm9uZTogdGhlIGZpcnN0IHNlcnZpY2UgcHJvdmlkZXIuAAAAAAAACHJlY2VpdmVyAAAD6AAAABMAAAAAAAAABXRpdGxlAAAAAAAAEA==",
        "AAAAAQAAADlBIHJlcG9ydDsgTm9uZSBsZWF2ZXMgdGhlIGxhc3Qgbm90ZSBvciBldmlkZW5jZSBzdGFuZGluZy4AAAAAAAAAAAAADFN0YXR1c1VwZGF0ZQAAAAQAAAAAAAAACGV2aWRlbmNlAAAD6AAAABAAAAAAAAAACW1pbGVzdG9uZQAAAAAAAAQAAAAAAAAABG5vdGUAAAPoAAAAEAAAAAAAAAAGc3RhdHVzAAAAAAfQAAAABlN0YXR1cwAA",
        "AAAAAQAAADxXaGF0IGNoYW5nZXMgaW4gb25lIG1pbGVzdG9uZTsgTm9uZSBsZWF2ZXMgYSB0aGluZyBhcyBpdCBpcy4AAAAAAAAADU1pbGVzdG9uZUVkaXQAAAAAAAAHAAAAAAAAABJhcHByb3ZhbHNfcmVxdWlyZWQAAAAAA+gAAAAEAAAAAAAAAAtkZXNjcmlwdGlvbgAAAAPoAAAAEAAAAAAAAAAIZG9jdW1lbnQAAAPoAAAD7gAAACAAAAAAAAAAA2R1ZQAAAAPoAAAABgAAAAAAAAAJbWlsZXN0b25lAAAAAAAABAAAAAAAAAAIcmVjZWl2ZXIAAAPoAAAAEwAAAAAAAAAFdGl0bGUAAAAAAAPoAAAAEA==",
        "AAAAAAAAAFZZb3UgbG9jayB0aGlzIGFtb3VudDogYWxsIG1pbGVzdG9uZXMgbm90IHlldCBmdW5kZWQsIHRocm91Z2ggdGhlIG9uZSBuYW1lZCwgd2l0aCBmZWVzLgAAAAAABGZ1bmQAAAAEAAAAAAAAAAVwYXllcgAAAAAAABMAAAAAAAAAB3Rocm91Z2gAAAAABAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAhyZXZpc2lvbgAAAAQAAAAA",
        "AAAAAAAAAH1QYXlzIHdoYXQgaXMgY3JlZGl0ZWQgdG8gdGhlIG93bmVyIG9uIHRoZXNlIG1pbGVzdG9uZXMsIGFuZCB0aGUgcGxhdGZvcm0gaXRzIGZlZXMuIE9ubHkKdGhlIG93bmVyIG1heSBoYXZlIGl0IHNlbnQgZWxzZXdoZXJlLgAAAAAAAAVjbGFpbQAAAAAAAAMAAAAAAAAABW93bmVyAAAAAAAAEwAAAAAAAAAKbWlsZXN0b25lcwAAAAAD6gAAAAQAAAAAAAAAAnRvAAAAAAPoAAAAEwAAAAA=",
        "AAAAAAAAAEtZb3UgZ2l2ZSB0aGVzZSBtaWxlc3RvbmVzJyBtb25leSwgdGhpcyBhbW91bnQgd2l0aCBmZWVzLCBiYWNrIHRvIHRoZSBwYXllci4AAAAABnJlZnVuZAAAAAAAAwAAAAAAAAAIcmVjZWl2ZXIAAAATAAAAAAAAAAptaWxlc3RvbmVzAAAAAAPqAAAABAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAA==",
        "AAAAAAAAACpZb3Ugc2VuZCBjb21wbGV0ZWQgd29yayBiYWNrLCBhbmQgc2F5IHdoeS4AAAAAAAZyZWplY3QAAAAAAAMAAAAAAAAACGFwcHJvdmVyAAAAEwAAAAAAAAAKbWlsZXN0b25lcwAAAAAD6gAAAAQAAAAAAAAABnJlYXNvbgAAAAAAEAAAAAA=",
        "AAAAAAAAAE1Zb3UgYXNrIHRvIGRyb3AgdGhlIGRpc3B1dGU7IHdoZW4gcGF5ZXIgYW5kIHJlY2VpdmVyIGJvdGggaGF2ZSwgd29yayBnb2VzIG9uLgAAAAAAAAZyZXN1bWUAAAAAAAIAAAAAAAAABXBhcnR5AAAAAAAAEwAAAAAAAAAKbWlsZXN0b25lcwAAAAAD6gAAAAQAAAAA",
        "AAAAAAAAAEJPbmUgb2YgeW91IGhhbmRzIGEgc2VhdCwgd2l0aCBpdHMgdm90ZXMgYW5kIGNyZWRpdHMsIHRvIHRoZSBvdGhlci4AAAAAAAZyb3RhdGUAAAAAAAMAAAAAAAAABHJvbGUAAAfQAAAABFJvbGUAAAAAAAAABGZyb20AAAATAAAAAAAAAAJ0bwAAAAAAEwAAAAA=",
        "AAAAAAAAAFtZb3Ugb2ZmZXIgdG8gc3BsaXQgdGhlc2UgbWlsZXN0b25lcyBzbzsgd2hlbiBwYXllciBhbmQgcmVjZWl2ZXIgb2ZmZXIgdGhlIHNhbWUsIGl0IGlzIHBhaWQuAAAAAAZzZXR0bGUAAAAAAAIAAAAAAAAABXBhcnR5AAAAAAAAEwAAAAAAAAAHcnVsaW5ncwAAAAPqAAAH0AAAAAZSdWxpbmcAAAAAAAA=",
        "AAAAAAAAAEJZb3UgcmVwbGFjZSB0ZXh0cywgcm9sZSBsaXN0cyBhbmQgcG9saWN5LCB3aGlsZSBub3RoaW5nIGlzIGZ1bmRlZC4AAAAAAAZ1cGRhdGUAAAAAAAMAAAAAAAAABWFkbWluAAAAAAAAEwAAAAAAAAAFdGVybXMAAAAAAAfQAAAABVRlcm1zAAAAAAAAAAAAAAhyZXZpc2lvbgAAAAQAAAAA",
        "AAAAAAAAAEBZb3UgYXBwcm92ZSB0aGUgd29yazogdGhlc2UgcmVjZWl2ZXJzIG1heSBiZSBwYWlkIHRoZXNlIGFtb3VudHMuAAAAB2FwcHJvdmUAAAAAAgAAAAAAAAAIYXBwcm92ZXIAAAATAAAAAAAAAAdwYXlvdXRzAAAAA+oAAAfQAAAABlBheW91dAAAAAAAAA==",
        "AAAAAAAAAENZb3UgYXBwcm92ZSB0aGUgd29yayBhbmQgcGF5IHRoZXNlIHJlY2VpdmVycyB0aGVzZSBhbW91bnRzLCBpbiBvbmUuAAAAAAdjb25maXJtAAAAAAIAAAAAAAAABnNpZ25lcgAAAAAAEwAAAAAAAAAHcGF5b3V0cwAAAAPqAAAH0AAAAAZQYXlvdXQAAAAAAAA=",
        "AAAAAAAAAFZZb3Ugc3RvcCB0aGVzZSBtaWxlc3RvbmVzIHVudGlsIHRoZSBkaXNwdXRlIGlzIHJ1bGVkIG9uLCBkcm9wcGVkLCBvciBydW5zIG91dCBvZiB0aW1lLgAAAAAAB2Rpc3B1dGUAAAAAAwAAAAAAAAAFcGFydHkAAAAAAAATAAAAAAAAAAptaWxlc3RvbmVzAAAAAAPqAAAABAAAAAAAAAAGcmVhc29uAAAAAAAQAAAAAA==",
        "AAAAAAAAAE9Zb3UgdGFrZSBiYWNrIHRoaXMgYW1vdW50LCB3aXRoIGZlZXMsIGZvciB3b3JrIHRoYXQgd2FzIG5vdCBjb21wbGV0ZWQgd2hlbiBkdWUuAAAAAAdyZWNsYWltAAAAAAMAAAAAAAAABXBheWVyAAAAAAAAEwAAAAAAAAAKbWlsZXN0b25lcwAAAAAD6gAAAAQAAAAAAAAABmFtb3VudAAAAAAACwAAAAA=",
        "AAAAAAAAAEtZb3UgcGF5IHRoZXNlIHJlY2VpdmVycyB0aGVzZSBhbW91bnRzLCBvciB2b3RlIHRvIHdoZXJlIGEgcXVvcnVtIGlzIG5lZWRlZC4AAAAAB3JlbGVhc2UAAAAAAgAAAAAAAAAGc2lnbmVyAAAAAAATAAAAAAAAAAdwYXlvdXRzAAAAA+oAAAfQAAAABlBheW91dAAAAAAAAA==",
        "AAAAAAAAAEVZb3UgcnVsZSBob3cgZGlzcHV0ZWQgbWlsZXN0b25lcyBhcmUgc3BsaXQ7IGVub3VnaCBlcXVhbCBydWxpbmdzIHBheS4AAAAAAAAHcmVzb2x2ZQAAAAACAAAAAAAAAAhyZXNvbHZlcgAAABMAAAAAAAAAB3J1bGluZ3MAAAAD6gAAB9AAAAAGUnVsaW5nAAAAAAAA",
        "AAAAAAAAAEBZb3UgaGF2ZSB0aGlzIG1pbGVzdG9uZSBwYWlkIHRvIGFub3RoZXIgcmVjZWl2ZXIgaW5zdGVhZCBvZiB5b3UuAAAACHJlZGlyZWN0AAAAAwAAAAAAAAAIcmVjZWl2ZXIAAAATAAAAAAAAAAltaWxlc3RvbmUAAAAAAAAEAAAAAAAAAAJ0bwAAAAAAEwAAAAA=",
        "AAAAAAAAADdZb3UgdGFrZSBvdXQgYWxsIG9mIHRoaXMgdG9rZW4gdGhhdCBubyBtaWxlc3RvbmUgbmVlZHMuAAAAAAh3aXRoZHJhdwAAAAIAAAAAAAAABXBheWVyAAAAAAAAEwAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAA==",
        "AAAAAAAAAFJZb3UgcGF5IHJlbnQgYWhlYWQsIGZvciB0aGlzIG1hbnkgbGVkZ2VyczogZXNjcm93LCBjb2RlLCBhbmQgYSBwYWdlIG9mIG1pbGVzdG9uZXMuAAAAAAAKZXh0ZW5kX3R0bAAAAAAABAAAAAAAAAAFYWRtaW4AAAAAAAATAAAAAAAAAAdsZWRnZXJzAAAAAAQAAAAAAAAABXN0YXJ0AAAAAAAABAAAAAAAAAAFbGltaXQAAAAAAAAEAAAAAA==",
        "AAAAAAAAAExUaGUgdGVybXMsIHRoZSBzdW1zLCB0aGUgc3RhdGUsIGFuZCB0aGUgd2F5cyBpbiB3aGljaCBtb25leSBjb3VsZCBnZXQgc3R1Y2suAAAACmdldF9lc2Nyb3cAAAAAAAAAAAABAAAH0AAAAAZFc2Nyb3cAAA==",
        "AAAAAAAAAB9XaG9zZSB0aGUgdG9rZW5zIGhlbGQgaGVyZSBhcmUuAAAAAAxnZXRfYmFsYW5jZXMAAAAAAAAAAQAAB9AAAAAIQmFsYW5jZXM=",
        "AAAAAAAAAElPcGVucyBhbiBlc2Nyb3cgb24gdGhlc2UgdGVybXM7IHRoZSBtaWxlc3RvbmVzJyBhbW91bnRzIHN1bSB0byB0aGUgdG90YWwuAAAAAAAADV9fY29uc3RydWN0b3IAAAAAAAADAAAAAAAAAAV0ZXJtcwAAAAAAB9AAAAAFVGVybXMAAAAAAAAAAAAACm1pbGVzdG9uZXMAAAAAA+oAAAfQAAAADE5ld01pbGVzdG9uZQAAAAAAAAAFdG90YWwAAAAAAAALAAAAAA==",
        "AAAAAAAAAFNZb3UgcmVwb3J0IGhvdyB0aGUgd29yayBzdGFuZHMuIENvbXBsZXRlZCBzdGFydHMgdGhlIHJldmlldzsgdm90ZXMgc28gZmFyIGFyZSB2b2lkLgAAAAANY2hhbmdlX3N0YXR1cwAAAAAAAAIAAAAAAAAACHByb3ZpZGVyAAAAEwAAAAAAAAAHdXBkYXRlcwAAAAPqAAAH0AAAAAxTdGF0dXNVcGRhdGUAAAAA",
        "AAAAAAAAAE5Zb3UgbG9jayB0aGlzIGFtb3VudCBvZiB0aGUgdG9rZW5zIHRoYXQgd2VyZSBzZW50IGhlcmUgZGlyZWN0bHksIGFzIHdpdGggZnVuZC4AAAAAAA1jb3VudF9kZXBvc2l0AAAAAAAABAAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAd0aHJvdWdoAAAAAAQAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAIcmV2aXNpb24AAAAEAAAAAA==",
        "AAAAAAAAAFBXaGF0IGFuIGFkZHJlc3MgY291bGQgY2xhaW0gb24gdGhlc2UgbWlsZXN0b25lcywgZm9yIHRoZSBwbGF0Zm9ybSB3aXRoIGl0cyBmZWVzLgAAAA1nZXRfY2xhaW1hYmxlAAAAAAAAAgAAAAAAAAAFb3duZXIAAAAAAAATAAAAAAAAAAptaWxlc3RvbmVzAAAAAAPqAAAABAAAAAEAAAAL",
        "AAAAAAAAAB9FdmVyeXRoaW5nIGFib3V0IG9uZSBtaWxlc3RvbmUuAAAAAA1nZXRfbWlsZXN0b25lAAAAAAAAAQAAAAAAAAABaQAAAAAAAAQAAAABAAAH0AAAAAlNaWxlc3RvbmUAAAA=",
        "AAAAAAAAACFBIHBhZ2Ugb2YgbWlsZXN0b25lcywgYXQgbW9zdCA1MC4AAAAAAAAOZ2V0X21pbGVzdG9uZXMAAAAAAAIAAAAAAAAABXN0YXJ0AAAAAAAABAAAAAAAAAAFbGltaXQAAAAAAAAEAAAAAQAAA+oAAAfQAAAACU1pbGVzdG9uZQAAAA==",
        "AAAAAAAAAHhZb3UgcmVtb3ZlIG1pbGVzdG9uZXMgZnJvbSB0aGUgZW5kLCBlZGl0LCB0aGVuIGFkZCBzb21lOiBvbmx5IHN1Y2ggYXMgYXJlIG5vdCBmdW5kZWQuIEFsbAphbW91bnRzIHRoZW4gc3VtIHRvIHRoZSB0b3RhbC4AAAARbWFuYWdlX21pbGVzdG9uZXMAAAAAAAAFAAAAAAAAAAVhZG1pbgAAAAAAABMAAAAAAAAABnJlbW92ZQAAAAAABAAAAAAAAAAEZWRpdAAAA+oAAAfQAAAADU1pbGVzdG9uZUVkaXQAAAAAAAAAAAAAA2FkZAAAAAPqAAAH0AAAAAxOZXdNaWxlc3RvbmUAAAAAAAAABXRvdGFsAAAAAAAACwAAAAA=",
        "AAAAAAAAAEdBcHBsaWVzIHRoZSBhZ3JlZWQgZmFsbGJhY2sgdG8gZGlzcHV0ZXMgdGhhdCB3ZXJlIG5vdCBydWxlZCBvbiBpbiB0aW1lLgAAAAAScmVzb2x2ZV9ieV9kZWZhdWx0AAAAAAABAAAAAAAAAAptaWxlc3RvbmVzAAAAAAPqAAAABAAAAAA=",
      ]),
      options
    );
  }

   static override deploy<T = Client>(args: { terms: Terms; milestones: Array<NewMilestone>; total: bigint }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    fund : this.txFromJson<void>,  claim : this.txFromJson<void>,  refund : this.txFromJson<void>,  reject : this.txFromJson<void>,  resume : this.txFromJson<void>,  rotate : this.txFromJson<void>,  settle : this.txFromJson<void>,  update : this.txFromJson<void>,  approve : this.txFromJson<void>,  confirm : this.txFromJson<void>,  dispute : this.txFromJson<void>,  reclaim : this.txFromJson<void>,  release : this.txFromJson<void>,  resolve : this.txFromJson<void>,  redirect : this.txFromJson<void>,  withdraw : this.txFromJson<void>,  extend_ttl : this.txFromJson<void>,  get_escrow : this.txFromJson<Escrow>,  get_balances : this.txFromJson<Balances>,  change_status : this.txFromJson<void>,  count_deposit : this.txFromJson<void>,  get_claimable : this.txFromJson<bigint>,  get_milestone : this.txFromJson<Milestone>,  get_milestones : this.txFromJson<Array<Milestone>>,  manage_milestones : this.txFromJson<void>,  resolve_by_default : this.txFromJson<void>
  };

  /** @deprecated Use fromJson instead. */
  public readonly fromJSON = this.fromJson;

  /**
   * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
   */
  parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined {
    return this.spec.parseEvent(topics, data) as ContractEvent | undefined;
  }
  /**
   * Build a topics filter row for the "Seat" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  seatEventFilter(topicValues?: { holder?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Seat", topicValues);
  }
  /**
   * Build a topics filter row for the "Ruled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  ruledEventFilter(topicValues?: { resolver?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Ruled", topicValues);
  }
  /**
   * Build a topics filter row for the "Funded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  fundedEventFilter(topicValues?: { payer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Funded", topicValues);
  }
  /**
   * Build a topics filter row for the "Claimed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  claimedEventFilter(topicValues?: { owner?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Claimed", topicValues);
  }
  /**
   * Build a topics filter row for the "Created" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  createdEventFilter(topicValues?: { engagement_id?: string; admin?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Created", topicValues);
  }
  /**
   * Build a topics filter row for the "Offered" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  offeredEventFilter(topicValues?: { party?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Offered", topicValues);
  }
  /**
   * Build a topics filter row for the "Resumed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  resumedEventFilter(topicValues?: { party?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Resumed", topicValues);
  }
  /**
   * Build a topics filter row for the "Rotated" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  rotatedEventFilter(topicValues?: { from?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Rotated", topicValues);
  }
  /**
   * Build a topics filter row for the "Updated" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  updatedEventFilter(topicValues?: { admin?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Updated", topicValues);
  }
  /**
   * Build a topics filter row for the "Approved" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  approvedEventFilter(topicValues?: { approver?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Approved", topicValues);
  }
  /**
   * Build a topics filter row for the "Credited" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  creditedEventFilter(topicValues?: { owner?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Credited", topicValues);
  }
  /**
   * Build a topics filter row for the "Disputed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  disputedEventFilter(topicValues?: { party?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Disputed", topicValues);
  }
  /**
   * Build a topics filter row for the "Refunded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  refundedEventFilter(topicValues?: { receiver?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Refunded", topicValues);
  }
  /**
   * Build a topics filter row for the "Rejected" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  rejectedEventFilter(topicValues?: { approver?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Rejected", topicValues);
  }
  /**
   * Build a topics filter row for the "Released" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  releasedEventFilter(topicValues?: { signer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Released", topicValues);
  }
  /**
   * Build a topics filter row for the "Completed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  completedEventFilter(topicValues?: { engagement_id?: string }): string[] {
    return this.spec.eventTopicFilter("Completed", topicValues);
  }
  /**
   * Build a topics filter row for the "Confirmed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  confirmedEventFilter(topicValues?: { signer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Confirmed", topicValues);
  }
  /**
   * Build a topics filter row for the "Defaulted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  defaultedEventFilter(): string[] {
    return this.spec.eventTopicFilter("Defaulted");
  }
  /**
   * Build a topics filter row for the "Reclaimed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  reclaimedEventFilter(topicValues?: { payer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Reclaimed", topicValues);
  }
  /**
   * Build a topics filter row for the "Withdrawn" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  withdrawnEventFilter(topicValues?: { payer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Withdrawn", topicValues);
  }
  /**
   * Build a topics filter row for the "Redirected" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  redirectedEventFilter(topicValues?: { receiver?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Redirected", topicValues);
  }
  /**
   * Build a topics filter row for the "TtlExtended" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  ttlExtendedEventFilter(topicValues?: { admin?: string | Address }): string[] {
    return this.spec.eventTopicFilter("TtlExtended", topicValues);
  }
  /**
   * Build a topics filter row for the "StatusChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  statusChangedEventFilter(topicValues?: { provider?: string | Address }): string[] {
    return this.spec.eventTopicFilter("StatusChanged", topicValues);
  }
  /**
   * Build a topics filter row for the "DepositCounted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  depositCountedEventFilter(topicValues?: { payer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("DepositCounted", topicValues);
  }
  /**
   * Build a topics filter row for the "MilestonesManaged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  milestonesManagedEventFilter(topicValues?: { admin?: string | Address }): string[] {
    return this.spec.eventTopicFilter("MilestonesManaged", topicValues);
  }
}
