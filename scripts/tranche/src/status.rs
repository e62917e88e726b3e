//! `status`: everything about an escrow.

use crate::deploy::built_hash;
use crate::escrow::{Balances, Milestone, Opened, understand};
use crate::failure::Failure;
use crate::session::{Session, print};
use crate::sheet::{Sheet, printable};
use crate::stellar::Stellar;
use crate::terms::meaning;
use crate::{amount, clock};
use clap::Args;
use serde_json::{Value, json};

/// The fields of views that hold sums.
const SUMS: [&str; 12] = [
    "amount",
    "fee",
    "to_receiver",
    "credited",
    "gross",
    "deposited",
    "reserved",
    "paid",
    "refunded",
    "fees",
    "balance",
    "unreserved",
];

/// Everything about an escrow: terms, sums, balances, and what each milestone waits for
#[derive(Args)]
#[command(after_help = "Example: scripts/status --id C…\n         scripts/status --id C… --json")]
pub struct Status {}

pub fn status(stellar: &Stellar, session: &Session, _: &Status) -> Result<(), Failure> {
    let escrow = Opened::open(stellar, session.escrow_id()?)?;
    let told = escrow.told_milestones(0, escrow.escrow.totals.milestones)?;
    let milestones: Vec<Milestone> = told.iter().map(understand).collect::<Result<_, _>>()?;
    let told_balances = escrow.told_balances()?;
    let balances: Balances = understand(&told_balances)?;
    if session.json {
        print(&for_programs(&escrow, told, &milestones, &told_balances).to_string());
    } else {
        print(&page(&escrow, &milestones, &balances));
    }
    Ok(())
}

/// All that the views told, with decimals, and with what each milestone waits for.
fn for_programs(
    escrow: &Opened,
    mut told: Vec<Value>,
    milestones: &[Milestone],
    balances: &Value,
) -> Value {
    for (told, milestone) in told.iter_mut().zip(milestones) {
        told["waits_for"] = json!(waits(milestone, escrow));
    }
    let token = &escrow.token;
    let mut all = json!({
        "id": escrow.id,
        "network": escrow.stellar.network.name,
        "wasm_hash": escrow.instance.wasm_hash,
        "archived": escrow.instance.archived,
        "token": { "address": token.address, "symbol": token.symbol, "decimals": token.decimals },
        "escrow": escrow.told,
        "balances": balances,
        "milestones": told,
    });
    with_decimals(&mut all, token.decimals);
    all
}

fn page(escrow: &Opened, milestones: &[Milestone], balances: &Balances) -> String {
    let mut page = head(escrow);
    page += &format!("\nRoles\n{}", roles(escrow).text());
    page += &format!("\nPolicy\n{}", policy(escrow).text());
    page += &format!("\nSums\n{}", sums(escrow, balances).text());
    page += "\nMilestones\n";
    page.extend(milestones.iter().map(|milestone| one(milestone, escrow)));
    let stuck = &escrow.escrow.stuck;
    if !stuck.is_empty() {
        page += "\nMoney can get stuck\n";
        page.extend(stuck.iter().map(|way| format!("  {way}: {}\n", meaning(way))));
    }
    page
}

/// Beside each sum, what it is with the token's decimals.
fn with_decimals(value: &mut Value, decimals: u32) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| with_decimals(item, decimals)),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let units = field.as_str().and_then(|text| text.parse().ok());
                match units.filter(|_| SUMS.contains(&name.as_str())) {
                    Some(units) => {
                        let decimal = amount::plain(units, decimals);
                        *field = json!({ "units": units.to_string(), "decimal": decimal });
                    }
                    None => with_decimals(field, decimals),
                }
            }
        }
        _ => {}
    }
}

fn head(escrow: &Opened) -> String {
    let terms = &escrow.escrow.terms;
    let mut sheet = Sheet::default();
    let built = match (built_hash(), &escrow.instance.wasm_hash) {
        (Some(built), Some(runs)) if built == *runs => " (as built here)",
        (Some(_), _) => " (NOT what is built here)",
        (None, _) => " (nothing is built here to compare it with)",
    };
    let hash = escrow.instance.wasm_hash.clone().unwrap_or_default();
    sheet.line("engagement", format!("{} {}", terms.engagement_id, terms.title));
    if !terms.description.is_empty() {
        sheet.line("", &terms.description);
    }
    if let Some(document) = &terms.document {
        sheet.line("document", document);
    }
    sheet.line("state", format!("{}, revision {}", escrow.escrow.state, escrow.escrow.revision));
    sheet.line("token", format!("{} {}", escrow.token.address, escrow.token.symbol));
    sheet.line("code", format!("{hash}{built}"));
    if escrow.instance.archived {
        sheet.line("archived", "the next call brings it back, and pays for that");
    }
    if let Some(look) = escrow.stellar.network.explorer(&escrow.id) {
        sheet.line("look", look);
    }
    format!("Escrow {} on {}\n{}", escrow.id, escrow.stellar.network.name, sheet.text())
}

fn roles(escrow: &Opened) -> Sheet {
    let roles = &escrow.escrow.terms.roles;
    let mut sheet = Sheet::default();
    sheet.line("payer", &roles.payer).line("admin", &roles.admin).line("platform", &roles.platform);
    for (name, list) in roles.lists() {
        let name = name.replace('_', " ");
        for seat in list {
            sheet.line(&name, seat);
        }
        if list.is_empty() {
            sheet.line(name, "none");
        }
    }
    sheet
}

