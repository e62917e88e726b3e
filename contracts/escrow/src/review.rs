//! The usual way: work is reported, approved or rejected, and paid.

use crate::batch::Load;
use crate::context::{Context, Next};
use crate::error::{Error, require};
use crate::event::{Approved, Confirmed, Rejected, Released, StatusChanged};
use crate::rules::Outcome;
use crate::storage::Record;
use crate::types::{Payout, StatusUpdate};
use soroban_sdk::{Address, Env, String, Vec};

pub const MAX_NOTE_BYTES: u32 = 500;

pub fn change_status(env: &Env, provider: &Address, updates: &Vec<StatusUpdate>) {
    let mut context = Context::open(env);
    let provides = context.roles().service_providers.contains(provider);
    require(env, provides, Error::NotServiceProvider);
    let mut load = Load::default();
    context.each(updates, &mut |context, update: &StatusUpdate, record| {
        load.optional_text(&update.note, MAX_NOTE_BYTES);
        load.optional_text(&update.evidence, MAX_NOTE_BYTES);
        record.state.report(update.status, context.now)?;
        if update.note.is_some() {
            record.note = update.note.clone();
        }
        if update.evidence.is_some() {
            record.evidence = update.evidence.clone();
        }
        Ok(Next::Keep)
    });
    StatusChanged { provider: provider.clone(), updates: updates.clone() }.publish(env);
}

pub fn approve(env: &Env, approver: &Address, payouts: &Vec<Payout>) {
    let mut context = Context::open(env);
    let seat = context.approver(approver);
    let mut approved = Vec::new(env);
    context.each(payouts, &mut |context, payout: &Payout, record| {
        payout.matches(record)?;
        record.state.approve(seat, context.now)?;
        if record.state.approved_at.is_some() {
            approved.push_back(payout.milestone);
        }
        Ok(Next::Keep)
    });
    Approved { approver: approver.clone(), milestones: context.named, approved }.publish(env);
}

pub fn reject(env: &Env, approver: &Address, milestones: &Vec<u32>, reason: &String) {
    let mut context = Context::open(env);
    context.approver(approver);
    Load::default().text(reason, MAX_NOTE_BYTES);
    context.each(milestones, &mut |context, _, record| {
        record.state.reject(context.conditions.policy.review_window, context.now)?;
        record.note = (!reason.is_empty()).then(|| reason.clone());
        Ok(Next::Keep)
    });
    let (approver, milestones, reason) = (approver.clone(), milestones.clone(), reason.clone());
    Rejected { approver, milestones, reason }.publish(env);
}

pub fn release(env: &Env, signer: &Address, payouts: &Vec<Payout>) {
    let mut context = Context::open(env);
    let seat = context.signer(signer);
    let mut voted = Vec::new(env);
    context.each(payouts, &mut |context, payout: &Payout, record| {
        let open = record.state.may_release(seat, &context.conditions, context.now)?;
        payout.matches(record)?;
        if record.state.release(open, seat, &context.conditions)? {
            return Ok(Next::Settle(Outcome::Released, payout.amount));
        }
        voted.push_back(payout.milestone);
        Ok(Next::Keep)
    });
    let settled = context.pay();
    Released { signer: signer.clone(), voted, settled }.publish(env);
    context.tell_completed(true);
}

pub fn confirm(env: &Env, signer: &Address, payouts: &Vec<Payout>) {
    let mut context = Context::open(env);
    let approver = context.approver(signer);
    let seat = context.signer(signer);
    let mut approved = Vec::new(env);
    context.each(payouts, &mut |context, payout: &Payout, record| {
        let open = record.state.may_release(seat, &context.conditions, context.now)?;
        payout.matches(record)?;
        record.state.approve(approver, context.now)?;
        let pays = record.state.confirm(open, seat, &context.conditions);
        if record.state.approved_at.is_some() {
            approved.push_back(payout.milestone);
        }
        Ok(if pays { Next::Settle(Outcome::Released, payout.amount) } else { Next::Keep })
    });
    let settled = context.pay();
    let milestones = context.named.clone();
    Confirmed { signer: signer.clone(), milestones, approved, settled }.publish(env);
    context.tell_completed(true);
}

impl Payout {
    /// The milestone is still as the signer of this payout saw it.
    #[inline(never)]
    fn matches(&self, record: &Record) -> Result<(), Error> {
        record.state.live()?;
        if self.revision != record.state.revision {
            Err(Error::RevisionMismatch)
        } else if self.amount != record.state.amount {
            Err(Error::AmountMismatch)
        } else if self.receiver != record.receiver {
            Err(Error::ReceiverMismatch)
        } else {
            Ok(())
        }
    }
}
