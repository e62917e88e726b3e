//! The ways out that need nobody's ruling, what they leave, and when the escrow is completed.

use escrow::Error::*;
use escrow::*;
use soroban_sdk::testutils::{Address as _, Events as _};
use soroban_sdk::{Address, Env, Event as _};
use tests::*;

const AMOUNT: i128 = 1_000 * ONE;
const GROSS: i128 = 1_025 * ONE;
const DISPUTE: u64 = 14 * DAY;
/// What the tests' offers are about.
const OFFER: i128 = 321;

fn funded_with(change: impl FnOnce(&Env, &mut Plan)) -> World {
    let w = World::with(change);
    w.fund_all();
    w
}

fn funded() -> World {
    funded_with(|_, _| {})
}

fn ruling(milestone: u32, to_receiver: i128) -> Ruling {
    Ruling { milestone, to_receiver }
}

fn offer(w: &World, party: &Address, to_receiver: i128) -> Outcome {
    w.settle(party, &[ruling(0, to_receiver)])
}

fn resolved(w: &World) -> bool {
    w.get_milestone(0).flags.resolved
}

const NO_FLAGS: Flags =
    Flags { approved: false, disputed: false, released: false, resolved: false, refunded: false };
const RESOLVED: Flags = Flags { resolved: true, ..NO_FLAGS };
const REFUNDED: Flags = Flags { refunded: true, ..NO_FLAGS };

type Step = fn(&World);

/// Every stage at which a milestone is funded and not settled.
const STAGES: [(&str, Step); 8] = [
    ("pending", |_| {}),
    ("in progress", |w| w.report(0, Status::InProgress).unwrap()),
    ("overdue", |w| w.set_time(w.get_milestone(0).due + 1)),
    ("completed", |w| w.complete(&[0])),
    ("approved", |w| w.approve_all(&[0])),
    ("disputed", |w| w.dispute(&w.payer, &[0], "").unwrap()),
    ("completed and disputed", |w| {
        w.complete(&[0]);
        w.dispute(&w.payer, &[0], "").unwrap();
    }),
    ("approved and long disputed", |w| {
        w.approve_all(&[0]);
        w.dispute(&w.payer, &[0], "").unwrap();
        w.wait(2 * DISPUTE);
    }),
];

// Agreement.

#[test]
fn equal_offers_of_both_sides_pay_at_every_stage_in_either_order() {
    for (stage, prepare) in STAGES {
        for first in 0..2 {
            let w = funded();
            prepare(&w);
            let approved = w.get_milestone(0).flags.approved;
            let others = [w.get_milestone(1), w.get_milestone(2)];
            let sides = [w.payer.clone(), w.providers[0].clone()];
            assert_eq!(offer(&w, &sides[first], OFFER), Ok(()), "{stage}");
            assert!(!resolved(&w), "{stage}");
            let position = Position { party: sides[first].clone(), to_receiver: OFFER };
            assert_eq!(w.get_milestone(0).offers, w.list(&[position]), "{stage}");
            assert_eq!(offer(&w, &sides[1 - first], OFFER), Ok(()), "{stage}");
            let m = w.get_milestone(0);
            assert_eq!(m.flags, Flags { approved, ..RESOLVED }, "{stage}");
            assert_eq!(m.to_receiver, OFFER, "{stage}");
            assert!(m.offers.is_empty(), "{stage}");
            assert_eq!(w.balance(&w.providers[0]), OFFER, "{stage}");
            assert_eq!(w.balance(&w.payer), GROSS - OFFER - OFFER * 250 / 10_000, "{stage}");
            assert_eq!([w.get_milestone(1), w.get_milestone(2)], others, "{stage}");
            for side in &sides {
                w.assert_refused(AlreadySettled, || offer(&w, side, OFFER));
            }
        }
    }
}

#[test]
fn different_offers_pay_nobody() {
    let w = funded();
    assert_eq!(offer(&w, &w.payer, OFFER), Ok(()));
    for to_receiver in [OFFER + 1, OFFER - 1, AMOUNT, 0] {
        assert_eq!(offer(&w, &w.providers[0], to_receiver), Ok(()));
        assert!(!resolved(&w));
    }
    let position = |party: &Address, to_receiver| Position { party: party.clone(), to_receiver };
    let offers = w.list(&[position(&w.payer, OFFER), position(&w.providers[0], 0)]);
    assert_eq!(w.get_milestone(0).offers, offers);
    assert_eq!(w.balance(&w.escrow), 3 * GROSS);
}

