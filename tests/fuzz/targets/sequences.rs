//! Any sequence of steps: the contract does what the plain model says, and no invariant breaks.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sequences::{Sequence, attempt};

fuzz_target!(|sequence: Sequence| {
    if let Err(failure) = attempt(&sequence, None) {
        fuzz::found(&failure.shrink(None).test("found"));
    }
});
