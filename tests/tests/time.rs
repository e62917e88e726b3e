//! What silence leads to, and when: one second before, at, and after.

use escrow::Error::*;
use escrow::*;
use soroban_sdk::Env;
use tests::*;

const AMOUNT: i128 = 1_000 * ONE;
const GROSS: i128 = 1_025 * ONE;
const REVIEW: u64 = 7 * DAY;
const DISPUTE: u64 = 14 * DAY;
const DUE: u64 = START + 30 * DAY;
const TEN_YEARS: u64 = 10 * 365 * DAY;

fn funded_with(change: impl FnOnce(&Env, &mut Plan)) -> World {
    let w = World::with(change);
    w.fund_all();
    w
}

fn funded() -> World {
    funded_with(|_, _| {})
}

/// Some seconds pass first, so that nothing is counted from the start by mistake.
fn completed() -> World {
    let w = funded();
    w.wait(1_000);
    w.complete(&[0]);
    w
}

fn approved() -> World {
    let w = funded();
    w.wait(1_000);
    w.approve_all(&[0]);
    w
}

fn disputed() -> World {
    let w = funded();
    w.wait(1_000);
    w.dispute(&w.payer, &[0], "").unwrap();
    w
}

fn without_signers(env: &Env, plan: &mut Plan) {
    plan.terms.roles.release_signers = soroban_sdk::Vec::new(env);
    plan.terms.policy.release_quorum = 0;
}

fn without_resolvers(env: &Env, plan: &mut Plan) {
    plan.terms.roles.dispute_resolvers = soroban_sdk::Vec::new(env);
    plan.terms.policy.resolve_quorum = 0;
}

fn release_by_a_stranger(w: &World) -> Outcome {
    w.release(&w.stranger, &[w.payout(0)])
}

fn reclaim(w: &World) -> Outcome {
    w.reclaim(&w.payer, &[0], GROSS)
}

fn default(w: &World) -> Outcome {
    w.resolve_by_default(&[0])
}

/// The call is refused until one second before this moment, and works at it and after it.
#[track_caller]
fn assert_from(
    moment: u64,
    before: Error,
    world: impl Fn() -> World,
    call: impl Fn(&World) -> Outcome,
) {
    let w = world();
    for early in [w.now(), moment - 1] {
        w.set_time(early);
        w.assert_refused(before, || call(&w));
    }
    for late in [moment, moment + 1] {
        let w = world();
        w.set_time(late);
        assert_eq!(call(&w), Ok(()), "{} seconds after", late - moment);
    }
}

/// The call works until this moment, and is refused from one second after it.
#[track_caller]
fn assert_until(
    moment: u64,
    after: Error,
    world: impl Fn() -> World,
    call: impl Fn(&World) -> Outcome,
) {
    for early in [moment - 1, moment] {
        let w = world();
        w.set_time(early);
        assert_eq!(call(&w), Ok(()), "{} seconds before", moment - early);
    }
    let w = world();
    w.set_time(moment + 1);
    w.assert_refused(after, || call(&w));
}

// Review.

#[test]
fn anybody_releases_completed_work_once_the_window_since_completion_has_passed() {
    let moment = START + 1_000 + REVIEW;
    assert_eq!(completed().get_milestone(0).open_at, moment);
    assert_from(moment, NotReleaseSigner, completed, release_by_a_stranger);
    assert_from(moment, NotReleaseSigner, completed, |w| {
        w.confirm(&w.approvers[0], &[w.payout(0)])
    });
    assert_from(moment, NotApproved, completed, |w| w.release(&w.signers[0], &[w.payout(0)]));
}

#[test]
fn anybody_releases_approved_work_once_the_window_since_approval_has_passed() {
    let moment = START + 1_000 + REVIEW;
    assert_eq!(approved().get_milestone(0).open_at, moment);
    assert_from(moment, NotReleaseSigner, approved, release_by_a_stranger);
}

