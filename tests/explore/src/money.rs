//! The arithmetic: every small input, and the whole domain by its edges and by chance, against
//! products in 192 bits that share no line with the contract's.
//!
//! Why the two together hold for all amounts. `fee` divides an amount by 10,000 as one divides by
//! hand, with limbs for digits. With a rest below 10,000, each step divides less than
//! 10,000 · 2^32: its quotient fits into its place, and its rest is below 10,000 again. So the
//! division is exact for any number of limbs, and with `amount = quotient · 10,000 + rest`,
//!
//! `amount · bps / 10,000 = quotient · bps + rest · bps / 10,000`, both rounded down,
//!
//! where the last term has 10,000 · 10,001 inputs, which are all tried here. `money.smt2`, beside
//! this crate, puts the same and the splits to a solver, for all inputs at once.

use escrow::Error;
use escrow::rules::{Ledger, Milestone, Outcome, Split, fee, gross, split};

const MAX: u128 = i128::MAX.unsigned_abs();
const WHOLE_BPS: u32 = 10_000;
/// The most that terms may ask for.
const MAX_FEE_BPS: u32 = 3_000;
/// Every amount below has every rest, with two quotients.
const SMALL_FEES: u32 = 20_000;
/// Every amount through this one is split in every way.
const SMALL_SPLITS: u128 = 320;
const RANDOM_AMOUNTS: u64 = 1_000_000;

/// How many of each were compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub fees: u64,
    pub splits: u64,
    /// Amounts of the whole domain, each with a fee, a gross and a split.
    pub amounts: u64,
    /// States of ledgers with up to three milestones of extreme amounts.
    pub ledgers: u64,
}

/// Compares everything; panics at the first number that is wrong.
pub fn check() -> Figures {
    Figures {
        fees: small_fees(fee),
        splits: small_splits(split),
        amounts: whole_domain(),
        ledgers: ledgers(),
    }
}

fn small_fees(fee: impl Fn(i128, u32) -> i128) -> u64 {
    let mut compared = 0;
    for amount in 0..SMALL_FEES {
        for bps in 0..=WHOLE_BPS {
            let expected = i128::from(amount * bps / 10_000);
            assert_eq!(fee(amount.into(), bps), expected, "fee of {amount} at {bps}");
            compared += 1;
        }
    }
    compared
}

fn small_splits(split: impl Fn(i128, u32, i128) -> Result<Split, Error>) -> u64 {
    let mut compared = 0;
    for amount in 0..=SMALL_SPLITS {
        for bps in 0..=MAX_FEE_BPS {
            let part = |amount: u128| signed(amount * u128::from(bps) / 10_000);
            let gross = signed(amount) + part(amount);
            let mut before = Split { to_receiver: -1, to_payer: gross + 1, fee: 0 };
            for to_receiver in 0..=amount {
                let s = split(signed(amount), bps, signed(to_receiver)).unwrap();
                let what = (amount, bps, to_receiver, s);
                assert_eq!((s.to_receiver, s.fee), (signed(to_receiver), part(to_receiver)));
                assert_eq!(s.to_receiver + s.to_payer + s.fee, gross, "{what:?}");
                assert!(s.to_payer >= 0 && s.fee >= 0, "{what:?}");
                assert!(s.to_payer < before.to_payer && s.fee >= before.fee, "{what:?}");
                before = s;
                compared += 1;
            }
        }
    }
    compared
}

/// Edges, with every fee that is an edge and the amounts at which the gross stops fitting, and
/// random amounts of every length.
fn whole_domain() -> u64 {
    let mut chance = Chance(1);
    let mut compared = 0;
    for bps in [0, 1, 2, 249, 250, 251, 2_999, 3_000, 5_000, 9_999, 10_000] {
        for amount in edges().into_iter().chain(around(largest_with_gross(bps))) {
            for to_receiver in [0, 1, amount / 2, amount.saturating_sub(1), amount] {
                compare(amount, bps, to_receiver.min(amount));
            }
            compared += 1;
        }
    }
    for _ in 0..RANDOM_AMOUNTS {
        let amount = chance.number();
        let bps = chance.below(u128::from(WHOLE_BPS) + 1) as u32;
        compare(amount, bps, chance.below(amount.saturating_add(1)));
        compared += 1;
    }
    compared
}

fn compare(amount: u128, bps: u32, to_receiver: u128) {
    let what = format_args!("{to_receiver} of {amount} at {bps}");
    let expected = share(amount, bps);
    assert_eq!(fee(signed(amount), bps), signed(expected), "{what}");
    let sum = fits(amount + expected);
    assert_eq!(gross(signed(amount), bps), sum, "{what}");
    let part = share(to_receiver, bps);
    let whole = sum.map(|_| Split {
        to_receiver: signed(to_receiver),
        to_payer: signed(amount - to_receiver + (expected - part)),
        fee: signed(part),
    });
    assert_eq!(split(signed(amount), bps, signed(to_receiver)), whole, "{what}");
}

