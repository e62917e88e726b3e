//! Random sequences of everything that can happen, against the real contract and a plain model of
//! it that predicts each outcome.
//!
//! [`Sequence`] is made of bytes: those of a seeded generator here, those of a fuzzer elsewhere.

mod action;
mod call;
pub mod cast;
pub mod choose;
mod dice;
mod failure;
mod invariants;
pub mod model;
mod on_localnet;
pub mod order;
mod part;
mod play;
pub mod seen;
pub mod stage;
mod tally;

pub use action::*;
pub use call::*;
pub use failure::{Failure, attempt};
pub use on_localnet::play_on;
pub use play::play;
pub use tally::{Calls, Tally};

use arbitrary::{Arbitrary, Unstructured};

/// How many bytes a sequence is made of.
const BYTES: usize = 5_000;

impl Sequence {
    /// The sequence of a seed, the same for ever.
    pub fn of_seed(seed: u64) -> Self {
        Self::of_bytes(&bytes(seed, BYTES))
    }

    /// What these bytes make. Where they do not suffice, it is shorter.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::arbitrary(&mut Unstructured::new(bytes)).unwrap_or(Self { actions: vec![] })
    }
}

/// So many bytes by the generator SplitMix64.
fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (word ^ (word >> 31)).to_le_bytes()
    });
    words.flatten().take(count).collect()
}
