//! What is shown before something is sent, and the question whether it shall be.

use crate::failure::Failure;
use std::io::{self, BufRead, IsTerminal, Write};

/// Labels, and what stands beside each.
#[derive(Default)]
pub struct Sheet(Vec<(String, String)>);

impl Sheet {
    pub fn line(&mut self, label: impl Into<String>, value: impl AsRef<str>) -> &mut Self {
        self.0.push((label.into(), printable(value.as_ref())));
        self
    }

    /// Puts it before the eyes of who sends it, beside the result.
    pub fn show(&self, title: &str) {
        eprintln!("{title}");
        eprint!("{}", self.text());
    }

    /// The lines, one below the other; a label that stands above another of the same is not said
    /// again.
    pub fn text(&self) -> String {
        let width = self.0.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        let mut above = "";
        for (label, value) in &self.0 {
            let told = if label == above { "" } else { label };
            text += &format!("  {told:<width$}  {value}\n");
            above = label;
        }
        text
    }
}

/// Asks, where real money is at stake.
pub fn confirm(mainnet: bool, yes: bool) -> Result<(), Failure> {
    if !mainnet || yes {
        return Ok(());
    }
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Err(Failure::input(
            "This is mainnet, and there is no terminal to ask at: nothing was sent.",
            "repeat it at a terminal, or with --yes, which does without the question",
        ));
    }
    eprint!("This is mainnet: real money. To send it, type yes: ");
    let mut answer = String::new();
    let read = io::stderr().flush().and_then(|()| stdin.lock().read_line(&mut answer));
    if read.is_ok() && answer.trim() == "yes" {
        return Ok(());
    }
    Err(Failure::input("Nothing was sent.", "repeat it, and type yes"))
}

/// Text that others wrote, without what a terminal would obey.
pub fn printable(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().map(|c| if hidden(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_aligned_and_not_repeated() {
        let mut sheet = Sheet::default();
        sheet.line("who", "a").line("receiver", "b").line("receiver", "c\u{1b}[2J");
        assert_eq!(sheet.text(), "  who       a\n  receiver  b\n            c\u{fffd}[2J\n");
    }
}
