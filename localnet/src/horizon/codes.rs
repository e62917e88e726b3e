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
