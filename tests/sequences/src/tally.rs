//! What a run has tried: a generator that only makes refusals proves nothing.

use super::order::Order;
use super::seen::Answer;
use escrow::Error;
use std::collections::BTreeMap;
use tests::{Outcome, Refusal};

/// How often an entry point was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    pub succeeded: u64,
    pub refused: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sequences: u64,
    pub steps: u64,
    pub calls: BTreeMap<&'static str, Calls>,
    pub errors: BTreeMap<Error, u64>,
    /// Calls that lacked a signature.
    pub unsigned: u64,
    /// Payouts that could not be made, and were credited.
    pub credited: u64,
}

impl Tally {
    pub fn count(&mut self, order: &Order, outcome: &Outcome<Answer>) {
        let calls = self.calls.entry(order.name()).or_default();
        match outcome {
            Ok(_) => calls.succeeded += 1,
            Err(refusal) => {
                calls.refused += 1;
                match refusal {
                    Refusal::Contract(error) => *self.errors.entry(*error).or_default() += 1,
                    Refusal::Auth => self.unsigned += 1,
                    Refusal::Trap(_) => {}
                }
            }
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.sequences += other.sequences;
        self.steps += other.steps;
        self.unsigned += other.unsigned;
        self.credited += other.credited;
        for (name, calls) in &other.calls {
            let sum = self.calls.entry(name).or_default();
            sum.succeeded += calls.succeeded;
            sum.refused += calls.refused;
        }
        for (error, times) in &other.errors {
            *self.errors.entry(*error).or_default() += times;
        }
    }

    pub fn all(&self) -> Calls {
        self.calls.values().fold(Calls::default(), |all, calls| Calls {
            succeeded: all.succeeded + calls.succeeded,
            refused: all.refused + calls.refused,
        })
    }
}
