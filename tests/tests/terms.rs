//! What terms and milestones may say, who may change them and until when, and what the escrow
//! says about ways to get stuck.

use escrow::*;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, BytesN, Env, IntoVal, String, Vec, vec};
use tests::*;

const TEN_YEARS: u64 = 3_650 * DAY;

fn asset(env: &Env) -> Address {
    env.register_stellar_asset_contract_v2(Address::generate(env)).address()
}

fn long(env: &Env, bytes: usize) -> String {
    String::from_str(env, &"x".repeat(bytes))
}

fn addresses(env: &Env, n: u32) -> Vec<Address> {
    Vec::from_iter(env, (0..n).map(|_| Address::generate(env)))
}

/// What the constructor says to a plan, in a network of its own.
fn constructed(change: impl FnOnce(&Env, &mut Plan)) -> Outcome {
    let env = network();
    let mut plan = plan(&env, &asset(&env));
    change(&env, &mut plan);
    World::deploy(&env, &plan).map(drop)
}

fn check<T>(cases: &[(&str, Outcome, T)], outcome: impl Fn(&T) -> Outcome) {
    for (name, expected, case) in cases {
        assert_eq!(outcome(case), *expected, "{name}");
    }
}

/// A rule of terms, that a change of the default terms keeps or breaks.
type TermsCase = (&'static str, Outcome, fn(&Env, &mut Terms));

const TERMS: &[TermsCase] = &[
    ("engagement id of 0 bytes", Ok(()), |env, t| t.engagement_id = long(env, 0)),
    ("engagement id of 64 bytes", Ok(()), |env, t| t.engagement_id = long(env, 64)),
    ("engagement id of 65 bytes", no(Error::TextTooLong), |env, t| t.engagement_id = long(env, 65)),
    ("title of 0 bytes", Ok(()), |env, t| t.title = long(env, 0)),
    ("title of 100 bytes", Ok(()), |env, t| t.title = long(env, 100)),
    ("title of 101 bytes", no(Error::TextTooLong), |env, t| t.title = long(env, 101)),
    ("title of 100 bytes in 50 letters", Ok(()), |env, t| {
        t.title = String::from_str(env, &"é".repeat(50))
    }),
    ("title of 102 bytes in 51 letters", no(Error::TextTooLong), |env, t| {
        t.title = String::from_str(env, &"é".repeat(51))
    }),
    ("description of 0 bytes", Ok(()), |env, t| t.description = long(env, 0)),
    ("description of 500 bytes", Ok(()), |env, t| t.description = long(env, 500)),
    ("description of 501 bytes", no(Error::TextTooLong), |env, t| t.description = long(env, 501)),
    ("a document", Ok(()), |env, t| t.document = Some(BytesN::from_array(env, &[7; 32]))),
    ("no fee", Ok(()), |_, t| t.platform_fee_bps = 0),
    ("a fee of 3,000 basis points", Ok(()), |_, t| t.platform_fee_bps = 3_000),
    ("a fee of 3,001 basis points", no(Error::FeeTooHigh), |_, t| t.platform_fee_bps = 3_001),
    ("the highest number as fee", no(Error::FeeTooHigh), |_, t| t.platform_fee_bps = u32::MAX),
    ("release quorum 0 of 2", no(Error::QuorumOutOfRange), |_, t| t.policy.release_quorum = 0),
    ("release quorum 1 of 2", Ok(()), |_, t| t.policy.release_quorum = 1),
    ("release quorum 2 of 2", Ok(()), |_, t| t.policy.release_quorum = 2),
    ("release quorum 3 of 2", no(Error::QuorumOutOfRange), |_, t| t.policy.release_quorum = 3),
    ("release quorum 1 of 0", no(Error::QuorumOutOfRange), |env, t| {
        t.roles.release_signers = vec![env]
    }),
    ("resolve quorum 0 of 3", no(Error::QuorumOutOfRange), |_, t| t.policy.resolve_quorum = 0),
    ("resolve quorum 1 of 3", Ok(()), |_, t| t.policy.resolve_quorum = 1),
    ("resolve quorum 3 of 3", Ok(()), |_, t| t.policy.resolve_quorum = 3),
    ("resolve quorum 4 of 3", no(Error::QuorumOutOfRange), |_, t| t.policy.resolve_quorum = 4),
    ("resolve quorum 1 of 0", no(Error::QuorumOutOfRange), |env, t| {
        t.roles.dispute_resolvers = vec![env];
        t.policy.resolve_quorum = 1;
    }),
    ("no review window", Ok(()), |_, t| t.policy.review_window = 0),
    ("a review window of ten years", Ok(()), |_, t| t.policy.review_window = TEN_YEARS),
    ("a review window of a second more", no(Error::WindowTooLong), |_, t| {
        t.policy.review_window = TEN_YEARS + 1
    }),
    ("the longest number as review window", no(Error::WindowTooLong), |_, t| {
        t.policy.review_window = u64::MAX
    }),
    ("no dispute window", Ok(()), |_, t| t.policy.dispute_window = 0),
    ("a dispute window of ten years", Ok(()), |_, t| t.policy.dispute_window = TEN_YEARS),
    ("a dispute window of a second more", no(Error::WindowTooLong), |_, t| {
        t.policy.dispute_window = TEN_YEARS + 1
    }),
    ("a fallback of refund", Ok(()), |_, t| t.policy.fallback = Fallback::Refund),
    ("a fallback of release", Ok(()), |_, t| t.policy.fallback = Fallback::Release),
    ("an approver twice", no(Error::DuplicateMember), |_, t| again(&mut t.roles.approvers)),
    ("a provider twice", no(Error::DuplicateMember), |_, t| again(&mut t.roles.service_providers)),
    ("a signer twice", no(Error::DuplicateMember), |_, t| again(&mut t.roles.release_signers)),
    ("a resolver twice", no(Error::DuplicateMember), |_, t| again(&mut t.roles.dispute_resolvers)),
    ("an observer twice", no(Error::DuplicateMember), |_, t| again(&mut t.roles.observers)),
    ("payer as resolver", no(Error::ResolverOverlap), |_, t| resolver(t, t.roles.payer.clone())),
    ("admin as resolver", no(Error::ResolverOverlap), |_, t| resolver(t, t.roles.admin.clone())),
    ("platform as resolver", no(Error::ResolverOverlap), |_, t| {
        resolver(t, t.roles.platform.clone())
    }),
    ("approver as resolver", no(Error::ResolverOverlap), |_, t| {
        resolver(t, t.roles.approvers.last_unchecked())
    }),
    ("provider as resolver", no(Error::ResolverOverlap), |_, t| {
        resolver(t, t.roles.service_providers.last_unchecked())
    }),
    ("signer as resolver", no(Error::ResolverOverlap), |_, t| {
        resolver(t, t.roles.release_signers.last_unchecked())
    }),
    ("observer as resolver", Ok(()), |_, t| resolver(t, t.roles.observers.last_unchecked())),
    ("a token that is no contract", no(Error::NotAToken), |env, t| {
        t.token = Address::generate(env)
    }),
    ("an account as token", no(Error::NotAToken), |env, t| t.token = accounts::account(env, 1)),
    ("a contract without balances as token", no(Error::NotAToken), |env, t| {
        t.token = World::on(env, &t.token, |_, _| {}).escrow
    }),
    ("the token as payer", no(Error::ReservedAddress), |_, t| t.roles.payer = t.token.clone()),
    ("the token as admin", no(Error::ReservedAddress), |_, t| t.roles.admin = t.token.clone()),
    ("the token as platform", no(Error::ReservedAddress), |_, t| {
        t.roles.platform = t.token.clone()
    }),
    ("the token as approver", no(Error::ReservedAddress), |_, t| {
        t.roles.approvers.set(2, t.token.clone())
    }),
    ("the token as provider", no(Error::ReservedAddress), |_, t| {
        t.roles.service_providers.set(1, t.token.clone())
    }),
    ("the token as signer", no(Error::ReservedAddress), |_, t| {
        t.roles.release_signers.set(1, t.token.clone())
    }),
    ("the token as resolver", no(Error::ReservedAddress), |_, t| {
        t.roles.dispute_resolvers.set(2, t.token.clone())
    }),
    ("the token as observer", no(Error::ReservedAddress), |_, t| {
        t.roles.observers.set(0, t.token.clone())
    }),
];

/// [`refused`], for tables.
const fn no(error: Error) -> Outcome {
    Err(Refusal::Contract(error))
}

fn again(list: &mut Vec<Address>) {
    list.push_back(list.first_unchecked());
}

fn resolver(terms: &mut Terms, address: Address) {
    terms.roles.dispute_resolvers.set(1, address);
}

#[test]
fn every_rule_of_terms_holds_at_its_boundary_for_a_new_escrow() {
    check(TERMS, |change| constructed(|env, plan| change(env, &mut plan.terms)));
}

/// Terms that break a rule break it the same way in an update, but for what an update cannot
/// change at all, which is refused as that.
#[test]
fn every_rule_of_terms_holds_at_its_boundary_for_an_update() {
    for (name, constructor, change) in TERMS {
        let w = World::new();
        let mut terms = w.terms.clone();
        change(&w.env, &mut terms);
        let fixed = |t: &Terms| {
            let Roles { payer, admin, platform, .. } = t.roles.clone();
            (t.engagement_id.clone(), payer, admin, platform, t.token.clone(), t.platform_fee_bps)
        };
        let expected =
            if fixed(&terms) != fixed(&w.terms) { no(Error::FixedTerm) } else { *constructor };
        assert_eq!(w.update(&w.admin, &terms, 0), expected, "{name}");
        let holds = if expected.is_ok() { &terms } else { &w.terms };
        assert_eq!(w.get_escrow().terms, *holds, "{name}");
        assert_eq!(w.get_escrow().revision, u32::from(expected.is_ok()), "{name}");
    }
}

/// What a role list may count, and terms with so many members in it that break no other rule.
#[test]
fn role_lists_have_as_many_members_as_they_may() {
    type List = (&'static str, u32, fn(&mut Roles) -> &mut Vec<Address>);
    const LISTS: [List; 5] = [
        ("approvers", 1, |r| &mut r.approvers),
        ("service_providers", 1, |r| &mut r.service_providers),
        ("release_signers", 0, |r| &mut r.release_signers),
        ("dispute_resolvers", 0, |r| &mut r.dispute_resolvers),
        ("observers", 0, |r| &mut r.observers),
    ];
    for (name, least, list) in LISTS {
        for n in [0, 1, 10, 11] {
            let sized = |env: &Env, terms: &mut Terms| {
                *list(&mut terms.roles) = addresses(env, n);
                terms.policy.release_quorum = terms.roles.release_signers.len().min(1);
                terms.policy.resolve_quorum = terms.roles.dispute_resolvers.len().min(1);
            };
            let expected = if (least..=10).contains(&n) { Ok(()) } else { no(Error::SeatCount) };
            let made = constructed(|env, plan| {
                plan.milestones[0].approvals_required = 1;
                plan.milestones.truncate(1);
                sized(env, &mut plan.terms);
            });
            assert_eq!(made, expected, "{n} {name}");

            let w = World::with(|_, plan| {
                plan.milestones[0].approvals_required = 1;
                plan.milestones.truncate(1);
            });
            let mut terms = w.terms.clone();
            sized(&w.env, &mut terms);
            assert_eq!(w.update(&w.admin, &terms, 0), expected, "update to {n} {name}");
        }
    }
}

#[test]
fn one_address_may_hold_every_role_but_that_of_a_resolver() {
    let env = network();
    let one = Address::generate(&env);
    let w = World::on(&env, &asset(&env), |env, plan| {
        let roles = &mut plan.terms.roles;
        roles.payer = one.clone();
        roles.admin = one.clone();
        roles.platform = one.clone();
        for list in [
            &mut roles.approvers,
            &mut roles.service_providers,
            &mut roles.release_signers,
            &mut roles.observers,
        ] {
            *list = vec![env, one.clone()];
        }
        for milestone in &mut plan.milestones {
            milestone.approvals_required = 1;
            milestone.receiver = Some(one.clone());
        }
    });
    w.fund_all();
    assert_eq!(w.confirm(&one, &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&one), 1_000 * ONE);
}

/// For seats and receivers, at an address that is known beforehand.
#[test]
fn the_escrow_itself_holds_no_role_and_receives_nothing() {
    type Seat = (&'static str, fn(&mut Plan, Address));
    const SEATS: [Seat; 9] = [
        ("payer", |p, me| p.terms.roles.payer = me),
        ("admin", |p, me| p.terms.roles.admin = me),
        ("platform", |p, me| p.terms.roles.platform = me),
        ("approver", |p, me| p.terms.roles.approvers.set(2, me)),
        ("provider", |p, me| p.terms.roles.service_providers.set(0, me)),
        ("signer", |p, me| p.terms.roles.release_signers.set(1, me)),
        ("resolver", |p, me| p.terms.roles.dispute_resolvers.set(0, me)),
        ("observer", |p, me| p.terms.roles.observers.set(0, me)),
        ("receiver", |p, me| p.milestones[2].receiver = Some(me)),
    ];
    for (name, seat) in SEATS {
        let env = network();
        let escrow = Address::generate(&env);
        let mut plan = plan(&env, &asset(&env));
        let total = plan.total();
        seat(&mut plan, escrow.clone());
        let made = World::deploy_at(&env, &escrow, &plan, total).map(drop);
        assert_eq!(made, refused(Error::ReservedAddress), "{name}");
        let elsewhere = World::deploy(&env, &plan).map(drop);
        assert_eq!(elsewhere, Ok(()), "{name} of another escrow");
    }
}

#[test]
fn the_escrow_itself_is_not_its_token() {
    let env = network();
    let escrow = Address::generate(&env);
    let plan = plan(&env, &escrow);
    let made = World::deploy_at(&env, &escrow, &plan, plan.total()).map(drop);
    assert_eq!(made, refused(Error::NotAToken));
}

/// A rule of milestones, that a change of a new one keeps or breaks.
type MilestoneCase = (&'static str, Outcome, fn(&World, &mut NewMilestone));

const MILESTONES: &[MilestoneCase] = &[
    ("title of 0 bytes", Ok(()), |w, m| m.title = long(&w.env, 0)),
    ("title of 100 bytes", Ok(()), |w, m| m.title = long(&w.env, 100)),
    ("title of 101 bytes", no(Error::TextTooLong), |w, m| m.title = long(&w.env, 101)),
    ("description of 500 bytes", Ok(()), |w, m| m.description = long(&w.env, 500)),
    ("description of 501 bytes", no(Error::TextTooLong), |w, m| m.description = long(&w.env, 501)),
    ("a document", Ok(()), |w, m| m.document = Some(BytesN::from_array(&w.env, &[7; 32]))),
    ("the smallest amount", Ok(()), |_, m| m.amount = 1),
    ("an amount of nothing", no(Error::AmountNotPositive), |_, m| m.amount = 0),
    ("an amount below zero", no(Error::AmountNotPositive), |_, m| m.amount = -1),
    ("the lowest number as amount", no(Error::AmountNotPositive), |_, m| m.amount = i128::MIN),
    ("more than can be counted", no(Error::Overflow), |_, m| m.amount = i128::MAX),
    ("no approvals required", no(Error::ApprovalsOutOfRange), |_, m| m.approvals_required = 0),
    ("1 of 3 approvals required", Ok(()), |_, m| m.approvals_required = 1),
    ("3 of 3 approvals required", Ok(()), |_, m| m.approvals_required = 3),
    ("4 of 3 approvals required", no(Error::ApprovalsOutOfRange), |_, m| m.approvals_required = 4),
    ("11 of 3 approvals required", no(Error::ApprovalsOutOfRange), |_, m| {
        m.approvals_required = 11
    }),
    ("the highest number of approvals", no(Error::ApprovalsOutOfRange), |_, m| {
        m.approvals_required = u32::MAX
    }),
    ("no due date", Ok(()), |_, m| m.due = 0),
    ("due long ago", no(Error::DueInPast), |_, m| m.due = 1),
    ("due a second ago", no(Error::DueInPast), |_, m| m.due = START - 1),
    ("due now", Ok(()), |_, m| m.due = START),
    ("due in a second", Ok(()), |_, m| m.due = START + 1),
    ("due at the end of time", Ok(()), |_, m| m.due = u64::MAX),
    ("a resolver as receiver", Ok(()), |w, m| m.receiver = Some(w.resolvers[0].clone())),
    ("the payer as receiver", Ok(()), |w, m| m.receiver = Some(w.payer.clone())),
    ("the platform as receiver", Ok(()), |w, m| m.receiver = Some(w.platform.clone())),
    ("a stranger as receiver", Ok(()), |w, m| m.receiver = Some(w.stranger.clone())),
    ("the token as receiver", no(Error::ReservedAddress), |w, m| {
        m.receiver = Some(w.token.clone())
    }),
    ("the escrow as receiver", no(Error::ReservedAddress), |w, m| {
        m.receiver = Some(w.escrow.clone())
    }),
];

#[test]
fn every_rule_of_milestones_holds_at_its_boundary_for_a_new_escrow() {
    // A new escrow does not have the address of the one that the cases speak of, see
    // `the_escrow_itself_holds_no_role_and_receives_nothing`.
    let cases = MILESTONES.iter().filter(|(name, ..)| *name != "the escrow as receiver");
    for (name, expected, change) in cases {
        let w = World::new();
        let mut milestones = [milestone(&w.env, "One", ONE)];
        change(&w, &mut milestones[0]);
        let plan = Plan { terms: w.terms.clone(), milestones: milestones.to_vec() };
        assert_eq!(World::deploy(&w.env, &plan).map(drop), *expected, "{name}");
    }
}

#[test]
fn every_rule_of_milestones_holds_at_its_boundary_for_an_added_one() {
    for (name, expected, change) in MILESTONES {
        let w = World::new();
        let mut new = milestone(&w.env, "Four", ONE);
        change(&w, &mut new);
        let total = (3_000 * ONE).saturating_add(new.amount);
        let outcome = w.manage_milestones(&w.admin, 0, &[], &[new], total);
        assert_eq!(outcome, *expected, "{name}");
        assert_eq!(w.get_escrow().totals.milestones, 3 + u32::from(expected.is_ok()), "{name}");
    }
}

#[test]
fn every_rule_of_milestones_holds_at_its_boundary_for_an_edited_one() {
    for (name, expected, change) in MILESTONES {
        let w = World::new();
        let mut new = milestone(&w.env, "Three", 1_000 * ONE);
        change(&w, &mut new);
        if new.amount != 1_000 * ONE {
            continue;
        }
        let edit = MilestoneEdit {
            milestone: 2,
            title: Some(new.title),
            description: Some(new.description),
            document: new.document,
            receiver: new.receiver,
            approvals_required: Some(new.approvals_required),
            due: Some(new.due),
        };
        let before = w.state();
        let outcome = w.manage_milestones(&w.admin, 0, &[edit], &[], 3_000 * ONE);
        assert_eq!(outcome, *expected, "{name}");
        assert_eq!(w.state() == before, expected.is_err(), "{name}");
    }
}

#[test]
fn sums_beyond_what_can_be_counted_are_refused() {
    let env = network();
    for (fee_bps, amounts, expected) in [
        (0, &[i128::MAX][..], Ok(())),
        (0, &[i128::MAX, 1], refused(Error::Overflow)),
        (0, &[1, i128::MAX], refused(Error::Overflow)),
        (1, &[i128::MAX], refused(Error::Overflow)),
    ] {
        let mut plan = plan(&env, &asset(&env));
        plan.terms.platform_fee_bps = fee_bps;
        plan.milestones = amounts.iter().map(|a| milestone(&env, "Huge", *a)).collect();
        let total = amounts.iter().fold(0, |sum: i128, a| sum.wrapping_add(*a));
        let made = World::deploy_for(&env, &plan, total).map(drop);
        assert_eq!(made, expected, "{amounts:?} at {fee_bps}");
    }
}

#[test]
fn the_amounts_of_a_new_escrow_sum_to_its_total() {
    let env = network();
    let plan = plan(&env, &asset(&env));
    for (total, expected) in [
        (3_000 * ONE, Ok(())),
        (3_000 * ONE - 1, refused(Error::TotalMismatch)),
        (3_000 * ONE + 1, refused(Error::TotalMismatch)),
        (3_075 * ONE, refused(Error::TotalMismatch)),
        (0, refused(Error::TotalMismatch)),
        (-3_000 * ONE, refused(Error::TotalMismatch)),
        (i128::MIN, refused(Error::TotalMismatch)),
    ] {
        assert_eq!(World::deploy_for(&env, &plan, total).map(drop), expected, "{total}");
    }
}

#[test]
fn an_escrow_has_at_least_one_milestone_and_at_most_fifty_at_once() {
    for (n, expected) in
        [(0, no(Error::NoMilestones)), (1, Ok(())), (25, Ok(())), (51, no(Error::TooLarge))]
    {
        let made = constructed(|env, plan| {
            plan.milestones = (0..n).map(|_| milestone(env, "One of many", ONE)).collect();
        });
        assert_eq!(made, expected, "{n} milestones");
    }
}

#[test]
fn a_new_escrow_is_as_it_was_planned() {
    let env = network();
    let someone = Address::generate(&env);
    let document = BytesN::from_array(&env, &[9; 32]);
    let w = World::on(&env, &asset(&env), |_, plan| {
        plan.terms.document = Some(document.clone());
        plan.milestones[1].receiver = Some(someone.clone());
        plan.milestones[1].document = Some(document.clone());
        plan.milestones[1].description = plan.terms.description.clone();
    });
    let escrow = w.get_escrow();
    assert_eq!(escrow.terms, w.terms);
    assert_eq!((escrow.revision, escrow.state), (0, State::AwaitingFunds));
    let totals = Totals {
        milestones: 3,
        funded: 0,
        settled: 0,
        amount: 3_000 * ONE,
        gross: 3_075 * ONE,
        deposited: 0,
        reserved: 0,
        paid: 0,
        refunded: 0,
        fees: 0,
        credited: 0,
    };
    assert_eq!(escrow.totals, totals);
    let expected = Milestone {
        milestone: 1,
        title: w.text("Build"),
        description: w.text("Design, build, launch."),
        document: Some(document),
        amount: 1_000 * ONE,
        fee: 25 * ONE,
        receiver: someone,
        approvals_required: 2,
        due: START + 30 * DAY,
        revision: 0,
        funded: false,
        status: Status::Pending,
        note: None,
        evidence: None,
        reason: None,
        flags: Flags {
            approved: false,
            disputed: false,
            released: false,
            resolved: false,
            refunded: false,
        },
        approved_by: vec![&env],
        signed_by: vec![&env],
        resumed_by: vec![&env],
        rulings: vec![&env],
        offers: vec![&env],
        completed_at: 0,
        approved_at: 0,
        disputed_at: 0,
        open_at: 0,
        reclaim_at: 0,
        default_at: 0,
        to_receiver: 0,
        credited: 0,
    };
    assert_eq!(w.get_milestone(1), expected);
}

#[test]
fn the_first_provider_is_paid_where_no_receiver_is_named() {
    let w = World::new();
    for i in 0..3 {
        assert_eq!(w.get_milestone(i).receiver, w.providers[0]);
    }
    let mut terms = w.terms.clone();
    terms.roles.service_providers = vec![&w.env, w.stranger.clone(), w.providers[0].clone()];
    assert_eq!(w.update(&w.admin, &terms, 0), Ok(()));
    let new = milestone(&w.env, "Four", ONE);
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &[new], 3_001 * ONE), Ok(()));
    assert_eq!(w.get_milestone(3).receiver, w.stranger);
    assert_eq!(w.get_milestone(2).receiver, w.providers[0], "a milestone keeps its receiver");
}

// Update.

#[test]
fn an_update_replaces_texts_role_lists_and_policy() {
    let w = World::new();
    let milestones = w.state().1;
    let mut terms = w.terms.clone();
    terms.title = w.text("A larger website");
    terms.description = w.text("");
    terms.document = Some(BytesN::from_array(&w.env, &[3; 32]));
    let roles = &mut terms.roles;
    roles.approvers = addresses(&w.env, 2);
    roles.service_providers = addresses(&w.env, 3);
    roles.release_signers = vec![&w.env];
    roles.dispute_resolvers = addresses(&w.env, 1);
    roles.observers = addresses(&w.env, 4);
    terms.policy = Policy {
        release_quorum: 0,
        resolve_quorum: 1,
        review_window: 0,
        dispute_window: 3 * DAY,
        fallback: Fallback::Release,
    };
    assert_eq!(w.update(&w.admin, &terms, 0), Ok(()));
    let escrow = w.get_escrow();
    assert_eq!(escrow.terms, terms);
    assert_eq!(escrow.revision, 1);
    assert_eq!(w.state().1, milestones, "milestones stay as they were");

    w.fund_all();
    assert_eq!(w.report(0, Status::Completed), refused(Error::NotServiceProvider));
    let provider = roles_of(&w).service_providers.first_unchecked();
    let update =
        StatusUpdate { milestone: 0, status: Status::Completed, note: None, evidence: None };
    assert_eq!(w.change_status(&provider, &[update]), Ok(()));
    for approver in roles_of(&w).approvers {
        assert_eq!(w.approve(&approver, &[w.payout(0)]), Ok(()));
    }
    assert_eq!(w.release(&w.stranger, &[w.payout(0)]), Ok(()), "no signers: anybody");
}

fn roles_of(w: &World) -> Roles {
    w.get_escrow().terms.roles
}

#[test]
fn an_update_cannot_change_what_is_fixed() {
    type Change = (&'static str, fn(&World, &mut Terms));
    let changes: [Change; 6] = [
        ("engagement id", |w, t| t.engagement_id = w.text("engagement-2")),
        ("payer", |w, t| t.roles.payer = w.stranger.clone()),
        ("admin", |w, t| t.roles.admin = w.stranger.clone()),
        ("platform", |w, t| t.roles.platform = w.stranger.clone()),
        ("token", |w, t| t.token = asset(&w.env)),
        ("fee", |_, t| t.platform_fee_bps -= 1),
    ];
    let w = World::new();
    for (name, change) in changes {
        let mut terms = w.terms.clone();
        change(&w, &mut terms);
        println!("{name}");
        w.assert_refused(Error::FixedTerm, || w.update(&w.admin, &terms, 0));
    }
}

#[test]
fn an_update_names_the_revision_that_it_replaces() {
    let w = World::new();
    for revision in [1, 2, u32::MAX] {
        w.assert_refused(Error::RevisionMismatch, || w.update(&w.admin, &w.terms, revision));
    }
    assert_eq!(w.update(&w.admin, &w.terms, 0), Ok(()));
    for revision in [0, 2] {
        w.assert_refused(Error::RevisionMismatch, || w.update(&w.admin, &w.terms, revision));
    }
    assert_eq!(w.update(&w.admin, &w.terms, 1), Ok(()));
    assert_eq!(w.get_escrow().revision, 2);
}

#[test]
fn terms_hold_while_a_milestone_is_funded() {
    let w = World::new();
    w.mint(&w.payer, 3_075 * ONE);
    assert_eq!(w.fund(1, 2_050 * ONE), Ok(()));
    w.assert_refused(Error::SomethingFunded, || w.update(&w.admin, &w.terms, 0));
    assert_eq!(w.refund(&w.providers[0], &[0], 1_025 * ONE), Ok(()));
    w.assert_refused(Error::SomethingFunded, || w.update(&w.admin, &w.terms, 0));
    assert_eq!(w.refund(&w.providers[0], &[1], 1_025 * ONE), Ok(()));
    assert_eq!(w.update(&w.admin, &w.terms, 0), Ok(()), "all that was funded is settled");
    assert_eq!(w.fund(2, 1_025 * ONE), Ok(()));
    w.assert_refused(Error::SomethingFunded, || w.update(&w.admin, &w.terms, 1));
    assert_eq!(w.refund(&w.providers[0], &[2], 1_025 * ONE), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
    assert_eq!(w.update(&w.admin, &w.terms, 1), Ok(()));
}

/// Three approvers; milestones need 1, 3 and 2 approvals.
fn demanding() -> World {
    World::with(|_, plan| {
        for (milestone, approvals) in plan.milestones.iter_mut().zip([1, 3, 2]) {
            milestone.approvals_required = approvals;
        }
    })
}

/// The least number of approvers that the admin can now have, tried from one upwards.
fn least_approvers(w: &World) -> u32 {
    (1..=3)
        .find(|n| {
            let mut terms = w.get_escrow().terms;
            terms.roles.approvers = addresses(&w.env, *n);
            let outcome = w.update(&w.admin, &terms, w.get_escrow().revision);
            assert!(outcome.is_ok() || outcome == refused(Error::ApprovalsOutOfRange));
            outcome.is_ok()
        })
        .unwrap()
}

#[test]
fn there_are_as_many_approvers_as_any_unsettled_milestone_needs() {
    assert_eq!(least_approvers(&demanding()), 3);

    let w = demanding();
    let edits = [MilestoneEdit { approvals_required: Some(1), ..edit(1) }];
    assert_eq!(w.manage_milestones(&w.admin, 0, &edits, &[], 3_000 * ONE), Ok(()));
    assert_eq!(least_approvers(&w), 2, "after an edit");

    let w = demanding();
    assert_eq!(w.manage_milestones(&w.admin, 2, &[], &[], 1_000 * ONE), Ok(()));
    assert_eq!(least_approvers(&w), 1, "after a removal");

    let w = demanding();
    w.mint(&w.payer, 2_050 * ONE);
    assert_eq!(w.fund(1, 2_050 * ONE), Ok(()));
    assert_eq!(w.refund(&w.providers[0], &[0, 1], 2_050 * ONE), Ok(()));
    assert_eq!(least_approvers(&w), 2, "after a settlement");

    let w = demanding();
    w.fund_all();
    assert_eq!(w.refund(&w.providers[0], &[0, 1, 2], 3_075 * ONE), Ok(()));
    assert_eq!(least_approvers(&w), 1, "when all is settled");
}

#[test]
fn a_new_milestone_needs_no_more_approvals_than_there_are_approvers_now() {
    let w = World::new();
    let mut terms = w.terms.clone();
    terms.roles.approvers = addresses(&w.env, 2);
    assert_eq!(w.update(&w.admin, &terms, 0), Ok(()));
    let needs = |n| NewMilestone { approvals_required: n, ..milestone(&w.env, "Four", ONE) };
    let add = |n| w.manage_milestones(&w.admin, 0, &[], &[needs(n)], 3_001 * ONE);
    w.assert_refused(Error::ApprovalsOutOfRange, || add(3));
    assert_eq!(add(2), Ok(()));
}

// Milestones.

#[test]
fn milestones_are_removed_then_edited_then_added() {
    let w = World::new();
    let renamed = |i| MilestoneEdit { title: Some(w.text("Renamed")), ..edit(i) };
    let added = [milestone(&w.env, "Third again", 500 * ONE), milestone(&w.env, "Fourth", ONE)];
    for gone_or_to_come in [2, 3] {
        w.assert_refused(Error::UnknownMilestone, || {
            w.manage_milestones(&w.admin, 1, &[renamed(gone_or_to_come)], &added, 2_501 * ONE)
        });
    }
    let outcome = w.manage_milestones(&w.admin, 1, &[renamed(1)], &added, 2_501 * ONE);
    assert_eq!(outcome, Ok(()));
    let titles: std::vec::Vec<_> = w.state().1.into_iter().map(|m| m.title).collect();
    assert_eq!(titles, ["Design", "Renamed", "Third again", "Fourth"].map(|t| w.text(t)));
    let totals = w.get_escrow().totals;
    assert_eq!((totals.milestones, totals.amount), (4, 2_501 * ONE));
    assert_eq!(totals.gross, gross(2_501 * ONE, 250));
    w.fund_all();
    assert_eq!(w.get_balances().reserved, gross(2_501 * ONE, 250));
}

#[test]
fn after_managing_all_amounts_sum_to_the_total() {
    let w = World::new();
    let add = [milestone(&w.env, "Four", ONE)];
    for total in [3_001 * ONE - 1, 3_001 * ONE + 1, ONE, 0, i128::MAX, i128::MIN] {
        w.assert_refused(Error::TotalMismatch, || {
            w.manage_milestones(&w.admin, 0, &[], &add, total)
        });
        w.assert_refused(Error::TotalMismatch, || {
            w.manage_milestones(&w.admin, 2, &[], &[], total)
        });
    }
    w.assert_refused(Error::TotalMismatch, || {
        w.manage_milestones(&w.admin, 0, &[edit(0)], &[], 3_000 * ONE - 1)
    });
}

#[test]
fn at_least_one_milestone_remains() {
    let w = World::new();
    w.assert_refused(Error::NoMilestones, || w.manage_milestones(&w.admin, 3, &[], &[], 0));
    w.assert_refused(Error::UnknownMilestone, || w.manage_milestones(&w.admin, 4, &[], &[], 0));
    let add = [milestone(&w.env, "Only", ONE)];
    w.assert_refused(Error::UnknownMilestone, || w.manage_milestones(&w.admin, 4, &[], &add, ONE));
    assert_eq!(w.manage_milestones(&w.admin, 3, &[], &add, ONE), Ok(()));
    assert_eq!(w.get_escrow().totals.milestones, 1);
    assert_eq!(w.get_milestone(0).title, w.text("Only"));
}

#[test]
fn managing_must_do_something_and_not_too_much() {
    let w = World::new();
    let manage = |remove, edit: &[MilestoneEdit], add: &[NewMilestone], total| {
        w.manage_milestones(&w.admin, remove, edit, add, total)
    };
    w.assert_refused(Error::Empty, || manage(0, &[], &[], 3_000 * ONE));
    let many = |n| std::vec![milestone(&w.env, "", ONE); n];
    w.assert_refused(Error::TooLarge, || manage(0, &[], &many(51), 3_051 * ONE));
    assert_eq!(manage(0, &[], &many(48), 3_048 * ONE), Ok(()));
    assert_eq!(manage(0, &[], &many(1), 3_049 * ONE), Ok(()));
    let edits = |n| (0..n).map(edit).collect::<std::vec::Vec<_>>();
    w.assert_refused(Error::TooLarge, || manage(0, &edits(51), &[], 3_049 * ONE));
    w.assert_refused(Error::TooLarge, || manage(51, &[], &[], 1_000 * ONE));
    w.assert_refused(Error::TooLarge, || manage(u32::MAX, &[], &[], 0));
    assert_eq!(manage(0, &edits(2), &[], 3_049 * ONE), Ok(()));
}

#[test]
fn a_funded_milestone_is_out_of_the_admins_reach_even_when_settled() {
    let w = World::new();
    w.mint(&w.payer, 2_050 * ONE);
    assert_eq!(w.fund(1, 2_050 * ONE), Ok(()));
    assert_eq!(w.refund(&w.providers[0], &[0], 1_025 * ONE), Ok(()));
    for funded in [0, 1] {
        let full = MilestoneEdit { receiver: Some(w.stranger.clone()), ..edit(funded) };
        for edit in [full, edit(funded)] {
            w.assert_refused(Error::AlreadyFunded, || {
                w.manage_milestones(&w.admin, 0, &[edit], &[], 3_000 * ONE)
            });
        }
    }
    for (remove, total) in [(2, 1_000 * ONE), (3, 0)] {
        w.assert_refused(Error::AlreadyFunded, || {
            w.manage_milestones(&w.admin, remove, &[], &[], total)
        });
    }
    let kept = (w.get_milestone(0), w.get_milestone(1));
    let add = [milestone(&w.env, "Other", ONE)];
    let outcome = w.manage_milestones(&w.admin, 1, &[], &add, 2_001 * ONE);
    assert_eq!(outcome, Ok(()), "the third is not funded");
    assert_eq!((w.get_milestone(0), w.get_milestone(1)), kept);
}

#[test]
fn a_milestone_is_edited_once_in_a_call() {
    let w = World::new();
    w.assert_refused(Error::DuplicateMilestone, || {
        w.manage_milestones(&w.admin, 0, &[edit(1), edit(0), edit(1)], &[], 3_000 * ONE)
    });
}

/// Each edit changes what it names and the revisions, and nothing else.
#[test]
fn an_edit_changes_what_it_names() {
    type Edit = (fn(&World, &mut MilestoneEdit), fn(&World, &mut Milestone));
    const EDITS: [Edit; 7] = [
        (|_, _| {}, |_, _| {}),
        (|w, e| e.title = Some(w.text("T")), |w, m| m.title = w.text("T")),
        (|w, e| e.description = Some(w.text("D")), |w, m| m.description = w.text("D")),
        (
            |w, e| e.document = Some(BytesN::from_array(&w.env, &[1; 32])),
            |w, m| m.document = Some(BytesN::from_array(&w.env, &[1; 32])),
        ),
        (|w, e| e.receiver = Some(w.stranger.clone()), |w, m| m.receiver = w.stranger.clone()),
        (|_, e| e.approvals_required = Some(3), |_, m| m.approvals_required = 3),
        (|_, e| e.due = Some(0), |_, m| m.due = 0),
    ];
    let w = World::new();
    let (mut escrow, mut milestones, _) = w.state();
    for (change, effect) in EDITS {
        let mut edit = edit(1);
        change(&w, &mut edit);
        assert_eq!(w.manage_milestones(&w.admin, 0, &[edit], &[], 3_000 * ONE), Ok(()));
        escrow.revision += 1;
        milestones[1].revision += 1;
        effect(&w, &mut milestones[1]);
        let (now, milestones_now, _) = w.state();
        assert_eq!(Escrow { stuck: vec![&w.env], ..now }, escrow);
        assert_eq!(milestones_now, milestones);
    }
    assert_eq!(w.get_milestone(1).revision, 7);
}

#[test]
fn an_old_signature_never_fits_a_new_milestone() {
    let w = World::new();
    let mut old = std::vec![w.payout(2)];
    for _ in 0..3 {
        assert_eq!(w.manage_milestones(&w.admin, 0, &[edit(2)], &[], 3_000 * ONE), Ok(()));
        old.push(w.payout(2));
    }
    let same = [milestone(&w.env, "Launch", 1_000 * ONE)];
    assert_eq!(w.manage_milestones(&w.admin, 1, &[], &same, 3_000 * ONE), Ok(()));
    old.push(w.payout(2));
    assert_eq!(w.get_milestone(2).revision, 4, "it starts at the escrow's revision");
    assert_eq!(w.get_escrow().revision, 4);
    let outcome = w.manage_milestones(&w.admin, 1, &[], &same, 3_000 * ONE);
    assert_eq!(outcome, Ok(()));
    w.fund_all();
    for payout in old {
        w.assert_refused(Error::RevisionMismatch, || w.approve(&w.approvers[0], &[payout]));
    }
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(2)]), Ok(()));
}

#[test]
fn a_milestone_removed_and_added_later_is_new_too() {
    let w = World::new();
    let old = w.payout(2);
    assert_eq!(w.manage_milestones(&w.admin, 1, &[], &[], 2_000 * ONE), Ok(()));
    let same = [milestone(&w.env, "Launch", 1_000 * ONE)];
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &same, 3_000 * ONE), Ok(()));
    assert_eq!(w.get_milestone(2).revision, 2);
    w.fund_all();
    w.assert_refused(Error::RevisionMismatch, || w.approve(&w.approvers[0], &[old]));
}

