//! The measurements as tables to read and as JSON to compare.

use crate::chain::Cost;
use crate::operations::{Row, SIZES, flat};
use crate::wasm::Sizes;
use std::fmt::Write as _;
use tests::report::{aligned, grouped, xlm};

/// One object for each row, sorted, so that a difference is one line.
pub fn json(rows: &[Row], sizes: &Sizes) -> String {
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by_key(|row| (row.operation, row.milestones));
    let lines: Vec<_> = sorted.into_iter().map(json_row).collect();
    let Sizes { wasm_bytes, code_section_bytes, imports, exports } = sizes;
    format!(
        "{{\n\"wasm\": {{\"bytes\": {wasm_bytes}, \"code_section_bytes\": {code_section_bytes}, \
         \"imports\": {imports}, \"exports\": {exports}}},\n\"operations\": [\n{}\n]\n}}\n",
        lines.join(",\n")
    )
}

fn json_row(row: &Row) -> String {
    let Row { operation, milestones, cost } = row;
    let mut line = format!("{{\"operation\": \"{operation}\", \"milestones\": {milestones}");
    for (name, value) in figures(cost) {
        write!(line, ", \"{}\": {value}", name.to_lowercase().replace(' ', "_")).unwrap();
    }
    line + "}"
}

/// Everything that is told of a cost, by name; rent and fee are in stroops.
fn figures(cost: &Cost) -> [(&'static str, i64); 8] {
    [
        ("Instructions", cost.instructions.into()),
        ("Disk reads", cost.disk_read_entries.into()),
        ("Entries written", cost.write_entries.into()),
        ("Bytes written", cost.write_bytes.into()),
        ("Event bytes", cost.event_bytes.into()),
        ("Transaction bytes", cost.tx_bytes.into()),
        ("Rent", cost.rent),
        ("Resource fee", cost.resource_fee),
    ]
}

/// Operations that cost the same on every escrow take one line.
pub fn operations(rows: &[Row]) -> String {
    let names = figures(&Cost::default()).map(|(name, _)| name);
    let mut table = vec![vec!["Operation".into(), "Milestones".into()]];
    table[0].extend(names.map(String::from));
    table[0].push("XLM".into());
    let smallest = SIZES[0];
    for row in rows {
        let mut same = rows.iter().filter(|other| other.operation == row.operation);
        let is_flat =
            flat().any(|name| name == row.operation) && same.all(|other| other.cost == row.cost);
        if is_flat && row.milestones != smallest {
            continue;
        }
        let milestones = match row.milestones {
            _ if is_flat => "any".into(),
            0 => String::new(),
            count => grouped(count),
        };
        let mut line = vec![row.operation.into(), milestones];
        line.extend(figures(&row.cost).map(|(_, value)| grouped(value)));
        line.push(xlm(row.cost.resource_fee));
        table.push(line);
    }
    aligned(&table, 1)
}
