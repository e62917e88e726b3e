//! Whatever bytes are sent, the answer is one of JSON-RPC, and never that something has broken.

use crate::client::Client;
use crate::wallet::{
    account_value, balance, encode, footprint, instance, payer, payment, provider, seal, transfer,
};
use localnet::accounts::address_of;
use serde_json::{Value, json};
use stellar_xdr::{
    ExtendFootprintTtlOp, ExtensionPoint, LedgerKey, Limits, OperationBody, ReadXdr,
    RestoreFootprintOp, ScVal, ScVec, TransactionEnvelope, TransactionExt, WriteXdr,
};

const INTERNAL_ERROR: i64 = -32603;

/// Numbers that look random, and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(3) {
            if bytes.is_empty() {
                return;
            }
            let at = self.roll(bytes.len());
            match self.roll(8) {
                0 => bytes[at] = self.roll(256) as u8,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, self.roll(256) as u8),
                3 => drop(bytes.drain(at..(at + 4).min(bytes.len()))),
                _ => bytes[at] ^= 1 << self.roll(8),
            }
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: u32| digits[(bits & 63) as usize] as char;
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            let digits = [digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)];
            let used = chunk.len() + 1;
            digits.into_iter().take(used).chain(std::iter::repeat_n('=', 4 - used))
        })
        .collect()
}

fn assert_unbroken(client: &Client, method: &str, params: Value) {
    if let Err(error) = client.net.call(method, params.clone()) {
        assert_ne!(error.code, INTERNAL_ERROR, "{method} {params}: {error}");
    }
}

/// Transactions of all kinds that differ in what they are made of.
fn envelopes(client: &Client) -> Vec<TransactionEnvelope> {
    let with = |body: OperationBody, ext: TransactionExt| {
        let mut tx = client.draft(body);
        (tx.ext, tx.fee) = (ext, 5_000_000);
        seal(tx)
    };
    let ext = ExtensionPoint::V0;
    let extend = ExtendFootprintTtlOp { ext: ext.clone(), extend_to: 1_000 };
    vec![
        client.signed(payment(1)),
        client.signed(transfer(account_value(&provider().id), 1)),
        client.signed(balance(account_value(&payer().id))),
        with(OperationBody::ExtendFootprintTtl(extend), footprint(vec![instance()], vec![])),
        with(
            OperationBody::RestoreFootprint(RestoreFootprintOp { ext }),
            footprint(vec![], vec![instance()]),
        ),
        crate::wallet::fee_bump(client.signed(payment(1)), 400),
    ]
}

#[test]
fn spoilt_transactions_break_nothing() {
    let client = Client::new();
    let mut dice = Dice(0x5eed);
    for envelope in envelopes(&client) {
        let good = envelope.to_xdr(Limits::none()).expect("a transaction");
        for _ in 0..400 {
            let mut bytes = good.clone();
            dice.spoil(&mut bytes);
            let params = json!({ "transaction": base64(&bytes) });
            assert_unbroken(&client, "simulateTransaction", params.clone());
            assert_unbroken(&client, "sendTransaction", params);
        }
    }
    client.pay();
}

#[test]
fn spoilt_transactions_that_are_signed_break_nothing() {
    let client = Client::new();
    let mut dice = Dice(0xd1ce);
    let mut taken = 0;
    for envelope in envelopes(&client) {
        let good = envelope.to_xdr(Limits::none()).expect("a transaction");
        for _ in 0..400 {
            let mut bytes = good.clone();
            dice.spoil(&mut bytes);
            let Ok(TransactionEnvelope::Tx(spoilt)) =
                TransactionEnvelope::from_xdr(&bytes, Limits::len(bytes.len()))
            else {
                continue;
            };
            let mut tx = spoilt.tx;
            let next = client.draft(payment(1));
            (tx.source_account, tx.seq_num) = (address_of(&payer().id), next.seq_num);
            let params = json!({ "transaction": encode(&seal(tx)) });
            assert_unbroken(&client, "simulateTransaction", params.clone());
            let answer = client.net.call("sendTransaction", params.clone());
            let answer = answer.unwrap_or_else(|error| panic!("{params}: {error}"));
            taken += u32::from(answer["status"] == "PENDING");
        }
    }
    assert!(taken > 50, "{taken} are too few to tell");
}

