//! Trustlines: who holds an asset, up to what, and what its issuer allows.

use super::assets::{issuer, on_trustline, trusted};
use super::balance::{add_sub_entry, least_limit, remove_sub_entry};
use super::{Answer, events, is_valid_asset, require, source};
use crate::ledger::{Read, trustline_key};
use crate::operations::Context;
use stellar_xdr::{
    AccountEntry, AccountFlags, AccountId, ChangeTrustOp, ChangeTrustResult, OperationResult,
    SetTrustLineFlagsOp, SetTrustLineFlagsResult, TrustLineEntry, TrustLineFlags,
};

const AUTHORISED: u32 = TrustLineFlags::AuthorizedFlag as u32;
const MAINTAINS_LIABILITIES: u32 = TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32;
const CLAWBACK_ENABLED: u32 = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
/// A trustline has at most one of these two.
const AUTHORISATIONS: u32 = AUTHORISED | MAINTAINS_LIABILITIES;

/// Refuses to trust what is no asset, or nobody else's.
pub fn check_change(op: &ChangeTrustOp, source: &AccountId) -> Result<(), Answer> {
    let asset = trusted(&op.line).ok_or(OperationResult::OpNotSupported)?;
    let sound = op.limit >= 0
        && is_valid_asset(&asset)
        && issuer(&asset).is_some_and(|issuer| issuer != source);
    require(sound, ChangeTrustResult::Malformed)
}

/// Opens a trustline, changes its limit, or closes it where the limit is zero.
pub fn change(op: &ChangeTrustOp, context: &mut Context) -> Result<Answer, Answer> {
    let asset = trusted(&op.line).ok_or(OperationResult::OpNotSupported)?;
    let held = on_trustline(&asset);
    let line = context.ledger.trustline(&context.source, &held);
    let least = line.as_ref().map_or(1, least_limit);
    require(op.limit >= least, ChangeTrustResult::InvalidLimit)?;
    if op.limit == 0 {
        let mut account = source(context)?;
        remove_sub_entry(&mut account);
        context.ledger.put_account(account);
        context.ledger.remove(trustline_key(&context.source, &held));
        return Ok(ChangeTrustResult::Success.into());
    }
    let issuer = issuer(&asset).and_then(|id| context.ledger.account(id));
    let issuer = issuer.ok_or(ChangeTrustResult::NoIssuer)?;
    let line = match line {
        Some(line) => TrustLineEntry { limit: op.limit, ..line },
        None => {
            let mut account = source(context)?;
            add_sub_entry(&mut account, ChangeTrustResult::LowReserve)?;
            context.ledger.put_account(account);
            TrustLineEntry {
                account_id: context.source.clone(),
                asset: held,
                limit: op.limit,
                flags: first_flags(&issuer),
                ..TrustLineEntry::default()
            }
        }
    };
    context.ledger.put_trustline(line);
    Ok(ChangeTrustResult::Success.into())
}

/// What an issuer allows to whom it has not decided about.
fn first_flags(issuer: &AccountEntry) -> u32 {
    let has = |flag: AccountFlags| issuer.flags & flag as u32 != 0;
    let authorised = if has(AccountFlags::RequiredFlag) { 0 } else { AUTHORISED };
    let clawback = if has(AccountFlags::ClawbackEnabledFlag) { CLAWBACK_ENABLED } else { 0 };
    authorised | clawback
}

/// Refuses flags that an issuer cannot give, or that are not this issuer's to give.
pub fn check_flags(op: &SetTrustLineFlagsOp, source: &AccountId) -> Result<(), Answer> {
    let sound = is_valid_asset(&op.asset)
        && issuer(&op.asset) == Some(source)
        && op.trustor != *source
        && op.set_flags & op.clear_flags == 0
        && op.set_flags & !AUTHORISATIONS == 0
        && op.set_flags != AUTHORISATIONS
        && op.clear_flags & !(AUTHORISATIONS | CLAWBACK_ENABLED) == 0;
    require(sound, SetTrustLineFlagsResult::Malformed)
}

/// Changes what a holder may do with the asset.
pub fn set_flags(op: &SetTrustLineFlagsOp, context: &mut Context) -> Result<Answer, Answer> {
    let revocable = source(context)?.flags & AccountFlags::RevocableFlag as u32 != 0;
    let revokes = op.clear_flags & AUTHORISATIONS != 0 && op.set_flags & AUTHORISED == 0;
    require(revocable || !revokes, SetTrustLineFlagsResult::CantRevoke)?;
    let line = context.ledger.trustline(&op.trustor, &on_trustline(&op.asset));
    let mut line = line.ok_or(SetTrustLineFlagsResult::NoTrustLine)?;
    line.flags = line.flags & !op.clear_flags | op.set_flags;
    let in_order = line.flags & AUTHORISATIONS != AUTHORISATIONS;
    require(in_order, SetTrustLineFlagsResult::InvalidState)?;
    events::set_authorised(context, &op.asset, &op.trustor, line.flags & AUTHORISED != 0);
    context.ledger.put_trustline(line);
    Ok(SetTrustLineFlagsResult::Success.into())
}
