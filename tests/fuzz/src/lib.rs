//! What the fuzz targets stand on: escrows in interesting states, calls with their arguments spoilt,
//! and a verdict on how each call ends. `tests/fuzz/run` runs the targets.

pub mod case;
pub mod edit;
pub mod interface;
pub mod judge;
pub mod scene;

/// Ends the process, so that the fuzzer keeps the input and says why.
pub fn found(what: &str) -> ! {
    eprintln!("FOUND: {what}");
    std::process::abort()
}
