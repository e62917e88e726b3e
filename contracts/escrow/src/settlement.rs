//! The ways out that need nobody else's ruling: agreement, giving back, taking back, claiming.

use crate::batch::{NUMBER_EVENT_BYTES, item};
use crate::context::{Context, Next};
use crate::error::{Error, OrRefuse, require};
use crate::event::{Claimed, Offered, Reclaimed, Refunded};
use crate::rules::{Outcome, add, gross};
use crate::storage::{self, Record};
use crate::types::Ruling;
use crate::{payout, seats};
use soroban_sdk::{Address, Env, Vec};

pub fn settle(env: &Env, party: &Address, rulings: &Vec<Ruling>) {
    let mut context = Context::open(env);
    context.each(rulings, &mut |context, offer: &Ruling, record| {
        let side = context.party(record, party);
        let agreed = record.state.offer(side, offer.to_receiver, context.agreement.seats)?;
        Ok(if agreed { Next::Settle(Outcome::Resolved, offer.to_receiver) } else { Next::Keep })
    });
    let settled = context.pay();
    Offered { party: party.clone(), rulings: rulings.clone(), settled }.publish(env);
    context.tell_completed(true);
}

pub fn refund(env: &Env, receiver: &Address, milestones: &Vec<u32>, amount: i128) {
    let mut context = Context::open(env);
    give_back(&mut context, milestones, amount, &|_, record| {
        if record.receiver != *receiver {
            return Err(Error::NotReceiver);
        }
        record.state.refund()
    });
    let settled = context.pay();
    Refunded { receiver: receiver.clone(), settled }.publish(env);
    context.tell_completed(true);
}

pub fn reclaim(env: &Env, payer: &Address, milestones: &Vec<u32>, amount: i128) {
    let mut context = Context::open(env);
    context.require_payer(payer);
    give_back(&mut context, milestones, amount, &|context, record| {
        record.state.reclaim(context.now)
    });
    let settled = context.pay();
    Reclaimed { payer: payer.clone(), settled }.publish(env);
    context.tell_completed(true);
}

pub fn claim(env: &Env, owner: Address, milestones: Vec<u32>, to: Option<Address>) {
    let mut context = Context::open(env);
    let token = context.agreement.terms.token.clone();
    let to = to.unwrap_or_else(|| owner.clone());
    seats::may_receive(env, &token, &to);
    context.require_list(milestones.len(), NUMBER_EVENT_BYTES);
    let mut owed = 0_i128;
    for position in 0..milestones.len() {
        let index = item(&milestones, position);
        context.name(index);
        let mut record = context.milestone(index);
        let side = context.party(&record, &owner);
        let credit = record.state.take_credit(side, context.conditions.fee_bps).or_refuse(env);
        if credit > 0 {
            context.save(index, &record);
            add(&mut owed, credit).or_refuse(env);
        }
    }
    context.ledger.discharge(owed).or_refuse(env);
    let fees = if owner == context.roles().platform { context.ledger.take_fees() } else { 0 };
    let mut amount = owed;
    add(&mut amount, fees).or_refuse(env);
    require(env, amount > 0, Error::NothingToClaim);
    storage::save_ledger(env, &context.ledger);
    payout::send(env, &token, &to, amount).or_refuse(env);
    Claimed { owner, milestones, fees, amount, to }.publish(env);
}

/// Settles each milestone in the payer's favour, if together they are worth exactly `amount`.
fn give_back(
    context: &mut Context,
    milestones: &Vec<u32>,
    amount: i128,
    may: &dyn Fn(&Context, &Record) -> Result<(), Error>,
) {
    let mut returned = 0_i128;
    context.each(milestones, &mut |context, _, record| {
        may(context, record)?;
        add(&mut returned, gross(record.state.amount, context.conditions.fee_bps)?)?;
        Ok(Next::Settle(Outcome::Refunded, 0))
    });
    require(context.env, returned == amount, Error::AmountMismatch);
}
