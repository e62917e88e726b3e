//! What callers see: the vocabulary of terms, agreements and views.

use soroban_sdk::{Address, BytesN, String, Vec, contracttype};

/// What everybody agrees to.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Stable for life.
    pub engagement_id: String,
    pub title: String,
    pub description: String,
    /// SHA-256 of an off-chain text.
    pub document: Option<BytesN<32>>,
    pub roles: Roles,
    pub token: Address,
    /// On top of each amount, in basis points.
    pub platform_fee_bps: u32,
    pub policy: Policy,
}

/// Who holds which seat.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// Funds, and gets every refund.
    pub payer: Address,
    /// Edits what is not funded; touches no money.
    pub admin: Address,
    /// Is paid the platform fee.
    pub platform: Address,
    pub approvers: Vec<Address>,
    pub service_providers: Vec<Address>,
    /// None: anybody may release approved work.
    pub release_signers: Vec<Address>,
    /// None: nothing can be disputed.
    pub dispute_resolvers: Vec<Address>,
    pub observers: Vec<Address>,
}

/// How many must agree, and what silence leads to. Windows are in seconds, 0 is off.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Votes that it takes to pay.
    pub release_quorum: u32,
    /// Equal rulings that it takes.
    pub resolve_quorum: u32,
    /// After so long a silence, anybody may release completed or approved work.
    pub review_window: u64,
    /// After so long a dispute, anybody may have the fallback applied.
    pub dispute_window: u64,
    pub fallback: Fallback,
}

/// What a dispute comes to when no ruling carries in time.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    Refund,
    /// To the receiver, if the work was completed or approved; else a refund.
    Release,
    /// Half each, an odd unit to the receiver.
    Even,
}

#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMilestone {
    pub title: String,
    pub description: String,
    pub document: Option<BytesN<32>>,
    pub amount: i128,
    /// None: the first service provider.
    pub receiver: Option<Address>,
    pub approvals_required: u32,
    /// After this, unfinished work can be reclaimed; 0 for never.
    pub due: u64,
}

/// What changes in one milestone; None leaves a thing as it is.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneEdit {
    pub milestone: u32,
    pub title: Option<String>,
    pub description: Option<String>,
    pub document: Option<BytesN<32>>,
    pub receiver: Option<Address>,
    pub approvals_required: Option<u32>,
    pub due: Option<u64>,
}

/// What a signer agrees to: this receiver gets this amount for this state of the work.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    pub milestone: u32,
    pub revision: u32,
    pub receiver: Address,
    pub amount: i128,
}

/// How one milestone is split: this much to the receiver, the rest back to the payer.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub milestone: u32,
    pub to_receiver: i128,
}

/// A report; None leaves the last note or evidence standing.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    pub milestone: u32,
    pub status: Status,
    pub note: Option<String>,
    pub evidence: Option<String>,
}

#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    InProgress,
    Completed,
}

/// A seat that can be handed over.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Payer,
    Admin,
    Platform,
    Approver,
    ServiceProvider,
    ReleaseSigner,
    DisputeResolver,
    Observer,
}

/// The whole escrow, without its milestones.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escrow {
    pub terms: Terms,
    /// Moves with terms and milestones; funding names it.
    pub revision: u32,
    pub state: State,
    pub totals: Totals,
    /// How money could get stuck; none is best.
    pub stuck: Vec<Stuck>,
}

#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Something is unsettled and nothing is funded.
    AwaitingFunds,
    /// Something is funded and unsettled.
    Active,
    /// Every milestone is settled.
    Completed,
}

/// A way for money to wait for ever on somebody's silence.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// No resolvers: a receiver whose work is rejected can only give the money back.
    Undisputable,
    /// Disputes have no time limit: silent resolvers hold a milestone.
    SilentResolvers,
    /// Review has no time limit: silent approvers or signers hold finished work.
    SilentReviewers,
    /// A milestone has no due date: a silent provider holds it.
    SilentProvider,
}

/// Counts, and sums in the token's smallest unit.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    pub milestones: u32,
    /// Milestones below this index have been.
    pub funded: u32,
    pub settled: u32,
    /// All amounts, without fees.
    pub amount: i128,
    /// All amounts with their fees.
    pub gross: i128,
    /// The gross of all that has been funded.
    pub deposited: i128,
    /// The gross of what is funded and unsettled.
    pub reserved: i128,
    /// To receivers.
    pub paid: i128,
    /// Back to the payer.
    pub refunded: i128,
    /// To the platform.
    pub fees: i128,
    /// Of these three, not yet claimed.
    pub credited: i128,
}

/// Everything about one milestone. A time of 0 means never, or not yet.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub milestone: u32,
    pub title: String,
    pub description: String,
    pub document: Option<BytesN<32>>,
    pub amount: i128,
    /// The platform fee on top of the amount.
    pub fee: i128,
    pub receiver: Address,
    pub approvals_required: u32,
    pub due: u64,
    /// Moves with texts, terms, status and evidence; payouts name it.
    pub revision: u32,
    pub funded: bool,
    pub status: Status,
    pub note: Option<String>,
    pub evidence: Option<String>,
    /// Why it was last disputed.
    pub reason: Option<String>,
    pub flags: Flags,
    pub approved_by: Vec<Address>,
    pub signed_by: Vec<Address>,
    /// Who has asked to drop the dispute.
    pub resumed_by: Vec<Address>,
    pub rulings: Vec<Position>,
    pub offers: Vec<Position>,
    pub completed_at: u64,
    pub approved_at: u64,
    pub disputed_at: u64,
    /// From when on anybody may release.
    pub open_at: u64,
    /// From when on the payer may reclaim.
    pub reclaim_at: u64,
    /// From when on anybody may have the fallback applied.
    pub default_at: u64,
    /// Once settled: what the receiver got of the amount.
    pub to_receiver: i128,
    /// What receiver and payer have yet to claim.
    pub credited: i128,
}

#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    pub approved: bool,
    pub disputed: bool,
    pub released: bool,
    pub resolved: bool,
    pub refunded: bool,
}

/// A ruling or offer that somebody stands for.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub party: Address,
    pub to_receiver: i128,
}

/// Whose the tokens at the escrow's address are; unreserved is the payer's.
#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balances {
    pub balance: i128,
    pub reserved: i128,
    pub credited: i128,
    pub unreserved: i128,
}
