//! What the ledger holds.

use super::Answer;
use super::error::RpcError;
use super::format::Format;
use super::params::{Params, decode};
use crate::ledger::{Read, is_persistent};
use crate::network::Network;
use serde_json::{Value, json};
use stellar_xdr::LedgerKey;

const MAX_KEYS: usize = 200;

pub fn get(network: &Network, params: &Params) -> Answer {
    let format = Format::of(params)?;
    let keys = keys(params)?;
    let latest = network.latest().sequence();
    let entries = keys.iter().filter_map(|key| entry(network, key, latest, format));
    Ok(json!({ "entries": entries.collect::<Vec<_>>(), "latestLedger": latest }))
}

fn keys(params: &Params) -> Result<Vec<LedgerKey>, RpcError> {
    let keys: Vec<String> = params.required("keys")?;
    if keys.len() > MAX_KEYS {
        let message = format!("key count ({}) exceeds maximum supported ({MAX_KEYS})", keys.len());
        return Err(RpcError::invalid_params(message));
    }
    keys.iter().enumerate().map(|(index, key)| read_key(index, key)).collect()
}

fn read_key(index: usize, text: &str) -> Result<LedgerKey, RpcError> {
    match decode(text) {
        Some(LedgerKey::Ttl(_)) => {
            Err(RpcError::invalid_params("ledger ttl entries cannot be queried directly"))
        }
        Some(key) => Ok(key),
        None => Err(RpcError::invalid_params(format!(
            "keys: cannot unmarshal key value {text} at index {index}"
        ))),
    }
}

/// An archived entry is told as one that lives until ledger 0; a dead temporary one is gone.
fn entry(network: &Network, key: &LedgerKey, latest: u32, format: Format) -> Option<Value> {
    let (entry, live_until) = network.entries.read(key)?;
    let live_until = match live_until {
        Some(until) if until < latest => is_persistent(key).then_some(Some(0))?,
        live_until => live_until,
    };
    let mut told = json!({ "lastModifiedLedgerSeq": entry.last_modified_ledger_seq });
    told[format.name("key", "keyJson")] = format.tell(key);
    told[format.name("xdr", "dataJson")] = format.tell(&entry.data);
    told[format.name("extXdr", "extJson")] = format.tell(&entry.ext);
    if let Some(live_until) = live_until {
        told["liveUntilLedgerSeq"] = live_until.into();
    }
    Some(told)
}
