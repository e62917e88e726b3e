//! One thin command for each entry point: what can be read from the escrow is filled in, and all of
//! it is shown before it is sent.

pub mod disputes;
pub mod milestones;
pub mod money;
pub mod returns;
pub mod review;
pub mod seats;
pub mod terms;

use crate::deploy::is_known;
use crate::escrow::{Milestone, Opened, Units};
use crate::failure::Failure;
use crate::session::{Session, Signer, to_json, xlm};
use crate::sheet::Sheet;
use crate::status;
use crate::stellar::{Sent, Stellar};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The milestones that a command is about.
#[derive(Args)]
pub struct Milestones {
    /// The milestones, by number from 0
    #[arg(long = "milestone", required = true, num_args = 1.., value_name = "I")]
    pub numbers: Vec<u32>,
}

/// An escrow, and who is about to call it.
pub struct Caller<'a> {
    pub escrow: Opened<'a>,
    pub signer: Signer,
    session: &'a Session,
    sheet: Sheet,
    /// What the signer signs beneath the call.
    pub beneath: Option<Value>,
}

/// What a signer agrees to.
#[derive(Serialize)]
struct Payout<'a> {
    milestone: u32,
    revision: u32,
    receiver: &'a str,
    amount: Units,
}

/// How a milestone is split.
#[derive(Serialize)]
struct Ruling {
    milestone: u32,
    to_receiver: Units,
}

impl<'a> Caller<'a> {
    pub fn new(stellar: &'a Stellar, session: &'a Session) -> Result<Self, Failure> {
        let id = session.escrow_id()?;
        let signer = session.signer(stellar)?;
        let escrow = Opened::open(stellar, id)?;
        let code = escrow.instance.wasm_hash.as_deref().unwrap_or_default();
        if !is_known(code) {
            return Err(Failure::refused(
                "This contract runs code that is not known: what it would do with a signature cannot be said.",
                "do not send money to it; if you know where its code comes from, build that here",
            )
            .because(format!("Its code has the hash {code}. Nothing was signed, and nothing was sent.")));
        }
        let mut sheet = Sheet::default();
        let terms = &escrow.escrow.terms;
        sheet.line("escrow", id);
        sheet.line("engagement", format!("{} {}", terms.engagement_id, terms.title));
        sheet.line("token", format!("{} {}", escrow.token.address, escrow.token.symbol));
        sheet.line("signs", format!("{} ({})", signer.address, signer.name));
        Ok(Self { escrow, signer, session, sheet, beneath: None })
    }

    /// Puts a line on the sheet.
    pub fn line(&mut self, label: &str, value: impl AsRef<str>) {
        self.sheet.line(label, value);
    }

    /// Puts these milestones on the sheet, with what each is worth.
    pub fn list(&mut self, milestones: &[Milestone]) {
        for milestone in milestones {
            let amount = self.escrow.token.shown(milestone.amount.0);
            self.line(
                "milestone",
                format!("{} {}: {amount}", milestone.milestone, milestone.title),
            );
        }
    }

    /// These milestones, each named once.
    pub fn milestones(&self, numbers: &[u32]) -> Result<Vec<Milestone>, Failure> {
        let mut seen = BTreeSet::new();
        if let Some(twice) = numbers.iter().find(|number| !seen.insert(**number)) {
            return Err(Failure::input(
                format!("Milestone {twice} is named twice."),
                "name each milestone once",
            ));
        }
        let there = self.escrow.escrow.totals.milestones;
        if let Some(none) = numbers.iter().find(|number| **number >= there) {
            return Err(Failure::input(
                format!("There is no milestone {none}: this escrow has {there}, from 0 on."),
                "scripts/status lists them",
            ));
        }
        numbers.iter().map(|number| self.escrow.milestone(*number)).collect()
    }

    /// What is agreed to as these milestones stand, which goes on the sheet.
    pub fn payouts(&mut self, numbers: &[u32]) -> Result<String, Failure> {
        let milestones = self.milestones(numbers)?;
        for milestone in &milestones {
            let Milestone { milestone: number, title, receiver, .. } = milestone;
            let amount = self.escrow.token.shown(milestone.amount.0);
            self.line("pays", format!("{amount} to {receiver} (milestone {number} {title})"));
        }
        let payouts: Vec<_> = milestones
            .iter()
            .map(|milestone| Payout {
                milestone: milestone.milestone,
                revision: milestone.revision,
                receiver: &milestone.receiver,
                amount: milestone.amount,
            })
            .collect();
        Ok(to_json(&payouts))
    }

