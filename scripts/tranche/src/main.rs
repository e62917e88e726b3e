//! `tranche`: what each role of an escrow does from a shell, made on `stellar`.

mod amount;
mod authorised;
mod balances;
mod calls;
mod check;
mod clock;
mod deploy;
mod errors;
mod escrow;
mod failure;
mod history;
mod network;
mod reader;
mod session;
mod sheet;
mod status;
mod stellar;
mod strkey;
mod terms;

use calls::{disputes, milestones, money, returns, review, seats, terms as agreement};
use clap::{Parser, Subcommand};
use failure::Failure;
use network::Network;
use session::Session;
use std::env;
use std::process::ExitCode;
use stellar::Stellar;

/// Milestone escrows on Stellar, from a shell
#[derive(Parser)]
#[command(name = "tranche", version)]
struct Program {
    #[command(subcommand)]
    command: Command,
    /// local, testnet or mainnet [env: NETWORK; default: local]
    #[arg(long, global = true, value_name = "NAME")]
    network: Option<String>,
    /// The escrow [env: ESCROW_ID]
    #[arg(long, global = true, value_name = "C…")]
    id: Vec<String>,
    /// Who signs: an identity of `stellar keys` [env: STELLAR_ACCOUNT]
    #[arg(long, global = true, value_name = "NAME")]
    source: Option<String>,
    /// Print the result for programs
    #[arg(long, global = true)]
    json: bool,
    /// Do not ask before sending to mainnet
    #[arg(long, global = true)]
    yes: bool,
}

#[derive(Subcommand)]
#[command(rename_all = "snake_case")]
enum Command {
    Deploy(deploy::Deploy),
    Address(deploy::Address),
    Status(status::Status),
    Balances(balances::List),
    History(history::History),
    Fund(money::Fund),
    CountDeposit(money::CountDeposit),
    ChangeStatus(review::ChangeStatus),
    Approve(review::Approve),
    Reject(review::Reject),
    Release(review::Release),
    Confirm(review::Confirm),
    Dispute(disputes::Dispute),
    Resume(disputes::Resume),
    Resolve(disputes::Resolve),
    ResolveByDefault(disputes::ResolveByDefault),
    Settle(disputes::Settle),
    Refund(returns::Refund),
    Reclaim(returns::Reclaim),
    Claim(money::Claim),
    Withdraw(money::Withdraw),
    Update(agreement::Update),
    ManageMilestones(milestones::ManageMilestones),
    Redirect(seats::Redirect),
    Rotate(seats::Rotate),
    ExtendTtl(agreement::ExtendTtl),
}

fn main() -> ExitCode {
    if let Err(failure) = no_secrets() {
        return end(&failure);
    }
    match run(Program::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => end(&failure),
    }
}

fn end(failure: &Failure) -> ExitCode {
    eprintln!("{failure}");
    ExitCode::from(failure.code)
}

/// A secret key among the arguments is in the shell's history and in the list of processes.
fn no_secrets() -> Result<(), Failure> {
    let arguments = env::args_os().skip(1).map(|text| text.to_string_lossy().into_owned());
    let variables = ["STELLAR_ACCOUNT", "ESCROW_ID", "NETWORK"].map(variable);
    let given = arguments.chain(variables.into_iter().flatten());
    let secret = |text: String| text.split('=').any(strkey::is_secret);
    if !given.into_iter().any(secret) {
        return Ok(());
    }
    Err(Failure::input(
        "A secret key was given as an argument: it is refused, and nothing was sent.",
        "keep it with `stellar keys add NAME`, which asks for it, and say --source NAME",
    )
    .because("Arguments are seen by every program of this machine, and kept by the shell."))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn run(program: Program) -> Result<(), Failure> {
    let name =
        program.network.or_else(|| variable("NETWORK")).or_else(|| variable("STELLAR_NETWORK"));
    let (url, passphrase) = (variable("STELLAR_RPC_URL"), variable("STELLAR_NETWORK_PASSPHRASE"));
    let stellar = Stellar::new(Network::choose(name, url, passphrase)?)?;
    if program.id.len() > 1 && !matches!(program.command, Command::Balances(_)) {
        return Err(Failure::input("Several escrows are named.", "name one: --id C…"));
    }
    let session = Session {
        source: program.source.or_else(|| variable("STELLAR_ACCOUNT")),
        id: program.id.first().cloned().or_else(|| variable("ESCROW_ID")),
        json: program.json,
        yes: program.yes,
    };
    match program.command {
        Command::Balances(options) => balances::balances(&stellar, &session, &program.id, &options),
        Command::Deploy(options) => deploy::deploy(&stellar, &session, &options),
        Command::Address(options) => deploy::address(&stellar, &session, &options),
        Command::Status(options) => status::status(&stellar, &session, &options),
        Command::History(options) => history::history(&stellar, &session, &options),
        Command::Fund(options) => money::fund(&stellar, &session, &options),
        Command::CountDeposit(options) => money::count_deposit(&stellar, &session, &options),
        Command::ChangeStatus(options) => review::change_status(&stellar, &session, &options),
        Command::Approve(options) => review::approve(&stellar, &session, &options),
        Command::Reject(options) => review::reject(&stellar, &session, &options),
        Command::Release(options) => review::release(&stellar, &session, &options),
        Command::Confirm(options) => review::confirm(&stellar, &session, &options),
        Command::Dispute(options) => disputes::dispute(&stellar, &session, &options),
        Command::Resume(options) => disputes::resume(&stellar, &session, &options),
        Command::Resolve(options) => disputes::resolve(&stellar, &session, &options),
        Command::ResolveByDefault(options) => {
            disputes::resolve_by_default(&stellar, &session, &options)
        }
        Command::Settle(options) => disputes::settle(&stellar, &session, &options),
        Command::Refund(options) => returns::refund(&stellar, &session, &options),
        Command::Reclaim(options) => returns::reclaim(&stellar, &session, &options),
        Command::Claim(options) => money::claim(&stellar, &session, &options),
        Command::Withdraw(options) => money::withdraw(&stellar, &session, &options),
        Command::Update(options) => agreement::update(&stellar, &session, &options),
        Command::ManageMilestones(options) => {
            milestones::manage_milestones(&stellar, &session, &options)
        }
        Command::Redirect(options) => seats::redirect(&stellar, &session, &options),
        Command::Rotate(options) => seats::rotate(&stellar, &session, &options),
        Command::ExtendTtl(options) => agreement::extend_ttl(&stellar, &session, &options),
    }
}
