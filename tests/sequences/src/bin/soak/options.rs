//! What is asked for.

pub const USAGE: &str = "usage: soak [--sequences N] [--from SEED] [--seconds S] [--json]";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many sequences at most.
    pub sequences: u64,
    /// The seed of the first.
    pub from: u64,
    /// How long at most.
    pub seconds: Option<u64>,
    pub json: bool,
}

impl Options {
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { sequences: 100_000, from: 0, seconds: None, json: false };
        while let Some(word) = words.next() {
            if word == "--json" {
                options.json = true;
                continue;
            }
            let number = words.next().and_then(|number| number.parse().ok());
            let number = number.ok_or(format!("{word} needs a number"))?;
            match word.as_str() {
                "--sequences" => options.sequences = number,
                "--from" => options.from = number,
                "--seconds" => options.seconds = Some(number),
                _ => return Err(format!("{word} is unknown")),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Options, String> {
        Options::read(words.split_whitespace().map(String::from))
    }

    #[test]
    fn everything_has_its_default_and_can_be_set() {
        let usual = Options { sequences: 100_000, from: 0, seconds: None, json: false };
        assert_eq!(read(""), Ok(usual));
        let all = Options { sequences: 3, from: 7, seconds: Some(60), json: true };
        assert_eq!(read("--from 7 --json --sequences 3 --seconds 60"), Ok(all));
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        for (words, wrong) in [
            ("--from", "--from needs a number"),
            ("--from seven", "--from needs a number"),
            ("--forms 7", "--forms is unknown"),
        ] {
            assert_eq!(read(words), Err(wrong.into()));
        }
    }
}
