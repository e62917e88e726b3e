//! What a wallet does with the escrow on a network: it tries a call, signs it, sends it, and
//! looks what has become of it.

use crate::Plan;
use ed25519_dalek::Signer;
use escrow::{NewMilestone, Terms};
use localnet::accounts::{Account, address_of, named, sign};
use localnet::ledger::sha256;
use localnet::settings::PASSPHRASE;
use serde_json::{Value, json};
use soroban_sdk::xdr::{
    AccountEntry, ContractDataDurability, ContractExecutable, ContractId, ContractIdPreimage,
    ContractIdPreimageFromAddress, CreateContractArgsV2, Hash, HashIdPreimage,
    HashIdPreimageContractId, HashIdPreimageSorobanAuthorization, HostFunction, InvokeContractArgs,
    InvokeHostFunctionOp, LedgerEntryData, LedgerKey, LedgerKeyAccount, LedgerKeyContractData,
    Limits, Memo, Operation, OperationBody, Preconditions, ReadXdr, ScAddress, ScBytes, ScMap,
    ScMapEntry, ScSymbol, ScVal, ScVec, SequenceNumber, SorobanAuthorizationEntry,
    SorobanCredentials, SorobanTransactionData, Transaction, TransactionExt, TransactionMeta,
    TransactionMetaV4, TransactionResult, Uint256, WriteXdr,
};
use soroban_sdk::{Address, Env, IntoVal, String, TryFromVal, Val, Vec};
use std::time::{Duration, Instant};

/// What a transaction pays to be taken, in stroops.
const INCLUSION_FEE: u32 = 100;

/// How long the signature of somebody who does not send the transaction counts.
const SIGNATURE_LEDGERS: u32 = 100;

/// Whatever answers JSON-RPC.
pub trait Rpc {
    fn call(&self, method: &str, params: Value) -> Value;
}

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
    fn call(&self, method: &str, params: Value) -> Value {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let mut response = self.agent.post(&self.url).send_json(request).expect("an answer");
        let mut answer: Value = response.body_mut().read_json().expect("JSON");
        assert!(answer.get("error").is_none(), "{method}: {}", answer["error"]);
        answer["result"].take()
    }
}

impl Rpc for localnet::Localnet {
    fn call(&self, method: &str, params: Value) -> Value {
        localnet::Localnet::call(self, method, params).unwrap_or_else(|e| panic!("{method}: {e:?}"))
    }
}

/// What became of a call that was sent, and how long each step took.
pub struct Receipt {
    pub succeeded: bool,
    pub ledger: u32,
    pub closed_at: u64,
    /// What the simulation said that the resources would cost.
    pub offered: i64,
    /// What the account has paid, for everything.
    pub charged: i64,
    pub meta: TransactionMetaV4,
    pub simulating: Duration,
    pub sending: Duration,
    pub whole: Duration,
}

impl Receipt {
    pub fn value(&self) -> Option<ScVal> {
        self.meta.soroban_meta.as_ref()?.return_value.clone()
    }

    /// One of the figures that the network keeps of a call.
    pub fn metric(&self, name: &str) -> u64 {
        let name = ScVal::Symbol(ScSymbol(name.try_into().unwrap()));
        let mut figures = self.meta.diagnostic_events.iter().filter_map(|event| {
            let soroban_sdk::xdr::ContractEventBody::V0(body) = &event.event.body;
            (body.topics.get(1) == Some(&name)).then_some(&body.data)
        });
        match figures.next_back() {
            Some(ScVal::U64(figure)) => *figure,
            other => panic!("{name:?}: {other:?}"),
        }
    }
}

pub struct Wallet<'a> {
    pub rpc: &'a dyn Rpc,
}

