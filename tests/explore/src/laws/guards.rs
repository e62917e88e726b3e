//! Exactly when each verb is possible.

use crate::machine::{AMOUNT, Caller, Configuration, NOW, Receiver, State, Verb};
use escrow::Status;

/// Whether the specification allows a verb in a state.
pub fn may(configuration: &Configuration, state: &State, verb: Verb) -> bool {
    let m = &state.milestone;
    let live = state.is_live();
    let disputed = m.disputed_at.is_some();
    let undecided = live && !disputed && m.approved_at.is_none();
    let completed = m.status == Status::Completed;
    let past_due = m.due > 0 && NOW > m.due;
    let anybody = open_to_anybody(configuration, state);
    match verb {
        Verb::Tick => true,
        Verb::Fund | Verb::Edit => !m.funded,
        Verb::Report(status) => {
            undecided && !completed && !(status == Status::Completed && past_due)
        }
        Verb::Approve(seat) => undecided && !voted(m.approvals, seat),
        Verb::Reject => undecided && completed,
        Verb::Release(None) => anybody,
        Verb::Release(Some(seat)) => {
            anybody
                || live
                    && !disputed
                    && m.approved_at.is_some()
                    && (!voted(m.releases, seat) || carried(configuration, m.releases))
        }
        Verb::Confirm(approver, seat) => {
            let releases = anybody || seat.is_some() || configuration.conditions.signers == 0;
            undecided && !voted(m.approvals, approver) && releases
        }
        Verb::Dispute(caller) => {
            let party = state.party(caller).any();
            let member = caller == Caller::Member && m.approved_at.is_none();
            let resolvers = configuration.conditions.resolvers > 0;
            resolvers && live && !disputed && (party || member)
        }
        Verb::Resume(caller) => {
            let (asked, asks) = (m.resumes, state.party(caller));
            disputed && (asks.payer && !asked.payer || asks.receiver && !asked.receiver)
        }
        Verb::Resolve(seat, value) => {
            disputed && in_range(value) && state.receiver != Receiver::Resolver(seat)
        }
        Verb::ResolveByDefault(_) => dispute_window_passed(configuration, state),
        Verb::Settle(caller, value) => live && state.party(caller).any() && in_range(value),
        Verb::Refund => live,
        Verb::Reclaim => undecided && !completed && past_due,
        Verb::Redirect(to) => {
            m.outcome.is_none() && (to == Receiver::Plain || to != state.receiver)
        }
        Verb::Rotate(to) => {
            to == state.receiver || to == Receiver::Plain || state.receiver == Receiver::Plain
        }
    }
}

/// Anybody may release what is approved, where there are no signers; and where the review window has
/// passed, what is approved or completed.
pub fn open_to_anybody(configuration: &Configuration, state: &State) -> bool {
    let m = &state.milestone;
    let passed = |since: u64| {
        configuration.review_window() > 0 && NOW >= since + configuration.review_window()
    };
    let open = match m.approved_at {
        Some(at) => configuration.conditions.signers == 0 || passed(at),
        None => m.status == Status::Completed && passed(m.completed_at),
    };
    open && state.is_live() && m.disputed_at.is_none()
}

/// Enough release votes.
pub fn carried(configuration: &Configuration, releases: u16) -> bool {
    releases.count_ones() >= configuration.conditions.policy.release_quorum
}

pub fn voted(votes: u16, seat: u32) -> bool {
    votes >> seat & 1 == 1
}

fn dispute_window_passed(configuration: &Configuration, state: &State) -> bool {
    let window = configuration.dispute_window();
    window > 0 && state.milestone.disputed_at.is_some_and(|at| NOW >= at + window)
}

fn in_range(value: i128) -> bool {
    (0..=AMOUNT).contains(&value)
}
