//! What may happen, and what it is worth: plain Rust, integers in, integers or an [`Error`] out.
//! No host, no storage, no addresses, so that every state can be explored.
//!
//! [`Error`]: crate::Error

mod ledger;
mod milestone;
mod money;

pub use ledger::Ledger;
pub use milestone::{Milestone, Offers, Outcome, Parties};
pub use money::{Split, add, fee, gross, split, subtract};

use crate::types::{Policy, Stuck};

/// The most members a role list can have.
pub const MAX_SEATS: usize = 10;

/// What of the terms the rules depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conditions {
    pub fee_bps: u32,
    pub signers: u32,
    pub resolvers: u32,
    pub policy: Policy,
}

impl Conditions {
    /// The ways in which one side's silence could hold money for ever, given how many milestones
    /// have no due date. A dispute that ends by itself closes all of them.
    pub fn stuck(&self, without_due: u32) -> [Option<Stuck>; 4] {
        let disputable = self.resolvers > 0;
        let bounded = disputable && self.policy.dispute_window > 0;
        let way = |holds: bool, stuck| (holds && !bounded).then_some(stuck);
        [
            way(!disputable, Stuck::Undisputable),
            way(disputable, Stuck::SilentResolvers),
            way(self.policy.review_window == 0, Stuck::SilentReviewers),
            way(without_due > 0, Stuck::SilentProvider),
        ]
    }
}
