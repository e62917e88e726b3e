//! JSON-RPC itself: what a request is, and what an answer.

use crate::client::{Client, error_of};
use serde_json::{Value, json};

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const UNKNOWN_METHOD: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

fn health(id: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": "getHealth" })
}

#[test]
fn an_id_comes_back_as_it_was_sent() {
    let client = Client::new();
    let ids =
        [json!(0), json!(-7), json!(1.5), json!(u64::MAX), json!(""), json!("a \" ü"), Value::Null];
    for id in ids {
        let answer = client.ask(health(id.clone()));
        assert_eq!(answer["id"], id);
        assert_eq!(answer["result"]["status"], "healthy");
    }
}

#[test]
fn a_success_has_no_error_and_an_error_no_result() {
    let client = Client::new();
    let success = client.ask(health(json!(1)));
    assert_eq!(success.as_object().expect("an object").len(), 3, "{success}");
    let error = client.ask(json!({ "jsonrpc": "2.0", "id": 1, "method": "getNothing" }));
    assert_eq!(error.as_object().expect("an object").len(), 3, "{error}");
    assert_eq!(error["error"].as_object().expect("an object").len(), 2, "{error}");
}

#[test]
fn params_may_be_left_out() {
    let client = Client::new();
    for params in [Value::Null, json!({}), json!([])] {
        let mut request = health(json!(1));
        request["params"] = params;
        assert_eq!(client.ask(request)["result"]["status"], "healthy");
    }
}

#[test]
fn params_are_given_by_name() {
    let client = Client::new();
    for params in [json!([1]), json!([{ "hash": "" }]), json!([[]])] {
        client.assert_refused("getHealth", params, INVALID_PARAMS, "by name");
    }
    for params in [json!(1), json!("x"), json!(true)] {
        client.assert_refused("getHealth", params, INVALID_REQUEST, "params");
    }
}

#[test]
fn a_parameter_that_no_method_knows_is_ignored() {
    let client = Client::new();
    client.call("getHealth", json!({ "unknown": [1, { "deep": null }] }));
    client.call("getLedgers", json!({ "startLedger": 1, "unknown": 1, "pagination": { "x": 1 } }));
    client.call("getEvents", json!({ "startLedger": 1, "filters": [{ "unknown": 1 }] }));
}

#[test]
fn a_parameter_of_the_wrong_type_is_refused_by_its_name() {
    let client = Client::new();
    let cases = [
        ("getTransaction", json!({ "hash": 1 }), "hash"),
        ("getTransaction", json!({ "hash": "00", "xdrFormat": 1 }), "xdrFormat"),
        ("getTransactions", json!({ "startLedger": "1" }), "startLedger"),
        ("getTransactions", json!({ "startLedger": -1 }), "startLedger"),
        ("getTransactions", json!({ "startLedger": 1.5 }), "startLedger"),
        ("getTransactions", json!({ "startLedger": 4_294_967_296_u64 }), "startLedger"),
        ("getLedgers", json!({ "startLedger": 1, "pagination": 1 }), "pagination"),
        ("getLedgers", json!({ "startLedger": 1, "pagination": { "limit": -1 } }), "limit"),
        ("getLedgers", json!({ "startLedger": 1, "pagination": { "cursor": 1 } }), "cursor"),
        ("getLedgerEntries", json!({ "keys": "AAAA" }), "keys"),
        ("getLedgerEntries", json!({ "keys": [1] }), "keys"),
        ("getLedgerEntries", json!({}), "keys"),
        ("sendTransaction", json!({}), "transaction"),
        ("sendTransaction", json!({ "transaction": {} }), "transaction"),
        ("simulateTransaction", json!({ "transaction": 1 }), "transaction"),
        ("simulateTransaction", json!({ "useUpgradedAuth": "yes" }), "useUpgradedAuth"),
        ("simulateTransaction", json!({ "resourceConfig": 1 }), "resourceConfig"),
        (
            "simulateTransaction",
            json!({ "resourceConfig": { "instructionLeeway": -1 } }),
            "instructionLeeway",
        ),
        ("getEvents", json!({ "startLedger": 1, "filters": {} }), "filters"),
        ("getEvents", json!({ "startLedger": 1, "filters": [{ "type": 1 }] }), "type"),
        ("getEvents", json!({ "startLedger": 1, "filters": [{ "topics": ["*"] }] }), "topics"),
        ("localnet_advanceTime", json!({ "seconds": "1" }), "seconds"),
        ("localnet_advanceTime", json!({}), "seconds"),
        ("localnet_advanceLedgers", json!({ "count": 1.5 }), "count"),
        ("localnet_restore", json!({ "id": "1" }), "id"),
    ];
    for (method, params, name) in cases {
        client.assert_refused(method, params, INVALID_PARAMS, name);
    }
}

