//! Work is reported, approved or sent back, and paid; and what every call does at every stage.

use escrow::Error::*;
use escrow::*;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, Env};
use tests::*;

const AMOUNT: i128 = 1_000 * ONE;
const GROSS: i128 = 1_025 * ONE;
const WINDOW: u64 = 7 * DAY;

/// The default plan, but the first approver is the first release signer too.
fn overlapping(_: &Env, plan: &mut Plan) {
    let roles = &mut plan.terms.roles;
    roles.release_signers.set(0, roles.approvers.get_unchecked(0));
}

/// An escrow with three approvers of whom `needed` must approve, each of them a release signer, of
/// whom `quorum` must sign.
fn all_may_confirm(needed: u32, quorum: u32) -> World {
    let w = World::with(|_, plan| {
        plan.terms.roles.release_signers = plan.terms.roles.approvers.clone();
        plan.terms.policy.release_quorum = quorum;
        plan.milestones.iter_mut().for_each(|m| m.approvals_required = needed);
    });
    w.fund_all();
    w
}

fn funded() -> World {
    let w = World::new();
    w.fund_all();
    w
}

fn ruling(milestone: u32, to_receiver: i128) -> Ruling {
    Ruling { milestone, to_receiver }
}

fn report(w: &World, milestone: u32, note: Option<&str>, evidence: Option<&str>) -> StatusUpdate {
    StatusUpdate {
        milestone,
        status: Status::InProgress,
        note: note.map(|text| w.text(text)),
        evidence: evidence.map(|text| w.text(text)),
    }
}

fn updates(milestones: &[u32]) -> Vec<StatusUpdate> {
    let status = Status::InProgress;
    milestones
        .iter()
        .map(|&milestone| StatusUpdate { milestone, status, note: None, evidence: None })
        .collect()
}

fn payouts(w: &World, milestones: &[u32]) -> Vec<Payout> {
    milestones.iter().map(|i| w.payout(*i)).collect()
}

// What every call does at every stage.

/// The flags that are set, a letter each: approved, disputed, released (p for paid), resolved
/// (s for split), refunded (r).
fn letters(flags: Flags) -> String {
    [
        (flags.approved, 'a'),
        (flags.disputed, 'd'),
        (flags.released, 'p'),
        (flags.resolved, 's'),
        (flags.refunded, 'r'),
    ]
    .into_iter()
    .filter_map(|(on, letter)| on.then_some(letter))
    .collect()
}

/// How a call ends: with these flags, or refused.
type Cell = Result<&'static str, Error>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Unfunded,
    Pending,
    InProgress,
    /// Past its due date.
    Overdue,
    /// One of two approvals.
    Voted,
    Completed,
    /// The review window has passed.
    CompletedOpen,
    /// And the due date.
    CompletedOverdue,
    Approved,
    ApprovedOpen,
    ApprovedOverdue,
    Disputed,
    DisputedCompleted,
    DisputedApproved,
    /// The dispute window has passed.
    DisputedTooLong,
    Resumed,
    Released,
    Resolved,
    Refunded,
}

/// An escrow whose first milestone is at this stage; the others are funded with it.
fn at(stage: Stage) -> World {
    let w = World::with(overlapping);
    if stage == Stage::Unfunded {
        return w;
    }
    w.fund_all();
    let before: &[Stage] = match stage {
        Stage::CompletedOpen | Stage::CompletedOverdue | Stage::DisputedCompleted => {
            &[Stage::Completed]
        }
        Stage::ApprovedOpen
        | Stage::ApprovedOverdue
        | Stage::DisputedApproved
        | Stage::Released => &[Stage::Approved],
        Stage::DisputedTooLong | Stage::Resumed | Stage::Resolved => &[Stage::Disputed],
        _ => &[],
    };
    for step in before.iter().chain([&stage]) {
        enter(&w, *step);
    }
    w
}

fn enter(w: &World, stage: Stage) {
    match stage {
        Stage::Unfunded | Stage::Pending => {}
        Stage::InProgress => w.report(0, Status::InProgress).unwrap(),
        Stage::Overdue | Stage::CompletedOverdue | Stage::ApprovedOverdue => {
            w.set_time(w.get_milestone(0).due + 1);
        }
        Stage::Voted => w.approve(&w.approvers[1], &[w.payout(0)]).unwrap(),
        Stage::Completed => w.complete(&[0]),
        Stage::CompletedOpen | Stage::ApprovedOpen => w.wait(WINDOW),
        Stage::Approved => w.approve_all(&[0]),
        Stage::Disputed | Stage::DisputedCompleted | Stage::DisputedApproved => {
            w.dispute(&w.payer, &[0], "").unwrap();
        }
        Stage::DisputedTooLong => w.wait(14 * DAY),
        Stage::Resumed => {
            w.resume(&w.payer, &[0]).unwrap();
            w.resume(&w.providers[0], &[0]).unwrap();
        }
        Stage::Released => w.release(&w.signers[1], &[w.payout(0)]).unwrap(),
        Stage::Resolved => {
            for resolver in &w.resolvers[..2] {
                w.resolve(resolver, &[ruling(0, AMOUNT / 2)]).unwrap();
            }
        }
        Stage::Refunded => w.refund(&w.providers[0], &[0], GROSS).unwrap(),
    }
}

