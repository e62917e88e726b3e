//! The two presets: an arbitrated escrow, and one in which the buyer confirms.

use crate::Outcome;
use crate::people::People;
use crate::stage::{Deal, Stage};
use crate::words::{DAY, ONE};
use serde_json::{Value, json};

/// What work is worth, and who gets it: the first service provider unless somebody is named.
pub struct Part<'a> {
    pub title: &'a str,
    pub amount: i128,
    pub receiver: Option<&'a str>,
}

impl<'a> Part<'a> {
    /// A part for the service provider, in whole units of the token.
    pub fn new(title: &'a str, amount: i128) -> Self {
        Self { title, amount: amount * ONE, receiver: None }
    }
}

/// Two of three approve, a signer releases, two of three resolvers rule. Silence takes effect
/// after 7 days of review, 14 of dispute, and with the due date in 30 days.
pub fn arbitrated(stage: &Stage, engagement: &str, title: &str, parts: &[Part]) -> Outcome<Deal> {
    let people = &stage.people;
    let due = stage.now() + 30 * DAY;
    let terms = json!({
        "engagement_id": engagement,
        "title": title,
        "description": "",
        "document": null,
        "roles": {
            "payer": people.address("payer")?,
            "admin": people.address("admin")?,
            "platform": people.address("platform")?,
            "approvers": people.addresses(&["approver", "approver2", "approver3"])?,
            "service_providers": people.addresses(&["provider"])?,
            "release_signers": people.addresses(&["signer"])?,
            "dispute_resolvers": people.addresses(&["resolver", "resolver2", "resolver3"])?,
            "observers": people.addresses(&["observer"])?,
        },
        "token": stage.token,
        "platform_fee_bps": 250,
        "policy": {
            "release_quorum": 1,
            "resolve_quorum": 2,
            "review_window": 7 * DAY,
            "dispute_window": 14 * DAY,
            "fallback": "Even",
        },
    });
    let milestones = parts.iter().map(|part| milestone(people, part, 2, due));
    Ok(Deal { deployer: "admin", terms, milestones: milestones.collect::<Outcome<_>>()? })
}

/// The buyer alone confirms; nothing can be disputed.
pub fn buyer_confirms(
    stage: &Stage,
    engagement: &str,
    title: &str,
    parts: &[Part],
) -> Outcome<Deal> {
    let people = &stage.people;
    let due = stage.now() + 30 * DAY;
    let buyer = people.address("payer")?;
    let terms = json!({
        "engagement_id": engagement,
        "title": title,
        "description": "",
        "document": null,
        "roles": {
            "payer": buyer,
            "admin": buyer,
            "platform": people.address("platform")?,
            "approvers": [buyer],
            "service_providers": people.addresses(&["provider"])?,
            "release_signers": [buyer],
            "dispute_resolvers": [],
            "observers": [],
        },
        "token": stage.token,
        "platform_fee_bps": 100,
        "policy": {
            "release_quorum": 1,
            "resolve_quorum": 0,
            "review_window": 7 * DAY,
            "dispute_window": 0,
            "fallback": "Refund",
        },
    });
    let milestones = parts.iter().map(|part| milestone(people, part, 1, due));
    Ok(Deal { deployer: "payer", terms, milestones: milestones.collect::<Outcome<_>>()? })
}

pub fn milestone(people: &People, part: &Part, approvals: u32, due: u64) -> Outcome<Value> {
    Ok(json!({
        "title": part.title,
        "description": "",
        "document": null,
        "amount": part.amount.to_string(),
        "receiver": part.receiver.map(|name| people.address(name)).transpose()?,
        "approvals_required": approvals,
        "due": due,
    }))
}
