//! A dispute that is ruled on.

use super::{fund, is_completed, ruling};
use crate::Outcome;
use crate::stage::{CREDIT, ESCROW};
use crate::terms::{Part, arbitrated};
use crate::walk::Walk;
use crate::words::ONE;
use serde_json::json;

pub fn tell(walk: &mut Walk) -> Outcome {
    walk.story(
        "A dispute, ruled as a split",
        "The payer stops a milestone. Two of three resolvers must rule the same, to the unit; the third differs, \
         and changes nothing. Of the fee the platform keeps what goes with the receiver's part.",
    );
    let parts = [Part::new("A campaign in print", 1_200)];
    let deal = arbitrated(&walk.stage, "ADS-2026-02", "Advertising", &parts)?;
    let escrow = walk.deploy(deal)?;
    let gross = 1_212 * ONE;
    fund(walk, &escrow, 0, gross)?;
    let reason = "Half of the adverts never appeared.";
    let disputed = json!({ "milestones": [0], "reason": reason });
    walk.act(&escrow, "payer", "dispute", disputed, &[])?;
    walk.act(&escrow, "resolver", "resolve", ruling(0, 800 * ONE), &[])?;
    walk.act(&escrow, "resolver2", "resolve", ruling(0, 700 * ONE), &[])?;
    walk.finding("two rulings that differ: nobody is paid yet");
    let moves =
        [("payer", 404 * ONE), ("provider", 800 * ONE), (ESCROW, -1_204 * ONE), (CREDIT, 8 * ONE)];
    walk.act(&escrow, "resolver3", "resolve", ruling(0, 800 * ONE), &moves)?;
    walk.finding("800 of 1,200 for the work; 400 back, with the 4 of the fee that go with them");
    is_completed(walk, &escrow)
}
