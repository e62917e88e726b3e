//! What only a network for development does: time that is moved, and states that are gone back to.

use super::Answer;
use super::error::RpcError;
use super::params::Params;
use crate::network::{FURTHEST_LEDGER, Network};
use crate::settings::LEDGER_SECONDS;
use serde_json::{Value, json};

pub fn advance_time(network: &mut Network, params: &Params) -> Answer {
    let seconds: u64 = params.required("seconds")?;
    bound(network, "seconds", (seconds / LEDGER_SECONDS).max(1))?;
    network.advance_time(seconds)?;
    Ok(latest(network))
}

pub fn advance_ledgers(network: &mut Network, params: &Params) -> Answer {
    let count: u32 = params.required("count")?;
    if count == 0 {
        return Err(RpcError::invalid_params("count: must be at least 1"));
    }
    bound(network, "count", count.into())?;
    network.advance_ledgers(count)?;
    Ok(latest(network))
}

pub fn snapshot(network: &mut Network) -> Value {
    json!({ "id": network.snapshot() })
}

pub fn restore(network: &mut Network, params: &Params) -> Answer {
    let id: u64 = params.required("id")?;
    if !network.restore(id)? {
        return Err(RpcError::invalid_params(format!("id: there is no snapshot {id}")));
    }
    Ok(latest(network))
}

fn bound(network: &Network, name: &str, ledgers: u64) -> Result<(), RpcError> {
    let left = FURTHEST_LEDGER.saturating_sub(network.latest().sequence());
    if ledgers <= u64::from(left) {
        return Ok(());
    }
    Err(RpcError::invalid_params(format!(
        "{name}: time can be moved by {left} more ledgers and no further"
    )))
}

fn latest(network: &Network) -> Value {
    let latest = network.latest();
    json!({
        "latestLedger": latest.sequence(),
        "latestLedgerCloseTime": latest.close_time(),
    })
}
