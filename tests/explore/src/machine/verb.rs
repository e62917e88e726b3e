//! All that anybody can try.

use super::{Caller, Configuration, OUT_OF_RANGE, Receiver, State, VALUES};
use escrow::rules::Parties;
use escrow::{Fallback, Status};

/// A call on one milestone, with right arguments, or the passing of time. Seats are numbered within
/// their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Tick,
    Fund,
    /// The admin edits; a due date is set anew.
    Edit,
    Report(Status),
    Approve(u32),
    Reject,
    /// By a release signer, or by anybody.
    Release(Option<u32>),
    /// By an approver, who may be a release signer too.
    Confirm(u32, Option<u32>),
    Dispute(Caller),
    Resume(Caller),
    Resolve(u32, i128),
    ResolveByDefault(Fallback),
    Settle(Caller, i128),
    Refund,
    Reclaim,
    Redirect(Receiver),
    /// A seat is handed over, after which the receiver is this: another seat where that is as
    /// before, else one that the receiver gets or gives.
    Rotate(Receiver),
}

/// A verb without who and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Tick,
    Fund,
    Edit,
    Report,
    Approve,
    Reject,
    Release,
    Confirm,
    Dispute,
    Resume,
    Resolve,
    ResolveByDefault,
    Settle,
    Refund,
    Reclaim,
    Redirect,
    Rotate,
}

impl Verb {
    pub fn kind(self) -> Kind {
        match self {
            Self::Tick => Kind::Tick,
            Self::Fund => Kind::Fund,
            Self::Edit => Kind::Edit,
            Self::Report(_) => Kind::Report,
            Self::Approve(_) => Kind::Approve,
            Self::Reject => Kind::Reject,
            Self::Release(_) => Kind::Release,
            Self::Confirm(..) => Kind::Confirm,
            Self::Dispute(_) => Kind::Dispute,
            Self::Resume(_) => Kind::Resume,
            Self::Resolve(..) => Kind::Resolve,
            Self::ResolveByDefault(_) => Kind::ResolveByDefault,
            Self::Settle(..) => Kind::Settle,
            Self::Refund => Kind::Refund,
            Self::Reclaim => Kind::Reclaim,
            Self::Redirect(_) => Kind::Redirect,
            Self::Rotate(_) => Kind::Rotate,
        }
    }

    /// Whose signature it takes, of the two sides; for the other seats nobody is asked.
    pub fn signed_by(self, state: &State) -> Parties {
        match self {
            Self::Dispute(caller) | Self::Resume(caller) | Self::Settle(caller, _) => {
                state.party(caller)
            }
            Self::Fund | Self::Reclaim => state.party(Caller::Payer),
            Self::Refund | Self::Redirect(_) => state.party(Caller::Receiver),
            // The receiver takes the seat or gives it away, and signs either.
            Self::Rotate(to) if to != state.receiver => Parties {
                payer: state.receiver == Receiver::Payer || to == Receiver::Payer,
                receiver: true,
            },
            _ => Parties::default(),
        }
    }
}

/// Everything that can be tried under a configuration, whether it can succeed or not.
pub fn verbs(configuration: &Configuration) -> Vec<Verb> {
    let callers = [Caller::Payer, Caller::Receiver, Caller::Member, Caller::Stranger];
    let signers = || (0..configuration.conditions.signers).map(Some).chain([None]);
    let resolvers = || 0..configuration.conditions.resolvers;
    let mut all =
        vec![Verb::Tick, Verb::Fund, Verb::Edit, Verb::Reject, Verb::Refund, Verb::Reclaim];
    all.extend([Status::Pending, Status::InProgress, Status::Completed].map(Verb::Report));
    for approver in 0..configuration.approvers {
        all.push(Verb::Approve(approver));
        all.extend(signers().map(|signer| Verb::Confirm(approver, signer)));
    }
    all.extend(signers().map(Verb::Release));
    for caller in callers {
        all.extend([Verb::Dispute(caller), Verb::Resume(caller)]);
    }
    for caller in [Caller::Payer, Caller::Receiver] {
        all.extend(VALUES.map(|to_receiver| Verb::Settle(caller, to_receiver)));
    }
    all.push(Verb::Settle(Caller::Member, VALUES[0]));
    all.extend(OUT_OF_RANGE.map(|to_receiver| Verb::Settle(Caller::Payer, to_receiver)));
    for resolver in resolvers() {
        all.extend(VALUES.map(|to_receiver| Verb::Resolve(resolver, to_receiver)));
        all.extend(OUT_OF_RANGE.map(|to_receiver| Verb::Resolve(resolver, to_receiver)));
    }
    all.extend([Fallback::Refund, Fallback::Release, Fallback::Even].map(Verb::ResolveByDefault));
    let receivers = || {
        [Receiver::Plain, Receiver::Payer].into_iter().chain(resolvers().map(Receiver::Resolver))
    };
    all.extend(receivers().map(Verb::Redirect));
    all.extend(receivers().map(Verb::Rotate));
    all
}