type Call = fn(&World) -> Outcome;

/// A column of the table: the call, and who makes it.
const CALLS: [(&str, Call); 15] = [
    ("change_status to InProgress", |w| w.report(0, Status::InProgress)),
    ("change_status to Completed", |w| w.report(0, Status::Completed)),
    ("approve", |w| w.approve(&w.approvers[2], &[w.payout(0)])),
    ("reject", |w| w.reject(&w.approvers[1], &[0], "no")),
    ("release by a signer", |w| w.release(&w.signers[1], &[w.payout(0)])),
    ("release by a stranger", |w| w.release(&w.stranger, &[w.payout(0)])),
    ("confirm", |w| w.confirm(&w.approvers[0], &[w.payout(0)])),
    ("dispute by a side", |w| w.dispute(&w.payer, &[0], "why")),
    ("dispute by another", |w| w.dispute(&w.providers[1], &[0], "why")),
    ("resume", |w| w.resume(&w.payer, &[0])),
    ("resolve", |w| w.resolve(&w.resolvers[2], &[ruling(0, 1)])),
    ("resolve_by_default", |w| w.resolve_by_default(&[0])),
    ("settle", |w| w.settle(&w.payer, &[ruling(0, 1)])),
    ("refund", |w| w.refund(&w.providers[0], &[0], GROSS)),
    ("reclaim", |w| w.reclaim(&w.payer, &[0], GROSS)),
];

const fn all(error: Error) -> [Cell; 15] {
    [Err(error); 15]
}

/// Stage by stage, in the order of [`CALLS`].
fn table() -> Vec<(Stage, [Cell; 15])> {
    use Stage::*;
    let underway = [
        Ok(""),
        Ok(""),
        Ok(""),
        Err(NotCompleted),
        Err(NotApproved),
        Err(NotReleaseSigner),
        Ok(""),
        Ok("d"),
        Ok("d"),
        Err(NotDisputed),
        Err(NotDisputed),
        Err(NotDisputed),
        Ok(""),
        Ok("r"),
        Err(NotDue),
    ];
    let completed = [
        Err(AlreadyCompleted),
        Err(AlreadyCompleted),
        Ok(""),
        Ok(""),
        Err(NotApproved),
        Err(NotReleaseSigner),
        Ok(""),
        Ok("d"),
        Ok("d"),
        Err(NotDisputed),
        Err(NotDisputed),
        Err(NotDisputed),
        Ok(""),
        Ok("r"),
        Err(AlreadyCompleted),
    ];
    let approved = [
        Err(AlreadyApproved),
        Err(AlreadyApproved),
        Err(AlreadyApproved),
        Err(AlreadyApproved),
        Ok("ap"),
        Err(NotReleaseSigner),
        Err(AlreadyApproved),
        Ok("ad"),
        Err(NotParty),
        Err(NotDisputed),
        Err(NotDisputed),
        Err(NotDisputed),
        Ok("a"),
        Ok("ar"),
        Err(AlreadyApproved),
    ];
    let disputed = [
        Err(AlreadyDisputed),
        Err(AlreadyDisputed),
        Err(AlreadyDisputed),
        Err(AlreadyDisputed),
        Err(AlreadyDisputed),
        Err(NotReleaseSigner),
        Err(AlreadyDisputed),
        Err(AlreadyDisputed),
        Err(AlreadyDisputed),
        Ok("d"),
        Ok("d"),
        Err(DisputeWindowOpen),
        Ok("d"),
        Ok("r"),
        Err(AlreadyDisputed),
    ];
    let but = |mut row: [Cell; 15], changes: &[(&str, Cell)]| {
        for (name, cell) in changes {
            let column = CALLS.iter().position(|(call, _)| call == name).unwrap();
            row[column] = *cell;
        }
        row
    };
    let open: &[(&str, Cell)] = &[
        ("release by a signer", Ok("p")),
        ("release by a stranger", Ok("p")),
        ("confirm", Ok("p")),
    ];
    let by_a_stranger: (&str, Cell) = ("release by a stranger", Ok("ap"));
    let overdue: &[(&str, Cell)] =
        &[("change_status to Completed", Err(PastDue)), ("reclaim", Ok("r"))];
    let enough: &[(&str, Cell)] = &[("approve", Ok("a")), ("confirm", Ok("ap"))];
    vec![
        (Unfunded, all(NotFunded)),
        (Pending, underway),
        (InProgress, underway),
        (Overdue, but(underway, overdue)),
        (Voted, but(underway, enough)),
        (Completed, completed),
        (CompletedOpen, but(completed, open)),
        (CompletedOverdue, but(completed, open)),
        (Approved, approved),
        (ApprovedOpen, but(approved, &[by_a_stranger])),
        (ApprovedOverdue, but(approved, &[by_a_stranger])),
        (Disputed, disputed),
        (DisputedCompleted, disputed),
        (
            DisputedApproved,
            but(
                disputed,
                &[
                    ("dispute by another", Err(NotParty)),
                    ("resume", Ok("ad")),
                    ("resolve", Ok("ad")),
                    ("settle", Ok("ad")),
                    ("refund", Ok("ar")),
                ],
            ),
        ),
        (DisputedTooLong, but(disputed, &[("resolve_by_default", Ok("s"))])),
        (Resumed, underway),
        (Released, but(all(AlreadySettled), &[("dispute by another", Err(NotParty))])),
        (Resolved, all(AlreadySettled)),
        (Refunded, all(AlreadySettled)),
    ]
}

