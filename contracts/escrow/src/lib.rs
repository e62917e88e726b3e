//! Tranche: a milestone escrow on Stellar.
//!
//! One deployed instance is one escrow. A payer's money is locked up front, split over milestones,
//! and each milestone is paid on its own once its work is approved. Calls go one way only:
//! `contract` → a verb family → `rules` / `payout` / `storage`.
#![no_std]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod batch;
mod context;
mod contract;
mod disputes;
mod error;
mod event;
mod funding;
mod milestones;
mod payout;
mod review;
pub mod rules;
mod seats;
mod settlement;
mod storage;
mod terms;
mod types;
mod views;

pub use contract::{Contract, ContractArgs, ContractClient};
pub use error::Error;
pub use event::*;
pub use types::*;
