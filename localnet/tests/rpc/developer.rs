//! Time that is moved, and states that are gone back to.

use crate::client::Client;
use crate::status::names;
use crate::wallet::payment;
use localnet::Options;
use localnet::network::{FURTHEST_LEDGER, Pace};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const INVALID_PARAMS: i64 = -32602;

/// A network whose clock only moves when it is moved.
fn still() -> Client {
    Client::with(Options { pace: Pace::Still, ..Options::default() })
}

/// Sequence and close time of the latest ledger.
fn now(told: &Value) -> (u64, u64) {
    assert_eq!(names(told), BTreeSet::from(["latestLedger", "latestLedgerCloseTime"]));
    let number = |name: &str| told[name].as_u64().expect("a number");
    (number("latestLedger"), number("latestLedgerCloseTime"))
}

fn latest(client: &Client) -> (u64, u64) {
    let health = client.call("getHealth", json!({}));
    let number = |name: &str| health[name].as_u64().expect("a number");
    (number("latestLedger"), number("latestLedgerCloseTime"))
}

#[test]
fn time_that_is_moved_takes_ledgers_with_it() {
    let client = still();
    let (sequence, time) = latest(&client);
    let moved = now(&client.call("localnet_advanceTime", json!({ "seconds": 86_400 })));
    assert_eq!(moved, (sequence + 17_280, time + 86_400));
    assert_eq!(latest(&client), moved);
}

#[test]
fn a_moment_takes_one_ledger() {
    let client = still();
    let (sequence, time) = latest(&client);
    let moved = now(&client.call("localnet_advanceTime", json!({ "seconds": 1 })));
    assert_eq!(moved, (sequence + 1, time + 1));
}

#[test]
fn ledgers_that_pass_take_time_with_them() {
    let client = still();
    let (sequence, time) = latest(&client);
    let moved = now(&client.call("localnet_advanceLedgers", json!({ "count": 10 })));
    assert_eq!(moved, (sequence + 10, time + 50));
}

#[test]
fn nobody_moves_further_than_ledgers_can_be_numbered() {
    let client = still();
    let (sequence, _) = latest(&client);
    let left = u64::from(FURTHEST_LEDGER) - sequence;
    let cases = [
        ("localnet_advanceLedgers", json!({ "count": left + 1 }), "count"),
        ("localnet_advanceLedgers", json!({ "count": u32::MAX }), "count"),
        ("localnet_advanceLedgers", json!({ "count": 0 }), "count: must be at least 1"),
        ("localnet_advanceTime", json!({ "seconds": (left + 1) * 5 }), "seconds"),
        ("localnet_advanceTime", json!({ "seconds": u64::MAX }), "seconds"),
    ];
    for (method, params, words) in cases {
        client.assert_refused(method, params, INVALID_PARAMS, words);
    }
    client.call("localnet_advanceLedgers", json!({ "count": left }));
    for (method, params) in [
        ("localnet_advanceLedgers", json!({ "count": 1 })),
        ("localnet_advanceTime", json!({ "seconds": 0 })),
    ] {
        client.assert_refused(method, params, INVALID_PARAMS, "by 0 more ledgers and no further");
    }
    // What is at the end can still be read.
    for method in ["getLedgers", "getTransactions", "getEvents"] {
        client.call(method, json!({ "startLedger": FURTHEST_LEDGER }));
        client.call(method, json!({ "startLedger": 1 }));
    }
}

#[test]
fn a_state_can_be_gone_back_to_more_than_once() {
    let client = Client::new();
    let taken = client.call("localnet_snapshot", json!({}));
    assert_eq!(names(&taken), BTreeSet::from(["id"]));
    let before = latest(&client);
    for _ in 0..2 {
        let hash = client.submit(&client.signed(payment(1)));
        client.call("localnet_advanceTime", json!({ "seconds": 1_000 }));
        assert_eq!(now(&client.call("localnet_restore", json!({ "id": taken["id"] }))), before);
        assert_eq!(latest(&client), before);
        assert_eq!(client.transaction(&hash)["status"], "NOT_FOUND");
    }
}

#[test]
fn a_state_that_was_never_taken_is_refused() {
    let client = Client::new();
    let first = client.call("localnet_snapshot", json!({}))["id"].take();
    let second = client.call("localnet_snapshot", json!({}))["id"].take();
    assert_ne!(first, second);
    for id in [json!(999), json!(u64::MAX)] {
        let words = format!("there is no snapshot {id}");
        client.assert_refused("localnet_restore", json!({ "id": id }), INVALID_PARAMS, &words);
    }
    // What was taken later is forgotten.
    client.call("localnet_restore", json!({ "id": first }));
    let words = format!("there is no snapshot {second}");
    client.assert_refused("localnet_restore", json!({ "id": second }), INVALID_PARAMS, &words);
}
