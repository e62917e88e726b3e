//! Any argument at any place of any entry point: no call traps, or takes more than a transaction may.

#![no_main]

use fuzz::case::Ending;
use fuzz::judge::{Input, Judge};
use libfuzzer_sys::{Corpus, fuzz_target};

thread_local! {
    static JUDGE: Judge = Judge::new();
}

fuzz_target!(
    init: JUDGE.with(|_| ()),
    |input: Input| -> Corpus {
        match JUDGE.with(|judge| judge.hear(&input)) {
            Ending::NotCarried => Corpus::Reject,
            Ending::Succeeded | Ending::Refused => Corpus::Keep,
        }
    }
);
