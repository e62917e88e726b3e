//! The escrow as its specification tells of it: plain Rust, small numbers for addresses, lengths for
//! texts. It shares no rule with the contract, so that one error cannot hide in both.

mod escrow;
mod lists;
mod milestone;
mod terms;
mod token;
mod verbs;
mod views;
mod work;

pub use escrow::Escrow;
pub use milestone::Milestone;
pub use token::{Token, Tokens};

use super::action::Party;
use super::cast;
use super::order::Order;
use super::seen::Answer;
use ::escrow::Error;
use tests::Refusal;

/// All escrows, all tokens, and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub now: u64,
    pub tokens: Tokens,
    pub escrows: [Option<Escrow>; cast::ESCROWS as usize],
    pub flaw: Option<Flaw>,
}

/// What a model gets wrong on purpose, to see that a sequence finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The fee is rounded up.
    RoundsUp,
    /// A deadline is a second late.
    Late,
    /// A redirect voids no release votes.
    KeepsVotes,
}

/// Whose signatures a call carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatures {
    pub by: Vec<Party>,
    /// Whether a funding's signature covers the transfer.
    pub transfer: bool,
}

impl Signatures {
    /// As the call needs them.
    pub fn right(order: &Order) -> Self {
        Self { by: order.signers(), transfer: true }
    }
}

impl Model {
    pub fn new(now: u64, flaw: Option<Flaw>) -> Self {
        Self { now, tokens: Tokens::default(), escrows: Default::default(), flaw }
    }

    /// What becomes of a call. A refusal changes nothing.
    pub fn call(
        &mut self,
        slot: u8,
        order: &Order,
        signed: &Signatures,
    ) -> Result<Answer, Refusal> {
        let mut signatures = signed.by.clone();
        for signer in order.signers() {
            let place = signatures.iter().position(|by| *by == signer).ok_or(Refusal::Auth)?;
            signatures.swap_remove(place);
        }
        let outcome = self.clone().after(slot, order, signed.transfer);
        let (after, answer) = outcome.map_err(Refusal::Contract)?;
        *self = after;
        Ok(answer)
    }

    /// The model after a call that is rightly signed.
    fn after(mut self, slot: u8, order: &Order, transfer: bool) -> Result<(Self, Answer), Error> {
        let place = usize::from(slot);
        let at = cast::escrow(slot);
        let (escrow, answer) = match (self.escrows[place].take(), order) {
            (None, Order::Open { terms, milestones, total }) => {
                let token = self.tokens.at(terms.token).filter(|token| token.balance(at).is_some());
                let escrow = Escrow::open(at, terms, milestones, *total, token, self.now)?;
                (escrow, Answer::Nothing)
            }
            (Some(mut escrow), order) => {
                escrow.begin(self.now, self.flaw);
                let answer = escrow.call(&mut self.tokens, order, transfer)?;
                (escrow, answer)
            }
            (None, order) => panic!("no escrow is open to {}", order.name()),
        };
        self.escrows[place] = Some(escrow);
        Ok((self, answer))
    }

    /// The moments ahead at which something changes, in order.
    pub fn moments(&self) -> Vec<u64> {
        let escrows = self.escrows.iter().flatten();
        let mut moments: Vec<u64> =
            escrows.flat_map(Escrow::moments).filter(|at| *at >= self.now).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }
}
