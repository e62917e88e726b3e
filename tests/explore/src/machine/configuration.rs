//! The terms under which a milestone is explored.

use super::{DISPUTE_WINDOW, FEE_BPS, REVIEW_WINDOW};
use escrow::rules::Conditions;
use escrow::{Fallback, Policy};
use std::fmt;

/// What of an escrow's terms the rules depend on, for one milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Configuration {
    pub approvers: u32,
    pub approvals_required: u32,
    /// Whether there is a due date.
    pub due: bool,
    /// Its fallback is not used: in each state all three are tried.
    pub conditions: Conditions,
}

/// How many configurations each of [`all`] stands for: three fallbacks, and a receiver who is the
/// payer at first or is not.
pub const EACH_STANDS_FOR: usize = 3 * 2;

/// Every configuration with up to two members for each role. Left out is what the contract's terms
/// refuse: no approver, a quorum of 0 with seats, or above them.
pub fn all() -> Vec<Configuration> {
    let mut all = Vec::new();
    for [approvers, approvals_required] in [[1, 1], [2, 1], [2, 2]] {
        for [signers, release_quorum] in [[0, 0], [1, 1], [2, 1], [2, 2]] {
            for [resolvers, resolve_quorum] in [[0, 0], [1, 1], [2, 1], [2, 2]] {
                for switches in 0..8_u32 {
                    let on = |switch: u32, window| if switches & switch > 0 { window } else { 0 };
                    let policy = Policy {
                        release_quorum,
                        resolve_quorum,
                        review_window: on(1, REVIEW_WINDOW),
                        dispute_window: on(2, DISPUTE_WINDOW),
                        fallback: Fallback::Even,
                    };
                    let conditions = Conditions { fee_bps: FEE_BPS, signers, resolvers, policy };
                    let due = switches & 4 > 0;
                    all.push(Configuration { approvers, approvals_required, due, conditions });
                }
            }
        }
    }
    all
}

impl Configuration {
    /// The windows and the due date on, two of every role, both of which it takes.
    #[cfg(test)]
    pub fn largest() -> Self {
        all().pop().unwrap()
    }

    /// Which of the time rules are on.
    fn time_rules(&self) -> String {
        let on = |on: bool| if on { "on" } else { "off" };
        let review = on(self.review_window() > 0);
        let dispute = on(self.dispute_window() > 0);
        format!("review {review}, dispute {dispute}, due {}", on(self.due))
    }

    /// What of the terms is there or not, whatever the numbers.
    pub fn switches(&self) -> String {
        let resolvers = if self.conditions.resolvers > 0 { "resolvers" } else { "no resolvers" };
        format!("{resolvers}, {}", self.time_rules())
    }

    pub fn review_window(&self) -> u64 {
        self.conditions.policy.review_window
    }

    pub fn dispute_window(&self) -> u64 {
        self.conditions.policy.dispute_window
    }
}

impl fmt::Display for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conditions { signers, resolvers, policy, .. } = &self.conditions;
        write!(
            f,
            "approvals {}/{}, signers {}/{signers}, resolvers {}/{resolvers}, {}",
            self.approvals_required,
            self.approvers,
            policy.release_quorum,
            policy.resolve_quorum,
            self.time_rules(),
        )
    }
}