#[test]
fn a_new_offer_replaces_the_earlier_of_the_same_side() {
    for (one, other) in [(0, 1), (1, 0)] {
        let w = funded();
        let sides = [w.payer.clone(), w.providers[0].clone()];
        assert_eq!(offer(&w, &sides[one], 10), Ok(()));
        assert_eq!(offer(&w, &sides[one], 20), Ok(()));
        assert_eq!(w.get_milestone(0).offers.len(), 1);
        assert_eq!(offer(&w, &sides[other], 10), Ok(()));
        assert!(!resolved(&w), "what was replaced cannot be accepted");
        assert_eq!(offer(&w, &sides[other], 20), Ok(()));
        assert_eq!(w.balance(&w.providers[0]), 20);
    }
}

#[test]
fn an_offer_splits_the_amount_and_no_more() {
    let w = funded();
    for side in [&w.payer, &w.providers[0]] {
        for to_receiver in [-1, AMOUNT + 1, GROSS, i128::MAX, i128::MIN] {
            w.assert_refused(SplitOutOfRange, || offer(&w, side, to_receiver));
        }
    }
    for to_receiver in [0, AMOUNT] {
        let w = funded();
        for side in [&w.payer, &w.providers[0]] {
            assert_eq!(offer(&w, side, to_receiver), Ok(()));
        }
        let fee = to_receiver * 250 / 10_000;
        assert_eq!(w.get_milestone(0).flags, RESOLVED);
        assert_eq!(w.balance(&w.providers[0]), to_receiver);
        assert_eq!(w.balance(&w.payer), GROSS - to_receiver - fee);
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(fee));
    }
}

#[test]
fn only_payer_and_receiver_settle() {
    let w = funded();
    for caller in [
        &w.admin,
        &w.platform,
        &w.approvers[0],
        &w.providers[1],
        &w.signers[0],
        &w.resolvers[0],
        &w.observers[0],
        &w.stranger,
    ] {
        w.assert_refused(NotParty, || offer(&w, caller, OFFER));
    }
}

#[test]
fn one_who_is_both_sides_settles_in_one_call() {
    let w = funded_with(|_, plan| {
        plan.milestones[0].receiver = Some(plan.terms.roles.payer.clone());
    });
    assert_eq!(offer(&w, &w.payer, OFFER), Ok(()));
    assert_eq!(w.get_milestone(0).flags, RESOLVED);
    assert_eq!(w.balance(&w.payer), GROSS - OFFER * 250 / 10_000);
}

#[test]
fn each_offer_of_a_list_counts_for_itself() {
    let w = funded();
    assert_eq!(w.settle(&w.payer, &[ruling(0, 1), ruling(1, 2), ruling(2, 3)]), Ok(()));
    let receiver = &w.providers[0];
    assert_eq!(w.settle(receiver, &[ruling(2, 3), ruling(1, 9), ruling(0, 1)]), Ok(()));
    let settled: Vec<bool> = (0..3).map(|i| w.get_milestone(i).flags.resolved).collect();
    assert_eq!(settled, [true, false, true]);
    assert_eq!(w.balance(receiver), 4);
}

// What becomes of an offer.

/// The first holder of each role.
fn holder(w: &World, role: Role) -> Address {
    let roles = w.get_escrow().terms.roles;
    match role {
        Role::Payer => roles.payer,
        Role::Admin => roles.admin,
        Role::Platform => roles.platform,
        Role::Approver => roles.approvers.get_unchecked(0),
        Role::ServiceProvider => roles.service_providers.get_unchecked(1),
        Role::ReleaseSigner => roles.release_signers.get_unchecked(0),
        Role::DisputeResolver => roles.dispute_resolvers.get_unchecked(0),
        Role::Observer => roles.observers.get_unchecked(0),
    }
}

/// An observer has no say in anything, and its seat changes nothing.
const ROLES: [Role; 7] = [
    Role::Payer,
    Role::Admin,
    Role::Platform,
    Role::Approver,
    Role::ServiceProvider,
    Role::ReleaseSigner,
    Role::DisputeResolver,
];

