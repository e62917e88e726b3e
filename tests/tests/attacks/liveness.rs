//! What was found wrong with an existing escrow contract: where it jams, and where it holds money.

use super::*;
use soroban_env_host::InvocationResources;
use soroban_sdk::symbol_short;
use soroban_sdk::testutils::storage::Persistent as _;
use soroban_sdk::testutils::{Address as _, Ledger as _};
use tests::network::{DATA_ENTRY_BYTES, LEDGERS_PER_DAY, TX_EVENT_BYTES};

fn took(w: &World) -> InvocationResources {
    w.env.cost_estimate().resources()
}

/// B-01.
#[test]
fn a_vote_costs_no_more_where_there_are_more_milestones() {
    let cost = |count| {
        let w = World::of(count, |_, _| {});
        w.fund_all();
        assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
        let took = took(&w);
        (took.write_entries, took.write_bytes, took.contract_events_size_bytes)
    };
    let (entries, bytes, events) = cost(3);
    assert!(entries > 0 && bytes > 0 && events > 0);
    assert_eq!((entries, bytes, events), cost(12));
}

/// B-02. The longest of everything that anybody can put into a milestone leaves room for the rest.
#[test]
fn a_milestone_stuffed_with_text_can_still_be_voted_on_disputed_and_ruled_on() {
    let many = |env: &_| soroban_sdk::Vec::from_iter(env, (0..10).map(|_| Address::generate(env)));
    let w = World::with(|env, plan| {
        plan.terms.roles.approvers = many(env);
        plan.terms.roles.dispute_resolvers = many(env);
        plan.terms.policy.resolve_quorum = 10;
        plan.milestones[0].title = soroban_sdk::String::from_str(env, &"t".repeat(100));
        plan.milestones[0].description = soroban_sdk::String::from_str(env, &"d".repeat(500));
        plan.milestones[0].approvals_required = 10;
    });
    w.fund_all();
    let text = "x".repeat(500);
    let (note, evidence) = (Some(w.text(&text)), Some(w.text(&text)));
    let update = StatusUpdate { milestone: 0, status: Status::Completed, note, evidence };
    assert_eq!(w.change_status(&w.providers[0], &[update]), Ok(()));
    w.approve_all(&[0]);
    assert_eq!(w.dispute(&w.payer, &[0], &text), Ok(()));
    assert_eq!(w.settle(&w.payer, &[ruling(0, 1)]), Ok(()));
    for resolver in &w.resolvers {
        assert_eq!(w.resolve(resolver, &[ruling(0, 1_000 * ONE)]), Ok(()));
        assert!(took(&w).write_bytes < DATA_ENTRY_BYTES / 4, "{:?}", took(&w));
    }
    assert!(w.get_milestone(0).flags.resolved);
}

/// B-03. With the network's own settings an extension that asks for too little is none.
#[test]
fn rent_is_really_paid_and_not_only_told() {
    let w = funded();
    let left = || {
        let of =
            |key: u32| w.env.as_contract(&w.escrow, || w.env.storage().persistent().get_ttl(&key));
        let ledger = w.env.as_contract(&w.escrow, || {
            w.env.storage().persistent().get_ttl(&symbol_short!("ledger"))
        });
        [ledger, of(0), of(1)]
    };
    assert_eq!(w.extend_ttl(&w.admin, 2_500_000, 0, 2), Ok(()));
    assert_eq!(left(), [2_500_000; 3]);
    w.env.ledger().with_mut(|ledger| ledger.sequence_number += 2_500_000 - 29 * LEDGERS_PER_DAY);
    assert_eq!(w.report(0, Status::Completed), Ok(()));
    let [used, unused] = [90, 29].map(|days| days * LEDGERS_PER_DAY);
    assert_eq!(left(), [used, used, unused], "what is used is extended by its users");
}

/// B-04.
#[test]
fn one_call_pays_fifty_milestones() {
    let w = World::of(50, |_, _| {});
    w.fund_all();
    w.approve_all(&(0..50).collect::<Vec<_>>());
    let payouts: Vec<_> = (0..50).map(|i| w.payout(i)).collect();
    assert_eq!(w.release(&w.signers[0], &payouts), Ok(()));
    assert!(took(&w).contract_events_size_bytes < TX_EVENT_BYTES);
    assert_eq!(w.balance(&w.providers[0]), 50 * ONE);
}

/// B-05.
#[test]
fn a_platform_that_cannot_be_paid_holds_up_nothing() {
    let (w, coin) = funded_in_coin();
    turn(&w, &coin, Mischief::RefusesTo(w.platform.clone()));
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(1, 1_000 * ONE)]), Ok(()));
    }
    assert_eq!(w.refund(&w.providers[0], &[2], GROSS), Ok(()));
    assert_eq!(coin.held(&w.providers[0]), 2_000 * ONE);
    assert_eq!(w.claim(&w.platform, &[]), refused(Error::TransferFailed));
    assert_eq!(w.claim_to(&w.platform, &[], &w.stranger), Ok(()));
    assert_eq!(coin.held(&w.stranger), 50 * ONE);
}

