//! What can happen in a sequence: plain data, which prints as Rust and is made of bytes.
//!
//! What a call needs is chosen by what holds when its turn comes, so that a step means much the
//! same when those before it are left out.

use super::dice;
use arbitrary::Arbitrary;

/// Somebody or something with an address; see [`super::cast`].
pub type Party = u8;

/// Everything that happens in one network, from its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    pub actions: Vec<Action>,
}

/// One step. What finds nothing to act on does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// An escrow is opened in a slot, if that is empty.
    Open {
        escrow: u8,
        deal: Deal,
        signed: Signed,
    },
    Call {
        escrow: u8,
        call: Call,
        signed: Signed,
    },
    /// An earlier call that succeeded, counted from the latest, is made again word for word.
    Again(u8),
    Wait(Wait),
    /// So long that everything stored is archived.
    Sleep,
    /// Tokens from nowhere; to an escrow, a direct payment.
    Mint {
        token: u8,
        to: Party,
        amount: u16,
    },
    /// The issuer of the asset freezes a holder, or lets it go.
    Freeze {
        holder: Party,
        frozen: bool,
    },
    /// The issuer of the asset takes from an escrow so many 256ths of what it holds.
    ClawBack {
        escrow: u8,
        part: u8,
    },
    /// The account's trustline to the asset gets this much room beyond what it holds; before the
    /// first, there is none.
    Trust(u16),
    /// The coin misbehaves so from now on.
    Turn(Vec<Mischief>),
}

/// A choice among several: of those for which the call succeeds as far as the model can tell, or
/// of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Fit(u8),
    Any(u8),
}

/// Who signs a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    Rightly,
    ByNobody,
    /// Instead of whoever must.
    By(Party),
    /// By the right ones, for other arguments.
    ForOther,
    /// A handover by one side only; a funding without its transfer.
    InPart,
}

/// How time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    Seconds(u8),
    Days(u8),
    /// To one of the moments that lie ahead, give or take a second.
    Until {
        nth: u8,
        offset: Offset,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Offset {
    Before,
    At,
    After,
}

/// A text, by its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(pub u16);

/// What an escrow is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    pub terms: Terms,
    pub milestones: Vec<New>,
    /// How far the total is off.
    pub off: i8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub engagement_id: Text,
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub payer: Party,
    pub admin: Party,
    pub platform: Party,
    pub token: Party,
    pub fee_bps: u32,
    pub staff: Staff,
}

/// Role lists and policy: what can be updated, texts apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub approvers: Vec<Party>,
    pub service_providers: Vec<Party>,
    pub release_signers: Vec<Party>,
    pub dispute_resolvers: Vec<Party>,
    pub observers: Vec<Party>,
    pub release_quorum: u32,
    pub resolve_quorum: u32,
    pub review_window: u64,
    pub dispute_window: u64,
    pub fallback: Fallback,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Fallback {
    Refund,
    Release,
    Even,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub amount: i128,
    pub receiver: Option<Party>,
    pub approvals_required: u32,
    pub due: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Never,
    /// In so many hours.
    In(u8),
    Now,
    Past,
}

#[derive(Clone, Debug, PartialEq, Eq, Arbitrary)]
pub struct Edit {
    pub milestone: Choice,
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub document: Option<u8>,
    #[arbitrary(with = dice::maybe_receiver)]
    pub receiver: Option<Party>,
    #[arbitrary(with = dice::maybe_approvals)]
    pub approvals_required: Option<u32>,
    pub due: Option<Due>,
}

