//! A program that is killed with `kill -9`, again and again, while it is busy.

use crate::alone;
use crate::dice::Dice;
use crate::program::{Folder, Program};
use crate::wallet::payment;
use crate::wire::Wire;
use localnet::accounts::{Account, STARTING_STROOPS, named};
use localnet::settings::{BASE_FEE_STROOPS, LEDGER_SECONDS};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use stellar_xdr::{LedgerHeaderHistoryEntry, Limits, ReadXdr};

const ROUNDS: usize = 25;
const PAYERS: usize = 4;
const DAY: u64 = 86_400;
const INVALID_PARAMS: i64 = -32602;

/// What an account has paid, as far as it knows.
struct Payer {
    account: Account,
    payee: Account,
    /// What was acknowledged.
    hashes: Vec<String>,
    spent: i64,
}

/// A payment that was not answered: it may have been applied.
struct Unanswered {
    hash: String,
    amount: i64,
}

impl Payer {
    fn new((account, payee): (Account, Account)) -> Self {
        Self { account, payee, hashes: Vec::new(), spent: 0 }
    }

    /// Pays as fast as it can, until nobody answers.
    fn pay(&mut self, mut wire: Wire) -> Unanswered {
        let mut used = wire.account(&self.account).seq_num.0;
        loop {
            let amount = 1 + self.hashes.len() as i64;
            let (hash, envelope) = payment(&self.account, used, &self.payee, amount);
            match wire.call("sendTransaction", json!({ "transaction": envelope })) {
                Ok(answer) => assert_eq!(answer.expect("a result")["status"], "PENDING"),
                Err(_) => return Unanswered { hash, amount },
            }
            self.note(hash, amount);
            used += 1;
        }
    }

    fn note(&mut self, hash: String, amount: i64) {
        self.hashes.push(hash);
        self.spent += amount + i64::from(BASE_FEE_STROOPS);
    }

    /// Finds everything that it was told, and what it was not told of the last payment.
    fn check(&mut self, wire: &mut Wire, since: usize, last: Unanswered) {
        if wire.fate(&last.hash) == "SUCCESS" {
            self.note(last.hash, last.amount);
        }
        for hash in &self.hashes[since..] {
            assert_eq!(wire.fate(hash), "SUCCESS", "{hash}");
        }
        assert_eq!(wire.account(&self.account).balance, STARTING_STROOPS - self.spent);
    }
}

#[test]
fn what_was_acknowledged_is_there_whenever_it_is_killed() {
    let _turn = alone();
    let folder = Folder::new();
    let state = folder.file("net.db");
    let start = || Program::start(&["--state", &state]);
    let (mut dice, mut ahead, mut jumps) = (Dice::new(9), 0, BTreeSet::new());
    let mut everybody = named(2 * PAYERS);
    let payees = everybody.split_off(PAYERS);
    let mut payers: Vec<_> = everybody.into_iter().zip(payees).map(Payer::new).collect();
    for round in 0..ROUNDS {
        let program = start();
        let since: Vec<_> = payers.iter().map(|payer| payer.hashes.len()).collect();
        let unanswered: Vec<_> = thread::scope(|scope| {
            let paying: Vec<_> = payers
                .iter_mut()
                .map(|payer| (payer, program.wire()))
                .map(|(payer, wire)| scope.spawn(move || payer.pay(wire)))
                .collect();
            thread::sleep(Duration::from_millis(dice.below(300) as u64));
            if round % 4 == 0 {
                let told = program.wire().ask("localnet_advanceTime", json!({ "seconds": 3_600 }));
                jumps.insert(told["latestLedger"].as_u64().expect("a number"));
                ahead += 3_600;
            }
            program.kill();
            paying.into_iter().map(|thread| thread.join().expect("a payer")).collect()
        });
        let program = start();
        let mut wire = program.wire();
        for ((payer, since), last) in payers.iter_mut().zip(since).zip(unanswered) {
            payer.check(&mut wire, since, last);
        }
        check_clock(&mut wire, &mut ahead);
        program.kill();
    }
    let program = start();
    let applied: usize = payers.iter().map(|payer| payer.hashes.len()).sum();
    assert!(applied > ROUNDS, "only {applied} payments");
    check_chain(&mut program.wire(), &jumps);
}

