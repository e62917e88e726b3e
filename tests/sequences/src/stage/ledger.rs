//! Balances, read from the ledger itself: no token is asked.

use soroban_sdk::testutils::StellarAssetIssuer;
use soroban_sdk::xdr::{
    ContractDataDurability, Int128Parts, LedgerEntryData, LedgerKey, LedgerKeyContractData,
    ScAddress, ScSymbol, ScVal, ScVec,
};
use soroban_sdk::{Address, Env};
use std::rc::Rc;
use tests::accounts;

pub fn trustline_balance(env: &Env, account: &Address, issuer: &StellarAssetIssuer) -> i128 {
    accounts::trustline(env, account, issuer).map_or(0, |line| line.balance.into())
}

pub fn asset_balance(env: &Env, token: &Address, holder: &Address) -> i128 {
    let Some(ScVal::Map(Some(fields))) = balance(env, token, holder) else { return 0 };
    let amount = fields.iter().find(|field| field.key == symbol("amount"));
    amount.map_or(0, |field| number(&field.val))
}

pub fn coin_balance(env: &Env, token: &Address, holder: &Address) -> i128 {
    balance(env, token, holder).map_or(0, |value| number(&value))
}

/// Both tokens keep a balance under the same key.
fn balance(env: &Env, token: &Address, holder: &Address) -> Option<ScVal> {
    let parts = vec![symbol("Balance"), ScVal::Address(ScAddress::from(holder))];
    let key = LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::from(token),
        key: ScVal::Vec(Some(ScVec(parts.try_into().expect("two parts")))),
        durability: ContractDataDurability::Persistent,
    });
    let (entry, _) = env.host().get_ledger_entry(&Rc::new(key)).unwrap()?;
    match &entry.data {
        LedgerEntryData::ContractData(data) => Some(data.val.clone()),
        other => panic!("expected a balance, found {other:?}"),
    }
}

fn symbol(name: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(name.try_into().expect("a short name")))
}

fn number(value: &ScVal) -> i128 {
    match value {
        ScVal::I128(Int128Parts { hi, lo }) => i128::from(*hi) << 64 | i128::from(*lo),
        other => panic!("{other:?} is no balance"),
    }
}
