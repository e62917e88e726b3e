//! What every operation costs on Mainnet: measured on the built WASM, printed as tables, and kept
//! in `tests/golden/costs.json` and `docs/costs.md`.
//!
//! Without an argument it writes both; with `--check` it fails where they differ from what it
//! measures. Either way it fails if a target is missed.

mod breakdown;
mod chain;
mod code;
mod layouts;
mod operations;
mod report;
mod stage;
mod targets;
mod wasm;

use stage::Code;
use std::collections::BTreeSet;
use std::process::ExitCode;
use tests::report::{targets, with_block};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/costs.json");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/costs.md");
const FLOOR_PATH: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../target/wasm32v1-none/release/floor.wasm");

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: costs [--check]");
            return ExitCode::FAILURE;
        }
    };
    let floor = std::fs::read(FLOOR_PATH)
        .unwrap_or_else(|error| panic!("{FLOOR_PATH}: {error}; run make costs"));
    let code = Code { escrow: tests::wasm(), floor };
    let sizes = wasm::sizes(&code.escrow);
    let rows = operations::measure(&code);
    let verdicts = targets::verdicts(&rows, &sizes);

    let blocks = [
        ("targets", targets(&verdicts)),
        ("operations", report::operations(&rows)),
        ("instructions", breakdown::breakdown(&operations::examples(&code))),
        ("code", code::rent_of_code(&code)),
        ("layouts", layouts::layouts(&code)),
    ];
    for (_, block) in &blocks {
        println!("{block}");
    }
    let json = report::json(&rows, &sizes);
    let page = read(PAGE);
    let page_now =
        blocks.iter().fold(page.clone(), |page, (name, block)| with_block(&page, name, block));

    let mut failed = verdicts.iter().any(|verdict| !verdict.met);
    if failed {
        eprintln!("A target is missed.");
    }
    if check {
        failed |= differs(GOLDEN, &read(GOLDEN), &json) | differs(PAGE, &page, &page_now);
    } else {
        write(GOLDEN, &json);
        write(PAGE, &page_now);
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn write(path: &str, text: &str) {
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// Tells the lines in which what is kept differs from what was measured.
fn differs(path: &str, kept: &str, measured: &str) -> bool {
    let lines = |text: &str| text.lines().map(String::from).collect::<BTreeSet<_>>();
    let (was, is) = (lines(kept), lines(measured));
    for line in was.symmetric_difference(&is) {
        eprintln!("{} {line}", if was.contains(line) { '-' } else { '+' });
    }
    if kept != measured {
        eprintln!("{path} is not what was measured; make costs brings it up to date.");
    }
    kept != measured
}
