//! The operations of contracts: they run in the host, and pay for what they use.

pub mod diagnostics;
mod invoke;
mod lifetime;
mod metrics;
mod modules;

pub use modules::Modules;

use self::metrics::Metrics;
use crate::declared::resource_fees;
use crate::ledger::{is_persistent, xdr};
use crate::operations::{Context, classic};
use crate::settings::{CONTRACT_BYTES, DATA_ENTRY_BYTES, MAX_ENTRY_TTL};
use crate::transaction::Frame;
use soroban_env_host::budget::Budget;
use soroban_env_host::e2e_invoke::entry_size_for_rent;
use soroban_simulation::NetworkConfig;
use stellar_xdr::{
    ContractIdPreimage, DiagnosticEvent, ExtendFootprintTtlResult, Hash, HostFunction,
    InvokeHostFunctionResult, LedgerEntry, LedgerEntryData, LedgerKey, OperationBody,
    OperationResult, OperationResultTr, RestoreFootprintResult, ScError, ScErrorCode, ScVal,
    SorobanTransactionData,
};

/// What an operation of contracts works with besides the ledger, and what it leaves behind.
pub struct Work<'a> {
    pub frame: &'a Frame,
    pub data: &'a SorobanTransactionData,
    pub config: &'a NetworkConfig,
    pub modules: &'a Modules,
    /// From which contracts' random numbers follow.
    pub seed: Hash,
    pub fees: Fees,
    pub return_value: Option<ScVal>,
    pub diagnostics: Vec<DiagnosticEvent>,
    metrics: Metrics,
}

/// What of the fee for resources is spent, and what may still be given back, in stroops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fees {
    /// For what was declared, used or not.
    pub fixed: i64,
    /// What rent and events may take.
    pub refundable: i64,
    pub rent: i64,
    /// Rent and events together.
    pub used: i64,
}

impl Fees {
    /// What a transaction pays for what it declares, before it has used anything.
    pub fn declared(frame: &Frame, config: &NetworkConfig) -> Self {
        let Some(data) = frame.soroban_data() else { return Self::default() };
        let (fixed, _) = resource_fees(frame, data, &config.fee_configuration, 0);
        Self { fixed, refundable: data.resource_fee - fixed, rent: 0, used: 0 }
    }

    pub fn refund(&self) -> i64 {
        self.refundable - self.used
    }

    /// A transaction that fails has used nothing of what can be given back.
    pub fn forgive(&mut self) {
        (self.rent, self.used) = (0, 0);
    }
}

impl<'a> Work<'a> {
    pub fn new(
        frame: &'a Frame,
        data: &'a SorobanTransactionData,
        config: &'a NetworkConfig,
        modules: &'a Modules,
        seed: Hash,
    ) -> Self {
        let fees = Fees::declared(frame, config);
        Self {
            frame,
            data,
            config,
            modules,
            seed,
            fees,
            return_value: None,
            diagnostics: vec![],
            metrics: Metrics::default(),
        }
    }

    /// Pays for rent and events. False if the transaction has not offered enough.
    fn pay(&mut self, rent: i64, event_bytes: u32) -> bool {
        let fees = &self.config.fee_configuration;
        let (_, events) = resource_fees(self.frame, self.data, fees, event_bytes);
        self.fees.rent = rent;
        self.fees.used = rent.saturating_add(events);
        let enough = self.fees.used <= self.fees.refundable;
        if !enough {
            let why = "the refundable resource fee does not cover rent and events";
            let values = [self.fees.used as u64, self.fees.refundable.max(0) as u64];
            self.tell(ScError::Budget(ScErrorCode::ExceededLimit), why, &values);
        }
        enough
    }

    /// Leaves a word on why it fails.
    fn tell(&mut self, error: ScError, why: &str, values: &[u64]) {
        self.diagnostics.push(diagnostics::error(error, why, values));
    }

    /// The size that rent is paid for: of code, with what it takes in memory once it is parsed.
    fn size_for_rent(&self, entry: &LedgerEntry) -> u32 {
        let bytes = xdr(entry).len().try_into().unwrap_or(u32::MAX);
        let budget = unlimited(self.config);
        entry_size_for_rent(&budget, entry, bytes).unwrap_or(bytes)
    }
}

