//! The program itself, which can be killed.

use crate::wire::Wire;
use localnet::accounts::Account;
use localnet::ledger::account_key;
use serde_json::{Value, json};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use stellar_xdr::{AccountEntry, LedgerEntryData, Limits, ReadXdr, WriteXdr};

const PROGRAM: &str = env!("CARGO_BIN_EXE_localnet");

/// How long it may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program while it runs; killed without a warning when it is dropped.
pub struct Program {
    child: Child,
    pub url: String,
}

impl Program {
    /// Starts it at any port; it has to start.
    pub fn start(arguments: &[&str]) -> Self {
        Self::try_start(arguments).unwrap_or_else(|complaint| panic!("{complaint}"))
    }

    /// Starts it at any port, or says what it says when it does not.
    pub fn try_start(arguments: &[&str]) -> Result<Self, String> {
        Self::run(Command::new(PROGRAM).args(arguments))
    }

    /// Starts it after a line of the shell, such as one that sets limits.
    pub fn start_after(line: &str, arguments: &[&str]) -> Self {
        let line = format!("{line} && exec \"$0\" \"$@\"");
        let started = Self::run(Command::new("bash").args(["-c", &line, PROGRAM]).args(arguments));
        started.unwrap_or_else(|complaint| panic!("{complaint}"))
    }

    /// Starts it, and ends it as `kill -9` does, wherever it has got to.
    pub fn kill_after(time: Duration, arguments: &[&str]) {
        let mut command = Command::new(PROGRAM);
        let mut child = command.args(arguments).args(["--port", "0", "--quiet"]).spawn().unwrap();
        thread::sleep(time);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn run(command: &mut Command) -> Result<Self, String> {
        let command = command.args(["--port", "0", "--json"]).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let Ok(told) = serde_json::from_str::<Value>(&line) else { return Err(complaint(child)) };
        Ok(Self { child, url: told["horizonUrl"].as_str().unwrap().into() })
    }

    pub fn wire(&self) -> Wire {
        Wire::to(&self.url).expect("a server that listens")
    }

    /// Ends it as `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait(child: &mut Child) -> Option<i32> {
    let begin = Instant::now();
    loop {
        match child.try_wait().unwrap() {
            Some(status) => return status.code(),
            None if begin.elapsed() > PATIENCE => panic!("it does not end"),
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// The one sentence with which it ends that does not start.
fn complaint(mut child: Child) -> String {
    let code = wait(&mut child);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
    said.strip_prefix("localnet: ").unwrap_or_else(|| panic!("{said}")).trim().into()
}

/// A folder that goes when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("localnet-storm-{}-{count}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file in it.
    pub fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().into()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Whatever is left lies among the temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Wire {
    /// How accounts stand, in their order.
    pub fn accounts(&mut self, accounts: &[Account]) -> Vec<AccountEntry> {
        let key =
            |account: &Account| account_key(&account.id).to_xdr_base64(Limits::none()).unwrap();
        let page = |page: &[Account]| {
            let keys: Vec<_> = page.iter().map(key).collect();
            let found = self.ask("getLedgerEntries", json!({ "keys": keys }));
            let entries = found["entries"].as_array().unwrap().iter().map(|entry| {
                let text = entry["xdr"].as_str().unwrap();
                match LedgerEntryData::from_xdr_base64(text, Limits::none()) {
                    Ok(LedgerEntryData::Account(account)) => account,
                    other => panic!("{other:?}"),
                }
            });
            entries.collect::<Vec<_>>()
        };
        accounts.chunks(200).flat_map(page).collect()
    }

    pub fn account(&mut self, account: &Account) -> AccountEntry {
        self.accounts(std::slice::from_ref(account)).remove(0)
    }

    /// What became of a transaction.
    pub fn fate(&mut self, hash: &str) -> String {
        let found = self.ask("getTransaction", json!({ "hash": hash }));
        found["status"].as_str().unwrap().into()
    }
}
