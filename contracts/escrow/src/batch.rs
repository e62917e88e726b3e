//! Lists: every call takes a list, all of it or nothing, each milestone once, and never more than
//! one transaction can carry.

use crate::error::{Error, refuse, require};
use crate::types::{Payout, Ruling, StatusUpdate};
use soroban_sdk::{Env, IntoVal, String, TryFromVal, Val, Vec};

/// The most items in one list.
pub const MAX_ITEMS: u32 = 50;
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

#[inline(never)]
pub fn item<T: TryFromVal<Env, Val> + IntoVal<Env, Val>>(items: &Vec<T>, position: u32) -> T {
    match items.try_get(position) {
        Ok(Some(item)) => item,
        _ => refuse(items.env(), Error::Malformed),
    }
}

/// What a call adds to its events.
#[derive(Default)]
pub struct Load {
    text: u32,
    all: u32,
}

impl Load {
    /// Counts a text in, which may have at most `limit` bytes.
    #[inline(never)]
    pub fn text(&mut self, text: &String, limit: u32) {
        let (env, bytes) = (text.env(), text.len());
        require(env, bytes <= limit, Error::TextTooLong);
        self.text = self.text.saturating_add(bytes);
        require(env, self.text <= MAX_TEXT_BYTES, Error::TooLarge);
        self.bytes(env, bytes);
    }

    pub fn optional_text(&mut self, text: &Option<String>, limit: u32) {
        if let Some(text) = text {
            self.text(text, limit);
        }
    }

    /// Counts in anything else, by its size in an event.
    #[inline(never)]
    pub fn bytes(&mut self, env: &Env, bytes: u32) {
        self.all = self.all.saturating_add(bytes);
        require(env, self.all <= MAX_EVENT_BYTES, Error::TooLarge);
    }
}
