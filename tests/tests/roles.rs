//! Seats that change hands: who must agree, what goes with a seat, and what wallets are told.

use escrow::*;
use soroban_sdk::{Address, IntoVal, Vec, vec};
use std::collections::BTreeMap;
use tests::replay::told;
use tests::tokens::Mischief;
use tests::*;

const ROLES: [Role; 8] = [
    Role::Payer,
    Role::Admin,
    Role::Platform,
    Role::Approver,
    Role::ServiceProvider,
    Role::ReleaseSigner,
    Role::DisputeResolver,
    Role::Observer,
];

/// Who holds the seats of a role.
fn holders(w: &World, role: Role) -> std::vec::Vec<Address> {
    let roles = w.get_escrow().terms.roles;
    let one = |address| vec![&w.env, address];
    let list = match role {
        Role::Payer => one(roles.payer),
        Role::Admin => one(roles.admin),
        Role::Platform => one(roles.platform),
        Role::Approver => roles.approvers,
        Role::ServiceProvider => roles.service_providers,
        Role::ReleaseSigner => roles.release_signers,
        Role::DisputeResolver => roles.dispute_resolvers,
        Role::Observer => roles.observers,
    };
    list.iter().collect()
}

fn list(roles: &mut Roles, role: Role) -> &mut Vec<Address> {
    match role {
        Role::Approver => &mut roles.approvers,
        Role::ServiceProvider => &mut roles.service_providers,
        Role::ReleaseSigner => &mut roles.release_signers,
        Role::DisputeResolver => &mut roles.dispute_resolvers,
        Role::Observer => &mut roles.observers,
        other => panic!("{other:?} is no list"),
    }
}

/// The seat goes to somebody new, whom this tells.
fn heir(w: &World, role: Role, from: &Address) -> Address {
    let heir = w.address();
    assert_eq!(w.rotate(role, from, &heir), Ok(()));
    heir
}

fn ruling(milestone: u32, to_receiver: i128) -> Ruling {
    Ruling { milestone, to_receiver }
}

fn position(party: &Address, to_receiver: i128) -> Position {
    Position { party: party.clone(), to_receiver }
}

// Rotate.

#[test]
fn every_seat_goes_to_its_successor_and_nothing_else_changes() {
    for role in ROLES {
        let w = World::new();
        w.fund_all();
        for (i, from) in holders(&w, role).iter().enumerate() {
            let (mut escrow, milestones, _) = w.state();
            let to = heir(&w, role, from);
            let roles = &mut escrow.terms.roles;
            match role {
                Role::Payer => roles.payer = to,
                Role::Admin => roles.admin = to,
                Role::Platform => roles.platform = to,
                _ => list(roles, role).set(i as u32, to),
            }
            assert_eq!(w.get_escrow(), escrow, "{role:?} {i}");
            assert_eq!(w.state().1, milestones, "{role:?} {i}");
        }
    }
}

#[test]
fn a_seat_changes_hands_only_with_both_signatures() {
    let w = World::new();
    let before = w.state();
    for role in ROLES {
        let (from, to) = (&holders(&w, role)[0], &w.address());
        let args = || (role, from, to).into_val(&w.env);
        for signers in
            [&[][..], &[from], &[to], &[from, &w.stranger], &[to, &w.stranger], &[&w.admin]]
        {
            assert_eq!(w.call(signers, "rotate", args()), Err(Refusal::Auth), "{role:?}");
        }
        assert_eq!(w.state(), before, "{role:?}");
        assert_eq!(w.call(&[from, to], "rotate", args()), Ok(()), "{role:?}");
        assert_eq!(w.rotate(role, to, from), Ok(()), "back again, {role:?}");
    }
}

