//! An escrow from its funding to its end, by `stellar` alone.

use crate::world::{DAY, ONE, World, deploy, invoke};
use localnet::Options;
use localnet::network::Pace;
use serde_json::{Value, json};

const FUND: &str = "fund --payer payer --through 1 --amount 1515000000 --revision 0";

#[test]
fn an_escrow_lives_from_funding_to_completion() {
    let world = World::with_escrow();
    let people = ["payer", "receiver", "platform"];
    let before = people.map(|name| world.balance("usdc", name));
    let call = |source: &str, call: &str| world.run(&invoke(source, call));

    call("payer", FUND);
    assert_eq!(world.escrow("payer", "get_escrow")["state"], "Active");
    complete(&world, &[0, 1]);
    let payouts = payouts(&world, &[0, 1]);
    call("approver", &format!("approve --approver approver --payouts '{payouts}'"));
    assert_eq!(world.escrow("payer", "get_milestone --i 1")["flags"]["approved"], true);
    call("signer", &format!("release --signer signer --payouts '{payouts}'"));
    assert_eq!(world.escrow("payer", "get_escrow")["state"], "Completed");

    let owed = world.escrow("stranger", "get_claimable --owner platform --milestones '[]'");
    assert_eq!(owed, "15000000");
    let claim =
        |owner: &str| invoke("stranger", &format!("claim --owner {owner} --milestones '[0]'"));
    world.run(&claim("platform"));
    for owner in ["platform", "receiver"] {
        let said = world.fail(&claim(owner));
        assert!(said.contains("Error(Contract, #84)"), "nothing is owed to {owner}: {said}");
    }
    let after = people.map(|name| world.balance("usdc", name));
    let moved: Vec<_> = after.iter().zip(before).map(|(after, before)| after - before).collect();
    assert_eq!(moved, [-1_515_000_000, 150 * ONE, 15_000_000]);
    assert_eq!(world.balance("usdc", "escrow"), 0);
}

#[test]
fn after_the_review_window_anybody_releases_what_nobody_approved() {
    let world = World::with(Options { pace: Pace::Still, ..Options::default() });
    world.run(&deploy("--wasm escrow.wasm --alias escrow"));
    world.run(&invoke("payer", FUND));
    complete(&world, &[0]);
    let payouts = payouts(&world, &[0]);
    let release = invoke("stranger", &format!("release --signer stranger --payouts '{payouts}'"));
    let before = world.balance("usdc", "receiver");

    world.advance_time(7 * DAY - 1);
    let said = world.fail(&release);
    assert!(said.contains("Error(Contract, #5)"), "only a release signer may do this now: {said}");
    world.advance_time(1);
    world.run(&release);
    assert_eq!(world.balance("usdc", "receiver"), before + 100 * ONE);
}

#[test]
fn a_ruling_splits_what_was_disputed() {
    let world = World::with_escrow();
    let (payer, receiver) = (world.balance("usdc", "payer"), world.balance("usdc", "receiver"));
    world.run(&invoke("payer", FUND));
    world.run(&invoke("payer", "dispute --party payer --milestones '[1]' --reason 'It leaks'"));
    let rulings = json!([{ "milestone": 1, "to_receiver": "200000000" }]);
    world.run(&invoke("resolver", &format!("resolve --resolver resolver --rulings '{rulings}'")));
    let roof = world.escrow("payer", "get_milestone --i 1");
    assert_eq!(roof["flags"]["resolved"], true);
    assert_eq!(roof["reason"], "It leaks");
    assert_eq!(world.balance("usdc", "receiver"), receiver + 20 * ONE);
    assert_eq!(world.balance("usdc", "payer"), payer - 1_515_000_000 + 303_000_000);
}

fn complete(world: &World, milestones: &[u32]) {
    let update = |milestone: &u32| {
        let (status, note) = ("Completed", "Done");
        json!({ "milestone": milestone, "status": status, "note": note, "evidence": null })
    };
    let updates: Value = milestones.iter().map(update).collect();
    let call = format!("change_status --provider provider --updates '{updates}'");
    world.run(&invoke("provider", &call));
}

/// What is to be agreed to, as the milestones stand.
fn payouts(world: &World, milestones: &[u32]) -> Value {
    let payout = |milestone: &u32| {
        let stands = world.escrow("payer", &format!("get_milestone --i {milestone}"));
        json!({
            "milestone": milestone,
            "revision": stands["revision"],
            "receiver": stands["receiver"],
            "amount": stands["amount"],
        })
    };
    milestones.iter().map(payout).collect()
}
