//! The states in which calls are tried.

use escrow::*;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, BytesN, Env, Vec};
use tests::*;

pub const ALL: [fn() -> World; 11] = [
    unfunded,
    funded,
    completed,
    approved,
    reviewed,
    disputed,
    credited,
    late,
    buyer_alone,
    at_its_largest,
    at_its_largest_in_dispute,
];

/// With tokens enough to fund it, sent here and with the payer.
fn unfunded() -> World {
    let w = World::new();
    w.mint(&w.payer, 5_000 * ONE);
    w.deposit(5_000 * ONE);
    w
}

fn funded() -> World {
    let w = World::new();
    w.fund_all();
    w
}

fn completed() -> World {
    let w = funded();
    w.complete(&[0, 1, 2]);
    w
}

fn approved() -> World {
    let w = completed();
    w.approve_all(&[0, 1, 2]);
    w
}

/// All completed, one approved, and one approval short.
fn reviewed() -> World {
    let w = completed();
    w.approve_all(&[0]);
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(1)]), Ok(()));
    w
}

/// For so long that the fallback may be applied; one resolver has ruled, the payer offers a split.
fn disputed() -> World {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0, 1, 2], "late"), Ok(()));
    let half = |milestone| Ruling { milestone, to_receiver: 500 * ONE };
    let halves = [half(0), half(1), half(2)];
    assert_eq!(w.resolve(&w.resolvers[0], &halves), Ok(()));
    assert_eq!(w.settle(&w.payer, &halves), Ok(()));
    w.wait(14 * DAY);
    w
}

/// One milestone is released to a receiver who could not be paid then, and can now.
fn credited() -> World {
    let w = reviewed();
    freeze(&w, &w.providers[0], true);
    assert_eq!(release(&w, &[0]), Ok(()));
    freeze(&w, &w.providers[0], false);
    w
}

/// Nothing was completed in time.
fn late() -> World {
    let w = funded();
    w.wait(31 * DAY);
    w
}

fn buyer_alone() -> World {
    let w = World::with(buyer_confirms);
    w.fund_all();
    w
}

/// Fifty milestones with the longest texts, each for a receiver of its own, approved and ready to
/// be released, in an escrow with ten members in every role.
fn at_its_largest() -> World {
    let w = largest();
    let payouts: std::vec::Vec<_> = (0..50).map(|milestone| w.payout(milestone)).collect();
    assert_eq!(w.approve(&w.approvers[0], &payouts), Ok(()));
    w
}

/// The same, disputed, with every resolver and the payer standing for another split.
fn at_its_largest_in_dispute() -> World {
    let w = largest();
    let milestones: std::vec::Vec<_> = (0..40).collect();
    let reason = "x".repeat(500);
    assert_eq!(w.dispute(&w.payer, &milestones, &reason), Ok(()));
    for (number, resolver) in (1..).zip(&w.resolvers[..9]) {
        assert_eq!(w.resolve(resolver, &splits(&milestones, number)), Ok(()));
    }
    assert_eq!(w.settle(&w.payer, &splits(&milestones, 10)), Ok(()));
    w
}

fn splits(milestones: &[u32], to_receiver: i128) -> std::vec::Vec<Ruling> {
    milestones.iter().map(|milestone| Ruling { milestone: *milestone, to_receiver }).collect()
}

fn largest() -> World {
    let w = World::with(|env, plan| {
        fill(env, &mut plan.terms);
        plan.milestones = std::vec![longest(env)];
    });
    w.env.cost_estimate().disable_resource_limits();
    for there in (1..50).step_by(7) {
        let new: std::vec::Vec<_> = (0..7).map(|_| longest(&w.env)).collect();
        let total = i128::from(there + 7) * ONE;
        assert_eq!(w.manage_milestones(&w.admin, 0, &[], &new, total), Ok(()));
    }
    w.fund_all();
    for milestone in 0..50 {
        let text = Some(w.text(&"x".repeat(500)));
        let (note, evidence) = (text.clone(), text);
        let update = StatusUpdate { milestone, status: Status::InProgress, note, evidence };
        assert_eq!(w.change_status(&w.providers[0], &[update]), Ok(()));
    }
    w
}

/// Ten members in each role list, and the longest texts.
fn fill(env: &Env, terms: &mut Terms) {
    terms.engagement_id = long(env, 64);
    terms.title = long(env, 100);
    terms.description = long(env, 500);
    terms.document = Some(BytesN::from_array(env, &[7; 32]));
    let roles = &mut terms.roles;
    for list in [
        &mut roles.approvers,
        &mut roles.service_providers,
        &mut roles.release_signers,
        &mut roles.dispute_resolvers,
        &mut roles.observers,
    ] {
        *list = Vec::from_iter(env, (0..10).map(|_| Address::generate(env)));
    }
}

fn longest(env: &Env) -> NewMilestone {
    NewMilestone {
        description: long(env, 500),
        document: Some(BytesN::from_array(env, &[7; 32])),
        receiver: Some(Address::generate(env)),
        approvals_required: 1,
        ..milestone(env, &"x".repeat(100), ONE)
    }
}

fn long(env: &Env, bytes: usize) -> soroban_sdk::String {
    soroban_sdk::String::from_str(env, &"x".repeat(bytes))
}
