//! The ledger by itself, without a server: which transactions it takes, and what they do to it.

mod apply;
mod archival;
mod kit;
mod validity;
