//! Every call at its largest stays within what one transaction may take on Mainnet, or is refused
//! with `TooLarge`; it never runs into a limit. On WASM the figures are the network's.

use escrow::*;
use soroban_env_host::{InvocationResourceLimits, InvocationResources};
use soroban_sdk::testutils::cost_estimate::NetworkInvocationResourceLimits as _;
use soroban_sdk::testutils::{Address as _, Events as _};
use soroban_sdk::xdr::{ContractEvent, Limits, WriteXdr};
use soroban_sdk::{Address, BytesN, Env, IntoVal, String, Val, Vec};
use tests::accounts::{account, trust};
use tests::*;

const MAX_ITEMS: u32 = 50;
const MAX_PAYEES: u32 = 40;
/// The asset of the tests has a code of three letters; one of twelve makes each transfer's event
/// so much longer.
const LONGER_CODE_BYTES: u32 = 12;

/// How a call stands to the limits of one transaction.
#[derive(Debug)]
enum Fit {
    Fits(Box<InvocationResources>),
    TooLarge,
    /// What the network would fail the transaction for.
    Over(std::string::String),
}

/// Calls with every signature it needs: what is measured here is size.
fn fit(w: &World, function: &str, args: Vec<Val>) -> Fit {
    w.env.mock_all_auths();
    // Limits are compared below, so that a refusal is told from a limit. What the test environment
    // notes for itself, in a budget of its own, would run out before any of them.
    w.env.cost_estimate().disable_resource_limits();
    w.env.cost_estimate().budget().reset_unlimited();
    match w.invoke(function, args) {
        Err(Refusal::Contract(Error::TooLarge)) => Fit::TooLarge,
        outcome => {
            assert_eq!(outcome, Ok(()), "{function}");
            weigh(w)
        }
    }
}

/// What the last call took, against what Mainnet allows.
fn weigh(w: &World) -> Fit {
    let took = w.env.cost_estimate().resources();
    let (events, transfers) = event_bytes(w);
    let most = InvocationResourceLimits::mainnet();
    let longest = events + transfers * LONGER_CODE_BYTES;
    let entries = took.disk_read_entries + took.memory_read_entries + took.write_entries;
    let over: std::vec::Vec<_> = [
        ("instructions", took.instructions, most.instructions),
        ("bytes of memory", took.mem_bytes, most.mem_bytes),
        ("entries read from disk", took.disk_read_entries.into(), most.disk_read_entries.into()),
        ("bytes read from disk", took.disk_read_bytes.into(), most.disk_read_bytes.into()),
        ("entries written", took.write_entries.into(), most.write_entries.into()),
        ("bytes written", took.write_bytes.into(), most.write_bytes.into()),
        ("entries", entries.into(), most.ledger_entries.into()),
        ("bytes of events", longest.into(), most.contract_events_size_bytes.into()),
    ]
    .into_iter()
    .filter(|(_, took, most)| took > most)
    .map(|(what, took, most)| format!("{took} of {most} {what}"))
    .collect();
    assert_eq!(took.contract_events_size_bytes, events, "counted as the host counts");
    if over.is_empty() { Fit::Fits(Box::new(took)) } else { Fit::Over(over.join(", ")) }
}

/// What the last call's events take, and how many of them are the token's.
fn event_bytes(w: &World) -> (u32, u32) {
    let events = w.env.events().all();
    let bytes = |event: &ContractEvent| event.to_xdr(Limits::none()).unwrap().len();
    let all = events.events().iter().map(bytes).sum::<usize>();
    (all as u32, events.filter_by_contract(&w.token).events().len() as u32)
}

/// It works, and this is what it took.
#[track_caller]
fn fits(what: &str, fit: Fit) -> InvocationResources {
    let Fit::Fits(took) = fit else { panic!("{what}: {fit:?}") };
    println!(
        "{what}: {} instructions, {} entries and {} bytes written, {} bytes of events",
        took.instructions, took.write_entries, took.write_bytes, took.contract_events_size_bytes,
    );
    *took
}

