//! The names that Horizon has for results.

use serde_json::{Value, json};
use stellar_xdr::{
    InnerTransactionResultResult, OperationResult, OperationResultTr, TransactionResult,
    TransactionResultResult,
};

/// What a transaction and each of its operations came to.
pub fn of(result: &TransactionResult) -> Value {
    use InnerTransactionResultResult as Inner;
    use TransactionResultResult as Outer;
    let mut codes = json!({ "transaction": transaction(result.result.name()) });
    let operations = match &result.result {
        Outer::TxSuccess(results) | Outer::TxFailed(results) => Some(results),
        Outer::TxFeeBumpInnerSuccess(inner) | Outer::TxFeeBumpInnerFailed(inner) => {
            codes["inner_transaction"] = transaction(inner.result.result.name()).into();
            match &inner.result.result {
                Inner::TxSuccess(results) | Inner::TxFailed(results) => Some(results),
                _ => None,
            }
        }
        _ => None,
    };
    if let Some(results) = operations {
        codes["operations"] = results.iter().map(operation).collect();
    }
    codes
}

fn transaction(name: &str) -> String {
    match name {
        "TxNoAccount" => "tx_no_source_account".into(),
        "TxBadMinSeqAgeOrGap" => "tx_bad_minseq_age_or_gap".into(),
        name => snake(name),
    }
}

fn operation(result: &OperationResult) -> String {
    match result {
        OperationResult::OpInner(result) => inner(result),
        OperationResult::OpNoAccount => "op_no_source_account".into(),
        other => snake(other.name()),
    }
}

fn inner(result: &OperationResultTr) -> String {
    use OperationResultTr as Of;
    let name = match result {
        Of::CreateAccount(result) => result.name(),
        Of::Payment(result) => result.name(),
        Of::ChangeTrust(result) => result.name(),
        Of::SetTrustLineFlags(result) => result.name(),
        Of::SetOptions(result) => result.name(),
        Of::Clawback(result) => result.name(),
        Of::AccountMerge(result) => result.name(),
        Of::BumpSequence(result) => result.name(),
        Of::ManageData(result) => result.name(),
        Of::InvokeHostFunction(result) => result.name(),
        Of::ExtendFootprintTtl(result) => result.name(),
        Of::RestoreFootprint(result) => result.name(),
        // No other operation is known to this network, so that none has a result of its own.
        _ => "NotSupported",
    };
    match name {
        "AlreadyExist" => "op_already_exists".into(),
        "NoTrustLine" => "op_no_trustline".into(),
        "SeqnumTooFar" => "op_seq_num_too_far".into(),
        "NameNotFound" => "op_data_name_not_found".into(),
        "InvalidName" => "op_data_invalid_name".into(),
        "Trapped" => "function_trapped".into(),
        "ResourceLimitExceeded" | "EntryArchived" | "InsufficientRefundableFee" => snake(name),
        name => format!("op_{}", snake(name)),
    }
}

/// `TxBadSeq` as `tx_bad_seq`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;
    use stellar_xdr::{
        AccountMergeResult, BumpSequenceResult, ChangeTrustResult, ClawbackResult,
        CreateAccountResult, ExtendFootprintTtlResult, InnerTransactionResult,
        InnerTransactionResultExt, InnerTransactionResultPair, InvokeHostFunctionResult,
        ManageDataResult, PaymentResult, RestoreFootprintResult, SetOptionsResult,
        SetTrustLineFlagsResult, TransactionResultExt,
    };

    #[test]
    fn operations_have_the_names_that_horizon_gives_them() {
        use OperationResultTr as Of;
        let inner = [
            (Of::CreateAccount(CreateAccountResult::AlreadyExist), "op_already_exists"),
            (Of::Payment(PaymentResult::SrcNotAuthorized), "op_src_not_authorized"),
            (Of::Payment(PaymentResult::LineFull), "op_line_full"),
            (Of::ChangeTrust(ChangeTrustResult::InvalidLimit), "op_invalid_limit"),
            (Of::SetTrustLineFlags(SetTrustLineFlagsResult::NoTrustLine), "op_no_trustline"),
            (Of::SetOptions(SetOptionsResult::ThresholdOutOfRange), "op_threshold_out_of_range"),
            (Of::Clawback(ClawbackResult::Underfunded), "op_underfunded"),
            (Of::AccountMerge(AccountMergeResult::SeqnumTooFar), "op_seq_num_too_far"),
            (Of::AccountMerge(AccountMergeResult::Success(1)), "op_success"),
            (Of::BumpSequence(BumpSequenceResult::BadSeq), "op_bad_seq"),
            (Of::ManageData(ManageDataResult::NameNotFound), "op_data_name_not_found"),
            (Of::ManageData(ManageDataResult::InvalidName), "op_data_invalid_name"),
            (Of::InvokeHostFunction(InvokeHostFunctionResult::Trapped), "function_trapped"),
            (Of::InvokeHostFunction(InvokeHostFunctionResult::EntryArchived), "entry_archived"),
            (Of::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed), "op_malformed"),
            (
                Of::RestoreFootprint(RestoreFootprintResult::InsufficientRefundableFee),
                "insufficient_refundable_fee",
            ),
        ];
        for (result, name) in inner {
            assert_eq!(operation(&OperationResult::OpInner(result)), name);
        }
        assert_eq!(operation(&OperationResult::OpNoAccount), "op_no_source_account");
        assert_eq!(operation(&OperationResult::OpNotSupported), "op_not_supported");
        assert_eq!(operation(&OperationResult::OpTooManySubentries), "op_too_many_subentries");
    }

    #[test]
    fn transactions_have_the_names_that_horizon_gives_them() {
        use TransactionResultResult as Outer;
        let outer = [
            (Outer::TxTooLate, "tx_too_late"),
            (Outer::TxNoAccount, "tx_no_source_account"),
            (Outer::TxBadAuthExtra, "tx_bad_auth_extra"),
            (Outer::TxBadMinSeqAgeOrGap, "tx_bad_minseq_age_or_gap"),
            (Outer::TxSorobanInvalid, "tx_soroban_invalid"),
        ];
        for (result, name) in outer {
            assert_eq!(of(&whole(result)), json!({ "transaction": name }));
        }
    }

    #[test]
    fn a_fee_bump_is_told_with_what_it_wraps() {
        let failed = vec![OperationResult::OpBadAuth].try_into().unwrap();
        let pair = InnerTransactionResultPair {
            transaction_hash: Default::default(),
            result: InnerTransactionResult {
                fee_charged: 0,
                result: InnerTransactionResultResult::TxFailed(failed),
                ext: InnerTransactionResultExt::V0,
            },
        };
        let result = whole(TransactionResultResult::TxFeeBumpInnerFailed(pair));
        let expected = json!({
            "transaction": "tx_fee_bump_inner_failed",
            "inner_transaction": "tx_failed",
            "operations": ["op_bad_auth"],
        });
        assert_eq!(of(&result), expected);
    }

    fn whole(result: TransactionResultResult) -> TransactionResult {
        TransactionResult { fee_charged: 0, result, ext: TransactionResultExt::V0 }
    }
}
