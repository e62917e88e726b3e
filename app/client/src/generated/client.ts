import type {Role, Ruling, Terms, Payout, Escrow, Balances, NewMilestone, StatusUpdate, Milestone, MilestoneEdit, ContractEvent} from './types.js';
import {type AssembledTransaction, Client as ContractClient, type ClientOptions as ContractClientOptions, type MethodOptions, type ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {spec} from './spec.js';
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
      spec,
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
