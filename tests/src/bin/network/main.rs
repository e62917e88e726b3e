//! How fast localnet is, how much memory it takes, and whether it charges what it says: measured
//! on the real binary, over HTTP, as its clients see it.
//!
//! Without an argument it writes the tables into `docs/localnet.md`; with `--check` it only fails
//! if a target is missed.

mod figures;
mod process;
mod stage;

use figures::Figures;
use std::process::ExitCode;
use tests::report::with_block;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/localnet.md");

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: network [--check]");
            return ExitCode::FAILURE;
        }
    };
    let figures = Figures::measure();
    let blocks =
        [("targets", figures.targets()), ("figures", figures.table()), ("fees", figures.fees())];
    for (_, block) in &blocks {
        println!("{block}");
    }
    if !check {
        let page = std::fs::read_to_string(PAGE).unwrap_or_else(|e| panic!("{PAGE}: {e}"));
        let page = blocks.iter().fold(page, |page, (name, block)| with_block(&page, name, block));
        std::fs::write(PAGE, page).unwrap_or_else(|e| panic!("{PAGE}: {e}"));
    }
    if figures.all_met() {
        ExitCode::SUCCESS
    } else {
        eprintln!("A target is missed.");
        ExitCode::FAILURE
    }
}
