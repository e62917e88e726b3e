//! `update`, `manage_milestones`, `extend_ttl`.

use super::Caller;
use crate::check::{self, Setting, Token};
use crate::failure::Failure;
use crate::reader::Reader;
use crate::session::{Session, no_problems, read_json, to_json, xlm};
use crate::stellar::Stellar;
use crate::terms::{MilestoneEdit, NewMilestone, meaning, next_batch, stuck, total};
use crate::{clock, terms};
use clap::Args;
use serde_json::json;

/// Replace texts, role lists and policy while nothing is funded, as the admin
#[derive(Args)]
#[command(after_help = "Example: scripts/update --id C… --source admin --terms terms.json")]
pub struct Update {
    /// The terms, in JSON, as for deploy; milestones in it are left alone
    #[arg(long, value_name = "FILE")]
    terms: String,
}

/// Remove milestones from the end, edit some, add some at the end, as the admin
#[derive(Args)]
#[command(after_help = "Example: scripts/manage_milestones --id C… --source admin --remove 1 \
                        --add more.json")]
pub struct ManageMilestones {
    /// How many to remove from the end
    #[arg(long, value_name = "N", default_value_t = 0)]
    remove: u32,
    /// A JSON list of edits: milestone, and what changes of it
    #[arg(long, value_name = "FILE")]
    edit: Vec<String>,
    /// A JSON list of milestones, or a file of terms that has some
    #[arg(long, value_name = "FILE")]
    add: Vec<String>,
    /// Leave out so many of those to add: they are there already
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,
}

/// Pay rent ahead for the escrow, its code and its milestones, as the admin
#[derive(Args)]
#[command(after_help = "Example: scripts/extend_ttl --id C… --source admin --ledgers 2592000")]
pub struct ExtendTtl {
    /// For how many ledgers, of five seconds each; 90 days, if it is left out
    #[arg(long, value_name = "N", default_value_t = 1_555_200)]
    ledgers: u32,
    /// The first milestone to extend
    #[arg(long, value_name = "I", default_value_t = 0)]
    start: u32,
    /// How many milestones to extend
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(0..=50))]
    limit: u32,
}

pub fn update(stellar: &Stellar, session: &Session, options: &Update) -> Result<(), Failure> {
    let file = read_json(&options.terms)?;
    let mut caller = Caller::new(stellar, session)?;
    let names = |name: &str| stellar.address(name).ok();
    let mut reader = Reader::new(&names, clock::now());
    let own = caller.escrow.token.address.clone();
    let token = match check::token(&file) {
        Ok(Token::Contract(address)) => Ok(address),
        Ok(Token::Asset(asset)) => stellar.asset_contract(&asset).map_err(|f| f.to_string()),
        Err(problem) => Err(problem),
    };
    match token {
        Ok(token) if token == own => {}
        Ok(_) => reader.problem("token", format!("the escrow's is {own}, and that cannot change")),
        Err(problem) => reader.problems.push(problem),
    }
    let terms = check::terms_only(&mut reader, &file, &own);
    no_problems(&options.terms, reader.problems)?;
    let Some(terms) = terms else { return Ok(()) };
    let old = &caller.escrow.escrow.terms;
    let (old, new) = (json!(old), json!(terms));
    for part in ["title", "description", "document", "roles", "policy"] {
        if old[part] != new[part] {
            caller.line(part, format!("{} → {}", old[part], new[part]));
        }
    }
    for way in stuck(&terms, caller.escrow.escrow.stuck.iter().any(|way| way == "SilentProvider")) {
        caller.line("can get stuck", format!("{way}: {}", meaning(way)));
    }
    let arguments = [
        ("admin", caller.signer.address.clone()),
        ("terms", to_json(&terms)),
        ("revision", caller.escrow.escrow.revision.to_string()),
    ];
    caller.send("update", &arguments, &[])
}

