//! What a verb finds, and changes.

use super::{AMOUNT, Configuration, DUE, GROSS, NOW, REVISION};
use escrow::rules::{Milestone, Parties};

/// A milestone, and who its receiver is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub milestone: Milestone,
    pub receiver: Receiver,
}

/// Of the receiver's address the rules see whether it holds one of these seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    Plain,
    Payer,
    Resolver(u32),
}

/// Who calls, where that is not a numbered seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    Payer,
    Receiver,
    /// An approver, provider or release signer who is neither payer nor receiver.
    Member,
    Stranger,
}

impl State {
    /// The milestone as it is created.
    pub fn new(configuration: &Configuration, receiver: Receiver) -> Self {
        let due = if configuration.due { NOW + DUE } else { 0 };
        let approvals = configuration.approvals_required;
        Self { milestone: Milestone::new(AMOUNT, GROSS, approvals, due, REVISION), receiver }
    }

    /// Which of the two sides a caller is, as the contract's `Context::party` finds.
    pub fn party(&self, caller: Caller) -> Parties {
        let both = self.receiver == Receiver::Payer;
        match caller {
            Caller::Payer => Parties { payer: true, receiver: both },
            Caller::Receiver => Parties { payer: both, receiver: true },
            Caller::Member | Caller::Stranger => Parties::default(),
        }
    }

    /// Funded and not settled.
    pub fn is_live(&self) -> bool {
        self.milestone.funded && self.milestone.outcome.is_none()
    }
}

impl Receiver {
    /// The resolver's seat that the receiver holds.
    pub fn seat(self) -> Option<u32> {
        if let Self::Resolver(seat) = self { Some(seat) } else { None }
    }
}