/// Powers of two, multiples of 10,000 and the ends, with their neighbours.
fn edges() -> Vec<u128> {
    let powers = (0..127).map(|bit| 1 << bit);
    let multiples = (0..113).map(|bit| 10_000 << bit);
    let ends = [MAX / 10_000 * 10_000, MAX / 10_000, MAX / 3, MAX / 2, MAX - 10_000, MAX];
    let all = powers.chain(multiples).chain(ends).chain(MAX - 64..MAX);
    all.flat_map(around).collect()
}

/// An amount and its neighbours.
fn around(amount: u128) -> impl Iterator<Item = u128> {
    let from = amount.saturating_sub(1);
    from..=amount.saturating_add(1).min(MAX)
}

/// The largest amount that has a gross.
fn largest_with_gross(bps: u32) -> u128 {
    let (mut fits, mut over) = (0, MAX + 1);
    while over - fits > 1 {
        let middle = fits + (over - fits) / 2;
        if middle + share(middle, bps) <= MAX { fits = middle } else { over = middle }
    }
    fits
}

/// `amount * bps / 10_000` in 192 bits, divided one bit at a time.
fn share(amount: u128, bps: u32) -> u128 {
    let low = u128::from(amount as u64) * u128::from(bps);
    let high = (amount >> 64) * u128::from(bps) + (low >> 64);
    let bits = |word: u128, length: u32| (0..length).rev().map(move |bit| word >> bit & 1);
    let (mut quotient, mut rest) = (0, 0);
    for bit in bits(high, 128).chain(bits(low, 64)) {
        rest = rest << 1 | bit;
        quotient <<= 1;
        if rest >= 10_000 {
            rest -= 10_000;
            quotient |= 1;
        }
    }
    quotient
}

/// Every life of a ledger with up to three milestones of extreme amounts, as far as they fit.
fn ledgers() -> u64 {
    let amounts = [1, 9_999, 1 << 64, MAX / 3, MAX / 2, MAX / 2 + 1, MAX - 1, MAX];
    let mut compared = 0;
    for bps in [0, 1, 250, MAX_FEE_BPS] {
        let most = largest_with_gross(bps);
        let amounts: Vec<_> = amounts.into_iter().chain([most, most + 1]).collect();
        add_each(&Books::new(bps), &amounts, &mut compared);
    }
    compared
}

fn add_each(books: &Books, amounts: &[u128], compared: &mut u64) {
    if books.parts.len() < 3 {
        for amount in amounts.iter().filter(|amount| **amount <= MAX) {
            if let Some(longer) = books.add(*amount) {
                longer.live(compared);
                add_each(&longer, amounts, compared);
            }
        }
    }
}

/// A ledger, and apart from it what has become of each milestone.
#[derive(Clone)]
struct Books {
    bps: u32,
    ledger: Ledger,
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    milestone: Milestone,
    amount: u128,
    gross: u128,
    funded: bool,
    /// Of the amount, once settled.
    to_receiver: Option<u128>,
}

impl Books {
    fn new(bps: u32) -> Self {
        let ledger = Ledger {
            milestones: 0,
            funded: 0,
            settled: 0,
            without_due: 0,
            needs: [0; 10],
            amount: 0,
            gross: 0,
            deposited: 0,
            reserved: 0,
            paid: 0,
            fees: 0,
            owed: 0,
            fees_owed: 0,
        };
        Self { bps, ledger, parts: Vec::new() }
    }

    /// With one more milestone; nothing where the sums no longer fit, which must be an overflow.
    fn add(&self, amount: u128) -> Option<Self> {
        let mut longer = self.clone();
        let gross = amount + share(amount, self.bps);
        let through = self.through(self.parts.len()).checked_add(gross).map_or_else(overflow, fits);
        assert_eq!(longer.ledger.add(signed(amount), 1, 0, self.bps), through, "{amount}");
        let milestone = Milestone::new(signed(amount), through.ok()?, 1, 0, 0);
        let part = Part { milestone, amount, gross, funded: false, to_receiver: None };
        longer.parts.push(part);
        Some(longer)
    }

    /// Compares the sums, then goes every way on from here.
    fn live(&self, compared: &mut u64) {
        self.compare();
        *compared += 1;
        let first = self.ledger.funded as usize;
        for through in first..self.parts.len() {
            self.fund(through).live(compared);
        }
        for (index, part) in self.parts.iter().enumerate() {
            if part.funded && part.to_receiver.is_none() {
                let mut shares = vec![0, 1, part.amount / 2, part.amount];
                shares.dedup();
                for to_receiver in shares {
                    self.settle(index, to_receiver).live(compared);
                }
            }
        }
    }

    /// Takes exactly what is missing: any other amount is refused.
    fn fund(&self, through: usize) -> Self {
        let mut after = self.clone();
        let missing = signed(self.through(through + 1) - self.through(self.first_unfunded()));
        let last = self.parts[through].milestone;
        for wrong in [missing - 1, missing.saturating_add(1), -missing, i128::MIN, 0] {
            if wrong != missing {
                let refusal = self.ledger.clone().fund(through as u32, &last, wrong);
                assert_eq!(refusal, Err(Error::AmountMismatch), "{wrong} for {missing}");
            }
        }
        assert_eq!(after.ledger.fund(through as u32, &last, missing), Ok(()));
        let again = after.ledger.clone().fund(through as u32, &last, missing);
        assert_eq!(again, Err(Error::AlreadyFunded));
        for part in &mut after.parts[..=through] {
            part.funded = true;
            part.milestone.funded = true;
        }
        after
    }