/// Every entry point, with what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Arbitrary)]
pub enum Call {
    Fund {
        by: Choice,
        through: Choice,
        #[arbitrary(with = dice::slip)]
        slip: Option<Slip>,
    },
    CountDeposit {
        by: Choice,
        through: Choice,
        #[arbitrary(with = dice::slip)]
        slip: Option<Slip>,
    },
    ChangeStatus {
        by: Choice,
        #[arbitrary(with = dice::list)]
        updates: Vec<Report>,
    },
    Approve {
        by: Choice,
        #[arbitrary(with = dice::list)]
        payouts: Vec<Pay>,
    },
    Reject {
        by: Choice,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
        reason: Text,
    },
    Release {
        by: Choice,
        #[arbitrary(with = dice::list)]
        payouts: Vec<Pay>,
    },
    Confirm {
        by: Choice,
        #[arbitrary(with = dice::list)]
        payouts: Vec<Pay>,
    },
    Dispute {
        by: Choice,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
        reason: Text,
    },
    Resume {
        by: Choice,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
    },
    Resolve {
        by: Choice,
        #[arbitrary(with = dice::list)]
        rulings: Vec<Split>,
    },
    ResolveByDefault {
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
    },
    Settle {
        by: Choice,
        #[arbitrary(with = dice::list)]
        rulings: Vec<Split>,
    },
    Refund {
        by: Choice,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
        #[arbitrary(with = dice::slip)]
        slip: Option<Slip>,
    },
    Reclaim {
        by: Choice,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
        #[arbitrary(with = dice::slip)]
        slip: Option<Slip>,
    },
    Claim {
        by: Choice,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
        #[arbitrary(with = dice::maybe_receiver)]
        to: Option<Party>,
    },
    Withdraw {
        by: Choice,
        #[arbitrary(with = dice::token)]
        token: Party,
    },
    Update {
        by: Choice,
        title: Text,
        description: Text,
        staff: Staff,
        #[arbitrary(with = dice::terms_slip)]
        slip: Option<TermsSlip>,
    },
    ManageMilestones {
        by: Choice,
        #[arbitrary(with = dice::remove)]
        remove: u32,
        #[arbitrary(with = dice::list)]
        edit: Vec<Edit>,
        #[arbitrary(with = dice::list)]
        add: Vec<New>,
        #[arbitrary(with = dice::slip)]
        slip: Option<Slip>,
    },
    Redirect {
        by: Choice,
        milestone: Choice,
        #[arbitrary(with = dice::receiver)]
        to: Party,
    },
    Rotate {
        role: Role,
        from: Choice,
        to: Choice,
    },
    ExtendTtl {
        by: Choice,
        ledgers: u32,
        start: u8,
        #[arbitrary(with = dice::limit)]
        limit: u32,
    },
    GetEscrow,
    GetMilestone(u8),
    GetMilestones {
        start: u8,
        #[arbitrary(with = dice::limit)]
        limit: u32,
    },
    GetClaimable {
        #[arbitrary(with = dice::receiver)]
        owner: Party,
        #[arbitrary(with = dice::list)]
        milestones: Vec<Choice>,
    },
    GetBalances,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    InProgress,
    Completed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub struct Report {
    pub milestone: Choice,
    pub status: Status,
    pub note: Option<Text>,
    pub evidence: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub struct Pay {
    pub milestone: Choice,
    #[arbitrary(with = dice::slip)]
    pub slip: Option<Slip>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub struct Split {
    pub milestone: Choice,
    pub share: Share,
}

/// What the receiver is to have of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Nothing,
    Third,
    All,
    /// What somebody stands for already, or nothing.
    AsSaid,
    TooMuch,
    LessThanNothing,
}

/// What is wrong about an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Slip {
    Revision,
    Amount,
    Receiver,
}

/// What is changed that is fixed, or the wrong revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum TermsSlip {
    Revision,
    EngagementId,
    Payer,
    Admin,
    Platform,
    Token,
    Fee,
}

/// How the coin misbehaves; see [`crate::tokens::Mischief`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Mischief {
    Skims(u8),
    Overcharges(u8),
    Exaggerates(i8),
    Insists(u8),
    Idles,
    Refuses,
    RefusesTo(#[arbitrary(with = dice::receiver)] Party),
    PanicsInTransfer,
    PanicsInBalance,
    BabblesInBalance,
    BabblesInTransfer,
    CallsInTransfer(bool),
    CallsInBalance(bool),
}
