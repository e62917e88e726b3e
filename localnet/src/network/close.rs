//! How a ledger closes: its transactions are applied, it gets its header, and is written down.

use super::Network;
use crate::apply::Closing;
use crate::history::Closed;
use crate::ledger::{Changed, Delta, Entries, list, sha256_xdr};
use crate::settings::{
    BASE_FEE_STROOPS, BASE_RESERVE_STROOPS, LEDGER_MAX_TRANSACTIONS, PROTOCOL, TOTAL_COINS,
};
use crate::store::StoreError;
use crate::transaction::Frame;
use stellar_xdr::{
    GeneralizedTransactionSet, Hash, LedgerCloseMetaExt, LedgerCloseMetaV2, LedgerHeader,
    LedgerHeaderExt, LedgerHeaderHistoryEntry, LedgerHeaderHistoryEntryExt, StellarValue,
    StellarValueExt, TimePoint, TransactionPhase, TransactionResultMetaV1, TransactionResultSet,
    TransactionSetV1, TxSetComponent, TxSetComponentTxsMaybeDiscountedFee, VecM,
};

impl Network {
    /// Closes a ledger with all transactions that wait, or with none.
    pub fn close(&mut self) -> Result<(), StoreError> {
        self.close_as(self.latest().sequence() + 1)
    }

    pub(super) fn close_as(&mut self, sequence: u32) -> Result<(), StoreError> {
        // The network applies what is not of contracts first.
        let (of_contracts, mut frames): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.waiting).into_iter().partition(Frame::is_soroban);
        frames.extend(of_contracts);
        let mut header = self.next_header(sequence);
        header.scp_value.tx_set_hash = sha256_xdr(&transaction_set(&header, &frames));
        let entries = self.entries.clone();
        let mut ledger = Delta::new(&entries, sequence);
        let closing = Closing {
            header: &header,
            network_id: &self.network_id,
            config: &self.config,
            modules: &self.modules,
        };
        let processing = closing.apply(&mut ledger, &frames);
        let changed = ledger.into_changed();
        self.record(changed, header, &frames, processing)
    }

    /// The header of the ledger that would close now.
    pub(super) fn next_header(&self, ledger_seq: u32) -> LedgerHeader {
        let last = self.history.last();
        LedgerHeader {
            ledger_version: PROTOCOL,
            previous_ledger_hash: last.map(|closed| closed.hash.clone()).unwrap_or_default(),
            scp_value: StellarValue {
                tx_set_hash: Hash::default(),
                close_time: TimePoint(self.now()),
                upgrades: VecM::default(),
                ext: StellarValueExt::Basic,
            },
            tx_set_result_hash: Hash::default(),
            // Buckets are how validators keep and compare their entries; here is nobody to compare with.
            bucket_list_hash: Hash::default(),
            ledger_seq,
            total_coins: TOTAL_COINS,
            fee_pool: last.map_or(0, |closed| closed.header.fee_pool),
            inflation_seq: 0,
            id_pool: 0,
            base_fee: BASE_FEE_STROOPS,
            base_reserve: BASE_RESERVE_STROOPS,
            max_tx_set_size: LEDGER_MAX_TRANSACTIONS,
            skip_list: std::array::from_fn(|_| Hash::default()),
            ext: LedgerHeaderExt::V0,
        }
    }

    /// Makes a closed ledger the latest one: in the state file first, if there is one.
    pub(super) fn record(
        &mut self,
        changed: Changed,
        mut header: LedgerHeader,
        frames: &[Frame],
        processing: Vec<TransactionResultMetaV1>,
    ) -> Result<(), StoreError> {
        let results: Vec<_> = processing.iter().map(|tx| tx.result.clone()).collect();
        header.fee_pool += results.iter().map(|pair| pair.result.fee_charged).sum::<i64>();
        header.tx_set_result_hash = sha256_xdr(&TransactionResultSet { results: list(results) });
        let tx_set = transaction_set(&header, frames);
        let closed = Closed::new(LedgerCloseMetaV2 {
            ext: LedgerCloseMetaExt::V0,
            ledger_header: LedgerHeaderHistoryEntry {
                hash: sha256_xdr(&header),
                header,
                ext: LedgerHeaderHistoryEntryExt::V0,
            },
            tx_set,
            tx_processing: list(processing),
            upgrades_processing: VecM::default(),
            scp_info: VecM::default(),
            total_byte_size_of_live_soroban_state: 0,
            evicted_keys: VecM::default(),
        });
        if let Some(store) = &self.store {
            store.close(&changed, &closed, self.ahead)?;
        }
        self.modules.update(&self.config, &changed);
        merge(&mut self.entries, changed);
        self.history.push(closed);
        Ok(())
    }
}

pub(super) fn merge(entries: &mut Entries, changed: Changed) {
    for (key, entry) in changed {
        match entry {
            Some(entry) => entries.insert_mut(key, entry),
            None => {
                entries.remove_mut(&key);
            }
        }
    }
}

fn transaction_set(header: &LedgerHeader, frames: &[Frame]) -> GeneralizedTransactionSet {
    let phase = |of_contracts: bool| {
        let txs = frames.iter().filter(|frame| frame.is_soroban() == of_contracts);
        let txs = list(txs.map(|frame| frame.envelope.clone()).collect());
        let component = TxSetComponentTxsMaybeDiscountedFee { base_fee: None, txs };
        TransactionPhase::V0(list(vec![TxSetComponent::TxsetCompTxsMaybeDiscountedFee(component)]))
    };
    GeneralizedTransactionSet::V1(TransactionSetV1 {
        previous_ledger_hash: header.previous_ledger_hash.clone(),
        phases: list(vec![phase(false), phase(true)]),
    })
}
