//! Any argument at any place of any entry point: no call traps, or takes more than a transaction may.

#![no_main]

use fuzz::verdict::{Input, Judge};
use libfuzzer_sys::{Corpus, fuzz_target};

thread_local! {
    static JUDGE: Judge = Judge::new();
}

fuzz_target!(
    init: {
        JUDGE.with(|_| ());
        fuzz::let_contracts_panic();
    },
    |input: Input| -> Corpus {
        if JUDGE.with(|judge| judge.hear(&input)) { Corpus::Keep } else { Corpus::Reject }
    }
);
