//! Every entry point: what it asks for, in the order in which it asks, and what it does.

use super::lists::{MOST, check_list, seat};
use super::milestone::{End, Milestone, Sides};
use super::terms::{check, check_text};
use super::{Escrow, Flaw, Tokens};
use crate::sequence::action::{Party, Role, Status, Terms, Text};
use crate::sequence::order::{Order, Payout, Ruling, StatusUpdate};
use crate::sequence::seen::Answer;
use escrow::Error;

/// What becomes of a milestone that a call names.
enum Next {
    Stays,
    Ends(End, i128),
}

type Done = Result<(), Error>;

impl Escrow {
    /// A call that is rightly signed; `transfer` tells whether a funding's transfer is too.
    pub fn call(
        &mut self,
        tokens: &mut Tokens,
        order: &Order,
        transfer: bool,
    ) -> Result<Answer, Error> {
        match order {
            Order::Open { .. } => panic!("it is open already"),
            Order::Fund { payer, through, amount, revision } => {
                self.reserve(*payer, *through, *amount, *revision)?;
                self.receive(tokens, *amount, transfer)?;
            }
            Order::CountDeposit { payer, through, amount, revision } => {
                self.reserve(*payer, *through, *amount, *revision)?;
                let balance = self.balance(tokens, self.terms.token)?;
                check(self.unreserved(balance) >= 0, Error::UnreservedTooLow)?;
            }
            Order::ChangeStatus { provider, updates } => self.change_status(*provider, updates)?,
            Order::Approve { approver, payouts } => self.approve(*approver, payouts)?,
            Order::Reject { approver, milestones, reason } => {
                self.reject(*approver, milestones, *reason)?;
            }
            Order::Release { signer, payouts } => self.release(tokens, *signer, payouts)?,
            Order::Confirm { signer, payouts } => self.confirm(tokens, *signer, payouts)?,
            Order::Dispute { party, milestones, reason } => {
                self.dispute(*party, milestones, *reason)?;
            }
            Order::Resume { party, milestones } => self.resume(*party, milestones)?,
            Order::Resolve { resolver, rulings } => self.resolve(tokens, *resolver, rulings)?,
            Order::ResolveByDefault { milestones } => {
                self.resolve_by_default(tokens, milestones)?
            }
            Order::Settle { party, rulings } => self.settle(tokens, *party, rulings)?,
            Order::Refund { receiver, milestones, amount } => {
                self.refund(tokens, *receiver, milestones, *amount)?;
            }
            Order::Reclaim { payer, milestones, amount } => {
                self.reclaim(tokens, *payer, milestones, *amount)?;
            }
            Order::Claim { owner, milestones, to } => {
                self.claim(tokens, *owner, milestones, to.unwrap_or(*owner))?;
            }
            Order::Withdraw { payer, token } => self.withdraw(tokens, *payer, *token)?,
            Order::Update { admin, terms, revision } => self.update(*admin, terms, *revision)?,
            Order::ManageMilestones { admin, remove, edit, add, total } => {
                self.check_admin(*admin)?;
                check(*remove as usize <= MOST, Error::TooLarge)?;
                let nothing = *remove == 0 && edit.is_empty() && add.is_empty();
                check(!nothing, Error::Empty)?;
                check(edit.len() <= MOST, Error::TooLarge)?;
                self.revision += 1;
                self.remove(*remove)?;
                for (place, change) in edit.iter().enumerate() {
                    let named = edit[..place].iter().any(|e| e.milestone == change.milestone);
                    check(!named, Error::DuplicateMilestone)?;
                    self.edit(change)?;
                }
                check(add.len() <= MOST, Error::TooLarge)?;
                self.add(add)?;
                self.check_total(*total)?;
            }
            Order::Redirect { receiver, milestone, to } => {
                self.redirect(*receiver, *milestone, *to)?;
            }
            Order::Rotate { role, from, to } => self.rotate(*role, *from, *to)?,
            Order::ExtendTtl { admin, limit, .. } => {
                self.check_admin(*admin)?;
                check(*limit as usize <= MOST, Error::TooLarge)?;
            }
            view => return self.view(tokens, view),
        }
        Ok(Answer::Nothing)
    }

