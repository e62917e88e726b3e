//! The ways out that need nobody else's ruling: agreement, giving back, taking back, claiming.

use crate::Error;
use crate::batch::{check, each};
use crate::context::Context;
use crate::event::{Claimed, Offered, Reclaimed, Refunded};
use crate::rules::{Outcome, gross, split};
use crate::storage::Record;
use crate::types::Ruling;
use crate::{payout, seats, storage};
use soroban_sdk::{Address, Env, Vec};

pub fn settle(env: &Env, party: &Address, rulings: &Vec<Ruling>) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    each(rulings, |offer| {
        let mut record = context.milestone(offer.milestone)?;
        let side = context.party(&record, party);
        if !side.any() {
            return Err(Error::NotParty);
        }
        if record.state.offer(side, offer.to_receiver, context.agreement.seats)? {
            context.settle(offer.milestone, &mut record, Outcome::Resolved, offer.to_receiver)
        } else {
            context.save(offer.milestone, &record);
            Ok(())
        }
    })?;
    let settled = context.pay()?;
    Offered { party: party.clone(), rulings: rulings.clone(), settled }.publish(env);
    Ok(())
}

pub fn refund(
    env: &Env,
    receiver: &Address,
    milestones: &Vec<u32>,
    amount: i128,
) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    give_back(&mut context, milestones, amount, |record, _| {
        if record.receiver != *receiver {
            return Err(Error::NotReceiver);
        }
        record.state.refund()
    })?;
    let settled = context.pay()?;
    Refunded { receiver: receiver.clone(), settled }.publish(env);
    Ok(())
}

pub fn reclaim(
    env: &Env,
    payer: &Address,
    milestones: &Vec<u32>,
    amount: i128,
) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    context.require_payer(payer)?;
    give_back(&mut context, milestones, amount, |record, now| record.state.reclaim(now))?;
    let settled = context.pay()?;
    Reclaimed { payer: payer.clone(), settled }.publish(env);
    Ok(())
}

pub fn claim(
    env: &Env,
    owner: &Address,
    milestones: &Vec<u32>,
    to: &Option<Address>,
) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    let token = context.agreement.terms.token.clone();
    let to = to.as_ref().unwrap_or(owner);
    seats::may_receive(env, &token, to)?;
    check(milestones)?;
    let mut owed = 0_i128;
    for index in milestones.try_iter() {
        let index = index.map_err(|_| Error::Malformed)?;
        let mut record = context.milestone(index)?;
        let credit = credit_of(&context, &record, owner)?;
        if credit > 0 {
            let side = context.party(&record, owner);
            record.state.owed = record.state.owed.without(side);
            context.save(index, &record);
            owed = owed.checked_add(credit).ok_or(Error::Overflow)?;
        }
    }
    context.ledger.discharge(owed)?;
    let fees = if *owner == context.roles().platform { context.ledger.take_fees() } else { 0 };
    let amount = owed.checked_add(fees).ok_or(Error::Overflow)?;
    if amount == 0 {
        return Err(Error::NothingToClaim);
    }
    storage::save_ledger(env, &context.ledger);
    payout::send(env, &token, to, amount)?;
    let (owner, milestones, to) = (owner.clone(), milestones.clone(), to.clone());
    Claimed { owner, milestones, fees, amount, to }.publish(env);
    Ok(())
}

/// What is owed to an address on one milestone.
pub fn credit_of(context: &Context, record: &Record, owner: &Address) -> Result<i128, Error> {
    let state = &record.state;
    let split = split(state.amount, context.conditions.fee_bps, state.to_receiver)?;
    let side = context.party(record, owner);
    let mut owed = 0_i128;
    if side.receiver && state.owed.receiver {
        owed = split.to_receiver;
    }
    if side.payer && state.owed.payer {
        owed = owed.checked_add(split.to_payer).ok_or(Error::Overflow)?;
    }
    Ok(owed)
}

/// Settles each milestone in the payer's favour, if together they are worth exactly `amount`.
fn give_back(
    context: &mut Context,
    milestones: &Vec<u32>,
    amount: i128,
    may: impl Fn(&Record, u64) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut returned = 0_i128;
    each(milestones, |index| {
        let mut record = context.milestone(index)?;
        may(&record, context.now)?;
        let gross = gross(record.state.amount, context.conditions.fee_bps)?;
        returned = returned.checked_add(gross).ok_or(Error::Overflow)?;
        context.settle(index, &mut record, Outcome::Refunded, 0)
    })?;
    if returned == amount { Ok(()) } else { Err(Error::AmountMismatch) }
}