#[test]
fn a_window_of_review_replaces_a_quorum_of_signers() {
    let world = || {
        let w = funded_with(|_, plan| plan.terms.policy.release_quorum = 2);
        w.approve_all(&[0]);
        assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
        w
    };
    assert_from(START + REVIEW, AlreadyVoted, world, |w| w.release(&w.signers[0], &[w.payout(0)]));
    assert_from(START + REVIEW, NotReleaseSigner, world, release_by_a_stranger);
}

#[test]
fn an_approval_starts_the_window_anew_even_after_it_had_passed() {
    for (name, waited) in [("before", REVIEW - 1), ("at", REVIEW), ("long after", 10 * REVIEW)] {
        let world = || {
            let w = completed();
            w.wait(waited);
            w.approve_all(&[0]);
            w
        };
        let moment = START + 1_000 + waited + REVIEW;
        assert_eq!(world().get_milestone(0).open_at, moment, "{name}");
        assert_from(moment, NotReleaseSigner, world, release_by_a_stranger);
    }
}

#[test]
fn an_approval_counts_from_the_last_vote_it_needed() {
    let world = || {
        let w = funded();
        assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
        w.wait(DAY);
        assert_eq!(w.approve(&w.approvers[1], &[w.payout(0)]), Ok(()));
        w
    };
    assert_eq!(world().get_milestone(0).approved_at, START + DAY);
    assert_from(START + DAY + REVIEW, NotReleaseSigner, world, release_by_a_stranger);
}

#[test]
fn work_sent_back_and_completed_again_has_a_window_of_its_own() {
    let world = || {
        let w = completed();
        w.wait(REVIEW - 1);
        assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
        assert_eq!(w.get_milestone(0).open_at, 0);
        w.wait(DAY);
        w.complete(&[0]);
        w
    };
    let moment = START + 1_000 + REVIEW - 1 + DAY + REVIEW;
    assert_from(moment, NotReleaseSigner, world, release_by_a_stranger);
}

