//! Answers that would be too long: pages end early, and batches are answered in part.

use crate::client::{Client, error_of};
use crate::transactions::latest;
use crate::wallet::{encode, payment};
use localnet::history::Closed;
use serde_json::{Value, json};
use stellar_xdr::{ContractEventBody, ScBytes, ScVal, TransactionMeta, VecM};

const INVALID_REQUEST: i64 = -32600;
const MEGABYTE: usize = 1_000_000;

/// A ledger with a payment, and so many bytes in the event that tells of it.
fn close_with(client: &Client, bytes: usize) {
    client.pay();
    client.net.network(move |network| {
        let mut ledger = network.latest().meta();
        ledger.tx_processing = changed(&ledger.tx_processing, |tx| {
            let TransactionMeta::V4(meta) = &mut tx.tx_apply_processing else {
                panic!("another form")
            };
            meta.operations = changed(&meta.operations, |operation| {
                operation.events = changed(&operation.events, |event| {
                    let ContractEventBody::V0(said) = &mut event.body;
                    said.data = ScVal::Bytes(ScBytes(vec![0; bytes].try_into().expect("a length")));
                });
            });
        });
        network.history.push(Closed::new(ledger));
    });
}

/// A list of one thing, which is changed.
fn changed<T: Clone>(list: &VecM<T>, change: impl FnOnce(&mut T)) -> VecM<T> {
    let [only] = list.as_slice() else { panic!("{} and not one", list.len()) };
    let mut only = only.clone();
    change(&mut only);
    vec![only].try_into().expect("one")
}

/// What names the items of each page, of all pages.
fn pages(client: &Client, method: &str, first: u64, limit: usize) -> Vec<Vec<String>> {
    let (items, name) = match method {
        "getLedgers" => ("ledgers", "hash"),
        "getTransactions" => ("transactions", "txHash"),
        _ => ("events", "id"),
    };
    let mut params = json!({ "startLedger": first, "pagination": { "limit": limit } });
    let mut pages = Vec::new();
    loop {
        let page = client.call(method, params);
        let items = page[items].as_array().expect("a list").iter();
        let names: Vec<_> = items.map(|item| item[name].as_str().expect("text").into()).collect();
        if names.is_empty() {
            return pages;
        }
        pages.push(names);
        // There is no ledger after the latest, which is refused.
        let latest = page["latestLedger"].to_string();
        if page["cursor"] == latest {
            return pages;
        }
        params = json!({ "pagination": { "cursor": page["cursor"], "limit": limit } });
    }
}

#[test]
fn a_page_ends_early_when_it_holds_four_megabytes() {
    let client = Client::new();
    let first = latest(&client) + 1;
    for megabytes in [1, 1, 2, 5, 1, 1] {
        close_with(&client, megabytes * MEGABYTE);
    }
    for method in ["getLedgers", "getTransactions", "getEvents"] {
        let found = pages(&client, method, first, 200);
        assert_eq!(found.concat(), pages(&client, method, first, 1).concat(), "{method}");
        let lengths: Vec<_> = found.iter().map(Vec::len).collect();
        // Each payment has another event, of its fee, which comes first.
        let expected = if method == "getEvents" { [6, 2, 4] } else { [3, 1, 2] };
        assert_eq!(lengths, expected, "{method}");
    }
}

#[test]
fn a_page_in_json_ends_earlier() {
    let client = Client::new();
    let first = latest(&client) + 1;
    for _ in 0..4 {
        close_with(&client, MEGABYTE / 4);
    }
    for method in ["getLedgers", "getTransactions"] {
        let params = json!({ "startLedger": first, "xdrFormat": "json" });
        let page = client.call(method, params);
        let items = page["ledgers"].as_array().or(page["transactions"].as_array());
        assert_eq!(items.map(Vec::len), Some(2), "{method}");
    }
    let params = json!({ "startLedger": first, "xdrFormat": "json" });
    assert_eq!(client.call("getEvents", params)["events"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_batch_is_answered_until_its_answers_are_too_long() {
    let client = Client::new();
    let first = latest(&client) + 1;
    for _ in 0..4 {
        close_with(&client, MEGABYTE);
    }
    let request = |id: usize, method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
    let mut batch: Vec<_> =
        (0..99).map(|id| request(id, "getLedgers", json!({ "startLedger": first }))).collect();
    let payment = encode(&client.signed(payment(1)));
    batch.push(request(99, "sendTransaction", json!({ "transaction": payment })));
    let before = latest(&client);

    let reply = client.post(&Value::Array(batch).to_string());
    assert!((32..40).contains(&(reply.body.len() / MEGABYTE)), "{}", reply.body.len());
    let answers = reply.json();
    let answers = answers.as_array().expect("a list");
    assert_eq!(answers.len(), 100);
    for (id, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], id);
        if id < 6 {
            assert_eq!(answer["result"]["ledgers"].as_array().map(Vec::len), Some(4));
        } else {
            assert_eq!(error_of(answer).0, INVALID_REQUEST);
        }
    }
    assert_eq!(latest(&client), before, "what is refused is not sent");
}
