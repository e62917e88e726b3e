//! How bytes become actions: what usually works comes more often than what never does, so that a
//! sequence gets somewhere.

use super::action::*;
use super::cast::{ACTORS, ASSET, COIN, ESCROWS, PARTIES};
use arbitrary::{Arbitrary, Result, Unstructured};

/// The most steps of a sequence, its openings included.
const STEPS: usize = 80;

impl<'a> Arbitrary<'a> for Sequence {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut actions = Vec::new();
        for escrow in 0..ESCROWS {
            if u.ratio(1, 6)? {
                let (deal, signed) = (spoilt(u)?, u.arbitrary()?);
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

impl<'a> Arbitrary<'a> for Deal {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let terms: Terms = u.arbitrary()?;
        let approvers = terms.staff.approvers.len().max(1) as u32;
        let count = u.int_in_range(2..=5)?;
        let milestones = (0..count).map(|_| new(u, approvers)).collect::<Result<_>>()?;
        Ok(Self { terms, milestones, off: 0 })
    }
}

impl<'a> Arbitrary<'a> for Terms {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self {
            engagement_id: u.arbitrary()?,
            title: u.arbitrary()?,
            description: u.arbitrary()?,
            document: u.arbitrary()?,
            payer: person(u)?,
            admin: person(u)?,
            platform: person(u)?,
            token: u.int_in_range(ASSET..=COIN)?,
            fee_bps: *u.choose(&[0, 250, 250, 3_000])?,
            staff: u.arbitrary()?,
        })
    }
}

impl<'a> Arbitrary<'a> for Staff {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let release_signers = people(u, 0..=2)?;
        let dispute_resolvers = some(u, &RESOLVERS, 0..=3)?;
        let mut staff = Self {
            approvers: people(u, 1..=3)?,
            service_providers: people(u, 1..=2)?,
            observers: some(u, &[1, 4, 5, 6, 8], 0..=2)?,
            release_quorum: quorum(u, &release_signers)?,
            resolve_quorum: quorum(u, &dispute_resolvers)?,
            release_signers,
            dispute_resolvers,
            review_window: *u.choose(&[0, 3_600, 90_000])?,
            dispute_window: *u.choose(&[0, 7_200, 7_200, 90_001])?,
            fallback: u.arbitrary()?,
        };
        if u.ratio(1, 16)? {
            staff.spoil(u)?;
        }
        Ok(staff)
    }
}

impl<'a> Arbitrary<'a> for New {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let approvers = *u.choose(&[1, 1, 2])?;
        new(u, approvers)
    }
}

/// Most of what can happen needs money in the escrow.
fn fund(escrow: u8, through: u8) -> Action {
    let call = Call::Fund { by: Choice::Fit(0), through: Choice::Fit(through), slip: None };
    Action::Call { escrow, call, signed: Signed::Rightly }
}

/// A deal with something wrong about it, most of the time.
fn spoilt(u: &mut Unstructured) -> Result<Deal> {
    let mut deal: Deal = u.arbitrary()?;
    match u.int_in_range(0..=9)? {
        0 => deal.terms.engagement_id = Text(65),
        1 => deal.terms.title = Text(101),
        2 => deal.terms.fee_bps = 3_001,
        3 => deal.terms.token = u.int_in_range(0..=PARTIES - 1)?,
        4 => deal.off = u.arbitrary()?,
        5 => deal.milestones.clear(),
        6 => deal.terms.payer = u.int_in_range(0..=PARTIES - 1)?,
        7 => deal.terms.platform = u.int_in_range(0..=PARTIES - 1)?,
        8 => deal.terms.staff.spoil(u)?,
        _ => {
            let milestone = new(u, 9)?;
            deal.milestones.push(milestone);
        }
    }
    Ok(deal)
}

impl Staff {
    /// Makes something wrong, most of the time.
    fn spoil(&mut self, u: &mut Unstructured) -> Result<()> {
        let list = match u.int_in_range(0..=7)? {
            0 => &mut self.approvers,
            1 => &mut self.service_providers,
            2 => &mut self.release_signers,
            3 => &mut self.dispute_resolvers,
            4 => &mut self.observers,
            5 => {
                self.release_quorum = u.int_in_range(0..=3)?;
                return Ok(());
            }
            6 => {
                self.resolve_quorum = u.int_in_range(0..=4)?;
                return Ok(());
            }
            _ => {
                self.review_window = TEN_YEARS + u.int_in_range(0..=1)?;
                return Ok(());
            }
        };
        match u.int_in_range(0..=3)? {
            0 => list.clear(),
            1 => list.push(u.int_in_range(0..=PARTIES - 1)?),
            2 => list.extend(list.clone().first()),
            _ => list.extend(0..=10),
        }
        Ok(())
    }
}

const TEN_YEARS: u64 = 10 * 365 * 86_400;
/// Those who may hold any role but resolve disputes. They are few, so that roles overlap.
const PEOPLE: [Party; 6] = [0, 1, 2, 3, 4, super::cast::ACCOUNT];
const RESOLVERS: [Party; 3] = [5, 6, 7];

fn person(u: &mut Unstructured) -> Result<Party> {
    u.choose(&PEOPLE).copied()
}

fn people(u: &mut Unstructured, count: std::ops::RangeInclusive<usize>) -> Result<Vec<Party>> {
    some(u, &PEOPLE, count)
}

/// Some neighbours in a circle, so that nobody comes twice.
fn some(
    u: &mut Unstructured,
    circle: &[Party],
    count: std::ops::RangeInclusive<usize>,
) -> Result<Vec<Party>> {
    let first = u.choose_index(circle.len())?;
    let count = u.int_in_range(count)?;
    Ok(circle.iter().cycle().skip(first).take(count).copied().collect())
}

fn quorum(u: &mut Unstructured, seats: &[Party]) -> Result<u32> {
    match seats.len() as u32 {
        0 => Ok(0),
        seats => u.int_in_range(1..=seats),
    }
}

fn new(u: &mut Unstructured, approvers: u32) -> Result<New> {
    Ok(New {
        title: u.arbitrary()?,
        description: u.arbitrary()?,
        document: u.arbitrary()?,
        amount: amount(u)?,
        receiver: maybe_receiver(u)?,
        approvals_required: u.int_in_range(1..=approvers)?.min(u.int_in_range(1..=approvers)?),
        due: u.arbitrary()?,
    })
}

fn amount(u: &mut Unstructured) -> Result<i128> {
    Ok(match u.int_in_range(0..=63)? {
        0 => *u.choose(&[0, -1, i128::MAX, i128::MAX / 2])?,
        1..=20 => u.int_in_range(1..=9)?,
        _ => u.int_in_range(10..=2_000)?,
    })
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
