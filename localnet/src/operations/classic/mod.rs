//! The operations that are about accounts, trustlines and payments, as the reference node does
//! them. Nobody sponsors another's reserve here, and there are neither offers nor pools.

pub mod accounts;
mod assets;
pub mod balance;
pub mod events;
mod options;
mod payments;
#[cfg(test)]
mod tests;
mod trust;

pub use assets::{is_valid_asset, issuer};

use super::Context;
use crate::ledger::Read;
use stellar_xdr::{
    AccountEntry, AccountId, AccountMergeResult, BumpSequenceResult, ChangeTrustAsset,
    ChangeTrustResult, ClawbackResult, CreateAccountResult, ManageDataResult,
    OperationBody as Body, OperationResult, OperationResultTr, PaymentResult, SetOptionsResult,
    SetTrustLineFlagsResult, ThresholdIndexes,
};

/// What an operation comes to, well or not: its result.
#[derive(Debug)]
pub struct Answer(OperationResult);

impl From<OperationResult> for Answer {
    fn from(result: OperationResult) -> Self {
        Self(result)
    }
}

macro_rules! answers {
    ($($operation:ident: $result:ty),* $(,)?) => {$(
        impl From<$result> for Answer {
            fn from(result: $result) -> Self {
                Self(OperationResult::OpInner(OperationResultTr::$operation(result)))
            }
        }
    )*};
}

answers! {
    CreateAccount: CreateAccountResult,
    Payment: PaymentResult,
    SetOptions: SetOptionsResult,
    ChangeTrust: ChangeTrustResult,
    AccountMerge: AccountMergeResult,
    ManageData: ManageDataResult,
    BumpSequence: BumpSequenceResult,
    Clawback: ClawbackResult,
    SetTrustLineFlags: SetTrustLineFlagsResult,
}

/// Whether this network has an operation.
pub fn is_known(body: &Body) -> bool {
    match body {
        Body::ChangeTrust(op) => !matches!(op.line, ChangeTrustAsset::PoolShare(_)),
        Body::CreateAccount(_)
        | Body::Payment(_)
        | Body::SetOptions(_)
        | Body::AccountMerge(_)
        | Body::ManageData(_)
        | Body::BumpSequence(_)
        | Body::Clawback(_)
        | Body::SetTrustLineFlags(_) => true,
        _ => false,
    }
}

/// Which of its source's thresholds an operation needs.
pub fn threshold(body: &Body) -> ThresholdIndexes {
    match body {
        Body::BumpSequence(_) | Body::SetTrustLineFlags(_) => ThresholdIndexes::Low,
        Body::AccountMerge(_) => ThresholdIndexes::High,
        Body::SetOptions(op) => options::threshold(op),
        _ => ThresholdIndexes::Med,
    }
}

/// Refuses what can be told to be wrong from the operation alone.
pub fn check(body: &Body, source: &AccountId) -> Result<(), OperationResult> {
    let checked = match body {
        Body::CreateAccount(op) => accounts::check_create(op, source),
        Body::Payment(op) => payments::check_payment(op),
        Body::SetOptions(op) => options::check_set(op, source),
        Body::ChangeTrust(op) => trust::check_change(op, source),
        Body::AccountMerge(destination) => accounts::check_merge(destination, source),
        Body::ManageData(op) => options::check_data(op),
        Body::BumpSequence(op) => accounts::check_bump(op),
        Body::Clawback(op) => payments::check_clawback(op, source),
        Body::SetTrustLineFlags(op) => trust::check_flags(op, source),
        _ => Err(OperationResult::OpNotSupported.into()),
    };
    checked.map_err(|Answer(result)| result)
}

/// Applies an operation that has been checked. Only where it succeeds may its changes be taken over.
pub fn apply(body: &Body, context: &mut Context) -> OperationResult {
    let applied = match body {
        Body::CreateAccount(op) => accounts::create(op, context),
        Body::Payment(op) => payments::pay(op, context),
        Body::SetOptions(op) => options::set(op, context),
        Body::ChangeTrust(op) => trust::change(op, context),
        Body::AccountMerge(destination) => accounts::merge(destination, context),
        Body::ManageData(op) => options::manage_data(op, context),
        Body::BumpSequence(op) => accounts::bump(op, context),
        Body::Clawback(op) => payments::claw_back(op, context),
        Body::SetTrustLineFlags(op) => trust::set_flags(op, context),
        _ => Err(OperationResult::OpNotSupported.into()),
    };
    let (Ok(Answer(result)) | Err(Answer(result))) = applied;
    result
}

/// Goes on only if this holds.
fn require(holds: bool, otherwise: impl Into<Answer>) -> Result<(), Answer> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

/// The account that an operation is of.
fn source(context: &Context) -> Result<AccountEntry, Answer> {
    Ok(context.ledger.account(&context.source).ok_or(OperationResult::OpNoAccount)?)
}
