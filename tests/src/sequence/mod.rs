//! Random sequences of everything that can happen, against the real contract and a plain model of
//! it that predicts each outcome.
//!
//! [`Sequence`] is made of bytes: those of a seeded generator here, those of a fuzzer elsewhere.

mod action;
pub mod cast;
mod dice;

pub use action::*;
