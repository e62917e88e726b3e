//! What operations say to the world: the same events as if the contract of the asset had been
//! called (CAP-67).

use super::assets::{issuer, name};
use crate::ledger::sha256_xdr;
use crate::operations::Context;
use crate::transaction::account_id;
use stellar_xdr::{
    AccountId, Asset, ContractEvent, ContractEventBody, ContractEventType, ContractEventV0,
    ContractId, ContractIdPreimage, ExtensionPoint, Hash, HashIdPreimage, HashIdPreimageContractId,
    Memo, MuxedAccount, ScAddress, ScBytes, ScMap, ScMapEntry, ScString, ScSymbol, ScVal,
};

/// The contract of an asset.
pub fn asset_contract(asset: &Asset, network_id: &Hash) -> ContractId {
    ContractId(sha256_xdr(&HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: network_id.clone(),
        contract_id_preimage: ContractIdPreimage::Asset(asset.clone()),
    })))
}

/// What an account paid to the network, or got back from it where the amount is below zero.
pub fn fee_event(from: &AccountId, amount: i64, network_id: &Hash) -> ContractEvent {
    event(&Asset::Native, network_id, vec![symbol("fee"), address(from)], i128::from(amount).into())
}

/// The source paid somebody. What comes from its issuer is minted, what goes there is burnt.
pub fn payment(context: &mut Context, asset: &Asset, to: &MuxedAccount, amount: i64) {
    let (from, to_id) = (context.source.clone(), account_id(to));
    let data = amount_to(to, amount, context.memo);
    let by_issuer = |id: &AccountId| issuer(asset) == Some(id);
    match (by_issuer(&from), by_issuer(&to_id)) {
        (true, false) => tell(context, asset, "mint", &[&to_id], data),
        (false, true) => tell(context, asset, "burn", &[&from], i128::from(amount).into()),
        _ => tell(context, asset, "transfer", &[&from, &to_id], data),
    }
}

/// The issuer took an asset back.
pub fn clawback(context: &mut Context, asset: &Asset, from: &AccountId, amount: i64) {
    tell(context, asset, "clawback", &[from], i128::from(amount).into());
}

/// The issuer decided whether an account may use an asset.
pub fn set_authorised(context: &mut Context, asset: &Asset, id: &AccountId, authorised: bool) {
    tell(context, asset, "set_authorized", &[id], ScVal::Bool(authorised));
}

/// An amount, and for which customer of the payee it is, where the address or else the memo says.
fn amount_to(to: &MuxedAccount, amount: i64, memo: &Memo) -> ScVal {
    let amount = ScVal::from(i128::from(amount));
    let customer = match (to, memo) {
        (MuxedAccount::MuxedEd25519(to), _) => ScVal::U64(to.id),
        (_, Memo::None) => return amount,
        (_, Memo::Text(text)) => string(text.to_vec()),
        (_, Memo::Id(id)) => ScVal::U64(*id),
        (_, Memo::Hash(hash) | Memo::Return(hash)) => bytes(hash),
    };
    let entry = |key, val| ScMapEntry { key: symbol(key), val };
    let map = vec![entry("amount", amount), entry("to_muxed_id", customer)];
    ScVal::Map(Some(ScMap(map.try_into().expect("two entries"))))
}

fn tell(context: &mut Context, asset: &Asset, what: &str, whom: &[&AccountId], data: ScVal) {
    let mut topics = vec![symbol(what)];
    topics.extend(whom.iter().map(|id| address(id)));
    topics.push(string(name(asset)));
    context.events.push(event(asset, context.network_id, topics, data));
}

fn event(asset: &Asset, network_id: &Hash, topics: Vec<ScVal>, data: ScVal) -> ContractEvent {
    let topics = topics.try_into().expect("fewer topics than a vector can hold");
    ContractEvent {
        ext: ExtensionPoint::V0,
        contract_id: Some(asset_contract(asset, network_id)),
        type_: ContractEventType::Contract,
        body: ContractEventBody::V0(ContractEventV0 { topics, data }),
    }
}

fn symbol(name: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(name.try_into().expect("a name of a few letters")))
}

fn address(id: &AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id.clone()))
}

fn string(text: Vec<u8>) -> ScVal {
    ScVal::String(ScString(text.try_into().expect("a text of a few bytes")))
}

fn bytes(hash: &Hash) -> ScVal {
    ScVal::Bytes(ScBytes(hash.0.try_into().expect("the bytes of a hash")))
}
