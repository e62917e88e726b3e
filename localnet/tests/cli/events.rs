//! What contracts have said.

use crate::world::{World, invoke};
use serde_json::Value;

#[test]
fn events_are_found_by_contract_and_by_topic() {
    let world = World::with_escrow();
    let start = world.ledger();
    let fund = "fund --payer payer --through 1 --amount 1515000000 --revision 0";
    world.run(&invoke("payer", fund));
    let funded = world.ledger();

    let of_escrow = events(&world, &format!("--start-ledger {start} --id escrow --count 100"));
    let names: Vec<_> = of_escrow.iter().map(|event| &event["event_name"]).collect();
    assert_eq!(names.first(), Some(&&Value::from("Created")));
    assert_eq!(names.last(), Some(&&Value::from("Funded")));
    let last = &of_escrow[of_escrow.len() - 1];
    assert_eq!(last["ledger"], funded);
    assert_eq!(last["params"]["payer"], world.address("payer"));
    assert_eq!(last["params"]["amount"], "1515000000");

    let symbol = |name: &str| encode(&world, &format!("{{\"symbol\":\"{name}\"}}"));
    let address =
        |name: &str| encode(&world, &format!("{{\"address\":\"{}\"}}", world.address(name)));
    let (name, payer, admin) = (symbol("funded"), address("payer"), address("admin"));
    let by_topic =
        |topic: &str| events(&world, &format!("--start-ledger {start} --topic '{topic}'"));
    for topic in [format!("{name},*"), format!("{name},**"), format!("{name},{payer}")] {
        assert_eq!(by_topic(&topic), std::slice::from_ref(last), "{topic}");
    }
    for topic in [name.clone(), format!("{name},{admin}"), format!("{name},*,*")] {
        assert_eq!(by_topic(&topic), [Value::Null; 0], "{topic}");
    }
    let seats = by_topic(&format!("{},{admin}", symbol("seat")));
    assert_eq!(seats[0]["params"]["gained"], true);

    let transfers = events(&world, &format!("--start-ledger {funded} --id usdc"));
    assert_eq!(transfers[0]["prefix_topics"], serde_json::json!(["transfer"]));
    let system = format!("--start-ledger {start} --type system");
    assert_eq!(events(&world, &system), [Value::Null; 0]);
}

#[test]
fn events_are_told_page_by_page() {
    let world = World::with_escrow();
    let all = events(&world, "--start-ledger 1 --count 1000");
    let mut pages = events(&world, "--start-ledger 1 --count 7");
    while let Some(last) = pages.last().filter(|_| pages.len() < all.len()) {
        let cursor = last["id"].as_str().expect("text").to_owned();
        let page = events(&world, &format!("--cursor {cursor} --count 7"));
        assert!(page.len() == 7 || pages.len() + page.len() == all.len());
        pages.extend(page);
    }
    assert_eq!(pages, all);
}

#[test]
fn events_of_ledgers_to_come_cannot_be_asked_for() {
    let world = World::new();
    let (latest, next) = (world.ledger(), world.ledger() + 1);
    let said = world.fail(&format!("stellar events --start-ledger {next}"));
    assert!(said.contains(&format!("within the ledger range: 1 - {latest}")), "{said}");
}

/// What is printed of events, one in a line.
fn events(world: &World, options: &str) -> Vec<Value> {
    let printed = world.run(&format!("stellar events --output json {options}"));
    printed.lines().map(|line| serde_json::from_str(line).expect("an event")).collect()
}

fn encode(world: &World, value: &str) -> String {
    let encode = "stellar xdr encode --type ScVal --input json --output single-base64";
    world.run(&format!("echo '{value}' | {encode}"))
}
