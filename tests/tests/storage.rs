//! How long what is stored lives: what a call extends and what it leaves alone, and that an escrow
//! which sleeps past every expiry wakes up as it was.

use escrow::*;
use soroban_sdk::testutils::storage::Persistent as _;
use soroban_sdk::testutils::{Address as _, Deployer as _, Ledger as _};
use soroban_sdk::{Address, IntoVal, Val, symbol_short};
use tests::*;

const LEDGERS_PER_DAY: u32 = 17_280;
const SECONDS_PER_LEDGER: u64 = 5;
/// What a call touches is extended when it has less left than this, ...
const THRESHOLD: u32 = 30 * LEDGERS_PER_DAY;
/// ... to this.
const EXTENDED: u32 = 90 * LEDGERS_PER_DAY;
/// The longest that the network lets anything live, the current ledger included.
const LONGEST: u32 = MAX_TTL - 1;
/// What Testnet gives a new entry.
const TESTNET_MIN_PERSISTENT_TTL: u32 = 120_960;

/// How many more ledgers each entry lives.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lives {
    instance: u32,
    code: u32,
    ledger: u32,
    milestones: std::vec::Vec<u32>,
}

fn lives(w: &World) -> Lives {
    let count = w.get_escrow().totals.milestones;
    let deployer = w.env.deployer();
    let of = |key: Val| w.env.as_contract(&w.escrow, || w.env.storage().persistent().get_ttl(&key));
    Lives {
        instance: deployer.get_contract_instance_ttl(&w.escrow),
        code: deployer.get_contract_code_ttl(&w.escrow),
        ledger: of(symbol_short!("ledger").into_val(&w.env)),
        milestones: (0..count).map(|i| of(i.into_val(&w.env))).collect(),
    }
}

/// Time passes until what was made at the start has so many ledgers left. The clock stands still,
/// so that only lives run out.
fn age(w: &World, left: u32) {
    let oldest = lives(w).instance;
    w.env.ledger().with_mut(|ledger| ledger.sequence_number += oldest - left);
}

/// Time passes as it does on the network.
fn sleep(w: &World, ledgers: u32) {
    w.env.ledger().with_mut(|ledger| {
        ledger.sequence_number += ledgers;
        ledger.timestamp += u64::from(ledgers) * SECONDS_PER_LEDGER;
    });
}

/// An escrow made as the network makes it. Where a test chooses its address, its instance would
/// begin with a life of one ledger.
fn made(min_persistent_ttl: u32, change: impl FnOnce(&mut Plan)) -> World {
    let env = network();
    env.ledger().with_mut(|ledger| ledger.min_persistent_entry_ttl = min_persistent_ttl);
    let asset = env.register_stellar_asset_contract_v2(Address::generate(&env));
    let mut plan = plan(&env, &asset.address());
    change(&mut plan);
    let mut w = World::deploy(&env, &plan).unwrap();
    w.issuer = Some(asset.issuer());
    if on_wasm() {
        let milestones = w.list(&plan.milestones);
        let total = plan.total();
        env.mock_all_auths_allowing_non_root_auth();
        w.escrow = env.register(wasm().as_slice(), (plan.terms, milestones, total));
        env.set_auths(&[]);
    }
    w
}

fn on_mainnet() -> World {
    made(MIN_PERSISTENT_TTL, |_| {})
}

fn on_testnet() -> World {
    made(TESTNET_MIN_PERSISTENT_TTL, |_| {})
}

fn ruling(milestone: u32) -> Ruling {
    Ruling { milestone, to_receiver: 1 }
}

fn nothing(_: &World) {}

/// The default escrow, but that the first approver may release too.
fn world() -> World {
    made(MIN_PERSISTENT_TTL, |plan| {
        let roles = &mut plan.terms.roles;
        roles.release_signers.push_back(roles.approvers.get_unchecked(0));
    })
}

/// A call: how to get there, the call, and which milestones it touches.
struct Case {
    name: &'static str,
    before: fn(&World),
    call: fn(&World) -> Outcome,
    touches: &'static [u32],
}

const fn case(
    name: &'static str,
    before: fn(&World),
    call: fn(&World) -> Outcome,
    touches: &'static [u32],
) -> Case {
    Case { name, before, call, touches }
}

