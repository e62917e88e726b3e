//! Tables of what was measured, for pages and for people.

use crate::network::STROOPS_PER_XLM;
use std::fmt::Write as _;

pub struct Verdict {
    pub target: String,
    pub measured: String,
    pub met: bool,
}

pub fn targets(verdicts: &[Verdict]) -> String {
    let mut table = vec![vec!["Target".into(), "Measured".into(), "Verdict".into()]];
    for Verdict { target, measured, met } in verdicts {
        let verdict = if *met { "met" } else { "**missed**" };
        table.push(vec![target.clone(), measured.clone(), verdict.into()]);
    }
    aligned(&table, 3)
}

/// The page with its block of that name replaced.
pub fn with_block(page: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
    format!("{before}{begin}{text}{end}{after}")
}

/// A Markdown table that reads well as it is; the first columns are words, the others numbers.
pub fn aligned(table: &[Vec<String>], words: usize) -> String {
    let width = |column: usize| table.iter().map(|line| line[column].chars().count()).max();
    let widths: Vec<_> = (0..table[0].len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for (number, line) in table.iter().enumerate() {
        for (column, cell) in line.iter().enumerate() {
            let width = widths[column];
            if column < words {
                write!(text, "| {cell:<width$} ").unwrap();
            } else {
                write!(text, "| {cell:>width$} ").unwrap();
            }
        }
        text += "|\n";
        if number == 0 {
            for (column, width) in widths.iter().enumerate() {
                let dashes = "-".repeat(width + 1);
                write!(text, "|{}", if column < words { dashes + "-" } else { dashes + ":" })
                    .unwrap();
            }
            text += "|\n";
        }
    }
    text
}

/// With commas between thousands.
pub fn grouped<T: TryInto<i64>>(number: T) -> String {
    let Ok(number) = number.try_into() else { panic!("a number beyond all measure") };
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// Rounded up to a ten-thousandth.
pub fn xlm(stroops: i64) -> String {
    let parts = (stroops as u64).div_ceil(STROOPS_PER_XLM as u64 / 10_000);
    format!("{}.{:04}", grouped((parts / 10_000) as i64), parts % 10_000)
}