#[test]
fn adding_a_milestone_reopens_a_completed_escrow() {
    let w = World::new();
    w.fund_all();
    assert_eq!(w.refund(&w.providers[0], &[0, 1, 2], 3_075 * ONE), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
    let new = [milestone(&w.env, "Upkeep", 10 * ONE)];
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &new, 3_010 * ONE), Ok(()));
    assert_eq!(w.get_escrow().state, State::AwaitingFunds);
    w.mint(&w.payer, 1);
    assert_eq!(w.fund(3, gross(10 * ONE, 250)), Ok(()));
    assert_eq!(w.get_escrow().state, State::Active);
    w.complete(&[3]);
    w.approve_all(&[3]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(3)]), Ok(()));
    assert_eq!(w.get_escrow().state, State::Completed);
    assert_eq!(w.balance(&w.providers[0]), 10 * ONE);
}

/// The admin cannot change the deal between the payer's look and the payer's signature.
#[test]
fn terms_cannot_be_switched_under_a_payer() {
    let changes: [fn(&World) -> Outcome; 4] = [
        |w| w.update(&w.admin, &w.terms, 0),
        |w| w.manage_milestones(&w.admin, 0, &[edit(0)], &[], 3_000 * ONE),
        |w| {
            let same = milestone(&w.env, "Launch", 1_000 * ONE);
            w.manage_milestones(&w.admin, 1, &[], &[same], 3_000 * ONE)
        },
        |w| {
            let new = milestone(&w.env, "Four", ONE);
            w.manage_milestones(&w.admin, 0, &[], &[new], 3_001 * ONE)
        },
    ];
    for change in changes {
        let w = World::new();
        w.mint(&w.payer, 3_075 * ONE);
        w.deposit(3_075 * ONE);
        assert_eq!(change(&w), Ok(()));
        for revision in [0, 2, u32::MAX] {
            w.assert_refused(Error::RevisionMismatch, || {
                w.fund_at(&w.payer, 2, 3_075 * ONE, revision)
            });
            w.assert_refused(Error::RevisionMismatch, || {
                let args = (&w.payer, 2_u32, 3_075 * ONE, revision).into_val(&w.env);
                w.call(&[&w.payer], "count_deposit", args)
            });
        }
        assert_eq!(w.fund_at(&w.payer, 0, 1_025 * ONE, 1), Ok(()));
        assert_eq!(w.count_deposit(1, 1_025 * ONE), Ok(()));
    }
}

