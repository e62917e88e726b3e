//! Transactions to send.

use crate::client::Client;
use localnet::accounts::{Account, address_of, named, sign};
use localnet::ledger::{Read, sha256};
use localnet::operations::classic::events::asset_contract;
use localnet::settings::PASSPHRASE;
use serde_json::{Value, json};
use stellar_xdr::{
    AccountId, Asset, ContractDataDurability, ContractId, FeeBumpTransaction,
    FeeBumpTransactionEnvelope, FeeBumpTransactionExt, FeeBumpTransactionInnerTx, Hash,
    HostFunction, Int128Parts, InvokeContractArgs, InvokeHostFunctionOp, LedgerFootprint,
    LedgerKey, LedgerKeyContractData, Limits, Memo, Operation, OperationBody, PaymentOp,
    Preconditions, ReadXdr, ScAddress, ScVal, SequenceNumber, SorobanResources,
    SorobanTransactionData, SorobanTransactionDataExt, Transaction, TransactionEnvelope,
    TransactionExt, WriteXdr,
};

/// The accounts that these tests send from and to.
pub fn payer() -> Account {
    named(1).remove(0)
}

pub fn provider() -> Account {
    named(2).remove(1)
}

pub fn network_id() -> Hash {
    sha256(PASSPHRASE.as_bytes())
}

/// The contract of XLM.
pub fn native() -> ContractId {
    asset_contract(&Asset::Native, &network_id())
}

pub fn encode(value: &impl WriteXdr) -> String {
    value.to_xdr_base64(Limits::none()).expect("a value")
}

pub fn decode<T: ReadXdr>(value: &Value) -> T {
    let text = value.as_str().unwrap_or_else(|| panic!("no text: {value}"));
    T::from_xdr_base64(text, Limits::none()).expect("XDR")
}

pub fn operation(body: OperationBody) -> Operation {
    Operation { source_account: None, body }
}

pub fn payment(amount: i64) -> OperationBody {
    let destination = address_of(&provider().id);
    OperationBody::Payment(PaymentOp { destination, asset: Asset::Native, amount })
}

/// A call of the contract of XLM.
pub fn call(function: &str, arguments: Vec<ScVal>) -> OperationBody {
    OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
        host_function: HostFunction::InvokeContract(InvokeContractArgs {
            contract_address: ScAddress::Contract(native()),
            function_name: function.try_into().expect("a name"),
            args: arguments.try_into().expect("few arguments"),
        }),
        auth: Default::default(),
    })
}

pub fn account_value(id: &AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id.clone()))
}

pub fn contract_value(id: &ContractId) -> ScVal {
    ScVal::Address(ScAddress::Contract(id.clone()))
}

pub fn amount(amount: u64) -> ScVal {
    ScVal::I128(Int128Parts { hi: 0, lo: amount })
}

/// A transfer of the contract of XLM, from the payer.
pub fn transfer(to: ScVal, stroops: u64) -> OperationBody {
    call("transfer", vec![account_value(&payer().id), to, amount(stroops)])
}

pub fn balance(of: ScVal) -> OperationBody {
    call("balance", vec![of])
}

/// Where the contract of XLM itself is.
pub fn instance() -> LedgerKey {
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(native()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    })
}

/// What a transaction carries that only has a footprint.
pub fn footprint(read_only: Vec<LedgerKey>, read_write: Vec<LedgerKey>) -> TransactionExt {
    TransactionExt::V1(SorobanTransactionData {
        ext: SorobanTransactionDataExt::V0,
        resources: SorobanResources {
            footprint: LedgerFootprint {
                read_only: read_only.try_into().expect("few keys"),
                read_write: read_write.try_into().expect("few keys"),
            },
            instructions: 0,
            disk_read_bytes: 0,
            write_bytes: 0,
        },
        resource_fee: 0,
    })
}

