//! The rules of terms, checked before anything is sent; all problems of a file are told at once.

mod milestones;
#[cfg(test)]
mod tests;

pub use milestones::{edits, new_milestones};

use crate::escrow::{Policy, Roles, Terms};
use crate::reader::{Object, Reader};
use crate::strkey;
use crate::terms::Draft;
use milestones::{check_sum, milestone};
use serde_json::Value;
use std::collections::BTreeSet;

const ENGAGEMENT_ID_BYTES: usize = 64;
const TITLE_BYTES: usize = 100;
const DESCRIPTION_BYTES: usize = 500;
const MAX_SEATS: usize = 10;
const MAX_FEE_BPS: u64 = 3_000;
const TEN_YEARS_SECONDS: u64 = 10 * 365 * 86_400;
const FALLBACKS: [&str; 3] = ["Refund", "Release", "Even"];
const FIELDS: [&str; 10] = [
    "engagement_id",
    "title",
    "description",
    "document",
    "roles",
    "token",
    "platform_fee_bps",
    "policy",
    "milestones",
    "total",
];
const ROLES: [&str; 8] = [
    "payer",
    "admin",
    "platform",
    "approvers",
    "service_providers",
    "release_signers",
    "dispute_resolvers",
    "observers",
];
const POLICY: [&str; 5] =
    ["release_quorum", "resolve_quorum", "review_window", "dispute_window", "fallback"];
/// What the file is checked with, beside itself.
pub struct Setting<'a> {
    pub token: &'a str,
    /// None, where the token could not be asked.
    pub decimals: Option<u32>,
}

/// Reads terms and milestones; problems are left with the reader.
pub fn terms_file(reader: &mut Reader, file: &Value, setting: &Setting) -> Option<Draft> {
    let object = reader.object(String::new(), file, &FIELDS)?;
    let terms = terms(reader, &object, setting.token);
    let list = reader.list(&object, "milestones");
    if list.is_empty() {
        reader.problem("milestones", "an escrow has at least one milestone");
    }
    let approvers = terms.roles.approvers.len();
    let provider = terms.roles.service_providers.first();
    let milestones: Vec<_> = (0..)
        .zip(list)
        .filter_map(|(i, value)| {
            let path = format!("milestones[{i}]");
            milestone(reader, path, value, approvers, provider, setting)
        })
        .collect();
    check_sum(reader, &object, &milestones, terms.platform_fee_bps, setting);
    Some(Draft { terms, milestones })
}

/// Reads the terms of a file alone: its milestones are another matter.
pub fn terms_only(reader: &mut Reader, file: &Value, token: &str) -> Option<Terms> {
    let object = reader.object(String::new(), file, &FIELDS)?;
    Some(terms(reader, &object, token))
}

/// The escrow's own address can neither hold a role nor receive.
pub fn own_address(reader: &mut Reader, draft: &Draft, escrow: &str) {
    let roles = &draft.terms.roles;
    let single = [("payer", &roles.payer), ("admin", &roles.admin), ("platform", &roles.platform)];
    let lists = roles
        .lists()
        .into_iter()
        .flat_map(|(name, list)| list.iter().map(move |seat| (name, seat)));
    for (name, seat) in single.into_iter().chain(lists).filter(|(_, seat)| *seat == escrow) {
        reader.problem(format!("roles.{name}"), format!("{seat} is the escrow's own address"));
    }
    for (i, milestone) in draft.milestones.iter().enumerate() {
        if milestone.receiver.as_deref() == Some(escrow) {
            reader.problem(format!("milestones[{i}].receiver"), "this is the escrow's own address");
        }
    }
}

fn terms(reader: &mut Reader, object: &Object, token: &str) -> Terms {
    let engagement_id = reader.text(object, "engagement_id", ENGAGEMENT_ID_BYTES);
    if engagement_id.as_deref().unwrap_or_default().is_empty() {
        reader.problem("engagement_id", "missing: it tells this engagement from your others");
    }
    let roles = match reader.inner(object, "roles", &ROLES) {
        Some(object) => roles(reader, &object, token),
        None => Roles::default(),
    };
    let policy = match reader.inner(object, "policy", &POLICY) {
        Some(object) => policy(reader, &object, &roles),
        None => Policy {
            release_quorum: 0,
            resolve_quorum: 0,
            review_window: 0,
            dispute_window: 0,
            fallback: String::new(),
        },
    };
    let bps = reader.needed_number(object, "platform_fee_bps", [0, MAX_FEE_BPS]);
    Terms {
        engagement_id: engagement_id.unwrap_or_default(),
        title: reader.text(object, "title", TITLE_BYTES).unwrap_or_default(),
        description: reader.text(object, "description", DESCRIPTION_BYTES).unwrap_or_default(),
        document: reader.hash(object, "document"),
        roles,
        token: token.into(),
        platform_fee_bps: small(bps),
        policy,
    }
}

