//! What was explored, in figures.

use crate::books;
use crate::game::Honest;
use crate::graph::Graph;
use crate::laws::{Seen, unseen};
use crate::machine::{DISPUTE_WINDOW, DUE, EACH_STANDS_FOR, REVIEW_WINDOW};
use crate::money;
use crate::warnings::{Example, Game, Verdict, WAYS};
use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

/// The sums over all configurations.
pub struct Report {
    graphs: usize,
    states: usize,
    transitions: u64,
    positions: usize,
    /// The most ticks that each honest side needs where it always comes to an end.
    bounds: [u32; 3],
    /// Under which terms the payer needs to release what is open to anybody.
    releases: BTreeSet<String>,
    losses: Vec<Losses>,
    examples: Vec<Example>,
    seen: Seen,
    pub books: Option<books::Figures>,
    pub money: Option<money::Figures>,
    pub elapsed: Duration,
}

/// Where a side is lost, by the warnings that stand there.
struct Losses {
    honest: Honest,
    warnings: String,
    configurations: usize,
    lost: usize,
}

impl Report {
    pub fn new() -> Self {
        Self {
            graphs: 0,
            states: 0,
            transitions: 0,
            positions: 0,
            bounds: [0; 3],
            releases: BTreeSet::new(),
            losses: Vec::new(),
            examples: Vec::new(),
            seen: Seen::new(),
            books: None,
            money: None,
            elapsed: Duration::ZERO,
        }
    }

    /// Adds what was found under one configuration.
    pub fn add(&mut self, graph: &Graph, verdict: Verdict) {
        self.graphs += 1;
        self.states += graph.len();
        self.transitions += graph.transitions;
        self.positions += verdict.positions;
        self.seen.add(&graph.seen);
        let lost = |honest| verdict.games.iter().any(|g| g.honest == honest && g.lost > 0);
        if lost(Honest::PayerWithoutPaying) && !lost(Honest::Payer) {
            self.releases.insert(graph.configuration.switches());
        }
        verdict.games.iter().for_each(|game| self.add_game(game));
        verdict.examples.into_iter().for_each(|example| self.add_example(example));
    }

    fn add_game(&mut self, game: &Game) {
        if game.lost > 0 {
            return self.add_losses(game);
        }
        let bound = &mut self.bounds[game.honest as usize];
        *bound = game.bound.max(*bound);
    }

    fn add_losses(&mut self, game: &Game) {
        let warnings: Vec<_> = game.warnings.iter().map(|way| format!("{way:?}")).collect();
        let (honest, warnings) = (game.honest, warnings.join(", "));
        let same = |l: &Losses| l.honest == honest && l.warnings == warnings;
        let index = self.losses.iter().position(same).unwrap_or_else(|| {
            self.losses.push(Losses { honest, warnings, configurations: 0, lost: 0 });
            self.losses.len() - 1
        });
        self.losses[index].configurations += EACH_STANDS_FOR;
        self.losses[index].lost += game.lost;
    }

    /// Keeps the shortest for each side and warning, of these the one with the fewest seats.
    fn add_example(&mut self, example: Example) {
        let place = |e: &Example| (e.trace.len(), e.configuration.to_string());
        let same = |e: &&mut Example| (e.honest, e.warning) == (example.honest, example.warning);
        match self.examples.iter_mut().find(same) {
            Some(known) if place(known) <= place(&example) => {}
            Some(known) => *known = example,
            None => self.examples.push(example),
        }
    }

    /// Puts everything into one order, whichever core was first.
    pub fn sort(&mut self) {
        self.losses.sort_by_key(|l| (l.honest as u8, l.warnings.clone()));
        self.examples.sort_by_key(|e| (e.warning as u8, e.honest as u8));
    }

    /// What should have been seen somewhere and was not.
    pub fn missing(&self) -> Vec<String> {
        let mut missing: Vec<String> =
            unseen(&self.seen).into_iter().map(|step| format!("never seen: {step}")).collect();
        for way in WAYS.iter().filter(|way| self.examples.iter().all(|e| e.warning != **way)) {
            missing.push(format!("no state in which {way:?} alone holds money for ever"));
        }
        missing
    }

    /// The figures as one JSON object.
    pub fn json(&self) -> String {
        let figures = self.figures().map(|(name, figure)| format!("\"{name}\":{figure}"));
        let losses: Vec<_> = self.losses.iter().map(Losses::json).collect();
        let seconds = self.elapsed.as_secs_f64();
        format!(
            "{{{},\"lost\":[{}],\"seconds\":{seconds:.1}}}",
            figures.join(","),
            losses.join(",")
        )
    }

    fn figures(&self) -> [(&'static str, u64); 14] {
        let books = self.books.map_or((0, 0), |b| (b.states as u64, b.transitions));
        let money = self.money.unwrap_or_default();
        let [without_paying, payer, receiver] = self.bounds;
        [
            ("configurations", (self.graphs * EACH_STANDS_FOR) as u64),
            ("graphs", self.graphs as u64),
            ("states", self.states as u64),
            ("transitions", self.transitions),
            ("game_positions", self.positions as u64),
            ("payer_without_paying_ends_in_ticks", without_paying.into()),
            ("payer_ends_in_ticks", payer.into()),
            ("receiver_ends_in_ticks", receiver.into()),
            ("books_states", books.0),
            ("books_transitions", books.1),
            ("fees", money.fees),
            ("splits", money.splits),
            ("amounts", money.amounts),
            ("ledgers", money.ledgers),
        ]
    }
}

impl Losses {
    fn json(&self) -> String {
        format!(
            "{{\"honest\":\"{:?}\",\"warnings\":\"{}\",\"configurations\":{},\"positions\":{}}}",
            self.honest, self.warnings, self.configurations, self.lost
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, figure) in self.figures() {
            writeln!(f, "{:<34} {figure:>11}", name.replace('_', " "))?;
        }
        writeln!(
            f,
            "\nA tick is a unit of time: review window {REVIEW_WINDOW}, dispute window \
             {DISPUTE_WINDOW}, due after {DUE}. A graph stands for\n{EACH_STANDS_FOR} configurations: \
             three fallbacks, and a receiver who is the payer at first or is not."
        )?;
        writeln!(f, "\nWhere a side can be kept waiting for ever, and the warnings that say so:")?;
        for Losses { honest, warnings, configurations, lost } in &self.losses {
            let honest = format!("{honest:?}");
            writeln!(
                f,
                "{honest:<19}{configurations:>5} configurations {lost:>8} positions  {warnings}"
            )?;
        }
        writeln!(f, "Where no warning says so, nobody can.")?;
        writeln!(
            f,
            "\nWhere the payer needs to release what is open to anybody, and then always ends:"
        )?;
        self.releases.iter().try_for_each(|terms| writeln!(f, "{terms}"))?;
        writeln!(f, "\nThe shortest way to wait for ever, for each warning that stands alone:")?;
        for Example { honest, warning, configuration, trace } in &self.examples {
            writeln!(f, "{warning:?}, {honest:?} ({configuration})\n  {}", trace.join(", "))?;
        }
        write!(f, "\nEvery law holds in every state. {:.1} seconds", self.elapsed.as_secs_f64())
    }
}
