//! What happens to milestones that are funded: review, payment, disputes, settlement, returns.

use super::lists::{check_list, seat};
use super::milestone::{End, Milestone, Sides};
use super::terms::{check, check_text};
use super::verbs::Done;
use super::{Escrow, Tokens};
use crate::action::{Party, Terms, Text};
use crate::call::Status;
use crate::order::{Payout, Ruling, StatusUpdate};
use escrow::Error;

/// What becomes of a milestone that a call names.
enum Next {
    Stays,
    Ends(End, i128),
}

impl Escrow {
    pub fn change_status(&mut self, provider: Party, updates: &[StatusUpdate]) -> Done {
        let provides = self.terms.staff.service_providers.contains(&provider);
        check(provides, Error::NotServiceProvider)?;
        let change = |update: &StatusUpdate, milestone: &mut Milestone, _, _: &_, now| {
            for text in [update.note, update.evidence].into_iter().flatten() {
                check_text(text, 500)?;
            }
            milestone.undecided()?;
            check(milestone.completed_at.is_none(), Error::AlreadyCompleted)?;
            let late = update.status == Status::Completed && milestone.is_past_due(now);
            check(!late, Error::PastDue)?;
            milestone.note = update.note.or(milestone.note);
            milestone.evidence = update.evidence.or(milestone.evidence);
            milestone.set_status(update.status, now);
            Ok(Next::Stays)
        };
        self.each(None, updates, |update| update.milestone, change, provider)
    }

    pub fn approve(&mut self, approver: Party, payouts: &[Payout]) -> Done {
        let seat = self.approver(approver)?;
        let change = |payout: &Payout, milestone: &mut Milestone, _, _: &_, now| {
            milestone.agrees(payout)?;
            milestone.approve(seat, now)?;
            Ok(Next::Stays)
        };
        self.each(None, payouts, |payout| payout.milestone, change, approver)
    }

    pub fn reject(&mut self, approver: Party, milestones: &[u32], reason: Text) -> Done {
        self.approver(approver)?;
        check_text(reason, 500)?;
        let change = |_: &u32, milestone: &mut Milestone, _, terms: &Terms, now: u64| {
            milestone.undecided()?;
            check(milestone.completed_at.is_some(), Error::NotCompleted)?;
            if !milestone.rejected && milestone.due != 0 {
                milestone.due = milestone.due.max(now + terms.staff.review_window);
            }
            milestone.rejected = true;
            milestone.set_status(Status::InProgress, now);
            milestone.note = said(reason);
            Ok(Next::Stays)
        };
        self.each(None, milestones, |index| *index, change, approver)
    }

    pub fn release(&mut self, tokens: &mut Tokens, signer: Party, payouts: &[Payout]) -> Done {
        let seat = seat(&self.terms.staff.release_signers, signer);
        let change = |payout: &Payout, milestone: &mut Milestone, _, terms: &Terms, now| {
            let open = milestone.is_open(seat, &terms.staff, now)?;
            milestone.agrees(payout)?;
            milestone.undisputed()?;
            if open {
                return Ok(Next::Ends(End::Released, payout.amount));
            }
            check(milestone.approved_at.is_some(), Error::NotApproved)?;
            let first = milestone.vote_to_release(seat.ok_or(Error::NotReleaseSigner)?);
            if is_carried(milestone, terms) {
                return Ok(Next::Ends(End::Released, payout.amount));
            }
            check(first, Error::AlreadyVoted)?;
            Ok(Next::Stays)
        };
        self.each(Some(tokens), payouts, |payout| payout.milestone, change, signer)
    }

    pub fn confirm(&mut self, tokens: &mut Tokens, signer: Party, payouts: &[Payout]) -> Done {
        let approver = self.approver(signer)?;
        let seat = seat(&self.terms.staff.release_signers, signer);
        let change = |payout: &Payout, milestone: &mut Milestone, _, terms: &Terms, now| {
            let open = milestone.is_open(seat, &terms.staff, now)?;
            milestone.agrees(payout)?;
            milestone.approve(approver, now)?;
            if let Some(seat) = seat {
                milestone.vote_to_release(seat);
            }
            let approved = milestone.approved_at.is_some();
            let pays = open || approved && is_carried(milestone, terms);
            Ok(if pays { Next::Ends(End::Released, payout.amount) } else { Next::Stays })
        };
        self.each(Some(tokens), payouts, |payout| payout.milestone, change, signer)
    }

    pub fn dispute(&mut self, party: Party, milestones: &[u32], reason: Text) -> Done {
        check_text(reason, 500)?;
        let change =
            |_: &u32, milestone: &mut Milestone, sides: Sides<bool>, terms: &Terms, now| {
                let member = terms.staff.lists()[..3].iter().any(|list| list.contains(&party));
                if !(member && milestone.approved_at.is_none()) {
                    sides.require()?;
                }
                check(!terms.staff.dispute_resolvers.is_empty(), Error::NoResolvers)?;
                milestone.live()?;
                milestone.undisputed()?;
                milestone.disputed_at = Some(now);
                milestone.offers = Sides::default();
                milestone.reason = said(reason);
                Ok(Next::Stays)
            };
        self.each(None, milestones, |index| *index, change, party)
    }

    pub fn resume(&mut self, party: Party, milestones: &[u32]) -> Done {
        let change = |_: &u32, milestone: &mut Milestone, sides: Sides<bool>, _: &_, now| {
            sides.require()?;
            milestone.disputed()?;
            let before = milestone.resumes;
            milestone.resumes.payer |= sides.payer;
            milestone.resumes.receiver |= sides.receiver;
            check(milestone.resumes != before, Error::AlreadyVoted)?;
            if milestone.resumes.payer && milestone.resumes.receiver {
                milestone.resume(now);
            }
            Ok(Next::Stays)
        };
        self.each(None, milestones, |index| *index, change, party)
    }