#[test]
fn spoilt_keys_break_nothing() {
    let client = Client::new();
    let mut dice = Dice(0xcafe);
    let account = LedgerKey::Account(stellar_xdr::LedgerKeyAccount { account_id: payer().id });
    for key in [instance(), account] {
        let good = key.to_xdr(Limits::none()).expect("a key");
        for _ in 0..1_000 {
            let mut bytes = good.clone();
            dice.spoil(&mut bytes);
            assert_unbroken(&client, "getLedgerEntries", json!({ "keys": [base64(&bytes)] }));
        }
    }
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    let client = Client::new();
    // A list in a list in a list …
    let nested = |depth: usize| {
        let list = [0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 1];
        let void = [0, 0, 0, 1];
        base64(&[list.repeat(depth), void.to_vec()].concat())
    };
    let heard = |depth: usize| {
        let topics = [[nested(depth)]];
        client.net.call("getEvents", json!({ "startLedger": 1, "filters": [{ "topics": topics }] }))
    };
    assert!(heard(50).is_ok());
    for depth in [500, 5_000, 30_000] {
        assert_eq!(heard(depth).map_err(|error| error.code), Err(-32602), "{depth}");
    }
}

#[test]
fn a_call_with_what_is_nested_deeply_breaks_nothing() {
    let client = Client::new();
    for depth in [90, 110, 120, 130] {
        let mut value = ScVal::Void;
        for _ in 0..depth {
            value = ScVal::Vec(Some(ScVec(vec![value].try_into().expect("one value"))));
        }
        let params = json!({ "transaction": encode(&client.signed(balance(value))) });
        let trial = client.call("simulateTransaction", params.clone());
        assert!(trial["error"].is_string(), "{trial}");
        assert_unbroken(&client, "sendTransaction", params);
    }
}

#[test]
fn spoilt_requests_are_answered() {
    let client = Client::new();
    let mut dice = Dice(0xbead);
    let methods = [
        json!({ "method": "getEvents", "params": {
            "startLedger": 1, "endLedger": 9, "pagination": { "limit": 3 },
            "filters": [{ "type": "contract", "topics": [["*", "**"]] }],
        } }),
        json!({ "method": "getLedgers", "params": { "startLedger": 2, "xdrFormat": "json" } }),
        json!({ "method": "getTransactions", "params": { "pagination": { "cursor": "12884905984" } } }),
        json!({ "method": "getTransaction", "params": { "hash": "00".repeat(32), "minLedger": 1 } }),
        json!({ "method": "localnet_advanceTime", "params": { "seconds": 10 } }),
        json!({ "method": "localnet_restore", "params": { "id": 1 } }),
        json!({ "method": "simulateTransaction", "params": {
            "transaction": encode(&client.signed(balance(account_value(&payer().id)))),
            "authMode": "record", "resourceConfig": { "instructionLeeway": 5 },
        } }),
    ];
    for mut request in methods {
        (request["jsonrpc"], request["id"]) = ("2.0".into(), 1.into());
        let good = request.to_string();
        for _ in 0..150 {
            let mut bytes = good.clone().into_bytes();
            dice.spoil(&mut bytes);
            let head = format!(
                "POST /rpc HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                 content-type: application/json\r\ncontent-length: {}\r\n\r\n",
                bytes.len()
            );
            let reply = client.exchange(&[head.as_bytes(), &bytes].concat());
            let sent = String::from_utf8_lossy(&bytes);
            assert!(matches!(reply.status, 200 | 204), "{sent}");
            if reply.status == 200 {
                let answer = reply.json();
                assert!(answer["error"]["code"].is_i64() || answer["result"].is_object(), "{sent}");
                assert_ne!(answer["error"]["code"], INTERNAL_ERROR, "{sent}");
            }
        }
    }
}
