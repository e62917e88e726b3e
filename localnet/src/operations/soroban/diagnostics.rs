//! Words for developers about why a transaction fails, which are no part of its result.

use stellar_xdr::{
    ContractEvent, ContractEventBody, ContractEventType, ContractEventV0, DiagnosticEvent,
    ExtensionPoint, ScError, ScString, ScSymbol, ScVal, ScVec, StringM,
};

/// An error with the reason for it, and the figures that show it.
pub fn error(error: ScError, why: &str, values: &[u64]) -> DiagnosticEvent {
    let text: StringM = why.try_into().unwrap_or_default();
    let mut data = vec![ScVal::String(ScString(text))];
    data.extend(values.iter().map(|value| ScVal::U64(*value)));
    let data = ScVal::Vec(Some(ScVec(data.try_into().unwrap_or_default())));
    event(false, vec![symbol("error"), ScVal::Error(error)], data)
}

pub fn event(
    in_successful_contract_call: bool,
    topics: Vec<ScVal>,
    data: ScVal,
) -> DiagnosticEvent {
    let topics = topics.try_into().unwrap_or_default();
    DiagnosticEvent {
        in_successful_contract_call,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 { topics, data }),
        },
    }
}

pub fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().unwrap_or_default()))
}