#[test]
fn progress_and_seats_leave_the_payers_signature_good() {
    let w = World::new();
    w.mint(&w.payer, 3_075 * ONE);
    assert_eq!(w.fund(0, 1_025 * ONE), Ok(()));
    w.complete(&[0]);
    w.approve_all(&[0]);
    assert_eq!(w.rotate(Role::Approver, &w.approvers[0], &w.address()), Ok(()));
    assert_eq!(w.redirect(&w.providers[0], 2, &w.stranger), Ok(()));
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.get_escrow().revision, 0);
    assert_eq!(w.fund_at(&w.payer, 2, 2_050 * ONE, 0), Ok(()));
}

// Ways to get stuck.

/// Terms with or without resolvers, dispute window, review window, and a milestone without due.
fn with_gaps(resolvers: bool, dispute: bool, review: bool, without_due: bool) -> World {
    World::with(|env, plan| {
        if !resolvers {
            plan.terms.roles.dispute_resolvers = vec![env];
            plan.terms.policy.resolve_quorum = 0;
        }
        if !dispute {
            plan.terms.policy.dispute_window = 0;
        }
        if !review {
            plan.terms.policy.review_window = 0;
        }
        if without_due {
            plan.milestones[1].due = 0;
        }
    })
}

fn stuck(w: &World) -> std::vec::Vec<Stuck> {
    w.get_escrow().stuck.iter().collect()
}