fn roles(reader: &mut Reader, object: &Object, token: &str) -> Roles {
    let mut one = |field: &str| match object.get(field) {
        Some(value) => seat(reader, &object.path(field), value, token),
        None => {
            reader.problem(object.path(field), "missing");
            String::new()
        }
    };
    let (payer, admin, platform) = (one("payer"), one("admin"), one("platform"));
    let mut many = |field: &str, least: usize| members(reader, object, field, least, token);
    let roles = Roles {
        payer,
        admin,
        platform,
        approvers: many("approvers", 1),
        service_providers: many("service_providers", 1),
        release_signers: many("release_signers", 0),
        dispute_resolvers: many("dispute_resolvers", 0),
        observers: many("observers", 0),
    };
    check_overlaps(reader, &roles);
    roles
}

fn members(
    reader: &mut Reader,
    object: &Object,
    field: &str,
    least: usize,
    token: &str,
) -> Vec<String> {
    let list = reader.list(object, field);
    if !(least..=MAX_SEATS).contains(&list.len()) {
        let what = format!("{} members, and {least} to {MAX_SEATS} are allowed", list.len());
        reader.problem(object.path(field), what);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (i, value) in list.iter().enumerate() {
        let path = format!("{}[{i}]", object.path(field));
        let address = seat(reader, &path, value, token);
        if !address.is_empty() && !seen.insert(address.clone()) {
            reader.problem(path, format!("{address} stands twice in this list"));
        }
        found.push(address);
    }
    found
}

fn seat(reader: &mut Reader, path: &str, value: &Value, token: &str) -> String {
    let address = reader.address(path, value);
    if !address.is_empty() && address == token {
        reader.problem(path, "the token's address can neither hold a role nor receive");
    }
    address
}

/// A resolver holds no other role but observer.
fn check_overlaps(reader: &mut Reader, roles: &Roles) {
    let single = [("payer", &roles.payer), ("admin", &roles.admin), ("platform", &roles.platform)];
    for (i, resolver) in
        roles.dispute_resolvers.iter().enumerate().filter(|(_, one)| !one.is_empty())
    {
        let mut others: Vec<_> = single
            .iter()
            .filter(|(_, holder)| *holder == resolver)
            .map(|(name, _)| *name)
            .collect();
        let lists = roles.lists();
        let lists =
            lists.iter().filter(|(name, _)| !matches!(*name, "dispute_resolvers" | "observers"));
        others.extend(lists.filter(|(_, list)| list.contains(resolver)).map(|(name, _)| *name));
        for other in others {
            let what =
                format!("{resolver} is in {other} too: a resolver may only be an observer beside");
            reader.problem(format!("roles.dispute_resolvers[{i}]"), what);
        }
    }
}

fn policy(reader: &mut Reader, object: &Object, roles: &Roles) -> Policy {
    let release_quorum = quorum(reader, object, "release_quorum", roles.release_signers.len());
    let resolve_quorum = quorum(reader, object, "resolve_quorum", roles.dispute_resolvers.len());
    let review_window = reader.needed_number(object, "review_window", [0, TEN_YEARS_SECONDS]);
    let dispute_window = reader.needed_number(object, "dispute_window", [0, TEN_YEARS_SECONDS]);
    let fallback = reader.text(object, "fallback", DESCRIPTION_BYTES).unwrap_or_default();
    if !FALLBACKS.contains(&fallback.as_str()) {
        let what = format!("this has to be one of {}", FALLBACKS.join(", "));
        reader.problem(object.path("fallback"), what);
    }
    Policy { release_quorum, resolve_quorum, review_window, dispute_window, fallback }
}

fn quorum(reader: &mut Reader, object: &Object, field: &str, seats: usize) -> u32 {
    let seats = seats as u64;
    small(reader.needed_number(object, field, [seats.min(1), seats]))
}

/// The token's address, as far as it can be told from the file alone.
pub fn token(file: &Value) -> Result<Token, String> {
    match file.get("token").and_then(Value::as_str) {
        None => {
            Err("token: missing: the address of a token contract (C…), native, or CODE:ISSUER"
                .into())
        }
        Some(text) if strkey::is_contract(text) => Ok(Token::Contract(text.into())),
        Some(text) if text == "native" || text.contains(':') => Ok(Token::Asset(text.into())),
        Some(text) => Err(match strkey::classify(text) {
            strkey::Written::Wrong(why) => format!("token: {why}"),
            strkey::Written::Address => {
                "token: this is an account, and has to be a token contract (C…)".into()
            }
            strkey::Written::Name => {
                "token: this has to be a token contract (C…), native, or CODE:ISSUER".into()
            }
        }),
    }
}

/// How a file names its token.
pub enum Token {
    Contract(String),
    Asset(String),
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
