//! A call of the host: entries in, the official code that validators run, changes out.

use super::diagnostics::{event, symbol};
use super::lifetime::restored_until;
use super::metrics::Metrics;
use super::{Work, fits, is_contracts};
use crate::ledger::{Read, is_temporary, sha256_xdr, xdr};
use crate::operations::Context;
use crate::settings::{BASE_RESERVE_STROOPS, PROTOCOL, TX_EVENT_BYTES, TX_MEMORY_BYTES};
use soroban_env_host::budget::Budget;
use soroban_env_host::e2e_invoke::TtlLedgerEntryMeta;
use soroban_env_host::e2e_invoke::{
    InvokeHostFunctionResult, LedgerEntryChange, extract_rent_changes, invoke_host_function,
};
use soroban_env_host::fees::compute_rent_fee;
use soroban_env_host::{HostError, LedgerInfo};
use std::time::Instant;
use stellar_xdr::{
    ContractEvent, Hash, InvokeHostFunctionOp, InvokeHostFunctionSuccessPreImage, LedgerEntry,
    LedgerKey, Limits, ReadXdr, ScError, ScErrorCode, ScErrorType, ScVal,
    SorobanTransactionDataExt,
};

pub enum Failure {
    Trapped,
    OverLimit,
    Archived,
    FeeTooLow,
    Internal,
}

/// The entries as the host takes them, each with its life where it has one.
#[derive(Default)]
struct Inputs {
    entries: Vec<(Option<Vec<u8>>, Option<TtlLedgerEntryMeta>)>,
    /// Which of those that may be written were archived until now.
    restored: Vec<u32>,
}

pub fn apply(
    operation: &InvokeHostFunctionOp,
    context: &mut Context,
    work: &mut Work,
) -> Result<Hash, Failure> {
    let inputs = inputs(context, work)?;
    let (result, value) = invoke(operation, context, work, inputs)?;
    write(context, work, &result.ledger_changes)?;
    let events = events(work, &result.encoded_contract_events, value.len())?;
    let rent = compute_rent_fee(
        &extract_rent_changes(&result.ledger_changes),
        &work.config.rent_fee_configuration,
        context.header.ledger_seq,
    );
    if !work.pay(rent, work.metrics.event_bytes as u32) {
        return Err(Failure::FeeTooLow);
    }
    let return_value = decode::<ScVal>(&value);
    let success = InvokeHostFunctionSuccessPreImage {
        return_value: return_value.clone(),
        events: events.clone().try_into().expect("events within the limits"),
    };
    work.return_value = Some(return_value);
    context.events = events;
    Ok(sha256_xdr(&success))
}

/// The entries of the footprint, in its order; those that are archived and marked are restored.
fn inputs(context: &mut Context, work: &mut Work) -> Result<Inputs, Failure> {
    let data = work.data;
    let footprint = &data.resources.footprint;
    let marked: &[u32] = match &data.ext {
        SorobanTransactionDataExt::V1(ext) => &ext.archived_soroban_entries,
        SorobanTransactionDataExt::V0 => &[],
    };
    let mut inputs = Inputs::default();
    for key in footprint.read_only.iter() {
        input(context, work, key, None, &mut inputs)?;
    }
    for (key, index) in footprint.read_write.iter().zip(0..) {
        let index = marked.contains(&index).then_some(index);
        input(context, work, key, index, &mut inputs)?;
    }
    Ok(inputs)
}

/// One entry; under its index it may be restored, if it is archived.
fn input(
    context: &mut Context,
    work: &mut Work,
    key: &LedgerKey,
    index: Option<u32>,
    inputs: &mut Inputs,
) -> Result<(), Failure> {
    let now = context.header.ledger_seq;
    let ended = |until: &Option<u32>| until.is_some_and(|until| until < now);
    let found = context.ledger.read(key).filter(|(_, until)| !(is_temporary(key) && ended(until)));
    let Some((entry, mut lives_until)) = found else {
        inputs.entries.push((None, None));
        return Ok(());
    };
    let bytes = xdr(entry.as_ref());
    if !fits(&entry, bytes.len()) {
        return Err(Failure::OverLimit);
    }
    work.metrics.read_entries += 1;
    let archived = ended(&lives_until);
    if archived {
        let Some(index) = index else {
            archived_entry(work, key);
            return Err(Failure::Archived);
        };
        let live_until = restored_until(work, now);
        context.ledger.restore(key, live_until);
        lives_until = Some(live_until);
        inputs.restored.push(index);
    }
    if archived || !is_contracts(key) {
        work.metrics.disk_read_bytes += bytes.len() as u64;
        let from_disk = work.metrics.disk_read_bytes as usize;
        within(work, from_disk, work.data.resources.disk_read_bytes, "read from disk")?;
    }
    let life = lives_until.map(|live_until_ledger| TtlLedgerEntryMeta {
        live_until_ledger,
        entry_size_for_rent: work.size_for_rent(&entry),
    });
    inputs.entries.push((Some(bytes), life));
    Ok(())
}

fn archived_entry(work: &mut Work, key: &LedgerKey) {
    let what = match key {
        LedgerKey::ContractCode(_) => "the code of a contract is archived",
        _ => "an entry of a contract is archived",
    };
    work.tell(ScError::Value(ScErrorCode::InvalidInput), what, &[]);
}

/// Refuses what is more than the transaction has declared.
fn within(work: &mut Work, bytes: usize, declared: u32, what: &str) -> Result<(), Failure> {
    if bytes <= declared as usize {
        return Ok(());
    }
    let why = format!("more bytes {what} than declared");
    let values = [bytes as u64, declared.into()];
    work.tell(ScError::Budget(ScErrorCode::ExceededLimit), &why, &values);
    Err(Failure::OverLimit)
}

