//! Longer lives for entries that live, and new ones for entries that are archived.

use super::{Work, fits};
use crate::ledger::{Read, xdr};
use crate::operations::Context;
use soroban_env_host::fees::{LedgerEntryRentChange, compute_rent_fee};
use stellar_xdr::{
    ExtendFootprintTtlOp, ExtendFootprintTtlResult, LedgerEntry, LedgerKey, RestoreFootprintResult,
    ScError, ScErrorCode,
};

pub fn extend(
    operation: &ExtendFootprintTtlOp,
    context: &mut Context,
    work: &mut Work,
) -> ExtendFootprintTtlResult {
    let now = context.header.ledger_seq;
    let live_until = now.saturating_add(operation.extend_to);
    let mut rent = Vec::new();
    for key in work.data.resources.footprint.read_only.iter() {
        let Some((entry, Some(lives_until))) = context.ledger.read(key) else { continue };
        // What is archived has to be restored first; what lives longer is left as it is.
        if lives_until < now || lives_until >= live_until {
            continue;
        }
        if !fits(&entry, xdr(entry.as_ref()).len()) {
            return ExtendFootprintTtlResult::ResourceLimitExceeded;
        }
        rent.push(rent_change(work, key, &entry, Some(lives_until), live_until));
        context.ledger.keep_until(key, live_until);
    }
    let rent = compute_rent_fee(&rent, &work.config.rent_fee_configuration, now);
    if work.pay(rent, 0) {
        ExtendFootprintTtlResult::Success
    } else {
        ExtendFootprintTtlResult::InsufficientRefundableFee
    }
}

pub fn restore(context: &mut Context, work: &mut Work) -> RestoreFootprintResult {
    let now = context.header.ledger_seq;
    let live_until = restored_until(work, now);
    let resources = &work.data.resources;
    let (mut rent, mut bytes) = (Vec::new(), 0);
    for key in resources.footprint.read_write.iter() {
        let Some((entry, Some(lived_until))) = context.ledger.read(key) else { continue };
        if lived_until >= now {
            continue;
        }
        let size = xdr(entry.as_ref()).len();
        bytes += size;
        let declared = resources.disk_read_bytes.min(resources.write_bytes);
        if bytes > declared as usize || !fits(&entry, size) {
            let why = "the restored entries are larger than declared";
            let values = [bytes as u64, declared.into()];
            work.tell(ScError::Budget(ScErrorCode::ExceededLimit), why, &values);
            return RestoreFootprintResult::ResourceLimitExceeded;
        }
        rent.push(rent_change(work, key, &entry, None, live_until));
        context.ledger.restore(key, live_until);
    }
    let rent = compute_rent_fee(&rent, &work.config.rent_fee_configuration, now);
    if work.pay(rent, 0) {
        RestoreFootprintResult::Success
    } else {
        RestoreFootprintResult::InsufficientRefundableFee
    }
}

/// The last ledger in which an entry lives that is restored now.
pub fn restored_until(work: &Work, now: u32) -> u32 {
    now.saturating_add(work.config.min_persistent_entry_ttl).saturating_sub(1)
}

/// What a longer life costs rent for: all of it, where there was no life before.
fn rent_change(
    work: &Work,
    key: &LedgerKey,
    entry: &LedgerEntry,
    lives_until: Option<u32>,
    live_until: u32,
) -> LedgerEntryRentChange {
    let size = work.size_for_rent(entry);
    LedgerEntryRentChange {
        is_persistent: crate::ledger::is_persistent(key),
        is_code_entry: matches!(key, LedgerKey::ContractCode(_)),
        old_size_bytes: lives_until.map_or(0, |_| size),
        new_size_bytes: size,
        old_live_until_ledger: lives_until.unwrap_or(0),
        new_live_until_ledger: live_until,
    }
}
