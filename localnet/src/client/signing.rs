//! Signatures of those who authorise a call that somebody else sends.

use super::functions::symbol;
use super::network_id;
use crate::accounts::Account;
use crate::ledger::{sha256, xdr};
use ed25519_dalek::{Signer, SigningKey};
use stellar_xdr::{
    Hash, HashIdPreimage, HashIdPreimageSorobanAuthorization, ScAddress, ScBytes, ScMap,
    ScMapEntry, ScVal, ScVec, SorobanAuthorizationEntry, SorobanCredentials,
};

/// Signs what is asked of somebody who does not send the transaction. Whose key is not at hand has
/// not signed, as the network will say.
pub fn authorise(
    mut entry: SorobanAuthorizationEntry,
    others: &[Account],
    until: u32,
) -> SorobanAuthorizationEntry {
    let SorobanCredentials::Address(credentials) = &mut entry.credentials else { return entry };
    let is_asked = |who: &&Account| ScAddress::Account(who.id.clone()) == credentials.address;
    let Some(signer) = others.iter().find(is_asked) else { return entry };
    credentials.signature_expiration_ledger = until;
    let payload = HashIdPreimage::SorobanAuthorization(HashIdPreimageSorobanAuthorization {
        network_id: network_id(),
        nonce: credentials.nonce,
        signature_expiration_ledger: until,
        invocation: entry.root_invocation.clone(),
    });
    credentials.signature = signature(&signer.secret, &sha256(&xdr(&payload)));
    entry
}

/// A signature as the contract of an account takes it: a list of one.
fn signature(key: &SigningKey, payload: &Hash) -> ScVal {
    let field = |name: &str, bytes: &[u8]| ScMapEntry {
        key: ScVal::Symbol(symbol(name)),
        val: ScVal::Bytes(ScBytes(bytes.to_vec().try_into().expect("few bytes"))),
    };
    let fields = vec![
        field("public_key", key.verifying_key().as_bytes()),
        field("signature", &key.sign(&payload.0).to_bytes()),
    ];
    let signature = ScVal::Map(Some(ScMap(fields.try_into().expect("two fields"))));
    ScVal::Vec(Some(ScVec(vec![signature].try_into().expect("one signature"))))
}
