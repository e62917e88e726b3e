//! Accounts: how they come about, how they end, and their sequence numbers.

use super::balance::{add_balance, liabilities, reserve, sponsors};
use super::{Answer, events, require, source};
use crate::ledger::{Read, account_key};
use crate::operations::Context;
use crate::transaction::account_id;
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext,
    AccountEntryExtensionV2, AccountEntryExtensionV2Ext, AccountEntryExtensionV3, AccountFlags,
    AccountId, AccountMergeResult, Asset, BumpSequenceOp, BumpSequenceResult, CreateAccountOp,
    CreateAccountResult, ExtensionPoint, LedgerHeader, MuxedAccount, SequenceNumber, Thresholds,
    TimePoint,
};

/// An account as it comes into the ledger: with all extensions, which the simulation counts in.
pub fn new_account(id: &AccountId, balance: i64, ledger_seq: u32) -> AccountEntry {
    let mut account = AccountEntry {
        account_id: id.clone(),
        balance,
        seq_num: first_sequence(ledger_seq),
        thresholds: Thresholds([1, 0, 0, 0]),
        ..AccountEntry::default()
    };
    set_last_use(&mut account, 0, TimePoint(0));
    account
}

/// Notes on an account when its sequence number was used.
pub fn touch_sequence(account: &mut AccountEntry, header: &LedgerHeader) {
    set_last_use(account, header.ledger_seq, header.scp_value.close_time.clone());
}

fn set_last_use(account: &mut AccountEntry, seq_ledger: u32, seq_time: TimePoint) {
    let v3 = AccountEntryExtensionV3 { ext: ExtensionPoint::V0, seq_ledger, seq_time };
    let v2 = AccountEntryExtensionV2 {
        num_sponsored: 0,
        num_sponsoring: 0,
        signer_sponsoring_i_ds: sponsors(account.signers.len()),
        ext: AccountEntryExtensionV2Ext::V3(v3),
    };
    account.ext = AccountEntryExt::V1(AccountEntryExtensionV1 {
        liabilities: liabilities(account),
        ext: AccountEntryExtensionV1Ext::V2(v2),
    });
}

/// Where the sequence numbers start of an account that comes about in this ledger.
fn first_sequence(ledger_seq: u32) -> SequenceNumber {
    SequenceNumber(i64::from(ledger_seq) << 32)
}

/// Refuses an account that would start with less than nothing, or that is the source itself.
pub fn check_create(op: &CreateAccountOp, source: &AccountId) -> Result<(), Answer> {
    let sound = op.starting_balance >= 0 && op.destination != *source;
    require(sound, CreateAccountResult::Malformed)
}

/// Creates an account and pays it what it starts with.
pub fn create(op: &CreateAccountOp, context: &mut Context) -> Result<Answer, Answer> {
    let stands = context.ledger.account(&op.destination).is_some();
    require(!stands, CreateAccountResult::AlreadyExist)?;
    let account = new_account(&op.destination, op.starting_balance, context.header.ledger_seq);
    require(account.balance >= reserve(&account), CreateAccountResult::LowReserve)?;
    let mut payer = source(context)?;
    require(add_balance(&mut payer, -op.starting_balance), CreateAccountResult::Underfunded)?;
    context.ledger.put_account(payer);
    context.ledger.put_account(account);
    let to = op.destination.clone().into();
    events::payment(context, &Asset::Native, &to, op.starting_balance);
    Ok(CreateAccountResult::Success.into())
}

/// Refuses to merge an account with itself.
pub fn check_merge(destination: &MuxedAccount, source: &AccountId) -> Result<(), Answer> {
    require(account_id(destination) != *source, AccountMergeResult::Malformed)
}

/// Ends an account; what it has goes to another.
pub fn merge(destination: &MuxedAccount, context: &mut Context) -> Result<Answer, Answer> {
    let heir = context.ledger.account(&account_id(destination));
    let mut heir = heir.ok_or(AccountMergeResult::NoAccount)?;
    let account = source(context)?;
    let immutable = account.flags & AccountFlags::ImmutableFlag as u32 != 0;
    require(!immutable, AccountMergeResult::ImmutableSet)?;
    let has_only_signers = account.num_sub_entries as usize == account.signers.len();
    require(has_only_signers, AccountMergeResult::HasSubEntries)?;
    // Created anew, it must not use a sequence number twice.
    let is_below = account.seq_num < first_sequence(context.header.ledger_seq);
    require(is_below, AccountMergeResult::SeqnumTooFar)?;
    require(add_balance(&mut heir, account.balance), AccountMergeResult::DestFull)?;
    context.ledger.put_account(heir);
    context.ledger.remove(account_key(&account.account_id));
    events::payment(context, &Asset::Native, destination, account.balance);
    Ok(AccountMergeResult::Success(account.balance).into())
}

/// Refuses a sequence number below zero.
pub fn check_bump(op: &BumpSequenceOp) -> Result<(), Answer> {
    require(op.bump_to.0 >= 0, BumpSequenceResult::BadSeq)
}

/// Moves the sequence number on; where it has gone further already, it stays.
pub fn bump(op: &BumpSequenceOp, context: &mut Context) -> Result<Answer, Answer> {
    let mut account = source(context)?;
    touch_sequence(&mut account, context.header);
    account.seq_num = account.seq_num.max(op.bump_to.clone());
    context.ledger.put_account(account);
    Ok(BumpSequenceResult::Success.into())
}
