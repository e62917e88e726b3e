//! Keys, and what friendbot gives them.

use crate::world::{ONE, World};

#[test]
fn a_new_identity_is_funded_and_asking_again_gives_no_more() {
    let world = World::new();
    world.run("stellar keys generate me");
    let (_, said) = world.say("stellar keys fund me");
    assert!(said.contains("Account me funded on \"Standalone Network ; February 2017\""), "{said}");
    assert_eq!(world.balance("native", "me"), 10_000 * ONE);

    world.run("stellar keys fund me");
    assert_eq!(world.balance("native", "me"), 10_000 * ONE);

    world.run("stellar keys generate you --fund");
    assert_eq!(world.balance("native", "you"), 10_000 * ONE);
}

#[test]
fn whoever_has_no_account_is_told_so() {
    let world = World::with_escrow();
    world.run("stellar keys generate nobody");
    let before = world.ledger();
    for line in [
        "stellar tx new payment --source nobody --destination payer --amount 1",
        "stellar contract upload --wasm escrow.wasm --source nobody",
        "stellar contract invoke --id escrow --source nobody --send=yes -- get_escrow",
    ] {
        let said = world.fail(line);
        let address = world.run("stellar keys address nobody");
        assert!(said.contains(&format!("not found: {address}")), "{said}");
    }
    assert_eq!(world.ledger(), before);
}

#[test]
fn the_root_account_is_where_the_cli_looks_for_it() {
    let world = World::new();
    let before = world.balance("native", "stranger");
    world.run(
        "stellar tx new payment --source $(stellar network root-account secret) \
         --destination stranger --amount 70_000_000",
    );
    assert_eq!(world.balance("native", "stranger"), before + 7 * ONE);
}
