//! State files that are damaged, or that there is no room for.

use crate::alone;
use crate::dice::Dice;
use crate::kill::pay;
use crate::program::{Folder, Program};
use crate::wallet::payment;
use crate::wire::Wire;
use localnet::accounts::named;
use localnet::genesis;
use localnet::ledger::Entries;
use localnet::network::{Network, Opened, Pace};
use localnet::settings::Settings;
use localnet::store::{Store, StoreError};
use serde_json::{Value, json};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;
use stellar_xdr::Hash;

const INTERNAL_ERROR: i64 = -32603;

/// Everything that a state file has to give back.
#[derive(PartialEq)]
struct State {
    hashes: Vec<Hash>,
    entries: Entries,
    now: u64,
}

impl State {
    fn of(net: &Network) -> Self {
        let hashes = net.history.from(0).map(|closed| closed.hash.clone()).collect();
        Self { hashes, entries: net.entries.clone(), now: net.now() }
    }
}

fn open(path: &str) -> Result<Opened, StoreError> {
    Network::open(Store::open(path.as_ref())?, Settings::Mainnet, Pace::Still)
}

/// A file with some history: as it is while it is in use, which is how a program that is killed
/// leaves it; and as it is when its program has ended.
fn files(folder: &Folder) -> ([Vec<u8>; 2], State) {
    let path = folder.file("whole.db");
    let Ok(Opened::Empty(store)) = open(&path) else { panic!("a new file") };
    let mut net = Network::new(Settings::Mainnet, Pace::Still);
    genesis::build(&mut net, &named(14));
    net.keep_in(store).expect("room for a file");
    for seconds in 0..50 {
        net.advance_time(seconds).expect("room for a ledger");
    }
    let (in_use, state) = (fs::read(&path).unwrap(), State::of(&net));
    drop(net);
    ([in_use, fs::read(&path).unwrap()], state)
}

fn damage(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let at = dice.below(bytes.len());
    match dice.below(5) {
        0 => bytes.truncate(at.max(1)),
        // The header, on which everything hangs.
        1 => bytes[at % 320] ^= 1 << dice.below(8),
        2 => bytes[at] ^= 1 << dice.below(8),
        3 => (0..1_000).for_each(|_| {
            let at = dice.below(bytes.len());
            bytes[at] ^= 0xff;
        }),
        _ => {
            let end = (at + 4096).min(bytes.len());
            bytes[at..end].fill(0);
        }
    }
}

#[test]
fn a_damaged_file_is_refused_or_gives_back_all() {
    let _turn = alone();
    let folder = Folder::new();
    let (files, whole) = files(&folder);
    let path = folder.file("damaged.db");
    let (mut dice, mut refused) = (Dice::new(11), 0);
    for round in 0..400 {
        let mut bytes = files[round % 2].clone();
        damage(&mut dice, &mut bytes);
        fs::write(&path, &bytes).unwrap();
        match open(&path) {
            Ok(Opened::Network(net)) => assert!(State::of(&net) == whole, "round {round}"),
            Ok(Opened::Empty(_)) => panic!("a file that is forgotten, in round {round}"),
            Err(error) => {
                assert!(error.to_string().contains(&path), "{error}");
                refused += 1;
            }
        }
    }
    assert!((100..300).contains(&refused), "{refused} are refused");
}

#[test]
fn the_program_says_in_one_sentence_that_a_file_is_damaged() {
    let _turn = alone();
    let folder = Folder::new();
    let (files, _) = files(&folder);
    let path = folder.file("damaged.db");
    let mut dice = Dice::new(12);
    for round in 0..20 {
        let mut bytes = files[round % 2].clone();
        damage(&mut dice, &mut bytes);
        fs::write(&path, &bytes).unwrap();
        if let Err(complaint) = Program::try_start(&["--state", &path]) {
            assert!(complaint.contains(&path), "{complaint}");
        }
    }
}

#[test]
fn a_program_that_is_killed_at_its_first_start_can_be_started_again() {
    let _turn = alone();
    let folder = Folder::new();
    for round in 0..40 {
        let path = folder.file(&format!("{round}.db"));
        Program::kill_after(Duration::from_micros(500 * round), &["--state", &path]);
        pay(&mut Program::start(&["--state", &path]).wire());
    }
}

#[test]
fn without_room_for_a_ledger_none_closes_and_all_else_goes_on() {
    let _turn = alone();
    let folder = Folder::new();
    let path = folder.file("net.db");
    Program::start(&["--state", &path]).kill();
    let kilobytes = fs::metadata(&path).unwrap().len() / 1024;
    // The signal that usually comes with this limit does not come from a disk that is full.
    let limit = format!("trap '' XFSZ && ulimit -f {}", kilobytes + 60);
    let program = Program::start_after(&limit, &["--state", &path]);
    let mut wire = program.wire();
    let mut applied = Vec::new();
    let [payer, payee] = named(2).try_into().unwrap();
    let refused = loop {
        let used = wire.account(&payer).seq_num.0;
        let (hash, envelope) = payment(&payer, used, &payee, 1);
        match wire.call("sendTransaction", json!({ "transaction": envelope })).unwrap() {
            Ok(answer) => assert_eq!(answer["status"], "PENDING"),
            Err(error) => {
                assert_is_about_the_file(&error);
                break hash;
            }
        }
        applied.push(hash);
    };
    let stands = |wire: &mut Wire| {
        (
            wire.ask("getLatestLedger", json!({})),
            wire.ask("getHealth", json!({})),
            wire.account(&payer),
        )
    };
    let before = stands(&mut wire);
    let snapshot = wire.ask("localnet_snapshot", json!({}));
    for (method, params) in [
        ("localnet_advanceTime", json!({ "seconds": 86_400 })),
        ("localnet_advanceLedgers", json!({ "count": 5 })),
        ("localnet_restore", snapshot),
    ] {
        let error = wire.call(method, params).unwrap().expect_err(method);
        assert_is_about_the_file(&error);
    }
    assert_eq!(wire.fate(&refused), "NOT_FOUND");
    assert!(stands(&mut wire) == before, "something has changed");
    program.kill();

    let program = Program::start(&["--state", &path]);
    let mut wire = program.wire();
    assert!(stands(&mut wire) == before, "not all of it is there");
    assert!(applied.iter().all(|hash| wire.fate(hash) == "SUCCESS"));
    assert_eq!(wire.fate(&refused), "NOT_FOUND");
    pay(&mut wire);
}

fn assert_is_about_the_file(error: &Value) {
    assert_eq!(error["code"], INTERNAL_ERROR);
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("the state file cannot be written"), "{message}");
}

#[test]
fn a_folder_that_nobody_may_write_to_is_told_in_one_sentence() {
    let folder = Folder::new();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    // Some users may write anywhere but there.
    let is_for_all = fs::write(folder.file("try"), "").is_ok();
    let path = if is_for_all { "/sys/net.db".into() } else { folder.file("net.db") };
    let complaint = Program::try_start(&["--state", &path]).err().expect("it does not start");
    assert!(complaint.contains(&path), "{complaint}");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
}
