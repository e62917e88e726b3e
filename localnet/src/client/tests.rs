//! A wallet on a network of its own, with the contract of XLM.

use super::*;
use crate::accounts::{id_of, named};
use crate::operations::classic::events::asset_contract;
use crate::{Localnet, Options};
use ed25519_dalek::SigningKey;
use stellar_xdr::{Asset, ScError};

fn network() -> Localnet {
    Localnet::start(Options::default()).expect("a free port")
}

/// A payment of so many stroops.
fn transfer(from: &Account, to: &Account, stroops: i128) -> HostFunction {
    let address = |who: &Account| ScVal::Address(ScAddress::Account(who.id.clone()));
    let arguments = vec![address(from), address(to), ScVal::from(stroops)];
    invocation(&asset_contract(&Asset::Native, &network_id()), "transfer", arguments)
}

fn balance(client: &Client, who: &Account) -> i64 {
    match client.entry(&account_key(who)) {
        Ok(Some(LedgerEntryData::Account(account))) => account.balance,
        other => panic!("{}: {other:?}", who.name),
    }
}

#[test]
fn a_receipt_tells_what_a_call_has_done_and_cost() {
    let net = network();
    let client = Client { rpc: &net };
    let [payer, provider] = &named(2)[..] else { panic!("two") };
    let before = balance(&client, payer);
    let receipt = client.send(payer, &[], transfer(payer, provider, 7)).expect("it can be done");
    assert!(receipt.succeeded);
    assert_eq!(receipt.error(), None);
    assert_eq!(receipt.value(), Some(ScVal::Void));
    assert!(receipt.metric("cpu_insn").is_some_and(|count| count > 0));
    assert_eq!(receipt.metric("nothing"), None);
    assert!(receipt.charged > 100 && receipt.charged <= receipt.offered + 100);
    assert_eq!(balance(&client, payer), before - receipt.charged - 7);
}

#[test]
fn others_authorise_what_they_are_asked_to() {
    let net = network();
    let client = Client { rpc: &net };
    let [payer, provider] = &named(2)[..] else { panic!("two") };
    let before = balance(&client, provider);
    let call = || transfer(provider, payer, 7);
    let with = client.send(payer, &named(2), call()).expect("it can be tried");
    assert!(with.succeeded);
    let without = client.send(payer, &[], call()).expect("it can be tried");
    assert!(!without.succeeded);
    assert!(matches!(without.error(), Some(ScError::Auth(_))), "{:?}", without.error());
    let forger = Account { id: provider.id.clone(), ..payer.clone() };
    let forged = client.send(payer, &[forger], call()).expect("it can be tried");
    assert!(!forged.succeeded);
    assert_eq!(balance(&client, provider), before - 7);
}

#[test]
fn a_call_that_would_fail_is_not_sent() {
    let net = network();
    let client = Client { rpc: &net };
    let [payer, provider] = &named(2)[..] else { panic!("two") };
    let before = balance(&client, payer);
    let why =
        client.send(payer, &[], transfer(payer, provider, -1)).expect_err("a negative amount");
    assert!(
        matches!(&why, Failure::Refused(text) if text.contains("Error(Contract, #8)")),
        "{why}"
    );
    assert_eq!(client.view(payer, transfer(payer, provider, -1)), Err(why));
    assert_eq!(balance(&client, payer), before);
}

#[test]
fn what_was_sent_is_not_taken_again() {
    let net = network();
    let client = Client { rpc: &net };
    let [payer, provider] = &named(2)[..] else { panic!("two") };
    let prepared = client.prepare(payer, &[], transfer(payer, provider, 7)).expect("it is tried");
    assert!(client.submit(&prepared).expect("it is taken").succeeded);
    let why = client.submit(&prepared).expect_err("it was sent before");
    assert!(matches!(why, Failure::NotTaken(_)), "{why}");
}

#[test]
fn nobody_sends_without_an_account() {
    let net = network();
    let client = Client { rpc: &net };
    let secret = SigningKey::from_bytes(&[7; 32]);
    let nobody = Account { name: "nobody".into(), index: 0, id: id_of(&secret), secret };
    let call = transfer(&nobody, &nobody, 1);
    let why = client.send(&nobody, &[], call).expect_err("there is no account");
    assert_eq!(why, Failure::NoAccount(nobody.public()));
}

#[test]
fn a_failure_is_told_in_a_sentence() {
    for (failure, text) in [
        (Failure::Refused("it is empty".into()), "the call would fail: it is empty"),
        (Failure::NotTaken("no".into()), "the network does not take the transaction: no"),
        (Failure::NoAccount("G".into()), "there is no account G"),
        (Failure::Answer("{}".into()), "the network answers: {}"),
    ] {
        assert_eq!(failure.to_string(), text);
    }
}
