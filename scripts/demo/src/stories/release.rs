//! The usual case: work is approved and paid, until all of it is.

use super::{completed, fund, is_completed, payouts};
use crate::Outcome;
use crate::stage::{CREDIT, ESCROW};
use crate::terms::{Part, arbitrated};
use crate::walk::Walk;
use crate::words::ONE;
use serde_json::json;

pub fn tell(walk: &mut Walk) -> Outcome {
    walk.story(
        "Approved and paid",
        "A website in two milestones. The payer locks everything up front, with the platform's 1 % on top. Each \
         milestone is reported, approved by two of three, and released; the last release completes the escrow.",
    );
    let parts = [Part::new("Design", 1_000), Part::new("Build and launch", 2_000)];
    let deal = arbitrated(&walk.stage, "WEB-2026-01", "Website relaunch", &parts)?;
    let escrow = walk.deploy(deal)?;
    let gross = 3_030 * ONE;
    fund(walk, &escrow, 1, gross)?;

    for (milestone, amount, fee, note) in
        [(0, 1_000 * ONE, 10 * ONE, "Drafts are up"), (1, 2_000 * ONE, 20 * ONE, "It is live")]
    {
        walk.act(&escrow, "provider", "change_status", completed(&[milestone], note), &[])?;
        let payouts = payouts(walk, &escrow, &[milestone])?;
        for approver in ["approver", "approver3"] {
            walk.act(&escrow, approver, "approve", payouts.clone(), &[])?;
        }
        let moves = [("provider", amount), (ESCROW, -amount), (CREDIT, fee)];
        walk.act(&escrow, "signer", "release", payouts, &moves)?;
    }
    is_completed(walk, &escrow)?;

    let fees = 30 * ONE;
    let moves = [("platform", fees), (ESCROW, -fees), (CREDIT, -fees)];
    walk.act(&escrow, "platform", "claim", json!({ "milestones": [] }), &moves)?;
    Ok(())
}
