//! The ledgers that have closed.

use super::Answer;
use super::error::RpcError;
use super::format::{Format, Written, base64};
use super::paging::{Page, Start, fill};
use super::params::Params;
use crate::history::Closed;
use crate::network::Network;
use crate::settings::PROTOCOL;
use serde_json::{Value, json};
use stellar_xdr::{LedgerCloseMeta, LedgerHeaderHistoryEntry, LedgerHeaderHistoryEntryExt};

pub fn latest(network: &Network) -> Value {
    let latest = network.latest();
    json!({
        "id": latest.hash.to_string(),
        "protocolVersion": PROTOCOL,
        "sequence": latest.sequence(),
        "closeTime": latest.close_time().to_string(),
        "headerXdr": base64(&latest.header),
        "metadataXdr": base64(&Written(latest.meta_xdr())),
    })
}

pub fn list(network: &Network, params: &Params) -> Answer {
    let page = Page::read(network, params)?;
    let format = Format::of(params)?;
    let first = match &page.start {
        Start::Ledger(first) => *first,
        Start::Cursor(cursor) => after(network, cursor)?,
    };
    let ledgers = network.history.from(first);
    let ledgers = fill(ledgers, page.limit, format, |closed| closed.meta_xdr().len()).items;
    let (oldest, latest) = (network.history.oldest(), network.latest());
    let last = ledgers.last().map_or(first, |closed| closed.sequence());
    Ok(json!({
        "ledgers": ledgers.into_iter().map(|closed| ledger(closed, format)).collect::<Vec<_>>(),
        "latestLedger": latest.sequence(),
        "latestLedgerCloseTime": latest.close_time(),
        "oldestLedger": oldest.sequence(),
        "oldestLedgerCloseTime": oldest.close_time(),
        "cursor": last.to_string(),
    }))
}

/// The ledger after the one that a cursor names.
fn after(network: &Network, cursor: &str) -> Result<u32, RpcError> {
    let named: u32 = cursor
        .parse()
        .map_err(|_| RpcError::invalid_params(format!("cursor: '{cursor}' names no ledger")))?;
    let (oldest, latest) = (network.history.oldest().sequence(), network.latest().sequence());
    let first = named.saturating_add(1);
    if (oldest..=latest).contains(&first) {
        return Ok(first);
    }
    Err(RpcError::invalid_params(format!(
        "cursor ('{cursor}') must be between the oldest ledger: {oldest} and the latest ledger: \
         {latest} for this rpc instance"
    )))
}

fn ledger(closed: &Closed, format: Format) -> Value {
    let header = LedgerHeaderHistoryEntry {
        hash: closed.hash.clone(),
        header: closed.header.clone(),
        ext: LedgerHeaderHistoryEntryExt::V0,
    };
    // Clients want the names of both forms, whichever they have asked for.
    let mut told = json!({
        "hash": closed.hash.to_string(),
        "sequence": closed.sequence(),
        "ledgerCloseTime": closed.close_time().to_string(),
        "headerXdr": "",
        "metadataXdr": "",
    });
    told[format.name("headerXdr", "headerJson")] = format.tell(&header);
    told[format.name("metadataXdr", "metadataJson")] = match format {
        Format::Base64 => base64(&Written(closed.meta_xdr())).into(),
        Format::Json => format.tell(&LedgerCloseMeta::V2(closed.meta())),
    };
    told
}
