//! Real accounts and the Stellar Asset Contract: trustlines that are missing, refused or full, an
//! issuer that authorises, freezes and claws back.

use escrow::*;
use soroban_sdk::testutils::{IssuerFlags, MockAuthInvoke};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{Address, Env, IntoVal};
use tests::accounts::{account, call_as, missing, trust};
use tests::tokens::assert_credited;
use tests::*;

/// The receiver's account, in escrows made by [`world`].
const RECEIVER: u8 = 1;
const PAYER: u8 = 2;
const PLATFORM: u8 = 3;

/// As many milestones of 1,000 at 2.5 %, for the receiver's account, which does not exist yet.
fn world(milestones: usize) -> World {
    World::with(|env, plan| pay_account(env, plan, milestones))
}

fn pay_account(env: &Env, plan: &mut Plan, milestones: usize) {
    plan.milestones = (0..milestones)
        .map(|_| NewMilestone {
            receiver: Some(missing(env, RECEIVER)),
            ..milestone(env, "Work", 1_000 * ONE)
        })
        .collect();
}

/// Gives an account, new or not, a trustline that takes anything.
fn open_account(w: &World, seed: u8) -> Address {
    let account = account(&w.env, seed);
    trust(&w.env, &account, w.issuer.as_ref().unwrap(), i64::MAX, true);
    account
}

/// The issuer does something to somebody's balance.
fn issuer(w: &World, act: impl FnOnce(&StellarAssetClient)) {
    w.env.mock_all_auths();
    act(&StellarAssetClient::new(&w.env, &w.token));
    w.env.set_auths(&[]);
}

/// Of the token; 0 for an account without a trustline.
fn held(w: &World, holder: &Address) -> i128 {
    TokenClient::new(&w.env, &w.token).try_balance(holder).map_or(0, |balance| balance.unwrap())
}

#[test]
fn accounts_carry_an_escrow_from_funding_to_the_last_claim() {
    let w = World::with(|env, plan| {
        pay_account(env, plan, 2);
        plan.terms.roles.payer = missing(env, PAYER);
        plan.terms.roles.platform = missing(env, PLATFORM);
    });
    let [receiver, payer, platform] =
        [RECEIVER, PAYER, PLATFORM].map(|seed| open_account(&w, seed));
    w.mint(&payer, 2_050 * ONE);
    let amount = 2_050 * ONE;
    let transfer = MockAuthInvoke {
        contract: &w.token,
        fn_name: "transfer",
        args: (&payer, &w.escrow, amount).into_val(&w.env),
        sub_invokes: &[],
    };
    let args = || (&payer, 1_u32, amount, 0_u32).into_val(&w.env);
    let before = w.state();
    assert_eq!(
        call_as(&w, &payer, "fund", args(), &[]),
        refused(Error::TransferFailed),
        "the payer signs for the transfer too"
    );
    assert_eq!(call_as(&w, &receiver, "fund", args(), &[]), Err(Refusal::Auth));
    assert_eq!(w.state(), before);
    assert_eq!(call_as(&w, &payer, "fund", args(), &[transfer]), Ok(()));
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    let args = (&receiver, w.list(&[1_u32]), 1_025 * ONE).into_val(&w.env);
    assert_eq!(call_as(&w, &receiver, "refund", args, &[]), Ok(()));
    assert_eq!(w.claim(&platform, &[]), Ok(()));
    assert_eq!(
        [&receiver, &payer, &platform, &w.escrow].map(|holder| held(&w, holder)),
        [1_000 * ONE, 1_025 * ONE, 25 * ONE, 0]
    );
}

/// A way for an account not to be payable, and how it is made payable again.
struct Obstacle {
    name: &'static str,
    set: fn(&World),
    lift: fn(&World),
}

