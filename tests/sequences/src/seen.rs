//! What the views show, in plain data: the model's and the contract's are compared as these.

use super::action::{Party, Terms, Text};
use escrow::{Balances, Flags, State, Status, Stuck, Totals};

/// What a call returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Nothing,
    Number(i128),
    Escrow(Box<Escrow>),
    Milestones(Vec<Milestone>),
    Balances(Balances),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escrow {
    pub terms: Terms,
    pub revision: u32,
    pub state: State,
    pub totals: Totals,
    pub stuck: Vec<Stuck>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub milestone: u32,
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub amount: i128,
    pub fee: i128,
    pub receiver: Party,
    pub approvals_required: u32,
    pub due: u64,
    pub revision: u32,
    pub funded: bool,
    pub status: Status,
    pub note: Option<Text>,
    pub evidence: Option<Text>,
    pub reason: Option<Text>,
    pub flags: Flags,
    pub approved_by: Vec<Party>,
    pub signed_by: Vec<Party>,
    pub resumed_by: Vec<Party>,
    pub rulings: Vec<(Party, i128)>,
    pub offers: Vec<(Party, i128)>,
    pub completed_at: u64,
    pub approved_at: u64,
    pub disputed_at: u64,
    pub open_at: u64,
    pub reclaim_at: u64,
    pub default_at: u64,
    pub to_receiver: i128,
    pub credited: i128,
}

/// An escrow with all of its milestones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    pub escrow: Escrow,
    pub milestones: Vec<Milestone>,
}
