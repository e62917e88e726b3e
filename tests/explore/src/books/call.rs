//! The contract's calls on its ledger, in the order in which its verbs make them.

use super::part::Stage;
use super::verb::{DEPOSIT, Moved, Verb};
use super::{Books, MOST};
use crate::machine::FEE_BPS;
use escrow::Error;
use escrow::rules::{Ledger, Milestone, Outcome, Parties, split};

/// What a call leaves.
pub struct After {
    pub ledger: Ledger,
    pub moved: Moved,
    /// The milestone that it wrote.
    pub milestone: Option<(usize, Milestone)>,
}

/// Calls.
pub fn call(books: &Books, verb: Verb) -> Result<After, Error> {
    let mut after = After { ledger: books.ledger(), moved: Moved::default(), milestone: None };
    match verb {
        Verb::Add(amount, approvals, due) => add(books, &mut after, amount, approvals, due)?,
        Verb::RemoveLast => {
            let last = books.len().checked_sub(1).ok_or(Error::UnknownMilestone)?;
            after.ledger.remove_last(&unfunded(books, last)?, FEE_BPS)?;
        }
        Verb::Edit(index, approvals, due) => {
            let m = unfunded(books, index)?;
            after.ledger.watch(m.approvals_required, m.due, -1)?;
            after.ledger.watch(approvals, due.into(), 1)?;
        }
        Verb::Fund(index, more) => {
            after.moved.received = fund(books, &mut after.ledger, index, more)?;
        }
        Verb::CountDeposit(index, more) => {
            fund(books, &mut after.ledger, index, more)?;
            if after.ledger.unreserved(books.balance())? < 0 {
                return Err(Error::UnreservedTooLow);
            }
        }
        Verb::Settle(index, to_receiver, fails) => {
            settle(books, &mut after, index, to_receiver, fails)?;
        }
        Verb::Claim(index, side) => claim(books, &mut after, index, side)?,
        Verb::ClaimFees => {
            after.moved.to_platform = paid(after.ledger.take_fees(), Error::NothingToClaim)?;
        }
        Verb::Deposit if books.unreserved > 0 => return Err(Error::TooLarge),
        Verb::Deposit => after.moved.received = DEPOSIT,
        Verb::Withdraw => {
            let unreserved = after.ledger.unreserved(books.balance())?;
            after.moved.to_payer = paid(unreserved, Error::NothingToWithdraw)?;
        }
    }
    Ok(after)
}

fn add(
    books: &Books,
    after: &mut After,
    amount: i128,
    approvals: u32,
    due: bool,
) -> Result<(), Error> {
    if books.len() == MOST {
        return Err(Error::TooLarge);
    }
    let through = after.ledger.add(amount, approvals, due.into(), FEE_BPS)?;
    let m = Milestone::new(amount, through, approvals, due.into(), 0);
    after.milestone = Some((books.len(), m));
    Ok(())
}

fn fund(books: &Books, ledger: &mut Ledger, index: usize, more: i128) -> Result<i128, Error> {
    let last = milestone(books, index)?;
    let amount = books.needed(index) + more;
    ledger.fund(index as u32, &last, amount)?;
    Ok(amount)
}

/// What the contract's `Context::put` and `Payees::pay` do.
fn settle(
    books: &Books,
    after: &mut After,
    index: usize,
    to_receiver: i128,
    fails: Parties,
) -> Result<(), Error> {
    let mut m = milestone(books, index)?;
    if to_receiver > m.amount {
        return Err(Error::SplitOutOfRange);
    }
    let split = split(m.amount, FEE_BPS, to_receiver)?;
    m.settle(Outcome::Resolved, to_receiver)?;
    after.ledger.settle(&m, &split)?;
    m.owed = Parties {
        payer: fails.payer && split.to_payer > 0,
        receiver: fails.receiver && split.to_receiver > 0,
    };
    let mut pay = |owed: bool, amount| {
        if owed { after.ledger.owe(amount).map(|()| 0) } else { Ok(amount) }
    };
    after.moved.to_payer = pay(m.owed.payer, split.to_payer)?;
    after.moved.to_receiver = pay(m.owed.receiver, split.to_receiver)?;
    after.milestone = Some((index, m));
    Ok(())
}

fn claim(books: &Books, after: &mut After, index: usize, side: Parties) -> Result<(), Error> {
    let mut m = milestone(books, index)?;
    let credit = |side| m.credit(side, FEE_BPS);
    after.moved.to_payer = credit(Parties { receiver: false, ..side })?;
    after.moved.to_receiver = credit(Parties { payer: false, ..side })?;
    let taken = m.take_credit(side, FEE_BPS)?;
    after.ledger.discharge(paid(taken, Error::NothingToClaim)?)?;
    after.milestone = Some((index, m));
    Ok(())
}

fn milestone(books: &Books, index: usize) -> Result<Milestone, Error> {
    let part = books.parts[index].ok_or(Error::UnknownMilestone)?;
    Ok(part.milestone(books.through(index)))
}

fn unfunded(books: &Books, index: usize) -> Result<Milestone, Error> {
    let part = books.parts[index].ok_or(Error::UnknownMilestone)?;
    if part.stage == Stage::Unfunded { milestone(books, index) } else { Err(Error::AlreadyFunded) }
}

fn paid(amount: i128, nothing: Error) -> Result<i128, Error> {
    if amount > 0 { Ok(amount) } else { Err(nothing) }
}
