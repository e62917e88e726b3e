//! How the network is, and what transactions cost.

use crate::client::Client;
use crate::wallet::{account_value, payment, provider, seal, transfer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub fn names(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// A decimal number in text, as the official server writes what may be large.
pub fn is_text_number(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<u64>().is_ok())
}

#[test]
fn health_is_told_in_numbers() {
    let client = Client::new();
    let health = client.call("getHealth", json!({}));
    let numbers = [
        "latestLedger",
        "latestLedgerCloseTime",
        "oldestLedger",
        "oldestLedgerCloseTime",
        "ledgerRetentionWindow",
    ];
    assert_eq!(names(&health), numbers.into_iter().chain(["status"]).collect());
    assert_eq!(health["status"], "healthy");
    assert!(numbers.iter().all(|name| health[name].is_u64()), "{health}");
    assert_eq!(health["oldestLedger"], 1);
}

#[test]
fn the_network_is_the_standalone_one() {
    let client = Client::new();
    let expected = json!({
        "friendbotUrl": format!("{}/friendbot", client.net.url()),
        "passphrase": "Standalone Network ; February 2017",
        "protocolVersion": 29,
    });
    assert_eq!(client.call("getNetwork", json!({})), expected);
}

#[test]
fn versions_are_texts_but_for_the_protocol() {
    let version = Client::new().call("getVersionInfo", json!({}));
    let texts = ["version", "commitHash", "buildTimestamp", "captiveCoreVersion"];
    assert_eq!(names(&version), texts.into_iter().chain(["protocolVersion"]).collect());
    assert!(texts.iter().all(|name| version[name].is_string()), "{version}");
    assert_eq!(version["protocolVersion"], 29);
}

#[test]
fn fees_are_told_as_texts() {
    let stats = Client::new().call("getFeeStats", json!({}));
    assert_eq!(
        names(&stats),
        BTreeSet::from(["inclusionFee", "latestLedger", "sorobanInclusionFee"])
    );
    let texts = [
        "max",
        "min",
        "mode",
        "p10",
        "p20",
        "p30",
        "p40",
        "p50",
        "p60",
        "p70",
        "p80",
        "p90",
        "p95",
        "p99",
        "transactionCount",
    ];
    for kind in ["inclusionFee", "sorobanInclusionFee"] {
        let fees = &stats[kind];
        assert_eq!(names(fees), texts.into_iter().chain(["ledgerCount"]).collect());
        assert!(texts.iter().all(|name| is_text_number(&fees[name])), "{fees}");
        assert_eq!((fees["min"].as_str(), fees["max"].as_str()), (Some("100"), Some("100")));
        assert_eq!(fees["ledgerCount"], stats["latestLedger"]);
    }
}

#[test]
fn fees_are_what_was_charged_not_what_was_offered() {
    let client = Client::new();
    let count = |kind: &str| {
        let stats = client.call("getFeeStats", json!({}));
        assert_eq!(stats[kind]["max"], "100", "{stats}");
        stats[kind]["transactionCount"].as_str().and_then(|count| count.parse::<u32>().ok())
    };
    let (classic, soroban) = (count("inclusionFee"), count("sorobanInclusionFee"));
    let mut generous = client.draft(payment(1));
    generous.fee = 50_000;
    client.submit(&seal(generous));
    client.invoke(transfer(account_value(&provider().id), 1));
    assert_eq!(count("inclusionFee"), classic.map(|count| count + 1));
    assert_eq!(count("sorobanInclusionFee"), soroban.map(|count| count + 1));
}

#[test]
fn fees_are_those_of_the_last_fifty_ledgers() {
    let client = Client::new();
    client.net.network(|network| (0..50).try_for_each(|_| network.close()).expect("no state file"));
    let stats = client.call("getFeeStats", json!({}));
    for kind in ["inclusionFee", "sorobanInclusionFee"] {
        assert_eq!((&stats[kind]["max"], &stats[kind]["p99"]), (&json!("0"), &json!("0")));
        assert_eq!(stats[kind]["transactionCount"], "0");
    }
    client.pay();
    let fees = client.call("getFeeStats", json!({}))["inclusionFee"].take();
    assert_eq!((&fees["transactionCount"], &fees["ledgerCount"]), (&json!("1"), &json!(50)));
}