#[test]
fn a_seat_is_handed_over_by_its_holder_alone() {
    let w = World::new();
    for role in ROLES {
        for other in ROLES {
            if other != role {
                let from = &holders(&w, other)[0];
                w.assert_refused(Error::NotSeatHolder, || w.rotate(role, from, &w.address()));
            }
        }
        w.assert_refused(Error::NotSeatHolder, || w.rotate(role, &w.stranger, &w.address()));
        let from = &holders(&w, role)[0];
        let to = heir(&w, role, from);
        w.assert_refused(Error::NotSeatHolder, || w.rotate(role, from, &w.address()));
        assert_eq!(w.rotate(role, &to, from), Ok(()));
    }
}

#[test]
fn a_seat_is_not_handed_to_its_own_holder() {
    let w = World::new();
    for role in ROLES {
        let from = &holders(&w, role)[0];
        w.assert_refused(Error::Empty, || w.rotate(role, from, from));
    }
}

#[test]
fn nobody_gets_two_seats_of_one_list() {
    let w = World::with(|_, plan| {
        plan.terms.roles.observers.push_back(plan.terms.roles.payer.clone());
    });
    for role in &ROLES[3..] {
        let seats = holders(&w, *role);
        for (from, to) in [(0, 1), (1, 0)] {
            w.assert_refused(Error::DuplicateMember, || w.rotate(*role, &seats[from], &seats[to]));
        }
    }
}

#[test]
fn a_resolver_gets_no_other_seat_but_an_observers() {
    for role in ROLES {
        let w = World::new();
        let holder = holders(&w, role)[0].clone();
        let (becomes, gets) = (
            || w.rotate(role, &holder, &w.resolvers[1]),
            || w.rotate(Role::DisputeResolver, &w.resolvers[0], &holder),
        );
        match role {
            // Who gave the seat of an observer away is nobody, and so free to become a resolver.
            Role::Observer => assert_eq!((becomes(), gets()), (Ok(()), Ok(()))),
            Role::DisputeResolver => w.assert_refused(Error::DuplicateMember, becomes),
            _ => {
                w.assert_refused(Error::ResolverOverlap, becomes);
                w.assert_refused(Error::ResolverOverlap, gets);
            }
        }
    }
    let w = World::new();
    let outcome = w.rotate(Role::DisputeResolver, &w.resolvers[0], &w.observers[0]);
    assert_eq!(outcome, Ok(()), "an observer may become a resolver");
    let w = World::with(|_, plan| {
        plan.milestones[0].receiver = Some(plan.terms.roles.observers.first_unchecked());
    });
    let outcome = w.rotate(Role::DisputeResolver, &w.resolvers[0], &w.observers[0]);
    assert_eq!(outcome, Ok(()), "a receiver may become a resolver");
}

/// Neither of the two could ever sign, so the rule is tried with every signature taken as given.
#[test]
fn no_seat_goes_to_the_escrow_or_the_token() {
    let w = World::new();
    for role in ROLES {
        let from = &holders(&w, role)[0];
        for to in [&w.escrow, &w.token] {
            w.assert_refused(Error::ReservedAddress, || {
                w.env.mock_all_auths();
                w.invoke("rotate", (role, from, to).into_val(&w.env))
            });
        }
    }
}

#[test]
fn approvals_stay_with_the_seat() {
    let w = World::new();
    w.fund_all();
    let [first, second, _] = &w.approvers[..] else { panic!("three approvers") };
    assert_eq!(w.approve(second, &[w.payout(0)]), Ok(()));
    let to = heir(&w, Role::Approver, second);
    assert_eq!(w.get_milestone(0).approved_by, vec![&w.env, to.clone()]);
    w.assert_refused(Error::AlreadyVoted, || w.approve(&to, &[w.payout(0)]));
    w.assert_refused(Error::NotApprover, || w.approve(second, &[w.payout(0)]));
    assert!(!w.get_milestone(0).flags.approved);
    assert_eq!(w.approve(first, &[w.payout(0)]), Ok(()));
    assert!(w.get_milestone(0).flags.approved, "two of two");
    assert_eq!(w.get_milestone(0).approved_by, vec![&w.env, first.clone(), to]);
}

#[test]
fn a_seat_that_has_not_voted_votes_with_its_new_holder() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    let to = heir(&w, Role::Approver, &w.approvers[2]);
    assert_eq!(w.approve(&to, &[w.payout(0)]), Ok(()));
    assert!(w.get_milestone(0).flags.approved);
}

