//! The games against what `get_escrow` says: where a side can be kept waiting for ever, a warning
//! stands that is about it; and no warning stands for nothing.

use crate::game::{Honest, Others, solve};
use crate::graph::Graph;
use crate::machine::{Configuration, DISPUTE_WINDOW, State, Step};
use crate::violation::Violation;
use escrow::{Status, Stuck};

/// All ways to get stuck.
pub const WAYS: [Stuck; 4] =
    [Stuck::Undisputable, Stuck::SilentResolvers, Stuck::SilentReviewers, Stuck::SilentProvider];

/// In how many ticks either side ends everything where disputes end by themselves, at the latest:
/// a dispute that it has asked to drop, and that everybody else drops at its last, then another, and
/// the round in which that begins.
const MOST_TICKS: u32 = 2 * DISPUTE_WINDOW as u32 + 1;

/// What the games under one configuration came to.
pub struct Verdict {
    /// Funded states that are not settled.
    pub positions: usize,
    pub games: Vec<Game>,
    pub examples: Vec<Example>,
}

/// One side's game.
pub struct Game {
    pub honest: Honest,
    /// The warnings that stand and are about this side.
    pub warnings: Vec<Stuck>,
    pub lost: usize,
    pub bound: u32,
}

/// A state in which one side does what it can, nobody else does anything, and nothing ever comes of
/// it, where this is the only warning that is about that side.
pub struct Example {
    pub honest: Honest,
    pub warning: Stuck,
    pub configuration: Configuration,
    pub trace: Vec<String>,
}

/// Plays all games under a configuration.
pub fn judge(graph: &Graph, step: Step) -> Result<Verdict, Violation> {
    let positions = (0..graph.len() as u32).filter(|index| graph.state(*index).is_live()).count();
    let mut verdict = Verdict { positions, games: Vec::new(), examples: Vec::new() };
    for honest in [Honest::PayerWithoutPaying, Honest::Payer, Honest::Receiver] {
        let warnings = about(honest, &graph.configuration);
        let ending = solve(graph, honest, Others::Play);
        let violation = |law: String, index: u32| {
            let (configuration, trace) = (Some(graph.configuration), graph.trace(index, step));
            Err(Violation { law, configuration, trace })
        };
        if let (true, Some(lost)) = (warnings.is_empty(), ending.lost.iter().position(|lost| *lost))
        {
            let law = format!("I8: {honest:?} waits for ever, and get_escrow does not say so");
            return violation(law, lost as u32);
        }
        if disputes_end(&graph.configuration) && ending.bound > MOST_TICKS {
            let law = format!("I8: {honest:?} needs {} ticks of {MOST_TICKS}", ending.bound);
            return violation(law, ending.last);
        }
        if let [warning] = warnings[..] {
            verdict.examples.extend(example(graph, honest, warning, step));
        }
        let (lost, bound) = (ending.losses(), ending.bound);
        verdict.games.push(Game { honest, warnings, lost, bound });
    }
    Ok(verdict)
}

/// Whether a fallback ends disputes on which nobody rules.
fn disputes_end(configuration: &Configuration) -> bool {
    configuration.conditions.resolvers > 0 && configuration.dispute_window() > 0
}

/// The warnings that stand and that a side must heed. Without resolvers it is the receiver whose
/// work can be rejected for ever; the payer then pays for what is completed, or has it back when it
/// is due. A payer who would not even do that must heed them all.
fn about(honest: Honest, configuration: &Configuration) -> Vec<Stuck> {
    let heeds = |way: &Stuck| match honest {
        Honest::PayerWithoutPaying => true,
        Honest::Payer => *way != Stuck::Undisputable,
        Honest::Receiver => matches!(way, Stuck::Undisputable | Stuck::SilentResolvers),
    };
    let ways = configuration.conditions.stuck(u32::from(!configuration.due));
    ways.into_iter().flatten().filter(heeds).collect()
}

/// The first state that a side alone never gets out of, and that shows what the warning says.
fn example(graph: &Graph, honest: Honest, warning: Stuck, step: Step) -> Option<Example> {
    let ending = solve(graph, honest, Others::AreSilent);
    let shows = |index: &u32| ending.lost[*index as usize] && shows(warning, &graph.state(*index));
    let index = (0..graph.len() as u32).find(shows)?;
    let (configuration, trace) = (graph.configuration, graph.trace(index, step));
    Some(Example { honest, warning, configuration, trace })
}

/// Whether a state is what a warning is about.
fn shows(warning: Stuck, state: &State) -> bool {
    let m = &state.milestone;
    let done = m.status == Status::Completed || m.approved_at.is_some();
    match warning {
        Stuck::Undisputable => m.rejected,
        Stuck::SilentResolvers => m.disputed_at.is_some(),
        Stuck::SilentReviewers => done,
        Stuck::SilentProvider => !done,
    }
}