const OBSTACLES: [Obstacle; 5] = [
    Obstacle {
        name: "no account",
        set: |_| {},
        lift: |w| {
            open_account(w, RECEIVER);
        },
    },
    Obstacle {
        name: "no trustline",
        set: |w| {
            account(&w.env, RECEIVER);
        },
        lift: |w| {
            open_account(w, RECEIVER);
        },
    },
    Obstacle {
        name: "a trustline that is not authorised",
        set: |w| {
            let receiver = account(&w.env, RECEIVER);
            trust(&w.env, &receiver, w.issuer.as_ref().unwrap(), i64::MAX, false);
        },
        lift: |w| issuer(w, |asset| asset.set_authorized(&missing(&w.env, RECEIVER), &true)),
    },
    Obstacle {
        name: "a trustline with room for one unit less",
        set: |w| {
            let receiver = account(&w.env, RECEIVER);
            let limit = 1_000 * ONE as i64 - 1;
            trust(&w.env, &receiver, w.issuer.as_ref().unwrap(), limit, true);
        },
        lift: |w| {
            let receiver = missing(&w.env, RECEIVER);
            let limit = 1_000 * ONE as i64;
            trust(&w.env, &receiver, w.issuer.as_ref().unwrap(), limit, true);
        },
    },
    Obstacle {
        name: "an account frozen by the issuer",
        set: |w| {
            let receiver = open_account(w, RECEIVER);
            w.issuer.as_ref().unwrap().set_flag(IssuerFlags::RevocableFlag);
            issuer(w, |asset| asset.set_authorized(&receiver, &false));
        },
        lift: |w| issuer(w, |asset| asset.set_authorized(&missing(&w.env, RECEIVER), &true)),
    },
];

#[test]
fn a_receiver_who_cannot_be_paid_is_credited_and_claims_after_repair() {
    for obstacle in OBSTACLES {
        let name = obstacle.name;
        let w = world(1);
        let receiver = missing(&w.env, RECEIVER);
        w.fund_all();
        (obstacle.set)(&w);
        w.approve_all(&[0]);
        assert_eq!(release(&w, &[0]), Ok(()), "{name}");
        assert_credited(&w, &[(&receiver, &[0], 1_000 * ONE)]);
        assert!(w.get_milestone(0).flags.released, "{name}");
        assert_eq!(w.get_milestone(0).credited, 1_000 * ONE, "{name}");
        assert_eq!(w.get_escrow().state, State::Completed, "{name}");
        assert_eq!(books(&w), (1_025 * ONE, 0, 1_025 * ONE, 0), "{name}");
        assert_eq!(w.get_claimable(&receiver, &[0]), Ok(1_000 * ONE), "{name}");
        w.assert_refused(Error::TransferFailed, || w.claim(&receiver, &[0]));
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
        (obstacle.lift)(&w);
        assert_eq!(w.claim(&receiver, &[0]), Ok(()), "{name}, lifted");
        assert_eq!(held(&w, &receiver), 1_000 * ONE, "{name}");
        assert_eq!(w.get_milestone(0).credited, 0, "{name}");
        w.assert_refused(Error::NothingToClaim, || w.claim(&receiver, &[0]));
        assert_eq!(books(&w), (25 * ONE, 0, 25 * ONE, 0), "{name}");
    }
}

#[test]
fn an_account_without_a_trustline_has_its_credit_sent_elsewhere_by_its_own_signature() {
    let w = world(2);
    let receiver = account(&w.env, RECEIVER);
    let other = account(&w.env, 9);
    w.fund_all();
    w.approve_all(&[0, 1]);
    assert_eq!(release(&w, &[0, 1]), Ok(()));
    let vault = w.address();
    let args = |to: &Address| (&receiver, w.list(&[0_u32]), Some(to.clone())).into_val(&w.env);
    let before = w.state();
    for thief in [&other, &w.issuer.as_ref().unwrap().address()] {
        assert_eq!(call_as(&w, thief, "claim", args(thief), &[]), Err(Refusal::Auth));
        assert_eq!(call_as(&w, thief, "claim", args(&vault), &[]), Err(Refusal::Auth));
    }
    assert_eq!(w.call(&[&w.payer, &w.admin, &vault], "claim", args(&vault)), Err(Refusal::Auth));
    assert_eq!(w.state(), before);
    w.assert_refused(Error::TransferFailed, || call_as(&w, &receiver, "claim", args(&other), &[]));
    assert_eq!(call_as(&w, &receiver, "claim", args(&vault), &[]), Ok(()));
    assert_eq!(held(&w, &vault), 1_000 * ONE);
    assert_eq!(w.get_claimable(&receiver, &[0, 1]), Ok(1_000 * ONE), "the other is still owed");
}

