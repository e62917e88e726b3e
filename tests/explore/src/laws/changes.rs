//! What one step may change.

use super::payments::payment;
use super::{Law, law};
use crate::machine::{Configuration, DUE, FEE_BPS, GROSS, Kind, NOW, SEATS, State, Verb};
use escrow::Status;
use escrow::rules::{Milestone, Offers, Outcome, Parties, split};

/// Checks a step that succeeded, before anything of it is forgotten.
pub fn check(
    configuration: &Configuration,
    before: &State,
    verb: Verb,
    after: &State,
) -> Result<(), Law> {
    let (was, is) = (&before.milestone, &after.milestone);
    let pays = if before.is_live() { payment(configuration, before, verb) } else { None };
    settles_once(was, is, pays)?;
    holds_still(was, is, verb)?;
    votes_fit(configuration, was, is)?;
    stays_where_it_belongs(is)?;
    if pays.is_none() && verb != Verb::Tick {
        clocks_move_only_as_agreed(configuration, was, is, verb)?;
        votes_are_void(was, is, verb)?;
        nobody_is_misquoted(before, after, verb)?;
    }
    Ok(())
}

fn settles_once(was: &Milestone, is: &Milestone, pays: Option<(Outcome, i128)>) -> Result<(), Law> {
    let expected = pays.map_or((was.outcome, was.to_receiver), |(outcome, to_receiver)| {
        (Some(outcome), to_receiver)
    });
    law((is.outcome, is.to_receiver) == expected, "I2: it pays what the terms say, and only then")?;
    if is.outcome.is_some() {
        let split = split(is.amount, FEE_BPS, is.to_receiver).map_err(|_| "I2: it can be split")?;
        let sum = split.to_receiver + split.to_payer + split.fee;
        law(sum == GROSS && split.to_receiver == is.to_receiver, "I2: it pays exactly its gross")?;
        law(split.to_payer >= 0 && split.fee >= 0, "I2: nobody pays for it twice")?;
    }
    Ok(())
}

/// I5, and what the ledger counts.
fn holds_still(was: &Milestone, is: &Milestone, verb: Verb) -> Result<(), Law> {
    let agreed = |m: &Milestone| (m.amount, m.through, m.approvals_required, m.due > 0, m.owed);
    law(agreed(was) == agreed(is), "I5: amount, approvals required and being due do not change")?;
    let moves = matches!(verb.kind(), Kind::Report | Kind::Reject | Kind::Edit);
    law(is.revision == was.revision + u32::from(moves), "I5: the revision moves with the work")?;
    law(is.funded == (was.funded || verb == Verb::Fund), "I4: funded is for good")
}

fn votes_fit(configuration: &Configuration, was: &Milestone, m: &Milestone) -> Result<(), Law> {
    let c = &configuration.conditions;
    let seats = |votes: u16| u16::BITS - votes.leading_zeros();
    let approved = m.approvals.count_ones() >= configuration.approvals_required;
    law(
        m.approved_at.is_some() == approved || was.outcome.is_some(),
        "approved by enough, not fewer",
    )?;
    law(seats(m.approvals) <= configuration.approvers, "an approval without a seat")?;
    law(seats(m.releases) <= c.signers, "a release vote without a seat")?;
    let rulings = m.rulings.iter().skip(c.resolvers as usize).all(Option::is_none);
    law(rulings, "a ruling without a seat")
}

fn stays_where_it_belongs(m: &Milestone) -> Result<(), Law> {
    let ruled = m.rulings.iter().any(Option::is_some);
    law(m.disputed_at.is_some() || !ruled, "a ruling where nothing is disputed")?;
    law(m.disputed_at.is_some() || !m.resumes.any(), "a resume where nothing is disputed")?;
    law(m.outcome.is_none() || m.disputed_at.is_none(), "I4: settled and disputed")?;
    law(m.outcome.is_none() || m.offers == Offers::default(), "I4: settled with an offer")?;
    law((m.completed_at > 0) == (m.status == Status::Completed), "completed without a time")?;
    let votes = m.approvals != 0 || m.releases != 0 || m.offers != Offers::default();
    let untouched = m.status == Status::Pending && m.disputed_at.is_none() && !votes;
    law(m.funded || untouched, "I4: somebody has acted on what is not funded")
}

