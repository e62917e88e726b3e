//! What a transaction can have the host do.

use super::network_id;
use crate::accounts::Account;
use crate::ledger::sha256_xdr;
use stellar_xdr::{
    ContractExecutable, ContractId, ContractIdPreimage, ContractIdPreimageFromAddress,
    CreateContractArgsV2, Hash, HashIdPreimage, HashIdPreimageContractId, HostFunction,
    InvokeContractArgs, ScAddress, ScSymbol, ScVal, Uint256,
};

/// What brings a contract's code to the network.
pub fn upload(wasm: &[u8]) -> HostFunction {
    let wasm = wasm.to_vec().try_into().expect("a length of 32 bits");
    HostFunction::UploadContractWasm(wasm)
}

/// What makes a contract of code that is there.
pub fn create(by: &Account, salt: [u8; 32], code: Hash, args: Vec<ScVal>) -> HostFunction {
    HostFunction::CreateContractV2(CreateContractArgsV2 {
        contract_id_preimage: preimage(by, salt),
        executable: ContractExecutable::Wasm(code),
        constructor_args: args.try_into().expect("a number of 32 bits"),
    })
}

/// What calls a contract. Panics if the name is longer than names can be, which is 32 characters.
pub fn invocation(contract: &ContractId, name: &str, args: Vec<ScVal>) -> HostFunction {
    HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(contract.clone()),
        function_name: symbol(name),
        args: args.try_into().expect("a number of 32 bits"),
    })
}

/// Where a contract will be.
pub fn contract_id(by: &Account, salt: [u8; 32]) -> ContractId {
    ContractId(sha256_xdr(&HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: network_id(),
        contract_id_preimage: preimage(by, salt),
    })))
}

fn preimage(by: &Account, salt: [u8; 32]) -> ContractIdPreimage {
    ContractIdPreimage::Address(ContractIdPreimageFromAddress {
        address: ScAddress::Account(by.id.clone()),
        salt: Uint256(salt),
    })
}

pub fn symbol(name: &str) -> ScSymbol {
    ScSymbol(name.try_into().expect("a name of at most 32 characters"))
}
