//! A sequence that fails: caught, made as small as it gets, and written as a test.

use super::action::{Action, Sequence};
use super::model::Flaw;
use super::part::Part;
use super::play::play;
use super::tally::Tally;
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// A sequence that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub sequence: Sequence,
    /// What was found, and what ought to have been.
    pub why: String,
    /// What each step came to, where it came to anything.
    pub steps: Vec<(usize, String)>,
}

/// Plays a sequence, and tells of a failure instead of panicking.
pub fn attempt(sequence: &Sequence, flaw: Option<Flaw>) -> Result<Tally, Box<Failure>> {
    let mut steps = vec![];
    let played =
        quietly(|| play(sequence, flaw, &mut |step, what| steps.push((step, what.into()))));
    played.map_err(|panic| {
        Box::new(Failure { sequence: sequence.clone(), why: words(panic.as_ref()), steps })
    })
}

impl Failure {
    /// The same failure, or another one, by as little as possible.
    pub fn shrink(mut self, flaw: Option<Flaw>) -> Self {
        while let Some(smaller) = self.fewer(flaw).or_else(|| self.simpler(flaw)) {
            self = smaller;
        }
        self
    }

    /// Without some of its actions: with half of them gone first, with one at last.
    fn fewer(&self, flaw: Option<Flaw>) -> Option<Self> {
        let actions = &self.sequence.actions;
        let halves = std::iter::successors(Some(actions.len() / 2), |size| Some(size / 2));
        let sizes = halves.take_while(|size| *size > 0);
        let cuts =
            sizes.flat_map(|size| (0..actions.len()).step_by(size).map(move |at| (at, size)));
        first_failure(cuts, flaw, |(at, size)| {
            let end = (at + size).min(actions.len());
            [&actions[..at], &actions[end..]].concat()
        })
    }

    /// With one thing simpler about one of its actions.
    fn simpler(&self, flaw: Option<Flaw>) -> Option<Self> {
        let actions = &self.sequence.actions;
        let simpler = actions.iter().enumerate().flat_map(|(place, action)| {
            action.simpler().into_iter().map(move |other| (place, other))
        });
        first_failure(simpler, flaw, |(place, other)| {
            let mut actions = actions.clone();
            actions[place] = other;
            actions
        })
    }

    /// A test that fails in the same way, to be pasted into `tests/tests/sequences.rs`.
    pub fn test(&self, name: &str) -> String {
        let mut test = format!("#[test]\nfn {name}() {{\n    replay(vec![\n");
        for (step, action) in self.sequence.actions.iter().enumerate() {
            let came_to = self.steps.iter().filter(|(at, _)| *at == step);
            came_to.for_each(|(_, what)| test += &format!("        // {what}\n"));
            test += &format!("        {},\n", action.rust());
        }
        let why = self.why.replace('\n', "\n    // ");
        test + &format!("    ]);\n    // {why}\n}}\n")
    }
}

/// The first of some changes with which the sequence still fails.
fn first_failure<T>(
    changes: impl Iterator<Item = T>,
    flaw: Option<Flaw>,
    change: impl Fn(T) -> Vec<Action>,
) -> Option<Failure> {
    let mut sequences = changes.map(|to| Sequence { actions: change(to) });
    sequences.find_map(|sequence| attempt(&sequence, flaw).err()).map(|failure| *failure)
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may panic, without a word on the screen if it does.
fn quietly<T>(act: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    QUIET.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(act));
    QUIET.set(false);
    outcome
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default()
}