/// Every call that changes something, but `extend_ttl`.
const CASES: [Case; 21] = [
    case("fund", |w| w.mint(&w.payer, worth(w, 0)), |w| w.fund(0, worth(w, 0)), &[]),
    case("count_deposit", |w| w.deposit(worth(w, 0)), |w| w.count_deposit(0, worth(w, 0)), &[]),
    case("change_status", World::fund_all, |w| w.report(1, Status::InProgress), &[1]),
    case("approve", World::fund_all, |w| w.approve(&w.approvers[0], &both(w)), &[2, 0]),
    case("reject", completed, |w| w.reject(&w.approvers[0], &[2, 0], "no"), &[2, 0]),
    case("release", approved, |w| w.release(&w.signers[0], &both(w)), &[2, 0]),
    case("confirm", World::fund_all, |w| w.confirm(&w.approvers[0], &both(w)), &[2, 0]),
    case("dispute", World::fund_all, |w| w.dispute(&w.payer, &[1], ""), &[1]),
    case("resume", disputed, |w| w.resume(&w.payer, &[1]), &[1]),
    case("resolve", disputed, |w| w.resolve(&w.resolvers[0], &[ruling(1)]), &[1]),
    case(
        "resolve_by_default",
        |w| {
            disputed(w);
            w.wait(14 * DAY);
        },
        |w| w.resolve_by_default(&[1]),
        &[1],
    ),
    case("settle", World::fund_all, |w| w.settle(&w.payer, &[ruling(1)]), &[1]),
    case("refund", World::fund_all, |w| w.refund(&w.providers[0], &[1], worth(w, 1)), &[1]),
    case(
        "reclaim",
        |w| {
            w.fund_all();
            w.wait(31 * DAY);
        },
        |w| w.reclaim(&w.payer, &[1], worth(w, 1)),
        &[1],
    ),
    case("a payout that fails", owing, |w| w.release(&w.signers[0], &both(w)), &[2, 0]),
    case(
        "claim",
        |w| {
            owing(w);
            assert_eq!(w.release(&w.signers[0], &both(w)), Ok(()));
            freeze(w, &w.providers[0], false);
        },
        |w| w.claim(&w.providers[0], &[0]),
        &[0],
    ),
    case("withdraw", |w| w.deposit(1), |w| w.withdraw(&w.payer, &w.token), &[]),
    case("update", nothing, |w| w.update(&w.admin, &w.terms, 0), &[]),
    case(
        "manage_milestones",
        nothing,
        |w| w.manage_milestones(&w.admin, 1, &[edit(0)], &[], 2_000 * ONE),
        &[0],
    ),
    case("redirect", nothing, |w| w.redirect(&w.providers[0], 1, &w.stranger), &[1]),
    case("rotate", nothing, |w| w.rotate(Role::Admin, &w.admin, &w.stranger), &[]),
];

fn both(w: &World) -> [Payout; 2] {
    [w.payout(2), w.payout(0)]
}

fn completed(w: &World) {
    w.fund_all();
    w.complete(&[0, 1, 2]);
}

fn approved(w: &World) {
    w.fund_all();
    w.approve_all(&[0, 1, 2]);
}

fn disputed(w: &World) {
    w.fund_all();
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
}

fn owing(w: &World) {
    approved(w);
    freeze(w, &w.providers[0], true);
}

#[test]
fn a_call_extends_what_it_touches_and_nothing_else() {
    for Case { name, before, call, touches } in CASES {
        let w = world();
        before(&w);
        age(&w, THRESHOLD - 1);
        let mut expected = lives(&w);
        assert_eq!(call(&w), Ok(()), "{name}");
        expected.instance = EXTENDED;
        expected.ledger = EXTENDED;
        expected.milestones.truncate(w.get_escrow().totals.milestones as usize);
        for milestone in touches {
            expected.milestones[*milestone as usize] = EXTENDED;
        }
        assert_eq!(lives(&w), expected, "{name}");
        assert_eq!(expected.code, THRESHOLD - 1, "{name} leaves the code alone");
    }
}

#[test]
fn a_call_extends_nothing_that_has_thirty_days_left() {
    for Case { name, before, call, .. } in CASES {
        let w = world();
        before(&w);
        age(&w, THRESHOLD + 1);
        let mut before = lives(&w);
        assert_eq!(call(&w), Ok(()), "{name}");
        before.milestones.truncate(w.get_escrow().totals.milestones as usize);
        assert_eq!(lives(&w), before, "{name}");
    }
}

#[test]
fn a_refused_call_extends_nothing() {
    let w = on_mainnet();
    w.fund_all();
    age(&w, 1);
    let before = lives(&w);
    for (error, outcome) in [
        (Error::NotApproved, w.release(&w.signers[0], &[w.payout(0)])),
        (Error::NotPayer, w.withdraw(&w.admin, &w.token)),
        (Error::SomethingFunded, w.update(&w.admin, &w.terms, 0)),
        (Error::NotAdmin, w.extend_ttl(&w.payer, MAX_TTL, 0, 50)),
    ] {
        assert_eq!(outcome, refused(error));
        assert_eq!(lives(&w), before, "{error:?}");
    }
}

