//! Tokens that lie, refuse, lose, panic and call back: no call traps, no money of one milestone
//! pays for another's, and whoever cannot be paid is the only one to wait.

use escrow::*;
use soroban_sdk::{Address, Executable, IntoVal, Symbol, Val};
use tests::accounts::{account, missing};
use tests::tokens::{Coin, CoinClient, Mischief, assert_credited};
use tests::*;

type CoinWorld = (World, CoinClient<'static>);
type Act = fn(&World) -> Outcome;

/// Milestones of 1,000 at ten percent, for the first provider.
fn world(milestones: usize) -> CoinWorld {
    tokens::world(|env, plan| {
        plan.milestones = vec![milestone(env, "Work", 1_000); milestones];
        plan.terms.platform_fee_bps = 1_000;
    })
}

fn turn(w: &World, coin: &CoinClient, mischiefs: &[Mischief]) {
    coin.turn(&w.list(mischiefs));
}

/// What the escrow tells, and what everybody really holds.
fn truth(w: &World, coin: &CoinClient) -> (Escrow, Vec<Milestone>, Vec<i128>) {
    let escrow = w.get_escrow();
    let milestones = (0..escrow.totals.milestones).map(|i| w.get_milestone(i)).collect();
    let people = [&w.escrow, &w.payer, &w.platform, &w.stranger];
    let held = people.into_iter().chain(&w.providers).map(|holder| coin.held(holder)).collect();
    (escrow, milestones, held)
}

/// Like [`World::assert_refused`], by what is really held and not by what the token says.
#[track_caller]
fn assert_refused(
    (w, coin): (&World, &CoinClient),
    error: Error,
    case: &str,
    call: impl FnOnce() -> Outcome,
) {
    let before = truth(w, coin);
    let outcome = call();
    let events = w.events_of_escrow();
    assert_eq!(outcome, refused(error), "{case}");
    assert_eq!(events, 0, "{case}");
    assert_eq!(truth(w, coin), before, "{case}");
}

#[test]
fn an_honest_coin_carries_an_escrow_to_its_end() {
    let (w, coin) = world(2);
    w.fund_all();
    w.approve_all(&[0, 1]);
    assert_eq!(release(&w, &[0, 1]), Ok(()));
    assert_credited(&w, &[]);
    assert_eq!(w.claim(&w.platform, &[]), Ok(()));
    assert_eq!(coin.held(&w.providers[0]), 2_000);
    assert_eq!(coin.held(&w.platform), 200);
    assert_eq!((coin.held(&w.escrow), coin.decimals()), (0, 7));
}

mod funding {
    use super::*;

    #[test]
    fn by_a_token_that_delivers_less_or_nothing_is_refused() {
        for (mischief, error) in [
            (Mischief::Skims(1), Error::ShortReceipt),
            (Mischief::Skims(1_100), Error::ShortReceipt),
            (Mischief::Skims(2_200), Error::ShortReceipt),
            (Mischief::Idles, Error::ShortReceipt),
            (Mischief::Insists(0), Error::ShortReceipt),
            (Mischief::Insists(2_200), Error::ShortReceipt),
            (Mischief::Insists(i128::MAX), Error::ShortReceipt),
            (Mischief::Insists(i128::MIN), Error::ShortReceipt),
            (Mischief::Exaggerates(i128::MAX), Error::ShortReceipt),
            (Mischief::Refuses, Error::TransferFailed),
            (Mischief::PanicsInTransfer, Error::TransferFailed),
            (Mischief::PanicsInBalance, Error::NotAToken),
            (Mischief::BabblesInBalance, Error::NotAToken),
        ] {
            let (w, coin) = world(2);
            coin.mint(&w.payer, &10_000);
            let case = format!("{mischief:?}");
            turn(&w, &coin, &[mischief]);
            assert_refused((&w, &coin), error, &case, || w.fund(1, 2_200));
            turn(&w, &coin, &[]);
            assert_eq!(w.fund(1, 2_200), Ok(()), "{case}, and honest again");
            assert_eq!(books(&w), (2_200, 2_200, 0, 0), "{case}");
        }
    }

    #[test]
    fn by_a_token_that_refuses_the_escrow_is_refused() {
        let (w, coin) = world(1);
        coin.mint(&w.payer, &1_100);
        turn(&w, &coin, &[Mischief::RefusesTo(w.escrow.clone())]);
        assert_refused((&w, &coin), Error::TransferFailed, "fund", || w.fund(0, 1_100));
    }

    #[test]
    fn a_short_receipt_is_not_made_good_by_what_is_here_already() {
        let (w, coin) = world(2);
        coin.mint(&w.payer, &10_000);
        coin.mint(&w.escrow, &5_000);
        turn(&w, &coin, &[Mischief::Skims(1)]);
        assert_refused((&w, &coin), Error::ShortReceipt, "fund", || w.fund(0, 1_100));
    }

    #[test]
    fn counts_what_arrives_and_not_what_a_token_answers_or_says_it_holds() {
        for mischief in [
            Mischief::BabblesInTransfer,
            Mischief::Overcharges(7),
            Mischief::Exaggerates(50),
            Mischief::Exaggerates(-50),
        ] {
            let (w, coin) = world(1);
            coin.mint(&w.payer, &2_000);
            turn(&w, &coin, std::slice::from_ref(&mischief));
            assert_eq!(w.fund(0, 1_100), Ok(()), "{mischief:?}");
            assert_eq!(coin.held(&w.escrow), 1_100, "{mischief:?}");
            assert_eq!(w.get_escrow().totals.reserved, 1_100, "{mischief:?}");
        }
    }
}

#[test]
fn a_deposit_counts_only_if_the_token_says_that_it_is_there() {
    for (mischief, error) in [
        (Mischief::Exaggerates(-1), Error::UnreservedTooLow),
        (Mischief::Insists(0), Error::UnreservedTooLow),
        (Mischief::Insists(2_199), Error::UnreservedTooLow),
        (Mischief::Insists(-1), Error::UnreservedTooLow),
        (Mischief::Insists(i128::MIN), Error::Overflow),
        (Mischief::PanicsInBalance, Error::NotAToken),
        (Mischief::BabblesInBalance, Error::NotAToken),
    ] {
        let (w, coin) = world(2);
        coin.mint(&w.payer, &1_100);
        coin.mint(&w.escrow, &1_100);
        assert_eq!(w.fund(0, 1_100), Ok(()));
        let case = format!("{mischief:?}");
        turn(&w, &coin, &[mischief]);
        assert_refused((&w, &coin), error, &case, || w.count_deposit(1, 1_100));
        turn(&w, &coin, &[]);
        assert_eq!(w.count_deposit(1, 1_100), Ok(()), "{case}, and honest again");
    }
}

mod releasing {
    use super::*;

    fn approved(milestones: usize) -> CoinWorld {
        let (w, coin) = world(milestones);
        w.fund_all();
        w.approve_all(&(0..milestones as u32).collect::<Vec<_>>());
        (w, coin)
    }

    #[test]
    fn through_a_token_that_refuses_credits_the_receiver() {
        for mischiefs in [
            vec![Mischief::Refuses],
            vec![Mischief::PanicsInTransfer],
            vec![Mischief::Refuses, Mischief::Insists(i128::MAX)],
            vec![Mischief::Refuses, Mischief::Insists(1_000)],
        ] {
            let (w, coin) = approved(1);
            let receiver = w.providers[0].clone();
            turn(&w, &coin, &mischiefs);
            assert_eq!(release(&w, &[0]), Ok(()), "{mischiefs:?}");
            assert_credited(&w, &[(&receiver, &[0], 1_000)]);
            assert!(w.get_milestone(0).flags.released);
            assert_eq!(coin.held(&receiver), 0);
            turn(&w, &coin, &[]);
            assert_eq!(books(&w), (1_100, 0, 1_100, 0), "{mischiefs:?}");
            assert_eq!(w.get_claimable(&receiver, &[0]), Ok(1_000));
            assert_eq!(w.claim(&receiver, &[0]), Ok(()), "{mischiefs:?}, and honest again");
            assert_eq!(coin.held(&receiver), 1_000);
            assert_refused((&w, &coin), Error::NothingToClaim, "again", || {
                w.claim(&receiver, &[0])
            });
            assert_eq!(books(&w), (100, 0, 100, 0), "{mischiefs:?}");
        }
    }

    #[test]
    fn is_refused_where_the_token_says_that_the_escrow_holds_too_little() {
        for (mischiefs, error) in [
            ([Mischief::Refuses, Mischief::Insists(999)], Error::BalanceTooLow),
            ([Mischief::Refuses, Mischief::Insists(i128::MIN)], Error::BalanceTooLow),
            ([Mischief::PanicsInTransfer, Mischief::Exaggerates(-101)], Error::BalanceTooLow),
            ([Mischief::Refuses, Mischief::PanicsInBalance], Error::NotAToken),
            ([Mischief::Refuses, Mischief::BabblesInBalance], Error::NotAToken),
        ] {
            let (w, coin) = approved(1);
            turn(&w, &coin, &mischiefs);
            let case = format!("{mischiefs:?}");
            assert_refused((&w, &coin), error, &case, || release(&w, &[0]));
            turn(&w, &coin, &[]);
            assert_eq!(release(&w, &[0]), Ok(()), "{case}, and honest again");
            assert_eq!(coin.held(&w.providers[0]), 1_000);
        }
    }

    #[test]
    fn does_not_ask_for_a_balance_when_the_transfer_succeeds() {
        for mischief in [
            Mischief::PanicsInBalance,
            Mischief::BabblesInBalance,
            Mischief::Insists(0),
            Mischief::BabblesInTransfer,
        ] {
            let (w, coin) = approved(1);
            turn(&w, &coin, std::slice::from_ref(&mischief));
            assert_eq!(release(&w, &[0]), Ok(()), "{mischief:?}");
            assert_credited(&w, &[]);
            assert_eq!(coin.held(&w.providers[0]), 1_000, "{mischief:?}");
        }
    }

    /// A payer who is the receiver too, and cannot be paid, is owed nothing of what is only voted on.
    #[test]
    fn a_vote_in_a_batch_that_cannot_pay_credits_nothing() {
        let (w, coin) = tokens::world(|env, plan| {
            let receiver = Some(plan.terms.roles.payer.clone());
            let work = NewMilestone { receiver, ..milestone(env, "Work", 1_000) };
            plan.milestones = vec![work; 2];
            plan.terms.policy.release_quorum = 2;
        });
        w.fund_all();
        w.approve_all(&[0, 1]);
        assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
        turn(&w, &coin, &[Mischief::RefusesTo(w.payer.clone())]);
        assert_eq!(w.release(&w.signers[1], &[w.payout(0), w.payout(1)]), Ok(()));
        assert_credited(&w, &[(&w.payer, &[0], 1_000)]);
        assert_eq!(w.get_claimable(&w.payer, &[0, 1]), Ok(1_000));
        turn(&w, &coin, &[]);
        assert_eq!(w.claim(&w.payer, &[0, 1]), Ok(()));
        assert_eq!(books(&w), (1_050, 1_025, 25, 0));
    }

    /// In the same batch somebody can be owed a part of one milestone and nothing of another.
    #[test]
    fn who_cannot_be_paid_is_credited_only_where_a_part_is_theirs() {
        let owed_in = |refused: fn(&World) -> Address, first: i128, owed: i128| {
            let (w, coin) = world(2);
            w.fund_all();
            assert_eq!(w.dispute(&w.payer, &[0, 1], "bad"), Ok(()));
            let owner = refused(&w);
            turn(&w, &coin, &[Mischief::RefusesTo(owner.clone())]);
            let ruling = |milestone, to_receiver| Ruling { milestone, to_receiver };
            for resolver in &w.resolvers[..2] {
                assert_eq!(w.resolve(resolver, &[ruling(0, first), ruling(1, 500)]), Ok(()));
            }
            assert_credited(&w, &[(&owner, &[1], owed)]);
            assert_eq!(w.get_claimable(&owner, &[0, 1]), Ok(owed));
        };
        owed_in(|w| w.payer.clone(), 1_000, 550);
        owed_in(|w| w.providers[0].clone(), 0, 500);
    }

    #[test]
    fn a_batch_pays_all_but_the_one_who_cannot_be_paid() {
        let (w, coin) = tokens::world(|env, plan| {
            let receivers: Vec<_> = plan.terms.roles.approvers.iter().collect();
            plan.milestones = (0..4)
                .map(|i| NewMilestone {
                    receiver: Some(receivers[i % 3].clone()),
                    ..milestone(env, "Work", 1_000 * (i as i128 + 1))
                })
                .collect();
            plan.terms.platform_fee_bps = 1_000;
        });
        w.fund_all();
        w.approve_all(&[0, 1, 2, 3]);
        let [first, second, third] = [0, 1, 2].map(|i| w.get_milestone(i).receiver);
        turn(&w, &coin, &[Mischief::RefusesTo(first.clone())]);
        assert_eq!(release(&w, &[3, 1, 0, 2]), Ok(()));
        assert_credited(&w, &[(&first, &[3, 0], 5_000)]);
        assert_eq!([&first, &second, &third].map(|r| coin.held(r)), [0, 2_000, 3_000]);
        assert_eq!(books(&w), (6_000, 0, 6_000, 0));
        assert_eq!(w.get_escrow().state, State::Completed);
        assert_eq!(w.claim(&w.platform, &[]), Ok(()), "the fees do not wait");
        for other in [&second, &third] {
            assert_refused((&w, &coin), Error::NothingToClaim, "paid", || {
                w.claim(other, &[0, 1, 2, 3])
            });
        }
        assert_refused((&w, &coin), Error::TransferFailed, "still refused", || {
            w.claim(&first, &[0])
        });
        assert_eq!(w.claim_to(&first, &[0], &w.stranger), Ok(()), "but the owner may redirect it");
        assert_eq!(coin.held(&w.stranger), 1_000);
        assert_eq!(w.get_claimable(&first, &[0, 1, 2, 3]), Ok(4_000), "the rest is still owed");
        turn(&w, &coin, &[]);
        assert_eq!(w.claim(&first, &[0, 3]), Ok(()));
        assert_eq!((coin.held(&first), coin.held(&w.escrow)), (4_000, 0));
    }

    #[test]
    fn a_batch_that_the_escrow_cannot_pay_whole_pays_nobody() {
        let (w, coin) = tokens::world(|env, plan| {
            let receivers: Vec<_> = plan.terms.roles.approvers.iter().collect();
            plan.milestones = receivers
                .into_iter()
                .map(|receiver| NewMilestone {
                    receiver: Some(receiver),
                    ..milestone(env, "Work", 1_000)
                })
                .collect();
            plan.terms.platform_fee_bps = 0;
        });
        w.fund_all();
        w.approve_all(&[0, 1, 2]);
        turn(&w, &coin, &[Mischief::Overcharges(1)]);
        assert_refused((&w, &coin), Error::BalanceTooLow, "all", || release(&w, &[0, 1, 2]));
        assert_eq!(release(&w, &[0, 1]), Ok(()), "for two it is enough");
        turn(&w, &coin, &[]);
        assert_eq!(books(&w), (998, 1_000, 0, -2));
        assert_refused((&w, &coin), Error::BalanceTooLow, "the last", || release(&w, &[2]));
        coin.mint(&w.escrow, &2);
        assert_eq!(release(&w, &[2]), Ok(()), "anybody can top it up");
    }

    #[test]
    fn takes_the_tokens_word_for_what_goes_out_and_pays_no_milestone_twice() {
        for (mischief, held, left) in
            [(Mischief::Skims(300), 700, 1_200), (Mischief::Idles, 0, 2_200)]
        {
            let (w, coin) = approved(2);
            turn(&w, &coin, &[mischief]);
            assert_eq!(release(&w, &[0]), Ok(()));
            turn(&w, &coin, &[]);
            assert_eq!(coin.held(&w.providers[0]), held);
            assert_eq!(books(&w), (left, 1_100, 100, left - 1_200));
            assert_refused((&w, &coin), Error::NothingToClaim, "claim", || {
                w.claim(&w.providers[0], &[0, 1])
            });
            assert_refused((&w, &coin), Error::AlreadySettled, "again", || release(&w, &[0]));
            assert_eq!(release(&w, &[1]), Ok(()), "the other milestone is paid whole");
            assert_eq!(coin.held(&w.providers[0]), held + 1_000);
        }
    }
}

mod going_back {
    use super::*;

    #[test]
    fn to_a_payer_who_cannot_be_paid_is_credited() {
        let ways: [(&str, Act); 4] = [
            ("refund", |w| w.refund(&w.providers[0], &[0, 2], 2_200)),
            ("reclaim", |w| {
                w.wait(30 * DAY + 1);
                w.reclaim(&w.payer, &[0, 2], 2_200)
            }),
            ("settle", |w| {
                let offers = [0, 2].map(|milestone| Ruling { milestone, to_receiver: 0 });
                assert_eq!(w.settle(&w.payer, &offers), Ok(()));
                w.settle(&w.providers[0], &offers)
            }),
            ("resolve", |w| {
                assert_eq!(w.dispute(&w.payer, &[0, 2], ""), Ok(()));
                let rulings = [0, 2].map(|milestone| Ruling { milestone, to_receiver: 0 });
                assert_eq!(w.resolve(&w.resolvers[0], &rulings), Ok(()));
                w.resolve(&w.resolvers[1], &rulings)
            }),
        ];
        for (way, act) in ways {
            let (w, coin) = world(4);
            coin.mint(&w.payer, &3_300);
            assert_eq!(w.fund(2, 3_300), Ok(()));
            turn(&w, &coin, &[Mischief::RefusesTo(w.payer.clone())]);
            assert_eq!(act(&w), Ok(()), "{way}");
            assert_credited(&w, &[(&w.payer, &[0, 2], 2_200)]);
            assert_eq!(books(&w), (3_300, 1_100, 2_200, 0), "{way}");
            assert_refused((&w, &coin), Error::NothingToWithdraw, way, || {
                w.withdraw(&w.payer, &w.token)
            });
            assert_refused((&w, &coin), Error::UnreservedTooLow, way, || w.count_deposit(3, 1_100));
            assert_refused((&w, &coin), Error::TransferFailed, way, || w.claim(&w.payer, &[0]));
            turn(&w, &coin, &[]);
            assert_eq!(w.claim(&w.payer, &[2]), Ok(()), "{way}");
            assert_eq!(w.claim(&w.payer, &[0, 2]), Ok(()), "{way}");
            assert_eq!(coin.held(&w.payer), 2_200, "{way}");
            assert_eq!(books(&w), (1_100, 1_100, 0, 0), "{way}");
        }
    }

    #[test]
    fn a_split_of_which_one_side_cannot_be_paid_pays_the_other() {
        for unpayable in ["receiver", "payer", "both"] {
            let (w, coin) = world(1);
            w.fund_all();
            let receiver = w.providers[0].clone();
            let mut mischiefs = Vec::new();
            if unpayable != "payer" {
                mischiefs.push(Mischief::RefusesTo(receiver.clone()));
            }
            if unpayable != "receiver" {
                mischiefs.push(Mischief::RefusesTo(w.payer.clone()));
            }
            turn(&w, &coin, &mischiefs);
            assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
            w.wait(14 * DAY);
            assert_eq!(w.resolve_by_default(&[0]), Ok(()), "{unpayable}");
            let mut credited: Vec<(&Address, &[u32], i128)> = Vec::new();
            if unpayable != "payer" {
                credited.push((&receiver, &[0], 500));
            }
            if unpayable != "receiver" {
                credited.push((&w.payer, &[0], 550));
            }
            assert_credited(&w, &credited);
            let owed: i128 = credited.iter().map(|(_, _, amount)| amount).sum();
            assert_eq!(w.get_milestone(0).credited, owed, "{unpayable}");
            assert_eq!(books(&w), (owed + 50, 0, owed + 50, 0), "{unpayable}");
            turn(&w, &coin, &[]);
            for (owner, milestones, _) in credited {
                assert_eq!(w.claim(owner, milestones), Ok(()), "{unpayable}");
            }
            assert_eq!((coin.held(&receiver), coin.held(&w.payer)), (500, 550), "{unpayable}");
            assert_eq!(books(&w), (50, 0, 50, 0), "{unpayable}");
        }
    }

    #[test]
    fn one_who_is_both_sides_and_platform_claims_all_at_once() {
        let (w, coin) = tokens::world(|env, plan| {
            plan.milestones = vec![milestone(env, "Work", 1_000)];
            plan.terms.platform_fee_bps = 1_000;
            plan.terms.roles.platform = plan.terms.roles.payer.clone();
            plan.milestones[0].receiver = Some(plan.terms.roles.payer.clone());
        });
        w.fund_all();
        turn(&w, &coin, &[Mischief::RefusesTo(w.payer.clone())]);
        let ruling = [Ruling { milestone: 0, to_receiver: 405 }];
        assert_eq!(w.settle(&w.payer, &ruling), Ok(()));
        assert_credited(&w, &[(&w.payer, &[0], 405 + 655)]);
        assert_eq!(w.get_claimable(&w.payer, &[]), Ok(40), "the fee needs no milestone");
        assert_eq!(w.get_claimable(&w.payer, &[0]), Ok(1_100));
        turn(&w, &coin, &[]);
        assert_eq!(w.claim(&w.payer, &[0]), Ok(()));
        assert_eq!((coin.held(&w.payer), books(&w)), (1_100, (0, 0, 0, 0)));
    }

    #[test]
    fn a_credit_follows_the_payers_seat() {
        let (w, coin) = world(1);
        w.fund_all();
        turn(&w, &coin, &[Mischief::RefusesTo(w.payer.clone())]);
        assert_eq!(w.refund(&w.providers[0], &[0], 1_100), Ok(()));
        let next = w.stranger.clone();
        assert_eq!(w.rotate(Role::Payer, &w.payer, &next), Ok(()));
        assert_refused((&w, &coin), Error::NothingToClaim, "former payer", || {
            w.claim(&w.payer, &[0])
        });
        assert_eq!(w.claim(&next, &[0]), Ok(()));
        assert_eq!(coin.held(&next), 1_100);
    }
}

mod claiming {
    use super::*;

    /// Fees of 100, and 1,000 owed to the receiver.
    fn credited() -> CoinWorld {
        let (w, coin) = world(2);
        w.fund_all();
        w.approve_all(&[0]);
        turn(&w, &coin, &[Mischief::Refuses]);
        assert_eq!(release(&w, &[0]), Ok(()));
        turn(&w, &coin, &[]);
        (w, coin)
    }

    #[test]
    fn through_a_token_that_refuses_is_refused_and_can_be_done_later() {
        for (mischiefs, error) in [
            (vec![Mischief::Refuses], Error::TransferFailed),
            (vec![Mischief::PanicsInTransfer], Error::TransferFailed),
            (vec![Mischief::Refuses, Mischief::Insists(i128::MAX)], Error::TransferFailed),
            (vec![Mischief::Refuses, Mischief::Insists(99)], Error::BalanceTooLow),
            (vec![Mischief::Refuses, Mischief::PanicsInBalance], Error::NotAToken),
            (vec![Mischief::Refuses, Mischief::BabblesInBalance], Error::NotAToken),
        ] {
            let (w, coin) = credited();
            let case = format!("{mischiefs:?}");
            turn(&w, &coin, &mischiefs);
            let receiver = w.providers[0].clone();
            let owners: [(&Address, &[u32], i128); 2] =
                [(&w.platform, &[], 100), (&receiver, &[0], 1_000)];
            for (owner, milestones, amount) in owners {
                assert_refused((&w, &coin), error, &case, || w.claim(owner, milestones));
                assert_refused((&w, &coin), error, &case, || {
                    w.claim_to(owner, milestones, &w.stranger)
                });
                assert_eq!(w.get_claimable(owner, milestones), Ok(amount), "{case}");
            }
            turn(&w, &coin, &[]);
            for (owner, milestones, amount) in owners {
                assert_eq!(w.claim(owner, milestones), Ok(()), "{case}");
                assert_eq!(coin.held(owner), amount, "{case}");
            }
        }
    }

    #[test]
    fn does_not_wait_for_a_token_that_only_lies_about_balances() {
        for mischief in [
            Mischief::PanicsInBalance,
            Mischief::BabblesInBalance,
            Mischief::Insists(0),
            Mischief::Insists(i128::MIN),
            Mischief::BabblesInTransfer,
        ] {
            let (w, coin) = credited();
            turn(&w, &coin, std::slice::from_ref(&mischief));
            assert_eq!(w.claim(&w.platform, &[]), Ok(()), "{mischief:?}");
            assert_eq!(w.claim(&w.providers[0], &[0]), Ok(()), "{mischief:?}");
            assert_eq!(coin.held(&w.providers[0]), 1_000, "{mischief:?}");
        }
    }

    #[test]
    fn an_unpayable_platform_holds_up_no_release() {
        let (w, coin) = world(2);
        w.fund_all();
        turn(&w, &coin, &[Mischief::RefusesTo(w.platform.clone())]);
        w.approve_all(&[0, 1]);
        assert_eq!(release(&w, &[0, 1]), Ok(()));
        assert_credited(&w, &[]);
        assert_eq!(coin.held(&w.providers[0]), 2_000);
        assert_refused((&w, &coin), Error::TransferFailed, "claim", || w.claim(&w.platform, &[]));
        assert_eq!(w.claim_to(&w.platform, &[], &w.stranger), Ok(()));
        assert_eq!((coin.held(&w.stranger), books(&w)), (200, (0, 0, 0, 0)));
    }
}

mod withdrawing {
    use super::*;

    #[test]
    fn through_a_token_that_misbehaves_is_refused() {
        for (mischiefs, error) in [
            (vec![Mischief::Refuses], Error::TransferFailed),
            (vec![Mischief::PanicsInTransfer], Error::TransferFailed),
            (vec![Mischief::PanicsInBalance], Error::NotAToken),
            (vec![Mischief::BabblesInBalance], Error::NotAToken),
            (vec![Mischief::Exaggerates(-50)], Error::NothingToWithdraw),
            (vec![Mischief::Insists(-1)], Error::NothingToWithdraw),
            (vec![Mischief::Insists(i128::MAX)], Error::TransferFailed),
        ] {
            let (w, coin) = world(1);
            let foreign = CoinClient::new(&w.env, &w.env.register(Coin, ()));
            w.fund_all();
            for (token, client) in [(&w.token, &coin), (&foreign.address, &foreign)] {
                client.mint(&w.escrow, &50);
                turn(&w, client, &mischiefs);
                let before = foreign.held(&w.escrow);
                let case = format!("{mischiefs:?}");
                assert_refused((&w, &coin), error, &case, || w.withdraw(&w.payer, token));
                assert_eq!(foreign.held(&w.escrow), before);
                turn(&w, client, &[]);
                assert_eq!(w.withdraw(&w.payer, token), Ok(()), "{case}, and honest again");
                assert_eq!(client.held(&w.payer), 50);
            }
            assert_eq!(books(&w), (1_100, 1_100, 0, 0));
        }
    }

    #[test]
    fn the_smallest_balance_there_is_overflows_and_does_not_trap() {
        let (w, coin) = world(1);
        w.fund_all();
        turn(&w, &coin, &[Mischief::Insists(i128::MIN)]);
        assert_refused((&w, &coin), Error::Overflow, "withdraw", || w.withdraw(&w.payer, &w.token));
        let told = w.view::<Balances>("get_balances", ().into_val(&w.env));
        assert_eq!(told, refused(Error::Overflow));
    }

    #[test]
    fn what_is_not_a_token_is_refused() {
        let (w, coin) = world(1);
        w.fund_all();
        let no_contract = w.address();
        let there = account(&w.env, 1);
        let not_there = missing(&w.env, 2);
        let other_escrow = World::on(&w.env, &w.token, |_, _| {}).escrow;
        assert_eq!(no_contract.executable(), None);
        assert_eq!(there.executable(), Some(Executable::Account));
        assert_eq!(not_there.executable(), None);
        for (case, token) in [
            ("a contract that is not there", &no_contract),
            ("an account", &there),
            ("an account that is not there", &not_there),
            ("another escrow", &other_escrow),
            ("this escrow", &w.escrow),
        ] {
            assert_refused((&w, &coin), Error::NotAToken, case, || w.withdraw(&w.payer, token));
        }
    }
}

mod opening {
    use super::*;

    #[test]
    fn an_escrow_in_what_is_not_a_token_is_refused() {
        let (w, coin) = world(1);
        let not_there = missing(&w.env, 2);
        for (case, token) in [
            ("a contract that is not there", &w.address()),
            ("an account", &account(&w.env, 1)),
            ("an account that is not there", &not_there),
            ("another escrow", &w.escrow),
        ] {
            let made = World::deploy(&w.env, &plan(&w.env, token)).map(|_| ());
            assert_eq!(made, refused(Error::NotAToken), "{case}");
        }
        let itself = w.address();
        let in_itself = plan(&w.env, &itself);
        let made = World::deploy_at(&w.env, &itself, &in_itself, in_itself.total()).map(|_| ());
        assert_eq!(made, refused(Error::NotAToken), "itself");
        for mischief in [Mischief::PanicsInBalance, Mischief::BabblesInBalance] {
            turn(&w, &coin, std::slice::from_ref(&mischief));
            let made = World::deploy(&w.env, &plan(&w.env, &w.token)).map(|_| ());
            assert_eq!(made, refused(Error::NotAToken), "{mischief:?}");
        }
    }

    #[test]
    fn an_escrow_in_a_token_that_only_refuses_transfers_is_possible() {
        for mischief in [
            Mischief::Refuses,
            Mischief::PanicsInTransfer,
            Mischief::Idles,
            Mischief::Insists(i128::MIN),
            Mischief::Insists(i128::MAX),
        ] {
            let (w, coin) = world(1);
            turn(&w, &coin, std::slice::from_ref(&mischief));
            let made = World::deploy(&w.env, &plan(&w.env, &w.token)).map(|_| ());
            assert_eq!(made, Ok(()), "{mischief:?}");
        }
    }

    #[test]
    fn a_token_cannot_call_into_an_escrow_that_is_being_opened() {
        let (w, coin) = world(1);
        let escrow = w.address();
        let plan = plan(&w.env, &w.token);
        coin.aim(&escrow, &Symbol::new(&w.env, "get_escrow"), &().into_val(&w.env));
        turn(&w, &coin, &[Mischief::CallsInBalance(false)]);
        let made = World::deploy_at(&w.env, &escrow, &plan, plan.total()).map(|_| ());
        assert_eq!(made, refused(Error::NotAToken));
        turn(&w, &coin, &[Mischief::CallsInBalance(true)]);
        let made = World::deploy_at(&w.env, &escrow, &plan, plan.total()).map(|_| ());
        assert_eq!(made, Ok(()));
        assert_eq!(coin.calls(), (1, 0));
    }
}

mod calling_back {
    use super::*;

    /// 0 is paid, its fee is credited; 1 can be settled by default and 2 released by anybody; 3
    /// is under work; 4 is not funded, but what it takes has been deposited.
    fn ripe() -> CoinWorld {
        let (w, coin) = world(5);
        coin.mint(&w.payer, &5_500);
        assert_eq!(w.fund(3, 4_400), Ok(()));
        coin.mint(&w.escrow, &1_100);
        w.approve_all(&[0]);
        assert_eq!(release(&w, &[0]), Ok(()));
        assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
        w.complete(&[2]);
        w.wait(14 * DAY);
        assert_eq!(books(&w), (4_500, 3_300, 100, 1_100));
        (w, coin)
    }

    /// What a token calls back, and the same call made from outside.
    struct Target {
        function: &'static str,
        args: fn(&World) -> soroban_sdk::Vec<Val>,
        outside: Act,
    }

    const TARGETS: [Target; 4] = [
        Target {
            function: "claim",
            args: |w| (&w.platform, w.list::<u32>(&[]), None::<Address>).into_val(&w.env),
            outside: |w| w.claim(&w.platform, &[]),
        },
        Target {
            function: "resolve_by_default",
            args: |w| (w.list(&[1_u32]),).into_val(&w.env),
            outside: |w| w.resolve_by_default(&[1]),
        },
        Target {
            function: "release",
            args: |w| (&w.token, w.list(&[w.payout(2)])).into_val(&w.env),
            outside: |w| w.release(&w.stranger, &[w.payout(2)]),
        },
        Target {
            function: "get_escrow",
            args: |w| ().into_val(&w.env),
            outside: |w| w.view::<Escrow>("get_escrow", ().into_val(&w.env)).map(|_| ()),
        },
    ];

    /// A call during which the token is called.
    struct Call {
        name: &'static str,
        make: Act,
        /// How it ends when a call back out of a transfer, or out of balance, fails it.
        in_transfer: Outcome,
        in_balance: Outcome,
    }

    const CALLS: [Call; 6] = [
        Call {
            name: "fund",
            make: |w| w.fund(4, 1_100),
            in_transfer: Err(Refusal::Contract(Error::TransferFailed)),
            in_balance: Err(Refusal::Contract(Error::NotAToken)),
        },
        Call {
            name: "count_deposit",
            make: |w| w.count_deposit(4, 1_100),
            in_transfer: Ok(()),
            in_balance: Err(Refusal::Contract(Error::NotAToken)),
        },
        Call {
            name: "refund",
            make: |w| w.refund(&w.providers[0], &[3], 1_100),
            in_transfer: Ok(()),
            in_balance: Ok(()),
        },
        Call {
            name: "claim",
            make: |w| w.claim(&w.platform, &[]),
            in_transfer: Err(Refusal::Contract(Error::TransferFailed)),
            in_balance: Ok(()),
        },
        Call {
            name: "withdraw",
            make: |w| w.withdraw(&w.payer, &w.token),
            in_transfer: Err(Refusal::Contract(Error::TransferFailed)),
            in_balance: Err(Refusal::Contract(Error::NotAToken)),
        },
        Call {
            name: "get_balances",
            make: |w| w.view::<Balances>("get_balances", ().into_val(&w.env)).map(|_| ()),
            in_transfer: Ok(()),
            in_balance: Err(Refusal::Contract(Error::NotAToken)),
        },
    ];

    #[test]
    fn would_do_something_if_it_were_not_in_the_middle_of_a_call() {
        for target in TARGETS {
            let (w, _) = ripe();
            assert_eq!((target.outside)(&w), Ok(()), "{}", target.function);
        }
    }

    #[test]
    fn fails_and_changes_nothing() {
        for target in TARGETS {
            for call in CALLS {
                for gets_over_it in [false, true] {
                    for mischief in [
                        Mischief::CallsInTransfer(gets_over_it),
                        Mischief::CallsInBalance(gets_over_it),
                    ] {
                        try_calling_back(&target, &call, mischief, gets_over_it);
                    }
                }
            }
        }
    }

    fn try_calling_back(target: &Target, call: &Call, mischief: Mischief, gets_over_it: bool) {
        let case = format!("{} in {}, {mischief:?}", target.function, call.name);
        let (w, coin) = ripe();
        let in_transfer = matches!(mischief, Mischief::CallsInTransfer(_));
        let expected = match (gets_over_it, in_transfer) {
            (true, _) => Ok(()),
            (false, true) => call.in_transfer,
            (false, false) => call.in_balance,
        };
        coin.aim(&w.escrow, &Symbol::new(&w.env, target.function), &(target.args)(&w));
        turn(&w, &coin, &[mischief]);
        let before = truth(&w, &coin);
        assert_eq!((call.make)(&w), expected, "{case}");
        let (tried, done) = coin.calls();
        assert_eq!(done, 0, "{case}");
        let asks = if in_transfer { call.in_transfer } else { call.in_balance };
        if gets_over_it && asks.is_err() {
            assert!(tried > 0, "{case}: it was tried");
        }
        turn(&w, &coin, &[]);
        if expected.is_err() {
            assert_eq!(truth(&w, &coin), before, "{case}");
        }
        let flags = [1, 2].map(|i| w.get_milestone(i).flags);
        assert!(flags[0].disputed && !flags[0].resolved, "{case}");
        assert!(!flags[1].released, "{case}");
        let claimed = call.name == "claim" && expected.is_ok();
        let fees = if claimed { 0 } else { 100 };
        assert_eq!(w.get_claimable(&w.platform, &[]), Ok(fees), "{case}");
        assert_eq!(coin.held(&w.platform), 100 - fees, "{case}");
        let b = w.get_balances();
        assert_eq!(b.balance, b.reserved + b.credited + b.unreserved, "{case}");
        if call.name == "refund" {
            let credited = if in_transfer && !gets_over_it { 1_100 } else { 0 };
            assert_eq!(w.get_milestone(3).credited, credited, "{case}");
        }
        let blocked = claimed && target.function == "claim";
        if !blocked {
            assert_eq!((target.outside)(&w), Ok(()), "{case}: it is still possible from outside");
        }
    }
}

/// Every kind of misbehaviour in transfers with every kind in balances, and every call that
/// touches the token: each call ends well or with an error of ours; and once the token is honest
/// again and what it took is made good, everything comes to its end.
#[test]
fn no_mischief_makes_a_call_trap_or_money_stick() {
    let transfers: [fn(&World) -> Option<Mischief>; 13] = [
        |_| None,
        |_| Some(Mischief::Skims(1)),
        |_| Some(Mischief::Skims(i128::MAX)),
        |_| Some(Mischief::Overcharges(1)),
        |_| Some(Mischief::Idles),
        |_| Some(Mischief::Refuses),
        |w| Some(Mischief::RefusesTo(w.escrow.clone())),
        |w| Some(Mischief::RefusesTo(w.payer.clone())),
        |w| Some(Mischief::RefusesTo(w.providers[0].clone())),
        |_| Some(Mischief::PanicsInTransfer),
        |_| Some(Mischief::BabblesInTransfer),
        |_| Some(Mischief::CallsInTransfer(false)),
        |_| Some(Mischief::CallsInTransfer(true)),
    ];
    let balances = [
        None,
        Some(Mischief::Exaggerates(1)),
        Some(Mischief::Exaggerates(-1)),
        Some(Mischief::Exaggerates(i128::MIN)),
        Some(Mischief::Insists(0)),
        Some(Mischief::Insists(i128::MAX)),
        Some(Mischief::Insists(i128::MIN)),
        Some(Mischief::PanicsInBalance),
        Some(Mischief::BabblesInBalance),
        Some(Mischief::CallsInBalance(false)),
        Some(Mischief::CallsInBalance(true)),
    ];
    for transfer in transfers {
        for balance in &balances {
            let (w, coin) = world(8);
            let mischiefs: Vec<_> = transfer(&w).into_iter().chain(balance.clone()).collect();
            misbehave(&w, &coin, &mischiefs);
        }
    }
}

fn misbehave(w: &World, coin: &CoinClient, mischiefs: &[Mischief]) {
    let receiver = w.providers[0].clone();
    let ruling = |milestone| [Ruling { milestone, to_receiver: 333 }];
    coin.mint(&w.payer, &100_000);
    assert_eq!(w.fund(5, 6_600), Ok(()));
    coin.mint(&w.escrow, &2_000);
    w.approve_all(&[0, 1]);
    assert_eq!(release(w, &[0]), Ok(()));
    assert_eq!(w.dispute(&w.payer, &[2, 3], ""), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &ruling(2)), Ok(()));
    assert_eq!(w.settle(&w.payer, &ruling(4)), Ok(()));
    w.wait(14 * DAY);
    let back = (&w.platform, w.list::<u32>(&[]), None::<Address>).into_val(&w.env);
    coin.aim(&w.escrow, &Symbol::new(&w.env, "claim"), &back);
    turn(w, coin, mischiefs);
    let outcomes = [
        ("release", release(w, &[1])),
        ("resolve", w.resolve(&w.resolvers[1], &ruling(2))),
        ("default", w.resolve_by_default(&[3])),
        ("settle", w.settle(&receiver, &ruling(4))),
        ("refund", w.refund(&receiver, &[5], 1_100)),
        ("claim", w.claim(&receiver, &[0, 1, 2, 3, 4, 5])),
        ("claim", w.claim(&w.payer, &[2, 3, 4, 5])),
        ("claim", w.claim_to(&w.platform, &[], &w.stranger)),
        ("count", w.count_deposit(6, 1_100)),
        ("fund", w.fund(6, 1_100)),
        ("fund", w.fund(7, 1_100)),
        ("withdraw", w.withdraw(&w.payer, &w.token)),
        ("told", w.view::<Balances>("get_balances", ().into_val(&w.env)).map(|_| ())),
        ("told", w.get_claimable(&receiver, &[0, 1, 2, 3, 4, 5]).map(|_| ())),
    ];
    for (name, outcome) in outcomes {
        assert!(
            matches!(outcome, Ok(()) | Err(Refusal::Contract(_))),
            "{name} with {mischiefs:?}: {outcome:?}"
        );
    }
    turn(w, coin, &[]);
    let missing = -w.get_balances().unreserved;
    if missing > 0 {
        coin.mint(&w.escrow, &missing);
    }
    for i in 0..w.get_escrow().totals.funded {
        if w.get_milestone(i).flags == OPEN || w.get_milestone(i).flags.disputed {
            assert_eq!(w.refund(&receiver, &[i], 1_100), Ok(()), "{mischiefs:?}");
        } else if w.get_milestone(i).flags == APPROVED {
            assert_eq!(release(w, &[i]), Ok(()), "{mischiefs:?}");
        }
    }
    for owner in [&receiver, &w.payer, &w.platform] {
        let all: Vec<u32> = (0..8).collect();
        let owed = w.get_claimable(owner, &all).unwrap();
        let held = coin.held(owner);
        if owed > 0 {
            assert_eq!(w.claim(owner, &all), Ok(()), "{mischiefs:?}");
        }
        assert_eq!(coin.held(owner), held + owed, "{mischiefs:?}");
    }
    let b = w.get_balances();
    assert_eq!((b.reserved, b.credited), (0, 0), "{mischiefs:?}");
    let totals = w.get_escrow().totals;
    assert_eq!(totals.settled, totals.funded, "{mischiefs:?}");
    assert_eq!(totals.deposited, totals.paid + totals.refunded + totals.fees, "{mischiefs:?}");
}

