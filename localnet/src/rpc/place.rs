//! Where things stand in history, as all of Stellar numbers them.

use std::fmt::{Display, Formatter, Result};
use std::str::FromStr;

const TRANSACTION_BITS: u32 = 20;
const OPERATION_BITS: u32 = 12;

/// A ledger, a transaction in it (from 1), and an operation in that, in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u64);

impl Place {
    pub const LAST_TRANSACTION: u32 = (1 << TRANSACTION_BITS) - 1;
    pub const LAST_OPERATION: u32 = (1 << OPERATION_BITS) - 1;

    pub fn new(ledger: u32, transaction: u32, operation: u32) -> Self {
        let ledger = u64::from(ledger) << (TRANSACTION_BITS + OPERATION_BITS);
        Self(ledger | u64::from(transaction) << OPERATION_BITS | u64::from(operation))
    }

    /// The last one of a ledger.
    pub fn end_of(ledger: u32) -> Self {
        Self::new(ledger, Self::LAST_TRANSACTION, Self::LAST_OPERATION)
    }

    pub fn ledger(self) -> u32 {
        (self.0 >> (TRANSACTION_BITS + OPERATION_BITS)) as u32
    }

    pub fn transaction(self) -> u32 {
        (self.0 >> OPERATION_BITS) as u32 & Self::LAST_TRANSACTION
    }

    pub fn operation(self) -> u32 {
        self.0 as u32 & Self::LAST_OPERATION
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter) -> Result {
        self.0.fmt(f)
    }
}

/// Reads what fits into a signed number, in which other programs keep it.
impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let place: i64 = text.parse().map_err(|_| ())?;
        u64::try_from(place).map(Self).map_err(|_| ())
    }
}

/// Which of the events of a place, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId {
    pub place: Place,
    pub index: u32,
}

impl Display for EventId {
    fn fmt(&self, f: &mut Formatter) -> Result {
        write!(f, "{:019}-{:010}", self.place.0, self.index)
    }
}

impl FromStr for EventId {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (place, index) = text.split_once('-').ok_or(())?;
        Ok(Self { place: place.parse()?, index: index.parse().map_err(|_| ())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_apart_as_it_was_put_together() {
        let place = Place::new(i32::MAX as u32, 1_048_575, 4_095);
        let parts = (place.ledger(), place.transaction(), place.operation());
        assert_eq!(parts, (2_147_483_647, 1_048_575, 4_095));
        assert_eq!(place, Place::end_of(2_147_483_647));
        assert_eq!(place.to_string(), i64::MAX.to_string());
    }

    #[test]
    fn an_event_is_named_as_the_official_server_names_it() {
        let id = EventId { place: Place::new(5, 1, 0), index: 2 };
        assert_eq!(id.to_string(), "0000000021474840576-0000000002");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn what_names_nothing_is_not_read() {
        for text in ["", "-", "1", "1-", "-1-0", "a-0", "1-4294967296", "9223372036854775808-0"] {
            assert_eq!(text.parse::<EventId>(), Err(()), "{text}");
        }
    }
}
