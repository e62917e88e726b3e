//! What has been paid lately for being taken into a ledger, as Horizon tells it.

use crate::network::Network;
use crate::settings::{BASE_FEE_STROOPS, LEDGER_MAX_TRANSACTIONS};
use crate::transaction::Frame;
use serde_json::{Value, json};

/// How far back Horizon looks, in ledgers.
const LEDGERS: u32 = 5;
const PERCENTILES: [usize; 11] = [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99];

pub fn stats(net: &Network) -> Value {
    let latest = net.latest();
    let first = (latest.sequence() + 1).saturating_sub(LEDGERS);
    let applied = net.history.from(first).flat_map(|closed| closed.transactions());
    let frames = applied.filter_map(|tx| Frame::new(tx.envelope, &net.network_id));
    let mut bids: Vec<i64> = frames.map(|frame| bid(&frame)).collect();
    bids.sort_unstable();
    // Nobody competes for room here, so that nobody is charged more than the least.
    let charged = vec![i64::from(BASE_FEE_STROOPS); bids.len()];
    let used = latest.hashes().len() as f64 / f64::from(LEDGER_MAX_TRANSACTIONS);
    json!({
        "last_ledger": latest.sequence().to_string(),
        "last_ledger_base_fee": BASE_FEE_STROOPS.to_string(),
        "ledger_capacity_usage": format!("{used:.2}"),
        "fee_charged": spread(&charged),
        "max_fee": spread(&bids),
    })
}

/// What a transaction offers for each of its operations.
fn bid(frame: &Frame) -> i64 {
    let operations = frame.min_inclusion_fee() / i64::from(BASE_FEE_STROOPS);
    frame.inclusion_fee() / operations
}

/// How ascending fees are spread; where there are none, the least is all that there is.
fn spread(fees: &[i64]) -> Value {
    let least = [i64::from(BASE_FEE_STROOPS)];
    let fees = if fees.is_empty() { &least[..] } else { fees };
    let at = |percent: usize| fees[(fees.len() * percent).div_ceil(100).max(1) - 1].to_string();
    let mut spread = json!({ "min": at(0), "max": at(100), "mode": mode(fees).to_string() });
    for percent in PERCENTILES {
        spread[format!("p{percent}")] = at(percent).into();
    }
    spread
}

/// The fee that occurs most often, the lowest of several.
fn mode(fees: &[i64]) -> i64 {
    let runs = fees.chunk_by(|a, b| a == b);
    let longest = runs.rev().max_by_key(|run| run.len());
    longest.map_or(0, |run| run[0])
}
