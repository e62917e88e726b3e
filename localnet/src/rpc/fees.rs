//! What transactions have paid for being taken into ledgers.

use crate::history::Applied;
use crate::network::Network;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use stellar_xdr::{
    FeeBumpTransactionInnerTx, Operation, SorobanTransactionMetaExt, TransactionEnvelope,
    TransactionMeta,
};

/// How many of the last ledgers are looked at.
const WINDOW_LEDGERS: usize = 50;

const PERCENTILES: [usize; 11] = [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99];

enum Fee {
    /// Of a transaction that is of contracts.
    Soroban(i64),
    /// Of any other, for each of its operations.
    Classic(i64),
}

pub fn stats(network: &Network) -> Value {
    let ledgers: Vec<_> = network.history.from(0).rev().take(WINDOW_LEDGERS).collect();
    let (mut soroban, mut classic) = (Vec::new(), Vec::new());
    for applied in ledgers.iter().flat_map(|ledger| ledger.transactions()) {
        match fee(&applied) {
            Some(Fee::Soroban(fee)) => soroban.push(fee),
            Some(Fee::Classic(fee)) => classic.push(fee),
            None => {}
        }
    }
    json!({
        "sorobanInclusionFee": distribution(soroban, ledgers.len()),
        "inclusionFee": distribution(classic, ledgers.len()),
        "latestLedger": network.latest().sequence(),
    })
}

fn fee(applied: &Applied) -> Option<Fee> {
    let charged = applied.processing.result.result.fee_charged;
    let operations = operations(&applied.envelope);
    if !operations.first().is_some_and(crate::transaction::is_soroban) {
        return charged.checked_div(operations.len() as i64).map(Fee::Classic);
    }
    let TransactionMeta::V4(meta) = &applied.processing.tx_apply_processing else { return None };
    let SorobanTransactionMetaExt::V1(fees) = &meta.soroban_meta.as_ref()?.ext else { return None };
    let resources =
        fees.total_non_refundable_resource_fee_charged + fees.total_refundable_resource_fee_charged;
    Some(Fee::Soroban(charged - resources))
}

fn operations(envelope: &TransactionEnvelope) -> &[Operation] {
    match envelope {
        TransactionEnvelope::TxV0(envelope) => &envelope.tx.operations,
        TransactionEnvelope::Tx(envelope) => &envelope.tx.operations,
        TransactionEnvelope::TxFeeBump(envelope) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &envelope.tx.inner_tx;
            &inner.tx.operations
        }
    }
}

/// As the official server tells it: all zero where there is nothing to tell of.
fn distribution(mut fees: Vec<i64>, ledgers: usize) -> Value {
    let mut stats = spread(&mut fees);
    stats["transactionCount"] = fees.len().to_string().into();
    stats["ledgerCount"] = if fees.is_empty() { 0 } else { ledgers }.into();
    stats
}

/// How fees are spread, from the least to the most.
pub fn spread(fees: &mut [i64]) -> Value {
    fees.sort_unstable();
    let at = |index: usize| fees.get(index).copied().unwrap_or_default().to_string();
    let mut stats = json!({
        "max": at(fees.len().saturating_sub(1)),
        "min": at(0),
        "mode": mode(fees).to_string(),
    });
    for percentile in PERCENTILES {
        let rank = (percentile * fees.len()).div_ceil(100);
        stats[format!("p{percentile}")] = at(rank.saturating_sub(1)).into();
    }
    stats
}

/// What occurs most often; the least of several.
fn mode(fees: &[i64]) -> i64 {
    let mut counts = BTreeMap::new();
    for fee in fees {
        *counts.entry(*fee).or_insert(0) += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(0, |(fee, _)| fee)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let stats = distribution((1..=10).map(|fee| fee * 100).collect(), 7);
        let expected = [
            ("min", "100"),
            ("max", "1000"),
            ("p10", "100"),
            ("p50", "500"),
            ("p90", "900"),
            ("p95", "1000"),
            ("p99", "1000"),
            ("transactionCount", "10"),
        ];
        for (name, value) in expected {
            assert_eq!(stats[name], value, "{name}");
        }
        assert_eq!(stats["ledgerCount"], 7);
    }

    #[test]
    fn the_mode_is_the_least_of_those_that_occur_most() {
        assert_eq!(mode(&[100, 100, 200, 300, 300]), 100);
        assert_eq!(mode(&[100, 300, 300]), 300);
        assert_eq!(mode(&[]), 0);
    }

    #[test]
    fn without_any_transaction_all_is_zero() {
        let stats = distribution(Vec::new(), 50);
        assert_eq!((stats["p99"].as_str(), stats["ledgerCount"].as_u64()), (Some("0"), Some(0)));
    }
}
