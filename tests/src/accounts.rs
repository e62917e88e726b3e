//! Real accounts with real trustlines, put into the ledger as the network keeps them.

use crate::{Outcome, World};
use soroban_sdk::testutils::{MockAuthInvoke, StellarAssetIssuer};
use soroban_sdk::xdr::{
    AccountEntry, AccountEntryExt, AccountId, AlphaNum4, AssetCode4, LedgerEntry, LedgerEntryData,
    LedgerEntryExt, LedgerKey, LedgerKeyAccount, LedgerKeyTrustLine, PublicKey, ScAddress,
    SequenceNumber, SorobanAuthorizationEntry, SorobanCredentials, Thresholds, TrustLineAsset,
    TrustLineEntry, TrustLineEntryExt, TrustLineFlags, Uint256, VecM,
};
use soroban_sdk::{Address, Env, TryIntoVal, Val, Vec};
use std::rc::Rc;

/// The address of an account that need not exist.
pub fn missing(env: &Env, seed: u8) -> Address {
    ScAddress::Account(seeded(seed)).try_into_val(env).unwrap()
}

/// An account that exists, with some XLM and no trustline.
pub fn account(env: &Env, seed: u8) -> Address {
    let id = seeded(seed);
    let entry = AccountEntry {
        account_id: id.clone(),
        balance: 1_000_000_000,
        seq_num: SequenceNumber(0),
        num_sub_entries: 10,
        inflation_dest: None,
        flags: 0,
        home_domain: Default::default(),
        thresholds: Thresholds([1; 4]),
        signers: VecM::default(),
        ext: AccountEntryExt::V0,
    };
    let key = LedgerKey::Account(LedgerKeyAccount { account_id: id.clone() });
    put(env, key, LedgerEntryData::Account(entry));
    missing(env, seed)
}

/// Calls the escrow in a transaction of this account, which thereby signs this call, what it
/// calls in turn, and nothing else.
pub fn call_as(
    w: &World,
    account: &Address,
    function: &str,
    args: Vec<Val>,
    sub_invokes: &[MockAuthInvoke],
) -> Outcome {
    let invoke =
        MockAuthInvoke { contract: &w.escrow, fn_name: function, args: args.clone(), sub_invokes };
    w.env.host().set_source_account(id(account)).unwrap();
    w.env.set_auths(&[SorobanAuthorizationEntry {
        credentials: SorobanCredentials::SourceAccount,
        root_invocation: (&invoke).into(),
    }]);
    w.invoke(function, args)
}

/// A trustline of an account to the test asset; changes one that is there, its balance apart.
pub fn trust(env: &Env, account: &Address, issuer: &StellarAssetIssuer, limit: i64, allowed: bool) {
    let key = line_key(account, issuer);
    let LedgerKeyTrustLine { account_id, asset } = key.clone();
    let balance = trustline(env, account, issuer).map_or(0, |line| line.balance);
    let flags = if allowed { TrustLineFlags::AuthorizedFlag as u32 } else { 0 };
    let line = TrustLineEntry {
        account_id,
        asset,
        balance,
        limit,
        flags: flags | TrustLineFlags::TrustlineClawbackEnabledFlag as u32,
        ext: TrustLineEntryExt::V0,
    };
    put(env, LedgerKey::Trustline(key), LedgerEntryData::Trustline(line));
}

/// The trustline of an account to the test asset, if there is one.
pub fn trustline(
    env: &Env,
    account: &Address,
    issuer: &StellarAssetIssuer,
) -> Option<TrustLineEntry> {
    let key = LedgerKey::Trustline(line_key(account, issuer));
    let (entry, _) = env.host().get_ledger_entry(&Rc::new(key)).unwrap()?;
    match &entry.data {
        LedgerEntryData::Trustline(line) => Some(line.clone()),
        other => panic!("expected a trustline, found {other:?}"),
    }
}

fn line_key(account: &Address, issuer: &StellarAssetIssuer) -> LedgerKeyTrustLine {
    let asset = TrustLineAsset::CreditAlphanum4(AlphaNum4 {
        asset_code: AssetCode4(*b"aaa\0"),
        issuer: id(&issuer.address()),
    });
    LedgerKeyTrustLine { account_id: id(account), asset }
}

fn seeded(seed: u8) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([seed; 32])))
}

/// The account at an address.
pub fn id(account: &Address) -> AccountId {
    match ScAddress::from(account) {
        ScAddress::Account(id) => id,
        other => panic!("{other:?} is no account"),
    }
}

fn put(env: &Env, key: LedgerKey, data: LedgerEntryData) {
    let entry = LedgerEntry { last_modified_ledger_seq: 0, data, ext: LedgerEntryExt::V0 };
    env.host().add_ledger_entry(&Rc::new(key), &Rc::new(entry), None).unwrap();
}
