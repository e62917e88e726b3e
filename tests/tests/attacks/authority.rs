//! What was found wrong with an existing escrow contract: who can do what to whose money.

use super::*;
use soroban_sdk::IntoVal;
use tests::replay::told;

/// What each entry point takes that is an address, or can hold one.
fn addresses_taken() -> Vec<String> {
    let mut taken = Vec::new();
    for (function, parameters) in entry_points() {
        let addresses = parameters.split(", ").filter(|parameter| parameter.contains("Address"));
        let addresses = addresses.map(|parameter| parameter.split(':').next().unwrap());
        let callers = [
            "payer", "provider", "approver", "signer", "party", "resolver", "receiver", "owner",
            "admin",
        ];
        taken.extend(
            addresses
                .filter(|name| !callers.contains(name))
                .map(|name| format!("{function} {name}")),
        );
    }
    taken
}

/// B-13.
#[test]
fn tokens_sent_in_directly_bind_nobody_and_are_not_lost() {
    let w = World::new();
    w.deposit(3 * GROSS);
    w.assert_refused(Error::NotFunded, || w.approve(&w.approvers[0], &[w.payout(0)]));
    let mut terms = w.terms.clone();
    terms.token = w.stranger.clone();
    w.assert_refused(Error::FixedTerm, || w.update(&w.admin, &terms, 0));
    // The admin may still edit; the payer's consent is to what stands when it counts.
    assert_eq!(w.update(&w.admin, &w.terms, 0), Ok(()));
    w.assert_refused(Error::RevisionMismatch, || {
        let args = (&w.payer, 2_u32, 3 * GROSS, 0_u32).into_val(&w.env);
        w.call(&[&w.payer], "count_deposit", args)
    });
    assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
    assert_eq!(w.balance(&w.payer), 3 * GROSS);
}

/// B-14. Only `claim`, `redirect` and `rotate` take an address to go to, each signed by whose it
/// is; `withdraw` takes a token, and `Payout` a receiver that must be the one that stands.
#[test]
fn no_caller_names_where_a_fee_goes() {
    let expected =
        ["claim to", "redirect to", "rotate from", "rotate to", "withdraw token"].map(String::from);
    assert_eq!(addresses_taken(), expected);
    let w = funded();
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    w.assert_refused(Error::NothingToClaim, || w.claim_to(&w.signers[0], &[0], &w.signers[0]));
    let before = w.state();
    let args = (&w.platform, w.list(&[0_u32]), Some(&w.signers[0])).into_val(&w.env);
    assert_eq!(w.call(&[&w.signers[0]], "claim", args), Err(Refusal::Auth));
    assert_eq!(w.state(), before);
}

/// B-15.
#[test]
fn a_milestone_slipped_in_after_funding_is_not_paid_with_others_money() {
    let w = funded();
    let mine = NewMilestone {
        receiver: Some(w.admin.clone()),
        approvals_required: 1,
        ..milestone(&w.env, "Mine", 1_000 * ONE)
    };
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &[mine], 4_000 * ONE), Ok(()));
    let payout = w.payout(3);
    let pays = std::slice::from_ref(&payout);
    w.assert_refused(Error::NotFunded, || w.approve(&w.approvers[0], pays));
    w.assert_refused(Error::NotFunded, || w.release(&w.signers[0], pays));
    assert_eq!(books(&w), (3 * GROSS, 3 * GROSS, 0, 0));
}

/// B-16.
#[test]
fn one_resolver_assigns_nothing_alone_and_none_to_itself() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(0, 1_000 * ONE)]), Ok(()));
    assert_eq!(books(&w), (3 * GROSS, 3 * GROSS, 0, 0), "one of two is not enough");
    assert_eq!(fields("Ruling"), ["milestone", "to_receiver"], "a ruling names no recipient");
    assert_eq!(w.redirect(&w.providers[0], 0, &w.resolvers[1]), Ok(()));
    w.assert_refused(Error::ResolverIsReceiver, || {
        w.resolve(&w.resolvers[1], &[ruling(0, 1_000 * ONE)])
    });
}

