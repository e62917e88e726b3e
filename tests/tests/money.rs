//! What goes in, what comes out, whose it is in between, and that every unit is accounted for.

use escrow::*;
use soroban_sdk::testutils::{Address as _, Events as _, MockAuth, MockAuthInvoke};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{Address, Env, IntoVal};
use tests::*;

/// Amounts that no honest caller names.
const ODD_AMOUNTS: [i128; 5] = [0, -1, 1, i128::MAX, i128::MIN];

/// A plan with one milestone for each amount, and this fee.
fn priced(amounts: &[i128], bps: u32) -> impl FnOnce(&Env, &mut Plan) {
    move |env, plan| {
        plan.milestones = amounts.iter().map(|amount| milestone(env, "Work", *amount)).collect();
        plan.terms.platform_fee_bps = bps;
    }
}

/// The fee, by another route than the contract's: whole ten thousands first, then what is left.
fn fee(amount: i128, bps: u32) -> i128 {
    let bps = i128::from(bps);
    amount / 10_000 * bps + amount % 10_000 * bps / 10_000
}

/// What the escrow tells of its money agrees with itself, with its milestones, and with the token.
#[track_caller]
fn assert_books(w: &World) {
    let totals = w.get_escrow().totals;
    let held = w.get_balances();
    assert_eq!(held.balance, w.balance(&w.escrow), "the balance is the token's");
    assert_eq!(held.balance, held.reserved + held.credited + held.unreserved, "I1");
    assert!(held.unreserved >= 0, "I1");
    assert_eq!((held.reserved, held.credited), (totals.reserved, totals.credited));
    let out = totals.paid + totals.refunded + totals.fees;
    assert_eq!(totals.deposited, totals.reserved + out, "nothing is lost");
    let mut sums = Totals { credited: 0, refunded: 0, fees: 0, ..empty(totals.milestones) };
    for i in 0..totals.milestones {
        let m = w.get_milestone(i);
        let settled = m.flags.released || m.flags.resolved || m.flags.refunded;
        sums.amount += m.amount;
        sums.gross += m.amount + m.fee;
        if m.funded {
            sums.funded += 1;
            sums.deposited += m.amount + m.fee;
        }
        if settled {
            let earned = fee(m.to_receiver, w.terms.platform_fee_bps);
            sums.settled += 1;
            sums.paid += m.to_receiver;
            sums.fees += earned;
            sums.refunded += m.amount + m.fee - m.to_receiver - earned;
        } else if m.funded {
            sums.reserved += m.amount + m.fee;
        }
        sums.credited += m.credited;
    }
    let fees_owed = w.get_claimable(&w.platform, &[]).unwrap();
    sums.credited += fees_owed;
    assert_eq!(totals, sums, "the sums are those of the milestones");
}

fn empty(milestones: u32) -> Totals {
    Totals {
        milestones,
        funded: 0,
        settled: 0,
        amount: 0,
        gross: 0,
        deposited: 0,
        reserved: 0,
        paid: 0,
        refunded: 0,
        fees: 0,
        credited: 0,
    }
}

/// Completes, approves and releases.
fn pay(w: &World, milestones: &[u32]) {
    w.approve_all(milestones);
    for milestone in milestones {
        assert_eq!(w.release(&w.signers[0], &[w.payout(*milestone)]), Ok(()));
    }
}

/// As many resolvers as are needed rule the same.
fn rule(w: &World, milestone: u32, to_receiver: i128) {
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[Ruling { milestone, to_receiver }]), Ok(()));
    }
}

fn new_asset(env: &Env) -> Address {
    env.register_stellar_asset_contract_v2(Address::generate(env)).address()
}

mod the_fee {
    use super::*;

    #[test]
    fn is_rounded_down_and_comes_on_top() {
        for (amount, bps, fee) in [
            (1, 0, 0),
            (1, 1, 0),
            (1, 3_000, 0),
            (3, 3_000, 0),
            (4, 3_000, 1),
            (9_999, 1, 0),
            (10_000, 1, 1),
            (19_999, 1, 1),
            (20_000, 1, 2),
            (39, 250, 0),
            (40, 250, 1),
            (333, 250, 8),
            (7, 2_999, 2),
            (1_000 * ONE, 250, 25 * ONE),
            (1_000_000_000 * ONE + 7, 3_000, 300_000_000 * ONE + 2),
        ] {
            let w = World::with(priced(&[amount], bps));
            assert_eq!(w.get_milestone(0).fee, fee, "{amount} at {bps}");
            assert_eq!(w.get_escrow().totals.gross, amount + fee, "{amount} at {bps}");
            w.mint(&w.payer, amount + fee);
            assert_eq!(w.fund(0, amount + fee), Ok(()));
            pay(&w, &[0]);
            assert_eq!(w.balance(&w.providers[0]), amount, "the receiver gets it whole");
            assert_eq!(w.get_claimable(&w.platform, &[]), Ok(fee));
            assert_books(&w);
        }
    }

    #[test]
    fn is_rounded_for_each_milestone_by_itself() {
        let w = World::with(priced(&[39, 39, 39], 250));
        let totals = w.get_escrow().totals;
        assert_eq!((totals.amount, totals.gross), (117, 117), "on the sum it would be 2");
        w.mint(&w.payer, 119);
        w.assert_refused(Error::AmountMismatch, || w.fund(2, 119));
        assert_eq!(w.fund(2, 117), Ok(()));
    }

    #[test]
    fn may_be_thirty_percent_and_no_more() {
        let env = network();
        let mut plan = plan(&env, &new_asset(&env));
        plan.terms.platform_fee_bps = 3_000;
        assert!(World::deploy(&env, &plan).is_ok());
        for bps in [3_001, 10_000, u32::MAX] {
            plan.terms.platform_fee_bps = bps;
            assert_eq!(World::deploy(&env, &plan).err(), refused::<()>(Error::FeeTooHigh).err());
        }
    }

