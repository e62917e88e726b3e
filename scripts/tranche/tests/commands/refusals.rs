//! Bad input: exit code, message, and nothing sent.

use crate::world::{PASSPHRASE, PAYERS_KEY, ROOT, World, end};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const MAINNET: &str = "Public Global Stellar Network ; September 2015";
/// The address of no contract.
const NOTHING: &str = "CA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAXE";

#[test]
fn bad_input_is_refused_with_a_reason_and_a_next_step() {
    let (world, id) = World::with("arbitrated", "admin");
    let floor = format!("{ROOT}/target/wasm32v1-none/release/floor.wasm");
    let floor = world.stellar(&[
        "contract",
        "deploy",
        "--wasm",
        &floor,
        "--source",
        "stranger",
        "--optimize=false",
    ]);
    let typo = id.replacen('C', "CA", 1)[..56].to_owned();
    let fund = |more: &[&str]| [&["fund", "--id", &id][..], more].concat().join(" ");
    let resolve = |amount: &str| {
        format!("resolve --id {id} --source resolver --milestone 1 --to-receiver {amount}")
    };
    for (line, code, words) in [
        ("status --network bla".into(), 2, "There is no network called \"bla\""),
        ("status".into(), 2, "which escrow is meant"),
        ("status --id GABC".into(), 2, "no address of a contract"),
        (format!("status --id {typo}"), 2, "checksum is wrong"),
        (format!("status --id {NOTHING}"), 1, "There is no contract"),
        (format!("status --id {}", world.usdc), 1, "is not an escrow"),
        (format!("status --id {floor}"), 1, "has no get_escrow: it is of another kind"),
        (format!("status --id {id} --id {id}"), 2, "Several escrows"),
        (format!("history --id {id} --start 1000000"), 2, "the server has the ledgers from 1"),
        (fund(&[]), 2, "who signs"),
        (fund(&["--source", "nobody"]), 2, "no identity called \"nobody\""),
        (fund(&["--source", PAYERS_KEY]), 2, "secret key was given as an argument"),
        (format!("status --id={PAYERS_KEY}"), 2, "secret key was given as an argument"),
        (fund(&["--source", NOTHING]), 2, "an address cannot sign"),
        (fund(&["--source", "payer", "--through", "2"]), 2, "There is no milestone 2"),
        (fund(&["--source", "payer", "--through", "-1"]), 2, "unexpected argument"),
        (fund(&["--source", "stranger"]), 1, "NotPayer, error 1"),
        (resolve("0.12345678"), 2, "8 decimals, and the token has 7"),
        (resolve("-5"), 2, "cannot be negative"),
        (resolve("5,5"), 2, "digits with at most one point"),
        (resolve("51"), 2, "from 0 to that of the milestone"),
        (format!("approve --id {id} --source approver --milestone 0 0"), 2, "named twice"),
        (format!("approve --id {id} --source approver --milestone 0"), 1, "NotFunded, error 60"),
        (format!("redirect --id {id} --source receiver --milestone 0 --to G"), 2, "no identity"),
        (format!("manage_milestones --id {id} --source admin"), 2, "nothing to do"),
        (format!("manage_milestones --id {id} --source admin --remove 3"), 2, "--remove 3"),
    ] {
        let said = world.nothing_sent(world.command(&line.split(' ').collect::<Vec<_>>()), code);
        assert!(said.contains(words), "{line}: {said}");
        assert!(said.contains("Next: ") || said.contains("Usage: "), "{line}: {said}");
        assert!(!said.contains(PAYERS_KEY), "{said}");
    }
}

