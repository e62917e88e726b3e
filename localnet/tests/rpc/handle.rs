//! A network in one's own process.

use crate::client::Client;
use localnet::network::{Network, Pace};
use localnet::rpc::RpcError;
use localnet::settings::Settings;
use localnet::worker::Worker;
use localnet::{Localnet, Options, StartError};
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

fn port_of(net: &Localnet) -> u16 {
    let (_, port) = net.url().rsplit_once(':').expect("a port");
    port.parse().expect("a number")
}

fn on(port: u16) -> Options {
    Options { port: Some(port), ..Options::default() }
}

#[test]
fn a_call_without_http_is_answered_as_one_with_it() {
    let client = Client::new();
    let direct = client.net.call("getLatestLedger", json!({})).expect("an answer");
    assert_eq!(direct, client.call("getLatestLedger", json!({})));
    let error = client.net.call("getTransaction", json!({ "hash": "x" })).expect_err("no hash");
    let (code, message) = client.refusal("getTransaction", json!({ "hash": "x" }));
    assert_eq!(error, RpcError { code, message });
    assert_eq!(client.net.call("getNothing", json!(null)).map_err(|error| error.code), Err(-32601));
}

#[test]
fn its_addresses_are_those_that_it_listens_on() {
    let net = Localnet::start(Options::default()).expect("a network");
    assert_eq!(net.url(), format!("http://127.0.0.1:{}", port_of(&net)));
    assert_eq!(net.rpc_url(), format!("{}/rpc", net.url()));
}

#[test]
fn a_port_that_is_in_use_is_named() {
    let first = Localnet::start(Options::default()).expect("a network");
    let port = port_of(&first);
    let Err(error) = Localnet::start(on(port)) else { panic!("two on one port") };
    assert!(matches!(error, StartError::PortInUse(_)));
    assert_eq!(
        error.to_string(),
        format!(
            "port {port} is in use, by another localnet perhaps; --port takes another, or 0 for any"
        )
    );
}

#[test]
fn a_network_that_is_dropped_frees_its_port() {
    let first = Client::new();
    let port = port_of(&first.net);
    // A connection that is open is no reason to stay.
    let _open = first.connect();
    first.pay();
    drop(first);
    let second = Client::with(on(port));
    assert_eq!(port_of(&second.net), port);
    second.call("getHealth", json!({}));
}

#[test]
fn networks_side_by_side_know_nothing_of_each_other() {
    let clients: Vec<_> = (0..8).map(|_| Client::new()).collect();
    let hash = clients[0].pay();
    for (index, client) in clients.iter().enumerate() {
        let expected = if index == 0 { "SUCCESS" } else { "NOT_FOUND" };
        assert_eq!(client.transaction(&hash)["status"], expected);
    }
}

#[test]
fn it_starts_with_as_many_accounts_as_one_likes() {
    for accounts in [0, 1, 30] {
        let client = Client::with(Options { accounts, ..Options::default() });
        let found = client.net.network(|network| {
            use localnet::ledger::Read;
            let known = |account: &&_| -> bool {
                let account: &localnet::accounts::Account = account;
                network.entries.account(&account.id).is_some()
            };
            localnet::accounts::named(40).iter().filter(known).count()
        });
        assert_eq!(found, accounts);
    }
}

#[test]
fn with_a_block_time_ledgers_close_by_the_clock() {
    let block_time = Some(Duration::from_millis(100));
    let client = Client::with(Options { block_time, ..Options::default() });
    let latest = || client.call("getLatestLedger", json!({}))["sequence"].as_u64();
    let hash = client.pay();
    let before = latest();
    thread::sleep(Duration::from_secs(1));
    assert!(latest() > before.map(|sequence| sequence + 5));
    assert_eq!(client.transaction(&hash)["status"], "SUCCESS");
}

#[test]
fn a_call_that_panics_takes_nothing_else_with_it() {
    let client = Client::new();
    let call = || client.net.network(|_| -> () { panic!("on purpose") });
    assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
    client.pay();
}

#[test]
fn a_defect_is_an_internal_error_that_says_what_it_is() {
    let make = || Ok::<_, StartError>(Network::new(Settings::Mainnet, Pace::Still));
    let (_thread, worker) = Worker::start(make, None).expect("a network");
    let defect = worker.call_blocking(|_| -> () { panic!("number {}", 7) }).expect_err("a panic");
    let error = RpcError::from(defect);
    assert_eq!(error.code, -32603);
    assert!(error.message.contains("number 7"), "{}", error.message);
    assert_eq!(worker.call_blocking(|network| network.latest().sequence()).ok(), Some(1));
}
