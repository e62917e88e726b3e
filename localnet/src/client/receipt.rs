//! What became of a transaction.

use std::time::Duration;
use stellar_xdr::{ContractEventBody, ScError, ScVal, TransactionMetaV4};

/// What became of a transaction that was sent, and how long each step took.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub succeeded: bool,
    pub hash: String,
    pub ledger: u32,
    pub closed_at: u64,
    /// What the trial said that the resources would cost, in stroops.
    pub offered: i64,
    /// What the account has paid, for everything.
    pub charged: i64,
    pub meta: TransactionMetaV4,
    pub simulating: Duration,
    pub sending: Duration,
    /// From reading the account to the result.
    pub whole: Duration,
}

impl Receipt {
    /// What the call returned.
    pub fn value(&self) -> Option<ScVal> {
        self.meta.soroban_meta.as_ref()?.return_value.clone()
    }

    /// One of the figures that the network keeps of a call.
    pub fn metric(&self, name: &str) -> Option<u64> {
        let mut figures = self.diagnostics("core_metrics");
        figures.rfind(|(what, _)| is_symbol(what, name)).and_then(|(_, figure)| match figure {
            ScVal::U64(figure) => Some(*figure),
            _ => None,
        })
    }

    /// The error that a call failed with, as it has come through to the outermost contract.
    pub fn error(&self) -> Option<&ScError> {
        self.diagnostics("error").rev().find_map(|(what, _)| match what {
            ScVal::Error(error) => Some(error),
            _ => None,
        })
    }

    /// What diagnostic events of a kind tell: of what, and the data.
    fn diagnostics(&self, kind: &'static str) -> impl DoubleEndedIterator<Item = (&ScVal, &ScVal)> {
        self.meta.diagnostic_events.iter().filter_map(move |told| {
            let ContractEventBody::V0(body) = &told.event.body;
            match body.topics.as_slice() {
                [name, what, ..] if is_symbol(name, kind) => Some((what, &body.data)),
                _ => None,
            }
        })
    }
}

fn is_symbol(value: &ScVal, name: &str) -> bool {
    matches!(value, ScVal::Symbol(symbol) if symbol.0.as_slice() == name.as_bytes())
}
