//! Money in, and money that is nobody's but the payer's out again.

use crate::Error;
use crate::context::Context;
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

pub fn fund(
    env: &Env,
    source: Source,
    payer: Address,
    through: u32,
    amount: i128,
    revision: u32,
) -> Result<(), Error> {
    let mut context = Context::open(env);
    context.require_payer(&payer)?;
    context.require_revision(revision)?;
    let last = context.milestone(through);
    context.ledger.fund(through, &last.state, amount)?;
    storage::save_ledger(env, &context.ledger);
    let token = &context.agreement.terms.token;
    if source == Source::Transfer {
        payout::receive(env, token, &payer, amount)?;
        Funded { payer, through, amount }.publish(env);
    } else {
        // What was unreserved before must have covered the amount.
        if context.ledger.unreserved(payout::balance(env, token)?)? < 0 {
            return Err(Error::UnreservedTooLow);
        }
        DepositCounted { payer, through, amount }.publish(env);
    }
    Ok(())
}

pub fn withdraw(env: &Env, payer: &Address, token: &Address) -> Result<(), Error> {
    let context = Context::open(env);
    context.require_payer(payer)?;
    let balance = payout::balance(env, token)?;
    let amount = if *token == context.agreement.terms.token {
        context.ledger.unreserved(balance)?
    } else {
        balance
    };
    if amount <= 0 {
        return Err(Error::NothingToWithdraw);
    }
    payout::send(env, token, payer, amount)?;
    Withdrawn { payer: payer.clone(), token: token.clone(), amount }.publish(env);
    Ok(())
}
