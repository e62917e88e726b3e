//! An account as Horizon shows it.

use crate::ledger::{Entries, account_key, trustline_key};
use crate::settings::STROOPS_PER_XLM;
use serde_json::{Map, Value, json};
use std::io::Write;
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountFlags, AccountId, Error, LedgerEntry, LedgerEntryData,
    LedgerKey, LedgerKeyData, Liabilities, Limited, Limits, SignerKey, TrustLineAsset,
    TrustLineEntry, TrustLineEntryExt, TrustLineFlags, WriteXdr,
};

/// The account with all that is its own, if there is one.
pub fn find(entries: &Entries, id: &AccountId) -> Option<Value> {
    let (entry, _) = entries.get(&account_key(id))?;
    match &entry.data {
        LedgerEntryData::Account(account) => Some(show(entries, entry, account)),
        _ => None,
    }
}

/// All accounts for which a key can sign.
pub fn signed_by(entries: &Entries, key: &str) -> Vec<Value> {
    let accounts = entries.values().filter_map(|(entry, _)| match &entry.data {
        LedgerEntryData::Account(account) => Some((entry, account)),
        _ => None,
    });
    accounts
        .filter(|(_, account)| signers(account).iter().any(|signer| signer["key"] == key))
        .map(|(entry, account)| show(entries, entry, account))
        .collect()
}

fn show(entries: &Entries, entry: &LedgerEntry, account: &AccountEntry) -> Value {
    let id = account.account_id.to_string();
    let [_, low, medium, high] = account.thresholds.0;
    let flag = |flag: AccountFlags| account.flags & flag as u32 != 0;
    json!({
        "id": id,
        "account_id": id,
        "paging_token": id,
        "sequence": account.seq_num.0.to_string(),
        "subentry_count": account.num_sub_entries,
        "num_sponsoring": 0,
        "num_sponsored": 0,
        "home_domain": account.home_domain.to_utf8_string_lossy(),
        "last_modified_ledger": entry.last_modified_ledger_seq,
        "thresholds": {
            "low_threshold": low,
            "med_threshold": medium,
            "high_threshold": high,
        },
        "flags": {
            "auth_required": flag(AccountFlags::RequiredFlag),
            "auth_revocable": flag(AccountFlags::RevocableFlag),
            "auth_immutable": flag(AccountFlags::ImmutableFlag),
            "auth_clawback_enabled": flag(AccountFlags::ClawbackEnabledFlag),
        },
        "balances": balances(entries, account),
        "signers": signers(account),
        "data": data(entries, &account.account_id),
    })
}

/// XLM comes last.
fn balances(entries: &Entries, account: &AccountEntry) -> Vec<Value> {
    let id = &account.account_id;
    let lines = entries.range(trustline_key(id, &TrustLineAsset::Native)..);
    let lines = lines.map_while(|(_, (entry, _))| match &entry.data {
        LedgerEntryData::Trustline(line) if line.account_id == *id => credit(line),
        _ => None,
    });
    lines.chain([native(account)]).collect()
}

fn native(account: &AccountEntry) -> Value {
    let liabilities = match &account.ext {
        AccountEntryExt::V0 => Liabilities::default(),
        AccountEntryExt::V1(ext) => ext.liabilities.clone(),
    };
    json!({
        "asset_type": "native",
        "balance": decimal(account.balance),
        "buying_liabilities": decimal(liabilities.buying),
        "selling_liabilities": decimal(liabilities.selling),
    })
}

fn credit(line: &TrustLineEntry) -> Option<Value> {
    let (kind, code, issuer) = match &line.asset {
        TrustLineAsset::CreditAlphanum4(asset) => {
            ("credit_alphanum4", asset.asset_code.to_string(), &asset.issuer)
        }
        TrustLineAsset::CreditAlphanum12(asset) => {
            ("credit_alphanum12", asset.asset_code.to_string(), &asset.issuer)
        }
        TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => return None,
    };
    let liabilities = match &line.ext {
        TrustLineEntryExt::V0 => Liabilities::default(),
        TrustLineEntryExt::V1(ext) => ext.liabilities.clone(),
    };
    let flag = |flag: TrustLineFlags| line.flags & flag as u32 != 0;
    Some(json!({
        "asset_type": kind,
        "asset_code": code,
        "asset_issuer": issuer.to_string(),
        "balance": decimal(line.balance),
        "limit": decimal(line.limit),
        "buying_liabilities": decimal(liabilities.buying),
        "selling_liabilities": decimal(liabilities.selling),
        "is_authorized": flag(TrustLineFlags::AuthorizedFlag),
        "is_authorized_to_maintain_liabilities":
            flag(TrustLineFlags::AuthorizedFlag)
                || flag(TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag),
        "is_clawback_enabled": flag(TrustLineFlags::TrustlineClawbackEnabledFlag),
    }))
}

/// Whoever can sign for the account: the others first, then its own key.
fn signers(account: &AccountEntry) -> Vec<Value> {
    let others = account.signers.iter().map(|signer| {
        let kind = match &signer.key {
            SignerKey::Ed25519(_) => "ed25519_public_key",
            SignerKey::PreAuthTx(_) => "preauth_tx",
            SignerKey::HashX(_) => "sha256_hash",
            SignerKey::Ed25519SignedPayload(_) => "ed25519_signed_payload",
        };
        json!({ "key": signer.key.to_string(), "type": kind, "weight": signer.weight })
    });
    let key = account.account_id.to_string();
    let own =
        json!({ "key": key, "type": "ed25519_public_key", "weight": account.thresholds.0[0] });
    others.chain([own]).collect()
}

fn data(entries: &Entries, id: &AccountId) -> Map<String, Value> {
    let first = LedgerKeyData { account_id: id.clone(), data_name: Default::default() };
    let items = entries.range(LedgerKey::Data(first)..);
    let items = items.map_while(|(_, (entry, _))| match &entry.data {
        LedgerEntryData::Data(item) if item.account_id == *id => {
            Some((item.data_name.to_utf8_string_lossy(), base64(&item.data_value.0).into()))
        }
        _ => None,
    });
    items.collect()
}

/// Seven digits after the point, as Horizon writes all amounts.
fn decimal(stroops: i64) -> String {
    format!("{}.{:07}", stroops / STROOPS_PER_XLM, stroops % STROOPS_PER_XLM)
}

fn base64(bytes: &[u8]) -> String {
    struct Plain<'a>(&'a [u8]);
    impl WriteXdr for Plain<'_> {
        fn write_xdr<W: Write>(&self, to: &mut Limited<W>) -> Result<(), Error> {
            Ok(to.inner.write_all(self.0)?)
        }
    }
    Plain(bytes).to_xdr_base64(Limits::none()).expect("bytes, which are always written")
}
