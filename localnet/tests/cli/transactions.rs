//! Transactions that are built, signed, sent and looked up step by step.

use crate::world::{ONE, World, invoke};
use localnet::Options;
use std::time::Duration;

const PAYMENT: &str =
    "stellar tx new payment --source payer --destination stranger --amount 10_000_000";

#[test]
fn a_payment_goes_through_the_pipe_and_is_found_by_its_hash() {
    let world = World::new();
    let before = world.balance("native", "stranger");
    let signed =
        world.run(&format!("{PAYMENT} --build-only | stellar tx sign --sign-with-key payer"));
    let hash = world.run(&format!("echo {signed} | stellar tx hash"));
    let sent = world.json(&format!("echo {signed} | stellar tx send"));
    assert_eq!(sent["status"], "SUCCESS");
    assert_eq!(sent["tx_hash"], hash);
    assert_eq!(sent["ledger"], world.ledger());
    assert_eq!(sent["result"]["fee_charged"], "100");
    assert_eq!(world.balance("native", "stranger"), before + ONE);

    let fetch =
        |what: &str| world.json(&format!("stellar tx fetch {what} --hash {hash} --output json"));
    assert_eq!(fetch(""), sent["envelope"]);
    assert_eq!(fetch("result"), sent["result"]);
    assert_eq!(fetch("meta"), sent["result_meta"]);
    assert_eq!(fetch("events"), sent["events"]);
    assert_eq!(fetch("fee")["charged"]["fee"], 100);
    let unknown = world.run(&format!("stellar tx fetch --hash {}", "0".repeat(64)));
    assert_eq!(unknown, "");
}

#[test]
fn a_call_goes_through_the_pipe_and_tells_its_fee() {
    let world = World::with_escrow();
    let call = invoke("payer", "fund --payer payer --through 1 --amount 1515000000 --revision 0");
    let build = call.replace("--id", "--build-only --id");
    let before = world.balance("native", "payer");
    let sent = world.json(&format!(
        "{build} | stellar tx simulate --source payer | stellar tx sign --sign-with-key payer \
         | stellar tx send"
    ));
    assert_eq!(sent["status"], "SUCCESS");
    assert_eq!(world.balance("usdc", "escrow"), 1_515_000_000);

    let hash = sent["tx_hash"].as_str().expect("text");
    let fee = world.json(&format!("stellar tx fetch fee --hash {hash} --output json"));
    let (proposed, charged) = (&fee["proposed"], &fee["charged"]);
    let number = |part: &serde_json::Value| part.as_i64().expect("a number");
    assert_eq!(before - world.balance("native", "payer"), number(&charged["fee"]));
    assert_eq!(charged["inclusion_fee"], 100);
    let parts = ["non_refundable_resource_fee", "refundable_resource_fee"];
    let resources: i64 = parts.iter().map(|part| number(&charged[*part])).sum();
    assert_eq!(number(&charged["resource_fee"]), resources);
    assert!(resources < number(&proposed["resource_fee"]), "what was not used comes back");
}

#[test]
fn what_was_sent_once_does_nothing_when_it_is_sent_again() {
    let world = World::new();
    let signed =
        world.run(&format!("{PAYMENT} --build-only | stellar tx sign --sign-with-key payer"));
    let first = world.json(&format!("stellar tx send {signed}"));
    let (ledger, balance) = (world.ledger(), world.balance("native", "payer"));
    assert_eq!(world.json(&format!("stellar tx send {signed}")), first);
    assert_eq!((world.ledger(), world.balance("native", "payer")), (ledger, balance));
}

#[test]
fn a_transaction_that_is_not_valid_costs_nothing() {
    let world = World::new();
    let built = world.run(&format!("{PAYMENT} --build-only"));
    let sign = |with: &str| format!("echo {built} | stellar tx sign {with}");
    let (ledger, balance) = (world.ledger(), world.balance("native", "payer"));
    let elsewhere = "--sign-with-key payer --network-passphrase 'Another network'";
    for (line, why) in [
        (format!("stellar tx send {built}"), "TxBadAuth"),
        (format!("{} | stellar tx send", sign("--sign-with-key stranger")), "TxBadAuth"),
        (format!("{} | stellar tx send", sign(elsewhere)), "TxBadAuth"),
        (
            format!(
                "{} | stellar tx sign --sign-with-key stranger | stellar tx send",
                sign("--sign-with-key payer")
            ),
            "TxBadAuthExtra",
        ),
        (format!("{PAYMENT} --inclusion-fee 99"), "TxInsufficientFee"),
    ] {
        let said = world.fail(&line);
        assert!(said.contains(&format!("transaction submission failed: {why}")), "{line}: {said}");
    }
    assert_eq!((world.ledger(), world.balance("native", "payer")), (ledger, balance));

    let overtaken = world.run(&sign("--sign-with-key payer"));
    world.run("stellar tx new payment --source payer --destination admin --amount 1");
    let said = world.fail(&format!("stellar tx send {overtaken}"));
    assert!(said.contains("TxBadSeq"), "{said}");
}

#[test]
fn an_account_of_two_needs_both() {
    let world = World::new();
    world.run(
        "stellar tx new set-options --source payer --signer admin --signer-weight 1 \
         --med-threshold 2 --high-threshold 2",
    );
    let said = world.fail(PAYMENT);
    assert!(said.contains("OpBadAuth"), "{said}");
    let sent = world.json(&format!(
        "{PAYMENT} --build-only | stellar tx sign --sign-with-key payer \
         | stellar tx sign --sign-with-key admin | stellar tx send"
    ));
    assert_eq!(sent["status"], "SUCCESS");
}

#[test]
fn a_transaction_of_several_operations_happens_whole_or_not_at_all() {
    let world = World::new();
    let two = |amount: &str| {
        format!(
            "{PAYMENT} --build-only --inclusion-fee 200 \
             | stellar tx operation add payment --source payer --operation-source-account admin \
               --destination stranger --amount {amount} \
             | stellar tx sign --sign-with-key payer | stellar tx sign --sign-with-key admin \
             | stellar tx send"
        )
    };
    let before = world.balance("native", "stranger");
    let said = world.fail(&two("100_000_000_001"));
    assert!(said.contains("Underfunded"), "{said}");
    assert_eq!(world.balance("native", "stranger"), before);
    world.run(&two("20_000_000"));
    assert_eq!(world.balance("native", "stranger"), before + 3 * ONE);
}

#[test]
fn where_ledgers_close_by_the_clock_the_cli_waits_for_the_next_one() {
    let block_time = Some(Duration::from_millis(500));
    let world = World::with(Options { block_time, ..Options::default() });
    let signed =
        world.run(&format!("{PAYMENT} --build-only | stellar tx sign --sign-with-key payer"));
    let before = world.ledger();
    let sent = world.json(&format!("stellar tx send {signed}"));
    assert_eq!(sent["status"], "SUCCESS");
    assert!(sent["ledger"].as_u64() > Some(before.into()), "{sent}");
}
