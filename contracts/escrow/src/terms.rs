//! The terms: made once, edited by the admin while nothing is funded, kept alive.

use crate::batch::{Load, MAX_ITEMS, item};
use crate::context::Context;
use crate::error::{Error, OrRefuse, require};
use crate::event::{Created, TtlExtended, Updated};
use crate::seats::{self, Changes};
use crate::storage;
use crate::types::{NewMilestone, Roles, Terms};
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

pub fn create(env: &Env, terms: &Terms, milestones: Vec<NewMilestone>, total: i128) {
    let mut load = Load::default();
    check(env, terms, &mut load);
    payout::balance(env, &terms.token);
    let mut ledger = storage::ledger(env);
    let mut changes = Changes::new(env);
    note_all(&mut changes, &terms.roles);
    milestones::add(env, terms, 0, &mut ledger, &milestones, &mut changes, &mut load);
    milestones::check_total(env, &ledger, total);
    storage::save_agreement(env, 0, 0, 0, terms);
    storage::save_ledger(env, &ledger);
    storage::keep_alive(env);
    let (engagement_id, admin) = (terms.engagement_id.clone(), terms.roles.admin.clone());
    Created { engagement_id, admin, terms, milestones }.publish(env);
    changes.tell(env, &mut load);
}

pub fn update(env: &Env, admin: Address, terms: &Terms, revision: u32) {
    let context = Context::open(env);
    context.require_admin(&admin);
    let old = &context.agreement.terms;
    require(env, keeps_what_is_fixed(old, terms), Error::FixedTerm);
    let mut load = Load::default();
    check(env, terms, &mut load);
    context.require_revision(revision);
    require(env, !context.ledger.holds(), Error::SomethingFunded);
    let enough = context.ledger.approvals_needed() <= terms.roles.approvers.len() as usize;
    require(env, enough, Error::ApprovalsOutOfRange);
    let mut changes = Changes::new(env);
    for (old, new) in seats::lists(&old.roles).iter().zip(&seats::lists(&terms.roles)) {
        changes.note_all(old, new, false);
        changes.note_all(new, old, true);
    }
    let revision = next(env, revision);
    let (seats, former) = (context.agreement.seats, context.ledger.funded);
    storage::save_agreement(env, revision, seats, former, terms);
    Updated { admin, terms, revision }.publish(env);
    changes.tell(env, &mut load);
}

pub fn extend_ttl(env: &Env, admin: Address, ledgers: u32, start: u32, limit: u32) {
    let context = Context::read(env);
    context.require_admin(&admin);
    require(env, limit <= MAX_ITEMS, Error::TooLarge);
    let end = start.saturating_add(limit).min(context.ledger.milestones);
    storage::extend(env, ledgers, start..end);
    TtlExtended { admin, ledgers, start, limit }.publish(env);
}

/// The revision after this one.
pub fn next(env: &Env, revision: u32) -> u32 {
    revision.checked_add(1).ok_or(Error::Overflow).or_refuse(env)
}

/// The rules of terms.
fn check(env: &Env, terms: &Terms, load: &mut Load) {
    check_size(env, terms, load);
    seats::check(env, &terms.roles, &terms.token);
    require(env, terms.platform_fee_bps <= MAX_FEE_BPS, Error::FeeTooHigh);
    let (policy, roles) = (&terms.policy, &terms.roles);
    check_quorum(env, policy.release_quorum, roles.release_signers.len());
    check_quorum(env, policy.resolve_quorum, roles.dispute_resolvers.len());
    let longest = policy.review_window.max(policy.dispute_window);
    require(env, longest <= TEN_YEARS_SECONDS, Error::WindowTooLong);
}

fn check_size(env: &Env, terms: &Terms, load: &mut Load) {
    // It is in the event twice: as a topic, and among the terms.
    load.text(&terms.engagement_id, MAX_ENGAGEMENT_ID_BYTES);
    load.text(&terms.engagement_id, MAX_ENGAGEMENT_ID_BYTES);
    load.text(&terms.title, MAX_TITLE_BYTES);
    load.text(&terms.description, MAX_DESCRIPTION_BYTES);
    for list in &seats::lists(&terms.roles) {
        load.bytes(env, list.len().saturating_mul(ADDRESS_BYTES));
    }
    load.bytes(env, TERMS_EVENT_BYTES);
}

fn check_quorum(env: &Env, quorum: u32, seats: u32) {
    let right = quorum <= seats && (quorum == 0) == (seats == 0);
    require(env, right, Error::QuorumOutOfRange);
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
    for list in &seats::lists(roles) {
        for position in 0..list.len() {
            changes.note(&item(list, position), true);
        }
    }
}
