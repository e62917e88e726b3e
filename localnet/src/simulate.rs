//! What a transaction would do and cost, found as the official RPC server finds it.

use crate::ledger::{Snapshot, sha256};
use crate::network::Network;
use crate::settings::MAX_ENTRY_TTL;
use soroban_env_host::HostError;
use soroban_env_host::e2e_invoke::RecordingInvocationAuthMode;
use soroban_env_host::events::HostEvent;
use soroban_simulation::AutoRestoringSnapshotSource;
use soroban_simulation::simulation::{
    InvokeHostFunctionSimulationResult, LedgerEntryDiff, SimulationAdjustmentConfig,
    simulate_extend_ttl_op, simulate_invoke_host_function_op, simulate_restore_op,
};
use std::fmt::Display;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use stellar_xdr::{
    AccountId, DiagnosticEvent, FeeBumpTransactionInnerTx, HostFunction, InvokeHostFunctionOp,
    LedgerFootprint, LedgerKey, Memo, MuxedAccount, Operation, OperationBody, ScVal,
    SorobanAuthorizationEntry, SorobanTransactionData, TransactionEnvelope, TransactionExt,
};

use crate::transaction::account_id;

/// What the caller may choose.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `enforce`, `record`, `record_allow_nonroot`, or nothing: as the transaction suggests.
    pub auth_mode: String,
    /// Whether recorded authorisations of accounts are of the newer form.
    pub upgraded_auth: bool,
    /// The least number of instructions to add to those that were counted.
    pub instruction_leeway: u64,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Simulation {
    /// Why the transaction would fail.
    pub error: Option<String>,
    pub result: Option<ScVal>,
    pub auth: Vec<SorobanAuthorizationEntry>,
    pub events: Vec<DiagnosticEvent>,
    pub changes: Vec<LedgerEntryDiff>,
    /// What the transaction must carry, its fee included.
    pub data: Option<SorobanTransactionData>,
    /// What a transaction must carry that restores what this one needs, if anything.
    pub restore: Option<SorobanTransactionData>,
}

/// Tries a transaction on the latest ledger. The error says why it cannot even be tried.
pub fn simulate(
    network: &Network,
    envelope: &TransactionEnvelope,
    wishes: &Wishes,
) -> Result<Simulation, String> {
    let parts = Parts::of(envelope);
    let [operation] = parts.operations else {
        return Err("Transaction contains more than one operation".into());
    };
    if *parts.memo != Memo::None {
        return Err(
            "Transaction contains a memo. Soroban transactions do not support memos.".into()
        );
    }
    let mode = Mode::read(&wishes.auth_mode)?;
    match &operation.body {
        OperationBody::InvokeHostFunction(invocation) => {
            let source = match &operation.source_account {
                Some(source) => account_id(source),
                None => account_id(&parts.source),
            };
            let auth = authorisation(mode, invocation, wishes.upgraded_auth)?;
            let leeway = wishes.instruction_leeway;
            invoke(network, &invocation.host_function, auth, &source, leeway)
        }
        OperationBody::ExtendFootprintTtl(extension) => {
            let footprint = footprint(&parts, mode)?;
            extend(network, &footprint.read_only, extension.extend_to)
        }
        OperationBody::RestoreFootprint(_) => {
            let footprint = footprint(&parts, mode)?;
            restore(network, &footprint.read_write)
        }
        other => {
            let name = other.name();
            Err(format!("transaction contains unsupported operation type: OperationType{name}"))
        }
    }
}

/// What counts of an envelope of any kind.
struct Parts<'a> {
    operations: &'a [Operation],
    memo: &'a Memo,
    source: MuxedAccount,
    data: Option<&'a SorobanTransactionData>,
}

impl<'a> Parts<'a> {
    fn of(envelope: &'a TransactionEnvelope) -> Self {
        let inner = match envelope {
            TransactionEnvelope::TxV0(envelope) => {
                let tx = &envelope.tx;
                let source = MuxedAccount::Ed25519(tx.source_account_ed25519.clone());
                return Self { operations: &tx.operations, memo: &tx.memo, source, data: None };
            }
            TransactionEnvelope::Tx(envelope) => envelope,
            TransactionEnvelope::TxFeeBump(bump) => {
                let FeeBumpTransactionInnerTx::Tx(inner) = &bump.tx.inner_tx;
                inner
            }
        };
        let data = match &inner.tx.ext {
            TransactionExt::V0 => None,
            TransactionExt::V1(data) => Some(data),
        };
        let source = inner.tx.source_account.clone();
        Self { operations: &inner.tx.operations, memo: &inner.tx.memo, source, data }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Enforce,
    Record,
    RecordAllowNonroot,
}

impl Mode {
    fn read(text: &str) -> Result<Option<Self>, String> {
        match text {
            "" => Ok(None),
            "enforce" => Ok(Some(Self::Enforce)),
            "record" => Ok(Some(Self::Record)),
            "record_allow_nonroot" => Ok(Some(Self::RecordAllowNonroot)),
            _ => Err("optional 'authMode' must be one of enforce,record,record_allow_nonroot \
                      when included"
                .into()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Record => "record",
            Self::RecordAllowNonroot => "record_allow_nonroot",
        }
    }
}

/// Authorisations that are there are enforced, and never recorded over.
fn authorisation(
    mode: Option<Mode>,
    invocation: &InvokeHostFunctionOp,
    upgraded: bool,
) -> Result<RecordingInvocationAuthMode, String> {
    let given = !invocation.auth.is_empty();
    let default = if given { Mode::Enforce } else { Mode::Record };
    let mode = mode.unwrap_or(default);
    if given && mode != Mode::Enforce {
        return Err(format!("cannot set authMode to '{}' with an auth footprint", mode.name()));
    }
    Ok(match mode {
        Mode::Enforce => RecordingInvocationAuthMode::Enforcing(invocation.auth.to_vec()),
        Mode::Record => RecordingInvocationAuthMode::recording(true, upgraded),
        Mode::RecordAllowNonroot => RecordingInvocationAuthMode::recording(false, upgraded),
    })
}

fn footprint<'a>(parts: &Parts<'a>, mode: Option<Mode>) -> Result<&'a LedgerFootprint, String> {
    if mode.is_some() {
        return Err("cannot set authMode with non-InvokeHostFunction operations".into());
    }
    let data = parts.data.ok_or(
        "To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint operations, \
         SorobanTransactionData must be provided",
    )?;
    Ok(&data.resources.footprint)
}

