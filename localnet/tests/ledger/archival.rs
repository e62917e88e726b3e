//! The lives of entries: how they end, and how they begin again.

use crate::kit::Chain;
use localnet::ledger::Read;
use stellar_xdr::*;

/// A day in which the asset contract's instance is archived: it starts with 120 days, or less.
const LONG: u64 = 181 * 86_400;

fn instance(chain: &Chain) -> LedgerKey {
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(chain.token()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    })
}

fn lives_until(chain: &Chain, key: &LedgerKey) -> u32 {
    chain.net.entries.read(key).unwrap().1.unwrap()
}

fn outcome(chain: &Chain) -> TransactionResultResult {
    chain.net.latest().transactions().remove(0).processing.result.result.result
}

/// What the latest transaction has paid for lives, in stroops.
fn rent(chain: &Chain) -> i64 {
    let applied = chain.net.latest().transactions().remove(0);
    let TransactionMeta::V4(meta) = applied.processing.tx_apply_processing else { panic!() };
    let SorobanTransactionMetaExt::V1(fees) = meta.soroban_meta.unwrap().ext else { panic!() };
    fees.rent_fee_charged
}

fn operation_changes(chain: &Chain) -> Vec<LedgerEntryChange> {
    let applied = chain.net.latest().transactions().remove(0);
    let TransactionMeta::V4(meta) = applied.processing.tx_apply_processing else { panic!() };
    meta.operations.iter().flat_map(|operation| operation.changes.0.to_vec()).collect()
}

#[test]
fn an_entry_lives_to_the_end_of_its_last_ledger() {
    let mut chain = Chain::default();
    // The contract pays for a longer life as its end comes near.
    let draft = chain.transfer().declare_at_any_price(|_| {});
    let last = lives_until(&chain, &instance(&chain));
    let ledgers = last - chain.net.latest().sequence() - 1;
    chain.net.advance_ledgers(ledgers).unwrap();
    let saved = chain.net.snapshot();
    chain.apply(&draft);
    assert_eq!(chain.net.latest().sequence(), last);
    assert!(matches!(outcome(&chain), TransactionResultResult::TxSuccess(_)), "in its last ledger");
    chain.net.restore(saved).unwrap();
    chain.net.advance_ledgers(1).unwrap();
    chain.apply(&draft);
    let results =
        crate::kit::failed(&chain.net.latest().transactions()[0].processing.result.result);
    let archived = OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::EntryArchived);
    assert_eq!(results, [OperationResult::OpInner(archived)], "and not in the next");
}

#[test]
fn a_call_restores_what_it_names_and_needs() {
    let mut chain = Chain::default();
    chain.net.advance_time(LONG).unwrap();
    let draft = chain.transfer();
    let SorobanTransactionDataExt::V1(ext) = &draft.data().ext else { panic!("nothing archived") };
    assert_eq!(ext.archived_soroban_entries.len(), 1);
    // Without naming it, the call fails.
    let unnamed =
        draft.clone().declare_at_any_price(|data| data.ext = SorobanTransactionDataExt::V0);
    let saved = chain.net.snapshot();
    chain.apply(&unnamed);
    let results =
        crate::kit::failed(&chain.net.latest().transactions()[0].processing.result.result);
    let archived = OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::EntryArchived);
    assert_eq!(results, [OperationResult::OpInner(archived)]);
    chain.net.restore(saved).unwrap();

    chain.apply(&draft);
    assert!(matches!(outcome(&chain), TransactionResultResult::TxSuccess(_)));
    let least = chain.net.latest().sequence() + chain.net.config.min_persistent_entry_ttl - 1;
    assert!(lives_until(&chain, &instance(&chain)) >= least);
    let of_instance = |change: &LedgerEntryChange| match change {
        LedgerEntryChange::Restored(entry) => match &entry.data {
            LedgerEntryData::Ttl(ttl) => Some(("life", ttl.live_until_ledger_seq)),
            _ => Some(("entry", entry.last_modified_ledger_seq)),
        },
        _ => None,
    };
    let now = chain.net.latest().sequence();
    let restored: Vec<_> = operation_changes(&chain).iter().filter_map(of_instance).collect();
    assert_eq!(restored, [("entry", now), ("life", least)]);
    assert!(rent(&chain) > 0, "a new life is paid for");
    // Whoever simulated it before pays nothing to restore what lives again.
    let late = crate::kit::Draft {
        tx: Transaction { seq_num: SequenceNumber(draft.tx.seq_num.0 + 1), ..draft.tx.clone() },
        ..draft
    };
    chain.apply(&late);
    assert_eq!(rent(&chain), 0);
    assert!(!operation_changes(&chain).iter().any(|change| of_instance(change).is_some()));
}

