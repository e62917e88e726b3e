//! Deals: most of them in order, with few people, so that roles overlap.

use super::maybe_receiver;
use crate::action::*;
use crate::cast::{ACCOUNT, ASSET, COIN, PARTIES};
use arbitrary::{Arbitrary, Result, Unstructured};
use std::ops::RangeInclusive;

const TEN_YEARS: u64 = 10 * 365 * 86_400;
/// Those who may hold any role but resolve disputes. They are few, so that roles overlap.
const PEOPLE: [Party; 6] = [0, 1, 2, 3, 4, ACCOUNT];
const RESOLVERS: [Party; 3] = [5, 6, 7];

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

/// A deal with something wrong about it, most of the time.
pub fn spoilt(u: &mut Unstructured) -> Result<Deal> {
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

fn person(u: &mut Unstructured) -> Result<Party> {
    u.choose(&PEOPLE).copied()
}

fn people(u: &mut Unstructured, count: RangeInclusive<usize>) -> Result<Vec<Party>> {
    some(u, &PEOPLE, count)
}

/// Some neighbours in a circle, so that nobody comes twice.
fn some(
    u: &mut Unstructured,
    circle: &[Party],
    count: RangeInclusive<usize>,
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
