use crate::http::{Reply, get, post, post_form, rpc};
use crate::start;
use localnet::accounts::{self, Account, STARTING_STROOPS, address_of, sign};
use localnet::ledger::Read;
use localnet::{Localnet, Options};
use serde_json::{Value, json};
use std::time::Duration;
use stellar_xdr::{
    AccountId, Asset, DataValue, Limits, ManageDataOp, Memo, Operation, OperationBody, PaymentOp,
    Preconditions, SequenceNumber, SetOptionsOp, Signer, SignerKey, String32, String64,
    Transaction, TransactionExt, Uint256, WriteXdr,
};

/// A signed envelope of an account, in base64.
fn signed(net: &Localnet, source: &Account, ahead: i64, bodies: Vec<OperationBody>) -> String {
    let id = source.id.clone();
    let (sequence, network_id) = net
        .network(move |net| (net.entries.account(&id).unwrap().seq_num.0, net.network_id.clone()));
    let operation = |body| Operation { source_account: None, body };
    let tx = Transaction {
        source_account: address_of(&source.id),
        fee: 250 * bodies.len() as u32,
        seq_num: SequenceNumber(sequence + ahead),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: bodies.into_iter().map(operation).collect::<Vec<_>>().try_into().unwrap(),
        ext: TransactionExt::V0,
    };
    sign(tx, &network_id, &[&source.secret]).to_xdr_base64(Limits::none()).unwrap()
}

fn payment(to: &AccountId, amount: i64) -> OperationBody {
    let destination = address_of(to);
    OperationBody::Payment(PaymentOp { destination, asset: Asset::Native, amount })
}

fn note(name: &str, value: Option<&[u8]>) -> OperationBody {
    OperationBody::ManageData(ManageDataOp {
        data_name: String64(name.try_into().unwrap()),
        data_value: value.map(|value| DataValue(value.try_into().unwrap())),
    })
}

fn send(net: &Localnet, envelope: &str) -> Reply {
    post_form(net.url(), "/transactions", &[("tx", envelope)])
}

fn account(net: &Localnet, account: &Account) -> Value {
    get(net.url(), &format!("/accounts/{}", account.public())).body
}

#[test]
fn an_account_is_shown_with_all_that_wallets_read() {
    let net = start();
    let payer = accounts::named(1).remove(0);
    let id = payer.public();
    let sequence = net.network(|net| {
        let payer = accounts::named(1).remove(0);
        net.entries.account(&payer.id).unwrap().seq_num.0
    });
    let modified = sequence >> 32;
    let expected = json!({
        "_links": {
            "data": { "href": format!("{}/accounts/{id}/data/{{key}}", net.url()), "templated": true },
        },
        "id": id,
        "account_id": id,
        "paging_token": id,
        "sequence": sequence.to_string(),
        "subentry_count": 1,
        "num_sponsoring": 0,
        "num_sponsored": 0,
        "home_domain": "",
        "last_modified_ledger": modified,
        "thresholds": { "low_threshold": 0, "med_threshold": 0, "high_threshold": 0 },
        "flags": {
            "auth_required": false,
            "auth_revocable": false,
            "auth_immutable": false,
            "auth_clawback_enabled": false,
        },
        "balances": [
            {
                "asset_type": "credit_alphanum4",
                "asset_code": "USDC",
                "asset_issuer": accounts::issuer().public(),
                "balance": "1000000.0000000",
                "limit": "922337203685.4775807",
                "buying_liabilities": "0.0000000",
                "selling_liabilities": "0.0000000",
                "is_authorized": true,
                "is_authorized_to_maintain_liabilities": true,
                "is_clawback_enabled": false,
            },
            {
                "asset_type": "native",
                "balance": "10000.0000000",
                "buying_liabilities": "0.0000000",
                "selling_liabilities": "0.0000000",
            },
        ],
        "signers": [{ "key": id, "type": "ed25519_public_key", "weight": 1 }],
        "data": {},
    });
    assert_eq!(account(&net, &payer), expected);
}

