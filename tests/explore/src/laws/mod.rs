//! What must hold in every state and for every step, written a second time: from the specification
//! and not from the rules. `docs/invariants.md` numbers them.

mod changes;
mod guards;
mod payments;
mod table;
mod views;

pub use changes::check as check_change;
pub use guards::may;
pub use table::{Seen, unseen};
pub use views::check as check_views;

/// What is wrong, in a sentence.
pub type Law = &'static str;

/// Holds, or is broken.
fn law(holds: bool, sentence: Law) -> Result<(), Law> {
    if holds { Ok(()) } else { Err(sentence) }
}
