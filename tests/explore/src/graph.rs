//! What can be reached under one configuration: states, and the steps between them.

use crate::laws::Seen;
use crate::machine::{Caller, Configuration, State, Step, Verb, canonical, decode, encode, verbs};

/// Who can take a step, a bit each.
pub type Movers = u8;
/// Time.
pub const TICK: Movers = 1;
/// The payer, by what pays nobody.
pub const PAYER: Movers = 1 << 1;
/// The receiver, by what gives nothing back.
pub const RECEIVER: Movers = 1 << 2;
/// Anybody, by releasing what is open to anybody.
pub const OPEN_RELEASE: Movers = 1 << 3;
/// All but the payer together.
pub const AGAINST_PAYER: Movers = 1 << 4;
/// All but the receiver together.
pub const AGAINST_RECEIVER: Movers = 1 << 5;

/// A step to another state, or of time to the same.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    pub to: u32,
    pub movers: Movers,
}

/// What was found under a configuration.
pub struct Graph {
    pub configuration: Configuration,
    /// Each state as a number.
    pub keys: Vec<u64>,
    /// From where it was first found; the first of all are their own parents.
    pub parents: Vec<u32>,
    pub edges: Vec<Edge>,
    /// Where the edges of each state begin.
    pub starts: Vec<u32>,
    /// Steps that succeeded.
    pub transitions: u64,
    pub seen: Seen,
}

impl Graph {
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn state(&self, index: u32) -> State {
        decode(&self.configuration, self.keys[index as usize])
    }

    pub fn edges(&self, index: u32) -> &[Edge] {
        let index = index as usize;
        &self.edges[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// Verbs that lead from a new milestone to a state.
    pub fn trace(&self, index: u32, step: Step) -> Vec<String> {
        let mut path = vec![index];
        let mut at = index;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
            path.push(at);
        }
        path.reverse();
        let receiver = self.state(path[0]).receiver;
        let mut trace = vec![format!("Create, with receiver {receiver:?}")];
        for pair in path.windows(2) {
            let verb = self.verb_between(pair[0], pair[1], step);
            trace.extend(verb.map(|verb| format!("{verb:?}")));
        }
        trace
    }

    fn verb_between(&self, from: u32, to: u32, step: Step) -> Option<Verb> {
        let before = self.state(from);
        let leads = |verb: &Verb| {
            let mut after = before;
            step(&self.configuration, &mut after, *verb).is_ok()
                && encode(&canonical(&self.configuration, &after)) == Some(self.keys[to as usize])
        };
        verbs(&self.configuration).into_iter().find(leads)
    }
}

/// Who can take a step in the two games.
pub fn movers(state: &State, verb: Verb) -> Movers {
    if verb == Verb::Tick {
        return TICK;
    }
    let signed = verb.signed_by(state);
    let mut movers = 0;
    if !signed.payer {
        movers |= AGAINST_PAYER;
    }
    if !signed.receiver {
        movers |= AGAINST_RECEIVER;
    }
    match verb {
        Verb::ResolveByDefault(_) => movers | PAYER | RECEIVER,
        Verb::Dispute(Caller::Payer) | Verb::Dispute(Caller::Receiver) => {
            movers
                | if signed.payer { PAYER } else { 0 }
                | if signed.receiver { RECEIVER } else { 0 }
        }
        Verb::Reclaim => movers | PAYER,
        Verb::Release(None) => movers | OPEN_RELEASE,
        _ => movers,
    }
}
