//! The walk through all states, every law checked on the way.

use crate::books;
use crate::graph::{Edge, Graph, TICK, movers};
use crate::laws::{self, Law, Seen};
use crate::machine::{
    Configuration, Receiver, State, Step, Verb, canonical, decode, encode, verbs,
};
use crate::violation::Violation;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Walks through everything that can be reached from a new milestone.
pub fn explore(configuration: Configuration, step: Step) -> Result<Graph, Violation> {
    let mut explorer = Explorer::new(configuration, step);
    let mut first = vec![Receiver::Plain, Receiver::Payer];
    if configuration.conditions.resolvers > 0 {
        first.push(Receiver::Resolver(0));
    }
    for receiver in first {
        let state = State::new(&configuration, receiver);
        explorer.find(&state, 0).unwrap_or_else(|law| panic!("{law}"));
    }
    while explorer.graph.starts.len() < explorer.graph.keys.len() {
        explorer.expand()?;
    }
    explorer.graph.starts.push(explorer.graph.edges.len() as u32);
    Ok(explorer.graph)
}

const OUT_OF_RANGE: Law = "a clock or a value is out of its range";

/// Stands for a refusal where answers are compared; no state has this number.
const REFUSED: u64 = u64::MAX;
/// Stands there for what is none of the states; nor has any this number.
const NO_STATE: u64 = u64::MAX - 1;

/// Spreads numbers over a table; good enough for numbers that nobody chose to collide.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only numbers are looked up");
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = spread(key);
    }
}

fn spread(key: u64) -> u64 {
    let product = key.wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    product ^ product >> 32
}

struct Explorer {
    graph: Graph,
    step: Step,
    verbs: Vec<Verb>,
    /// By the number of any state that was found: the one that stands for it.
    found: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    /// How each state answers every verb, as far as is known.
    answers: Vec<Option<u64>>,
}

impl Explorer {
    fn new(configuration: Configuration, step: Step) -> Self {
        let graph = Graph {
            configuration,
            keys: Vec::new(),
            parents: Vec::new(),
            edges: Vec::new(),
            starts: Vec::new(),
            transitions: 0,
            seen: Seen::new(),
        };
        let verbs = verbs(&configuration);
        Self { graph, step, verbs, found: HashMap::default(), answers: Vec::new() }
    }

    /// Tries every verb in the next state, and notes where each leads.
    fn expand(&mut self) -> Result<(), Violation> {
        let index = self.graph.starts.len() as u32;
        let first_edge = self.graph.edges.len();
        self.graph.starts.push(first_edge as u32);
        let before = self.graph.state(index);
        laws::check_views(&self.graph.configuration, &before)
            .map_err(|law| self.violation(law, index, None))?;
        let mut answer = 0;
        for position in 0..self.verbs.len() {
            let verb = self.verbs[position];
            let to = self
                .try_verb(index, &before, verb)
                .map_err(|law| self.violation(law, index, Some(verb)))?;
            let key = to.map_or(REFUSED, |to| self.graph.keys[to as usize]);
            answer = add_answer(answer, &before, verb, key);
            if let Some(to) = to {
                self.connect(first_edge, index, Edge { to, movers: movers(&before, verb) });
            }
        }
        self.compare(index, answer).map_err(|law| self.violation(law, index, None))
    }

    /// Where a verb leads; nowhere where it is refused.
    fn try_verb(&mut self, index: u32, before: &State, verb: Verb) -> Result<Option<u32>, Law> {
        let configuration = self.graph.configuration;
        let may = laws::may(&configuration, before, verb);
        let mut after = *before;
        if (self.step)(&configuration, &mut after, verb).is_err() {
            return if may {
                Err("refused, against the specification")
            } else if after != *before {
                Err("a refusal has changed something")
            } else {
                Ok(None)
            };
        }
        if !may {
            return Err("not refused, against the specification");
        }
        self.graph.transitions += 1;
        laws::check_change(&configuration, before, verb, &after)?;
        if !self.graph.seen.note(verb.kind(), before, &after) {
            return Err("I4: the transition table does not have this step");
        }
        if !books::has_step(&before.milestone, &after.milestone) {
            return Err("the books do not have this step");
        }
        self.find(&after, index).map(Some)
    }

    /// The state that stands for one that a step led to, new or not.
    fn find(&mut self, state: &State, parent: u32) -> Result<u32, Law> {
        let number = encode(state).ok_or(OUT_OF_RANGE)?;
        if let Some(index) = self.found.get(&number) {
            return Ok(*index);
        }
        let configuration = self.graph.configuration;
        let mut same = decode(&configuration, number);
        same.milestone.revision = state.milestone.revision;
        if same != *state {
            return Err("something has changed that never changes");
        }
        let key = encode(&canonical(&configuration, state)).ok_or(OUT_OF_RANGE)?;
        let known = self.found.get(&key).copied();
        let index = known.unwrap_or_else(|| self.add(key, parent));
        if key != number {
            self.found.insert(number, index);
            let answer = self.answer(state);
            self.compare(index, answer)?;
        }
        Ok(index)
    }

    fn add(&mut self, key: u64, parent: u32) -> u32 {
        let index = self.graph.keys.len() as u32;
        let is_first = self.graph.starts.is_empty();
        self.found.insert(key, index);
        self.graph.keys.push(key);
        self.graph.parents.push(if is_first { index } else { parent });
        self.answers.push(None);
        index
    }

    /// How a state answers every verb, in one number.
    fn answer(&self, state: &State) -> u64 {
        let configuration = &self.graph.configuration;
        let mut answer = 0;
        for verb in &self.verbs {
            let mut after = *state;
            let key = match (self.step)(configuration, &mut after, *verb) {
                // What is out of its range shows when the state that stands for this one gets there.
                Ok(()) => encode(&canonical(configuration, &after)).unwrap_or(NO_STATE),
                Err(_) => REFUSED,
            };
            answer = add_answer(answer, state, *verb, key);
        }
        answer
    }

    /// All that one state stands for answer as it does.
    fn compare(&mut self, index: u32, answer: u64) -> Result<(), Law> {
        let known = self.answers[index as usize].get_or_insert(answer);
        if *known == answer {
            Ok(())
        } else {
            Err("two states that are taken for one answer differently")
        }
    }

    fn connect(&mut self, first_edge: usize, from: u32, edge: Edge) {
        if edge.to == from && edge.movers != TICK {
            return;
        }
        let known = self.graph.edges[first_edge..].iter_mut().find(|known| known.to == edge.to);
        match known {
            Some(known) => known.movers |= edge.movers,
            None => self.graph.edges.push(edge),
        }
    }

    fn violation(&self, law: Law, index: u32, verb: Option<Verb>) -> Violation {
        let mut trace = self.graph.trace(index, self.step);
        trace.extend(verb.map(|verb| format!("{verb:?}")));
        let configuration = Some(self.graph.configuration);
        Violation { law: law.into(), configuration, trace }
    }
}

/// Adds where a verb leads, and who can take it there, so that the order of verbs does not matter:
/// what the one seat does in a state, the other does in the same with the seats exchanged.
fn add_answer(answer: u64, state: &State, verb: Verb, key: u64) -> u64 {
    let who = u64::from(movers(state, verb)) << 8 | verb.kind() as u64;
    answer.wrapping_add(spread(key ^ spread(who)))
}
