//! Assets as contracts.

use crate::world::{ONE, World};

#[test]
fn the_contract_of_an_asset_is_deployed_once_where_everybody_expects_it() {
    let world = World::new();
    let id = world.run("stellar contract id asset --asset EURC:issuer");
    let said = world.fail("stellar token symbol --id EURC:issuer");
    assert!(said.contains(&format!("the Stellar Asset Contract {id} is not deployed")), "{said}");

    let deploy = "stellar contract asset deploy --asset EURC:issuer --source stranger";
    assert_eq!(world.run(deploy), id);
    assert_eq!(world.run("stellar token symbol --id EURC:issuer"), "EURC");
    assert_eq!(world.run("stellar token decimals --id EURC:issuer"), "7");
    let name = format!("EURC:{}", world.address("issuer"));
    assert_eq!(world.run("stellar token name --id EURC:issuer"), name);
    let interface = world.run(&format!("stellar contract info interface --id {id}"));
    assert!(interface.contains("fn transfer("), "{interface}");
    let said = world.fail(deploy);
    assert!(said.contains("Error(Storage, ExistingValue)"), "{said}");
}

#[test]
fn tokens_are_transferred_allowed_and_burnt() {
    let world = World::new();
    let start = world.balance("usdc", "payer");
    world.run(
        "stellar contract invoke --id usdc --source payer -- \
         transfer --from payer --to stranger --amount 30000000",
    );
    world.run("stellar token transfer --id usdc --from payer --to stranger --amount 40000000");
    assert_eq!(world.balance("usdc", "payer"), start - 7 * ONE);
    assert_eq!(world.balance("usdc", "stranger"), start + 7 * ONE);
    let decimal = world.run("stellar token balance --id usdc --account payer --decimal");
    assert_eq!(decimal, "999993");

    let until = world.ledger() + 100;
    world.run(&format!(
        "stellar token approve --id usdc --from payer --spender stranger --amount 50000000 \
         --expiration-ledger {until}"
    ));
    let allowance =
        || world.run("stellar token allowance --id usdc --from payer --spender stranger");
    assert_eq!(allowance(), "50000000");
    world.run(
        "stellar token transfer-from --id usdc --spender stranger --from payer --to admin \
         --amount 10000000",
    );
    world
        .run("stellar token burn-from --id usdc --spender stranger --from payer --amount 10000000");
    world.run("stellar token burn --id usdc --from stranger --amount 10000000");
    assert_eq!(allowance(), "30000000");
    assert_eq!(world.balance("usdc", "payer"), start - 9 * ONE);
    assert_eq!(world.balance("usdc", "admin"), start + ONE);
    assert_eq!(world.balance("usdc", "stranger"), start + 6 * ONE);
    world.advance_ledgers(100);
    assert_eq!(allowance(), "0", "it has expired");
}

#[test]
fn xlm_is_a_token_too() {
    let world = World::new();
    world.run("stellar keys generate new");
    world.run("stellar token transfer --id native --from payer --to new --amount 50000000");
    assert_eq!(world.balance("native", "new"), 5 * ONE, "the transfer has made the account");
    assert_eq!(world.account("new")["balance"], "50000000");
}

#[test]
fn the_issuer_mints_and_freezes() {
    let world = World::new();
    let start = world.balance("usdc", "stranger");
    let issuer = "stellar contract invoke --id usdc --source issuer --";
    world.run(&format!("{issuer} mint --to stranger --amount 5"));
    assert_eq!(world.balance("usdc", "stranger"), start + 5);
    let said = world.fail(&format!("{issuer} set_authorized --id stranger --authorize false"));
    assert!(said.contains("issuer does not have AUTH_REVOCABLE set"), "{said}");

    world.run("stellar tx new set-options --source issuer --set-revocable");
    world.run(&format!("{issuer} set_authorized --id stranger --authorize false"));
    let said = world.fail("stellar token transfer --id usdc --from stranger --to payer --amount 1");
    assert!(said.contains("Error(Contract, #11)"), "the balance is frozen: {said}");
    world.run("stellar keys generate new --fund");
    let said = world.fail("stellar token transfer --id usdc --from payer --to new --amount 1");
    assert!(said.contains("Error(Contract, #13)"), "there is no trustline: {said}");
}