/// Else one address could vote twice: once, then again from the seat that it is handed.
#[test]
fn who_is_handed_a_seat_votes_no_more_often_than_the_seat() {
    let w = World::new();
    w.fund_all();
    let [first, second, third] = &w.approvers[..] else { panic!("three approvers") };
    assert_eq!(w.approve(first, &[w.payout(0)]), Ok(()));
    assert_eq!(w.rotate(Role::Approver, first, &w.stranger), Ok(()));
    assert_eq!(w.rotate(Role::Approver, second, first), Ok(()));
    assert_eq!(w.get_milestone(0).approved_by, vec![&w.env, w.stranger.clone()]);
    w.assert_refused(Error::AlreadyVoted, || w.approve(&w.stranger, &[w.payout(0)]));
    assert_eq!(w.approve(first, &[w.payout(0)]), Ok(()), "for the second seat");
    w.assert_refused(Error::AlreadyApproved, || w.approve(third, &[w.payout(0)]));
}

#[test]
fn release_votes_stay_with_the_seat() {
    let w = World::with(|_, plan| plan.terms.policy.release_quorum = 2);
    w.fund_all();
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    let to = heir(&w, Role::ReleaseSigner, &w.signers[0]);
    assert_eq!(w.get_milestone(0).signed_by, vec![&w.env, to.clone()]);
    w.assert_refused(Error::AlreadyVoted, || w.release(&to, &[w.payout(0)]));
    w.assert_refused(Error::NotReleaseSigner, || w.release(&w.signers[0], &[w.payout(0)]));
    assert_eq!(w.release(&w.signers[1], &[w.payout(0)]), Ok(()));
    assert!(w.get_milestone(0).flags.released);
}

#[test]
fn rulings_stay_with_the_seat() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[0], "late"), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[1], &[ruling(0, 7)]), Ok(()));
    let to = heir(&w, Role::DisputeResolver, &w.resolvers[1]);
    assert_eq!(w.get_milestone(0).rulings, vec![&w.env, position(&to, 7)]);
    w.assert_refused(Error::NotDisputeResolver, || w.resolve(&w.resolvers[1], &[ruling(0, 8)]));
    assert_eq!(w.resolve(&to, &[ruling(0, 9)]), Ok(()), "it replaces the seat's");
    assert_eq!(w.get_milestone(0).rulings, vec![&w.env, position(&to, 9)]);
    let last = heir(&w, Role::DisputeResolver, &to);
    assert_eq!(w.resolve(&w.resolvers[2], &[ruling(0, 9)]), Ok(()));
    assert!(w.get_milestone(0).flags.resolved, "{last:?}'s counts");
}

#[test]
fn the_payers_wish_to_drop_a_dispute_stays_with_the_seat() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[0], "late"), Ok(()));
    assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
    let to = heir(&w, Role::Payer, &w.payer);
    assert_eq!(w.get_milestone(0).resumed_by, vec![&w.env, to.clone()]);
    w.assert_refused(Error::AlreadyVoted, || w.resume(&to, &[0]));
    w.assert_refused(Error::NotParty, || w.resume(&w.payer, &[0]));
    assert_eq!(w.resume(&w.providers[0], &[0]), Ok(()));
    assert!(!w.get_milestone(0).flags.disputed);
}

/// Whoever's: the other side may have offered because of who sat there. But an observer can do
/// nothing here, and so cannot undo an offer either.
#[test]
fn offers_are_void_when_a_seat_that_has_a_say_changes_hands() {
    for role in ROLES {
        let w = World::new();
        w.fund_all();
        assert_eq!(w.settle(&w.payer, &[ruling(0, 5)]), Ok(()));
        assert_eq!(w.get_milestone(0).offers, vec![&w.env, position(&w.payer, 5)]);
        heir(&w, role, &holders(&w, role)[0]);
        let stands = role == Role::Observer;
        assert_eq!(w.get_milestone(0).offers.is_empty(), !stands, "{role:?}");
        assert_eq!(w.settle(&w.providers[0], &[ruling(0, 5)]), Ok(()));
        assert_eq!(w.get_milestone(0).flags.resolved, stands, "{role:?}");
        if !stands {
            let payer = w.get_escrow().terms.roles.payer;
            assert_eq!(w.settle(&payer, &[ruling(0, 5)]), Ok(()));
            assert!(w.get_milestone(0).flags.resolved, "{role:?}");
        }
    }
}

