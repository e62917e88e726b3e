//! What each test begins with.

use crate::shell::Shell;
use localnet::accounts::{issuer, named};
use localnet::{Localnet, Options};
use serde_json::{Value, json};
use std::fs;

/// One whole token, or one XLM, in its smallest unit.
pub const ONE: i64 = 10_000_000;
pub const DAY: u64 = 86_400;

/// The built contract, as `make build` leaves it.
const WASM: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../target/wasm32v1-none/release/escrow.wasm");

/// A network of its own, and a shell that knows its accounts and its token by their names.
pub struct World {
    pub network: Localnet,
    shell: Shell,
}

impl World {
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    pub fn with(options: Options) -> Self {
        let accounts = named(options.accounts);
        let network = Localnet::start(options).expect("a port that is free");
        let shell = Shell::new(&network.rpc_url());
        for account in accounts.iter().chain([&issuer()]) {
            shell.know(&account.name, &account.secret_key());
        }
        fs::copy(WASM, shell.folder().join("escrow.wasm"))
            .unwrap_or_else(|error| panic!("{WASM}: {error}: make build"));
        let id = "$(stellar contract id asset --asset USDC:issuer)";
        shell.run(&format!("stellar contract alias add usdc --id {id}"));
        Self { network, shell }
    }

    /// A network with an escrow of two milestones, of 100 and 50, a fee of one per cent, and a
    /// week of review. Whoever has a role in it is known by the name of that role.
    pub fn with_escrow() -> Self {
        let world = Self::new();
        world.run(&deploy("--wasm escrow.wasm --alias escrow"));
        world
    }

    pub fn run(&self, line: &str) -> String {
        self.shell.run(line)
    }

    pub fn say(&self, line: &str) -> (String, String) {
        self.shell.say(line)
    }

    pub fn fail(&self, line: &str) -> String {
        self.shell.fail(line)
    }

    /// What a line prints, read as JSON.
    pub fn json(&self, line: &str) -> Value {
        let printed = self.run(line);
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{line}: {error}\n{printed}"))
    }

    /// Calls the escrow, as this source.
    pub fn escrow(&self, source: &str, call: &str) -> Value {
        self.json(&invoke(source, call))
    }

    /// The address of somebody who is known by name.
    pub fn address(&self, name: &str) -> String {
        self.run(&format!("stellar keys address {name}"))
    }

    /// What the ledger has of an account.
    pub fn account(&self, name: &str) -> Value {
        let line = format!("stellar ledger entry fetch account --account {name}");
        self.json(&line)["entries"][0]["val"]["account"].take()
    }

    /// What somebody has of a token, in its smallest unit.
    pub fn balance(&self, token: &str, of: &str) -> i64 {
        let balance = self.run(&format!("stellar token balance --id {token} --account {of}"));
        balance.parse().expect("a number")
    }

    pub fn file(&self, name: &str) -> Vec<u8> {
        fs::read(self.shell.folder().join(name)).expect("a file that was written")
    }

    /// The sequence of the latest ledger, which moves with each transaction that is sent.
    pub fn ledger(&self) -> u32 {
        self.network.network(|network| network.latest().sequence())
    }

    pub fn advance_ledgers(&self, count: u32) {
        self.network.call("localnet_advanceLedgers", json!({ "count": count })).expect("ledgers");
    }

    pub fn advance_time(&self, seconds: u64) {
        self.network.call("localnet_advanceTime", json!({ "seconds": seconds })).expect("time");
    }
}

/// The line that calls the escrow.
pub fn invoke(source: &str, call: &str) -> String {
    format!("stellar contract invoke --id escrow --source {source} -- {call}")
}

/// The line that deploys an escrow.
pub fn deploy(options: &str) -> String {
    let (terms, milestones) = (terms(), milestones());
    format!(
        "stellar contract deploy --source admin {options} -- \
         --terms '{terms}' --milestones '{milestones}' --total {}",
        150 * ONE
    )
}

fn terms() -> Value {
    json!({
        "engagement_id": "E-1",
        "title": "A house",
        "description": "On the hill",
        "document": null,
        "roles": {
            "payer": "payer",
            "admin": "admin",
            "platform": "platform",
            "approvers": ["approver"],
            "service_providers": ["provider"],
            "release_signers": ["signer"],
            "dispute_resolvers": ["resolver"],
            "observers": ["observer"],
        },
        "token": "usdc",
        "platform_fee_bps": 100,
        "policy": {
            "release_quorum": 1,
            "resolve_quorum": 1,
            "review_window": 7 * DAY,
            "dispute_window": 14 * DAY,
            "fallback": "Even",
        },
    })
}

fn milestones() -> Value {
    let milestone = |title: &str, amount: i64| {
        json!({
            "title": title,
            "description": "As drawn",
            "document": null,
            "amount": amount.to_string(),
            "receiver": "receiver",
            "approvals_required": 1,
            "due": 0,
        })
    };
    json!([milestone("Walls", 100 * ONE), milestone("Roof", 50 * ONE)])
}
