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

/// Refuses a simulated call whose source would sign for anything but that, and what is known to be
/// beneath it.
pub fn check_call(transaction: &Value, beneath: Option<&Value>) -> Result<(), Failure> {
    let function = json!({ "contract_fn": function(transaction)["invoke_contract"] });
    let with = beneath.map(|beneath| invocation(&function, vec![called(beneath)]));
    let alone = invocation(&function, vec![]);
    check(transaction, &[alone].into_iter().chain(with).collect::<Vec<_>>())
}

/// Refuses a simulated creation of a contract whose source would sign for anything but that, with its
/// constructor beneath it.
pub fn check_creation(transaction: &Value, id: &str) -> Result<(), Failure> {
    let creation = &function(transaction)["create_contract_v2"];
    let constructor = json!({
        "contract_address": id,
        "function_name": "__constructor",
        "args": creation["constructor_args"],
    });
    let function = json!({ "create_contract_v2_host_fn": creation });
    check(transaction, &[invocation(&function, vec![called(&constructor)])])
}

fn check(transaction: &Value, expected: &[Value]) -> Result<(), Failure> {
    let just = operation(transaction)["auth"].as_array().is_some_and(|entries| {
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

fn operation(transaction: &Value) -> &Value {
    &transaction["tx"]["tx"]["operations"][0]["body"]["invoke_host_function"]
}

fn function(transaction: &Value) -> &Value {
    &operation(transaction)["host_function"]
}

fn called(call: &Value) -> Value {
    invocation(&json!({ "contract_fn": call }), vec![])
}

fn invocation(function: &Value, within: Vec<Value>) -> Value {
    json!({ "function": function, "sub_invocations": within })
}
