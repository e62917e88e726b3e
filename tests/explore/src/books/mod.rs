//! The accounting of an escrow with up to three milestones, with the contract's own
//! [`escrow::rules::Ledger`].
//!
//! The milestones of an escrow share their ledger and nothing else of the rules: each verb takes
//! `&mut` of one milestone, and the ledger. What the ledger sees of a milestone is its amount, the
//! approvals that it requires, whether it has a due date, and whether it is there, funded, settled
//! and paid. So an escrow is explored here as up to three such [`Part`]s, which are added, edited,
//! removed, funded, settled, paid and claimed in every order, with deposits and withdrawals in
//! between; and [`has_step`] is asked of every step of the complete machine, whether it is of a kind
//! that is explored here, with any share of an amount where here are some. Together they have every
//! behaviour of the whole, but for numbers, of which [`crate::money`] tries more.
//!
//! In each state every counter of the ledger is compared with what the parts sum to.

mod call;
mod expect;
mod explore;
mod part;
mod sums;
mod verb;

pub use explore::{Figures, explore};
pub use part::has_step;

use part::Part;

/// The most milestones.
const MOST: usize = 3;

/// All that counts: the milestones, and the tokens that nothing has reserved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Books {
    /// One after another, from the first.
    parts: [Option<Part>; MOST],
    unreserved: i128,
}
