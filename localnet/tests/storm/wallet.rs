//! Transactions that would be valid, of whoever there is, and the keys to sign any.

use crate::forge::base64;
use localnet::accounts::{Account, STARTING_STROOPS, address_of, issuer, named, sign};
use localnet::genesis::token;
use localnet::ledger::{sha256, sha256_xdr};
use localnet::operations::classic::events::asset_contract;
use localnet::root;
use localnet::settings::{BASE_FEE_STROOPS, PASSPHRASE};
use localnet::transaction::{account_id, transaction_hash};
use stellar_xdr::*;

/// How many accounts there are: few, so that they get in each other's way.
pub const ACCOUNTS: usize = 14;

pub struct Wallet {
    pub accounts: Vec<Account>,
    pub network_id: Hash,
}

impl Wallet {
    pub fn new() -> Self {
        let mut accounts = named(ACCOUNTS);
        accounts.push(issuer());
        Self { accounts, network_id: network_id() }
    }

    /// Keys and hashes that name something on the network.
    pub fn known(&self) -> Vec<[u8; 32]> {
        let key = |account: &Account| account.secret.verifying_key().to_bytes();
        let mut known: Vec<_> = self.accounts.iter().map(key).collect();
        known.extend([xlm().0.0, usdc().0.0, [0; 32], [7; 32], [0xff; 32]]);
        known.push(root::key(&self.network_id).verifying_key().to_bytes());
        known
    }

    /// Signs for all who have a part in a transaction, as far as their keys are here.
    pub fn sign(&self, tx: Transaction) -> TransactionEnvelope {
        let of_operations = tx.operations.iter().filter_map(|one| one.source_account.as_ref());
        let parties: Vec<_> = of_operations.chain([&tx.source_account]).map(account_id).collect();
        let signers = self.accounts.iter().filter(|account| parties.contains(&account.id));
        let signers: Vec<_> = signers.map(|account| &account.secret).collect();
        sign(tx, &self.network_id, &signers)
    }

    /// The same transaction, with somebody else paying for it.
    pub fn bump(
        &self,
        inner: TransactionV1Envelope,
        payer: &Account,
        fee: i64,
    ) -> TransactionEnvelope {
        let tx = FeeBumpTransaction {
            fee_source: address_of(&payer.id),
            fee,
            inner_tx: FeeBumpTransactionInnerTx::Tx(inner),
            ext: FeeBumpTransactionExt::V0,
        };
        let payload = TransactionSignaturePayload {
            network_id: self.network_id.clone(),
            tagged_transaction: TransactionSignaturePayloadTaggedTransaction::TxFeeBump(tx.clone()),
        };
        let signature = decorated(payer, &sha256_xdr(&payload));
        let signatures = vec![signature].try_into().expect("one signature");
        TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope { tx, signatures })
    }

    /// One operation of each kind that is not of contracts, each of them valid.
    pub fn operations(&self) -> Vec<Operation> {
        let [payer, provider, .., issuer] = &*self.accounts else { unreachable!() };
        let usdc = Asset::CreditAlphanum4(token());
        let payment = |asset, amount| {
            let destination = address_of(&provider.id);
            OperationBody::Payment(PaymentOp { destination, asset, amount })
        };
        let of_payer = [
            payment(Asset::Native, 10_000_000),
            // Almost all that it has.
            payment(Asset::Native, STARTING_STROOPS - 20_000_000),
            payment(usdc.clone(), 10_000_000),
            OperationBody::CreateAccount(CreateAccountOp {
                destination: AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([7; 32]))),
                starting_balance: 100_000_000,
            }),
            OperationBody::SetOptions(SetOptionsOp {
                inflation_dest: Some(provider.id.clone()),
                clear_flags: Some(1),
                set_flags: Some(10),
                master_weight: Some(1),
                low_threshold: Some(1),
                med_threshold: Some(1),
                high_threshold: Some(1),
                home_domain: Some(String32("example.org".try_into().expect("a short name"))),
                signer: Some(Signer { key: SignerKey::HashX(Uint256([7; 32])), weight: 1 }),
            }),
            OperationBody::ChangeTrust(ChangeTrustOp {
                line: ChangeTrustAsset::CreditAlphanum4(token()),
                limit: i64::MAX,
            }),
            OperationBody::AccountMerge(address_of(&provider.id)),
            OperationBody::ManageData(ManageDataOp {
                data_name: String64("name".try_into().expect("a short name")),
                data_value: Some(DataValue(vec![7; 5].try_into().expect("a short value"))),
            }),
            OperationBody::BumpSequence(BumpSequenceOp { bump_to: SequenceNumber(1 << 40) }),
        ];
        let of_issuer = [
            payment(usdc.clone(), 10_000_000),
            OperationBody::Clawback(ClawbackOp {
                asset: usdc.clone(),
                from: address_of(&payer.id),
                amount: 1,
            }),
            OperationBody::SetTrustLineFlags(SetTrustLineFlagsOp {
                trustor: payer.id.clone(),
                asset: usdc,
                clear_flags: 2,
                set_flags: 1,
            }),
        ];
        let by = |who: &Account| {
            let source_account = Some(address_of(&who.id));
            move |body| Operation { source_account: source_account.clone(), body }
        };
        of_payer.map(by(payer)).into_iter().chain(of_issuer.map(by(issuer))).collect()
    }
}

