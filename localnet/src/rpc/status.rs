//! How the network is, and which one.

use crate::network::Network;
use crate::settings::{PASSPHRASE, PROTOCOL};
use serde_json::{Value, json};

const VERSION: &str = concat!("localnet ", env!("CARGO_PKG_VERSION"));

pub fn health(network: &Network) -> Value {
    let (oldest, latest) = (network.history.oldest(), network.latest());
    json!({
        "status": "healthy",
        "latestLedger": latest.sequence(),
        "latestLedgerCloseTime": latest.close_time(),
        "oldestLedger": oldest.sequence(),
        "oldestLedgerCloseTime": oldest.close_time(),
        // Nothing is ever forgotten.
        "ledgerRetentionWindow": u32::MAX,
    })
}

pub fn network(friendbot_url: &str) -> Value {
    json!({
        "friendbotUrl": friendbot_url,
        "passphrase": PASSPHRASE,
        "protocolVersion": PROTOCOL,
    })
}

pub fn version() -> Value {
    json!({
        "version": VERSION,
        "commitHash": "",
        "buildTimestamp": "",
        "captiveCoreVersion": VERSION,
        "protocolVersion": PROTOCOL,
    })
}
