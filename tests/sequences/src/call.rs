//! Every entry point, with what it takes: mostly left open, to be chosen when its turn comes.

use super::action::{Choice, Due, New, Party, Staff, Text};
use super::dice;
use arbitrary::Arbitrary;

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