    #[test]
    fn is_credited_and_paid_when_claimed() {
        let w = World::new();
        w.fund_all();
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(0));
        pay(&w, &[0]);
        assert_eq!(w.balance(&w.platform), 0, "nothing is pushed");
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(25 * ONE));
        pay(&w, &[1]);
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(50 * ONE));
        assert_eq!(w.get_escrow().totals.credited, 50 * ONE);
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!(w.balance(&w.platform), 50 * ONE);
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(0));
        assert_eq!(w.get_escrow().totals.credited, 0);
        assert_eq!(w.get_escrow().totals.fees, 50 * ONE, "earned is earned");
        assert_books(&w);
    }

    #[test]
    fn cannot_be_claimed_twice() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        w.assert_refused(Error::NothingToClaim, || w.claim(&w.platform, &[]));
        w.assert_refused(Error::NothingToClaim, || w.claim(&w.platform, &[0, 1, 2]));
        pay(&w, &[1]);
        assert_eq!(w.claim(&w.platform, &[]), Ok(()), "new fees are new");
        assert_eq!(w.balance(&w.platform), 50 * ONE);
    }

    #[test]
    fn is_not_claimable_by_anybody_else() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        for owner in [&w.payer, &w.admin, &w.providers[0], &w.approvers[0], &w.stranger] {
            w.assert_refused(Error::NothingToClaim, || w.claim(owner, &[]));
            w.assert_refused(Error::NothingToClaim, || w.claim(owner, &[0, 1, 2]));
            w.assert_refused(Error::NothingToClaim, || w.claim_to(owner, &[], &w.approvers[1]));
        }
    }

    #[test]
    fn goes_elsewhere_only_by_the_platforms_own_signature() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        let vault = w.address();
        let arguments = || (&w.platform, w.list::<u32>(&[]), Some(vault.clone())).into_val(&w.env);
        for signer in [&w.payer, &w.admin, &w.stranger, &vault] {
            let before = w.state();
            assert_eq!(w.call(&[signer], "claim", arguments()), Err(Refusal::Auth));
            assert_eq!(w.call(&[], "claim", arguments()), Err(Refusal::Auth));
            assert_eq!(w.state(), before);
        }
        let elsewhere = (&w.platform, w.list::<u32>(&[]), Some(w.address())).into_val(&w.env);
        w.env.mock_auths(&[MockAuth {
            address: &w.platform,
            invoke: &MockAuthInvoke {
                contract: &w.escrow,
                fn_name: "claim",
                args: elsewhere,
                sub_invokes: &[],
            },
        }]);
        assert_eq!(w.invoke("claim", arguments()), Err(Refusal::Auth), "signed for another place");
        assert_eq!(w.claim_to(&w.platform, &[], &vault), Ok(()));
        assert_eq!((w.balance(&vault), w.balance(&w.platform)), (25 * ONE, 0));
        assert_books(&w);
    }

    #[test]
    fn can_be_sent_neither_to_the_escrow_nor_to_the_token() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        for to in [&w.escrow, &w.token] {
            w.assert_refused(Error::ReservedAddress, || w.claim_to(&w.platform, &[], to));
        }
    }

    #[test]
    fn of_a_ruling_is_earned_on_the_receivers_part_and_the_rest_goes_back() {
        for (amount, bps, to_receiver, earned, back) in [
            (10_000, 250, 0, 0, 10_250),
            (10_000, 250, 39, 0, 10_211),
            (10_000, 250, 40, 1, 10_209),
            (10_000, 250, 9_999, 249, 2),
            (10_000, 250, 10_000, 250, 0),
            (9_999, 1, 9_999, 0, 0),
            (7, 3_000, 3, 0, 6),
            (7, 3_000, 4, 1, 4),
            (7, 0, 3, 0, 4),
        ] {
            let w = World::with(priced(&[amount], bps));
            w.fund_all();
            assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
            rule(&w, 0, to_receiver);
            assert_eq!(w.balance(&w.providers[0]), to_receiver);
            assert_eq!(w.balance(&w.payer), back, "{amount} at {bps}, {to_receiver}");
            assert_eq!(w.get_claimable(&w.platform, &[]), Ok(earned));
            assert_eq!(to_receiver + earned + back, amount + fee(amount, bps));
            assert_books(&w);
        }
    }
}

mod funding {
    use super::*;

    #[test]
    fn everything_is_one_call_that_takes_exactly_the_gross() {
        let w = World::new();
        w.mint(&w.payer, 3_075 * ONE + 5);
        assert_eq!(w.fund(2, 3_075 * ONE), Ok(()));
        assert_eq!(w.balance(&w.payer), 5);
        assert_eq!(books(&w), (3_075 * ONE, 3_075 * ONE, 0, 0));
        assert_eq!(w.get_escrow().totals.funded, 3);
        assert!((0..3).all(|i| w.get_milestone(i).funded));
        assert_books(&w);
    }

    #[test]
    fn goes_in_parts_and_in_order() {
        let w = World::with(priced(&[100, 2_000, 30_000, 400_000], 1_000));
        w.mint(&w.payer, 1_000_000);
        let funded = |w: &World| (0..4).map(|i| w.get_milestone(i).funded).collect::<Vec<_>>();
        assert_eq!(w.fund(0, 110), Ok(()));
        assert_eq!(funded(&w), [true, false, false, false]);
        assert_eq!(w.fund(2, 2_200 + 33_000), Ok(()));
        assert_eq!(funded(&w), [true, true, true, false]);
        assert_eq!(books(&w), (35_310, 35_310, 0, 0));
        assert_eq!(w.fund(3, 440_000), Ok(()));
        assert_eq!(funded(&w), [true; 4]);
        assert_eq!(w.balance(&w.payer), 1_000_000 - 475_310);
        assert_books(&w);
    }

    #[test]
    fn by_count_and_by_transfer_can_alternate() {
        let w = World::with(priced(&[100, 200, 300], 1_000));
        w.mint(&w.payer, 220);
        w.deposit(440);
        assert_eq!(w.count_deposit(0, 110), Ok(()));
        assert_eq!(w.fund(1, 220), Ok(()));
        assert_eq!(w.count_deposit(2, 330), Ok(()));
        assert_eq!(books(&w), (660, 660, 0, 0));
        assert_books(&w);
    }

