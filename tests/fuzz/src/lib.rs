//! What the fuzz targets stand on: escrows in interesting states, calls with their arguments spoilt,
//! and a verdict on how each call ends. `tests/fuzz/run` runs the targets.

pub mod edit;
pub mod interface;
pub mod scene;
pub mod verdict;

/// Panics of a contract that runs natively are its refusals, and are caught; libFuzzer's hook, which
/// ends the process at the first of them, gives way to one that says nothing. What is not caught
/// still ends the process, by libFuzzer itself.
pub fn let_contracts_panic() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Ends the process, so that the fuzzer keeps the input and says why.
pub fn found(what: &str) -> ! {
    eprintln!("FOUND: {what}");
    std::process::abort()
}