#[test]
fn silence_closes_no_door() {
    let late = |w: World| {
        w.wait(100 * REVIEW);
        w
    };
    let w = late(completed());
    assert_eq!(w.approve(&w.approvers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    for (world, party) in [(completed(), 1), (approved(), 0)] {
        let w = late(world);
        assert_eq!(w.dispute(&w.providers[party], &[0], ""), Ok(()));
        w.wait(100 * DISPUTE);
        for resolver in &w.resolvers[1..] {
            let ruling = Ruling { milestone: 0, to_receiver: 1 };
            assert_eq!(w.resolve(resolver, &[ruling]), Ok(()));
        }
        assert!(w.get_milestone(0).flags.resolved);
    }
}

// Due dates.

#[test]
fn work_is_completed_until_its_due_date_and_reclaimed_after_it() {
    let complete = |w: &World| w.report(0, Status::Completed);
    assert_until(DUE, PastDue, funded, complete);
    assert_from(DUE + 1, NotDue, funded, reclaim);
    assert_eq!(funded().get_milestone(0).reclaim_at, DUE + 1);
}

#[test]
fn work_that_is_late_can_still_be_reported_on_approved_and_paid() {
    let w = funded();
    w.set_time(DUE + 1);
    assert_eq!(w.report(0, Status::InProgress), Ok(()));
    w.approve_all(&[0]);
    w.assert_refused(AlreadyApproved, || reclaim(&w));
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
}

#[test]
fn work_completed_in_time_is_not_reclaimed_however_late_the_review() {
    let w = completed();
    w.set_time(DUE + 100 * REVIEW);
    assert_eq!(w.get_milestone(0).reclaim_at, 0);
    w.assert_refused(AlreadyCompleted, || reclaim(&w));
}

#[test]
fn without_a_due_date_work_is_never_late() {
    let w = funded_with(|_, plan| plan.milestones[0].due = 0);
    for time in [START, DUE, DUE + 1, START + TEN_YEARS, u64::MAX] {
        w.set_time(time);
        assert_eq!(w.get_milestone(0).reclaim_at, 0);
        w.assert_refused(NotDue, || reclaim(&w));
    }
    w.set_time(START + TEN_YEARS);
    assert_eq!(w.report(0, Status::Completed), Ok(()));
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    assert_eq!(w.get_milestone(0).due, 0, "a reject gives none a due date");
}

/// The due date after a reject at this moment.
fn due_after_reject(w: &World, moment: u64) -> u64 {
    if w.get_milestone(0).status != Status::Completed {
        w.complete(&[0]);
    }
    w.set_time(moment);
    assert_eq!(w.reject(&w.approvers[1], &[0], ""), Ok(()));
    w.get_milestone(0).due
}

#[test]
fn the_first_reject_leaves_a_window_of_review_to_mend_things() {
    for (rejected, due) in [
        (START, DUE),
        (DUE - REVIEW - 1, DUE),
        (DUE - REVIEW, DUE),
        (DUE - REVIEW + 1, DUE + 1),
        (DUE, DUE + REVIEW),
        (DUE + 1, DUE + 1 + REVIEW),
        (DUE + TEN_YEARS, DUE + TEN_YEARS + REVIEW),
    ] {
        let world = || {
            let w = funded();
            assert_eq!(due_after_reject(&w, rejected), due, "rejected at {rejected}");
            w
        };
        assert_until(due, PastDue, world, |w| w.report(0, Status::Completed));
        assert_from(due + 1, NotDue, world, reclaim);
    }
}

#[test]
fn later_rejects_leave_no_more_time() {
    let w = funded();
    let due = due_after_reject(&w, DUE);
    assert_eq!(due, DUE + REVIEW);
    for later in [DUE + 1, DUE + REVIEW - 1, DUE + 2 * REVIEW] {
        assert_eq!(due_after_reject(&w, later), due);
    }
    assert_eq!(w.report(0, Status::Completed), refused(PastDue));
    assert_eq!(reclaim(&w), Ok(()));
}

#[test]
fn an_early_first_reject_uses_up_the_extension() {
    let w = funded();
    assert_eq!(due_after_reject(&w, START + 1), DUE);
    assert_eq!(due_after_reject(&w, DUE), DUE);
    w.wait(1);
    assert_eq!(w.report(0, Status::Completed), refused(PastDue));
    assert_eq!(reclaim(&w), Ok(()));
}

#[test]
fn each_milestone_has_an_extension_of_its_own() {
    let w = funded();
    w.complete(&[0, 1]);
    w.set_time(DUE);
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    w.wait(DAY);
    assert_eq!(w.reject(&w.approvers[0], &[1], ""), Ok(()));
    assert_eq!(w.get_milestone(0).due, DUE + REVIEW);
    assert_eq!(w.get_milestone(1).due, DUE + DAY + REVIEW);
    assert_eq!(w.get_milestone(2).due, DUE);
}

// Disputes.

#[test]
fn the_fallback_applies_once_the_dispute_window_has_passed() {
    let moment = START + 1_000 + DISPUTE;
    assert_eq!(disputed().get_milestone(0).default_at, moment);
    assert_from(moment, DisputeWindowOpen, disputed, default);
}

#[test]
fn votes_rulings_and_asks_do_not_move_the_dispute_window() {
    let world = || {
        let w = disputed();
        w.wait(DAY);
        let ruling = Ruling { milestone: 0, to_receiver: 1 };
        assert_eq!(w.resolve(&w.resolvers[0], &[ruling]), Ok(()));
        assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
        assert_eq!(w.settle(&w.payer, &[ruling]), Ok(()));
        assert_eq!(w.redirect(&w.providers[0], 0, &w.stranger), Ok(()));
        w
    };
    assert_from(START + 1_000 + DISPUTE, DisputeWindowOpen, world, default);
}

#[test]
fn a_second_dispute_has_a_window_of_its_own() {
    let world = || {
        let w = disputed();
        w.wait(DISPUTE - 1);
        assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
        assert_eq!(w.resume(&w.providers[0], &[0]), Ok(()));
        assert_eq!(default(&w), refused(NotDisputed));
        w.wait(DAY);
        assert_eq!(w.dispute(&w.providers[0], &[0], ""), Ok(()));
        w
    };
    let moment = START + 1_000 + DISPUTE - 1 + DAY + DISPUTE;
    assert_from(moment, DisputeWindowOpen, world, default);
}

#[test]
fn a_dropped_dispute_moves_every_clock_by_its_length() {
    const LENGTH: u64 = 3 * DAY + 17;
    let dropped = |w: World| {
        w.wait(60);
        assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
        w.wait(LENGTH - 5);
        assert_eq!(w.resume(&w.payer, &[0]), Ok(()));
        // It ends when both have asked, not when one has.
        w.wait(5);
        assert_eq!(w.resume(&w.providers[0], &[0]), Ok(()));
        w
    };
    let open = START + 1_000 + REVIEW + LENGTH;
    let done = || dropped(completed());
    assert_from(open, NotReleaseSigner, done, release_by_a_stranger);
    let agreed = || dropped(approved());
    assert_from(open, NotReleaseSigner, agreed, release_by_a_stranger);
    let open_work = || dropped(funded());
    assert_from(DUE + LENGTH + 1, NotDue, open_work, reclaim);
    assert_until(DUE + LENGTH, PastDue, open_work, |w| w.report(0, Status::Completed));
}

/// What the receiver gets by default, with this fallback and amount.
fn by_default(fallback: Fallback, amount: i128, prepare: fn(&World)) -> i128 {
    let w = funded_with(|_, plan| {
        plan.terms.policy.fallback = fallback;
        plan.milestones[0].amount = amount;
    });
    prepare(&w);
    assert_eq!(w.dispute(&w.payer, &[0], ""), Ok(()));
    w.wait(DISPUTE);
    assert_eq!(default(&w), Ok(()));
    let m = w.get_milestone(0);
    assert!(m.flags.resolved && !m.flags.disputed && !m.flags.released && !m.flags.refunded);
    let to_receiver = w.balance(&w.providers[0]);
    let fee = to_receiver * 250 / 10_000;
    assert_eq!(m.to_receiver, to_receiver);
    assert_eq!(w.balance(&w.payer), gross(amount, 250) - to_receiver - fee);
    assert_eq!(w.get_claimable(&w.platform, &[]), Ok(fee));
    to_receiver
}

#[test]
fn the_fallback_is_what_the_terms_say() {
    use Fallback::*;
    let odd = AMOUNT + 1;
    let nothing: fn(&World) = |_| {};
    let reported: fn(&World) = |w| w.report(0, Status::InProgress).unwrap();
    let completed: fn(&World) = |w| w.complete(&[0]);
    let approved: fn(&World) = |w| w.approve_all(&[0]);
    let both: fn(&World) = |w| {
        w.complete(&[0]);
        w.approve_all(&[0]);
    };
    let one_vote: fn(&World) = |w| w.approve(&w.approvers[0], &[w.payout(0)]).unwrap();
    let rejected: fn(&World) = |w| {
        w.complete(&[0]);
        w.reject(&w.approvers[0], &[0], "").unwrap();
    };
    for (fallback, amount, prepare, expected) in [
        (Refund, AMOUNT, nothing, 0),
        (Refund, AMOUNT, completed, 0),
        (Refund, AMOUNT, approved, 0),
        (Refund, AMOUNT, both, 0),
        (Release, AMOUNT, nothing, 0),
        (Release, AMOUNT, reported, 0),
        (Release, AMOUNT, one_vote, 0),
        (Release, AMOUNT, rejected, 0),
        (Release, AMOUNT, completed, AMOUNT),
        (Release, AMOUNT, approved, AMOUNT),
        (Release, AMOUNT, both, AMOUNT),
        (Even, AMOUNT, nothing, AMOUNT / 2),
        (Even, AMOUNT, completed, AMOUNT / 2),
        (Even, AMOUNT, approved, AMOUNT / 2),
        (Even, odd, nothing, AMOUNT / 2 + 1),
        (Even, odd, both, AMOUNT / 2 + 1),
        (Even, 1, nothing, 1),
        (Even, 2, nothing, 1),
        (Even, 3, nothing, 2),
    ] {
        assert_eq!(by_default(fallback, amount, prepare), expected, "{fallback:?} of {amount}");
    }
}

// Windows at their edges.

#[test]
fn windows_that_are_off_never_pass() {
    let off = |_: &Env, plan: &mut Plan| {
        plan.terms.policy.review_window = 0;
        plan.terms.policy.dispute_window = 0;
    };
    let w = funded_with(off);
    w.complete(&[0]);
    w.approve_all(&[1]);
    assert_eq!(w.dispute(&w.payer, &[2], ""), Ok(()));
    for time in [START, START + 1, START + TEN_YEARS, u64::MAX] {
        w.set_time(time);
        for i in 0..3 {
            let m = w.get_milestone(i);
            assert_eq!((m.open_at, m.default_at), (0, 0));
        }
        w.assert_refused(NotReleaseSigner, || w.release(&w.stranger, &[w.payout(0)]));
        w.assert_refused(NotApproved, || w.release(&w.signers[0], &[w.payout(0)]));
        w.assert_refused(NotReleaseSigner, || w.release(&w.stranger, &[w.payout(1)]));
        w.assert_refused(DisputeWindowOpen, || w.resolve_by_default(&[2]));
    }
}

#[test]
fn without_a_review_window_a_reject_leaves_the_provider_that_very_second() {
    let w = funded_with(|_, plan| plan.terms.policy.review_window = 0);
    assert_eq!(due_after_reject(&w, DUE + DAY), DUE + DAY);
    w.assert_refused(NotDue, || reclaim(&w));
    assert_eq!(w.report(0, Status::Completed), Ok(()));
    assert_eq!(due_after_reject(&w, DUE + DAY + 1), DUE + DAY);
    assert_eq!(reclaim(&w), Ok(()));
}

#[test]
fn windows_of_ten_years_and_of_a_second_pass_to_the_second() {
    for window in [1, TEN_YEARS] {
        let world = || {
            let w = funded_with(|_, plan| {
                plan.terms.policy.review_window = window;
                plan.terms.policy.dispute_window = window;
            });
            w.complete(&[0]);
            assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
            w
        };
        let moment = START + window;
        assert_from(moment, NotReleaseSigner, world, release_by_a_stranger);
        assert_from(moment, DisputeWindowOpen, world, |w| w.resolve_by_default(&[1]));
    }
}

#[test]
fn a_due_date_at_the_end_of_time_never_passes() {
    let w = funded_with(|_, plan| plan.milestones[0].due = u64::MAX);
    for time in [START, u64::MAX - 1, u64::MAX] {
        w.set_time(time);
        w.assert_refused(NotDue, || reclaim(&w));
    }
    assert_eq!(w.report(0, Status::Completed), Ok(()));
}

#[test]
fn a_due_date_that_never_passes_shows_no_time_to_reclaim() {
    let w = funded_with(|_, plan| plan.milestones[0].due = u64::MAX);
    assert_eq!(w.get_milestone(0).reclaim_at, 0);
}

#[test]
fn nothing_traps_at_either_end_of_time() {
    for now in [0, 1, u64::MAX - TEN_YEARS, u64::MAX - 1, u64::MAX] {
        let w = funded_with(|_, plan| {
            plan.terms.policy.review_window = TEN_YEARS;
            plan.terms.policy.dispute_window = TEN_YEARS;
            plan.milestones.iter_mut().for_each(|m| m.due = u64::MAX);
        });
        w.set_time(now);
        w.complete(&[0]);
        assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()), "at {now}");
        w.complete(&[0]);
        w.approve_all(&[1]);
        assert!(w.get_milestone(1).flags.approved, "at {now}");
        for i in 0..3 {
            assert_eq!(w.dispute(&w.payer, &[i], ""), Ok(()), "at {now}");
            assert!(w.get_milestone(i).flags.disputed, "at {now}");
        }
        // The longest dispute there can be.
        w.set_time(u64::MAX);
        for party in [&w.payer, &w.providers[0]] {
            assert_eq!(w.resume(party, &[0, 1]), Ok(()), "at {now}");
        }
        assert_eq!(w.get_milestone(0).due, u64::MAX);
        for i in 0..3 {
            let m = w.get_milestone(i);
            assert_eq!(m.flags.disputed, i == 2, "at {now}");
            for moment in [m.open_at, m.default_at] {
                assert!(moment == 0 || moment >= now, "at {now}");
            }
        }
        assert_eq!(w.release(&w.signers[0], &[w.payout(1)]), Ok(()), "at {now}");
    }
}