#[test]
fn a_method_that_is_not_there_is_named() {
    let client = Client::new();
    for method in ["", "getNothing", "gethealth", "rpc.discover", "localnet_reset"] {
        client.assert_refused(method, json!({}), UNKNOWN_METHOD, method);
    }
}

#[test]
fn what_is_not_json_is_a_parse_error() {
    let client = Client::new();
    let deep = "[".repeat(100_000);
    for body in ["", " ", "{", "nul", "{'id':1}", "{}{}", "[1,]", "\u{0}", &deep] {
        let reply = client.post(body);
        assert_eq!(reply.status, 200);
        assert_eq!(reply.json()["id"], Value::Null);
        assert_eq!(error_of(&reply.json()).0, PARSE_ERROR, "{:.20}", body);
    }
}

#[test]
fn what_is_json_but_no_request_is_refused() {
    let client = Client::new();
    let bodies = [
        json!(1),
        json!("getHealth"),
        json!(true),
        Value::Null,
        json!({}),
        json!({ "id": 1, "method": "getHealth" }),
        json!({ "jsonrpc": "1.0", "id": 1, "method": "getHealth" }),
        json!({ "jsonrpc": 2.0, "id": 1, "method": "getHealth" }),
        json!({ "jsonrpc": "2.0", "id": 1 }),
        json!({ "jsonrpc": "2.0", "id": 1, "method": 1 }),
        json!({ "jsonrpc": "2.0", "id": 1, "method": null }),
        health(json!(true)),
        health(json!([1])),
        health(json!({})),
        json!([]),
    ];
    for body in bodies {
        assert_eq!(error_of(&client.ask(body.clone())).0, INVALID_REQUEST, "{body}");
    }
}

#[test]
fn a_refusal_tells_the_id_if_it_has_one() {
    let client = Client::new();
    assert_eq!(client.ask(json!({ "id": "seven" }))["id"], "seven");
    assert_eq!(client.ask(json!({ "method": "getHealth" }))["id"], Value::Null);
    assert_eq!(client.ask(health(json!([7])))["id"], Value::Null);
}

#[test]
fn a_notification_is_carried_out_and_not_answered() {
    let client = Client::new();
    let before = client.call("getHealth", json!({}))["latestLedger"].as_u64().expect("a number");
    let method = "localnet_advanceLedgers";
    let reply = client
        .post(&json!({ "jsonrpc": "2.0", "method": method, "params": { "count": 3 } }).to_string());
    assert_eq!((reply.status, reply.body.as_str()), (204, ""));
    assert_eq!(client.call("getHealth", json!({}))["latestLedger"], before + 3);
}

#[test]
fn a_batch_is_answered_in_its_order() {
    let client = Client::new();
    let batch = json!([
        health(json!("a")),
        { "jsonrpc": "2.0", "method": "getHealth" },
        1,
        { "jsonrpc": "2.0", "id": "b", "method": "getNothing" },
        health(json!("c")),
    ]);
    let answers = client.ask(batch);
    let ids: Vec<_> =
        answers.as_array().expect("a list").iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, [json!("a"), Value::Null, json!("b"), json!("c")]);
    assert_eq!(error_of(&answers[1]).0, INVALID_REQUEST);
    assert_eq!(error_of(&answers[2]).0, UNKNOWN_METHOD);
    assert_eq!(answers[3]["result"]["status"], "healthy");
}

#[test]
fn a_batch_of_one_is_answered_with_a_list() {
    let client = Client::new();
    assert_eq!(client.ask(json!([health(json!(1))])).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_batch_that_wants_no_answer_gets_none() {
    let client = Client::new();
    let reply = client.post(r#"[{"jsonrpc":"2.0","method":"getHealth"}]"#);
    assert_eq!((reply.status, reply.body.as_str()), (204, ""));
}

#[test]
fn a_batch_holds_a_hundred_requests_and_no_more() {
    let client = Client::new();
    let batch = |count| Value::Array((0..count).map(|id| health(json!(id))).collect());
    assert_eq!(client.ask(batch(100)).as_array().map(Vec::len), Some(100));
    assert_eq!(error_of(&client.ask(batch(101))).0, INVALID_REQUEST);
}

#[test]
fn a_format_that_nobody_knows_is_refused() {
    let client = Client::new();
    let cases = [
        ("getLedgers", json!({ "startLedger": 1, "xdrFormat": "hex" })),
        ("getLedgerEntries", json!({ "keys": [], "xdrFormat": "JSON" })),
        ("sendTransaction", json!({ "transaction": "", "xdrFormat": "xdr" })),
        ("getTransaction", json!({ "hash": "", "xdrFormat": "hex" })),
        ("getTransactions", json!({ "startLedger": 1, "xdrFormat": "hex" })),
        ("getEvents", json!({ "startLedger": 1, "xdrFormat": "hex" })),
    ];
    for (method, params) in cases {
        client.assert_refused(method, params, INVALID_PARAMS, "'xdrFormat'");
    }
}
