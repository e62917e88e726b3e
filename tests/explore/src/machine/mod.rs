//! One milestone, completely: the contract's own [`escrow::rules::Milestone`], who its receiver is,
//! and every verb by every caller, in the order in which the contract's verbs call the rules.
//!
//! Three things make it finite, and none of them loses a behaviour under the windows, the amount and
//! the fee below.
//!
//! **Time.** The rules look only at differences between `now` and the times that they have noted.
//! So `now` stands still at [`NOW`], and a [tick](Verb::Tick) moves all that was noted into the past.
//! An age stops at its window, since the rules tell only whether that has passed. During a dispute
//! all clocks keep their distance from its beginning, since [`resume`] gives its length back; they
//! stop together once the dispute window has passed.
//!
//! **Values.** A ruling or an offer is checked for its range, and compared with others of its kind.
//! Two values within the range, and one beyond each end, show all that this can do.
//!
//! **Sameness.** [`canonical`] takes states for one that differ in nothing that can be seen any more:
//! the seats of one role exchanged, or what no rule reads any more. That is not believed but
//! checked: every state that a step leads to must answer every verb as the one that stands for it.
//!
//! An address may hold several seats. The exploration moves each seat by itself and any pair of
//! seats in `confirm`, so it has every overlap of roles, and more.
//!
//! [`resume`]: escrow::rules::Milestone::resume

mod canonical;
mod configuration;
mod key;
mod state;
mod step;
mod verb;

pub use canonical::canonical;
pub use configuration::{Configuration, EACH_STANDS_FOR, all};
pub use key::{decode, encode};
pub use state::{Caller, Receiver, State};
#[cfg(test)]
pub use step::step_at;
pub use step::{Step, step};
pub use verb::{Kind, Verb, verbs};

/// Where time stands.
pub const NOW: u64 = 1_000;
/// The windows in ticks, where they are on. All differ, and none is so short that one tick more or
/// less would not show.
pub const REVIEW_WINDOW: u64 = 2;
pub const DISPUTE_WINDOW: u64 = 3;
/// How far ahead a due date lies, where there is one: further than a review window.
pub const DUE: u64 = 4;

/// A milestone's amount, odd, so that an even split of it is not even.
pub const AMOUNT: i128 = 5;
pub const FEE_BPS: u32 = 3_000;
/// The amount with its fee.
pub const GROSS: i128 = 6;
/// What rulings and offers give to the receiver: nothing, or its half.
pub const VALUES: [i128; 2] = [0, 3];
/// One value beyond each end of the range.
pub const OUT_OF_RANGE: [i128; 2] = [-1, AMOUNT + 1];

/// The seats as they stand; offers of any other number were made before a seat was handed over.
pub const SEATS: u32 = 1;
/// The milestone's revision, to which every state is set back.
pub const REVISION: u32 = 1;