// The views.

/// A generator of numbers that looks random and is always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Something that somebody could do with the first milestone; what is refused changes nothing.
fn anything(w: &World, dice: &mut Dice) {
    let seat = dice.roll(3) as usize;
    let _ = match dice.roll(9) {
        0 => w.report(0, Status::InProgress),
        1 | 2 => w.report(0, Status::Completed),
        3 | 4 => w.approve(&w.approvers[seat], &[w.payout(0)]),
        5 => w.reject(&w.approvers[seat], &[0], ""),
        6 => w.dispute(&w.payer, &[0], ""),
        7 => w.resume(&w.payer, &[0]),
        _ => w.resume(&w.providers[0], &[0]),
    };
}

type Moment = fn(&Milestone) -> u64;
type Call = fn(&World) -> Outcome;

/// The call works from the moment that the view tells, and not before; never, if it tells none.
fn assert_told(w: &World, told: u64, call: Call, case: &str) -> bool {
    let fails = |time: u64| {
        w.set_time(time);
        assert!(matches!(call(w), Err(Refusal::Contract(_))), "{case}, told {told}, at {time}");
    };
    let now = w.now();
    if told == 0 {
        fails(now);
        fails(now + 100 * TEN_YEARS);
        w.set_time(now);
        return false;
    }
    if told > now {
        fails(now);
        fails(told - 1);
    }
    w.set_time(told.max(now));
    assert_eq!(call(w), Ok(()), "{case}, told {told}");
    true
}

