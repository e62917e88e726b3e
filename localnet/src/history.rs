//! What has happened: every closed ledger, as the network publishes it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use stellar_xdr::{
    ContractId, GeneralizedTransactionSet, Hash, LedgerCloseMeta, LedgerCloseMetaV2, LedgerHeader,
    Limits, ReadXdr, TransactionEnvelope, TransactionMeta, TransactionPhase,
    TransactionResultMetaV1, TransactionResultPair, TransactionResultResult, TxSetComponent,
};

use crate::ledger::xdr;

/// A closed ledger. What it holds stands as XDR, which takes a fraction of the memory.
#[derive(Clone)]
pub struct Closed {
    pub hash: Hash,
    pub header: LedgerHeader,
    /// Of each of its transactions, what clients know it by: the hash of a fee bump first.
    hashes: Vec<Vec<Hash>>,
    /// The contracts that say something in it.
    emitters: Vec<ContractId>,
    meta: Vec<u8>,
}

impl Closed {
    pub fn new(closed: LedgerCloseMetaV2) -> Self {
        let hashes = closed.tx_processing.iter().map(|tx| hashes(&tx.result)).collect();
        let emitters = closed.tx_processing.iter().flat_map(|tx| emitters(&tx.tx_apply_processing));
        let mut emitters: Vec<_> = emitters.collect();
        emitters.sort();
        emitters.dedup();
        let (hash, header) =
            (closed.ledger_header.hash.clone(), closed.ledger_header.header.clone());
        Self { hash, header, hashes, emitters, meta: xdr(&LedgerCloseMeta::V2(closed)) }
    }

    pub fn sequence(&self) -> u32 {
        self.header.ledger_seq
    }

    /// When it closed, in seconds since 1970.
    pub fn close_time(&self) -> u64 {
        self.header.scp_value.close_time.0
    }

    pub fn hashes(&self) -> &[Vec<Hash>] {
        &self.hashes
    }

    pub fn emitters(&self) -> &[ContractId] {
        &self.emitters
    }

    /// A LedgerCloseMeta in XDR.
    pub fn meta_xdr(&self) -> &[u8] {
        &self.meta
    }

    pub fn meta(&self) -> LedgerCloseMetaV2 {
        match LedgerCloseMeta::from_xdr(&self.meta, Limits::none()) {
            Ok(LedgerCloseMeta::V2(meta)) => meta,
            _ => unreachable!("what this network wrote"),
        }
    }

    /// Its transactions in the order in which they were applied.
    pub fn transactions(&self) -> Vec<Applied> {
        let meta = self.meta();
        let envelopes = envelopes(&meta.tx_set);
        let pairs = envelopes.into_iter().zip(meta.tx_processing.into_vec());
        let all = pairs.zip(&self.hashes).enumerate();
        all.map(|(index, ((envelope, processing), hashes))| Applied {
            hash: hashes[0].clone(),
            ledger: self.sequence(),
            close_time: self.close_time(),
            order: index as u32 + 1,
            envelope,
            processing,
        })
        .collect()
    }
}

/// A transaction that is part of a closed ledger.
#[derive(Clone)]
pub struct Applied {
    pub hash: Hash,
    pub ledger: u32,
    pub close_time: u64,
    /// Its place in its ledger, from 1.
    pub order: u32,
    pub envelope: TransactionEnvelope,
    pub processing: TransactionResultMetaV1,
}

fn envelopes(set: &GeneralizedTransactionSet) -> Vec<TransactionEnvelope> {
    let GeneralizedTransactionSet::V1(set) = set;
    let in_phase = |phase: &TransactionPhase| match phase {
        TransactionPhase::V0(components) => components
            .iter()
            .flat_map(|component| {
                let TxSetComponent::TxsetCompTxsMaybeDiscountedFee(component) = component;
                component.txs.to_vec()
            })
            .collect::<Vec<_>>(),
        TransactionPhase::V1(_) => Vec::new(),
    };
    set.phases.iter().flat_map(in_phase).collect()
}

/// What clients know a transaction by; one that is wrapped in a fee bump by its own hash, too.
fn hashes(pair: &TransactionResultPair) -> Vec<Hash> {
    use TransactionResultResult::{TxFeeBumpInnerFailed, TxFeeBumpInnerSuccess};
    let mut hashes = vec![pair.transaction_hash.clone()];
    if let TxFeeBumpInnerSuccess(inner) | TxFeeBumpInnerFailed(inner) = &pair.result.result {
        hashes.push(inner.transaction_hash.clone());
    }
    hashes
}

/// The contracts whose events a transaction has, those of its fee included.
fn emitters(meta: &TransactionMeta) -> Vec<ContractId> {
    let TransactionMeta::V4(meta) = meta else { unreachable!("what this network writes") };
    let of_operations = meta.operations.iter().flat_map(|operation| operation.events.iter());
    let events = meta.events.iter().map(|of_transaction| &of_transaction.event);
    events.chain(of_operations).filter_map(|event| event.contract_id.clone()).collect()
}

/// All closed ledgers, and where each transaction is.
#[derive(Clone, Default)]
pub struct History {
    ledgers: BTreeMap<u32, Closed>,
    places: HashMap<Hash, (u32, usize)>,
    /// The ledger that was read last: everybody who has a transaction in it asks for it.
    read: RefCell<Option<(u32, Vec<Applied>)>>,
}

impl History {
    pub fn push(&mut self, closed: Closed) {
        for (index, hashes) in closed.hashes.iter().enumerate() {
            for hash in hashes {
                self.places.insert(hash.clone(), (closed.sequence(), index));
            }
        }
        self.ledgers.insert(closed.sequence(), closed);
    }

    /// Forgets what came after a ledger.
    pub fn truncate(&mut self, last: u32) {
        self.read = RefCell::default();
        let forgotten = self.ledgers.split_off(&(last + 1));
        for hash in forgotten.values().flat_map(|closed| closed.hashes.iter().flatten()) {
            self.places.remove(hash);
        }
    }

    pub fn get(&self, sequence: u32) -> Option<&Closed> {
        self.ledgers.get(&sequence)
    }

    /// The ledgers from one on. Where time was moved, those in between were never written.
    pub fn from(&self, first: u32) -> impl DoubleEndedIterator<Item = &Closed> {
        self.ledgers.range(first..).map(|(_, closed)| closed)
    }

    pub fn transaction(&self, hash: &Hash) -> Option<Applied> {
        let (sequence, index) = *self.places.get(hash)?;
        let mut read = self.read.borrow_mut();
        let (_, transactions) = match &mut *read {
            Some(last) if last.0 == sequence => last,
            other => other.insert((sequence, self.ledgers.get(&sequence)?.transactions())),
        };
        transactions.get(index).cloned()
    }

    pub fn last(&self) -> Option<&Closed> {
        self.ledgers.values().next_back()
    }

    pub fn oldest(&self) -> &Closed {
        self.ledgers.values().next().expect("a network has a first ledger")
    }

    pub fn latest(&self) -> &Closed {
        self.last().expect("a network has a first ledger")
    }
}