    #[test]
    fn with_another_amount_is_refused() {
        let w = World::with(priced(&[100, 200], 1_000));
        w.mint(&w.payer, 1_000);
        w.deposit(1_000);
        for (through, due) in [(0, 110), (1, 330)] {
            let near = [due - 1, due + 1, 100, 300, 220, -due];
            for amount in near.into_iter().chain(ODD_AMOUNTS) {
                w.assert_refused(Error::AmountMismatch, || w.fund(through, amount));
                w.assert_refused(Error::AmountMismatch, || w.count_deposit(through, amount));
            }
        }
        assert_eq!(w.fund(0, 110), Ok(()));
        for amount in [330, 219, 221] {
            w.assert_refused(Error::AmountMismatch, || w.fund(1, amount));
            w.assert_refused(Error::AmountMismatch, || w.count_deposit(1, amount));
        }
        assert_eq!(w.fund(1, 220), Ok(()));
    }

    #[test]
    fn again_is_refused_also_once_settled() {
        let w = World::with(priced(&[100, 200], 0));
        w.mint(&w.payer, 1_000);
        w.deposit(1_000);
        assert_eq!(w.fund(0, 100), Ok(()));
        for amount in [100, 0, 300] {
            w.assert_refused(Error::AlreadyFunded, || w.fund(0, amount));
            w.assert_refused(Error::AlreadyFunded, || w.count_deposit(0, amount));
        }
        pay(&w, &[0]);
        w.assert_refused(Error::AlreadyFunded, || w.fund(0, 100));
        w.assert_refused(Error::AlreadyFunded, || w.count_deposit(0, 100));
        assert_eq!(w.fund(1, 200), Ok(()));
    }

    #[test]
    fn an_unknown_milestone_is_refused() {
        let w = World::with(priced(&[100, 200], 0));
        w.mint(&w.payer, 1_000);
        w.deposit(1_000);
        for through in [2, 3, u32::MAX] {
            w.assert_refused(Error::UnknownMilestone, || w.fund(through, 300));
            w.assert_refused(Error::UnknownMilestone, || w.count_deposit(through, 300));
        }
    }

    #[test]
    fn at_another_revision_is_refused() {
        let w = World::with(priced(&[100], 0));
        w.mint(&w.payer, 1_000);
        w.deposit(1_000);
        let admin = w.admin.clone();
        let count_at = |revision: u32| {
            let args = (&w.payer, 0_u32, 100_i128, revision).into_val(&w.env);
            w.call(&[&w.payer], "count_deposit", args)
        };
        assert_eq!(w.update(&admin, &w.terms, 0), Ok(()));
        assert_eq!(w.manage_milestones(&admin, 0, &[edit(0)], &[], 100), Ok(()));
        assert_eq!(w.get_escrow().revision, 2);
        for revision in [0, 1, 3, u32::MAX] {
            w.assert_refused(Error::RevisionMismatch, || w.fund_at(&w.payer, 0, 100, revision));
            w.assert_refused(Error::RevisionMismatch, || count_at(revision));
        }
        assert_eq!(w.fund_at(&w.payer, 0, 100, 2), Ok(()));
    }

    #[test]
    fn is_the_payers_alone() {
        let w = World::with(priced(&[100], 0));
        w.deposit(100);
        let others = [&w.admin, &w.platform, &w.approvers[0], &w.providers[0], &w.stranger];
        for other in others {
            w.mint(other, 100);
            w.assert_refused(Error::NotPayer, || w.fund_at(other, 0, 100, 0));
            w.assert_refused(Error::NotPayer, || {
                let args = (other, 0_u32, 100_i128, 0_u32).into_val(&w.env);
                w.call(&[other], "count_deposit", args)
            });
        }
    }

    #[test]
    fn without_the_tokens_is_refused() {
        let w = World::with(priced(&[100], 0));
        w.assert_refused(Error::TransferFailed, || w.fund(0, 100));
        w.mint(&w.payer, 99);
        w.assert_refused(Error::TransferFailed, || w.fund(0, 100));
        w.deposit(100);
        w.assert_refused(Error::TransferFailed, || w.fund(0, 100));
        w.mint(&w.payer, 1);
        assert_eq!(w.fund(0, 100), Ok(()));
        assert_eq!(books(&w), (200, 100, 0, 100));
    }

    #[test]
    fn added_milestones_costs_what_they_take() {
        let w = World::with(priced(&[100], 1_000));
        w.fund_all();
        let added = [milestone(&w.env, "More", 50), milestone(&w.env, "Still more", 70)];
        assert_eq!(w.manage_milestones(&w.admin, 0, &[], &added, 220), Ok(()));
        w.mint(&w.payer, 1_000);
        w.assert_refused(Error::AmountMismatch, || w.fund(2, 242));
        assert_eq!(w.fund(2, 55 + 77), Ok(()));
        assert_eq!(books(&w), (242, 242, 0, 0));
        assert_books(&w);
    }

    #[test]
    fn after_milestones_were_replaced_costs_what_is_there_now() {
        let w = World::with(priced(&[100, 200, 300], 1_000));
        let added = [milestone(&w.env, "Instead", 41)];
        assert_eq!(w.manage_milestones(&w.admin, 2, &[], &added, 141), Ok(()));
        w.mint(&w.payer, 1_000);
        w.assert_refused(Error::AmountMismatch, || w.fund(1, 330));
        w.assert_refused(Error::UnknownMilestone, || w.fund(2, 660));
        assert_eq!(w.fund(1, 110 + 45), Ok(()));
        assert_books(&w);
    }
}

mod deposits {
    use super::*;

