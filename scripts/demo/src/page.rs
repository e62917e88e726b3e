//! What is printed: 100 columns, and colours only where somebody looks.

use crate::words::{decimal, grouped};
use localnet::genesis::TOKEN_CODE;
use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

const WIDTH: usize = 100;

/// The figures of a step.
pub struct Row<'a> {
    pub step: &'a str,
    pub what: &'a str,
    pub who: &'a str,
    pub cost: Cost,
}

/// What a step has cost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// It was not sent.
    Nothing,
    /// In stroops; and instructions, if a contract was called.
    Fee(i64, Option<u64>),
}

/// An amount that has changed.
pub struct Change {
    pub whose: String,
    pub before: i128,
    pub after: i128,
}

pub struct Page {
    colours: bool,
    quiet: bool,
}

impl Page {
    pub fn new() -> Self {
        let colours = has_colours(io::stdout().is_terminal(), env::var_os("NO_COLOR"));
        Self { colours, quiet: false }
    }

    #[cfg(test)]
    pub fn quiet() -> Self {
        Self { colours: false, quiet: true }
    }

    pub fn title(&self, title: &str) {
        self.line("");
        self.line(&self.bold(title));
        self.line(&self.dim(&"═".repeat(WIDTH)));
    }

    /// A paragraph, with a blank line after it.
    pub fn prose(&self, text: &str) {
        for line in wrapped(text, WIDTH - 2) {
            self.line(&format!("  {line}"));
        }
        self.line("");
    }

    /// What the columns of the rows are.
    pub fn header(&self) {
        let header = columns("", "call", "signed by", "fee, XLM", "instructions");
        self.line(&self.dim(header.trim_end()));
    }

    pub fn row(&self, row: &Row) {
        let (fee, instructions) = match row.cost {
            Cost::Nothing => Default::default(),
            Cost::Fee(fee, instructions) => {
                (fixed(fee), instructions.map(|count| grouped(count.into())).unwrap_or_default())
            }
        };
        let line = columns(row.step, row.what, row.who, &fee, &instructions);
        self.line(&self.bold(line.trim_end()));
    }

    /// What a wallet shows before it signs.
    pub fn wallet(&self, sentence: &str, arguments: &[(String, Vec<String>)]) {
        let bar = self.dim("│");
        for line in wrapped(sentence, WIDTH - 10) {
            self.line(&format!("        {bar} {}", self.dim(&line)));
        }
        for (name, lines) in arguments {
            let labels = [name.as_str()].into_iter().chain([""].into_iter().cycle());
            for (label, line) in labels.zip(lines) {
                self.line(&format!("        {bar} {label:<11} {line}"));
            }
        }
    }

    pub fn changes(&self, changes: &[Change]) {
        for Change { whose, before, after } in changes {
            let (before, after) = (decimal(*before), decimal(*after));
            self.line(&format!("          {whose:<22} {before:>14} → {after:>14} {TOKEN_CODE}"));
        }
    }

    /// Something that holds, as it should.
    pub fn finding(&self, text: &str) {
        for line in wrapped(text, WIDTH - 10) {
            self.line(&format!("          {}", self.paint("32", &line)));
        }
    }

    /// A refusal, as it should be.
    pub fn refusal(&self, text: &str) {
        for line in wrapped(text, WIDTH - 10) {
            self.line(&format!("          {}", self.paint("33", &line)));
        }
    }

    /// Time that passes, or what somebody does who calls no contract.
    pub fn aside(&self, text: &str) {
        for line in wrapped(text, WIDTH - 8) {
            self.line(&format!("        {}", self.paint("36", &line)));
        }
    }

    /// A line as it is. A reader that has gone away is no reason to end.
    pub fn line(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(io::stdout(), "{text}");
        }
    }

    pub fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colours && !text.is_empty() {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.into()
        }
    }
}

/// As https://no-color.org has it: whatever the variable says, if it says anything.
fn has_colours(is_terminal: bool, unwanted: Option<OsString>) -> bool {
    is_terminal && unwanted.is_none_or(|value| value.is_empty())
}

fn columns(step: &str, what: &str, who: &str, fee: &str, instructions: &str) -> String {
    format!("  {step:<6}{what:<34}{who:<22}{fee:>17}{instructions:>17}")
}

/// An amount of XLM to the stroop.
pub fn fixed(stroops: i64) -> String {
    format!("{}.{:07}", stroops / 10_000_000, stroops % 10_000_000)
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is one from the start");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.into());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_longer_than_they_may_be() {
        let lines = wrapped("one two three four", 9);
        assert_eq!(lines, ["one two", "three", "four"]);
    }

    #[test]
    fn colours_are_for_terminals_whose_owner_wants_them() {
        assert!(has_colours(true, None));
        assert!(has_colours(true, Some("".into())));
        assert!(!has_colours(true, Some("1".into())));
        assert!(!has_colours(false, None));
    }
}
