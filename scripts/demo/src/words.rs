//! What people read: amounts, times, and the arguments of a call in words.

use crate::people::People;
use localnet::genesis::TOKEN_CODE;
use serde_json::Value;

/// How many of the token's smallest unit make one; XLM has as many.
pub const ONE: i128 = 10_000_000;
pub const DAY: u64 = 86_400;

/// An amount with its decimals, two of them at least.
pub fn decimal(units: i128) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let units = units.unsigned_abs();
    let one = ONE.unsigned_abs();
    let fraction = format!("{:07}", units % one);
    let kept = fraction.trim_end_matches('0').len().max(2);
    format!("{sign}{}.{}", grouped(units / one), &fraction[..kept])
}

pub fn money(units: i128) -> String {
    format!("{} {TOKEN_CODE}", decimal(units))
}

/// A number with a comma after each three digits.
pub fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An integer of JSON, where the larger ones are texts.
pub fn integer(value: &Value) -> i128 {
    let text = value.as_str().and_then(|text| text.parse().ok());
    text.or_else(|| value.as_i64().map(i128::from)).unwrap_or_default()
}

fn days(value: &Value) -> String {
    match integer(value) / i128::from(DAY) {
        0 => "off".into(),
        days => format!("{days} days"),
    }
}

/// An argument as a wallet tells it, in lines.
pub fn argument(people: &People, name: &str, value: &Value) -> Vec<String> {
    let items = || value.as_array().into_iter().flatten();
    match name {
        "amount" | "total" => vec![money(integer(value))],
        "through" | "milestone" => vec![format!("milestone {value}")],
        "payouts" => items().flat_map(|payout| self::payout(people, payout)).collect(),
        "rulings" => items().map(ruling).collect(),
        "updates" => items().map(update).collect(),
        "terms" => terms(people, value),
        "add" => items().flat_map(|added| milestone(people, added)).collect(),
        "edit" => vec![list(items().map(|edit| edit["milestone"].to_string()))],
        "milestones" if items().any(Value::is_object) => {
            items().flat_map(|added| milestone(people, added)).collect()
        }
        "milestones" => vec![list(items().map(Value::to_string))],
        _ => vec![people.told(value)],
    }
}

fn payout(people: &People, payout: &Value) -> Vec<String> {
    let amount = money(integer(&payout["amount"]));
    let (number, revision) = (&payout["milestone"], &payout["revision"]);
    vec![
        format!("milestone {number}, as of its revision {revision}: {amount} to"),
        people.told(&payout["receiver"]),
    ]
}

fn ruling(ruling: &Value) -> String {
    let to_receiver = money(integer(&ruling["to_receiver"]));
    format!(
        "milestone {}: {to_receiver} to the receiver, the rest to the payer",
        ruling["milestone"]
    )
}

fn update(update: &Value) -> String {
    let status = update["status"].as_str().unwrap_or_default();
    let said = |name: &str| match update[name].as_str() {
        Some(text) => format!(", {name} “{text}”"),
        None => String::new(),
    };
    format!("milestone {}: {status}{}{}", update["milestone"], said("note"), said("evidence"))
}

fn terms(people: &People, terms: &Value) -> Vec<String> {
    let (roles, policy) = (&terms["roles"], &terms["policy"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let seats = |role: &str| {
        let held = roles[role].as_array().into_iter().flatten();
        list(held.map(|address| people.name(address.as_str().unwrap_or_default())))
    };
    let one = |role: &str| people.name(roles[role].as_str().unwrap_or_default());
    let disputes = match policy["resolve_quorum"].as_u64() {
        Some(0) => "disputes: none".into(),
        _ => format!(
            "disputes: {} of {}; else {} after {}",
            policy["resolve_quorum"],
            seats("dispute_resolvers"),
            text(&policy["fallback"]),
            days(&policy["dispute_window"]),
        ),
    };
    vec![
        format!("“{}”, engagement {}", text(&terms["title"]), text(&terms["engagement_id"])),
        format!("payer: {}; admin: {}", one("payer"), one("admin")),
        format!("platform: {}, {} on top", one("platform"), percent(&terms["platform_fee_bps"])),
        format!(
            "service providers: {}; approvers: {}",
            seats("service_providers"),
            seats("approvers")
        ),
        format!("release: {} of {}", policy["release_quorum"], seats("release_signers")),
        format!("review: at most {}", days(&policy["review_window"])),
        disputes,
    ]
}

fn milestone(people: &People, milestone: &Value) -> Vec<String> {
    let title = milestone["title"].as_str().unwrap_or_default();
    let amount = money(integer(&milestone["amount"]));
    let needed = &milestone["approvals_required"];
    let due = date(milestone["due"].as_u64().unwrap_or_default());
    let mut lines = vec![format!("“{title}”: {amount}, due {due}, approvals needed: {needed}")];
    if milestone["receiver"].is_string() {
        lines.push(format!("for {}", people.told(&milestone["receiver"])));
    }
    lines
}

fn percent(basis_points: &Value) -> String {
    let text = decimal(integer(basis_points) * ONE / 100);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// The day of a time, as `2026-11-21`.
fn date(seconds: u64) -> String {
    // In eras of 400 years, which all have as many days, and years that begin with March.
    let days = seconds / DAY + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let march = (5 * day + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year}-{month:02}-{:02}", day - (153 * march + 2) / 5 + 1)
}

/// Words with commas between them.
pub fn list(words: impl Iterator<Item = String>) -> String {
    let words: Vec<_> = words.collect();
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (units, text) in [
            (0, "0.00"),
            (1, "0.0000001"),
            (-25_000_000, "-2.50"),
            (10_000_000_000_000, "1,000,000.00"),
            (12_345_678, "1.2345678"),
            (9_990_000_000, "999.00"),
        ] {
            assert_eq!(decimal(units), text);
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_824_000, "2026-11-28"),
            (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(date(seconds), day);
        }
    }

    #[test]
    fn a_fee_is_told_in_percent() {
        for (basis_points, text) in [(250, "2.5 %"), (100, "1 %"), (3_000, "30 %"), (0, "0 %")] {
            assert_eq!(percent(&basis_points.into()), text);
        }
    }
}
