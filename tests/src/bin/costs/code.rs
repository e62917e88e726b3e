//! What the rent of the code is paid for: the module as the network keeps it in memory.

use crate::stage::{Code, Shape, Stage};
use soroban_env_host::e2e_invoke::entry_size_for_rent;
use soroban_env_host::fees::{LedgerEntryRentChange, compute_rent_fee};
use soroban_sdk::xdr::{
    ContractCodeCostInputs, ContractCodeEntry, ContractCodeEntryExt, LedgerEntry, LedgerEntryData,
    Limits, WriteXdr,
};
use tests::report::{aligned, grouped, xlm};
use tests::{MIN_PERSISTENT_TTL, network};

/// Keeps one of the counts that the network charges for.
type Part = fn(&ContractCodeCostInputs, &mut ContractCodeCostInputs) -> u32;

macro_rules! part {
    ($count:ident) => {
        |all, kept| {
            kept.$count = all.$count;
            all.$count
        }
    };
}

const PARTS: [(&str, Part); 10] = [
    ("instructions", part!(n_instructions)),
    ("functions", part!(n_functions)),
    ("imports", part!(n_imports)),
    ("exports", part!(n_exports)),
    ("types", part!(n_types)),
    ("globals", part!(n_globals)),
    ("table entries", part!(n_table_entries)),
    ("element segments", part!(n_elem_segments)),
    ("data segments", part!(n_data_segments)),
    ("bytes of data and of documentation", part!(n_data_segment_bytes)),
];

pub fn rent_of_code(code: &Code) -> String {
    let entry = Stage::bare(code, Shape::of(0)).chain.code(&code.escrow);
    let none = ContractCodeCostInputs::default();
    let module = memory_bytes(&entry, &none);
    let header = ["What is kept", "Count", "Bytes", "Rent, XLM"];
    let mut table = vec![header.map(String::from).to_vec()];
    let mut push = |what: &str, count: u32, bytes: u32| {
        table.push(vec![what.into(), grouped(count), grouped(bytes), xlm(rent(bytes))]);
    };
    push("the entry itself, in bytes", xdr_bytes(&entry), xdr_bytes(&entry));
    push("a module", 1, module);
    let all = cost_inputs(&entry);
    for (what, part) in PARTS {
        let mut only = none.clone();
        let count = part(all, &mut only);
        push(what, count, memory_bytes(&entry, &only) - module);
    }
    push("in all", 1, xdr_bytes(&entry) + memory_bytes(&entry, all));
    aligned(&table, 1)
}

fn cost_inputs(entry: &LedgerEntry) -> &ContractCodeCostInputs {
    match &entry.data {
        LedgerEntryData::ContractCode(ContractCodeEntry {
            ext: ContractCodeEntryExt::V1(extension),
            ..
        }) => &extension.cost_inputs,
        other => panic!("the network counts what is in a module: {}", other.name()),
    }
}

fn xdr_bytes(entry: &LedgerEntry) -> u32 {
    entry.to_xdr(Limits::none()).unwrap().len() as u32
}

/// What the module would take in memory if this were in it.
fn memory_bytes(entry: &LedgerEntry, inputs: &ContractCodeCostInputs) -> u32 {
    let mut entry = entry.clone();
    if let LedgerEntryData::ContractCode(code) = &mut entry.data
        && let ContractCodeEntryExt::V1(extension) = &mut code.ext
    {
        extension.cost_inputs = inputs.clone();
    }
    entry_size_for_rent(&network::budget(), &entry, 0).expect("a size")
}

/// For 120 days, as whoever uploads the code pays it.
fn rent(bytes: u32) -> i64 {
    let change = LedgerEntryRentChange {
        is_persistent: true,
        is_code_entry: true,
        old_size_bytes: 0,
        new_size_bytes: bytes,
        old_live_until_ledger: 0,
        new_live_until_ledger: MIN_PERSISTENT_TTL,
    };
    compute_rent_fee(&[change], &network::rent(), 1)
}
