//! Lists: every call takes a list, all of it or nothing, each milestone once, and never more than
//! one transaction can carry.

use crate::Error;
use crate::types::{MilestoneEdit, Payout, Ruling, StatusUpdate};
use soroban_sdk::{Env, IntoVal, String, TryFromVal, Val, Vec};

/// The most items in one list.
pub const MAX_ITEMS: usize = 50;
/// The most text in one call, in bytes; it goes into the call's event.
const MAX_TEXT_BYTES: u32 = 8_192;
/// The most that one call may add to its events, of the 16,384 bytes a transaction may emit.
const MAX_EVENT_BYTES: u32 = 16_000;

/// Something that is about one milestone.
pub trait Item: TryFromVal<Env, Val> + IntoVal<Env, Val> {
    fn milestone(&self) -> u32;
}

macro_rules! item {
    ($($item:ty),*) => {$(
        impl Item for $item {
            fn milestone(&self) -> u32 {
                self.milestone
            }
        }
    )*};
}

item!(Payout, Ruling, StatusUpdate, MilestoneEdit);

impl Item for u32 {
    fn milestone(&self) -> u32 {
        *self
    }
}

/// Does something with each item, once the list as a whole is in order.
pub fn each<T: Item>(
    items: &Vec<T>,
    mut act: impl FnMut(T) -> Result<(), Error>,
) -> Result<(), Error> {
    if items.is_empty() {
        return Err(Error::Empty);
    }
    check(items)?;
    for index in 0..items.len() {
        act(item(items, index)?)?;
    }
    Ok(())
}

/// Refuses a list that is too long or names a milestone twice.
pub fn check<T: Item>(items: &Vec<T>) -> Result<(), Error> {
    let mut seen = List::<u32, MAX_ITEMS>::new();
    if items.len() as usize > MAX_ITEMS {
        return Err(Error::TooLarge);
    }
    if items.len() > 1 {
        for index in 0..items.len() {
            let milestone = item(items, index)?.milestone();
            if seen.iter().any(|other| *other == milestone) {
                return Err(Error::DuplicateMilestone);
            }
            seen.push(milestone)?;
        }
    }
    Ok(())
}

#[inline(never)]
pub fn item<T: TryFromVal<Env, Val> + IntoVal<Env, Val>>(
    items: &Vec<T>,
    index: u32,
) -> Result<T, Error> {
    items.try_get(index).ok().flatten().ok_or(Error::Malformed)
}

/// A short list that lives on the stack.
pub struct List<T, const N: usize> {
    items: [Option<T>; N],
    len: usize,
}

impl<T, const N: usize> List<T, N> {
    pub fn new() -> Self {
        Self { items: [const { None }; N], len: 0 }
    }

    pub fn push(&mut self, item: T) -> Result<(), Error> {
        *self.items.get_mut(self.len).ok_or(Error::TooLarge)? = Some(item);
        self.len = self.len.saturating_add(1);
        Ok(())
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter().take(self.len).flatten()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut().take(self.len).flatten()
    }
}

/// What a call adds to its events.
#[derive(Default)]
pub struct Load {
    text: u32,
    other: u32,
}

impl Load {
    /// Counts a text in, which may have at most `limit` bytes.
    pub fn text(&mut self, text: &String, limit: u32) -> Result<(), Error> {
        if text.len() > limit {
            return Err(Error::TextTooLong);
        }
        self.text = self.text.saturating_add(text.len());
        self.check()
    }

    pub fn optional_text(&mut self, text: &Option<String>, limit: u32) -> Result<(), Error> {
        text.as_ref().map_or(Ok(()), |text| self.text(text, limit))
    }

    /// Counts in anything else, by its size in an event.
    pub fn bytes(&mut self, bytes: u32) -> Result<(), Error> {
        self.other = self.other.saturating_add(bytes);
        self.check()
    }

    fn check(&self) -> Result<(), Error> {
        let all = self.text.saturating_add(self.other);
        if self.text > MAX_TEXT_BYTES || all > MAX_EVENT_BYTES {
            return Err(Error::TooLarge);
        }
        Ok(())
    }
}