fn long(env: &Env, bytes: usize) -> String {
    String::from_str(env, &"x".repeat(bytes))
}

fn addresses(env: &Env, count: usize) -> Vec<Address> {
    Vec::from_iter(env, (0..count).map(|_| Address::generate(env)))
}

/// Ten distinct members in each role list, and the longest texts.
fn full_terms(env: &Env, terms: &mut Terms) {
    terms.engagement_id = long(env, 64);
    terms.title = long(env, 100);
    terms.description = long(env, 500);
    terms.document = Some(BytesN::from_array(env, &[7; 32]));
    let roles = &mut terms.roles;
    for list in [
        &mut roles.approvers,
        &mut roles.service_providers,
        &mut roles.release_signers,
        &mut roles.dispute_resolvers,
        &mut roles.observers,
    ] {
        *list = addresses(env, 10);
    }
}

/// The longest that a milestone can be.
fn full_milestone(env: &Env, receiver: Option<Address>) -> NewMilestone {
    NewMilestone {
        title: long(env, 100),
        description: long(env, 500),
        document: Some(BytesN::from_array(env, &[7; 32])),
        amount: i64::MAX as i128 / 1_000,
        receiver,
        approvals_required: 1,
        due: env.ledger().timestamp() + 30 * DAY,
    }
}

/// Builds without limits: what is built is at its largest, however many calls it takes.
fn unlimited<T>(env: &Env, build: impl FnOnce() -> T) -> T {
    env.cost_estimate().disable_resource_limits();
    env.mock_all_auths();
    env.cost_estimate().budget().reset_unlimited();
    build()
}

/// An escrow of so many milestones, everything in it as long as it can be: texts, notes, evidence,
/// reasons of disputes that were dropped, and offers.
fn heavy(count: u32, receiver: &dyn Fn(&Env, u32) -> Option<Address>) -> World {
    let w = World::with(|env, plan| {
        full_terms(env, &mut plan.terms);
        plan.milestones = std::vec![full_milestone(env, receiver(env, 0))];
    });
    unlimited(&w.env, || {
        let total = |count: u32| i128::from(count) * w.get_milestone(0).amount;
        for i in 1..count {
            let args = (
                &w.admin,
                0_u32,
                w.list::<MilestoneEdit>(&[]),
                w.list(&[full_milestone(&w.env, receiver(&w.env, i))]),
                total(i + 1),
            );
            assert_eq!(w.invoke("manage_milestones", args.into_val(&w.env)), Ok(()));
        }
        w.fund_all();
        w.env.mock_all_auths();
        for milestone in 0..count {
            let text = long(&w.env, 500);
            let (note, evidence) = (Some(text.clone()), Some(text.clone()));
            let update = StatusUpdate { milestone, status: Status::InProgress, note, evidence };
            let args = (&w.providers[0], w.list(&[update])).into_val(&w.env);
            assert_eq!(w.invoke("change_status", args), Ok(()));
            let args = (&w.payer, w.list(&[milestone]), text).into_val(&w.env);
            assert_eq!(w.invoke("dispute", args), Ok(()));
            for party in [&w.payer, &w.get_milestone(milestone).receiver] {
                let args = (party, w.list(&[milestone])).into_val(&w.env);
                assert_eq!(w.invoke("resume", args), Ok(()));
            }
            let offer = Ruling { milestone, to_receiver: i128::from(i64::MAX) / 2_000 };
            let args = (&w.payer, w.list(&[offer])).into_val(&w.env);
            assert_eq!(w.invoke("settle", args), Ok(()));
        }
    });
    w
}

fn all(w: &World) -> Vec<u32> {
    Vec::from_iter(&w.env, 0..w.get_escrow().totals.milestones)
}

fn payouts(w: &World) -> Vec<Payout> {
    Vec::from_iter(&w.env, all(w).iter().map(|i| w.payout(i)))
}

/// A split that pays both sides.
fn half(w: &World, milestone: u32) -> Ruling {
    Ruling { milestone, to_receiver: w.get_milestone(milestone).amount / 2 }
}