const OPEN: Flags =
    Flags { approved: false, disputed: false, released: false, resolved: false, refunded: false };
const APPROVED: Flags = Flags { approved: true, ..OPEN };

/// One set of balances that two token contracts stand in front of.
mod two_addresses {
    use super::*;

    pub mod vault {
        use soroban_sdk::{Address, Env, contract, contractimpl};

        #[contract]
        pub struct Vault;

        #[contractimpl]
        impl Vault {
            pub fn balance(env: Env, of: Address) -> i128 {
                env.storage().persistent().get(&of).unwrap_or(0)
            }

            pub fn shift(env: Env, from: Option<Address>, to: Address, amount: i128) {
                if let Some(from) = from {
                    let left = Self::balance(env.clone(), from.clone()) - amount;
                    env.storage().persistent().set(&from, &left);
                }
                let now = Self::balance(env.clone(), to.clone()) + amount;
                env.storage().persistent().set(&to, &now);
            }
        }
    }

    pub mod front {
        use super::vault::VaultClient;
        use soroban_sdk::{Address, Env, Symbol, contract, contractimpl, symbol_short};

        const VAULT: Symbol = symbol_short!("vault");

        #[contract]
        pub struct Front;

        fn vault(env: &Env) -> VaultClient<'_> {
            VaultClient::new(env, &env.storage().instance().get(&VAULT).unwrap())
        }

