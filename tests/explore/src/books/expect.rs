//! What the specification says of the same calls, without the ledger.

use super::part::{Part, Payment, Stage, fee};
use super::verb::{DEPOSIT, Moved, Verb};
use super::{Books, MOST};
use escrow::rules::Parties;

/// The books after a call, and the tokens that it moves; nothing where it is refused.
pub fn expect(books: &Books, verb: Verb) -> Option<(Books, Moved)> {
    let mut after = *books;
    let mut moved = Moved::default();
    match verb {
        Verb::Add(amount, approvals, due) => {
            let index = Some(books.len()).filter(|index| *index < MOST)?;
            after.parts[index] = Some(Part { amount, approvals, due, stage: Stage::Unfunded });
        }
        Verb::RemoveLast => {
            let last = books.len().checked_sub(1)?;
            unfunded(&mut after, last)?;
            after.parts[last] = None;
        }
        Verb::Edit(index, approvals, due) => {
            let part = unfunded(&mut after, index)?;
            *part = Part { approvals, due, ..*part };
        }
        Verb::Fund(index, more) => {
            moved.received = fund(&mut after, index, more)?;
        }
        Verb::CountDeposit(index, more) => {
            after.unreserved -= fund(&mut after, index, more)?;
            return (after.unreserved >= 0).then_some((after, moved));
        }
        Verb::Settle(index, to_receiver, fails) => {
            moved = settle(after.parts[index].as_mut()?, to_receiver, fails)?;
        }
        Verb::Claim(index, side) => moved = claim(after.parts[index].as_mut()?, side)?,
        Verb::ClaimFees => {
            moved.to_platform = Some(books.fees_owed()).filter(|fees| *fees > 0)?;
            for part in after.parts.iter_mut().flatten() {
                if let Stage::Settled(payment) = &mut part.stage {
                    payment.owes_platform = false;
                }
            }
        }
        Verb::Deposit => {
            moved.received = Some(DEPOSIT).filter(|_| books.unreserved == 0)?;
            after.unreserved = DEPOSIT;
        }
        Verb::Withdraw => {
            moved.to_payer = Some(books.unreserved).filter(|amount| *amount > 0)?;
            after.unreserved = 0;
        }
    }
    Some((after, moved))
}

fn unfunded(books: &mut Books, index: usize) -> Option<&mut Part> {
    books.parts[index].as_mut().filter(|part| part.stage == Stage::Unfunded)
}

/// Whole milestones, in their order, for exactly what they take.
fn fund(books: &mut Books, index: usize, more: i128) -> Option<i128> {
    let needed = books.needed(index);
    unfunded(books, index).filter(|_| more == 0)?;
    for part in books.parts.iter_mut().take(index + 1).flatten() {
        if part.stage == Stage::Unfunded {
            part.stage = Stage::Funded;
        }
    }
    Some(needed)
}

fn settle(part: &mut Part, to_receiver: i128, fails: Parties) -> Option<Moved> {
    if part.stage != Stage::Funded || to_receiver > part.amount {
        return None;
    }
    let mut payment = Payment {
        to_receiver,
        owes_payer: false,
        owes_receiver: fails.receiver && to_receiver > 0,
        owes_platform: fee(to_receiver) > 0,
    };
    let to_payer = part.returned(payment);
    payment.owes_payer = fails.payer && to_payer > 0;
    part.stage = Stage::Settled(payment);
    Some(Moved {
        to_payer: if payment.owes_payer { 0 } else { to_payer },
        to_receiver: if payment.owes_receiver { 0 } else { to_receiver },
        ..Moved::default()
    })
}

fn claim(part: &mut Part, side: Parties) -> Option<Moved> {
    let mut payment = part.payment()?;
    let to_payer = if side.payer && payment.owes_payer { part.returned(payment) } else { 0 };
    let to_receiver = if side.receiver && payment.owes_receiver { payment.to_receiver } else { 0 };
    payment.owes_payer &= !side.payer;
    payment.owes_receiver &= !side.receiver;
    part.stage = Stage::Settled(payment);
    let moved = Moved { to_payer, to_receiver, ..Moved::default() };
    (to_payer + to_receiver > 0).then_some(moved)
}
