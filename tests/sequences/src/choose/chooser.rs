//! Finds out, by the model, for whom and for which milestones a call gets through.

use super::decide::sum;
use super::{NOWHERE, Reach, THROUGH};
use crate::action::*;
use crate::call::*;
use crate::cast::{ACTORS, PARTIES};
use crate::model::{Escrow, Milestone, Model};
use crate::order::{MilestoneEdit, Order, Payout, Ruling};
use ::escrow::Error;

/// Chooses for one escrow, as things stand.
pub struct Chooser<'a> {
    pub model: &'a Model,
    pub escrow: &'a Escrow,
}

impl Chooser<'_> {
    pub fn count(&self) -> u32 {
        self.escrow.milestones.len() as u32
    }

    /// Every milestone, and one that is not there.
    pub fn indices(&self) -> Vec<u32> {
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

    pub fn is(&self, index: u32, holds: impl Fn(&Milestone) -> bool) -> Reach {
        if self.escrow.milestone(index).is_ok_and(holds) { THROUGH } else { NOWHERE }
    }

    /// A call without a list, by one who could make it if nothing were wrong about it.
    pub fn one(&self, by: Choice, order: impl Fn(Party, Slips) -> Order) -> Option<Order> {
        let by = by.pick(&actors(), |actor| self.try_out(&order(actor, Slips::Without)))?;
        Some(order(by, Slips::With))
    }

    /// A call with a list: first who makes it, who could do so for some milestone; then for each
    /// item a milestone for which that one could.
    pub fn list<T, I>(
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

    pub fn numbers(
        &self,
        by: Choice,
        milestones: &[Choice],
        order: impl Fn(Party, Vec<u32>) -> Order,
    ) -> Option<Order> {
        self.list(by, milestones, |choice| *choice, |_, index, _| index, order)
    }

    pub fn payouts(
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

    pub fn splits(
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

    pub fn returns(
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

    pub fn funding(
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

    pub fn managing(
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

    pub fn rotation(&self, role: Role, from: Choice, to: Choice) -> Option<Order> {
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
pub enum Slips {
    With,
    Without,
}

/// Somebody else.
pub fn another(party: Party) -> Party {
    (party + 1) % PARTIES
}

fn actors() -> Vec<Party> {
    (0..ACTORS).collect()
}
