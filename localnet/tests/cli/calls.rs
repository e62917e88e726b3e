//! Calls of a contract: what is sent, who signs, and what is told when they fail.

use crate::world::{ONE, World, invoke};

const FUND: &str = "fund --payer payer --through 0 --amount 1010000000 --revision 0";

#[test]
fn what_is_sent_is_what_changes_something_or_what_one_insists_on() {
    let world = World::with_escrow();
    let sent = |line: &str| {
        let before = world.ledger();
        let (printed, said) = world.say(line);
        (world.ledger() - before, printed, said)
    };
    let balances = r#"{"balance":"0","credited":"0","reserved":"0","unreserved":"0"}"#;
    let read = invoke("payer", "get_balances");
    let (transactions, printed, said) = sent(&read);
    assert_eq!((transactions, printed.as_str()), (0, balances));
    assert!(said.contains("Simulation identified as read-only"), "{said}");
    let (transactions, printed, said) = sent(&read.replace("--id", "--send=yes --id"));
    assert_eq!((transactions, printed.as_str()), (1, balances));
    assert!(said.contains("Transaction submitted successfully!"), "{said}");

    let write = invoke("payer", FUND);
    let (transactions, _, said) = sent(&write.replace("--id", "--send=no --id"));
    assert_eq!(transactions, 0);
    assert!(said.contains("Event: Funded (funded)"), "what would be: {said}");
    assert_eq!(world.escrow("payer", "get_balances")["reserved"], "0");
    let (transactions, printed, said) = sent(&write);
    assert_eq!((transactions, printed.as_str()), (1, ""));
    assert!(said.contains("Event: Funded (funded)"), "{said}");
    assert_eq!(world.escrow("payer", "get_balances")["reserved"], "1010000000");
}

#[test]
fn a_call_that_the_contract_refuses_is_not_sent_and_tells_the_error() {
    let world = World::with_escrow();
    let before = world.ledger();
    let said = world.fail(&invoke("payer", &FUND.replace("revision 0", "revision 1")));
    assert!(said.contains("HostError: Error(Contract, #50)"), "{said}");
    assert!(said.contains("failing with contract error"), "how it came about: {said}");
    assert_eq!(world.ledger(), before);
}

#[test]
fn a_call_that_fails_only_on_the_ledger_tells_why() {
    let world = World::with_escrow();
    let build = invoke("payer", FUND).replace("--id", "--build-only --id");
    let signed = world.run(&format!(
        "{build} | stellar tx simulate --source payer | stellar tx sign --sign-with-key payer"
    ));
    world.run(&invoke("admin", FUND));

    let (before, balance) = (world.ledger(), world.balance("native", "payer"));
    let said = world.fail(&format!("stellar tx send {signed}"));
    assert!(said.contains("Trapped"), "{said}");
    assert!(
        said.contains("Error event: [{\"symbol\":\"error\"},{\"error\":{\"contract\":61}}]"),
        "{said}"
    );
    assert_eq!(world.ledger(), before + 1);
    assert!(world.balance("native", "payer") < balance, "trying costs something");
}

#[test]
fn the_cli_signs_for_whoever_it_knows() {
    let world = World::with_escrow();
    let had = |token, name| world.balance(token, name);
    let (payer, admin) = (had("native", "payer"), had("native", "admin"));
    let tokens = had("usdc", "payer");
    world.run(&invoke("admin", FUND));
    assert_eq!(had("usdc", "payer"), tokens - 101 * ONE);
    assert_eq!(had("native", "payer"), payer, "it is the source that pays the fee");
    assert!(had("native", "admin") < admin);

    let ghost = world.run(
        "stellar keys generate ghost --fund
         stellar keys address ghost
         stellar keys rm ghost --force",
    );
    let said = world.fail(&format!(
        "stellar contract invoke --id native --source admin -- \
         transfer --from {ghost} --to admin --amount 1"
    ));
    assert!(said.contains(&format!("Missing signing key for account {ghost}")), "{said}");
}

#[test]
fn what_is_declared_too_low_is_refused() {
    let world = World::with_escrow();
    let with = |option: &str| invoke("payer", FUND).replace("--id", &format!("{option} --id"));
    let said = world.fail(&with("--resource-fee 1000"));
    assert!(said.contains("TxSorobanInvalid"), "{said}");
    let said = world.fail(&with("--inclusion-fee 99"));
    assert!(said.contains("TxInsufficientFee"), "{said}");
    let said = world.fail(&with("--instructions 1000000"));
    assert!(said.contains("ResourceLimitExceeded"), "{said}");
    assert_eq!(world.escrow("payer", "get_balances")["reserved"], "0");
    let (_, said) = world.say(&with("--instruction-leeway 5000000 --cost"));
    assert!(said.contains("Fee Charged"), "{said}");
    assert_eq!(world.escrow("payer", "get_balances")["reserved"], "1010000000");
}
