//! The steps of a story: each is done, checked, and told. What is not as it should be ends the
//! walk.

mod refusals;
#[cfg(test)]
mod tests;

use crate::Outcome;
use crate::contract::Argument;
use crate::page::{Change, Cost, Page, Row, fixed};
use crate::stage::{Deal, Escrow, Stage, Standing};
use crate::words::argument;
use localnet::client::Receipt;
use serde_json::Value;
use stellar_xdr::{HostFunction, OperationBody};

/// How much is told of a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// With what the wallet shows.
    Full,
    /// In one line, with the balances.
    Brief,
}

pub struct Walk {
    pub stage: Stage,
    pub page: Page,
    pub detail: Detail,
    /// How much was told of the last step.
    last: Detail,
    story: u32,
    step: u32,
    /// What the story has cost, in stroops.
    fees: i64,
    pub done: u32,
    pub refused: u32,
}

impl Walk {
    pub fn new(stage: Stage, page: Page) -> Self {
        Self {
            stage,
            page,
            detail: Detail::Full,
            last: Detail::Full,
            story: 0,
            step: 0,
            fees: 0,
            done: 0,
            refused: 0,
        }
    }

    /// Begins the next story.
    pub fn story(&mut self, title: &str, prose: &str) {
        (self.story, self.step, self.fees) = (self.story + 1, 0, 0);
        (self.detail, self.last) = (Detail::Full, Detail::Full);
        self.page.title(&format!("{}. {title}", self.story));
        self.page.prose(prose);
        self.page.header();
    }

    /// Ends it.
    pub fn the_end(&self) {
        let (steps, fees) = (self.step, fixed(self.fees));
        self.page.line("");
        self.page.line(&format!("  {steps} steps, {fees} XLM of fees in all"));
    }

    /// Brings the contract's code to the network.
    pub fn upload(&mut self) -> Outcome {
        let Some(receipt) = self.stage.upload("admin")? else {
            self.page.finding("the contract's code is there already");
            return Ok(());
        };
        let cost = Cost::Fee(receipt.charged, receipt.metric("cpu_insn"));
        self.next(&Row { step: "", what: "upload of the code, once for all", who: "admin", cost });
        self.done += 1;
        self.page.finding(&format!("its hash: {}", self.stage.contract.hash));
        Ok(())
    }

    /// Deploys an escrow.
    pub fn deploy(&mut self, mut deal: Deal) -> Outcome<Escrow> {
        let (escrow, function, arguments) = self.stage.creation(&mut deal)?;
        let before = self.stage.standing(None)?;
        let receipt = self.send(&deal.deployer, function)?;
        self.told("deploy", &deal.deployer, &receipt, "__constructor", &arguments)?;
        let after = self.stage.standing(None)?;
        self.moved("deploy", &deal.deployer, &receipt, &before, &after, &[])?;
        self.page.finding(&format!("escrow at {}", escrow.address));
        Ok(escrow)
    }

    /// A call that succeeds, and moves exactly these amounts of the token.
    pub fn act(
        &mut self,
        escrow: &Escrow,
        by: &str,
        function: &str,
        given: Value,
        moves: &[(&str, i128)],
    ) -> Outcome<Receipt> {
        let before = self.stage.standing(Some(escrow))?;
        let (call, arguments) = self.stage.call(escrow, by, function, &given)?;
        let receipt = self.send(by, call)?;
        self.told(function, by, &receipt, function, &arguments)?;
        let after = self.stage.standing(Some(escrow))?;
        self.moved(function, by, &receipt, &before, &after, moves)?;
        Ok(receipt)
    }

    /// Says what is tried now.
    pub fn attempt(&self, what: &str) {
        self.page.line("");
        self.page.aside(&format!("✗ {what}"));
    }

    /// What follows from the last step.
    pub fn finding(&self, text: &str) {
        self.page.finding(text);
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: u64, what: &str) -> Outcome {
        self.stage.advance(seconds)?;
        self.page.aside(&format!("… {what}"));
        Ok(())
    }