#[test]
fn every_call_at_every_stage_does_what_the_table_says() {
    for (stage, row) in table() {
        let w = at(stage);
        for ((name, call), cell) in CALLS.into_iter().zip(row) {
            match cell {
                Err(error) => {
                    let before = w.state();
                    assert_eq!(call(&w), refused(error), "{name} when {stage:?}");
                    assert_eq!(w.events_of_escrow(), 0, "{name} when {stage:?}");
                    assert_eq!(w.state(), before, "{name} when {stage:?}");
                }
                Ok(flags) => accepted(&at(stage), name, stage, call, flags),
            }
        }
    }
}

fn accepted(w: &World, name: &str, stage: Stage, call: Call, flags: &str) {
    let before = w.state();
    let outcome = call(w);
    let events = w.events_of_escrow();
    assert_eq!(outcome, Ok(()), "{name} when {stage:?}");
    assert!(events > 0, "{name} when {stage:?} tells what it did");
    let after = w.state();
    assert_eq!(letters(after.1[0].flags), flags, "{name} when {stage:?}");
    assert_ne!(after.1[0], before.1[0], "{name} when {stage:?}");
    assert_eq!(after.1[1..], before.1[1..], "{name} when {stage:?} is about one milestone");
    let settles = flags.contains(['p', 's', 'r']);
    let reserved = if settles { 2 * GROSS } else { 3 * GROSS };
    let balances = w.get_balances();
    assert_eq!(balances.reserved, reserved, "{name} when {stage:?}");
    assert_eq!(balances.unreserved, 0, "{name} when {stage:?}");
    assert_eq!(after.0.totals.settled, u32::from(settles), "{name} when {stage:?}");
}

// Reports.

#[test]
fn a_report_sets_what_it_names_and_keeps_what_it_leaves_out() {
    let w = funded();
    let provider = &w.providers[1];
    let steps = [
        (None, None, None, None),
        (Some("half way"), None, Some("half way"), None),
        (None, Some("ipfs://1"), Some("half way"), Some("ipfs://1")),
        (Some(""), None, Some(""), Some("ipfs://1")),
        (Some("done"), Some("ipfs://2"), Some("done"), Some("ipfs://2")),
    ];
    for (step, (note, evidence, note_after, evidence_after)) in (1..).zip(steps) {
        let before = w.get_milestone(1);
        let outcome = w.change_status(provider, &[report(&w, 1, note, evidence)]);
        assert_eq!(outcome, Ok(()), "step {step}");
        let expected = Milestone {
            status: Status::InProgress,
            revision: before.revision + 1,
            note: note_after.map(|text| w.text(text)),
            evidence: evidence_after.map(|text| w.text(text)),
            ..before
        };
        assert_eq!(w.get_milestone(1), expected, "step {step}");
    }
}

#[test]
fn work_can_be_set_back_to_pending_and_completion_is_dated() {
    let w = funded();
    for status in [Status::Pending, Status::InProgress, Status::Pending] {
        assert_eq!(w.report(0, status), Ok(()));
        assert_eq!(w.get_milestone(0).status, status);
        assert_eq!(w.get_milestone(0).completed_at, 0);
    }
    w.wait(5);
    assert_eq!(w.report(0, Status::Completed), Ok(()));
    assert_eq!(w.get_milestone(0).status, Status::Completed);
    assert_eq!(w.get_milestone(0).completed_at, START + 5);
}

#[test]
fn only_a_service_provider_reports() {
    let receiver_too = World::with(|env, plan| {
        let receiver = Address::generate(env);
        plan.milestones[0].receiver = Some(receiver);
    });
    receiver_too.fund_all();
    let w = receiver_too;
    let receiver = w.get_milestone(0).receiver;
    for caller in [
        &w.payer,
        &w.admin,
        &w.platform,
        &w.approvers[0],
        &w.signers[0],
        &w.resolvers[0],
        &w.observers[0],
        &w.stranger,
        &receiver,
    ] {
        w.assert_refused(NotServiceProvider, || w.change_status(caller, &updates(&[0])));
    }
    for provider in &w.providers {
        assert_eq!(w.change_status(provider, &updates(&[0])), Ok(()));
    }
}

