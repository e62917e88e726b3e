//! The stories, one file each.

mod credit;
mod dispute;
mod opening;
mod play;
mod refusals;
mod release;
mod silence;

use crate::Outcome;
use crate::stage::{ESCROW, Escrow};
use crate::walk::Walk;
use serde_json::{Value, json};

/// Tells them all. What comes back is an escrow half-way, to play with.
pub fn tell(walk: &mut Walk) -> Outcome<Escrow> {
    opening::tell(walk)?;
    for tell in [release::tell, dispute::tell, silence::tell, credit::tell, refusals::tell] {
        tell(walk)?;
        walk.the_end();
    }
    play::tell(walk)
}

pub use play::what_to_try;

/// An argument of `fund`.
fn funding(through: u32, amount: i128, revision: u32) -> Value {
    json!({ "through": through, "amount": amount.to_string(), "revision": revision })
}

/// The payer locks all that the milestones of a new escrow take, up to and with this one.
fn fund(walk: &mut Walk, escrow: &Escrow, through: u32, gross: i128) -> Outcome {
    let moves = [("payer", -gross), (ESCROW, gross)];
    walk.act(escrow, "payer", "fund", funding(through, gross, 0), &moves)?;
    Ok(())
}

/// An argument of `change_status`: this work is done.
fn completed(milestones: &[u32], note: &str) -> Value {
    let update = |milestone| json!({ "milestone": milestone, "status": "Completed", "note": note, "evidence": null });
    json!({ "updates": milestones.iter().map(update).collect::<Vec<_>>() })
}

/// An argument of `resolve`.
fn ruling(milestone: u32, to_receiver: i128) -> Value {
    json!({ "rulings": [{ "milestone": milestone, "to_receiver": to_receiver.to_string() }] })
}

/// An argument of whatever names payouts: these milestones as they are now.
fn payouts(walk: &Walk, escrow: &Escrow, milestones: &[u32]) -> Outcome<Value> {
    Ok(json!({ "payouts": walk.stage.payouts(escrow, milestones)? }))
}

fn is_completed(walk: &mut Walk, escrow: &Escrow) -> Outcome {
    let seen = walk.stage.view(escrow, "get_escrow", json!({}))?;
    walk.holds(
        "every milestone is settled: the escrow is Completed",
        &seen["state"],
        json!("Completed"),
    )
}