#[test]
fn the_escrow_names_each_way_to_get_stuck() {
    use Stuck::{SilentProvider, SilentResolvers, SilentReviewers, Undisputable};
    const YES: bool = true;
    const NO: bool = false;
    // Resolvers, dispute window, review window, a milestone without due.
    let cases: [([bool; 4], &[Stuck]); 16] = [
        ([YES, YES, YES, NO], &[]),
        ([YES, YES, YES, YES], &[]),
        ([YES, YES, NO, NO], &[]),
        ([YES, YES, NO, YES], &[]),
        ([YES, NO, YES, NO], &[SilentResolvers]),
        ([YES, NO, YES, YES], &[SilentResolvers, SilentProvider]),
        ([YES, NO, NO, NO], &[SilentResolvers, SilentReviewers]),
        ([YES, NO, NO, YES], &[SilentResolvers, SilentReviewers, SilentProvider]),
        ([NO, YES, YES, NO], &[Undisputable]),
        ([NO, YES, YES, YES], &[Undisputable, SilentProvider]),
        ([NO, YES, NO, NO], &[Undisputable, SilentReviewers]),
        ([NO, YES, NO, YES], &[Undisputable, SilentReviewers, SilentProvider]),
        ([NO, NO, YES, NO], &[Undisputable]),
        ([NO, NO, YES, YES], &[Undisputable, SilentProvider]),
        ([NO, NO, NO, NO], &[Undisputable, SilentReviewers]),
        ([NO, NO, NO, YES], &[Undisputable, SilentReviewers, SilentProvider]),
    ];
    for (gaps, expected) in cases {
        let [resolvers, dispute, review, without_due] = gaps;
        let w = with_gaps(resolvers, dispute, review, without_due);
        assert_eq!(stuck(&w), expected, "{gaps:?}");
        let all = with_gaps(true, true, true, without_due);
        let mut terms = all.terms.clone();
        if !resolvers {
            terms.roles.dispute_resolvers = vec![&all.env];
        }
        terms.policy = w.terms.policy;
        assert_eq!(all.update(&all.admin, &terms, 0), Ok(()));
        assert_eq!(stuck(&all), expected, "{gaps:?}, after an update");
    }
}