#[test]
fn texts_have_five_hundred_bytes_and_no_more() {
    let w = funded();
    let (fits, too_long) = ("x".repeat(500), "x".repeat(501));
    let provider = &w.providers[0];
    for (note, evidence) in [(Some(too_long.as_str()), None), (None, Some(too_long.as_str()))] {
        w.assert_refused(TextTooLong, || {
            w.change_status(provider, &[report(&w, 0, note, evidence)])
        });
    }
    assert_eq!(w.change_status(provider, &[report(&w, 0, Some(&fits), Some(&fits))]), Ok(()));
    assert_eq!(w.get_milestone(0).note, Some(w.text(&fits)));
    w.complete(&[0]);
    w.assert_refused(TextTooLong, || w.reject(&w.approvers[0], &[0], &too_long));
    assert_eq!(w.reject(&w.approvers[0], &[0], &fits), Ok(()));
    assert_eq!(w.get_milestone(0).note, Some(w.text(&fits)));
}

// Votes on the work.

#[test]
fn as_many_approvals_as_required_and_not_one_less_approve() {
    for needed in 1..=10 {
        let w = World::with(|env, plan| {
            let approver = |_| Address::generate(env);
            plan.terms.roles.approvers = soroban_sdk::Vec::from_iter(env, (0..10).map(approver));
            plan.milestones[0].approvals_required = needed;
        });
        w.fund_all();
        // From the last seat down, so that no seat is special.
        for (votes, approver) in (1..).zip(w.approvers.iter().rev()).take(needed as usize) {
            assert!(!w.get_milestone(0).flags.approved, "{votes} of {needed}");
            assert_eq!(w.approve(approver, &[w.payout(0)]), Ok(()));
            let m = w.get_milestone(0);
            assert_eq!(m.approved_by.len(), votes);
            assert!(m.approved_by.contains(approver));
            assert_eq!(m.flags.approved, votes == needed, "{votes} of {needed}");
            assert_eq!(m.approved_at, if votes == needed { START } else { 0 });
        }
        assert!(!w.get_milestone(1).flags.approved);
    }
}

#[test]
fn an_approver_votes_once() {
    let w = funded();
    let approver = &w.approvers[1];
    assert_eq!(w.approve(approver, &[w.payout(0)]), Ok(()));
    w.assert_refused(AlreadyVoted, || w.approve(approver, &[w.payout(0)]));
    assert_eq!(w.get_milestone(0).approved_by, w.list(std::slice::from_ref(approver)));
    assert!(!w.get_milestone(0).flags.approved);
    assert_eq!(w.approve(approver, &[w.payout(1)]), Ok(()), "for each milestone");
}

#[test]
fn only_an_approver_approves_and_rejects() {
    let w = funded();
    w.complete(&[0]);
    for caller in [
        &w.payer,
        &w.admin,
        &w.platform,
        &w.providers[0],
        &w.providers[1],
        &w.signers[0],
        &w.resolvers[0],
        &w.observers[0],
        &w.stranger,
    ] {
        w.assert_refused(NotApprover, || w.approve(caller, &[w.payout(0)]));
        w.assert_refused(NotApprover, || w.reject(caller, &[0], "no"));
        w.assert_refused(NotApprover, || w.confirm(caller, &[w.payout(0)]));
    }
}

#[test]
fn any_report_voids_approvals_release_votes_and_offers() {
    for status in [Status::Pending, Status::InProgress, Status::Completed] {
        let w = all_may_confirm(3, 2);
        let [a, b, c] = [&w.approvers[0], &w.approvers[1], &w.approvers[2]];
        assert_eq!(w.confirm(a, &[w.payout(0)]), Ok(()));
        assert_eq!(w.approve(b, &[w.payout(0)]), Ok(()));
        assert_eq!(w.settle(&w.payer, &[ruling(0, 7)]), Ok(()));
        let m = w.get_milestone(0);
        assert_eq!((m.approved_by.len(), m.signed_by.len(), m.offers.len()), (2, 1, 1));
        assert_eq!(w.report(0, status), Ok(()), "{status:?}");
        let m = w.get_milestone(0);
        assert!(m.approved_by.is_empty() && m.signed_by.is_empty() && m.offers.is_empty());
        // Nor do they count under the surface.
        assert_eq!(w.settle(&w.providers[0], &[ruling(0, 7)]), Ok(()));
        for approver in [c, a, b] {
            assert_eq!(letters(w.get_milestone(0).flags), "", "{status:?}");
            assert_eq!(w.approve(approver, &[w.payout(0)]), Ok(()));
        }
        for signer in [b, a] {
            assert_eq!(letters(w.get_milestone(0).flags), "a", "{status:?}");
            assert_eq!(w.release(signer, &[w.payout(0)]), Ok(()));
        }
        assert_eq!(letters(w.get_milestone(0).flags), "ap", "{status:?}");
    }
}

