//! When the sides disagree: a dispute stops a milestone until it is ruled on, dropped, or timed out.

use crate::Error;
use crate::batch::{Load, each};
use crate::context::Context;
use crate::event::{Defaulted, Disputed, Resumed, Ruled};
use crate::review::MAX_NOTE_BYTES;
use crate::rules::Outcome;
use crate::types::Ruling;
use soroban_sdk::{Address, Env, String, Vec};

pub fn dispute(
    env: &Env,
    party: &Address,
    milestones: &Vec<u32>,
    reason: &String,
) -> Result<(), Error> {
    let context = Context::open(env)?;
    let roles = context.roles();
    let member = roles.approvers.contains(party)
        || roles.service_providers.contains(party)
        || roles.release_signers.contains(party);
    Load::default().text(reason, MAX_NOTE_BYTES)?;
    each(milestones, |index| {
        let mut record = context.milestone(index)?;
        let side = context.party(&record, party);
        record.state.dispute(side, member, &context.conditions, context.now)?;
        record.reason = (!reason.is_empty()).then(|| reason.clone());
        context.save(index, &record);
        Ok(())
    })?;
    let (party, milestones, reason) = (party.clone(), milestones.clone(), reason.clone());
    Disputed { party, milestones, reason }.publish(env);
    Ok(())
}

pub fn resume(env: &Env, party: &Address, milestones: &Vec<u32>) -> Result<(), Error> {
    let context = Context::open(env)?;
    let mut resumed = Vec::new(env);
    each(milestones, |index| {
        let mut record = context.milestone(index)?;
        let side = context.party(&record, party);
        if !side.any() {
            return Err(Error::NotParty);
        }
        if record.state.resume(side, context.now)? {
            resumed.push_back(index);
        }
        context.save(index, &record);
        Ok(())
    })?;
    Resumed { party: party.clone(), milestones: milestones.clone(), resumed }.publish(env);
    Ok(())
}

pub fn resolve(env: &Env, resolver: &Address, rulings: &Vec<Ruling>) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    let seat = context.resolver(resolver).ok_or(Error::NotDisputeResolver)?;
    each(rulings, |ruling| {
        let mut record = context.milestone(ruling.milestone)?;
        if record.receiver == *resolver {
            return Err(Error::ResolverIsReceiver);
        }
        let barred = context.resolver(&record.receiver);
        if record.state.rule(seat, ruling.to_receiver, barred, &context.conditions)? {
            context.settle(ruling.milestone, &mut record, Outcome::Resolved, ruling.to_receiver)
        } else {
            context.save(ruling.milestone, &record);
            Ok(())
        }
    })?;
    let settled = context.pay()?;
    Ruled { resolver: resolver.clone(), rulings: rulings.clone(), settled }.publish(env);
    Ok(())
}

pub fn resolve_by_default(env: &Env, milestones: &Vec<u32>) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    each(milestones, |index| {
        let mut record = context.milestone(index)?;
        let to_receiver = record.state.fallback(&context.conditions, context.now)?;
        context.settle(index, &mut record, Outcome::Resolved, to_receiver)
    })?;
    let settled = context.pay()?;
    Defaulted { settled }.publish(env);
    Ok(())
}