fn halves(w: &World) -> Vec<Ruling> {
    Vec::from_iter(&w.env, all(w).iter().map(|i| half(w, i)))
}

/// A split that is another for each number.
fn split(milestone: u32, number: i128) -> Ruling {
    Ruling { milestone, to_receiver: i128::from(i64::MAX) / 5_000 + number }
}

fn splits(w: &World, number: i128) -> Vec<Ruling> {
    Vec::from_iter(&w.env, all(w).iter().map(|i| split(i, number)))
}

/// What all milestones take together.
fn worth(w: &World) -> i128 {
    w.get_escrow().totals.gross
}

/// The same call on each milestone by itself, to get there whatever fits into one call.
fn each<A: IntoVal<Env, Vec<Val>>>(w: &World, function: &str, args: impl Fn(u32) -> A) {
    unlimited(&w.env, || {
        for milestone in all(w) {
            let args = args(milestone).into_val(&w.env);
            assert_eq!(w.invoke(function, args), Ok(()), "{function} {milestone}");
        }
    });
}

fn complete(w: &World) {
    let (status, note, evidence) = (Status::Completed, None, None);
    each(w, "change_status", |milestone| {
        let (note, evidence) = (note.clone(), evidence.clone());
        (&w.providers[0], w.list(&[StatusUpdate { milestone, status, note, evidence }]))
    });
}

fn approve(w: &World) {
    each(w, "approve", |i| (&w.approvers[0], w.list(&[w.payout(i)])));
}

/// The last approver may release too.
fn join(w: &World) {
    let (role, from, to) = (Role::Approver, &w.approvers[9], &w.signers[9]);
    let args = (role, from, to).into_val(&w.env);
    assert_eq!(unlimited(&w.env, || w.invoke("rotate", args)), Ok(()));
}

/// All are disputed.
fn dispute(w: &World) {
    each(w, "dispute", |i| (&w.payer, w.list(&[i]), long(&w.env, 500)));
}

/// All are disputed, each resolver and each side stands for another split.
fn quarrel(w: &World) {
    dispute(w);
    for (number, resolver) in (0..).zip(&w.resolvers) {
        each(w, "resolve", |i| (resolver, w.list(&[split(i, number)])));
    }
    each(w, "settle", |i| (&w.payer, w.list(&[split(i, 0)])));
    each(w, "settle", |i| (w.get_milestone(i).receiver, w.list(&[split(i, 1)])));
}

