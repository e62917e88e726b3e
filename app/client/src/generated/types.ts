/**
 * Error Enum: Error
 */
export const Error = {
  /**
   * Only the payer may do this.
   */
  1 : { message: "NotPayer" },
  /**
   * Only the admin may do this.
   */
  2 : { message: "NotAdmin" },
  /**
   * Only an approver may do this.
   */
  3 : { message: "NotApprover" },
  /**
   * Only a service provider may do this.
   */
  4 : { message: "NotServiceProvider" },
  /**
   * Only a release signer may do this now.
   */
  5 : { message: "NotReleaseSigner" },
  /**
   * Only a dispute resolver may do this.
   */
  6 : { message: "NotDisputeResolver" },
  /**
   * Only the milestone's receiver may do this.
   */
  7 : { message: "NotReceiver" },
  /**
   * The caller has no say in this milestone.
   */
  8 : { message: "NotParty" },
  /**
   * A resolver cannot rule on a milestone of which it is the receiver.
   */
  9 : { message: "ResolverIsReceiver" },
  /**
   * The address to replace does not hold that seat.
   */
  10 : { message: "NotSeatHolder" },
  /**
   * There is nothing to do.
   */
  20 : { message: "Empty" },
  /**
   * A milestone is named twice.
   */
  21 : { message: "DuplicateMilestone" },
  /**
   * This is more than one transaction can carry: split it.
   */
  22 : { message: "TooLarge" },
  /**
   * There is no milestone of that number.
   */
  23 : { message: "UnknownMilestone" },
  /**
   * The input is not of its declared type.
   */
  24 : { message: "Malformed" },
  /**
   * A text is longer than its limit.
   */
  30 : { message: "TextTooLong" },
  /**
   * A role list has too few or too many members.
   */
  31 : { message: "SeatCount" },
  /**
   * An address stands twice in one role list.
   */
  32 : { message: "DuplicateMember" },
  /**
   * A dispute resolver may hold no other role but observer.
   */
  33 : { message: "ResolverOverlap" },
  /**
   * The escrow's own address and the token's can neither hold a role nor receive.
   */
  34 : { message: "ReservedAddress" },
  /**
   * The token's address does not answer as a token contract.
   */
  35 : { message: "NotAToken" },
  /**
   * The platform fee is above 3,000 basis points.
   */
  36 : { message: "FeeTooHigh" },
  /**
   * A quorum must lie between 1 and the number of seats, and be 0 where there are none.
   */
  37 : { message: "QuorumOutOfRange" },
  /**
   * A window is longer than ten years.
   */
  38 : { message: "WindowTooLong" },
  /**
   * An amount must be above zero.
   */
  39 : { message: "AmountNotPositive" },
  /**
   * The approvals required must lie between 1 and the number of approvers.
   */
  40 : { message: "ApprovalsOutOfRange" },
  /**
   * The due date lies in the past.
   */
  41 : { message: "DueInPast" },
  /**
   * The milestones' amounts do not sum to the total.
   */
  42 : { message: "TotalMismatch" },
  /**
   * An escrow has at least one milestone.
   */
  43 : { message: "NoMilestones" },
  /**
   * Engagement id, payer, admin, platform, token and fee cannot be changed.
   */
  44 : { message: "FixedTerm" },
  /**
   * The revision has moved on: look again before signing.
   */
  50 : { message: "RevisionMismatch" },
  /**
   * The amount differs from what the escrow holds to.
   */
  51 : { message: "AmountMismatch" },
  /**
   * The receiver differs from the milestone's.
   */
  52 : { message: "ReceiverMismatch" },
  /**
   * The receiver's part must lie between zero and the milestone's amount.
   */
  53 : { message: "SplitOutOfRange" },
  /**
   * The milestone is not funded.
   */
  60 : { message: "NotFunded" },
  /**
   * The milestone is funded already.
   */
  61 : { message: "AlreadyFunded" },
  /**
   * The milestone is settled.
   */
  62 : { message: "AlreadySettled" },
  /**
   * The milestone is disputed.
   */
  63 : { message: "AlreadyDisputed" },
  /**
   * The milestone is not disputed.
   */
  64 : { message: "NotDisputed" },
  /**
   * The milestone is approved.
   */
  65 : { message: "AlreadyApproved" },
  /**
   * The milestone is not approved.
   */
  66 : { message: "NotApproved" },
  /**
   * The milestone is completed.
   */
  67 : { message: "AlreadyCompleted" },
  /**
   * The milestone is not completed.
   */
  68 : { message: "NotCompleted" },
  /**
   * The caller's vote is counted already.
   */
  69 : { message: "AlreadyVoted" },
  /**
   * The due date has passed.
   */
  70 : { message: "PastDue" },
  /**
   * The due date has not passed, or there is none.
   */
  71 : { message: "NotDue" },
  /**
   * The dispute window has not passed, or there is none.
   */
  72 : { message: "DisputeWindowOpen" },
  /**
   * This escrow has no dispute resolvers.
   */
  73 : { message: "NoResolvers" },
  /**
   * Some milestone is funded.
   */
  74 : { message: "SomethingFunded" },
  /**
   * The token refused the transfer.
   */
  80 : { message: "TransferFailed" },
  /**
   * The token delivered less than was asked.
   */
  81 : { message: "ShortReceipt" },
  /**
   * The tokens that are here and not reserved do not cover the amount.
   */
  82 : { message: "UnreservedTooLow" },
  /**
   * The escrow's own balance does not cover the payment: somebody must top it up.
   */
  83 : { message: "BalanceTooLow" },
  /**
   * Nothing is credited to this address here.
   */
  84 : { message: "NothingToClaim" },
  /**
   * There is nothing to withdraw.
   */
  85 : { message: "NothingToWithdraw" },
  /**
   * A sum is larger than the contract can count.
   */
  86 : { message: "Overflow" }
}

