//! What a call of a sequence comes to, by what holds when its turn comes.

use super::action::*;
use super::cast::{ACTORS, ASSET, COIN, PARTIES};
use super::model::{Escrow, Milestone, Model, Signatures};
use super::order::{MilestoneEdit, NewMilestone, Order, Payout, Ruling, StatusUpdate};
use crate::DAY;
use ::escrow::Error;

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

impl Signed {
    /// What these signatures are worth.
    pub fn signatures(self, order: &Order) -> Signatures {
        let right = Signatures::right(order);
        match self {
            Self::Rightly => right,
            Self::ByNobody | Self::ForOther => Signatures { by: vec![], ..right },
            Self::By(party) => Signatures { by: vec![party], ..right },
            Self::InPart => {
                Signatures { by: right.by.first().copied().into_iter().collect(), transfer: false }
            }
        }
    }
}

impl Wait {
    /// How long it takes from now.
    pub fn seconds(self, model: &Model) -> u64 {
        match self {
            Self::Seconds(seconds) => seconds.into(),
            Self::Days(days) => u64::from(days) * DAY,
            Self::Until { nth, offset } => {
                let moments = model.moments();
                let at = moments.get(usize::from(nth) % moments.len().max(1)).copied();
                let at = at.unwrap_or(model.now);
                let until = match offset {
                    Offset::Before => at - 1,
                    Offset::At => at,
                    Offset::After => at + 1,
                };
                until.saturating_sub(model.now)
            }
        }
    }
}

impl Deal {
    pub fn order(&self, now: u64) -> Order {
        let milestones: Vec<_> = self.milestones.iter().map(|new| new.at(now)).collect();
        let total = sum(milestones.iter().map(|new| new.amount));
        Order::Open {
            terms: self.terms.clone(),
            milestones,
            total: total.saturating_add(self.off.into()),
        }
    }
}

impl New {
    fn at(&self, now: u64) -> NewMilestone {
        NewMilestone {
            title: self.title,
            description: self.description,
            document: self.document,
            amount: self.amount,
            receiver: self.receiver,
            approvals_required: self.approvals_required,
            due: self.due.at(now),
        }
    }
}

impl Due {
    fn at(self, now: u64) -> u64 {
        match self {
            Self::Never => 0,
            Self::In(hours) => now + u64::from(hours) * 3_600,
            Self::Now => now,
            Self::Past => now - 1,
        }
    }
}

/// The call as it is to be made on the escrow in a slot, which must be open; none, if it asks for
/// what fits where nothing does.
pub fn order(model: &Model, slot: u8, call: &Call) -> Option<Order> {
    let escrow = model.escrows[usize::from(slot)].as_ref();
    let escrow = escrow.unwrap_or_else(|| panic!("no escrow is open in slot {slot}"));
    Chooser { model, escrow }.order(call)
}

