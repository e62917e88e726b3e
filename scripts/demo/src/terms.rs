//! The two presets, an arbitrated escrow and one in which the buyer confirms: the terms of
//! `scripts/examples`, with other work.

use crate::Outcome;
use crate::people::People;
use crate::stage::{Deal, Stage};
use crate::words::{DAY, ONE};
use serde_json::{Value, json};

const ARBITRATED: &str = include_str!("../../examples/arbitrated.json");
const BUYER_CONFIRMS: &str = include_str!("../../examples/buyer-confirms.json");

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

/// Two of three approve, a signer releases, two of three resolvers rule.
pub fn arbitrated(stage: &Stage, engagement: &str, title: &str, parts: &[Part]) -> Outcome<Deal> {
    deal(stage, ARBITRATED, [engagement, title], parts)
}

/// The buyer alone confirms; nothing can be disputed.
pub fn buyer_confirms(
    stage: &Stage,
    engagement: &str,
    title: &str,
    parts: &[Part],
) -> Outcome<Deal> {
    deal(stage, BUYER_CONFIRMS, [engagement, title], parts)
}

fn deal(
    stage: &Stage,
    example: &str,
    [engagement, title]: [&str; 2],
    parts: &[Part],
) -> Outcome<Deal> {
    let people = &stage.people;
    let example: Value = serde_json::from_str(example)?;
    let roles = &example["roles"];
    let terms = json!({
        "engagement_id": engagement,
        "title": title,
        "description": "",
        "document": null,
        "roles": {
            "payer": seat(people, &roles["payer"])?,
            "admin": seat(people, &roles["admin"])?,
            "platform": seat(people, &roles["platform"])?,
            "approvers": seats(people, &roles["approvers"])?,
            "service_providers": seats(people, &roles["service_providers"])?,
            "release_signers": seats(people, &roles["release_signers"])?,
            "dispute_resolvers": seats(people, &roles["dispute_resolvers"])?,
            "observers": seats(people, &roles["observers"])?,
        },
        "token": stage.token,
        "platform_fee_bps": example["platform_fee_bps"],
        "policy": example["policy"],
    });
    let approvals = example["milestones"][0]["approvals_required"].as_u64().unwrap_or(1);
    let due = stage.now() + 30 * DAY;
    let milestones = parts.iter().map(|part| milestone(people, part, approvals, due));
    let deployer = holder(&roles["admin"]).into();
    Ok(Deal { deployer, terms, milestones: milestones.collect::<Outcome<_>>()? })
}

pub fn milestone(people: &People, part: &Part, approvals: u64, due: u64) -> Outcome<Value> {
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

fn seats(people: &People, names: &Value) -> Outcome<Vec<String>> {
    names.as_array().into_iter().flatten().map(|name| seat(people, name)).collect()
}

fn seat(people: &People, name: &Value) -> Outcome<String> {
    people.address(holder(name))
}

/// Who plays a part here that an example has by another name.
fn holder(name: &Value) -> &str {
    match name.as_str().unwrap_or_default() {
        "buyer" => "payer",
        "seller" => "provider",
        name => name,
    }
}
