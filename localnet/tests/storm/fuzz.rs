//! Whatever is sent is answered, and breaks nothing. `STORM_SEED` makes another storm, and
//! `STORM_CASES` a longer one.

mod bytes;
mod calls;
mod code;
mod deep;
mod fields;
mod transactions;
mod values;

use crate::alone;
use crate::books::Books;
use crate::dice::Dice;
use crate::forge::{Forge, base64};
use crate::wallet::{ACCOUNTS, Wallet, draft};
use crate::wire::{JSON, Wire};
use localnet::accounts::Account;
use localnet::ledger::Read;
use localnet::network::{Pace, Rhythm};
use localnet::{Localnet, Options};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use std::{env, thread};
use stellar_xdr::{Operation, Transaction, TransactionExt, WriteXdr};

const SEED: u64 = 29;

/// How often the books are checked, in cases.
const AUDIT: usize = 100;

/// How long a server that is well may take to say so.
const PROMPT: Duration = Duration::from_secs(1);

/// One storm, over one network.
struct Run {
    seed: u64,
    case: usize,
    forge: Forge,
    wallet: Wallet,
    net: Localnet,
    wire: Wire,
    books: Option<Books>,
}

/// Does something so many times, unless the environment says how often, each time with numbers
/// of its own.
fn storm(rhythm: Rhythm, cases: usize, one: impl Fn(&mut Run)) -> Run {
    let _turn = alone();
    let mut run = Run::new(number("STORM_SEED").unwrap_or(SEED), rhythm);
    for case in 0..number("STORM_CASES").map_or(cases, |cases| cases as usize) {
        run.case = case;
        run.forge.dice = Dice::new(run.seed ^ ((case as u64) << 32));
        one(&mut run);
        run.is_well();
        if case % AUDIT == 0 {
            run.audit();
        }
    }
    run.audit();
    run
}

/// What the environment says.
fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().expect("a number"))
}

impl Run {
    fn new(seed: u64, rhythm: Rhythm) -> Self {
        let options = Options { accounts: ACCOUNTS, pace: Pace::Still, ..Options::default() };
        let net = Localnet::start(options).expect("a network");
        let books = net.network(move |net| {
            net.set_rhythm(rhythm);
            Books::open(net)
        });
        let wire = Wire::to(net.url()).expect("a server");
        let wallet = Wallet::new();
        let forge = Forge { dice: Dice::new(seed), known: wallet.known() };
        Self { seed, case: 0, forge, wallet, net, wire, books: Some(books) }
    }

    /// Compares the network with its books.
    fn audit(&mut self) {
        let mut books = self.books.take().expect("one audit at a time");
        self.books = Some(self.net.network(move |net| {
            books.check(net);
            books
        }));
    }

    /// Asks for the network's health. A machine that is busy otherwise is forgiven twice.
    fn is_well(&mut self) {
        let prompt = |run: &mut Self| {
            let asked = Instant::now();
            run.call("getHealth", json!({}));
            asked.elapsed() < PROMPT
        };
        assert!((0..3).any(|_| prompt(self)), "no getHealth within {PROMPT:?}");
    }

    /// Sends a body that is at least one of HTTP; the answer has to be whole.
    fn post(&mut self, path: &str, kind: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let answer = self.wire.post(path, kind, body);
        answer.unwrap_or_else(|error| panic!("no answer: {error}"))
    }

    /// Sends a body to the RPC server, and judges the answer.
    fn say(&mut self, body: &[u8]) -> Vec<u8> {
        let (status, answer) = self.post("/rpc", JSON, body);
        match status {
            204 => assert_eq!(answer, b""),
            200 | 413 => judge(&answer),
            _ => panic!("status {status}"),
        }
        answer
    }

    /// Calls a method; the answer is whatever it is, as long as it is one of JSON-RPC.
    fn call(&mut self, method: &str, params: Value) -> Vec<u8> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        self.say(request.to_string().as_bytes())
    }

    /// A transaction that is the next one of its source.
    fn draft(&self, who: &Account, operations: Vec<Operation>, ext: TransactionExt) -> Transaction {
        let id = who.id.clone();
        let used =
            self.net.network(move |net| net.entries.account(&id).map(|found| found.seq_num.0));
        draft(who, used.unwrap_or_default(), operations, ext)
    }

    /// Calls a method with a transaction; the answer is its result, if it has one.
    fn submit(&mut self, method: &str, envelope: &impl WriteXdr) -> Value {
        let answer = self.call(method, json!({ "transaction": base64(envelope) }));
        let mut answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
        answer["result"].take()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("STORM_SEED={} led to this, in case {}", self.seed, self.case);
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    jsonrpc: String,
    #[allow(dead_code, reason = "it has to be there")]
    id: Value,
    /// However deep it is.
    result: Option<IgnoredAny>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    code: i64,
    message: String,
}

/// Whether an answer, or a list of them, is one of JSON-RPC; and none of a program that is broken.
fn judge(body: &[u8]) {
    let answers = match serde_json::from_slice::<Vec<Answer>>(body) {
        Ok(answers) => answers,
        Err(_) => vec![serde_json::from_slice(body).unwrap_or_else(|error| {
            panic!("{error}: {}", String::from_utf8_lossy(body));
        })],
    };
    assert!(!answers.is_empty());
    for Answer { jsonrpc, result, error, .. } in answers {
        assert_eq!(jsonrpc, "2.0");
        assert_ne!(result.is_some(), error.is_some(), "either a result or an error");
        if let Some(Refusal { code, message }) = error {
            let known = [-32700, -32600, -32601, -32602].contains(&code);
            assert!(known && !message.is_empty(), "{code}: {message}");
        }
    }
}
