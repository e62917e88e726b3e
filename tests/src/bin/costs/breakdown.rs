//! Where the instructions of a call go.

use crate::chain::Receipt;
use soroban_sdk::xdr::ContractCostType as Kind;
use tests::report::{aligned, grouped};

/// What the host counts, put together; what is not named here is in the last line.
const GROUPS: [(&str, &[Kind]); 8] = [
    ("imports of the WASM", &[Kind::InstantiateWasmImports]),
    ("exports of the WASM", &[Kind::InstantiateWasmExports]),
    (
        "the rest of instantiation",
        &[
            Kind::InstantiateWasmInstructions,
            Kind::InstantiateWasmFunctions,
            Kind::InstantiateWasmGlobals,
            Kind::InstantiateWasmTableEntries,
            Kind::InstantiateWasmTypes,
            Kind::InstantiateWasmDataSegments,
            Kind::InstantiateWasmElemSegments,
            Kind::InstantiateWasmDataSegmentBytes,
        ],
    ),
    ("the contract's own instructions", &[Kind::WasmInsnExec]),
    ("calls into the host", &[Kind::DispatchHostFunction, Kind::InvokeVmFunction]),
    ("memory: allocated, copied, compared", &[Kind::MemAlloc, Kind::MemCpy, Kind::MemCmp]),
    ("entries and events to and from XDR", &[Kind::ValSer, Kind::ValDeser]),
    ("hashes of keys", &[Kind::ComputeSha256Hash]),
];

pub fn breakdown(calls: &[(&str, Receipt)]) -> String {
    let mut table = vec![vec!["Instructions for".to_string()]];
    table[0].extend(calls.iter().map(|(name, _)| name.to_string()));
    let mut rest: Vec<_> =
        calls.iter().map(|(_, receipt)| u64::from(receipt.cost.instructions)).collect();
    for (group, kinds) in GROUPS {
        let mut line = vec![group.to_string()];
        for ((_, receipt), rest) in calls.iter().zip(&mut rest) {
            let part: u64 = kinds.iter().map(|kind| receipt.instructions(*kind)).sum();
            *rest -= part;
            line.push(grouped(part));
        }
        table.push(line);
    }
    let mut line = vec!["everything else".to_string()];
    line.extend(rest.into_iter().map(grouped));
    table.push(line);
    let mut line = vec!["in all".to_string()];
    line.extend(calls.iter().map(|(_, receipt)| grouped(receipt.cost.instructions)));
    table.push(line);
    aligned(&table, 1)
}
