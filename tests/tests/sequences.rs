//! Random sequences.

use std::time::Instant;
use tests::sequence::*;

#[test]
fn first() {
    let mut tally = Tally::default();
    let n: u64 = std::env::var("N").map_or(8, |n| n.parse().unwrap());
    let from: u64 = std::env::var("FROM").map_or(0, |n| n.parse().unwrap());
    let begun = Instant::now();
    for seed in from..from + n {
        let sequence = Sequence::of_seed(seed);
        let mut log = vec![];
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            play(&sequence, None, &mut |step, what| log.push(format!("{step} {what}")))
        }));
        match played {
            Ok(played) => tally.add(&played),
            Err(_) => {
                println!("seed {seed}");
                for line in log.iter() {
                    println!("{line}");
                }
                println!("{:?}", sequence.actions[log.len()-1]);
                panic!("failed");
            }
        }
    }
    println!("{tally:#?} {:?} {:?}", tally.all(), begun.elapsed());
}
