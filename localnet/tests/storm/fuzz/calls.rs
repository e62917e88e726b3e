//! Requests that are JSON, but not what a method expects.

use super::{Run, SEED, storm};
use crate::alone;
use crate::forge::base64;
use crate::wallet::xlm;
use localnet::network::Rhythm;
use serde_json::{Value, json};
use std::iter::successors;
use std::sync::LazyLock;
use stellar_xdr::{LedgerKey, LedgerKeyAccount, ScVal, TransactionExt};

#[test]
fn requests_with_any_field_of_any_kind_are_answered() {
    let _turn = alone();
    let mut run = Run::new(SEED, Rhythm::Instant);
    for request in requests(&run) {
        for place in places(&request) {
            for value in STRANGE_VALUES.iter() {
                let mut strange = request.clone();
                *strange.pointer_mut(&place).expect("a place in it") = value.clone();
                run.say(strange.to_string().as_bytes());
            }
        }
        run.is_well();
    }
    run.audit();
}

#[test]
fn requests_that_are_spoilt_are_answered() {
    storm(Rhythm::Instant, 1_000, |run| {
        let requests = requests(run);
        let mut batch = Vec::new();
        for _ in 0..=run.forge.dice.below(3) {
            batch.push(spoil(run, requests.clone()));
        }
        let mut body = match run.forge.dice.below(3) {
            0 => Value::from(batch).to_string(),
            _ => batch.swap_remove(0).to_string(),
        }
        .into_bytes();
        if run.forge.dice.once_in(3) {
            run.forge.dice.spoil(&mut body);
        }
        run.say(&body);
    });
}

/// A request of which a few fields are something else.
fn spoil(run: &mut Run, requests: Vec<Value>) -> Value {
    let dice = &mut run.forge.dice;
    let mut request = dice.pick(&requests).clone();
    for _ in 0..dice.below(3) {
        let place = dice.pick(&places(&request)).clone();
        let value = dice.pick(&STRANGE_VALUES).clone();
        *request.pointer_mut(&place).expect("a place in it") = value;
    }
    request
}

/// A request for each method, with all that it can be called with.
fn requests(run: &Run) -> Vec<Value> {
    let (wallet, net) = (&run.wallet, &run.net);
    let payer = wallet.accounts[0].clone();
    let key = LedgerKey::Account(LedgerKeyAccount { account_id: payer.id.clone() });
    let hash = net.network(|net| net.latest().hashes().first().map(|hashes| hashes[0].to_string()));
    let draft = run.draft(&payer, wallet.operations(), TransactionExt::V0);
    let transaction = base64(&wallet.sign(draft));
    let topic = base64(&ScVal::Symbol("transfer".try_into().expect("a short name")));
    let format = "json";
    let page = json!({ "cursor": "4294967296", "limit": 2 });
    let calls = [
        ("getHealth", json!({})),
        ("getNetwork", json!({})),
        ("getVersionInfo", json!({})),
        ("getFeeStats", json!({})),
        ("getLatestLedger", json!({})),
        ("getLedgers", json!({ "startLedger": 2, "pagination": page, "xdrFormat": format })),
        ("getTransactions", json!({ "startLedger": 2, "pagination": page, "xdrFormat": format })),
        ("getLedgerEntries", json!({ "keys": [base64(&key)], "xdrFormat": format })),
        ("getTransaction", json!({ "hash": hash, "minLedger": 1, "maxLedger": 9 })),
        ("sendTransaction", json!({ "transaction": transaction, "xdrFormat": format })),
        (
            "simulateTransaction",
            json!({
                "transaction": transaction,
                "resourceConfig": { "instructionLeeway": 1 },
                "authMode": "record",
                "useUpgradedAuth": true,
                "xdrFormat": format,
            }),
        ),
        (
            "getEvents",
            json!({
                "startLedger": 1,
                "endLedger": 9,
                "filters": [{
                    "type": "contract",
                    "contractIds": [xlm().to_string()],
                    "topics": [[topic, "*", "**"]],
                }],
                "pagination": page,
                "xdrFormat": format,
            }),
        ),
        ("localnet_advanceTime", json!({ "seconds": 5 })),
        ("localnet_advanceLedgers", json!({ "count": 1 })),
        ("localnet_snapshot", json!({})),
        ("localnet_restore", json!({ "id": 1 })),
    ];
    let request = |(method, params): (&str, Value)| json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    calls.map(request).into()
}

/// Where all values of a value are, itself included.
fn places(value: &Value) -> Vec<String> {
    let inside: Vec<_> = match value {
        Value::Array(items) => items.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, v)| (name.clone(), v)).collect(),
        _ => Vec::new(),
    };
    let inside = inside.into_iter().flat_map(|(name, value)| {
        places(value).into_iter().map(move |rest| format!("/{name}{rest}"))
    });
    [String::new()].into_iter().chain(inside).collect()
}

/// One value of each kind, and those at which something could go wrong.
static STRANGE_VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let deep = |wrap: fn(Value) -> Value| {
        successors(Some(json!(1)), |inside| Some(wrap(inside.clone()))).nth(100)
    };
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(1e308),
        json!(u32::MAX),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!("0"),
        json!("9223372036854775807-4294967295"),
        json!("AAAA"),
        json!("\u{0}\u{fffd}é\u{1f600}"),
        json!("f".repeat(64)),
        json!("é".repeat(32)),
        json!("A".repeat(100_000)),
        json!([]),
        json!([null, {}]),
        json!(vec!["AAAA"; 300]),
        json!({}),
        json!({ "": { "x": [] } }),
        deep(|inside| json!([inside])).into(),
        deep(|inside| json!({ "a": inside })).into(),
    ]
});
