//! A ledger that transactions change, each invoked in a host of its own by the code that
//! simulates for the network, and what each of them took.

use soroban_env_host::budget::Budget;
use soroban_env_host::e2e_invoke::{
    LedgerEntryChange, RecordingInvocationAuthMode, extract_rent_changes,
    invoke_host_function_in_recording_mode,
};
use soroban_env_host::fees::{
    TransactionResources, compute_rent_fee, compute_transaction_resource_fee,
};
use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use soroban_env_host::{HostError, LedgerInfo};
use soroban_sdk::Address;
use soroban_sdk::xdr::{
    AccountEntry, AccountEntryExt, AccountId, AlphaNum4, AssetCode4, BytesM, ContractCostType,
    DecoratedSignature, HostFunction, InvokeHostFunctionOp, LedgerEntry, LedgerEntryData,
    LedgerEntryExt, LedgerKey, LedgerKeyAccount, LedgerKeyTrustLine, Limits, Memo, MuxedAccount,
    Operation, OperationBody, Preconditions, PublicKey, ReadXdr, ScAddress, ScMap, ScMapEntry,
    ScVal, ScVec, SequenceNumber, Signature, SignatureHint, SorobanAuthorizationEntry,
    SorobanCredentials, SorobanResources, SorobanTransactionData, SorobanTransactionDataExt,
    Thresholds, TimeBounds, TimePoint, Transaction, TransactionEnvelope, TransactionExt,
    TransactionV1Envelope, TrustLineAsset, TrustLineEntry, TrustLineEntryExt, TrustLineFlags,
    Uint256, VecM, WriteXdr,
};
use std::collections::BTreeMap;
use std::iter::Sum;
use std::rc::Rc;
use tests::network;

/// Which ledger it is at first; any will do that is far from zero.
const FIRST_LEDGER: u32 = 60_000_000;
/// What everybody has who has a trustline.
const RICHES: i64 = 1_000_000_000_000_000;

/// What one transaction took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    pub instructions: u32,
    pub footprint_entries: u32,
    pub disk_read_entries: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    /// With the returned value, as the network counts it.
    pub event_bytes: u32,
    pub tx_bytes: u32,
    /// In stroops.
    pub rent: i64,
    /// In stroops, with the rent; what the network adds for inclusion is not in it.
    pub resource_fee: i64,
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::default(), |all, cost| Self {
            instructions: all.instructions + cost.instructions,
            footprint_entries: all.footprint_entries + cost.footprint_entries,
            disk_read_entries: all.disk_read_entries + cost.disk_read_entries,
            disk_read_bytes: all.disk_read_bytes + cost.disk_read_bytes,
            write_entries: all.write_entries + cost.write_entries,
            write_bytes: all.write_bytes + cost.write_bytes,
            event_bytes: all.event_bytes + cost.event_bytes,
            tx_bytes: all.tx_bytes + cost.tx_bytes,
            rent: all.rent + cost.rent,
            resource_fee: all.resource_fee + cost.resource_fee,
        })
    }
}

/// Why a transaction fails, in words.
pub type Failure = String;

/// A transaction that succeeded.
pub struct Receipt {
    pub cost: Cost,
    pub value: ScVal,
    budget: Budget,
    changes: Vec<LedgerEntryChange>,
}

impl Receipt {
    /// The instructions that went into work of one kind.
    pub fn instructions(&self, kind: ContractCostType) -> u64 {
        self.budget.get_tracker(kind).expect("a budget that nobody else uses").cpu
    }
}

#[derive(Clone)]
struct Entries(BTreeMap<LedgerKey, EntryWithLiveUntil>);

impl SnapshotSource for Entries {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.get(key.as_ref()).cloned())
    }
}

#[derive(Clone)]
pub struct Chain {
    entries: Entries,
    network_id: [u8; 32],
    ledger: u32,
    timestamp: u64,
}

impl Chain {
    pub fn new(network_id: [u8; 32]) -> Self {
        let entries = Entries(BTreeMap::new());
        Self { entries, network_id, ledger: FIRST_LEDGER, timestamp: tests::START }
    }

    pub fn info(&self) -> LedgerInfo {
        network::ledger_info(self.network_id, self.ledger, self.timestamp)
    }

    pub fn wait(&mut self, seconds: u64) {
        self.timestamp += seconds;
        self.ledger += u32::try_from(seconds / network::LEDGER_SECONDS).unwrap();
    }

