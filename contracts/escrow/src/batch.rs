//! Lists: every call takes a list, all of it or nothing, each milestone once, and never more than
//! one transaction can carry.

use crate::Error;
use crate::types::{Payout, Ruling, StatusUpdate};
use soroban_sdk::{Env, IntoVal, String, TryFromVal, Val, Vec, panic_with_error};

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

item!(Payout, Ruling, StatusUpdate);

impl Item for u32 {
    fn milestone(&self) -> u32 {
        *self
    }
}

/// The milestones that a list has named so far: each at most once, and not too many.
pub struct Seen(List<u32, MAX_ITEMS>);

impl Seen {
    pub fn new() -> Self {
        Self(List::new())
    }

    #[inline(never)]
    pub fn note(&mut self, milestone: u32) -> Result<(), Error> {
        if self.0.iter().any(|seen| *seen == milestone) {
            return Err(Error::DuplicateMilestone);
        }
        self.0.push(milestone)
    }
}

#[inline(never)]
pub fn item<T: TryFromVal<Env, Val> + IntoVal<Env, Val>>(items: &Vec<T>, position: u32) -> T {
    match items.try_get(position) {
        Ok(Some(item)) => item,
        _ => panic_with_error!(items.env(), Error::Malformed),
    }
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
