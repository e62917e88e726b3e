//! A call with everything decided: what the model predicts, and what the contract is given.

use super::action::{Party, Terms, Text};
use super::call::{Role, Status};

/// Every entry point, with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Open {
        terms: Terms,
        milestones: Vec<NewMilestone>,
        total: i128,
    },
    Fund {
        payer: Party,
        through: u32,
        amount: i128,
        revision: u32,
    },
    CountDeposit {
        payer: Party,
        through: u32,
        amount: i128,
        revision: u32,
    },
    ChangeStatus {
        provider: Party,
        updates: Vec<StatusUpdate>,
    },
    Approve {
        approver: Party,
        payouts: Vec<Payout>,
    },
    Reject {
        approver: Party,
        milestones: Vec<u32>,
        reason: Text,
    },
    Release {
        signer: Party,
        payouts: Vec<Payout>,
    },
    Confirm {
        signer: Party,
        payouts: Vec<Payout>,
    },
    Dispute {
        party: Party,
        milestones: Vec<u32>,
        reason: Text,
    },
    Resume {
        party: Party,
        milestones: Vec<u32>,
    },
    Resolve {
        resolver: Party,
        rulings: Vec<Ruling>,
    },
    ResolveByDefault {
        milestones: Vec<u32>,
    },
    Settle {
        party: Party,
        rulings: Vec<Ruling>,
    },
    Refund {
        receiver: Party,
        milestones: Vec<u32>,
        amount: i128,
    },
    Reclaim {
        payer: Party,
        milestones: Vec<u32>,
        amount: i128,
    },
    Claim {
        owner: Party,
        milestones: Vec<u32>,
        to: Option<Party>,
    },
    Withdraw {
        payer: Party,
        token: Party,
    },
    Update {
        admin: Party,
        terms: Terms,
        revision: u32,
    },
    ManageMilestones {
        admin: Party,
        remove: u32,
        edit: Vec<MilestoneEdit>,
        add: Vec<NewMilestone>,
        total: i128,
    },
    Redirect {
        receiver: Party,
        milestone: u32,
        to: Party,
    },
    Rotate {
        role: Role,
        from: Party,
        to: Party,
    },
    ExtendTtl {
        admin: Party,
        ledgers: u32,
        start: u32,
        limit: u32,
    },
    GetEscrow,
    GetMilestone(u32),
    GetMilestones {
        start: u32,
        limit: u32,
    },
    GetClaimable {
        owner: Party,
        milestones: Vec<u32>,
    },
    GetBalances,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMilestone {
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub amount: i128,
    pub receiver: Option<Party>,
    pub approvals_required: u32,
    pub due: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneEdit {
    pub milestone: u32,
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub document: Option<u8>,
    pub receiver: Option<Party>,
    pub approvals_required: Option<u32>,
    pub due: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    pub milestone: u32,
    pub status: Status,
    pub note: Option<Text>,
    pub evidence: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payout {
    pub milestone: u32,
    pub revision: u32,
    pub receiver: Party,
    pub amount: i128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub milestone: u32,
    pub to_receiver: i128,
}

/// The names of the entry points, in the order of [`Order`].
pub const NAMES: [&str; 27] = [
    "__constructor",
    "fund",
    "count_deposit",
    "change_status",
    "approve",
    "reject",
    "release",
    "confirm",
    "dispute",
    "resume",
    "resolve",
    "resolve_by_default",
    "settle",
    "refund",
    "reclaim",
    "claim",
    "withdraw",
    "update",
    "manage_milestones",
    "redirect",
    "rotate",
    "extend_ttl",
    "get_escrow",
    "get_milestone",
    "get_milestones",
    "get_claimable",
    "get_balances",
];

impl Order {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "__constructor",
            Self::Fund { .. } => "fund",
            Self::CountDeposit { .. } => "count_deposit",
            Self::ChangeStatus { .. } => "change_status",
            Self::Approve { .. } => "approve",
            Self::Reject { .. } => "reject",
            Self::Release { .. } => "release",
            Self::Confirm { .. } => "confirm",
            Self::Dispute { .. } => "dispute",
            Self::Resume { .. } => "resume",
            Self::Resolve { .. } => "resolve",
            Self::ResolveByDefault { .. } => "resolve_by_default",
            Self::Settle { .. } => "settle",
            Self::Refund { .. } => "refund",
            Self::Reclaim { .. } => "reclaim",
            Self::Claim { .. } => "claim",
            Self::Withdraw { .. } => "withdraw",
            Self::Update { .. } => "update",
            Self::ManageMilestones { .. } => "manage_milestones",
            Self::Redirect { .. } => "redirect",
            Self::Rotate { .. } => "rotate",
            Self::ExtendTtl { .. } => "extend_ttl",
            Self::GetEscrow => "get_escrow",
            Self::GetMilestone(_) => "get_milestone",
            Self::GetMilestones { .. } => "get_milestones",
            Self::GetClaimable { .. } => "get_claimable",
            Self::GetBalances => "get_balances",
        }
    }

    /// Who must sign: for a handover to oneself, twice.
    pub fn signers(&self) -> Vec<Party> {
        match *self {
            Self::Open { ref terms, .. } => vec![terms.admin],
            Self::Fund { payer: by, .. }
            | Self::CountDeposit { payer: by, .. }
            | Self::ChangeStatus { provider: by, .. }
            | Self::Approve { approver: by, .. }
            | Self::Reject { approver: by, .. }
            | Self::Release { signer: by, .. }
            | Self::Confirm { signer: by, .. }
            | Self::Dispute { party: by, .. }
            | Self::Resume { party: by, .. }
            | Self::Resolve { resolver: by, .. }
            | Self::Settle { party: by, .. }
            | Self::Refund { receiver: by, .. }
            | Self::Reclaim { payer: by, .. }
            | Self::Claim { owner: by, to: Some(_), .. }
            | Self::Withdraw { payer: by, .. }
            | Self::Update { admin: by, .. }
            | Self::ManageMilestones { admin: by, .. }
            | Self::Redirect { receiver: by, .. }
            | Self::ExtendTtl { admin: by, .. } => vec![by],
            Self::Rotate { from, to, .. } => vec![from, to],
            Self::ResolveByDefault { .. }
            | Self::Claim { to: None, .. }
            | Self::GetEscrow
            | Self::GetMilestone(_)
            | Self::GetMilestones { .. }
            | Self::GetClaimable { .. }
            | Self::GetBalances => vec![],
        }
    }

    /// Whether it only reads.
    pub fn reads(&self) -> bool {
        self.name().starts_with("get_")
    }
}
