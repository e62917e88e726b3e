//! What has been paid lately for being taken into a ledger, as Horizon tells it.

use crate::network::Network;
use crate::rpc::fees::spread;
use crate::settings::{BASE_FEE_STROOPS, LEDGER_MAX_TRANSACTIONS};
use crate::transaction::Frame;
use serde_json::{Value, json};

/// How far back Horizon looks, in ledgers.
const LEDGERS: u32 = 5;

pub fn stats(net: &Network) -> Value {
    let latest = net.latest();
    let first = (latest.sequence() + 1).saturating_sub(LEDGERS);
    let applied = net.history.from(first).flat_map(|closed| closed.transactions());
    let frames = applied.map(|tx| Frame::new(tx.envelope, &net.network_id));
    let mut bids: Vec<i64> = frames.map(|frame| bid(&frame)).collect();
    if bids.is_empty() {
        bids.push(BASE_FEE_STROOPS.into());
    }
    // Nobody competes for room here, so that nobody is charged more than the least.
    let mut charged = [i64::from(BASE_FEE_STROOPS)];
    let used = latest.hashes().len() as f64 / f64::from(LEDGER_MAX_TRANSACTIONS);
    json!({
        "last_ledger": latest.sequence().to_string(),
        "last_ledger_base_fee": BASE_FEE_STROOPS.to_string(),
        "ledger_capacity_usage": format!("{used:.2}"),
        "fee_charged": spread(&mut charged),
        "max_fee": spread(&mut bids),
    })
}

/// What a transaction offers for each of its operations.
fn bid(frame: &Frame) -> i64 {
    let operations = frame.min_inclusion_fee() / i64::from(BASE_FEE_STROOPS);
    frame.inclusion_fee() / operations
}