#[test]
fn what_an_account_has_been_given_is_shown() {
    let net = start();
    let [payer, signer] = accounts::named(2).try_into().unwrap();
    let key = SignerKey::Ed25519(Uint256(signer.secret.verifying_key().to_bytes()));
    let options = OperationBody::SetOptions(SetOptionsOp {
        inflation_dest: None,
        clear_flags: None,
        set_flags: Some(3),
        master_weight: Some(5),
        low_threshold: Some(1),
        med_threshold: Some(2),
        high_threshold: Some(3),
        home_domain: Some(String32("example.org".try_into().unwrap())),
        signer: Some(Signer { key, weight: 4 }),
    });
    let bodies = vec![note("a", Some(b"Man")), note("b", Some(&[0xff])), options];
    let reply = send(&net, &signed(&net, &payer, 1, bodies));
    assert_eq!(reply.status, 200, "{}", reply.body);

    let shown = account(&net, &payer);
    assert_eq!(shown["data"], json!({ "a": "TWFu", "b": "/w==" }));
    let item = |name: &str| get(net.url(), &format!("/accounts/{}/data/{name}", payer.public()));
    assert_eq!(item("a").body, json!({ "value": "TWFu" }));
    assert_eq!(item("c").status, 404);
    assert_eq!(shown["home_domain"], "example.org");
    assert_eq!(shown["subentry_count"], 4);
    assert_eq!(shown["flags"]["auth_required"], true);
    assert_eq!(shown["flags"]["auth_revocable"], true);
    let thresholds = json!({ "low_threshold": 1, "med_threshold": 2, "high_threshold": 3 });
    assert_eq!(shown["thresholds"], thresholds);
    let signers = json!([
        { "key": signer.public(), "type": "ed25519_public_key", "weight": 4 },
        { "key": payer.public(), "type": "ed25519_public_key", "weight": 5 },
    ]);
    assert_eq!(shown["signers"], signers);

    let found = get(net.url(), &format!("/accounts?signer={}", signer.public())).body;
    let records = found["_embedded"]["records"].as_array().unwrap();
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&payer.public().as_str()) && ids.contains(&signer.public().as_str()));
    assert!(records.contains(&shown));
}

#[test]
fn accounts_that_are_not_there_are_missing_and_what_is_none_is_refused() {
    let net = start();
    let nobody = accounts::named(500).pop().unwrap().public();
    let operations = format!("/accounts/{}/operations", accounts::named(1)[0].public());
    let cases = [
        (format!("/accounts/{nobody}"), 404),
        (format!("/accounts/{nobody}/operations"), 404),
        (format!("/accounts/{nobody}/data/a"), 404),
        ("/accounts/GABC".into(), 400),
        ("/accounts/%ff".into(), 400),
        ("/accounts".into(), 400),
        ("/accounts?signer=a&signer=b".into(), 400),
        (format!("{operations}?order=desc&limit=100&join=transactions"), 200),
        ("/accounts?signer=nobody".into(), 200),
    ];
    for (path, status) in cases {
        let reply = get(net.url(), &path);
        assert_eq!(reply.status, status, "{path}: {}", reply.body);
        match status {
            200 => assert_eq!(reply.body["_embedded"]["records"], json!([]), "{path}"),
            _ => assert_eq!(reply.body["status"], status, "{path}"),
        }
    }
}

#[test]
fn a_transaction_is_answered_with_what_became_of_it_each_time_it_is_sent() {
    let net = start();
    let [payer, provider] = accounts::named(2).try_into().unwrap();
    let envelope = signed(&net, &payer, 1, vec![payment(&provider.id, 5)]);
    let reply = send(&net, &envelope);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let told = rpc(net.url(), "getTransaction", json!({ "hash": reply.body["hash"] }));
    assert_eq!(told["status"], "SUCCESS");
    let expected = json!({
        "id": told["txHash"],
        "hash": told["txHash"],
        "ledger": told["ledger"],
        "successful": true,
        "envelope_xdr": envelope,
        "result_xdr": told["resultXdr"],
        "result_meta_xdr": told["resultMetaXdr"],
    });
    assert_eq!(reply.body, expected);
    assert_eq!(account(&net, &provider)["balances"][1]["balance"], "10000.0000005");
    assert_eq!(send(&net, &envelope).body, expected);
}

