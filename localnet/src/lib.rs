//! A Stellar network in one process.

#![allow(clippy::result_large_err, reason = "a result is as large as the protocol makes it")]

#[cfg(panic = "abort")]
compile_error!(
    "localnet outlives a defect by unwinding; the release profile, which aborts, is the contract's"
);

pub mod accounts;
pub mod apply;
pub mod client;
pub mod connection;
pub mod declared;
pub mod friendbot;
pub mod genesis;
pub mod history;
pub mod horizon;
pub mod ledger;
pub mod network;
pub mod operations;
pub mod problem;
pub mod root;
pub mod rpc;
pub mod server;
pub mod settings;
pub mod signatures;
pub mod simulate;
pub mod store;
pub mod transaction;
pub mod validity;
pub mod worker;

use crate::network::{Network, Opened, Pace, Rhythm};
use crate::rpc::{Rpc, RpcError};
use crate::server::{Bound, Server};
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::worker::{Joined, Worker};
use serde_json::Value;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// How a network is to be.
#[derive(Clone, Debug)]
pub struct Options {
    pub settings: Settings,
    /// Where it listens; any free port if it is all the same.
    pub port: Option<u16>,
    /// How often ledgers close; without it, with each transaction.
    pub block_time: Option<Duration>,
    /// How many named accounts it starts with.
    pub accounts: usize,
    /// Where everything is kept; without it, nothing is.
    pub state: Option<PathBuf>,
    /// A folder with a web page, which is shown at the same port.
    pub page: Option<PathBuf>,
    pub pace: Pace,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            port: None,
            block_time: None,
            accounts: accounts::NAMES.len(),
            state: None,
            page: None,
            pace: Pace::default(),
        }
    }
}

/// Why a network does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("port {0} is in use, by another localnet perhaps; --port takes another, or 0 for any")]
    PortInUse(u16),
    #[error("cannot listen on port {0}: {1}")]
    Port(u16, io::Error),
    #[error(transparent)]
    State(#[from] StoreError),
}

/// A network that runs until it is dropped. As many as one likes can run side by side.
pub struct Localnet {
    // In the order in which they are to end.
    _server: Server,
    rpc: Rpc,
    worker: Worker,
    _ledger: Joined,
    url: String,
}

impl Localnet {
    pub fn start(options: Options) -> Result<Self, StartError> {
        let port = options.port.unwrap_or_default();
        let unbound = |error: io::Error| match error.kind() {
            io::ErrorKind::AddrInUse => StartError::PortInUse(port),
            _ => StartError::Port(port, error),
        };
        let bound = Bound::to(port).map_err(unbound)?;
        let url = bound.url();
        let (block_time, page) = (options.block_time, options.page.clone());
        let (ledger, worker) = Worker::start(move || make(&options), block_time)?;
        let rpc = Rpc::new(worker.clone(), &format!("{url}/friendbot"));
        let server = bound.serve(rpc.clone(), worker.clone(), page).map_err(unbound)?;
        Ok(Self { _server: server, rpc, worker, _ledger: ledger, url })
    }

    /// Such as `http://127.0.0.1:8000`.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn rpc_url(&self) -> String {
        format!("{}/rpc", self.url)
    }

    /// Calls a method of JSON-RPC without any HTTP, and waits for the answer.
    pub fn call(&self, method: &str, params: Value) -> Result<Value, RpcError> {
        self.rpc.call_blocking(method, params)
    }

    /// Has something done with the network itself, and waits for it. Panics if that panics.
    pub fn network<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Network) -> T + Send + 'static,
    ) -> T {
        self.worker.call_blocking(work).unwrap_or_else(|defect| panic!("{defect}"))
    }
}

fn make(options: &Options) -> Result<Network, StoreError> {
    let mut network = match &options.state {
        None => begin(options),
        Some(path) => match Network::open(Store::open(path)?, options.settings, options.pace)? {
            Opened::Network(network) => *network,
            Opened::Empty(store) => {
                let mut network = begin(options);
                network.keep_in(store)?;
                network
            }
        },
    };
    if options.block_time.is_some() {
        network.set_rhythm(Rhythm::Told);
    }
    Ok(network)
}

fn begin(options: &Options) -> Network {
    let mut network = Network::new(options.settings, options.pace);
    genesis::build(&mut network, &accounts::named(options.accounts));
    network
}