/**
 * An address got a seat that it did not have, or lost one.
 */
export interface SeatEvent {
  name: "Seat";
  data: {
    holder: string;
    gained: boolean;
  };
}

/**
 * Event: Ruled
 */
export interface RuledEvent {
  name: "Ruled";
  data: {
    resolver: string;
    rulings?: Array<Ruling>;
    settled?: Array<Settled>;
  };
}

/**
 * The payer sent money in; milestones up to and including `through` are funded.
 */
export interface FundedEvent {
  name: "Funded";
  data: {
    payer: string;
    through?: number;
    amount?: bigint;
  };
}

/**
 * A milestone's money went: to the receiver, as fee to the platform, back to the payer.
 */
export type Settled = readonly [number, string, bigint, bigint, bigint];

/**
 * Event: Claimed
 */
export interface ClaimedEvent {
  name: "Claimed";
  data: {
    owner: string;
    milestones?: Array<number>;
    fees?: bigint;
    amount?: bigint;
    to?: string;
  };
}

/**
 * The escrow stands.
 */
export interface CreatedEvent {
  name: "Created";
  data: {
    engagement_id: string;
    admin: string;
    terms?: Terms;
    milestones?: Array<NewMilestone>;
  };
}

/**
 * A side offered to settle.
 */
export interface OfferedEvent {
  name: "Offered";
  data: {
    party: string;
    rulings?: Array<Ruling>;
    settled?: Array<Settled>;
  };
}

/**
 * A side asked to drop the dispute of `milestones`; those in `resumed` are dropped.
 */
export interface ResumedEvent {
  name: "Resumed";
  data: {
    party: string;
    milestones?: Array<number>;
    resumed?: Array<number>;
  };
}

/**
 * Event: Rotated
 */
export interface RotatedEvent {
  name: "Rotated";
  data: {
    from: string;
    /**
     * The name of the `Role`.
     */
    role?: string;
    to?: string;
  };
}

/**
 * Event: Updated
 */
