//! What is told of a run, while it lasts and at its end.

use sequences::Tally;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::time::Duration;

pub fn progress(tally: &Tally, elapsed: Duration) -> String {
    let all = tally.all();
    format!(
        "{} s: {} sequences, {} steps, {} calls succeeded, {} refused",
        elapsed.as_secs(),
        tally.sequences,
        tally.steps,
        all.succeeded,
        all.refused
    )
}

pub fn totals(tally: &Tally, elapsed: Duration, as_json: bool) -> String {
    if as_json { json(tally, elapsed).to_string() } else { text(tally, elapsed) }
}

fn text(tally: &Tally, elapsed: Duration) -> String {
    let mut text = progress(tally, elapsed);
    let mut line = |line: String| write!(text, "\n{line}").expect("a text takes any line");
    line(format!("{} without a signature, {} payouts credited", tally.unsigned, tally.credited));
    for (name, calls) in &tally.calls {
        line(format!("{name:20} {:9} succeeded {:9} refused", calls.succeeded, calls.refused));
    }
    line(format!("{} errors met:", tally.errors.len()));
    for (error, times) in &tally.errors {
        line(format!("{:3} {:20} {times:9}", *error as u32, format!("{error:?}")));
    }
    text
}

fn json(tally: &Tally, elapsed: Duration) -> Value {
    let calls: Map<_, _> = tally
        .calls
        .iter()
        .map(|(name, calls)| {
            let calls = json!({ "succeeded": calls.succeeded, "refused": calls.refused });
            ((*name).into(), calls)
        })
        .collect();
    let errors: Map<_, _> =
        tally.errors.iter().map(|(error, times)| (format!("{error:?}"), json!(times))).collect();
    let all = tally.all();
    json!({
        "seconds": elapsed.as_secs(),
        "sequences": tally.sequences,
        "steps": tally.steps,
        "succeeded": all.succeeded,
        "refused": all.refused,
        "unsigned": tally.unsigned,
        "credited": tally.credited,
        "calls": calls,
        "errors": errors,
    })
}