    #[test]
    fn change_nothing_but_what_is_unreserved() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
        let (escrow, milestones, _) = w.state();
        let (balance, reserved, credited, _) = books(&w);
        for (added, sum) in [(1, 1), (7 * ONE, 7 * ONE + 1)] {
            w.deposit(added);
            let (escrow_now, milestones_now, _) = w.state();
            assert_eq!((&escrow_now, &milestones_now), (&escrow, &milestones), "I6");
            assert_eq!(books(&w), (balance + sum, reserved, credited, sum));
        }
        rule(&w, 1, 500 * ONE);
        assert_eq!(w.balance(&w.payer), 512 * ONE + ONE / 2, "no more than without");
        assert_books(&w);
    }

    #[test]
    fn count_when_they_are_enough() {
        let w = World::with(priced(&[100, 200], 1_000));
        w.deposit(330);
        assert_eq!(w.count_deposit(1, 330), Ok(()));
        assert_eq!(books(&w), (330, 330, 0, 0));
        assert!(w.get_milestone(1).funded);
        assert_books(&w);
    }

    #[test]
    fn do_not_count_when_one_is_missing() {
        let w = World::with(priced(&[100, 200], 1_000));
        w.deposit(329);
        w.mint(&w.payer, 1_000);
        w.assert_refused(Error::UnreservedTooLow, || w.count_deposit(1, 330));
        assert_eq!(w.count_deposit(0, 110), Ok(()), "for the first they are enough");
        w.assert_refused(Error::UnreservedTooLow, || w.count_deposit(1, 220));
        w.deposit(1);
        assert_eq!(w.count_deposit(1, 220), Ok(()));
    }

    #[test]
    fn do_not_count_what_is_reserved_or_credited() {
        let w = World::with(priced(&[100, 200, 300], 1_000));
        w.mint(&w.payer, 330);
        assert_eq!(w.fund(1, 330), Ok(()));
        w.assert_refused(Error::UnreservedTooLow, || w.count_deposit(2, 330));
        pay(&w, &[0]);
        assert_eq!(books(&w), (230, 220, 10, 0));
        w.deposit(329);
        w.assert_refused(Error::UnreservedTooLow, || w.count_deposit(2, 330));
        w.deposit(1);
        assert_eq!(w.count_deposit(2, 330), Ok(()));
        assert_eq!(books(&w), (560, 550, 10, 0));
        assert_eq!(w.claim(&w.platform, &[]), Ok(()), "the fee is still there");
        assert_books(&w);
    }
}

mod withdrawing {
    use super::*;

    #[test]
    fn takes_all_that_is_unreserved_and_nothing_else() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        w.deposit(77);
        assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
        assert_eq!(w.balance(&w.payer), 77);
        assert_eq!(books(&w), (2_075 * ONE, 2_050 * ONE, 25 * ONE, 0));
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
        assert_books(&w);
    }

    #[test]
    fn of_nothing_is_refused() {
        let w = World::new();
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
        let other = new_asset(&w.env);
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &other));
        w.fund_all();
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
        pay(&w, &[0, 1, 2]);
        assert_eq!(books(&w), (75 * ONE, 0, 75 * ONE, 0));
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
    }

    #[test]
    fn is_the_payers_alone() {
        let w = World::new();
        w.deposit(100);
        let other = new_asset(&w.env);
        let others = [&w.admin, &w.platform, &w.approvers[0], &w.providers[0], &w.stranger];
        for caller in others {
            w.assert_refused(Error::NotPayer, || w.withdraw(caller, &w.token));
            w.assert_refused(Error::NotPayer, || w.withdraw(caller, &other));
        }
        let args = (&w.payer, &w.token).into_val(&w.env);
        assert_eq!(w.call(&[&w.stranger], "withdraw", args), Err(Refusal::Auth));
    }

    #[test]
    fn another_token_takes_all_of_it_and_leaves_the_escrows_own_alone() {
        let w = World::new();
        w.fund_all();
        w.deposit(5);
        let other = new_asset(&w.env);
        let asset = TokenClient::new(&w.env, &other);
        w.env.mock_all_auths();
        StellarAssetClient::new(&w.env, &other).mint(&w.escrow, &1_234);
        w.env.set_auths(&[]);
        let (before, own) = (w.state(), books(&w));
        assert_eq!(w.withdraw(&w.payer, &other), Ok(()));
        assert_eq!((asset.balance(&w.payer), asset.balance(&w.escrow)), (1_234, 0));
        assert_eq!((w.state(), books(&w)), (before, own), "nothing else has moved");
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &other));
    }

    #[test]
    fn works_before_funding_and_after_completion() {
        let w = World::with(priced(&[100], 0));
        w.deposit(9);
        assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
        w.fund_all();
        pay(&w, &[0]);
        assert_eq!(w.get_escrow().state, State::Completed);
        w.deposit(8);
        assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
        assert_eq!((w.balance(&w.payer), w.balance(&w.escrow)), (17, 0));
    }
}

/// Balance, reserved, credited and unreserved after each kind of step of one long story.
#[test]
fn the_books_balance_after_every_kind_of_step() {
    let w = World::with(priced(&[1_000; 10], 1_000));
    let receiver = w.providers[0].clone();
    let step = |name: &str, outcome: Outcome, expected: (i128, i128, i128, i128)| {
        assert_eq!(outcome, Ok(()), "{name}");
        assert_eq!(books(&w), expected, "{name}");
        assert_books(&w);
    };
    let ruling = |milestone, to_receiver| Ruling { milestone, to_receiver };
    assert_eq!(books(&w), (0, 0, 0, 0));
    w.deposit(1_150);
    w.mint(&w.payer, 9_900);
    assert_eq!(books(&w), (1_150, 0, 0, 1_150));
    step("count", w.count_deposit(0, 1_100), (1_150, 1_100, 0, 50));
    step("fund", w.fund(8, 8_800), (9_950, 9_900, 0, 50));
    step("report", w.report(0, Status::Completed), (9_950, 9_900, 0, 50));
    for approver in &w.approvers[..2] {
        let vote = w.approve(approver, &[w.payout(0)]);
        step("approve", vote, (9_950, 9_900, 0, 50));
    }
    let release = w.release(&w.signers[0], &[w.payout(0)]);
    step("release", release, (8_950, 8_800, 100, 50));
    step("refund", w.refund(&receiver, &[1], 1_100), (7_850, 7_700, 100, 50));
    step("dispute", w.dispute(&w.payer, &[2, 3], ""), (7_850, 7_700, 100, 50));
    step("first rule", w.resolve(&w.resolvers[0], &[ruling(2, 505)]), (7_850, 7_700, 100, 50));
    let carried = w.resolve(&w.resolvers[1], &[ruling(2, 505)]);
    step("resolve", carried, (6_800, 6_600, 150, 50));
    step("offer", w.settle(&w.payer, &[ruling(4, 999)]), (6_800, 6_600, 150, 50));
    step("settle", w.settle(&receiver, &[ruling(4, 999)]), (5_799, 5_500, 249, 50));
    step("claim", w.claim(&w.platform, &[]), (5_550, 5_500, 0, 50));
    step("withdraw", w.withdraw(&w.payer, &w.token), (5_500, 5_500, 0, 0));
    step("redirect", w.redirect(&receiver, 5, &w.stranger), (5_500, 5_500, 0, 0));
    step("reject", done_then_rejected(&w, 6), (5_500, 5_500, 0, 0));
    w.wait(14 * DAY);
    step("default", w.resolve_by_default(&[3]), (4_450, 4_400, 50, 0));
    w.wait(40 * DAY);
    step("reclaim", w.reclaim(&w.payer, &[6, 7], 2_200), (2_250, 2_200, 50, 0));
    let payer = w.payer.clone();
    step("rotate", w.rotate(Role::Payer, &payer, &w.address()), (2_250, 2_200, 50, 0));
    let totals = w.get_escrow().totals;
    assert_eq!((totals.milestones, totals.funded, totals.settled), (10, 9, 7));
    assert_eq!(w.balance(&receiver), 1_000 + 505 + 999 + 500);
    assert_eq!(w.balance(&w.platform), 249);
}

