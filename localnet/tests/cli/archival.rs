//! Entries of contracts live for so many ledgers; then they sleep.

use crate::world::{World, invoke};

/// How long an entry lives that nobody extends.
const LIFE: u32 = 2_073_600;

#[test]
fn an_entry_lives_as_long_as_it_is_extended_to() {
    let world = World::with_escrow();
    let extend = |options: &str| {
        world.run(&format!("stellar contract extend --source stranger --ttl-ledger-only {options}"))
    };
    let lives_until = |ledgers: u32| (world.ledger() + ledgers).to_string();
    for entry in ["--id escrow", "--id escrow --key ledger", "--wasm escrow.wasm"] {
        let extended = extend(&format!("{entry} --ledgers-to-extend 2500000"));
        assert_eq!(extended, lives_until(2_500_000), "{entry}");
        let line = format!("{entry} --ledgers-to-extend 17280");
        assert_eq!(extend(&line), extended, "{entry} lives longer than that already");
    }
    let said = world
        .fail("stellar contract extend --source stranger --id escrow --ledgers-to-extend 3200000");
    assert!(said.contains("exceeds network maximum (3110400)"), "{said}");
    let said = world.fail(
        "stellar contract extend --source stranger --id escrow --key nothing --ledgers-to-extend 9",
    );
    assert!(said.contains("Ledger entry not found"), "{said}");
}

#[test]
fn a_contract_that_sleeps_is_woken_by_the_next_call() {
    let world = World::with_escrow();
    world.advance_ledgers(LIFE);
    let read = world.run("stellar contract read --id escrow");
    assert!(read.ends_with(",0"), "it is archived: {read}");

    let before = world.ledger();
    let balances = world.escrow("payer", "get_balances");
    assert_eq!(balances["balance"], "0");
    assert_eq!(world.ledger(), before + 1, "waking writes, so that even a read is sent");
    let read = world.run("stellar contract read --id escrow");
    assert!(read.ends_with(&format!(",{}", world.ledger() + LIFE - 1)), "{read}");
    world.run(&invoke("payer", "get_balances"));
    assert_eq!(world.ledger(), before + 1, "now it is a read again");
}

#[test]
fn what_sleeps_can_be_restored_by_hand() {
    let world = World::with_escrow();
    world.advance_ledgers(LIFE);
    let restore =
        |options: &str| world.run(&format!("stellar contract restore --source stranger {options}"));
    for entry in ["--id escrow", "--wasm escrow.wasm", "--id escrow --key ledger"] {
        let restored = restore(entry);
        assert_eq!(restored, format!("New ttl ledger: {}", world.ledger() + LIFE - 1), "{entry}");
        assert_eq!(restore(entry), restored, "{entry} is awake already");
    }
    let (first, roof) = (world.ledger() + 2, "AAAAAwAAAAE=");
    let extended = restore(&format!("--id escrow --key-xdr {roof} --ledgers-to-extend 2500000"));
    assert_eq!(
        extended,
        format!("New ttl ledger: {}", first + 2_500_000),
        "restored, then extended"
    );
    let said = world.fail("stellar contract restore --source stranger --id escrow --key nothing");
    assert!(said.contains("Missing entry to restore"), "{said}");
}
