//! All transactions, page by page.

use crate::client::Client;
use crate::status::{is_text_number, names};
use crate::transactions::{DETAILS, latest, slow};
use crate::wallet::payment;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const INVALID_REQUEST: i64 = -32600;
const INVALID_PARAMS: i64 = -32602;

fn hashes(page: &Value) -> Vec<String> {
    let transactions = page["transactions"].as_array().expect("a list").iter();
    transactions.map(|told| told["txHash"].as_str().expect("a hash").to_owned()).collect()
}

#[test]
fn transactions_are_listed_with_times_in_numbers() {
    let client = Client::new();
    let hash = client.pay();
    let page = client.call("getTransactions", json!({ "startLedger": latest(&client) }));
    let expected = [
        "transactions",
        "latestLedger",
        "latestLedgerCloseTimestamp",
        "oldestLedger",
        "oldestLedgerCloseTimestamp",
        "cursor",
    ];
    assert_eq!(names(&page), BTreeSet::from(expected));
    assert!(page["latestLedgerCloseTimestamp"].is_u64());
    assert!(page["oldestLedgerCloseTimestamp"].is_u64());
    assert!(is_text_number(&page["cursor"]));
    assert_eq!(hashes(&page), std::slice::from_ref(&hash));
    let told = &page["transactions"][0];
    assert_eq!(names(told), DETAILS.into_iter().chain(["events"]).collect());
    assert!(told["createdAt"].is_u64());
    let alone = client.transaction(&hash);
    for name in DETAILS.iter().chain(["events"].iter()).filter(|name| **name != "createdAt") {
        assert_eq!(told[name], alone[name], "{name}");
    }
}

#[test]
fn pages_of_transactions_follow_each_other_over_ledgers_that_are_not_there() {
    let client = slow();
    let start = latest(&client);
    let mut expected = hashes(&client.call("getTransactions", json!({ "startLedger": 1 })));
    // Several in one ledger, none, and one after a gap.
    expected.push(client.submit(&client.signed(payment(1))));
    client.call("localnet_advanceLedgers", json!({ "count": 1 }));
    client.call("localnet_advanceLedgers", json!({ "count": 1 }));
    client.call("localnet_advanceLedgers", json!({ "count": 500_000 }));
    expected.push(client.submit(&client.signed(payment(2))));
    client.call("localnet_advanceLedgers", json!({ "count": 100 }));
    assert!(latest(&client) > start + 500_000);
    for limit in [1, 2, 3, 200] {
        let mut params = json!({ "startLedger": 1, "pagination": { "limit": limit } });
        let mut found = Vec::new();
        loop {
            let page = client.call("getTransactions", params);
            let here = hashes(&page);
            assert!(here.len() <= limit);
            if here.is_empty() {
                break;
            }
            found.extend(here);
            params = json!({ "pagination": { "cursor": page["cursor"], "limit": limit } });
        }
        assert_eq!(found, expected, "{limit} at a time");
    }
}

#[test]
fn who_has_seen_all_transactions_sees_the_next_ones_only_once() {
    let client = Client::new();
    let seen = client.call("getTransactions", json!({ "startLedger": 1 }));
    let after = |cursor: &Value| {
        client.call("getTransactions", json!({ "pagination": { "cursor": cursor } }))
    };
    let nothing = after(&seen["cursor"]);
    assert_eq!((hashes(&nothing), &nothing["cursor"]), (Vec::new(), &seen["cursor"]));
    let hash = client.pay();
    let next = after(&nothing["cursor"]);
    assert_eq!(hashes(&next), [hash]);
    assert_eq!(hashes(&after(&next["cursor"])), Vec::<String>::new());
}

#[test]
fn a_page_of_transactions_holds_two_hundred_at_most() {
    let client = Client::new();
    let params = json!({ "startLedger": 1, "pagination": { "limit": 201 } });
    client.assert_refused("getTransactions", params, INVALID_REQUEST, "must not exceed 200");
}

#[test]
fn a_cursor_that_names_no_transaction_is_refused() {
    let client = Client::new();
    for cursor in ["x", "-1", "1.5", "9223372036854775808"] {
        let params = json!({ "pagination": { "cursor": cursor } });
        client.assert_refused("getTransactions", params, INVALID_PARAMS, "names no transaction");
    }
    let params = json!({ "pagination": { "cursor": i64::MAX.to_string() } });
    assert_eq!(hashes(&client.call("getTransactions", params)), Vec::<String>::new());
}
