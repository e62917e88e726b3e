//! `refund`, `reclaim`.

use super::{Caller, Milestones};
use crate::failure::Failure;
use crate::session::{Session, to_json};
use crate::stellar::Stellar;
use clap::Args;

/// Give milestones' money back to the payer, as their receiver
#[derive(Args)]
#[command(after_help = "Example: scripts/refund --id C… --source receiver --milestone 1")]
pub struct Refund {
    #[command(flatten)]
    milestones: Milestones,
}

/// Take back the money of work that was not completed when due, as the payer
#[derive(Args)]
#[command(after_help = "Example: scripts/reclaim --id C… --source payer --milestone 1")]
pub struct Reclaim {
    #[command(flatten)]
    milestones: Milestones,
}

pub fn refund(stellar: &Stellar, session: &Session, options: &Refund) -> Result<(), Failure> {
    give_back(stellar, session, ["refund", "receiver"], &options.milestones.numbers)
}

pub fn reclaim(stellar: &Stellar, session: &Session, options: &Reclaim) -> Result<(), Failure> {
    give_back(stellar, session, ["reclaim", "payer"], &options.milestones.numbers)
}

fn give_back(
    stellar: &Stellar,
    session: &Session,
    [function, role]: [&str; 2],
    numbers: &[u32],
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let milestones = caller.milestones(numbers)?;
    caller.list(&milestones);
    let amount = milestones.iter().fold(0_i128, |sum, one| sum.saturating_add(one.gross()));
    let payer = caller.escrow.escrow.terms.roles.payer.clone();
    let shown = caller.escrow.token.shown(amount);
    caller.line("returns", format!("{shown}, fees included, to {payer} (the payer)"));
    let arguments = [
        (role, caller.signer.address.clone()),
        ("milestones", to_json(&numbers)),
        ("amount", amount.to_string()),
    ];
    caller.send(function, &arguments, numbers)
}
