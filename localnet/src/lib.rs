//! A Stellar network in one process.

pub mod accounts;
pub mod apply;
pub mod genesis;
pub mod history;
pub mod ledger;
pub mod network;
pub mod operations;
pub mod root;
pub mod settings;
pub mod signatures;
pub mod store;
pub mod transaction;
pub mod validity;
