//! Long answers come in pages: from a ledger on, or from where the last page ended.

use super::error::RpcError;
use super::params::Params;
use crate::network::Network;

/// How many ledgers or transactions a page holds unless it is said, and at most.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 200;

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
