//! Lists: every call takes a list, all of it or nothing, each milestone once, and never more than
//! one transaction can carry.

use crate::error::{Error, refuse, require};
use crate::types::{Payout, Ruling, StatusUpdate};
use soroban_sdk::{Env, IntoVal, String, TryFromVal, Val, Vec};

/// The most items in one list.
pub const MAX_ITEMS: u32 = 50;
/// The most text in one call, in bytes; it goes into the call's event.
const MAX_TEXT_BYTES: u32 = 8_192;
/// The most that lists, texts and transfers may add to a call's events, of the 16,384 bytes that a
/// transaction may emit; the rest is for what every event has.
const MAX_EVENT_BYTES: u32 = 15_900;
/// The most texts and rulings in the milestones that one call writes, in bytes, so that with all
/// else that fifty hold, and forty payees, they stay below the 132,096 that a transaction may write.
const MAX_STORED_BYTES: u32 = 107_000;

/// Something that is about one milestone.
pub trait Item: TryFromVal<Env, Val> + IntoVal<Env, Val> {
    /// What it takes in the call's event, texts apart.
    const EVENT_BYTES: u32;

    fn milestone(&self) -> u32;
}

macro_rules! item {
    ($($item:ty: $bytes:expr),*) => {$(
        impl Item for $item {
            const EVENT_BYTES: u32 = $bytes;

            fn milestone(&self) -> u32 {
                self.milestone
            }
        }
    )*};
}

item!(Payout: 16, Ruling: 84, StatusUpdate: 148);

/// A milestone's number in an event, where most lists of them stand twice.
pub const NUMBER_EVENT_BYTES: u32 = 16;

impl Item for u32 {
    const EVENT_BYTES: u32 = NUMBER_EVENT_BYTES;

    fn milestone(&self) -> u32 {
        *self
    }
}

/// What stands at a position that the list has.
#[inline(never)]
pub fn item<T: TryFromVal<Env, Val> + IntoVal<Env, Val>>(items: &Vec<T>, position: u32) -> T {
    match items.try_get(position) {
        Ok(Some(item)) => item,
        _ => refuse(items.env(), Error::Malformed),
    }
}

/// What a call adds to its events, and to what is stored.
#[derive(Default)]
pub struct Load {
    text: u32,
    events: u32,
    stored: u32,
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
        self.events = self.events.saturating_add(bytes);
        require(env, self.events <= MAX_EVENT_BYTES, Error::TooLarge);
    }

    /// Counts in texts and rulings that are stored.
    #[inline(never)]
    pub fn stored(&mut self, env: &Env, bytes: u32) {
        self.stored = self.stored.saturating_add(bytes);
        require(env, self.stored <= MAX_STORED_BYTES, Error::TooLarge);
    }
}