#[test]
fn the_new_payer_funds_and_gets_what_comes_back() {
    let w = World::new();
    w.mint(&w.payer, 1_025 * ONE);
    assert_eq!(w.fund(0, 1_025 * ONE), Ok(()));
    w.deposit(7);
    let to = heir(&w, Role::Payer, &w.payer);
    w.mint(&w.payer, 2_050 * ONE);
    w.assert_refused(Error::NotPayer, || w.fund(2, 2_050 * ONE));
    w.mint(&to, 2_050 * ONE);
    assert_eq!(w.fund_at(&to, 2, 2_050 * ONE, 0), Ok(()));
    assert_eq!(w.balance(&to), 0);

    assert_eq!(w.refund(&w.providers[0], &[0], 1_025 * ONE), Ok(()));
    assert_eq!(w.balance(&to), 1_025 * ONE);
    w.wait(30 * DAY + 1);
    w.assert_refused(Error::NotPayer, || w.reclaim(&w.payer, &[1], 1_025 * ONE));
    assert_eq!(w.reclaim(&to, &[1], 1_025 * ONE), Ok(()));
    assert_eq!(w.balance(&to), 2_050 * ONE);
    w.assert_refused(Error::NotPayer, || w.withdraw(&w.payer, &w.token));
    assert_eq!(w.withdraw(&to, &w.token), Ok(()));
    assert_eq!(w.balance(&to), 2_050 * ONE + 7);
    w.assert_refused(Error::NotParty, || w.settle(&w.payer, &[ruling(2, 0)]));
    assert_eq!(w.balance(&w.payer), 2_050 * ONE, "its own, never asked for");
}

#[test]
fn a_refund_that_could_not_be_paid_goes_to_the_new_payer() {
    let (w, coin) = tokens::world(|_, _| {});
    coin.mint(&w.payer, &(3_075 * ONE));
    assert_eq!(w.fund(2, 3_075 * ONE), Ok(()));
    coin.turn(&vec![&w.env, Mischief::RefusesTo(w.payer.clone())]);
    assert_eq!(w.refund(&w.providers[0], &[1], 1_025 * ONE), Ok(()));
    assert_eq!(w.get_claimable(&w.payer, &[1]), Ok(1_025 * ONE));
    let to = heir(&w, Role::Payer, &w.payer);
    assert_eq!(w.get_claimable(&w.payer, &[1]), Ok(0));
    assert_eq!(w.get_claimable(&to, &[1]), Ok(1_025 * ONE));
    w.assert_refused(Error::NothingToClaim, || w.claim(&w.payer, &[1]));
    w.assert_refused(Error::NothingToClaim, || w.claim_to(&w.payer, &[1], &w.stranger));
    assert_eq!(w.claim(&to, &[1]), Ok(()));
    assert_eq!(w.balance(&to), 1_025 * ONE);
}

