//! What a wallet does on a network: it tries a call, signs it, sends it, and looks what has become
//! of it.

mod functions;
mod receipt;
mod signing;
#[cfg(test)]
mod tests;

pub use functions::{contract_id, create, invocation, upload};
pub use receipt::Receipt;

use crate::Localnet;
use crate::accounts::{Account, address_of, sign};
use crate::ledger::sha256;
use crate::settings::PASSPHRASE;
use serde_json::{Value, json};
use signing::authorise;
use std::slice::from_ref;
use std::time::{Duration, Instant};
use stellar_xdr::{
    ContractDataDurability, ContractId, Hash, HostFunction, InvokeHostFunctionOp, LedgerEntryData,
    LedgerKey, LedgerKeyAccount, LedgerKeyContractData, Limits, Memo, Operation, OperationBody,
    Preconditions, ReadXdr, ScAddress, ScVal, SequenceNumber, SorobanAuthorizationEntry,
    SorobanTransactionData, Transaction, TransactionEnvelope, TransactionExt, TransactionMeta,
    TransactionResult, VecM, WriteXdr,
};

/// What a transaction pays to be taken, in stroops.
const INCLUSION_FEE: u32 = 100;

/// How long the signature of somebody who does not send the transaction counts.
const SIGNATURE_LEDGERS: u32 = 100;

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("the call would fail: {0}")]
    Refused(String),
    #[error("the network does not take the transaction: {0}")]
    NotTaken(String),
    #[error("there is no account {0}")]
    NoAccount(String),
    /// No answer, or one that makes no sense.
    #[error("the network answers: {0}")]
    Answer(String),
}

/// Whatever answers JSON-RPC.
pub trait Rpc {
    fn call(&self, method: &str, params: Value) -> Result<Value, Failure>;
}

impl Rpc for Localnet {
    fn call(&self, method: &str, params: Value) -> Result<Value, Failure> {
        Localnet::call(self, method, params)
            .map_err(|error| Failure::Answer(format!("{method}: {error}")))
    }
}

/// A transaction that was tried and is signed.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub envelope: TransactionEnvelope,
    /// What the trial said that the resources would cost, in stroops.
    pub offered: i64,
    begun: Instant,
    simulating: Duration,
}

/// Sends for anybody whose key it is given.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    pub rpc: &'a dyn Rpc,
}

