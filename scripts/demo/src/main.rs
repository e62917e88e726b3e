//! The demo: starts a network, walks through stories with real signed transactions, and leaves an
//! escrow to play with.

mod contract;
mod errors;
mod page;
mod people;
mod stage;
mod stories;
mod terms;
mod walk;
mod words;

use clap::Parser;
use contract::Contract;
use localnet::{Localnet, Options, StartError};
use page::Page;
use stage::Stage;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};
use walk::Walk;

/// What can go wrong is told in a sentence.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Milestone escrows on a Stellar network of their own, as a story
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// End after the walk, and do not wait for commands
    #[arg(long)]
    exit: bool,

    /// Where the network listens; 0 takes any port, as does one that is in use
    #[arg(long, default_value_t = 8000)]
    port: u16,

    /// Keep the network in this file, and go on from it
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// The contract, as it was built
    #[arg(long, value_name = "FILE", default_value = "target/wasm32v1-none/release/escrow.wasm")]
    wasm: PathBuf,

    /// The web page, as it was built
    #[arg(long, value_name = "FOLDER", default_value = "app/dist")]
    page: PathBuf,
}

impl Arguments {
    /// The folder of the page, if it was built.
    fn built_page(&self) -> Option<PathBuf> {
        self.page.join("index.html").exists().then(|| self.page.clone())
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Outcome {
    // Listens before anybody can know that there is a network to end.
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let listening = runtime.enter();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    drop(listening);

    let contract = Contract::read(&arguments.wasm)?;
    let started = Instant::now();
    let net = start(arguments)?;
    let (url, rpc_url) = (net.url().to_string(), net.rpc_url());
    let mut walk = Walk::new(Stage::new(net, contract), Page::new());
    let escrow = stories::tell(&mut walk)?;
    if !arguments.exit {
        stories::what_to_try(&walk, &escrow);
    }
    walk.page.line("");
    walk.page.line(&format!(
        "{} transactions as told, {} attempts refused as they must be, in {:.1} seconds.",
        walk.done,
        walk.refused,
        started.elapsed().as_secs_f64(),
    ));
    if arguments.exit {
        return Ok(());
    }
    walk.page.line(&format!("The network stays up at {rpc_url} until Ctrl-C."));
    walk.page.line(&match arguments.built_page() {
        Some(_) => format!("The page to act on it: {url}/#/escrow/{}", escrow.address),
        None => format!("There is no page in {}: make page builds it.", arguments.page.display()),
    });
    runtime.block_on(async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    });
    Ok(())
}

/// Starts the network where it is wanted, or at any port if another program listens there.
fn start(arguments: &Arguments) -> Outcome<Localnet> {
    let at = |port: u16| Options {
        port: Some(port).filter(|port| *port != 0),
        state: arguments.state.clone(),
        page: arguments.built_page(),
        ..Options::default()
    };
    match Localnet::start(at(arguments.port)) {
        Err(StartError::PortInUse(port)) => {
            let net = Localnet::start(at(0))?;
            println!("Port {port} is in use by another program: the network is at {}.", net.url());
            Ok(net)
        }
        started => Ok(started?),
    }
}
