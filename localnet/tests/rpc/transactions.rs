//! Transactions on their way into ledgers, and in them.

use crate::client::Client;
use crate::status::{is_text_number, names};
use crate::wallet::{
    account_value, amount, call, decode, encode, fee_bump, native, payer, payment, provider, seal,
    transfer,
};
use localnet::Options;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;
use stellar_xdr::{
    ContractEvent, DiagnosticEvent, SequenceNumber, TransactionEnvelope, TransactionEvent,
    TransactionExt, TransactionMeta, TransactionResult, TransactionResultResult,
};

const INVALID_PARAMS: i64 = -32602;

const RANGE: [&str; 4] =
    ["latestLedger", "latestLedgerCloseTime", "oldestLedger", "oldestLedgerCloseTime"];
pub const DETAILS: [&str; 9] = [
    "status",
    "txHash",
    "ledger",
    "applicationOrder",
    "feeBump",
    "createdAt",
    "envelopeXdr",
    "resultXdr",
    "resultMetaXdr",
];

pub fn latest(client: &Client) -> u64 {
    client.call("getLatestLedger", json!({}))["sequence"].as_u64().expect("a number")
}

/// Ledgers that only close once in a while, so that what is sent waits.
pub fn slow() -> Client {
    let block_time = Some(Duration::from_secs(3600));
    Client::with(Options { block_time, ..Options::default() })
}

#[test]
fn what_is_sent_is_pending_and_is_in_a_ledger_at_once() {
    let client = Client::new();
    let before = latest(&client);
    let answer = client.send(&client.signed(payment(1)));
    let expected = ["status", "hash", "latestLedger", "latestLedgerCloseTime"];
    assert_eq!(names(&answer), BTreeSet::from(expected));
    assert_eq!((&answer["status"], &answer["latestLedger"]), (&json!("PENDING"), &json!(before)));
    assert!(is_text_number(&answer["latestLedgerCloseTime"]));
    let found = client.transaction(answer["hash"].as_str().expect("a hash"));
    assert_eq!((&found["status"], &found["ledger"]), (&json!("SUCCESS"), &json!(before + 1)));
}

#[test]
fn what_is_refused_is_told_with_its_result() {
    let client = Client::new();
    let mut tx = client.draft(payment(1));
    tx.seq_num = SequenceNumber(tx.seq_num.0 + 5);
    let envelope = encode(&seal(tx));
    let answer = client.call("sendTransaction", json!({ "transaction": envelope }));
    let expected = ["status", "hash", "latestLedger", "latestLedgerCloseTime", "errorResultXdr"];
    assert_eq!(names(&answer), BTreeSet::from(expected));
    assert_eq!(answer["status"], "ERROR");
    let result: TransactionResult = decode(&answer["errorResultXdr"]);
    assert_eq!(result.result, TransactionResultResult::TxBadSeq);

    let params = json!({ "transaction": envelope, "xdrFormat": "json" });
    let answer = client.call("sendTransaction", params);
    assert_eq!(answer["errorResultJson"]["result"], "tx_bad_seq");
    let hash = answer["hash"].as_str().expect("a hash");
    assert_eq!(client.transaction(hash)["status"], "NOT_FOUND");
}

#[test]
fn a_call_that_is_refused_is_told_with_diagnostics() {
    let client = Client::new();
    let mut tx = client.draft(transfer(account_value(&provider().id), 1));
    let trial = client.simulate(&tx);
    crate::wallet::prepare(&mut tx, &trial);
    let TransactionExt::V1(data) = &mut tx.ext else { panic!("no resources") };
    data.resource_fee = 1;
    let answer = client.send(&seal(tx));
    assert_eq!(answer["status"], "ERROR");
    let result: TransactionResult = decode(&answer["errorResultXdr"]);
    assert_eq!(result.result, TransactionResultResult::TxSorobanInvalid);
    let diagnostics = answer["diagnosticEventsXdr"].as_array().expect("diagnostics");
    assert!(!diagnostics.is_empty());
    diagnostics.iter().for_each(|event| drop(decode::<DiagnosticEvent>(event)));
}

#[test]
fn what_waits_is_a_duplicate_and_what_was_applied_is_not_looked_at_again() {
    for (client, status) in [(slow(), "DUPLICATE"), (Client::new(), "TRY_AGAIN_LATER")] {
        let envelope = client.signed(payment(1));
        let hash = client.submit(&envelope);
        let again = client.send(&envelope);
        assert_eq!((&again["status"], &again["hash"]), (&json!(status), &json!(hash)));
        assert!(again.get("errorResultXdr").is_none(), "{again}");
    }
}

