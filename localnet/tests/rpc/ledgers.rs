//! Ledgers that have closed, and the pages that they come in.

use crate::client::Client;
use crate::status::{is_text_number, names};
use crate::wallet::decode;
use localnet::ledger::sha256_xdr;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use stellar_xdr::{LedgerCloseMeta, LedgerHeader, LedgerHeaderHistoryEntry};

const INVALID_REQUEST: i64 = -32600;
const INVALID_PARAMS: i64 = -32602;

fn latest(client: &Client) -> u64 {
    client.call("getLatestLedger", json!({}))["sequence"].as_u64().expect("a number")
}

fn sequences(page: &Value) -> Vec<u64> {
    let ledgers = page["ledgers"].as_array().expect("a list").iter();
    ledgers.map(|ledger| ledger["sequence"].as_u64().expect("a number")).collect()
}

#[test]
fn the_latest_ledger_is_told_with_its_header_and_all_that_is_in_it() {
    let client = Client::new();
    client.pay();
    let told = client.call("getLatestLedger", json!({}));
    let expected = ["id", "protocolVersion", "sequence", "closeTime", "headerXdr", "metadataXdr"];
    assert_eq!(names(&told), BTreeSet::from(expected));
    let header: LedgerHeader = decode(&told["headerXdr"]);
    assert_eq!(told["id"], sha256_xdr(&header).to_string());
    assert_eq!(told["sequence"], header.ledger_seq);
    assert_eq!(told["protocolVersion"], header.ledger_version);
    assert_eq!(told["closeTime"], header.scp_value.close_time.0.to_string());
    let LedgerCloseMeta::V2(meta) = decode(&told["metadataXdr"]) else { panic!("another form") };
    assert_eq!((meta.ledger_header.header, meta.tx_processing.len()), (header, 1));
}

#[test]
fn ledgers_are_told_each_with_its_history_entry() {
    let client = Client::new();
    let page = client.call("getLedgers", json!({ "startLedger": 1 }));
    let expected = [
        "ledgers",
        "latestLedger",
        "latestLedgerCloseTime",
        "oldestLedger",
        "oldestLedgerCloseTime",
        "cursor",
    ];
    assert_eq!(names(&page), BTreeSet::from(expected));
    assert!(page["latestLedgerCloseTime"].is_u64() && page["oldestLedgerCloseTime"].is_u64());
    assert_eq!(sequences(&page), (1..=latest(&client)).collect::<Vec<_>>());
    assert_eq!(page["cursor"], latest(&client).to_string());
    for told in page["ledgers"].as_array().expect("a list") {
        let expected = ["hash", "sequence", "ledgerCloseTime", "headerXdr", "metadataXdr"];
        assert_eq!(names(told), BTreeSet::from(expected));
        assert!(is_text_number(&told["ledgerCloseTime"]), "{told}");
        let entry: LedgerHeaderHistoryEntry = decode(&told["headerXdr"]);
        assert_eq!(told["hash"], entry.hash.to_string());
        assert_eq!(told["sequence"], entry.header.ledger_seq);
        let LedgerCloseMeta::V2(meta) = decode(&told["metadataXdr"]) else {
            panic!("another form")
        };
        assert_eq!(meta.ledger_header, entry);
    }
}

#[test]
fn ledgers_are_told_in_json_too() {
    let client = Client::new();
    let params = json!({ "startLedger": 2, "pagination": { "limit": 1 }, "xdrFormat": "json" });
    let told = client.call("getLedgers", params)["ledgers"][0].take();
    // Clients want these two to be there.
    assert_eq!((&told["headerXdr"], &told["metadataXdr"]), (&json!(""), &json!("")));
    let entry: LedgerHeaderHistoryEntry =
        serde_json::from_value(told["headerJson"].clone()).expect("a history entry");
    assert_eq!(told["hash"], entry.hash.to_string());
    let meta: LedgerCloseMeta =
        serde_json::from_value(told["metadataJson"].clone()).expect("what is in a ledger");
    let LedgerCloseMeta::V2(meta) = meta else { panic!("another form") };
    assert_eq!(meta.ledger_header, entry);
}

