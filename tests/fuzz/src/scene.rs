//! Escrows in interesting states, each with a valid call of every entry point, as plain data: every
//! input is tried in a network of its own that starts from the same ledger.

mod calls;
mod states;

pub use calls::Call;

use escrow::Contract;
use soroban_sdk::testutils::{EnvTestConfig, Snapshot};
use soroban_sdk::xdr::ScAddress;
use soroban_sdk::{Address, BytesN, Env, Executable};
use tests::{World, on_wasm};

/// An escrow, and what may be called there.
pub struct Scene {
    snapshot: Snapshot,
    code: [u8; 32],
    pub escrow: ScAddress,
    pub calls: Vec<Call>,
    /// Everybody there, the escrow and its token too.
    pub cast: Vec<ScAddress>,
}

impl Scene {
    /// All that there are.
    pub fn all() -> Vec<Self> {
        states::ALL.iter().map(|state| Self::of(&state())).collect()
    }

    fn of(w: &World) -> Self {
        let Some(Executable::Wasm(code)) = w.escrow.executable() else {
            panic!("an escrow is a WASM contract")
        };
        let people = [&w.payer, &w.admin, &w.platform, &w.stranger, &w.escrow, &w.token];
        let seats = [&w.approvers, &w.providers, &w.signers, &w.resolvers, &w.observers];
        let cast = people.into_iter().chain(seats.into_iter().flatten());
        Self {
            code: code.to_array(),
            escrow: plain(&w.escrow),
            calls: calls::all(w),
            cast: cast.map(plain).chain([calls::account()]).collect(),
            snapshot: w.env.to_snapshot(),
        }
    }

    /// A network in which the escrow is as it was left.
    pub fn network(&self) -> Env {
        let mut env = Env::from_snapshot(self.snapshot.clone());
        env.set_config(EnvTestConfig { capture_snapshot_at_drop: false });
        if !on_wasm() {
            env.upload_at(BytesN::from_array(&env, &self.code), Contract);
        }
        // What a call takes is judged after it, and by what the host notes of it in a budget apart.
        env.cost_estimate().disable_resource_limits();
        env.cost_estimate().budget().reset_unlimited();
        env
    }

    /// The hash of the contract's code.
    pub fn code(&self) -> [u8; 32] {
        self.code
    }
}

fn plain(address: &Address) -> ScAddress {
    address.into()
}
