//! What is not as it should be ends the walk.

use super::*;
use crate::contract::Contract;
use crate::stage::{ESCROW, Standing};
use crate::terms::{Part, arbitrated};
use crate::words::ONE;
use localnet::{Localnet, Options};
use serde_json::json;
use std::path::Path;

const GROSS: i128 = 1_010 * ONE;

/// A walk with an escrow that is not funded.
fn walk() -> (Walk, Escrow) {
    let path = "../../target/wasm32v1-none/release/escrow.wasm";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let net = Localnet::start(Options::default()).unwrap();
    let stage = Stage::new(net, Contract::read(&path).unwrap());
    let mut walk = Walk::new(stage, Page::quiet());
    walk.upload().unwrap();
    let parts = [Part::new("All of it", 1_000)];
    let deal = arbitrated(&walk.stage, "TEST", "A test", &parts).unwrap();
    let escrow = walk.deploy(deal).unwrap();
    (walk, escrow)
}

fn funding(amount: i128) -> Value {
    json!({ "through": 0, "amount": amount.to_string(), "revision": 0 })
}

fn wrong<T>(outcome: Outcome<T>) -> String {
    outcome.err().expect("it is taken for right").to_string()
}

#[test]
fn an_amount_that_differs_by_one_unit_ends_the_walk() {
    let (mut walk, escrow) = walk();
    let moves = [("payer", -GROSS), (ESCROW, GROSS + 1)];
    let why = wrong(walk.act(&escrow, "payer", "fund", funding(GROSS), &moves));
    assert_eq!(why, "fund, escrow: 10100000000 moved, and not 10100000001");
}

#[test]
fn an_amount_that_is_not_expected_ends_the_walk() {
    let (mut walk, escrow) = walk();
    let why = wrong(walk.act(&escrow, "payer", "fund", funding(GROSS), &[(ESCROW, GROSS)]));
    assert_eq!(why, "fund, payer: -10100000000 moved, and not 0");
}

#[test]
fn an_amount_for_nobody_ends_the_walk() {
    let (mut walk, escrow) = walk();
    let moves = [("payer", -GROSS), (ESCROW, GROSS), ("bank", 1)];
    let why = wrong(walk.act(&escrow, "payer", "fund", funding(GROSS), &moves));
    assert_eq!(why, "fund: nobody is called bank");
}

#[test]
fn a_refusal_that_does_not_come_ends_the_walk() {
    let (mut walk, escrow) = walk();
    let why = wrong(walk.refuse(&escrow, "payer", "fund", funding(GROSS), "AmountMismatch"));
    assert_eq!(why, "fund by payer is not refused");
}

#[test]
fn a_refusal_for_another_reason_ends_the_walk() {
    let (mut walk, escrow) = walk();
    let why = wrong(walk.refuse(&escrow, "signer", "fund", funding(GROSS), "AmountMismatch"));
    assert_eq!(why, "AmountMismatch is expected, and not NotPayer");
}

#[test]
fn a_call_that_fails_ends_the_walk() {
    let (mut walk, escrow) = walk();
    let why = wrong(walk.act(&escrow, "payer", "fund", funding(GROSS + 1), &[]));
    assert!(
        why.starts_with("payer: the call would fail: HostError: Error(Contract, #51)"),
        "{why}"
    );
}

#[test]
fn a_fee_of_somebody_else_ends_the_walk() {
    let (walk, escrow) = walk();
    let before = walk.stage.standing(Some(&escrow)).unwrap();
    let (call, _) = walk.stage.call(&escrow, "payer", "fund", &funding(GROSS)).unwrap();
    let receipt = walk.send("payer", call).unwrap();
    let after = walk.stage.standing(Some(&escrow)).unwrap();
    let moves = [("payer", -GROSS), (ESCROW, GROSS)];
    let moved =
        |by: &str, after: &Standing| walk.moved("fund", by, &receipt, &before, after, &moves);
    assert!(moved("payer", &after).is_ok());
    assert!(wrong(moved("signer", &after)).contains("of fees"));
}
