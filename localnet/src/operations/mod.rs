//! What each operation does to the ledger.

pub mod classic;
pub mod soroban;

use crate::ledger::Delta;
use stellar_xdr::{
    AccountId, AccountMergeResult, BumpSequenceResult, ChangeTrustResult, ClawbackResult,
    ContractEvent, CreateAccountResult, ExtendFootprintTtlResult, Hash, InvokeHostFunctionResult,
    LedgerHeader, ManageDataResult, Memo, Operation, OperationBody, OperationResult,
    OperationResultTr, PaymentResult, RestoreFootprintResult, SetOptionsResult,
    SetTrustLineFlagsResult, SorobanTransactionData, ThresholdIndexes,
};

/// What an operation works on.
pub struct Context<'a> {
    /// What it changes; taken over only when it succeeds.
    pub ledger: Delta<'a>,
    /// The header of the ledger that is being closed.
    pub header: &'a LedgerHeader,
    pub network_id: &'a Hash,
    pub source: AccountId,
    /// The memo of its transaction, which the events of payments repeat.
    pub memo: &'a Memo,
    /// What it says to the world.
    pub events: Vec<ContractEvent>,
}

/// Whether this network has such an operation.
pub fn is_known(body: &OperationBody) -> bool {
    classic::is_known(body) || soroban::is_known(body)
}

/// What can be told from an operation, and what its transaction declares, alone.
pub fn check(
    body: &OperationBody,
    source: &AccountId,
    declared: Option<&SorobanTransactionData>,
) -> Result<(), OperationResult> {
    match declared {
        Some(data) => soroban::check(body, data),
        None => classic::check(body, source),
    }
}

/// Which of its source's thresholds an operation needs.
pub fn threshold(body: &OperationBody) -> ThresholdIndexes {
    match body {
        OperationBody::InvokeHostFunction(_) => ThresholdIndexes::Med,
        OperationBody::ExtendFootprintTtl(_) | OperationBody::RestoreFootprint(_) => {
            ThresholdIndexes::Low
        }
        _ => classic::threshold(body),
    }
}

pub fn succeeded(result: &OperationResult) -> bool {
    use OperationResultTr as Tr;
    let OperationResult::OpInner(inner) = result else { return false };
    matches!(
        inner,
        Tr::CreateAccount(CreateAccountResult::Success)
            | Tr::Payment(PaymentResult::Success)
            | Tr::SetOptions(SetOptionsResult::Success)
            | Tr::ChangeTrust(ChangeTrustResult::Success)
            | Tr::AccountMerge(AccountMergeResult::Success(_))
            | Tr::ManageData(ManageDataResult::Success)
            | Tr::BumpSequence(BumpSequenceResult::Success)
            | Tr::Clawback(ClawbackResult::Success)
            | Tr::SetTrustLineFlags(SetTrustLineFlagsResult::Success)
            | Tr::InvokeHostFunction(InvokeHostFunctionResult::Success(_))
            | Tr::ExtendFootprintTtl(ExtendFootprintTtlResult::Success)
            | Tr::RestoreFootprint(RestoreFootprintResult::Success)
    )
}

/// What stands for an operation that was not tried, beside the one that was refused.
pub fn untouched(operation: &Operation) -> OperationResult {
    use OperationResultTr as Tr;
    OperationResult::OpInner(match &operation.body {
        OperationBody::CreateAccount(_) => Tr::CreateAccount(CreateAccountResult::Success),
        OperationBody::Payment(_) => Tr::Payment(PaymentResult::Success),
        OperationBody::SetOptions(_) => Tr::SetOptions(SetOptionsResult::Success),
        OperationBody::ChangeTrust(_) => Tr::ChangeTrust(ChangeTrustResult::Success),
        OperationBody::AccountMerge(_) => Tr::AccountMerge(AccountMergeResult::Success(0)),
        OperationBody::ManageData(_) => Tr::ManageData(ManageDataResult::Success),
        OperationBody::BumpSequence(_) => Tr::BumpSequence(BumpSequenceResult::Success),
        OperationBody::Clawback(_) => Tr::Clawback(ClawbackResult::Success),
        OperationBody::SetTrustLineFlags(_) => {
            Tr::SetTrustLineFlags(SetTrustLineFlagsResult::Success)
        }
        OperationBody::InvokeHostFunction(_) => {
            Tr::InvokeHostFunction(InvokeHostFunctionResult::Success(Hash::default()))
        }
        OperationBody::ExtendFootprintTtl(_) => {
            Tr::ExtendFootprintTtl(ExtendFootprintTtlResult::Success)
        }
        OperationBody::RestoreFootprint(_) => Tr::RestoreFootprint(RestoreFootprintResult::Success),
        _ => return OperationResult::OpNotSupported,
    })
}
