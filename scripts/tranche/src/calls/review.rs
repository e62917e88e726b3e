//! `change_status`, `approve`, `reject`, `release`, `confirm`.

use super::{Caller, Milestones};
use crate::failure::Failure;
use crate::session::{Session, text, to_json};
use crate::stellar::Stellar;
use clap::{Args, ValueEnum};
use serde::Serialize;

/// Report how the work stands, as a service provider
#[derive(Args)]
#[command(after_help = "Example: scripts/change_status --id C… --source provider --milestone 0 \
                        --status Completed --note 'Delivered on Monday'")]
pub struct ChangeStatus {
    #[command(flatten)]
    milestones: Milestones,
    #[arg(long, value_name = "STATUS", ignore_case = true)]
    status: Status,
    /// A text of at most 500 bytes; the last one stays, if it is left out
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A text of at most 500 bytes, such as a link; the last one stays, if it is left out
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum, Serialize)]
enum Status {
    #[value(name = "Pending")]
    Pending,
    #[value(name = "InProgress")]
    InProgress,
    #[value(name = "Completed")]
    Completed,
}

#[derive(Serialize)]
struct StatusUpdate<'a> {
    milestone: u32,
    status: Status,
    note: Option<&'a str>,
    evidence: Option<&'a str>,
}

/// Approve the work on milestones, as an approver
#[derive(Args)]
#[command(after_help = "Example: scripts/approve --id C… --source approver --milestone 0 1")]
pub struct Approve {
    #[command(flatten)]
    milestones: Milestones,
}

/// Send completed work back, as an approver
#[derive(Args)]
#[command(after_help = "Example: scripts/reject --id C… --source approver --milestone 0 \
                        --reason 'The roof leaks'")]
pub struct Reject {
    #[command(flatten)]
    milestones: Milestones,
    /// Why: a text of at most 500 bytes
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Pay the receivers of milestones, as a release signer, or as anybody where anybody may
#[derive(Args)]
#[command(after_help = "Example: scripts/release --id C… --source signer --milestone 0")]
pub struct Release {
    #[command(flatten)]
    milestones: Milestones,
}

/// Approve and pay in one, as an approver who may release too
#[derive(Args)]
#[command(after_help = "Example: scripts/confirm --id C… --source buyer --milestone 0")]
pub struct Confirm {
    #[command(flatten)]
    milestones: Milestones,
}

pub fn change_status(
    stellar: &Stellar,
    session: &Session,
    options: &ChangeStatus,
) -> Result<(), Failure> {
    for (option, text) in [("--note", &options.note), ("--evidence", &options.evidence)] {
        check_text(option, text.as_deref().unwrap_or_default())?;
    }
    let mut caller = Caller::new(stellar, session)?;
    let numbers = &options.milestones.numbers;
    let milestones = caller.milestones(numbers)?;
    caller.list(&milestones);
    caller.line("status", format!("{:?}", options.status));
    for (label, text) in [("note", &options.note), ("evidence", &options.evidence)] {
        caller.line(label, text.as_deref().unwrap_or("as it was"));
    }
    let update = |number: &u32| StatusUpdate {
        milestone: *number,
        status: options.status,
        note: options.note.as_deref(),
        evidence: options.evidence.as_deref(),
    };
    let updates: Vec<_> = numbers.iter().map(update).collect();
    let arguments = [("provider", caller.signer.address.clone()), ("updates", to_json(&updates))];
    caller.send("change_status", &arguments, numbers)
}

pub fn approve(stellar: &Stellar, session: &Session, options: &Approve) -> Result<(), Failure> {
    agree(stellar, session, "approve", "approver", &options.milestones)
}

pub fn release(stellar: &Stellar, session: &Session, options: &Release) -> Result<(), Failure> {
    agree(stellar, session, "release", "signer", &options.milestones)
}

pub fn confirm(stellar: &Stellar, session: &Session, options: &Confirm) -> Result<(), Failure> {
    agree(stellar, session, "confirm", "signer", &options.milestones)
}

fn agree(
    stellar: &Stellar,
    session: &Session,
    function: &str,
    role: &str,
    milestones: &Milestones,
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let payouts = caller.payouts(&milestones.numbers)?;
    let arguments = [(role, caller.signer.address.clone()), ("payouts", payouts)];
    caller.send(function, &arguments, &milestones.numbers)
}

pub fn reject(stellar: &Stellar, session: &Session, options: &Reject) -> Result<(), Failure> {
    stop(stellar, session, ["reject", "approver"], &options.milestones, &options.reason)
}

/// A call that names milestones and a reason.
pub fn stop(
    stellar: &Stellar,
    session: &Session,
    [function, role]: [&str; 2],
    milestones: &Milestones,
    reason: &str,
) -> Result<(), Failure> {
    check_text("--reason", reason)?;
    let mut caller = Caller::new(stellar, session)?;
    let found = caller.milestones(&milestones.numbers)?;
    caller.list(&found);
    caller.line("reason", reason);
    let arguments = [
        (role, caller.signer.address.clone()),
        ("milestones", to_json(&milestones.numbers)),
        ("reason", text(reason)),
    ];
    caller.send(function, &arguments, &milestones.numbers)
}

fn check_text(option: &str, text: &str) -> Result<(), Failure> {
    if text.len() <= 500 {
        return Ok(());
    }
    let happened = format!("{option}: {} bytes, and at most 500 are allowed.", text.len());
    Err(Failure::input(happened, "shorten it, or name where it can be read"))
}