#[test]
fn an_account_without_a_trustline_redirects_a_payout_in_advance() {
    let w = world(1);
    let receiver = account(&w.env, RECEIVER);
    w.fund_all();
    w.approve_all(&[0]);
    let args = (&receiver, 0_u32, &w.stranger).into_val(&w.env);
    assert_eq!(call_as(&w, &receiver, "redirect", args, &[]), Ok(()));
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_credited(&w, &[]);
    assert_eq!(held(&w, &w.stranger), 1_000 * ONE);
}

#[test]
fn a_batch_pays_everybody_but_the_account_without_a_trustline() {
    let w = World::with(|env, plan| {
        pay_account(env, plan, 4);
        plan.milestones[1].receiver = None;
        plan.milestones[2].receiver = Some(missing(env, 9));
    });
    let (receiver, other) = (account(&w.env, RECEIVER), open_account(&w, 9));
    w.fund_all();
    w.approve_all(&[0, 1, 2, 3]);
    assert_eq!(release(&w, &[0, 1, 2, 3]), Ok(()));
    assert_credited(&w, &[(&receiver, &[0, 3], 2_000 * ONE)]);
    assert_eq!([&w.providers[0], &other].map(|r| held(&w, r)), [1_000 * ONE; 2]);
    assert_eq!(books(&w), (2_100 * ONE, 0, 2_100 * ONE, 0));
}

#[test]
fn a_trustline_with_room_for_one_payout_of_two_is_claimed_into_one_by_one() {
    let w = world(2);
    let receiver = account(&w.env, RECEIVER);
    let limit = |w: &World, units: i128| {
        trust(&w.env, &receiver, w.issuer.as_ref().unwrap(), units as i64, true);
    };
    limit(&w, 1_999 * ONE);
    w.fund_all();
    w.approve_all(&[0, 1]);
    assert_eq!(release(&w, &[0, 1]), Ok(()));
    assert_credited(&w, &[(&receiver, &[0, 1], 2_000 * ONE)]);
    w.assert_refused(Error::TransferFailed, || w.claim(&receiver, &[0, 1]));
    assert_eq!(w.claim(&receiver, &[1]), Ok(()));
    w.assert_refused(Error::TransferFailed, || w.claim(&receiver, &[0]));
    limit(&w, 2_000 * ONE);
    assert_eq!(w.claim(&receiver, &[1, 0]), Ok(()), "what is paid already is passed over");
    assert_eq!(held(&w, &receiver), 2_000 * ONE);
}

#[test]
fn more_than_any_account_can_hold_is_claimed_to_a_contract() {
    let amount = i128::from(i64::MAX) + 1;
    let w = World::with(|env, plan| {
        pay_account(env, plan, 1);
        plan.milestones[0].amount = amount;
    });
    let receiver = open_account(&w, RECEIVER);
    w.fund_all();
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_credited(&w, &[(&receiver, &[0], amount)]);
    w.assert_refused(Error::TransferFailed, || w.claim(&receiver, &[0]));
    let vault = w.address();
    let args = (&receiver, w.list(&[0_u32]), Some(vault.clone())).into_val(&w.env);
    assert_eq!(call_as(&w, &receiver, "claim", args, &[]), Ok(()));
    assert_eq!(held(&w, &vault), amount);
}

