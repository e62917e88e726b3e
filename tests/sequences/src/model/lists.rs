//! What every list of a call obeys.

use super::terms::check;
use escrow::Error;

/// The most that a call takes.
pub const MOST: usize = 50;

/// A list names something, not too much, and nothing twice.
pub fn check_list(milestones: &[u32]) -> Result<(), Error> {
    check(!milestones.is_empty(), Error::Empty)?;
    check(milestones.len() <= MOST, Error::TooLarge)?;
    let named_before = |(place, index)| milestones[..place].contains(index);
    check(!milestones.iter().enumerate().any(named_before), Error::DuplicateMilestone)
}

/// Which seat of a list somebody holds.
pub fn seat<T: PartialEq>(list: &[T], holder: T) -> Option<usize> {
    list.iter().position(|member| *member == holder)
}
