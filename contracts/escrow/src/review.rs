//! The usual way: work is reported, approved or rejected, and paid.

use crate::Error;
use crate::batch::{Load, each};
use crate::context::Context;
use crate::event::{Approved, Confirmed, Rejected, Released, StatusChanged};
use crate::rules::Outcome;
use crate::types::{Payout, StatusUpdate};
use soroban_sdk::{Address, Env, String, Vec};

pub const MAX_NOTE_BYTES: u32 = 500;

pub fn change_status(
    env: &Env,
    provider: &Address,
    updates: &Vec<StatusUpdate>,
) -> Result<(), Error> {
    let context = Context::open(env)?;
    if !context.roles().service_providers.contains(provider) {
        return Err(Error::NotServiceProvider);
    }
    let mut load = Load::default();
    each(updates, |update| {
        load.optional_text(&update.note, MAX_NOTE_BYTES)?;
        load.optional_text(&update.evidence, MAX_NOTE_BYTES)?;
        let mut record = context.milestone(update.milestone)?;
        record.state.report(update.status, context.now)?;
        record.note = update.note.or(record.note);
        record.evidence = update.evidence.or(record.evidence);
        context.save(update.milestone, &record);
        Ok(())
    })?;
    StatusChanged { provider: provider.clone(), updates: updates.clone() }.publish(env);
    Ok(())
}

pub fn approve(env: &Env, approver: &Address, payouts: &Vec<Payout>) -> Result<(), Error> {
    let context = Context::open(env)?;
    let seat = context.approver(approver)?;
    let mut milestones = Vec::new(env);
    let mut approved = Vec::new(env);
    each(payouts, |payout| {
        let mut record = context.agreed(&payout)?;
        record.state.approve(seat, context.now)?;
        context.save(payout.milestone, &record);
        milestones.push_back(payout.milestone);
        if record.state.approved_at.is_some() {
            approved.push_back(payout.milestone);
        }
        Ok(())
    })?;
    Approved { approver: approver.clone(), milestones, approved }.publish(env);
    Ok(())
}

pub fn reject(
    env: &Env,
    approver: &Address,
    milestones: &Vec<u32>,
    reason: &String,
) -> Result<(), Error> {
    let context = Context::open(env)?;
    context.approver(approver)?;
    Load::default().text(reason, MAX_NOTE_BYTES)?;
    each(milestones, |index| {
        let mut record = context.milestone(index)?;
        record.state.reject(context.conditions.policy.review_window, context.now)?;
        record.note = Some(reason.clone());
        context.save(index, &record);
        Ok(())
    })?;
    let (approver, milestones, reason) = (approver.clone(), milestones.clone(), reason.clone());
    Rejected { approver, milestones, reason }.publish(env);
    Ok(())
}

pub fn release(env: &Env, signer: &Address, payouts: &Vec<Payout>) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    let seat = context.signer(signer);
    let mut voted = Vec::new(env);
    each(payouts, |payout| {
        let mut record = context.agreed(&payout)?;
        if record.state.release(seat, &context.conditions, context.now)? {
            let amount = record.state.amount;
            context.settle(payout.milestone, &mut record, Outcome::Released, amount)
        } else {
            context.save(payout.milestone, &record);
            voted.push_back(payout.milestone);
            Ok(())
        }
    })?;
    let settled = context.pay()?;
    Released { signer: signer.clone(), voted, settled }.publish(env);
    Ok(())
}

pub fn confirm(env: &Env, signer: &Address, payouts: &Vec<Payout>) -> Result<(), Error> {
    let mut context = Context::open(env)?;
    let approver = context.approver(signer)?;
    let seat = context.signer(signer);
    let mut milestones = Vec::new(env);
    let mut approved = Vec::new(env);
    each(payouts, |payout| {
        let mut record = context.agreed(&payout)?;
        let pays = record.state.confirm(approver, seat, &context.conditions, context.now)?;
        milestones.push_back(payout.milestone);
        if record.state.approved_at.is_some() {
            approved.push_back(payout.milestone);
        }
        if pays {
            let amount = record.state.amount;
            context.settle(payout.milestone, &mut record, Outcome::Released, amount)
        } else {
            context.save(payout.milestone, &record);
            Ok(())
        }
    })?;
    let settled = context.pay()?;
    Confirmed { signer: signer.clone(), milestones, approved, settled }.publish(env);
    Ok(())
}
