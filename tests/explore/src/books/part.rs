//! What the ledger sees of a milestone.

use crate::machine::FEE_BPS;
use escrow::rules::{Milestone, Outcome, Parties};

/// The amounts that milestones have; the fees on them, and on [`PARTIAL`], are rounded down.
pub const AMOUNTS: [i128; 2] = [5, 8];
/// What a ruling gives to the receiver of the one or the other.
pub const PARTIAL: i128 = 4;

/// A milestone, to the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    pub amount: i128,
    pub approvals: u32,
    pub due: bool,
    pub stage: Stage,
}

/// Where the money of a milestone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Unfunded,
    Funded,
    Settled(Payment),
}

/// Where it went, and what of it has yet to be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Payment {
    pub to_receiver: i128,
    pub owes_payer: bool,
    pub owes_receiver: bool,
    pub owes_platform: bool,
}

/// The fee on an amount, written a second time.
pub fn fee(amount: i128) -> i128 {
    amount * i128::from(FEE_BPS) / 10_000
}

impl Part {
    pub fn gross(&self) -> i128 {
        self.amount + fee(self.amount)
    }

    pub fn payment(&self) -> Option<Payment> {
        if let Stage::Settled(payment) = self.stage { Some(payment) } else { None }
    }

    /// What the payer got back, of a settled milestone.
    pub fn returned(&self, payment: Payment) -> i128 {
        self.gross() - payment.to_receiver - fee(payment.to_receiver)
    }

    /// The milestone that the ledger sees so, where those through it have this gross.
    pub fn milestone(&self, through: i128) -> Milestone {
        let mut m = Milestone::new(self.amount, through, self.approvals, u64::from(self.due), 0);
        m.funded = self.stage != Stage::Unfunded;
        if let Some(payment) = self.payment() {
            m.outcome = Some(Outcome::Resolved);
            m.to_receiver = payment.to_receiver;
            m.owed = Parties { payer: payment.owes_payer, receiver: payment.owes_receiver };
        }
        m
    }
}

/// Whether a step of one milestone is of a kind that the books are explored with: nothing that the
/// ledger sees changes, or it is funded, or settled with any part of its amount, all else being equal.
pub fn has_step(before: &Milestone, after: &Milestone) -> bool {
    let terms = |m: &Milestone| (m.amount, m.through, m.approvals_required, m.due > 0, m.owed);
    let stage = |m: &Milestone| (m.funded, m.outcome.is_some());
    let unchanged = stage(before) == stage(after) && before.to_receiver == after.to_receiver;
    let funded = stage(before) == (false, false) && stage(after) == (true, false);
    let settled = stage(before) == (true, false)
        && stage(after) == (true, true)
        && (0..=after.amount).contains(&after.to_receiver);
    terms(before) == terms(after) && (unchanged || funded || settled)
}
