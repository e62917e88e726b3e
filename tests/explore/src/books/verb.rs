//! All that changes the books.

use super::MOST;
use super::part::{AMOUNTS, PARTIAL};
use escrow::rules::Parties;

/// A call that changes the books, on a milestone by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Of one of the amounts, with these approvals and with or without a due date.
    Add(i128, u32, bool),
    RemoveLast,
    /// To these approvals, with or without a due date.
    Edit(usize, u32, bool),
    /// All through this one, by a transfer of what that takes, or of so much more.
    Fund(usize, i128),
    /// The same from what is here.
    CountDeposit(usize, i128),
    /// So much to the receiver, and to these sides the transfer fails.
    Settle(usize, i128, Parties),
    /// By one side, or by an address that is both.
    Claim(usize, Parties),
    ClaimFees,
    /// Somebody sends tokens straight to the escrow, where none are unreserved.
    Deposit,
    Withdraw,
}

/// What is sent: enough for any milestone, and for some two.
pub const DEPOSIT: i128 = 16;

/// Tokens that a call moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub received: i128,
    pub to_payer: i128,
    pub to_receiver: i128,
    pub to_platform: i128,
}

/// Everything that can be tried.
pub fn verbs() -> Vec<Verb> {
    let sides = [(false, false), (false, true), (true, false), (true, true)]
        .map(|(payer, receiver)| Parties { payer, receiver });
    let mut all = vec![Verb::RemoveLast, Verb::ClaimFees, Verb::Deposit, Verb::Withdraw];
    for (approvals, due) in [(1, false), (1, true), (2, false), (2, true)] {
        all.extend(AMOUNTS.map(|amount| Verb::Add(amount, approvals, due)));
        all.extend((0..MOST).map(|index| Verb::Edit(index, approvals, due)));
    }
    for index in 0..MOST {
        for more in [-1, 0, 1] {
            all.extend([Verb::Fund(index, more), Verb::CountDeposit(index, more)]);
        }
        for fails in sides {
            let shares = [0, PARTIAL].into_iter().chain(AMOUNTS);
            all.extend(shares.map(|to_receiver| Verb::Settle(index, to_receiver, fails)));
            all.push(Verb::Claim(index, fails));
        }
    }
    all
}