/// Tries a call into the host.
pub fn invoke(
    network: &Network,
    function: &HostFunction,
    auth: RecordingInvocationAuthMode,
    source: &AccountId,
    leeway: u64,
) -> Result<Simulation, String> {
    let leeway = u32::try_from(leeway).map_err(|error| error.to_string())?;
    let mut adjustment = SimulationAdjustmentConfig::default_adjustment();
    let instructions = &mut adjustment.instructions.additive_factor;
    *instructions = leeway.max(*instructions);
    let tried = simulate_invoke_host_function_op(
        snapshot(network),
        &network.config,
        &adjustment,
        &network.ledger_info(),
        function.clone(),
        auth,
        source,
        seed(),
        true,
    );
    tried.map(Simulation::from).map_err(told)
}

impl From<InvokeHostFunctionSimulationResult> for Simulation {
    fn from(tried: InvokeHostFunctionSimulationResult) -> Self {
        let (result, error) = match tried.invoke_result {
            Ok(result) => (Some(result), None),
            Err(error) => (None, Some(story(&error, &tried.diagnostic_events))),
        };
        Self {
            error,
            result,
            auth: tried.auth,
            events: tried.diagnostic_events,
            changes: tried.modified_entries,
            data: tried.transaction_data,
            restore: None,
        }
    }
}

fn extend(network: &Network, keys: &[LedgerKey], extend_to: u32) -> Result<Simulation, String> {
    // The network would refuse it, and the official code does not reckon with such a number.
    if extend_to >= MAX_ENTRY_TTL {
        return Err(format!(
            "extendTo {extend_to} is more than the {} ledgers that an entry can live",
            MAX_ENTRY_TTL - 1
        ));
    }
    let adjustment = SimulationAdjustmentConfig::default_adjustment();
    let (config, info) = (&network.config, network.ledger_info());
    let restoring = AutoRestoringSnapshotSource::new(snapshot(network), &info).map_err(told)?;
    let extended = simulate_extend_ttl_op(&restoring, config, &adjustment, &info, keys, extend_to)
        .map_err(told)?;
    let restored = restoring.simulate_restore_keys_op(config, &adjustment, &info).map_err(told)?;
    Ok(Simulation {
        data: Some(extended.transaction_data),
        restore: restored.map(|restored| restored.transaction_data),
        ..Simulation::default()
    })
}

fn restore(network: &Network, keys: &[LedgerKey]) -> Result<Simulation, String> {
    let adjustment = SimulationAdjustmentConfig::default_adjustment();
    let (config, info) = (&network.config, network.ledger_info());
    let restored =
        simulate_restore_op(snapshot(network).as_ref(), config, &adjustment, &info, keys)
            .map_err(told)?;
    Ok(Simulation { data: Some(restored.transaction_data), ..Simulation::default() })
}

fn snapshot(network: &Network) -> Rc<Snapshot> {
    Rc::new(Snapshot(network.entries.clone()))
}

/// Why something cannot be tried, which clients show to people.
fn told(error: impl Display) -> String {
    // In this form it comes with its causes, but without a backtrace of this program.
    format!("{error:#}")
}

/// An error with all that led to it, in the form of the official server.
fn story(error: &HostError, events: &[DiagnosticEvent]) -> String {
    let log = events.iter().rev().enumerate().map(|(i, event)| {
        let (event, failed_call) = (event.event.clone(), !event.in_successful_contract_call);
        format!("   {i}: {}\n", HostEvent { event, failed_call })
    });
    format!(
        "HostError: {:?}\n\nEvent log (newest first):\n{}",
        error.error,
        log.collect::<String>()
    )
}

/// What random numbers begin with: no two calls see the same.
fn seed() -> [u8; 32] {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    sha256(&[&call[..], &time.to_be_bytes()].concat()).0
}
