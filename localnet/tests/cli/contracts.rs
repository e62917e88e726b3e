//! Contracts come onto the ledger, and can be looked at.

use crate::world::{World, deploy};

#[test]
fn a_contract_is_uploaded_once() {
    let world = World::new();
    let hash = world.run("stellar contract upload --wasm escrow.wasm --source admin");
    assert_eq!(hash, world.run("sha256sum escrow.wasm | cut -d' ' -f1"));
    let before = world.ledger();
    let (again, said) = world.say("stellar contract upload --wasm escrow.wasm --source payer");
    assert_eq!(again, hash);
    assert!(said.contains("Skipping install because wasm already installed"), "{said}");
    assert_eq!(world.ledger(), before);
}

#[test]
fn an_escrow_is_deployed_with_its_terms() {
    let world = World::with_escrow();
    let escrow = world.escrow("payer", "get_escrow");
    assert_eq!(escrow["state"], "AwaitingFunds");
    assert_eq!(escrow["terms"]["title"], "A house");
    assert_eq!(escrow["terms"]["roles"]["approvers"][0], world.address("approver"));
    assert_eq!(escrow["terms"]["policy"]["fallback"], "Even");
    assert_eq!(escrow["totals"]["milestones"], 2);
    assert_eq!(escrow["totals"]["gross"], "1515000000");
    let roof = world.escrow("payer", "get_milestone --i 1");
    assert_eq!(roof["title"], "Roof");
    assert_eq!(roof["receiver"], world.address("receiver"));
}

#[test]
fn a_salt_decides_on_the_address_which_can_be_taken_once() {
    let world = World::new();
    let hash = world.run("stellar contract upload --wasm escrow.wasm --source admin");
    let expected = world.run("stellar contract id wasm --source admin --salt 2a");
    let line = deploy(&format!("--wasm-hash {hash} --salt 2a"));
    assert_eq!(world.run(&line), expected);

    let before = world.ledger();
    let said = world.fail(&line);
    assert!(said.contains("HostError: Error(Storage, ExistingValue)"), "{said}");
    assert!(said.contains("contract already exists"), "{said}");
    assert_eq!(world.ledger(), before);
    assert_ne!(world.run(&deploy(&format!("--wasm-hash {hash} --salt 2b"))), expected);
}

#[test]
fn a_constructor_that_refuses_leaves_no_contract() {
    let world = World::new();
    let id = world.run("stellar contract id wasm --source admin --salt 1");
    let line = deploy("--wasm escrow.wasm --salt 1").replace("1500000000", "1499999999");
    let said = world.fail(&line);
    assert!(said.contains("Error(Contract, #42)"), "the amounts do not sum to this: {said}");
    let said = world.fail(&format!("stellar contract info interface --id {id}"));
    assert!(said.contains(&format!("Contract not found: {id}")), "{said}");
}

#[test]
fn what_is_deployed_can_be_looked_at() {
    let world = World::with_escrow();
    let interface = world.run("stellar contract info interface --id escrow");
    assert!(interface.contains("fn get_milestone("), "{interface}");
    let meta = world.run("stellar contract info meta --id escrow");
    assert!(meta.contains("Tranche milestone escrow"), "{meta}");
    let environment = world.run("stellar contract info env-meta --id escrow");
    assert!(environment.contains("Protocol: v29"), "{environment}");

    let hash = world.run("sha256sum escrow.wasm | cut -d' ' -f1");
    assert_eq!(world.run("stellar contract info hash --id escrow"), hash);
    world.run("stellar contract fetch --id escrow --out-file fetched.wasm");
    assert_eq!(world.file("fetched.wasm"), world.file("escrow.wasm"));
    world.run(&format!("stellar contract fetch --wasm-hash {hash} --out-file again.wasm"));
    assert_eq!(world.file("again.wasm"), world.file("escrow.wasm"));
}

#[test]
fn what_a_contract_keeps_can_be_read() {
    let world = World::with_escrow();
    let (written, hash) = (world.ledger(), world.run("stellar contract info hash --id escrow"));
    let lives_until = written + 2_073_600 - 1;
    let read = world.run("stellar contract read --id escrow");
    assert!(read.contains(&hash), "{read}");
    assert!(read.ends_with(&format!(",{written},{lives_until}")), "{read}");
    let refused = world.fail("stellar contract read --id escrow --key nothing");
    assert!(refused.contains("no matching contract data entries were found"), "{refused}");

    let fetch = "stellar ledger entry fetch";
    let found =
        world.json(&format!("{fetch} contract-data --contract escrow --key ledger --instance"));
    let entries = found["entries"].as_array().expect("a list");
    let keys: Vec<_> = entries.iter().map(|entry| &entry["key"]["contract_data"]["key"]).collect();
    assert_eq!(
        keys,
        [
            &serde_json::json!("ledger_key_contract_instance"),
            &serde_json::json!({"symbol": "ledger"})
        ]
    );
    for entry in entries {
        assert_eq!(entry["lastModifiedLedgerSeq"], written);
        assert_eq!(entry["liveUntilLedgerSeq"], lives_until);
    }
    let code = world.json(&format!("{fetch} contract-code --wasm-hash {hash}"));
    assert_eq!(code["entries"][0]["key"]["contract_code"]["hash"], hash);
}
