//! `manage_milestones`.

use super::Caller;
use crate::check::{self, Setting};
use crate::clock;
use crate::failure::Failure;
use crate::reader::Reader;
use crate::session::{Session, no_problems, read_json, to_json, xlm};
use crate::stellar::Stellar;
use crate::terms::{MilestoneEdit, NewMilestone, next_batch, total};
use clap::Args;
use serde_json::json;

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

/// What changes in an escrow's milestones.
#[derive(Clone, Copy)]
struct Change<'a> {
    remove: u32,
    edits: &'a [MilestoneEdit],
    added: &'a [NewMilestone],
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
    let change = Change { remove: options.remove, edits: &edits, added };
    check(&caller, &change)?;
    let before = caller.escrow.escrow.totals.amount.0;
    let left = before.saturating_sub(list(&mut caller, &change)?);
    let Some(all) = total(added).and_then(|sum| sum.checked_add(left)) else {
        return Err(Failure::input("The sum cannot be counted.", "lower the amounts"));
    };
    let shown = caller.escrow.token.shown(all);
    caller.line("then in all", shown);
    let calls = change.calls();
    if let [only] = calls.as_slice() {
        let arguments = only.arguments(&caller.signer.address, all);
        return caller.send("manage_milestones", &arguments, &[]);
    }
    caller.line("calls", format!("{}, since one cannot carry all of it", calls.len()));
    caller.show("manage_milestones")?;
    let costs = send_all(&caller, &calls, left)?;
    session.tell(
        &format!("done  {} calls  fee {}", calls.len(), xlm(costs)),
        || json!({ "calls": calls.len(), "fee_stroops": costs.to_string() }),
    );
    Ok(())
}

impl Change<'_> {
    /// The same, as calls that are not too large.
    fn calls(&self) -> Vec<Self> {
        let mut calls: Vec<Self> = Vec::new();
        let mut next = *self;
        loop {
            let least = usize::from(!calls.is_empty());
            let count = next_batch(next.added, next.edits, next.remove).max(least);
            let (now, later) = next.added.split_at(count.min(next.added.len()));
            calls.push(Change { added: now, ..next });
            if later.is_empty() {
                return calls;
            }
            next = Change { remove: 0, edits: &[], added: later };
        }
    }

    fn arguments(&self, admin: &str, total: i128) -> [(&'static str, String); 5] {
        [
            ("admin", admin.into()),
            ("remove", self.remove.to_string()),
            ("edit", to_json(&self.edits)),
            ("add", to_json(&self.added)),
            ("total", total.to_string()),
        ]
    }
}

fn send_all(caller: &Caller, calls: &[Change], left: i128) -> Result<i128, Failure> {
    let (mut sum, mut costs) = (left, 0);
    for (i, call) in calls.iter().enumerate() {
        eprintln!("Call {} of {} …", i + 1, calls.len());
        sum += total(call.added).unwrap_or_default();
        let arguments = call.arguments(&caller.signer.address, sum);
        let escrow = &caller.escrow;
        let signer = &caller.signer.name;
        let sent = escrow.stellar.invoke(&escrow.id, signer, "manage_milestones", &arguments, None);
        let done =
            |failure: Failure| failure.because(format!("{i} of {} calls were done.", calls.len()));
        costs += sent.map_err(done)?.fee;
    }
    Ok(costs)
}

fn check(caller: &Caller, change: &Change) -> Result<(), Failure> {
    if change.remove == 0 && change.edits.is_empty() && change.added.is_empty() {
        let next = "--remove, --edit or --add something";
        return Err(Failure::input("There is nothing to do.", next));
    }
    let totals = &caller.escrow.escrow.totals;
    let (there, funded) = (totals.milestones, totals.funded);
    if change.remove <= there.saturating_sub(funded) {
        return Ok(());
    }
    Err(Failure::input(
        format!("--remove {}: of {there} milestones {funded} are funded.", change.remove),
        "only milestones that are not funded can be removed",
    ))
}

/// Puts all that changes on the sheet; what is removed amounts to.
fn list(caller: &mut Caller, change: &Change) -> Result<i128, Failure> {
    let there = caller.escrow.escrow.totals.milestones;
    let left = there - change.remove;
    let removed = caller.escrow.milestones(left, there)?;
    for one in &removed {
        let amount = caller.escrow.token.shown(one.amount.0);
        caller.line("removes", format!("{} {}: {amount}", one.milestone, one.title));
    }
    for edit in change.edits {
        caller.line("edits", to_json(edit));
    }
    for (number, one) in (left..).zip(change.added) {
        let amount = caller.escrow.token.shown(one.amount.0);
        let receiver = one.receiver.as_deref().unwrap_or_default();
        caller.line("adds", format!("{number} {}: {amount} to {receiver}", one.title));
    }
    Ok(removed.iter().fold(0_i128, |sum, one| sum.saturating_add(one.amount.0)))
}

fn read_edits(
    stellar: &Stellar,
    caller: &Caller,
    paths: &[String],
) -> Result<Vec<MilestoneEdit>, Failure> {
    let names = |name: &str| stellar.address(name).ok();
    let approvers = caller.escrow.escrow.terms.roles.approvers.len();
    let mut found = Vec::new();
    for path in paths {
        let mut reader = Reader::new(&names, clock::now());
        let token = &caller.escrow.token.address;
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
