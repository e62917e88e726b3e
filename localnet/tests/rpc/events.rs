//! What contracts have said, page by page.

use crate::client::Client;
use crate::status::{is_text_number, names};
use crate::wallet::{
    account_value, decode, encode, fee_bump, native, payer, payment, provider, transfer,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use stellar_xdr::{ScSymbol, ScVal};

const INVALID_REQUEST: i64 = -32600;
const INVALID_PARAMS: i64 = -32602;

pub fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().expect("a symbol")))
}

pub fn ids(page: &Value) -> Vec<String> {
    let events = page["events"].as_array().expect("a list").iter();
    events.map(|event| event["id"].as_str().expect("an id").to_owned()).collect()
}

fn latest(client: &Client) -> u64 {
    client.call("getLatestLedger", json!({}))["sequence"].as_u64().expect("a number")
}

fn all(client: &Client) -> Value {
    client.call("getEvents", json!({ "startLedger": 1, "pagination": { "limit": 10_000 } }))
}

#[test]
fn an_event_is_told_with_where_and_when_it_was_said() {
    let client = Client::new();
    let hash = client.invoke(transfer(account_value(&provider().id), 7));
    let ledger = latest(&client);
    let page = client.call(
        "getEvents",
        json!({
            "startLedger": ledger,
            "filters": [{ "topics": [[encode(&symbol("transfer")), "**"]] }],
        }),
    );
    let expected = [
        "events",
        "cursor",
        "latestLedger",
        "latestLedgerCloseTime",
        "oldestLedger",
        "oldestLedgerCloseTime",
    ];
    assert_eq!(names(&page), BTreeSet::from(expected));
    assert!(is_text_number(&page["latestLedgerCloseTime"]));
    assert!(is_text_number(&page["oldestLedgerCloseTime"]));
    let event = &page["events"][0];
    let close_time = event["ledgerClosedAt"].as_str().expect("a time");
    assert!(close_time.len() == 20 && close_time.starts_with("20") && close_time.ends_with('Z'));
    let topics = event["topic"].as_array().expect("a list");
    assert_eq!(decode::<ScVal>(&topics[1]), account_value(&payer().id));
    assert_eq!(decode::<ScVal>(&topics[2]), account_value(&provider().id));
    assert_eq!(decode::<ScVal>(&event["value"]), crate::wallet::amount(7));
    let expected = json!({
        "type": "contract",
        "ledger": ledger,
        "ledgerClosedAt": close_time,
        "contractId": native().to_string(),
        "id": format!("{:019}-0000000000", (ledger << 32) | (1 << 12)),
        "operationIndex": 0,
        "transactionIndex": 1,
        "inSuccessfulContractCall": true,
        "txHash": hash,
        "topic": topics,
        "value": event["value"],
    });
    assert_eq!(*event, expected);
}

#[test]
fn events_are_told_in_json_too() {
    let client = Client::new();
    let params = json!({ "startLedger": 2, "pagination": { "limit": 1 }, "xdrFormat": "json" });
    let event = client.call("getEvents", params)["events"][0].take();
    assert_eq!(event["topicJson"][0], json!({ "symbol": "fee" }));
    assert_eq!(event["valueJson"], json!({ "i128": "100" }));
    assert!(event.get("topic").is_none() && event.get("value").is_none());
}

#[test]
fn fees_come_first_and_what_is_given_back_last() {
    let client = Client::new();
    client.invoke(transfer(account_value(&provider().id), 7));
    let ledger = latest(&client);
    let page = client.call("getEvents", json!({ "startLedger": ledger }));
    let events = page["events"].as_array().expect("a list");
    let said: Vec<_> = events
        .iter()
        .map(|event| {
            let name: ScVal = decode(&event["topic"][0]);
            let at = [&event["transactionIndex"], &event["operationIndex"]];
            (name, at.map(|index| index.as_u64().expect("a number")))
        })
        .collect();
    assert_eq!(said[0], (symbol("fee"), [0, 0]));
    assert_eq!(said[1], (symbol("transfer"), [1, 0]));
    // The refund.
    let refund = [1_048_575, 0];
    assert!(said[2..].iter().all(|event| *event == (symbol("fee"), refund)), "{said:?}");
    assert_eq!(said.len(), 3);
}

#[test]
fn a_failed_transaction_says_no_more_than_its_fee() {
    let client = Client::new();
    let hash = client.submit(&client.signed(payment(i64::MAX)));
    let page = client.call("getEvents", json!({ "startLedger": latest(&client) }));
    let events = page["events"].as_array().expect("a list");
    assert_eq!(events.len(), 1);
    assert_eq!(decode::<ScVal>(&events[0]["topic"][0]), symbol("fee"));
    assert_eq!(
        (&events[0]["txHash"], &events[0]["inSuccessfulContractCall"]),
        (&json!(hash), &json!(false))
    );
}

#[test]
fn a_fee_bump_is_named_by_its_own_hash() {
    let client = Client::new();
    let hash = client.submit(&fee_bump(client.signed(payment(1)), 400));
    let page = client.call("getEvents", json!({ "startLedger": latest(&client) }));
    let events = page["events"].as_array().expect("a list");
    assert!(events.len() > 1 && events.iter().all(|event| event["txHash"] == hash), "{page}");
}