#[test]
fn a_reject_voids_approvals_release_votes_and_offers() {
    let w = all_may_confirm(3, 2);
    w.complete(&[0]);
    assert_eq!(w.confirm(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(w.settle(&w.providers[0], &[ruling(0, 7)]), Ok(()));
    assert_eq!(w.reject(&w.approvers[2], &[0], "no"), Ok(()));
    let m = w.get_milestone(0);
    assert!(m.approved_by.is_empty() && m.signed_by.is_empty() && m.offers.is_empty());
    assert_eq!(w.settle(&w.payer, &[ruling(0, 7)]), Ok(()));
    assert!(!w.get_milestone(0).flags.resolved);
    assert_eq!(w.confirm(&w.approvers[2], &[w.payout(0)]), Ok(()));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    let m = w.get_milestone(0);
    assert!(m.flags.approved && !m.flags.released);
    assert_eq!(m.signed_by, w.list(&[w.approvers[2].clone()]));
}

#[test]
fn a_reject_sends_the_work_back_and_says_why() {
    let w = funded();
    let update = StatusUpdate {
        milestone: 0,
        status: Status::Completed,
        note: Some(w.text("done")),
        evidence: Some(w.text("ipfs://1")),
    };
    assert_eq!(w.change_status(&w.providers[0], &[update]), Ok(()));
    let before = w.get_milestone(0);
    w.wait(60);
    // One who has voted for it may still change its mind.
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.reject(&w.approvers[0], &[0], "the logo is missing"), Ok(()));
    let expected = Milestone {
        status: Status::InProgress,
        note: Some(w.text("the logo is missing")),
        completed_at: 0,
        open_at: 0,
        reclaim_at: before.due + 1,
        revision: before.revision + 1,
        ..before
    };
    assert_eq!(w.get_milestone(0), expected);
    w.complete(&[0]);
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
}

// What a signature agrees to.

/// Every call that takes payouts, refuses this one on the second milestone.
fn assert_stale(w: &World, payout: &Payout, error: Error) {
    let payout = std::slice::from_ref(payout);
    w.assert_refused(error, || w.approve(&w.approvers[0], payout));
    w.assert_refused(error, || w.confirm(&w.approvers[0], payout));
    w.assert_refused(error, || w.release(&w.signers[1], payout));
}

#[test]
fn a_payout_is_for_this_revision_receiver_and_amount() {
    let w = World::with(overlapping);
    w.fund_all();
    w.complete(&[1]);
    let right = w.payout(1);
    for revision in [right.revision - 1, right.revision + 1, u32::MAX] {
        assert_stale(&w, &Payout { revision, ..right.clone() }, RevisionMismatch);
    }
    for amount in [AMOUNT - 1, AMOUNT + 1, GROSS, 0, -1, -AMOUNT, i128::MAX, i128::MIN] {
        assert_stale(&w, &Payout { amount, ..right.clone() }, AmountMismatch);
    }
    for receiver in [&w.providers[1], &w.payer, &w.stranger, &w.escrow, &w.token] {
        let receiver = receiver.clone();
        assert_stale(&w, &Payout { receiver, ..right.clone() }, ReceiverMismatch);
    }
    assert_eq!(w.approve(&w.approvers[0], &[right]), Ok(()));
}

#[test]
fn a_payout_is_stale_once_the_work_is_reported_on_or_rejected() {
    let w = World::with(overlapping);
    w.fund_all();
    let before_report = w.payout(1);
    assert_eq!(w.report(1, Status::InProgress), Ok(()));
    assert_stale(&w, &before_report, RevisionMismatch);
    let before_completion = w.payout(1);
    w.complete(&[1]);
    assert_stale(&w, &before_completion, RevisionMismatch);
    let before_reject = w.payout(1);
    assert_eq!(w.reject(&w.approvers[0], &[1], ""), Ok(()));
    assert_stale(&w, &before_reject, RevisionMismatch);
    assert_stale(&w, &before_report, RevisionMismatch);
}

#[test]
fn a_payout_is_stale_once_its_receiver_has_another_paid() {
    let w = World::with(overlapping);
    w.fund_all();
    let before = w.payout(1);
    assert_eq!(w.redirect(&w.providers[0], 1, &w.stranger), Ok(()));
    assert_stale(&w, &before, ReceiverMismatch);
    w.approve_all(&[1]);
    w.assert_refused(ReceiverMismatch, || w.release(&w.signers[0], &[before]));
    assert_eq!(w.release(&w.signers[0], &[w.payout(1)]), Ok(()));
    assert_eq!(w.balance(&w.stranger), AMOUNT);
}

#[test]
fn a_payout_of_before_an_edit_fits_neither_the_edited_nor_a_new_milestone() {
    let w = World::with(overlapping);
    let before = w.payout(1);
    let title = Some(w.text("Build it"));
    let edit = MilestoneEdit { title, ..edit(1) };
    assert_eq!(w.manage_milestones(&w.admin, 0, &[edit], &[], 3 * AMOUNT), Ok(()));
    let edited = w.payout(1);
    let new = [milestone(&w.env, "Build", AMOUNT), milestone(&w.env, "Launch", AMOUNT)];
    assert_eq!(w.manage_milestones(&w.admin, 2, &[], &new, 3 * AMOUNT), Ok(()));
    w.fund_all();
    assert_stale(&w, &before, RevisionMismatch);
    assert_stale(&w, &edited, RevisionMismatch);
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(1)]), Ok(()));
}

