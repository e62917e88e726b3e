//! Somebody who cannot be paid holds up nobody else.

use super::{completed, fund, is_completed, payouts};
use crate::Outcome;
use crate::stage::{CREDIT, ESCROW};
use crate::terms::{Part, buyer_confirms};
use crate::walk::Walk;
use crate::words::ONE;
use localnet::accounts::named;
use localnet::genesis::TOKEN_CODE;
use localnet::settings::STROOPS_PER_XLM;
use serde_json::json;
use stellar_xdr::{ChangeTrustAsset, ChangeTrustOp, CreateAccountOp, OperationBody};

const NEWCOMER: &str = "newcomer";

pub fn tell(walk: &mut Walk) -> Outcome {
    walk.story(
        "A receiver who cannot be paid",
        "The buyer confirms, and there are no arbiters: one signature approves and pays three receivers. One of them \
         has no account yet. The others are paid at once; her money waits for her, and for her alone.",
    );
    newcomer(walk)?;
    let parts = [
        Part::new("Oak boards", 500),
        Part { receiver: Some(NEWCOMER), ..Part::new("Carving", 300) },
        Part { receiver: Some("receiver"), ..Part::new("Delivery", 400) },
    ];
    let deal = buyer_confirms(&walk.stage, "TABLE-2026-04", "A kitchen table", &parts)?;
    let escrow = walk.deploy(deal)?;
    let gross = 1_212 * ONE;
    fund(walk, &escrow, 2, gross)?;
    let done = completed(&[0, 1, 2], "It stands in the kitchen");
    walk.act(&escrow, "provider", "change_status", done, &[])?;
    let all = payouts(walk, &escrow, &[0, 1, 2])?;
    let moves = [
        ("provider", 500 * ONE),
        ("receiver", 400 * ONE),
        (ESCROW, -900 * ONE),
        (CREDIT, 312 * ONE),
    ];
    walk.act(&escrow, "payer", "confirm", all, &moves)?;
    walk.finding(
        "paid: provider and receiver; credited: 300 to the newcomer, 12 of fees to the platform",
    );
    is_completed(walk, &escrow)?;

    let owner = walk.stage.people.address(NEWCOMER)?;
    let credit = json!({ "owner": owner, "milestones": [1] });
    walk.refuse(&escrow, "stranger", "claim", credit.clone(), "TransferFailed")?;
    let account = walk.stage.people.account(NEWCOMER)?.id.clone();
    let create = CreateAccountOp { destination: account, starting_balance: 5 * STROOPS_PER_XLM };
    let shown = format!("Creates {NEWCOMER} {owner} with 5 XLM.");
    let body = OperationBody::CreateAccount(create);
    walk.classic("platform", "create account", &shown, body)?;
    let line = ChangeTrustAsset::CreditAlphanum4(walk.stage.asset.clone());
    let trust = ChangeTrustOp { line, limit: i64::MAX };
    let shown = format!("Trusts {TOKEN_CODE} of {}.", walk.stage.asset.issuer);
    walk.classic(NEWCOMER, "trust", &shown, OperationBody::ChangeTrust(trust))?;
    let moves = [(NEWCOMER, 300 * ONE), (ESCROW, -300 * ONE), (CREDIT, -300 * ONE)];
    walk.act(&escrow, "stranger", "claim", credit, &moves)?;
    walk.finding("anybody may have her paid; nobody but her can have it sent elsewhere");
    let moves = [("platform", 12 * ONE), (ESCROW, -12 * ONE), (CREDIT, -12 * ONE)];
    walk.act(&escrow, "platform", "claim", json!({ "milestones": [] }), &moves)?;
    Ok(())
}

/// Lets somebody take part who has a key, and no account on the network.
fn newcomer(walk: &mut Walk) -> Outcome {
    let known = walk.stage.people.accounts().len();
    for more in 1.. {
        let mut account = named(known + more).pop().ok_or("there are no more keys")?;
        if account.index as usize + 1 < known + more {
            return Err("all keys of this network have accounts: begin a new one".into());
        }
        if !walk.stage.is_there(&account)? {
            account.name = NEWCOMER.into();
            walk.stage.people.add(account);
            break;
        }
    }
    Ok(())
}
