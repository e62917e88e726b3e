//! What each operation does to the ledger.

use crate::ledger::Delta;
use stellar_xdr::{AccountId, ContractEvent, Hash, LedgerHeader};

/// What an operation works on.
pub struct Context<'a> {
    /// What it changes; taken over only when it succeeds.
    pub ledger: Delta<'a>,
    /// The header of the ledger that is being closed.
    pub header: &'a LedgerHeader,
    pub network_id: &'a Hash,
    pub source: AccountId,
    /// What it says to the world.
    pub events: Vec<ContractEvent>,
}
