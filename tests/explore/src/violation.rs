//! What is printed when something is wrong.

use crate::machine::Configuration;
use std::fmt;

/// A law that is broken, and how to get there.
#[derive(Debug)]
pub struct Violation {
    pub law: String,
    pub configuration: Option<Configuration>,
    pub trace: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "VIOLATION: {}", self.law)?;
        if let Some(configuration) = &self.configuration {
            writeln!(f, "  under {configuration}")?;
        }
        self.trace.iter().try_for_each(|step| writeln!(f, "  {step}"))
    }
}
