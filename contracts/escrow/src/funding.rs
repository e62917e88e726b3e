//! Money in, and money that is nobody's but the payer's out again.

use crate::Error;
use crate::context::Context;
use crate::event::{DepositCounted, Funded, Withdrawn};
use crate::{payout, storage};
use soroban_sdk::{Address, Env};

pub fn fund(
    env: &Env,
    payer: &Address,
    through: u32,
    amount: i128,
    revision: u32,
) -> Result<(), Error> {
    let mut context = Context::open(env);
    reserve(&mut context, payer, through, amount, revision)?;
    payout::receive(env, &context.agreement.terms.token, payer, amount)?;
    Funded { payer: payer.clone(), through, amount }.publish(env);
    Ok(())
}

pub fn count_deposit(
    env: &Env,
    payer: &Address,
    through: u32,
    amount: i128,
    revision: u32,
) -> Result<(), Error> {
    let mut context = Context::open(env);
    let token = context.agreement.terms.token.clone();
    context.require_payer(payer)?;
    let unreserved = context.ledger.unreserved(payout::balance(env, &token)?)?;
    reserve(&mut context, payer, through, amount, revision)?;
    if unreserved < amount {
        return Err(Error::UnreservedTooLow);
    }
    DepositCounted { payer: payer.clone(), through, amount }.publish(env);
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

/// Reserves the milestones through `through`, for exactly what they take.
fn reserve(
    context: &mut Context,
    payer: &Address,
    through: u32,
    amount: i128,
    revision: u32,
) -> Result<(), Error> {
    context.require_payer(payer)?;
    context.require_revision(revision)?;
    let last = context.milestone(through);
    context.ledger.fund(through, &last.state, amount)?;
    storage::save_ledger(context.env, &context.ledger);
    Ok(())
}
