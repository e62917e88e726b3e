//! Terms and seats that change, and what is archived.

use crate::world::{ROOT, World, end};
use serde_json::{Value, json};
use std::fs;

#[test]
fn the_admin_replaces_terms_and_milestones_while_nothing_is_funded() {
    let (world, id) = World::with("arbitrated", "admin");
    let call = |source: &str, call: &str| world.call(&id, source, call);
    let terms = include_str!("../../../examples/arbitrated.json");
    let terms = terms.replace("on the hill", "by the sea").replace("604800", "86400");
    let terms = world.file("terms.json", &terms);
    call("admin", &format!("update --terms {terms}"));
    let more = json!([{ "title": "Door", "amount": "9.25", "due": "+90d" }]).to_string();
    let more = world.file("more.json", &more);
    let edit = world.file("edit.json", "[{ \"milestone\": 0, \"title\": \"Thick walls\" }]");
    call("admin", &format!("manage_milestones --remove 1 --edit {edit} --add {more}"));

    let stands = world.status(&id);
    assert_eq!(stands["escrow"]["revision"], 2);
    assert_eq!(stands["escrow"]["terms"]["title"], "A house by the sea");
    assert_eq!(stands["escrow"]["terms"]["policy"]["review_window"], 86_400);
    assert_eq!(stands["milestones"][0]["title"], "Thick walls");
    assert_eq!(stands["milestones"][1]["title"], "Door");
    assert_eq!(stands["escrow"]["totals"]["amount"]["decimal"], "109.25");

    call("payer", "fund --through 0");
    let said = world.refused(&id, "admin", &format!("update --terms {terms}"));
    assert!(said.contains("SomethingFunded, error 74"), "{said}");
}

#[test]
fn more_milestones_than_a_call_carries_are_added_by_several() {
    let world = World::new();
    let mut terms: serde_json::Value =
        serde_json::from_str(include_str!("../../../examples/arbitrated.json")).unwrap();
    let milestone = |i: usize| json!({ "title": format!("Part {i}"), "description": "x".repeat(90), "amount": "1.5" });
    terms["milestones"] = (0..75).map(milestone).collect();
    terms["total"] = json!("112.5");
    let id = world.deploy(&world.file("terms.json", terms.to_string()), "admin");
    let stands = world.status(&id);
    assert_eq!(stands["escrow"]["totals"]["milestones"], 75);
    assert_eq!(stands["escrow"]["totals"]["amount"]["decimal"], "112.5");
    assert!(stands["escrow"]["revision"].as_u64().unwrap() > 0);
    assert_eq!(stands["milestones"][74]["title"], "Part 74");

    let more: Vec<_> = (0..60).map(milestone).collect();
    let more = world.file("more.json", json!(more).to_string());
    let arguments = ["manage_milestones", "--id", &id, "--source", "admin", "--add", &more];
    let told = world.json(&[&arguments[..], &["--remove", "50", "--skip", "1"]].concat());
    assert_eq!(told["calls"], 2, "{told}");
    let stands = world.status(&id);
    assert_eq!(stands["escrow"]["totals"]["milestones"], 75 - 50 + 59);
    assert_eq!(stands["milestones"][25]["title"], "Part 1");
}

#[test]
fn a_seat_is_handed_over_by_both() {
    let (world, id) = World::with("arbitrated", "admin");
    let stranger = world.stellar(&["keys", "address", "stranger"]);
    // The one is known by its name, the other is found by its address.
    world.call(&id, "approver", &format!("rotate --role Approver --to {stranger}"));
    let stands = world.status(&id);
    assert_eq!(stands["escrow"]["terms"]["roles"]["approvers"][0], stranger);
    let nobody = "rotate --role Observer --from observer --to \
                  GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI";
    let arguments: Vec<_> = nobody.split(' ').collect();
    let command = world.command(&[&arguments[..], &["--id", &id, "--source", "observer"]].concat());
    let said = world.nothing_sent(command, 2);
    assert!(said.contains("has to sign too"), "{said}");
}

#[test]
fn what_is_archived_is_told_and_comes_back_with_the_next_call() {
    let (world, id) = World::with("arbitrated", "admin");
    world.call(&id, "admin", "extend_ttl --ledgers 1000 --limit 2");
    world.rpc("localnet_advanceLedgers", json!({ "count": 2_200_000 }));
    assert_eq!(world.status(&id)["archived"], true);
    let page = world.run(&["status", "--id", &id]);
    assert!(page.contains("the next call brings it back"), "{page}");
    world.call(&id, "payer", "fund --through 0");
    assert_eq!(world.status(&id)["archived"], false);
}

#[test]
fn nothing_is_signed_for_code_that_is_not_known() {
    let world = World::new();
    let mut wasm = fs::read(format!("{ROOT}/target/wasm32v1-none/release/escrow.wasm")).unwrap();
    // A section that no runtime looks at: the same behaviour, and another hash.
    wasm.extend([&[0, 5, 4], &b"fake"[..]].concat());
    let other = world.file("other.wasm", wasm);
    let built_there = |arguments: &[&str]| {
        let mut command = world.command(arguments);
        command.env("ESCROW_WASM", &other);
        let ended = end(command);
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        ended.printed
    };
    let terms = format!("{ROOT}/scripts/examples/arbitrated.json");
    let told = built_there(&["deploy", "--terms", &terms, "--source", "admin", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let id = told["id"].as_str().unwrap();
    assert!(world.run(&["status", "--id", id]).contains("NOT what is built here"));
    for (source, call) in
        [("payer", "fund --through 0"), ("approver", "rotate --role Approver --to stranger")]
    {
        let said = world.refused(id, source, call);
        assert!(said.contains("runs code that is not known"), "{said}");
    }
    built_there(&["fund", "--through", "0", "--source", "payer", "--id", id]);
}
