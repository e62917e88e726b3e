//! What must fail: that it does, for the reason that is expected, and without any effect.

use super::Walk;
use crate::Outcome;
use crate::errors::{known, number_in};
use crate::page::{Cost, Row};
use crate::stage::Escrow;
use localnet::client::{Failure, Prepared};
use serde_json::Value;
use stellar_xdr::ScError;

impl Walk {
    /// A call that a wallet's trial refuses, so that nothing is signed or sent.
    pub fn refuse(
        &mut self,
        escrow: &Escrow,
        by: &str,
        function: &str,
        given: Value,
        error: &str,
    ) -> Outcome {
        let before = self.everything(escrow)?;
        let ledger = self.stage.ledger();
        let (call, arguments) = self.stage.call(escrow, by, function, &given)?;
        let why = match self.stage.prepare(by, &[], call)? {
            Err(Failure::Refused(why)) => why,
            Err(failure) => return Err(failure.into()),
            Ok(_) => return Err(format!("{function} by {by} is not refused").into()),
        };
        self.next(&Row { step: "", what: function, who: &format!("({by})"), cost: Cost::Nothing });
        self.shown(function, &arguments)?;
        self.page.refusal(&explained(number_in(&why), &why, error)?);
        self.page.finding("refused in the trial: nothing is signed, sent, or paid");
        if self.stage.ledger() != ledger {
            return Err(format!("{function}: something was sent").into());
        }
        self.unchanged(escrow, &before)
    }

    /// A transaction that is sent, and that the network refuses for an error of the contract's,
    /// or, where none is named, for a signature that is not good.
    pub fn refuse_sent(
        &mut self,
        escrow: &Escrow,
        by: &str,
        function: &str,
        given: &Value,
        prepared: &Prepared,
        error: Option<&str>,
    ) -> Outcome {
        let before = self.everything(escrow)?;
        let (_, arguments) = self.stage.call(escrow, by, function, given)?;
        let receipt = self.stage.client().submit(prepared)?;
        if receipt.succeeded {
            return Err(format!("{function} by {by} is not refused").into());
        }
        let cost = Cost::Fee(receipt.charged, receipt.metric("cpu_insn"));
        self.next(&Row { step: "", what: function, who: by, cost });
        self.shown(function, &arguments)?;
        let text = match (receipt.error(), error) {
            (Some(ScError::Contract(number)), Some(error)) => explained(Some(*number), "", error)?,
            (Some(ScError::Auth(_)), None) => {
                "refused by the host: the signature is not of the one named".into()
            }
            (found, expected) => {
                return Err(format!("{function}: {found:?} and not {expected:?}").into());
            }
        };
        self.page.refusal(&text);
        self.page.finding(
            "sent, and refused by the network: it takes its fee, and changes nothing else",
        );
        self.unchanged(escrow, &before)
    }

    fn everything(&self, escrow: &Escrow) -> Outcome<(Value, Vec<(String, i128)>)> {
        Ok((self.stage.all_of(escrow)?, self.stage.standing(Some(escrow))?.tokens))
    }

    fn unchanged(&mut self, escrow: &Escrow, before: &(Value, Vec<(String, i128)>)) -> Outcome {
        self.refused += 1;
        if self.everything(escrow)? == *before {
            Ok(())
        } else {
            Err("a call that was refused has changed something".into())
        }
    }
}

/// An error as the documents tell it, which must be the one that is expected.
fn explained(number: Option<u32>, why: &str, expected: &str) -> Outcome<String> {
    let number = number.ok_or_else(|| format!("{expected} is expected, and not {why}"))?;
    let error = known(number)?;
    if error.name != expected {
        return Err(format!("{expected} is expected, and not {}", error.name).into());
    }
    Ok(format!("{} (error {number}): {}", error.name, error.sentence))
}