/// A budget that is not there to be spent.
fn unlimited(config: &NetworkConfig) -> Budget {
    let (cpu, memory) = (config.cpu_cost_params.clone(), config.memory_cost_params.clone());
    Budget::try_from_configs(u64::MAX, u64::MAX, cpu, memory).expect("the network's own prices")
}

pub fn is_known(body: &OperationBody) -> bool {
    matches!(
        body,
        OperationBody::InvokeHostFunction(_)
            | OperationBody::ExtendFootprintTtl(_)
            | OperationBody::RestoreFootprint(_)
    )
}

/// Whether an entry belongs to contracts, and so has a life that ends.
pub fn is_contracts(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractData(_) | LedgerKey::ContractCode(_))
}

/// Whether an entry is small enough for this network.
fn fits(entry: &LedgerEntry, bytes: usize) -> bool {
    match entry.data {
        LedgerEntryData::ContractCode(_) => bytes <= CONTRACT_BYTES as usize,
        LedgerEntryData::ContractData(_) => bytes <= DATA_ENTRY_BYTES as usize,
        _ => true,
    }
}

/// What can be told from an operation and its footprint alone.
pub fn check(body: &OperationBody, data: &SorobanTransactionData) -> Result<(), OperationResult> {
    let footprint = &data.resources.footprint;
    match body {
        OperationBody::InvokeHostFunction(operation) => {
            let sound = match &operation.host_function {
                HostFunction::UploadContractWasm(wasm) => wasm.len() <= CONTRACT_BYTES as usize,
                HostFunction::CreateContract(create) => match &create.contract_id_preimage {
                    ContractIdPreimage::Asset(asset) => classic::is_valid_asset(asset),
                    ContractIdPreimage::Address(_) => true,
                },
                _ => true,
            };
            let malformed =
                OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::Malformed);
            require(sound, malformed)
        }
        OperationBody::ExtendFootprintTtl(operation) => require(
            footprint.read_write.is_empty()
                && footprint.read_only.iter().all(is_contracts)
                && operation.extend_to < MAX_ENTRY_TTL,
            OperationResultTr::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed),
        ),
        OperationBody::RestoreFootprint(_) => require(
            footprint.read_only.is_empty() && footprint.read_write.iter().all(is_persistent),
            OperationResultTr::RestoreFootprint(RestoreFootprintResult::Malformed),
        ),
        _ => Err(OperationResult::OpNotSupported),
    }
}

fn require(sound: bool, malformed: OperationResultTr) -> Result<(), OperationResult> {
    if sound { Ok(()) } else { Err(OperationResult::OpInner(malformed)) }
}

/// The host has failed at something that is not the contract's fault.
#[derive(Debug)]
pub struct InternalError;

pub fn apply(
    body: &OperationBody,
    context: &mut Context,
    work: &mut Work,
) -> Result<OperationResult, InternalError> {
    let result = match body {
        OperationBody::InvokeHostFunction(operation) => {
            let outcome = invoke::apply(operation, context, work);
            work.diagnostics.extend(work.metrics.tell(outcome.is_ok()));
            OperationResultTr::InvokeHostFunction(match outcome {
                Ok(hash) => InvokeHostFunctionResult::Success(hash),
                Err(invoke::Failure::Internal) => return Err(InternalError),
                Err(invoke::Failure::Trapped) => InvokeHostFunctionResult::Trapped,
                Err(invoke::Failure::OverLimit) => InvokeHostFunctionResult::ResourceLimitExceeded,
                Err(invoke::Failure::Archived) => InvokeHostFunctionResult::EntryArchived,
                Err(invoke::Failure::FeeTooLow) => {
                    InvokeHostFunctionResult::InsufficientRefundableFee
                }
            })
        }
        OperationBody::ExtendFootprintTtl(operation) => {
            OperationResultTr::ExtendFootprintTtl(lifetime::extend(operation, context, work))
        }
        OperationBody::RestoreFootprint(_) => {
            OperationResultTr::RestoreFootprint(lifetime::restore(context, work))
        }
        _ => return Ok(OperationResult::OpNotSupported),
    };
    Ok(OperationResult::OpInner(result))
}
