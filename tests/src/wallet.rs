//! What a wallet does with the escrow on a network, in the contract's own types.

use crate::Plan;
use escrow::{NewMilestone, Terms};
use localnet::accounts::{Account, NAMES, named};
use localnet::client::{self, Client, Failure, create, invocation, upload};
use localnet::ledger::sha256;
use serde_json::{Value, json};
use soroban_sdk::xdr::{ContractId, HostFunction, LedgerEntryData, LedgerKey, ScVal};
use soroban_sdk::{Address, Env, IntoVal, String, TryFromVal, Val, Vec};
use std::sync::LazyLock;

pub use localnet::client::{Receipt, Rpc};

static EVERYBODY: LazyLock<std::vec::Vec<Account>> = LazyLock::new(|| named(NAMES.len()));

/// A server that is reached as clients reach it, over a connection that stays open.
pub struct Http {
    agent: ureq::Agent,
    url: std::string::String,
}

impl Http {
    pub fn new(url: &str) -> Self {
        Self { agent: ureq::Agent::new_with_defaults(), url: url.into() }
    }
}

impl Rpc for Http {
    fn call(&self, method: &str, params: Value) -> Result<Value, Failure> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let unanswered = |error: ureq::Error| Failure::Answer(format!("{method}: {error}"));
        let mut response = self.agent.post(&self.url).send_json(request).map_err(unanswered)?;
        let mut answer: Value = response.body_mut().read_json().map_err(unanswered)?;
        match answer.get("error") {
            Some(error) => Err(Failure::Answer(format!("{method}: {error}"))),
            None => Ok(answer["result"].take()),
        }
    }
}

/// A wallet with the keys of everybody. What it is told to do must be possible.
pub struct Wallet<'a> {
    pub rpc: &'a dyn Rpc,
}

impl Wallet<'_> {
    pub fn upload(&self, by: &Account, wasm: &[u8]) -> Receipt {
        self.send(by, upload(wasm))
    }

    /// Deploys the escrow by a plan, with a salt that is all of one byte.
    pub fn deploy(
        &self,
        env: &Env,
        by: &Account,
        wasm: &[u8],
        plan: &Plan,
        salt: u8,
    ) -> ContractId {
        let arguments = constructor(env, &plan.terms, &plan.milestones);
        let deployed = self.send(by, create(by, [salt; 32], sha256(wasm), arguments));
        assert!(deployed.succeeded);
        client::contract_id(by, [salt; 32])
    }

    pub fn call(&self, by: &Account, contract: &ContractId, name: &str, args: &[ScVal]) -> Receipt {
        self.send(by, invocation(contract, name, args.to_vec()))
    }

    /// Why a call fails, as its trial tells; nothing if it does not.
    pub fn refusal(
        &self,
        by: &Account,
        contract: &ContractId,
        name: &str,
        args: &[ScVal],
    ) -> Option<std::string::String> {
        match self.client().view(by, invocation(contract, name, args.to_vec())) {
            Ok(_) => None,
            Err(Failure::Refused(why)) => Some(why),
            Err(failure) => panic!("{name}: {failure}"),
        }
    }

    pub fn entry(&self, key: &LedgerKey) -> Option<LedgerEntryData> {
        self.client().entry(key).unwrap_or_else(|failure| panic!("{failure}"))
    }

    fn send(&self, by: &Account, function: HostFunction) -> Receipt {
        let sent = self.client().send(by, &EVERYBODY, function);
        sent.unwrap_or_else(|failure| panic!("{failure}"))
    }

    fn client(&self) -> Client<'_> {
        Client { rpc: self.rpc }
    }
}

/// One of the accounts that every network of ours starts with.
pub fn account(name: &str) -> Account {
    let account = EVERYBODY.iter().find(|account| account.name == name);
    account.unwrap_or_else(|| panic!("nobody is {name}")).clone()
}

pub fn address(env: &Env, name: &str) -> Address {
    Address::from_str(env, &account(name).public())
}

/// Takes the seats of a plan with named accounts.
pub fn seat(env: &Env, plan: &mut Plan) {
    let one = |name: &str| address(env, name);
    let some = |names: &[&str]| Vec::from_iter(env, names.iter().map(|name| one(name)));
    let roles = &mut plan.terms.roles;
    roles.payer = one("payer");
    roles.admin = one("admin");
    roles.platform = one("platform");
    roles.approvers = some(&["approver", "approver2", "approver3"]);
    roles.service_providers = some(&["provider"]);
    roles.release_signers = some(&["signer"]);
    roles.dispute_resolvers = some(&["resolver", "resolver2", "resolver3"]);
    roles.observers = some(&["observer"]);
}

/// Values of a contract's as they stand in a transaction.
pub fn values(env: &Env, args: Vec<Val>) -> std::vec::Vec<ScVal> {
    args.iter().map(|val| ScVal::try_from_val(env, &val).unwrap()).collect()
}

fn constructor(env: &Env, terms: &Terms, milestones: &[NewMilestone]) -> std::vec::Vec<ScVal> {
    let total: i128 = milestones.iter().map(|milestone| milestone.amount).sum();
    let milestones = Vec::from_iter(env, milestones.iter().cloned());
    values(env, (terms.clone(), milestones, total).into_val(env))
}

/// A text that a contract takes.
pub fn text(env: &Env, text: &str) -> String {
    String::from_str(env, text)
}
