//! Which events a filter lets through.

use crate::client::Client;
use crate::events::symbol;
use crate::wallet::{account_value, decode, encode, native, payer, provider, transfer};
use serde_json::{Value, json};
use stellar_xdr::ScVal;

const INVALID_PARAMS: i64 = -32602;

/// What is said in the ledger of a transfer by contract, with these filters.
fn heard(client: &Client, filters: Value) -> Vec<ScVal> {
    let latest = client.call("getLatestLedger", json!({}))["sequence"].take();
    let page = client.call("getEvents", json!({ "startLedger": latest, "filters": filters }));
    let events = page["events"].as_array().expect("a list").iter();
    events.map(|event| decode(&event["topic"][0])).collect()
}

#[test]
fn all_parts_of_a_filter_must_match_and_one_of_the_filters() {
    let client = Client::new();
    client.invoke(transfer(account_value(&provider().id), 7));
    let (fee, transfer) = (symbol("fee"), symbol("transfer"));
    let all = vec![fee.clone(), transfer.clone(), fee.clone()];
    let native = native().to_string();
    let stranger = localnet::operations::classic::events::asset_contract(
        &stellar_xdr::Asset::CreditAlphanum4(localnet::genesis::token()),
        &crate::wallet::network_id(),
    )
    .to_string();
    let (is_transfer, is_fee) = (encode(&transfer), encode(&fee));
    let (from, to) = (encode(&account_value(&payer().id)), encode(&account_value(&provider().id)));
    let only_fees = vec![fee.clone(), fee.clone()];
    let only_transfer = vec![transfer.clone()];
    let nothing = vec![];
    let cases = [
        (json!([]), &all),
        (json!(null), &all),
        (json!([{}]), &all),
        (json!([{ "type": "" }]), &all),
        (json!([{ "type": "contract" }]), &all),
        (json!([{ "type": "system" }]), &nothing),
        (json!([{ "type": "contract,system" }]), &all),
        (json!([{ "type": "system,contract" }]), &all),
        (json!([{ "contractIds": [native] }]), &all),
        (json!([{ "contractIds": [stranger] }]), &nothing),
        (json!([{ "contractIds": [stranger, native] }]), &all),
        (json!([{ "contractIds": [] , "topics": [] }]), &all),
        (json!([{ "type": "system", "contractIds": [native] }]), &nothing),
        (json!([{ "type": "system" }, { "contractIds": [native] }]), &all),
        (json!([{ "topics": [[is_transfer, "*", "*", "*"]] }]), &only_transfer),
        (json!([{ "topics": [[is_transfer, "*", "*"]] }]), &nothing),
        (json!([{ "topics": [[is_transfer, "*", "*", "*", "**"]] }]), &only_transfer),
        (json!([{ "topics": [[is_transfer, "**"]] }]), &only_transfer),
        (json!([{ "topics": [[is_transfer]] }]), &nothing),
        (json!([{ "topics": [["**"]] }]), &all),
        (json!([{ "topics": [["*", "**"]] }]), &all),
        (json!([{ "topics": [["*", "*"]] }]), &only_fees),
        (json!([{ "topics": [["*", from, "**"]] }]), &all),
        (json!([{ "topics": [["*", "*", to, "*"]] }]), &only_transfer),
        (json!([{ "topics": [["*", to, "**"]] }]), &nothing),
        (json!([{ "topics": [[is_fee, from]] }]), &only_fees),
        (json!([{ "topics": [[is_fee, to], [is_transfer, "**"]] }]), &only_transfer),
        (json!([{ "topics": [[is_fee, from], [is_transfer, "**"]] }]), &all),
        (json!([{ "contractIds": [stranger], "topics": [["**"]] }]), &nothing),
    ];
    for (filters, expected) in cases {
        assert_eq!(heard(&client, filters.clone()), *expected, "{filters}");
    }
}

#[test]
fn a_filter_that_makes_no_sense_is_refused() {
    let client = Client::new();
    let id = native().to_string();
    let topic = ["*"];
    let account = payer().public();
    let cases = [
        (json!([{}, {}, {}, {}, {}, {}]), "maximum 5 filters per request"),
        (json!([{ "contractIds": [id, id, id, id, id, id] }]), "maximum 5 contract IDs per filter"),
        (
            json!([{ "topics": [topic, topic, topic, topic, topic, topic] }]),
            "maximum 5 topics per filter",
        ),
        (json!([{ "type": "diagnostic" }]), "filter 1 invalid: filter type invalid"),
        (json!([{}, { "type": "contract," }]), "filter 2 invalid: filter type invalid"),
        (json!([{ "contractIds": [id, "C"] }]), "contract ID 2 invalid"),
        (json!([{ "contractIds": [account] }]), "contract ID 1 invalid"),
        (json!([{ "topics": [[]] }]), "topic 1 invalid: topic must have at least 1 segment"),
        (json!([{ "topics": [["*", "*", "*", "*", "*"]] }]), "cannot have more than 4 segments"),
        (
            json!([{ "topics": [["*", "*", "*", "*", "*", "**"]] }]),
            "cannot have more than 4 segments",
        ),
        (
            json!([{ "topics": [["**", "*"]] }]),
            "segment 1 invalid: wildcard '**' is only allowed as the last segment",
        ),
        (json!([{ "topics": [["*"], ["*", "x"]] }]), "topic 2 invalid: segment 2 invalid"),
        (json!([{ "topics": [["***"]] }]), "segment 1 invalid"),
        (json!([{ "topics": [[""]] }]), "segment 1 invalid"),
    ];
    for (filters, words) in cases {
        let params = json!({ "startLedger": 1, "filters": filters });
        client.assert_refused("getEvents", params, INVALID_PARAMS, words);
    }
}

#[test]
fn as_many_filters_are_taken_as_there_may_be() {
    let client = Client::new();
    let id = native().to_string();
    let topic = ["*", "*", "*", "*", "**"];
    let filter = json!({ "contractIds": vec![&id; 5], "topics": vec![topic; 5] });
    client.call("getEvents", json!({ "startLedger": 1, "filters": vec![filter; 5] }));
}