pub fn manage_milestones(
    stellar: &Stellar,
    session: &Session,
    options: &ManageMilestones,
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let edits = read_edits(stellar, &caller, &options.edit)?;
    let added = read_added(stellar, &caller, &options.add)?;
    let added = added.get(options.skip..).unwrap_or_default();
    if options.remove == 0 && edits.is_empty() && added.is_empty() {
        return Err(Failure::input(
            "There is nothing to do.",
            "--remove, --edit or --add something",
        ));
    }
    let totals = &caller.escrow.escrow.totals;
    let (there, amount) = (totals.milestones, totals.amount.0);
    if options.remove > there - totals.funded {
        return Err(Failure::input(
            format!(
                "--remove {}: of {there} milestones {} are funded.",
                options.remove, totals.funded
            ),
            "only milestones that are not funded can be removed",
        ));
    }
    let removed = caller.escrow.milestones(there - options.remove, there)?;
    for one in &removed {
        let amount = caller.escrow.token.shown(one.amount.0);
        caller.line("removes", format!("{} {}: {amount}", one.milestone, one.title));
    }
    for edit in &edits {
        caller.line("edits", to_json(edit));
    }
    for (number, one) in (there - options.remove..).zip(added) {
        let amount = caller.escrow.token.shown(one.amount.0);
        let receiver = one.receiver.as_deref().unwrap_or_default();
        caller.line("adds", format!("{number} {}: {amount} to {receiver}", one.title));
    }
    let left = removed.iter().fold(amount, |sum, one| sum.saturating_sub(one.amount.0));
    let sum = total(added).and_then(|sum| sum.checked_add(left));
    let total =
        sum.ok_or_else(|| Failure::input("The sum cannot be counted.", "lower the amounts"))?;
    let shown = caller.escrow.token.shown(total);
    caller.line("then in all", shown);
    let calls = calls(options.remove, &edits, added);
    let admin = caller.signer.address.clone();
    let mut sum = left;
    let mut costs = 0;
    let many = calls.len();
    if many > 1 {
        caller.line("calls", format!("{many}, since one cannot carry all of it"));
        caller.show("manage_milestones")?;
    }
    for (i, (remove, edits, added)) in calls.into_iter().enumerate() {
        sum += terms::total(added).unwrap_or_default();
        let arguments = [
            ("admin", admin.clone()),
            ("remove", remove.to_string()),
            ("edit", to_json(&edits)),
            ("add", to_json(&added)),
            ("total", sum.to_string()),
        ];
        if many == 1 {
            return caller.send("manage_milestones", &arguments, &[]);
        }
        eprintln!("Call {} of {many} …", i + 1);
        costs += stellar
            .invoke(&caller.escrow.id, &caller.signer.name, "manage_milestones", &arguments)?
            .fee;
    }
    session.tell(
        &format!("done  {many} calls  fee {}", xlm(costs)),
        || json!({ "calls": many, "fee_stroops": costs.to_string() }),
    );
    Ok(())
}

/// What each call removes, edits and adds.
fn calls<'a>(
    remove: u32,
    edits: &'a [MilestoneEdit],
    mut added: &'a [NewMilestone],
) -> Vec<(u32, &'a [MilestoneEdit], &'a [NewMilestone])> {
    let mut calls = Vec::new();
    let mut next = (remove, edits);
    loop {
        let count = next_batch(added, next.1, next.0).max(usize::from(!calls.is_empty()));
        let (now, later) = added.split_at(count.min(added.len()));
        calls.push((next.0, next.1, now));
        if later.is_empty() {
            return calls;
        }
        (next, added) = ((0, &[][..]), later);
    }
}

fn read_edits(
    stellar: &Stellar,
    caller: &Caller,
    paths: &[String],
) -> Result<Vec<MilestoneEdit>, Failure> {
    let names = |name: &str| stellar.address(name).ok();
    let (approvers, token) =
        (caller.escrow.escrow.terms.roles.approvers.len(), &caller.escrow.token.address);
    let mut found = Vec::new();
    for path in paths {
        let mut reader = Reader::new(&names, clock::now());
        found.extend(check::edits(&mut reader, &read_json(path)?, approvers, token));
        no_problems(path, reader.problems)?;
    }
    Ok(found)
}

fn read_added(
    stellar: &Stellar,
    caller: &Caller,
    paths: &[String],
) -> Result<Vec<NewMilestone>, Failure> {
    let names = |name: &str| stellar.address(name).ok();
    let token = &caller.escrow.token;
    let setting = Setting { token: &token.address, decimals: Some(token.decimals) };
    let mut found = Vec::new();
    for path in paths {
        let mut reader = Reader::new(&names, clock::now());
        let roles = &caller.escrow.escrow.terms.roles;
        let added = check::new_milestones(&mut reader, &read_json(path)?, roles, &setting);
        no_problems(path, reader.problems)?;
        found.extend(added);
    }
    Ok(found)
}

pub fn extend_ttl(
    stellar: &Stellar,
    session: &Session,
    options: &ExtendTtl,
) -> Result<(), Failure> {
    let mut caller = Caller::new(stellar, session)?;
    let ExtendTtl { ledgers, start, limit } = options;
    let days = u64::from(*ledgers) * 5 / 86_400;
    caller.line("rent", format!("for {ledgers} ledgers, about {days} days; the code's too"));
    caller.line("milestones", format!("{limit} from {start} on"));
    let arguments = [
        ("admin", caller.signer.address.clone()),
        ("ledgers", ledgers.to_string()),
        ("start", start.to_string()),
        ("limit", limit.to_string()),
    ];
    caller.send("extend_ttl", &arguments, &[])
}
