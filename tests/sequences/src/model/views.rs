//! What the views show.

use super::lists::MOST;
use super::milestone::{End, Milestone, Sides};
use super::terms::check;
use super::{Escrow, Tokens};
use crate::action::Party;
use crate::call::Status;
use crate::order::Order;
use crate::seen::{self, Answer, Whole};
use escrow::{Balances, Error, Flags, State, Stuck};

impl Escrow {
    /// What a call answers that only reads.
    pub fn view(&self, tokens: &Tokens, order: &Order) -> Result<Answer, Error> {
        Ok(match order {
            Order::GetEscrow => Answer::Escrow(Box::new(self.seen())),
            Order::GetMilestone(index) => {
                self.milestone(*index)?;
                Answer::Milestones(vec![self.seen_milestone(*index)])
            }
            Order::GetMilestones { start, limit } => {
                check(*limit as usize <= MOST, Error::TooLarge)?;
                let end = start.saturating_add(*limit).min(self.milestones.len() as u32);
                Answer::Milestones((*start..end).map(|i| self.seen_milestone(i)).collect())
            }
            Order::GetClaimable { owner, milestones } => {
                check(milestones.len() <= MOST, Error::TooLarge)?;
                let fees = if *owner == self.terms.platform { self.fees_owed } else { 0 };
                Answer::Number(self.credits(*owner, milestones)? + fees)
            }
            Order::GetBalances => {
                let balance = self.balance(tokens, self.terms.token)?;
                let totals = self.totals();
                Answer::Balances(Balances {
                    balance,
                    reserved: totals.reserved,
                    credited: totals.credited,
                    unreserved: self.unreserved(balance),
                })
            }
            other => panic!("{} does more than read", other.name()),
        })
    }

    pub fn whole(&self) -> Whole {
        let milestones = 0..self.milestones.len() as u32;
        Whole {
            escrow: self.seen(),
            milestones: milestones.map(|index| self.seen_milestone(index)).collect(),
        }
    }

    fn seen(&self) -> seen::Escrow {
        let totals = self.totals();
        let state = if totals.settled == totals.milestones {
            State::Completed
        } else if totals.funded == totals.settled {
            State::AwaitingFunds
        } else {
            State::Active
        };
        let (terms, revision) = (self.terms.clone(), self.revision);
        seen::Escrow { terms, revision, state, totals, stuck: self.stuck() }
    }

    fn stuck(&self) -> Vec<Stuck> {
        let staff = &self.terms.staff;
        let disputable = !staff.dispute_resolvers.is_empty();
        if disputable && staff.dispute_window > 0 {
            return vec![];
        }
        let mut stuck = vec![if disputable { Stuck::SilentResolvers } else { Stuck::Undisputable }];
        if staff.review_window == 0 {
            stuck.push(Stuck::SilentReviewers);
        }
        if self.milestones.iter().any(|m| m.end.is_none() && m.due == 0) {
            stuck.push(Stuck::SilentProvider);
        }
        stuck
    }

    fn seen_milestone(&self, index: u32) -> seen::Milestone {
        let m = &self.milestones[index as usize];
        let staff = &self.terms.staff;
        seen::Milestone {
            milestone: index,
            title: m.title,
            description: m.description,
            document: m.document,
            amount: m.amount,
            fee: self.fee(m.amount),
            receiver: m.receiver,
            approvals_required: m.approvals_required,
            due: m.due,
            revision: m.revision,
            funded: m.funded,
            status: status(m.status),
            note: m.note,
            evidence: m.evidence,
            reason: m.reason,
            flags: flags(m),
            approved_by: holders(&staff.approvers, &m.approvals),
            signed_by: holders(&staff.release_signers, &m.releases),
            resumed_by: self.of_sides(m, m.resumes).collect(),
            rulings: self.rulings(m),
            offers: self.offers(m),
            completed_at: m.completed_at.unwrap_or(0),
            approved_at: m.approved_at.unwrap_or(0),
            disputed_at: m.disputed_at.unwrap_or(0),
            open_at: m.open_at(staff).unwrap_or(0),
            reclaim_at: m.reclaim_at().unwrap_or(0),
            default_at: m.default_at(staff).unwrap_or(0),
            to_receiver: m.to_receiver,
            credited: self.credit(m, Sides { payer: true, receiver: true }),
        }
    }

    fn of_sides(&self, m: &Milestone, sides: Sides<bool>) -> impl Iterator<Item = Party> {
        let parties = [(self.terms.payer, sides.payer), (m.receiver, sides.receiver)];
        parties.into_iter().filter(|(_, on)| *on).map(|(party, _)| party)
    }

    fn rulings(&self, m: &Milestone) -> Vec<(Party, i128)> {
        let mut rulings = m.rulings.clone();
        rulings.sort_unstable();
        let resolvers = &self.terms.staff.dispute_resolvers;
        rulings.into_iter().map(|(seat, split)| (resolvers[seat], split)).collect()
    }

    fn offers(&self, m: &Milestone) -> Vec<(Party, i128)> {
        let offers = [(self.terms.payer, m.offers.payer), (m.receiver, m.offers.receiver)];
        offers.into_iter().filter_map(|(party, offer)| Some((party, offer?))).collect()
    }
}

/// Who holds these seats, in the order of the list.
fn holders(list: &[Party], seats: &[usize]) -> Vec<Party> {
    let holds = |(seat, _): &(usize, &Party)| seats.contains(seat);
    list.iter().enumerate().filter(holds).map(|(_, holder)| *holder).collect()
}

fn flags(m: &Milestone) -> Flags {
    Flags {
        approved: m.approved_at.is_some(),
        disputed: m.disputed_at.is_some(),
        released: m.end == Some(End::Released),
        resolved: m.end == Some(End::Resolved),
        refunded: m.end == Some(End::Refunded),
    }
}

fn status(status: Status) -> escrow::Status {
    match status {
        Status::Pending => escrow::Status::Pending,
        Status::InProgress => escrow::Status::InProgress,
        Status::Completed => escrow::Status::Completed,
    }
}