pub fn fee_bump(inner: TransactionEnvelope, fee: i64) -> TransactionEnvelope {
    let TransactionEnvelope::Tx(inner) = inner else { panic!("a plain transaction") };
    let tx = FeeBumpTransaction {
        fee_source: address_of(&provider().id),
        fee,
        inner_tx: FeeBumpTransactionInnerTx::Tx(inner),
        ext: FeeBumpTransactionExt::V0,
    };
    let hash = localnet::transaction::Frame::new(
        TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope {
            tx: tx.clone(),
            signatures: Default::default(),
        }),
        &network_id(),
    )
    .hash;
    TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope {
        tx,
        signatures: vec![signature(&provider(), &hash)].try_into().expect("one signature"),
    })
}

fn signature(account: &Account, hash: &Hash) -> stellar_xdr::DecoratedSignature {
    use ed25519_dalek::Signer;
    let [.., a, b, c, d] = account.secret.verifying_key().to_bytes();
    stellar_xdr::DecoratedSignature {
        hint: stellar_xdr::SignatureHint([a, b, c, d]),
        signature: stellar_xdr::Signature(
            account.secret.sign(&hash.0).to_bytes().try_into().expect("64 bytes"),
        ),
    }
}

impl Client {
    /// The next transaction of the payer, not signed yet.
    pub fn draft(&self, body: OperationBody) -> Transaction {
        let id = payer().id;
        let sequence = self.net.network(move |network| {
            network.entries.account(&id).expect("an account of the network").seq_num.0
        });
        Transaction {
            source_account: address_of(&payer().id),
            fee: 100,
            seq_num: SequenceNumber(sequence + 1),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![operation(body)].try_into().expect("one operation"),
            ext: TransactionExt::V0,
        }
    }

    pub fn signed(&self, body: OperationBody) -> TransactionEnvelope {
        seal(self.draft(body))
    }

    pub fn send(&self, envelope: &TransactionEnvelope) -> Value {
        self.call("sendTransaction", json!({ "transaction": encode(envelope) }))
    }

    /// Sends what has to be taken; the answer is its hash.
    pub fn submit(&self, envelope: &TransactionEnvelope) -> String {
        let answer = self.send(envelope);
        assert_eq!(answer["status"], "PENDING", "{answer}");
        answer["hash"].as_str().expect("a hash").to_owned()
    }

    /// A payment of one stroop, in a ledger of its own.
    pub fn pay(&self) -> String {
        self.submit(&self.signed(payment(1)))
    }

    pub fn simulate(&self, tx: &Transaction) -> Value {
        self.call("simulateTransaction", json!({ "transaction": encode(&seal(tx.clone())) }))
    }

    /// Tries a call of the payer, and sends it with what the trial says that it takes.
    pub fn invoke(&self, body: OperationBody) -> String {
        let mut tx = self.draft(body);
        let trial = self.simulate(&tx);
        assert!(trial.get("error").is_none(), "{trial}");
        self.submit(&prepare(&mut tx, &trial))
    }

    pub fn transaction(&self, hash: &str) -> Value {
        self.call("getTransaction", json!({ "hash": hash }))
    }
}

pub fn seal(tx: Transaction) -> TransactionEnvelope {
    sign(tx, &network_id(), &[&payer().secret])
}

/// Gives a transaction what its trial says that it takes, and signs it.
pub fn prepare(tx: &mut Transaction, trial: &Value) -> TransactionEnvelope {
    let data: SorobanTransactionData = decode(&trial["transactionData"]);
    tx.fee = 100 + u32::try_from(data.resource_fee).expect("a fee");
    tx.ext = TransactionExt::V1(data);
    let mut operations = tx.operations.to_vec();
    if let OperationBody::InvokeHostFunction(invocation) = &mut operations[0].body {
        let auth = trial["results"][0]["auth"].as_array().expect("authorisations");
        let auth: Vec<_> = auth.iter().map(decode).collect();
        invocation.auth = auth.try_into().expect("few authorisations");
    }
    tx.operations = operations.try_into().expect("one operation");
    seal(tx.clone())
}