#[test]
fn a_second_transaction_waits_until_the_first_is_in_a_ledger() {
    let client = slow();
    let first = client.submit(&client.signed(payment(1)));
    assert_eq!(client.transaction(&first)["status"], "NOT_FOUND");
    let mut second = client.draft(payment(2));
    second.seq_num = SequenceNumber(second.seq_num.0 + 1);
    let answer = client.send(&seal(second.clone()));
    assert_eq!(answer["status"], "TRY_AGAIN_LATER");
    let expected = ["status", "hash", "latestLedger", "latestLedgerCloseTime"];
    assert_eq!(names(&answer), BTreeSet::from(expected));
    client.call("localnet_advanceLedgers", json!({ "count": 1 }));
    assert_eq!(client.transaction(&first)["status"], "SUCCESS");
    client.submit(&seal(second));
}

#[test]
fn what_is_no_transaction_is_refused() {
    let client = Client::new();
    let good = encode(&client.signed(payment(1)));
    for bad in ["", "AAAA", "x", &good[4..], &format!("{good}AAAA"), &"A".repeat(400_000)] {
        let params = json!({ "transaction": bad });
        client.assert_refused("sendTransaction", params, INVALID_PARAMS, "invalid_xdr");
    }
    client.assert_refused("sendTransaction", json!({}), INVALID_PARAMS, "transaction");
}

#[test]
fn a_transaction_is_told_with_all_that_it_did() {
    let client = Client::new();
    let mut tx = client.draft(transfer(account_value(&provider().id), 7));
    let trial = client.simulate(&tx);
    let envelope = crate::wallet::prepare(&mut tx, &trial);
    let hash = client.submit(&envelope);
    let told = client.transaction(&hash);

    let more = ["events", "diagnosticEventsXdr"];
    let expected = RANGE.into_iter().chain(DETAILS).chain(more).collect();
    assert_eq!(names(&told), expected);
    assert_eq!((&told["status"], &told["txHash"]), (&json!("SUCCESS"), &json!(hash)));
    assert_eq!((&told["ledger"], &told["applicationOrder"]), (&json!(latest(&client)), &json!(1)));
    assert_eq!(told["feeBump"], false);
    for time in ["createdAt", "latestLedgerCloseTime", "oldestLedgerCloseTime"] {
        assert!(is_text_number(&told[time]), "{time}");
    }
    assert_eq!(decode::<TransactionEnvelope>(&told["envelopeXdr"]), envelope);
    let result: TransactionResult = decode(&told["resultXdr"]);
    assert!(matches!(result.result, TransactionResultResult::TxSuccess(_)));
    let TransactionMeta::V4(meta) = decode(&told["resultMetaXdr"]) else { panic!("another form") };
    assert!(meta.soroban_meta.is_some_and(|meta| meta.return_value.is_some()));

    let events = &told["events"];
    assert_eq!(names(events), BTreeSet::from(["contractEventsXdr", "transactionEventsXdr"]));
    let transfer: ContractEvent = decode(&events["contractEventsXdr"][0][0]);
    assert_eq!(transfer.contract_id, Some(native()));
    let fees = events["transactionEventsXdr"].as_array().expect("a list");
    assert!(!fees.is_empty());
    fees.iter().for_each(|fee| drop(decode::<TransactionEvent>(fee)));
}

#[test]
fn a_transaction_is_told_in_json_too() {
    let client = Client::new();
    let hash = client.pay();
    let told = client.call("getTransaction", json!({ "hash": hash, "xdrFormat": "json" }));
    let xdr = |name: &&str| name.ends_with("Xdr");
    assert_eq!(names(&told).into_iter().filter(xdr).count(), 0, "{told}");
    serde_json::from_value::<TransactionEnvelope>(told["envelopeJson"].clone())
        .expect("an envelope");
    serde_json::from_value::<TransactionResult>(told["resultJson"].clone()).expect("a result");
    serde_json::from_value::<TransactionMeta>(told["resultMetaJson"].clone()).expect("a meta");
    assert_eq!(
        names(&told["events"]),
        BTreeSet::from(["contractEventsJson", "transactionEventsJson"])
    );
}

#[test]
fn a_transaction_that_failed_is_told_as_such() {
    let client = Client::new();
    let told = client.transaction(&client.submit(&client.signed(payment(i64::MAX))));
    assert_eq!(told["status"], "FAILED");
    let result: TransactionResult = decode(&told["resultXdr"]);
    assert!(matches!(result.result, TransactionResultResult::TxFailed(_)));
}

