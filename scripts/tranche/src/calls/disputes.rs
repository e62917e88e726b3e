//! `dispute`, `resume`, `resolve`, `resolve_by_default`, `settle`.

use super::review::stop;
use super::{Caller, Milestones};
use crate::failure::Failure;
use crate::session::{Session, to_json};
use crate::stellar::Stellar;
use clap::Args;

/// Stop milestones until they are ruled on, as a party
#[derive(Args)]
#[command(after_help = "Example: scripts/dispute --id C… --source payer --milestone 1 \
                        --reason 'It leaks'")]
pub struct Dispute {
    #[command(flatten)]
    milestones: Milestones,
    /// Why: a text of at most 500 bytes
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Ask to drop a dispute, as payer or receiver
#[derive(Args)]
#[command(after_help = "Example: scripts/resume --id C… --source payer --milestone 1")]
pub struct Resume {
    #[command(flatten)]
    milestones: Milestones,
}

/// Splits, one for each milestone.
#[derive(Args)]
pub struct Splits {
    /// A milestone, by number from 0; once for each split
    #[arg(long, required = true, value_name = "I")]
    milestone: Vec<u32>,
    /// How much of its amount the receiver gets, such as 12.50; the rest is the payer's
    #[arg(long, required = true, value_name = "AMOUNT", allow_hyphen_values = true)]
    to_receiver: Vec<String>,
}

/// Rule how disputed milestones are split, as a dispute resolver
#[derive(Args)]
#[command(after_help = "Example: scripts/resolve --id C… --source resolver --milestone 1 \
                        --to-receiver 20")]
pub struct Resolve {
    #[command(flatten)]
    splits: Splits,
}

/// Offer a split, as payer or receiver; when both offer the same, it is paid
#[derive(Args)]
#[command(after_help = "Example: scripts/settle --id C… --source payer --milestone 1 \
                        --to-receiver 25.50")]
pub struct Settle {
    #[command(flatten)]
    splits: Splits,
}

/// Apply the agreed fallback to disputes that were not ruled on in time; anybody may
#[derive(Args)]
#[command(
    after_help = "Example: scripts/resolve_by_default --id C… --source anybody --milestone 1"
)]
pub struct ResolveByDefault {
    #[command(flatten)]
    milestones: Milestones,
}

pub fn dispute(stellar: &Stellar, session: &Session, options: &Dispute) -> Result<(), Failure> {
    stop(stellar, session, ["dispute", "party"], &options.milestones, &options.reason)
}

pub fn resume(stellar: &Stellar, session: &Session, options: &Resume) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let numbers = &options.milestones.numbers;
    let milestones = caller.milestones(numbers)?;
    caller.list(&milestones);
    caller.line("asks", "to drop the dispute");
    let arguments = [("party", caller.signer.address.clone()), ("milestones", to_json(numbers))];
    caller.send("resume", &arguments, numbers)
}

pub fn resolve(stellar: &Stellar, session: &Session, options: &Resolve) -> Result<(), Failure> {
    split(stellar, session, ["resolve", "resolver"], &options.splits)
}

pub fn settle(stellar: &Stellar, session: &Session, options: &Settle) -> Result<(), Failure> {
    split(stellar, session, ["settle", "party"], &options.splits)
}

fn split(
    stellar: &Stellar,
    session: &Session,
    [function, role]: [&str; 2],
    splits: &Splits,
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let rulings = caller.rulings(&splits.milestone, &splits.to_receiver)?;
    let arguments = [(role, caller.signer.address.clone()), ("rulings", rulings)];
    caller.send(function, &arguments, &splits.milestone)
}

pub fn resolve_by_default(
    stellar: &Stellar,
    session: &Session,
    options: &ResolveByDefault,
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let numbers = &options.milestones.numbers;
    let milestones = caller.milestones(numbers)?;
    caller.list(&milestones);
    let fallback = caller.escrow.escrow.terms.policy.fallback.clone();
    for one in &milestones {
        let part = match fallback.as_str() {
            "Even" => one.amount.0 - one.amount.0 / 2,
            "Release" if one.status == "Completed" || one.flags.approved => one.amount.0,
            _ => 0,
        };
        let shown = caller.escrow.token.shown(part);
        caller.line(&fallback, format!("{shown} to {}, the rest to the payer", one.receiver));
    }
    let arguments = [("milestones", to_json(numbers))];
    caller.send("resolve_by_default", &arguments, numbers)
}
