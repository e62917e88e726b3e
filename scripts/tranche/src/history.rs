//! `history`: what an escrow's events tell, oldest first.

use crate::amount;
use crate::escrow::{Opened, Token};
use crate::failure::Failure;
use crate::session::{Session, print};
use crate::sheet::printable;
use crate::stellar::Stellar;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many events are asked for at once.
const PAGE: usize = 1_000;
/// How many ledgers a server looks through for one answer.
const SCANNED: u64 = 10_000;
/// Under which names an event tells who caused it.
const WHO: [&str; 10] = [
    "payer", "provider", "approver", "signer", "party", "resolver", "receiver", "owner", "admin",
    "from",
];

/// The events of an escrow, oldest first
#[derive(Args)]
#[command(after_help = "Example: scripts/history --id C… --format csv > history.csv")]
pub struct History {
    #[arg(long, default_value = "table")]
    format: Format,
    /// The first ledger to look at; the oldest that the server has, if it is left out
    #[arg(long, value_name = "LEDGER")]
    start: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
}

/// One event, as a row.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    ledger: u64,
    time: String,
    event: String,
    who: String,
    milestones: String,
    amounts: String,
}

pub fn history(stellar: &Stellar, session: &Session, options: &History) -> Result<(), Failure> {
    let escrow = Opened::open(stellar, session.escrow_id()?)?;
    let (oldest, latest) = stellar.ledgers()?;
    let start = options.start.unwrap_or(oldest);
    if start < oldest || start > latest {
        return Err(Failure::input(
            format!("--start {start}: the server has the ledgers from {oldest} to {latest}."),
            "name one of these",
        ));
    }
    let events = collect(stellar, &escrow.id, start, latest)?;
    eprintln!(
        "Events of ledgers {start} to {latest}; the oldest that this server has is {oldest}."
    );
    if session.json || options.format == Format::Json {
        print(&json!(events).to_string());
        return Ok(());
    }
    let rows: Vec<_> = events.iter().map(|event| row(event, &escrow.token)).collect();
    match options.format {
        Format::Csv => print(&csv(&rows)),
        _ => print(&table(&rows)),
    }
    Ok(())
}

/// All events from a ledger on: page by page, and on past stretches in which there is none.
fn collect(stellar: &Stellar, id: &str, start: u64, latest: u64) -> Result<Vec<Value>, Failure> {
    let mut found: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut from = start;
    while from <= latest {
        let ledger = from.to_string();
        let mut page = stellar.events(id, ["--start-ledger", &ledger], PAGE)?;
        loop {
            let full = page.len() == PAGE;
            found.extend(
                page.into_iter().filter(|event| seen.insert(text(&event["id"]).to_owned())),
            );
            let Some(cursor) =
                found.last().filter(|_| full).map(|event| text(&event["id"]).to_owned())
            else {
                break;
            };
            page = stellar.events(id, ["--cursor", &cursor], PAGE)?;
        }
        let last = found.last().and_then(|event| event["ledger"].as_u64()).unwrap_or(0);
        from = last.max(from + SCANNED - 1) + 1;
    }
    Ok(found)
}

fn row(event: &Value, token: &Token) -> Row {
    let params = &event["params"];
    let name = text(&event["prefix_topics"][0]);
    let who = WHO.iter().find_map(|field| params[field].as_str());
    let who = params["holder"].as_str().or(who).unwrap_or_default();
    Row {
        ledger: event["ledger"].as_u64().unwrap_or(0),
        time: text(&event["ledger_closed_at"]).to_owned(),
        event: match (name, params["gained"].as_bool()) {
            ("seat", Some(true)) => "seat gained".into(),
            ("seat", Some(false)) => "seat lost".into(),
            _ => name.into(),
        },
        who: who.into(),
        milestones: milestones(params),
        amounts: amounts(params, token),
    }
}