/// The next ledger closes at the time of this machine, and as far ahead as the clock was set:
/// further by the time that one ledger takes.
fn check_clock(wire: &mut Wire, ahead: &mut u64) {
    *ahead += LEDGER_SECONDS;
    let now = |ahead: &u64| {
        SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs() + *ahead
    };
    let before = now(ahead);
    let closed = wire.ask("localnet_advanceLedgers", json!({ "count": 1 }));
    let closed = closed["latestLedgerCloseTime"].as_u64().expect("a number");
    assert!((before..=now(ahead)).contains(&closed), "{closed} where it was {before}");
}

/// Every ledger names the one before it, and there are gaps only where time was moved.
fn check_chain(wire: &mut Wire, jumps: &BTreeSet<u64>) {
    let mut page = json!({ "startLedger": 1, "pagination": { "limit": 200 } });
    let mut last: Option<LedgerHeaderHistoryEntry> = None;
    loop {
        let found = wire.ask("getLedgers", page);
        let ledgers = found["ledgers"].as_array().expect("a list");
        for ledger in ledgers {
            let header = header(ledger);
            if let Some(last) = last {
                assert_eq!(header.header.previous_ledger_hash, last.hash);
                let (sequence, before) = (header.header.ledger_seq, last.header.ledger_seq);
                assert!(sequence == before + 1 || jumps.contains(&sequence.into()), "{sequence}");
            }
            last = Some(header);
        }
        if ledgers.len() < 200 {
            break;
        }
        page = json!({ "pagination": { "cursor": found["cursor"], "limit": 200 } });
    }
    let latest = wire.ask("getLatestLedger", json!({}))["id"].clone();
    assert_eq!(latest, last.expect("a ledger").hash.to_string());
}

fn header(ledger: &Value) -> LedgerHeaderHistoryEntry {
    let text = ledger["headerXdr"].as_str().expect("a text");
    LedgerHeaderHistoryEntry::from_xdr_base64(text, Limits::none()).expect("a header")
}

/// Pays one stroop, which has to be taken.
pub fn pay(wire: &mut Wire) -> String {
    let [payer, payee] = named(2).try_into().expect("two accounts");
    let used = wire.account(&payer).seq_num.0;
    let (hash, envelope) = payment(&payer, used, &payee, 1);
    let answer = wire.ask("sendTransaction", json!({ "transaction": envelope }));
    assert_eq!(answer["status"], "PENDING");
    hash
}

#[test]
fn what_was_gone_back_on_stays_undone() {
    let _turn = alone();
    let folder = Folder::new();
    let state = folder.file("net.db");
    let (mut dice, mut ahead) = (Dice::new(10), 0);
    for _ in 0..10 {
        let program = Program::start(&["--state", &state]);
        let mut wire = program.wire();
        let before = pay(&mut wire);
        let id = wire.ask("localnet_snapshot", json!({}))["id"].clone();
        assert_eq!(id, 1, "snapshots do not outlive the program");
        wire.ask("localnet_advanceTime", json!({ "seconds": DAY }));
        let undone: Vec<_> = (0..20).map(|_| pay(&mut wire)).collect();
        let going_back = thread::spawn(move || wire.call("localnet_restore", json!({ "id": 1 })));
        thread::sleep(Duration::from_millis(dice.below(4) as u64));
        program.kill();
        let answered = going_back.join().expect("a client").is_ok();

        let program = Program::start(&["--state", &state]);
        let mut wire = program.wire();
        assert_eq!(wire.fate(&before), "SUCCESS");
        let there = undone.iter().filter(|hash| wire.fate(hash) == "SUCCESS").count();
        let (all, none) = (there == undone.len(), there == 0);
        assert!(none || all && !answered, "{there} of {} are there", undone.len());
        ahead += if all { DAY } else { 0 };
        check_clock(&mut wire, &mut ahead);
        let refusal = wire.call("localnet_restore", json!({ "id": 1 })).expect("an answer");
        assert_eq!(refusal.expect_err("no snapshot")["code"], INVALID_PARAMS);
    }
}
