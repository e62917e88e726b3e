//! Transactions that are tried before they are sent.

use crate::client::Client;
use crate::status::{is_text_number, names};
use crate::wallet::{
    account_value, amount, balance, call, contract_value, decode, encode, fee_bump, native, payer,
    payment, prepare, provider, seal, transfer,
};
use localnet::accounts::address_of;
use localnet::ledger::account_key;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use stellar_xdr::{
    AccountId, DiagnosticEvent, ExtendFootprintTtlOp, ExtensionPoint, LedgerEntry, LedgerKey, Memo,
    OperationBody, PublicKey, RestoreFootprintOp, ScVal, SequenceNumber, SorobanAddressCredentials,
    SorobanAuthorizationEntry, SorobanCredentials, SorobanTransactionData, Transaction,
    TransactionEnvelope, TransactionResult, Uint256,
};

fn try_out(client: &Client, tx: &Transaction, more: Value) -> Value {
    let mut params = json!({ "transaction": encode(&seal(tx.clone())) });
    let more = more.as_object().expect("parameters").clone();
    params.as_object_mut().expect("an object").extend(more);
    client.call("simulateTransaction", params)
}

fn assert_error(trial: &Value, words: &str) {
    assert_eq!(names(trial), BTreeSet::from(["error", "latestLedger"]), "{trial}");
    assert_eq!(trial["error"], words);
}

pub fn data_of(trial: &Value) -> SorobanTransactionData {
    assert!(trial.get("error").is_none(), "{trial}");
    let data: SorobanTransactionData = decode(&trial["transactionData"]);
    assert_eq!(trial["minResourceFee"], data.resource_fee.to_string());
    data
}

pub fn extend(extend_to: u32) -> OperationBody {
    OperationBody::ExtendFootprintTtl(ExtendFootprintTtlOp { ext: ExtensionPoint::V0, extend_to })
}

pub fn restore() -> OperationBody {
    OperationBody::RestoreFootprint(RestoreFootprintOp { ext: ExtensionPoint::V0 })
}

#[test]
fn a_call_is_told_with_all_that_it_takes_and_does() {
    let client = Client::new();
    let trial = client.simulate(&client.draft(transfer(account_value(&provider().id), 7)));
    let expected =
        ["transactionData", "minResourceFee", "results", "events", "stateChanges", "latestLedger"];
    assert_eq!(names(&trial), BTreeSet::from(expected));
    assert!(is_text_number(&trial["minResourceFee"]) && trial["latestLedger"].is_u64());
    let data = data_of(&trial);
    assert_eq!(data.resources.footprint.read_write.len(), 2);
    assert!(data.resources.instructions > 50_000);

    let results = trial["results"].as_array().expect("a list");
    assert_eq!(results.len(), 1);
    assert_eq!(names(&results[0]), BTreeSet::from(["auth", "xdr"]));
    assert_eq!(decode::<ScVal>(&results[0]["xdr"]), ScVal::Void);
    let auth: SorobanAuthorizationEntry = decode(&results[0]["auth"][0]);
    assert_eq!(auth.credentials, SorobanCredentials::SourceAccount);
    let events = trial["events"].as_array().expect("a list");
    events.iter().for_each(|event| drop(decode::<DiagnosticEvent>(event)));

    let changes = trial["stateChanges"].as_array().expect("a list");
    assert_eq!(changes.len(), 2);
    for change in changes {
        assert_eq!(names(change), BTreeSet::from(["type", "key", "before", "after"]));
        assert_eq!(change["type"], "updated");
        let (before, after): (LedgerEntry, LedgerEntry) =
            (decode(&change["before"]), decode(&change["after"]));
        assert_eq!(
            (before.to_key(), after.to_key()),
            (decode(&change["key"]), decode(&change["key"]))
        );
        assert_ne!(before, after);
    }
}

#[test]
fn a_trial_changes_nothing() {
    let client = Client::new();
    let before = client.call("getLatestLedger", json!({}));
    let key = json!({ "keys": [encode(&account_key(&payer().id))] });
    let entry = client.call("getLedgerEntries", key.clone());
    client.simulate(&client.draft(transfer(account_value(&provider().id), 7)));
    assert_eq!(client.call("getLatestLedger", json!({})), before);
    assert_eq!(client.call("getLedgerEntries", key), entry);
}

#[test]
fn what_a_trial_says_is_what_is_charged_at_most() {
    let client = Client::new();
    let mut tx = client.draft(transfer(account_value(&provider().id), 7));
    let trial = client.simulate(&tx);
    let hash = client.submit(&prepare(&mut tx, &trial));
    let told = client.transaction(&hash);
    assert_eq!(told["status"], "SUCCESS");
    let result: TransactionResult = decode(&told["resultXdr"]);
    assert!((100..=data_of(&trial).resource_fee + 100).contains(&result.fee_charged));
}

