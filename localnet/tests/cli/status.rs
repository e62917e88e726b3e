//! What the network says of itself.

use crate::world::World;
use serde_json::Value;
use stellar_xdr::{
    ConfigUpgradeSet, LedgerCloseMeta, LedgerEntryData, LedgerHeaderHistoryEntry, Limits, ReadXdr,
};

#[test]
fn it_is_healthy_and_is_the_network_that_the_cli_calls_local() {
    let world = World::new();
    let health = world.json("stellar network health --output json");
    assert_eq!(health["status"], "healthy");
    assert_eq!(health["latestLedger"], world.ledger());
    assert_eq!(health["oldestLedger"], 1);

    let info = world.json("stellar network info --output json");
    assert_eq!(info["passphrase"], "Standalone Network ; February 2017");
    assert_eq!(info["id"], "baefd734b8d3e48472cff83912375fedbc7573701912fe308af730180f97d74a");
    assert_eq!(info["protocol_version"], 29);
    assert_eq!(info["friendbot_url"], format!("{}/friendbot", world.network.url()));
}

#[test]
fn the_doctor_finds_it() {
    let world = World::new();
    world.run(
        "stellar network add ours --rpc-url $STELLAR_RPC_URL \
         --network-passphrase \"$STELLAR_NETWORK_PASSPHRASE\"",
    );
    let (_, said) = world.say("stellar doctor");
    let found = said.split(&format!("Network \"ours\" ({})", world.network.rpc_url())).nth(1);
    let found = found.unwrap_or_else(|| panic!("{said}"));
    assert!(found.contains("protocol 29"), "{said}");
}

#[test]
fn its_settings_are_those_that_its_ledger_holds() {
    let world = World::new();
    let (printed, said) = world.say("stellar network settings --internal");
    let shown: ConfigUpgradeSet = serde_json::from_str(&printed).expect("the CLI's form of them");
    let held = world.network.network(|network| {
        let settings = network.entries.values().filter_map(|(entry, _)| match &entry.data {
            LedgerEntryData::ConfigSetting(setting) => Some(setting.clone()),
            _ => None,
        });
        settings.collect::<Vec<_>>()
    });
    assert_eq!(shown.updated_entry.to_vec(), held);
    // It carries the formats of protocol 28, which 29 has left as they were.
    assert!(
        said.contains("Network protocol version is 29 but the stellar-cli supports 28"),
        "{said}"
    );
}

#[test]
fn ledgers_are_told_in_xdr_and_in_json() {
    let world = World::new();
    let latest = world.json("stellar ledger latest --output json");
    assert_eq!(latest["sequence"], world.ledger());
    assert_eq!(latest["protocolVersion"], 29);

    let fetch = |format: &str| {
        let line = format!("stellar ledger fetch 2 --limit 2 --output json --xdr-format {format}");
        world.json(&line)["ledgers"].take()
    };
    let (xdr, json) = (fetch("xdr"), fetch("json"));
    for (i, sequence) in [(0, 2), (1, 3)] {
        assert_eq!(xdr[i]["sequence"], sequence);
        let header: LedgerHeaderHistoryEntry = decode(&xdr[i]["headerXdr"]);
        assert_eq!(header.header.ledger_seq, sequence);
        assert_eq!(json[i]["headerJson"], to_json(&header));
        let meta: LedgerCloseMeta = decode(&xdr[i]["metadataXdr"]);
        assert_eq!(json[i]["metadataJson"], to_json(&meta));
    }
    let text = world.run("stellar ledger fetch 2");
    assert!(text.contains("Ledger Sequence: 2"), "{text}");
    let refused = world.fail("stellar ledger fetch 1000");
    assert!(refused.contains("must be between the oldest ledger: 1 and"), "{refused}");
}

#[test]
fn fees_are_the_least_where_nobody_competes() {
    let world = World::with_escrow();
    let stats = world.json("stellar fees stats --output json");
    assert_eq!(stats["latestLedger"], world.ledger());
    for kind in ["inclusionFee", "sorobanInclusionFee"] {
        for part in ["max", "min", "mode", "p10", "p50", "p90", "p99"] {
            assert_eq!(stats[kind][part], "100", "{stats}");
        }
    }
    world.run(
        "stellar tx new payment --source payer --destination admin --amount 1 --inclusion-fee 777",
    );
    let text = world.run("stellar fees stats");
    assert!(text.contains("Max Inclusion Fee: 100"), "a bid is not what is charged: {text}");
}

fn decode<T: ReadXdr>(base64: &Value) -> T {
    T::from_xdr_base64(base64.as_str().expect("text"), Limits::none()).expect("what it is to be")
}

fn to_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("a form in JSON")
}
