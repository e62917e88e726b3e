//! I8 as a game: one side alone against everybody else.
//!
//! A round is a tick. Everybody else moves any number of times, the honest side once or not at
//! all, everybody else again any number of times, and time passes. The milestone is at its end when
//! it is settled, whoever settles it. Everybody else has all other seats, the resolvers' too, and
//! those that the honest side may hold besides: silence is one of the things that they can choose.
//!
//! A state is lost in n rounds if everybody else can keep it unsettled for so long. What is lost in
//! any number of rounds is the greatest set that reproduces itself; all else is won within the
//! number of rounds that it took to leave the set.

use crate::graph::{
    AGAINST_PAYER, AGAINST_RECEIVER, Graph, Movers, OPEN_RELEASE, PAYER, RECEIVER, TICK,
};

/// The honest side, and what it is ready to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Honest {
    /// Disputes, reclaims, applies the fallback: nothing that could pay but by the fallback.
    PayerWithoutPaying,
    /// The same, and releases what is open to anybody.
    Payer,
    /// Disputes, applies the fallback, releases what is open to anybody: gives nothing back.
    Receiver,
}

/// Whether everybody else plays, or does nothing at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    Play,
    AreSilent,
}

/// How a game ends.
pub struct Ending {
    /// By state: everybody else can keep it unsettled for ever.
    pub lost: Vec<bool>,
    /// In how many ticks everything else ends, at the latest.
    pub bound: u32,
    /// A state that takes so many, where any ends.
    pub last: u32,
}

impl Ending {
    pub fn losses(&self) -> usize {
        self.lost.iter().filter(|lost| **lost).count()
    }
}

/// Solves a game, for every funded state.
pub fn solve(graph: &Graph, honest: Honest, others: Others) -> Ending {
    let board = Board::new(graph, honest, others);
    let (mut lost, mut last) = (board.live.clone(), 0);
    for bound in 0.. {
        let next = board.one_round_more(&lost);
        let Some(won) = (0..next.len()).find(|index| lost[*index] != next[*index]) else {
            return Ending { lost, bound, last };
        };
        (lost, last) = (next, won as u32);
    }
    unreachable!("the set of lost states shrinks with every round")
}

struct Board {
    /// Funded, and not settled.
    live: Vec<bool>,
    /// Where time leads.
    ticks: Vec<u32>,
    /// Steps of the honest side, from and to.
    honest: Vec<(u32, u32)>,
    /// Steps of everybody else, backwards: where those that lead to a state come from.
    sources: Vec<u32>,
    /// Where the sources of each state begin.
    starts: Vec<u32>,
}

impl Board {
    fn new(graph: &Graph, honest: Honest, others: Others) -> Self {
        let (own, against) = moves(honest);
        let against = if others == Others::Play { against } else { 0 };
        let states = 0..graph.len() as u32;
        let live: Vec<bool> = states.clone().map(|index| graph.state(index).is_live()).collect();
        let mut board = Self {
            ticks: states.clone().collect(),
            honest: Vec::new(),
            sources: Vec::new(),
            starts: vec![0; graph.len() + 2],
            live,
        };
        let mut hostile = Vec::new();
        for from in states.filter(|from| board.live[*from as usize]) {
            for edge in graph.edges(from) {
                if edge.movers & TICK > 0 {
                    board.ticks[from as usize] = edge.to;
                }
                if edge.movers & own > 0 {
                    board.honest.push((from, edge.to));
                }
                if edge.movers & against > 0 && board.live[edge.to as usize] {
                    hostile.push((from, edge.to));
                }
            }
        }
        board.turn_round(&hostile);
        board
    }

    /// Sorts steps by where they lead.
    fn turn_round(&mut self, steps: &[(u32, u32)]) {
        for (_, to) in steps {
            self.starts[*to as usize + 2] += 1;
        }
        for index in 2..self.starts.len() {
            self.starts[index] += self.starts[index - 1];
        }
        self.sources = vec![0; steps.len()];
        for (from, to) in steps {
            let place = &mut self.starts[*to as usize + 1];
            self.sources[*place as usize] = *from;
            *place += 1;
        }
    }

    /// Of states lost in some rounds, those that are lost in one more.
    fn one_round_more(&self, lost: &[bool]) -> Vec<bool> {
        let mut next: Vec<bool> = self
            .live
            .iter()
            .zip(&self.ticks)
            .map(|(live, to)| *live && lost[*to as usize])
            .collect();
        self.add_ways_there(&mut next);
        let after_move = next.clone();
        for (from, to) in &self.honest {
            if !after_move[*to as usize] {
                next[*from as usize] = false;
            }
        }
        self.add_ways_there(&mut next);
        next
    }

    /// Adds all from where everybody else can lead there.
    fn add_ways_there(&self, set: &mut [bool]) {
        let mut to_do: Vec<u32> = (0..set.len() as u32).filter(|i| set[*i as usize]).collect();
        while let Some(to) = to_do.pop() {
            let range = self.starts[to as usize] as usize..self.starts[to as usize + 1] as usize;
            for from in &self.sources[range] {
                if !set[*from as usize] {
                    set[*from as usize] = true;
                    to_do.push(*from);
                }
            }
        }
    }
}

/// Whose steps are the honest side's, and whose are everybody else's.
fn moves(honest: Honest) -> (Movers, Movers) {
    match honest {
        Honest::PayerWithoutPaying => (PAYER, AGAINST_PAYER),
        Honest::Payer => (PAYER | OPEN_RELEASE, AGAINST_PAYER),
        Honest::Receiver => (RECEIVER | OPEN_RELEASE, AGAINST_RECEIVER),
    }
}
