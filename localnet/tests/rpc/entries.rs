//! What the ledger holds.

use crate::client::Client;
use crate::status::names;
use crate::wallet::{
    account_value, amount, call, decode, encode, instance, native, payer, provider,
};
use localnet::Options;
use localnet::ledger::{account_key, ttl_key};
use localnet::settings::Settings;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use stellar_xdr::{
    ConfigSettingId, ContractDataDurability, LedgerEntryData, LedgerEntryExt, LedgerKey,
    LedgerKeyConfigSetting, LedgerKeyContractData, ScAddress, ScMap, ScSymbol, ScVal, ScVec,
};

const INVALID_PARAMS: i64 = -32602;

fn get(client: &Client, keys: &[LedgerKey]) -> Vec<Value> {
    let keys: Vec<_> = keys.iter().map(encode).collect();
    let mut answer = client.call("getLedgerEntries", json!({ "keys": keys }));
    assert_eq!(names(&answer), BTreeSet::from(["entries", "latestLedger"]));
    assert!(answer["latestLedger"].is_u64());
    serde_json::from_value(answer["entries"].take()).expect("a list")
}

fn setting(config_setting_id: ConfigSettingId) -> LedgerKey {
    LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id })
}

/// Where the contract of XLM keeps what the payer allows the provider to take.
fn allowance() -> LedgerKey {
    let entry = |key: &str, who: &localnet::accounts::Account| stellar_xdr::ScMapEntry {
        key: ScVal::Symbol(ScSymbol(key.try_into().expect("a symbol"))),
        val: account_value(&who.id),
    };
    let parties = vec![entry("from", &payer()), entry("spender", &provider())];
    let name = ScVal::Symbol(ScSymbol("Allowance".try_into().expect("a symbol")));
    let parties = ScVal::Map(Some(ScMap(parties.try_into().expect("a map"))));
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(native()),
        key: ScVal::Vec(Some(ScVec(vec![name, parties].try_into().expect("a list")))),
        durability: ContractDataDurability::Temporary,
    })
}

#[test]
fn an_account_has_no_end_of_life() {
    let client = Client::new();
    let key = account_key(&payer().id);
    let told = &get(&client, std::slice::from_ref(&key))[0];
    let expected = ["key", "xdr", "extXdr", "lastModifiedLedgerSeq"];
    assert_eq!(names(told), BTreeSet::from(expected));
    assert_eq!(told["key"], encode(&key));
    let LedgerEntryData::Account(account) = decode(&told["xdr"]) else { panic!("no account") };
    assert_eq!(account.account_id, payer().id);
    assert_eq!(decode::<LedgerEntryExt>(&told["extXdr"]), LedgerEntryExt::V0);
    assert_eq!(told["lastModifiedLedgerSeq"], 3);
}

#[test]
fn entries_come_in_the_order_in_which_they_were_asked_for_and_what_is_not_there_is_left_out() {
    let client = Client::new();
    let (a, b) = (account_key(&payer().id), account_key(&provider().id));
    let nobody = account_key(&localnet::accounts::named(99)[98].id);
    let told = get(&client, &[b.clone(), nobody.clone(), a.clone(), b.clone()]);
    let keys: Vec<LedgerKey> = told.iter().map(|entry| decode(&entry["key"])).collect();
    assert_eq!(keys, [b.clone(), a, b]);
    assert_eq!(get(&client, &[nobody]), Vec::<Value>::new());
    assert_eq!(get(&client, &[]), Vec::<Value>::new());
}

#[test]
fn what_can_die_is_told_with_its_last_ledger_and_zero_once_it_is_archived() {
    let client = Client::with(Options { settings: Settings::Testnet, ..Options::default() });
    let live_until = || get(&client, &[instance()])[0]["liveUntilLedgerSeq"].as_u64();
    let last = live_until().expect("a last ledger");
    assert!(last > 120_000, "{last}");
    let latest = client.call("getLatestLedger", json!({}))["sequence"].as_u64().expect("a number");
    client.call("localnet_advanceLedgers", json!({ "count": last - latest }));
    assert_eq!(live_until(), Some(last));
    client.call("localnet_advanceLedgers", json!({ "count": 1 }));
    assert_eq!(live_until(), Some(0));
    let told = &get(&client, &[instance()])[0];
    assert!(matches!(decode(&told["xdr"]), LedgerEntryData::ContractData(_)));
}

#[test]
fn what_is_temporary_is_gone_when_it_dies() {
    let client = Client::new();
    let latest =
        client.call("getLatestLedger", json!({}))["sequence"].as_u64().expect("a number") as u32;
    let last = latest + 20_000;
    let (from, spender) = (account_value(&payer().id), account_value(&provider().id));
    client.invoke(call("approve", vec![from, spender, amount(5), ScVal::U32(last)]));
    let told = get(&client, &[allowance()]);
    assert_eq!(told[0]["liveUntilLedgerSeq"], last);
    client.call("localnet_advanceLedgers", json!({ "count": last - latest - 1 }));
    assert_eq!(get(&client, &[allowance()]).len(), 1);
    client.call("localnet_advanceLedgers", json!({ "count": 1 }));
    assert_eq!(get(&client, &[allowance()]), Vec::<Value>::new());
}

#[test]
fn settings_are_entries_as_all_others() {
    let client = Client::new();
    let keys =
        [setting(ConfigSettingId::StateArchival), setting(ConfigSettingId::ContractComputeV0)];
    let told = get(&client, &keys);
    assert_eq!(told.len(), 2);
    for entry in told {
        assert!(matches!(decode(&entry["xdr"]), LedgerEntryData::ConfigSetting(_)));
        assert!(entry.get("liveUntilLedgerSeq").is_none());
    }
}

#[test]
fn entries_are_told_in_json_too() {
    let client = Client::new();
    let params = json!({ "keys": [encode(&instance())], "xdrFormat": "json" });
    let told = client.call("getLedgerEntries", params)["entries"][0].take();
    let expected =
        ["keyJson", "dataJson", "extJson", "lastModifiedLedgerSeq", "liveUntilLedgerSeq"];
    assert_eq!(names(&told), BTreeSet::from(expected));
    let key: LedgerKey = serde_json::from_value(told["keyJson"].clone()).expect("a key");
    assert_eq!(key, instance());
    let data: LedgerEntryData = serde_json::from_value(told["dataJson"].clone()).expect("data");
    assert!(matches!(data, LedgerEntryData::ContractData(_)));
}

#[test]
fn two_hundred_keys_are_taken_and_no_more() {
    let client = Client::new();
    let key = encode(&instance());
    let of = |count: usize| json!({ "keys": vec![&key; count] });
    let told = client.call("getLedgerEntries", of(200));
    assert_eq!(told["entries"].as_array().map(Vec::len), Some(200));
    let words = "key count (201) exceeds maximum supported (200)";
    client.assert_refused("getLedgerEntries", of(201), INVALID_PARAMS, words);
}

#[test]
fn what_is_no_key_is_refused() {
    let client = Client::new();
    let good = encode(&instance());
    let mut with_more = good.clone();
    with_more.push_str("AAAA");
    for bad in ["", "AAAA", "not base64!", &with_more, &good[..good.len() - 4]] {
        let params = json!({ "keys": [good, bad] });
        let words = format!("cannot unmarshal key value {bad} at index 1");
        client.assert_refused("getLedgerEntries", params, INVALID_PARAMS, &words);
    }
    let params = json!({ "keys": [encode(&ttl_key(&instance()))] });
    client.assert_refused("getLedgerEntries", params, INVALID_PARAMS, "ttl entries cannot");
}
