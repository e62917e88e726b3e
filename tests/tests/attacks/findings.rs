//! What an audit found in an existing escrow contract, and what was wrong with its first version.

use super::*;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::xdr::{Limits, WriteXdr};
use soroban_sdk::{IntoVal, Val};

fn refusal(change: impl FnOnce(&mut Plan)) -> Outcome {
    let env = network();
    let asset = env.register_stellar_asset_contract_v2(Address::generate(&env));
    let mut plan = plan(&env, &asset.address());
    change(&mut plan);
    World::deploy(&env, &plan).map(|_| ())
}

#[test]
fn a_fee_that_eats_the_payout_is_refused() {
    assert_eq!(refusal(|plan| plan.terms.platform_fee_bps = 3_000), Ok(()));
    for bps in [3_001, 10_000, u32::MAX] {
        assert_eq!(refusal(|plan| plan.terms.platform_fee_bps = bps), refused(Error::FeeTooHigh));
    }
}

#[test]
fn nobody_opens_an_escrow_with_its_work_approved_already() {
    let w = funded();
    for i in 0..3 {
        let m = w.get_milestone(i);
        assert_eq!((m.status, m.approved_by.len()), (Status::Pending, 0));
        let Flags { approved, disputed, released, resolved, refunded } = m.flags;
        assert!(![approved, disputed, released, resolved, refunded].contains(&true));
    }
    w.assert_refused(Error::NotApproved, || release(&w, &[0]));
    let named = ["amount", "approvals_required", "description", "document", "due"];
    assert_eq!(fields("NewMilestone"), [&named[..], &["receiver", "title"]].concat());
}

#[test]
fn editing_gets_nothing_past_the_checks_of_creation() {
    let w = World::new();
    let update = |change: &dyn Fn(&mut Terms)| {
        let mut terms = w.terms.clone();
        change(&mut terms);
        w.update(&w.admin, &terms, 0)
    };
    let nobody = w.list::<Address>(&[]);
    w.assert_refused(Error::SeatCount, || update(&|t| t.roles.approvers = nobody.clone()));
    w.assert_refused(Error::QuorumOutOfRange, || update(&|t| t.policy.release_quorum = 3));
    w.assert_refused(Error::ResolverOverlap, || {
        update(&|t| t.roles.dispute_resolvers.set(0, t.roles.payer.clone()))
    });
    let add = |new| w.manage_milestones(&w.admin, 0, &[], &[new], 3_001 * ONE);
    let new = milestone(&w.env, "Four", ONE);
    w.assert_refused(Error::AmountNotPositive, || add(NewMilestone { amount: 0, ..new.clone() }));
    w.assert_refused(Error::ApprovalsOutOfRange, || {
        add(NewMilestone { approvals_required: 0, ..new.clone() })
    });
    assert_eq!(add(new), Ok(()));
}

#[test]
fn the_platform_changes_no_terms_and_nobody_changes_the_platform() {
    let w = World::new();
    w.assert_refused(Error::NotAdmin, || w.update(&w.platform, &w.terms, 0));
    let mut terms = w.terms.clone();
    terms.roles.platform = w.admin.clone();
    w.assert_refused(Error::FixedTerm, || w.update(&w.admin, &terms, 0));
    w.assert_refused(Error::NotSeatHolder, || w.rotate(Role::Platform, &w.admin, &w.stranger));
    assert_eq!(w.rotate(Role::Platform, &w.platform, &w.stranger), Ok(()));
}

#[test]
fn an_approval_is_not_taken_back() {
    let w = funded();
    w.complete(&[0]);
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    w.assert_refused(Error::AlreadyVoted, || w.approve(&w.approvers[0], &[w.payout(0)]));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    w.assert_refused(Error::AlreadyApproved, || w.reject(&w.approvers[0], &[0], "changed my mind"));
    w.assert_refused(Error::NotParty, || w.dispute(&w.approvers[0], &[0], ""));
    assert_eq!(release(&w, &[0]), Ok(()));
}

#[test]
fn money_that_nobody_counted_is_never_locked() {
    let w = World::new();
    let take_out = |expected: i128| {
        w.deposit(7);
        let before = w.balance(&w.payer);
        assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
        assert_eq!(w.balance(&w.payer) - before, expected);
    };
    take_out(7);
    w.fund_all();
    take_out(7);
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    take_out(7);
    assert_eq!(w.refund(&w.providers[0], &[0, 1, 2], 3 * GROSS), Ok(()));
    take_out(7);
    assert_eq!(w.balance(&w.escrow), 0);
}

