//! Long answers come in pages: from a ledger on, or from where the last page ended.

use super::error::RpcError;
use super::format::Format;
use super::params::Params;
use crate::network::Network;

/// How many ledgers or transactions a page holds unless it is said, and at most.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 200;

/// How much XDR a page holds before it ends early: what is left comes with the next one. Told in
/// JSON it takes many times the memory.
const PAGE_BYTES: usize = 4_000_000;
const JSON_PAGE_BYTES: usize = 500_000;

/// Where a page begins.
pub enum Start {
    /// With this ledger, or the first one after it that was written.
    Ledger(u32),
    /// After what this cursor names.
    Cursor(String),
}

pub struct Page {
    pub start: Start,
    pub limit: usize,
}

impl Page {
    pub fn read(network: &Network, params: &Params) -> Result<Self, RpcError> {
        let pagination: Params = params.optional("pagination")?.unwrap_or_default();
        let cursor: Option<String> = pagination.optional("cursor")?;
        let start_ledger: u32 = params.optional("startLedger")?.unwrap_or_default();
        let start = match cursor {
            Some(cursor) if !cursor.is_empty() => {
                if start_ledger != 0 {
                    return Err(RpcError::invalid_request(format!(
                        "startLedger ({start_ledger}) and cursor ({cursor}) cannot both be set"
                    )));
                }
                Start::Cursor(cursor)
            }
            _ => Start::Ledger(within_history(network, start_ledger)?),
        };
        Ok(Self { start, limit: limit(&pagination)? })
    }
}

/// What a page holds of all that is found.
pub struct Filled<T> {
    pub items: Vec<T>,
    /// Whether it ends here because it is full, not because nothing more was found.
    pub is_full: bool,
}

/// Fills a page up to its limit, or until it holds enough bytes; there is room for one thing at
/// least.
pub fn fill<T>(
    found: impl IntoIterator<Item = T>,
    limit: usize,
    format: Format,
    bytes: impl Fn(&T) -> usize,
) -> Filled<T> {
    let enough = match format {
        Format::Base64 => PAGE_BYTES,
        Format::Json => JSON_PAGE_BYTES,
    };
    let (mut items, mut held) = (Vec::new(), 0);
    for item in found {
        held += bytes(&item);
        items.push(item);
        if items.len() == limit || held >= enough {
            return Filled { items, is_full: true };
        }
    }
    Filled { items, is_full: false }
}

fn within_history(network: &Network, ledger: u32) -> Result<u32, RpcError> {
    let (oldest, latest) = (network.history.oldest().sequence(), network.latest().sequence());
    if (oldest..=latest).contains(&ledger) {
        return Ok(ledger);
    }
    Err(RpcError::invalid_request(format!(
        "start ledger ({ledger}) must be between the oldest ledger: {oldest} and the latest \
         ledger: {latest} for this rpc instance"
    )))
}

fn limit(pagination: &Params) -> Result<usize, RpcError> {
    match pagination.optional("limit")?.unwrap_or_default() {
        0 => Ok(DEFAULT_LIMIT),
        limit if limit > MAX_LIMIT => {
            Err(RpcError::invalid_request(format!("limit must not exceed {MAX_LIMIT}")))
        }
        limit => Ok(limit),
    }
}