export interface UpdatedEvent {
  name: "Updated";
  data: {
    admin: string;
    terms?: Terms;
    revision?: number;
  };
}

/**
 * An approver voted for `milestones`; `approved` are those that it made approved.
 */
export interface ApprovedEvent {
  name: "Approved";
  data: {
    approver: string;
    milestones?: Array<number>;
    approved?: Array<number>;
  };
}

/**
 * A payout of this call could not be made: it waits for its owner to claim it.
 */
export interface CreditedEvent {
  name: "Credited";
  data: {
    owner: string;
    milestones?: Array<number>;
    amount?: bigint;
  };
}

/**
 * Event: Disputed
 */
export interface DisputedEvent {
  name: "Disputed";
  data: {
    party: string;
    milestones?: Array<number>;
    reason?: string;
  };
}

/**
 * The receiver gave the money back.
 */
export interface RefundedEvent {
  name: "Refunded";
  data: {
    receiver: string;
    settled?: Array<Settled>;
  };
}

/**
 * Event: Rejected
 */
export interface RejectedEvent {
  name: "Rejected";
  data: {
    approver: string;
    milestones?: Array<number>;
    reason?: string;
  };
}

/**
 * A signer voted to pay `voted`; `settled` were paid.
 */
export interface ReleasedEvent {
  name: "Released";
  data: {
    signer: string;
    voted?: Array<number>;
    settled?: Array<Settled>;
  };
}

/**
 * Every milestone is settled.
 */
export interface CompletedEvent {
  name: "Completed";
  data: {
    engagement_id: string;
  };
}

/**
 * An approver and release signer voted as both for `milestones`.
 */
export interface ConfirmedEvent {
  name: "Confirmed";
  data: {
    signer: string;
    milestones?: Array<number>;
    approved?: Array<number>;
    settled?: Array<Settled>;
  };
}

/**
 * The resolvers stayed silent, and the fallback was applied.
 */
export interface DefaultedEvent {
  name: "Defaulted";
  data: {
    settled?: Array<Settled>;
  };
}

/**
 * The payer took back what was not delivered in time.
 */
export interface ReclaimedEvent {
  name: "Reclaimed";
  data: {
    payer: string;
    settled?: Array<Settled>;
  };
}

/**
 * Event: Withdrawn
 */
export interface WithdrawnEvent {
  name: "Withdrawn";
  data: {
    payer: string;
    token?: string;
    amount?: bigint;
  };
}

/**
 * Event: Redirected
 */
export interface RedirectedEvent {
  name: "Redirected";
  data: {
    receiver: string;
    milestone?: number;
    to?: string;
  };
}

/**
 * Event: TtlExtended
 */
export interface TtlExtendedEvent {
  name: "TtlExtended";
  data: {
    admin: string;
    ledgers?: number;
    start?: number;
    limit?: number;
  };
}

/**
 * Event: StatusChanged
 */
export interface StatusChangedEvent {
  name: "StatusChanged";
  data: {
    provider: string;
    updates?: Array<StatusUpdate>;
  };
}

/**
 * The payer counted money that was here already; milestones through `through` are funded.
 */
export interface DepositCountedEvent {
  name: "DepositCounted";
  data: {
    payer: string;
    through?: number;
    amount?: bigint;
  };
}

/**
 * Event: MilestonesManaged
 */
export interface MilestonesManagedEvent {
  name: "MilestonesManaged";
  data: {
    admin: string;
    remove?: number;
    edit?: Array<MilestoneEdit>;
    add?: Array<NewMilestone>;
    revision?: number;
  };
}

/**
 * A seat that can be handed over.
 */
 export type Role =
  { tag: "Payer"; values?: void } |
  { tag: "Admin"; values?: void } |
  { tag: "Platform"; values?: void } |
  { tag: "Approver"; values?: void } |
  { tag: "ServiceProvider"; values?: void } |
  { tag: "ReleaseSigner"; values?: void } |
  { tag: "DisputeResolver"; values?: void } |
  { tag: "Observer"; values?: void };

