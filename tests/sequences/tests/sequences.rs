//! Random sequences of everything that can happen, against a plain model: see
//! [`sequences`]. `SEQUENCES` sets how many; their seeds are always the same.

use escrow::Error;
use localnet::network::Pace;
use localnet::{Localnet, Options};
use sequences::model::Flaw;
use sequences::order::NAMES;
use sequences::*;
use tests::wallet::{Wallet, account};
use tests::wasm;

/// How many sequences there are in a usual run.
const USUAL: u64 = 256;

/// After every step the contract has done and shows what the model says, and no invariant is
/// broken.
#[test]
fn whatever_happens_the_contract_does_what_the_model_says() {
    let count = std::env::var("SEQUENCES").map_or(USUAL, |count| count.parse().expect("a number"));
    let mut tally = Tally::default();
    for seed in 0..count {
        match attempt(&Sequence::of_seed(seed), None) {
            Ok(played) => tally.add(&played),
            Err(failure) => panic!("{}", failure.shrink(None).test(&format!("seed_{seed}"))),
        }
    }
    if count >= USUAL {
        assert_broad(&tally);
    }
}

/// What no value of a declared type is refused with.
const UNMET: [Error; 1] = [Error::Malformed];

/// The sequences get far, and everywhere.
fn assert_broad(tally: &Tally) {
    for name in NAMES {
        let calls = tally.calls.get(name).copied().unwrap_or_default();
        assert!(calls.succeeded >= 10, "{name}: {calls:?}");
    }
    let unmet: Vec<Error> = (1..100)
        .filter_map(|code| Error::try_from(soroban_sdk::Error::from_contract_error(code)).ok())
        .filter(|error| !tally.errors.contains_key(error))
        .collect();
    assert_eq!(unmet, UNMET, "every error is met");
    assert!(tally.unsigned >= 10 && tally.credited >= 10, "{tally:?}");
}

/// The same on a network, by transactions that real keys have signed: a few sequences, shorter.
#[test]
fn on_localnet_too_the_contract_does_what_the_model_says() {
    let options = Options { pace: Pace::Still, ..Options::default() };
    let localnet = Localnet::start(options).expect("a network");
    assert!(Wallet { rpc: &localnet }.upload(&account("admin"), &wasm()).succeeded);
    let mut tally = Tally::default();
    for seed in 0..8 {
        let mut sequence = Sequence::of_seed(seed.into());
        sequence.actions.truncate(40);
        tally.add(&play_on(&localnet, seed, &wasm(), &sequence));
    }
    let all = tally.all();
    assert!(all.succeeded >= 60 && all.refused >= 20, "{tally:?}");
}

#[test]
fn a_seed_makes_the_same_sequence_again_and_another_seed_another() {
    assert_eq!(Sequence::of_seed(7), Sequence::of_seed(7));
    assert_ne!(Sequence::of_seed(7), Sequence::of_seed(8));
}

/// A model that is wrong on purpose is told from the contract, and by how little.
#[test]
fn what_fails_is_found_and_made_small() {
    for (flaw, most) in [(Flaw::RoundsUp, 2), (Flaw::Late, 5), (Flaw::KeepsVotes, 6)] {
        let found = (0..USUAL).find_map(|seed| attempt(&Sequence::of_seed(seed), Some(flaw)).err());
        let failure = found.expect("a sequence finds the flaw").shrink(Some(flaw));
        let test = failure.test("small");
        assert!(failure.sequence.actions.len() <= most, "{flaw:?}: {test}");
        assert!(test.starts_with("#[test]\nfn small() {\n    replay(vec![\n"), "{test}");
        let again = attempt(&failure.sequence, Some(flaw)).expect_err("it fails again");
        assert_eq!(*again, failure, "{flaw:?}");
        let right = attempt(&failure.sequence, None);
        assert!(right.is_ok(), "{flaw:?}: nothing else is wrong: {test}");
    }
}

// Sequences that once failed, as they were printed.

/// Plays a pasted sequence.
fn replay(actions: Vec<Action>) {
    if let Err(failure) = attempt(&Sequence { actions }, None) {
        panic!("{}", failure.test("the_same"));
    }
}

/// A deal as simple as it can be.
fn deal(token: Party, receiver: Party) -> Deal {
    let terms = Terms {
        engagement_id: Text(0),
        title: Text(0),
        description: Text(0),
        document: None,
        payer: 0,
        admin: 0,
        platform: 0,
        token,
        fee_bps: 0,
        staff: Staff {
            approvers: vec![0],
            service_providers: vec![0],
            release_signers: vec![0],
            dispute_resolvers: vec![1],
            observers: vec![],
            release_quorum: 1,
            resolve_quorum: 1,
            review_window: 0,
            dispute_window: 0,
            fallback: Fallback::Even,
        },
    };
    let milestone = New {
        title: Text(0),
        description: Text(0),
        document: None,
        amount: 1,
        receiver: Some(receiver),
        approvals_required: 1,
        due: Due::Never,
    };
    Deal { terms, milestones: vec![milestone], off: 0 }
}

fn call(call: Call) -> Action {
    Action::Call { escrow: 0, call, signed: Signed::Rightly }
}

/// The host wants two signatures of one who hands a seat over to itself; the escrow refuses it.
#[test]
fn a_seat_is_handed_over_to_its_holder() {
    let rotate = |signed| {
        let (role, from, to) = (Role::Payer, Choice::Any(0), Choice::Any(0));
        Action::Call { escrow: 0, call: Call::Rotate { role, from, to }, signed }
    };
    replay(vec![
        Action::Open { escrow: 0, deal: deal(cast::ASSET, 3), signed: Signed::Rightly },
        rotate(Signed::Rightly),
        rotate(Signed::InPart),
    ]);
}

/// One token's contract can receive the other token.
#[test]
fn a_token_is_paid_in_the_other_token() {
    let confirm = |slip| Call::Confirm {
        by: Choice::Fit(0),
        payouts: vec![Pay { milestone: Choice::Fit(0), slip }],
    };
    replay(vec![
        Action::Open { escrow: 0, deal: deal(cast::ASSET, cast::COIN), signed: Signed::Rightly },
        call(Call::Fund { by: Choice::Fit(0), through: Choice::Fit(0), slip: None }),
        call(confirm(Some(Slip::Receiver))),
        call(confirm(None)),
    ]);
}
