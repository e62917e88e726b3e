//! What a call of a sequence comes to, by what holds when its turn comes.

mod chooser;
mod decide;

use super::action::*;
use super::call::*;
use super::model::Model;
use super::order::{Order, StatusUpdate};
use chooser::{Chooser, Slips};

/// How far a call with one of the candidates gets, by the number of the error that ends it: those
/// of caller, list and terms come first in a call, and count as nothing.
type Reach = u32;

const NOWHERE: Reach = 0;
const THROUGH: Reach = Reach::MAX;

impl Choice {
    /// One of those that get through. If none does: seldom one of those that get farthest, else
    /// none.
    fn pick<T: Copy>(self, all: &[T], reach: impl Fn(T) -> Reach) -> Option<T> {
        let nth = match self {
            Self::Any(nth) => return Some(all[usize::from(nth) % all.len()]),
            Self::Fit(nth) => nth,
        };
        let reaches: Vec<Reach> = all.iter().map(|candidate| reach(*candidate)).collect();
        let farthest = *reaches.iter().max()?;
        if farthest < THROUGH && nth < STUBBORN {
            return None;
        }
        let pairs = all.iter().zip(reaches);
        let among: Vec<T> = pairs
            .filter(|(_, reach)| *reach == farthest)
            .map(|(candidate, _)| *candidate)
            .collect();
        Some(among[usize::from(nth) % among.len()])
    }
}

/// From this on, a choice that nothing fits is made all the same.
const STUBBORN: u8 = 13;

/// The call as it is to be made on the escrow in a slot, which must be open; none, if it asks for
/// what fits where nothing does.
pub fn order(model: &Model, slot: u8, call: &Call) -> Option<Order> {
    let escrow = model.escrows[usize::from(slot)].as_ref();
    let escrow = escrow.unwrap_or_else(|| panic!("no escrow is open in slot {slot}"));
    Chooser { model, escrow }.order(call)
}

impl Chooser<'_> {
    fn order(&self, call: &Call) -> Option<Order> {
        Some(match call {
            Call::Fund { by, through, slip } => {
                self.funding(*by, *through, *slip, |payer, through, amount, revision| {
                    Order::Fund { payer, through, amount, revision }
                })?
            }
            Call::CountDeposit { by, through, slip } => {
                self.funding(*by, *through, *slip, |payer, through, amount, revision| {
                    Order::CountDeposit { payer, through, amount, revision }
                })?
            }
            Call::ChangeStatus { by, updates } => self.list(
                *by,
                updates,
                |update| update.milestone,
                |update, milestone, _| StatusUpdate {
                    milestone,
                    status: update.status,
                    note: update.note,
                    evidence: update.evidence,
                },
                |provider, updates| Order::ChangeStatus { provider, updates },
            )?,
            Call::Approve { by, payouts } => self
                .payouts(*by, payouts, |approver, payouts| Order::Approve { approver, payouts })?,
            Call::Release { by, payouts } => {
                self.payouts(*by, payouts, |signer, payouts| Order::Release { signer, payouts })?
            }
            Call::Confirm { by, payouts } => {
                self.payouts(*by, payouts, |signer, payouts| Order::Confirm { signer, payouts })?
            }
            Call::Reject { by, milestones, reason } => {
                self.numbers(*by, milestones, |approver, milestones| Order::Reject {
                    approver,
                    milestones,
                    reason: *reason,
                })?
            }
            Call::Dispute { by, milestones, reason } => {
                self.numbers(*by, milestones, |party, milestones| Order::Dispute {
                    party,
                    milestones,
                    reason: *reason,
                })?
            }
            Call::Resume { by, milestones } => {
                self.numbers(*by, milestones, |party, milestones| Order::Resume {
                    party,
                    milestones,
                })?
            }
            Call::Resolve { by, rulings } => {
                self.splits(*by, rulings, |resolver, rulings| Order::Resolve { resolver, rulings })?
            }
            Call::Settle { by, rulings } => {
                self.splits(*by, rulings, |party, rulings| Order::Settle { party, rulings })?
            }
            Call::ResolveByDefault { milestones } => {
                let by = milestones.first().copied().unwrap_or(Choice::Any(0));
                self.numbers(by, milestones, |_, milestones| Order::ResolveByDefault {
                    milestones,
                })?
            }
            Call::Refund { by, milestones, slip } => {
                self.returns(*by, milestones, *slip, |receiver, milestones, amount| {
                    Order::Refund { receiver, milestones, amount }
                })?
            }
            Call::Reclaim { by, milestones, slip } => {
                self.returns(*by, milestones, *slip, |payer, milestones, amount| Order::Reclaim {
                    payer,
                    milestones,
                    amount,
                })?
            }
            Call::Claim { by, milestones, to } => {
                self.numbers(*by, milestones, |owner, milestones| Order::Claim {
                    owner,
                    milestones,
                    to: *to,
                })?
            }
            Call::Withdraw { by, token } => {
                self.one(*by, |payer, _| Order::Withdraw { payer, token: *token })?
            }
            Call::Update { by, title, description, staff, slip } => {
                self.one(*by, |admin, slips| {
                    let slip = slip.filter(|_| slips == Slips::With);
                    let mut terms = self.escrow.terms.clone();
                    (terms.title, terms.description) = (*title, *description);
                    terms.staff = staff.clone();
                    slip.iter().for_each(|slip| slip.change(&mut terms));
                    let wrong = u32::from(slip == Some(TermsSlip::Revision));
                    Order::Update { admin, terms, revision: self.escrow.revision + wrong }
                })?
            }
            Call::ManageMilestones { by, remove, edit, add, slip } => {
                self.managing(*by, *remove, edit, add, slip.is_some())?
            }
            Call::Redirect { by, milestone, to } => {
                let milestone =
                    milestone.pick(&self.indices(), |index| self.is(index, |m| m.end.is_none()))?;
                self.one(*by, |receiver, _| Order::Redirect { receiver, milestone, to: *to })?
            }
            Call::Rotate { role, from, to } => self.rotation(*role, *from, *to)?,
            Call::ExtendTtl { by, ledgers, start, limit } => {
                let start = (*start).into();
                let order =
                    |admin, _| Order::ExtendTtl { admin, ledgers: *ledgers, start, limit: *limit };
                self.one(*by, order)?
            }
            Call::GetEscrow => Order::GetEscrow,
            Call::GetMilestone(index) => {
                Order::GetMilestone(u32::from(*index) % (self.count() + 1))
            }
            Call::GetMilestones { start, limit } => Order::GetMilestones {
                start: u32::from(*start) % (self.count() + 2),
                limit: *limit,
            },
            Call::GetClaimable { owner, milestones } => {
                self.numbers(Choice::Any(0), milestones, |_, milestones| Order::GetClaimable {
                    owner: *owner,
                    milestones,
                })?
            }
            Call::GetBalances => Order::GetBalances,
        })
    }
}