impl Wallet<'_> {
    pub fn upload(&self, by: &Account, wasm: &[u8]) -> Receipt {
        self.send(by, HostFunction::UploadContractWasm(wasm.to_vec().try_into().unwrap()))
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
        let deployed = self.send(
            by,
            HostFunction::CreateContractV2(CreateContractArgsV2 {
                contract_id_preimage: preimage(by, salt),
                executable: ContractExecutable::Wasm(sha256(wasm)),
                constructor_args: arguments.try_into().unwrap(),
            }),
        );
        assert!(deployed.succeeded);
        contract_id(by, salt)
    }

    pub fn call(&self, by: &Account, contract: &ContractId, name: &str, args: &[ScVal]) -> Receipt {
        self.send(by, invocation(contract, name, args))
    }

    /// Tries a call, which must succeed, and sends it.
    pub fn send(&self, by: &Account, host_function: HostFunction) -> Receipt {
        let started = Instant::now();
        let source = self.account(by);
        let mut tx = Transaction {
            source_account: address_of(&by.id),
            fee: INCLUSION_FEE,
            seq_num: SequenceNumber(source.seq_num.0 + 1),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: operation(host_function.clone(), &[]),
            ext: TransactionExt::V0,
        };
        let trying = Instant::now();
        let tried = self.simulate(&tx);
        let simulating = trying.elapsed();
        let Some(data) = tried["transactionData"].as_str() else {
            panic!("the call fails: {}", tried["error"])
        };
        let data = SorobanTransactionData::from_xdr_base64(data, Limits::none()).unwrap();
        let offered = data.resource_fee;
        let until = tried["latestLedger"].as_u64().unwrap() as u32 + SIGNATURE_LEDGERS;
        let auth: std::vec::Vec<_> =
            authorisations(&tried).into_iter().map(|entry| authorise(entry, until)).collect();
        tx.operations = operation(host_function, &auth);
        tx.fee += u32::try_from(offered).unwrap();
        tx.ext = TransactionExt::V1(data);
        let envelope = sign(tx, &sha256(PASSPHRASE.as_bytes()), &[&by.secret]);
        let transaction = base64(&envelope);
        let sending = Instant::now();
        let sent = self.rpc.call("sendTransaction", json!({ "transaction": transaction }));
        let sending = sending.elapsed();
        assert_eq!(sent["status"], "PENDING", "{sent}");
        let found = self.rpc.call("getTransaction", json!({ "hash": sent["hash"] }));
        receipt(&found, offered, simulating, sending, started.elapsed())
    }

    /// Why a call fails, as its trial tells; nothing if it does not.
    pub fn refusal(
        &self,
        by: &Account,
        contract: &ContractId,
        name: &str,
        args: &[ScVal],
    ) -> Option<std::string::String> {
        let tx = Transaction {
            source_account: address_of(&by.id),
            fee: INCLUSION_FEE,
            seq_num: SequenceNumber(0),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: operation(invocation(contract, name, args), &[]),
            ext: TransactionExt::V0,
        };
        self.simulate(&tx)["error"].as_str().map(Into::into)
    }

    fn simulate(&self, tx: &Transaction) -> Value {
        let envelope = sign(tx.clone(), &sha256(PASSPHRASE.as_bytes()), &[]);
        self.rpc.call("simulateTransaction", json!({ "transaction": base64(&envelope) }))
    }

    fn account(&self, who: &Account) -> AccountEntry {
        let key = LedgerKey::Account(LedgerKeyAccount { account_id: who.id.clone() });
        match self.entry(&key) {
            Some(LedgerEntryData::Account(account)) => account,
            other => panic!("{}: {other:?}", who.name),
        }
    }

    pub fn entry(&self, key: &LedgerKey) -> Option<LedgerEntryData> {
        let found = self.rpc.call("getLedgerEntries", json!({ "keys": [base64(key)] }));
        let entry = found["entries"].get(0)?["xdr"].as_str()?;
        Some(LedgerEntryData::from_xdr_base64(entry, Limits::none()).unwrap())
    }
}

fn authorisations(tried: &Value) -> std::vec::Vec<SorobanAuthorizationEntry> {
    let entries = tried["results"][0]["auth"].as_array().into_iter().flatten();
    entries
        .map(|entry| entry.as_str().expect("base64"))
        .map(|entry| SorobanAuthorizationEntry::from_xdr_base64(entry, Limits::none()).unwrap())
        .collect()
}

