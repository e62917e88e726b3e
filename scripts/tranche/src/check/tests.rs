use super::*;
use serde_json::json;

const NOW: u64 = 1_800_000_000;
const TOKEN: &str = "CDSGKZ34G5IPVIG3D4LJUGX6K6EWFXCEVMBV5SMWOVNAP3GUOZBU7R32";
const ESCROW: &str = "CBOH6LQLKPQZVVBK36JNHIZ6LDKAPGEBLZN2YFBSKHTNILRXQ4OZ4NTR";
const SECRET: &str = "SCZ5VBFVGE4SLZV5WJO33LEEU36EEOEHWO27KYJIIUWGOKZB2OSNAQBI";
const MUXED: &str = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";
const STRANGER: &str = "GALNSBQKJ2HSFVS4ZPLCCVQX42AL2L7DVSZTOSURARTIH7VRBVAEKZGV";
const PEOPLE: [(&str, &str); 7] = [
    ("payer", "GCRN5PMAG5FM5QLCH7BUZPRQ7UIW37LBZLF2BIDEOSG4ZQ6HYRC45ALA"),
    ("admin", "GCGF42FAKRBE72WIFU7M577CVVTR3CBGMKXEVPVAMC2M3WXTUKVAZI6D"),
    ("platform", "GCE3RHAAKDI5MH4UHOJMZ3TKJEA2QKWJKGNXI3CRXQND52URYVD7RUWL"),
    ("approver", "GCQWQ3NXYJKWJC45QUDXNUCTCNP3LFNNAEJS6ROLFNJRMRA5H2P6CCIP"),
    ("provider", "GBK4HMMPZU3HGEUR6IT3ZWRRHBD6P4OISMUGFVLF5G2B6H4XRPWPD7WP"),
    ("signer", "GBII6MKB7G3EZIIGRPAS7L7FC6SOIRDGRDGEAWPRGCJCZ2UZXCVHBGCT"),
    ("resolver", "GAE6YW2KBQXVRUZWAAFWFHMLEWENH5YJUVYCRUS4CFS7YJO4AJQ653B4"),
];

fn address(name: &str) -> Option<String> {
    PEOPLE.iter().find(|(known, _)| *known == name).map(|(_, address)| (*address).into())
}

fn file() -> Value {
    json!({
        "engagement_id": "E-1",
        "roles": {
            "payer": "payer", "admin": "admin", "platform": "platform",
            "approvers": ["approver"], "service_providers": ["provider"],
            "release_signers": ["signer"], "dispute_resolvers": ["resolver"],
        },
        "token": TOKEN,
        "platform_fee_bps": 100,
        "policy": {
            "release_quorum": 1, "resolve_quorum": 1,
            "review_window": 604_800, "dispute_window": 0, "fallback": "Even",
        },
        "milestones": [
            { "title": "Walls", "amount": "1000.50", "due": "2027-03-01" },
            { "amount": "50", "receiver": STRANGER, "due": NOW },
        ],
        "total": "1050.50",
    })
}

fn check(file: &Value) -> (Option<Draft>, Vec<String>) {
    let names = |name: &str| address(name);
    let mut reader = Reader::new(&names, NOW);
    let draft = terms_file(&mut reader, file, &Setting { token: TOKEN, decimals: Some(7) });
    (draft, reader.problems)
}

#[test]
fn a_good_file_becomes_what_the_contract_takes() {
    let (draft, problems) = check(&file());
    assert_eq!(problems, [""; 0]);
    let draft = draft.unwrap();
    assert_eq!(Some(&draft.terms.roles.payer), address("payer").as_ref());
    assert_eq!(draft.terms.policy.fallback, "Even");
    let milestones = serde_json::to_value(&draft.milestones).unwrap();
    let (walls, second) = (&milestones[0], &milestones[1]);
    assert_eq!(walls["amount"], "10005000000");
    assert_eq!(walls["receiver"].as_str(), address("provider").as_deref());
    assert_eq!(walls["due"], 1_803_945_599);
    assert_eq!(walls["approvals_required"], 1);
    assert_eq!((second["receiver"].as_str(), &second["due"]), (Some(STRANGER), &json!(NOW)));
}

