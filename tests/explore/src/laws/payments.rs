//! Exactly when a verb pays, and how much.

use super::guards::{carried, open_to_anybody};
use crate::machine::{AMOUNT, Configuration, Receiver, SEATS, State, Verb};
use escrow::rules::{Offers, Outcome};
use escrow::{Fallback, Status};

/// How a verb that is possible settles a milestone, and what of the amount its receiver gets; none
/// where it only changes it.
pub fn payment(
    configuration: &Configuration,
    state: &State,
    verb: Verb,
) -> Option<(Outcome, i128)> {
    let m = &state.milestone;
    let vote = |votes: u16, seat: Option<u32>| votes | seat.map_or(0, |seat| 1 << seat);
    let anybody = open_to_anybody(configuration, state);
    let resolved = |to_receiver| Some((Outcome::Resolved, to_receiver));
    let released = |pays: bool| pays.then_some((Outcome::Released, AMOUNT));
    match verb {
        Verb::Release(seat) => released(anybody || carried(configuration, vote(m.releases, seat))),
        Verb::Confirm(approver, seat) => {
            let approvals = vote(m.approvals, Some(approver)).count_ones();
            let votes = vote(m.releases, seat);
            let agreed =
                approvals >= configuration.approvals_required && carried(configuration, votes);
            released(anybody || agreed)
        }
        Verb::Resolve(seat, value) => {
            let stands = |other: u32| other == seat || m.rulings[other as usize] == Some(value);
            let same = (0..configuration.conditions.resolvers)
                .filter(|seat| stands(*seat) && state.receiver != Receiver::Resolver(*seat));
            let quorum = configuration.conditions.policy.resolve_quorum;
            if same.count() as u32 >= quorum { resolved(value) } else { None }
        }
        Verb::ResolveByDefault(Fallback::Refund) => resolved(0),
        Verb::ResolveByDefault(Fallback::Release) => {
            let done = m.status == Status::Completed || m.approved_at.is_some();
            resolved(if done { AMOUNT } else { 0 })
        }
        Verb::ResolveByDefault(Fallback::Even) => resolved(AMOUNT - AMOUNT / 2),
        Verb::Settle(caller, value) => {
            let side = state.party(caller);
            let standing = if m.offers.seats == SEATS { m.offers } else { Offers::default() };
            let payer = side.payer || standing.payer == Some(value);
            let receiver = side.receiver || standing.receiver == Some(value);
            if payer && receiver { resolved(value) } else { None }
        }
        Verb::Refund | Verb::Reclaim => Some((Outcome::Refunded, 0)),
        _ => None,
    }
}