/**
 * Struct: Flags
 */
export interface Flags {
  approved: boolean;
  disputed: boolean;
  refunded: boolean;
  released: boolean;
  resolved: boolean;
}

/**
 * Who holds which seat.
 */
export interface Roles {
  /**
   * Edits what is not funded; touches no money.
   */
  admin: string;
  approvers: Array<string>;
  /**
   * None: nothing can be disputed.
   */
  dispute_resolvers: Array<string>;
  observers: Array<string>;
  /**
   * Funds, and gets every refund.
   */
  payer: string;
  /**
   * Is paid the platform fee.
   */
  platform: string;
  /**
   * None: anybody may release approved work.
   */
  release_signers: Array<string>;
  service_providers: Array<string>;
}

/**
 * Union: State
 */
 export type State =
  /**
   * Something is unsettled and nothing is funded.
   */
  { tag: "AwaitingFunds"; values?: void } |
  /**
   * Something is funded and unsettled.
   */
  { tag: "Active"; values?: void } |
  /**
   * Every milestone is settled.
   */
  { tag: "Completed"; values?: void };

/**
 * A way for money to wait for ever on somebody's silence.
 */
 export type Stuck =
  /**
   * No resolvers: a receiver whose work is rejected can only give the money back.
   */
  { tag: "Undisputable"; values?: void } |
  /**
   * Disputes have no time limit: silent resolvers hold a milestone.
   */
  { tag: "SilentResolvers"; values?: void } |
  /**
   * Review has no time limit: silent approvers or signers hold finished work.
   */
  { tag: "SilentReviewers"; values?: void } |
  /**
   * A milestone has no due date: a silent provider holds it.
   */
  { tag: "SilentProvider"; values?: void };

/**
 * What everybody agrees to.
 */
export interface Terms {
  description: string;
  /**
   * SHA-256 of an off-chain text.
   */
  document: Uint8Array | null;
  /**
   * Stable for life.
   */
  engagement_id: string;
  /**
   * On top of each amount, in basis points.
   */
  platform_fee_bps: number;
  policy: Policy;
  roles: Roles;
  title: string;
  token: string;
}

/**
 * The whole escrow, without its milestones.
 */
export interface Escrow {
  /**
   * Moves with terms and milestones; funding names it.
   */
  revision: number;
  state: State;
  /**
   * How money could get stuck; none is best.
   */
  stuck: Array<Stuck>;
  terms: Terms;
  totals: Totals;
}

/**
 * What a signer agrees to: this receiver gets this amount for this state of the work.
 */
export interface Payout {
  amount: bigint;
  milestone: number;
  receiver: string;
  revision: number;
}

/**
 * How many must agree, and what silence leads to. Windows are in seconds, 0 is off.
 */
export interface Policy {
  /**
   * After so long a dispute, anybody may have the fallback applied.
   */
  dispute_window: bigint;
  fallback: Fallback;
  /**
   * Votes that it takes to pay.
   */
  release_quorum: number;
  /**
   * Equal rulings that it takes.
   */
  resolve_quorum: number;
  /**
   * After so long a silence, anybody may release completed or approved work.
   */
  review_window: bigint;
}

/**
 * How one milestone is split: this much to the receiver, the rest back to the payer.
 */
export interface Ruling {
  milestone: number;
  to_receiver: bigint;
}

/**
 * Union: Status
 */
 export type Status =
  { tag: "Pending"; values?: void } |
  { tag: "InProgress"; values?: void } |
  { tag: "Completed"; values?: void };

/**
 * Counts, and sums in the token's smallest unit.
 */