/// Due date, completion and approval, each against what the specification says of the verb.
fn clocks_move_only_as_agreed(
    configuration: &Configuration,
    was: &Milestone,
    is: &Milestone,
    verb: Verb,
) -> Result<(), Law> {
    let dropped = was.disputed_at.filter(|_| is.disputed_at.is_none());
    let gain = dropped.map_or(0, |at| NOW - at);
    let due = match verb {
        _ if was.due == 0 => 0,
        Verb::Reject if !was.rejected => was.due.max(NOW + configuration.review_window()),
        Verb::Edit => NOW + DUE,
        _ => was.due + gain,
    };
    law(is.due == due, "only the first reject, or a dispute's length, moves the due date")?;
    let completed_at = match verb {
        Verb::Report(Status::Completed) => NOW,
        Verb::Report(_) | Verb::Reject => 0,
        _ if was.completed_at > 0 => was.completed_at + gain,
        _ => 0,
    };
    law(is.completed_at == completed_at, "completion counts from its report")?;
    let status = match verb {
        Verb::Report(status) => status,
        Verb::Reject => Status::InProgress,
        _ => was.status,
    };
    law(is.status == status, "only provider and reject change the status")?;
    let approved_at = was.approved_at.map_or(NOW, |at| at + gain);
    law(is.approved_at.is_none_or(|at| at == approved_at), "approval counts from its last vote")?;
    let since = if verb.kind() == Kind::Dispute { Some(NOW) } else { was.disputed_at };
    law(
        is.disputed_at.is_none() || is.disputed_at == since,
        "a dispute counts from its beginning",
    )?;
    let rejected = was.rejected || verb == Verb::Reject;
    law(is.rejected == rejected, "a reject is not forgotten, nor made up")
}

/// I5: no vote survives what it did not see, and none appears but the caller's own.
fn votes_are_void(was: &Milestone, is: &Milestone, verb: Verb) -> Result<(), Law> {
    let bit = |seat: u32| 1_u16 << seat;
    let (approvals, releases) = match verb {
        Verb::Report(_) | Verb::Reject | Verb::Edit => (0, 0),
        Verb::Redirect(_) => (was.approvals, 0),
        Verb::Approve(seat) => (was.approvals | bit(seat), was.releases),
        Verb::Confirm(approver, seat) => {
            (was.approvals | bit(approver), was.releases | seat.map_or(0, bit))
        }
        Verb::Release(Some(seat)) => (was.approvals, was.releases | bit(seat)),
        _ => (was.approvals, was.releases),
    };
    law(is.approvals == approvals, "I5: an approval that nobody gave, or that saw something else")?;
    law(is.releases == releases, "I5: a release vote that nobody gave, or that saw something else")
}

/// What parties and resolvers stand for is what they said, about this dispute and this work.
fn nobody_is_misquoted(before: &State, after: &State, verb: Verb) -> Result<(), Law> {
    let (was, is) = (&before.milestone, &after.milestone);
    let dropped = was.disputed_at.is_some() && is.disputed_at.is_none();
    let mut resumes = was.resumes;
    match verb {
        Verb::Resume(caller) => resumes = resumes.with(before.party(caller)),
        Verb::Redirect(_) => resumes.receiver = false,
        _ => {}
    }
    law(dropped == resumes.both(), "a dispute is dropped by both sides, and only by both")?;
    if dropped {
        resumes = Parties::default();
    }
    law(is.resumes == resumes, "a resume that nobody asked for, or that another receiver did")?;
    let mut rulings = if dropped { Default::default() } else { was.rulings };
    if let Verb::Resolve(seat, value) = verb {
        rulings[seat as usize] = Some(value);
    }
    law(is.rulings == rulings, "a ruling that nobody made")?;
    law(
        [is.offers.payer, is.offers.receiver] == offers(before, verb, dropped),
        "an offer that nobody made, or that saw something else",
    )?;
    let receiver = match verb {
        Verb::Redirect(to) | Verb::Rotate(to) => to,
        _ => before.receiver,
    };
    law(after.receiver == receiver, "I5: the receiver changes only by its own signature")
}

/// What payer and receiver offer after a verb.
fn offers(before: &State, verb: Verb, dropped: bool) -> [Option<i128>; 2] {
    let was = before.milestone.offers;
    let mut offers = [was.payer, was.receiver];
    let voids = matches!(
        verb.kind(),
        Kind::Report | Kind::Reject | Kind::Edit | Kind::Dispute | Kind::Redirect
    );
    let made_anew = verb.kind() == Kind::Settle && was.seats != SEATS;
    if voids || dropped || made_anew {
        offers = [None; 2];
    }
    if let Verb::Settle(caller, value) = verb {
        let side = before.party(caller);
        for (offer, own) in offers.iter_mut().zip([side.payer, side.receiver]) {
            *offer = if own { Some(value) } else { *offer };
        }
    }
    offers
}
