//! The one state that stands for all that nobody can tell apart from it.

use super::{Configuration, NOW, REVISION, Receiver, SEATS, State};
use escrow::Status;
use escrow::rules::{Milestone, Offers};

/// Takes a state for the one that stands for it. The module's page says why nothing is lost.
pub fn canonical(configuration: &Configuration, state: &State) -> State {
    let mut state = *state;
    let m = &mut state.milestone;
    m.revision = REVISION;
    if m.outcome.is_some() {
        forget_life(m);
    } else {
        if m.offers.seats != SEATS {
            m.offers = Offers::default();
        }
        forget_what_is_not_read(m);
        stop_clocks(configuration, m);
    }
    exchange_seats(&mut state);
    state
}

/// Settled is final: what it came from is only to look at.
fn forget_life(m: &mut Milestone) {
    let due = if m.due > 0 { NOW } else { 0 };
    let mut settled = Milestone::new(m.amount, m.through, m.approvals_required, due, REVISION);
    settled.funded = m.funded;
    settled.approved_at = m.approved_at.map(|_| NOW);
    settled.outcome = m.outcome;
    *m = settled;
}

/// Approved work is neither reported on, rejected, voted on nor reclaimed any more. Only a due date
/// asks whether there was a reject.
fn forget_what_is_not_read(m: &mut Milestone) {
    if m.approved_at.is_some() {
        m.status = Status::Pending;
        m.completed_at = 0;
        m.approvals = (1 << m.approvals_required) - 1;
        if m.due > 0 {
            m.due = m.disputed_at.unwrap_or(NOW);
        }
    }
    if m.due == 0 || m.approved_at.is_some() {
        m.rejected = false;
    }
}

/// No clock shows more than that its window has passed.
fn stop_clocks(configuration: &Configuration, m: &mut Milestone) {
    // Where disputes have no end, one tick shows that `resume` gives their length back.
    let longest = configuration.dispute_window().max(1);
    let since = m.disputed_at.map_or(NOW, |at| at.max(NOW - longest));
    let kept = m.disputed_at.map_or(0, |at| since - at);
    let oldest = since - configuration.review_window();
    m.disputed_at = m.disputed_at.map(|_| since);
    m.approved_at = m.approved_at.map(|at| (at + kept).max(oldest));
    if m.status == Status::Completed {
        m.completed_at = (m.completed_at + kept).max(oldest);
    }
    if m.due > 0 {
        m.due = (m.due + kept).max(since - 1);
    }
}

/// The seats of a role are as good as each other.
fn exchange_seats(state: &mut State) {
    let m = &mut state.milestone;
    m.approvals = (1 << m.approvals.count_ones()) - 1;
    m.releases = (1 << m.releases.count_ones()) - 1;
    let exchanges = match &mut state.receiver {
        Receiver::Resolver(seat) => std::mem::take(seat) == 1,
        Receiver::Plain | Receiver::Payer => m.rulings[1] > m.rulings[0],
    };
    if exchanges {
        m.rulings.swap(0, 1);
    }
}
