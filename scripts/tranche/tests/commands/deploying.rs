//! Deploying, and the address that can be known before.

use crate::world::{PAYERS_KEY, World, end};
use serde_json::json;

const EXAMPLE: &str = include_str!("../../../examples/arbitrated.json");

#[test]
fn the_address_is_known_without_a_network_and_is_deployed_to_once() {
    let world = World::new();
    let mut command =
        world.command(&["address", "--deployer", "admin", "--engagement", "HOUSE-1", "--json"]);
    command.env("STELLAR_RPC_URL", "http://127.0.0.1:9");
    let known: serde_json::Value = serde_json::from_str(&end(command).printed).unwrap();
    let terms = world.file("terms.json", EXAMPLE);
    let told = world.json(&["deploy", "--terms", &terms, "--source", "admin"]);
    assert_eq!(told["id"], known["id"]);
    let id = told["id"].as_str().unwrap();
    assert_eq!(told["look"], format!("scripts/status --id {id}"));
    let told = world.stellar(&["contract", "info", "hash", "--id", id]);
    let status = world.status(id);
    assert_eq!(status["wasm_hash"], told);

    let again = world.command(&["deploy", "--terms", &terms, "--source", "admin"]);
    let said = world.nothing_sent(again, 1);
    assert!(said.contains(&format!("deployed already, at {id}")), "{said}");
    let mut longer: serde_json::Value = serde_json::from_str(EXAMPLE).unwrap();
    longer["milestones"].as_array_mut().unwrap().push(json!({ "amount": "1" }));
    longer["total"] = json!("151.5");
    let longer = world.file("longer.json", longer.to_string());
    let again = world.command(&["deploy", "--terms", &longer, "--source", "admin"]);
    let said = world.nothing_sent(again, 1);
    assert!(said.contains("has 2 of the file's 3 milestones"), "{said}");
}

#[test]
fn a_payer_who_has_too_little_is_told_why() {
    let world = World::new();
    let terms = EXAMPLE.replace("\"100\"", "\"10000.50\"").replace("150.50", "10051");
    let id = world.deploy(&world.file("terms.json", &terms), "admin");
    let said = world.refused(&id, "payer", "fund --through 0");
    assert!(said.contains("locks       10,100.505 XLM, fees included"), "{said}");
    assert!(said.contains("TransferFailed, error 80"), "{said}");
    assert!(said.contains("The token: the balance does not suffice"), "{said}");
}

#[test]
fn the_code_is_uploaded_once() {
    let world = World::new();
    let deploy = |engagement: &str| {
        let terms = world.file("terms.json", EXAMPLE.replace("HOUSE-1", engagement));
        let ended = end(world.command(&["deploy", "--terms", &terms, "--source", "admin"]));
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        ended.said
    };
    assert!(deploy("A").contains("Uploading the code"));
    assert!(!deploy("B").contains("Uploading the code"));
}

#[test]
fn terms_that_can_get_stuck_are_warned_of() {
    let world = World::new();
    let terms = EXAMPLE.replace("1209600", "0").replace("\"due\": \"+60d\"", "\"due\": 0");
    let terms = world.file("terms.json", &terms);
    let ended = end(world.command(&["deploy", "--terms", &terms, "--source", "admin"]));
    for way in ["SilentResolvers", "SilentProvider"] {
        assert!(ended.said.contains(&format!("money can get stuck ({way})")), "{}", ended.said);
    }
    let id = ended.printed.lines().next().unwrap();
    let stuck = world.status(id)["escrow"]["stuck"].take();
    assert_eq!(stuck, json!(["SilentResolvers", "SilentProvider"]));
}

#[test]
fn all_that_is_wrong_with_a_file_is_told_before_anything_is_sent() {
    let world = World::new();
    let cases = [
        ("{", 2, "is not JSON"),
        ("[]", 2, "token: missing"),
        (
            &EXAMPLE.replace("\"payer\": \"payer\"", "\"payer\": \"nobody\""),
            2,
            "roles.payer: \"nobody\"",
        ),
        (
            &EXAMPLE.replace("\"payer\": \"payer\"", "\"payr\": \"payer\""),
            2,
            "roles.payr: unknown field",
        ),
        (
            &EXAMPLE.replace("\"observer\"", &format!("\"{PAYERS_KEY}\"")),
            2,
            "roles.observers[0]: this is a secret key",
        ),
        (&EXAMPLE.replace("\"50.50\"", "\"50.12345678\""), 2, "milestones[1].amount: 8 decimals"),
        (
            &EXAMPLE.replace("\"50.50\"", "\"-50.50\""),
            2,
            "milestones[1].amount: an amount cannot be negative",
        ),
        (&EXAMPLE.replace("\"admin\": \"admin\"", "\"admin\": \"payer\""), 2, "is not who deploys"),
        (&EXAMPLE.replace("native", "USDC:nobody"), 2, "is no asset"),
        (&EXAMPLE.replace("native", "USDC:stranger"), 1, "no contract"),
    ];
    for (terms, code, words) in cases {
        let path = world.file("terms.json", terms);
        let command = world.command(&["deploy", "--terms", &path, "--source", "admin"]);
        let said = world.nothing_sent(command, code);
        assert!(said.contains(words), "{words}: {said}");
        assert!(!said.contains(PAYERS_KEY), "{said}");
    }
    let missing = world.command(&["deploy", "--terms", "none.json", "--source", "admin"]);
    assert!(world.nothing_sent(missing, 2).contains("none.json: No such file"));
}
