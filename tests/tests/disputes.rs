//! When the sides disagree: who may stop a milestone, and how it goes on or ends.

use escrow::Error::*;
use escrow::*;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, Env};
use tests::*;

const AMOUNT: i128 = 1_000 * ONE;
const GROSS: i128 = 1_025 * ONE;
const REVIEW: u64 = 7 * DAY;
const DISPUTE: u64 = 14 * DAY;

fn funded_with(change: impl FnOnce(&Env, &mut Plan)) -> World {
    let w = World::with(change);
    w.fund_all();
    w
}

fn funded() -> World {
    funded_with(|_, _| {})
}

/// The payer disputes the first milestone.
fn disputed() -> World {
    let w = funded();
    w.dispute(&w.payer, &[0], "").unwrap();
    w
}

fn with_receiver(receiver: impl FnOnce(&Roles) -> Address) -> World {
    funded_with(|_, plan| plan.milestones[0].receiver = Some(receiver(&plan.terms.roles)))
}

fn ruling(milestone: u32, to_receiver: i128) -> Ruling {
    Ruling { milestone, to_receiver }
}

fn rule(w: &World, resolver: usize, to_receiver: i128) -> Outcome {
    w.resolve(&w.resolvers[resolver], &[ruling(0, to_receiver)])
}

fn drop_dispute(w: &World) {
    for party in [&w.payer, &w.providers[0]] {
        assert_eq!(w.resume(party, &[0]), Ok(()));
    }
}

fn resolved(w: &World) -> bool {
    w.get_milestone(0).flags.resolved
}

// Who may dispute.

/// Everybody there is, by name.
fn people(w: &World) -> [(&'static str, &Address); 11] {
    [
        ("payer", &w.payer),
        ("receiver", &w.providers[0]),
        ("approver", &w.approvers[2]),
        ("another provider", &w.providers[1]),
        ("release signer", &w.signers[1]),
        ("admin", &w.admin),
        ("platform", &w.platform),
        ("resolver", &w.resolvers[0]),
        ("another resolver", &w.resolvers[2]),
        ("observer", &w.observers[0]),
        ("stranger", &w.stranger),
    ]
}

#[test]
fn before_the_approval_everybody_with_a_part_in_the_work_may_dispute() {
    let stages: [fn(&World); 4] = [
        |_| {},
        |w| w.complete(&[0]),
        |w| w.approve(&w.approvers[0], &[w.payout(0)]).unwrap(),
        |w| w.set_time(w.get_milestone(0).due + 1),
    ];
    for stage in stages {
        for who in 0..11 {
            let w = funded();
            stage(&w);
            let (name, caller) = people(&w)[who];
            if who < 5 {
                assert_eq!(w.dispute(caller, &[0], "late"), Ok(()), "{name}");
                assert!(w.get_milestone(0).flags.disputed, "{name}");
            } else {
                w.assert_refused(NotParty, || w.dispute(caller, &[0], "late"));
            }
        }
    }
}

#[test]
fn once_work_is_approved_only_payer_and_receiver_may_dispute() {
    for who in 0..11 {
        let w = funded();
        w.approve_all(&[0]);
        let (name, caller) = people(&w)[who];
        if who < 2 {
            assert_eq!(w.dispute(caller, &[0], ""), Ok(()), "{name}");
            let flags = w.get_milestone(0).flags;
            assert!(flags.disputed && flags.approved, "{name}");
        } else {
            w.assert_refused(NotParty, || w.dispute(caller, &[0], ""));
        }
    }
}

#[test]
fn a_receiver_without_a_seat_disputes_its_own_milestone_only() {
    let receivers: [fn(&Roles) -> Address; 5] = [
        |roles| Address::generate(roles.payer.env()),
        |roles| roles.admin.clone(),
        |roles| roles.platform.clone(),
        |roles| roles.observers.get_unchecked(0),
        |roles| roles.dispute_resolvers.get_unchecked(0),
    ];
    for receiver in receivers {
        let w = with_receiver(receiver);
        let receiver = w.get_milestone(0).receiver;
        w.approve_all(&[0]);
        w.assert_refused(NotParty, || w.dispute(&receiver, &[1], ""));
        w.assert_refused(NotParty, || w.dispute(&receiver, &[0, 1], ""));
        // The default receiver of the others is none of this one.
        w.assert_refused(NotParty, || w.dispute(&w.providers[0], &[0], ""));
        assert_eq!(w.dispute(&receiver, &[0], ""), Ok(()));
    }
}

#[test]
fn the_right_of_a_receiver_goes_with_the_payout() {
    let w = funded();
    w.approve_all(&[0]);
    assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()));
    w.assert_refused(NotParty, || w.dispute(&w.providers[0], &[0], ""));
    assert_eq!(w.dispute(&w.stranger, &[0], ""), Ok(()));
    w.assert_refused(NotParty, || w.resume(&w.providers[0], &[0]));
    assert_eq!(w.resume(&w.stranger, &[0]), Ok(()));
}