// Votes to pay.

#[test]
fn one_signer_suffices_where_the_quorum_is_one() {
    for signer in 0..2 {
        let w = funded();
        w.complete(&[1]);
        w.approve_all(&[1]);
        assert_eq!(w.release(&w.signers[signer], &[w.payout(1)]), Ok(()));
        let m = w.get_milestone(1);
        assert_eq!(letters(m.flags), "ap");
        assert_eq!(m.to_receiver, AMOUNT);
        assert_eq!(w.balance(&w.providers[0]), AMOUNT);
        assert_eq!(w.balance(&w.payer), 0);
        let balances = w.get_balances();
        assert_eq!((balances.reserved, balances.credited), (2 * GROSS, GROSS - AMOUNT));
    }
}

#[test]
fn as_many_signers_as_the_quorum_and_not_one_less_pay() {
    for quorum in 1..=4_u32 {
        let w = World::with(|env, plan| {
            let signer = |_| Address::generate(env);
            plan.terms.roles.release_signers = soroban_sdk::Vec::from_iter(env, (0..4).map(signer));
            plan.terms.policy.release_quorum = quorum;
        });
        w.fund_all();
        w.approve_all(&[0]);
        for (votes, signer) in (1..).zip(w.signers.iter().rev()).take(quorum as usize) {
            assert_eq!(w.release(signer, &[w.payout(0)]), Ok(()));
            let m = w.get_milestone(0);
            assert_eq!(m.flags.released, votes == quorum, "{votes} of {quorum}");
            let paid = if votes == quorum { AMOUNT } else { 0 };
            assert_eq!(w.balance(&w.providers[0]), paid, "{votes} of {quorum}");
            if votes < quorum {
                assert_eq!(m.signed_by.len(), votes);
                assert!(m.signed_by.contains(signer));
                w.assert_refused(AlreadyVoted, || w.release(signer, &[w.payout(0)]));
            }
        }
        w.assert_refused(AlreadySettled, || w.release(&w.signers[0], &[w.payout(0)]));
    }
}

#[test]
fn without_signers_anybody_releases_once_approved_and_nobody_before() {
    let w = World::with(|env, plan| {
        plan.terms.roles.release_signers = soroban_sdk::Vec::new(env);
        plan.terms.policy.release_quorum = 0;
    });
    w.fund_all();
    w.complete(&[0]);
    for caller in [&w.stranger, &w.payer, &w.providers[0], &w.approvers[0]] {
        w.assert_refused(NotApproved, || w.release(caller, &[w.payout(0)]));
    }
    w.approve_all(&[0]);
    assert_eq!(w.get_milestone(0).open_at, w.now());
    assert_eq!(w.release(&w.stranger, &[w.payout(0)]), Ok(()));
    assert_eq!(w.balance(&w.providers[0]), AMOUNT);
    assert_eq!(w.balance(&w.stranger), 0);
}

#[test]
fn who_is_no_signer_cannot_release_before_the_window_has_passed() {
    let w = funded();
    w.complete(&[0]);
    w.approve_all(&[1]);
    for caller in
        [&w.payer, &w.admin, &w.platform, &w.approvers[0], &w.providers[0], &w.resolvers[0]]
    {
        for milestone in [0, 1, 2] {
            let payout = [w.payout(milestone)];
            w.assert_refused(NotReleaseSigner, || w.release(caller, &payout));
        }
    }
}

#[test]
fn a_release_and_a_ruling_exclude_each_other() {
    let w = funded();
    w.approve_all(&[0, 1]);
    let (first, second) = (w.payout(0), w.payout(1));
    assert_eq!(w.release(&w.signers[0], std::slice::from_ref(&first)), Ok(()));
    w.assert_refused(AlreadySettled, || w.release(&w.signers[0], &[first]));
    w.assert_refused(AlreadySettled, || w.dispute(&w.payer, &[0], ""));
    w.assert_refused(AlreadySettled, || w.resolve(&w.resolvers[0], &[ruling(0, 0)]));
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(1, 0)]), Ok(()));
    }
    w.assert_refused(AlreadySettled, || w.release(&w.signers[0], &[second]));
    w.assert_refused(AlreadySettled, || w.resolve(&w.resolvers[2], &[ruling(1, 0)]));
    assert_eq!(w.balance(&w.providers[0]), AMOUNT);
    assert_eq!(w.balance(&w.payer), GROSS);
}

