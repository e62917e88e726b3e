//! A thousand clients at once, and some that do not behave.

use crate::alone;
use crate::forge::base64;
use crate::program::Program;
use crate::wallet::{call, draft, invocation, network_id, payment, xlm};
use crate::wire::{JSON, Wire, request};
use localnet::accounts::{Account, STARTING_STROOPS, named, sign};
use localnet::settings::BASE_FEE_STROOPS;
use serde_json::json;
use std::collections::BTreeMap;
use std::env;
use std::process::Command;
use std::sync::Barrier;
use std::thread;
use std::time::Duration;
use stellar_xdr::{ScAddress, ScVal, TransactionExt};

const CLIENTS: usize = 1_000;
const PAYMENTS: usize = 2;
/// Of each kind of those that do not behave.
const BAD_CLIENTS: usize = 20;
/// More than the clients, or the server, have open.
const FILES: usize = 2_000;

#[test]
fn a_thousand_clients_are_all_served() {
    if may_open_files("crowd::a_thousand_clients_are_all_served") {
        serve_a_crowd(&[]);
    }
}

#[test]
fn so_they_are_when_ledgers_close_by_the_clock() {
    if may_open_files("crowd::so_they_are_when_ledgers_close_by_the_clock") {
        serve_a_crowd(&["--block-time", "1"]);
    }
}

/// Whether this process may open as many files as it takes. Where it may not, the test is run
/// again where it may.
fn may_open_files(test: &str) -> bool {
    let asked = Command::new("bash").args(["-c", "ulimit -n"]).output().expect("bash");
    let limit = String::from_utf8_lossy(&asked.stdout).trim().parse();
    if !limit.is_ok_and(|limit: usize| limit < FILES) {
        return true;
    }
    let line = format!("ulimit -n {FILES} && exec \"$0\" --exact {test}");
    let this = env::current_exe().expect("this program");
    let status = Command::new("bash").args(["-c", &line]).arg(this).status().expect("bash");
    assert!(status.success(), "{status}; it takes {FILES} open files");
    false
}

fn serve_a_crowd(arguments: &[&str]) {
    let _turn = alone();
    let count = CLIENTS.to_string();
    let program = Program::start(&[arguments, &["--accounts", &count]].concat());
    let accounts = named(CLIENTS);
    let all_connected = Barrier::new(CLIENTS);
    let _misbehaving: Vec<_> = (0..BAD_CLIENTS).flat_map(|_| misbehave(&program)).collect();
    let sent = thread::scope(|scope| {
        let clients = (0..CLIENTS).map(|index| {
            let (program, all_connected) = (&program, &all_connected);
            let (payer, payee) = (&accounts[index], &accounts[(index + 1) % CLIENTS]);
            let client = move || {
                let wire = Wire::to(&program.url);
                all_connected.wait();
                let wire = wire.expect("a server that listens");
                Client { wire, index, payer, payee }.act()
            };
            let thread = thread::Builder::new().stack_size(512 * 1024);
            thread.spawn_scoped(scope, client).expect("a thread")
        });
        let clients: Vec<_> = clients.collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().expect("a client that is served"))
            .collect()
    });
    check(&mut program.wire(), &accounts, &sent);
}

/// Clients that never finish their request, never read what they asked for, or hang up.
fn misbehave(program: &Program) -> [Wire; 2] {
    let ledgers = json!({
        "jsonrpc": "2.0",
        "id": 1,
        "method": "getLedgers",
        "params": { "startLedger": 1, "pagination": { "limit": 10 } },
    });
    let whole = request("/rpc", JSON, ledgers.to_string().as_bytes());
    let half = &whole[..whole.len() / 2];
    let [mut stalling, mut deaf, mut gone, mut leaving] = [(); 4].map(|()| program.wire());
    stalling.send(half).expect("a server that listens");
    deaf.send(&whole.repeat(20)).expect("a server that listens");
    gone.send(half).expect("a server that listens");
    leaving.send(&whole).expect("a server that listens");
    [stalling, deaf]
}

struct Client<'a> {
    wire: Wire,
    index: usize,
    payer: &'a Account,
    payee: &'a Account,
}

impl Client<'_> {
    /// Reads, tries, and pays the next one, all on one connection. The answer is the hashes of its
    /// payments.
    fn act(mut self) -> Vec<String> {
        let (payer, payee) = (self.payer, self.payee);
        let before = self.wire.account(payer).seq_num.0;
        let mut sent = Vec::new();
        for (round, used) in (0..PAYMENTS).zip(before..) {
            self.look_around(round, used);
            let (hash, envelope) = payment(payer, used, payee, amount(self.index, round));
            let answer = self.wire.ask("sendTransaction", json!({ "transaction": envelope }));
            assert_eq!((&answer["status"], &answer["hash"]), (&json!("PENDING"), &json!(hash)));
            while self.wire.fate(&hash) != "SUCCESS" {
                thread::sleep(Duration::from_millis(300));
            }
            sent.push(hash);
        }
        sent
    }

    fn look_around(&mut self, round: usize, used: i64) {
        match (self.index + round) % 3 {
            0 => drop(self.wire.ask("getLatestLedger", json!({}))),
            1 => {
                let page = json!({ "limit": 5 });
                self.wire.ask("getEvents", json!({ "startLedger": 1, "pagination": page }));
            }
            _ => {
                let payer = self.payer;
                let address = ScVal::Address(ScAddress::Account(payer.id.clone()));
                let call = invocation(call(xlm(), "balance", vec![address]), Vec::new());
                let tx = draft(payer, used, vec![call], TransactionExt::V0);
                let tx = base64(&sign(tx, &network_id(), &[&payer.secret]));
                let tried = self.wire.ask("simulateTransaction", json!({ "transaction": tx }));
                assert!(tried["results"].is_array(), "{tried}");
            }
        }
    }
}

/// What a client pays in a round: no two the same.
fn amount(index: usize, round: usize) -> i64 {
    (1 + index + CLIENTS * round) as i64
}

/// Each payment was applied once, and everybody has what is due, to the stroop.
fn check(wire: &mut Wire, accounts: &[Account], sent: &Vec<String>) {
    assert_eq!(sent.len(), CLIENTS * PAYMENTS);
    let applied = applied(wire);
    for hash in sent {
        assert_eq!(applied.get(hash), Some(&1), "{hash}");
    }
    let fees = i64::from(BASE_FEE_STROOPS) * PAYMENTS as i64;
    let paid = |index| (0..PAYMENTS).map(|round| amount(index, round)).sum::<i64>();
    for (index, account) in wire.accounts(accounts).iter().enumerate() {
        let got = paid((index + CLIENTS - 1) % CLIENTS);
        assert_eq!(account.balance, STARTING_STROOPS + got - paid(index) - fees, "of {index}");
    }
}

/// How often each transaction is in the ledgers.
fn applied(wire: &mut Wire) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    let mut page = json!({ "startLedger": 1, "pagination": { "limit": 200 } });
    loop {
        let found = wire.ask("getTransactions", page);
        let hashes = found["transactions"].as_array().expect("a list");
        for hash in hashes.iter().filter_map(|tx| tx["txHash"].as_str()) {
            *count.entry(hash.into()).or_default() += 1;
        }
        if hashes.len() < 200 {
            return count;
        }
        page = json!({ "pagination": { "cursor": found["cursor"], "limit": 200 } });
    }
}