#[test]
fn ids_are_in_order_and_all_different() {
    let client = Client::new();
    client.pay();
    let ids = ids(&all(&client));
    assert!(ids.len() > 10);
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn pages_follow_each_other_over_ledgers_that_are_not_there() {
    let client = Client::new();
    client.call("localnet_advanceLedgers", json!({ "count": 2_000_000 }));
    client.invoke(transfer(account_value(&provider().id), 7));
    client.call("localnet_advanceLedgers", json!({ "count": 30_000 }));
    let expected = ids(&all(&client));
    for limit in [1, 2, 3, expected.len(), 10_000] {
        let mut params = json!({ "startLedger": 1, "pagination": { "limit": limit } });
        let mut found = Vec::new();
        loop {
            let page = client.call("getEvents", params);
            let here = ids(&page);
            assert!(here.len() <= limit);
            if here.len() == limit {
                assert_eq!(page["cursor"], here[limit - 1]);
            }
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
fn who_has_heard_all_hears_the_next_only_once() {
    let client = Client::new();
    let end = |ledger: u64| format!("{:019}-4294967295", (ledger << 32) | 0xffff_ffff);
    let heard = all(&client);
    assert_eq!(heard["cursor"], end(latest(&client)));
    let after =
        |cursor: &Value| client.call("getEvents", json!({ "pagination": { "cursor": cursor } }));
    let nothing = after(&heard["cursor"]);
    assert_eq!((ids(&nothing), &nothing["cursor"]), (Vec::new(), &heard["cursor"]));
    client.pay();
    let next = after(&heard["cursor"]);
    assert_eq!(ids(&next).len(), 2);
    assert_eq!(next["cursor"], end(latest(&client)));
    assert_eq!(ids(&after(&next["cursor"])), Vec::<String>::new());
}

#[test]
fn the_last_ledger_is_not_part_of_the_range() {
    let client = Client::new();
    client.pay();
    let first = latest(&client);
    client.pay();
    let count = |end: u64| {
        let params = json!({ "startLedger": first, "endLedger": end });
        ids(&client.call("getEvents", params)).len()
    };
    assert_eq!(count(first), 0);
    assert_eq!(count(first + 1), 2);
    assert_eq!(count(first + 2), 4);
    assert_eq!(count(first + 1_000), 4);
    assert_eq!(count(0), 4);
    assert_eq!(count(1), 0);
}

#[test]
fn one_call_looks_through_ten_thousand_ledgers() {
    let client = Client::new();
    let first = latest(&client) + 1;
    client.pay();
    client
        .net
        .network(|network| (0..9_999).try_for_each(|_| network.close()).expect("no state file"));
    client.pay();
    let heard = client.call("getEvents", json!({ "startLedger": first }));
    assert_eq!(ids(&heard).len(), 2);
    let last_seen = first + 9_999;
    let cursor = format!("{:019}-4294967295", (last_seen << 32) | 0xffff_ffff);
    assert_eq!(heard["cursor"], cursor);
    let rest = client.call("getEvents", json!({ "pagination": { "cursor": cursor } }));
    assert_eq!(ids(&rest).len(), 2);
}

#[test]
fn a_page_holds_a_hundred_events_or_up_to_ten_thousand() {
    let client = Client::new();
    for _ in 0..60 {
        client.pay();
    }
    let count = |pagination: Value| {
        ids(&client.call("getEvents", json!({ "startLedger": 1, "pagination": pagination }))).len()
    };
    assert_eq!(count(json!({})), 100);
    assert_eq!(count(json!({ "limit": 0 })), 100);
    assert_eq!(count(json!({ "limit": 101 })), 101);
    assert!(count(json!({ "limit": 10_000 })) > 120);
    let params = json!({ "startLedger": 1, "pagination": { "limit": 10_001 } });
    client.assert_refused("getEvents", params, INVALID_PARAMS, "limit must not exceed 10000");
}

#[test]
fn a_range_that_makes_no_sense_is_refused() {
    let client = Client::new();
    let beyond = latest(&client) + 1;
    let range = format!("startLedger must be within the ledger range: 1 - {}", beyond - 1);
    let cursor = |ledger: u64| format!("{:019}-0000000000", ledger << 32);
    for params in [
        json!({ "startLedger": beyond }),
        json!({ "startLedger": u32::MAX }),
        json!({ "pagination": { "cursor": cursor(beyond) } }),
        json!({ "pagination": { "cursor": cursor(0) } }),
    ] {
        client.assert_refused("getEvents", params, INVALID_REQUEST, &range);
    }
    let cursor = cursor(1);
    for (params, words) in [
        (json!({}), "startLedger must be positive"),
        (json!({ "startLedger": 0 }), "startLedger must be positive"),
        (json!({ "endLedger": 5 }), "startLedger must be positive"),
        (json!({ "startLedger": 1, "pagination": { "cursor": cursor } }), "cannot both be set"),
        (json!({ "endLedger": 1, "pagination": { "cursor": cursor } }), "cannot both be set"),
        (json!({ "pagination": { "cursor": "" } }), "names no event"),
        (json!({ "pagination": { "cursor": "5" } }), "names no event"),
        (json!({ "pagination": { "cursor": "x-1" } }), "names no event"),
    ] {
        client.assert_refused("getEvents", params, INVALID_PARAMS, words);
    }
}
