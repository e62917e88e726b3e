//! An escrow half-way, to play with, and what to try on it.

use super::{completed, fund, payouts};
use crate::Outcome;
use crate::stage::Escrow;
use crate::terms::{Part, arbitrated};
use crate::walk::{Detail, Walk};
use crate::words::ONE;
use localnet::accounts::MNEMONIC;
use localnet::settings::PASSPHRASE;
use serde_json::json;

/// Where the official tools look for a network on this machine, unless they are told otherwise.
const USUAL_PORT: &str = ":8000";

pub fn tell(walk: &mut Walk) -> Outcome<Escrow> {
    walk.story(
        "An escrow half-way",
        "Funded, and then: milestone 0 is approved, and ready to release; milestone 1 is completed, and under review; \
         milestone 2 is disputed.",
    );
    walk.detail = Detail::Brief;
    let parts = [Part::new("Script", 400), Part::new("Shooting", 900), Part::new("Editing", 700)];
    let deal = arbitrated(&walk.stage, "FILM-2026-06", "A short film", &parts)?;
    let escrow = walk.deploy(deal)?;
    let gross = 2_020 * ONE;
    fund(walk, &escrow, 2, gross)?;
    walk.act(&escrow, "provider", "change_status", completed(&[0, 1], "Ready"), &[])?;
    let script = payouts(walk, &escrow, &[0])?;
    for approver in ["approver", "approver2"] {
        walk.act(&escrow, approver, "approve", script.clone(), &[])?;
    }
    let disputed = json!({ "milestones": [2], "reason": "The sound is missing." });
    walk.act(&escrow, "payer", "dispute", disputed, &[])?;
    for (number, flag) in [(0, "approved"), (2, "disputed")] {
        let milestone = walk.stage.milestone(&escrow, number)?;
        walk.holds(
            &format!("milestone {number} is {flag}"),
            &milestone["flags"][flag],
            json!(true),
        )?;
    }
    let status = walk.stage.milestone(&escrow, 1)?["status"].clone();
    walk.holds("milestone 1 is completed", &status, json!("Completed"))?;
    Ok(escrow)
}

/// What works as it is printed, from top to bottom.
pub fn what_to_try(walk: &Walk, escrow: &Escrow) {
    let net = walk.stage.net();
    let rpc = net.rpc_url();
    // What the shell was told of another network before does not count.
    let network = if net.url().ends_with(USUAL_PORT) {
        "unset STELLAR_RPC_URL STELLAR_NETWORK_PASSPHRASE\n    \
         export NETWORK=local STELLAR_NETWORK=local"
            .into()
    } else {
        format!(
            "unset NETWORK STELLAR_NETWORK\n    \
             export STELLAR_RPC_URL={rpc}\n    \
             export STELLAR_NETWORK_PASSPHRASE=\"{PASSPHRASE}\""
        )
    };
    walk.page.title("Now you, in another terminal, in this folder");
    let commands = format!(
        "
  The network, the escrow, and the people, whose keys everybody knows
    export PATH=\"$PWD/.tools/bin:$PATH\"
    {network}
    export ESCROW_ID={address}
    export SEED=\"{MNEMONIC}\"
    for key in payer=0 approver=3 approver2=4 signer=6 resolver=7 resolver2=8; do
      echo $SEED | stellar keys add local-${{key%=*}} --hd-path ${{key#*=}} --overwrite
    done

  How it stands, and what has happened
    scripts/status
    scripts/history

  Milestone 0 is approved: pay it
    scripts/release --milestone 0 --source local-signer

  Milestone 2 is disputed: two of three resolvers rule the same
    scripts/resolve --milestone 2 --to-receiver 500 --source local-resolver
    scripts/resolve --milestone 2 --to-receiver 500 --source local-resolver2

  Milestone 1 is completed: two of three approve it
    scripts/approve --milestone 1 --source local-approver
    scripts/approve --milestone 1 --source local-approver2

  Nobody releases it: a week passes, at once
    curl -s {rpc} -H 'content-type: application/json' -d '{{
      \"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"localnet_advanceTime\",
      \"params\": {{ \"seconds\": 604800 }} }}'

  Now anybody may, and that completes the escrow
    scripts/release --milestone 1 --source local-payer

  The same contract with nothing but stellar
    stellar contract invoke --id $ESCROW_ID --source local-payer -- get_escrow
    stellar contract info interface --id $ESCROW_ID",
        address = escrow.address,
    );
    commands.lines().for_each(|line| walk.page.line(line));
}
