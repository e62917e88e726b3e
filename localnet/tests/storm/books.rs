//! The books of a network, kept beside it from nothing but what its ledgers say has changed.

use localnet::history::Closed;
use localnet::ledger::{sha256_xdr, ttl_key};
use localnet::network::Network;
use localnet::operations::classic::events::asset_contract;
use localnet::settings::TOTAL_COINS;
use std::collections::BTreeMap;
use stellar_xdr::{
    Asset, Hash, LedgerEntry, LedgerEntryChange, LedgerEntryChanges, LedgerEntryData, LedgerKey,
    ScAddress, ScVal, TransactionMeta,
};

#[derive(Clone)]
pub struct Books {
    entries: BTreeMap<LedgerKey, LedgerEntry>,
    /// Until when entries live, by the key of the entry that says so.
    lives: BTreeMap<LedgerKey, u32>,
    latest: u32,
    hash: Hash,
    fee_pool: i64,
}

impl Books {
    /// Writes down how a network stands.
    pub fn open(net: &Network) -> Self {
        let mut books = Self {
            entries: BTreeMap::new(),
            lives: BTreeMap::new(),
            latest: net.latest().sequence(),
            hash: net.latest().hash.clone(),
            fee_pool: net.latest().header.fee_pool,
        };
        for (key, (entry, lives_until)) in net.entries.iter() {
            books.entries.insert(key.as_ref().clone(), entry.as_ref().clone());
            books.lives.extend(lives_until.map(|until| (ttl_key(key), until)));
        }
        books
    }

    /// Follows the ledgers that have closed since, and compares: nothing else may have changed,
    /// no stroop be lost or made, and each ledger must name the one before it.
    pub fn check(&mut self, net: &Network) {
        // A network that went back to a snapshot is followed from there.
        if net.history.get(self.latest).is_none_or(|closed| closed.hash != self.hash) {
            *self = Self::open(net);
        }
        for closed in net.history.from(self.latest + 1) {
            self.follow(closed);
        }
        let stands = Self::open(net);
        assert!(self.entries == stands.entries, "entries have changed between ledgers");
        assert!(self.lives == stands.lives, "lives have changed between ledgers");
        assert_eq!(self.coins(&net.network_id), i128::from(TOTAL_COINS), "of all stroops");
    }

    fn follow(&mut self, closed: &Closed) {
        let (header, meta) = (&closed.header, closed.meta());
        assert_eq!(header.previous_ledger_hash, self.hash, "before ledger {}", closed.sequence());
        assert_eq!(closed.hash, sha256_xdr(header));
        assert_eq!(header.scp_value.tx_set_hash, sha256_xdr(&meta.tx_set));
        assert_eq!(header.total_coins, TOTAL_COINS);
        for tx in meta.tx_processing.iter() {
            self.fee_pool += tx.result.result.fee_charged;
            self.write(&tx.fee_processing);
        }
        assert_eq!(header.fee_pool, self.fee_pool);
        for tx in meta.tx_processing.iter() {
            let TransactionMeta::V4(meta) = &tx.tx_apply_processing else { panic!("old meta") };
            self.write(&meta.tx_changes_before);
            meta.operations.iter().for_each(|operation| self.write(&operation.changes));
            self.write(&meta.tx_changes_after);
        }
        for tx in meta.tx_processing.iter() {
            self.write(&tx.post_tx_apply_fee_processing);
        }
        (self.latest, self.hash) = (closed.sequence(), closed.hash.clone());
    }

    fn write(&mut self, changes: &LedgerEntryChanges) {
        use LedgerEntryChange::{Created, Removed, Restored, State, Updated};
        for change in changes.0.iter() {
            match change {
                Created(entry) | Updated(entry) | Restored(entry) => match &entry.data {
                    LedgerEntryData::Ttl(ttl) => {
                        self.lives.insert(entry.to_key(), ttl.live_until_ledger_seq);
                    }
                    _ => drop(self.entries.insert(entry.to_key(), entry.clone())),
                },
                Removed(key) => {
                    let gone =
                        self.entries.remove(key).is_some() | self.lives.remove(key).is_some();
                    assert!(gone, "what was never there is removed: {key:?}");
                }
                State(entry) => match &entry.data {
                    LedgerEntryData::Ttl(ttl) => {
                        let until = self.lives.get(&entry.to_key());
                        assert_eq!(until, Some(&ttl.live_until_ledger_seq));
                    }
                    _ => assert_eq!(self.entries.get(&entry.to_key()), Some(entry)),
                },
            }
        }
    }

    /// All stroops that there are: of accounts, of contracts, and those paid as fees.
    fn coins(&self, network_id: &Hash) -> i128 {
        let xlm = ScAddress::Contract(asset_contract(&Asset::Native, network_id));
        let of_entry = |entry: &LedgerEntry| match &entry.data {
            LedgerEntryData::Account(account) => i128::from(account.balance),
            LedgerEntryData::ContractData(data) if data.contract == xlm => amount(&data.val),
            _ => 0,
        };
        i128::from(self.fee_pool) + self.entries.values().map(of_entry).sum::<i128>()
    }
}

/// What the contract of XLM notes of a contract's balance.
fn amount(noted: &ScVal) -> i128 {
    let ScVal::Map(Some(map)) = noted else { return 0 };
    let amount = |key: &ScVal| matches!(key, ScVal::Symbol(name) if name.0.as_slice() == b"amount");
    match map.iter().find(|entry| amount(&entry.key)).map(|entry| &entry.val) {
        Some(ScVal::I128(parts)) => i128::from(parts.hi) << 64 | i128::from(parts.lo),
        _ => 0,
    }
}
