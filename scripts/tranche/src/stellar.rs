//! The only place that runs the program `stellar`.

use crate::authorised;
use crate::errors;
use crate::failure::Failure;
use crate::network::Network;
use serde_json::Value;
use std::io;
use std::process::{Command, Stdio};

const VERSION: &str = "28.1.0";
/// Who simulates what nobody signs.
const NOBODY: &str = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF";
/// What would make the program do something else than it is told here.
const OVERRULING: [&str; 14] = [
    "STELLAR_RPC_URL",
    "STELLAR_NETWORK_PASSPHRASE",
    "STELLAR_NETWORK",
    "STELLAR_ACCOUNT",
    "STELLAR_CONTRACT_ID",
    "STELLAR_SEND",
    "STELLAR_INVOKE_VIEW",
    "STELLAR_AUTH_MODE",
    // The former names of some, which it still obeys.
    "SOROBAN_RPC_URL",
    "SOROBAN_NETWORK_PASSPHRASE",
    "SOROBAN_NETWORK",
    "SOROBAN_ACCOUNT",
    "SOROBAN_CONTRACT_ID",
    "SOROBAN_SEND",
];

/// The program, of the right version, told of one network.
pub struct Stellar {
    pub network: Network,
}

/// A transaction that is through.
pub struct Sent {
    pub hash: String,
    /// In stroops.
    pub fee: i128,
}

/// What the ledger knows of a contract.
pub struct Instance {
    /// None: one of those that every network has built in.
    pub wasm_hash: Option<String>,
    pub archived: bool,
}

