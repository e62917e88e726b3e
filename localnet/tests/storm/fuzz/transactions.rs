//! Transactions that are properly signed, and mean anything.

use super::{Run, storm};
use crate::wallet::{call, invocation, operation, transfer, usdc, xlm};
use localnet::accounts::{Account, address_of};
use localnet::network::Rhythm;
use serde_json::Value;
use stellar_xdr::*;

/// How many operations there are that are not of contracts; the network knows not all of them.
const CLASSIC_KINDS: usize = 24;

/// What the contract of an asset can be asked to do.
const FUNCTIONS: [&str; 16] = [
    "transfer",
    "transfer_from",
    "approve",
    "allowance",
    "balance",
    "mint",
    "burn",
    "burn_from",
    "clawback",
    "set_authorized",
    "authorized",
    "set_admin",
    "admin",
    "decimals",
    "__constructor",
    "none",
];

#[test]
fn transactions_that_mean_anything_keep_the_books_in_order() {
    let run = storm(Rhythm::Instant, 1_000, one);
    assert!(run.taken() > run.case / 8, "too few come into ledgers: {}", run.taken());
}

#[test]
fn so_do_those_that_share_a_ledger() {
    let run = storm(Rhythm::Told, 1_000, |run| {
        one(run);
        if run.forge.dice.once_in(10) {
            run.net.network(|net| net.close()).expect("no state file that could fail");
        }
    });
    assert!(run.taken() > run.case / 8, "too few come into ledgers: {}", run.taken());
}

fn one(run: &mut Run) {
    let who = run.forge.dice.pick(&run.wallet.accounts).clone();
    let mut tx = match run.forge.dice.below(4) {
        0 => contracts(run, &who),
        1 => lifetimes(run, &who),
        _ => classic(run, &who),
    };
    if run.forge.dice.once_in(4) {
        tx.cond = run.forge.any();
        tx.memo = run.forge.any();
    }
    if run.forge.dice.once_in(3) {
        tx = run.forge.like(&tx);
    }
    let mut envelope = run.wallet.sign(tx);
    if run.forge.dice.once_in(6) {
        envelope = bumped(run, envelope);
    }
    if run.forge.dice.once_in(10) {
        envelope = run.forge.like(&envelope);
    }
    run.submit("sendTransaction", &envelope);
}

fn classic(run: &mut Run, who: &Account) -> Transaction {
    let valid = run.wallet.operations();
    let operations = (0..*run.forge.dice.pick(&[1, 1, 2, 3, 20]))
        .map(|_| {
            let one = run.forge.dice.pick(&valid).clone();
            match run.forge.dice.below(3) {
                0 => one,
                1 => run.forge.like(&one),
                _ => {
                    let other = run.forge.dice.pick(&run.wallet.accounts).clone();
                    let kind = run.forge.dice.below(CLASSIC_KINDS);
                    let source_account = Some(address_of(&other.id));
                    Operation { source_account, body: run.forge.of_kind(kind as i32) }
                }
            }
        })
        .collect();
    run.draft(who, operations, TransactionExt::V0)
}

/// A call of a contract, with what its trial says that it takes; more or less.
fn contracts(run: &mut Run, who: &Account) -> Transaction {
    let contract = run.forge.dice.pick(&[xlm(), usdc()]).clone();
    let to = run.forge.dice.pick(&run.forge.known).to_owned();
    let to = match run.forge.dice.below(2) {
        0 => ScAddress::Contract(ContractId(Hash(to))),
        _ => ScAddress::Account(AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(to)))),
    };
    let transfer = transfer(contract.clone(), who, to);
    let function = match run.forge.dice.below(4) {
        0 => transfer,
        1 => run.forge.like(&transfer),
        2 => {
            let name = *run.forge.dice.pick(&FUNCTIONS);
            let args = (0..run.forge.dice.below(5)).map(|_| run.forge.any()).collect();
            call(contract, name, args)
        }
        _ => run.forge.any(),
    };
    run.tried(who, function)
}

/// Whoever's lives are made longer, and whatever is restored.
fn lifetimes(run: &mut Run, who: &Account) -> Transaction {
    let ext = ExtensionPoint::V0;
    let extend_to = *run.forge.dice.pick(&[0, 1, 1_000, 3_110_399, 3_110_400, u32::MAX]);
    let body = match run.forge.dice.below(2) {
        0 => OperationBody::ExtendFootprintTtl(ExtendFootprintTtlOp { ext, extend_to }),
        _ => OperationBody::RestoreFootprint(RestoreFootprintOp { ext }),
    };
    let instance = LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(xlm()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    });
    let keys = [instance.clone(), run.forge.like(&instance), run.forge.any()];
    let (some, others) = keys.split_at(run.forge.dice.below(4));
    let footprint = LedgerFootprint {
        read_only: some.to_vec().try_into().expect("few keys"),
        read_write: others.to_vec().try_into().expect("few keys"),
    };
    let data = plenty(footprint);
    let data = if run.forge.dice.once_in(2) { data } else { run.forge.like(&data) };
    run.draft(who, vec![operation(body)], TransactionExt::V1(data))
}

fn bumped(run: &mut Run, envelope: TransactionEnvelope) -> TransactionEnvelope {
    let TransactionEnvelope::Tx(inner) = envelope else { return envelope };
    let payer = run.forge.dice.pick(&run.wallet.accounts).clone();
    let fee = i64::from(inner.tx.fee).saturating_mul(2).saturating_add(1_000);
    let fee = *run.forge.dice.pick(&[fee, fee, fee * 10, i64::MAX, -1]);
    run.wallet.bump(inner, &payer, fee)
}

/// All that a transaction may take, at a fee that covers it.
pub fn plenty(footprint: LedgerFootprint) -> SorobanTransactionData {
    SorobanTransactionData {
        ext: SorobanTransactionDataExt::V0,
        resources: SorobanResources {
            footprint,
            instructions: 100_000_000,
            disk_read_bytes: 100_000,
            write_bytes: 100_000,
        },
        resource_fee: 1_000_000_000,
    }
}

impl Run {
    /// How many transactions have come into ledgers.
    fn taken(&self) -> usize {
        self.net.network(|net| net.history.from(0).map(|closed| closed.hashes().len()).sum())
    }

    /// A transaction that calls a function, with what a trial of it gives.
    pub fn tried(&mut self, who: &Account, function: HostFunction) -> Transaction {
        let mut data = plenty(LedgerFootprint::default());
        let mut auth = Vec::new();
        let call = vec![invocation(function.clone(), Vec::new())];
        let draft = self.draft(who, call, TransactionExt::V0);
        let trial = self.submit("simulateTransaction", &self.wallet.sign(draft));
        if trial["transactionData"].is_string() {
            data = decode(&trial["transactionData"]);
            let given = trial["results"][0]["auth"].as_array();
            auth = given.into_iter().flatten().map(decode).collect();
        }
        if self.forge.dice.once_in(4) {
            data = self.forge.like(&data);
        }
        if self.forge.dice.once_in(4) {
            auth = auth.iter().map(|one| self.forge.like(one)).collect();
        }
        let call = vec![invocation(function, auth)];
        self.draft(who, call, TransactionExt::V1(data))
    }
}

fn decode<T: ReadXdr>(value: &Value) -> T {
    T::from_xdr_base64(value.as_str().expect("a text"), Limits::none()).expect("XDR")
}