/// An offer of either side is made, then this happens: the other side's equal offer finds nothing
/// to agree with.
fn assert_voids(name: &str, prepare: impl Fn(&World), event: impl Fn(&World)) {
    for first in 0..2 {
        let w = funded();
        prepare(&w);
        let sides =
            |w: &World| [w.get_escrow().terms.roles.payer, w.get_milestone(0).receiver.clone()];
        assert_eq!(offer(&w, &sides(&w)[first], OFFER), Ok(()), "{name}");
        event(&w);
        assert!(w.get_milestone(0).offers.is_empty(), "{name}");
        assert_eq!(offer(&w, &sides(&w)[1 - first], OFFER), Ok(()), "{name}");
        assert!(!resolved(&w), "{name}");
        assert_eq!(w.get_milestone(0).offers.len(), 1, "{name}");
        assert_eq!(offer(&w, &sides(&w)[first], OFFER), Ok(()), "{name}");
        assert!(resolved(&w), "{name}");
    }
}

#[test]
fn any_change_of_status_or_dispute_voids_an_offer() {
    for status in [Status::Pending, Status::InProgress, Status::Completed] {
        assert_voids("report", |_| {}, |w| w.report(0, status).unwrap());
    }
    let completed = |w: &World| w.complete(&[0]);
    assert_voids("reject", completed, |w| w.reject(&w.approvers[0], &[0], "").unwrap());
    assert_voids("dispute", |_| {}, |w| w.dispute(&w.approvers[0], &[0], "").unwrap());
    let disputed = |w: &World| w.dispute(&w.payer, &[0], "").unwrap();
    assert_voids("resume", disputed, |w| {
        w.resume(&w.payer, &[0]).unwrap();
        w.resume(&w.providers[0], &[0]).unwrap();
    });
}

#[test]
fn another_receiver_voids_an_offer_even_if_the_former_is_back() {
    let [provider, other] = [|w: &World| w.providers[0].clone(), |w: &World| w.stranger.clone()];
    assert_voids("redirect", |_| {}, |w| w.redirect(&provider(w), 0, &other(w)).unwrap());
    assert_voids(
        "redirect and back",
        |_| {},
        |w| {
            w.redirect(&provider(w), 0, &other(w)).unwrap();
            w.redirect(&other(w), 0, &provider(w)).unwrap();
        },
    );
}

#[test]
fn any_seat_that_changes_hands_voids_an_offer_even_if_it_comes_back() {
    for role in ROLES {
        let name = format!("{role:?}");
        assert_voids(
            &name,
            |_| {},
            |w| {
                let (from, to) = (holder(w, role), w.address());
                assert_eq!(w.rotate(role, &from, &to), Ok(()));
            },
        );
        assert_voids(
            &name,
            |_| {},
            |w| {
                let (from, to) = (holder(w, role), w.address());
                assert_eq!(w.rotate(role, &from, &to), Ok(()));
                assert_eq!(w.rotate(role, &to, &from), Ok(()));
            },
        );
    }
}

#[test]
fn an_offer_stands_through_all_else() {
    let events: [(&str, Step); 8] = [
        ("a vote on the work", |w| w.approve(&w.approvers[0], &[w.payout(0)]).unwrap()),
        ("an approval", |w| w.approve_all(&[0])),
        ("a report on another", |w| w.complete(&[1])),
        ("a dispute of another", |w| w.dispute(&w.payer, &[1], "").unwrap()),
        ("a redirect of another", |w| w.redirect(&w.providers[0], 1, &w.stranger).unwrap()),
        ("a payment of another", |w| w.refund(&w.providers[0], &[2], GROSS).unwrap()),
        ("money that comes in", |w| w.deposit(5)),
        ("time", |w| w.wait(1_000 * DAY)),
    ];
    for (name, event) in events {
        let w = funded();
        assert_eq!(offer(&w, &w.payer, OFFER), Ok(()), "{name}");
        event(&w);
        assert_eq!(offer(&w, &w.providers[0], OFFER), Ok(()), "{name}");
        assert!(resolved(&w), "{name}");
    }
}