    fn settle(&self, index: usize, to_receiver: u128) -> Self {
        let mut after = self.clone();
        let part = &mut after.parts[index];
        let split = split(signed(part.amount), self.bps, signed(to_receiver)).unwrap();
        part.milestone.settle(Outcome::Resolved, split.to_receiver).unwrap();
        after.ledger.settle(&part.milestone, &split).unwrap();
        part.to_receiver = Some(to_receiver);
        after
    }

    /// Every sum of the ledger is what the milestones make it.
    fn compare(&self) {
        let sum = |of: &dyn Fn(&Part) -> u128| signed(self.parts.iter().map(of).sum());
        let to_receiver = |p: &Part| p.to_receiver.unwrap_or(0);
        let fee = |p: &Part| share(to_receiver(p), self.bps);
        let if_so = |holds: bool, value: u128| if holds { value } else { 0 };
        let ledger = &self.ledger;
        let fees = sum(&fee);
        let reserved = sum(&|p| if_so(p.funded && p.to_receiver.is_none(), p.gross));
        let refunded = sum(&|p| if_so(p.to_receiver.is_some(), p.gross) - to_receiver(p) - fee(p));
        assert_eq!(ledger.amount, sum(&|p| p.amount));
        assert_eq!(ledger.gross, sum(&|p| p.gross));
        assert_eq!(ledger.deposited, sum(&|p| if_so(p.funded, p.gross)));
        assert_eq!(ledger.reserved, reserved);
        assert_eq!((ledger.paid, ledger.fees), (sum(&to_receiver), fees));
        assert_eq!(ledger.refunded(), Ok(refunded));
        assert_eq!(ledger.credited(), Ok(fees));
        for balance in [i128::MIN, -1, 0, reserved, i128::MAX] {
            let rest = balance.checked_sub(reserved).and_then(|rest| rest.checked_sub(fees));
            assert_eq!(ledger.unreserved(balance), rest.ok_or(Error::Overflow));
        }
        self.compare_debts(refunded);
    }

    /// What went to receiver and payer is owed at most, then paid: as if it never was.
    fn compare_debts(&self, refunded: i128) {
        let (mut ledger, most) = (self.ledger, self.ledger.paid + refunded);
        assert_eq!(ledger.owe(most), Ok(()));
        assert_eq!(ledger.credited(), Ok(most + ledger.fees));
        assert_eq!(ledger.discharge(most), Ok(()));
        assert_eq!(ledger, self.ledger);
        assert_eq!((ledger.take_fees(), ledger.credited()), (ledger.fees, Ok(0)));
    }

    /// The gross of the first so many milestones.
    fn through(&self, count: usize) -> u128 {
        self.parts[..count].iter().map(|part| part.gross).sum()
    }

    fn first_unfunded(&self) -> usize {
        self.parts.iter().take_while(|part| part.funded).count()
    }
}

fn overflow() -> Result<i128, Error> {
    Err(Error::Overflow)
}

/// The sum, where the contract can count so far.
fn fits(sum: u128) -> Result<i128, Error> {
    i128::try_from(sum).map_err(|_| Error::Overflow)
}

fn signed(amount: u128) -> i128 {
    fits(amount).expect("a test compares only what fits")
}

/// Numbers that look random and are the same in each run.
struct Chance(u64);

impl Chance {
    /// SplitMix64.
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ word >> 31
    }

    /// An amount of a random length.
    fn number(&mut self) -> u128 {
        let long = u128::from(self.word()) << 64 | u128::from(self.word());
        long >> 1 >> (self.word() % 127)
    }

    fn below(&mut self, end: u128) -> u128 {
        (u128::from(self.word()) << 64 | u128::from(self.word())) % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_the_product_where_that_fits() {
        let mut chance = Chance(2);
        for _ in 0..10_000 {
            let (amount, bps) = (chance.number() >> 14, chance.below(10_001) as u32);
            assert_eq!(share(amount, bps), amount * u128::from(bps) / 10_000);
        }
        assert_eq!(share(MAX, WHOLE_BPS), MAX);
    }

    #[test]
    #[should_panic(expected = "fee of 1 at 5000")]
    fn a_fee_that_is_rounded_up_is_seen() {
        small_fees(|amount, bps| (amount * i128::from(bps) + 5_000) / 10_000);
    }

    #[test]
    #[should_panic(expected = "to_payer: -1")]
    fn a_split_that_takes_from_the_payer_is_seen() {
        small_splits(|amount, bps, to_receiver| {
            let right = split(amount, bps, to_receiver)?;
            Ok(Split { to_payer: right.to_payer - 1, ..right })
        });
    }
}
