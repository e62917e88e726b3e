//! How bytes become actions: what usually works comes more often than what never does, so that a
//! sequence gets somewhere.

mod deals;

use super::action::*;
use super::call::*;
use super::cast::{ACTORS, ASSET, COIN, ESCROWS, PARTIES};
use arbitrary::{Arbitrary, Result, Unstructured};

/// The most steps of a sequence, its openings included.
const STEPS: usize = 80;

impl<'a> Arbitrary<'a> for Sequence {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut actions = Vec::new();
        for escrow in 0..ESCROWS {
            if u.ratio(1, 6)? {
                let (deal, signed) = (deals::spoilt(u)?, u.arbitrary()?);
                actions.push(Action::Open { escrow, deal, signed });
            }
            actions.push(Action::Open { escrow, deal: u.arbitrary()?, signed: Signed::Rightly });
            if u.ratio(7, 8)? {
                actions.push(fund(escrow, u.int_in_range(0..=15)?));
            }
        }
        while actions.len() < STEPS && !u.is_empty() {
            actions.push(u.arbitrary()?);
        }
        Ok(Self { actions })
    }
}

impl<'a> Arbitrary<'a> for Action {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=99)? {
            0..=2 => Self::Again(u.arbitrary()?),
            3..=16 => Self::Wait(u.arbitrary()?),
            17 => Self::Sleep,
            29..=32 => {
                let token = u.int_in_range(ASSET..=COIN)?;
                let first = if u.arbitrary()? { ACTORS } else { 0 };
                let to = u.int_in_range(first..=ASSET - 1)?;
                Self::Mint { token, to, amount: u.arbitrary()? }
            }
            18..=20 => {
                Self::Freeze { holder: u.int_in_range(0..=ASSET - 1)?, frozen: u.arbitrary()? }
            }
            21 => Self::ClawBack { escrow: u.int_in_range(0..=ESCROWS - 1)?, part: u.arbitrary()? },
            22..=23 => Self::Trust(u.arbitrary()?),
            24..=28 => Self::Turn(mischiefs(u)?),
            _ => Self::Call {
                escrow: u.int_in_range(0..=ESCROWS - 1)?,
                call: call(u)?,
                signed: u.arbitrary()?,
            },
        })
    }
}

/// What can nearly always be done comes more seldom than what must have been led up to.
fn call(u: &mut Unstructured) -> Result<Call> {
    for _ in 0..3 {
        let call = u.arbitrary()?;
        if !is_easy(&call) || u.ratio(1, 5)? {
            return Ok(call);
        }
    }
    u.arbitrary()
}

fn is_easy(call: &Call) -> bool {
    matches!(
        call,
        Call::Refund { .. }
            | Call::Settle { .. }
            | Call::ManageMilestones { .. }
            | Call::Redirect { .. }
            | Call::Rotate { .. }
            | Call::ExtendTtl { .. }
            | Call::GetEscrow
            | Call::GetMilestone(_)
            | Call::GetMilestones { .. }
            | Call::GetClaimable { .. }
            | Call::GetBalances
    )
}

impl<'a> Arbitrary<'a> for Wait {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=9)? {
            0..=2 => Self::Seconds(u.arbitrary()?),
            3 => Self::Days(u.int_in_range(0..=9)?),
            _ => Self::Until { nth: u.int_in_range(0..=3)?, offset: u.arbitrary()? },
        })
    }
}

impl<'a> Arbitrary<'a> for Choice {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let nth = u.int_in_range(0..=15)?;
        Ok(if u.ratio(1, 10)? { Self::Any(nth) } else { Self::Fit(nth) })
    }
}

impl<'a> Arbitrary<'a> for Signed {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=63)? {
            0 => Self::ByNobody,
            1 => Self::By(u.int_in_range(0..=ACTORS - 1)?),
            2 => Self::ForOther,
            3 => Self::InPart,
            _ => Self::Rightly,
        })
    }
}

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self(match u.int_in_range(0..=63)? {
            0 => *u.choose(&[64, 65, 100, 101, 500, 501])?,
            _ => u.int_in_range(0..=9)?,
        }))
    }
}

impl<'a> Arbitrary<'a> for Due {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=31)? {
            0 => Self::Past,
            1 => Self::Now,
            2..=10 => Self::Never,
            _ => Self::In(u.arbitrary()?),
        })
    }
}

impl<'a> Arbitrary<'a> for Status {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=7)? {
            0 => Self::Pending,
            1..=2 => Self::InProgress,
            _ => Self::Completed,
        })
    }
}

impl<'a> Arbitrary<'a> for Share {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=31)? {
            0..=1 => Self::TooMuch,
            2 => Self::LessThanNothing,
            3..=5 => Self::Nothing,
            6..=9 => Self::All,
            10..=15 => Self::Third,
            _ => Self::AsSaid,
        })
    }
}

/// Most of what can happen needs money in the escrow.
fn fund(escrow: u8, through: u8) -> Action {
    let call = Call::Fund { by: Choice::Fit(0), through: Choice::Fit(through), slip: None };
    Action::Call { escrow, call, signed: Signed::Rightly }
}

/// A token, and seldom something else.
pub fn token(u: &mut Unstructured) -> Result<Party> {
    if u.ratio(1, 8)? { u.int_in_range(0..=PARTIES - 1) } else { u.int_in_range(ASSET..=COIN) }
}

/// None or more items, most often one.
pub fn list<'a, T: Arbitrary<'a> + Clone>(u: &mut Unstructured<'a>) -> Result<Vec<T>> {
    let length = match u.int_in_range(0..=127)? {
        0..=2 => 0,
        3 => return Ok(vec![u.arbitrary()?; 51]),
        4..=75 => 1,
        76..=105 => 2,
        106..=119 => 3,
        _ => 4,
    };
    (0..length).map(|_| u.arbitrary()).collect()
}

/// Seldom one.
pub fn slip(u: &mut Unstructured) -> Result<Option<Slip>> {
    Ok(if u.ratio(1, 16)? { Some(u.arbitrary()?) } else { None })
}

/// Seldom one.
pub fn terms_slip(u: &mut Unstructured) -> Result<Option<TermsSlip>> {
    Ok(if u.ratio(1, 6)? { Some(u.arbitrary()?) } else { None })
}

/// Whoever may be paid, and seldom one who may not.
pub fn receiver(u: &mut Unstructured) -> Result<Party> {
    if u.ratio(1, 12)? { u.int_in_range(0..=PARTIES - 1) } else { u.int_in_range(0..=ACTORS - 1) }
}

pub fn maybe_receiver(u: &mut Unstructured) -> Result<Option<Party>> {
    Ok(if u.ratio(1, 3)? { Some(receiver(u)?) } else { None })
}

pub fn maybe_approvals(u: &mut Unstructured) -> Result<Option<u32>> {
    Ok(if u.arbitrary()? { Some(u.int_in_range(0..=3)?) } else { None })
}

pub fn remove(u: &mut Unstructured) -> Result<u32> {
    Ok(match u.int_in_range(0..=15)? {
        0..=9 => 0,
        10..=13 => 1,
        14 => u.int_in_range(2..=9)?,
        _ => 51,
    })
}

pub fn limit(u: &mut Unstructured) -> Result<u32> {
    u.int_in_range(0..=51)
}

/// Most often none or one.
pub fn mischiefs(u: &mut Unstructured) -> Result<Vec<Mischief>> {
    let count = *u.choose(&[0, 0, 1, 1, 1, 2])?;
    (0..count).map(|_| u.arbitrary()).collect()
}
