//! What an input means: which call of which scene, and what becomes of its arguments.

use crate::case::{CONSTRUCTOR, Case, Ending, Signed, arguments};
use crate::edit::{Edit, MAX_BYTES, bytes};
use crate::interface::Interface;
use crate::scene::{Call, Scene};
use arbitrary::Arbitrary;

/// One call of a prepared escrow, spoilt.
#[derive(Arbitrary, Clone, Debug)]
pub struct Input {
    call: Choice,
    signed: Signed,
    edits: Vec<Edit>,
}

/// A call of all scenes, or of those that succeed as they are meant.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Choice {
    Any(u16),
    Fit(u16),
}

/// What every input is judged by.
pub struct Judge {
    scenes: Vec<Scene>,
    interface: Interface,
    /// Scene and call of all there are.
    all: Vec<(usize, usize)>,
    /// Of these, all that succeed as they are meant.
    fit: Vec<(usize, usize)>,
}

impl Judge {
    /// Every entry point succeeds somewhere, unspoilt.
    pub fn new() -> Self {
        let (scenes, interface) = (Scene::all(), Interface::of_the_contract());
        let numbers =
            |(at, scene): (usize, &Scene)| (0..scene.calls.len()).map(move |call| (at, call));
        let all = scenes.iter().enumerate().flat_map(numbers).collect();
        let mut judge = Self { scenes, interface, all, fit: vec![] };
        judge.fit = judge.all.iter().copied().filter(|place| judge.succeeds(*place)).collect();
        for function in judge.interface.functions() {
            let succeeds = judge.fit.iter().any(|place| judge.at(*place).1.function == function);
            assert!(succeeds, "{function} never succeeds");
        }
        judge
    }

    fn at(&self, (scene, call): (usize, usize)) -> (&Scene, &Call) {
        let scene = &self.scenes[scene];
        (scene, &scene.calls[call])
    }

    fn succeeds(&self, place: (usize, usize)) -> bool {
        let (scene, meant) = self.at(place);
        let args = arguments(meant.args.clone());
        let case = Case { interface: &self.interface, scene, meant, signed: Signed::Whole, args };
        case.hear() == Ending::Succeeded
    }

    /// Makes the call; ends the process if it ends as no call may.
    pub fn hear(&self, input: &Input) -> Ending {
        let (scene, meant) = self.at(match input.call {
            Choice::Fit(number) => self.fit[usize::from(number) % self.fit.len()],
            Choice::Any(number) => self.all[usize::from(number) % self.all.len()],
        });
        let mut whole = meant.args.clone();
        for edit in &input.edits {
            edit.apply(&mut whole, &scene.cast);
            if bytes(&whole) > MAX_BYTES {
                return Ending::NotCarried;
            }
        }
        // Whoever deploys signs more than the call.
        let signed = match input.signed {
            Signed::AsIs | Signed::AsMeant if meant.function == CONSTRUCTOR => Signed::Whole,
            signed => signed,
        };
        Case { interface: &self.interface, scene, meant, signed, args: arguments(whole) }.hear()
    }
}

impl Default for Judge {
    fn default() -> Self {
        Self::new()
    }
}
