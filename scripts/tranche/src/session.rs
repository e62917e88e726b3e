//! What all commands share: who signs, how the result is told, and what is read.

use crate::amount;
use crate::failure::Failure;
use crate::sheet;
use crate::stellar::Stellar;
use crate::strkey::{self, Written, classify};
use serde::Serialize;
use serde_json::Value;
use std::fs;
use std::io::{self, Write};

/// The options that every command has.
pub struct Session {
    pub source: Option<String>,
    pub id: Option<String>,
    pub json: bool,
    pub yes: bool,
}

/// An identity that signs.
#[derive(Clone)]
pub struct Signer {
    pub name: String,
    pub address: String,
}

impl Session {
    /// Who signs.
    pub fn signer(&self, stellar: &Stellar) -> Result<Signer, Failure> {
        let Some(name) = &self.source else {
            return Err(Failure::input(
                "It is not said who signs.",
                "--source NAME, or STELLAR_ACCOUNT: `stellar keys ls` lists the names",
            ));
        };
        match classify(name) {
            Written::Name => {}
            Written::Address => {
                return Err(Failure::input(
                    format!("--source {name}: an address cannot sign."),
                    "name the identity that has its key: `stellar keys ls` lists them",
                ));
            }
            Written::Wrong(why) => {
                return Err(Failure::input(format!("--source: {why}."), "name an identity"));
            }
        }
        Ok(Signer { name: name.clone(), address: stellar.address(name)? })
    }

    /// The address of the escrow.
    pub fn escrow_id(&self) -> Result<&str, Failure> {
        match &self.id {
            Some(id) => contract("--id", id),
            None => Err(Failure::input(
                "It is not said which escrow is meant.",
                "--id C…, or ESCROW_ID; scripts/address computes it",
            )),
        }
    }

    pub fn confirm(&self, stellar: &Stellar) -> Result<(), Failure> {
        sheet::confirm(stellar.network.is_mainnet(), self.yes)
    }

    /// Tells the result: to people, or to programs.
    pub fn tell(&self, text: &str, json: impl FnOnce() -> Value) {
        if self.json { print(&json().to_string()) } else { print(text) }
    }
}

/// Prints a result, and ends with a new line. Who reads it may stop reading: that is no failure.
pub fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{}", text.trim_end_matches('\n'));
}

/// An address of a contract that was given at an option.
pub fn contract<'a>(option: &str, text: &'a str) -> Result<&'a str, Failure> {
    if strkey::is_contract(text) {
        return Ok(text);
    }
    let why = match classify(text) {
        Written::Wrong(why) => why,
        Written::Address => "this is an account, and has to be a contract (C…)",
        Written::Name => "this is no address of a contract (C…, 56 characters)",
    };
    let shown = if strkey::is_secret(text) { "" } else { text };
    Err(Failure::input(
        format!("{option} {shown}: {why}."),
        "correct the address; nothing was sent",
    ))
}

/// The address of whom an option names.
pub fn account(stellar: &Stellar, option: &str, text: &str) -> Result<String, Failure> {
    match classify(text) {
        Written::Address => Ok(text.into()),
        Written::Name => stellar.address(text),
        Written::Wrong(why) => {
            let next = "an address (G…, C…), or the name of an identity of `stellar keys`";
            Err(Failure::input(format!("{option}: {why}."), next))
        }
    }
}

pub fn read_json(path: &str) -> Result<Value, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::input(format!("{path}: {error}."), "name a file that can be read")
    })?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::input(format!("{path} is not JSON: {error}."), "correct it at that place")
    })
}

/// All problems of a file at once.
pub fn no_problems(path: &str, problems: Vec<String>) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    let count = match problems.len() {
        1 => "a problem".into(),
        more => format!("{more} problems"),
    };
    let failure = Failure::input(
        format!("{path} has {count}; nothing was sent."),
        "correct the file; docs/commands.md has its fields",
    );
    Err(problems.into_iter().fold(failure, Failure::because))
}

pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("these types have a form in JSON")
}

/// Text as `stellar` takes it for exactly this text.
pub fn text(text: &str) -> String {
    to_json(&text)
}

pub fn xlm(stroops: i128) -> String {
    format!("{} XLM", amount::shown(stroops, 7))
}
