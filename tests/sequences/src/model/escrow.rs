//! One escrow: its terms, its milestones, its sums, and the way it pays.

use super::milestone::{End, Milestone, Sides};
use super::terms::{check, check_due, check_text};
use super::{Flaw, Token, Tokens};
use crate::action::{Party, Terms};
use crate::order::NewMilestone;
use escrow::{Error, Totals};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escrow {
    pub at: Party,
    pub terms: Terms,
    pub revision: u32,
    pub milestones: Vec<Milestone>,
    /// What the platform has yet to claim.
    pub fees_owed: i128,
    pub now: u64,
    pub flaw: Option<Flaw>,
    /// Who is paid how much by the call that is going on.
    payees: Vec<(Party, i128)>,
}

impl Escrow {
    pub fn open(
        at: Party,
        terms: &Terms,
        milestones: &[NewMilestone],
        total: i128,
        token: Option<&Token>,
        now: u64,
    ) -> Result<Self, Error> {
        terms.check(at)?;
        check(token.is_some(), Error::NotAToken)?;
        let mut escrow = Self {
            at,
            terms: terms.clone(),
            revision: 0,
            milestones: vec![],
            fees_owed: 0,
            now,
            flaw: None,
            payees: vec![],
        };
        escrow.add(milestones)?;
        escrow.check_total(total)?;
        Ok(escrow)
    }

    /// Before each call.
    pub fn begin(&mut self, now: u64, flaw: Option<Flaw>) {
        self.now = if flaw == Some(Flaw::Late) { now - 1 } else { now };
        self.flaw = flaw;
    }

    pub fn add(&mut self, milestones: &[NewMilestone]) -> Result<(), Error> {
        for new in milestones {
            check(new.amount > 0, Error::AmountNotPositive)?;
            check_due(new.due, self.now)?;
            self.terms.check_approvals(new.approvals_required)?;
            check(self.gross_with(new.amount).is_some(), Error::Overflow)?;
            check_text(new.title, 100)?;
            check_text(new.description, 500)?;
            let receiver = new.receiver.unwrap_or(self.terms.staff.service_providers[0]);
            self.terms.check_party(self.at, receiver)?;
            self.milestones.push(Milestone::new(new, receiver, self.revision));
        }
        Ok(())
    }

    pub fn check_total(&self, total: i128) -> Result<(), Error> {
        check(!self.milestones.is_empty(), Error::NoMilestones)?;
        let sum: i128 = self.milestones.iter().map(|m| m.amount).sum();
        check(sum == total, Error::TotalMismatch)
    }

    /// The platform's part of an amount; the limits of numbers apart, `amount * bps / 10,000`.
    pub fn fee(&self, amount: i128) -> i128 {
        let bps = i128::from(self.terms.fee_bps);
        let (whole, rest) = (amount / 10_000, amount % 10_000);
        let up = if self.flaw == Some(Flaw::RoundsUp) { 9_999 } else { 0 };
        whole * bps + (rest * bps + up) / 10_000
    }

    /// What goes back to the payer of a milestone that has come to its end.
    pub fn to_payer(&self, milestone: &Milestone) -> i128 {
        let fee = self.fee(milestone.to_receiver);
        self.worth(milestone) - milestone.to_receiver - fee
    }

    /// What a milestone takes with its fee, which could be counted when it was added.
    pub fn worth(&self, milestone: &Milestone) -> i128 {
        milestone.amount + self.fee(milestone.amount)
    }

    pub fn totals(&self) -> Totals {
        let mut totals = Totals {
            milestones: self.milestones.len() as u32,
            funded: 0,
            settled: 0,
            amount: 0,
            gross: 0,
            deposited: 0,
            reserved: 0,
            paid: 0,
            refunded: 0,
            fees: 0,
            credited: self.fees_owed,
        };
        for milestone in &self.milestones {
            let gross = self.worth(milestone);
            totals.amount += milestone.amount;
            totals.gross += gross;
            totals.credited += self.credit(milestone, Sides { payer: true, receiver: true });
            if milestone.funded {
                totals.funded += 1;
                totals.deposited += gross;
            }
            if milestone.live().is_ok() {
                totals.reserved += gross;
            }
            if milestone.end.is_some() {
                totals.settled += 1;
                totals.paid += milestone.to_receiver;
                totals.fees += self.fee(milestone.to_receiver);
                totals.refunded += self.to_payer(milestone);
            }
        }
        totals
    }