#[test]
fn without_resolvers_nobody_disputes() {
    let w = funded_with(|env, plan| {
        plan.terms.roles.dispute_resolvers = soroban_sdk::Vec::new(env);
        plan.terms.policy.resolve_quorum = 0;
    });
    for caller in
        [&w.payer, &w.providers[0], &w.providers[1], &w.approvers[0], &w.signers[0], &w.signers[1]]
    {
        w.assert_refused(NoResolvers, || w.dispute(caller, &[0], ""));
    }
    w.assert_refused(NotParty, || w.dispute(&w.stranger, &[0], ""));
    w.assert_refused(NotDisputeResolver, || w.resolve(&w.stranger, &[ruling(0, 0)]));
}

// What a dispute does.

#[test]
fn a_dispute_stops_a_milestone_as_it_is() {
    let w = funded();
    w.complete(&[0]);
    w.wait(60);
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.settle(&w.payer, &[ruling(0, 1)]), Ok(()));
    let before = w.get_milestone(0);
    w.wait(60);
    assert_eq!(w.dispute(&w.signers[1], &[0], "it does not run"), Ok(()));
    let expected = Milestone {
        flags: Flags { disputed: true, ..before.flags },
        reason: Some(w.text("it does not run")),
        offers: w.list(&[]),
        disputed_at: START + 120,
        default_at: START + 120 + DISPUTE,
        open_at: 0,
        ..before
    };
    assert_eq!(w.get_milestone(0), expected);
}

#[test]
fn the_reason_is_that_of_the_last_dispute() {
    let w = funded();
    let fits = "x".repeat(500);
    w.assert_refused(TextTooLong, || w.dispute(&w.payer, &[0], &"x".repeat(501)));
    for (reason, kept) in [(fits.as_str(), Some(fits.as_str())), ("late", Some("late")), ("", None)]
    {
        assert_eq!(w.dispute(&w.payer, &[0], reason), Ok(()));
        assert_eq!(w.get_milestone(0).reason, kept.map(|kept| w.text(kept)));
        drop_dispute(&w);
        assert_eq!(w.get_milestone(0).reason, kept.map(|kept| w.text(kept)));
    }
}

#[test]
fn a_dispute_is_about_its_own_milestone() {
    let w = funded();
    w.complete(&[1]);
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    let stopped = w.get_milestone(1);
    w.complete(&[0]);
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), AMOUNT);
    assert_eq!(w.dispute(&w.payer, &[2], ""), Ok(()));
    assert_eq!(w.refund(&w.providers[0], &[2], GROSS), Ok(()));
    assert_eq!(w.balance(&w.payer), GROSS);
    assert_eq!(w.get_milestone(1), stopped);
    assert_eq!(w.get_balances().reserved, GROSS);
    // And it is about to be ruled on for exactly what it holds.
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(1, AMOUNT)]), Ok(()));
    }
    assert_eq!(w.balance(&w.providers[0]), 2 * AMOUNT);
    assert_eq!(w.get_balances().reserved, 0);
}

// Dropping it.