/// A call on all milestones of an escrow: how to get there, its name, its arguments.
type Batch = (fn(&World), &'static str, fn(&World) -> Vec<Val>);

const BATCHES: [Batch; 13] = [
    (
        |_| {},
        "change_status",
        |w| {
            let (status, note, evidence) = (Status::Completed, None, None);
            let update = |milestone| StatusUpdate {
                milestone,
                status,
                note: note.clone(),
                evidence: evidence.clone(),
            };
            (&w.providers[0], Vec::from_iter(&w.env, all(w).iter().map(update))).into_val(&w.env)
        },
    ),
    (complete, "approve", |w| (&w.approvers[9], payouts(w)).into_val(&w.env)),
    (complete, "reject", |w| (&w.approvers[9], all(w), long(&w.env, 500)).into_val(&w.env)),
    (approve, "release", |w| (&w.signers[9], payouts(w)).into_val(&w.env)),
    (join, "confirm", |w| (&w.signers[9], payouts(w)).into_val(&w.env)),
    (|_| {}, "dispute", |w| (&w.payer, all(w), long(&w.env, 500)).into_val(&w.env)),
    (dispute, "resume", |w| (&w.payer, all(w)).into_val(&w.env)),
    (RULED_BY_ONE, "resolve", |w| (&w.resolvers[0], halves(w)).into_val(&w.env)),
    (
        |w| {
            dispute(w);
            w.wait(14 * DAY);
        },
        "resolve_by_default",
        |w| (all(w),).into_val(&w.env),
    ),
    (|_| {}, "settle", |w| (&w.payer, halves(w)).into_val(&w.env)),
    (|w| w.wait(32 * DAY), "reclaim", |w| (&w.payer, all(w), worth(w)).into_val(&w.env)),
    (|_| {}, "refund", |w| (w.get_milestone(0).receiver, all(w), worth(w)).into_val(&w.env)),
    (|_| {}, "extend_ttl", |w| (&w.admin, MAX_TTL, 0_u32, MAX_ITEMS).into_val(&w.env)),
];

const RULED_BY_ONE: fn(&World) = |w| {
    dispute(w);
    each(w, "resolve", |i| (&w.resolvers[1], w.list(&[half(w, i)])));
};

/// Calls on milestones about which everybody stands for something else: the most that is stored.
const QUARRELS: [Batch; 5] = [
    (quarrel, "resume", |w| (&w.payer, all(w)).into_val(&w.env)),
    (quarrel, "resolve", |w| (&w.resolvers[0], splits(w, 20)).into_val(&w.env)),
    (quarrel, "resolve", |w| (&w.resolvers[0], splits(w, 1)).into_val(&w.env)),
    (quarrel, "settle", |w| (&w.payer, splits(w, 20)).into_val(&w.env)),
    (quarrel, "settle", |w| (&w.payer, splits(w, 1)).into_val(&w.env)),
];

#[test]
fn fifty_of_the_longest_milestones_fit_into_every_call() {
    for (before, function, args) in BATCHES {
        let w = heavy(MAX_ITEMS, &|_, _| None);
        before(&w);
        fits(function, fit(&w, function, args(&w)));
    }
}

#[test]
fn forty_of_the_longest_milestones_with_every_ruling_and_offer_fit_and_more_are_refused() {
    for (before, function, args) in QUARRELS {
        let run = |count| {
            let w = heavy(count, &|_, _| None);
            before(&w);
            fit(&w, function, args(&w))
        };
        fits(function, run(40));
        let more = run(MAX_ITEMS);
        assert!(!matches!(more, Fit::Over(_)), "{function}: {more:?}");
    }
}

#[test]
fn a_claim_of_fifty_milestones_fits() {
    let w = for_payees(Payees::Unpayable, 1, MAX_ITEMS, heavy);
    approve(&w);
    each(&w, "release", |i| (&w.signers[0], w.list(&[w.payout(i)])));
    let receiver = w.get_milestone(0).receiver;
    trust(&w.env, &receiver, w.issuer.as_ref().unwrap(), i64::MAX, true);
    fits("claim", fit(&w, "claim", (&receiver, all(&w), None::<Address>).into_val(&w.env)));
    assert_eq!(w.balance(&receiver), 50 * w.get_milestone(0).amount);
}

/// Who is paid in a batch: real accounts with trustlines, contracts, or nobody who can be paid.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Payees {
    Accounts,
    Contracts,
    Unpayable,
}

type Builder = fn(u32, &dyn Fn(&Env, u32) -> Option<Address>) -> World;

/// An escrow of `count` milestones for so many different receivers.
fn for_payees(kind: Payees, receivers: u32, count: u32, build: Builder) -> World {
    let w = build(count, &|env, i| {
        let seed = (i % receivers) as u8 + 1;
        Some(match kind {
            Payees::Contracts => {
                Address::from_str(env, stellar_strkey::Contract([seed; 32]).to_string().as_str())
            }
            _ => account(env, seed),
        })
    });
    if kind == Payees::Accounts {
        for seed in 1..=receivers as u8 {
            trust(&w.env, &account(&w.env, seed), w.issuer.as_ref().unwrap(), i64::MAX, true);
        }
    }
    w
}

