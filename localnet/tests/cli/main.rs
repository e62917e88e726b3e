//! The real `stellar` against a network in this process.

mod accounts;
mod archival;
mod assets;
mod calls;
mod contracts;
mod escrow;
mod events;
mod payments;
mod status;
mod transactions;
mod world;

#[path = "../common/shell.rs"]
mod shell;