#[test]
fn what_only_reads_extends_nothing() {
    let w = on_mainnet();
    w.fund_all();
    age(&w, 1);
    let before = lives(&w);
    w.get_escrow();
    w.get_milestone(0);
    assert_eq!(w.get_milestones(0, 50).unwrap().len(), 3);
    assert_eq!(w.get_claimable(&w.platform, &[0, 1, 2]), Ok(0));
    w.get_balances();
    assert_eq!(lives(&w), before);
}

#[test]
fn a_new_escrow_lives_for_ninety_days_at_least() {
    let expected =
        |code, rest| Lives { instance: rest, code, ledger: rest, milestones: std::vec![rest; 3] };
    let w = on_mainnet();
    assert_eq!(lives(&w), expected(MIN_PERSISTENT_TTL - 1, MIN_PERSISTENT_TTL - 1));
    let w = on_testnet();
    assert_eq!(lives(&w), expected(TESTNET_MIN_PERSISTENT_TTL - 1, EXTENDED));
}

#[test]
fn milestones_added_later_live_for_ninety_days_at_least() {
    for (testnet, expected) in [(false, MIN_PERSISTENT_TTL - 1), (true, EXTENDED)] {
        let w = if testnet { on_testnet() } else { on_mainnet() };
        sleep(&w, LEDGERS_PER_DAY);
        let more = [milestone(&w.env, "More", 1)];
        let added = w.manage_milestones(&w.admin, 0, &[], &more, 3_000 * ONE + 1);
        assert_eq!(added, Ok(()));
        assert_eq!(lives(&w).milestones[3], expected);
    }
}

#[test]
fn on_testnet_too_a_call_extends_what_it_touches_to_ninety_days() {
    let w = on_testnet();
    w.fund_all();
    sleep(&w, EXTENDED - THRESHOLD + 1);
    assert_eq!(w.report(1, Status::InProgress), Ok(()));
    let lives = lives(&w);
    assert_eq!((lives.instance, lives.ledger), (EXTENDED, EXTENDED));
    assert_eq!(lives.milestones, [THRESHOLD - 1, EXTENDED, THRESHOLD - 1]);
}

#[test]
fn extending_reaches_everything_and_just_that_page_of_milestones() {
    for (start, limit, page) in [
        (0, 50, &[0, 1, 2][..]),
        (0, 3, &[0, 1, 2]),
        (1, 1, &[1]),
        (1, 2, &[1, 2]),
        (2, 50, &[2]),
        (0, 0, &[]),
        (3, 50, &[]),
        (u32::MAX, 50, &[]),
    ] {
        let w = on_mainnet();
        age(&w, THRESHOLD);
        let mut expected = lives(&w);
        let long = 100 * LEDGERS_PER_DAY;
        assert_eq!(w.extend_ttl(&w.admin, long, start, limit), Ok(()));
        (expected.instance, expected.code, expected.ledger) = (long, long, long);
        for milestone in page {
            expected.milestones[*milestone as usize] = long;
        }
        assert_eq!(lives(&w), expected, "{start} {limit}");
    }
}

#[test]
fn extending_by_any_number_never_traps_and_never_shortens() {
    let w = on_mainnet();
    let numbers = [0, 1, 2, 3, 50, THRESHOLD, EXTENDED, LONGEST, MAX_TTL, MAX_TTL + 1, u32::MAX];
    let mut longest = MIN_PERSISTENT_TTL - 1;
    for ledgers in numbers {
        assert_eq!(w.extend_ttl(&w.admin, ledgers, 0, 50), Ok(()), "{ledgers}");
        longest = longest.max(ledgers.min(LONGEST));
        let milestones = std::vec![longest; 3];
        let expected = Lives { instance: longest, code: longest, ledger: longest, milestones };
        assert_eq!(lives(&w), expected, "{ledgers}");
    }
    for start in numbers {
        for limit in numbers {
            let expected = if limit > 50 { refused(Error::TooLarge) } else { Ok(()) };
            assert_eq!(w.extend_ttl(&w.admin, EXTENDED, start, limit), expected, "{start} {limit}");
            let page = w.get_milestones(start, limit).map(|page| page.len());
            let length = limit.min(3_u32.saturating_sub(start));
            let expected = if limit > 50 { refused(Error::TooLarge) } else { Ok(length) };
            assert_eq!(page, expected, "{start} {limit}");
        }
    }
}

/// More than the longest that anything lives.
const WINTER: u32 = MAX_TTL + LEDGERS_PER_DAY;
const WINTER_SECONDS: u64 = WINTER as u64 * SECONDS_PER_LEDGER;

