//! What a ledger does with the transactions that it takes: fees, refunds, and all or nothing.

use crate::kit::{Chain, Draft};
use localnet::history::Applied;
use localnet::ledger::Read;
use localnet::network::{FURTHEST_LEDGER, Rhythm, Status};
use localnet::settings::*;
use stellar_xdr::*;

/// Any contract will do.
const CODE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../target/wasm32v1-none/release/floor.wasm");

fn meta(applied: &Applied) -> TransactionMetaV4 {
    let TransactionMeta::V4(meta) = applied.processing.tx_apply_processing.clone() else {
        panic!("another version")
    };
    meta
}

fn result(applied: &Applied) -> TransactionResultResult {
    applied.processing.result.result.result.clone()
}

fn charged(applied: &Applied) -> i64 {
    applied.processing.result.result.fee_charged
}

/// What the payer's call has failed with, when nothing but the fee was to change.
fn fails(chain: &mut Chain, draft: &Draft) -> (InvokeHostFunctionResult, i64) {
    let (payer, entries) = (chain.account("payer"), chain.net.entries.clone());
    let applied = chain.apply(draft);
    let after = chain.account("payer");
    assert_eq!(after.seq_num.0, payer.seq_num.0 + 1, "its sequence number is used");
    assert_eq!(payer.balance - after.balance, charged(&applied), "it pays what is charged");
    let changed = chain.net.entries.iter().filter(|(key, entry)| entries.get(*key) != Some(entry));
    assert_eq!(changed.count(), 1, "nothing else changes");
    assert!(meta(&applied).operations.is_empty());
    match result(&applied) {
        TransactionResultResult::TxFailed(results) => match &results[0] {
            OperationResult::OpInner(OperationResultTr::InvokeHostFunction(result)) => {
                (result.clone(), charged(&applied))
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// What of the fee is spent whatever happens: for the ledger, and for what was declared.
fn fixed(applied: &Applied) -> (i64, i64, i64) {
    let SorobanTransactionMetaExt::V1(ext) = meta(applied).soroban_meta.unwrap().ext else {
        panic!("no fees")
    };
    (
        ext.total_non_refundable_resource_fee_charged,
        ext.total_refundable_resource_fee_charged,
        ext.rent_fee_charged,
    )
}

#[test]
fn a_transfer_by_the_token_s_contract_is_charged_for_what_it_takes() {
    let mut chain = Chain::default();
    let before = chain.account("payer").balance;
    let draft = chain.transfer();
    let applied = chain.apply(&draft);
    let (fixed, refundable, rent) = fixed(&applied);
    assert_eq!(charged(&applied), i64::from(BASE_FEE_STROOPS) + fixed + refundable);
    assert_eq!(chain.account("payer").balance, before - charged(&applied));
    assert!(rent <= refundable && refundable > 0, "events are paid for");
    assert!(charged(&applied) < i64::from(draft.tx.fee), "what is not used comes back");
    let meta = meta(&applied);
    assert_eq!(meta.soroban_meta.unwrap().return_value, Some(ScVal::Void));
    assert_eq!(meta.operations[0].events.len(), 1);
    let amounts: Vec<_> = meta
        .events
        .iter()
        .map(|event| {
            let ContractEventBody::V0(body) = &event.event.body;
            let ScVal::I128(parts) = &body.data else { panic!("{:?}", body.data) };
            i64::try_from(i128::from(parts)).unwrap()
        })
        .collect();
    assert_eq!(
        amounts.iter().sum::<i64>(),
        charged(&applied),
        "events tell the fee and the refund"
    );
}

#[test]
fn what_the_simulation_counts_is_what_applying_takes() {
    // What a kilobyte of transaction costs: the simulation reckons with the largest that it could be.
    const KILOBYTE_STROOPS: i64 = 406 + 4_059;
    let mut chain = Chain::default();
    let function = |draft: &Draft| match &draft.tx.operations[0].body {
        OperationBody::InvokeHostFunction(call) => call.host_function.clone(),
        other => panic!("{other:?}"),
    };
    let code =
        std::fs::read(CODE).unwrap_or_else(|error| panic!("{CODE}: {error}; run make build"));
    let upload = HostFunction::UploadContractWasm(code.try_into().unwrap());
    for function in [function(&chain.transfer()), upload] {
        let draft = chain.exact("payer", function);
        let applied = chain.apply(&draft);
        assert!(matches!(result(&applied), TransactionResultResult::TxSuccess(_)), "it is enough");
        let over = draft.data().resource_fee - (charged(&applied) - i64::from(BASE_FEE_STROOPS));
        assert!((0..3 * KILOBYTE_STROOPS).contains(&over), "{over} stroops more than was charged");
    }
}

#[test]
fn the_fee_pool_holds_what_was_charged() {
    let mut chain = Chain::default();
    let pool = chain.net.latest().header.fee_pool;
    let draft = chain.transfer();
    let applied = chain.apply(&draft);
    assert_eq!(chain.net.latest().header.fee_pool, pool + charged(&applied));
    let all: i64 = chain
        .net
        .entries
        .values()
        .filter_map(|(entry, _)| match &entry.data {
            LedgerEntryData::Account(account) => Some(account.balance),
            _ => None,
        })
        .sum();
    assert_eq!(all + chain.net.latest().header.fee_pool, TOTAL_COINS, "no stroop is lost");
}

#[test]
fn a_transaction_never_pays_more_for_inclusion_than_it_must() {
    let mut chain = Chain::default();
    let draft = chain.payment("payer").edit(|tx| tx.fee = 1_000_000);
    let applied = chain.apply(&draft);
    assert_eq!(charged(&applied), 100);
}

#[test]
fn more_instructions_than_declared_are_not_run() {
    let mut chain = Chain::default();
    let draft = chain.transfer().declare(|data| data.resources.instructions = 10_000);
    let (failure, charged) = fails(&mut chain, &draft);
    assert_eq!(failure, InvokeHostFunctionResult::ResourceLimitExceeded);
    assert!(charged < i64::from(draft.tx.fee), "what could be given back is");
}

#[test]
fn more_bytes_than_declared_are_neither_read_nor_written() {
    let mut chain = Chain::default();
    for change in [
        (|data: &mut SorobanTransactionData| data.resources.write_bytes -= 1) as fn(&mut _),
        |data| data.resources.disk_read_bytes -= 1,
    ] {
        let draft = chain.transfer().declare(change);
        let (failure, _) = fails(&mut chain, &draft);
        assert_eq!(failure, InvokeHostFunctionResult::ResourceLimitExceeded);
    }
    let exact = chain.transfer();
    chain.apply(&exact);
}

#[test]
fn an_entry_outside_the_footprint_is_out_of_reach() {
    let mut chain = Chain::default();
    let draft = chain.transfer().declare(|data| {
        let footprint = &mut data.resources.footprint;
        footprint.read_write = footprint.read_write[1..].to_vec().try_into().unwrap();
    });
    assert_eq!(fails(&mut chain, &draft).0, InvokeHostFunctionResult::Trapped);
}

#[test]
fn an_entry_that_is_only_to_be_read_is_not_written() {
    let mut chain = Chain::default();
    let draft = chain.transfer().declare_at_any_price(|data| {
        let footprint = &mut data.resources.footprint;
        let all = footprint.read_only.iter().chain(footprint.read_write.iter()).cloned();
        footprint.read_only = all.collect::<Vec<_>>().try_into().unwrap();
        footprint.read_write = VecM::default();
    });
    assert_eq!(fails(&mut chain, &draft).0, InvokeHostFunctionResult::Trapped);
}

#[test]
fn a_refundable_fee_that_does_not_cover_the_events_is_not_enough() {
    let mut chain = Chain::default();
    let probe = chain.transfer();
    let applied = chain.apply(&probe);
    let (fixed, refundable, _) = fixed(&applied);
    let offering = |chain: &Chain, fee| chain.transfer().declare(|data| data.resource_fee = fee);
    let draft = offering(&chain, fixed + refundable - 1);
    let (failure, charged) = fails(&mut chain, &draft);
    assert_eq!(failure, InvokeHostFunctionResult::InsufficientRefundableFee);
    assert_eq!(charged, 100 + fixed, "only the fixed part is lost");
    let draft = offering(&chain, fixed + refundable);
    let applied = chain.apply(&draft);
    assert_eq!(self::charged(&applied), 100 + fixed + refundable, "to the stroop");
}

#[test]
fn a_call_that_its_owner_has_not_authorised_traps() {
    let mut chain = Chain::default();
    let draft = chain.transfer().edit(|tx| {
        let OperationBody::InvokeHostFunction(call) = &tx.operations[0].body else { panic!() };
        let call = InvokeHostFunctionOp { auth: VecM::default(), ..call.clone() };
        let body = OperationBody::InvokeHostFunction(call);
        tx.operations = vec![Operation { source_account: None, body }].try_into().unwrap();
    });
    let before = chain.net.history.latest().sequence();
    assert_eq!(fails(&mut chain, &draft).0, InvokeHostFunctionResult::Trapped);
    let applied = chain.net.history.get(before + 1).unwrap().transactions().remove(0);
    let said = format!("{:?}", meta(&applied).diagnostic_events);
    assert!(said.contains("host_fn_failed") && said.contains("Auth"), "{said}");
}

#[test]
fn all_operations_are_done_or_none() {
    let mut chain = Chain::default();
    let before = (chain.account("provider").balance, chain.account("payer").seq_num.0);
    let draft = chain.payment("payer").edit(|tx| {
        let sound = tx.operations[0].clone();
        let OperationBody::Payment(payment) = sound.body.clone() else { panic!() };
        let too_much =
            OperationBody::Payment(PaymentOp { amount: STROOPS_PER_XLM * 100_000, ..payment });
        let broken = Operation { source_account: None, body: too_much };
        tx.operations = vec![sound.clone(), broken, sound].try_into().unwrap();
        tx.fee = 300;
    });
    let applied = chain.apply(&draft);
    let results = crate::kit::failed(&applied.processing.result.result);
    let paid = OperationResult::OpInner(OperationResultTr::Payment(PaymentResult::Success));
    let short = OperationResult::OpInner(OperationResultTr::Payment(PaymentResult::Underfunded));
    assert_eq!(results, [paid.clone(), short, paid]);
    assert_eq!(charged(&applied), 300);
    let after = (chain.account("provider").balance, chain.account("payer").seq_num.0);
    assert_eq!(after, (before.0, before.1 + 1));
}

#[test]
fn an_account_that_an_earlier_operation_creates_can_act_in_a_later_one() {
    let mut chain = Chain::default();
    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let id = localnet::accounts::id_of(&key);
    let create = OperationBody::CreateAccount(CreateAccountOp {
        destination: id.clone(),
        starting_balance: 50_000_000,
    });
    let data = OperationBody::ManageData(ManageDataOp {
        data_name: String64("note".try_into().unwrap()),
        data_value: Some(DataValue(b"hello".to_vec().try_into().unwrap())),
    });
    let draft = chain
        .draft("payer", create)
        .edit(|tx| {
            let first = tx.operations[0].clone();
            let source_account = Some(localnet::accounts::address_of(&id));
            tx.operations =
                vec![first, Operation { source_account, body: data }].try_into().unwrap();
            tx.fee = 200;
        })
        .signed_by(&[&chain.who("payer").secret, &key]);
    let applied = chain.apply(&draft);
    assert!(matches!(result(&applied), TransactionResultResult::TxSuccess(_)));
    assert_eq!(chain.net.entries.account(&id).unwrap().num_sub_entries, 1);
}

#[test]
fn what_is_sent_twice_is_done_once() {
    let mut chain = Chain::default();
    let draft = chain.payment("payer");
    let before = chain.account("provider").balance;
    assert!(matches!(chain.send(&draft).status, Status::Pending));
    chain.net.advance_ledgers(9).unwrap();
    assert!(matches!(chain.send(&draft).status, Status::TryAgainLater), "nodes do not look at it");
    chain.net.advance_ledgers(1).unwrap();
    let Status::Error(refused, _) = chain.send(&draft).status else { panic!("it is taken") };
    assert_eq!(refused.result, TransactionResultResult::TxBadSeq);
    assert_eq!(chain.account("provider").balance, before + 10_000_000);
}

#[test]
fn ledgers_that_are_told_to_close_hold_all_that_waits() {
    let mut chain = Chain::default();
    chain.net.set_rhythm(Rhythm::Told);
    let ledger = chain.net.latest().sequence();
    let (first, call) = (chain.payment("payer"), chain.transfer());
    let second = chain.payment("approver");
    assert!(matches!(chain.send(&first).status, Status::Pending));
    assert!(
        matches!(chain.send(&call).status, Status::TryAgainLater),
        "one of an account at a time"
    );
    let next = chain.payment("payer").edit(|tx| tx.seq_num.0 += 1);
    assert!(matches!(chain.send(&next).status, Status::TryAgainLater), "even if it is the next");
    let old = chain.payment("payer").edit(|tx| tx.seq_num.0 -= 1);
    let Status::Error(refused, _) = chain.send(&old).status else { panic!("it is taken") };
    assert_eq!(refused.result, TransactionResultResult::TxBadSeq);
    assert!(matches!(chain.send(&second).status, Status::Pending));
    assert!(matches!(chain.send(&first).status, Status::Duplicate));
    let cheap = chain.bump(&first, "platform", 1_999);
    let Status::Error(refused, _) = chain.submit(cheap).status else { panic!("it is taken") };
    assert_eq!(refused.result, TransactionResultResult::TxInsufficientFee);
    assert_eq!(refused.fee_charged, 2_000, "it says what it takes");
    let bump = chain.bump(&first, "platform", 2_000);
    let replaced = chain.submit(bump).status;
    assert!(matches!(replaced, Status::Pending), "ten times the fee for each operation");
    assert!(matches!(chain.send(&first).status, Status::Duplicate), "it waits in its bump");
    assert_eq!(chain.net.latest().sequence(), ledger);
    chain.net.close().unwrap();
    let closed = chain.net.latest().transactions();
    assert_eq!(closed.len(), 2);
    assert!(closed.iter().any(|tx| matches!(tx.envelope, TransactionEnvelope::TxFeeBump(_))));
    chain.net.close().unwrap();
    assert!(chain.net.latest().transactions().is_empty());
}

#[test]
fn a_transaction_that_another_one_makes_invalid_before_its_turn_still_pays() {
    let mut chain = Chain::default();
    chain.net.set_rhythm(Rhythm::Told);
    // The stranger empties the payer's account while a payment of the payer's waits.
    let payer = chain.who("payer");
    let spare = chain.account("payer").balance - 3 * i64::from(BASE_RESERVE_STROOPS) - 100;
    let drain = chain
        .payment("approver")
        .edit(|tx| {
            let destination = localnet::accounts::address_of(&chain.who("provider").id);
            let all = PaymentOp { destination, asset: Asset::Native, amount: spare };
            let source_account = Some(localnet::accounts::address_of(&payer.id));
            let body = OperationBody::Payment(all);
            tx.operations = vec![Operation { source_account, body }].try_into().unwrap();
        })
        .signed_by(&[&chain.who("approver").secret, &payer.secret]);
    let waiting = chain.payment("payer");
    assert!(matches!(chain.send(&drain).status, Status::Pending));
    let sent = chain.send(&waiting);
    chain.net.close().unwrap();
    let applied = chain.net.history.transaction(&sent.hash).unwrap();
    assert!(matches!(result(&applied), TransactionResultResult::TxFailed(_)));
    assert_eq!(charged(&applied), 100);
}

#[test]
fn ledgers_are_chained_by_their_hashes() {
    let mut chain = Chain::default();
    chain.apply(&chain.payment("payer"));
    chain.net.advance_ledgers(1_000).unwrap();
    let closed: Vec<_> = chain.net.history.from(0).cloned().collect();
    assert!(closed.len() > 3);
    for pair in closed.windows(2) {
        assert_eq!(pair[1].header.previous_ledger_hash, pair[0].hash);
        assert_eq!(localnet::ledger::sha256_xdr(&pair[1].header), pair[1].hash);
        assert!(pair[1].close_time() >= pair[0].close_time());
    }
}

#[test]
fn time_and_ledgers_pass_together() {
    let mut chain = Chain::default();
    let (time, ledger) = (chain.net.now(), chain.net.latest().sequence());
    chain.net.advance_time(86_400).unwrap();
    assert_eq!((chain.net.now(), chain.net.latest().sequence()), (time + 86_400, ledger + 17_280));
    assert_eq!(chain.net.latest().close_time(), time + 86_400);
    chain.net.advance_ledgers(2).unwrap();
    assert_eq!((chain.net.now(), chain.net.latest().sequence()), (time + 86_410, ledger + 17_282));
    chain.net.advance_time(1).unwrap();
    assert_eq!((chain.net.now(), chain.net.latest().sequence()), (time + 86_411, ledger + 17_283));
}

#[test]
fn time_that_is_moved_too_far_stops_where_ledgers_can_still_close() {
    let mut chain = Chain::default();
    chain.net.advance_time(u64::MAX).unwrap();
    assert_eq!(chain.net.latest().sequence(), FURTHEST_LEDGER);
    chain.net.advance_ledgers(u32::MAX).unwrap();
    chain.net.advance_ledgers(0).unwrap();
    let draft = chain.payment("payer");
    let applied = chain.apply(&draft);
    assert!(matches!(result(&applied), TransactionResultResult::TxSuccess(_)));
    assert_eq!(applied.ledger, FURTHEST_LEDGER + 3);
}

#[test]
fn going_back_undoes_everything_since() {
    let mut chain = Chain::default();
    let first = chain.net.snapshot();
    let (entries, ledger, now) =
        (chain.net.entries.clone(), chain.net.latest().hash.clone(), chain.net.now());
    let draft = chain.payment("payer");
    let sent = chain.send(&draft);
    chain.net.advance_time(3_600).unwrap();
    let second = chain.net.snapshot();
    assert!(chain.net.restore(first).unwrap());
    assert!(chain.net.entries == entries);
    assert_eq!((&chain.net.latest().hash, chain.net.now()), (&ledger, now));
    assert!(chain.net.history.transaction(&sent.hash).is_none());
    assert!(!chain.net.restore(second).unwrap(), "what came after is forgotten");
    assert!(!chain.net.restore(99).unwrap());
    chain.apply(&draft);
    assert!(chain.net.restore(first).unwrap(), "one can go back again");
    assert!(chain.net.entries == entries);
}
