//! Who has signed a transaction.

use crate::ledger::sha256;
use ed25519_dalek::{Signature, VerifyingKey};
use stellar_xdr::{
    AccountEntry, AccountId, DecoratedSignature, Hash, PublicKey, Signer, SignerKey,
    SignerKeyEd25519SignedPayload, ThresholdIndexes, Uint256,
};

/// No signer counts for more.
const MAX_WEIGHT: u32 = 255;

/// The signatures of one transaction, and which of them have been of use.
pub struct Signatures<'a> {
    hash: &'a Hash,
    all: &'a [DecoratedSignature],
    used: Vec<bool>,
}

impl<'a> Signatures<'a> {
    /// Signatures of what has this hash.
    pub fn new(hash: &'a Hash, all: &'a [DecoratedSignature]) -> Self {
        Self { hash, all, used: vec![false; all.len()] }
    }

    /// Whether an account's signers have signed with the weight that it asks for.
    pub fn satisfy(&mut self, account: &AccountEntry, threshold: ThresholdIndexes) -> bool {
        let thresholds = account.thresholds.0;
        let [master, ..] = thresholds;
        let needed = thresholds[threshold as usize];
        let mut signers = account.signers.to_vec();
        if master > 0 {
            signers.push(Signer { key: master_key(&account.account_id), weight: master.into() });
        }
        self.reach(signers, needed.into())
    }

    /// Whether the key of an account that does not exist yet has signed.
    pub fn of_key(&mut self, id: &AccountId) -> bool {
        self.reach(vec![Signer { key: master_key(id), weight: 1 }], 0)
    }

    /// Whether one signer that the transaction itself asks for has signed.
    pub fn of_extra(&mut self, key: &SignerKey) -> bool {
        self.reach(vec![Signer { key: key.clone(), weight: 1 }], 1)
    }

    pub fn all_used(&self) -> bool {
        self.used.iter().all(|used| *used)
    }

    /// Each signature counts for at most one signer, and each signer once.
    fn reach(&mut self, mut signers: Vec<Signer>, needed: u32) -> bool {
        let mut weight = 0;
        let mut enough = |signer: &Signer| {
            weight += signer.weight.min(MAX_WEIGHT);
            weight >= needed
        };
        let agreed = |signer: &&Signer| matches!(&signer.key, SignerKey::PreAuthTx(key) if key.0 == self.hash.0);
        if signers.iter().filter(agreed).any(&mut enough) {
            return true;
        }
        for kind in [is_hash, is_key, is_payload] {
            for (signature, used) in self.all.iter().zip(&mut self.used) {
                let signer = signers.iter().position(|signer| {
                    kind(&signer.key) && is_signed(signature, &signer.key, self.hash)
                });
                if let Some(signer) = signer {
                    *used = true;
                    if enough(&signers.swap_remove(signer)) {
                        return true;
                    }
                }
            }
        }
        false
    }
}

fn is_hash(key: &SignerKey) -> bool {
    matches!(key, SignerKey::HashX(_))
}

fn is_key(key: &SignerKey) -> bool {
    matches!(key, SignerKey::Ed25519(_))
}

fn is_payload(key: &SignerKey) -> bool {
    matches!(key, SignerKey::Ed25519SignedPayload(_))
}

fn master_key(id: &AccountId) -> SignerKey {
    let PublicKey::PublicKeyTypeEd25519(key) = &id.0;
    SignerKey::Ed25519(key.clone())
}

fn is_signed(signature: &DecoratedSignature, signer: &SignerKey, hash: &Hash) -> bool {
    match signer {
        SignerKey::Ed25519(key) => {
            signature.hint.0 == hint(&key.0) && verifies(signature, key, &hash.0)
        }
        SignerKey::HashX(image) => {
            signature.hint.0 == hint(&image.0) && sha256(&signature.signature).0 == image.0
        }
        SignerKey::Ed25519SignedPayload(SignerKeyEd25519SignedPayload { ed25519, payload }) => {
            let of_payload = payload_hint(payload);
            let expected: [u8; 4] = std::array::from_fn(|i| hint(&ed25519.0)[i] ^ of_payload[i]);
            signature.hint.0 == expected && verifies(signature, ed25519, payload)
        }
        SignerKey::PreAuthTx(_) => false,
    }
}

fn verifies(signature: &DecoratedSignature, key: &Uint256, message: &[u8]) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(&key.0) else { return false };
    let Ok(signature) = Signature::from_slice(&signature.signature) else { return false };
    key.verify_strict(message, &signature).is_ok()
}

/// By what a signature says whose it is: the last bytes of the key.
fn hint(key: &[u8; 32]) -> [u8; 4] {
    let [.., a, b, c, d] = key;
    [*a, *b, *c, *d]
}

/// The same of a payload, which is filled up with zeros where it is shorter.
fn payload_hint(payload: &[u8]) -> [u8; 4] {
    let tail = &payload[payload.len().saturating_sub(4)..];
    std::array::from_fn(|i| tail.get(i).copied().unwrap_or(0))
}
