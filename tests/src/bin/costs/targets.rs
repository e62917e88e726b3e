//! What an escrow may cost at most, and whether it does.

use crate::chain::Cost;
use crate::operations::{APART, CREATE, FLOOR, ONE_BY_ONE, RELEASE, Row, TOGETHER, UPLOAD, flat};
use crate::wasm::Sizes;
use tests::network::STROOPS_PER_XLM;
use tests::report::{Verdict, grouped, xlm};

const KB: usize = 1_024;

const VOTE_INSTRUCTIONS: u32 = 900_000;
const VOTE_STROOPS: i64 = 10_000;
const RELEASE_INSTRUCTIONS: u32 = 1_250_000;
/// Of what the bare contract takes.
const RELEASE_PER_CENT: f64 = 115.0;
/// Of what as many single releases take.
const TOGETHER_PER_CENT: f64 = 25.0;
const RECEIVERS: u32 = 40;
const TEN_MILESTONES_BYTES: u32 = 5_500;
const WASM_BYTES: usize = 72 * KB;
const CODE_SECTION_BYTES: usize = 48 * KB;
const IMPORTS: usize = 40;
const UPLOAD_STROOPS: i64 = 68 * STROOPS_PER_XLM;

pub fn verdicts(rows: &[Row], sizes: &Sizes) -> Vec<Verdict> {
    let cost = |operation: &str| &row(rows, operation).cost;
    let mut verdicts = vec![same_on_every_escrow(rows)];
    for operation in ["approve", "change_status", "dispute"] {
        let Cost { instructions, resource_fee, .. } = *cost(operation);
        verdicts.push(at_most(operation, "instructions", instructions, VOTE_INSTRUCTIONS));
        verdicts.push(at_most(operation, "stroops", resource_fee, VOTE_STROOPS));
    }
    let Cost { instructions, resource_fee, .. } = *cost(RELEASE);
    verdicts.push(at_most(RELEASE, "instructions", instructions, RELEASE_INSTRUCTIONS));
    let floor = cost(FLOOR).resource_fee;
    verdicts.push(share("release", resource_fee, "the bare contract", floor, RELEASE_PER_CENT));
    let (together, single) = (cost(TOGETHER), cost(ONE_BY_ONE));
    let what = "50 milestones of one receiver in one release";
    let than = "50 single releases";
    let fees = (together.resource_fee, single.resource_fee);
    verdicts.push(share(what, fees.0, than, fees.1, TOGETHER_PER_CENT));
    let receivers = row(rows, APART).milestones;
    verdicts.push(Verdict {
        target: format!("one release pays at least {RECEIVERS} different receivers"),
        measured: receivers.to_string(),
        met: receivers >= RECEIVERS,
    });
    let ten = rows.iter().find(|row| row.operation == CREATE && row.milestones == 10).unwrap();
    let what = "create, 10 milestones";
    verdicts.push(at_most(what, "bytes", ten.cost.write_bytes, TEN_MILESTONES_BYTES));
    verdicts.push(at_most("WASM", "bytes", sizes.wasm_bytes, WASM_BYTES));
    verdicts.push(at_most(
        "WASM, code section",
        "bytes",
        sizes.code_section_bytes,
        CODE_SECTION_BYTES,
    ));
    verdicts.push(at_most("WASM", "imports", sizes.imports, IMPORTS));
    let upload = cost(UPLOAD).resource_fee;
    verdicts.push(Verdict {
        target: format!("upload, for 120 days: at most {} XLM", UPLOAD_STROOPS / STROOPS_PER_XLM),
        measured: xlm(upload),
        met: upload <= UPLOAD_STROOPS,
    });
    verdicts
}

fn row<'a>(rows: &'a [Row], operation: &str) -> &'a Row {
    rows.iter()
        .find(|row| row.operation == operation)
        .unwrap_or_else(|| panic!("{operation} is not measured"))
}

fn same_on_every_escrow(rows: &[Row]) -> Verdict {
    let differing: Vec<_> = flat()
        .filter(|operation| {
            let mut costs = rows.iter().filter(|row| row.operation == *operation);
            let first = &costs.next().expect("every operation is measured").cost;
            costs.any(|row| row.cost != *first)
        })
        .collect();
    Verdict {
        target: "every call costs the same with 2 milestones and with 1,000".into(),
        measured: if differing.is_empty() { "all do".into() } else { differing.join(", ") },
        met: differing.is_empty(),
    }
}

fn at_most<T: PartialOrd + TryInto<i64> + Copy>(
    what: &str,
    unit: &str,
    measured: T,
    limit: T,
) -> Verdict {
    Verdict {
        target: format!("{what}: at most {} {unit}", grouped(limit)),
        measured: grouped(measured),
        met: measured <= limit,
    }
}

fn share(what: &str, part: i64, than: &str, whole: i64, limit_per_cent: f64) -> Verdict {
    let per_cent = part as f64 * 100.0 / whole as f64;
    Verdict {
        target: format!("{what}: a fee of at most {limit_per_cent} % of that of {than}"),
        measured: format!("{per_cent:.2} %"),
        met: per_cent <= limit_per_cent,
    }
}