#[test]
fn an_escrow_that_slept_past_every_expiry_wakes_up_as_it_was() {
    let w = on_mainnet();
    let (payer, receiver) = (w.payer.clone(), w.providers[0].clone());
    w.fund_all();
    let update = StatusUpdate {
        milestone: 0,
        status: Status::Completed,
        note: Some(w.text("done")),
        evidence: Some(w.text("ipfs://1")),
    };
    assert_eq!(w.change_status(&receiver, &[update]), Ok(()));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(w.dispute(&payer, &[1], "no"), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[1], &[ruling(1)]), Ok(()));
    assert_eq!(w.settle(&receiver, &[ruling(2)]), Ok(()));
    let before = w.state();
    sleep(&w, WINTER);
    assert_eq!(w.state(), before);
    // Votes from before the sleep count, together with those from after it.
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), refused(Error::AlreadyVoted));
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[0], &[ruling(1)]), Ok(()));
    assert_eq!(w.settle(&payer, &[ruling(2)]), Ok(()));
    sleep(&w, WINTER);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    sleep(&w, WINTER);
    assert_eq!(w.claim(&w.platform, &[]), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
    assert_eq!(w.balance(&receiver), 1_000 * ONE + 2);
    assert_eq!(w.balance(&w.platform), 25 * ONE);
    assert_eq!(w.balance(&w.escrow), 0);
}

#[test]
fn a_claim_writes_only_what_it_pays() {
    let written = |named: &[u32]| {
        let w = World::new();
        w.fund_all();
        w.approve_all(&[0, 1]);
        assert_eq!(w.release(&w.signers[0], &[w.payout(0), w.payout(1)]), Ok(()));
        assert_eq!(w.claim(&w.platform, named), Ok(()));
        w.env.cost_estimate().resources().write_entries
    };
    assert_eq!(written(&[0, 1]), written(&[]), "nothing of a milestone is the platform's");
}

#[test]
fn what_a_call_finds_asleep_comes_back_with_it() {
    let w = on_mainnet();
    w.fund_all();
    sleep(&w, WINTER);
    assert_eq!(w.report(1, Status::InProgress), Ok(()));
    let awake = w.env.cost_estimate().resources();
    assert!(
        awake.disk_read_entries >= 3,
        "instance, ledger and milestone were archived: {awake:?}"
    );
    let deployer = w.env.deployer();
    assert!(deployer.get_contract_instance_ttl(&w.escrow) >= EXTENDED);
    assert_eq!(w.report(1, Status::InProgress), Ok(()));
    assert_eq!(w.env.cost_estimate().resources().disk_read_entries, 0, "all are awake");
}

#[test]
fn windows_and_due_dates_run_on_while_an_escrow_sleeps() {
    let w = World::with(|env, plan| {
        plan.terms.policy.review_window = WINTER_SECONDS + 10;
        plan.terms.policy.dispute_window = WINTER_SECONDS + 10;
        plan.terms.policy.fallback = Fallback::Refund;
        for milestone in &mut plan.milestones {
            milestone.due = env.ledger().timestamp() + WINTER_SECONDS + 9;
        }
    });
    w.fund_all();
    w.complete(&[0]);
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    let (stranger, returned) = (w.stranger.clone(), worth(&w, 2));
    sleep(&w, WINTER);
    let early = |w: &World| {
        let released = w.release(&stranger, &[w.payout(0)]);
        assert_eq!(released, refused(Error::NotReleaseSigner));
        assert_eq!(w.resolve_by_default(&[1]), refused(Error::DisputeWindowOpen));
        assert_eq!(w.reclaim(&w.payer, &[2], returned), refused(Error::NotDue));
    };
    early(&w);
    w.wait(9);
    early(&w);
    w.wait(1);
    assert_eq!(w.release(&stranger, &[w.payout(0)]), Ok(()));
    assert_eq!(w.resolve_by_default(&[1]), Ok(()));
    assert_eq!(w.reclaim(&w.payer, &[2], returned), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
}

#[test]
fn a_credit_outlives_every_expiry() {
    let w = on_mainnet();
    owing(&w);
    assert_eq!(w.release(&w.signers[0], &both(&w)), Ok(()));
    for _ in 0..3 {
        sleep(&w, WINTER);
        assert_eq!(w.get_claimable(&w.providers[0], &[0, 2]), Ok(2_000 * ONE));
    }
    assert_eq!(w.claim(&w.providers[0], &[0, 2]), refused(Error::TransferFailed));
    freeze(&w, &w.providers[0], false);
    assert_eq!(w.claim(&w.providers[0], &[0, 2]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), 2_000 * ONE);
}