#[test]
fn a_server_that_is_down_or_of_another_network_is_told_apart() {
    let (world, id) = World::with("arbitrated", "admin");
    for line in [&["status", "--id", &id][..], &["fund", "--id", &id, "--source", "payer"]] {
        let mut down = world.command(line);
        down.env("STELLAR_RPC_URL", "http://127.0.0.1:9");
        let said = world.nothing_sent(down, 1);
        assert!(said.contains("RPC server of local cannot be reached"), "{said}");
        let mut other = world.command(line);
        other.env("STELLAR_NETWORK_PASSPHRASE", "Ours");
        let said = world.nothing_sent(other, 1);
        assert!(said.contains("belongs to another network"), "{said}");
    }
    let mut both = world.command(&["status", "--id", &id]);
    both.env("NETWORK", "testnet");
    assert!(world.nothing_sent(both, 2).contains("unset one of the two"));
    let mut mainnet = world.command(&["status", "--id", &id]);
    mainnet.env("NETWORK", "mainnet");
    mainnet.env_remove("STELLAR_RPC_URL").env_remove("STELLAR_NETWORK_PASSPHRASE");
    assert!(world.nothing_sent(mainnet, 2).contains("set STELLAR_RPC_URL"));
}

#[test]
fn an_account_that_is_not_funded_is_told_so() {
    let (world, id) = World::with("arbitrated", "admin");
    world.call(&id, "payer", "fund");
    world.stellar(&["keys", "generate", "fresh"]);
    world.call(&id, "provider", "change_status --milestone 0 --status Completed");
    world.advance(8 * 86_400);
    let said = world.refused(&id, "fresh", "release --milestone 0");
    assert!(said.contains("does not exist on local"), "{said}");
}

#[test]
fn a_key_in_the_environment_is_refused_as_well() {
    let (world, id) = World::with("arbitrated", "admin");
    let mut command = world.command(&["fund", "--id", &id]);
    command.env("STELLAR_ACCOUNT", PAYERS_KEY);
    let said = world.nothing_sent(command, 2);
    assert!(said.contains("secret key") && !said.contains(PAYERS_KEY), "{said}");
}

#[test]
fn a_missing_program_or_another_version_of_it_is_told() {
    let (world, id) = World::with("arbitrated", "admin");
    let mut none = world.command(&["status", "--id", &id]);
    none.env("PATH", "/nowhere");
    assert!(world.nothing_sent(none, 2).contains("make setup"));
    let mut other = world.command(&["status", "--id", &id]);
    stand_in(&world, &mut other, "echo 27.0.0");
    let said = world.nothing_sent(other, 2);
    assert!(said.contains("version \"27.0.0\", and not 28.1.0"), "{said}");
}

#[test]
fn mainnet_is_only_sent_to_after_a_question_or_with_yes() {
    let (world, id) = World::with("arbitrated", "admin");
    // The localnet, as if it were mainnet.
    let stellar = format!(
        "printed=$({ROOT}/.tools/bin/stellar \"${{@/{MAINNET}/{PASSPHRASE}}}\") || exit\n\
         echo \"${{printed//{PASSPHRASE}/{MAINNET}}}\""
    );
    let fund = |more: &[&str]| {
        let arguments = [&["fund", "--id", &id, "--source", "payer", "--through", "0"][..], more];
        let mut command = world.command(&arguments.concat());
        command.env("STELLAR_NETWORK_PASSPHRASE", MAINNET);
        stand_in(&world, &mut command, &stellar);
        command
    };
    let said = world.nothing_sent(fund(&[]), 2);
    assert!(said.contains("fund on mainnet"), "the sheet comes first: {said}");
    assert!(said.contains("no terminal to ask at"), "{said}");
    let before = world.ledger();
    let ended = end(fund(&["--yes"]));
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert_eq!(world.ledger(), before + 1);
}

/// Puts another program in the place of `stellar`.
fn stand_in(world: &World, command: &mut Command, script: &str) {
    let path = world.file("stellar", format!("#!/usr/bin/env bash\n{script}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("our own file");
    let folder = path.trim_end_matches("/stellar");
    command.env("PATH", format!("{folder}:{}", world.path()));
}
