//! The times that `get_milestone` tells are the times from which on it is possible.

use super::guards::open_to_anybody;
use super::{Law, law};
use crate::machine::{Configuration, NOW, State};

/// Checks a state, found anyhow.
pub fn check(configuration: &Configuration, state: &State) -> Result<(), Law> {
    let (c, m) = (&configuration.conditions, &state.milestone);
    let opens = |now: u64| m.may_release(None, c, now).is_ok_and(|open| open);
    let reclaims = |now: u64| m.reclaim(now).is_ok();
    let defaults = |now: u64| m.fallback(c, now).is_ok();
    law(agrees(m.open_at(c), &opens), "open_at is when anybody may release")?;
    law(agrees(m.reclaim_at(), &reclaims), "reclaim_at is when the payer may reclaim")?;
    law(agrees(m.default_at(c), &defaults), "default_at is when the fallback may be applied")?;
    law(opens(NOW) == open_to_anybody(configuration, state), "open as the specification says")?;
    law(!(opens(NOW) && reclaims(NOW)), "what anybody may release the payer cannot reclaim")
}

/// Possible at that moment and ever after, impossible before; never, where there is none.
fn agrees(at: Option<u64>, possible: &dyn Fn(u64) -> bool) -> bool {
    match at {
        Some(at) => possible(at) && !possible(at - 1) && possible(NOW.max(at)),
        None => !possible(NOW) && !possible(u64::MAX),
    }
}
