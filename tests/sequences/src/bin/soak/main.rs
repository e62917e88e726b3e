//! Plays random sequences on the built WASM for as long as one likes, on all cores, and stops at
//! the first that fails.
//!
//! `soak [--sequences N] [--from SEED] [--seconds S] [--json]`

mod options;
mod report;

use options::Options;
use sequences::{Failure, Sequence, Tally, attempt};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often progress is told.
const PROGRESS: Duration = Duration::from_secs(5);

/// What a sequence came to, by its seed.
type Played = (u64, Result<Tally, Box<Failure>>);

fn main() -> ExitCode {
    if std::env::args().any(|word| word == "--help") {
        println!("{}", options::USAGE);
        return ExitCode::SUCCESS;
    }
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("{wrong}\n{}", options::USAGE);
            return ExitCode::FAILURE;
        }
    };
    // All else would prove nothing of what is deployed.
    if !tests::on_wasm() {
        eprintln!("set ESCROW_RUNTIME=wasm");
        return ExitCode::FAILURE;
    }
    let begun = Instant::now();
    let (tally, failure) = soak(&options, begun);
    println!("{}", report::totals(&tally, begun.elapsed(), options.json));
    match failure {
        None => ExitCode::SUCCESS,
        Some((seed, failure)) => {
            eprintln!("\nseed {seed} fails; made small:\n");
            eprintln!("{}", failure.shrink(None).test(&format!("seed_{seed}")));
            ExitCode::FAILURE
        }
    }
}

/// Plays sequence after sequence, and returns at the first failure.
fn soak(options: &Options, begun: Instant) -> (Tally, Option<(u64, Box<Failure>)>) {
    let (next, enough) = (AtomicU64::new(options.from), AtomicBool::new(false));
    let end = options.from.saturating_add(options.sequences);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let (played, results) = channel();
    thread::scope(|scope| {
        for _ in 0..workers {
            let played = played.clone();
            scope.spawn(|| work(&next, end, &enough, played));
        }
        drop(played);
        let outcome = gather(&results, options, begun);
        enough.store(true, Ordering::Relaxed);
        outcome
    })
}

fn work(next: &AtomicU64, end: u64, enough: &AtomicBool, played: Sender<Played>) {
    while !enough.load(Ordering::Relaxed) {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end || played.send((seed, attempt(&Sequence::of_seed(seed), None))).is_err() {
            return;
        }
    }
}

fn gather(
    results: &Receiver<Played>,
    options: &Options,
    begun: Instant,
) -> (Tally, Option<(u64, Box<Failure>)>) {
    let mut tally = Tally::default();
    let mut told = Instant::now();
    loop {
        match results.recv_timeout(PROGRESS) {
            Ok((_, Ok(played))) => tally.add(&played),
            Ok((seed, Err(failure))) => return (tally, Some((seed, failure))),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return (tally, None),
        }
        if told.elapsed() >= PROGRESS {
            told = Instant::now();
            eprintln!("{}", report::progress(&tally, begun.elapsed()));
        }
        if options.seconds.is_some_and(|seconds| begun.elapsed().as_secs() >= seconds) {
            return (tally, None);
        }
    }
}
