//! Operations that are older than contracts.

use crate::world::{ONE, World};
use serde_json::{Value, json};

#[test]
fn accounts_are_created_paid_and_merged() {
    let world = World::new();
    world.run("stellar keys generate new");
    let create = "stellar tx new create-account --source payer --destination new";
    world.run(&format!("{create} --starting-balance 50_000_000"));
    assert_eq!(world.account("new")["balance"], "50000000");
    let first = i64::from(world.ledger()) << 32;
    assert_eq!(world.account("new")["seq_num"], first.to_string());
    world.run("stellar tx new payment --source payer --destination new --amount 20_000_000");
    assert_eq!(world.balance("native", "new"), 7 * ONE);

    let before = world.balance("native", "stranger");
    world.run("stellar tx new account-merge --source new --account stranger");
    assert_eq!(world.balance("native", "stranger"), before + 7 * ONE - 100);
    let gone = world.json("stellar ledger entry fetch account --account new");
    assert_eq!(gone["entries"], json!([]));
}

#[test]
fn trust_is_given_limited_and_taken_back() {
    let world = World::new();
    world.run("stellar keys generate new --fund");
    world.run("stellar tx new change-trust --source new --line EURC:issuer --limit 1000");
    let pay =
        "stellar tx new payment --source issuer --destination new --asset EURC:issuer --amount";
    world.run(&format!("{pay} 700"));
    assert_eq!(line(&world, "new", "EURC")["balance"], "700");
    assert_eq!(line(&world, "new", "EURC")["limit"], "1000");
    assert_eq!(world.account("new")["num_sub_entries"], 1);
    refused(&world, &format!("{pay} 301"), "LineFull");
    let trust = "stellar tx new change-trust --source new --line EURC:issuer --limit";
    refused(&world, &format!("{trust} 0"), "InvalidLimit");
    world.run(
        "stellar tx new payment --source new --destination issuer --asset EURC:issuer --amount 700",
    );
    world.run(&format!("{trust} 0"));
    assert_eq!(line(&world, "new", "EURC"), Value::Null);
    assert_eq!(world.account("new")["num_sub_entries"], 0);
    refused(&world, &format!("{pay} 1"), "NoTrust");
}

#[test]
fn an_issuer_freezes_and_claws_back_where_it_has_reserved_the_right() {
    let world = World::new();
    let flags =
        "stellar tx new set-trustline-flags --source issuer --asset EURC:issuer --trustor payer";
    let clawback =
        "stellar tx new clawback --source issuer --asset EURC:issuer --from payer --amount 30";
    world.run("stellar tx new change-trust --source payer --line EURC:issuer");
    let pay = |from: &str, to: &str, amount: u32| {
        let payment = "stellar tx new payment --asset EURC:issuer";
        format!("{payment} --source {from} --destination {to} --amount {amount}")
    };
    world.run(&pay("issuer", "payer", 100));
    refused(&world, &format!("{flags} --clear-authorize"), "CantRevoke");
    refused(&world, clawback, "NotClawbackEnabled");

    world.run("stellar tx new set-options --source issuer --set-revocable --set-clawback-enabled");
    assert_eq!(world.account("issuer")["flags"], 2 | 8);
    refused(&world, clawback, "NotClawbackEnabled");
    world.run("stellar tx new change-trust --source stranger --line EURC:issuer");
    world.run(&pay("payer", "stranger", 40));
    world.run(&clawback.replace("payer", "stranger"));
    assert_eq!(line(&world, "stranger", "EURC")["balance"], "10");

    world.run(&format!("{flags} --clear-authorize"));
    assert_eq!(line(&world, "payer", "EURC")["flags"], 0);
    refused(&world, &pay("payer", "stranger", 1), "SrcNotAuthorized");
    world.run(&format!("{flags} --set-authorize"));
    world.run(&pay("payer", "stranger", 1));
}

#[test]
fn an_account_carries_options_data_and_a_sequence() {
    let world = World::new();
    world.run(
        "stellar tx new set-options --source payer --home-domain example.org \
         --signer admin --signer-weight 3 --master-weight 4 \
         --low-threshold 1 --med-threshold 2 --high-threshold 3",
    );
    let account = world.account("payer");
    assert_eq!(account["home_domain"], "example.org");
    assert_eq!(account["thresholds"], "04010203");
    assert_eq!(account["signers"], json!([{ "key": world.address("admin"), "weight": 3 }]));

    world.run(
        "stellar tx new manage-data --source payer --data-name greeting --data-value 68656c6c6f",
    );
    let data = || {
        let line = "stellar ledger entry fetch data --account payer --data-name greeting";
        found(world.json(line), "data")["data_value"].take()
    };
    assert_eq!(data(), "68656c6c6f");
    world.run("stellar tx new manage-data --source payer --data-name greeting");
    assert_eq!(data(), Value::Null);
    refused(
        &world,
        "stellar tx new manage-data --source payer --data-name greeting",
        "NameNotFound",
    );

    world.run("stellar tx new bump-sequence --source payer --bump-to 99999999999");
    assert_eq!(world.account("payer")["seq_num"], "99999999999");
    world.run("stellar tx new payment --source payer --destination admin --amount 1");
    assert_eq!(world.account("payer")["seq_num"], "100000000000");
}

#[test]
fn an_operation_that_fails_tells_why() {
    let world = World::new();
    world.run("stellar keys generate new");
    for (operation, why) in [
        ("payment --source payer --destination new --amount 1", "NoDestination"),
        ("payment --source payer --destination admin --amount 100_000_000_001", "Underfunded"),
        ("create-account --source payer --destination admin", "AlreadyExist"),
        (
            "create-account --source payer --destination new --starting-balance 9_999_999",
            "LowReserve",
        ),
        ("change-trust --source issuer --line USDC:issuer", "Malformed"),
        ("account-merge --source payer --account admin", "HasSubEntries"),
        ("bump-sequence --source payer --bump-to=-1", "BadSeq"),
        (
            "create-passive-sell-offer --source payer --selling native --buying USDC:issuer \
             --amount 1 --price 1:1",
            "OpNotSupported",
        ),
    ] {
        refused(&world, &format!("stellar tx new {operation}"), why);
    }
}

fn refused(world: &World, line: &str, why: &str) {
    let said = world.fail(line);
    let words = |c: char| !c.is_alphanumeric();
    assert!(said.split(words).any(|word| word == why), "{line}: {why} is not in\n{said}");
}

/// What the ledger has of somebody's trust in an asset of the issuer.
fn line(world: &World, name: &str, code: &str) -> Value {
    let asset = format!("{code}:{}", world.address("issuer"));
    let line = format!("stellar ledger entry fetch trustline --account {name} --asset {asset}");
    found(world.json(&line), "trustline")
}

/// The only entry that was fetched, or nothing.
fn found(mut fetched: Value, kind: &str) -> Value {
    let entry = fetched.pointer_mut(&format!("/entries/0/val/{kind}"));
    entry.map(Value::take).unwrap_or_default()
}
