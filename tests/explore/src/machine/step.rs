//! What a verb does: the calls of the contract's verb families on the rules, in their order.
//!
//! A signed payout is the right one here, and that a wrong one is refused is for the tests of the
//! contract; that what it names holds still is for [`crate::laws`].

use super::{Caller, Configuration, DUE, NOW, Receiver, SEATS, State, Verb};
use escrow::Error;
use escrow::rules::{Conditions, Milestone, Outcome};

/// A way to take one step: the rules' own, or a wrong one to try the exploration on.
pub type Step = fn(&Configuration, &mut State, Verb) -> Result<(), Error>;

/// What becomes of a milestone, as in the contract's `Context::put`.
type Next = Option<(Outcome, i128)>;

/// Takes one step where time stands still.
pub fn step(configuration: &Configuration, state: &mut State, verb: Verb) -> Result<(), Error> {
    step_at(configuration, state, verb, NOW)
}

/// Takes one step at any time.
pub fn step_at(
    configuration: &Configuration,
    state: &mut State,
    verb: Verb,
    now: u64,
) -> Result<(), Error> {
    if let Some((outcome, to_receiver)) = change(configuration, state, verb, now)? {
        state.milestone.settle(outcome, to_receiver)?;
    }
    Ok(())
}

fn change(
    configuration: &Configuration,
    state: &mut State,
    verb: Verb,
    now: u64,
) -> Result<Next, Error> {
    let c = &configuration.conditions;
    let barred = state.receiver.seat();
    let party = |caller| state.party(caller);
    match verb {
        Verb::Dispute(caller) => {
            let member = caller == Caller::Member;
            state.milestone.dispute(party(caller), member, c, now)?;
        }
        Verb::Resume(caller) => {
            state.milestone.resume(party(caller), now)?;
        }
        Verb::Settle(caller, to_receiver) => {
            let agreed = state.milestone.offer(party(caller), to_receiver, SEATS)?;
            return Ok(agreed.then_some((Outcome::Resolved, to_receiver)));
        }
        Verb::Resolve(seat, to_receiver) => {
            let carried = state.milestone.rule(seat, to_receiver, barred, c)?;
            return Ok(carried.then_some((Outcome::Resolved, to_receiver)));
        }
        Verb::Redirect(to) => redirect(state, to)?,
        Verb::Rotate(to) => rotate(state, to)?,
        _ => return change_milestone(c, &mut state.milestone, verb, now),
    }
    Ok(None)
}

/// The verbs for which it is all the same who the receiver is.
fn change_milestone(
    c: &Conditions,
    m: &mut Milestone,
    verb: Verb,
    now: u64,
) -> Result<Next, Error> {
    match verb {
        Verb::Tick => tick(m),
        Verb::Fund if m.funded => return Err(Error::AlreadyFunded),
        Verb::Fund => m.funded = true,
        Verb::Edit => edit(m, now)?,
        Verb::Report(status) => m.report(status, now)?,
        Verb::Approve(seat) => {
            m.live()?;
            m.approve(seat, now)?;
        }
        Verb::Reject => m.reject(c.policy.review_window, now)?,
        Verb::Release(seat) => {
            let open = m.may_release(seat, c, now)?;
            let pays = m.release(open, seat, c)?;
            return Ok(pays.then_some((Outcome::Released, m.amount)));
        }
        Verb::Confirm(approver, seat) => {
            let open = m.may_release(seat, c, now)?;
            m.approve(approver, now)?;
            return Ok(m.confirm(open, seat, c).then_some((Outcome::Released, m.amount)));
        }
        Verb::ResolveByDefault(fallback) => {
            let mut c = *c;
            c.policy.fallback = fallback;
            return Ok(Some((Outcome::Resolved, m.fallback(&c, now)?)));
        }
        Verb::Refund => {
            m.refund()?;
            return Ok(Some((Outcome::Refunded, 0)));
        }
        Verb::Reclaim => {
            m.reclaim(now)?;
            return Ok(Some((Outcome::Refunded, 0)));
        }
        _ => unreachable!("{verb:?} depends on the receiver"),
    }
    Ok(None)
}

/// A tick passes: all that was noted lies one further back.
fn tick(m: &mut Milestone) {
    if m.due > 0 {
        m.due -= 1;
    }
    if m.completed_at > 0 {
        m.completed_at -= 1;
    }
    for noted in [&mut m.approved_at, &mut m.disputed_at].into_iter().flatten() {
        *noted -= 1;
    }
}

/// What `manage_milestones` does to a milestone that stays the same but for its due date.
fn edit(m: &mut Milestone, now: u64) -> Result<(), Error> {
    if m.funded {
        return Err(Error::AlreadyFunded);
    }
    if m.due > 0 {
        m.due = now + DUE;
    }
    m.move_on()
}

/// To another address; there are any number of plain ones.
fn redirect(state: &mut State, to: Receiver) -> Result<(), Error> {
    if to == state.receiver && to != Receiver::Plain {
        return Err(Error::Empty);
    }
    state.milestone.redirect()?;
    state.receiver = to;
    Ok(())
}

/// No address can be payer and resolver, or hold two seats of the resolvers: whoever goes from the one
/// to the other is nothing of it in between.
fn rotate(state: &mut State, to: Receiver) -> Result<(), Error> {
    if to != state.receiver && to != Receiver::Plain && state.receiver != Receiver::Plain {
        return Err(Error::ResolverOverlap);
    }
    if state.milestone.offers.seats == SEATS {
        state.milestone.offers.seats = SEATS - 1;
    }
    state.receiver = to;
    Ok(())
}