#[test]
fn restoring_by_hand_costs_rent_and_gives_the_shortest_life() {
    let mut chain = Chain::default();
    chain.net.advance_time(LONG).unwrap();
    let key = instance(&chain);
    let before = chain.account("stranger").balance;
    let draft = chain.restoration("stranger", std::slice::from_ref(&key));
    chain.apply(&draft);
    assert!(matches!(outcome(&chain), TransactionResultResult::TxSuccess(_)));
    let now = chain.net.latest().sequence();
    assert_eq!(lives_until(&chain, &key), now + chain.net.config.min_persistent_entry_ttl - 1);
    let paid = before - chain.account("stranger").balance;
    assert!(paid > 100 && paid < i64::from(draft.tx.fee));
    // What lives needs no restoring: it costs no rent.
    let again = chain.draft("stranger", draft.tx.operations[0].body.clone());
    let again = crate::kit::Draft {
        tx: Transaction { ext: draft.tx.ext.clone(), fee: draft.tx.fee, ..again.tx },
        ..again
    };
    let before = chain.account("stranger").balance;
    chain.apply(&again);
    assert!(before - chain.account("stranger").balance < paid);
    assert_eq!(lives_until(&chain, &key), now + chain.net.config.min_persistent_entry_ttl - 1);
}

#[test]
fn restoring_more_bytes_than_declared_fails() {
    let mut chain = Chain::default();
    chain.net.advance_time(LONG).unwrap();
    let key = instance(&chain);
    type Change = fn(&mut SorobanResources);
    let cases: [(Change, RestoreFootprintResult); 2] = [
        (|resources| resources.disk_read_bytes -= 1, RestoreFootprintResult::ResourceLimitExceeded),
        (|resources| resources.write_bytes -= 1, RestoreFootprintResult::ResourceLimitExceeded),
    ];
    for (change, expected) in cases {
        let draft = chain.restoration("stranger", std::slice::from_ref(&key));
        chain.apply(&draft.declare(|data| change(&mut data.resources)));
        let results =
            crate::kit::failed(&chain.net.latest().transactions()[0].processing.result.result);
        assert_eq!(
            results,
            [OperationResult::OpInner(OperationResultTr::RestoreFootprint(expected))]
        );
    }
}

#[test]
fn a_longer_life_is_paid_for_and_given() {
    let mut chain = Chain::default();
    let key = instance(&chain);
    let extend_to = 3_000_000;
    let draft = chain.extension("stranger", std::slice::from_ref(&key), extend_to);
    let before = lives_until(&chain, &key);
    chain.apply(&draft);
    assert!(matches!(outcome(&chain), TransactionResultResult::TxSuccess(_)));
    let after = lives_until(&chain, &key);
    assert_eq!(after, chain.net.latest().sequence() + extend_to);
    assert!(after > before);
    let changes = operation_changes(&chain);
    assert!(
        matches!(
            &changes[..],
            [LedgerEntryChange::State(LedgerEntry { data: LedgerEntryData::Ttl(old), .. }),
             LedgerEntryChange::Updated(LedgerEntry { data: LedgerEntryData::Ttl(new), .. })]
            if old.live_until_ledger_seq == before && new.live_until_ledger_seq == after
        ),
        "{changes:?}"
    );
}

#[test]
fn an_extension_that_offers_too_little_for_rent_fails() {
    let mut chain = Chain::default();
    let key = instance(&chain);
    let draft = chain.extension("stranger", std::slice::from_ref(&key), 3_000_000);
    let before = lives_until(&chain, &key);
    chain.apply(&draft.declare(|data| data.resource_fee -= data.resource_fee / 3));
    let results =
        crate::kit::failed(&chain.net.latest().transactions()[0].processing.result.result);
    let low = ExtendFootprintTtlResult::InsufficientRefundableFee;
    assert_eq!(results, [OperationResult::OpInner(OperationResultTr::ExtendFootprintTtl(low))]);
    assert_eq!(lives_until(&chain, &key), before);
}

#[test]
fn what_is_archived_is_not_extended() {
    let mut chain = Chain::default();
    let key = instance(&chain);
    let draft = chain.extension("stranger", std::slice::from_ref(&key), 3_000_000);
    chain.net.advance_time(LONG).unwrap();
    let before = lives_until(&chain, &key);
    chain.apply(&draft);
    assert!(matches!(outcome(&chain), TransactionResultResult::TxSuccess(_)), "it is skipped");
    assert_eq!(lives_until(&chain, &key), before);
}