/// An escrow of so many milestones without a text.
fn light(count: u32, receiver: &dyn Fn(&Env, u32) -> Option<Address>) -> World {
    let new = |env: &Env, i| NewMilestone {
        approvals_required: 1,
        receiver: receiver(env, i),
        ..milestone(env, "", i128::from(i64::MAX) / 1_000)
    };
    let w = World::with(|env, plan| {
        full_terms(env, &mut plan.terms);
        plan.milestones = std::vec![new(env, 0)];
    });
    unlimited(&w.env, || {
        for i in 1..count {
            let total = i128::from(i + 1) * w.get_milestone(0).amount;
            let (edit, add) = (w.list::<MilestoneEdit>(&[]), w.list(&[new(&w.env, i)]));
            let args = (&w.admin, 0_u32, edit, add, total).into_val(&w.env);
            assert_eq!(w.invoke("manage_milestones", args), Ok(()));
        }
        w.fund_all();
    });
    w
}

/// The batches that pay more than one address.
fn paying() -> impl Iterator<Item = Batch> {
    let pay = ["release", "confirm", "resolve", "resolve_by_default"];
    BATCHES.into_iter().filter(move |(_, name, _)| pay.contains(name))
}

#[test]
fn the_most_receivers_that_one_batch_pays_are_as_documented() {
    let mut found = std::vec::Vec::new();
    for kind in [Payees::Accounts, Payees::Contracts, Payees::Unpayable] {
        for (before, function, args) in paying() {
            let (mut fits, mut refused) = (1, MAX_ITEMS + 1);
            while refused - fits > 1 {
                let count = (fits + refused) / 2;
                let w = for_payees(kind, count, count, light);
                before(&w);
                match fit(&w, function, args(&w)) {
                    Fit::Fits(_) => fits = count,
                    Fit::TooLarge => refused = count,
                    over => panic!("{function} for {count} {kind:?}: {over:?}"),
                }
            }
            found.push((function, fits));
        }
    }
    assert_eq!(found, [MOST_PAID, MOST_PAID, MOST_PAID].concat());
}

/// How many receivers of one milestone each: what is paid back counts as one more payee.
const MOST_PAID: [(&str, u32); 4] =
    [("release", 40), ("confirm", 40), ("resolve", 34), ("resolve_by_default", 39)];