#[test]
fn another_receiver_voids_votes_to_pay_but_not_approvals() {
    let w = all_may_confirm(2, 2);
    assert_eq!(w.confirm(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    let [provider, other] = [&w.providers[0], &w.stranger];
    assert_eq!(w.redirect(provider, 0, other), Ok(()));
    // Even when the former receiver is back, who voted for it has to vote again.
    assert_eq!(w.redirect(other, 0, provider), Ok(()));
    let m = w.get_milestone(0);
    assert!(m.flags.approved && m.signed_by.is_empty());
    assert_eq!(m.approved_by.len(), 2);
    assert_eq!(w.release(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert!(!w.get_milestone(0).flags.released);
    assert_eq!(w.release(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert!(w.get_milestone(0).flags.released);
}

// Both in one.

#[test]
fn a_buyer_confirms_in_one_call() {
    let w = World::with(buyer_confirms);
    w.fund_all();
    w.complete(&[0]);
    assert_eq!(w.confirm(&w.payer, &[w.payout(0), w.payout(2)]), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "ap");
    assert_eq!(letters(w.get_milestone(1).flags), "");
    assert_eq!(letters(w.get_milestone(2).flags), "ap");
    assert_eq!(w.balance(&w.providers[0]), 2 * AMOUNT);
}

#[test]
fn confirmations_below_the_quorum_count_as_the_votes_they_are() {
    for needed in 1..=3 {
        for quorum in 1..=3 {
            let w = all_may_confirm(needed, quorum);
            for (votes, signer) in (1..).zip(&w.approvers) {
                if votes > needed.max(quorum) {
                    break;
                }
                let case = format!("{votes} of {needed} and {quorum}");
                // Once approved there is nothing to confirm: what is missing are votes to pay.
                let outcome = if votes > needed {
                    w.assert_refused(AlreadyApproved, || w.confirm(signer, &[w.payout(0)]));
                    w.release(signer, &[w.payout(0)])
                } else {
                    w.confirm(signer, &[w.payout(0)])
                };
                assert_eq!(outcome, Ok(()), "{case}");
                let m = w.get_milestone(0);
                assert_eq!(m.flags.approved, votes >= needed, "{case}");
                assert_eq!(m.flags.released, votes >= needed && votes >= quorum, "{case}");
                assert_eq!(m.approved_by.len(), votes.min(needed), "{case}");
            }
            assert_eq!(w.balance(&w.providers[0]), AMOUNT, "{needed} and {quorum}");
        }
    }
}

#[test]
fn confirmations_mix_with_approvals_and_releases() {
    let w = all_may_confirm(2, 2);
    let [a, b, c] = [&w.approvers[0], &w.approvers[1], &w.approvers[2]];
    let payout = |i| [w.payout(i)];

    // Confirm, approve, release.
    assert_eq!(w.confirm(a, &payout(0)), Ok(()));
    assert_eq!(w.approve(b, &payout(0)), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "a");
    w.assert_refused(AlreadyVoted, || w.release(a, &payout(0)));
    assert_eq!(w.release(b, &payout(0)), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "ap");

    // Approve, confirm, release.
    assert_eq!(w.approve(a, &payout(1)), Ok(()));
    w.assert_refused(AlreadyVoted, || w.confirm(a, &payout(1)));
    assert_eq!(w.confirm(b, &payout(1)), Ok(()));
    assert_eq!(letters(w.get_milestone(1).flags), "a");
    assert_eq!(w.get_milestone(1).signed_by, w.list(std::slice::from_ref(b)));
    assert_eq!(w.release(a, &payout(1)), Ok(()));
    assert_eq!(letters(w.get_milestone(1).flags), "ap");

    // Confirm twice: both quorums at once.
    assert_eq!(w.confirm(c, &payout(2)), Ok(()));
    w.assert_refused(AlreadyVoted, || w.confirm(c, &payout(2)));
    assert_eq!(letters(w.get_milestone(2).flags), "");
    assert_eq!(w.confirm(a, &payout(2)), Ok(()));
    assert_eq!(letters(w.get_milestone(2).flags), "ap");
}

#[test]
fn a_signer_whose_vote_is_counted_pays_once_the_approval_comes() {
    let w = all_may_confirm(2, 1);
    assert_eq!(w.confirm(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "a", "an approval pays nobody");
    assert_eq!(w.release(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "ap");
}

#[test]
fn only_who_may_approve_and_release_confirms() {
    let w = World::with(overlapping);
    w.fund_all();
    w.complete(&[0]);
    w.assert_refused(NotReleaseSigner, || w.confirm(&w.approvers[1], &[w.payout(0)]));
    w.assert_refused(NotApprover, || w.confirm(&w.signers[1], &[w.payout(0)]));
    w.assert_refused(NotApprover, || w.confirm(&w.stranger, &[w.payout(0)]));
    assert_eq!(w.confirm(&w.approvers[0], &[w.payout(0)]), Ok(()));
    // Once silence lets anybody release, an approver may too.
    w.wait(WINDOW);
    w.assert_refused(NotApprover, || w.confirm(&w.signers[1], &[w.payout(0)]));
    assert_eq!(w.confirm(&w.approvers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "ap");
}

#[test]
fn without_signers_the_last_approver_to_confirm_pays() {
    let w = World::with(|env, plan| {
        plan.terms.roles.release_signers = soroban_sdk::Vec::new(env);
        plan.terms.policy.release_quorum = 0;
    });
    w.fund_all();
    assert_eq!(w.confirm(&w.approvers[2], &[w.payout(0)]), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "");
    assert_eq!(w.confirm(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(letters(w.get_milestone(0).flags), "ap");
}

// Lists.

type OnList = fn(&World, &[u32]) -> Outcome;

/// Each call on a list of milestones.
const LISTS: [(&str, OnList); 5] = [
    ("change_status", |w, list| w.change_status(&w.providers[0], &updates(list))),
    ("approve", |w, list| w.approve(&w.approvers[1], &payouts(w, list))),
    ("reject", |w, list| w.reject(&w.approvers[1], list, "no")),
    ("release", |w, list| w.release(&w.signers[0], &payouts(w, list))),
    ("confirm", |w, list| w.confirm(&w.approvers[0], &payouts(w, list))),
];

/// An escrow whose milestones are ready for that call.
fn ready_for(name: &str) -> World {
    let w = World::with(overlapping);
    w.fund_all();
    match name {
        "reject" => w.complete(&[0, 1, 2]),
        "release" => w.approve_all(&[0, 1, 2]),
        _ => {}
    }
    w
}

#[test]
fn a_list_is_done_as_a_whole() {
    for (name, call) in LISTS {
        let w = ready_for(name);
        let before = w.state().1;
        assert_eq!(call(&w, &[2, 0]), Ok(()), "{name}");
        let after = w.state().1;
        assert!(after[0] != before[0] && after[2] != before[2], "{name}");
        assert_eq!(after[1], before[1], "{name}");
    }
}

#[test]
fn one_bad_item_refuses_the_whole_list() {
    for (name, call) in LISTS {
        let w = ready_for(name);
        assert_eq!(w.refund(&w.providers[0], &[1], GROSS), Ok(()));
        for list in [[0, 1, 2], [1, 0, 2], [0, 2, 1]] {
            w.assert_refused(AlreadySettled, || call(&w, &list));
        }
    }
}

#[test]
fn a_list_names_something_and_nothing_twice() {
    for (name, call) in LISTS {
        let w = ready_for(name);
        w.assert_refused(Empty, || call(&w, &[]));
        for list in [&[0, 0][..], &[0, 1, 0], &[2, 1, 1]] {
            w.assert_refused(DuplicateMilestone, || call(&w, list));
        }
    }
}

#[test]
fn a_list_has_at_most_fifty_items() {
    for (name, call) in LISTS {
        let w = World::of(51, overlapping);
        w.fund_all();
        let all: Vec<u32> = (0..51).collect();
        for page in all.chunks(17) {
            match name {
                "reject" => w.complete(page),
                "release" => w.approve_all(page),
                _ => {}
            }
        }
        w.assert_refused(TooLarge, || call(&w, &all));
        assert_eq!(call(&w, &all[1..]), Ok(()), "{name}");
    }
}

#[test]
fn a_milestone_that_does_not_exist_is_unknown() {
    for milestone in [3, 4, 1_000, u32::MAX] {
        let w = World::with(overlapping);
        w.fund_all();
        let payout = [Payout { milestone, ..w.payout(0) }];
        let approver = &w.approvers[0];
        w.assert_refused(UnknownMilestone, || {
            w.change_status(&w.providers[0], &updates(&[milestone]))
        });
        w.assert_refused(UnknownMilestone, || w.approve(approver, &payout));
        w.assert_refused(UnknownMilestone, || w.reject(approver, &[milestone], ""));
        w.assert_refused(UnknownMilestone, || w.release(&w.signers[0], &payout));
        w.assert_refused(UnknownMilestone, || w.confirm(approver, &payout));
    }
}

#[test]
fn a_list_is_checked_as_input_before_any_state_is() {
    for (name, call) in LISTS {
        // Nothing is funded, so that every item is refused by its state too.
        let w = World::with(overlapping);
        assert_eq!(call(&w, &[0, 1]), refused(NotFunded), "{name}");
        w.assert_refused(DuplicateMilestone, || call(&w, &[0, 0]));
    }
}