fn done_then_rejected(w: &World, milestone: u32) -> Outcome {
    w.complete(&[milestone]);
    w.reject(&w.approvers[0], &[milestone], "not yet")
}

/// The ways in which one milestone can be settled, with what the receiver gets of its amount.
fn ways(amount: i128) -> Vec<(&'static str, i128)> {
    let half_up = amount / 2 + amount % 2;
    let mut ways = vec![
        ("release", amount),
        ("release by anybody", amount),
        ("confirm", amount),
        ("refund", 0),
        ("reclaim", 0),
        ("default to even", half_up),
        ("default to refund", 0),
        ("default to release, done", amount),
        ("default to release, not done", 0),
    ];
    for part in [0, 1, amount / 3, half_up, amount - 1, amount] {
        ways.push(("resolve", part));
        ways.push(("settle", part));
    }
    ways
}

fn settle_by(w: &World, way: &str, to_receiver: i128) {
    let ruling = Ruling { milestone: 0, to_receiver };
    let receiver = w.get_milestone(0).receiver;
    let whole = w.get_escrow().totals.gross;
    let outcome = match way {
        "release" => {
            w.approve_all(&[0]);
            w.release(&w.signers[0], &[w.payout(0)])
        }
        "release by anybody" => {
            w.complete(&[0]);
            w.wait(7 * DAY);
            w.release(&w.stranger, &[w.payout(0)])
        }
        "confirm" => {
            assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
            assert_eq!(w.rotate(Role::ReleaseSigner, &w.signers[0], &w.approvers[0]), Ok(()));
            w.confirm(&w.approvers[0], &[w.payout(0)])
        }
        "refund" => w.refund(&receiver, &[0], whole),
        "reclaim" => {
            w.wait(30 * DAY + 1);
            w.reclaim(&w.payer, &[0], whole)
        }
        "resolve" => {
            assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
            assert_eq!(w.resolve(&w.resolvers[2], &[ruling]), Ok(()));
            w.resolve(&w.resolvers[0], &[ruling])
        }
        "settle" => {
            assert_eq!(w.settle(&receiver, &[ruling]), Ok(()));
            w.settle(&w.payer, &[ruling])
        }
        _ => {
            if way.ends_with(", done") {
                w.complete(&[0]);
            }
            assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
            w.wait(14 * DAY);
            w.resolve_by_default(&[0])
        }
    };
    assert_eq!(outcome, Ok(()), "{way}");
}

/// Where the outcome rests on a fallback, the one that the way's name tells.
fn fallback_of(way: &str) -> Fallback {
    if way.starts_with("default to release") {
        Fallback::Release
    } else if way == "default to refund" {
        Fallback::Refund
    } else {
        Fallback::Even
    }
}

#[test]
fn every_settled_milestone_pays_exactly_its_gross() {
    for (amount, bps) in
        [(1, 3_000), (7, 2_999), (9_999, 1), (10_001, 1), (333_333_333, 250), (12_345, 0)]
    {
        for (way, to_receiver) in ways(amount) {
            let case = format!("{amount} at {bps}, {way} {to_receiver}");
            let w = World::with(|env, plan| {
                priced(&[amount], bps)(env, plan);
                plan.terms.policy.fallback = fallback_of(way);
            });
            w.fund_all();
            settle_by(&w, way, to_receiver);
            let earned = fee(to_receiver, bps);
            let back = amount + fee(amount, bps) - to_receiver - earned;
            let flags = w.get_milestone(0).flags;
            let settled = [flags.released, flags.resolved, flags.refunded];
            assert_eq!(settled.iter().filter(|flag| **flag).count(), 1, "{case}");
            assert_eq!(w.get_milestone(0).to_receiver, to_receiver, "{case}");
            assert_eq!(w.balance(&w.providers[0]), to_receiver, "{case}");
            assert_eq!(w.balance(&w.payer), back, "{case}");
            assert_eq!(books(&w), (earned, 0, earned, 0), "{case}");
            assert_books(&w);
            if earned > 0 {
                assert_eq!(w.claim(&w.platform, &[]), Ok(()), "{case}");
            }
            assert_eq!(w.balance(&w.platform), earned, "{case}");
            assert_eq!(w.balance(&w.escrow), 0, "{case}");
        }
    }
}

#[test]
fn a_settled_milestone_is_never_paid_again() {
    for (way, to_receiver) in ways(1_000) {
        let w = World::with(|env, plan| {
            priced(&[1_000], 250)(env, plan);
            plan.terms.policy.fallback = fallback_of(way);
        });
        w.fund_all();
        settle_by(&w, way, to_receiver);
        w.deposit(10_000);
        let receiver = w.providers[0].clone();
        let ruling = [Ruling { milestone: 0, to_receiver }];
        let payout = [w.payout(0)];
        for again in [
            &|| w.release(&w.signers[1], &payout) as Outcome,
            &|| w.refund(&receiver, &[0], 1_025),
            &|| w.reclaim(&w.payer, &[0], 1_025),
            &|| w.resolve(&w.resolvers[0], &ruling),
            &|| w.resolve_by_default(&[0]),
            &|| w.settle(&w.payer, &ruling),
            &|| w.settle(&receiver, &ruling),
        ] as [&dyn Fn() -> Outcome; 7]
        {
            w.assert_refused(Error::AlreadySettled, again);
        }
    }
}