#[test]
fn what_only_reads_changes_nothing_and_needs_no_consent() {
    let client = Client::new();
    let trial = client.simulate(&client.draft(balance(account_value(&payer().id))));
    let expected = ["transactionData", "minResourceFee", "results", "events", "latestLedger"];
    assert_eq!(names(&trial), BTreeSet::from(expected));
    assert_eq!(trial["results"][0]["auth"], json!([]));
    assert!(matches!(decode(&trial["results"][0]["xdr"]), ScVal::I128(_)));
    assert_eq!(data_of(&trial).resources.footprint.read_write.len(), 0);
}

#[test]
fn what_comes_to_be_has_no_before() {
    let client = Client::new();
    let to = contract_value(&native());
    let trial = client.simulate(&client.draft(transfer(to, 7)));
    let changes = trial["stateChanges"].as_array().expect("a list");
    let created = changes.iter().find(|change| change["type"] == "created").expect("a balance");
    assert_eq!(created["before"], Value::Null);
    let after: LedgerEntry = decode(&created["after"]);
    assert_eq!(decode::<LedgerKey>(&created["key"]), after.to_key());
}

#[test]
fn whoever_tries_need_not_exist() {
    let client = Client::new();
    let nobody = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([0; 32])));
    let mut tx = client.draft(balance(account_value(&payer().id)));
    (tx.source_account, tx.seq_num) = (address_of(&nobody), SequenceNumber(0));
    assert!(client.simulate(&tx).get("error").is_none());
}

#[test]
fn the_source_of_the_operation_counts() {
    let client = Client::new();
    let nobody = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([0; 32])));
    let mut tx = client.draft(transfer(account_value(&provider().id), 7));
    tx.source_account = address_of(&nobody);
    let credentials = |tx: &Transaction| {
        let auth: SorobanAuthorizationEntry = decode(&client.simulate(tx)["results"][0]["auth"][0]);
        auth.credentials
    };
    assert!(matches!(credentials(&tx), SorobanCredentials::Address(_)));
    let mut operations = tx.operations.to_vec();
    operations[0].source_account = Some(address_of(&payer().id));
    tx.operations = operations.try_into().expect("one operation");
    assert_eq!(credentials(&tx), SorobanCredentials::SourceAccount);
}

#[test]
fn a_failure_is_told_as_a_result_with_its_story() {
    let client = Client::new();
    let from = account_value(&payer().id);
    let too_much = call(
        "transfer",
        vec![from.clone(), account_value(&provider().id), amount(i64::MAX as u64)],
    );
    let trial = client.simulate(&client.draft(too_much));
    assert_eq!(names(&trial), BTreeSet::from(["error", "events", "latestLedger"]));
    let error = trial["error"].as_str().expect("a text");
    assert!(error.starts_with("HostError: Error(Contract, #10)"), "{error}");
    assert!(error.contains("Event log (newest first):"), "{error}");
    assert!(!trial["events"].as_array().expect("a list").is_empty());

    let trial = client.simulate(&client.draft(call("nothing", vec![])));
    assert!(trial["error"].as_str().is_some_and(|error| error.starts_with("HostError: Error(")));
}

#[test]
fn what_cannot_be_tried_is_told_as_a_result() {
    let client = Client::new();
    let good = client.draft(balance(account_value(&payer().id)));
    let unreadable = "Could not unmarshal transaction";
    for transaction in ["", "AAAA", "x"] {
        let trial = client.call("simulateTransaction", json!({ "transaction": transaction }));
        assert_error(&trial, unreadable);
    }
    assert_error(&client.call("simulateTransaction", json!({})), unreadable);

    let count = |count: usize| {
        let mut tx = good.clone();
        tx.operations = vec![tx.operations[0].clone(); count].try_into().expect("few");
        tx
    };
    let more = "Transaction contains more than one operation";
    assert_error(&client.simulate(&count(0)), more);
    assert_error(&client.simulate(&count(2)), more);

    let memo = Transaction { memo: Memo::Id(1), ..good.clone() };
    assert_error(
        &client.simulate(&memo),
        "Transaction contains a memo. Soroban transactions do not support memos.",
    );
    assert_error(
        &client.simulate(&client.draft(payment(1))),
        "transaction contains unsupported operation type: OperationTypePayment",
    );
    assert_error(
        &try_out(&client, &good, json!({ "xdrFormat": "hex" })),
        "got 'hex': expected base64, json for optional 'xdrFormat'",
    );
    assert_error(
        &try_out(&client, &good, json!({ "resourceConfig": { "instructionLeeway": 1_u64 << 32 } })),
        "out of range integral type conversion attempted",
    );
    for body in [extend(100), restore()] {
        let tx = client.draft(body);
        assert_error(
            &client.simulate(&tx),
            "To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint \
             operations, SorobanTransactionData must be provided",
        );
        let authorised = try_out(&client, &tx, json!({ "authMode": "record" }));
        assert_error(&authorised, "cannot set authMode with non-InvokeHostFunction operations");
    }
}

