//! Who and what takes part, as small numbers: the same in every sequence.

use super::action::Party;

/// Those who act: contracts that sign for themselves, and one account.
pub const ACTORS: u8 = 9;
/// The actor that is a classic account, with a trustline to the asset.
pub const ACCOUNT: Party = 8;
/// How many escrows there can be.
pub const ESCROWS: u8 = 2;
const FIRST_ESCROW: Party = ACTORS;
/// A Stellar asset, whose issuer can freeze and claw back.
pub const ASSET: Party = FIRST_ESCROW + ESCROWS;
/// A token contract that misbehaves when it is told to.
pub const COIN: Party = ASSET + 1;
/// How many parties there are.
pub const PARTIES: u8 = COIN + 1;

/// The escrow in a slot, as a party.
pub const fn escrow(slot: u8) -> Party {
    FIRST_ESCROW + slot
}

/// Everybody who can hold tokens: even a token can hold the other.
pub fn holders() -> std::ops::Range<Party> {
    0..PARTIES
}
