//! What accounts and trustlines hold and have to keep: balances, sub-entries with their reserve,
//! and the signers among them.

use super::{Answer, require};
use crate::ledger::{Delta, Read};
use crate::settings::BASE_RESERVE_STROOPS;
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1Ext, AccountId, Liabilities,
    OperationResult, SetOptionsResult, Signer, SignerKey, SponsorshipDescriptor, TrustLineEntry,
    TrustLineEntryExt, VecM,
};

/// An account itself weighs as much as so many sub-entries.
const ACCOUNT_RESERVES: u32 = 2;
const MAX_SUB_ENTRIES: u32 = 1_000;
const MAX_SIGNERS: usize = 20;

/// What an account may not spend as long as it stands.
pub fn reserve(account: &AccountEntry) -> i64 {
    let reserves = i64::from(ACCOUNT_RESERVES) + i64::from(account.num_sub_entries);
    reserves * i64::from(BASE_RESERVE_STROOPS)
}

/// What an account can spend; below zero where it has less than its reserve.
pub fn available_balance(account: &AccountEntry) -> i64 {
    account.balance - reserve(account) - liabilities(account).selling
}

/// Adds to an account, or takes from it; false, and nothing done, where it has no room or no means.
pub fn add_balance(account: &mut AccountEntry, amount: i64) -> bool {
    let Some(balance) = account.balance.checked_add(amount) else { return false };
    let Liabilities { buying, selling } = liabilities(account);
    let has_means = amount >= 0 || balance >= reserve(account) + selling;
    let fits = has_means && balance <= i64::MAX - buying;
    if fits {
        account.balance = balance;
    }
    fits
}

/// The same of a trustline, whoever is authorised to hold it.
pub fn add_to_line(line: &mut TrustLineEntry, amount: i64) -> bool {
    let Some(balance) = line.balance.checked_add(amount) else { return false };
    let Liabilities { buying, selling } = line_liabilities(line);
    let fits = selling <= balance && balance <= line.limit - buying;
    if fits {
        line.balance = balance;
    }
    fits
}

/// Below this the limit of a trustline cannot go.
pub fn least_limit(line: &TrustLineEntry) -> i64 {
    line.balance + line_liabilities(line).buying
}

/// Counts one more sub-entry, if the account can have it and keep its reserve.
pub fn add_sub_entry(
    account: &mut AccountEntry,
    low_reserve: impl Into<Answer>,
) -> Result<(), Answer> {
    require(account.num_sub_entries < MAX_SUB_ENTRIES, OperationResult::OpTooManySubentries)?;
    require(available_balance(account) >= i64::from(BASE_RESERVE_STROOPS), low_reserve)?;
    account.num_sub_entries += 1;
    Ok(())
}

/// Counts one sub-entry less.
pub fn remove_sub_entry(account: &mut AccountEntry) {
    account.num_sub_entries -= 1;
}

/// Gives a key a weight on an account, or takes the key off it where the weight is zero.
pub fn set_signer(account: &mut AccountEntry, signer: &Signer) -> Result<(), Answer> {
    let mut signers = account.signers.to_vec();
    match (signers.binary_search_by(|held| held.key.cmp(&signer.key)), signer.weight) {
        (Ok(place), 0) => take_signer(account, place),
        (Ok(place), weight) => {
            signers[place].weight = weight;
            put_signers(account, signers);
        }
        (Err(_), 0) => {}
        (Err(place), _) => {
            require(signers.len() < MAX_SIGNERS, SetOptionsResult::TooManySigners)?;
            add_sub_entry(account, SetOptionsResult::LowReserve)?;
            signers.insert(place, signer.clone());
            put_signers(account, signers);
        }
    }
    Ok(())
}

/// Takes a key off an account, if both are there.
pub fn remove_signer(ledger: &mut Delta, account: &AccountId, key: &SignerKey) {
    let Some(mut account) = ledger.account(account) else { return };
    if let Some(place) = account.signers.iter().position(|held| held.key == *key) {
        take_signer(&mut account, place);
        ledger.put_account(account);
    }
}

fn take_signer(account: &mut AccountEntry, place: usize) {
    let mut signers = account.signers.to_vec();
    signers.remove(place);
    remove_sub_entry(account);
    put_signers(account, signers);
}

/// An account that can name the sponsor of each signer says of each that there is none.
fn put_signers(account: &mut AccountEntry, signers: Vec<Signer>) {
    if let AccountEntryExt::V1(v1) = &mut account.ext
        && let AccountEntryExtensionV1Ext::V2(v2) = &mut v1.ext
    {
        v2.signer_sponsoring_i_ds = sponsors(signers.len());
    }
    account.signers = signers.try_into().expect("no more signers than an account can have");
}

/// The sponsors of so many signers: none for each.
pub fn sponsors(signers: usize) -> VecM<SponsorshipDescriptor, 20> {
    let none = vec![SponsorshipDescriptor(None); signers];
    none.try_into().expect("no more signers than an account can have")
}

/// What an account has promised to offers.
pub fn liabilities(account: &AccountEntry) -> Liabilities {
    match &account.ext {
        AccountEntryExt::V0 => Liabilities::default(),
        AccountEntryExt::V1(v1) => v1.liabilities.clone(),
    }
}

fn line_liabilities(line: &TrustLineEntry) -> Liabilities {
    match &line.ext {
        TrustLineEntryExt::V0 => Liabilities::default(),
        TrustLineEntryExt::V1(v1) => v1.liabilities.clone(),
    }
}