#[test]
fn whoever_is_paid_and_however_many_a_batch_fits_or_is_refused() {
    let all: &[(u32, u32)] = &[(50, 50), (40, 50), (40, 40), (39, 50), (39, 39), (30, 40)];
    let mut over = std::vec::Vec::new();
    for (build, name, counts) in [(light as Builder, "light", all), (heavy, "heavy", &all[1..3])] {
        for kind in [Payees::Accounts, Payees::Contracts, Payees::Unpayable] {
            for (before, function, args) in paying() {
                for (receivers, count) in counts {
                    let w = for_payees(kind, *receivers, *count, build);
                    before(&w);
                    if let Fit::Over(why) = fit(&w, function, args(&w)) {
                        let what = format!("{count} {name} milestones for {receivers} {kind:?}");
                        over.push(format!("{function} of {what}: {why}"));
                    }
                }
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

#[test]
fn one_release_pays_forty_different_receivers() {
    for kind in [Payees::Accounts, Payees::Contracts, Payees::Unpayable] {
        for build in [light as Builder, heavy] {
            let w = for_payees(kind, MAX_PAYEES, MAX_PAYEES, build);
            approve(&w);
            let args = (&w.signers[0], payouts(&w)).into_val(&w.env);
            fits(&format!("a release to forty {kind:?}"), fit(&w, "release", args));
            let paid = w.get_milestone(39);
            let credit = if kind == Payees::Unpayable { paid.amount } else { 0 };
            assert_eq!((paid.flags.released, paid.credited), (true, credit));
        }
    }
}

#[test]
fn one_release_pays_one_receiver_of_fifty_milestones_with_one_transfer() {
    let w = for_payees(Payees::Accounts, 1, MAX_ITEMS, light);
    approve(&w);
    let args = (&w.signers[0], payouts(&w)).into_val(&w.env);
    let Fit::Fits(_) = fit(&w, "release", args) else { panic!("fifty for one fit") };
    assert_eq!(event_bytes(&w).1, 1);
    assert_eq!(w.balance(&w.get_milestone(0).receiver), 50 * w.get_milestone(0).amount);
}

#[test]
fn reports_with_as_much_text_as_a_call_takes_fit() {
    for (count, bytes) in [(8, 500), (8, 512), (16, 256), (50, 81), (50, 82)] {
        let w = light(count, &|_, _| None);
        let update = |milestone| StatusUpdate {
            milestone,
            status: Status::Completed,
            note: Some(long(&w.env, bytes)),
            evidence: Some(long(&w.env, bytes)),
        };
        let updates = Vec::from_iter(&w.env, all(&w).iter().map(update));
        let args = (&w.providers[0], updates).into_val(&w.env);
        let what = format!("{count} reports of twice {bytes} bytes");
        if bytes > 500 {
            assert_eq!(
                w.call(&[&w.providers[0]], "change_status", args),
                refused(Error::TextTooLong)
            );
        } else if count as usize * 2 * bytes > 8_192 {
            assert!(matches!(fit(&w, "change_status", args), Fit::TooLarge), "{what}");
        } else {
            fits(&what, fit(&w, "change_status", args));
        }
    }
}

// Terms and milestones.

/// A plan of so many milestones, and what shape they have.
fn planned(count: u32, full: bool, text: usize, own_receivers: bool) -> Outcome<World> {
    let env = network();
    env.cost_estimate().budget().reset_unlimited();
    let asset = env.register_stellar_asset_contract_v2(Address::generate(&env));
    let mut plan = plan(&env, &asset.address());
    if full {
        full_terms(&env, &mut plan.terms);
    }
    let new = |_| NewMilestone {
        description: long(&env, text),
        receiver: own_receivers.then(|| Address::generate(&env)),
        ..milestone(&env, "A milestone", ONE)
    };
    plan.milestones = (0..count).map(new).collect();
    World::deploy(&env, &plan)
}

#[test]
fn a_constructor_takes_as_many_milestones_as_fit_and_refuses_more() {
    let mut largest = std::vec::Vec::new();
    for full in [false, true] {
        for text in [0, 100, 500] {
            for own_receivers in [false, true] {
                let (mut count, mut bytes) = (0, 0);
                let refusal = loop {
                    match planned(count + 1, full, text, own_receivers) {
                        Ok(w) => (count, bytes) = (count + 1, event_bytes(&w).0),
                        Err(refusal) => break refusal,
                    }
                };
                assert_eq!(refusal, Refusal::Contract(Error::TooLarge));
                assert!(bytes <= 16_384, "{count} milestones emit {bytes} bytes");
                println!(
                    "a constructor, full roles {full}, texts of {text}, own receivers \
                     {own_receivers}: {count} milestones, {bytes} bytes of events"
                );
                largest.push(count);
            }
        }
    }
    assert_eq!(largest, CONSTRUCTOR_TAKES);
}

/// With small roles, then with fifty members and the longest texts; with texts of 0, 100, 500
/// bytes; without and with receivers of their own.
const CONSTRUCTOR_TAKES: [u32; 12] = [40, 29, 30, 23, 15, 13, 18, 13, 13, 10, 6, 6];

#[test]
fn managing_milestones_at_its_largest_fits_or_is_refused() {
    let mut over = std::vec::Vec::new();
    for (remove, edits, text) in
        [(0, 0, 0), (50, 0, 0), (50, 50, 0), (0, 50, 0), (50, 0, 100), (0, 20, 300), (50, 12, 500)]
    {
        for own_receivers in [false, true] {
            let mut works = |add: u32| match fit_manage(remove, edits, add, text, own_receivers) {
                Fit::Over(why) => {
                    over.push(format!("-{remove} ~{edits} +{add} of {text} bytes: {why}"));
                    false
                }
                Fit::TooLarge => false,
                Fit::Fits(took) => {
                    let bytes = took.contract_events_size_bytes;
                    println!("-{remove} ~{edits} +{add} of {text} bytes, {own_receivers}: {bytes}");
                    true
                }
            };
            let (mut fits, mut refused) = (0, MAX_ITEMS + 1);
            while refused - fits > 1 {
                let add = (fits + refused) / 2;
                if works(add) { fits = add } else { refused = add }
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

/// Removes, edits and adds so many at once.
fn fit_manage(remove: u32, edits: u32, add: u32, text: usize, own_receivers: bool) -> Fit {
    let w = unfunded(100);
    let receiver = || own_receivers.then(|| w.address());
    let edit = |i| MilestoneEdit {
        title: Some(long(&w.env, text.min(100))),
        description: Some(long(&w.env, text)),
        document: Some(BytesN::from_array(&w.env, &[7; 32])),
        receiver: receiver(),
        approvals_required: Some(2),
        due: Some(w.now() + DAY),
        ..edit(i)
    };
    let new = |_| NewMilestone {
        description: long(&w.env, text),
        receiver: receiver(),
        document: Some(BytesN::from_array(&w.env, &[7; 32])),
        ..milestone(&w.env, "", ONE)
    };
    let edits = Vec::from_iter(&w.env, (0..edits).map(edit));
    let new = Vec::from_iter(&w.env, (0..add).map(new));
    let total = i128::from(100 - remove + add) * ONE;
    fit(&w, "manage_milestones", (&w.admin, remove, edits, new, total).into_val(&w.env))
}

/// An escrow of so many milestones, each for a receiver of its own.
fn unfunded(count: u32) -> World {
    let w = World::with(|env, plan| plan.milestones = std::vec![milestone(env, "", ONE)]);
    unlimited(&w.env, || {
        for start in (1..count).step_by(20) {
            let end = count.min(start + 20);
            let new =
                |_| NewMilestone { receiver: Some(w.address()), ..milestone(&w.env, "", ONE) };
            let (edit, add) =
                (w.list::<MilestoneEdit>(&[]), Vec::from_iter(&w.env, (start..end).map(new)));
            let args = (&w.admin, 0_u32, edit, add, i128::from(end) * ONE).into_val(&w.env);
            assert_eq!(w.invoke("manage_milestones", args), Ok(()));
        }
    });
    w
}

#[test]
fn removing_or_adding_more_than_fifty_is_refused() {
    let w = unfunded(100);
    let none = w.list::<MilestoneEdit>(&[]);
    let more = |count: u32| Vec::from_iter(&w.env, (0..count).map(|_| milestone(&w.env, "", ONE)));
    for (remove, add) in [(51, 0), (u32::MAX, 0), (0, 51)] {
        let total = (100 - i128::from(remove) + i128::from(add)) * ONE;
        let args = (&w.admin, remove, none.clone(), more(add), total).into_val(&w.env);
        let refusal = w.call(&[&w.admin], "manage_milestones", args);
        assert_eq!(refusal, refused(Error::TooLarge), "{remove} {add}");
    }
}

#[test]
fn replacing_every_member_of_every_list_fits() {
    let w = World::with(|env, plan| full_terms(env, &mut plan.terms));
    let mut terms = w.terms.clone();
    full_terms(&w.env, &mut terms);
    let took = fits("update", fit(&w, "update", (&w.admin, terms, 0_u32).into_val(&w.env)));
    assert_eq!(w.events_of_escrow(), 101, "fifty gained a seat, and fifty lost one");
    assert!(took.contract_events_size_bytes <= 16_384);
}

#[test]
fn pages_of_the_longest_milestones_can_be_read() {
    let w = heavy(MAX_ITEMS, &|_, _| None);
    dispute(&w);
    w.env.cost_estimate().budget().reset_unlimited();
    assert_eq!(w.get_milestones(0, MAX_ITEMS).unwrap().len(), MAX_ITEMS);
    let took = w.env.cost_estimate().resources();
    let most = InvocationResourceLimits::mainnet();
    assert!(took.instructions <= most.instructions && took.mem_bytes <= most.mem_bytes, "{took:?}");
    assert_eq!(took.write_entries, 0);
}