/// Runs the host. The answer comes with the value that the function returns, in XDR.
fn invoke(
    operation: &InvokeHostFunctionOp,
    context: &Context,
    work: &mut Work,
    inputs: Inputs,
) -> Result<(InvokeHostFunctionResult, Vec<u8>), Failure> {
    let resources = &work.data.resources;
    let budget = budget(work);
    let auth: Vec<_> = operation.auth.iter().map(xdr).collect();
    let mut diagnostics = Vec::new();
    let started = Instant::now();
    let invoked = invoke_host_function(
        &budget,
        true,
        xdr(&operation.host_function),
        xdr(resources),
        &inputs.restored,
        xdr(&context.source),
        auth.into_iter(),
        ledger_info(context, work),
        inputs.entries.into_iter(),
        work.seed.0.to_vec(),
        &mut diagnostics,
        None,
        Some(work.modules.cache()),
    );
    work.metrics.nanoseconds = started.elapsed().as_nanos().try_into().unwrap_or(u64::MAX);
    work.metrics.instructions = budget.get_cpu_insns_consumed().unwrap_or(u64::MAX);
    work.metrics.memory_bytes = budget.get_mem_bytes_consumed().unwrap_or(u64::MAX);
    work.diagnostics.append(&mut diagnostics);
    let error = match invoked {
        Ok(mut result) => {
            match std::mem::replace(&mut result.encoded_invoke_result, Ok(Vec::new())) {
                Ok(value) => return Ok((result, value)),
                Err(error) => error,
            }
        }
        Err(error) => error,
    };
    Err(why(work, &error))
}

/// Why the host has failed, as the network tells it.
fn why(work: &mut Work, error: &HostError) -> Failure {
    let said = ScError::try_from(error.error);
    let said = said.unwrap_or(ScError::Context(ScErrorCode::InternalError));
    let topics = vec![symbol("host_fn_failed"), ScVal::Error(said)];
    work.diagnostics.push(event(false, topics, ScVal::Void));
    let internal = error.error.is_code(ScErrorCode::InternalError)
        && !error.error.is_type(ScErrorType::Contract);
    let Metrics { instructions, memory_bytes: memory, .. } = work.metrics;
    if internal {
        Failure::Internal
    } else if instructions > work.data.resources.instructions.into()
        || memory > TX_MEMORY_BYTES.into()
    {
        let why = "more instructions or memory than declared";
        work.tell(ScError::Budget(ScErrorCode::ExceededLimit), why, &[instructions, memory]);
        Failure::OverLimit
    } else {
        Failure::Trapped
    }
}

/// What the transaction has declared. Diagnostics have a budget of their own, as on validators.
fn budget(work: &Work) -> Budget {
    let (instructions, memory) =
        (u64::from(work.data.resources.instructions), u64::from(TX_MEMORY_BYTES));
    Budget::try_from_configs_with_shadow_limits(
        instructions,
        memory,
        instructions.saturating_mul(10),
        memory.saturating_mul(2),
        work.config.cpu_cost_params.clone(),
        work.config.memory_cost_params.clone(),
    )
    .expect("the network's own prices")
}

fn ledger_info(context: &Context, work: &Work) -> LedgerInfo {
    let mut info = LedgerInfo {
        protocol_version: PROTOCOL,
        sequence_number: context.header.ledger_seq,
        timestamp: context.header.scp_value.close_time.0,
        network_id: context.network_id.0,
        base_reserve: BASE_RESERVE_STROOPS,
        ..LedgerInfo::default()
    };
    work.config.fill_config_fields_in_ledger_info(&mut info);
    info
}

/// Takes over what the host has changed. What was to be written and did not come back is gone.
fn write(
    context: &mut Context,
    work: &mut Work,
    changes: &[LedgerEntryChange],
) -> Result<(), Failure> {
    let mut written = 0;
    for change in changes {
        let key = decode::<LedgerKey>(&change.encoded_key);
        let life = change.ttl_change.as_ref().map(|ttl| ttl.new_live_until_ledger);
        match &change.encoded_new_value {
            Some(value) => {
                let entry = decode::<LedgerEntry>(value);
                if !fits(&entry, value.len()) {
                    return Err(Failure::OverLimit);
                }
                written += value.len();
                work.metrics.written_entries += 1;
                work.metrics.written_bytes = written as u64;
                within(work, written, work.data.resources.write_bytes, "written")?;
                context.ledger.put_until(entry.data, life);
            }
            None if change.read_only => {
                let longer = change
                    .ttl_change
                    .as_ref()
                    .is_some_and(|ttl| ttl.new_live_until_ledger > ttl.old_live_until_ledger);
                if let (true, Some(live_until)) = (longer, life) {
                    context.ledger.keep_until(&key, live_until);
                }
            }
            None => {
                if context.ledger.read(&key).is_some() {
                    context.ledger.remove(key);
                }
            }
        }
    }
    Ok(())
}

fn events(
    work: &mut Work,
    encoded: &[Vec<u8>],
    value_bytes: usize,
) -> Result<Vec<ContractEvent>, Failure> {
    let bytes: usize = encoded.iter().map(Vec::len).sum();
    work.metrics.events = encoded.len() as u64;
    work.metrics.event_bytes = (bytes + value_bytes) as u64;
    within(work, bytes + value_bytes, TX_EVENT_BYTES, "of events and returned value")?;
    Ok(encoded.iter().map(|event| decode(event)).collect())
}

/// What the host has written is what it says.
fn decode<T: ReadXdr>(bytes: &[u8]) -> T {
    T::from_xdr(bytes, Limits::none()).expect("what the host has encoded")
}
