//! Money in, and money that is nobody's but the payer's out again.

use crate::context::Context;
use crate::error::{Error, OrRefuse, require};
use crate::event::{DepositCounted, Funded, Withdrawn};
use crate::{payout, storage};
use soroban_sdk::{Address, Env};

/// Where the money to lock comes from.
#[derive(PartialEq)]
pub enum Source {
    /// The payer sends it now.
    Transfer,
    /// It is here already.
    Deposit,
}

pub fn fund(env: &Env, source: Source, payer: Address, through: u32, amount: i128, revision: u32) {
    let mut context = Context::open(env);
    context.require_payer(&payer);
    context.require_revision(revision);
    let last = context.milestone(through);
    context.ledger.fund(through, &last.state, amount).or_refuse(env);
    storage::save_ledger(env, &context.ledger);
    let token = &context.agreement.terms.token;
    if source == Source::Transfer {
        payout::receive(env, token, &payer, amount);
        Funded { payer, through, amount }.publish(env);
    } else {
        // What was unreserved before must have covered the amount.
        let left = context.ledger.unreserved(payout::balance(env, token)).or_refuse(env);
        require(env, left >= 0, Error::UnreservedTooLow);
        DepositCounted { payer, through, amount }.publish(env);
    }
}

pub fn withdraw(env: &Env, payer: Address, token: Address) {
    let context = Context::open(env);
    context.require_payer(&payer);
    let ours = &context.agreement.terms.token;
    let mut amount = payout::balance(env, &token);
    if token == *ours {
        amount = context.ledger.unreserved(amount).or_refuse(env);
    }
    require(env, amount > 0, Error::NothingToWithdraw);
    let held = payout::balance(env, ours);
    payout::send(env, &token, &payer, amount).or_refuse(env);
    // A token may have two addresses for one balance: what is reserved stays, whatever is sent.
    let left = payout::balance(env, ours);
    require(env, token == *ours || left >= held, Error::UnreservedTooLow);
    Withdrawn { payer, token, amount }.publish(env);
}