/// B-05.
#[test]
fn a_receiver_that_cannot_be_paid_has_another_paid() {
    let (w, coin) = funded_in_coin();
    turn(&w, &coin, Mischief::RefusesTo(w.providers[0].clone()));
    w.approve_all(&[0]);
    assert_eq!(w.redirect(&w.providers[0], 0, &w.providers[1]), Ok(()));
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_eq!(coin.held(&w.providers[1]), 1_000 * ONE);
}

/// B-06.
#[test]
fn a_milestone_is_funded_whole_or_not_at_all() {
    let w = World::new();
    w.mint(&w.payer, 2 * GROSS - 1);
    w.assert_refused(Error::AmountMismatch, || w.fund(1, 2 * GROSS - 1));
    assert_eq!(w.fund(0, GROSS), Ok(()));
    w.assert_refused(Error::NotFunded, || w.approve(&w.approvers[0], &[w.payout(1)]));
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_eq!(books(&w), (25 * ONE, 0, 25 * ONE, 0), "nothing is left half paid for");
}

/// B-07.
#[test]
fn more_than_is_open_is_not_funded_and_what_is_left_over_is_the_payers() {
    let w = World::new();
    w.mint(&w.payer, 4 * GROSS);
    w.assert_refused(Error::AmountMismatch, || w.fund(2, 4 * GROSS));
    assert_eq!(w.fund(2, 3 * GROSS), Ok(()));
    w.assert_refused(Error::AlreadyFunded, || w.fund(2, GROSS));
    w.approve_all(&[0, 1, 2]);
    assert_eq!(release(&w, &[0, 1, 2]), Ok(()));
    w.assert_refused(Error::AlreadyFunded, || w.fund(2, GROSS));
    w.deposit(GROSS);
    w.assert_refused(Error::NotPayer, || w.withdraw(&w.resolvers[0], &w.token));
    assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
    assert_eq!(w.balance(&w.payer), 2 * GROSS, "all of it, without a fee");
}

/// B-08.
#[test]
fn approved_work_is_paid_though_no_signer_moves() {
    let w = funded();
    w.approve_all(&[0]);
    w.wait(7 * DAY - 1);
    w.assert_refused(Error::NotReleaseSigner, || w.release(&w.providers[0], &[w.payout(0)]));
    w.wait(1);
    assert_eq!(w.release(&w.providers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 1_000 * ONE);
}

/// B-08.
#[test]
fn both_sides_settle_without_anybody_else() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    assert_eq!(w.settle(&w.payer, &[ruling(0, 400 * ONE)]), Ok(()));
    assert_eq!(w.settle(&w.providers[0], &[ruling(0, 400 * ONE)]), Ok(()));
    assert_eq!((w.balance(&w.providers[0]), w.balance(&w.payer)), (400 * ONE, 615 * ONE));
}

/// B-09.
#[test]
fn a_dispute_stops_its_own_milestone_and_nothing_else() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    w.approve_all(&[1]);
    assert_eq!(release(&w, &[1]), Ok(()));
    assert_eq!(w.refund(&w.providers[0], &[2], GROSS), Ok(()));
    let new = milestone(&w.env, "Four", ONE);
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &[new], 3_001 * ONE), Ok(()));
    assert!(w.get_milestone(0).flags.disputed);
}

/// B-10.
#[test]
fn nobody_without_a_part_disputes_and_both_sides_drop_a_dispute() {
    let w = World::new();
    w.assert_refused(Error::NotFunded, || w.dispute(&w.payer, &[0], ""));
    w.fund_all();
    for who in [&w.stranger, &w.admin, &w.platform, &w.resolvers[0], &w.observers[0]] {
        w.assert_refused(Error::NotParty, || w.dispute(who, &[0], ""));
    }
    w.approve_all(&[0]);
    w.assert_refused(Error::NotParty, || w.dispute(&w.signers[0], &[0], ""));
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
    assert_eq!(w.resume(&w.providers[0], &[0]), Ok(()));
    assert_eq!(release(&w, &[0]), Ok(()));
}

/// B-11.
#[test]
fn a_unit_sent_in_between_makes_no_call_fail() {
    let w = World::new();
    let calls: [&dyn Fn() -> Outcome; 6] = [
        &|| w.fund(2, 3 * GROSS),
        &|| w.refund(&w.providers[0], &[0], GROSS),
        &|| w.dispute(&w.payer, &[1], ""),
        &|| w.resolve(&w.resolvers[0], &[ruling(1, 1)]),
        &|| w.resolve(&w.resolvers[1], &[ruling(1, 1)]),
        &|| w.withdraw(&w.payer, &w.token),
    ];
    w.mint(&w.payer, 3 * GROSS);
    for call in calls {
        w.deposit(1);
        assert_eq!(call(), Ok(()));
    }
    assert_eq!(w.get_balances().unreserved, 0);
    assert_eq!(w.balance(&w.payer), 2 * GROSS - 1 + 6);
}

/// B-12.
#[test]
fn a_unit_sent_in_does_not_keep_the_admin_from_editing() {
    let w = World::new();
    w.deposit(1);
    assert_eq!(w.update(&w.admin, &w.terms, 0), Ok(()));
    assert_eq!(w.manage_milestones(&w.admin, 1, &[edit(0)], &[], 2_000 * ONE), Ok(()));
}
