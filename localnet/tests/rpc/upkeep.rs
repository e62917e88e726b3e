//! Trying to keep things alive, and to bring them back.

use crate::client::Client;
use crate::simulation::{data_of, extend, restore};
use crate::status::names;
use crate::wallet::{account_value, footprint, instance, payer, prepare, provider, transfer};
use localnet::Options;
use localnet::ledger::account_key;
use localnet::settings::Settings;
use serde_json::json;
use std::collections::BTreeSet;
use stellar_xdr::{LedgerKey, ScVal, SorobanTransactionDataExt};

/// A network in which the contract of XLM is archived.
fn with_archived_instance() -> Client {
    let client = Client::with(Options { settings: Settings::Testnet, ..Options::default() });
    client.call("localnet_advanceLedgers", json!({ "count": 130_000 }));
    client
}

#[test]
fn a_longer_life_is_tried_and_given() {
    let client = Client::new();
    let mut tx = client.draft(extend(3_000_000));
    tx.ext = footprint(vec![instance()], vec![]);
    let trial = client.simulate(&tx);
    assert_eq!(
        names(&trial),
        BTreeSet::from(["transactionData", "minResourceFee", "latestLedger"])
    );
    assert_eq!(data_of(&trial).resources.footprint.read_only.to_vec(), [instance()]);
    let hash = client.submit(&prepare(&mut tx, &trial));
    assert_eq!(client.transaction(&hash)["status"], "SUCCESS");
}

#[test]
fn a_longer_life_of_what_cannot_die_is_an_error() {
    let client = Client::new();
    let mut tx = client.draft(extend(100));
    tx.ext = footprint(vec![account_key(&payer().id)], vec![]);
    let trial = client.simulate(&tx);
    assert_eq!(names(&trial), BTreeSet::from(["error", "latestLedger"]));
}

#[test]
fn what_is_archived_has_to_be_restored_before_its_life_is_extended() {
    let client = with_archived_instance();
    let mut tx = client.draft(extend(1_000_000));
    tx.ext = footprint(vec![instance()], vec![]);
    let trial = client.simulate(&tx);
    let preamble = &trial["restorePreamble"];
    assert_eq!(names(preamble), BTreeSet::from(["transactionData", "minResourceFee"]));
    assert_eq!(data_of(preamble).resources.footprint.read_write.to_vec(), [instance()]);

    let mut first = client.draft(restore());
    let hash = client.submit(&prepare(&mut first, preamble));
    assert_eq!(client.transaction(&hash)["status"], "SUCCESS");
    assert!(client.simulate(&tx).get("restorePreamble").is_none());
}

#[test]
fn what_is_archived_can_be_restored() {
    let client = with_archived_instance();
    let mut tx = client.draft(restore());
    tx.ext = footprint(vec![], vec![instance()]);
    let trial = client.simulate(&tx);
    assert_eq!(
        names(&trial),
        BTreeSet::from(["transactionData", "minResourceFee", "latestLedger"])
    );
    assert_eq!(data_of(&trial).resources.footprint.read_write.to_vec(), [instance()]);
    let hash = client.submit(&prepare(&mut tx, &trial));
    assert_eq!(client.transaction(&hash)["status"], "SUCCESS");
}

#[test]
fn what_is_not_there_cannot_be_restored() {
    let client = Client::new();
    let mut tx = client.draft(restore());
    let LedgerKey::ContractData(mut nothing) = instance() else { panic!("an instance") };
    nothing.key = ScVal::U32(7);
    tx.ext = footprint(vec![], vec![LedgerKey::ContractData(nothing)]);
    let trial = client.simulate(&tx);
    assert_eq!(names(&trial), BTreeSet::from(["error", "latestLedger"]));
}

#[test]
fn a_call_restores_by_itself_what_is_archived() {
    let client = with_archived_instance();
    let mut tx = client.draft(transfer(account_value(&provider().id), 7));
    let trial = client.simulate(&tx);
    assert!(trial.get("restorePreamble").is_none());
    let SorobanTransactionDataExt::V1(restored) = data_of(&trial).ext else {
        panic!("nothing is restored")
    };
    assert_eq!(restored.archived_soroban_entries.len(), 1);
    let hash = client.submit(&prepare(&mut tx, &trial));
    assert_eq!(client.transaction(&hash)["status"], "SUCCESS");
}
