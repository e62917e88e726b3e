//! Whole lives of escrows, by commands alone.

use crate::world::World;
use serde_json::{Value, json};

const DAY: u64 = 86_400;

/// One XLM, in its smallest unit.
const ONE: i128 = 10_000_000;

#[test]
fn an_arbitrated_escrow_is_led_through_its_life() {
    let (world, id) = World::with("arbitrated", "admin");
    let call = |source: &str, call: &str| world.call(&id, source, call);
    assert!(
        world.status(&id)["milestones"][0]["waits_for"][0]
            .as_str()
            .is_some_and(|waits| waits.contains("waits for the payer's 101 XLM"))
    );

    assert!(call("payer", "fund --through 0").contains("Pending"));
    assert!(call("payer", "fund").contains("Pending"));
    let stands = world.status(&id);
    assert_eq!(stands["escrow"]["state"], "Active");
    assert_eq!(
        stands["balances"]["reserved"],
        json!({ "units": "1520050000", "decimal": "152.005" })
    );

    let completed = call("provider", "change_status --milestone 0 --status Completed --note Done");
    assert!(completed.contains("approvals (0 of 2)"), "{completed}");
    assert!(completed.contains("on anybody may release"), "{completed}");
    let rejected = call("approver", "reject --milestone 0 --reason Crooked");
    assert!(rejected.contains("InProgress"), "{rejected}");
    call("provider", "change_status --milestone 0 --status completed --evidence https://x.y/z");
    call("approver", "approve --milestone 0");
    let said = world.refused(&id, "approver", "approve --milestone 0");
    assert!(said.contains("AlreadyVoted, error 69"), "{said}");
    assert!(call("approver2", "approve --milestone 0").contains("approved"));
    let said = world.refused(&id, "stranger", "release --milestone 0");
    assert!(said.contains("NotReleaseSigner, error 5"), "{said}");
    assert!(call("signer", "release --milestone 0").contains("released: 100 XLM"));

    call("payer", "dispute --milestone 1 --reason Leaks");
    let asked = call("payer", "resume --milestone 1");
    assert!(asked.contains("asks to drop the dispute"), "{asked}");
    assert!(call("receiver", "resume --milestone 1").contains("Pending"));
    call("receiver", "dispute --milestone 1 --reason Unpaid");
    let ruled = call("resolver", "resolve --milestone 1 --to-receiver 20.25");
    assert!(ruled.contains("it takes 2 equal rulings; so far 1"), "{ruled}");
    let ruled = call("resolver2", "resolve --milestone 1 --to-receiver 20.25");
    assert!(ruled.contains("resolved: 20.25 XLM"), "{ruled}");

    let owed = world.status(&id)["balances"]["credited"]["decimal"].take();
    assert_eq!(owed, "1.2025");
    call("stranger", "claim --owner platform");
    assert_eq!(world.status(&id)["balances"]["balance"]["units"], "0");
    assert_eq!(world.status(&id)["escrow"]["state"], "Completed");
    tells_its_history(&world, &id);
}

fn tells_its_history(world: &World, id: &str) {
    let events = world.json(&["history", "--id", id]);
    let names: Vec<_> =
        events.as_array().unwrap().iter().map(|one| &one["prefix_topics"][0]).collect();
    assert_eq!((names[0], names.last()), (&json!("created"), Some(&&json!("claimed"))));
    let csv = world.run(&["history", "--id", id, "--format", "csv"]);
    assert_eq!(csv.lines().count(), names.len() + 1);
    assert!(csv.contains(",ruled,"), "{csv}");
    assert!(csv.contains("20.25 to receiver + 0.2025 fee + 30.5525 to payer XLM"), "{csv}");
    let table = world.run(&["history", "--id", id, "--start", &world.ledger().to_string()]);
    assert_eq!(table.lines().count(), 2, "{table}");
}

#[test]
fn a_buyer_confirms_and_takes_back_what_is_late() {
    let world = World::new();
    world.alias("buyer", "payer");
    world.alias("seller", "receiver");
    let example = format!("{}/scripts/examples/buyer-confirms.json", crate::world::ROOT);
    let id = world.deploy(&example, "buyer");
    let call = |source: &str, call: &str| world.call(&id, source, call);
    let stuck = world.status(&id)["escrow"]["stuck"].take();
    assert_eq!(stuck, json!(["Undisputable"]));

    call("buyer", "fund");
    assert!(call("buyer", "confirm --milestone 0").contains("released: 40 XLM"));
    let said = world.refused(&id, "buyer", "reclaim --milestone 1");
    assert!(said.contains("NotDue, error 71"), "{said}");
    let said = world.refused(&id, "buyer", "dispute --milestone 1 --reason Late");
    assert!(said.contains("NoResolvers, error 73"), "{said}");
    world.advance(46 * DAY);
    assert!(call("buyer", "reclaim --milestone 1").contains("refunded"));
}