#[test]
fn an_offer_in_a_dispute_stands_through_rulings_and_a_single_ask() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    assert_eq!(offer(&w, &w.providers[0], OFFER), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(0, 0)]), Ok(()));
    assert_eq!(w.resume(&w.providers[0], &[0]), Ok(()));
    assert_eq!(offer(&w, &w.payer, OFFER), Ok(()));
    let m = w.get_milestone(0);
    assert_eq!(m.flags, RESOLVED);
    assert!(m.rulings.is_empty() && m.resumed_by.is_empty());
    assert_eq!((m.disputed_at, m.default_at), (0, 0));
}

// Giving back.

#[test]
fn the_receiver_gives_back_at_every_stage() {
    for (stage, prepare) in STAGES {
        let w = funded();
        prepare(&w);
        let approved = w.get_milestone(0).flags.approved;
        assert_eq!(w.refund(&w.providers[0], &[0], GROSS), Ok(()), "{stage}");
        let m = w.get_milestone(0);
        assert_eq!(m.flags, Flags { approved, ..REFUNDED }, "{stage}");
        assert_eq!((m.to_receiver, m.disputed_at, m.default_at), (0, 0, 0), "{stage}");
        assert_eq!(w.balance(&w.payer), GROSS, "{stage}");
        assert_eq!(w.balance(&w.providers[0]), 0, "{stage}");
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(0), "{stage}");
        assert_eq!(w.get_balances().reserved, 2 * GROSS, "{stage}");
        w.assert_refused(AlreadySettled, || w.refund(&w.providers[0], &[0], GROSS));
    }
}

#[test]
fn only_the_receiver_gives_back() {
    let w = funded_with(|env, plan| plan.milestones[1].receiver = Some(Address::generate(env)));
    let other = w.get_milestone(1).receiver;
    for caller in [
        &w.payer,
        &w.admin,
        &w.platform,
        &w.approvers[0],
        &w.providers[1],
        &w.signers[0],
        &w.resolvers[0],
        &w.observers[0],
        &w.stranger,
        &other,
    ] {
        w.assert_refused(NotReceiver, || w.refund(caller, &[0], GROSS));
    }
    // Nor somebody else's beside one's own.
    w.assert_refused(NotReceiver, || w.refund(&other, &[1, 0], 2 * GROSS));
    w.assert_refused(NotReceiver, || w.refund(&w.providers[0], &[0, 1], 2 * GROSS));
    assert_eq!(w.redirect(&other, 1, &w.stranger), Ok(()));
    w.assert_refused(NotReceiver, || w.refund(&other, &[1], GROSS));
    assert_eq!(w.refund(&w.stranger, &[1], GROSS), Ok(()));
}

#[test]
fn who_gives_or_takes_back_names_what_returns_in_all() {
    let amounts = [AMOUNT + 1, 39, 7];
    let w = funded_with(|_, plan| {
        for (milestone, amount) in plan.milestones.iter_mut().zip(amounts) {
            milestone.amount = amount;
        }
    });
    let returned = gross(amounts[0], 250) + gross(amounts[2], 250);
    w.set_time(START + 31 * DAY);
    let receiver = &w.providers[0];
    for wrong in [0, -1, returned - 1, returned + 1, amounts[0] + amounts[2], i128::MAX, i128::MIN]
    {
        w.assert_refused(AmountMismatch, || w.refund(receiver, &[2, 0], wrong));
        w.assert_refused(AmountMismatch, || w.reclaim(&w.payer, &[2, 0], wrong));
    }
    assert_eq!(w.refund(receiver, &[2, 0], returned), Ok(()));
    assert_eq!(w.balance(&w.payer), returned);
    w.assert_refused(AmountMismatch, || w.reclaim(&w.payer, &[1], 38));
    assert_eq!(w.reclaim(&w.payer, &[1], 39), Ok(()));
    assert_eq!(w.balance(&w.escrow), 0);
}

// Taking back.

