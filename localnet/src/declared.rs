//! What a transaction of contracts declares: the entries that it touches, the resources that it
//! takes, and what it offers for them.

use crate::ledger::{is_persistent, xdr};
use crate::operations::{classic, soroban};
use crate::settings::{
    KEY_BYTES, TX_BYTES, TX_DISK_READ_BYTES, TX_DISK_READ_ENTRIES, TX_FOOTPRINT_ENTRIES,
    TX_INSTRUCTIONS, TX_WRITE_BYTES, TX_WRITE_ENTRIES,
};
use crate::transaction::Frame;
use soroban_env_host::fees::{
    FeeConfiguration, TransactionResources, compute_transaction_resource_fee,
};
use std::collections::BTreeSet;
use stellar_xdr::{
    Asset, LedgerKey, Memo, MuxedAccount, OperationBody, SorobanTransactionData,
    SorobanTransactionDataExt, TrustLineAsset,
};

/// Whether the network takes what is declared; if not, which rule is broken.
pub fn check(
    frame: &Frame,
    data: &SorobanTransactionData,
    fees: &FeeConfiguration,
) -> Result<(), &'static str> {
    has_no_memo(frame)?;
    is_within_limits(frame, data)?;
    let offered = frame.fee_bump().is_some() || data.resource_fee <= frame.full_fee();
    require(offered, "the resource fee is more than the whole fee of the transaction")?;
    let (fixed, refundable) = resource_fees(frame, data, fees, 0);
    let enough = fixed.checked_add(refundable).is_some_and(|least| data.resource_fee >= least);
    require(enough, "the resource fee is less than what the declared resources cost")?;
    require(names_each_key_once(data), "the footprint names an entry twice")
}

/// An invocation has neither a memo nor a source that names a customer: contracts see neither.
fn has_no_memo(frame: &Frame) -> Result<(), &'static str> {
    let muxed = |account: &MuxedAccount| matches!(account, MuxedAccount::MuxedEd25519(_));
    let plain = frame.tx().operations.iter().all(|operation| {
        !matches!(operation.body, OperationBody::InvokeHostFunction(_))
            || (frame.tx().memo == Memo::None
                && !muxed(&frame.tx().source_account)
                && !operation.source_account.as_ref().is_some_and(muxed))
    });
    require(plain, "a call of a contract has no memo and no muxed source")
}

fn is_within_limits(frame: &Frame, data: &SorobanTransactionData) -> Result<(), &'static str> {
    let resources = &data.resources;
    let (read_only, read_write) = (&resources.footprint.read_only, &resources.footprint.read_write);
    let all = || read_only.iter().chain(read_write.iter());
    require(resources.instructions <= TX_INSTRUCTIONS, "too many instructions")?;
    require(resources.disk_read_bytes <= TX_DISK_READ_BYTES, "too many bytes read from disk")?;
    require(resources.write_bytes <= TX_WRITE_BYTES, "too many bytes written")?;
    require(all().count() <= TX_FOOTPRINT_ENTRIES as usize, "too many entries in the footprint")?;
    let from_disk = disk_read_entries(frame, data) <= TX_DISK_READ_ENTRIES;
    require(from_disk, "too many entries read from disk")?;
    require(read_write.len() <= TX_WRITE_ENTRIES as usize, "too many entries written")?;
    require(all().all(is_footprint_key), "the footprint names what contracts cannot touch")?;
    let short = all().all(|key| xdr(key).len() <= KEY_BYTES as usize);
    require(short, "a key in the footprint is too long")?;
    require(frame.size() <= TX_BYTES, "the transaction is too large")?;
    let archived = archived_entries_make_sense(data);
    require(archived, "the entries to restore are not in order, or cannot be archived")
}

fn require(kept: bool, rule: &'static str) -> Result<(), &'static str> {
    if kept { Ok(()) } else { Err(rule) }
}

fn is_footprint_key(key: &LedgerKey) -> bool {
    match key {
        LedgerKey::Account(_) | LedgerKey::ContractData(_) | LedgerKey::ContractCode(_) => true,
        LedgerKey::Trustline(line) => {
            let asset = match line.asset.clone() {
                TrustLineAsset::CreditAlphanum4(asset) => Asset::CreditAlphanum4(asset),
                TrustLineAsset::CreditAlphanum12(asset) => Asset::CreditAlphanum12(asset),
                TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => return false,
            };
            classic::is_valid_asset(&asset) && classic::issuer(&asset) != Some(&line.account_id)
        }
        _ => false,
    }
}

/// The entries to restore: in order, each there, and one that can be archived.
fn archived_entries_make_sense(data: &SorobanTransactionData) -> bool {
    let SorobanTransactionDataExt::V1(ext) = &data.ext else { return true };
    let indices = &ext.archived_soroban_entries;
    let keys = &data.resources.footprint.read_write;
    indices.windows(2).all(|pair| pair[0] < pair[1])
        && indices.iter().all(|index| keys.get(*index as usize).is_some_and(is_persistent))
}

fn names_each_key_once(data: &SorobanTransactionData) -> bool {
    let footprint = &data.resources.footprint;
    let mut seen = BTreeSet::new();
    footprint.read_only.iter().chain(footprint.read_write.iter()).all(|key| seen.insert(key))
}

/// How many entries have to be fetched from disk: contracts' live ones are in memory.
fn disk_read_entries(frame: &Frame, data: &SorobanTransactionData) -> u32 {
    let footprint = &data.resources.footprint;
    let restores = frame
        .tx()
        .operations
        .iter()
        .any(|operation| matches!(operation.body, OperationBody::RestoreFootprint(_)));
    let entries = if restores {
        footprint.read_write.len()
    } else {
        let keys = footprint.read_only.iter().chain(footprint.read_write.iter());
        let archived = match &data.ext {
            SorobanTransactionDataExt::V1(ext) => ext.archived_soroban_entries.len(),
            SorobanTransactionDataExt::V0 => 0,
        };
        keys.filter(|key| !soroban::is_contracts(key)).count() + archived
    };
    entries.try_into().unwrap_or(u32::MAX)
}

/// What the declared resources cost: what is spent in any case, and what may be given back.
pub fn resource_fees(
    frame: &Frame,
    data: &SorobanTransactionData,
    fees: &FeeConfiguration,
    event_bytes: u32,
) -> (i64, i64) {
    let resources = TransactionResources {
        instructions: data.resources.instructions,
        disk_read_entries: disk_read_entries(frame, data),
        write_entries: data.resources.footprint.read_write.len().try_into().unwrap_or(u32::MAX),
        disk_read_bytes: data.resources.disk_read_bytes,
        write_bytes: data.resources.write_bytes,
        contract_events_size_bytes: event_bytes,
        transaction_size_bytes: frame.size(),
    };
    compute_transaction_resource_fee(&resources, fees)
}
