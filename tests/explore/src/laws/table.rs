//! I4: from which stage to which a verb can lead. The table is exact: a step that is not in it is a
//! violation, and so is a row that no step takes in any configuration.

use crate::machine::{Kind, State};
use Stage::*;
use escrow::rules::{Milestone, Outcome};

/// What a milestone's flags say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Unfunded,
    Open,
    Approved,
    Disputed,
    ApprovedDisputed,
    Released,
    Resolved,
    Refunded,
}

impl Stage {
    pub fn of(m: &Milestone) -> Self {
        match (m.outcome, m.approved_at.is_some(), m.disputed_at.is_some()) {
            _ if !m.funded => Unfunded,
            (Some(Outcome::Released), ..) => Released,
            (Some(Outcome::Resolved), ..) => Resolved,
            (Some(Outcome::Refunded), ..) => Refunded,
            (None, false, false) => Open,
            (None, true, false) => Approved,
            (None, false, true) => Disputed,
            (None, true, true) => ApprovedDisputed,
        }
    }
}

/// A verb, a stage, and the stages it can lead to from there.
type Row = (Kind, Stage, &'static [Stage]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Kind::Fund, Unfunded, &[Open]),
    (Kind::Edit, Unfunded, &[Unfunded]),
    (Kind::Report, Open, &[Open]),
    (Kind::Approve, Open, &[Open, Approved]),
    (Kind::Reject, Open, &[Open]),
    (Kind::Release, Open, &[Released]),
    (Kind::Release, Approved, &[Approved, Released]),
    (Kind::Confirm, Open, &[Open, Approved, Released]),
    (Kind::Dispute, Open, &[Disputed]),
    (Kind::Dispute, Approved, &[ApprovedDisputed]),
    (Kind::Resume, Disputed, &[Disputed, Open]),
    (Kind::Resume, ApprovedDisputed, &[ApprovedDisputed, Approved]),
    (Kind::Resolve, Disputed, &[Disputed, Resolved]),
    (Kind::Resolve, ApprovedDisputed, &[ApprovedDisputed, Resolved]),
    (Kind::ResolveByDefault, Disputed, &[Resolved]),
    (Kind::ResolveByDefault, ApprovedDisputed, &[Resolved]),
    (Kind::Settle, Open, &[Open, Resolved]),
    (Kind::Settle, Approved, &[Approved, Resolved]),
    (Kind::Settle, Disputed, &[Disputed, Resolved]),
    (Kind::Settle, ApprovedDisputed, &[ApprovedDisputed, Resolved]),
    (Kind::Refund, Open, &[Refunded]),
    (Kind::Refund, Approved, &[Refunded]),
    (Kind::Refund, Disputed, &[Refunded]),
    (Kind::Refund, ApprovedDisputed, &[Refunded]),
    (Kind::Reclaim, Open, &[Refunded]),
    (Kind::Redirect, Unfunded, &[Unfunded]),
    (Kind::Redirect, Open, &[Open]),
    (Kind::Redirect, Approved, &[Approved]),
    (Kind::Redirect, Disputed, &[Disputed]),
    (Kind::Redirect, ApprovedDisputed, &[ApprovedDisputed]),
];

/// Which steps of the table have been seen.
#[derive(Clone, Debug)]
pub struct Seen(Vec<u8>);

impl Seen {
    pub fn new() -> Self {
        Self(vec![0; TABLE.len()])
    }

    /// Notes a step; false if the table does not have it.
    pub fn note(&mut self, kind: Kind, before: &State, after: &State) -> bool {
        let (from, to) = (Stage::of(&before.milestone), Stage::of(&after.milestone));
        if matches!(kind, Kind::Tick | Kind::Rotate) {
            return from == to;
        }
        let row = TABLE.iter().position(|(verb, stage, _)| (*verb, *stage) == (kind, from));
        let place = row.and_then(|row| Some((row, TABLE[row].2.iter().position(|s| *s == to)?)));
        if let Some((row, column)) = place {
            self.0[row] |= 1 << column;
        }
        place.is_some()
    }

    pub fn add(&mut self, other: &Self) {
        for (all, more) in self.0.iter_mut().zip(&other.0) {
            *all |= more;
        }
    }
}

/// The steps of the table that nothing has taken.
pub fn unseen(seen: &Seen) -> Vec<String> {
    let mut unseen = Vec::new();
    for ((kind, from, stages), row) in TABLE.iter().zip(&seen.0) {
        for (column, to) in stages.iter().enumerate() {
            if row & 1 << column == 0 {
                unseen.push(format!("{kind:?} from {from:?} to {to:?}"));
            }
        }
    }
    unseen
}
