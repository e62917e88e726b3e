//! The exploration can fail: it is tried here on rules and clocks that are wrong, and a walk by a real
//! clock, with nothing taken for anything else, is held against what it has found.

use crate::explorer::explore;
use crate::machine::{
    Configuration, NOW, Receiver, State, Step, Verb, canonical, encode, step, step_at, verbs,
};
use crate::violation::Violation;
use crate::warnings::judge;
use escrow::rules::{Milestone, Outcome};
use escrow::{Error, Status};
use std::collections::HashSet;

/// What is found where each step is followed by this.
fn violation(wrong: Step) -> Violation {
    let graph = match explore(Configuration::largest(), wrong) {
        Ok(graph) => graph,
        Err(violation) => return violation,
    };
    judge(&graph, wrong).err().expect("nothing is found")
}

#[test]
fn an_approval_that_survives_a_report_is_found() {
    let found = violation(|configuration, state, verb| {
        let approvals = state.milestone.approvals;
        step(configuration, state, verb)?;
        if let Verb::Report(_) = verb {
            state.milestone.approvals = approvals;
        }
        Ok(())
    });
    assert!(found.law.starts_with("I5"), "{found}");
    assert_eq!(found.trace[1..], ["Fund", "Approve(0)", "Report(Pending)"]);
}

#[test]
fn a_milestone_that_settles_twice_is_found() {
    let found = violation(|configuration, state, verb| {
        if verb == Verb::Refund && state.milestone.outcome == Some(Outcome::Released) {
            state.milestone.outcome = Some(Outcome::Refunded);
            return Ok(());
        }
        step(configuration, state, verb)
    });
    assert_eq!(found.law, "not refused, against the specification");
    assert_eq!(found.trace.last().unwrap(), "Refund");
}

#[test]
fn a_verb_that_fails_where_it_should_not_is_found() {
    let found = violation(|configuration, state, verb| match verb {
        Verb::Reclaim if state.milestone.rejected => Err(Error::NotDue),
        _ => step(configuration, state, verb),
    });
    assert_eq!(found.law, "refused, against the specification");
    assert_eq!(found.trace.last().unwrap(), "Reclaim");
}

#[test]
fn a_refusal_that_changes_something_is_found() {
    let found = violation(|configuration, state, verb| {
        let done = step(configuration, state, verb);
        if done.is_err() && verb == Verb::Reject {
            state.milestone.rejected = true;
        }
        done
    });
    assert_eq!(found.law, "a refusal has changed something");
}

#[test]
fn a_payment_of_another_amount_is_found() {
    let found = violation(|configuration, state, verb| {
        let live = state.is_live();
        step(configuration, state, verb)?;
        if live && state.milestone.outcome == Some(Outcome::Refunded) {
            state.milestone.to_receiver = 1;
        }
        Ok(())
    });
    assert!(found.law.starts_with("I2"), "{found}");
}

#[test]
fn a_dispute_without_an_end_is_found() {
    let found = violation(|configuration, state, verb| {
        let disputed_at = state.milestone.disputed_at;
        step(configuration, state, verb)?;
        if verb == Verb::Tick {
            state.milestone.disputed_at = disputed_at;
        }
        Ok(())
    });
    assert!(found.law.starts_with("I8"), "{found}");
    assert!(found.trace.last().unwrap().starts_with("Fund"), "{found}");
}

#[test]
fn a_dispute_that_takes_a_tick_too_long_is_found() {
    // Once, since of work that is not approved a reject is never forgotten.
    let found = violation(|configuration, state, verb| {
        let Milestone { disputed_at, approved_at, rejected, .. } = state.milestone;
        step(configuration, state, verb)?;
        let open = disputed_at.is_some() && approved_at.is_none();
        if verb == Verb::Tick && open && !rejected {
            (state.milestone.disputed_at, state.milestone.rejected) = (disputed_at, true);
        }
        Ok(())
    });
    assert!(found.law.ends_with("needs 8 ticks of 7"), "{found}");
}

#[test]
fn something_that_is_wrongly_forgotten_is_found() {
    // Of approved work the exploration forgets the status; here time does not.
    let found = violation(|configuration, state, verb| {
        let approved_at = state.milestone.approved_at;
        step(configuration, state, verb)?;
        if verb == Verb::Tick && state.milestone.status == Status::Completed {
            state.milestone.approved_at = approved_at;
        }
        Ok(())
    });
    assert_eq!(found.law, "two states that are taken for one answer differently");
}

#[test]
fn a_number_out_of_its_range_is_found() {
    let found = violation(|configuration, state, verb| {
        step(configuration, state, verb)?;
        if verb == Verb::Tick && state.milestone.due > 0 {
            state.milestone.due += 2;
        }
        Ok(())
    });
    assert_eq!(found.law, "a clock or a value is out of its range");
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

/// As if it were this time: all that was noted keeps its distance.
fn moved_to(state: &State, from: u64, to: u64) -> State {
    let mut moved = *state;
    let Milestone { due, completed_at, approved_at, disputed_at, .. } = &mut moved.milestone;
    let noted = [due, completed_at].into_iter().filter(|at| **at > 0);
    for at in noted.chain(approved_at).chain(disputed_at) {
        *at = at.wrapping_sub(from).wrapping_add(to);
    }
    moved
}

#[test]
fn a_walk_by_a_real_clock_never_leaves_what_was_explored() {
    const START: u64 = 1_800_000_000;
    let configuration = Configuration::largest();
    let graph = explore(configuration, step).unwrap_or_else(|violation| panic!("{violation}"));
    let explored: HashSet<u64> =
        (0..graph.len() as u32).filter_map(|index| encode(&graph.state(index))).collect();
    let verbs = verbs(&configuration);
    let mut dice = Dice(7);
    let mut met = HashSet::new();
    for _ in 0..500 {
        let (mut now, mut state) = (START, State::new(&configuration, Receiver::Plain));
        state = moved_to(&state, NOW, now);
        for _ in 0..300 {
            let verb = verbs[dice.below(verbs.len())];
            let mut standing = moved_to(&state, now, NOW);
            let mut after = state;
            let done = if verb == Verb::Tick {
                now += 1;
                Ok(())
            } else {
                step_at(&configuration, &mut after, verb, now)
            };
            assert_eq!(step(&configuration, &mut standing, verb), done);
            // What settles ends a walk, and so is seldom taken.
            if done.is_ok() && (after.milestone.outcome.is_none() || dice.below(50) == 0) {
                state = after;
                let stands_for = canonical(&configuration, &moved_to(&state, now, NOW));
                assert_eq!(canonical(&configuration, &standing), stands_for, "{verb:?}");
                let key = encode(&stands_for).expect("within its range");
                assert!(explored.contains(&key), "{verb:?} led to {state:?}");
                met.insert(key);
            }
        }
    }
    assert!(met.len() > 5_000, "the walks met {} states", met.len());
}
