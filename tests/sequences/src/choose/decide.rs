//! What a part of an action comes to at a time.

use super::chooser::another;
use crate::action::*;
use crate::call::*;
use crate::cast::{ASSET, COIN};
use crate::model::{Model, Signatures};
use crate::order::{MilestoneEdit, NewMilestone, Order};
use tests::DAY;

impl Signed {
    /// What these signatures are worth.
    pub fn signatures(self, order: &Order) -> Signatures {
        let right = Signatures::right(order);
        match self {
            Self::Rightly => right,
            Self::ByNobody | Self::ForOther => Signatures { by: vec![], ..right },
            Self::By(party) => Signatures { by: vec![party], ..right },
            Self::InPart => {
                Signatures { by: right.by.first().copied().into_iter().collect(), transfer: false }
            }
        }
    }
}

impl Wait {
    /// How long it takes from now.
    pub fn seconds(self, model: &Model) -> u64 {
        match self {
            Self::Seconds(seconds) => seconds.into(),
            Self::Days(days) => u64::from(days) * DAY,
            Self::Until { nth, offset } => {
                let moments = model.moments();
                let at = moments.get(usize::from(nth) % moments.len().max(1)).copied();
                let at = at.unwrap_or(model.now);
                let until = match offset {
                    Offset::Before => at - 1,
                    Offset::At => at,
                    Offset::After => at + 1,
                };
                until.saturating_sub(model.now)
            }
        }
    }
}

impl Deal {
    pub fn order(&self, now: u64) -> Order {
        let milestones: Vec<_> = self.milestones.iter().map(|new| new.at(now)).collect();
        let total = sum(milestones.iter().map(|new| new.amount));
        Order::Open {
            terms: self.terms.clone(),
            milestones,
            total: total.saturating_add(self.off.into()),
        }
    }
}

impl New {
    pub fn at(&self, now: u64) -> NewMilestone {
        NewMilestone {
            title: self.title,
            description: self.description,
            document: self.document,
            amount: self.amount,
            receiver: self.receiver,
            approvals_required: self.approvals_required,
            due: self.due.at(now),
        }
    }
}

impl Due {
    pub fn at(self, now: u64) -> u64 {
        match self {
            Self::Never => 0,
            Self::In(hours) => now + u64::from(hours) * 3_600,
            Self::Now => now,
            Self::Past => now - 1,
        }
    }
}

impl Edit {
    pub fn of(&self, milestone: u32, now: u64) -> MilestoneEdit {
        MilestoneEdit {
            milestone,
            title: self.title,
            description: self.description,
            document: self.document,
            receiver: self.receiver,
            approvals_required: self.approvals_required,
            due: self.due.map(|due| due.at(now)),
        }
    }
}

impl TermsSlip {
    pub fn change(self, terms: &mut Terms) {
        match self {
            Self::Revision => {}
            Self::EngagementId => terms.engagement_id.0 += 1,
            Self::Payer => terms.payer = another(terms.payer),
            Self::Admin => terms.admin = another(terms.admin),
            Self::Platform => terms.platform = another(terms.platform),
            Self::Token => terms.token = if terms.token == ASSET { COIN } else { ASSET },
            Self::Fee => terms.fee_bps += 1,
        }
    }
}

/// What cannot be counted is as much as can be.
pub fn sum(amounts: impl Iterator<Item = i128>) -> i128 {
    amounts.fold(0, i128::saturating_add)
}
