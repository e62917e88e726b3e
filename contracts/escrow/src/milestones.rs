//! Milestones as terms: added, edited and removed while they are not funded.

use crate::Error;
use crate::batch::{Load, MAX_ITEMS, item};
use crate::context::Context;
use crate::event::MilestonesManaged;
use crate::rules::{Ledger, Milestone};
use crate::seats::{self, Changes};
use crate::storage::{self, Agreement, Record};
use crate::terms::{MAX_DESCRIPTION_BYTES, MAX_TITLE_BYTES};
use crate::types::{MilestoneEdit, NewMilestone};
use soroban_sdk::{Address, Env, Vec};

/// What a new milestone or an edit takes in an event, texts apart.
const MILESTONE_EVENT_BYTES: u32 = 300;

pub fn manage(
    env: &Env,
    admin: &Address,
    remove: u32,
    edit: &Vec<MilestoneEdit>,
    added: &Vec<NewMilestone>,
    total: i128,
) -> Result<(), Error> {
    let mut context = Context::open(env);
    context.require_admin(admin)?;
    if remove > MAX_ITEMS {
        return Err(Error::TooLarge);
    }
    if remove == 0 && edit.is_empty() && added.is_empty() {
        return Err(Error::Empty);
    }
    let mut load = Load::default();
    let mut changes = Changes::new(env);
    let revision = context.agreement.revision.checked_add(1).ok_or(Error::Overflow)?;
    context.agreement.revision = revision;
    remove_last(&mut context, remove, &mut changes)?;
    for position in 0..edit.len() {
        let edit = item(edit, position);
        context.name(edit.milestone)?;
        apply(&mut context, edit, &mut changes, &mut load)?;
    }
    add(env, &mut context.agreement, &mut context.ledger, added, &mut changes, &mut load)?;
    check_total(&context.ledger, total)?;
    storage::save_agreement(env, &context.agreement);
    storage::save_ledger(env, &context.ledger);
    let (admin, edit, add) = (admin.clone(), edit.clone(), added.clone());
    MilestonesManaged { admin, remove, edit, add, revision }.publish(env);
    changes.tell(env, &mut load)
}

/// Adds milestones at the end.
pub fn add(
    env: &Env,
    agreement: &mut Agreement,
    ledger: &mut Ledger,
    added: &Vec<NewMilestone>,
    changes: &mut Changes,
    load: &mut Load,
) -> Result<(), Error> {
    if added.len() > MAX_ITEMS {
        return Err(Error::TooLarge);
    }
    for position in 0..added.len() {
        let new = item(added, position);
        let index = ledger.milestones;
        let through = ledger.add(
            positive(new.amount)?,
            new.approvals_required,
            new.due,
            agreement.terms.platform_fee_bps,
        )?;
        let first_provider = agreement.terms.roles.service_providers.first();
        let record = Record {
            title: new.title,
            description: new.description,
            document: new.document,
            note: None,
            evidence: None,
            reason: None,
            receiver: new.receiver.or(first_provider).ok_or(Error::SeatCount)?,
            state: Milestone::new(
                new.amount,
                through,
                new.approvals_required,
                new.due,
                agreement.revision,
            ),
        };
        check_record(env, agreement, &record, load)?;
        load.text(&record.title, MAX_TITLE_BYTES)?;
        load.text(&record.description, MAX_DESCRIPTION_BYTES)?;
        check_due(env, new.due)?;
        changes.note(&record.receiver, true);
        storage::save_milestone(env, index, &record);
    }
    Ok(())
}

pub fn check_total(ledger: &Ledger, total: i128) -> Result<(), Error> {
    if ledger.milestones == 0 {
        return Err(Error::NoMilestones);
    }
    if ledger.amount == total { Ok(()) } else { Err(Error::TotalMismatch) }
}

fn remove_last(context: &mut Context, remove: u32, changes: &mut Changes) -> Result<(), Error> {
    for _ in 0..remove {
        let index = context.ledger.milestones.checked_sub(1).ok_or(Error::UnknownMilestone)?;
        let record = context.milestone(index);
        require_unfunded(&record)?;
        context.ledger.remove_last(&record.state, context.conditions.fee_bps)?;
        changes.note(&record.receiver, false);
        storage::remove_milestone(context.env, index);
    }
    Ok(())
}

fn apply(
    context: &mut Context,
    edit: MilestoneEdit,
    changes: &mut Changes,
    load: &mut Load,
) -> Result<(), Error> {
    let mut record = context.milestone(edit.milestone);
    require_unfunded(&record)?;
    context.ledger.watch(record.state.approvals_required, record.state.due, -1)?;
    load.optional_text(&edit.title, MAX_TITLE_BYTES)?;
    load.optional_text(&edit.description, MAX_DESCRIPTION_BYTES)?;
    record.title = edit.title.unwrap_or(record.title);
    record.description = edit.description.unwrap_or(record.description);
    record.document = edit.document.or(record.document);
    if let Some(receiver) = edit.receiver
        && receiver != record.receiver
    {
        changes.note(&record.receiver, false);
        changes.note(&receiver, true);
        record.receiver = receiver;
    }
    if let Some(due) = edit.due {
        check_due(context.env, due)?;
        record.state.due = due;
    }
    if let Some(approvals) = edit.approvals_required {
        record.state.approvals_required = approvals;
    }
    record.state.move_on()?;
    check_record(context.env, &context.agreement, &record, load)?;
    context.ledger.watch(record.state.approvals_required, record.state.due, 1)?;
    context.save(edit.milestone, &record);
    Ok(())
}

fn require_unfunded(record: &Record) -> Result<(), Error> {
    if record.state.funded { Err(Error::AlreadyFunded) } else { Ok(()) }
}

/// What must hold of a milestone however it came about.
fn check_record(
    env: &Env,
    agreement: &Agreement,
    record: &Record,
    load: &mut Load,
) -> Result<(), Error> {
    load.bytes(MILESTONE_EVENT_BYTES)?;
    let approvers = agreement.terms.roles.approvers.len();
    if !(1..=approvers).contains(&record.state.approvals_required) {
        return Err(Error::ApprovalsOutOfRange);
    }
    seats::may_receive(env, &agreement.terms.token, &record.receiver)
}

fn check_due(env: &Env, due: u64) -> Result<(), Error> {
    if due > 0 && due < env.ledger().timestamp() { Err(Error::DueInPast) } else { Ok(()) }
}

fn positive(amount: i128) -> Result<i128, Error> {
    if amount > 0 { Ok(amount) } else { Err(Error::AmountNotPositive) }
}
