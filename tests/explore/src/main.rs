//! `explore`: walks through everything that the contract's rules can come to, and checks that nobody's
//! money is lost, misdirected or held for ever on the way. `docs/assurance.md` says what that covers.

mod books;
mod explorer;
mod game;
mod graph;
mod laws;
mod machine;
mod money;
mod report;
mod violation;
mod warnings;

#[cfg(test)]
mod tests;

use explorer::explore;
use machine::{Configuration, step};
use report::Report;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;
use violation::Violation;

const HELP: &str = "\
explore: every reachable state of the contract's rules, and every invariant in each

Usage: cargo run --package explore [-- --json]

  --json   print the figures as one JSON object
  --help   print this

Fails, and prints how to get there, if any invariant is broken.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => run(false),
        ["--json"] => run(true),
        ["--help"] => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{HELP}");
            ExitCode::from(2)
        }
    }
}

fn run(json: bool) -> ExitCode {
    match explore_all(!json) {
        Ok(report) if json => println!("{}", report.json()),
        Ok(report) => println!("{report}"),
        Err(violation) => {
            eprintln!("{violation}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Something to explore, by whoever is free.
#[derive(Clone, Copy)]
enum Job {
    Money,
    Books,
    Machine(Configuration),
}

/// Explores everything, on all cores.
fn explore_all(progress: bool) -> Result<Report, Violation> {
    let start = Instant::now();
    // The largest first, so that no core is left alone with one at the end.
    let machines = machine::all().into_iter().rev().map(Job::Machine);
    let jobs: Vec<Job> = [Job::Money, Job::Books].into_iter().chain(machines).collect();
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Ok(Report::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(number) else { break };
                    let done = explore_one(*job, &all);
                    if progress && number.is_multiple_of(64) {
                        println!("{number} of {} explored, {:.0?}", jobs.len(), start.elapsed());
                    }
                    if let Err(violation) = done {
                        // Nobody takes another.
                        next.store(jobs.len(), Ordering::Relaxed);
                        *all.lock().unwrap() = Err(violation);
                    }
                }
            });
        }
    });
    let mut report = all.into_inner().unwrap()?;
    report.sort();
    report.elapsed = start.elapsed();
    match report.missing() {
        missing if missing.is_empty() => Ok(report),
        missing => {
            let law = "what should be possible somewhere is not".to_owned();
            Err(Violation { law, configuration: None, trace: missing })
        }
    }
}

fn explore_one(job: Job, all: &Mutex<Result<Report, Violation>>) -> Result<(), Violation> {
    let add = |change: &mut dyn FnMut(&mut Report)| {
        if let Ok(report) = all.lock().unwrap().as_mut() {
            change(report);
        }
    };
    match job {
        Job::Money => {
            let figures = money::check();
            add(&mut |report| report.money = Some(figures));
        }
        Job::Books => {
            let figures = books::explore()?;
            add(&mut |report| report.books = Some(figures));
        }
        Job::Machine(configuration) => {
            let graph = explore(configuration, step)?;
            let mut verdict = Some(warnings::judge(&graph, step)?);
            add(&mut |report| verdict.take().into_iter().for_each(|v| report.add(&graph, v)));
        }
    }
    Ok(())
}
