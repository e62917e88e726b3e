//! A Stellar network in one process.

pub mod accounts;
pub mod genesis;
pub mod history;
pub mod ledger;
pub mod network;
pub mod operations;
pub mod root;
pub mod settings;
pub mod transaction;