#[test]
fn only_the_payer_takes_back() {
    let w = funded();
    w.set_time(START + 31 * DAY);
    for caller in [
        &w.admin,
        &w.platform,
        &w.approvers[0],
        &w.providers[0],
        &w.signers[0],
        &w.resolvers[0],
        &w.observers[0],
        &w.stranger,
    ] {
        w.assert_refused(NotPayer, || w.reclaim(caller, &[0], GROSS));
    }
    let successor = w.address();
    assert_eq!(w.rotate(Role::Payer, &w.payer, &successor), Ok(()));
    w.assert_refused(NotPayer, || w.reclaim(&w.payer, &[0], GROSS));
    assert_eq!(w.reclaim(&successor, &[0], GROSS), Ok(()));
    assert_eq!(w.get_milestone(0).flags, REFUNDED);
    assert_eq!(w.balance(&successor), GROSS);
}

#[test]
fn the_payer_takes_back_what_is_late_and_nothing_else() {
    let w = funded_with(|_, plan| {
        plan.milestones[1].due = START + 60 * DAY;
        plan.milestones[2].due = 0;
    });
    w.set_time(START + 31 * DAY);
    for list in [&[1][..], &[2], &[0, 1], &[0, 2]] {
        w.assert_refused(NotDue, || w.reclaim(&w.payer, list, GROSS * list.len() as i128));
    }
    assert_eq!(w.reclaim(&w.payer, &[0], GROSS), Ok(()));
    let m = w.get_milestone(0);
    assert_eq!((m.flags, m.to_receiver), (REFUNDED, 0));
    assert_eq!(w.balance(&w.payer), GROSS);
    assert_eq!(w.get_claimable(&w.platform, &[]), Ok(0));
    w.assert_refused(AlreadySettled, || w.reclaim(&w.payer, &[0], GROSS));
}

#[test]
fn a_single_vote_or_a_report_does_not_keep_the_payer_from_taking_back() {
    let w = funded();
    w.set_time(START + 31 * DAY);
    assert_eq!(w.report(0, Status::InProgress), Ok(()));
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.settle(&w.payer, &[ruling(0, OFFER)]), Ok(()));
    assert_eq!(w.reclaim(&w.payer, &[0], GROSS), Ok(()));
    assert!(w.get_milestone(0).offers.is_empty());
}

// Lists.

type OnList = fn(&World, &[u32]) -> Outcome;

fn worth(w: &World, list: &[u32]) -> i128 {
    let known = |i: &u32| *i < w.get_escrow().totals.milestones;
    list.iter().filter(|i| known(i)).map(|i| w.get_milestone(*i)).map(|m| m.amount + m.fee).sum()
}

const LISTS: [(&str, OnList); 3] = [
    ("settle", |w, list| {
        let rulings: Vec<Ruling> = list.iter().map(|i| ruling(*i, ONE / 2)).collect();
        w.settle(&w.payer, &rulings)
    }),
    ("refund", |w, list| w.refund(&w.providers[0], list, worth(w, list))),
    ("reclaim", |w, list| w.reclaim(&w.payer, list, worth(w, list))),
];

/// So many milestones, all of them late.
fn late(count: u32) -> World {
    let w = World::of(count, |_, _| {});
    w.fund_all();
    w.set_time(START + 31 * DAY);
    w
}

#[test]
fn a_list_is_done_as_a_whole_or_not_at_all() {
    for (name, call) in LISTS {
        let w = late(3);
        let before = w.state().1;
        assert_eq!(call(&w, &[2, 0]), Ok(()), "{name}");
        let after = w.state().1;
        assert!(after[0] != before[0] && after[2] != before[2], "{name}");
        assert_eq!(after[1], before[1], "{name}");

        let w = late(3);
        assert_eq!(w.refund(&w.providers[0], &[1], worth(&w, &[1])), Ok(()));
        for list in [[0, 1, 2], [1, 0, 2], [0, 2, 1]] {
            w.assert_refused(AlreadySettled, || call(&w, &list));
        }
        w.assert_refused(UnknownMilestone, || call(&w, &[0, 3]));
    }
}

#[test]
fn a_list_names_something_nothing_twice_and_at_most_fifty() {
    for (name, call) in LISTS {
        let w = late(51);
        w.assert_refused(Empty, || call(&w, &[]));
        for list in [&[0, 0][..], &[0, 1, 0], &[2, 1, 1]] {
            w.assert_refused(DuplicateMilestone, || call(&w, list));
        }
        let all: Vec<u32> = (0..51).collect();
        w.assert_refused(TooLarge, || call(&w, &all));
        assert_eq!(call(&w, &all[1..]), Ok(()), "{name}");
    }
}

