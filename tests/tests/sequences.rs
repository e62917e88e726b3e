//! Random sequences of everything that can happen, against a plain model: see
//! [`tests::sequence`]. `SEQUENCES` sets how many; their seeds are always the same.

use escrow::Error;
use localnet::network::Pace;
use localnet::{Localnet, Options};
use tests::sequence::model::Flaw;
use tests::sequence::order::NAMES;
use tests::sequence::*;
use tests::wallet::{Wallet, account};
use tests::wasm;

/// How many sequences there are in a usual run.
const USUAL: u64 = 256;

fn count() -> u64 {
    std::env::var("SEQUENCES").map_or(USUAL, |count| count.parse().expect("a number"))
}

/// Plays a pasted sequence.
fn replay(actions: Vec<Action>) {
    if let Err(failure) = attempt(&Sequence { actions }, None) {
        panic!("{}", failure.test("the_same"));
    }
}

/// The contract does what the model says, step by step, and no invariant is ever broken.
#[test]
fn whatever_happens_the_contract_does_what_the_model_says() {
    let mut tally = Tally::default();
    for seed in 0..count() {
        match attempt(&Sequence::of_seed(seed), None) {
            Ok(played) => tally.add(&played),
            Err(failure) => panic!("{}", failure.shrink(None).test(&format!("seed_{seed}"))),
        }
    }
    if count() >= USUAL {
        assert_broad(&tally);
    }
}

/// What is never refused in these sequences: what is no value of its declared type.
const UNREACHED: [Error; 1] = [Error::Malformed];

/// The sequences have got far, and everywhere.
fn assert_broad(tally: &Tally) {
    for name in NAMES {
        let calls = tally.calls.get(name).copied().unwrap_or_default();
        assert!(calls.succeeded >= 10, "{name}: {calls:?}");
    }
    let missed: Vec<Error> = (1..100)
        .filter_map(|code| Error::try_from(soroban_sdk::Error::from_contract_error(code)).ok())
        .filter(|error| !UNREACHED.contains(error) && !tally.errors.contains_key(error))
        .collect();
    assert!(missed.is_empty(), "never met: {missed:?}");
    assert!(tally.unsigned >= 10 && tally.credited >= 10, "{tally:?}");
}

#[test]
fn a_seed_makes_the_same_sequence_for_ever() {
    assert_eq!(Sequence::of_seed(7), Sequence::of_seed(7));
    assert_ne!(Sequence::of_seed(7), Sequence::of_seed(8));
}

/// The same on a network, by transactions that real keys have signed: a few sequences, shorter.
#[test]
fn on_localnet_too_the_contract_does_what_the_model_says() {
    let options = Options { pace: Pace::Still, ..Options::default() };
    let localnet = Localnet::start(options).expect("a network");
    let admin = account("admin");
    assert!(Wallet { rpc: &localnet }.upload(&admin, &wasm()).succeeded);
    let mut tally = Tally::default();
    for seed in 0..8 {
        let mut sequence = Sequence::of_seed(seed);
        sequence.actions.truncate(40);
        tally.add(&play_on(&localnet, seed as u8, &wasm(), &sequence));
    }
    println!("{tally:#?}");
}

mod what_fails {
    use super::*;

    /// The first sequence that tells the flawed model from the contract, made small.
    fn found(flaw: Flaw) -> Failure {
        let failures =
            (0..1_000).filter_map(|seed| attempt(&Sequence::of_seed(seed), Some(flaw)).err());
        failures.map(|failure| failure.shrink(Some(flaw))).next().expect("the flaw is found")
    }

    #[test]
    fn is_found_and_made_small() {
        for (flaw, most) in [(Flaw::RoundsUp, 2), (Flaw::Late, 5), (Flaw::KeepsVotes, 6)] {
            let failure = found(flaw);
            let actions = &failure.sequence.actions;
            assert!(actions.len() <= most, "{}", failure.test("too_long"));
            let again = attempt(&failure.sequence, Some(flaw)).expect_err("it fails again");
            assert_eq!(again, Box::new(failure));
            assert!(attempt(&again.sequence, None).is_ok(), "the flaw alone makes it fail");
            println!("{}", again.test("shown"));
        }
    }
}
