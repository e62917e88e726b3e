//! What anybody can read.

use crate::batch::{MAX_ITEMS, item};
use crate::context::Context;
use crate::error::{Error, OrRefuse, require};
use crate::payout;
use crate::rules::{self, Outcome, Parties, add, fee};
use crate::types::{Balances, Escrow, Flags, Milestone, Position, Totals};
use soroban_sdk::{Address, Env, Vec};

pub fn escrow(env: &Env) -> Escrow {
    let context = Context::read(env);
    let ledger = &context.ledger;
    let mut stuck = Vec::new(env);
    for way in context.conditions.stuck(ledger.without_due).iter().flatten() {
        stuck.push_back(*way);
    }
    Escrow {
        revision: context.agreement.revision,
        state: ledger.state(),
        totals: Totals {
            milestones: ledger.milestones,
            funded: ledger.funded,
            settled: ledger.settled,
            amount: ledger.amount,
            gross: ledger.gross,
            deposited: ledger.deposited,
            reserved: ledger.reserved,
            paid: ledger.paid,
            refunded: ledger.refunded().or_refuse(env),
            fees: ledger.fees,
            credited: ledger.credited().or_refuse(env),
        },
        stuck,
        terms: context.agreement.terms,
    }
}

pub fn milestone(env: &Env, index: u32) -> Milestone {
    view(&Context::read(env), index)
}

pub fn milestones(env: &Env, start: u32, limit: u32) -> Vec<Milestone> {
    let context = Context::read(env);
    require(env, limit <= MAX_ITEMS, Error::TooLarge);
    let mut page = Vec::new(env);
    for index in start..start.saturating_add(limit).min(context.ledger.milestones) {
        page.push_back(view(&context, index));
    }
    page
}

pub fn claimable(env: &Env, owner: &Address, milestones: &Vec<u32>) -> i128 {
    let mut context = Context::read(env);
    context.require_list(milestones.len(), 0);
    let mut claimable =
        if *owner == context.roles().platform { context.ledger.fees_owed } else { 0 };
    for position in 0..milestones.len() {
        let index = item(milestones, position);
        context.name(index);
        let record = context.milestone(index);
        let side = context.party(&record, owner);
        let credit = record.state.credit(side, context.conditions.fee_bps).or_refuse(env);
        add(&mut claimable, credit).or_refuse(env);
    }
    claimable
}

pub fn balances(env: &Env) -> Balances {
    let context = Context::read(env);
    let balance = payout::balance(env, &context.agreement.terms.token);
    Balances {
        balance,
        reserved: context.ledger.reserved,
        credited: context.ledger.credited().or_refuse(env),
        unreserved: context.ledger.unreserved(balance).or_refuse(env),
    }
}

#[inline(never)]
fn view(context: &Context, index: u32) -> Milestone {
    let record = context.milestone(index);
    let state = &record.state;
    let roles = context.roles();
    let payer_and_receiver =
        Vec::from_array(context.env, [roles.payer.clone(), record.receiver.clone()]);
    let resumes = u16::from(state.resumes.payer) | u16::from(state.resumes.receiver) << 1;
    let offers = if state.offers.seats == context.agreement.seats {
        [state.offers.payer, state.offers.receiver]
    } else {
        [None; 2]
    };
    // Votes are seats of the lists as they were: who held them under former lists, events tell.
    let current = index >= context.agreement.former;
    let (approvals, releases) = if current { (state.approvals, state.releases) } else { (0, 0) };
    let both = Parties { payer: true, receiver: true };
    Milestone {
        milestone: index,
        fee: fee(state.amount, context.conditions.fee_bps),
        amount: state.amount,
        approvals_required: state.approvals_required,
        due: state.due,
        revision: state.revision,
        funded: state.funded,
        status: state.status,
        flags: flags(state),
        approved_by: voters(&roles.approvers, approvals),
        signed_by: voters(&roles.release_signers, releases),
        resumed_by: voters(&payer_and_receiver, resumes),
        rulings: positions(&roles.dispute_resolvers, &state.rulings),
        offers: positions(&payer_and_receiver, &offers),
        completed_at: state.completed_at,
        approved_at: state.approved_at.unwrap_or(0),
        disputed_at: state.disputed_at.unwrap_or(0),
        open_at: state.open_at(&context.conditions).unwrap_or(0),
        reclaim_at: state.reclaim_at().unwrap_or(0),
        default_at: state.default_at(&context.conditions).unwrap_or(0),
        to_receiver: state.to_receiver,
        credited: state.credit(both, context.conditions.fee_bps).or_refuse(context.env),
        title: record.title,
        description: record.description,
        document: record.document,
        receiver: record.receiver,
        note: record.note,
        evidence: record.evidence,
        reason: record.reason,
    }
}

fn flags(state: &rules::Milestone) -> Flags {
    Flags {
        approved: state.approved_at.is_some(),
        disputed: state.disputed_at.is_some(),
        released: state.outcome == Some(Outcome::Released),
        resolved: state.outcome == Some(Outcome::Resolved),
        refunded: state.outcome == Some(Outcome::Refunded),
    }
}

/// The members whose bit is set.
#[inline(never)]
fn voters(members: &Vec<Address>, votes: u16) -> Vec<Address> {
    let mut voters = Vec::new(members.env());
    for seat in 0..members.len() {
        if votes.checked_shr(seat).is_some_and(|votes| votes & 1 == 1) {
            voters.push_back(item(members, seat));
        }
    }
    voters
}

/// The members who stand for a split, with it.
#[inline(never)]
fn positions(members: &Vec<Address>, splits: &[Option<i128>]) -> Vec<Position> {
    let mut positions = Vec::new(members.env());
    for (seat, split) in (0..members.len()).zip(splits) {
        if let Some(to_receiver) = *split {
            positions.push_back(Position { party: item(members, seat), to_receiver });
        }
    }
    positions
}