    fn check_admin(&self, caller: Party) -> Done {
        check(caller == self.terms.admin, Error::NotAdmin)
    }

    fn check_payer(&self, caller: Party) -> Done {
        check(caller == self.terms.payer, Error::NotPayer)
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

    fn reserve(&mut self, payer: Party, through: u32, amount: i128, revision: u32) -> Done {
        self.check_payer(payer)?;
        check(revision == self.revision, Error::RevisionMismatch)?;
        check(!self.milestone(through)?.funded, Error::AlreadyFunded)?;
        let open = self.milestones.iter().take(through as usize + 1).filter(|m| !m.funded);
        let sum: i128 = open.map(|milestone| self.worth(milestone)).sum();
        check(sum == amount, Error::AmountMismatch)?;
        let through = through as usize + 1;
        self.milestones[..through].iter_mut().for_each(|milestone| milestone.funded = true);
        Ok(())
    }

    fn receive(&self, tokens: &mut Tokens, amount: i128, signed: bool) -> Done {
        let before = self.balance(tokens, self.terms.token)?;
        let token = tokens.at_mut(self.terms.token).ok_or(Error::NotAToken)?;
        let sent = signed && token.transfer(self.terms.payer, self.at, amount).is_ok();
        check(sent, Error::TransferFailed)?;
        let after = self.balance(tokens, self.terms.token)?;
        check(after - before >= amount, Error::ShortReceipt)
    }

    fn change_status(&mut self, provider: Party, updates: &[StatusUpdate]) -> Done {
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

    fn approve(&mut self, approver: Party, payouts: &[Payout]) -> Done {
        let seat = self.approver(approver)?;
        let change = |payout: &Payout, milestone: &mut Milestone, _, _: &_, now| {
            milestone.agrees(payout)?;
            milestone.approve(seat, now)?;
            Ok(Next::Stays)
        };
        self.each(None, payouts, |payout| payout.milestone, change, approver)
    }

    fn reject(&mut self, approver: Party, milestones: &[u32], reason: Text) -> Done {
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

    fn release(&mut self, tokens: &mut Tokens, signer: Party, payouts: &[Payout]) -> Done {
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

    fn confirm(&mut self, tokens: &mut Tokens, signer: Party, payouts: &[Payout]) -> Done {
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

    fn dispute(&mut self, party: Party, milestones: &[u32], reason: Text) -> Done {
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

    fn resume(&mut self, party: Party, milestones: &[u32]) -> Done {
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

    fn resolve(&mut self, tokens: &mut Tokens, resolver: Party, rulings: &[Ruling]) -> Done {
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

    fn resolve_by_default(&mut self, tokens: &mut Tokens, milestones: &[u32]) -> Done {
        let change = |_: &u32, milestone: &mut Milestone, _, terms: &Terms, now| {
            milestone.disputed()?;
            let silent = milestone.default_at(&terms.staff).is_some_and(|at| at <= now);
            check(silent, Error::DisputeWindowOpen)?;
            Ok(Next::Ends(End::Resolved, milestone.by_default(terms.staff.fallback)))
        };
        let nobody = self.at;
        self.each(Some(tokens), milestones, |index| *index, change, nobody)
    }

    fn settle(&mut self, tokens: &mut Tokens, party: Party, rulings: &[Ruling]) -> Done {
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

    fn refund(
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

    fn reclaim(&mut self, tokens: &mut Tokens, payer: Party, named: &[u32], amount: i128) -> Done {
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

    /// What returns in all is what was named.
    fn return_all(&mut self, tokens: &mut Tokens, named: &[u32], amount: i128) -> Done {
        let worth = |index: &u32| self.worth(&self.milestones[*index as usize]);
        check(named.iter().map(worth).sum::<i128>() == amount, Error::AmountMismatch)?;
        self.pay(tokens, named)
    }

    fn claim(&mut self, tokens: &mut Tokens, owner: Party, named: &[u32], to: Party) -> Done {
        self.terms.check_party(self.at, to)?;
        check(named.len() <= MOST, Error::TooLarge)?;
        let mut amount = self.credits(owner, named)?;
        for index in named {
            let sides = self.sides(self.milestone(*index)?, owner);
            let owed = &mut self.milestones[*index as usize].owed;
            owed.payer &= !sides.payer;
            owed.receiver &= !sides.receiver;
        }
        if owner == self.terms.platform {
            amount += std::mem::take(&mut self.fees_owed);
        }
        check(amount > 0, Error::NothingToClaim)?;
        self.send(tokens, self.terms.token, to, amount)
    }

    /// What is credited to somebody on these milestones.
    pub fn credits(&self, owner: Party, named: &[u32]) -> Result<i128, Error> {
        let mut credits = 0;
        for (place, index) in named.iter().enumerate() {
            check(!named[..place].contains(index), Error::DuplicateMilestone)?;
            let milestone = self.milestone(*index)?;
            credits += self.credit(milestone, self.sides(milestone, owner));
        }
        Ok(credits)
    }

    fn withdraw(&mut self, tokens: &mut Tokens, payer: Party, token: Party) -> Done {
        self.check_payer(payer)?;
        let ours = self.terms.token;
        let balance = self.balance(tokens, token)?;
        let amount = if token == ours { self.unreserved(balance) } else { balance };
        check(amount > 0, Error::NothingToWithdraw)?;
        self.balance(tokens, ours)?;
        self.send(tokens, token, payer, amount)?;
        self.balance(tokens, ours).map(|_| ())
    }

    fn update(&mut self, admin: Party, terms: &Terms, revision: u32) -> Done {
        self.check_admin(admin)?;
        check(terms.keeps(&self.terms), Error::FixedTerm)?;
        terms.check(self.at)?;
        check(revision == self.revision, Error::RevisionMismatch)?;
        check(self.milestones.iter().all(|m| m.live().is_err()), Error::SomethingFunded)?;
        let open = self.milestones.iter().filter(|milestone| milestone.end.is_none());
        let needed = open.map(|milestone| milestone.approvals_required as usize).max();
        check(needed.unwrap_or(0) <= terms.staff.approvers.len(), Error::ApprovalsOutOfRange)?;
        self.terms = terms.clone();
        self.revision += 1;
        // Who voted is told by seats, and the seats are others now.
        for milestone in self.milestones.iter_mut().filter(|milestone| milestone.funded) {
            milestone.approvals.clear();
            milestone.releases.clear();
        }
        Ok(())
    }

    fn remove(&mut self, count: u32) -> Done {
        for _ in 0..count {
            let last = self.milestones.pop().ok_or(Error::UnknownMilestone)?;
            check(!last.funded, Error::AlreadyFunded)?;
        }
        Ok(())
    }

    fn redirect(&mut self, receiver: Party, index: u32, to: Party) -> Done {
        check(self.milestone(index)?.receiver == receiver, Error::NotReceiver)?;
        self.terms.check_party(self.at, to)?;
        check(to != receiver, Error::Empty)?;
        let keeps_votes = self.flaw == Some(Flaw::KeepsVotes);
        let milestone = &mut self.milestones[index as usize];
        check(milestone.end.is_none(), Error::AlreadySettled)?;
        milestone.receiver = to;
        if !keeps_votes {
            milestone.releases.clear();
        }
        milestone.resumes.receiver = false;
        milestone.offers = Sides::default();
        Ok(())
    }

    fn rotate(&mut self, role: Role, from: Party, to: Party) -> Done {
        check(from != to, Error::Empty)?;
        *self.terms.seat_mut(role, from).ok_or(Error::NotSeatHolder)? = to;
        self.terms.check_roles(self.at)?;
        if role != Role::Observer {
            self.milestones.iter_mut().for_each(|milestone| milestone.offers = Sides::default());
        }
        Ok(())
    }
}

fn is_carried(milestone: &Milestone, terms: &Terms) -> bool {
    milestone.releases.len() >= terms.staff.release_quorum as usize
}

/// A text that says something.
fn said(text: Text) -> Option<Text> {
    Some(text).filter(|text| text.0 > 0)
}