#[test]
fn a_silent_provider_is_named_for_as_long_as_an_unsettled_milestone_has_no_due_date() {
    use Stuck::{SilentProvider, Undisputable};
    let open = &[Undisputable, SilentProvider][..];
    let closed = &[Undisputable][..];
    let due = |milestone, due| MilestoneEdit { due: Some(due), ..edit(milestone) };

    let w = with_gaps(false, false, true, false);
    let manage = |remove, edit: &[MilestoneEdit], add: &[NewMilestone], total| {
        assert_eq!(w.manage_milestones(&w.admin, remove, edit, add, total * ONE), Ok(()));
        stuck(&w)
    };
    assert_eq!(manage(0, &[due(0, 0), due(2, 0)], &[], 3_000), open);
    assert_eq!(manage(0, &[due(0, START + DAY)], &[], 3_000), open, "there is another");
    assert_eq!(manage(1, &[], &[], 2_000), closed);
    let new = NewMilestone { due: 0, ..milestone(&w.env, "Three", 1_000 * ONE) };
    assert_eq!(manage(0, &[], &[new], 3_000), open);
    assert_eq!(manage(0, &[due(1, 0)], &[], 3_000), open);
    w.fund_all();
    assert_eq!(stuck(&w), open);
    assert_eq!(w.refund(&w.providers[0], &[0, 1], 2_050 * ONE), Ok(()));
    assert_eq!(stuck(&w), open, "there is another");
    w.complete(&[2]);
    w.approve_all(&[2]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(2)]), Ok(()));
    assert_eq!(stuck(&w), closed);
}

