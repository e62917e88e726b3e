//! The contract's errors as the documents tell them.

use crate::Outcome;

const TABLE: &str = include_str!("../../../docs/errors.md");

/// A documented error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub number: u32,
    pub name: &'static str,
    pub sentence: &'static str,
}

/// The error of a number.
pub fn known(number: u32) -> Outcome<Known> {
    let error = all().find(|error| error.number == number);
    Ok(error.ok_or_else(|| format!("error {number} is not in docs/errors.md"))?)
}

/// The number in what a trial says, such as `HostError: Error(Contract, #3)`.
pub fn number_in(text: &str) -> Option<u32> {
    text.split_once("Error(Contract, #")?.1.split_once(')')?.0.parse().ok()
}

fn all() -> impl Iterator<Item = Known> {
    TABLE.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let number = cells.next()?.parse().ok()?;
        let name = cells.next()?.trim_matches('`');
        Some(Known { number, name, sentence: cells.next()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_the_table_is_known() {
        assert_eq!(all().count(), 56);
        for error in all() {
            assert!(error.sentence.ends_with('.'), "{error:?}");
            assert_eq!(known(error.number).unwrap(), error);
        }
        assert!(known(1_000).is_err());
    }

    #[test]
    fn the_number_is_found_in_what_a_trial_says() {
        assert_eq!(number_in("HostError: Error(Contract, #62)\n\nEvent log"), Some(62));
        assert_eq!(number_in("HostError: Error(Auth, InvalidAction)"), None);
    }
}