#[test]
fn an_even_split_gives_the_odd_unit_to_the_receiver() {
    for (amount, to_receiver) in [(1, 1), (2, 1), (3, 2), (10_001, 5_001), (10_002, 5_001)] {
        let w = World::with(priced(&[amount], 0));
        w.fund_all();
        settle_by(&w, "default to even", to_receiver);
        assert_eq!(w.balance(&w.providers[0]), to_receiver);
        assert_eq!(w.balance(&w.payer), amount - to_receiver);
    }
}

#[test]
fn one_batch_pays_each_receiver_once_and_all_of_it() {
    let w = World::with(|env, plan| {
        priced(&[100, 200, 400, 800], 1_000)(env, plan);
        plan.milestones[1].receiver = Some(plan.terms.roles.service_providers.get_unchecked(1));
        plan.milestones[3].receiver = Some(plan.terms.roles.service_providers.get_unchecked(1));
    });
    w.fund_all();
    w.approve_all(&[0, 1, 2, 3]);
    let payouts: Vec<_> = (0..4).map(|i| w.payout(i)).collect();
    assert_eq!(w.release(&w.signers[0], &payouts), Ok(()));
    let transfers = w.env.events().all().filter_by_contract(&w.token).events().len();
    assert_eq!(transfers, 2, "one transfer for each receiver");
    assert_eq!(w.balance(&w.providers[0]), 500);
    assert_eq!(w.balance(&w.providers[1]), 1_000);
    assert_eq!(books(&w), (150, 0, 150, 0));
    assert_books(&w);
}

#[test]
fn a_batch_returns_exactly_the_sum_that_was_named() {
    let w = World::with(priced(&[100, 39, 400], 250));
    w.fund_all();
    let receiver = w.providers[0].clone();
    for amount in [100 + 2 + 39, 140, 142, 139].into_iter().chain(ODD_AMOUNTS) {
        if amount != 141 {
            let call = || w.refund(&receiver, &[0, 1], amount);
            w.assert_refused(Error::AmountMismatch, call);
        }
    }
    assert_eq!(w.refund(&receiver, &[1, 0], 141), Ok(()));
    w.wait(30 * DAY + 1);
    for amount in [400, 409, 411].into_iter().chain(ODD_AMOUNTS) {
        w.assert_refused(Error::AmountMismatch, || w.reclaim(&w.payer, &[2], amount));
    }
    assert_eq!(w.reclaim(&w.payer, &[2], 410), Ok(()));
    assert_eq!(w.balance(&w.payer), 551);
    assert_books(&w);
}

mod one_address_with_several_parts {
    use super::*;

    /// Three milestones of 1,001 at ten percent: released, split by a ruling, and given back.
    fn three_endings(change: impl FnOnce(&mut Roles)) -> World {
        let w = World::with(|env, plan| {
            priced(&[1_001; 3], 1_000)(env, plan);
            change(&mut plan.terms.roles);
            let receiver = plan.terms.roles.service_providers.get_unchecked(0);
            for milestone in &mut plan.milestones {
                milestone.receiver = Some(receiver.clone());
            }
        });
        w.fund_all();
        pay(&w, &[0]);
        assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
        rule(&w, 1, 405);
        let receiver = w.get_milestone(2).receiver;
        assert_eq!(w.refund(&receiver, &[2], 1_101), Ok(()));
        assert_books(&w);
        assert_eq!(books(&w), (140, 0, 140, 0));
        w
    }

    const TO_RECEIVER: i128 = 1_001 + 405;
    const FEES: i128 = 100 + 40;
    const TO_PAYER: i128 = 3 * 1_101 - TO_RECEIVER - FEES;

    #[test]
    fn payer_and_receiver() {
        let w = three_endings(|roles| roles.payer = roles.service_providers.get_unchecked(0));
        assert_eq!(w.balance(&w.payer), TO_RECEIVER + TO_PAYER);
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!((w.balance(&w.platform), w.balance(&w.escrow)), (FEES, 0));
    }

    #[test]
    fn payer_and_platform() {
        let w = three_endings(|roles| roles.platform = roles.payer.clone());
        assert_eq!(w.balance(&w.payer), TO_PAYER);
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
        assert_eq!(w.get_claimable(&w.payer, &[0, 1, 2]), Ok(FEES));
        assert_eq!(w.claim(&w.payer, &[]), Ok(()));
        assert_eq!(w.balance(&w.payer), TO_PAYER + FEES);
        assert_eq!(w.balance(&w.providers[0]), TO_RECEIVER);
    }

    #[test]
    fn receiver_and_platform() {
        let w = three_endings(|roles| roles.platform = roles.service_providers.get_unchecked(0));
        assert_eq!(w.balance(&w.platform), TO_RECEIVER);
        assert_eq!(w.claim(&w.platform, &[0, 1, 2]), Ok(()));
        assert_eq!(w.balance(&w.platform), TO_RECEIVER + FEES);
        assert_eq!(w.balance(&w.payer), TO_PAYER);
    }

    #[test]
    fn payer_and_receiver_in_one_settle_alone() {
        let w = World::with(|env, plan| {
            priced(&[1_001], 1_000)(env, plan);
            plan.milestones[0].receiver = Some(plan.terms.roles.payer.clone());
        });
        w.fund_all();
        let ruling = [Ruling { milestone: 0, to_receiver: 405 }];
        w.assert_refused(Error::NotParty, || w.settle(&w.providers[0], &ruling));
        assert_eq!(w.settle(&w.payer, &ruling), Ok(()));
        assert_eq!(w.balance(&w.payer), 1_101 - 40);
        assert_eq!(books(&w), (40, 0, 40, 0));
        assert_books(&w);
    }

    #[test]
    fn payer_receiver_and_platform() {
        let w = three_endings(|roles| {
            roles.payer = roles.service_providers.get_unchecked(0);
            roles.platform = roles.payer.clone();
        });
        assert_eq!(w.balance(&w.payer), TO_RECEIVER + TO_PAYER);
        assert_eq!(w.claim(&w.payer, &[]), Ok(()));
        assert_eq!((w.balance(&w.payer), w.balance(&w.escrow)), (3 * 1_101, 0));
    }
}