        #[contractimpl]
        impl Front {
            pub fn __constructor(env: Env, vault: Address) {
                env.storage().instance().set(&VAULT, &vault);
            }

            pub fn balance(env: Env, id: Address) -> i128 {
                vault(&env).balance(&id)
            }

            pub fn transfer(env: Env, from: Address, to: Address, amount: i128) {
                from.require_auth();
                vault(&env).shift(&Some(from), &to, &amount);
            }

            pub fn mint(env: Env, to: Address, amount: i128) {
                vault(&env).shift(&None, &to, &amount);
            }
        }
    }

    #[test]
    fn what_is_reserved_is_not_withdrawn_through_the_other() {
        let env = network();
        let vault = env.register(vault::Vault, ());
        let (one, other) =
            (env.register(front::Front, (&vault,)), env.register(front::Front, (&vault,)));
        let w = World::on(&env, &one, |_, _| {});
        w.fund_all();
        w.assert_refused(Error::UnreservedTooLow, || w.withdraw(&w.payer, &other));
        w.deposit(5);
        w.assert_refused(Error::UnreservedTooLow, || w.withdraw(&w.payer, &other));
        assert_eq!(w.withdraw(&w.payer, &one), Ok(()));
        assert_eq!(w.balance(&w.payer), 5);
    }
}
