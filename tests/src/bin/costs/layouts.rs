//! What the same escrow would store, and an approval write, if its entries were laid out
//! differently: real entries, taken apart and put together again.

use crate::stage::{Code, Shape, Stage};
use soroban_env_host::fees::{
    LedgerEntryRentChange, TransactionResources, compute_rent_fee, compute_transaction_resource_fee,
};
use soroban_sdk::xdr::{
    ContractDataDurability, ContractDataEntry, LedgerEntry, LedgerEntryData, Limits, ScMap,
    ScMapEntry, ScVal, ScVec, WriteXdr,
};
use tests::report::{aligned, grouped, xlm};
use tests::{MIN_PERSISTENT_TTL, network};

const MILESTONES: u32 = 50;
/// As long as the names of ours are on average.
const FIELD_NAME: &str = "twelve_chars";

/// The entries of an escrow, and those of them that an approval writes.
struct Layout {
    name: &'static str,
    entries: Vec<LedgerEntry>,
    written: Vec<LedgerEntry>,
}

pub fn layouts(code: &Code) -> String {
    let stage = Stage::funded(code, Shape::of(MILESTONES));
    let all = stage.chain.data_of(&stage.escrow);
    let (milestones, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|entry| matches!(data(entry).key, ScVal::U32(_)));
    assert_eq!(milestones.len(), MILESTONES as usize, "every milestone has an entry");

    let with = |milestones: &[LedgerEntry]| [&others[..], milestones].concat();
    let first = |milestones: &[LedgerEntry]| milestones[..1].to_vec();
    let named: Vec<_> = milestones.iter().map(|entry| with_value(entry, named)).collect();
    let hot: Vec<_> = milestones.iter().map(|entry| with_value(entry, without_texts)).collect();
    let cold: Vec<_> = milestones.iter().map(|entry| with_value(entry, only_texts)).collect();
    let values: Vec<_> = milestones.iter().map(|entry| data(entry).val.clone()).collect();
    let whole = vec![with_value(&milestones[0], |_| tuple(values.clone()))];
    let layouts = [
        Layout {
            name: "an entry for each milestone, a tuple (as it is)",
            written: first(&milestones),
            entries: with(&milestones),
        },
        Layout {
            name: "the same with named fields",
            written: first(&named),
            entries: with(&named),
        },
        Layout {
            name: "texts in an entry of their own",
            written: first(&hot),
            entries: with(&[hot, cold].concat()),
        },
        Layout {
            name: "one entry for all milestones",
            written: whole.clone(),
            entries: with(&whole),
        },
    ];

    let mut table = vec![
        ["Layout", "Entries", "Bytes stored", "Rent, XLM", "Bytes written", "Fee for them"]
            .map(String::from)
            .to_vec(),
    ];
    for Layout { name, entries, written } in layouts {
        table.push(vec![
            name.into(),
            entries.len().to_string(),
            grouped(bytes(&entries)),
            xlm(rent(&entries)),
            grouped(bytes(&written)),
            grouped(write_fee(&written)),
        ]);
    }
    aligned(&table, 1)
}

fn data(entry: &LedgerEntry) -> &ContractDataEntry {
    match &entry.data {
        LedgerEntryData::ContractData(data) => data,
        other => panic!("an escrow stores no {}", other.name()),
    }
}

fn with_value(entry: &LedgerEntry, change: impl FnOnce(&[ScVal]) -> ScVal) -> LedgerEntry {
    let mut entry = entry.clone();
    let LedgerEntryData::ContractData(data) = &mut entry.data else {
        panic!("an escrow stores no {}", entry.data.name())
    };
    let ScVal::Vec(Some(fields)) = &data.val else { panic!("a milestone is a tuple") };
    data.val = change(fields);
    entry
}

fn tuple(fields: Vec<ScVal>) -> ScVal {
    ScVal::Vec(Some(ScVec(fields.try_into().unwrap())))
}

fn named(fields: &[ScVal]) -> ScVal {
    let name = ScVal::Symbol(FIELD_NAME.try_into().unwrap());
    let entries: Vec<_> =
        fields.iter().map(|val| ScMapEntry { key: name.clone(), val: val.clone() }).collect();
    ScVal::Map(Some(ScMap(entries.try_into().unwrap())))
}

fn is_text(field: &ScVal) -> bool {
    matches!(field, ScVal::String(_))
}

fn only_texts(fields: &[ScVal]) -> ScVal {
    tuple(fields.iter().filter(|field| is_text(field)).cloned().collect())
}

fn without_texts(fields: &[ScVal]) -> ScVal {
    tuple(fields.iter().filter(|field| !is_text(field)).cloned().collect())
}

fn size(entry: &LedgerEntry) -> u32 {
    entry.to_xdr(Limits::none()).unwrap().len() as u32
}

fn bytes(entries: &[LedgerEntry]) -> u32 {
    entries.iter().map(size).sum()
}

/// For the first 120 days, which every new entry pays.
fn rent(entries: &[LedgerEntry]) -> i64 {
    let changes: Vec<_> = entries
        .iter()
        .map(|entry| LedgerEntryRentChange {
            is_persistent: data(entry).durability == ContractDataDurability::Persistent,
            is_code_entry: false,
            old_size_bytes: 0,
            new_size_bytes: size(entry),
            old_live_until_ledger: 0,
            new_live_until_ledger: MIN_PERSISTENT_TTL,
        })
        .collect();
    compute_rent_fee(&changes, &network::rent(), 1)
}

/// What writing these entries costs, in stroops.
fn write_fee(entries: &[LedgerEntry]) -> i64 {
    let resources = |write_entries, write_bytes| TransactionResources {
        instructions: 0,
        disk_read_entries: 0,
        write_entries,
        disk_read_bytes: 0,
        write_bytes,
        contract_events_size_bytes: 0,
        transaction_size_bytes: 0,
    };
    let fee = |resources| compute_transaction_resource_fee(&resources, &network::fees()).0;
    fee(resources(entries.len() as u32, bytes(entries))) - fee(resources(0, 0))
}
