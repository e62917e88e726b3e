//! Silence holds up nobody for ever.

use super::{completed, fund, is_completed, payouts};
use crate::Outcome;
use crate::stage::{CREDIT, ESCROW};
use crate::terms::{Part, arbitrated};
use crate::walk::Walk;
use crate::words::{DAY, ONE};
use serde_json::json;

pub fn tell(walk: &mut Walk) -> Outcome {
    walk.story(
        "Silence, three ways",
        "Approvers do not look at finished work; a provider never delivers; resolvers do not rule. Each has a date on \
         which it takes effect. The clock of the network is moved, and put back after this story.",
    );
    let before = walk.stage.snapshot()?;
    let parts = ["First issue", "Second issue", "Third issue"].map(|title| Part::new(title, 600));
    let deal = arbitrated(&walk.stage, "MAG-2026-03", "A magazine", &parts)?;
    let escrow = walk.deploy(deal)?;
    let gross = 1_818 * ONE;
    fund(walk, &escrow, 2, gross)?;

    walk.act(&escrow, "provider", "change_status", completed(&[0], "Printed"), &[])?;
    let payout = payouts(walk, &escrow, &[0])?;
    walk.refuse(&escrow, "stranger", "release", payout.clone(), "NotReleaseSigner")?;
    walk.wait(7 * DAY, "7 days pass: the review window closes, and nobody has said a word")?;
    let moves = [("provider", 600 * ONE), (ESCROW, -600 * ONE), (CREDIT, 6 * ONE)];
    walk.act(&escrow, "stranger", "release", payout, &moves)?;
    walk.finding("anybody may release now, and the money can only go to the provider");

    let reclaim = json!({ "milestones": [1], "amount": (606 * ONE).to_string() });
    walk.refuse(&escrow, "payer", "reclaim", reclaim.clone(), "NotDue")?;
    walk.wait(24 * DAY, "24 days pass: the second issue was due, and is not there")?;
    let moves = [("payer", 606 * ONE), (ESCROW, -606 * ONE)];
    walk.act(&escrow, "payer", "reclaim", reclaim, &moves)?;

    let disputed = json!({ "milestones": [2], "reason": "The copy for it was never sent to us." });
    walk.act(&escrow, "provider", "dispute", disputed, &[])?;
    let third = json!({ "milestones": [2] });
    walk.refuse(&escrow, "stranger", "resolve_by_default", third.clone(), "DisputeWindowOpen")?;
    walk.wait(14 * DAY, "14 days pass: no resolver has ruled")?;
    let half_a_fee = 3 * ONE;
    let moves = [
        ("payer", 300 * ONE + half_a_fee),
        ("provider", 300 * ONE),
        (ESCROW, -600 * ONE - half_a_fee),
        (CREDIT, half_a_fee),
    ];
    walk.act(&escrow, "stranger", "resolve_by_default", third, &moves)?;
    walk.finding("what was agreed on for this case: half each");
    is_completed(walk, &escrow)?;
    walk.stage.restore(before)?;
    walk.page.aside("… the clock is put back, and with it all that this story did");
    Ok(())
}