#[test]
fn each_rule_is_told_with_its_place() {
    let many = vec!["payer"; 11];
    let cases = [
        ("/engagement_id", json!(null), "engagement_id: missing"),
        ("/engagement_id", json!("x".repeat(65)), "engagement_id: 65 bytes"),
        ("/title", json!("é".repeat(51)), "title: 102 bytes"),
        ("/title", json!(7), "title: this has to be text"),
        ("/description", json!("x".repeat(501)), "description: 501 bytes"),
        ("/document", json!("abc"), "document: this has to be a SHA-256"),
        ("/surprise", json!(1), "surprise: unknown field"),
        ("/roles/boss", json!("payer"), "roles.boss: unknown field"),
        ("/policy/x", json!(1), "policy.x: unknown field"),
        ("/milestones/0/x", json!(1), "milestones[0].x: unknown field"),
        ("/roles", json!([]), "roles: this has to be an object"),
        ("/roles/payer", json!(null), "roles.payer: missing"),
        ("/roles/payer", json!(1), "roles.payer: this has to be an address"),
        ("/roles/payer", json!(SECRET), "roles.payer: this is a secret key"),
        ("/roles/payer", json!(MUXED), "roles.payer: this is a muxed account"),
        ("/roles/payer", json!(STRANGER.replace("GAL", "GAM")), "roles.payer: its checksum"),
        ("/roles/payer", json!("nobody"), "roles.payer: \"nobody\" is neither an address"),
        ("/roles/admin", json!(TOKEN), "roles.admin: the token's address"),
        ("/roles/approvers", json!([]), "roles.approvers: 0 members"),
        ("/roles/approvers", json!(many), "roles.approvers: 11 members"),
        ("/roles/approvers", json!("payer"), "roles.approvers: this has to be a list"),
        ("/roles/approvers/1", json!("approver"), "roles.approvers[1]: GCQW"),
        ("/roles/dispute_resolvers/0", json!("payer"), "roles.dispute_resolvers[0]: GCRN"),
        ("/roles/dispute_resolvers/0", json!("approver"), "is in approvers too"),
        ("/roles/observers", json!(["observer"]), "roles.observers[0]: \"observer\" is neither"),
        ("/platform_fee_bps", json!(3_001), "platform_fee_bps: this has to be a whole number"),
        ("/platform_fee_bps", json!(null), "platform_fee_bps: missing"),
        ("/policy/release_quorum", json!(0), "policy.release_quorum: this has to be"),
        ("/policy/release_quorum", json!(2), "from 1 to 1"),
        ("/policy/resolve_quorum", json!(2), "policy.resolve_quorum: this has to be"),
        ("/policy/review_window", json!(315_360_001), "policy.review_window: this has to be"),
        ("/policy/dispute_window", json!(-1), "policy.dispute_window: this has to be"),
        ("/policy/fallback", json!("Burn"), "policy.fallback: this has to be one of"),
        ("/milestones", json!([]), "milestones: an escrow has at least one"),
        ("/milestones/1/amount", json!(null), "milestones[1].amount: missing"),
        ("/milestones/1/amount", json!(50), "milestones[1].amount: write the amount in quotes"),
        ("/milestones/1/amount", json!("0"), "milestones[1].amount: an amount is above zero"),
        ("/milestones/1/amount", json!("-1"), "milestones[1].amount: an amount cannot be negative"),
        ("/milestones/1/amount", json!("0.12345678"), "milestones[1].amount: 8 decimals"),
        ("/milestones/1/title", json!("x".repeat(101)), "milestones[1].title: 101 bytes"),
        ("/milestones/1/receiver", json!(TOKEN), "milestones[1].receiver: the token's"),
        ("/milestones/1/approvals_required", json!(2), "milestones[1].approvals_required: this"),
        ("/milestones/1/due", json!(NOW - 1), "milestones[1].due: 2027-01-15 07:59:59 UTC is past"),
        ("/milestones/1/due", json!("tomorrow"), "milestones[1].due: this has to be 2027-03-01"),
        ("/milestones/1", json!("x"), "milestones[1]: this has to be an object"),
        ("/total", json!("1050"), "total: it says 1050, and the milestones' amounts sum to 1050.5"),
        (
            "/milestones/1/amount",
            json!("17014118346046923173168730371588.4105727"),
            "milestones: their sum is larger",
        ),
    ];
    for (place, value, expected) in cases {
        let mut file = file();
        put(&mut file, place, value);
        let (_, problems) = check(&file);
        assert!(problems.iter().any(|one| one.contains(expected)), "{place}: {problems:?}");
        assert!(!problems.iter().any(|one| one.contains(SECRET)), "{problems:?}");
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let mut file = file();
    put(&mut file, "/roles/payer", json!("nobody"));
    put(&mut file, "/policy/fallback", json!("Burn"));
    put(&mut file, "/milestones/0/amount", json!("x"));
    assert_eq!(check(&file).1.len(), 3);
}

#[test]
fn without_resolvers_and_signers_the_quorums_are_zero() {
    let mut file = file();
    put(&mut file, "/roles/dispute_resolvers", json!([]));
    put(&mut file, "/roles/release_signers", json!(null));
    assert_eq!(check(&file).1.len(), 2);
    put(&mut file, "/policy/resolve_quorum", json!(0));
    put(&mut file, "/policy/release_quorum", json!(0));
    assert_eq!(check(&file).1, [""; 0]);
}

#[test]
fn the_escrow_itself_holds_no_seat_and_receives_nothing() {
    let mut file = file();
    put(&mut file, "/roles/observers", json!([ESCROW]));
    put(&mut file, "/milestones/0/receiver", json!(ESCROW));
    let names = |name: &str| address(name);
    let mut reader = Reader::new(&names, NOW);
    let setting = Setting { token: TOKEN, decimals: Some(7) };
    let draft = terms_file(&mut reader, &file, &setting).unwrap();
    own_address(&mut reader, &draft, ESCROW);
    assert_eq!(reader.problems.len(), 2, "{:?}", reader.problems);
}

#[test]
fn a_token_is_a_contract_or_an_asset() {
    let read = |text: Value| token(&json!({ "token": text }));
    assert!(matches!(read(json!(TOKEN)), Ok(Token::Contract(_))));
    assert!(matches!(read(json!("native")), Ok(Token::Asset(_))));
    assert!(matches!(read(json!("USDC:GABC")), Ok(Token::Asset(_))));
    for (text, why) in [
        (json!(null), "missing"),
        (json!(STRANGER), "this is an account"),
        (json!(SECRET), "secret key"),
        (json!("usdc"), "this has to be a token contract"),
    ] {
        assert!(read(text).err().unwrap().contains(why));
    }
}

#[test]
fn edits_name_a_milestone_and_what_changes() {
    let names = |name: &str| address(name);
    let read = |file: Value| {
        let mut reader = Reader::new(&names, NOW);
        let found = edits(&mut reader, &file, 1, TOKEN);
        (serde_json::to_value(found).unwrap(), reader.problems)
    };
    let (found, problems) = read(json!([{ "milestone": 1, "due": "+1d", "receiver": "signer" }]));
    assert_eq!(problems, [""; 0]);
    assert_eq!((&found[0]["due"], &found[0]["title"]), (&json!(NOW + 86_400), &json!(null)));
    let (_, problems) = read(json!([{ "title": "x", "amount": "1" }]));
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(read(json!({})).1.len(), 1);
}

/// Sets what a pointer names; a field or an item at the end is added.
fn put(file: &mut Value, place: &str, value: Value) {
    let (parent, last) = place.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap() {
        Value::Array(items) => {
            let i: usize = last.parse().unwrap();
            if i < items.len() { items[i] = value } else { items.push(value) }
        }
        Value::Object(fields) => {
            fields.insert(last.into(), value);
        }
        other => panic!("{place}: {other}"),
    }
}