#[test]
fn a_refusal_names_its_reasons() {
    let net = start();
    let [payer, provider] = accounts::named(2).try_into().unwrap();
    let nobody = accounts::named(500).pop().unwrap();
    let all = STARTING_STROOPS;
    let bad_sequence = signed(&net, &payer, 2, vec![payment(&provider.id, 1)]);
    let cases = [
        (bad_sequence, json!({ "transaction": "tx_bad_seq" })),
        (signed(&net, &payer, 1, vec![]), json!({ "transaction": "tx_missing_operation" })),
        (
            signed(&net, &payer, 1, vec![payment(&provider.id, 1), payment(&nobody.id, 1)]),
            json!({ "transaction": "tx_failed", "operations": ["op_success", "op_no_destination"] }),
        ),
        (
            signed(&net, &provider, 1, vec![payment(&payer.id, all), note("a", None)]),
            json!({
                "transaction": "tx_failed",
                "operations": ["op_underfunded", "op_data_name_not_found"],
            }),
        ),
    ];
    for (envelope, codes) in cases {
        let reply = send(&net, &envelope);
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert_eq!(reply.body["extras"]["result_codes"], codes);
        assert!(reply.body["extras"]["result_xdr"].is_string());
    }
}

#[test]
fn what_is_no_transaction_is_refused() {
    let net = start();
    let (url, form) = (net.url(), "application/x-www-form-urlencoded");
    let replies = [
        post_form(url, "/transactions", &[("tx", "AAAA")]),
        post_form(url, "/transactions", &[("tx", "")]),
        post_form(url, "/transactions", &[("tx", "?")]),
        post_form(url, "/transactions", &[("envelope", "AAAA")]),
        post(url, "/transactions", form, "tx=%"),
        post(url, "/transactions", "text/plain", "tx=AAAA"),
    ];
    for reply in replies {
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert!(!reply.body["detail"].as_str().unwrap().is_empty());
    }
}

#[test]
fn with_a_timer_a_transaction_is_answered_when_its_ledger_is_closed() {
    let block_time = Some(Duration::from_millis(300));
    let net = Localnet::start(Options { block_time, ..Options::default() }).unwrap();
    let [payer, provider] = accounts::named(2).try_into().unwrap();
    let begin = net.network(|net| net.latest().sequence());
    let reply = send(&net, &signed(&net, &payer, 1, vec![payment(&provider.id, 5)]));
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert!(reply.body["ledger"].as_u64() > Some(begin.into()));
}

#[test]
fn fees_are_told_as_what_was_offered_and_what_was_taken_for_each_operation() {
    let net = start();
    let [payer, provider] = accounts::named(2).try_into().unwrap();
    for _ in 0..3 {
        let pay = || payment(&provider.id, 1);
        assert_eq!(send(&net, &signed(&net, &payer, 1, vec![pay(), pay()])).status, 200);
    }
    let stats = get(net.url(), "/fee_stats").body;
    let latest = net.network(|net| net.latest().sequence());
    assert_eq!(stats["last_ledger"], latest.to_string());
    assert_eq!(stats["last_ledger_base_fee"], "100");
    assert_eq!(stats["ledger_capacity_usage"], "0.00");
    assert_eq!(
        (&stats["max_fee"]["mode"], &stats["max_fee"]["max"]),
        (&json!("250"), &json!("250"))
    );
    assert_eq!(stats["fee_charged"]["mode"], "100");
    for fee in ["min", "p10", "p50", "p95", "p99"] {
        assert!(stats["max_fee"][fee].is_string(), "{fee}");
        assert_eq!(stats["fee_charged"][fee], "100", "{fee}");
    }
}

#[test]
fn without_transactions_the_least_fee_is_what_a_wallet_is_to_offer() {
    let net = start();
    net.network(|net| (0..6).for_each(|_| net.close().unwrap()));
    let stats = get(net.url(), "/fee_stats").body;
    assert_eq!(stats["max_fee"]["mode"], "100");
    assert_eq!(stats["fee_charged"]["p99"], "100");
}
