//! The terms: made once, edited by the admin while nothing is funded, kept alive.

use crate::Error;
use crate::batch::{Load, MAX_ITEMS, item};
use crate::context::Context;
use crate::event::{Created, TtlExtended, Updated};
use crate::rules::Ledger;
use crate::seats::{self, Changes};
use crate::storage::{self, Agreement};
use crate::types::{NewMilestone, Policy, Roles, Terms};
use crate::{milestones, payout};
use soroban_sdk::{Address, Env, Vec};

const MAX_ENGAGEMENT_ID_BYTES: u32 = 64;
pub const MAX_TITLE_BYTES: u32 = 100;
pub const MAX_DESCRIPTION_BYTES: u32 = 500;
const MAX_FEE_BPS: u32 = 3_000;
const TEN_YEARS_SECONDS: u64 = 10 * 365 * 86_400;
/// What terms take in an event, texts and role lists apart.
const TERMS_EVENT_BYTES: u32 = 1_200;
/// What an address takes in an event.
const ADDRESS_BYTES: u32 = 44;

pub fn create(
    env: &Env,
    terms: Terms,
    milestones: Vec<NewMilestone>,
    total: i128,
) -> Result<(), Error> {
    let mut load = Load::default();
    check(env, &terms, &mut load)?;
    let mut agreement = Agreement { revision: 0, seats: 0, terms };
    let mut ledger = Ledger::default();
    let mut changes = Changes::new(env);
    note_all(&mut changes, &agreement.terms.roles);
    milestones::add(env, &mut agreement, &mut ledger, &milestones, &mut changes, &mut load)?;
    milestones::check_total(&ledger, total)?;
    storage::save_agreement(env, &agreement);
    storage::save_ledger(env, &ledger);
    let terms = agreement.terms;
    let (engagement_id, admin) = (terms.engagement_id.clone(), terms.roles.admin.clone());
    Created { engagement_id, admin, terms, milestones }.publish(env);
    changes.tell(env, &mut load)
}

pub fn update(env: &Env, admin: Address, terms: Terms, revision: u32) -> Result<(), Error> {
    let mut context = Context::open(env);
    context.require_admin(&admin)?;
    let mut load = Load::default();
    check(env, &terms, &mut load)?;
    context.require_revision(revision)?;
    if context.ledger.holds() {
        return Err(Error::SomethingFunded);
    }
    if !keeps_what_is_fixed(&context.agreement.terms, &terms) {
        return Err(Error::FixedTerm);
    }
    if context.ledger.approvals_needed() > terms.roles.approvers.len() as usize {
        return Err(Error::ApprovalsOutOfRange);
    }
    let mut changes = Changes::new(env);
    for (old, new) in seats::lists(context.roles()).iter().zip(&seats::lists(&terms.roles)) {
        changes.note_all(old, new, false);
        changes.note_all(new, old, true);
    }
    let revision = revision.checked_add(1).ok_or(Error::Overflow)?;
    context.agreement = Agreement { revision, seats: context.agreement.seats, terms };
    storage::save_agreement(env, &context.agreement);
    Updated { admin, terms: context.agreement.terms, revision }.publish(env);
    changes.tell(env, &mut load)
}

pub fn extend_ttl(
    env: &Env,
    admin: &Address,
    ledgers: u32,
    start: u32,
    limit: u32,
) -> Result<(), Error> {
    let context = Context::read(env);
    context.require_admin(admin)?;
    if limit > MAX_ITEMS {
        return Err(Error::TooLarge);
    }
    let end = start.saturating_add(limit).min(context.ledger.milestones);
    storage::extend(env, ledgers, start..end);
    TtlExtended { admin: admin.clone(), ledgers, start, limit }.publish(env);
    Ok(())
}

/// The rules of terms.
fn check(env: &Env, terms: &Terms, load: &mut Load) -> Result<(), Error> {
    load.text(&terms.engagement_id, MAX_ENGAGEMENT_ID_BYTES)?;
    load.text(&terms.engagement_id, MAX_ENGAGEMENT_ID_BYTES)?;
    load.text(&terms.title, MAX_TITLE_BYTES)?;
    load.text(&terms.description, MAX_DESCRIPTION_BYTES)?;
    payout::balance(env, &terms.token)?;
    seats::check(env, &terms.roles, &terms.token)?;
    load.bytes(TERMS_EVENT_BYTES)?;
    for list in seats::lists(&terms.roles) {
        load.bytes(list.len().saturating_mul(ADDRESS_BYTES))?;
    }
    if terms.platform_fee_bps > MAX_FEE_BPS {
        return Err(Error::FeeTooHigh);
    }
    check_policy(&terms.policy, &terms.roles)
}

fn check_policy(policy: &Policy, roles: &Roles) -> Result<(), Error> {
    for (quorum, seats) in [
        (policy.release_quorum, roles.release_signers.len()),
        (policy.resolve_quorum, roles.dispute_resolvers.len()),
    ] {
        if quorum > seats || (quorum == 0) != (seats == 0) {
            return Err(Error::QuorumOutOfRange);
        }
    }
    if policy.review_window.max(policy.dispute_window) > TEN_YEARS_SECONDS {
        return Err(Error::WindowTooLong);
    }
    Ok(())
}

fn keeps_what_is_fixed(old: &Terms, new: &Terms) -> bool {
    old.engagement_id == new.engagement_id
        && old.roles.payer == new.roles.payer
        && old.roles.admin == new.roles.admin
        && old.roles.platform == new.roles.platform
        && old.token == new.token
        && old.platform_fee_bps == new.platform_fee_bps
}

fn note_all(changes: &mut Changes, roles: &Roles) {
    for holder in [&roles.payer, &roles.admin, &roles.platform] {
        changes.note(holder, true);
    }
    for list in seats::lists(roles) {
        for position in 0..list.len() {
            changes.note(&item(list, position), true);
        }
    }
}