// Reading.

#[test]
fn milestones_are_read_in_pages_of_at_most_fifty() {
    let w = World::new();
    let more = std::vec![milestone(&w.env, "", ONE); 48];
    assert_eq!(w.manage_milestones(&w.admin, 0, &[], &more, 3_048 * ONE), Ok(()));
    let all = w.state().1;
    for (start, limit, expected) in [
        (0, 0, 0..0),
        (0, 1, 0..1),
        (0, 50, 0..50),
        (1, 50, 1..51),
        (2, 50, 2..51),
        (50, 1, 50..51),
        (50, 50, 50..51),
        (51, 0, 0..0),
        (51, 50, 0..0),
        (u32::MAX, 50, 0..0),
        (u32::MAX, 0, 0..0),
    ] {
        let page: std::vec::Vec<_> = w.get_milestones(start, limit).unwrap().iter().collect();
        assert_eq!(page, all[expected], "{limit} from {start}");
    }
    for (start, limit) in [(0, 51), (60, 51), (0, u32::MAX), (u32::MAX, u32::MAX)] {
        assert_eq!(w.get_milestones(start, limit), refused(Error::TooLarge), "{limit}");
    }
}

/// Every call that names a milestone, naming one that there is not.
#[test]
fn no_call_knows_a_milestone_that_is_not_there() {
    type Call = fn(&World, u32) -> Outcome;
    const CALLS: &[(&str, Call)] = &[
        ("fund", |w, i| w.fund_at(&w.payer, i, ONE, 0)),
        ("count_deposit", |w, i| w.count_deposit(i, ONE)),
        ("change_status", |w, i| w.report(i, Status::InProgress)),
        ("approve", |w, i| w.approve(&w.approvers[0], &[named(w, i)])),
        ("reject", |w, i| w.reject(&w.approvers[0], &[i], "")),
        ("release", |w, i| w.release(&w.signers[0], &[named(w, i)])),
        ("confirm", |w, i| w.confirm(&w.approvers[0], &[named(w, i)])),
        ("dispute", |w, i| w.dispute(&w.payer, &[i], "")),
        ("resume", |w, i| w.resume(&w.payer, &[i])),
        ("resolve", |w, i| w.resolve(&w.resolvers[0], &[Ruling { milestone: i, to_receiver: 0 }])),
        ("resolve_by_default", |w, i| w.resolve_by_default(&[i])),
        ("settle", |w, i| w.settle(&w.payer, &[Ruling { milestone: i, to_receiver: 0 }])),
        ("refund", |w, i| w.refund(&w.providers[0], &[i], ONE)),
        ("reclaim", |w, i| w.reclaim(&w.payer, &[i], ONE)),
        ("claim", |w, i| w.claim(&w.providers[0], &[i])),
        ("claim by the platform", |w, i| w.claim(&w.platform, &[i])),
        ("claim elsewhere", |w, i| w.claim_to(&w.providers[0], &[i], &w.stranger)),
        ("manage_milestones", |w, i| {
            w.manage_milestones(&w.admin, 0, &[edit(i)], &[], 3_000 * ONE)
        }),
        ("redirect", |w, i| w.redirect(&w.providers[0], i, &w.stranger)),
        ("get_milestone", |w, i| {
            w.view::<Milestone>("get_milestone", (i,).into_val(&w.env)).map(drop)
        }),
        ("get_claimable", |w, i| w.get_claimable(&w.payer, &[i]).map(drop)),
    ];
    for funded in [false, true] {
        let w = World::new();
        if funded {
            w.fund_all();
        }
        for (name, call) in CALLS {
            for i in [3, 4, u32::MAX] {
                println!("{name} {i}");
                w.assert_refused(Error::UnknownMilestone, || call(&w, i));
            }
        }
    }
}

fn named(w: &World, milestone: u32) -> Payout {
    Payout { milestone, ..w.payout(0) }
}

#[test]
fn a_list_that_names_one_unknown_milestone_is_refused_whole() {
    let w = World::new();
    w.fund_all();
    w.assert_refused(Error::UnknownMilestone, || {
        w.approve(&w.approvers[0], &[w.payout(0), w.payout(1), named(&w, 3)])
    });
    w.assert_refused(Error::UnknownMilestone, || w.refund(&w.providers[0], &[0, 7], 1_025 * ONE));
}