    /// What of a milestone is still owed to these sides.
    pub fn credit(&self, milestone: &Milestone, sides: Sides<bool>) -> i128 {
        let mut credit = 0;
        if sides.receiver && milestone.owed.receiver {
            credit += milestone.to_receiver;
        }
        if sides.payer && milestone.owed.payer {
            credit += self.to_payer(milestone);
        }
        credit
    }

    pub fn unreserved(&self, balance: i128) -> i128 {
        let totals = self.totals();
        balance - totals.reserved - totals.credited
    }

    pub fn milestone(&self, index: u32) -> Result<&Milestone, Error> {
        self.milestones.get(index as usize).ok_or(Error::UnknownMilestone)
    }

    pub fn sides(&self, milestone: &Milestone, party: Party) -> Sides<bool> {
        Sides { payer: party == self.terms.payer, receiver: party == milestone.receiver }
    }

    /// A milestone comes to its end; its money goes when the call is through.
    pub fn end(&mut self, index: u32, end: End, to_receiver: i128) {
        let milestone = &mut self.milestones[index as usize];
        milestone.end(end, to_receiver);
        let receiver = milestone.receiver;
        self.fees_owed += self.fee(to_receiver);
        let to_payer = self.to_payer(&self.milestones[index as usize]);
        self.owe(receiver, to_receiver);
        self.owe(self.terms.payer, to_payer);
    }

    /// Pays all whom this call owes. Whoever cannot be paid is credited, on those of the
    /// milestones that have ended.
    pub fn pay(&mut self, tokens: &mut Tokens, named: &[u32]) -> Result<(), Error> {
        for (payee, amount) in std::mem::take(&mut self.payees) {
            match self.send(tokens, self.terms.token, payee, amount) {
                Err(Error::TransferFailed) => self.credit_on(named, payee),
                sent => sent?,
            }
        }
        Ok(())
    }

    /// Sends what the escrow has.
    pub fn send(
        &self,
        tokens: &mut Tokens,
        token: Party,
        to: Party,
        amount: i128,
    ) -> Result<(), Error> {
        let token = tokens.at_mut(token).ok_or(Error::NotAToken)?;
        if token.transfer(self.at, to, amount).is_ok() {
            return Ok(());
        }
        let balance = token.balance(self.at).ok_or(Error::NotAToken)?;
        Err(if balance < amount { Error::BalanceTooLow } else { Error::TransferFailed })
    }

    /// The escrow's balance of a token, as that tells it.
    pub fn balance(&self, tokens: &Tokens, token: Party) -> Result<i128, Error> {
        tokens.at(token).and_then(|token| token.balance(self.at)).ok_or(Error::NotAToken)
    }

    /// When something changes by itself.
    pub fn moments(&self) -> impl Iterator<Item = u64> {
        let staff = &self.terms.staff;
        self.milestones.iter().flat_map(move |m| {
            [m.open_at(staff), m.reclaim_at(), m.default_at(staff)].into_iter().flatten()
        })
    }

    /// The gross of everything, were there one milestone more; None if it cannot be counted.
    fn gross_with(&self, amount: i128) -> Option<i128> {
        let gross = amount.checked_add(self.fee(amount))?;
        self.milestones.iter().try_fold(gross, |sum, m| sum.checked_add(self.worth(m)))
    }

    fn owe(&mut self, payee: Party, amount: i128) {
        if amount == 0 {
            return;
        }
        match self.payees.iter_mut().find(|(other, _)| *other == payee) {
            Some((_, sum)) => *sum += amount,
            None => self.payees.push((payee, amount)),
        }
    }

    fn credit_on(&mut self, named: &[u32], owner: Party) {
        for index in named {
            let milestone = &self.milestones[*index as usize];
            if milestone.end.is_none() {
                continue;
            }
            let sides = self.sides(milestone, owner);
            let owed = Sides {
                payer: sides.payer && self.to_payer(milestone) > 0,
                receiver: sides.receiver && milestone.to_receiver > 0,
            };
            let milestone = &mut self.milestones[*index as usize];
            milestone.owed.payer |= owed.payer;
            milestone.owed.receiver |= owed.receiver;
        }
    }
}
