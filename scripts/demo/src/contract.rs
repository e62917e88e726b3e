//! The contract as it was built: its code, and its own description of its calls, by which JSON
//! becomes what it takes, and what it returns becomes JSON.

use crate::Outcome;
use localnet::ledger::sha256;
use serde_json::Value;
use soroban_spec_tools::Spec;
use std::fs;
use std::path::Path;
use stellar_xdr::{Hash, ScSpecTypeDef, ScVal};

pub struct Contract {
    pub wasm: Vec<u8>,
    /// What the network knows the code by.
    pub hash: Hash,
    spec: Spec,
}

impl Contract {
    pub fn read(path: &Path) -> Outcome<Self> {
        let at = path.display();
        let wasm = fs::read(path).map_err(|error| {
            format!("cannot read the contract at {at}: {error}; `make build` builds it")
        })?;
        let foreign = || format!("{at} is not the escrow contract; `make build` builds it");
        let spec = Spec::from_wasm(&wasm).map_err(|_| foreign())?;
        spec.find_function("get_escrow").map_err(|_| foreign())?;
        let hash = sha256(&wasm);
        Ok(Self { wasm, hash, spec })
    }

    /// What a function takes, out of JSON by the names of its parameters. An address that is not
    /// given is that of the caller.
    pub fn arguments(&self, function: &str, given: &Value, caller: &str) -> Outcome<Vec<Argument>> {
        let inputs = &self.spec.find_function(function)?.inputs;
        inputs
            .iter()
            .map(|input| {
                let name = input.name.to_utf8_string_lossy();
                let is_caller = given.get(&name).is_none() && input.type_ == ScSpecTypeDef::Address;
                let json = if is_caller { caller.into() } else { given[&name].clone() };
                let value = self
                    .spec
                    .from_json(&json, &input.type_)
                    .map_err(|error| format!("{function}, {name}: {error}"))?;
                Ok(Argument { name, json, value, is_caller })
            })
            .collect()
    }

    pub fn result(&self, function: &str, value: &ScVal) -> Outcome<Value> {
        let outputs = &self.spec.find_function(function)?.outputs;
        let kind = outputs.first().ok_or_else(|| format!("{function} returns nothing"))?;
        Ok(self.spec.xdr_to_json(value, kind)?)
    }

    /// What a wallet says that a function does.
    pub fn sentence(&self, function: &str) -> Outcome<String> {
        let doc = self.spec.find_function(function)?.doc.to_utf8_string_lossy();
        Ok(doc.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// One argument of a call.
pub struct Argument {
    pub name: String,
    pub json: Value,
    pub value: ScVal,
    /// Whether it only says who calls.
    pub is_caller: bool,
}