#[test]
fn a_released_milestone_is_not_resolved_and_a_resolved_one_not_released() {
    let w = funded();
    w.approve_all(&[0, 1]);
    let payout = w.payout(1);
    assert_eq!(release(&w, &[0]), Ok(()));
    w.assert_refused(Error::AlreadySettled, || w.resolve(&w.resolvers[0], &[ruling(0, 0)]));
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    w.assert_refused(Error::AlreadyDisputed, || release(&w, &[1]));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(1, 0)]), Ok(()));
    }
    w.assert_refused(Error::AlreadySettled, || w.release(&w.signers[0], &[payout]));
    assert_eq!(books(&w), (GROSS + 25 * ONE, GROSS, 25 * ONE, 0));
}

/// Approvers may approve what was never reported on. Silence approves only what was.
#[test]
fn work_that_was_never_reported_is_paid_by_no_silence() {
    let w = funded();
    w.wait(3_650 * DAY);
    w.assert_refused(Error::NotReleaseSigner, || w.release(&w.stranger, &[w.payout(0)]));
    w.assert_refused(Error::NotApproved, || release(&w, &[0]));
    assert_eq!(w.reclaim(&w.payer, &[0], GROSS), Ok(()));
}

/// Whoever passes the number of decimals can pass a wrong one: amounts are in the smallest unit.
#[test]
fn nobody_tells_the_contract_how_many_decimals_a_token_has() {
    assert!(!file("tests/golden/interface.txt").contains("decimals"));
    let (w, _) = funded_in_coin();
    assert_eq!(books(&w), (3 * GROSS, 3 * GROSS, 0, 0));
}

#[test]
fn each_mistake_has_the_error_that_names_it() {
    let w = funded();
    let payout = w.payout(0);
    let wrong = |change: fn(&mut Payout)| {
        let mut wrong = payout.clone();
        change(&mut wrong);
        w.approve(&w.approvers[0], &[wrong])
    };
    w.assert_refused(Error::UnknownMilestone, || wrong(|p| p.milestone = 3));
    w.assert_refused(Error::RevisionMismatch, || wrong(|p| p.revision += 1));
    w.assert_refused(Error::AmountMismatch, || wrong(|p| p.amount += 1));
    w.assert_refused(Error::ReceiverMismatch, || {
        w.approve(&w.approvers[0], &[Payout { receiver: w.payer.clone(), ..payout.clone() }])
    });
}

#[test]
fn there_are_no_two_contracts_that_drift_apart() {
    let contracts = format!("{}/../contracts", env!("CARGO_MANIFEST_DIR"));
    let names: Vec<_> =
        std::fs::read_dir(contracts).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["escrow"]);
    let w = World::with(buyer_confirms);
    w.fund_all();
    assert_eq!(w.confirm(&w.payer, &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 1_000 * ONE);
}

// The first version.

#[test]
fn what_is_disputed_cannot_be_swept_before_it_is_ruled_on() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    w.assert_refused(Error::NotPayer, || w.withdraw(&w.resolvers[0], &w.token));
    w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(0, 1_000 * ONE)]), Ok(()));
    }
    assert_eq!(w.balance(&w.providers[0]), 1_000 * ONE);
}

#[test]
fn a_ruling_leaves_nothing_over_for_whoever_ruled() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(0, 1)]), Ok(()));
    }
    assert_eq!((w.balance(&w.providers[0]), w.balance(&w.payer)), (1, GROSS - 1));
    assert_eq!(books(&w), (2 * GROSS, 2 * GROSS, 0, 0));
}

#[test]
fn an_event_tells_what_changed_and_not_the_whole_escrow() {
    let bytes = |count| {
        let w = World::of(count, |_, _| {});
        w.fund_all();
        assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
        let events = w.env.events().all().filter_by_contract(&w.escrow);
        events.events().iter().map(|event| event.to_xdr(Limits::none()).unwrap().len()).sum()
    };
    let few: usize = bytes(3);
    assert!((1..400).contains(&few), "{few} bytes");
    assert_eq!(few, bytes(12));
}

/// A number wider than its index would have to be cut, and then names another milestone.
#[test]
fn no_number_is_cut_down_to_an_index() {
    let w = funded();
    let before = w.state();
    for wide in [(1_i128 << 32).into_val(&w.env), (1_u64 << 32).into_val(&w.env)] {
        let wide: Val = wide;
        let list = soroban_sdk::vec![&w.env, wide];
        let args = (&w.providers[0], list, GROSS).into_val(&w.env);
        assert_eq!(w.call(&[&w.providers[0]], "refund", args), refused(Error::Malformed));
    }
    assert_eq!(w.state(), before);
}
