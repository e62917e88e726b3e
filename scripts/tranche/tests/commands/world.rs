//! What each test begins with: a network of its own, and a shell that knows its accounts.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_tranche");
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
pub const PASSPHRASE: &str = "Standalone Network ; February 2017";
/// Of the public words that localnet's keys follow from.
pub const PAYERS_KEY: &str = "SCZ5VBFVGE4SLZV5WJO33LEEU36EEOEHWO27KYJIIUWGOKZB2OSNAQBI";

pub struct World {
    localnet: Child,
    pub rpc_url: String,
    pub usdc: String,
    folder: PathBuf,
}

/// How a command ended.
pub struct Ended {
    pub code: Option<i32>,
    pub printed: String,
    pub said: String,
}

impl World {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("tranche-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(folder.join("config/identity")).expect("room for a folder");
        let program = Path::new(PROGRAM).with_file_name("localnet");
        let mut localnet = Command::new(&program)
            .args(["--port", "0", "--json"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}: make build", program.display()));
        let mut line = String::new();
        let out = localnet.stdout.as_mut().expect("it is piped");
        BufReader::new(out).read_line(&mut line).expect("what it tells about itself");
        let told: Value = serde_json::from_str(&line).expect("JSON");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let (rpc_url, usdc) = (text(&told["rpcUrl"]), text(&told["token"]["contract"]));
        let world = Self { localnet, rpc_url, usdc, folder };
        for account in told["accounts"].as_array().expect("accounts") {
            world.know(&text(&account["name"]), &text(&account["secretKey"]));
        }
        world
    }

    /// A network with an escrow of this file, and its address.
    pub fn with(example: &str, admin: &str) -> (Self, String) {
        let world = Self::new();
        let id = world.deploy(&format!("{ROOT}/scripts/examples/{example}.json"), admin);
        (world, id)
    }

    /// Deploys, and tells the address.
    pub fn deploy(&self, terms: &str, admin: &str) -> String {
        let told = self.json(&["deploy", "--terms", terms, "--source", admin]);
        told["id"].as_str().expect("an address").to_owned()
    }

    /// Makes an account known by a name, as `stellar keys add` would.
    pub fn know(&self, name: &str, secret_key: &str) {
        let path = self.folder.join(format!("config/identity/{name}.toml"));
        fs::write(path, format!("secret_key = \"{secret_key}\"\n")).expect("room for a file");
    }

    /// Makes an account known by another name as well.
    pub fn alias(&self, name: &str, of: &str) {
        let path = |name: &str| self.folder.join(format!("config/identity/{name}.toml"));
        fs::copy(path(of), path(name)).expect("room for a file");
    }

    /// Writes a file; its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.join(name);
        fs::write(&path, content).expect("room for a file");
        path.to_str().expect("text").to_owned()
    }

    pub fn path(&self) -> String {
        format!("{ROOT}/.tools/bin:{}", env::var("PATH").unwrap_or_default())
    }

    /// A command in a shell that knows this network.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .env_clear()
            .env("PATH", self.path())
            .env("HOME", &self.folder)
            .env("STELLAR_CONFIG_HOME", self.folder.join("config"))
            .env("STELLAR_DATA_HOME", self.folder.join("data"))
            .env("STELLAR_RPC_URL", &self.rpc_url)
            .env("STELLAR_NETWORK_PASSPHRASE", PASSPHRASE)
            .env("ESCROW_WASM", format!("{ROOT}/target/wasm32v1-none/release/escrow.wasm"));
        command
    }

    /// What a command prints, which has to succeed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let ended = end(self.command(arguments));
        assert_eq!(ended.code, Some(0), "{arguments:?}\n{}\n{}", ended.printed, ended.said);
        ended.printed
    }

    /// The same for programs.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let printed = self.run(&[arguments, &["--json"]].concat());
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
    }

    /// A call of an escrow by an identity: how the first milestone that it touched stands then.
    pub fn call(&self, id: &str, source: &str, call: &str) -> String {
        let arguments: Vec<_> = call.split(' ').collect();
        let done = self.json(&[&arguments[..], &["--id", id, "--source", source]].concat());
        assert_eq!(done["hash"].as_str().expect("a hash").len(), 64, "{call}");
        assert_ne!(done["fee_stroops"], "0", "{call}");
        done["milestones"][0]["state"].to_string()
    }

    /// A call that the contract refuses: what is said, while nothing is sent.
    pub fn refused(&self, id: &str, source: &str, call: &str) -> String {
        let arguments: Vec<_> = call.split(' ').collect();
        let arguments = [&arguments[..], &["--id", id, "--source", source]].concat();
        self.nothing_sent(self.command(&arguments), 1)
    }

    /// How a command ends that sends nothing: with this code; what it says.
    pub fn nothing_sent(&self, command: Command, code: i32) -> String {
        let before = self.ledger();
        let shown = format!("{command:?}");
        let ended = end(command);
        assert_eq!(ended.code, Some(code), "{shown}\n{}\n{}", ended.printed, ended.said);
        assert_eq!(ended.printed, "", "{shown}");
        assert_eq!(self.ledger(), before, "{shown}: something was sent");
        ended.said
    }

    pub fn status(&self, id: &str) -> Value {
        self.json(&["status", "--id", id])
    }

    /// What somebody has of a token, in its smallest unit.
    pub fn balance(&self, token: &str, name: &str) -> i128 {
        let line = ["token", "balance", "--id", token, "--account", name];
        self.stellar(&line).parse().expect("a number")
    }

    /// What the real `stellar` prints, which has to succeed.
    pub fn stellar(&self, arguments: &[&str]) -> String {
        let mut command = self.command(&[]);
        let environment: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        command = Command::new("bash");
        command.args(["-c", "stellar \"$@\"", "stellar"]).args(arguments);
        command.env_clear().envs(environment).stdin(Stdio::null()).current_dir(&self.folder);
        let ended = end(command);
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.said);
        ended.printed.trim().into()
    }

    /// The latest ledger, which moves with each transaction that is sent.
    pub fn ledger(&self) -> u64 {
        self.rpc("getLatestLedger", json!({}))["sequence"].as_u64().expect("a number")
    }

    pub fn advance(&self, seconds: u64) {
        self.rpc("localnet_advanceTime", json!({ "seconds": seconds }));
    }

    pub fn rpc(&self, method: &str, params: Value) -> Value {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let mut reply = ureq::post(&self.rpc_url).send_json(request).expect("an answer");
        let mut reply: Value = reply.body_mut().read_json().expect("JSON");
        assert!(reply["error"].is_null(), "{reply}");
        reply["result"].take()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Whatever is left lies among the temporary files.
        let _ = self.localnet.kill();
        let _ = self.localnet.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Runs a command to its end.
pub fn end(mut command: Command) -> Ended {
    let output = command.output().expect("a program that can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code(), printed: text(&output.stdout), said: text(&output.stderr) }
}