#[test]
fn the_new_platform_gets_all_fees_not_yet_claimed() {
    let w = World::new();
    w.fund_all();
    w.approve_all(&[0, 1]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    let to = heir(&w, Role::Platform, &w.platform);
    w.assert_refused(Error::NothingToClaim, || w.claim(&w.platform, &[]));
    assert_eq!(w.get_claimable(&w.platform, &[]), Ok(0));
    assert_eq!(w.get_claimable(&to, &[]), Ok(25 * ONE));
    assert_eq!(w.release(&w.signers[0], &[w.payout(1)]), Ok(()));
    assert_eq!(w.claim(&to, &[]), Ok(()));
    assert_eq!(w.balance(&to), 50 * ONE);
    assert_eq!(w.balance(&w.platform), 0);
}

#[test]
fn the_new_admin_alone_edits() {
    let w = World::new();
    let to = heir(&w, Role::Admin, &w.admin);
    let terms = w.get_escrow().terms;
    w.assert_refused(Error::NotAdmin, || w.update(&w.admin, &terms, 0));
    w.assert_refused(Error::NotAdmin, || w.manage_milestones(&w.admin, 1, &[], &[], 2_000 * ONE));
    w.assert_refused(Error::NotAdmin, || w.extend_ttl(&w.admin, 1, 0, 3));
    assert_eq!(w.manage_milestones(&to, 1, &[], &[], 2_000 * ONE), Ok(()));
    assert_eq!(w.extend_ttl(&to, 1, 0, 2), Ok(()));
    w.assert_refused(Error::FixedTerm, || w.update(&to, &w.terms, 1));
    assert_eq!(w.update(&to, &terms, 1), Ok(()), "terms that name the new admin");
}

#[test]
fn a_provider_who_leaves_is_still_paid_as_receiver() {
    let w = World::new();
    let to = heir(&w, Role::ServiceProvider, &w.providers[0]);
    assert_eq!(w.get_milestone(0).receiver, w.providers[0]);
    let new = milestone(&w.env, "Four", ONE);
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &[new], 3_001 * ONE), Ok(()));
    assert_eq!(w.get_milestone(3).receiver, to, "the first provider now");
    w.fund_all();
    assert_eq!(w.report(0, Status::Completed), refused(Error::NotServiceProvider));
    let update =
        StatusUpdate { milestone: 0, status: Status::Completed, note: None, evidence: None };
    assert_eq!(w.change_status(&to, &[update]), Ok(()));
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 1_000 * ONE);
}

#[test]
fn seats_change_hands_in_an_escrow_that_is_completed() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.refund(&w.providers[0], &[0, 1, 2], 3_075 * ONE), Ok(()));
    w.deposit(9);
    let to = heir(&w, Role::Payer, &w.payer);
    assert_eq!(w.withdraw(&to, &w.token), Ok(()));
    assert_eq!(w.balance(&to), 9);
}

// Redirect.

#[test]
fn a_receiver_has_another_paid_instead() {
    let w = World::new();
    assert_eq!(w.redirect(&w.providers[0], 1, &w.stranger), Ok(()), "before it is funded");
    w.fund_all();
    assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()), "and after");
    let receivers: std::vec::Vec<_> = w.state().1.into_iter().map(|m| m.receiver).collect();
    assert_eq!(receivers, [&w.stranger, &w.stranger, &w.providers[0]].map(Address::clone));
    w.assert_refused(Error::NotReceiver, || w.redirect(&w.providers[0], 0, &w.address()));
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!((w.balance(&w.stranger), w.balance(&w.providers[0])), (1_000 * ONE, 0));
}

#[test]
fn nobody_but_the_receiver_redirects() {
    let w = World::with(|_, plan| {
        plan.milestones[0].receiver = Some(plan.terms.roles.observers.first_unchecked());
    });
    w.fund_all();
    for role in &ROLES[..7] {
        let other = &holders(&w, *role)[0];
        w.assert_refused(Error::NotReceiver, || w.redirect(other, 0, other));
    }
    assert_eq!(w.redirect(&w.observers[0], 0, &w.stranger), Ok(()));
}

#[test]
fn a_redirected_payout_goes_neither_to_the_escrow_nor_to_the_token_nor_nowhere() {
    let w = World::new();
    w.fund_all();
    for to in [&w.escrow, &w.token] {
        w.assert_refused(Error::ReservedAddress, || w.redirect(&w.providers[0], 0, to));
    }
    w.assert_refused(Error::Empty, || w.redirect(&w.providers[0], 0, &w.providers[0]));
}

