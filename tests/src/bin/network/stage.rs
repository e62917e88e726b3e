//! What is measured: an escrow's calls, and payments as fast as they go.

use crate::process::Process;
use escrow::{NewMilestone, Payout, Status, StatusUpdate};
use localnet::accounts::{Account, address_of, named, sign};
use localnet::ledger::sha256;
use localnet::settings::PASSPHRASE;
use serde_json::json;
use soroban_sdk::testutils::EnvTestConfig;
use soroban_sdk::xdr::{
    Asset, ContractId, LedgerEntryData, LedgerKey, LedgerKeyAccount, Limits, Memo, Operation,
    OperationBody, PaymentOp, Preconditions, SequenceNumber, Transaction, TransactionExt, WriteXdr,
};
use soroban_sdk::{Env, IntoVal, Val, Vec, vec};
use std::time::{Duration, Instant};
use tests::wallet::{Http, Receipt, Rpc, Wallet, account, address, seat, values};
use tests::{ONE, plan, wasm};

/// How many releases are measured, each of one milestone.
pub const RELEASES: u32 = 21;
const FEE_BPS: i128 = 250;

/// A call of the escrow's, as it went.
pub struct Measured {
    pub name: &'static str,
    pub receipt: Receipt,
}

/// Deploys an escrow, and does with it what is done with escrows, up to many releases.
pub fn lifecycle(process: &Process) -> std::vec::Vec<Measured> {
    let env = Env::new_with_config(EnvTestConfig { capture_snapshot_at_drop: false });
    let http = Http::new(&process.url);
    let wallet = Wallet { rpc: &http };
    let wasm = wasm();
    let mut calls = std::vec::Vec::new();
    calls.push(Measured { name: "upload", receipt: wallet.upload(&account("admin"), &wasm) });

    let network_id = sha256(PASSPHRASE.as_bytes());
    let asset = Asset::CreditAlphanum4(localnet::genesis::token());
    let token = localnet::operations::classic::events::asset_contract(&asset, &network_id);
    let mut plan = plan(&env, &contract(&env, &token));
    seat(&env, &mut plan);
    let milestone =
        |title: &str| NewMilestone { approvals_required: 1, ..tests::milestone(&env, title, ONE) };
    plan.milestones = (0..RELEASES).map(|number| milestone(&format!("Part {number}"))).collect();
    plan.milestones.iter_mut().for_each(|milestone| milestone.due = u64::MAX);
    let escrow = wallet.deploy(&env, &account("admin"), &wasm, &plan, 1);

    let mut call = |by: &str, name: &'static str, args: Vec<Val>| {
        let receipt = wallet.call(&account(by), &escrow, name, &values(&env, args));
        assert!(receipt.succeeded, "{name}");
        calls.push(Measured { name, receipt });
    };
    let who = |name: &str| address(&env, name);
    let gross = i128::from(RELEASES) * (ONE + ONE * FEE_BPS / 10_000);
    call("payer", "fund", (who("payer"), RELEASES - 1, gross, 0u32).into_val(&env));
    for milestone in 0..RELEASES {
        let done =
            StatusUpdate { milestone, status: Status::Completed, note: None, evidence: None };
        call("provider", "change_status", (who("provider"), vec![&env, done]).into_val(&env));
        let payout = Payout { milestone, revision: 1, receiver: who("provider"), amount: ONE };
        let payouts = vec![&env, payout];
        call("approver", "approve", (who("approver"), payouts.clone()).into_val(&env));
        call("signer", "release", (who("signer"), payouts).into_val(&env));
    }
    calls
}

fn contract(env: &Env, id: &ContractId) -> soroban_sdk::Address {
    let text = stellar_strkey::Contract(id.0.0).to_string();
    soroban_sdk::Address::from_str(env, &text)
}

/// How many payments a second a network takes from so many clients, each of which pays from an
/// account of its own to that of the next.
pub fn payments_per_second(process: &Process, clients: usize, each: i64) -> f64 {
    let accounts = named(clients + 1);
    let prepared: std::vec::Vec<_> = accounts
        .windows(2)
        .map(|pair| {
            let http = Http::new(&process.url);
            let payments = payments(&http, &pair[0], &pair[1], each);
            (http, payments)
        })
        .collect();
    let started = Instant::now();
    std::thread::scope(|scope| {
        for (http, envelopes) in &prepared {
            scope.spawn(move || {
                for envelope in envelopes {
                    let sent = http.call("sendTransaction", json!({ "transaction": envelope }));
                    let sent = sent.expect("an answer");
                    assert_eq!(sent["status"], "PENDING", "{sent}");
                }
            });
        }
    });
    clients as f64 * each as f64 / started.elapsed().as_secs_f64()
}

/// Payments that are signed and ready to be sent one after the other.
fn payments(http: &Http, by: &Account, to: &Account, count: i64) -> std::vec::Vec<String> {
    let key = LedgerKey::Account(LedgerKeyAccount { account_id: by.id.clone() });
    let Some(LedgerEntryData::Account(source)) = (Wallet { rpc: http }).entry(&key) else {
        panic!("{} is not there", by.name)
    };
    let payment = |number: i64| {
        let destination = address_of(&to.id);
        let body =
            OperationBody::Payment(PaymentOp { destination, asset: Asset::Native, amount: 1 });
        let tx = Transaction {
            source_account: address_of(&by.id),
            fee: 100,
            seq_num: SequenceNumber(source.seq_num.0 + number),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: [Operation { source_account: None, body }].to_vec().try_into().unwrap(),
            ext: TransactionExt::V0,
        };
        let envelope = sign(tx, &sha256(PASSPHRASE.as_bytes()), &[&by.secret]);
        envelope.to_xdr_base64(Limits::none()).unwrap()
    };
    (1..=count).map(payment).collect()
}

/// How long it takes from the start of the program to its first answer.
pub fn start() -> Duration {
    let started = Instant::now();
    let process = Process::start(&[]);
    let health = Http::new(&process.url).call("getHealth", json!({})).expect("an answer");
    assert_eq!(health["status"], "healthy");
    started.elapsed()
}