/// B-17.
#[test]
fn one_key_that_may_approve_and_pay_does_neither_alone() {
    let w = World::with(|_, plan| {
        let roles = &mut plan.terms.roles;
        roles.release_signers = roles.approvers.clone();
        plan.terms.policy.release_quorum = 2;
    });
    w.fund_all();
    assert_eq!(w.confirm(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 0);
    assert_eq!(w.confirm(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 1_000 * ONE);
}

/// B-18.
#[test]
fn resolvers_who_never_agreed_to_it_hold_nothing() {
    let w = funded();
    assert_eq!(w.dispute(&w.providers[0], &[0], ""), Ok(()));
    w.wait(14 * DAY);
    assert_eq!(w.resolve_by_default(&[0]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 500 * ONE);
}

/// B-18.
#[test]
fn what_goes_back_goes_to_who_paid_it() {
    let w = funded();
    assert_eq!(w.refund(&w.providers[0], &[0], GROSS), Ok(()));
    assert_eq!(w.dispute(&w.approvers[0], &[1], ""), Ok(()));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(1, 0)]), Ok(()));
    }
    assert_eq!(w.balance(&w.payer), 2 * GROSS);
    for other in [&w.approvers[0], &w.resolvers[0], &w.admin, &w.platform] {
        assert_eq!(w.balance(other), 0);
    }
}

/// B-19.
#[test]
fn no_approval_is_given_before_funding_or_outlives_a_change() {
    let w = World::new();
    w.assert_refused(Error::NotFunded, || w.approve(&w.approvers[0], &[w.payout(0)]));
    w.fund_all();
    w.assert_refused(Error::AlreadyFunded, || {
        w.manage_milestones(&w.admin, 0, &[edit(0)], &[], 3_000 * ONE)
    });
    let seen = w.payout(0);
    assert_eq!(w.approve(&w.approvers[0], std::slice::from_ref(&seen)), Ok(()));
    assert_eq!(w.report(0, Status::InProgress), Ok(()));
    assert_eq!(w.get_milestone(0).approved_by.len(), 0);
    w.assert_refused(Error::RevisionMismatch, || w.approve(&w.approvers[1], &[seen]));
}

/// B-20.
#[test]
fn a_signer_pays_what_it_signed_and_nothing_else() {
    let w = funded();
    w.approve_all(&[0]);
    let seen = w.payout(0);
    w.assert_refused(Error::AmountMismatch, || {
        w.release(&w.signers[0], &[Payout { amount: seen.amount + 1, ..seen.clone() }])
    });
    assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()));
    w.assert_refused(Error::ReceiverMismatch, || w.release(&w.signers[0], &[seen]));
}

/// B-21.
#[test]
fn no_progress_of_the_work_makes_the_payers_funding_fail() {
    let w = World::new();
    w.mint(&w.payer, 3 * GROSS);
    assert_eq!(w.fund(0, GROSS), Ok(()));
    let seen = w.get_escrow().revision;
    assert_eq!(w.report(0, Status::Completed), Ok(()));
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.dispute(&w.providers[0], &[0], "in the way"), Ok(()));
    assert_eq!(w.rotate(Role::ServiceProvider, &w.providers[1], &w.stranger), Ok(()));
    assert_eq!(w.fund_at(&w.payer, 2, 2 * GROSS, seen), Ok(()));
}

/// B-22.
#[test]
fn nothing_is_charged_for_money_that_goes_back() {
    let w = funded();
    assert_eq!(w.refund(&w.providers[0], &[0], GROSS), Ok(()));
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(1, 0)]), Ok(()));
    }
    w.wait(31 * DAY);
    assert_eq!(w.reclaim(&w.payer, &[2], GROSS), Ok(()));
    w.deposit(5);
    assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
    assert_eq!(w.balance(&w.payer), 3 * GROSS + 5);
    assert_eq!(w.get_escrow().totals.fees, 0);
}