#[test]
fn what_is_settled_is_not_redirected() {
    let w = World::new();
    w.fund_all();
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.refund(&w.providers[0], &[1], 1_025 * ONE), Ok(()));
    for party in [&w.payer, &w.providers[0]] {
        assert_eq!(w.settle(party, &[ruling(2, 1)]), Ok(()));
    }
    for settled in 0..3 {
        w.assert_refused(Error::AlreadySettled, || {
            w.redirect(&w.providers[0], settled, &w.stranger)
        });
    }
}

/// It was the former receiver's before it was redirected, and stays so.
#[test]
fn a_credit_stays_with_who_was_the_receiver() {
    let (w, coin) = tokens::world(|_, _| {});
    coin.mint(&w.payer, &(3_075 * ONE));
    assert_eq!(w.fund(2, 3_075 * ONE), Ok(()));
    coin.turn(&vec![&w.env, Mischief::RefusesTo(w.providers[0].clone())]);
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    w.assert_refused(Error::AlreadySettled, || w.redirect(&w.providers[0], 0, &w.stranger));
    heir(&w, Role::ServiceProvider, &w.providers[0]);
    assert_eq!(w.get_claimable(&w.providers[0], &[0]), Ok(1_000 * ONE));
    assert_eq!(w.claim_to(&w.providers[0], &[0], &w.stranger), Ok(()));
    assert_eq!(w.balance(&w.stranger), 1_000 * ONE);
}

#[test]
fn approvals_outlive_another_receiver_but_votes_to_pay_and_offers_do_not() {
    let w = World::with(|_, plan| plan.terms.policy.release_quorum = 2);
    w.fund_all();
    w.complete(&[0]);
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()));
    assert_eq!(w.get_milestone(0).approved_by, vec![&w.env, w.approvers[0].clone()]);
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    let approved_at = w.get_milestone(0).approved_at;
    let signed = w.payout(0);
    assert_eq!(w.release(&w.signers[0], std::slice::from_ref(&signed)), Ok(()));
    assert_eq!(w.settle(&w.payer, &[ruling(0, 3)]), Ok(()));
    w.wait(60);
    let before = w.get_milestone(0);
    let to = w.address();
    assert_eq!(w.redirect(&w.stranger, 0, &to), Ok(()));
    let none = vec![&w.env];
    let expected =
        Milestone { receiver: to.clone(), signed_by: none, offers: vec![&w.env], ..before };
    assert_eq!(w.get_milestone(0), expected);
    assert_eq!(expected.approved_at, approved_at);
    assert!(expected.flags.approved);

    w.assert_refused(Error::ReceiverMismatch, || w.release(&w.signers[1], &[signed]));
    assert_eq!(w.release(&w.signers[1], &[w.payout(0)]), Ok(()));
    assert!(!w.get_milestone(0).flags.released, "one of two");
    assert_eq!(w.settle(&to, &[ruling(0, 3)]), Ok(()));
    assert!(!w.get_milestone(0).flags.resolved, "the payer's offer was to another");
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&to), 1_000 * ONE);
}

#[test]
fn a_disputed_milestone_may_be_redirected_and_stays_disputed() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[0], "late"), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(0, 4)]), Ok(()));
    let before = w.get_milestone(0);
    assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()));
    assert_eq!(w.get_milestone(0), Milestone { receiver: w.stranger.clone(), ..before });
    assert_eq!(w.resolve(&w.resolvers[1], &[ruling(0, 4)]), Ok(()));
    assert_eq!(w.balance(&w.stranger), 4);
}

/// Nobody has said yes to dropping a dispute through the mouth of a former receiver.
#[test]
fn the_former_receivers_wish_to_drop_a_dispute_goes_with_it_and_the_payers_stays() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[0, 1], "late"), Ok(()));
    assert_eq!(w.resume(&w.providers[0], &[0]), Ok(()));
    assert_eq!(w.resume(&w.payer, &[1]), Ok(()));
    for milestone in [0, 1] {
        assert_eq!(w.redirect(&w.providers[0], milestone, &w.stranger), Ok(()));
    }
    assert_eq!(w.get_milestone(0).resumed_by, vec![&w.env]);
    assert_eq!(w.get_milestone(1).resumed_by, vec![&w.env, w.payer.clone()]);
    assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
    assert!(w.get_milestone(0).flags.disputed);
    assert_eq!(w.resume(&w.stranger, &[0, 1]), Ok(()));
    assert!(!w.get_milestone(0).flags.disputed);
    assert!(!w.get_milestone(1).flags.disputed);
}

