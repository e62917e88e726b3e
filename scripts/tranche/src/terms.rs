//! Terms as they are written in a file.

use crate::escrow::{Roles, Terms, Units};
use serde::Serialize;
use std::collections::BTreeSet;

/// What one call can carry; docs/operations/README.md has the reckoning.
const MAX_ITEMS: usize = 50;
const MAX_TEXT_BYTES: usize = 8_192;
const MAX_EVENT_BYTES: usize = 15_900;
const TERMS_EVENT_BYTES: usize = 1_200;
const MEMBER_BYTES: usize = 44;
const MILESTONE_EVENT_BYTES: usize = 300;
const SEAT_EVENT_BYTES: usize = 116;

/// A file of terms that has passed every check.
#[derive(Debug)]
pub struct Draft {
    pub terms: Terms,
    pub milestones: Vec<NewMilestone>,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct NewMilestone {
    pub title: String,
    pub description: String,
    pub document: Option<String>,
    pub amount: Units,
    pub receiver: Option<String>,
    pub approvals_required: u32,
    pub due: u64,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct MilestoneEdit {
    pub milestone: u32,
    pub title: Option<String>,
    pub description: Option<String>,
    pub document: Option<String>,
    pub receiver: Option<String>,
    pub approvals_required: Option<u32>,
    pub due: Option<u64>,
}

impl NewMilestone {
    fn texts(&self) -> usize {
        self.title.len() + self.description.len()
    }
}

/// The sum of amounts; None, where it cannot be counted.
pub fn total(milestones: &[NewMilestone]) -> Option<i128> {
    milestones.iter().try_fold(0_i128, |sum, milestone| sum.checked_add(milestone.amount.0))
}

impl Draft {
    /// How many milestones the constructor takes.
    pub fn first_batch(&self) -> usize {
        let terms = &self.terms;
        let text = terms.engagement_id.len() * 2 + terms.title.len() + terms.description.len();
        let holders = holders(&terms.roles);
        let members: usize = terms.roles.lists().iter().map(|(_, list)| list.len()).sum();
        let events = TERMS_EVENT_BYTES + members * MEMBER_BYTES + holders.len() * SEAT_EVENT_BYTES;
        fits(&self.milestones, text, events, holders)
    }
}

/// How many milestones the next call of `manage_milestones` takes, after these edits and so many
/// removals.
pub fn next_batch(milestones: &[NewMilestone], edits: &[MilestoneEdit], remove: u32) -> usize {
    let texts = edits.iter().flat_map(|edit| [&edit.title, &edit.description]).flatten();
    let text = texts.map(String::len).sum();
    // A new receiver gains a seat, and the former loses one.
    let seats = edits.iter().filter(|edit| edit.receiver.is_some()).count() * 2 + remove as usize;
    let events = edits.len() * MILESTONE_EVENT_BYTES + seats * SEAT_EVENT_BYTES;
    fits(milestones, text, events, BTreeSet::new())
}

fn fits<'a>(
    milestones: &'a [NewMilestone],
    mut text: usize,
    mut events: usize,
    mut seated: BTreeSet<&'a str>,
) -> usize {
    let room = |milestone: &&'a NewMilestone| {
        text += milestone.texts();
        events += MILESTONE_EVENT_BYTES;
        let receiver = milestone.receiver.as_deref().unwrap_or_default();
        if seated.insert(receiver) {
            events += SEAT_EVENT_BYTES;
        }
        text <= MAX_TEXT_BYTES && text + events <= MAX_EVENT_BYTES
    };
    milestones.iter().take(MAX_ITEMS).take_while(room).count()
}

fn holders(roles: &Roles) -> BTreeSet<&str> {
    let single = [&roles.payer, &roles.admin, &roles.platform];
    let lists = roles.lists().into_iter().flat_map(|(_, list)| list);
    single.into_iter().chain(lists).map(String::as_str).collect()
}