fn policy(escrow: &Opened) -> Sheet {
    let terms = &escrow.escrow.terms;
    let policy = &terms.policy;
    let window = |seconds| if seconds == 0 { "off".into() } else { clock::span(seconds) };
    let mut sheet = Sheet::default();
    let percent = amount::plain(terms.platform_fee_bps.into(), 2);
    sheet.line("platform fee", format!("{percent} % on top of each amount"));
    let votes = match policy.release_quorum {
        0 => "anybody, once approved".into(),
        votes => format!("{votes} of {} release signers", terms.roles.release_signers.len()),
    };
    sheet.line("release by", votes);
    sheet.line("review window", window(policy.review_window));
    let rulings = match policy.resolve_quorum {
        0 => "nothing can be disputed".into(),
        votes => format!(
            "{votes} of {} resolvers; {} when they stay silent for the dispute window",
            terms.roles.dispute_resolvers.len(),
            policy.fallback
        ),
    };
    sheet.line("disputes", rulings).line("dispute window", window(policy.dispute_window));
    sheet
}

fn sums(escrow: &Opened, balances: &Balances) -> Sheet {
    let totals = &escrow.escrow.totals;
    let shown = |units| escrow.token.shown(units);
    let mut sheet = Sheet::default();
    let counts =
        format!("{}, {} funded, {} settled", totals.milestones, totals.funded, totals.settled);
    sheet.line("milestones", counts);
    sheet
        .line("amount", format!("{}; with fees {}", shown(totals.amount.0), shown(totals.gross.0)));
    sheet.line("deposited", shown(totals.deposited.0));
    sheet.line("to receivers", shown(totals.paid.0));
    sheet.line("to the payer", shown(totals.refunded.0));
    sheet.line("fees", shown(totals.fees.0));
    sheet.line("balance", shown(balances.balance.0));
    sheet.line("  reserved", format!("{} for funded milestones", shown(balances.reserved.0)));
    sheet.line("  credited", format!("{} waiting to be claimed", shown(balances.credited.0)));
    sheet.line("  unreserved", format!("{}, the payer's", shown(balances.unreserved.0)));
    sheet
}

fn one(milestone: &Milestone, escrow: &Opened) -> String {
    let Milestone { milestone: number, title, receiver, .. } = milestone;
    let [amount, fee] = [milestone.amount, milestone.fee].map(|units| escrow.token.shown(units.0));
    let mut text = format!("  {number}  {}  {amount} and a fee of {fee}\n", printable(title));
    text += &format!("     to {receiver}\n");
    for wait in waits(milestone, escrow) {
        text += &format!("     {wait}\n");
    }
    text
}

/// How a milestone stands and what it waits for, with the dates at which silence takes effect.
pub fn waits(milestone: &Milestone, escrow: &Opened) -> Vec<String> {
    let terms = &escrow.escrow.terms;
    let shown = |units: i128| escrow.token.shown(units);
    let flags = &milestone.flags;
    let mut told = Vec::new();
    let from = |at: u64, what: &str| {
        if at > 0 { Some(format!("from {} on {what}", clock::shown(at))) } else { None }
    };
    let open = from(milestone.open_at, "anybody may release");
    let reclaim = from(milestone.reclaim_at, "the payer may reclaim");
    let default = from(milestone.default_at, "anybody may have the fallback applied");
    let settled = |how: &str| format!("{how}: {} to the receiver", shown(milestone.to_receiver.0));
    if !milestone.funded {
        told.push(format!("not funded: waits for the payer's {}", shown(milestone.gross())));
    } else if flags.released {
        told.push(settled("released"));
    } else if flags.resolved {
        told.push(settled("resolved"));
    } else if flags.refunded {
        told.push(settled("refunded"));
    } else if flags.disputed {
        let (rulings, quorum) = (milestone.rulings.len(), terms.policy.resolve_quorum);
        told.push(format!("disputed: it takes {quorum} equal rulings; so far {rulings}"));
    } else if flags.approved {
        let votes = match terms.policy.release_quorum {
            0 => "anybody's release".into(),
            quorum => format!("release votes ({} of {quorum})", milestone.signed_by.len()),
        };
        told.push(format!("approved: waits for {votes}"));
    } else {
        let (votes, needed) = (milestone.approved_by.len(), milestone.approvals_required);
        let whom = if milestone.status == "Completed" { "" } else { "the provider, and for " };
        told.push(format!("{}: waits for {whom}approvals ({votes} of {needed})", milestone.status));
    }
    told.extend([open, reclaim, default].into_iter().flatten());
    for party in &milestone.resumed_by {
        told.push(format!("{party} asks to drop the dispute"));
    }
    for ruling in &milestone.rulings {
        told.push(format!(
            "{} rules {} to the receiver",
            ruling.party,
            shown(ruling.to_receiver.0)
        ));
    }
    for offer in &milestone.offers {
        told.push(format!("{} offers {} to the receiver", offer.party, shown(offer.to_receiver.0)));
    }
    if milestone.credited.0 > 0 {
        told.push(format!("{} wait to be claimed", shown(milestone.credited.0)));
    }
    told
}