impl Stellar {
    pub fn new(network: Network) -> Result<Self, Failure> {
        let next = format!("`make setup` brings stellar {VERSION} into .tools/bin");
        let printed = match Command::new("stellar").args(["version", "--only-version"]).output() {
            Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Failure::input("The program stellar (stellar-cli) is missing.", next));
            }
            Err(error) => return Err(Failure::input(format!("stellar: {error}."), next)),
        };
        if printed != VERSION {
            let happened = format!("stellar is of version {printed:?}, and not {VERSION}.");
            return Err(Failure::input(happened, next));
        }
        Ok(Self { network })
    }

    /// Refuses a server that belongs to another network.
    pub fn check_network(&self) -> Result<(), Failure> {
        let info = self.json(&self.here(&["network", "info", "--output", "json"]))?;
        match info["passphrase"].as_str() {
            Some(passphrase) if passphrase == self.network.passphrase => Ok(()),
            other => Err(Failure::refused(
                format!("The server belongs to another network than {}.", self.network.name),
                "check NETWORK, STELLAR_RPC_URL and STELLAR_NETWORK_PASSPHRASE",
            )
            .because(format!(
                "It says {:?}, not {:?}.",
                other.unwrap_or_default(),
                self.network.passphrase
            ))),
        }
    }

    /// What a view of a contract returns.
    pub fn view(
        &self,
        id: &str,
        function: &str,
        arguments: &[(&str, String)],
    ) -> Result<Value, Failure> {
        let head = ["contract", "invoke", "--id", id, "--source", NOBODY, "--send", "no"];
        self.json(&self.call(&head, function, arguments))
    }

    /// Calls a contract, signed by an identity: for this call, and for what is named beneath it.
    pub fn invoke(
        &self,
        id: &str,
        source: &str,
        function: &str,
        arguments: &[(&str, String)],
        beneath: Option<&Value>,
    ) -> Result<Sent, Failure> {
        let head = ["contract", "invoke", "--id", id, "--source", source, "--build-only"];
        let simulated = self.simulate(&self.call(&head, function, arguments), source)?;
        authorised::check_call(&self.decoded(&simulated)?, beneath)?;
        self.sign_and_send(&simulated, source)
    }

    /// Calls a contract that calls no other, signed by all whom the arguments name as identities.
    pub fn invoke_by_all(
        &self,
        id: &str,
        source: &str,
        function: &str,
        arguments: &[(&str, String)],
    ) -> Result<Sent, Failure> {
        let head = ["contract", "invoke", "--id", id, "--source", source, "--send", "yes"];
        self.send(&self.call(&head, function, arguments))
    }

    /// Brings code to the ledger.
    pub fn upload(&self, wasm: &str, source: &str) -> Result<Sent, Failure> {
        let options = ["--wasm", wasm, "--optimize=false", "--source", source];
        self.send(&self.here(&[&["contract", "upload"], &options[..]].concat()))
    }

    /// Whether code is on the ledger.
    pub fn has_code(&self, hash: &str) -> Result<bool, Failure> {
        match self.run(&self.here(&["contract", "fetch", "--wasm-hash", hash])) {
            Ok(_) => Ok(true),
            Err(said) if said.contains("Contract Code not found") => Ok(false),
            Err(said) => Err(self.explain(&said)),
        }
    }

    /// Creates a contract of this code, by this account and salt, which make its address.
    pub fn deploy(
        &self,
        id: &str,
        wasm: &str,
        salt: &str,
        source: &str,
        arguments: &[(&str, String)],
    ) -> Result<Sent, Failure> {
        let head = ["contract", "deploy", "--wasm", wasm, "--optimize=false", "--salt", salt];
        let head = [&head[..], &["--source", source, "--build-only"]].concat();
        let mut line = self.here(&head);
        line.push("--".into());
        line.extend(options(arguments));
        let simulated = self.simulate(&line, source)?;
        authorised::check_creation(&self.decoded(&simulated)?, id)?;
        self.sign_and_send(&simulated, source)
    }

    /// The address of the contract that this account creates with this salt.
    pub fn contract_address(&self, salt: &str, account: &str) -> Result<String, Failure> {
        let line = ["contract", "id", "wasm", "--salt", salt, "--source", account];
        self.text(&self.here(&line))
    }

    /// The contract of an asset, such as `native` or `USDC:G…`.
    pub fn asset_contract(&self, asset: &str) -> Result<String, Failure> {
        self.text(&self.here(&["contract", "id", "asset", "--asset", asset]))
    }

    /// The address of an identity.
    pub fn address(&self, name: &str) -> Result<String, Failure> {
        self.text(&["keys", "address", name].map(String::from))
    }

    /// The identity that has this address.
    pub fn identity(&self, address: &str) -> Result<Option<String>, Failure> {
        let names = self.text(&["keys", "ls"].map(String::from))?;
        let has = |name: &&str| self.address(name).is_ok_and(|found| found == address);
        Ok(names.lines().map(str::trim).find(has).map(String::from))
    }

    /// What the ledger knows of a contract; None, where there is none.
    pub fn instance(&self, id: &str) -> Result<Option<Instance>, Failure> {
        let line = ["ledger", "entry", "fetch", "contract-data", "--contract", id, "--instance"];
        let found = self.json(&self.here(&line))?;
        let entry = &found["entries"][0];
        if entry.is_null() {
            return Ok(None);
        }
        let executable = &entry["val"]["contract_data"]["val"]["contract_instance"]["executable"];
        let archived = entry["liveUntilLedgerSeq"].as_u64() < found["latestLedger"].as_u64();
        Ok(Some(Instance { wasm_hash: executable["wasm"].as_str().map(String::from), archived }))
    }

    /// Entries of a contract, by their keys in XDR.
    pub fn entries(&self, id: &str, keys: &[String]) -> Result<Value, Failure> {
        let mut line = self.here(&["ledger", "entry", "fetch", "contract-data", "--contract", id]);
        line.extend(keys.iter().flat_map(|key| ["--key-xdr".to_owned(), key.clone()]));
        self.json(&line)
    }

    /// The oldest and the latest ledger that the server knows.
    pub fn ledgers(&self) -> Result<(u64, u64), Failure> {
        let health = self.json(&self.here(&["network", "health", "--output", "json"]))?;
        let number = |name: &str| health[name].as_u64().unwrap_or(1);
        Ok((number("oldestLedger"), number("latestLedger")))
    }

    /// A page of a contract's events, from a ledger or a cursor on.
    pub fn events(&self, id: &str, from: [&str; 2], count: usize) -> Result<Vec<Value>, Failure> {
        let count = count.to_string();
        let line = ["events", "--id", id, "--output", "json", "--count", &count];
        let printed = self.text(&self.here(&[&line[..], &from].concat()))?;
        printed.lines().map(read).collect()
    }

    fn call(&self, head: &[&str], function: &str, arguments: &[(&str, String)]) -> Vec<String> {
        let mut line = self.here(head);
        line.extend(["--".to_owned(), function.to_owned()]);
        line.extend(options(arguments));
        line
    }

    /// A line that is told of the network.
    fn here(&self, head: &[&str]) -> Vec<String> {
        head.iter().chain(&self.network.arguments()).map(|part| (*part).to_owned()).collect()
    }

    /// Builds a transaction and has it simulated: as it would be signed.
    fn simulate(&self, build: &[String], source: &str) -> Result<String, Failure> {
        let built = self.text(build)?;
        self.text(&self.here(&["tx", "simulate", "--source", source, &built]))
    }

    fn decoded(&self, transaction: &str) -> Result<Value, Failure> {
        self.json(&["tx", "decode", "--output", "json", transaction].map(String::from))
    }

    fn sign_and_send(&self, simulated: &str, source: &str) -> Result<Sent, Failure> {
        let sign = ["tx", "sign", "--sign-with-key", source, simulated];
        let (signed, said) = self.run(&self.here(&sign)).map_err(|said| self.explain(&said))?;
        let hash = hash_in(&said);
        let send = self.here(&["tx", "send", signed.trim()]);
        let (told, _) = self.run(&send).map_err(|said| self.unsent(&said, &hash))?;
        let fee = read(&told)?["result"]["fee_charged"].as_str().and_then(|fee| fee.parse().ok());
        Ok(Sent { hash, fee: fee.unwrap_or(0) })
    }

    /// Why a signed transaction is not through: only the network's own answer says that it is not.
    fn unsent(&self, said: &str, hash: &str) -> Failure {
        if ["transaction submission failed", "Error(Contract, #"].iter().any(|it| said.contains(it))
        {
            return self.explain(said);
        }
        Failure::refused(
            "It was signed and sent, and it is not known what became of it.",
            "look with scripts/status before trying again: it may still be carried out",
        )
        .because(format!("Transaction {hash}"))
        .because(crate::sheet::printable(said.trim().lines().last().unwrap_or_default()))
    }

    fn send(&self, line: &[String]) -> Result<Sent, Failure> {
        let (_, said) = self.run(line).map_err(|said| self.explain(&said))?;
        let hash = hash_in(&said);
        if hash.is_empty() {
            return Err(Failure::refused("Nothing was sent.", "see what stellar says")
                .because(crate::sheet::printable(said.trim())));
        }
        let fee =
            self.json(&self.here(&["tx", "fetch", "fee", "--output", "json", "--hash", &hash]));
        // It is through, whether or not the server tells what it took.
        let fee = fee.ok().and_then(|fee| fee["charged"]["fee"].as_i64()).unwrap_or(0);
        Ok(Sent { hash, fee: fee.into() })
    }

    fn json(&self, line: &[String]) -> Result<Value, Failure> {
        read(&self.text(line)?)
    }

    fn text(&self, line: &[String]) -> Result<String, Failure> {
        let (printed, _) = self.run(line).map_err(|said| self.explain(&said))?;
        Ok(printed.trim().to_owned())
    }

    /// What it prints, and says beside that; or what it says when it fails.
    fn run(&self, line: &[String]) -> Result<(String, String), String> {
        let mut command = Command::new("stellar");
        command.args(line).stdin(Stdio::null()).env("STELLAR_NO_UPDATE_CHECK", "true");
        for name in OVERRULING {
            command.env_remove(name);
        }
        let output = command.output().map_err(|error| format!("stellar: {error}"))?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        // Where it prints JSON, it prints what went wrong as JSON, too.
        if output.status.success() { Ok((printed, said)) } else { Err(said + &printed) }
    }

    fn explain(&self, said: &str) -> Failure {
        errors::explain(said, &self.network.name)
    }
}

fn options(arguments: &[(&str, String)]) -> impl Iterator<Item = String> {
    arguments.iter().flat_map(|(name, value)| [format!("--{name}"), value.clone()])
}

/// Of the transaction that was signed; empty, where none was.
fn hash_in(said: &str) -> String {
    let rest = said.split("Signing transaction: ").nth(1).unwrap_or_default();
    rest.lines().next().unwrap_or_default().trim().into()
}

fn read(text: &str) -> Result<Value, Failure> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(text).map_err(|error| {
        Failure::refused("stellar printed something that cannot be read.", "check its version")
            .because(error.to_string())
    })
}
