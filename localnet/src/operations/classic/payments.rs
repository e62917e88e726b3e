//! Payments, and what an issuer takes back.

use super::assets::{issuer, on_trustline};
use super::balance::{add_balance, add_to_line};
use super::{Answer, events, is_valid_asset, require, source};
use crate::ledger::Read;
use crate::operations::Context;
use crate::transaction::account_id;
use stellar_xdr::{
    AccountId, ClawbackOp, ClawbackResult, PaymentOp, PaymentResult, TrustLineAsset,
    TrustLineEntry, TrustLineFlags,
};

/// Refuses to pay nothing, or what is no asset.
pub fn check_payment(op: &PaymentOp) -> Result<(), Answer> {
    require(op.amount > 0 && is_valid_asset(&op.asset), PaymentResult::Malformed)
}

/// Pays out of the balance, or by issuing.
pub fn pay(op: &PaymentOp, context: &mut Context) -> Result<Answer, Answer> {
    let to = account_id(&op.destination);
    match issuer(&op.asset) {
        // XLM to oneself go nowhere, and so need not be there.
        None if to == context.source => {}
        None => pay_native(op, &to, context)?,
        Some(issuer) => pay_credit(op, &to, issuer, context)?,
    }
    events::payment(context, &op.asset, &op.destination, op.amount);
    Ok(PaymentResult::Success.into())
}

fn pay_native(op: &PaymentOp, to: &AccountId, context: &mut Context) -> Result<(), Answer> {
    let mut payee = context.ledger.account(to).ok_or(PaymentResult::NoDestination)?;
    require(add_balance(&mut payee, op.amount), PaymentResult::LineFull)?;
    let mut payer = source(context)?;
    require(add_balance(&mut payer, -op.amount), PaymentResult::Underfunded)?;
    context.ledger.put_account(payee);
    context.ledger.put_account(payer);
    Ok(())
}

/// The payee comes first, so that who pays oneself needs room for the amount.
fn pay_credit(
    op: &PaymentOp,
    to: &AccountId,
    issuer: &AccountId,
    context: &mut Context,
) -> Result<(), Answer> {
    use PaymentResult::{NoTrust, NotAuthorized, SrcNoTrust, SrcNotAuthorized};
    let asset = on_trustline(&op.asset);
    // What goes back to its issuer can do so even where the issuer's account is gone.
    if to != issuer {
        require(context.ledger.account(to).is_some(), PaymentResult::NoDestination)?;
        let mut line = usable_line(context, to, &asset, NoTrust, NotAuthorized)?;
        require(add_to_line(&mut line, op.amount), PaymentResult::LineFull)?;
        context.ledger.put_trustline(line);
    }
    if context.source != *issuer {
        let from = &context.source;
        let mut line = usable_line(context, from, &asset, SrcNoTrust, SrcNotAuthorized)?;
        require(add_to_line(&mut line, -op.amount), PaymentResult::Underfunded)?;
        context.ledger.put_trustline(line);
    }
    Ok(())
}

/// The trustline of an account, if it has one that it may use.
fn usable_line(
    context: &Context,
    id: &AccountId,
    asset: &TrustLineAsset,
    missing: PaymentResult,
    unauthorised: PaymentResult,
) -> Result<TrustLineEntry, Answer> {
    let line = context.ledger.trustline(id, asset).ok_or(missing)?;
    require(line.flags & TrustLineFlags::AuthorizedFlag as u32 != 0, unauthorised)?;
    Ok(line)
}

/// Refuses to claw back what the source has not issued.
pub fn check_clawback(op: &ClawbackOp, source: &AccountId) -> Result<(), Answer> {
    let sound = op.from != source.clone().into()
        && op.amount > 0
        && is_valid_asset(&op.asset)
        && issuer(&op.asset) == Some(source);
    require(sound, ClawbackResult::Malformed)
}

/// Takes an asset back from its holder, authorised or not.
pub fn claw_back(op: &ClawbackOp, context: &mut Context) -> Result<Answer, Answer> {
    let from = account_id(&op.from);
    let line = context.ledger.trustline(&from, &on_trustline(&op.asset));
    let mut line = line.ok_or(ClawbackResult::NoTrust)?;
    let enabled = line.flags & TrustLineFlags::TrustlineClawbackEnabledFlag as u32 != 0;
    require(enabled, ClawbackResult::NotClawbackEnabled)?;
    require(add_to_line(&mut line, -op.amount), ClawbackResult::Underfunded)?;
    context.ledger.put_trustline(line);
    events::clawback(context, &op.asset, &from, op.amount);
    Ok(ClawbackResult::Success.into())
}