#[test]
fn a_dispute_is_dropped_when_both_sides_ask_in_either_order() {
    for first in 0..2 {
        let w = disputed();
        let sides = [w.payer.clone(), w.providers[0].clone()];
        let (one, other) = (&sides[first], &sides[1 - first]);
        w.assert_refused(NotDisputed, || w.resume(one, &[1]));
        assert_eq!(w.resume(one, &[0]), Ok(()));
        let m = w.get_milestone(0);
        assert!(m.flags.disputed);
        assert_eq!(m.resumed_by, w.list(std::slice::from_ref(one)));
        w.assert_refused(AlreadyVoted, || w.resume(one, &[0]));
        assert_eq!(w.resume(other, &[0]), Ok(()));
        let m = w.get_milestone(0);
        assert!(!m.flags.disputed && m.resumed_by.is_empty());
        assert_eq!((m.disputed_at, m.default_at), (0, 0));
        w.assert_refused(NotDisputed, || w.resume(one, &[0]));
        w.complete(&[0]);
        w.approve_all(&[0]);
        assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    }
}

#[test]
fn only_payer_and_receiver_drop_a_dispute() {
    let w = disputed();
    for (_, caller) in &people(&w)[2..] {
        w.assert_refused(NotParty, || w.resume(caller, &[0]));
    }
}

#[test]
fn who_opened_a_dispute_cannot_drop_it_alone() {
    for who in [2, 3, 4] {
        let w = funded();
        let (name, caller) = people(&w)[who];
        assert_eq!(w.dispute(caller, &[0], ""), Ok(()), "{name}");
        w.assert_refused(NotParty, || w.resume(caller, &[0]));
        drop_dispute(&w);
        assert!(!w.get_milestone(0).flags.disputed, "{name}");
    }
}

#[test]
fn one_who_is_both_sides_drops_a_dispute_in_one_call() {
    let w = with_receiver(|roles| roles.payer.clone());
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    w.wait(DAY);
    assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
    let m = w.get_milestone(0);
    assert!(!m.flags.disputed);
    assert_eq!(m.due, START + 31 * DAY);
}

#[test]
fn a_dropped_dispute_leaves_all_as_it_was_but_the_clocks() {
    const LENGTH: u64 = 9 * DAY + 1;
    let stages: [fn(&World); 5] = [
        |_| {},
        |w| w.report(0, Status::InProgress).unwrap(),
        |w| w.complete(&[0]),
        |w| w.approve_all(&[0]),
        |w| {
            w.complete(&[0]);
            w.wait(100);
            w.approve_all(&[0]);
        },
    ];
    for due in [0, START + 5 * DAY] {
        for stage in stages {
            let w = funded_with(|_, plan| plan.milestones[0].due = due);
            stage(&w);
            w.wait(60);
            let before = w.get_milestone(0);
            assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
            w.wait(LENGTH);
            drop_dispute(&w);
            let moved = |time: u64| if time == 0 { 0 } else { time + LENGTH };
            let expected = Milestone {
                due: moved(before.due),
                completed_at: moved(before.completed_at),
                approved_at: moved(before.approved_at),
                open_at: moved(before.open_at),
                reclaim_at: moved(before.reclaim_at),
                ..before
            };
            assert_eq!(w.get_milestone(0), expected);
        }
    }
}

#[test]
fn votes_of_before_a_dispute_stand_once_it_is_dropped() {
    let w = funded_with(|_, plan| plan.terms.policy.release_quorum = 2);
    w.approve_all(&[0]);
    let payout = [w.payout(0)];
    assert_eq!(w.release(&w.signers[0], &payout), Ok(()));
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    w.assert_refused(AlreadyDisputed, || w.release(&w.signers[1], &payout));
    drop_dispute(&w);
    w.assert_refused(AlreadyVoted, || w.release(&w.signers[0], &payout));
    assert_eq!(w.release(&w.signers[1], &payout), Ok(()));
    assert!(w.get_milestone(0).flags.released);
}

#[test]
fn nothing_of_a_dropped_dispute_counts_in_the_next() {
    let w = disputed();
    assert_eq!(rule(&w, 0, 5), Ok(()));
    assert_eq!(w.get_milestone(0).rulings.len(), 1);
    drop_dispute(&w);
    assert!(w.get_milestone(0).rulings.is_empty());
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    let m = w.get_milestone(0);
    assert!(m.rulings.is_empty() && m.resumed_by.is_empty());
    assert_eq!(rule(&w, 1, 5), Ok(()));
    assert!(!resolved(&w));
    for party in [&w.providers[0], &w.payer] {
        assert!(w.get_milestone(0).flags.disputed);
        assert_eq!(w.resume(party, &[0]), Ok(()));
    }
    assert!(!w.get_milestone(0).flags.disputed);
}