#[test]
fn pages_follow_each_other_over_what_was_never_written() {
    let client = Client::new();
    let first_part = latest(&client);
    client.call("localnet_advanceLedgers", json!({ "count": 1_000_000 }));
    client.pay();
    client.call("localnet_advanceLedgers", json!({ "count": 5_000 }));
    let expected: Vec<_> =
        (1..=first_part).chain([1_000_000, 1_000_001, 1_005_001].map(|n| n + first_part)).collect();
    for limit in 1..=3 {
        let mut params = json!({ "startLedger": 1, "pagination": { "limit": limit } });
        let mut found = Vec::new();
        while found.last() != Some(&latest(&client)) {
            let page = client.call("getLedgers", params);
            let here = sequences(&page);
            assert!(!here.is_empty() && here.len() <= limit, "{here:?}");
            assert_eq!(page["cursor"], here[here.len() - 1].to_string());
            found.extend(here);
            params = json!({ "pagination": { "cursor": page["cursor"], "limit": limit } });
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn a_page_may_begin_where_nothing_was_written() {
    let client = Client::new();
    let before = latest(&client);
    client.call("localnet_advanceLedgers", json!({ "count": 100 }));
    let page = client.call("getLedgers", json!({ "startLedger": before + 50 }));
    assert_eq!(sequences(&page), [before + 100]);
    let cursor = (before + 50).to_string();
    let page = client.call("getLedgers", json!({ "pagination": { "cursor": cursor } }));
    assert_eq!(sequences(&page), [before + 100]);
}

#[test]
fn a_page_holds_fifty_ledgers_or_up_to_two_hundred() {
    let client = Client::new();
    client
        .net
        .network(|network| (0..250).try_for_each(|_| network.close()).expect("no state file"));
    let count = |pagination: Value| {
        let params = json!({ "startLedger": 1, "pagination": pagination });
        sequences(&client.call("getLedgers", params)).len()
    };
    assert_eq!(count(json!({})), 50);
    assert_eq!(count(json!(null)), 50);
    assert_eq!(count(json!({ "limit": 0 })), 50);
    assert_eq!(count(json!({ "limit": 200 })), 200);
    assert_eq!(count(json!({ "cursor": "", "limit": 7 })), 7);
    let params = json!({ "startLedger": 1, "pagination": { "limit": 201 } });
    client.assert_refused("getLedgers", params, INVALID_REQUEST, "limit must not exceed 200");
}

#[test]
fn a_start_outside_of_history_is_refused() {
    let client = Client::new();
    let beyond = latest(&client) + 1;
    let range = format!("the oldest ledger: 1 and the latest ledger: {}", beyond - 1);
    for method in ["getLedgers", "getTransactions"] {
        for params in [
            json!({}),
            json!({ "startLedger": 0 }),
            json!({ "startLedger": beyond }),
            json!({ "startLedger": u32::MAX }),
            json!({ "pagination": { "limit": 1 } }),
        ] {
            client.assert_refused(method, params, INVALID_REQUEST, &range);
        }
        let both = json!({ "startLedger": 1, "pagination": { "cursor": "1" } });
        client.assert_refused(method, both, INVALID_REQUEST, "cannot both be set");
    }
}

#[test]
fn a_cursor_that_leads_nowhere_is_refused() {
    let client = Client::new();
    let latest = latest(&client);
    let nowhere = ["x", "-1", "1.0", "4294967296", " 1"];
    for cursor in nowhere {
        let params = json!({ "pagination": { "cursor": cursor } });
        client.assert_refused("getLedgers", params, INVALID_PARAMS, "names no ledger");
    }
    for cursor in [latest, latest + 1, u32::MAX.into()] {
        let params = json!({ "pagination": { "cursor": cursor.to_string() } });
        client.assert_refused("getLedgers", params, INVALID_PARAMS, "must be between");
    }
}
