//! Every entry point: what it asks for, in the order in which it asks, and what it does.

use super::lists::MOST;
use super::milestone::Sides;
use super::terms::check;
use super::{Escrow, Flaw, Tokens};
use crate::action::{Party, Terms};
use crate::call::Role;
use crate::order::{MilestoneEdit, NewMilestone, Order};
use crate::seen::Answer;
use escrow::Error;

/// How a verb ends.
pub type Done = Result<(), Error>;

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
                self.manage(*admin, *remove, edit, add)?;
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

    pub fn check_payer(&self, caller: Party) -> Done {
        check(caller == self.terms.payer, Error::NotPayer)
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

    fn manage(
        &mut self,
        admin: Party,
        remove: u32,
        edit: &[MilestoneEdit],
        add: &[NewMilestone],
    ) -> Done {
        self.check_admin(admin)?;
        check(remove as usize <= MOST, Error::TooLarge)?;
        check(remove > 0 || !edit.is_empty() || !add.is_empty(), Error::Empty)?;
        check(edit.len() <= MOST, Error::TooLarge)?;
        self.revision += 1;
        self.remove(remove)?;
        for (place, change) in edit.iter().enumerate() {
            let named = edit[..place].iter().any(|other| other.milestone == change.milestone);
            check(!named, Error::DuplicateMilestone)?;
            self.edit(change)?;
        }
        check(add.len() <= MOST, Error::TooLarge)?;
        self.add(add)
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