struct Chooser<'a> {
    model: &'a Model,
    escrow: &'a Escrow,
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

    fn count(&self) -> u32 {
        self.escrow.milestones.len() as u32
    }

    /// Every milestone, and one that is not there.
    fn indices(&self) -> Vec<u32> {
        (0..=self.count()).collect()
    }

    fn try_out(&self, order: &Order) -> Reach {
        match self.escrow.clone().call(&mut self.model.tokens.clone(), order, true) {
            Ok(_) => THROUGH,
            Err(Error::ResolverIsReceiver) => THROUGH - 1,
            Err(error) if error >= Error::RevisionMismatch => error as Reach,
            Err(_) => NOWHERE,
        }
    }

    fn is(&self, index: u32, holds: impl Fn(&Milestone) -> bool) -> Reach {
        if self.escrow.milestone(index).is_ok_and(holds) { THROUGH } else { NOWHERE }
    }

    /// A call without a list, by one who could make it if nothing were wrong about it.
    fn one(&self, by: Choice, order: impl Fn(Party, Slips) -> Order) -> Option<Order> {
        let by = by.pick(&actors(), |actor| self.try_out(&order(actor, Slips::Without)))?;
        Some(order(by, Slips::With))
    }

    /// A call with a list: first who makes it, who could do so for some milestone; then for each
    /// item a milestone for which that one could.
    fn list<T, I>(
        &self,
        by: Choice,
        items: &[T],
        choice: impl Fn(&T) -> Choice,
        item: impl Fn(&T, u32, Slips) -> I,
        order: impl Fn(Party, Vec<I>) -> Order,
    ) -> Option<Order> {
        let indices = self.indices();
        let reach_by = |by: Party, of: &T, index: u32| match index {
            index if index < self.count() => {
                self.try_out(&order(by, vec![item(of, index, Slips::Without)]))
            }
            _ => NOWHERE,
        };
        let by = by.pick(&actors(), |actor| match items.first() {
            Some(first) => {
                let each = indices.iter().map(|index| reach_by(actor, first, *index));
                each.max().unwrap_or(NOWHERE)
            }
            None => self.try_out(&order(actor, vec![])),
        })?;
        let mut taken = vec![];
        let mut chosen = vec![];
        for of in items {
            let reach = |index: u32| match taken.contains(&index) {
                true => NOWHERE,
                false => reach_by(by, of, index),
            };
            if let Some(index) = choice(of).pick(&indices, reach) {
                taken.push(index);
                chosen.push(item(of, index, Slips::With));
            }
        }
        let nothing_left = chosen.is_empty() && !items.is_empty();
        (!nothing_left).then(|| order(by, chosen))
    }

    fn numbers(
        &self,
        by: Choice,
        milestones: &[Choice],
        order: impl Fn(Party, Vec<u32>) -> Order,
    ) -> Option<Order> {
        self.list(by, milestones, |choice| *choice, |_, index, _| index, order)
    }

    fn payouts(
        &self,
        by: Choice,
        payouts: &[Pay],
        order: impl Fn(Party, Vec<Payout>) -> Order,
    ) -> Option<Order> {
        let item = |pay: &Pay, milestone, slips| {
            let slip = pay.slip.filter(|_| slips == Slips::With);
            let stands = self.escrow.milestone(milestone);
            let (revision, receiver, amount) =
                stands.map_or((0, 0, 0), |m| (m.revision, m.receiver, m.amount));
            Payout {
                milestone,
                revision: revision + u32::from(slip == Some(Slip::Revision)),
                receiver: if slip == Some(Slip::Receiver) { another(receiver) } else { receiver },
                amount: amount - i128::from(slip == Some(Slip::Amount)),
            }
        };
        self.list(by, payouts, |pay| pay.milestone, item, order)
    }

    fn splits(
        &self,
        by: Choice,
        rulings: &[Split],
        order: impl Fn(Party, Vec<Ruling>) -> Order,
    ) -> Option<Order> {
        let item = |split: &Split, milestone, slips| {
            let to_receiver = self.share(split.share, milestone, slips);
            Ruling { milestone, to_receiver }
        };
        self.list(by, rulings, |split| split.milestone, item, order)
    }

    fn share(&self, share: Share, milestone: u32, slips: Slips) -> i128 {
        let Ok(milestone) = self.escrow.milestone(milestone) else { return 0 };
        let offers = [milestone.offers.payer, milestone.offers.receiver];
        let rulings = milestone.rulings.iter().map(|(_, split)| *split);
        match share {
            Share::Nothing => 0,
            Share::Third => milestone.amount / 3,
            Share::All => milestone.amount,
            Share::AsSaid => rulings.chain(offers.into_iter().flatten()).next().unwrap_or(0),
            Share::TooMuch => milestone.amount + i128::from(slips == Slips::With),
            Share::LessThanNothing => -i128::from(slips == Slips::With),
        }
    }

    fn returns(
        &self,
        by: Choice,
        milestones: &[Choice],
        slip: Option<Slip>,
        order: impl Fn(Party, Vec<u32>, i128) -> Order,
    ) -> Option<Order> {
        let worth = |index: &u32| self.escrow.milestone(*index).map_or(0, |m| self.escrow.worth(m));
        let order = |wrong: i128| {
            let order = &order;
            move |by, list: Vec<u32>| {
                let amount = sum(list.iter().map(worth)).saturating_sub(wrong);
                order(by, list, amount)
            }
        };
        Some(match (self.numbers(by, milestones, order(0))?, slip) {
            (right, None) => right,
            (Order::Refund { receiver: by, milestones, .. }, Some(_))
            | (Order::Reclaim { payer: by, milestones, .. }, Some(_)) => order(1)(by, milestones),
            (other, Some(_)) => other,
        })
    }

    fn funding(
        &self,
        by: Choice,
        through: Choice,
        slip: Option<Slip>,
        order: impl Fn(Party, u32, i128, u32) -> Order,
    ) -> Option<Order> {
        let through = through.pick(&self.indices(), |index| self.is(index, |m| !m.funded))?;
        let milestones = self.escrow.milestones.iter().take(through as usize + 1);
        let amount =
            sum(milestones.filter(|m| !m.funded).map(|milestone| self.escrow.worth(milestone)));
        self.one(by, |payer, slips| {
            let slip = slip.filter(|_| slips == Slips::With);
            let amount = amount.saturating_sub((slip == Some(Slip::Amount)).into());
            let revision = self.escrow.revision + u32::from(slip == Some(Slip::Revision));
            order(payer, through, amount, revision)
        })
    }

    fn managing(
        &self,
        by: Choice,
        remove: u32,
        edit: &[Edit],
        add: &[New],
        off: bool,
    ) -> Option<Order> {
        let left = self.count().saturating_sub(remove);
        let mut edits: Vec<MilestoneEdit> = vec![];
        for edit in edit {
            let named = |index| edits.iter().any(|edit| edit.milestone == index);
            let editable = |m: &Milestone, index| !m.funded && index < left && !named(index);
            let reach = |index| self.is(index, |m| editable(m, index));
            if let Some(milestone) = edit.milestone.pick(&self.indices(), reach) {
                edits.push(edit.of(milestone, self.model.now));
            }
        }
        let add: Vec<_> = add.iter().map(|new| new.at(self.model.now)).collect();
        let stay = self.escrow.milestones.iter().take(left as usize).map(|m| m.amount);
        let total = sum(stay.chain(add.iter().map(|new| new.amount)));
        self.one(by, |admin, slips| {
            let total = total.saturating_sub((off && slips == Slips::With).into());
            let (edit, add) = (edits.clone(), add.clone());
            Order::ManageMilestones { admin, remove, edit, add, total }
        })
    }

    fn rotation(&self, role: Role, from: Choice, to: Choice) -> Option<Order> {
        let from = from.pick(&actors(), |actor| {
            let holds = self.escrow.terms.clone().seat_mut(role, actor).is_some();
            if holds { THROUGH } else { NOWHERE }
        })?;
        let to = to.pick(&actors(), |to| self.try_out(&Order::Rotate { role, from, to }))?;
        Some(Order::Rotate { role, from, to })
    }
}