/// Signs for the named account that an authorisation is to come from, where that is not the
/// sender of the transaction.
fn authorise(mut entry: SorobanAuthorizationEntry, until: u32) -> SorobanAuthorizationEntry {
    let SorobanCredentials::Address(credentials) = &mut entry.credentials else { return entry };
    let everybody = named(localnet::accounts::NAMES.len());
    let is_asked = |who: &Account| ScAddress::Account(who.id.clone()) == credentials.address;
    let signer = everybody.into_iter().find(is_asked).expect("a named account").secret;
    credentials.signature_expiration_ledger = until;
    let preimage = HashIdPreimage::SorobanAuthorization(HashIdPreimageSorobanAuthorization {
        network_id: Hash(sha256(PASSPHRASE.as_bytes()).0),
        nonce: credentials.nonce,
        signature_expiration_ledger: until,
        invocation: entry.root_invocation.clone(),
    });
    let payload = sha256(&preimage.to_xdr(Limits::none()).unwrap());
    let field = |name: &str, bytes: &[u8]| ScMapEntry {
        key: ScVal::Symbol(ScSymbol(name.try_into().unwrap())),
        val: ScVal::Bytes(ScBytes(bytes.try_into().unwrap())),
    };
    let signature = ScMap(
        vec![
            field("public_key", signer.verifying_key().as_bytes()),
            field("signature", &signer.sign(&payload.0).to_bytes()),
        ]
        .try_into()
        .unwrap(),
    );
    let signatures = vec![ScVal::Map(Some(signature))];
    credentials.signature = ScVal::Vec(Some(ScVec(signatures.try_into().unwrap())));
    entry
}

fn receipt(
    found: &Value,
    offered: i64,
    simulating: Duration,
    sending: Duration,
    whole: Duration,
) -> Receipt {
    let meta = found["resultMetaXdr"].as_str().unwrap_or_else(|| panic!("{found}"));
    let TransactionMeta::V4(meta) = TransactionMeta::from_xdr_base64(meta, Limits::none()).unwrap()
    else {
        panic!("another version of meta")
    };
    let result = found["resultXdr"].as_str().unwrap();
    let result = TransactionResult::from_xdr_base64(result, Limits::none()).unwrap();
    Receipt {
        succeeded: found["status"] == "SUCCESS",
        ledger: found["ledger"].as_u64().unwrap().try_into().unwrap(),
        closed_at: found["createdAt"].as_str().unwrap().parse().unwrap(),
        offered,
        charged: result.fee_charged,
        meta,
        simulating,
        sending,
        whole,
    }
}

fn base64(value: &impl WriteXdr) -> std::string::String {
    value.to_xdr_base64(Limits::none()).unwrap()
}

fn operation(
    host_function: HostFunction,
    auth: &[SorobanAuthorizationEntry],
) -> soroban_sdk::xdr::VecM<Operation, 100> {
    let call = InvokeHostFunctionOp { host_function, auth: auth.to_vec().try_into().unwrap() };
    let body = OperationBody::InvokeHostFunction(call);
    vec![Operation { source_account: None, body }].try_into().unwrap()
}

pub fn invocation(contract: &ContractId, name: &str, args: &[ScVal]) -> HostFunction {
    HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(contract.clone()),
        function_name: ScSymbol(name.try_into().unwrap()),
        args: args.to_vec().try_into().unwrap(),
    })
}

fn preimage(by: &Account, salt: u8) -> ContractIdPreimage {
    ContractIdPreimage::Address(ContractIdPreimageFromAddress {
        address: ScAddress::Account(by.id.clone()),
        salt: Uint256([salt; 32]),
    })
}

/// Where a contract will be.
pub fn contract_id(by: &Account, salt: u8) -> ContractId {
    let preimage = HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: Hash(sha256(PASSPHRASE.as_bytes()).0),
        contract_id_preimage: preimage(by, salt),
    });
    ContractId(sha256(&preimage.to_xdr(Limits::none()).unwrap()))
}

/// The key of a contract's instance, and of all that stands in it.
pub fn instance(contract: &ContractId) -> LedgerKey {
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(contract.clone()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    })
}

/// One of the accounts that every network of ours starts with.
pub fn account(name: &str) -> Account {
    let mut accounts = named(localnet::accounts::NAMES.len()).into_iter();
    accounts.find(|account| account.name == name).unwrap_or_else(|| panic!("nobody is {name}"))
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