    /// How these milestones are to be split, which goes on the sheet.
    pub fn rulings(&mut self, numbers: &[u32], amounts: &[String]) -> Result<String, Failure> {
        if numbers.len() != amounts.len() {
            return Err(Failure::input(
                format!(
                    "{} times --milestone, and {} times --to-receiver.",
                    numbers.len(),
                    amounts.len()
                ),
                "name an amount for each milestone, in the same order",
            ));
        }
        let milestones = self.milestones(numbers)?;
        let mut rulings = Vec::new();
        for (milestone, text) in milestones.iter().zip(amounts) {
            let to_receiver = self.escrow.token.read_amount("--to-receiver", text)?;
            let rest = milestone.amount.0 - to_receiver;
            if rest < 0 {
                return Err(Failure::input(
                    format!(
                        "--to-receiver {text}: milestone {} is of {}.",
                        milestone.milestone,
                        self.escrow.token.shown(milestone.amount.0)
                    ),
                    "name an amount from 0 to that of the milestone",
                ));
            }
            let [part, rest] = [to_receiver, rest].map(|units| self.escrow.token.shown(units));
            let payer = &self.escrow.escrow.terms.roles.payer;
            let lines = [
                format!("{part} to {} (milestone {})", milestone.receiver, milestone.milestone),
                format!("{rest}, and the fee on it, to {payer} (the payer)"),
            ];
            for line in lines {
                self.line("splits", line);
            }
            rulings
                .push(Ruling { milestone: milestone.milestone, to_receiver: Units(to_receiver) });
        }
        Ok(to_json(&rulings))
    }

    /// Shows the sheet, with what is unusual, and asks on mainnet.
    pub fn show(&self, function: &str) -> Result<(), Failure> {
        let Self { escrow, session, sheet, .. } = self;
        sheet.show(&format!("{function} on {}", escrow.stellar.network.name));
        if escrow.instance.archived {
            eprintln!("Note: the escrow is archived; this call brings it back, and pays for that.");
        }
        session.confirm(escrow.stellar)
    }

    /// Shows the sheet, asks on mainnet, sends the call, and tells what came of it.
    pub fn send(
        self,
        function: &str,
        arguments: &[(&str, String)],
        touched: &[u32],
    ) -> Result<(), Failure> {
        self.show(function)?;
        let Self { escrow, signer, beneath, .. } = &self;
        let beneath = beneath.as_ref();
        let stellar = escrow.stellar;
        let sent = stellar.invoke(&escrow.id, &signer.name, function, arguments, beneath)?;
        self.tell(&sent, touched);
        Ok(())
    }

    /// The same for a call that all sign whom the arguments name as identities.
    pub fn send_by_all(self, function: &str, arguments: &[(&str, String)]) -> Result<(), Failure> {
        self.show(function)?;
        let Self { escrow, signer, .. } = &self;
        let sent = escrow.stellar.invoke_by_all(&escrow.id, &signer.name, function, arguments)?;
        self.tell(&sent, &[]);
        Ok(())
    }

    fn tell(&self, sent: &Sent, touched: &[u32]) {
        let Self { escrow, session, .. } = self;
        let after: Vec<_> = touched.iter().filter_map(|i| escrow.milestone(*i).ok()).collect();
        let waits: Vec<_> = after.iter().map(|one| (one, status::waits(one, escrow))).collect();
        let mut text = format!("done  {}  fee {}", sent.hash, xlm(sent.fee));
        for (milestone, waits) in &waits {
            text += &format!("\nmilestone {}  {}", milestone.milestone, waits.join("; "));
        }
        session.tell(&text, || {
            let milestones: Vec<_> = waits
                .iter()
                .map(|(one, waits)| json!({ "milestone": one.milestone, "state": waits }))
                .collect();
            json!({
                "hash": sent.hash,
                "fee_stroops": sent.fee.to_string(),
                "milestones": milestones,
            })
        });
    }
}