    /// Invokes without keeping what changes, or says why it fails.
    pub fn try_call(
        &self,
        source: &AccountId,
        function: &HostFunction,
    ) -> Result<Receipt, Failure> {
        let budget = network::budget();
        let invoked = invoke_host_function_in_recording_mode(
            &budget,
            false,
            function,
            source,
            RecordingInvocationAuthMode::recording(false, true),
            self.info(),
            Rc::new(self.entries.clone()),
            [0; 32],
            &mut Vec::new(),
        )
        .map_err(|error| error.to_string())?;
        let value = invoked.invoke_result.map_err(|error| error.to_string())?;
        let rent = compute_rent_fee(
            &extract_rent_changes(&invoked.ledger_changes),
            &network::rent(),
            self.ledger,
        );
        let classic = |key: &&LedgerKey| {
            !matches!(key, LedgerKey::ContractData(_) | LedgerKey::ContractCode(_))
        };
        let footprint = &invoked.resources.footprint;
        let (read_only, read_write) = (&footprint.read_only, &footprint.read_write);
        let restored = invoked.restored_rw_entry_indices.len();
        let disk_read_entries = read_only.iter().filter(classic).count()
            + read_write.iter().filter(classic).count()
            + restored;
        let envelope = envelope(source, function, invoked.auth, &invoked.resources);
        let resources = TransactionResources {
            instructions: invoked.resources.instructions,
            disk_read_entries: disk_read_entries as u32,
            write_entries: read_write.len() as u32,
            disk_read_bytes: invoked.resources.disk_read_bytes,
            write_bytes: invoked.resources.write_bytes,
            contract_events_size_bytes: invoked.contract_events_and_return_value_size,
            transaction_size_bytes: envelope.to_xdr(Limits::none()).unwrap().len() as u32,
        };
        let (fixed, refundable) = compute_transaction_resource_fee(&resources, &network::fees());
        let cost = Cost {
            instructions: resources.instructions,
            footprint_entries: (read_only.len() + read_write.len()) as u32,
            disk_read_entries: resources.disk_read_entries,
            disk_read_bytes: resources.disk_read_bytes,
            write_entries: resources.write_entries,
            write_bytes: resources.write_bytes,
            event_bytes: resources.contract_events_size_bytes,
            tx_bytes: resources.transaction_size_bytes,
            rent,
            resource_fee: fixed + refundable + rent,
        };
        within_limits(&cost)?;
        Ok(Receipt { cost, value, budget, changes: invoked.ledger_changes })
    }

    /// Invokes and keeps what changes.
    pub fn apply(
        &mut self,
        source: &AccountId,
        function: &HostFunction,
    ) -> Result<Receipt, Failure> {
        let receipt = self.try_call(source, function)?;
        for change in &receipt.changes {
            let key = LedgerKey::from_xdr(&change.encoded_key, Limits::none()).unwrap();
            let live_until = change.ttl_change.as_ref().map(|ttl| ttl.new_live_until_ledger);
            match &change.encoded_new_value {
                Some(value) => {
                    let entry = LedgerEntry::from_xdr(value, Limits::none()).unwrap();
                    self.entries.0.insert(key, (Rc::new(entry), live_until));
                }
                None if change.read_only => {
                    if let Some((_, kept_until)) = self.entries.0.get_mut(&key) {
                        *kept_until = live_until;
                    }
                }
                None => {
                    self.entries.0.remove(&key);
                }
            }
        }
        Ok(receipt)
    }

    /// All that a contract stores.
    pub fn data_of(&self, contract: &Address) -> Vec<LedgerEntry> {
        let contract = ScAddress::from(contract);
        let entries = self.entries.0.iter();
        let its = entries.filter(
            |(key, _)| matches!(key, LedgerKey::ContractData(data) if data.contract == contract),
        );
        its.map(|(_, (entry, _))| entry.as_ref().clone()).collect()
    }

    /// The entry of an uploaded WASM.
    pub fn code(&self, wasm: &[u8]) -> LedgerEntry {
        let its = self.entries.0.values().find(|(entry, _)| {
            matches!(&entry.data, LedgerEntryData::ContractCode(code) if *code.code == *wasm)
        });
        its.expect("code that was uploaded").0.as_ref().clone()
    }

    pub fn create_account(&mut self, id: &AccountId) {
        let key = LedgerKey::Account(LedgerKeyAccount { account_id: id.clone() });
        let account = AccountEntry {
            account_id: id.clone(),
            balance: 100 * network::STROOPS_PER_XLM,
            seq_num: SequenceNumber(0),
            num_sub_entries: 1,
            inflation_dest: None,
            flags: 0,
            home_domain: Default::default(),
            thresholds: Thresholds([1, 0, 0, 0]),
            signers: VecM::default(),
            ext: AccountEntryExt::V0,
        };
        self.put(key, LedgerEntryData::Account(account));
    }

