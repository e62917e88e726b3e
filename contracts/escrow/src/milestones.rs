//! Milestones as terms: added, edited and removed while they are not funded.

use crate::batch::{Load, MAX_ITEMS, item};
use crate::context::Context;
use crate::error::{Error, OrRefuse, require};
use crate::event::MilestonesManaged;
use crate::rules::{Ledger, Milestone};
use crate::seats::{self, Changes};
use crate::storage::{self, Agreement, Record};
use crate::terms::{MAX_DESCRIPTION_BYTES, MAX_TITLE_BYTES, next};
use crate::types::{MilestoneEdit, NewMilestone, Terms};
use soroban_sdk::{Address, Env, Vec};

/// What a new milestone or an edit takes in an event, texts apart.
const MILESTONE_EVENT_BYTES: u32 = 300;

pub fn manage(
    env: &Env,
    admin: Address,
    remove: u32,
    edit: Vec<MilestoneEdit>,
    added: Vec<NewMilestone>,
    total: i128,
) {
    let mut context = Context::open(env);
    context.require_admin(&admin);
    require(env, remove <= MAX_ITEMS, Error::TooLarge);
    require(env, remove > 0 || !edit.is_empty() || !added.is_empty(), Error::Empty);
    context.require_list(edit.len(), 0);
    let mut load = Load::default();
    let mut changes = Changes::new(env);
    let revision = next(env, context.agreement.revision);
    for _ in 0..remove {
        remove_last(&mut context, &mut changes);
    }
    for position in 0..edit.len() {
        apply(&mut context, item(&edit, position), &mut changes, &mut load);
    }
    let terms = &context.agreement.terms;
    add(env, terms, revision, &mut context.ledger, &added, &mut changes, &mut load);
    check_total(env, &context.ledger, total);
    let Agreement { seats, former, .. } = context.agreement;
    storage::save_agreement(env, revision, seats, former, terms);
    storage::save_ledger(env, &context.ledger);
    MilestonesManaged { admin, remove, edit, add: added, revision }.publish(env);
    changes.tell(env, &mut load);
    context.tell_completed(remove > 0);
}

/// Adds milestones at the end.
pub fn add(
    env: &Env,
    terms: &Terms,
    revision: u32,
    ledger: &mut Ledger,
    added: &Vec<NewMilestone>,
    changes: &mut Changes,
    load: &mut Load,
) {
    require(env, added.len() <= MAX_ITEMS, Error::TooLarge);
    for position in 0..added.len() {
        let new: NewMilestone = item(added, position);
        require(env, new.amount > 0, Error::AmountNotPositive);
        check_due(env, new.due);
        let (index, approvals) = (ledger.milestones, new.approvals_required);
        check_approvals(env, terms, approvals);
        let through =
            ledger.add(new.amount, approvals, new.due, terms.platform_fee_bps).or_refuse(env);
        load.text(&new.title, MAX_TITLE_BYTES);
        load.text(&new.description, MAX_DESCRIPTION_BYTES);
        load.bytes(env, MILESTONE_EVENT_BYTES);
        let first_provider = terms.roles.service_providers.first();
        let receiver = new.receiver.or(first_provider).ok_or(Error::SeatCount).or_refuse(env);
        seats::may_receive(env, &terms.token, &receiver);
        changes.note(&receiver, true);
        let record = Record {
            title: new.title,
            description: new.description,
            document: new.document,
            note: None,
            evidence: None,
            reason: None,
            receiver,
            state: Milestone::new(new.amount, through, approvals, new.due, revision),
        };
        storage::save_milestone(env, index, &record);
    }
}

pub fn check_total(env: &Env, ledger: &Ledger, total: i128) {
    require(env, ledger.milestones > 0, Error::NoMilestones);
    require(env, ledger.amount == total, Error::TotalMismatch);
}

fn remove_last(context: &mut Context, changes: &mut Changes) {
    let env = context.env;
    let last = context.ledger.milestones.checked_sub(1);
    let index = last.ok_or(Error::UnknownMilestone).or_refuse(env);
    let record = context.milestone(index);
    require(env, !record.state.funded, Error::AlreadyFunded);
    context.ledger.remove_last(&record.state, context.conditions.fee_bps).or_refuse(env);
    changes.note(&record.receiver, false);
    storage::remove_milestone(env, index);
}

fn apply(context: &mut Context, edit: MilestoneEdit, changes: &mut Changes, load: &mut Load) {
    let env = context.env;
    context.name(edit.milestone);
    let mut record = context.milestone(edit.milestone);
    let state = &mut record.state;
    require(env, !state.funded, Error::AlreadyFunded);
    load.optional_text(&edit.title, MAX_TITLE_BYTES);
    load.optional_text(&edit.description, MAX_DESCRIPTION_BYTES);
    load.bytes(env, MILESTONE_EVENT_BYTES);
    context.ledger.watch(state.approvals_required, state.due, -1).or_refuse(env);
    if let Some(due) = edit.due {
        check_due(env, due);
        state.due = due;
    }
    if let Some(approvals) = edit.approvals_required {
        check_approvals(env, &context.agreement.terms, approvals);
        state.approvals_required = approvals;
    }
    state.move_on().or_refuse(env);
    context.ledger.watch(state.approvals_required, state.due, 1).or_refuse(env);
    if let Some(receiver) = edit.receiver
        && receiver != record.receiver
    {
        seats::may_receive(env, &context.agreement.terms.token, &receiver);
        changes.note(&record.receiver, false);
        changes.note(&receiver, true);
        record.receiver = receiver;
    }
    record.title = edit.title.unwrap_or(record.title);
    record.description = edit.description.unwrap_or(record.description);
    record.document = edit.document.or(record.document);
    context.save(edit.milestone, &record);
}

fn check_approvals(env: &Env, terms: &Terms, approvals: u32) {
    let seats = terms.roles.approvers.len();
    require(env, (1..=seats).contains(&approvals), Error::ApprovalsOutOfRange);
}

fn check_due(env: &Env, due: u64) {
    require(env, due == 0 || due >= env.ledger().timestamp(), Error::DueInPast);
}
