//! Trying a transaction before it is sent.

use super::Answer;
use super::error::RpcError;
use super::format::Format;
use super::params::{Params, decode};
use crate::network::Network;
use crate::simulate::{self, Simulation, Wishes};
use serde_json::{Value, json};
use soroban_simulation::simulation::LedgerEntryDiff;
use stellar_xdr::SorobanTransactionData;

/// What is wrong with the transaction is told in a proper result, as its failing is.
pub fn simulate(network: &Network, params: &Params) -> Answer {
    let wishes = wishes(params)?;
    let text: String = params.optional("transaction")?.unwrap_or_default();
    let mut answer = match try_out(network, params, &text, &wishes) {
        Ok(answer) => answer,
        Err(error) => json!({ "error": error }),
    };
    answer["latestLedger"] = network.latest().sequence().into();
    Ok(answer)
}

fn wishes(params: &Params) -> Result<Wishes, RpcError> {
    let resources: Params = params.optional("resourceConfig")?.unwrap_or_default();
    Ok(Wishes {
        auth_mode: params.optional("authMode")?.unwrap_or_default(),
        upgraded_auth: params.optional("useUpgradedAuth")?.unwrap_or_default(),
        instruction_leeway: resources.optional("instructionLeeway")?.unwrap_or_default(),
    })
}

fn try_out(
    network: &Network,
    params: &Params,
    text: &str,
    wishes: &Wishes,
) -> Result<Value, String> {
    let format = Format::of(params).map_err(|error| error.message)?;
    let envelope = decode(text).ok_or("Could not unmarshal transaction")?;
    Ok(tell(&simulate::simulate(network, &envelope, wishes)?, format))
}

/// Whatever there is nothing of is left out: clients take its mere presence for something.
fn tell(simulation: &Simulation, format: Format) -> Value {
    let mut told = json!({});
    if let Some(error) = &simulation.error {
        told["error"] = error.clone().into();
    }
    if let Some(data) = &simulation.data {
        tell_data(&mut told, data, format);
    }
    if let Some(data) = &simulation.restore {
        told["restorePreamble"] = json!({});
        tell_data(&mut told["restorePreamble"], data, format);
    }
    if let Some(result) = &simulation.result {
        let mut only = json!({});
        only[format.name("auth", "authJson")] = format.tell_all(&simulation.auth);
        only[format.name("xdr", "returnValueJson")] = format.tell(result);
        told["results"] = json!([only]);
    }
    if !simulation.events.is_empty() {
        told[format.name("events", "eventsJson")] = format.tell_all(&simulation.events);
    }
    let changes: Vec<_> =
        simulation.changes.iter().filter_map(|change| tell_change(change, format)).collect();
    if !changes.is_empty() {
        told["stateChanges"] = changes.into();
    }
    told
}

fn tell_data(told: &mut Value, data: &SorobanTransactionData, format: Format) {
    told[format.name("transactionData", "transactionDataJson")] = format.tell(data);
    told["minResourceFee"] = data.resource_fee.to_string().into();
}

fn tell_change(change: &LedgerEntryDiff, format: Format) -> Option<Value> {
    let (before, after) = (change.state_before.as_ref(), change.state_after.as_ref());
    let kind = match (before, after) {
        (None, Some(_)) => "created",
        (Some(_), Some(_)) => "updated",
        (Some(_), None) => "deleted",
        (None, None) => return None,
    };
    let mut told = json!({ "type": kind, "before": null, "after": null });
    told[format.name("key", "keyJson")] = format.tell(&before.or(after)?.to_key());
    if let Some(before) = before {
        told[format.name("before", "beforeJson")] = format.tell(before);
    }
    if let Some(after) = after {
        told[format.name("after", "afterJson")] = format.tell(after);
    }
    Some(told)
}
