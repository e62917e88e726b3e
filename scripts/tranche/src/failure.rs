//! What went wrong: what happened, why, and what to do next.

use std::fmt;

/// An end that is not the wanted one.
#[derive(Debug)]
pub struct Failure {
    /// With what the program ends.
    pub code: u8,
    happened: String,
    why: Vec<String>,
    next: String,
}

impl Failure {
    /// The input is wrong, and nothing was sent.
    pub fn input(happened: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code: 2, happened: happened.into(), why: Vec::new(), next: next.into() }
    }

    /// The network or the contract refused.
    pub fn refused(happened: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code: 1, happened: happened.into(), why: Vec::new(), next: next.into() }
    }

    /// With a reason more.
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why.push(why.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.happened)?;
        for why in &self.why {
            write!(f, "\n  {why}")?;
        }
        write!(f, "\nNext: {}", self.next)
    }
}
