//! The accounts that everybody starts with: known by name, and their keys public.

use crate::settings::STROOPS_PER_XLM;
use crate::transaction::transaction_hash;
use bip39::{Language, Mnemonic};
use ed25519_dalek::{Signer, SigningKey};
use slip10_ed25519::derive_ed25519_private_key;
use stellar_xdr::{
    AccountId, DecoratedSignature, Hash, MuxedAccount, PublicKey, Signature, SignatureHint,
    Transaction, TransactionEnvelope, TransactionV1Envelope, Uint256,
};

/// The words that all keys are derived from. Everybody knows them, so that nobody trusts them.
pub const MNEMONIC: &str = "test test test test test test test test test test test junk";
/// Where the keys lie, as in every Stellar wallet (SEP-5); `i` is the index of the account.
pub const DERIVATION_PATH: &str = "m/44'/148'/i'";
/// What each of them has at first, and what friendbot gives.
pub const STARTING_STROOPS: i64 = 10_000 * STROOPS_PER_XLM;
/// How many named accounts there can be: the key of the issuer comes after theirs.
pub const MAX_ACCOUNTS: u32 = 1_000;

/// Who is there by default: what an escrow needs of people.
pub const NAMES: [&str; 14] = [
    "payer",
    "provider",
    "receiver",
    "approver",
    "approver2",
    "approver3",
    "signer",
    "resolver",
    "resolver2",
    "resolver3",
    "platform",
    "admin",
    "observer",
    "stranger",
];

/// An account that the network has from its beginning.
#[derive(Clone, Debug)]
pub struct Account {
    pub name: String,
    /// Its place on the derivation path.
    pub index: u32,
    pub secret: SigningKey,
    pub id: AccountId,
}

impl Account {
    /// Its address: `G…`.
    pub fn public(&self) -> String {
        self.id.to_string()
    }

    /// What signs for it: `S…`.
    pub fn secret_key(&self) -> String {
        let key = stellar_strkey::ed25519::PrivateKey(self.secret.to_bytes());
        key.as_unredacted().to_string().to_string()
    }
}

/// The first so many of the named accounts, `MAX_ACCOUNTS` at most.
pub fn named(count: usize) -> Vec<Account> {
    let seed = seed();
    let name = |index: u32| match NAMES.get(index as usize) {
        Some(name) => name.to_string(),
        None => format!("account{index}"),
    };
    (0..MAX_ACCOUNTS).take(count).map(|index| derive(&seed, name(index), index)).collect()
}

/// Who issues the token of the network.
pub fn issuer() -> Account {
    derive(&seed(), "issuer".into(), MAX_ACCOUNTS)
}

/// The account that a key is the master key of.
pub fn id_of(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
}

/// The same as the address that transactions and operations name.
pub fn address_of(id: &AccountId) -> MuxedAccount {
    let AccountId(PublicKey::PublicKeyTypeEd25519(key)) = id;
    MuxedAccount::Ed25519(key.clone())
}

/// Signs a transaction with each of the keys, 20 at most.
pub fn sign(tx: Transaction, network_id: &Hash, signers: &[&SigningKey]) -> TransactionEnvelope {
    let hash = transaction_hash(&tx, network_id);
    let signatures: Vec<_> = signers.iter().map(|key| signature(key, &hash)).collect();
    let signatures = signatures.try_into().expect("as many signers as an envelope holds");
    TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures })
}

fn signature(key: &SigningKey, hash: &Hash) -> DecoratedSignature {
    let [.., a, b, c, d] = key.verifying_key().to_bytes();
    let signature = key.sign(&hash.0).to_bytes();
    DecoratedSignature {
        hint: SignatureHint([a, b, c, d]),
        signature: Signature(signature.try_into().expect("64 bytes, which it may have")),
    }
}

fn seed() -> [u8; 64] {
    let words = Mnemonic::parse_in_normalized(Language::English, MNEMONIC);
    words.expect("words with the right checksum").to_seed_normalized("")
}

fn derive(seed: &[u8; 64], name: String, index: u32) -> Account {
    let secret = SigningKey::from_bytes(&derive_ed25519_private_key(seed, &[44, 148, index]));
    let id = id_of(&secret);
    Account { name, index, secret, id }
}