#[test]
fn a_payer_without_a_trustline_is_credited_what_goes_back() {
    let w = World::with(|env, plan| {
        pay_account(env, plan, 2);
        plan.terms.roles.payer = missing(env, PAYER);
    });
    let (payer, receiver) = (account(&w.env, PAYER), open_account(&w, RECEIVER));
    w.deposit(2_060 * ONE);
    let args = (&payer, 1_u32, 2_050 * ONE, 0_u32).into_val(&w.env);
    assert_eq!(call_as(&w, &payer, "count_deposit", args, &[]), Ok(()), "a sponsor pays");
    let args = (&receiver, w.list(&[0_u32]), 1_025 * ONE).into_val(&w.env);
    assert_eq!(call_as(&w, &receiver, "refund", args, &[]), Ok(()));
    assert_credited(&w, &[(&payer, &[0], 1_025 * ONE)]);
    assert!(w.get_milestone(0).flags.refunded);
    assert_eq!(w.dispute(&w.approvers[0], &[1], ""), Ok(()));
    w.wait(14 * DAY);
    assert_eq!(w.resolve_by_default(&[1]), Ok(()));
    let back = 1_025 * ONE - 500 * ONE - 125 * ONE / 10;
    assert_credited(&w, &[(&payer, &[1], back)]);
    assert_eq!(held(&w, &receiver), 500 * ONE, "the receiver does not wait");
    let withdraw = || {
        let args = (&payer, &w.token).into_val(&w.env);
        call_as(&w, &payer, "withdraw", args, &[])
    };
    w.assert_refused(Error::TransferFailed, withdraw);
    w.assert_refused(Error::TransferFailed, || w.claim(&payer, &[0, 1]));
    open_account(&w, PAYER);
    assert_eq!(w.claim(&payer, &[0, 1]), Ok(()));
    assert_eq!(held(&w, &payer), 1_025 * ONE + back);
    assert_eq!(withdraw(), Ok(()));
    assert_eq!(held(&w, &payer), 1_035 * ONE + back);
    assert_eq!(w.claim(&w.platform, &[]), Ok(()));
    assert_eq!(books(&w), (0, 0, 0, 0));
}