export interface Totals {
  /**
   * All amounts, without fees.
   */
  amount: bigint;
  /**
   * Of these three, not yet claimed.
   */
  credited: bigint;
  /**
   * The gross of all that has been funded.
   */
  deposited: bigint;
  /**
   * To the platform.
   */
  fees: bigint;
  /**
   * Milestones below this index have been.
   */
  funded: number;
  /**
   * All amounts with their fees.
   */
  gross: bigint;
  milestones: number;
  /**
   * To receivers.
   */
  paid: bigint;
  /**
   * Back to the payer.
   */
  refunded: bigint;
  /**
   * The gross of what is funded and unsettled.
   */
  reserved: bigint;
  settled: number;
}

/**
 * Whose the tokens at the escrow's address are; unreserved is the payer's.
 */
export interface Balances {
  balance: bigint;
  credited: bigint;
  reserved: bigint;
  unreserved: bigint;
}

/**
 * What a dispute comes to when no ruling carries in time.
 */
 export type Fallback =
  { tag: "Refund"; values?: void } |
  /**
   * To the receiver, if the work was completed or approved; else a refund.
   */
  { tag: "Release"; values?: void } |
  /**
   * Half each, an odd unit to the receiver.
   */
  { tag: "Even"; values?: void };

/**
 * A ruling or offer that somebody stands for.
 */
export interface Position {
  party: string;
  to_receiver: bigint;
}

/**
 * Everything about one milestone. A time of 0 means never, or not yet.
 */
export interface Milestone {
  amount: bigint;
  approvals_required: number;
  approved_at: bigint;
  approved_by: Array<string>;
  completed_at: bigint;
  /**
   * What receiver and payer have yet to claim.
   */
  credited: bigint;
  /**
   * From when on anybody may have the fallback applied.
   */
  default_at: bigint;
  description: string;
  disputed_at: bigint;
  document: Uint8Array | null;
  due: bigint;
  evidence: string | null;
  /**
   * The platform fee on top of the amount.
   */
  fee: bigint;
  flags: Flags;
  funded: boolean;
  milestone: number;
  note: string | null;
  offers: Array<Position>;
  /**
   * From when on anybody may release.
   */
  open_at: bigint;
  /**
   * Why it was last disputed.
   */
  reason: string | null;
  receiver: string;
  /**
   * From when on the payer may reclaim.
   */
  reclaim_at: bigint;
  /**
   * Who has asked to drop the dispute.
   */
  resumed_by: Array<string>;
  /**
   * Moves with texts, terms, status and evidence; payouts name it.
   */
  revision: number;
  rulings: Array<Position>;
  signed_by: Array<string>;
  status: Status;
  title: string;
  /**
   * Once settled: what the receiver got of the amount.
   */
  to_receiver: bigint;
}

/**
 * Struct: NewMilestone
 */
export interface NewMilestone {
  amount: bigint;
  approvals_required: number;
  description: string;
  document: Uint8Array | null;
  /**
   * After this, unfinished work can be reclaimed; 0 for never.
   */
  due: bigint;
  /**
   * None: the first service provider.
   */
  receiver: string | null;
  title: string;
}

/**
 * A report; None leaves the last note or evidence standing.
 */
export interface StatusUpdate {
  evidence: string | null;
  milestone: number;
  note: string | null;
  status: Status;
}

/**
 * What changes in one milestone; None leaves a thing as it is.
 */
export interface MilestoneEdit {
  approvals_required: number | null;
  description: string | null;
  document: Uint8Array | null;
  due: bigint | null;
  milestone: number;
  receiver: string | null;
  title: string | null;
}
    export type ContractEvent = SeatEvent | RuledEvent | FundedEvent | ClaimedEvent | CreatedEvent | OfferedEvent | ResumedEvent | RotatedEvent | UpdatedEvent | ApprovedEvent | CreditedEvent | DisputedEvent | RefundedEvent | RejectedEvent | ReleasedEvent | CompletedEvent | ConfirmedEvent | DefaultedEvent | ReclaimedEvent | WithdrawnEvent | RedirectedEvent | TtlExtendedEvent | StatusChangedEvent | DepositCountedEvent | MilestonesManagedEvent;
