//! The program: starts a network, tells about it, and ends when it is told to.

mod banner;

use banner::Banner;
use clap::Parser;
use clap::builder::RangedI64ValueParser;
use localnet::accounts::{self, Account, MAX_ACCOUNTS};
use localnet::ledger::Read;
use localnet::network::Network;
use localnet::operations::classic::events::asset_contract;
use localnet::settings::Settings;
use localnet::{Localnet, Options, genesis};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use stellar_xdr::Asset;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

/// A Stellar network in one process, for development
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
struct Arguments {
    /// Where to listen; 0 takes any port
    #[arg(long, default_value_t = 8000)]
    port: u16,

    /// Take Testnet's limits and fees, not Mainnet's
    #[arg(long)]
    testnet_settings: bool,

    /// Close ledgers at this pace, not at once
    #[arg(long, value_name = "SECONDS", value_parser = block_time)]
    block_time: Option<Duration>,

    /// Accounts to begin with, 2 to 1000
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = account_count())]
    accounts: u32,

    /// Keep the network in this file, and go on from it
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// Tell about the network in JSON, for programs
    #[arg(long, conflicts_with = "quiet")]
    json: bool,

    /// A folder with the command line tool, for the banner to name
    #[arg(long, env = "LOCALNET_TOOLS", hide = true)]
    tools: Option<PathBuf>,

    /// Tell nothing
    #[arg(long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  localnet                   each transaction closes a ledger; nothing is kept
  localnet --state net.db    the same, but it stays
  localnet --block-time 5    a ledger every 5 seconds, as on the public networks
  localnet --port 0 --json   at any free port, for a program to read where";

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("localnet: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    // Each client takes an open file; with as few as there may be, it works as well.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    // Listens before anybody can know that there is a network to end.
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let listening = runtime.enter();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    drop(listening);

    let localnet = Localnet::start(options(arguments))?;
    tell(arguments, &localnet);
    runtime.block_on(async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    });
    Ok(())
}

fn options(arguments: &Arguments) -> Options {
    Options {
        settings: if arguments.testnet_settings { Settings::Testnet } else { Settings::Mainnet },
        port: Some(arguments.port).filter(|port| *port != 0),
        block_time: arguments.block_time,
        accounts: arguments.accounts as usize,
        state: arguments.state.clone(),
        ..Options::default()
    }
}

/// A reader that has gone away is no reason to end.
fn tell(arguments: &Arguments, localnet: &Localnet) {
    let mut out = io::stdout();
    let _ = match arguments {
        Arguments { quiet: true, .. } => Ok(()),
        Arguments { json: true, .. } => writeln!(out, "{}", banner(arguments, localnet).json()),
        _ => write!(out, "{}", banner(arguments, localnet).text()),
    };
    let _ = out.flush();
}

fn banner(arguments: &Arguments, localnet: &Localnet) -> Banner {
    let wanted = accounts::named(arguments.accounts as usize);
    // A network out of a file may have been made with fewer.
    let is_there = |net: &Network, account: &Account| net.entries.account(&account.id).is_some();
    let accounts = localnet
        .network(move |net| wanted.into_iter().filter(|account| is_there(net, account)).collect());
    let network_id = localnet.network(|net| net.network_id.clone());
    let contract = |asset| asset_contract(&asset, &network_id).to_string();
    Banner {
        url: localnet.url().into(),
        settings: if arguments.testnet_settings { "Testnet" } else { "Mainnet" },
        closing: match arguments.block_time {
            Some(time) => format!("close every {} seconds", time.as_secs_f64()),
            None => "close with each transaction".into(),
        },
        accounts,
        issuer: accounts::issuer(),
        token_contract: contract(Asset::CreditAlphanum4(genesis::token())),
        native_contract: contract(Asset::Native),
        kept: arguments.state.as_ref().map(|path| kept(path, localnet)),
        tools: arguments.tools.clone().filter(|path| path.is_dir()),
    }
}

/// Where the network is kept, and where it goes on.
fn kept(path: &Path, localnet: &Localnet) -> String {
    let (ledger, ahead) = localnet.network(|net| (net.latest().sequence(), net.ahead()));
    let hours = ahead / 3_600;
    let clock =
        if hours > 0 { format!("; its clock is {hours} hours ahead") } else { String::new() };
    format!("{}, now at ledger {ledger}{clock}", path.display())
}

/// The banner pays from the first to the second.
fn account_count() -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(2..=i64::from(MAX_ACCOUNTS))
}

/// From a tenth of a second to an hour.
fn block_time(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "it is not a number")?;
    if (0.1..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("it must be from 0.1 to 3600".into())
    }
}