/// The ways in which money could wait for ever under these terms, as `get_escrow` names them.
pub fn stuck(terms: &Terms, without_due: bool) -> Vec<&'static str> {
    let disputable = !terms.roles.dispute_resolvers.is_empty();
    if disputable && terms.policy.dispute_window > 0 {
        return Vec::new();
    }
    let ways = [
        ("Undisputable", !disputable),
        ("SilentResolvers", disputable),
        ("SilentReviewers", terms.policy.review_window == 0),
        ("SilentProvider", without_due),
    ];
    ways.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
}

/// What a way to get stuck means, and what closes it.
pub fn meaning(stuck: &str) -> &'static str {
    match stuck {
        "Undisputable" => {
            "there are no dispute resolvers: a receiver whose work is rejected can only settle or \
             give back"
        }
        "SilentResolvers" => {
            "disputes have no time limit: silent resolvers hold a milestone for ever (set \
             dispute_window)"
        }
        "SilentReviewers" => {
            "review has no time limit: silent approvers or signers hold finished work (set \
             review_window)"
        }
        "SilentProvider" => {
            "a milestone has no due date: a silent provider holds the payer's money (set due)"
        }
        _ => "see docs/operations/reading.md",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escrow::Policy;

    fn draft(count: usize, description: usize, receivers: usize) -> Draft {
        let name = |i: usize| format!("G{i}");
        let roles = Roles {
            payer: name(0),
            admin: name(1),
            platform: name(2),
            approvers: vec![name(0)],
            service_providers: vec![name(3)],
            ..Roles::default()
        };
        let milestone = |i: usize| NewMilestone {
            title: String::new(),
            description: "x".repeat(description),
            document: None,
            amount: Units(1),
            receiver: Some(name(3 + i % receivers)),
            approvals_required: 1,
            due: 0,
        };
        let policy = Policy {
            release_quorum: 0,
            resolve_quorum: 0,
            review_window: 0,
            dispute_window: 0,
            fallback: "Refund".into(),
        };
        let terms = Terms {
            engagement_id: "1234567890".into(),
            title: String::new(),
            description: String::new(),
            document: None,
            roles,
            token: name(99),
            platform_fee_bps: 0,
            policy,
        };
        Draft { terms, milestones: (0..count).map(milestone).collect() }
    }

    #[test]
    fn a_call_carries_what_the_contract_allows() {
        // 15,900 - 1,200 - 2 members of 44 - 4 seats of 116 - 2 * 10 of text = 14,128.
        assert_eq!(draft(60, 0, 1).first_batch(), 14_128 / 300);
        assert_eq!(draft(60, 100, 1).first_batch(), 14_128 / 400);
        assert_eq!(draft(60, 0, 60).first_batch(), (14_128 + 116) / 416);
        assert_eq!(draft(60, 500, 1).first_batch(), 8_172 / 500);
        assert_eq!(draft(3, 0, 1).first_batch(), 3);
        assert_eq!(next_batch(&draft(60, 0, 1).milestones, &[], 0), 50);
        assert_eq!(next_batch(&draft(60, 100, 1).milestones, &[], 0), (15_900 - 116) / 400);
        assert_eq!(next_batch(&draft(60, 0, 1).milestones, &[], 50), (15_900 - 51 * 116) / 300);
        assert_eq!(next_batch(&[], &[], 0), 0);
    }

    #[test]
    fn ways_to_get_stuck_are_those_of_the_contract() {
        let mut terms = draft(1, 0, 1).terms;
        assert_eq!(stuck(&terms, true), ["Undisputable", "SilentReviewers", "SilentProvider"]);
        terms.policy.review_window = 1;
        assert_eq!(stuck(&terms, false), ["Undisputable"]);
        terms.roles.dispute_resolvers.push("G4".into());
        assert_eq!(stuck(&terms, true), ["SilentResolvers", "SilentProvider"]);
        terms.policy.dispute_window = 1;
        assert_eq!(stuck(&terms, true), [""; 0]);
    }

    #[test]
    fn a_sum_that_cannot_be_counted_is_none() {
        let mut draft = draft(2, 0, 1);
        assert_eq!(total(&draft.milestones), Some(2));
        draft.milestones[0].amount = Units(i128::MAX);
        assert_eq!(total(&draft.milestones), None);
    }
}