impl Client<'_> {
    /// Tries a call, signs it, and sends it. It is paid for by the one; the others authorise what
    /// they are asked to.
    pub fn send(
        &self,
        by: &Account,
        others: &[Account],
        function: HostFunction,
    ) -> Result<Receipt, Failure> {
        self.submit(&self.prepare(by, others, function)?)
    }

    /// All of it but sending.
    pub fn prepare(
        &self,
        by: &Account,
        others: &[Account],
        function: HostFunction,
    ) -> Result<Prepared, Failure> {
        let begun = Instant::now();
        let mut tx = transaction(by, self.next_number(by)?, invoke(function.clone(), vec![]));
        let trying = Instant::now();
        let tried = self.simulate(&tx)?;
        let simulating = trying.elapsed();
        if let Some(error) = tried["error"].as_str() {
            return Err(Failure::Refused(error.into()));
        }
        let data: SorobanTransactionData = decode(&tried["transactionData"])?;
        let offered = data.resource_fee;
        let latest = tried["latestLedger"].as_u64().and_then(|latest| u32::try_from(latest).ok());
        let until = latest.ok_or_else(|| strange(&tried))? + SIGNATURE_LEDGERS;
        let asked = tried["results"][0]["auth"].as_array().into_iter().flatten();
        let auth = asked
            .map(|entry| Ok(authorise(decode(entry)?, others, until)))
            .collect::<Result<_, Failure>>()?;
        tx.operations = one(invoke(function, auth));
        tx.fee = u32::try_from(offered + i64::from(INCLUSION_FEE)).map_err(|_| strange(&tried))?;
        tx.ext = TransactionExt::V1(data);
        Ok(Prepared { envelope: seal(tx, by), offered, begun, simulating })
    }

    /// Signs and sends an operation that needs no trial.
    pub fn classic(&self, by: &Account, body: OperationBody) -> Result<Receipt, Failure> {
        let begun = Instant::now();
        let envelope = seal(transaction(by, self.next_number(by)?, body), by);
        self.submit(&Prepared { envelope, offered: 0, begun, simulating: Duration::ZERO })
    }

    /// Sends what is signed, and tells what has become of it: it may have failed.
    pub fn submit(&self, prepared: &Prepared) -> Result<Receipt, Failure> {
        let transaction = base64(&prepared.envelope);
        let sending = Instant::now();
        let sent = self.rpc.call("sendTransaction", json!({ "transaction": transaction }))?;
        let sending = sending.elapsed();
        if sent["status"] != "PENDING" {
            return Err(Failure::NotTaken(sent.to_string()));
        }
        let found = self.rpc.call("getTransaction", json!({ "hash": sent["hash"] }))?;
        let TransactionMeta::V4(meta) = decode(&found["resultMetaXdr"])? else {
            return Err(strange(&found));
        };
        let result: TransactionResult = decode(&found["resultXdr"])?;
        let ledger = found["ledger"].as_u64().and_then(|ledger| u32::try_from(ledger).ok());
        let closed_at = found["createdAt"].as_str().and_then(|time| time.parse().ok());
        Ok(Receipt {
            succeeded: found["status"] == "SUCCESS",
            hash: sent["hash"].as_str().unwrap_or_default().into(),
            ledger: ledger.ok_or_else(|| strange(&found))?,
            closed_at: closed_at.ok_or_else(|| strange(&found))?,
            offered: prepared.offered,
            charged: result.fee_charged,
            meta,
            simulating: prepared.simulating,
            sending,
            whole: prepared.begun.elapsed(),
        })
    }

    /// What a call returns, without sending it.
    pub fn view(&self, by: &Account, function: HostFunction) -> Result<ScVal, Failure> {
        let tried = self.simulate(&transaction(by, 0, invoke(function, vec![])))?;
        match tried["error"].as_str() {
            Some(error) => Err(Failure::Refused(error.into())),
            None => decode(&tried["results"][0]["xdr"]),
        }
    }

    /// What stands in the ledger under these keys, 200 at most.
    pub fn entries(
        &self,
        keys: &[LedgerKey],
    ) -> Result<Vec<(LedgerKey, LedgerEntryData)>, Failure> {
        let keys: Vec<_> = keys.iter().map(base64).collect();
        let found = self.rpc.call("getLedgerEntries", json!({ "keys": keys }))?;
        let entries = found["entries"].as_array().ok_or_else(|| strange(&found))?;
        entries.iter().map(|entry| Ok((decode(&entry["key"])?, decode(&entry["xdr"])?))).collect()
    }

    pub fn entry(&self, key: &LedgerKey) -> Result<Option<LedgerEntryData>, Failure> {
        Ok(self.entries(from_ref(key))?.pop().map(|(_, data)| data))
    }

    fn simulate(&self, tx: &Transaction) -> Result<Value, Failure> {
        let envelope = sign(tx.clone(), &network_id(), &[]);
        self.rpc.call("simulateTransaction", json!({ "transaction": base64(&envelope) }))
    }

    fn next_number(&self, who: &Account) -> Result<i64, Failure> {
        match self.entry(&account_key(who))? {
            Some(LedgerEntryData::Account(account)) => Ok(account.seq_num.0 + 1),
            _ => Err(Failure::NoAccount(who.public())),
        }
    }
}

pub fn account_key(who: &Account) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount { account_id: who.id.clone() })
}

/// The key of a contract's instance, and of all that stands in it.
pub fn instance_key(contract: &ContractId) -> LedgerKey {
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(contract.clone()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    })
}

pub fn network_id() -> Hash {
    sha256(PASSPHRASE.as_bytes())
}

fn transaction(by: &Account, number: i64, body: OperationBody) -> Transaction {
    Transaction {
        source_account: address_of(&by.id),
        fee: INCLUSION_FEE,
        seq_num: SequenceNumber(number),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: one(body),
        ext: TransactionExt::V0,
    }
}

fn one(body: OperationBody) -> VecM<Operation, 100> {
    vec![Operation { source_account: None, body }].try_into().expect("one of a hundred")
}

fn invoke(host_function: HostFunction, auth: Vec<SorobanAuthorizationEntry>) -> OperationBody {
    let auth = auth.try_into().expect("a number of 32 bits");
    OperationBody::InvokeHostFunction(InvokeHostFunctionOp { host_function, auth })
}

fn seal(tx: Transaction, by: &Account) -> TransactionEnvelope {
    sign(tx, &network_id(), &[&by.secret])
}

fn base64(value: &impl WriteXdr) -> String {
    value.to_xdr_base64(Limits::none()).expect("a value that XDR can hold")
}

fn decode<T: ReadXdr>(value: &Value) -> Result<T, Failure> {
    let text = value.as_str().ok_or_else(|| strange(value))?;
    T::from_xdr_base64(text, Limits::none()).map_err(|_| strange(value))
}

fn strange(answer: &Value) -> Failure {
    Failure::Answer(answer.to_string())
}