/// Whether what is wrong about an item is put in.
#[derive(Clone, Copy, PartialEq)]
enum Slips {
    With,
    Without,
}

impl Edit {
    fn of(&self, milestone: u32, now: u64) -> MilestoneEdit {
        MilestoneEdit {
            milestone,
            title: self.title,
            description: self.description,
            document: self.document,
            receiver: self.receiver,
            approvals_required: self.approvals_required,
            due: self.due.map(|due| due.at(now)),
        }
    }
}

impl TermsSlip {
    fn change(self, terms: &mut Terms) {
        match self {
            Self::Revision => {}
            Self::EngagementId => terms.engagement_id.0 += 1,
            Self::Payer => terms.payer = another(terms.payer),
            Self::Admin => terms.admin = another(terms.admin),
            Self::Platform => terms.platform = another(terms.platform),
            Self::Token => terms.token = if terms.token == ASSET { COIN } else { ASSET },
            Self::Fee => terms.fee_bps += 1,
        }
    }
}

/// Somebody else.
fn another(party: Party) -> Party {
    (party + 1) % PARTIES
}

fn actors() -> Vec<Party> {
    (0..ACTORS).collect()
}

/// What cannot be counted is as much as can be.
fn sum(amounts: impl Iterator<Item = i128>) -> i128 {
    amounts.fold(0, i128::saturating_add)
}
