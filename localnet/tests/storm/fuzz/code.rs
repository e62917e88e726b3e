//! Contracts that are none, and some that should not be.

use super::{Run, storm};
use crate::wallet::call;
use localnet::ledger::{sha256, sha256_xdr, xdr};
use localnet::network::Rhythm;
use std::fs;
use stellar_xdr::*;

/// A contract of the usual size, as `make build` leaves it.
const ESCROW: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../target/wasm32v1-none/release/escrow.wasm");

/// What a function does that a contract should not have, as WebAssembly.
const BODIES: [&[u8]; 7] = [
    // Returns.
    &[0x42, 0x02],
    // Goes round forever.
    &[0x03, 0x40, 0x0c, 0x00, 0x0b, 0x42, 0x02],
    // Calls itself.
    &[0x10, 0x00],
    // Asks for memory forever.
    &[0x03, 0x40, 0x41, 0x01, 0x40, 0x00, 0x1a, 0x0c, 0x00, 0x0b, 0x42, 0x02],
    // Traps.
    &[0x00],
    // Divides by zero.
    &[0x41, 0x01, 0x41, 0x00, 0x6d, 0x1a, 0x42, 0x02],
    // Reads where there is no memory.
    &[0x41, 0x7f, 0x29, 0x03, 0x00],
];

#[test]
fn contracts_that_should_not_be_do_no_harm() {
    let run = storm(Rhythm::Instant, 150, |run| {
        let who = run.forge.dice.pick(&run.wallet.accounts).clone();
        let wasm = make_up(run);
        let code = sha256(&wasm);
        let wasm = wasm.try_into().expect("a contract that fits");
        let upload = run.tried(&who, HostFunction::UploadContractWasm(wasm));
        run.submit("sendTransaction", &run.wallet.sign(upload));

        let create = CreateContractArgs {
            contract_id_preimage: ContractIdPreimage::Address(ContractIdPreimageFromAddress {
                address: ScAddress::Account(who.id.clone()),
                salt: Uint256(code.0),
            }),
            executable: ContractExecutable::Wasm(code),
        };
        let id = ContractId(sha256_xdr(&HashIdPreimage::ContractId(HashIdPreimageContractId {
            network_id: run.wallet.network_id.clone(),
            contract_id_preimage: create.contract_id_preimage.clone(),
        })));
        let create = run.tried(&who, HostFunction::CreateContract(create));
        run.submit("sendTransaction", &run.wallet.sign(create));

        let args = (0..run.forge.dice.below(3)).map(|_| run.forge.any()).collect();
        let call = run.tried(&who, call(id, "f", args));
        run.submit("sendTransaction", &run.wallet.sign(call));
    });
    let is_code = |key: &LedgerKey| matches!(key, LedgerKey::ContractCode(_));
    let codes = run.net.network(move |net| net.entries.keys().filter(|key| is_code(key)).count());
    assert!(codes >= BODIES.len(), "too few are taken: {codes}");
}

fn make_up(run: &mut Run) -> Vec<u8> {
    let dice = &mut run.forge.dice;
    let mut wasm = match dice.below(8) {
        0 => {
            let length = dice.below(300);
            let noise = dice.bytes(length);
            [b"\0asm\x01\0\0\0", &noise[..]].concat()
        }
        1 => fs::read(ESCROW).unwrap_or_else(|error| panic!("{ESCROW}: {error}: make build")),
        _ => module(dice.pick::<&[u8]>(&BODIES)),
    };
    if !dice.once_in(3) {
        dice.spoil(&mut wasm);
    }
    wasm
}

/// A contract with one function, `f`, of no arguments.
fn module(body: &[u8]) -> Vec<u8> {
    let section = |id: u8, content: &[u8]| [&[id, content.len() as u8], content].concat();
    let protocol = ScEnvMetaEntry::ScEnvMetaKindInterfaceVersion(ScEnvMetaEntryInterfaceVersion {
        protocol: 29,
        pre_release: 0,
    });
    let meta = b"contractenvmetav0";
    let meta = [&[meta.len() as u8], &meta[..], &xdr(&protocol)].concat();
    let code = [&[1, body.len() as u8 + 2, 0], body, &[0x0b]].concat();
    [
        b"\0asm\x01\0\0\0".to_vec(),
        section(1, &[1, 0x60, 0, 1, 0x7e]),
        section(3, &[1, 0]),
        section(5, &[1, 0, 1]),
        section(7, b"\x01\x01f\x00\x00"),
        section(10, &code),
        section(0, &meta),
    ]
    .concat()
}