    /// A trustline with money on it, or one that is frozen.
    pub fn trust(&mut self, id: &AccountId, asset: &TrustLineAsset, allowed: bool) {
        let key = LedgerKey::Trustline(LedgerKeyTrustLine {
            account_id: id.clone(),
            asset: asset.clone(),
        });
        let line = TrustLineEntry {
            account_id: id.clone(),
            asset: asset.clone(),
            balance: RICHES,
            limit: i64::MAX,
            flags: if allowed { TrustLineFlags::AuthorizedFlag as u32 } else { 0 },
            ext: TrustLineEntryExt::V0,
        };
        self.put(key, LedgerEntryData::Trustline(line));
    }

    fn put(&mut self, key: LedgerKey, data: LedgerEntryData) {
        let entry = LedgerEntry { last_modified_ledger_seq: 0, data, ext: LedgerEntryExt::V0 };
        self.entries.0.insert(key, (Rc::new(entry), None));
    }
}

pub fn account_id(seed: u8) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([seed; 32])))
}

pub fn usdc(issuer: &AccountId) -> AlphaNum4 {
    AlphaNum4 { asset_code: AssetCode4(*b"USDC"), issuer: issuer.clone() }
}

/// The transaction as it is sent: by one signer, within bounds of time, without a memo.
fn envelope(
    source: &AccountId,
    function: &HostFunction,
    auth: Vec<SorobanAuthorizationEntry>,
    resources: &SorobanResources,
) -> TransactionEnvelope {
    let auth: Vec<_> = auth.into_iter().map(signed).collect();
    let op =
        InvokeHostFunctionOp { host_function: function.clone(), auth: auth.try_into().unwrap() };
    let body = OperationBody::InvokeHostFunction(op);
    let AccountId(PublicKey::PublicKeyTypeEd25519(key)) = source;
    let tx = Transaction {
        source_account: MuxedAccount::Ed25519(key.clone()),
        fee: 0,
        seq_num: SequenceNumber(0),
        cond: Preconditions::Time(TimeBounds { min_time: TimePoint(0), max_time: TimePoint(0) }),
        memo: Memo::None,
        operations: vec![Operation { source_account: None, body }].try_into().unwrap(),
        ext: TransactionExt::V1(SorobanTransactionData {
            resources: resources.clone(),
            resource_fee: 0,
            ext: SorobanTransactionDataExt::V0,
        }),
    };
    let signature =
        DecoratedSignature { hint: SignatureHint([0; 4]), signature: Signature(signature()) };
    let signatures = vec![signature].try_into().unwrap();
    TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures })
}

/// An authorisation with room for what its account adds: one signature.
fn signed(mut entry: SorobanAuthorizationEntry) -> SorobanAuthorizationEntry {
    let credentials = match &mut entry.credentials {
        SorobanCredentials::SourceAccount => return entry,
        SorobanCredentials::Address(credentials) | SorobanCredentials::AddressV2(credentials) => {
            credentials
        }
        other => panic!("no account signs with {other:?}"),
    };
    let field = |name: &str, bytes: Vec<u8>| ScMapEntry {
        key: ScVal::Symbol(name.try_into().unwrap()),
        val: ScVal::Bytes(bytes.try_into().unwrap()),
    };
    let fields = [field("public_key", vec![0; 32]), field("signature", signature().into())];
    let map = ScVal::Map(Some(ScMap(fields.to_vec().try_into().unwrap())));
    credentials.signature = ScVal::Vec(Some(ScVec(vec![map].try_into().unwrap())));
    entry
}

fn signature() -> BytesM<64> {
    vec![0; 64].try_into().unwrap()
}

/// The network would not take a transaction beyond any of these.
fn within_limits(cost: &Cost) -> Result<(), String> {
    let limits = [
        ("footprint entries", cost.footprint_entries, network::TX_FOOTPRINT_ENTRIES),
        ("entries read from disk", cost.disk_read_entries, network::TX_DISK_READ_ENTRIES),
        ("bytes read from disk", cost.disk_read_bytes, network::TX_DISK_READ_BYTES),
        ("entries written", cost.write_entries, network::TX_WRITE_ENTRIES),
        ("bytes written", cost.write_bytes, network::TX_WRITE_BYTES),
        ("bytes of events", cost.event_bytes, network::TX_EVENT_BYTES),
        ("bytes of transaction", cost.tx_bytes, network::TX_BYTES),
    ];
    match limits.iter().find(|(_, used, limit)| used > limit) {
        Some((what, used, limit)) => Err(format!("{used} {what} are more than {limit}")),
        None => Ok(()),
    }
}
