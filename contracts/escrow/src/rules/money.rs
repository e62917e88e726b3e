//! The arithmetic of one milestone. Whatever is paid out sums to its gross, to the last unit.

use crate::Error;

/// Basis points in a whole.
pub const BPS: i128 = 10_000;

/// The platform's part, on top of an amount, rounded down.
pub fn fee(amount: i128, bps: u32) -> Result<i128, Error> {
    amount.checked_mul(bps.into()).and_then(|x| x.checked_div(BPS)).ok_or(Error::Overflow)
}

/// What the payer deposits for an amount.
pub fn gross(amount: i128, bps: u32) -> Result<i128, Error> {
    amount.checked_add(fee(amount, bps)?).ok_or(Error::Overflow)
}

/// Where a milestone's gross goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    pub to_receiver: i128,
    pub to_payer: i128,
    pub fee: i128,
}

/// The receiver gets `to_receiver`, the platform its fee on that, the payer all the rest.
pub fn split(amount: i128, bps: u32, to_receiver: i128) -> Result<Split, Error> {
    let fee = fee(to_receiver, bps)?;
    let to_payer = gross(amount, bps)?
        .checked_sub(to_receiver)
        .and_then(|x| x.checked_sub(fee))
        .ok_or(Error::Overflow)?;
    Ok(Split { to_receiver, to_payer, fee })
}