#[test]
fn sides_settle_give_back_and_have_others_paid() {
    let (world, id) = World::with("arbitrated", "admin");
    let call = |source: &str, call: &str| world.call(&id, source, call);
    let native = world.status(&id)["token"]["address"].as_str().unwrap().to_owned();
    let gift = |amount: i128| {
        let amount = amount.to_string();
        let line = ["token", "transfer", "--id", &native, "--from", "stranger", "--to", &id];
        world.stellar(&[&line[..], &["--amount", &amount]].concat())
    };
    gift(101 * ONE);
    call("payer", "count_deposit --through 0");
    gift(3 * ONE);
    call("payer", "withdraw");
    let line = ["token", "transfer", "--id", &world.usdc, "--from", "stranger", "--to", &id];
    world.stellar(&[&line[..], &["--amount", "70000000"]].concat());
    let before = world.balance(&world.usdc, "payer");
    call("payer", &format!("withdraw --token {}", world.usdc));
    assert_eq!(world.balance(&world.usdc, "payer"), before + 7 * ONE);
    call("payer", "fund");

    let offered = call("payer", "settle --milestone 0 --to-receiver 25.50");
    assert!(offered.contains("offers 25.5 XLM"), "{offered}");
    let settled = call("receiver", "settle --milestone 0 --to-receiver 25.5");
    assert!(settled.contains("resolved: 25.5 XLM"), "{settled}");

    let before = world.balance(&native, "payer");
    call("receiver", "redirect --milestone 1 --to stranger");
    assert!(call("stranger", "refund --milestone 1").contains("refunded"));
    assert_eq!(world.balance(&native, "payer"), before + 510_050_000);
}

#[test]
fn silence_takes_effect_on_its_date() {
    let (world, id) = World::with("arbitrated", "admin");
    let call = |source: &str, call: &str| world.call(&id, source, call);
    call("payer", "fund");
    call("provider", "change_status --milestone 0 --status Completed");
    call("payer", "dispute --milestone 1 --reason Leaks");
    let said = world.refused(&id, "stranger", "resolve_by_default --milestone 1");
    assert!(said.contains("DisputeWindowOpen, error 72"), "{said}");
    world.advance(14 * DAY);
    assert!(call("stranger", "release --milestone 0").contains("released: 100 XLM"));
    let settled = call("stranger", "resolve_by_default --milestone 1");
    assert!(settled.contains("resolved: 25.25 XLM"), "{settled}");
}

#[test]
fn a_receiver_without_a_trustline_claims_later() {
    let world = World::new();
    let terms = include_str!("../../../examples/arbitrated.json");
    let terms = terms.replace("\"native\"", &format!("\"{}\"", world.usdc));
    world.stellar(&["keys", "generate", "fresh", "--fund"]);
    let terms = terms.replace("\"receiver\": \"receiver\"", "\"receiver\": \"fresh\"");
    let id = world.deploy(&world.file("terms.json", &terms), "admin");
    let call = |source: &str, call: &str| world.call(&id, source, call);
    call("payer", "fund");
    call("approver", "approve --milestone 0 1");
    call("approver2", "approve --milestone 0 1");
    let paid = call("signer", "release --milestone 0 1");
    assert!(paid.contains("100 USDC wait to be claimed"), "{paid}");
    let said = world.refused(&id, "fresh", "claim");
    assert!(said.contains("TransferFailed, error 80"), "{said}");
    assert!(said.contains("no trustline"), "{said}");
    call("fresh", "claim --to receiver");
    assert_eq!(world.balance(&world.usdc, "receiver"), 1_000_150 * ONE + ONE / 2);
}

#[test]
fn many_escrows_are_told_at_once() {
    let (world, first) = World::with("arbitrated", "admin");
    world.call(&first, "payer", "fund --through 0");
    let terms = include_str!("../../../examples/arbitrated.json").replace("HOUSE-1", "HOUSE-2");
    let second = world.deploy(&world.file("terms.json", &terms), "admin");
    let told = world.json(&["balances", "--id", &first, "--id", &second]);
    let told: Vec<&Value> = told["balances"].as_array().unwrap().iter().collect();
    assert_eq!(told[0], &json!({ "id": first, "units": "1010000000", "decimal": "101" }));
    assert_eq!(told[1], &json!({ "id": second, "units": "0", "decimal": "0" }));
    let usdc = world.run(&["balances", "--id", &first, "--token", &world.usdc]);
    assert_eq!(usdc, format!("{first}  0 USDC\n"));
}
