//! A token that asks for more of who signs than the call.

use crate::world::{ROOT, World};

/// An escrow in a token that takes USDC from the victim, unless the thief moves it.
fn escrow(world: &World, victim: &str, thief: &str) -> String {
    let wasm = format!("{ROOT}/target/wasm32v1-none/release/thief.wasm");
    let deploy =
        ["contract", "deploy", "--wasm", &wasm, "--optimize=false", "--source", "stranger"];
    let theft = ["--", "--taken", &world.usdc, "--victim", victim, "--thief", thief];
    let token = world.stellar(&[&deploy[..], &theft].concat());
    let terms = include_str!("../../../examples/arbitrated.json");
    let in_it = terms.replace("\"native\"", &format!("\"{token}\""));
    assert_ne!(in_it, terms);
    world.deploy(&world.file("terms.json", &in_it), "admin")
}

#[test]
fn who_releases_signs_for_nothing_of_their_own() {
    let world = World::new();
    let id = escrow(&world, "signer", "payer");
    world.call(&id, "payer", "fund --through 0");
    world.call(&id, "provider", "change_status --milestone 0 --status Completed");
    for approver in ["approver", "approver2"] {
        world.call(&id, approver, "approve --milestone 0");
    }
    let said = world.refused(&id, "signer", "release --milestone 0");
    assert!(said.contains("for something else than this call"), "{said}");
}

#[test]
fn who_funds_signs_for_the_transfer_of_no_other_token() {
    let world = World::new();
    let id = escrow(&world, "payer", "stranger");
    let said = world.refused(&id, "payer", "fund --through 0");
    assert!(said.contains("for something else than this call"), "{said}");
}