// The end.

type Way = fn(&World, u32) -> Outcome;

/// Each way in which a milestone's money can go, and what the receiver has of it.
const WAYS: [(&str, Way, i128); 7] = [
    (
        "release",
        |w, i| {
            w.approve_all(&[i]);
            w.release(&w.signers[0], &[w.payout(i)])
        },
        AMOUNT,
    ),
    (
        "confirm",
        |w, i| {
            w.complete(&[i]);
            w.wait(7 * DAY);
            w.confirm(&w.approvers[0], &[w.payout(i)])
        },
        AMOUNT,
    ),
    (
        "resolve",
        |w, i| {
            w.dispute(&w.payer, &[i], "").unwrap();
            w.resolve(&w.resolvers[0], &[ruling(i, OFFER)]).unwrap();
            w.resolve(&w.resolvers[2], &[ruling(i, OFFER)])
        },
        OFFER,
    ),
    (
        "resolve_by_default",
        |w, i| {
            w.dispute(&w.payer, &[i], "").unwrap();
            w.wait(DISPUTE);
            w.resolve_by_default(&[i])
        },
        AMOUNT / 2,
    ),
    (
        "settle",
        |w, i| {
            w.settle(&w.payer, &[ruling(i, OFFER)]).unwrap();
            w.settle(&w.providers[0], &[ruling(i, OFFER)])
        },
        OFFER,
    ),
    ("refund", |w, i| w.refund(&w.providers[0], &[i], GROSS), 0),
    (
        "reclaim",
        |w, i| {
            w.set_time(w.get_milestone(i).due + 1);
            w.reclaim(&w.payer, &[i], GROSS)
        },
        0,
    ),
];

/// How often the last call told that the escrow is completed.
fn completions(w: &World) -> usize {
    let engagement_id = w.terms.engagement_id.clone();
    let event = Completed { engagement_id }.to_xdr(&w.env, &w.escrow);
    let events = w.env.events().all();
    events.events().iter().filter(|told| **told == event).count()
}

#[test]
fn whatever_settles_the_last_milestone_completes_the_escrow_once() {
    for (name, way, to_receiver) in WAYS {
        let w = funded();
        for i in 0..2 {
            assert_eq!(w.refund(&w.providers[0], &[i], GROSS), Ok(()));
            assert_eq!(completions(&w), 0, "{name}");
            assert_eq!(w.get_escrow().state, State::Active, "{name}");
        }
        let outcome = way(&w, 2);
        assert_eq!(completions(&w), 1, "{name}");
        assert_eq!(outcome, Ok(()), "{name}");
        let escrow = w.get_escrow();
        assert_eq!(escrow.state, State::Completed, "{name}");
        let fee = to_receiver * 250 / 10_000;
        let expected = Totals {
            milestones: 3,
            funded: 3,
            settled: 3,
            amount: 3 * AMOUNT,
            gross: 3 * GROSS,
            deposited: 3 * GROSS,
            reserved: 0,
            paid: to_receiver,
            refunded: 3 * GROSS - to_receiver - fee,
            fees: fee,
            credited: fee,
        };
        assert_eq!(escrow.totals, expected, "{name}");
        assert_eq!(w.balance(&w.providers[0]), to_receiver, "{name}");
        assert_eq!(w.balance(&w.escrow), fee, "{name}");
    }
}

