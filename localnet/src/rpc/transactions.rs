//! Transactions: sending one, and finding those that ledgers hold.

use super::Answer;
use super::error::RpcError;
use super::format::Format;
use super::paging::{Page, Start, fill};
use super::params::{Params, decode};
use super::place::Place;
use crate::history::{Applied, Closed};
use crate::ledger::xdr;
use crate::network::{Network, Status};
use crate::operations::soroban::diagnostics;
use serde_json::{Value, json};
use std::str::FromStr;
use stellar_xdr::{
    Hash, ScError, ScErrorCode, TransactionEnvelope, TransactionMeta, TransactionMetaV4,
    TransactionResultResult,
};

pub fn send(network: &mut Network, params: &Params) -> Answer {
    let format = Format::of(params)?;
    let text: String = params.required("transaction")?;
    let envelope =
        decode(&text).ok_or_else(|| RpcError::invalid_params("transaction: invalid_xdr"))?;
    let latest = network.latest();
    let mut answer = json!({
        "latestLedger": latest.sequence(),
        "latestLedgerCloseTime": latest.close_time().to_string(),
    });
    let submission = network.submit(envelope)?;
    answer["hash"] = submission.hash.to_string().into();
    answer["status"] = match submission.status {
        Status::Pending => "PENDING",
        Status::Duplicate => "DUPLICATE",
        Status::TryAgainLater => "TRY_AGAIN_LATER",
        Status::Error(result, why) => {
            answer[format.name("errorResultXdr", "errorResultJson")] = format.tell(&result);
            if let Some(why) = why {
                let event = diagnostics::error(ScError::Value(ScErrorCode::InvalidInput), why, &[]);
                let name = format.name("diagnosticEventsXdr", "diagnosticEventsJson");
                answer[name] = format.tell_all([&event]);
            }
            "ERROR"
        }
    }
    .into();
    Ok(answer)
}

pub fn get(network: &Network, params: &Params) -> Answer {
    let format = Format::of(params)?;
    let hash: String = params.required("hash")?;
    let found = network.history.transaction(&read_hash(&hash)?);
    let found = found.filter(within(params)?);
    let (oldest, latest) = (network.history.oldest(), network.latest());
    let mut answer = match found {
        Some(applied) => {
            let mut told = transaction(&applied, format);
            told["createdAt"] = applied.close_time.to_string().into();
            told
        }
        None => json!({ "status": "NOT_FOUND" }),
    };
    answer["txHash"] = hash.into();
    answer["latestLedger"] = latest.sequence().into();
    answer["latestLedgerCloseTime"] = latest.close_time().to_string().into();
    answer["oldestLedger"] = oldest.sequence().into();
    answer["oldestLedgerCloseTime"] = oldest.close_time().to_string().into();
    Ok(answer)
}

fn read_hash(text: &str) -> Result<Hash, RpcError> {
    if text.len() != 64 {
        let message = format!("hash: unexpected hash length ({})", text.len());
        return Err(RpcError::invalid_params(message));
    }
    Hash::from_str(text)
        .map_err(|_| RpcError::invalid_params(format!("hash: '{text}' is not hexadecimal")))
}

/// Whether a transaction is in one of the ledgers that are asked for; zero is no bound.
fn within(params: &Params) -> Result<impl Fn(&Applied) -> bool + use<>, RpcError> {
    let min: u32 = params.optional("minLedger")?.unwrap_or_default();
    let max = match params.optional("maxLedger")?.unwrap_or_default() {
        0 => u32::MAX,
        max => max,
    };
    if min > max {
        let message = format!("minLedger ({min}) must not exceed maxLedger ({max})");
        return Err(RpcError::invalid_params(message));
    }
    Ok(move |applied: &Applied| (min..=max).contains(&applied.ledger))
}

pub fn list(network: &Network, params: &Params) -> Answer {
    let page = Page::read(network, params)?;
    let format = Format::of(params)?;
    let after = match &page.start {
        Start::Ledger(first) => Place::new(*first, 0, Place::LAST_OPERATION),
        Start::Cursor(cursor) => read_cursor(cursor)?,
    };
    let ledgers = network.history.from(after.ledger());
    let found = ledgers.flat_map(Closed::transactions).filter(|applied| cursor(applied) > after);
    let found = fill(found, page.limit, format, length);
    let (oldest, latest) = (network.history.oldest(), network.latest());
    let next = match found.items.last() {
        Some(last) if found.is_full => cursor(last),
        _ => Place::new(latest.sequence(), latest.hashes().len() as u32, 1),
    };
    Ok(json!({
        "transactions": found.items.iter().map(|applied| listed(applied, format)).collect::<Vec<_>>(),
        "latestLedger": latest.sequence(),
        "latestLedgerCloseTimestamp": latest.close_time(),
        "oldestLedger": oldest.sequence(),
        "oldestLedgerCloseTimestamp": oldest.close_time(),
        "cursor": next.to_string(),
    }))
}

fn read_cursor(text: &str) -> Result<Place, RpcError> {
    text.parse()
        .map_err(|()| RpcError::invalid_params(format!("cursor: '{text}' names no transaction")))
}

/// What names a transaction among all.
fn cursor(applied: &Applied) -> Place {
    Place::new(applied.ledger, applied.order, 1)
}

/// How long it is in XDR.
fn length(applied: &Applied) -> usize {
    xdr(&applied.envelope).len() + xdr(&applied.processing).len()
}

fn listed(applied: &Applied, format: Format) -> Value {
    let mut told = transaction(applied, format);
    told["txHash"] = applied.hash.to_string().into();
    told["createdAt"] = applied.close_time.into();
    told
}

/// What both ways of asking for a transaction tell of it.
fn transaction(applied: &Applied, format: Format) -> Value {
    let result = &applied.processing.result.result;
    let meta = &applied.processing.tx_apply_processing;
    let mut told = json!({
        "status": if is_success(&result.result) { "SUCCESS" } else { "FAILED" },
        "ledger": applied.ledger,
        "applicationOrder": applied.order,
        "feeBump": matches!(applied.envelope, TransactionEnvelope::TxFeeBump(_)),
    });
    told[format.name("envelopeXdr", "envelopeJson")] = format.tell(&applied.envelope);
    told[format.name("resultXdr", "resultJson")] = format.tell(result);
    told[format.name("resultMetaXdr", "resultMetaJson")] = format.tell(meta);
    if let TransactionMeta::V4(meta) = meta {
        told["events"] = events(meta, format);
        if !meta.diagnostic_events.is_empty() {
            let name = format.name("diagnosticEventsXdr", "diagnosticEventsJson");
            told[name] = format.tell_all(meta.diagnostic_events.iter());
        }
    }
    told
}

fn events(meta: &TransactionMetaV4, format: Format) -> Value {
    let of_operations = meta.operations.iter().map(|meta| format.tell_all(meta.events.iter()));
    let mut told = json!({});
    told[format.name("transactionEventsXdr", "transactionEventsJson")] =
        format.tell_all(meta.events.iter());
    told[format.name("contractEventsXdr", "contractEventsJson")] = of_operations.collect();
    told
}

pub fn is_success(result: &TransactionResultResult) -> bool {
    use TransactionResultResult::{TxFeeBumpInnerSuccess, TxSuccess};
    matches!(result, TxSuccess(_) | TxFeeBumpInnerSuccess(_))
}