    pub fn resolve(&mut self, tokens: &mut Tokens, resolver: Party, rulings: &[Ruling]) -> Done {
        let resolvers = self.terms.staff.dispute_resolvers.clone();
        let seat_of = |party| seat(&resolvers, party);
        let own = seat_of(resolver).ok_or(Error::NotDisputeResolver)?;
        let change = |ruling: &Ruling, milestone: &mut Milestone, _, terms: &Terms, _| {
            check(milestone.receiver != resolver, Error::ResolverIsReceiver)?;
            milestone.disputed()?;
            milestone.check_split(ruling.to_receiver)?;
            milestone.rulings.retain(|(seat, _)| *seat != own);
            milestone.rulings.push((own, ruling.to_receiver));
            let counts = |(seat, split): &&(usize, i128)| {
                *split == ruling.to_receiver && resolvers[*seat] != milestone.receiver
            };
            let same = milestone.rulings.iter().filter(counts).count();
            let carried = same >= terms.staff.resolve_quorum as usize;
            Ok(if carried { Next::Ends(End::Resolved, ruling.to_receiver) } else { Next::Stays })
        };
        self.each(Some(tokens), rulings, |ruling| ruling.milestone, change, resolver)
    }

    pub fn resolve_by_default(&mut self, tokens: &mut Tokens, milestones: &[u32]) -> Done {
        let change = |_: &u32, milestone: &mut Milestone, _, terms: &Terms, now| {
            milestone.disputed()?;
            let silent = milestone.default_at(&terms.staff).is_some_and(|at| at <= now);
            check(silent, Error::DisputeWindowOpen)?;
            Ok(Next::Ends(End::Resolved, milestone.by_default(terms.staff.fallback)))
        };
        let nobody = self.at;
        self.each(Some(tokens), milestones, |index| *index, change, nobody)
    }

    pub fn settle(&mut self, tokens: &mut Tokens, party: Party, rulings: &[Ruling]) -> Done {
        let change = |ruling: &Ruling, milestone: &mut Milestone, sides: Sides<bool>, _: &_, _| {
            sides.require()?;
            milestone.live()?;
            milestone.check_split(ruling.to_receiver)?;
            if sides.payer {
                milestone.offers.payer = Some(ruling.to_receiver);
            }
            if sides.receiver {
                milestone.offers.receiver = Some(ruling.to_receiver);
            }
            let agreed = milestone.offers.payer == milestone.offers.receiver;
            Ok(if agreed { Next::Ends(End::Resolved, ruling.to_receiver) } else { Next::Stays })
        };
        self.each(Some(tokens), rulings, |ruling| ruling.milestone, change, party)
    }

    pub fn refund(
        &mut self,
        tokens: &mut Tokens,
        receiver: Party,
        named: &[u32],
        amount: i128,
    ) -> Done {
        let change = |_: &u32, milestone: &mut Milestone, sides: Sides<bool>, _: &_, _| {
            check(sides.receiver, Error::NotReceiver)?;
            milestone.live()?;
            Ok(Next::Ends(End::Refunded, 0))
        };
        self.each(None, named, |index| *index, change, receiver)?;
        self.return_all(tokens, named, amount)
    }

    pub fn reclaim(
        &mut self,
        tokens: &mut Tokens,
        payer: Party,
        named: &[u32],
        amount: i128,
    ) -> Done {
        self.check_payer(payer)?;
        let change = |_: &u32, milestone: &mut Milestone, _, _: &_, now| {
            milestone.undecided()?;
            check(milestone.completed_at.is_none(), Error::AlreadyCompleted)?;
            check(milestone.is_past_due(now), Error::NotDue)?;
            Ok(Next::Ends(End::Refunded, 0))
        };
        self.each(None, named, |index| *index, change, payer)?;
        self.return_all(tokens, named, amount)
    }

    fn approver(&self, caller: Party) -> Result<usize, Error> {
        seat(&self.terms.staff.approvers, caller).ok_or(Error::NotApprover)
    }

    /// Does something to each milestone that a call names, and pays for those that end by it.
    fn each<T>(
        &mut self,
        tokens: Option<&mut Tokens>,
        items: &[T],
        index: impl Fn(&T) -> u32,
        mut change: impl FnMut(&T, &mut Milestone, Sides<bool>, &Terms, u64) -> Result<Next, Error>,
        caller: Party,
    ) -> Done {
        let named: Vec<u32> = items.iter().map(index).collect();
        check_list(&named)?;
        for (item, index) in items.iter().zip(&named) {
            let sides = self.sides(self.milestone(*index)?, caller);
            let milestone = &mut self.milestones[*index as usize];
            if let Next::Ends(end, to_receiver) =
                change(item, milestone, sides, &self.terms, self.now)?
            {
                self.end(*index, end, to_receiver);
            }
        }
        tokens.map_or(Ok(()), |tokens| self.pay(tokens, &named))
    }

    /// What returns in all is what was named.
    fn return_all(&mut self, tokens: &mut Tokens, named: &[u32], amount: i128) -> Done {
        let worth = |index: &u32| self.worth(&self.milestones[*index as usize]);
        check(named.iter().map(worth).sum::<i128>() == amount, Error::AmountMismatch)?;
        self.pay(tokens, named)
    }
}

fn is_carried(milestone: &Milestone, terms: &Terms) -> bool {
    milestone.releases.len() >= terms.staff.release_quorum as usize
}

/// A text that says something.
fn said(text: Text) -> Option<Text> {
    Some(text).filter(|text| text.0 > 0)
}