#[test]
fn settled_is_final_whatever_settled_it() {
    for (name, way, to_receiver) in WAYS {
        let w = funded();
        assert_eq!(way(&w, 0), Ok(()), "{name}");
        let m = w.get_milestone(0);
        let settled = [m.flags.released, m.flags.resolved, m.flags.refunded];
        assert_eq!(settled.iter().filter(|flag| **flag).count(), 1, "{name}");
        assert_eq!(m.to_receiver, to_receiver, "{name}");
        assert!(!m.flags.disputed, "{name}");
        assert_eq!((m.open_at, m.reclaim_at, m.default_at), (0, 0, 0), "{name}");
        w.set_time(START + 1_000 * DAY);
        w.assert_refused(AlreadySettled, || w.report(0, Status::Completed));
        w.assert_refused(AlreadySettled, || w.approve(&w.approvers[2], &[w.payout(0)]));
        w.assert_refused(AlreadySettled, || w.reject(&w.approvers[2], &[0], ""));
        w.assert_refused(AlreadySettled, || w.release(&w.signers[1], &[w.payout(0)]));
        w.assert_refused(AlreadySettled, || w.confirm(&w.approvers[2], &[w.payout(0)]));
        w.assert_refused(AlreadySettled, || w.dispute(&w.payer, &[0], ""));
        w.assert_refused(AlreadySettled, || w.resume(&w.payer, &[0]));
        w.assert_refused(AlreadySettled, || w.resolve(&w.resolvers[0], &[ruling(0, 0)]));
        w.assert_refused(AlreadySettled, || w.resolve_by_default(&[0]));
        w.assert_refused(AlreadySettled, || offer(&w, &w.payer, 0));
        w.assert_refused(AlreadySettled, || w.refund(&w.providers[0], &[0], GROSS));
        w.assert_refused(AlreadySettled, || w.reclaim(&w.payer, &[0], GROSS));
        w.assert_refused(AlreadySettled, || w.redirect(&w.providers[0], 0, &w.stranger));
    }
}

#[test]
fn one_call_that_settles_everything_completes_the_escrow_once() {
    let w = funded();
    let outcome = w.refund(&w.providers[0], &[0, 1, 2], 3 * GROSS);
    assert_eq!(completions(&w), 1);
    assert_eq!(outcome, Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
}

#[test]
fn what_comes_after_the_end_completes_nothing_anew() {
    let w = funded();
    w.approve_all(&[0, 1, 2]);
    let payouts = [w.payout(0), w.payout(1), w.payout(2)];
    assert_eq!(w.release(&w.signers[0], &payouts), Ok(()));
    assert_eq!(completions(&w), 1);
    w.deposit(5);
    let after: [fn(&World) -> Outcome; 3] = [
        |w| w.claim(&w.platform, &[]),
        |w| w.withdraw(&w.payer, &w.token),
        |w| w.rotate(Role::Observer, &w.observers[0], &w.stranger),
    ];
    for call in after {
        let outcome = call(&w);
        assert_eq!(completions(&w), 0);
        assert_eq!(outcome, Ok(()));
    }
    assert_eq!(w.get_escrow().state, State::Completed);
}

#[test]
fn the_state_follows_what_is_funded_and_settled() {
    let w = World::new();
    let state = || w.get_escrow().state;
    w.mint(&w.payer, 4 * GROSS);
    assert_eq!(state(), State::AwaitingFunds);
    assert_eq!(w.fund(0, GROSS), Ok(()));
    assert_eq!(state(), State::Active);
    assert_eq!(w.refund(&w.providers[0], &[0], GROSS), Ok(()));
    assert_eq!(state(), State::AwaitingFunds, "the rest is not funded");
    assert_eq!(w.fund(2, 2 * GROSS), Ok(()));
    assert_eq!(state(), State::Active);
    assert_eq!(w.refund(&w.providers[0], &[2], GROSS), Ok(()));
    assert_eq!(completions(&w), 0);
    assert_eq!(state(), State::Active);
    let outcome = w.refund(&w.providers[0], &[1], GROSS);
    assert_eq!(completions(&w), 1);
    assert_eq!(outcome, Ok(()));
    assert_eq!(state(), State::Completed);
}

#[test]
fn a_milestone_that_is_added_opens_a_completed_escrow_again() {
    let w = funded();
    assert_eq!(w.refund(&w.providers[0], &[0, 1, 2], 3 * GROSS), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
    let new = milestone(&w.env, "Care", AMOUNT);
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &[new], 4 * AMOUNT), Ok(()));
    assert_eq!(w.get_escrow().state, State::AwaitingFunds);
    assert_eq!(w.fund(3, GROSS), Ok(()));
    assert_eq!(w.get_escrow().state, State::Active);
    let outcome = w.refund(&w.providers[0], &[3], GROSS);
    assert_eq!(completions(&w), 1, "it is completed anew");
    assert_eq!(outcome, Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
}
