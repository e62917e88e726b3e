//! What actions are made of: each part can be written as Rust, and tried in simpler forms.

use super::action::*;
use super::call::*;

pub trait Part: Sized {
    /// As one writes it in a test.
    fn rust(&self) -> String;

    /// The same with one thing simpler, in every way.
    fn simpler(&self) -> Vec<Self>;
}

/// A struct, by its fields.
macro_rules! structs {
    ($($type:ident { $($field:ident),* })*) => {$(
        impl Part for $type {
            fn rust(&self) -> String {
                let fields = [$(format!("{}: {}", stringify!($field), self.$field.rust())),*];
                format!("{} {{ {} }}", stringify!($type), fields.join(", "))
            }

            fn simpler(&self) -> Vec<Self> {
                let mut all = vec![];
                $(all.extend(self.$field.simpler().into_iter().map(|part| {
                    let mut other = self.clone();
                    other.$field = part;
                    other
                }));)*
                all
            }
        }
    )*};
}

/// An enum, by its variants, of which each has nothing, one value without a name, or fields.
macro_rules! enums {
    ($($type:ident { $($variant:ident $(($value:ident))? $({ $($field:ident),* })?),* })*) => {$(
        impl Part for $type {
            fn rust(&self) -> String {
                match self {
                    $(Self::$variant $(($value))? $({ $($field),* })? => {
                        String::from(concat!(stringify!($type), "::", stringify!($variant)))
                            $(+ &format!("({})", $value.rust()))?
                            $(+ &format!(
                                " {{ {} }}",
                                [$(format!("{}: {}", stringify!($field), $field.rust())),*].join(", ")
                            ))?
                    })*
                }
            }

            fn simpler(&self) -> Vec<Self> {
                let mut all = vec![];
                match self {
                    $(Self::$variant $(($value))? $({ $($field),* })? => {
                        $(all.extend($value.simpler().into_iter().map(Self::$variant));)?
                        $($(all.extend($field.simpler().into_iter().map(|part| {
                            let mut other = self.clone();
                            if let Self::$variant { $field, .. } = &mut other {
                                *$field = part;
                            }
                            other
                        }));)*)?
                    })*
                }
                all
            }
        }
    )*};
}

/// An enum of names, of which none is simpler than another.
macro_rules! names {
    ($($type:ident { $($variant:ident),* })*) => {$(
        impl Part for $type {
            fn rust(&self) -> String {
                match self {
                    $(Self::$variant => concat!(stringify!($type), "::", stringify!($variant)),)*
                }
                .into()
            }

            fn simpler(&self) -> Vec<Self> {
                vec![]
            }
        }
    )*};
}

/// A number, which is simpler the nearer it is to zero.
macro_rules! numbers {
    ($($type:ident)*) => {$(
        impl Part for $type {
            fn rust(&self) -> String {
                self.to_string()
            }

            fn simpler(&self) -> Vec<Self> {
                let nearer = |other: &Self| other.abs_diff(0) < self.abs_diff(0);
                [0, 1, self / 2].into_iter().filter(nearer).collect()
            }
        }
    )*};
}

numbers! { i8 u8 u16 u32 u64 i128 }

impl Part for bool {
    fn rust(&self) -> String {
        self.to_string()
    }

    fn simpler(&self) -> Vec<Self> {
        if *self { vec![false] } else { vec![] }
    }
}

impl<T: Part + Clone> Part for Option<T> {
    fn rust(&self) -> String {
        self.as_ref().map_or("None".into(), |value| format!("Some({})", value.rust()))
    }

    fn simpler(&self) -> Vec<Self> {
        let Some(value) = self else { return vec![] };
        std::iter::once(None).chain(value.simpler().into_iter().map(Some)).collect()
    }
}

impl<T: Part + Clone> Part for Vec<T> {
    fn rust(&self) -> String {
        let items: Vec<_> = self.iter().map(Part::rust).collect();
        format!("vec![{}]", items.join(", "))
    }

    fn simpler(&self) -> Vec<Self> {
        let without = |place: usize| {
            let mut other = self.clone();
            other.remove(place);
            other
        };
        let mut all: Vec<_> = (0..self.len()).map(without).collect();
        for (place, item) in self.iter().enumerate() {
            all.extend(item.simpler().into_iter().map(|part| {
                let mut other = self.clone();
                other[place] = part;
                other
            }));
        }
        all
    }
}

impl Part for Text {
    fn rust(&self) -> String {
        format!("Text({})", self.0)
    }

    fn simpler(&self) -> Vec<Self> {
        self.0.simpler().into_iter().map(Self).collect()
    }
}

enums! {
    Action {
        Open { escrow, deal, signed },
        Call { escrow, call, signed },
        Again(back),
        Wait(wait),
        Sleep,
        Mint { token, to, amount },
        Freeze { holder, frozen },
        ClawBack { escrow, part },
        Trust(room),
        Turn(mischiefs)
    }
    Choice { Fit(nth), Any(nth) }
    Signed { Rightly, ByNobody, By(party), ForOther, InPart }
    Wait { Seconds(seconds), Days(days), Until { nth, offset } }
    Due { Never, In(hours), Now, Past }
    Call {
        Fund { by, through, slip },
        CountDeposit { by, through, slip },
        ChangeStatus { by, updates },
        Approve { by, payouts },
        Reject { by, milestones, reason },
        Release { by, payouts },
        Confirm { by, payouts },
        Dispute { by, milestones, reason },
        Resume { by, milestones },
        Resolve { by, rulings },
        ResolveByDefault { milestones },
        Settle { by, rulings },
        Refund { by, milestones, slip },
        Reclaim { by, milestones, slip },
        Claim { by, milestones, to },
        Withdraw { by, token },
        Update { by, title, description, staff, slip },
        ManageMilestones { by, remove, edit, add, slip },
        Redirect { by, milestone, to },
        Rotate { role, from, to },
        ExtendTtl { by, ledgers, start, limit },
        GetEscrow,
        GetMilestone(index),
        GetMilestones { start, limit },
        GetClaimable { owner, milestones },
        GetBalances
    }
    Mischief {
        Skims(part),
        Overcharges(part),
        Exaggerates(by),
        Insists(balance),
        Idles,
        Refuses,
        RefusesTo(party),
        PanicsInTransfer,
        PanicsInBalance,
        BabblesInBalance,
        BabblesInTransfer,
        CallsInTransfer(gets_over_it),
        CallsInBalance(gets_over_it)
    }
}

structs! {
    Deal { terms, milestones, off }
    Terms {
        engagement_id, title, description, document, payer, admin, platform, token, fee_bps, staff
    }
    Staff {
        approvers, service_providers, release_signers, dispute_resolvers, observers,
        release_quorum, resolve_quorum, review_window, dispute_window, fallback
    }
    New { title, description, document, amount, receiver, approvals_required, due }
    Edit { milestone, title, description, document, receiver, approvals_required, due }
    Report { milestone, status, note, evidence }
    Pay { milestone, slip }
    Split { milestone, share }
}

names! {
    Offset { Before, At, After }
    Fallback { Refund, Release, Even }
    Role { Payer, Admin, Platform, Approver, ServiceProvider, ReleaseSigner, DisputeResolver, Observer }
    Status { Pending, InProgress, Completed }
    Share { Nothing, Third, All, AsSaid, TooMuch, LessThanNothing }
    Slip { Revision, Amount, Receiver }
    TermsSlip { Revision, EngagementId, Payer, Admin, Platform, Token, Fee }
}
