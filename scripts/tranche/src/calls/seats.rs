//! `redirect`, `rotate`.

use super::Caller;
use crate::failure::Failure;
use crate::session::{Session, account};
use crate::stellar::Stellar;
use crate::strkey;
use clap::{Args, ValueEnum};

/// Have a milestone paid to another receiver, as its receiver
#[derive(Args)]
#[command(after_help = "Example: scripts/redirect --id C… --source receiver --milestone 1 --to G…")]
pub struct Redirect {
    /// The milestone, by number from 0
    #[arg(long, value_name = "I")]
    milestone: u32,
    /// The new receiver
    #[arg(long, value_name = "NAME|ADDRESS")]
    to: String,
}

/// Hand a seat over; both sign, so both have to be identities of `stellar keys`
#[derive(Args)]
#[command(after_help = "Example: scripts/rotate --id C… --source approver --role Approver \
                        --from approver --to approver2")]
pub struct Rotate {
    #[arg(long, ignore_case = true)]
    role: Role,
    /// Who holds the seat; who signs, if it is left out
    #[arg(long, value_name = "NAME|ADDRESS")]
    from: Option<String>,
    /// Who is to hold it
    #[arg(long, value_name = "NAME|ADDRESS")]
    to: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "PascalCase")]
enum Role {
    Payer,
    Admin,
    Platform,
    Approver,
    ServiceProvider,
    ReleaseSigner,
    DisputeResolver,
    Observer,
}

pub fn redirect(stellar: &Stellar, session: &Session, options: &Redirect) -> Result<(), Failure> {
    let to = account(stellar, "--to", &options.to)?;
    let mut caller = Caller::new(stellar, session)?;
    let milestones = caller.milestones(&[options.milestone])?;
    caller.list(&milestones);
    for milestone in &milestones {
        caller.line("receiver", format!("now {}", milestone.receiver));
    }
    caller.line("then", &to);
    let arguments = [
        ("receiver", caller.signer.address.clone()),
        ("milestone", options.milestone.to_string()),
        ("to", to),
    ];
    caller.send("redirect", &arguments, &[options.milestone])
}

pub fn rotate(stellar: &Stellar, session: &Session, options: &Rotate) -> Result<(), Failure> {
    let (to, to_name) = signing(stellar, "--to", &options.to)?;
    let from = options.from.as_deref().map(|from| signing(stellar, "--from", from)).transpose()?;
    let mut caller = Caller::new(stellar, session)?;
    let (from, from_name) =
        from.unwrap_or_else(|| (caller.signer.address.clone(), caller.signer.name.clone()));
    caller.line("seat", format!("{:?}", options.role));
    caller.line("from", format!("{from} ({from_name}), who signs"));
    caller.line("to", format!("{to} ({to_name}), who signs too"));
    // By their names: so `stellar` finds the keys of both.
    let arguments = [("role", format!("{:?}", options.role)), ("from", from_name), ("to", to_name)];
    caller.send_by_all("rotate", &arguments)
}

/// The address and the name of somebody who has to sign.
fn signing(stellar: &Stellar, option: &str, text: &str) -> Result<(String, String), Failure> {
    let address = account(stellar, option, text)?;
    if address != text {
        return Ok((address, text.into()));
    }
    let next = "name an identity of `stellar keys`: `stellar keys ls` lists them";
    if strkey::is_contract(&address) {
        let happened = format!("{option} {address}: stellar cannot sign for a contract.");
        return Err(Failure::input(happened, "use the wallet of that contract"));
    }
    match stellar.identity(&address)? {
        Some(name) => Ok((address, name)),
        None => Err(Failure::input(
            format!("{option} {address} has to sign too, and `stellar keys` has no key for it."),
            next,
        )),
    }
}
