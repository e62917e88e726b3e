//! The arithmetic of one milestone. Whatever is paid out sums to its gross, to the last unit.

use crate::Error;

/// Basis points in a whole.
const BPS: u64 = 10_000;

/// The platform's part, on top of an amount, rounded down: `amount * bps / 10_000`, for an amount
/// not below zero and a fee of at most the whole.
pub fn fee(amount: i128, bps: u32) -> i128 {
    // Divides first, by halves of a register, so that nothing can overflow; the compiler's own
    // 128-bit division would be a thirtieth of the contract's code.
    debug_assert!(amount >= 0 && u64::from(bps) <= BPS);
    let amount = amount.cast_unsigned();
    let mut quotient = 0_u128;
    let mut rest = 0_u64;
    for shift in [96_u32, 64, 32, 0] {
        let limb = rest << 32 | u64::from((amount >> shift) as u32);
        quotient |= u128::from(limb / BPS) << shift;
        rest = limb % BPS;
    }
    let bps = u64::from(bps);
    let whole = quotient.wrapping_mul(bps.into());
    whole.wrapping_add(u128::from(rest.wrapping_mul(bps) / BPS)).cast_signed()
}

/// What the payer deposits for an amount.
pub fn gross(amount: i128, bps: u32) -> Result<i128, Error> {
    let mut gross = amount;
    add(&mut gross, fee(amount, bps))?;
    Ok(gross)
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
    let fee = fee(to_receiver, bps);
    let mut to_payer = gross(amount, bps)?;
    subtract(&mut to_payer, to_receiver)?;
    subtract(&mut to_payer, fee)?;
    Ok(Split { to_receiver, to_payer, fee })
}

#[inline(never)]
pub fn add(sum: &mut i128, part: i128) -> Result<(), Error> {
    *sum = sum.checked_add(part).ok_or(Error::Overflow)?;
    Ok(())
}

#[inline(never)]
pub fn subtract(sum: &mut i128, part: i128) -> Result<(), Error> {
    *sum = sum.checked_sub(part).ok_or(Error::Overflow)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that have every limb at its edges, and many in between.
    fn amounts() -> impl Iterator<Item = i128> {
        let edges = (0..127).flat_map(|bit| {
            let power = 1_i128 << bit;
            [power - 1, power, power + 1]
        });
        let mut seed = 1_u128;
        let random = (0..20_000).map(move |i| {
            seed = seed.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645).wrapping_add(1);
            (seed >> (1 + i % 127)).cast_signed()
        });
        edges.chain(random).chain([i128::MAX - 1, i128::MAX])
    }

    #[test]
    fn a_fee_is_the_rounded_down_product() {
        for amount in amounts() {
            for bps in [0, 1, 9, 250, 2_999, 3_000, 9_999, 10_000] {
                let Some(product) = amount.checked_mul(bps.into()) else { continue };
                assert_eq!(fee(amount, bps), product / 10_000, "{amount} at {bps}");
            }
        }
    }

    #[test]
    fn a_fee_is_exact_where_the_product_overflows() {
        for amount in amounts() {
            for bps in [1, 250, 3_000, 10_000] {
                let bps_wide = i128::from(bps);
                let expected = amount / 10_000 * bps_wide + amount % 10_000 * bps_wide / 10_000;
                assert_eq!(fee(amount, bps), expected, "{amount} at {bps}");
            }
        }
    }

    #[test]
    fn every_split_pays_exactly_the_gross() {
        for amount in 1..=120 {
            for bps in [0, 1, 333, 2_500, 3_000] {
                for to_receiver in 0..=amount {
                    let s = split(amount, bps, to_receiver).unwrap();
                    assert_eq!(s.to_receiver + s.to_payer + s.fee, gross(amount, bps).unwrap());
                    assert!(s.to_payer >= 0 && s.fee >= 0);
                }
            }
        }
    }
}