// Rulings.

#[test]
fn as_many_equal_rulings_as_the_quorum_and_not_one_less_pay() {
    for quorum in 1..=10_u32 {
        let w = funded_with(|env, plan| {
            let resolver = |_| Address::generate(env);
            plan.terms.roles.dispute_resolvers =
                soroban_sdk::Vec::from_iter(env, (0..10).map(resolver));
            plan.terms.policy.resolve_quorum = quorum;
        });
        assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
        for (count, resolver) in (1..).zip(w.resolvers.iter().rev()).take(quorum as usize) {
            assert!(!resolved(&w), "{count} of {quorum}");
            assert_eq!(w.resolve(resolver, &[ruling(0, 3 * ONE)]), Ok(()));
        }
        assert!(resolved(&w), "{quorum}");
        assert_eq!(w.balance(&w.providers[0]), 3 * ONE);
    }
}

#[test]
fn unequal_rulings_pay_nobody_however_many() {
    let w = disputed();
    for (resolver, to_receiver) in [(0, 0), (1, 1), (2, AMOUNT)] {
        assert_eq!(rule(&w, resolver, to_receiver), Ok(()));
    }
    let m = w.get_milestone(0);
    assert!(m.flags.disputed && !m.flags.resolved);
    let position = |i: usize, to_receiver| Position { party: w.resolvers[i].clone(), to_receiver };
    assert_eq!(m.rulings, w.list(&[position(0, 0), position(1, 1), position(2, AMOUNT)]));
    assert_eq!(w.balance(&w.escrow), 3 * GROSS);
}

#[test]
fn a_later_ruling_replaces_the_earlier_of_the_same_resolver() {
    let w = disputed();
    assert_eq!(rule(&w, 0, 10), Ok(()));
    assert_eq!(rule(&w, 0, 10), Ok(()));
    assert!(!resolved(&w), "nobody counts twice");
    assert_eq!(rule(&w, 0, 20), Ok(()));
    assert_eq!(rule(&w, 1, 10), Ok(()));
    assert!(!resolved(&w), "what was replaced no longer counts");
    assert_eq!(w.get_milestone(0).rulings.len(), 2);
    assert_eq!(rule(&w, 2, 20), Ok(()));
    assert!(resolved(&w));
    assert_eq!(w.balance(&w.providers[0]), 20);
}

#[test]
fn a_ruling_splits_the_amount_and_no_more() {
    let w = disputed();
    for to_receiver in [-1, AMOUNT + 1, GROSS, i128::MAX, i128::MIN] {
        w.assert_refused(SplitOutOfRange, || rule(&w, 0, to_receiver));
    }
    for to_receiver in [0, 1, 39, 40, AMOUNT / 3, AMOUNT - 1, AMOUNT] {
        let w = disputed();
        for resolver in [0, 2] {
            assert_eq!(rule(&w, resolver, to_receiver), Ok(()));
        }
        let fee = to_receiver * 250 / 10_000;
        assert_eq!(w.balance(&w.providers[0]), to_receiver);
        assert_eq!(w.balance(&w.payer), GROSS - to_receiver - fee);
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(fee));
        let m = w.get_milestone(0);
        let resolved = Flags {
            approved: false,
            disputed: false,
            released: false,
            resolved: true,
            refunded: false,
        };
        assert_eq!(m.flags, resolved);
        assert_eq!(m.to_receiver, to_receiver);
        assert!(m.rulings.is_empty());
        assert_eq!((m.disputed_at, m.default_at), (0, 0));
        assert_eq!(w.get_balances().reserved, 2 * GROSS);
    }
}

#[test]
fn only_a_resolver_rules() {
    let w = disputed();
    for caller in [
        &w.payer,
        &w.admin,
        &w.platform,
        &w.approvers[0],
        &w.providers[0],
        &w.signers[0],
        &w.observers[0],
        &w.stranger,
    ] {
        w.assert_refused(NotDisputeResolver, || w.resolve(caller, &[ruling(0, 0)]));
    }
}