fn milestones(params: &Value) -> String {
    let numbers = |list: &Value, at: fn(&Value) -> &Value| -> BTreeSet<u64> {
        let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|item| at(item).as_u64()).collect()
    };
    let mut found = BTreeSet::new();
    for field in ["milestones", "voted"] {
        found.extend(numbers(&params[field], |item| item));
    }
    for field in ["updates", "rulings", "edit"] {
        found.extend(numbers(&params[field], |item| &item["milestone"]));
    }
    found.extend(numbers(&params["settled"], |item| &item[0]));
    found.extend(params["milestone"].as_u64());
    if let Some(through) = params["through"].as_u64() {
        return format!("to {through}");
    }
    found.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")
}

fn amounts(params: &Value, token: &Token) -> String {
    let shown = |value: &Value| {
        let units = value.as_str()?.parse().ok()?;
        Some(amount::plain(units, token.decimals))
    };
    let mut parts: Vec<_> = shown(&params["amount"]).into_iter().collect();
    for settled in params["settled"].as_array().into_iter().flatten() {
        let sides = [(2, "to receiver"), (3, "fee"), (4, "to payer")];
        let part = |(at, side): &(usize, &str)| Some(format!("{} {side}", shown(&settled[*at])?));
        let part = sides.iter().filter(|(at, _)| settled[*at] != "0").filter_map(part);
        parts.push(part.collect::<Vec<_>>().join(" + "));
    }
    if parts.is_empty() {
        let rulings = params["rulings"].as_array().into_iter().flatten();
        parts.extend(
            rulings.filter_map(|one| Some(format!("{} to receiver", shown(&one["to_receiver"])?))),
        );
    }
    if parts.is_empty() { String::new() } else { format!("{} {}", parts.join("; "), token.symbol) }
}

fn table(rows: &[Row]) -> String {
    let line = |row: &Row| {
        format!(
            "{:>8}  {:<20}  {:<18}  {:<56}  {:<9}  {}",
            row.ledger, row.time, row.event, row.who, row.milestones, row.amounts
        )
    };
    let head = format!(
        "{:>8}  {:<20}  {:<18}  {:<56}  {:<9}  {}\n",
        "LEDGER", "CLOSED AT", "EVENT", "WHO", "MILESTONE", "AMOUNTS"
    );
    head + &rows.iter().map(|row| printable(line(row).trim_end()) + "\n").collect::<String>()
}

fn csv(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let ledger = row.ledger.to_string();
        [&ledger, &row.time, &row.event, &row.who, &row.milestones, &row.amounts]
            .map(|text| cell(text))
            .join(",")
    };
    let lines: String = rows.iter().map(|row| line(row) + "\r\n").collect();
    format!("ledger,closed_at,event,who,milestones,amounts\r\n{lines}")
}

/// A cell of CSV; one that a spreadsheet would reckon out is made plain text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Token {
        Token { address: "C".into(), symbol: "USDC".into(), decimals: 7 }
    }

    #[test]
    fn cells_are_quoted_and_defused() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x,y", "\"'@x,y\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }

    #[test]
    fn an_event_is_a_row() {
        let event = json!({
            "id": "1", "ledger": 13, "ledger_closed_at": "2026-11-21T08:28:09Z",
            "prefix_topics": ["ruled"],
            "params": {
                "resolver": "GR",
                "rulings": [{ "milestone": 1, "to_receiver": "200000000" }],
                "settled": [[1, "GX", "200000000", "2000000", "303000000"]],
            },
        });
        let row = row(&event, &token());
        assert_eq!((row.ledger, row.event.as_str(), row.who.as_str()), (13, "ruled", "GR"));
        assert_eq!(row.milestones, "1");
        assert_eq!(row.amounts, "20 to receiver + 0.2 fee + 30.3 to payer USDC");
        let written = csv(&[row]);
        assert_eq!(written.lines().count(), 2);
        assert!(written.ends_with("\r\n"));
    }

    #[test]
    fn what_an_event_does_not_tell_stays_empty() {
        let seat = json!({ "ledger": 1, "prefix_topics": ["seat"], "params": { "holder": "G", "gained": false } });
        let row = row(&seat, &token());
        assert_eq!((row.event.as_str(), row.who.as_str()), ("seat lost", "G"));
        assert_eq!((row.milestones.as_str(), row.amounts.as_str()), ("", ""));
        assert_eq!(super::row(&json!({}), &token()).ledger, 0);
    }
}
