//! The contract's code, parsed once for all environments, and a contract that makes escrows of it.

use soroban_env_host::ModuleCache;
use soroban_sdk::xdr::{LedgerEntry, LedgerKey, LedgerKeyContractCode};
use soroban_sdk::{
    Address, Bytes, BytesN, ContractExecutable, Env, Val, Vec, contract, contractimpl,
};
use std::rc::Rc;
use std::sync::LazyLock;
use tests::{MAX_TTL, on_wasm, wasm};

/// Makes escrows, so that a constructor's refusal comes back as a failed call.
#[contract]
pub struct Factory;

#[contractimpl]
impl Factory {
    pub fn open(env: Env, code: BytesN<32>, slot: u32, args: Vec<Val>) -> Address {
        let deployer = env.deployer().with_current_contract(salt(&env, slot));
        deployer.deploy_contract(ContractExecutable::Wasm(code), args)
    }

    /// Where the escrow of a slot is or will be.
    pub fn at(env: Env, slot: u32) -> Address {
        env.deployer().with_current_contract(salt(&env, slot)).deployed_address()
    }
}

fn salt(env: &Env, slot: u32) -> BytesN<32> {
    BytesN::from_array(env, &[slot as u8; 32])
}

/// The built WASM as it stands in a ledger.
struct Code {
    key: LedgerKey,
    entry: LedgerEntry,
    modules: ModuleCache,
}

static CODE: LazyLock<Code> = LazyLock::new(|| {
    let env = tests::network();
    let hash = env.deployer().upload_contract_wasm(Bytes::from_slice(&env, &wasm()));
    let key = LedgerKey::ContractCode(LedgerKeyContractCode { hash: hash.to_array().into() });
    let host = env.host();
    let (entry, _) = host.get_ledger_entry(&Rc::new(key.clone())).unwrap().unwrap();
    let modules = host.take_module_cache().unwrap();
    Code { key, entry: entry.as_ref().clone(), modules }
});

/// Brings the contract to an environment, in the runtime that this run is for.
pub fn code(env: &Env) -> BytesN<32> {
    if !on_wasm() {
        return env.upload(escrow::Contract);
    }
    let Code { key, entry, modules } = &*CODE;
    let until = env.ledger().sequence() + MAX_TTL - 1;
    let host = env.host();
    host.add_ledger_entry(&Rc::new(key.clone()), &Rc::new(entry.clone()), Some(until)).unwrap();
    host.set_module_cache(modules.clone()).unwrap();
    let LedgerKey::ContractCode(LedgerKeyContractCode { hash }) = key else {
        panic!("the key of code")
    };
    BytesN::from_array(env, &hash.0)
}
