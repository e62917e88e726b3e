//! The figures, and whether they are good enough.

use crate::process::Process;
use crate::stage::{Measured, lifecycle, payments_per_second, start};
use std::collections::BTreeMap;
use std::time::Duration;
use tests::report::{Verdict, aligned, grouped, targets};
use tests::wallet::Receipt;

const STARTS: usize = 9;
const FEW: u32 = 100;
const MANY: u32 = 100_000;
const CLIENTS: usize = 100;

const START: Duration = Duration::from_secs(1);
const BEYOND_THE_HOST: Duration = Duration::from_millis(20);
/// How much longer a call may take with many entries than with few.
const GROWTH: f64 = 1.5;

pub struct Figures {
    start: Duration,
    calls: Vec<Measured>,
    few: Vec<Measured>,
    many: Vec<Measured>,
    one_client: f64,
    one_client_kept: f64,
    many_clients: f64,
    memory: u64,
}

impl Figures {
    pub fn measure() -> Self {
        let mut starts: Vec<_> = (0..STARTS).map(|_| start()).collect();
        starts.sort();
        let (few, many) = (Process::holding(FEW), Process::holding(MANY));
        let memory = many.memory();
        let crowded = (CLIENTS + 1).to_string();
        Self {
            start: starts[STARTS / 2],
            calls: lifecycle(&Process::start(&[])),
            few: lifecycle(&few),
            many: lifecycle(&many),
            one_client: payments_per_second(&Process::start(&[]), 1, 500),
            one_client_kept: payments_per_second(&few, 1, 500),
            many_clients: payments_per_second(
                &Process::start(&["--accounts", &crowded]),
                CLIENTS,
                20,
            ),
            memory,
        }
    }

    fn verdicts(&self) -> Vec<Verdict> {
        let beyond = median(&self.calls, |call| call.sending.saturating_sub(host(call)));
        let sending = |calls: &[Measured]| quickest(calls, |call| call.sending);
        let growth = sending(&self.many).as_secs_f64() / sending(&self.few).as_secs_f64();
        vec![
            Verdict {
                target: "start to first answer in under a second".into(),
                measured: told(self.start),
                met: self.start < START,
            },
            Verdict {
                target: "a closed transaction in under 20 ms beyond the host's own time".into(),
                measured: told(beyond),
                met: beyond < BEYOND_THE_HOST,
            },
            Verdict {
                target: "with 100,000 entries no slower than with 100 (at most half as much again)"
                    .into(),
                measured: format!("x {growth:.2}"),
                met: growth < GROWTH,
            },
        ]
    }

    pub fn all_met(&self) -> bool {
        self.verdicts().iter().all(|verdict| verdict.met)
    }

    pub fn targets(&self) -> String {
        targets(&self.verdicts())
    }

    pub fn table(&self) -> String {
        let mut table = vec![
            ["", "In memory", "100 entries, kept", "100,000 entries, kept"]
                .map(Into::into)
                .to_vec(),
        ];
        type Reading = fn(&Receipt) -> Duration;
        let rows: [(&str, Reading); 5] = [
            ("`release`: simulateTransaction, over HTTP", |call| call.simulating),
            ("`release`: sendTransaction, to the closed ledger", |call| call.sending),
            ("of which the host's own time", host),
            ("of which everything else", |call| call.sending.saturating_sub(host(call))),
            ("`release`: from reading the account to the result", |call| call.whole),
        ];
        for (what, reading) in rows {
            let readings = [&self.calls, &self.few, &self.many].map(|calls| median(calls, reading));
            let mut line = vec![what.to_owned()];
            line.extend(readings.map(told));
            table.push(line);
        }
        let rate = |rate: f64| grouped(rate.round() as i64);
        let memory = format!("{} MB", self.memory / 1_000_000);
        let none = String::new;
        let alone = [
            ("start to first answer", [told(self.start), none(), none()]),
            ("payments a second, 1 client", [rate(self.one_client), none(), none()]),
            ("payments a second, 1 client, kept", [none(), rate(self.one_client_kept), none()]),
            ("payments a second, 100 clients", [rate(self.many_clients), none(), none()]),
            ("memory", [none(), none(), memory]),
        ];
        for (what, figures) in alone {
            let mut line = vec![what.to_owned()];
            line.extend(figures);
            table.push(line);
        }
        aligned(&table, 1)
    }

    /// What each kind of call was said to cost and has cost, in stroops.
    pub fn fees(&self) -> String {
        let header = ["Call", "Simulated", "Charged", "Of it"].map(String::from);
        let mut table = vec![header.to_vec()];
        let mut seen = BTreeMap::new();
        for Measured { name, receipt } in &self.calls {
            if seen.insert(*name, ()).is_none() {
                table.push(vec![
                    format!("`{name}`"),
                    grouped(offered(receipt)),
                    grouped(receipt.charged),
                    format!("{:.1} %", share(receipt) * 100.0),
                ]);
            }
        }
        aligned(&table, 1)
    }
}

/// The resources' fee as simulated, and the least fee for inclusion.
fn offered(receipt: &Receipt) -> i64 {
    receipt.offered + 100
}

fn share(receipt: &Receipt) -> f64 {
    receipt.charged as f64 / offered(receipt) as f64
}

/// How long the host itself took.
fn host(receipt: &Receipt) -> Duration {
    Duration::from_nanos(receipt.metric("invoke_time_nsecs").expect("a call's own time"))
}

/// The middle one of the releases.
fn median(calls: &[Measured], reading: impl Fn(&Receipt) -> Duration) -> Duration {
    let readings = sorted(calls, reading);
    readings[readings.len() / 2]
}

/// The quickest one, which tells most of what a release takes where others use the same disk.
fn quickest(calls: &[Measured], reading: impl Fn(&Receipt) -> Duration) -> Duration {
    sorted(calls, reading)[0]
}

fn sorted(calls: &[Measured], reading: impl Fn(&Receipt) -> Duration) -> Vec<Duration> {
    let releases = calls.iter().filter(|call| call.name == "release");
    let mut readings: Vec<_> = releases.map(|call| reading(&call.receipt)).collect();
    readings.sort();
    readings
}

fn told(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}
