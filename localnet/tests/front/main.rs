//! What people and wallets meet first: the accounts, the beginning, friendbot, Horizon, and the
//! program with its banner.

mod accounts;
mod friendbot;
mod horizon;
mod http;
mod page;
mod program;
#[path = "../common/shell.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shell;

use localnet::{Localnet, Options};

/// A network of the test's own.
fn start() -> Localnet {
    Localnet::start(Options::default()).unwrap()
}
