//! The sums over all milestones. They move with each change, so that nothing ever has to add up
//! a list of milestones.

use super::{MAX_SEATS, Milestone, Split, add, gross, subtract};
use crate::Error;
use crate::types::State;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ledger {
    pub milestones: u32,
    /// Milestones below this index have been funded.
    pub funded: u32,
    pub settled: u32,
    /// Unsettled milestones that have no due date.
    pub without_due: u32,
    /// At index n - 1: unsettled milestones that need n approvals.
    pub needs: [u32; MAX_SEATS],
    pub amount: i128,
    pub gross: i128,
    pub deposited: i128,
    pub reserved: i128,
    pub paid: i128,
    pub fees: i128,
    /// Payouts that could not be made, and wait for their owner.
    pub owed: i128,
    /// Fees that the platform has yet to claim.
    pub fees_owed: i128,
}

impl Ledger {
    /// Counts a new milestone in, and tells the gross of all milestones through it.
    pub fn add(&mut self, amount: i128, approvals: u32, due: u64, bps: u32) -> Result<i128, Error> {
        add(&mut self.amount, amount)?;
        add(&mut self.gross, gross(amount, bps)?)?;
        count(&mut self.milestones, 1)?;
        self.watch(approvals, due, 1)?;
        Ok(self.gross)
    }

    /// Takes the last milestone, not funded, out again.
    pub fn remove_last(&mut self, milestone: &Milestone, bps: u32) -> Result<(), Error> {
        subtract(&mut self.amount, milestone.amount)?;
        subtract(&mut self.gross, gross(milestone.amount, bps)?)?;
        count(&mut self.milestones, -1)?;
        self.watch(milestone.approvals_required, milestone.due, -1)
    }

    /// Reserves exactly what the milestones up to and including `through` take.
    pub fn fund(&mut self, through: u32, last: &Milestone, amount: i128) -> Result<(), Error> {
        if through < self.funded {
            return Err(Error::AlreadyFunded);
        }
        if last.through.checked_sub(self.deposited) != Some(amount) {
            return Err(Error::AmountMismatch);
        }
        self.deposited = last.through;
        self.funded = through.checked_add(1).ok_or(Error::Overflow)?;
        add(&mut self.reserved, amount)
    }

    /// Moves a milestone's gross from what is reserved to where it goes.
    pub fn settle(&mut self, milestone: &Milestone, split: &Split) -> Result<(), Error> {
        for part in [split.to_receiver, split.to_payer, split.fee] {
            subtract(&mut self.reserved, part)?;
        }
        add(&mut self.paid, split.to_receiver)?;
        add(&mut self.fees, split.fee)?;
        add(&mut self.fees_owed, split.fee)?;
        count(&mut self.settled, 1)?;
        self.watch(milestone.approvals_required, milestone.due, -1)
    }

    /// A payout could not be made.
    pub fn owe(&mut self, amount: i128) -> Result<(), Error> {
        add(&mut self.owed, amount)
    }

    /// A payout that was owed is made.
    pub fn discharge(&mut self, amount: i128) -> Result<(), Error> {
        subtract(&mut self.owed, amount)
    }

    /// The platform takes all its fees.
    pub fn take_fees(&mut self) -> i128 {
        core::mem::take(&mut self.fees_owed)
    }

    pub fn refunded(&self) -> Result<i128, Error> {
        let mut refunded = self.deposited;
        for part in [self.reserved, self.paid, self.fees] {
            subtract(&mut refunded, part)?;
        }
        Ok(refunded)
    }

    pub fn credited(&self) -> Result<i128, Error> {
        let mut credited = self.owed;
        add(&mut credited, self.fees_owed)?;
        Ok(credited)
    }

    /// What of a balance is the payer's to use: below zero if an issuer clawed back.
    pub fn unreserved(&self, balance: i128) -> Result<i128, Error> {
        let mut unreserved = balance;
        for part in [self.reserved, self.owed, self.fees_owed] {
            subtract(&mut unreserved, part)?;
        }
        Ok(unreserved)
    }

    /// Whether any milestone's money is here.
    pub fn holds(&self) -> bool {
        self.funded > self.settled
    }

    /// The most approvals that any unsettled milestone needs.
    pub fn approvals_needed(&self) -> usize {
        self.needs.iter().rposition(|n| *n > 0).map_or(0, |i| i.saturating_add(1))
    }

    pub fn state(&self) -> State {
        if self.settled == self.milestones {
            State::Completed
        } else if self.holds() {
            State::Active
        } else {
            State::AwaitingFunds
        }
    }

    /// Counts in (1) or out (-1) what an unsettled milestone asks for.
    pub fn watch(&mut self, approvals: u32, due: u64, by: i32) -> Result<(), Error> {
        let seat = approvals.checked_sub(1).ok_or(Error::ApprovalsOutOfRange)?;
        let needs = self.needs.get_mut(seat as usize).ok_or(Error::ApprovalsOutOfRange)?;
        count(needs, by)?;
        if due == 0 { count(&mut self.without_due, by) } else { Ok(()) }
    }
}

#[inline(never)]
fn count(counter: &mut u32, by: i32) -> Result<(), Error> {
    *counter = counter.checked_add_signed(by).ok_or(Error::Overflow)?;
    Ok(())
}