#[test]
fn a_call_that_failed_is_told_with_diagnostics() {
    let client = Client::new();
    let body = transfer(account_value(&provider().id), 1);
    let mut tx = client.draft(body);
    let trial = client.simulate(&tx);
    let good = crate::wallet::prepare(&mut tx.clone(), &trial);
    // The same resources, and an amount that nobody has.
    let from_to = [account_value(&payer().id), account_value(&provider().id)];
    let too_much =
        call("transfer", vec![from_to[0].clone(), from_to[1].clone(), amount(i64::MAX as u64)]);
    tx.operations = vec![crate::wallet::operation(too_much)].try_into().expect("one operation");
    let TransactionEnvelope::Tx(good) = good else { panic!("a plain transaction") };
    (tx.ext, tx.fee) = (good.tx.ext, good.tx.fee);
    let told = client.transaction(&client.submit(&seal(tx)));
    assert_eq!(told["status"], "FAILED", "{told}");
    let diagnostics = told["diagnosticEventsXdr"].as_array().expect("diagnostics");
    assert!(!diagnostics.is_empty());
    diagnostics.iter().for_each(|event| drop(decode::<DiagnosticEvent>(event)));
}

#[test]
fn a_fee_bump_is_found_by_its_own_hash_and_by_that_of_what_it_wraps() {
    let client = Client::new();
    let inner = client.signed(payment(1));
    let inner_hash = localnet::transaction::Frame::new(inner.clone(), &crate::wallet::network_id())
        .hash
        .to_string();
    let outer_hash = client.submit(&fee_bump(inner, 400));
    assert_ne!(outer_hash, inner_hash);
    let (outer, inner) = (client.transaction(&outer_hash), client.transaction(&inner_hash));
    for (told, hash) in [(&outer, outer_hash), (&inner, inner_hash)] {
        assert_eq!((&told["status"], &told["feeBump"]), (&json!("SUCCESS"), &json!(true)));
        assert_eq!(told["txHash"], hash);
    }
    assert_eq!(outer["envelopeXdr"], inner["envelopeXdr"]);
}

#[test]
fn what_is_not_there_is_told_with_the_range_that_was_searched() {
    let client = Client::new();
    let hash = "0123456789abcdef".repeat(4);
    let told = client.transaction(&hash);
    assert_eq!(names(&told), RANGE.into_iter().chain(["status", "txHash"]).collect());
    assert_eq!((&told["status"], &told["txHash"]), (&json!("NOT_FOUND"), &json!(hash)));
}

#[test]
fn a_hash_may_be_written_in_capitals() {
    let client = Client::new();
    let hash = client.pay().to_uppercase();
    let told = client.transaction(&hash);
    assert_eq!((&told["status"], &told["txHash"]), (&json!("SUCCESS"), &json!(hash)));
}

#[test]
fn what_is_no_hash_is_refused() {
    let client = Client::new();
    let cases = [
        ("", "unexpected hash length (0)"),
        ("00", "unexpected hash length (2)"),
        (&"0".repeat(63), "unexpected hash length (63)"),
        (&"0".repeat(66), "unexpected hash length (66)"),
        (&"z".repeat(64), "not hexadecimal"),
        (&"ü".repeat(32), "not hexadecimal"),
    ];
    for (hash, words) in cases {
        client.assert_refused("getTransaction", json!({ "hash": hash }), INVALID_PARAMS, words);
    }
}

#[test]
fn a_search_may_be_bounded() {
    let client = Client::new();
    let hash = client.pay();
    let ledger = latest(&client);
    client.pay();
    let cases = [
        (0, 0, "SUCCESS"),
        (ledger, ledger, "SUCCESS"),
        (ledger, 0, "SUCCESS"),
        (0, ledger, "SUCCESS"),
        (1, u32::MAX.into(), "SUCCESS"),
        (ledger + 1, 0, "NOT_FOUND"),
        (0, ledger - 1, "NOT_FOUND"),
    ];
    for (min, max, status) in cases {
        let params = json!({ "hash": hash, "minLedger": min, "maxLedger": max });
        assert_eq!(client.call("getTransaction", params)["status"], status, "{min} to {max}");
    }
    let params = json!({ "hash": hash, "minLedger": 3, "maxLedger": 2 });
    client.assert_refused("getTransaction", params, INVALID_PARAMS, "must not exceed");
}
