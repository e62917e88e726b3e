//! All books that can be reached, each compared with what its milestones sum to.

use super::Books;
use super::call::{After, call};
use super::expect::expect;
use super::part::Stage;
use super::verb::{Moved, Verb, verbs};
use crate::violation::Violation;
use escrow::{Error, State};
use std::collections::HashMap;

/// How much was explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub states: usize,
    pub transitions: u64,
}

/// A way to call: the contract's own, or a wrong one to try the exploration on.
pub type Call = fn(&Books, Verb) -> Result<After, Error>;

/// Walks through all books from the empty ones.
pub fn explore() -> Result<Figures, Violation> {
    explore_with(call)
}

/// The same by any way to call.
pub fn explore_with(call: Call) -> Result<Figures, Violation> {
    let mut explorer = Explorer::default();
    explorer.find(Books::default(), 0, Verb::Withdraw);
    let verbs = verbs();
    let mut transitions = 0;
    let mut at = 0;
    while let Some((books, ..)) = explorer.all.get(at).copied() {
        check_views(&books).map_err(|law| explorer.violation(law, at, None))?;
        for verb in &verbs {
            let after = check(&books, *verb, call)
                .map_err(|law| explorer.violation(law, at, Some(*verb)))?;
            if let Some(after) = after {
                transitions += 1;
                explorer.find(after, at, *verb);
            }
        }
        at += 1;
    }
    Ok(Figures { states: explorer.all.len(), transitions })
}

#[derive(Default)]
struct Explorer {
    /// Books, where they came from, and by what.
    all: Vec<(Books, usize, Verb)>,
    found: HashMap<Books, ()>,
}

impl Explorer {
    fn find(&mut self, mut books: Books, from: usize, by: Verb) {
        for part in books.parts.iter_mut().flatten() {
            // What a settled milestone asked for is counted nowhere any more.
            if matches!(part.stage, Stage::Settled(_)) {
                (part.approvals, part.due) = (1, true);
            }
        }
        if self.found.insert(books, ()).is_none() {
            self.all.push((books, from, by));
        }
    }

    fn violation(&self, law: &str, at: usize, verb: Option<Verb>) -> Violation {
        let mut trace: Vec<_> = verb.iter().map(|verb| format!("{verb:?}")).collect();
        let mut at = at;
        while at > 0 {
            let (_, from, by) = self.all[at];
            trace.push(format!("{by:?}"));
            at = from;
        }
        trace.reverse();
        Violation { law: law.into(), configuration: None, trace }
    }
}

/// Compares a call with what is expected of it.
fn check(books: &Books, verb: Verb, call: Call) -> Result<Option<Books>, &'static str> {
    let (called, expected) = (call(books, verb), expect(books, verb));
    let (after, (expected, moved)) = match (called, expected) {
        (Ok(after), Some(expected)) => (after, expected),
        (Err(_), None) => return Ok(None),
        (Ok(_), None) => return Err("not refused, against the specification"),
        (Err(_), Some(_)) => return Err("refused, against the specification"),
    };
    law(after.ledger == expected.ledger(), "I1: a counter is not what the milestones sum to")?;
    law(after.moved == moved, "I3: tokens go where the terms say, and only what they say")?;
    let Moved { received, to_payer, to_receiver, to_platform } = moved;
    let balance = books.balance() + received - to_payer - to_receiver - to_platform;
    law(balance == expected.balance(), "I1: balance = reserved + credited + unreserved")?;
    if let Some((index, milestone)) = after.milestone {
        let part = expected.parts[index].ok_or("a milestone that is not there")?;
        let written = part.milestone(expected.through(index));
        law(milestone == written, "I2: the milestone notes what was paid, and what is owed")?;
    }
    Ok(Some(expected))
}

/// What the views tell of the ledger.
fn check_views(books: &Books) -> Result<(), &'static str> {
    let (ledger, balance) = (books.ledger(), books.balance());
    let (credited, unreserved) = (ledger.credited(), ledger.unreserved(balance));
    law(credited == Ok(books.owed() + books.fees_owed()), "credited is what is owed to all")?;
    law(unreserved == Ok(books.unreserved), "unreserved is what nobody else's is")?;
    law(ledger.refunded() == Ok(books.refunded()), "refunded is what went back")?;
    law(ledger.state() == books.state(), "the escrow's state is its milestones'")?;
    law(ledger.holds() == (books.state() == State::Active), "holds while something is funded")?;
    let needed = ledger.approvals_needed() == books.approvals_needed();
    law(needed, "approvals needed are the most of any unsettled milestone")
}

fn law(holds: bool, sentence: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(sentence) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payout_that_fails_and_is_not_credited_is_found() {
        let found = explore_with(|books, verb| {
            let mut after = call(books, verb)?;
            if let Verb::Settle(..) = verb {
                after.ledger.owed = books.owed();
            }
            Ok(after)
        });
        let found = found.unwrap_err();
        assert!(found.law.starts_with("I1"), "{found}");
        assert!(found.trace.last().unwrap().starts_with("Settle"), "{found}");
        assert_eq!(found.trace.len(), 3, "{found}");
    }

    #[test]
    fn fees_that_are_paid_twice_are_found() {
        let found = explore_with(|books, verb| {
            let mut after = call(books, verb)?;
            if verb == Verb::ClaimFees {
                after.moved.to_platform *= 2;
            }
            Ok(after)
        });
        assert!(found.unwrap_err().law.starts_with("I3"));
    }

    #[test]
    fn a_milestone_that_is_funded_in_part_is_found() {
        let found = explore_with(|books, verb| match verb {
            Verb::Fund(index, -1) => call(books, Verb::Fund(index, 0)),
            _ => call(books, verb),
        });
        assert_eq!(found.unwrap_err().law, "not refused, against the specification");
    }
}