/// B-23.
#[test]
fn the_highest_fee_there_is_takes_nothing_from_the_receiver() {
    let w = World::with(|_, plan| plan.terms.platform_fee_bps = 3_000);
    w.fund_all();
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 1_000 * ONE);
}

/// B-24.
#[test]
fn work_that_was_decided_on_is_not_reported_on_again() {
    let w = funded();
    let report = |i| w.report(i, Status::InProgress);
    w.complete(&[0, 1, 2]);
    w.assert_refused(Error::AlreadyCompleted, || report(0));
    w.approve_all(&[0, 1]);
    w.assert_refused(Error::AlreadyApproved, || report(0));
    assert_eq!(release(&w, &[0]), Ok(()));
    w.assert_refused(Error::AlreadySettled, || report(0));
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    w.assert_refused(Error::AlreadyDisputed, || report(1));
}

/// B-25.
#[test]
fn amounts_of_a_token_with_eighteen_decimals_are_split_without_overflow() {
    let amount = i128::MAX / 4;
    let (w, coin) = tokens::world(|_, plan| {
        plan.milestones.truncate(1);
        plan.milestones[0].amount = amount;
    });
    let gross = w.get_escrow().totals.gross;
    coin.mint(&w.payer, &gross);
    assert_eq!(w.fund(0, gross), Ok(()));
    for side in [&w.payer, &w.providers[0]] {
        assert_eq!(w.settle(side, &[ruling(0, amount / 3)]), Ok(()));
    }
    assert_eq!(w.claim(&w.platform, &[]), Ok(()));
    assert_eq!(coin.held(&w.providers[0]), amount / 3);
    assert_eq!(coin.held(&w.payer) + coin.held(&w.providers[0]) + coin.held(&w.platform), gross);
}

/// B-26.
#[test]
fn the_odd_unit_has_an_owner() {
    let w = World::with(|_, plan| {
        plan.terms.platform_fee_bps = 0;
        plan.milestones[0].amount = 1_001;
    });
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    w.wait(14 * DAY);
    assert_eq!(w.resolve_by_default(&[0]), Ok(()));
    assert_eq!((w.balance(&w.providers[0]), w.balance(&w.payer)), (501, 500));
}

/// B-27.
#[test]
fn an_escrow_without_milestones_is_neither_opened_nor_made() {
    let w = World::new();
    let empty = Plan { terms: w.terms.clone(), milestones: vec![] };
    assert_eq!(World::deploy(&w.env, &empty).map(|_| ()), refused(Error::NoMilestones));
    w.assert_refused(Error::NoMilestones, || w.manage_milestones(&w.admin, 3, &[], &[], 0));
}

/// B-28, B-35. The host's `l` is its module for ledgers; `3` and `e` create contracts.
#[test]
fn the_contract_deploys_nothing() {
    let imports = imports();
    for creates in ["3", "e"] {
        assert!(!imports.contains(&("l".into(), creates.into())), "{imports:?}");
    }
    let interface = file("tests/golden/interface.txt");
    assert!(!interface.contains("salt") && !interface.contains("hash"));
}

/// B-29.
#[test]
fn asking_an_address_that_is_no_token_harms_nobody() {
    let w = funded();
    let another = World::on(&w.env, &w.token, |_, _| {});
    for address in [&w.stranger, &another.escrow, &tests::accounts::account(&w.env, 1)] {
        w.assert_refused(Error::NotAToken, || w.withdraw(&w.payer, address));
    }
    let read = entry_points().into_iter().filter(|(name, _)| name.starts_with("get_"));
    let asked: Vec<_> = read.filter(|(_, takes)| takes.contains("Address")).collect();
    assert_eq!(asked, [("get_claimable".into(), "owner: Address, milestones: Vec<u32>".into())]);
}

