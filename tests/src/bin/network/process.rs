//! The binary as a process of its own.

use localnet::accounts::named;
use localnet::network::{Network, Pace};
use localnet::operations::classic::accounts::new_account;
use localnet::settings::Settings;
use localnet::store::Store;
use serde_json::Value;
use soroban_sdk::xdr::{
    AccountId, LedgerEntry, LedgerEntryData, LedgerEntryExt, PublicKey, Uint256,
};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;

const BINARY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/localnet");

/// A network that has to itself whatever it keeps.
pub struct Process {
    child: Child,
    state: Option<PathBuf>,
    pub url: String,
}

impl Process {
    /// Starts a network that keeps nothing, and waits for its address.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(BINARY)
            .args(["--port", "0", "--json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("{BINARY}: {e}; run cargo build --package localnet"));
        let mut told = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut text = String::new();
        let about: Value = loop {
            assert_ne!(told.read_line(&mut text).expect("text"), 0, "localnet ends: {text}");
            if let Ok(about) = serde_json::from_str(&text) {
                break about;
            }
        };
        let url = about["rpcUrl"].as_str().unwrap_or_else(|| panic!("{about}")).into();
        Self { child, state: None, url }
    }

    /// Starts one that begins with so many entries in its ledger, and keeps them in a file.
    pub fn holding(entries: u32) -> Self {
        let name = format!("localnet-{}-{entries}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        fill(&path, entries);
        let mut process = Self::start(&["--state", path.to_str().expect("a path in UTF-8")]);
        process.state = Some(path);
        process
    }

    /// How much memory it has in use, in bytes.
    pub fn memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("a process that runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a figure");
        let kilobytes = line.split_whitespace().nth(1).expect("a number");
        kilobytes.parse::<u64>().expect("a number") * 1_024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(path) = &self.state {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A state file with what every network starts with, and accounts besides.
fn fill(path: &Path, entries: u32) {
    let mut network = Network::new(Settings::default(), Pace::default());
    localnet::genesis::build(&mut network, &named(localnet::accounts::NAMES.len()));
    let all = &mut network.entries;
    for number in 0u32.. {
        if all.size() >= entries as usize {
            break;
        }
        let mut key = [0; 32];
        key[..4].copy_from_slice(&number.to_be_bytes());
        let id = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key)));
        let entry = LedgerEntry {
            last_modified_ledger_seq: 1,
            data: LedgerEntryData::Account(new_account(&id, 10_000_000, 1)),
            ext: LedgerEntryExt::V0,
        };
        all.insert_mut(Rc::new(entry.to_key()), (Rc::new(entry), None));
    }
    let store = Store::open(path).unwrap_or_else(|e| panic!("{e}"));
    network.keep_in(store).unwrap_or_else(|e| panic!("{e}"));
}