    /// An operation of the network's own, which calls no contract; with what the wallet shows.
    pub fn classic(&mut self, by: &str, what: &str, shown: &str, body: OperationBody) -> Outcome {
        let receipt = self.stage.classic(by, body)?;
        let cost = Cost::Fee(receipt.charged, None);
        self.next(&Row { step: "", what, who: by, cost });
        self.page.wallet(shown, &[]);
        self.done += 1;
        Ok(())
    }

    /// Something that must be so.
    pub fn holds(&mut self, text: &str, found: &Value, expected: Value) -> Outcome {
        if *found != expected {
            return Err(format!("{text}: {found} and not {expected}").into());
        }
        self.page.finding(text);
        Ok(())
    }

    /// Begins the next step.
    fn next(&mut self, row: &Row) {
        self.step += 1;
        if self.detail == Detail::Full || self.last == Detail::Full {
            self.page.line("");
        }
        self.last = self.detail;
        if let Cost::Fee(fee, _) = row.cost {
            self.fees += fee;
        }
        let step = format!("{}.{}", self.story, self.step);
        self.page.row(&Row { step: &step, ..*row });
    }

    fn send(&self, by: &str, function: HostFunction) -> Outcome<Receipt> {
        let prepared = self.stage.prepare(by, &[], function)?;
        let prepared = prepared.map_err(|failure| format!("{by}: {failure}"))?;
        let receipt = self.stage.client().submit(&prepared)?;
        if receipt.succeeded {
            Ok(receipt)
        } else {
            Err(format!("{by}: {:?}", receipt.error()).into())
        }
    }

    fn told(
        &mut self,
        what: &str,
        by: &str,
        receipt: &Receipt,
        function: &str,
        arguments: &[Argument],
    ) -> Outcome {
        let instructions = receipt.metric("cpu_insn").ok_or("a call without figures")?;
        let cost = Cost::Fee(receipt.charged, Some(instructions));
        self.next(&Row { step: "", what, who: by, cost });
        self.done += 1;
        self.shown(function, arguments)
    }

    fn shown(&self, function: &str, arguments: &[Argument]) -> Outcome {
        if self.detail == Detail::Brief {
            return Ok(());
        }
        let people = &self.stage.people;
        let arguments: Vec<_> = arguments
            .iter()
            .filter(|argument| !argument.is_caller)
            .map(|Argument { name, json, .. }| (name.clone(), argument(people, name, json)))
            .collect();
        self.page.wallet(&self.stage.contract.sentence(function)?, &arguments);
        Ok(())
    }

    /// Tells what has changed hands, which must be these amounts and no others; and that the
    /// sender has paid the fee, and nobody else any.
    fn moved(
        &self,
        what: &str,
        by: &str,
        receipt: &Receipt,
        before: &Standing,
        after: &Standing,
        moves: &[(&str, i128)],
    ) -> Outcome {
        let is_known = |name: &str| before.tokens.iter().any(|(known, _)| known == name);
        if let Some((name, _)) = moves.iter().find(|(name, _)| !is_known(name)) {
            return Err(format!("{what}: nobody is called {name}").into());
        }
        let mut changes = Vec::new();
        for ((whose, before), (_, after)) in before.tokens.iter().zip(&after.tokens) {
            let expected = moves.iter().filter(|(name, _)| name == whose);
            let expected: i128 = expected.map(|(_, amount)| amount).sum();
            if after - before != expected {
                let moved = after - before;
                return Err(format!("{what}, {whose}: {moved} moved, and not {expected}").into());
            }
            if before != after {
                changes.push(Change { whose: whose.clone(), before: *before, after: *after });
            }
        }
        for ((whose, before), (_, after)) in before.stroops.iter().zip(&after.stroops) {
            let fee = if whose == by { receipt.charged } else { 0 };
            if before - after != fee {
                return Err(
                    format!("{what}, {whose}: {} and not {fee} of fees", before - after).into()
                );
            }
        }
        self.page.changes(&changes);
        Ok(())
    }
}