/// B-30.
#[test]
fn an_escrow_that_is_paid_out_can_be_edited_again() {
    let w = funded();
    w.assert_refused(Error::SomethingFunded, || w.update(&w.admin, &w.terms, 0));
    w.approve_all(&[0, 1, 2]);
    assert_eq!(release(&w, &[0, 1, 2]), Ok(()));
    assert_eq!(w.update(&w.admin, &w.terms, 0), Ok(()));
    let new = milestone(&w.env, "Four", ONE);
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &[new], 3_001 * ONE), Ok(()));
}

/// B-31.
#[test]
fn an_admin_hands_its_seat_on_and_is_needed_for_nothing_once_funded() {
    let w = funded();
    assert_eq!(w.rotate(Role::Admin, &w.admin, &w.stranger), Ok(()));
    w.assert_refused(Error::NotAdmin, || w.extend_ttl(&w.admin, 1, 0, 1));
    w.complete(&[0, 1]);
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    w.wait(31 * DAY);
    assert_eq!(w.release(&w.payer, &[w.payout(1)]), Ok(()));
    assert_eq!(w.reclaim(&w.payer, &[2], GROSS), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
}

/// B-32.
#[test]
fn a_member_leaves_though_money_is_locked_and_its_vote_stays() {
    let w = funded();
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.rotate(Role::Approver, &w.approvers[0], &w.stranger), Ok(()));
    w.assert_refused(Error::AlreadyVoted, || w.approve(&w.stranger, &[w.payout(0)]));
    w.assert_refused(Error::NotApprover, || w.approve(&w.approvers[0], &[w.payout(0)]));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(release(&w, &[0]), Ok(()));
}

/// B-33. Why they rule so is said off chain; who ruled what is not.
#[test]
fn nobody_rules_unseen() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], "the colours"), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(0, 7)]), Ok(()));
    let events = told(&w.env, &w.escrow);
    assert_eq!((events.len(), events[0].name.as_str()), (1, "ruled"));
    assert_eq!(events[0].topic::<Address>(0), w.resolvers[0]);
    let m = w.get_milestone(0);
    let expected = Position { party: w.resolvers[0].clone(), to_receiver: 7 };
    assert_eq!((m.rulings, m.reason), (w.list(&[expected]), Some(w.text("the colours"))));
}

/// B-34.
#[test]
fn an_observer_is_told_of_its_seat_and_can_do_nothing() {
    let w = funded();
    assert_eq!(w.rotate(Role::Observer, &w.observers[0], &w.stranger), Ok(()));
    let seats = told(&w.env, &w.escrow).into_iter().filter(|event| event.name == "seat");
    let holders: Vec<Address> = seats.map(|event| event.topic(0)).collect();
    assert_eq!(holders, [w.stranger.clone(), w.observers[0].clone()]);
    w.assert_refused(Error::NotParty, || w.dispute(&w.stranger, &[0], ""));
    w.assert_refused(Error::NotApprover, || w.approve(&w.stranger, &[w.payout(0)]));
}

/// B-36. The host forbids re-entry: a payment writes the books and the balances, and no flag.
#[test]
fn a_payment_writes_nothing_but_books_and_balances() {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    let [votes, pays] = [0, 1].map(|resolver| {
        assert_eq!(w.resolve(&w.resolvers[resolver], &[ruling(0, 1)]), Ok(()));
        w.env.cost_estimate().resources().write_entries
    });
    assert_eq!(books(&w), (2 * GROSS, 2 * GROSS, 0, 0));
    // The ledger, and what escrow, receiver and payer hold.
    assert_eq!(pays, votes + 4);
}

/// B-37.
#[test]
fn a_fee_that_is_too_high_is_not_called_an_unknown_milestone() {
    let w = World::new();
    let mut terms = w.terms.clone();
    terms.platform_fee_bps = 3_001;
    let plan = Plan { terms, milestones: vec![milestone(&w.env, "One", ONE)] };
    assert_eq!(World::deploy(&w.env, &plan).map(|_| ()), refused(Error::FeeTooHigh));
    w.assert_refused(Error::UnknownMilestone, || w.reclaim(&w.payer, &[9], GROSS));
}
