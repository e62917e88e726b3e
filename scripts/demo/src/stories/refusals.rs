//! What must fail, and how it does.

use super::{completed, funding, payouts};
use crate::Outcome;
use crate::stage::{CREDIT, ESCROW};
use crate::terms::{Part, arbitrated, milestone};
use crate::walk::{Detail, Walk};
use crate::words::ONE;
use localnet::accounts::Account;
use serde_json::json;

pub fn tell(walk: &mut Walk) -> Outcome {
    walk.story(
        "What must fail",
        "Most of it fails in the wallet's trial, before anybody signs. What gets past that is sent here, and refused \
         by the network. Each refusal is checked to have changed nothing at all.",
    );
    walk.detail = Detail::Brief;
    let parts = [Part::new("Survey", 1_000), Part::new("Report", 1_000)];
    let deal = arbitrated(&walk.stage, "LAND-2026-05", "A survey of land", &parts)?;
    let due = deal.milestones[0]["due"].as_u64().unwrap_or_default();
    let escrow = walk.deploy(deal)?;
    let gross = 2_020 * ONE;

    // The payer signs, and before it arrives the admin puts other work in the place of the second.
    let agreed = funding(1, gross, 0);
    let (call, _) = walk.stage.call(&escrow, "payer", "fund", &agreed)?;
    let signed = walk.stage.prepare("payer", &[], call)??;
    let other = milestone(&walk.stage.people, &Part::new("A postcard", 1_000), 2, due)?;
    let changed = json!({
        "remove": 1, "edit": [], "add": [other], "total": (2_000 * ONE).to_string(),
    });
    walk.detail = Detail::Full;
    walk.act(&escrow, "admin", "manage_milestones", changed, &[])?;
    walk.attempt("changed terms: the payer had signed before the admin did this");
    walk.refuse_sent(&escrow, "payer", "fund", &agreed, &signed, Some("RevisionMismatch"))?;

    walk.attempt("over-funding");
    walk.refuse(&escrow, "payer", "fund", funding(1, gross + ONE, 1), "AmountMismatch")?;
    walk.detail = Detail::Brief;
    let moves = [("payer", -gross), (ESCROW, gross)];
    walk.act(&escrow, "payer", "fund", funding(1, gross, 1), &moves)?;
    walk.act(&escrow, "provider", "change_status", completed(&[0], "Measured"), &[])?;
    walk.detail = Detail::Full;
    walk.attempt("funding once more");
    walk.refuse(&escrow, "payer", "fund", funding(1, gross, 1), "AlreadyFunded")?;

    let payout = payouts(walk, &escrow, &[0])?;
    walk.attempt("wrong signer: a stranger approves");
    walk.refuse(&escrow, "stranger", "approve", payout.clone(), "NotApprover")?;
    walk.attempt("wrong signer: a stranger signs in the approver's name");
    let mut forged = payout.clone();
    forged["approver"] = walk.stage.people.address("approver")?.into();
    let (call, _) = walk.stage.call(&escrow, "stranger", "approve", &forged)?;
    let name = walk.stage.people.account("approver")?.id.clone();
    let forger = Account { id: name, ..walk.stage.people.account("stranger")?.clone() };
    let signed = walk.stage.prepare("stranger", &[forger], call)??;
    walk.refuse_sent(&escrow, "stranger", "approve", &forged, &signed, None)?;
    walk.attempt("another receiver than agreed on");
    let mut diverted = payout.clone();
    diverted["payouts"][0]["receiver"] = walk.stage.people.address("stranger")?.into();
    walk.refuse(&escrow, "approver", "approve", diverted, "ReceiverMismatch")?;

    walk.attempt("release of a milestone that is not approved");
    walk.refuse(&escrow, "signer", "release", payout.clone(), "NotApproved")?;
    walk.detail = Detail::Brief;
    for approver in ["approver", "approver2"] {
        walk.act(&escrow, approver, "approve", payout.clone(), &[])?;
    }
    let moves = [("provider", 1_000 * ONE), (ESCROW, -1_000 * ONE), (CREDIT, 10 * ONE)];
    walk.act(&escrow, "signer", "release", payout.clone(), &moves)?;
    walk.detail = Detail::Full;
    walk.attempt("double release");
    walk.refuse(&escrow, "signer", "release", payout, "AlreadySettled")
}
