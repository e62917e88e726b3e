//! What a signature is for: the call that is shown, and nothing that the call comes upon. A token that an
//! escrow calls could ask for more of who signs, and simulation takes all that is asked for into what is
//! signed.

use crate::failure::Failure;
use serde_json::{Value, json};

/// The transfer that a payer signs beneath `fund`.
pub fn transfer(token: &str, from: &str, to: &str, units: i128) -> Value {
    json!({
        "contract_address": token,
        "function_name": "transfer",
        "args": [{ "address": from }, { "address": to }, { "i128": units.to_string() }],
    })
}

/// Refuses a simulated transaction whose source would sign for anything but its call, and what is
/// known to be beneath that.
pub fn check(transaction: &Value, beneath: Option<&Value>) -> Result<(), Failure> {
    let call = &transaction["tx"]["tx"]["operations"][0]["body"]["invoke_host_function"];
    let expected = invocations(&call["host_function"], beneath);
    let just = call["auth"].as_array().is_some_and(|entries| {
        entries.iter().all(|entry| {
            entry["credentials"] == "source_account" && expected.contains(&entry["root_invocation"])
        })
    });
    if just {
        return Ok(());
    }
    Err(Failure::refused(
        "The signature would be for something else than this call.",
        "do not sign it with another tool either: the token may want to deceive you",
    )
    .because("Nothing was signed, and nothing was sent."))
}

fn invocations(function: &Value, beneath: Option<&Value>) -> Vec<Value> {
    let called = |call: &Value| json!({ "contract_fn": call });
    let one = |function: Value, within: Vec<Value>| json!({ "function": function, "sub_invocations": within });
    if let Some(call) = function.get("invoke_contract") {
        let with = beneath.map(|beneath| one(called(call), vec![one(called(beneath), vec![])]));
        return [one(called(call), vec![])].into_iter().chain(with).collect();
    }
    let Some(create) = function.get("create_contract_v2") else { return vec![] };
    let created = json!({ "create_contract_v2_host_fn": create });
    let constructor = beneath.map(|beneath| one(called(beneath), vec![]));
    vec![one(created, constructor.into_iter().collect())]
}

/// The constructor that who deploys signs beneath the creation.
pub fn constructor(id: &str, transaction: &Value) -> Value {
    let call = &transaction["tx"]["tx"]["operations"][0]["body"]["invoke_host_function"];
    json!({
        "contract_address": id,
        "function_name": "__constructor",
        "args": call["host_function"]["create_contract_v2"]["constructor_args"],
    })
}