mod at_the_edges {
    use super::*;

    /// The largest amount that can be counted together with its fee.
    fn largest(bps: u32) -> i128 {
        let (mut low, mut high) = (0, i128::MAX);
        while low < high {
            let middle = high - (high - low) / 2;
            match middle.checked_add(fee(middle, bps)) {
                Some(_) => low = middle,
                None => high = middle - 1,
            }
        }
        low
    }

    #[track_caller]
    fn assert_no_escrow(error: Error, amounts: &[i128], bps: u32, total: i128) {
        let env = network();
        let mut plan = plan(&env, &new_asset(&env));
        priced(amounts, bps)(&env, &mut plan);
        let made = World::deploy_for(&env, &plan, total).map(|_| ());
        assert_eq!(made, refused(error), "{amounts:?} at {bps}, {total}");
    }

    #[test]
    fn amounts_that_are_not_positive_open_no_escrow() {
        for amount in [0, -1, -1_000 * ONE, i128::MIN] {
            for total in [amount, 100, 0] {
                assert_no_escrow(Error::AmountNotPositive, &[amount], 250, total);
                assert_no_escrow(Error::AmountNotPositive, &[100, amount], 0, total);
            }
        }
    }

    #[test]
    fn sums_that_overflow_open_no_escrow() {
        for (amounts, bps) in [
            (&[i128::MAX, 1][..], 0),
            (&[1, i128::MAX], 0),
            (&[i128::MAX / 2 + 1, i128::MAX / 2 + 1], 0),
            (&[i128::MAX], 1),
            (&[i128::MAX], 3_000),
            (&[largest(1) + 1], 1),
            (&[largest(3_000) + 1], 3_000),
            (&[largest(250), 1], 250),
        ] {
            for total in [i128::MAX, i128::MIN, 0] {
                assert_no_escrow(Error::Overflow, amounts, bps, total);
            }
        }
    }

    #[test]
    fn a_total_that_is_not_the_sum_opens_no_escrow() {
        for total in [299, 301].into_iter().chain(ODD_AMOUNTS) {
            assert_no_escrow(Error::TotalMismatch, &[100, 200], 250, total);
        }
        assert_no_escrow(Error::TotalMismatch, &[100, 200], 1_000, 330);
        assert_no_escrow(Error::NoMilestones, &[], 250, 0);
    }

    #[test]
    fn the_largest_amounts_run_through_to_the_end() {
        for (amounts, bps) in [
            (&[i128::MAX][..], 0),
            (&[i128::MAX / 2, i128::MAX / 2 + 1], 0),
            (&[largest(1)], 1),
            (&[largest(3_000)], 3_000),
            (&[largest(250) / 2; 2], 250),
        ] {
            let w = World::with(priced(amounts, bps));
            let each = amounts[0];
            w.fund_all();
            w.complete(&[0]);
            pay(&w, &[0]);
            assert_eq!(w.balance(&w.providers[0]), each);
            let earned = fee(each, bps);
            assert_eq!(w.get_claimable(&w.platform, &[]), Ok(earned));
            if earned > 0 {
                assert_eq!(w.claim(&w.platform, &[]), Ok(()));
            }
            assert_books(&w);
        }
    }

    #[test]
    fn the_largest_amount_can_be_split_and_returned() {
        let w = World::with(priced(&[i128::MAX], 0));
        w.fund_all();
        assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
        w.wait(14 * DAY);
        assert_eq!(w.resolve_by_default(&[0]), Ok(()));
        assert_eq!(w.balance(&w.providers[0]), i128::MAX / 2 + 1);
        assert_eq!(w.balance(&w.payer), i128::MAX / 2);
        let w = World::with(priced(&[i128::MAX], 0));
        w.fund_all();
        assert_eq!(w.refund(&w.providers[0], &[0], i128::MAX), Ok(()));
        assert_eq!(w.balance(&w.payer), i128::MAX);
    }

    #[test]
    fn more_milestones_that_overflow_are_refused() {
        let w = World::with(priced(&[100], 0));
        let add = |amount, total| {
            let new = [milestone(&w.env, "More", amount)];
            w.manage_milestones(&w.admin, 0, &[], &new, total)
        };
        for total in [i128::MAX, 100, i128::MIN] {
            w.assert_refused(Error::Overflow, || add(i128::MAX, total));
            w.assert_refused(Error::Overflow, || add(i128::MAX - 99, total));
            for amount in [0, -1, -100, i128::MIN] {
                w.assert_refused(Error::AmountNotPositive, || add(amount, total));
            }
        }
        for total in [199, 201].into_iter().chain(ODD_AMOUNTS) {
            w.assert_refused(Error::TotalMismatch, || add(100, total));
        }
        assert_eq!(add(i128::MAX - 100, i128::MAX), Ok(()));
    }

    #[test]
    fn a_payout_of_another_amount_is_refused() {
        let w = World::with(|env, plan| {
            priced(&[1_000], 250)(env, plan);
            plan.terms.roles.release_signers = plan.terms.roles.approvers.clone();
        });
        w.fund_all();
        for amount in [999, 1_001, 1_025].into_iter().chain(ODD_AMOUNTS) {
            let payout = || [Payout { amount, ..w.payout(0) }];
            w.assert_refused(Error::AmountMismatch, || w.approve(&w.approvers[0], &payout()));
            w.assert_refused(Error::AmountMismatch, || w.confirm(&w.approvers[0], &payout()));
        }
        w.approve_all(&[0]);
        for amount in [999, 1_001, 1_025].into_iter().chain(ODD_AMOUNTS) {
            let payout = || [Payout { amount, ..w.payout(0) }];
            w.assert_refused(Error::AmountMismatch, || w.release(&w.signers[0], &payout()));
        }
    }