#[test]
fn the_views_tell_to_the_second_when_silence_takes_effect() {
    let views: [(&str, Moment, Call); 3] = [
        ("open_at", |m| m.open_at, release_by_a_stranger),
        ("reclaim_at", |m| m.reclaim_at, reclaim),
        ("default_at", |m| m.default_at, default),
    ];
    let mut told = [0; 3];
    for seed in 1..=120_u64 {
        for (view, (name, moment, call)) in views.into_iter().enumerate() {
            // The same story for each of the three.
            let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let w = funded_with(|env, plan| {
                let policy = &mut plan.terms.policy;
                policy.review_window = [0, REVIEW, REVIEW][dice.roll(3) as usize];
                policy.dispute_window = [0, DISPUTE, DISPUTE][dice.roll(3) as usize];
                plan.milestones[0].due = [0, DUE, DUE][dice.roll(3) as usize];
                if dice.roll(3) == 0 {
                    without_signers(env, plan);
                }
            });
            for _ in 0..dice.roll(9) {
                anything(&w, &mut dice);
                w.wait(dice.roll(6 * DAY));
            }
            let m = w.get_milestone(0);
            let case = format!("{name} of story {seed}");
            told[view] += u32::from(assert_told(&w, moment(&m), call, &case));
        }
    }
    assert!(told.iter().all(|times| *times > 10), "the stories cover each view: {told:?}");
}

