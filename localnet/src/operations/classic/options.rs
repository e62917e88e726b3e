//! What an account says of itself: its options, and the data that it keeps.

use super::balance::{add_sub_entry, remove_sub_entry, set_signer};
use super::{Answer, require, source};
use crate::ledger::Read;
use crate::operations::Context;
use stellar_xdr::{
    AccountEntry, AccountFlags, AccountId, DataEntry, DataEntryExt, LedgerEntryData, LedgerKey,
    LedgerKeyData, ManageDataOp, ManageDataResult, PublicKey, SetOptionsOp, SetOptionsResult,
    Signer, SignerKey, ThresholdIndexes,
};

const REVOCABLE: u32 = AccountFlags::RevocableFlag as u32;
const IMMUTABLE: u32 = AccountFlags::ImmutableFlag as u32;
const CLAWBACK_ENABLED: u32 = AccountFlags::ClawbackEnabledFlag as u32;
const FLAGS: u32 = AccountFlags::RequiredFlag as u32 | REVOCABLE | IMMUTABLE | CLAWBACK_ENABLED;
/// The most that a threshold or a signer can weigh.
const MAX_WEIGHT: u32 = u8::MAX as u32;

/// Who may sign for an account is decided by its highest threshold.
pub fn threshold(op: &SetOptionsOp) -> ThresholdIndexes {
    let of_signing = op.signer.is_some() || thresholds(op).iter().any(Option::is_some);
    if of_signing { ThresholdIndexes::High } else { ThresholdIndexes::Med }
}

/// The new thresholds, in the order in which an account has them.
fn thresholds(op: &SetOptionsOp) -> [Option<u32>; 4] {
    [op.master_weight, op.low_threshold, op.med_threshold, op.high_threshold]
}

/// Refuses options that cannot be.
pub fn check_set(op: &SetOptionsOp, source: &AccountId) -> Result<(), Answer> {
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    require((set | clear) & !FLAGS == 0, SetOptionsResult::UnknownFlag)?;
    require(set & clear == 0, SetOptionsResult::BadFlags)?;
    let in_range = thresholds(op).iter().flatten().all(|weight| *weight <= MAX_WEIGHT);
    require(in_range, SetOptionsResult::ThresholdOutOfRange)?;
    let can_sign = op.signer.as_ref().is_none_or(|signer| can_sign(signer, source));
    require(can_sign, SetOptionsResult::BadSigner)?;
    let readable = op.home_domain.as_ref().is_none_or(|domain| is_readable(&domain.0));
    require(readable, SetOptionsResult::InvalidHomeDomain)
}

/// The account's own key is no signer to add, and a payload that is to be signed is not empty.
fn can_sign(signer: &Signer, source: &AccountId) -> bool {
    let PublicKey::PublicKeyTypeEd25519(own) = &source.0;
    let of_use = match &signer.key {
        SignerKey::Ed25519(key) => key != own,
        SignerKey::Ed25519SignedPayload(signed) => !signed.payload.is_empty(),
        SignerKey::PreAuthTx(_) | SignerKey::HashX(_) => true,
    };
    of_use && signer.weight <= MAX_WEIGHT
}

/// Printable ASCII, and nothing else.
fn is_readable(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Sets what is given, and leaves the rest.
pub fn set(op: &SetOptionsOp, context: &mut Context) -> Result<Answer, Answer> {
    let mut account = source(context)?;
    if let Some(id) = &op.inflation_dest {
        let stands = *id == context.source || context.ledger.account(id).is_some();
        require(stands, SetOptionsResult::InvalidInflation)?;
        account.inflation_dest = Some(id.clone());
    }
    change_flags(op, &mut account)?;
    if let Some(domain) = &op.home_domain {
        account.home_domain = domain.clone();
    }
    for (threshold, weight) in account.thresholds.0.iter_mut().zip(thresholds(op)) {
        if let Some(weight) = weight {
            *threshold = u8::try_from(weight).unwrap_or(u8::MAX);
        }
    }
    if let Some(signer) = &op.signer {
        set_signer(&mut account, signer)?;
    }
    context.ledger.put_account(account);
    Ok(SetOptionsResult::Success.into())
}

fn change_flags(op: &SetOptionsOp, account: &mut AccountEntry) -> Result<(), Answer> {
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    let may_change = account.flags & IMMUTABLE == 0 || set | clear == 0;
    require(may_change, SetOptionsResult::CantChange)?;
    account.flags = account.flags & !clear | set;
    // What can be clawed back can be frozen too.
    let revocable = account.flags & CLAWBACK_ENABLED == 0 || account.flags & REVOCABLE != 0;
    require(revocable, SetOptionsResult::AuthRevocableRequired)
}

/// Refuses data without a name that can be read.
pub fn check_data(op: &ManageDataOp) -> Result<(), Answer> {
    let named = !op.data_name.0.is_empty() && is_readable(&op.data_name.0);
    require(named, ManageDataResult::InvalidName)
}

/// Keeps a value under a name, or no longer.
pub fn manage_data(op: &ManageDataOp, context: &mut Context) -> Result<Answer, Answer> {
    let (account_id, data_name) = (context.source.clone(), op.data_name.clone());
    let key = LedgerKey::Data(LedgerKeyData { account_id, data_name });
    let stands = context.ledger.read(&key).is_some();
    let Some(value) = &op.data_value else {
        require(stands, ManageDataResult::NameNotFound)?;
        let mut account = source(context)?;
        remove_sub_entry(&mut account);
        context.ledger.put_account(account);
        context.ledger.remove(key);
        return Ok(ManageDataResult::Success.into());
    };
    if !stands {
        let mut account = source(context)?;
        add_sub_entry(&mut account, ManageDataResult::LowReserve)?;
        context.ledger.put_account(account);
    }
    context.ledger.put(LedgerEntryData::Data(DataEntry {
        account_id: context.source.clone(),
        data_name: op.data_name.clone(),
        data_value: value.clone(),
        ext: DataEntryExt::V0,
    }));
    Ok(ManageDataResult::Success.into())
}