    #[test]
    fn a_split_beyond_the_amount_is_refused() {
        let w = World::with(priced(&[1_000], 250));
        w.fund_all();
        let out = [-1, 1_001, 1_025, i128::MAX, i128::MIN];
        for to_receiver in out {
            let ruling = [Ruling { milestone: 0, to_receiver }];
            w.assert_refused(Error::SplitOutOfRange, || w.settle(&w.payer, &ruling));
            w.assert_refused(Error::SplitOutOfRange, || w.settle(&w.providers[0], &ruling));
        }
        assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
        for to_receiver in out {
            let ruling = [Ruling { milestone: 0, to_receiver }];
            w.assert_refused(Error::SplitOutOfRange, || w.resolve(&w.resolvers[0], &ruling));
        }
    }

    #[test]
    fn a_balance_of_any_size_is_counted() {
        let w = World::with(priced(&[1_000], 250));
        w.deposit(i128::MAX);
        assert_eq!(books(&w), (i128::MAX, 0, 0, i128::MAX));
        w.mint(&w.payer, 1_026);
        w.assert_refused(Error::TransferFailed, || w.fund(0, 1_025));
        assert_eq!(w.count_deposit(0, 1_025), Ok(()));
        assert_eq!(books(&w), (i128::MAX, 1_025, 0, i128::MAX - 1_025));
        w.assert_refused(Error::TransferFailed, || w.withdraw(&w.payer, &w.token));
        assert_eq!(w.rotate(Role::Payer, &w.payer, &w.stranger), Ok(()));
        assert_eq!(w.withdraw(&w.stranger, &w.token), Ok(()));
        assert_eq!(books(&w), (1_025, 1_025, 0, 0));
    }

    #[test]
    fn lists_of_claims_are_checked_like_all_others() {
        let w = World::new();
        w.fund_all();
        pay(&w, &[0]);
        let many: Vec<u32> = (0..51).collect();
        for owner in [&w.platform, &w.providers[0]] {
            w.assert_refused(Error::DuplicateMilestone, || w.claim(owner, &[0, 1, 0]));
            w.assert_refused(Error::UnknownMilestone, || w.claim(owner, &[0, 3]));
            w.assert_refused(Error::UnknownMilestone, || w.claim(owner, &[u32::MAX]));
            assert_eq!(w.get_claimable(owner, &[0, 0]), refused(Error::DuplicateMilestone));
            assert_eq!(w.get_claimable(owner, &[3]), refused(Error::UnknownMilestone));
        }
        let w = World::with(|env, plan| {
            priced(&[10; 20], 1_000)(env, plan);
        });
        for _ in 0..2 {
            let added = vec![milestone(&w.env, "More", 10); 20];
            let total = w.get_escrow().totals.amount + 200;
            assert_eq!(w.manage_milestones(&w.admin, 0, &[], &added, total), Ok(()));
        }
        w.fund_all();
        pay(&w, &[0]);
        w.assert_refused(Error::TooLarge, || w.claim(&w.platform, &many));
        assert_eq!(w.get_claimable(&w.platform, &many), refused(Error::TooLarge));
        assert_eq!(w.claim(&w.platform, &many[..50]), Ok(()));
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, end: i128) -> i128 {
        i128::from(self.next()).rem_euclid(end)
    }

    /// Of any length from one digit to twelve.
    fn amount(&mut self) -> i128 {
        let digits = 1 + self.below(12) as u32;
        1 + self.below(10_i128.pow(digits))
    }

    fn bps(&mut self) -> u32 {
        [0, 1, 3, 250, 2_999, 3_000, self.below(3_001) as u32][self.below(7) as usize]
    }
}

#[test]
fn every_unit_arrives_for_any_amount_fee_and_split() {
    const MILESTONES: usize = 12;
    let mut dice = Dice(1);
    for round in 0..25 {
        let bps = dice.bps();
        let amounts: Vec<_> = (0..MILESTONES).map(|_| dice.amount()).collect();
        let w = World::with(priced(&amounts, bps));
        let receiver = w.providers[0].clone();
        let gross: Vec<_> = amounts.iter().map(|amount| amount + fee(*amount, bps)).collect();
        let parts = 1 + dice.below(MILESTONES as i128) as usize;
        for range in [0..parts, parts..MILESTONES] {
            if let Some(last) = range.clone().last() {
                let amount = gross[range].iter().sum();
                w.mint(&w.payer, amount);
                assert_eq!(w.fund(last as u32, amount), Ok(()));
            }
        }
        assert_eq!(w.balance(&w.payer), 0, "round {round}");
        let (mut paid, mut fees, mut returned) = (0, 0, 0);
        for (i, amount) in amounts.iter().enumerate() {
            let milestone = i as u32;
            let to_receiver = match dice.below(4) {
                0 => {
                    pay(&w, &[milestone]);
                    *amount
                }
                1 => {
                    assert_eq!(w.refund(&receiver, &[milestone], gross[i]), Ok(()));
                    0
                }
                2 => {
                    let part = dice.below(amount + 1);
                    assert_eq!(w.dispute(&receiver, &[milestone], ""), Ok(()));
                    rule(&w, milestone, part);
                    part
                }
                _ => {
                    let offer = Ruling { milestone, to_receiver: dice.below(amount + 1) };
                    assert_eq!(w.settle(&w.payer, &[offer]), Ok(()));
                    assert_eq!(w.settle(&receiver, &[offer]), Ok(()));
                    offer.to_receiver
                }
            };
            let earned = fee(to_receiver, bps);
            paid += to_receiver;
            fees += earned;
            returned += gross[i] - to_receiver - earned;
            let case = format!("round {round}, {amount} at {bps}, {to_receiver}");
            let totals = w.get_escrow().totals;
            assert_eq!(w.balance(&receiver), paid, "{case}");
            assert_eq!(w.balance(&w.payer), returned, "{case}");
            assert_eq!(w.get_claimable(&w.platform, &[]), Ok(fees), "{case}");
            let told = (totals.paid, totals.refunded, totals.fees, totals.credited);
            assert_eq!(told, (paid, returned, fees, fees), "{case}");
            let left: i128 = gross[i + 1..].iter().sum();
            assert_eq!(books(&w), (left + fees, left, fees, 0), "{case}");
        }
        assert_books(&w);
        assert_eq!(w.get_escrow().state, State::Completed);
        if fees > 0 {
            assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        }
        assert_eq!((w.balance(&w.platform), w.balance(&w.escrow)), (fees, 0));
    }
}