// Bounds.

/// The payer, alone and without resolvers, ends the milestone as soon as it can.
fn end_if_possible(w: &World) -> bool {
    let m = w.get_milestone(0);
    let past = |moment: u64| moment > 0 && moment <= w.now();
    if past(m.reclaim_at) {
        assert_eq!(reclaim(w), Ok(()));
    } else if past(m.open_at) {
        assert_eq!(w.release(&w.payer, &[w.payout(0)]), Ok(()));
    }
    w.get_milestone(0).flags.released || w.get_milestone(0).flags.refunded
}

/// A completion at the last moment, a reject at the last moment of its window, which moves the
/// due date for the only time, and the same again with an approval instead of a reject.
const BOUND: u64 = DUE + 4 * REVIEW;

#[test]
fn the_longest_delay_of_all_ends_at_the_bound() {
    let w = funded_with(without_resolvers);
    w.set_time(DUE);
    w.complete(&[0]);
    w.wait(REVIEW - 1);
    assert!(!end_if_possible(&w));
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    let due = w.get_milestone(0).due;
    assert_eq!(due, DUE + 2 * REVIEW - 1);
    w.set_time(due);
    assert!(!end_if_possible(&w));
    w.complete(&[0]);
    w.wait(REVIEW - 1);
    assert!(!end_if_possible(&w));
    w.approve_all(&[0]);
    w.wait(REVIEW - 1);
    assert!(!end_if_possible(&w));
    w.wait(1);
    assert!(end_if_possible(&w));
    assert_eq!(w.now(), BOUND - 2);
}

