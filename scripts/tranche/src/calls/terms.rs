//! `update`, `extend_ttl`.

use super::Caller;
use crate::check::{self, Token};
use crate::clock;
use crate::failure::Failure;
use crate::reader::Reader;
use crate::session::{Session, no_problems, read_json, to_json};
use crate::stellar::Stellar;
use crate::terms::{meaning, stuck};
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
    let milestones = caller.escrow.milestones(0, caller.escrow.escrow.totals.milestones)?;
    let without_due = milestones.iter().any(|one| one.due == 0 && !one.is_settled());
    for way in stuck(&terms, without_due) {
        caller.line("can get stuck", format!("{way}: {}", meaning(way)));
    }
    let arguments = [
        ("admin", caller.signer.address.clone()),
        ("terms", to_json(&terms)),
        ("revision", caller.escrow.escrow.revision.to_string()),
    ];
    caller.send("update", &arguments, &[])
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