#[test]
fn a_resolver_who_is_the_receiver_does_not_rule() {
    let w = with_receiver(|roles| roles.dispute_resolvers.get_unchecked(0));
    assert_eq!(w.dispute(&w.payer, &[0, 1], ""), Ok(()));
    w.assert_refused(ResolverIsReceiver, || rule(&w, 0, AMOUNT));
    w.assert_refused(ResolverIsReceiver, || {
        w.resolve(&w.resolvers[0], &[ruling(1, 0), ruling(0, 0)])
    });
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(1, 0)]), Ok(()), "of another milestone it does");
    for resolver in [1, 2] {
        assert_eq!(rule(&w, resolver, 7), Ok(()));
    }
    assert_eq!(w.balance(&w.resolvers[0]), 7);
}

#[test]
fn the_ruling_of_a_resolver_who_becomes_the_receiver_does_not_count() {
    let w = disputed();
    assert_eq!(rule(&w, 0, AMOUNT), Ok(()));
    assert_eq!(w.redirect(&w.providers[0], 0, &w.resolvers[0]), Ok(()));
    w.assert_refused(ResolverIsReceiver, || rule(&w, 0, AMOUNT));
    assert_eq!(rule(&w, 1, AMOUNT), Ok(()));
    assert!(!resolved(&w));
    assert_eq!(rule(&w, 2, AMOUNT), Ok(()));
    assert!(resolved(&w));
    assert_eq!(w.balance(&w.resolvers[0]), AMOUNT);
}

#[test]
fn a_receiver_who_is_handed_a_resolvers_seat_does_not_count_either() {
    let w = with_receiver(|roles| Address::generate(roles.payer.env()));
    let receiver = w.get_milestone(0).receiver;
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    assert_eq!(rule(&w, 2, AMOUNT), Ok(()));
    assert_eq!(w.rotate(Role::DisputeResolver, &w.resolvers[2], &receiver), Ok(()));
    w.assert_refused(ResolverIsReceiver, || w.resolve(&receiver, &[ruling(0, AMOUNT)]));
    assert_eq!(rule(&w, 0, AMOUNT), Ok(()));
    assert!(!resolved(&w));
    assert_eq!(rule(&w, 1, AMOUNT), Ok(()));
    assert!(resolved(&w));
}

#[test]
fn a_ruling_stays_with_the_seat() {
    let w = disputed();
    assert_eq!(rule(&w, 1, 8), Ok(()));
    let successor = w.address();
    assert_eq!(w.rotate(Role::DisputeResolver, &w.resolvers[1], &successor), Ok(()));
    let position = Position { party: successor.clone(), to_receiver: 8 };
    assert_eq!(w.get_milestone(0).rulings, w.list(&[position]));
    w.assert_refused(NotDisputeResolver, || rule(&w, 1, 8));
    assert_eq!(w.resolve(&successor, &[ruling(0, 8)]), Ok(()));
    assert!(!resolved(&w), "a seat counts once");
    assert_eq!(rule(&w, 0, 8), Ok(()));
    assert!(resolved(&w));
}