#[test]
fn a_platform_without_a_trustline_blocks_nobody() {
    let w = World::with(|env, plan| {
        pay_account(env, plan, 3);
        plan.terms.roles.platform = missing(env, PLATFORM);
    });
    let (platform, receiver) = (missing(&w.env, PLATFORM), open_account(&w, RECEIVER));
    w.fund_all();
    w.approve_all(&[0]);
    assert_eq!(release(&w, &[0]), Ok(()));
    assert_credited(&w, &[]);
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    w.wait(14 * DAY);
    assert_eq!(w.resolve_by_default(&[1]), Ok(()));
    w.wait(17 * DAY);
    assert_eq!(w.reclaim(&w.payer, &[2], 1_025 * ONE), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
    assert_eq!(held(&w, &receiver), 1_500 * ONE);
    let fees = 375 * ONE / 10;
    assert_eq!(books(&w), (fees, 0, fees, 0));
    w.assert_refused(Error::TransferFailed, || w.claim(&platform, &[]));
    account(&w.env, PLATFORM);
    w.assert_refused(Error::TransferFailed, || w.claim(&platform, &[]));
    open_account(&w, PLATFORM);
    assert_eq!(w.claim(&platform, &[]), Ok(()));
    assert_eq!(held(&w, &platform), fees);
}

#[test]
fn both_sides_of_a_split_without_a_trustline_are_credited_each_its_part() {
    let w = World::with(|env, plan| {
        pay_account(env, plan, 1);
        plan.terms.roles.payer = missing(env, PAYER);
    });
    let (payer, receiver) = (account(&w.env, PAYER), account(&w.env, RECEIVER));
    w.deposit(1_025 * ONE);
    let args = (&payer, 0_u32, 1_025 * ONE, 0_u32).into_val(&w.env);
    assert_eq!(call_as(&w, &payer, "count_deposit", args, &[]), Ok(()));
    let offers = || w.list(&[Ruling { milestone: 0, to_receiver: 400 * ONE }]);
    for party in [&payer, &receiver] {
        let args = (party, offers()).into_val(&w.env);
        assert_eq!(call_as(&w, party, "settle", args, &[]), Ok(()));
    }
    assert_credited(&w, &[(&receiver, &[0], 400 * ONE), (&payer, &[0], 615 * ONE)]);
    assert_eq!(w.get_milestone(0).credited, 1_015 * ONE);
    open_account(&w, PAYER);
    assert_eq!(w.claim(&payer, &[0]), Ok(()));
    assert_eq!(w.get_milestone(0).credited, 400 * ONE, "the receiver's credit stays");
    w.assert_refused(Error::TransferFailed, || w.claim(&receiver, &[0]));
    open_account(&w, RECEIVER);
    assert_eq!(w.claim(&receiver, &[0]), Ok(()));
    assert_eq!([&payer, &receiver].map(|p| held(&w, p)), [615 * ONE, 400 * ONE]);
}

mod clawback {
    use super::*;

    /// As many funded and approved milestones for the first provider, in an asset that can be
    /// clawed back.
    fn funded(milestones: usize) -> World {
        let w = World::with(|env, plan| {
            plan.milestones = vec![milestone(env, "Work", 1_000 * ONE); milestones];
        });
        let issuer = w.issuer.as_ref().unwrap();
        issuer.set_flag(IssuerFlags::RevocableFlag);
        issuer.set_flag(IssuerFlags::ClawbackEnabledFlag);
        w.fund_all();
        w.approve_all(&(0..milestones as u32).collect::<Vec<_>>());
        w
    }

    fn claw_back(w: &World, amount: i128) {
        issuer(w, |asset| asset.clawback(&w.escrow, &amount));
    }

    #[test]
    fn a_payout_that_the_balance_does_not_cover_is_refused_until_somebody_tops_it_up() {
        let w = funded(1);
        claw_back(&w, 25 * ONE + 1);
        assert_eq!(books(&w), (1_000 * ONE - 1, 1_025 * ONE, 0, -25 * ONE - 1));
        w.assert_refused(Error::BalanceTooLow, || release(&w, &[0]));
        w.assert_refused(Error::BalanceTooLow, || w.refund(&w.providers[0], &[0], 1_025 * ONE));
        w.deposit(1);
        assert_eq!(release(&w, &[0]), Ok(()), "of the shortage only what it needs matters");
        assert_credited(&w, &[]);
        assert_eq!(held(&w, &w.providers[0]), 1_000 * ONE);
        assert_eq!(books(&w), (0, 0, 25 * ONE, -25 * ONE));
        w.assert_refused(Error::BalanceTooLow, || w.claim(&w.platform, &[]));
        w.deposit(25 * ONE);
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!(books(&w), (0, 0, 0, 0));
    }

    #[test]
    fn every_way_to_be_paid_is_refused_and_changes_nothing() {
        let w = funded(4);
        assert_eq!(release(&w, &[0]), Ok(()));
        assert_eq!(w.dispute(&w.payer, &[1, 2], ""), Ok(()));
        let ruling = |milestone| [Ruling { milestone, to_receiver: 400 * ONE }];
        assert_eq!(w.resolve(&w.resolvers[0], &ruling(1)), Ok(()));
        assert_eq!(w.settle(&w.payer, &ruling(3)), Ok(()));
        w.wait(14 * DAY);
        claw_back(&w, w.balance(&w.escrow));
        let receiver = w.providers[0].clone();
        w.assert_refused(Error::BalanceTooLow, || w.resolve(&w.resolvers[1], &ruling(1)));
        w.assert_refused(Error::BalanceTooLow, || w.resolve_by_default(&[2]));
        w.assert_refused(Error::BalanceTooLow, || w.settle(&receiver, &ruling(3)));
        w.assert_refused(Error::BalanceTooLow, || release(&w, &[3]));
        w.assert_refused(Error::BalanceTooLow, || w.refund(&receiver, &[1, 2], 2_050 * ONE));
        w.assert_refused(Error::BalanceTooLow, || w.claim(&w.platform, &[]));
        w.assert_refused(Error::NothingToWithdraw, || w.withdraw(&w.payer, &w.token));
        w.deposit(3_100 * ONE);
        assert_eq!(w.resolve(&w.resolvers[1], &ruling(1)), Ok(()));
        assert_eq!(w.resolve_by_default(&[2]), Ok(()));
        assert_eq!(w.settle(&receiver, &ruling(3)), Ok(()));
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!(books(&w), (0, 0, 0, 0));
    }

    #[test]
    fn whoever_comes_first_is_paid_from_what_is_left() {
        let w = funded(3);
        claw_back(&w, 1_000 * ONE);
        assert_eq!(books(&w), (2_075 * ONE, 3_075 * ONE, 0, -1_000 * ONE));
        w.assert_refused(Error::BalanceTooLow, || release(&w, &[0, 1, 2]));
        assert_eq!(release(&w, &[2]), Ok(()));
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!(release(&w, &[0]), Ok(()));
        assert_eq!(books(&w), (50 * ONE, 1_025 * ONE, 25 * ONE, -1_000 * ONE));
        w.assert_refused(Error::BalanceTooLow, || release(&w, &[1]));
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        w.deposit(1_000 * ONE);
        assert_eq!(release(&w, &[1]), Ok(()));
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!(books(&w), (0, 0, 0, 0));
    }

    #[test]
    fn a_top_up_belongs_to_the_milestones_before_it_belongs_to_the_payer() {
        let w = funded(1);
        let more = [milestone(&w.env, "More", 100 * ONE)];
        assert_eq!(w.manage_milestones(&w.admin, 0, &[], &more, 1_100 * ONE), Ok(()));
        let gross = 1_025 * ONE / 10;
        claw_back(&w, 10 * ONE);
        for topped_up in [9 * ONE, ONE, gross - 1] {
            w.deposit(topped_up);
            w.assert_refused(Error::UnreservedTooLow, || w.count_deposit(1, gross));
        }
        assert_eq!(books(&w).3, gross - 1);
        w.deposit(1);
        assert_eq!(w.count_deposit(1, gross), Ok(()));
        assert_eq!(books(&w), (1_025 * ONE + gross, 1_025 * ONE + gross, 0, 0));
    }

    #[test]
    fn a_receiver_who_cannot_be_paid_is_told_from_an_escrow_that_holds_too_little() {
        let w = world(1);
        w.issuer.as_ref().unwrap().set_flag(IssuerFlags::RevocableFlag);
        w.issuer.as_ref().unwrap().set_flag(IssuerFlags::ClawbackEnabledFlag);
        w.fund_all();
        w.approve_all(&[0]);
        let receiver = missing(&w.env, RECEIVER);
        claw_back(&w, 25 * ONE + 1);
        w.assert_refused(Error::BalanceTooLow, || release(&w, &[0]));
        w.deposit(1);
        assert_eq!(release(&w, &[0]), Ok(()));
        assert_credited(&w, &[(&receiver, &[0], 1_000 * ONE)]);
        claw_back(&w, ONE);
        open_account(&w, RECEIVER);
        w.assert_refused(Error::BalanceTooLow, || w.claim(&receiver, &[0]));
        w.deposit(ONE);
        assert_eq!(w.claim(&receiver, &[0]), Ok(()));
        assert_eq!(held(&w, &receiver), 1_000 * ONE);
    }

    #[test]
    fn funding_goes_on_beside_a_shortage() {
        let w = funded(1);
        let more = [milestone(&w.env, "More", 100 * ONE)];
        assert_eq!(w.manage_milestones(&w.admin, 0, &[], &more, 1_100 * ONE), Ok(()));
        claw_back(&w, 1_025 * ONE);
        w.fund_all();
        assert_eq!(w.get_escrow().totals.reserved, 1_025 * ONE + 1_025 * ONE / 10);
        assert_eq!(books(&w).3, -1_025 * ONE);
    }
}

mod authorisation {
    use super::*;

    /// An asset whose holders need the issuer's leave, and may lose it; the payer has it.
    fn guarded() -> World {
        let w = World::with(|env, plan| {
            plan.milestones = vec![milestone(env, "Work", 1_000 * ONE); 2];
        });
        let flags = w.issuer.as_ref().unwrap();
        flags.set_flag(IssuerFlags::RequiredFlag);
        flags.set_flag(IssuerFlags::RevocableFlag);
        authorise(&w, &w.payer, true);
        w.mint(&w.payer, 2_050 * ONE);
        w
    }

    fn authorise(w: &World, holder: &Address, allowed: bool) {
        issuer(w, |asset| asset.set_authorized(holder, &allowed));
    }

    #[test]
    fn an_escrow_without_the_issuers_leave_cannot_be_funded() {
        let w = guarded();
        w.assert_refused(Error::TransferFailed, || w.fund(1, 2_050 * ONE));
        authorise(&w, &w.escrow, true);
        assert_eq!(w.fund(1, 2_050 * ONE), Ok(()));
        assert_eq!(books(&w), (2_050 * ONE, 2_050 * ONE, 0, 0));
    }

    #[test]
    fn whoever_is_without_the_issuers_leave_waits_alone() {
        let w = guarded();
        authorise(&w, &w.escrow, true);
        assert_eq!(w.fund(1, 2_050 * ONE), Ok(()));
        w.approve_all(&[0]);
        let receiver = w.providers[0].clone();
        assert_eq!(release(&w, &[0]), Ok(()));
        assert_credited(&w, &[(&receiver, &[0], 1_000 * ONE)]);
        authorise(&w, &w.payer, false);
        assert_eq!(w.refund(&receiver, &[1], 1_025 * ONE), Ok(()));
        assert_credited(&w, &[(&w.payer, &[1], 1_025 * ONE)]);
        let owners: [(&Address, &[u32]); 3] =
            [(&receiver, &[0]), (&w.payer, &[1]), (&w.platform, &[])];
        for (owner, milestones) in owners {
            w.assert_refused(Error::TransferFailed, || w.claim(owner, milestones));
        }
        for (owner, milestones) in owners {
            authorise(&w, owner, true);
            assert_eq!(w.claim(owner, milestones), Ok(()));
        }
        assert_eq!(
            [&receiver, &w.payer, &w.platform, &w.escrow].map(|holder| held(&w, holder)),
            [1_000 * ONE, 1_025 * ONE, 25 * ONE, 0]
        );
    }

    #[test]
    fn a_frozen_escrow_moves_nothing_loses_nothing_and_goes_on_after_the_thaw() {
        let w = guarded();
        for holder in [&w.escrow, &w.providers[0], &w.platform] {
            authorise(&w, holder, true);
        }
        assert_eq!(w.fund(0, 1_025 * ONE), Ok(()));
        w.deposit(7);
        w.approve_all(&[0]);
        authorise(&w, &w.escrow, false);
        w.assert_refused(Error::TransferFailed, || w.fund(1, 1_025 * ONE));
        w.assert_refused(Error::TransferFailed, || w.withdraw(&w.payer, &w.token));
        let before = books(&w);
        assert_eq!(before, (1_025 * ONE + 7, 1_025 * ONE, 0, 7));
        let receiver = w.providers[0].clone();
        assert_eq!(release(&w, &[0]), Ok(()), "a payout whose transfer fails is credited");
        assert_credited(&w, &[(&receiver, &[0], 1_000 * ONE)]);
        assert_eq!(books(&w), (1_025 * ONE + 7, 0, 1_025 * ONE, 7));
        w.assert_refused(Error::TransferFailed, || w.claim(&receiver, &[0]));
        w.assert_refused(Error::TransferFailed, || w.claim(&w.platform, &[]));
        authorise(&w, &w.escrow, true);
        assert_eq!(w.claim(&receiver, &[0]), Ok(()));
        assert_eq!(w.claim(&w.platform, &[]), Ok(()));
        assert_eq!(w.withdraw(&w.payer, &w.token), Ok(()));
        assert_eq!(w.fund(1, 1_025 * ONE), Ok(()));
        assert_eq!(held(&w, &receiver), 1_000 * ONE);
        assert_eq!(held(&w, &w.platform), 25 * ONE);
        assert_eq!(books(&w), (1_025 * ONE, 1_025 * ONE, 0, 0));
    }
}