#[test]
fn a_second_late_reject_ends_in_a_reclaim_at_once() {
    let w = funded_with(without_resolvers);
    w.set_time(DUE);
    w.complete(&[0]);
    w.wait(REVIEW - 1);
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    w.set_time(w.get_milestone(0).due);
    w.complete(&[0]);
    w.wait(1);
    assert_eq!(w.reject(&w.approvers[0], &[0], ""), Ok(()));
    assert_eq!(w.report(0, Status::Completed), refused(PastDue));
    assert!(end_if_possible(&w));
    assert!(w.get_milestone(0).flags.refunded);
}

#[test]
fn no_provider_with_approvers_restarts_a_clock_past_the_bound() {
    let mut latest = 0;
    for seed in 1..=60_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let w = funded_with(without_resolvers);
        // They know what they do: nothing happens before the due date is near.
        w.set_time(DUE - dice.roll(2 * DAY));
        while !end_if_possible(&w) {
            assert!(w.now() < BOUND, "story {seed}");
            let m = w.get_milestone(0);
            let next = match m.status {
                Status::Completed if dice.roll(3) > 0 => w.reject(&w.approvers[0], &[0], ""),
                Status::Completed => w.approve(&w.approvers[dice.roll(3) as usize], &[w.payout(0)]),
                _ => w.report(0, Status::Completed),
            };
            // Either it worked or it can no more: both are fine, as long as it ends.
            assert!(matches!(next, Ok(()) | Err(Refusal::Contract(_))));
            let m = w.get_milestone(0);
            let last = [m.open_at, m.reclaim_at].into_iter().filter(|at| *at > w.now()).min();
            let left = last.map_or(1, |at| at - w.now());
            w.wait(1 + dice.roll(left));
        }
        latest = latest.max(w.now());
    }
    assert!(latest > DUE + REVIEW, "some of them did hold it up");
}

#[test]
fn either_side_alone_ends_a_milestone_within_the_dispute_window() {
    let stages: [fn() -> World; 3] = [funded, completed, approved];
    for stage in stages {
        for side in 0..2 {
            let w = stage();
            let sides = [w.payer.clone(), w.providers[0].clone()];
            let (one, other) = (&sides[side], &sides[1 - side]);
            assert_eq!(w.dispute(one, &[0], ""), Ok(()));
            let end = w.now() + DISPUTE;
            w.wait(DISPUTE - 1);
            // All that everybody else can still do does not get it going again.
            assert_eq!(w.resume(other, &[0]), Ok(()));
            assert_eq!(w.settle(other, &[Ruling { milestone: 0, to_receiver: 5 }]), Ok(()));
            assert_eq!(w.report(0, Status::InProgress), refused(AlreadyDisputed));
            assert_eq!(w.approve(&w.approvers[2], &[w.payout(0)]), refused(AlreadyDisputed));
            assert_eq!(w.reject(&w.approvers[2], &[0], ""), refused(AlreadyDisputed));
            assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), refused(AlreadyDisputed));
            assert_eq!(w.dispute(other, &[0], ""), refused(AlreadyDisputed));
            assert_eq!(w.get_milestone(0).default_at, end);
            w.wait(1);
            assert_eq!(default(&w), Ok(()));
            assert!(w.get_milestone(0).flags.resolved);
        }
    }
}