#[test]
fn consent_is_recorded_or_enforced_as_it_is_asked_for() {
    let client = Client::new();
    let bare = client.draft(transfer(account_value(&provider().id), 7));
    let auth = |mode: &str| json!({ "authMode": mode });
    for mode in ["", "record", "record_allow_nonroot"] {
        let trial = try_out(&client, &bare, auth(mode));
        assert_eq!(trial["results"][0]["auth"].as_array().map(Vec::len), Some(1), "{mode}");
    }
    let refused = try_out(&client, &bare, auth("enforce"));
    assert!(
        refused["error"].as_str().is_some_and(|error| error.contains("Error(Auth")),
        "{refused}"
    );
    assert_error(
        &try_out(&client, &bare, auth("trust")),
        "optional 'authMode' must be one of enforce,record,record_allow_nonroot when included",
    );

    let mut given = bare.clone();
    let trial = client.simulate(&bare);
    let TransactionEnvelope::Tx(prepared) = prepare(&mut given, &trial) else { panic!("plain") };
    for mode in ["", "enforce"] {
        let trial = try_out(&client, &prepared.tx, auth(mode));
        assert_eq!(trial["results"][0]["auth"].as_array().map(Vec::len), Some(1), "{trial}");
    }
    for mode in ["record", "record_allow_nonroot"] {
        assert_error(
            &try_out(&client, &prepared.tx, auth(mode)),
            &format!("cannot set authMode to '{mode}' with an auth footprint"),
        );
    }
}

#[test]
fn consent_of_accounts_is_of_the_newer_form_if_that_is_asked_for() {
    let client = Client::new();
    let from = account_value(&provider().id);
    let tx = client.draft(call("transfer", vec![from, account_value(&payer().id), amount(7)]));
    let credentials = |wishes: Value| {
        let trial = try_out(&client, &tx, wishes);
        decode::<SorobanAuthorizationEntry>(&trial["results"][0]["auth"][0]).credentials
    };
    let is_old = |credentials: &SorobanCredentials| {
        matches!(credentials, SorobanCredentials::Address(SorobanAddressCredentials { .. }))
    };
    assert!(is_old(&credentials(json!({}))));
    assert!(is_old(&credentials(json!({ "useUpgradedAuth": false }))));
    let newer = credentials(json!({ "useUpgradedAuth": true }));
    assert!(!is_old(&newer) && newer != SorobanCredentials::SourceAccount, "{newer:?}");
}

#[test]
fn a_leeway_adds_instructions() {
    let client = Client::new();
    let tx = client.draft(balance(account_value(&payer().id)));
    let instructions = |leeway: Value| {
        let wishes = json!({ "resourceConfig": { "instructionLeeway": leeway } });
        i64::from(data_of(&try_out(&client, &tx, wishes)).resources.instructions)
    };
    let usual = instructions(json!(null));
    assert_eq!(instructions(json!(0)), usual);
    assert_eq!(instructions(json!(50_000)), usual);
    assert_eq!(instructions(json!(1_050_000)), usual + 1_000_000);
}

#[test]
fn an_envelope_of_any_kind_is_tried() {
    let client = Client::new();
    let inner = client.signed(balance(account_value(&payer().id)));
    let bump = encode(&fee_bump(inner, 10_000));
    data_of(&client.call("simulateTransaction", json!({ "transaction": bump })));
    // Nobody need have signed.
    let TransactionEnvelope::Tx(mut envelope) = client.signed(balance(account_value(&payer().id)))
    else {
        panic!("plain")
    };
    envelope.signatures = Default::default();
    let unsigned = encode(&TransactionEnvelope::Tx(envelope));
    data_of(&client.call("simulateTransaction", json!({ "transaction": unsigned })));
}

#[test]
fn a_trial_is_told_in_json_too() {
    let client = Client::new();
    let tx = client.draft(transfer(account_value(&provider().id), 7));
    let trial = try_out(&client, &tx, json!({ "xdrFormat": "json" }));
    let expected = [
        "transactionDataJson",
        "minResourceFee",
        "results",
        "eventsJson",
        "stateChanges",
        "latestLedger",
    ];
    assert_eq!(names(&trial), BTreeSet::from(expected));
    assert_eq!(names(&trial["results"][0]), BTreeSet::from(["authJson", "returnValueJson"]));
    assert_eq!(trial["results"][0]["returnValueJson"], "void");
    let expected = ["type", "keyJson", "before", "beforeJson", "after", "afterJson"];
    assert_eq!(names(&trial["stateChanges"][0]), BTreeSet::from(expected));
    serde_json::from_value::<SorobanTransactionData>(trial["transactionDataJson"].clone())
        .expect("what the transaction carries");
}

#[test]
fn a_contract_sees_the_present_time_and_the_latest_ledger() {
    let client = Client::new();
    let before = client.call("getLatestLedger", json!({}))["sequence"].take();
    let trial = client.simulate(&client.draft(balance(account_value(&payer().id))));
    assert_eq!(trial["latestLedger"], before);
    // An allowance up to the latest ledger is one that is over.
    let (from, to) = (account_value(&payer().id), account_value(&provider().id));
    let until = |ledger: u64| {
        let arguments = [from.clone(), to.clone(), amount(1), ScVal::U32(ledger as u32)];
        client.simulate(&client.draft(call("approve", arguments.to_vec())))
    };
    let latest = before.as_u64().expect("a number");
    assert!(until(latest - 1).get("error").is_some());
    assert!(until(latest).get("error").is_none());
}
