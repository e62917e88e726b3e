//! `fund`, `count_deposit`, `withdraw`, `claim`.

use super::Caller;
use crate::authorised;
use crate::escrow::{Balances, Token, Units, understand};
use crate::failure::Failure;
use crate::session::{Session, account, contract, text, to_json};
use crate::stellar::Stellar;
use clap::Args;
use std::collections::BTreeMap;

/// Lock the amount and fee of every milestone not yet funded, as the payer
#[derive(Args)]
#[command(after_help = "Example: scripts/fund --id C… --source payer --through 1")]
pub struct Fund {
    /// The last milestone to fund; all, if it is left out
    #[arg(long, value_name = "I")]
    through: Option<u32>,
}

/// Fund from tokens that were sent to the escrow's address, as the payer
#[derive(Args)]
#[command(after_help = "Example: scripts/count_deposit --id C… --source payer --through 1")]
pub struct CountDeposit {
    #[command(flatten)]
    fund: Fund,
}

/// Take out what no milestone needs, as the payer
#[derive(Args)]
#[command(after_help = "Example: scripts/withdraw --id C… --source payer")]
pub struct Withdraw {
    /// The contract of the token; the escrow's own, if it is left out
    #[arg(long, value_name = "C…")]
    token: Option<String>,
}

/// Have paid what is credited to an address, and to the platform its fees; anybody may
#[derive(Args)]
#[command(after_help = "Example: scripts/claim --id C… --source platform\n         \
                        scripts/claim --id C… --source anybody --owner receiver --milestone 0")]
pub struct Claim {
    /// To whom it is credited; who signs, if it is left out
    #[arg(long, value_name = "NAME|ADDRESS")]
    owner: Option<String>,
    /// On which milestones; all on which something is credited, if it is left out
    #[arg(long = "milestone", num_args = 1.., value_name = "I")]
    milestones: Vec<u32>,
    /// Where to, if elsewhere: then the owner has to sign
    #[arg(long, value_name = "NAME|ADDRESS")]
    to: Option<String>,
}

pub fn fund(stellar: &Stellar, session: &Session, options: &Fund) -> Result<(), Failure> {
    lock(stellar, session, options, "fund")
}

pub fn count_deposit(
    stellar: &Stellar,
    session: &Session,
    options: &CountDeposit,
) -> Result<(), Failure> {
    lock(stellar, session, &options.fund, "count_deposit")
}

fn lock(
    stellar: &Stellar,
    session: &Session,
    options: &Fund,
    function: &str,
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let totals = &caller.escrow.escrow.totals;
    let (there, funded) = (totals.milestones, totals.funded);
    let all = totals.gross.0.saturating_sub(totals.deposited.0);
    let through = options.through.unwrap_or(there.saturating_sub(1));
    if through >= there {
        return Err(Failure::input(
            format!("There is no milestone {through}: this escrow has {there}, from 0 on."),
            "scripts/status lists them",
        ));
    }
    if through < funded {
        return Err(Failure::input(
            format!("Milestone {through} and all before it are funded already."),
            "there is nothing to do; scripts/status shows what is funded",
        ));
    }
    let milestones = caller.escrow.milestones(funded, through + 1)?;
    let amount = if through + 1 == there {
        all
    } else {
        milestones.iter().fold(0_i128, |sum, one| sum.saturating_add(one.gross()))
    };
    let revision = caller.escrow.escrow.revision;
    let id = caller.escrow.id.clone();
    let shown = caller.escrow.token.shown(amount);
    let token = caller.escrow.token.address.clone();
    if function == "fund" {
        caller.beneath = Some(authorised::transfer(&token, &caller.signer.address, &id, amount));
    }
    caller.line("locks", format!("{shown}, fees included, at {id}"));
    caller.line("milestones", format!("{funded} to {through}"));
    let mut receivers = BTreeMap::new();
    for one in &milestones {
        *receivers.entry(&one.receiver).or_insert(0_i128) += one.amount.0;
    }
    for (receiver, sum) in receivers {
        let sum = caller.escrow.token.shown(sum);
        caller.line("for", format!("{sum} to {receiver}, once approved and released"));
    }
    let roles = caller.escrow.escrow.terms.roles.clone();
    caller.line("platform", roles.platform);
    for (label, list) in [
        ("approvers", roles.approvers),
        ("release", roles.release_signers),
        ("resolvers", roles.dispute_resolvers),
    ] {
        for address in list {
            caller.line(label, address);
        }
    }
    caller.line("revision", format!("{revision} of the terms"));
    let arguments = [
        ("payer", caller.signer.address.clone()),
        ("through", through.to_string()),
        ("amount", amount.to_string()),
        ("revision", revision.to_string()),
    ];
    caller.send(function, &arguments, &[through])
}

pub fn withdraw(stellar: &Stellar, session: &Session, options: &Withdraw) -> Result<(), Failure> {
    let other = options.token.as_deref().map(|token| contract("--token", token)).transpose()?;
    let mut caller = Caller::new(stellar, session)?;
    let own = caller.escrow.token.address.clone();
    let token = other.unwrap_or(&own);
    if token == own {
        let balances: Balances = understand(&caller.escrow.told_balances()?)?;
        let shown = caller.escrow.token.shown(balances.unreserved.0);
        caller.line("takes out", format!("{shown} (what is unreserved)"));
    } else {
        let held = stellar.view(token, "balance", &[("id", caller.escrow.id.clone())])?;
        let held: Units = understand(&held)?;
        let shown = Token::read(stellar, token)?.shown(held.0);
        caller.line("takes out", format!("{shown} (all that is here of {token})"));
    }
    let payer = caller.escrow.escrow.terms.roles.payer.clone();
    caller.line("to", format!("{payer} (the payer)"));
    let arguments = [("payer", caller.signer.address.clone()), ("token", token.into())];
    caller.send("withdraw", &arguments, &[])
}

pub fn claim(stellar: &Stellar, session: &Session, options: &Claim) -> Result<(), Failure> {
    let read = |option, text: &Option<String>| {
        text.as_deref().map(|text| account(stellar, option, text)).transpose()
    };
    let (owner, to) = (read("--owner", &options.owner)?, read("--to", &options.to)?);
    let mut caller = Caller::new(stellar, session)?;
    let owner = owner.unwrap_or_else(|| caller.signer.address.clone());
    let milestones = match options.milestones.as_slice() {
        [] => credited(&caller, &owner)?,
        named => named.to_vec(),
    };
    let list = to_json(&milestones);
    let told = stellar.view(
        &caller.escrow.id,
        "get_claimable",
        &[("owner", owner.clone()), ("milestones", list.clone())],
    )?;
    let amount: Units = understand(&told)?;
    let shown = caller.escrow.token.shown(amount.0);
    caller.line("pays", format!("{shown} to {}", to.as_ref().unwrap_or(&owner)));
    caller.line("owner", &owner);
    caller.line("milestones", &list);
    let mut arguments = vec![("owner", owner), ("milestones", list)];
    arguments.extend(to.map(|to| ("to", text(&to))));
    caller.send("claim", &arguments, &milestones)
}

/// The first of the milestones on which something waits that may be the owner's.
fn credited(caller: &Caller, owner: &str) -> Result<Vec<u32>, Failure> {
    let escrow = &caller.escrow.escrow;
    let payer = escrow.terms.roles.payer == owner;
    let milestones = caller.escrow.milestones(0, escrow.totals.funded)?;
    let waiting =
        milestones.iter().filter(|one| one.credited.0 > 0 && (payer || one.receiver == owner));
    Ok(waiting.take(50).map(|one| one.milestone).collect())
}