/// What it ruled before it had an interest does not count either.
#[test]
fn a_resolver_who_becomes_the_receiver_rules_no_more() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[0], "late"), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(0, 1_000 * ONE)]), Ok(()));
    assert_eq!(w.redirect(&w.providers[0], 0, &w.resolvers[0]), Ok(()));
    let all = [ruling(0, 1_000 * ONE)];
    w.assert_refused(Error::ResolverIsReceiver, || w.resolve(&w.resolvers[0], &all));
    assert_eq!(w.resolve(&w.resolvers[1], &all), Ok(()));
    assert!(!w.get_milestone(0).flags.resolved, "one of two");
    assert_eq!(w.resolve(&w.resolvers[2], &all), Ok(()));
    assert_eq!(w.balance(&w.resolvers[0]), 1_000 * ONE);
}

// What wallets are told.

/// The `seat` events of the last call, which tell of each address once.
#[track_caller]
fn seats(w: &World) -> BTreeMap<std::string::String, bool> {
    let mut seats = BTreeMap::new();
    for event in told(&w.env, &w.escrow).into_iter().filter(|event| event.name == "seat") {
        let holder = event.topic::<Address>(0);
        let before = seats.insert(name(&holder), event.value::<bool>());
        assert_eq!(before, None, "one event for {holder:?}");
    }
    seats
}

fn name(address: &Address) -> std::string::String {
    address.to_string().to_string()
}

/// What [`seats`] tells when these got a seat and those lost one.
fn moved(gained: &[&Address], lost: &[&Address]) -> BTreeMap<std::string::String, bool> {
    let gained = gained.iter().map(|holder| (name(holder), true));
    gained.chain(lost.iter().map(|holder| (name(holder), false))).collect()
}

#[test]
fn a_new_escrow_tells_each_of_its_people_that_they_have_a_seat() {
    let w = World::new();
    let seats = seats(&w);
    let lists = [&w.approvers, &w.providers, &w.signers, &w.resolvers, &w.observers];
    let mut all: std::vec::Vec<&Address> = lists.into_iter().flatten().collect();
    all.extend([&w.payer, &w.admin, &w.platform]);
    assert_eq!(seats, moved(&all, &[]));
}

#[test]
fn a_new_escrow_tells_who_has_several_seats_once() {
    let env = network();
    let token = env.register_stellar_asset_contract_v2(accounts::account(&env, 1)).address();
    let account = accounts::account(&env, 2);
    let w = World::on(&env, &token, |_, plan| {
        let roles = &mut plan.terms.roles;
        roles.observers.push_back(roles.payer.clone());
        roles.service_providers.set(1, roles.approvers.first_unchecked());
        roles.admin = roles.platform.clone();
        plan.milestones[1].receiver = Some(roles.dispute_resolvers.first_unchecked());
        plan.milestones[2].receiver = Some(account.clone());
    });
    let seats = seats(&w);
    let lists = [&w.approvers, &w.providers, &w.signers, &w.resolvers, &w.observers];
    let mut all: std::vec::Vec<&Address> = lists.into_iter().flatten().collect();
    all.extend([&w.payer, &w.admin, &w.platform, &account]);
    assert_eq!(seats, moved(&all, &[]));
    assert_eq!(seats.len(), 13, "who sits twice is told once");
}

