//! When the sides disagree: a dispute stops a milestone until it is ruled on, dropped, or timed out.

use crate::batch::Load;
use crate::context::{Context, Next};
use crate::error::{Error, OrRefuse};
use crate::event::{Defaulted, Disputed, Resumed, Ruled};
use crate::review::MAX_NOTE_BYTES;
use crate::rules::Outcome;
use crate::types::Ruling;
use soroban_sdk::{Address, Env, String, Vec};

pub fn dispute(env: &Env, party: &Address, milestones: &Vec<u32>, reason: &String) {
    let mut context = Context::open(env);
    let roles = context.roles();
    let member = [&roles.approvers, &roles.service_providers, &roles.release_signers]
        .iter()
        .any(|list| list.contains(party));
    Load::default().text(reason, MAX_NOTE_BYTES);
    context.each(milestones, &mut |context, _, record| {
        let side = context.party(record, party);
        record.state.dispute(side, member, &context.conditions, context.now)?;
        record.reason = (!reason.is_empty()).then(|| reason.clone());
        Ok(Next::Keep)
    });
    let (party, milestones, reason) = (party.clone(), milestones.clone(), reason.clone());
    Disputed { party, milestones, reason }.publish(env);
}

pub fn resume(env: &Env, party: &Address, milestones: &Vec<u32>) {
    let mut context = Context::open(env);
    let mut resumed = Vec::new(env);
    context.each(milestones, &mut |context, index, record| {
        let side = context.party(record, party);
        if record.state.resume(side, context.now)? {
            resumed.push_back(*index);
        }
        Ok(Next::Keep)
    });
    Resumed { party: party.clone(), milestones: milestones.clone(), resumed }.publish(env);
}

pub fn resolve(env: &Env, resolver: &Address, rulings: &Vec<Ruling>) {
    let mut context = Context::open(env);
    let seat = context.resolver(resolver).ok_or(Error::NotDisputeResolver).or_refuse(env);
    context.each(rulings, &mut |context, ruling: &Ruling, record| {
        let barred = context.resolver(&record.receiver);
        let carried = record.state.rule(seat, ruling.to_receiver, barred, &context.conditions)?;
        Ok(if carried { Next::Settle(Outcome::Resolved, ruling.to_receiver) } else { Next::Keep })
    });
    let settled = context.pay();
    Ruled { resolver: resolver.clone(), rulings: rulings.clone(), settled }.publish(env);
    context.tell_completed(true);
}

pub fn resolve_by_default(env: &Env, milestones: &Vec<u32>) {
    let mut context = Context::open(env);
    context.each(milestones, &mut |context, _, record| {
        let to_receiver = record.state.fallback(&context.conditions, context.now)?;
        Ok(Next::Settle(Outcome::Resolved, to_receiver))
    });
    let settled = context.pay();
    Defaulted { settled }.publish(env);
    context.tell_completed(true);
}