/// A transfer by the contract of an asset.
pub fn transfer(contract: ContractId, from: &Account, to: ScAddress) -> HostFunction {
    let amount = ScVal::I128(Int128Parts { hi: 0, lo: 10_000_000 });
    let from = ScVal::Address(ScAddress::Account(from.id.clone()));
    call(contract, "transfer", vec![from, ScVal::Address(to), amount])
}

pub fn call(contract: ContractId, function: &str, args: Vec<ScVal>) -> HostFunction {
    HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(contract),
        function_name: ScSymbol(function.try_into().expect("a short name")),
        args: args.try_into().expect("few arguments"),
    })
}

/// A transaction that the network would take after one with that sequence number, if its
/// operations are any good.
pub fn draft(
    who: &Account,
    used: i64,
    operations: Vec<Operation>,
    ext: TransactionExt,
) -> Transaction {
    let resources = match &ext {
        TransactionExt::V1(data) => data.resource_fee.clamp(0, 4_000_000_000) as u32,
        TransactionExt::V0 => 0,
    };
    Transaction {
        source_account: address_of(&who.id),
        fee: resources + BASE_FEE_STROOPS * operations.len() as u32,
        seq_num: SequenceNumber(used.saturating_add(1)),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().expect("few operations"),
        ext,
    }
}

/// A payment of XLM, with its hash.
pub fn payment(from: &Account, used: i64, to: &Account, amount: i64) -> (String, String) {
    let destination = address_of(&to.id);
    let pay = OperationBody::Payment(PaymentOp { destination, asset: Asset::Native, amount });
    let tx = draft(from, used, vec![operation(pay)], TransactionExt::V0);
    let network_id = network_id();
    let hash = transaction_hash(&tx, &network_id).to_string();
    (hash, base64(&sign(tx, &network_id, &[&from.secret])))
}

pub fn network_id() -> Hash {
    sha256(PASSPHRASE.as_bytes())
}

/// The contract of XLM.
pub fn xlm() -> ContractId {
    asset_contract(&Asset::Native, &network_id())
}

/// The contract of the token.
pub fn usdc() -> ContractId {
    asset_contract(&Asset::CreditAlphanum4(token()), &network_id())
}

/// An operation of the transaction's own source.
pub fn operation(body: OperationBody) -> Operation {
    Operation { source_account: None, body }
}

pub fn invocation(host_function: HostFunction, auth: Vec<SorobanAuthorizationEntry>) -> Operation {
    let auth = auth.try_into().expect("few authorisations");
    operation(OperationBody::InvokeHostFunction(InvokeHostFunctionOp { host_function, auth }))
}

pub fn decorated(account: &Account, hash: &Hash) -> DecoratedSignature {
    use ed25519_dalek::Signer;
    let [.., a, b, c, d] = account.secret.verifying_key().to_bytes();
    let signature = account.secret.sign(&hash.0).to_bytes();
    DecoratedSignature {
        hint: SignatureHint([a, b, c, d]),
        signature: Signature(signature.try_into().expect("64 bytes")),
    }
}