#[test]
fn an_update_tells_who_got_and_who_lost_a_seat() {
    let w = World::new();
    let mut terms = w.terms.clone();
    let (new, newer) = (w.address(), w.address());
    let roles = &mut terms.roles;
    roles.approvers = vec![&w.env, w.approvers[0].clone(), new.clone()];
    roles.service_providers =
        vec![&w.env, w.providers[1].clone(), w.providers[0].clone(), w.approvers[1].clone()];
    roles.observers = vec![&w.env, new.clone(), newer.clone()];
    assert_eq!(w.update(&w.admin, &terms, 0), Ok(()));
    let expected = moved(&[&new, &newer, &w.approvers[1]], &[&w.approvers[2], &w.observers[0]]);
    assert_eq!(seats(&w), expected);

    terms.title = w.text("Texts alone");
    terms.roles.observers = vec![&w.env, newer.clone(), new.clone()];
    assert_eq!(w.update(&w.admin, &terms, 1), Ok(()));
    assert_eq!(seats(&w), moved(&[], &[]), "another order is no change of seats");

    terms.roles.observers = vec![&w.env];
    assert_eq!(w.update(&w.admin, &terms, 2), Ok(()));
    assert_eq!(seats(&w), moved(&[], &[&new, &newer]), "one lost a seat and keeps another");
}

#[test]
fn managing_milestones_tells_who_became_a_receiver_and_who_is_one_no_more() {
    let w = World::with(|_, plan| {
        plan.milestones[2].receiver = Some(plan.terms.roles.observers.first_unchecked());
    });
    let [first, second, third] = std::array::from_fn(|_| w.address());
    let to = |i, receiver: &Address| MilestoneEdit { receiver: Some(receiver.clone()), ..edit(i) };
    let new = |receiver: Option<&Address>| NewMilestone {
        receiver: receiver.cloned(),
        ..milestone(&w.env, "New", 1_000 * ONE)
    };
    let manage = |remove, edit: &[MilestoneEdit], add: &[NewMilestone], total: i128| {
        let outcome = w.manage_milestones(&w.admin, remove, edit, add, total * ONE);
        assert_eq!(outcome, Ok(()));
        seats(&w)
    };
    let told = manage(1, &[to(0, &first), to(1, &first)], &[], 2_000);
    assert_eq!(told, moved(&[&first], &[&w.observers[0], &w.providers[0]]));

    let told = manage(0, &[], &[new(Some(&second)), new(Some(&second)), new(None)], 5_000);
    assert_eq!(told, moved(&[&second, &w.providers[0]], &[]));

    let told = manage(0, &[to(0, &first), edit(1)], &[], 5_000);
    assert_eq!(told, moved(&[], &[]), "the same receiver is no change");

    let told = manage(2, &[to(0, &second)], &[new(Some(&third))], 4_000);
    assert_eq!(told, moved(&[&second, &third], &[&w.providers[0], &first]));
}

#[test]
fn redirecting_and_rotating_tell_both() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()));
    assert_eq!(seats(&w), moved(&[&w.stranger], &[&w.providers[0]]));
    for role in ROLES {
        let from = &holders(&w, role)[0];
        let to = &w.address();
        assert_eq!(w.rotate(role, from, to), Ok(()));
        assert_eq!(seats(&w), moved(&[to], &[from]), "{role:?}");
    }
}

#[test]
fn calls_that_move_no_seat_tell_of_none() {
    let w = World::new();
    let none = moved(&[], &[]);
    w.mint(&w.payer, 3_075 * ONE);
    assert_eq!((w.fund(2, 3_075 * ONE), seats(&w)), (Ok(()), none.clone()));
    assert_eq!((w.report(0, Status::Completed), seats(&w)), (Ok(()), none.clone()));
    let payout = w.payout(0);
    for approver in &w.approvers[..2] {
        let outcome = w.approve(approver, std::slice::from_ref(&payout));
        assert_eq!((outcome, seats(&w)), (Ok(()), none.clone()));
    }
    assert_eq!((w.release(&w.signers[0], &[payout]), seats(&w)), (Ok(()), none.clone()));
    assert_eq!((w.claim(&w.platform, &[]), seats(&w)), (Ok(()), none.clone()));
    assert_eq!((w.extend_ttl(&w.admin, 1, 0, 3), seats(&w)), (Ok(()), none));
}