#[test]
fn each_ruling_of_a_list_counts_for_itself() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0, 1, 2], ""), Ok(()));
    let [a, b, c] = [&w.resolvers[0], &w.resolvers[1], &w.resolvers[2]];
    assert_eq!(w.resolve(a, &[ruling(0, 1), ruling(1, 2), ruling(2, 3)]), Ok(()));
    assert_eq!(w.resolve(b, &[ruling(2, 3), ruling(1, 9), ruling(0, 1)]), Ok(()));
    let settled: Vec<bool> = (0..3).map(|i| w.get_milestone(i).flags.resolved).collect();
    assert_eq!(settled, [true, false, true]);
    assert_eq!(w.balance(&w.providers[0]), 4);
    w.assert_refused(AlreadySettled, || w.resolve(c, &[ruling(1, 9), ruling(0, 1)]));
    assert_eq!(w.resolve(c, &[ruling(1, 9)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 13);
}

#[test]
fn approved_work_that_is_disputed_is_ruled_on_like_any() {
    let w = funded();
    w.approve_all(&[0]);
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    for resolver in [0, 1] {
        assert_eq!(rule(&w, resolver, 0), Ok(()));
    }
    let flags = w.get_milestone(0).flags;
    assert!(flags.approved && flags.resolved && !flags.disputed && !flags.released);
    assert_eq!(w.balance(&w.payer), GROSS);
}

// No ruling.

#[test]
fn the_fallback_applies_whatever_single_resolvers_ruled() {
    let w = disputed();
    for (resolver, to_receiver) in [(0, 0), (1, 1), (2, AMOUNT)] {
        assert_eq!(rule(&w, resolver, to_receiver), Ok(()));
    }
    w.assert_refused(DisputeWindowOpen, || w.resolve_by_default(&[0]));
    w.wait(DISPUTE);
    assert_eq!(w.resolve_by_default(&[0]), Ok(()));
    assert_eq!(w.auths(), [], "nobody has to sign");
    assert!(resolved(&w));
    assert_eq!(w.get_milestone(0).to_receiver, AMOUNT / 2);
    assert_eq!(w.balance(&w.providers[0]), AMOUNT / 2);
    w.assert_refused(AlreadySettled, || w.resolve_by_default(&[0]));
}

#[test]
fn the_fallback_is_for_disputes_only() {
    let w = funded();
    w.complete(&[0]);
    w.wait(DISPUTE + REVIEW);
    w.assert_refused(NotDisputed, || w.resolve_by_default(&[0]));
    w.assert_refused(UnknownMilestone, || w.resolve_by_default(&[3]));
}

// Lists.

type OnList = fn(&World, &[u32]) -> Outcome;

const LISTS: [(&str, OnList); 4] = [
    ("dispute", |w, list| w.dispute(&w.payer, list, "why")),
    ("resume", |w, list| w.resume(&w.payer, list)),
    ("resolve", |w, list| {
        let rulings: Vec<Ruling> = list.iter().map(|i| ruling(*i, ONE / 2)).collect();
        w.resolve(&w.resolvers[1], &rulings)
    }),
    ("resolve_by_default", |w, list| w.resolve_by_default(list)),
];

/// So many milestones, ready for that call.
fn ready_for(name: &str, count: u32) -> World {
    let w = World::of(count, |_, _| {});
    w.fund_all();
    let all: Vec<u32> = (0..count).collect();
    if name != "dispute" {
        for page in all.chunks(20) {
            assert_eq!(w.dispute(&w.payer, page, ""), Ok(()));
        }
        w.wait(DISPUTE);
    }
    w
}

#[test]
fn a_list_is_done_as_a_whole_or_not_at_all() {
    for (name, call) in LISTS {
        let w = ready_for(name, 3);
        let before = w.state().1;
        assert_eq!(call(&w, &[2, 0]), Ok(()), "{name}");
        let after = w.state().1;
        assert!(after[0] != before[0] && after[2] != before[2], "{name}");
        assert_eq!(after[1], before[1], "{name}");

        let w = ready_for(name, 3);
        let back = w.get_milestone(1);
        assert_eq!(w.refund(&back.receiver, &[1], back.amount + back.fee), Ok(()));
        for list in [[0, 1, 2], [1, 0, 2], [0, 2, 1]] {
            w.assert_refused(AlreadySettled, || call(&w, &list));
        }
        w.assert_refused(UnknownMilestone, || call(&w, &[0, 3]));
    }
}

#[test]
fn a_list_names_something_nothing_twice_and_at_most_fifty() {
    for (name, call) in LISTS {
        let w = ready_for(name, 51);
        w.assert_refused(Empty, || call(&w, &[]));
        for list in [&[0, 0][..], &[0, 1, 0], &[2, 1, 1]] {
            w.assert_refused(DuplicateMilestone, || call(&w, list));
        }
        let all: Vec<u32> = (0..51).collect();
        w.assert_refused(TooLarge, || call(&w, &all));
        assert_eq!(call(&w, &all[1..]), Ok(()), "{name}");
    }
}
