//! Plays a sequence on the contract and on the model, and compares the two after every step.

use super::action::*;
use super::cast::{self, ACCOUNT, ASSET, COIN, ESCROWS, holders};
use super::choose;
use super::invariants;
use super::model::{Flaw, Model};
use super::order::{NewMilestone, Order};
use super::seen::Whole;
use super::stage::{PURSE, Stage, WINTER_SECONDS};
use super::tally::Tally;
use tests::START;
use tests::replay::{Replay, Told};

/// The events of larger amounts are not replayed: the replay reckons fees in the simplest way,
/// which overflows.
const LARGEST_REPLAYED: i128 = i128::MAX / 10_000;

/// Plays a sequence to its end, and tells what each step comes to before it is made. Panics where
/// the contract does not do what the model says, or an invariant is broken.
pub fn play(sequence: &Sequence, flaw: Option<Flaw>, told: &mut dyn FnMut(usize, &str)) -> Tally {
    let mut player = Player::new(flaw);
    for (step, action) in sequence.actions.iter().enumerate() {
        player.step(action, &mut |what| told(step, what));
    }
    player.finish();
    player.tally
}

struct Player {
    stage: Stage,
    model: Model,
    /// Calls that changed something, and where.
    made: Vec<(u8, Order)>,
    /// What each escrow showed after the step before.
    seen: [Option<Whole>; ESCROWS as usize],
    replays: [Option<Replay>; ESCROWS as usize],
    /// How much there is of the asset in all.
    issued: i128,
    clawed_back: bool,
    coin_turned: bool,
    tally: Tally,
}

impl Player {
    fn new(flaw: Option<Flaw>) -> Self {
        let (stage, mut model) = (Stage::new(), Model::new(START, flaw));
        for token in [ASSET, COIN] {
            for actor in 0..cast::ACTORS {
                if model.tokens.at_mut(token).expect("a token").mint(actor, PURSE) {
                    stage.mint(token, actor, PURSE);
                }
            }
        }
        let issued = PURSE * i128::from(cast::ACTORS - 1);
        Self {
            stage,
            model,
            made: vec![],
            seen: Default::default(),
            replays: Default::default(),
            issued,
            clawed_back: false,
            coin_turned: false,
            tally: Tally { sequences: 1, ..Tally::default() },
        }
    }

    /// Makes a step, if there is anything to act on, and compares what stands then.
    fn step(&mut self, action: &Action, told: &mut dyn FnMut(&str)) {
        match action {
            Action::Open { escrow, deal, signed } => {
                let slot = escrow % ESCROWS;
                if self.model.escrows[usize::from(slot)].is_some() {
                    return;
                }
                self.call(slot, deal.order(self.model.now), *signed, told);
            }
            Action::Call { escrow, call, signed } => {
                let slot = escrow % ESCROWS;
                if self.model.escrows[usize::from(slot)].is_none() {
                    return;
                }
                let Some(order) = choose::order(&self.model, slot, call) else { return };
                self.call(slot, order, *signed, told);
            }
            Action::Again(back) => {
                let place = self.made.len().checked_sub(1 + usize::from(*back) % 8);
                let Some((slot, order)) = place.map(|place| self.made[place].clone()) else {
                    return;
                };
                self.call(slot, order, Signed::Rightly, told);
            }
            other => {
                self.happen(other);
                told(&format!("at {}", self.model.now));
            }
        }
        self.tally.steps += 1;
        self.compare();
    }

    /// A call of the contract, after which the model and it say the same.
    fn call(&mut self, slot: u8, order: Order, signed: Signed, told: &mut dyn FnMut(&str)) {
        let predicted = self.model.call(slot, &order, &signed.signatures(&order));
        told(&format!("escrow {slot} at {}: {order:?} -> {predicted:?}", self.model.now));
        let outcome = self.stage.call(slot, &order, signed);
        let events = self.stage.told(slot);
        assert!(outcome == predicted, "predicted {predicted:?}, found {outcome:?}");
        let silent = order.reads() || outcome.is_err();
        assert_eq!(
            events.is_empty(),
            silent,
            "I9 an event where something changed, and only there"
        );
        for other in (0..ESCROWS).filter(|other| *other != slot) {
            assert!(self.stage.told(other).is_empty(), "I9 another escrow says something");
        }
        self.tally.count(&order, &outcome);
        self.tally.credited += events.iter().filter(|told| told.name == "credited").count() as u64;
        if !silent {
            self.replay(slot, &order, &events);
            if !matches!(order, Order::Open { .. }) {
                self.made.push((slot, order));
            }
        }
    }

    /// Goes on rebuilding an escrow from its events.
    fn replay(&mut self, slot: u8, order: &Order, events: &[Told]) {
        let replay = &mut self.replays[usize::from(slot)];
        let is_small = |new: &[NewMilestone]| new.iter().all(|new| new.amount <= LARGEST_REPLAYED);
        match order {
            Order::Open { milestones, .. } => {
                let start = || Replay::start(&self.stage.env, events, self.model.now);
                *replay = is_small(milestones).then(start);
            }
            Order::ManageMilestones { add, .. } if !is_small(add) => *replay = None,
            _ => replay.iter_mut().for_each(|replay| replay.call(events, self.model.now)),
        }
    }

    /// What happens beside the contract.
    fn happen(&mut self, action: &Action) {
        match action {
            Action::Wait(wait) => {
                self.model.now += wait.seconds(&self.model);
                self.stage.set_time(self.model.now);
            }
            Action::Sleep => {
                self.stage.sleep();
                self.model.now += WINTER_SECONDS;
            }
            other => self.happen_to_tokens(other),
        }
    }

    fn happen_to_tokens(&mut self, action: &Action) {
        let tokens = &mut self.model.tokens;
        match action {
            Action::Mint { token, to, amount } => {
                let (token, to) = (ASSET + token % 2, to % ASSET);
                let amount = i128::from(*amount);
                if tokens.at_mut(token).expect("a token").mint(to, amount) {
                    self.stage.mint(token, to, amount);
                    self.issued += if token == ASSET { amount } else { 0 };
                }
            }
            Action::Freeze { holder, frozen } => {
                let holder = holder % ASSET;
                if tokens.asset.freeze(holder, *frozen) {
                    self.stage.freeze(holder, *frozen);
                }
            }
            Action::ClawBack { escrow, part } => {
                let from = cast::escrow(escrow % ESCROWS);
                let amount = tokens.asset.held(from) * i128::from(*part) / 256;
                if amount > 0 {
                    tokens.asset.claw_back(from, amount);
                    self.stage.claw_back(from, amount);
                    self.issued -= amount;
                    self.clawed_back = true;
                }
            }
            Action::Trust(room) => {
                let limit = tokens.asset.held(ACCOUNT) + i128::from(*room);
                if limit > 0 {
                    tokens.asset.trust(limit);
                    self.stage.trust(limit, !tokens.asset.is_frozen(ACCOUNT));
                }
            }
            Action::Turn(mischiefs) => {
                tokens.coin.turn(mischiefs);
                self.coin_turned |= !mischiefs.is_empty();
                let in_coin = |slot: &u8| {
                    let escrow = self.model.escrows[usize::from(*slot)].as_ref();
                    escrow.is_some_and(|escrow| escrow.terms.token == COIN)
                };
                let aim = (0..ESCROWS).find(in_coin);
                self.stage.turn(mischiefs, aim.map_or(COIN, cast::escrow));
            }
            _ => {}
        }
    }

    /// The contract shows what the model has, and no invariant is broken.
    fn compare(&mut self) {
        for token in [ASSET, COIN] {
            let expected = self.model.tokens.at(token).expect("a token");
            let held = |holder| self.stage.held(token, holder);
            for holder in holders() {
                assert_eq!(held(holder), expected.held(holder), "{holder} holds of {token}");
            }
        }
        let sum: i128 = holders().map(|holder| self.stage.held(ASSET, holder)).sum();
        assert_eq!(sum, self.issued, "I3 the asset is neither made nor lost");
        for slot in 0..ESCROWS {
            let Some(expected) = &self.model.escrows[usize::from(slot)] else { continue };
            let whole = self.stage.whole(slot);
            let predicted = expected.whole();
            assert!(whole == predicted, "escrow {slot}: {}", differences(&predicted, &whole));
            let balance = self.stage.held(expected.terms.token, cast::escrow(slot));
            let may_lack = match expected.terms.token {
                COIN => self.coin_turned,
                _ => self.clawed_back,
            };
            invariants::check(&whole, balance, may_lack);
            if let Some(before) = &self.seen[usize::from(slot)] {
                invariants::check_step(before, &whole);
            }
            self.seen[usize::from(slot)] = Some(whole);
        }
    }

    /// The events of each escrow alone tell the same.
    fn finish(&self) {
        for slot in 0..ESCROWS {
            if let Some(replay) = &self.replays[usize::from(slot)] {
                self.stage.check_replay(slot, replay);
            }
        }
    }
}

/// The lines that differ, of two that ought to be the same.
fn differences(predicted: &Whole, found: &Whole) -> String {
    let (predicted, found) = (format!("{predicted:#?}"), format!("{found:#?}"));
    let pairs =
        predicted.lines().zip(found.lines()).filter(|(predicted, found)| predicted != found);
    pairs.map(|(predicted, found)| format!("\npredicted {predicted}, found {found}")).collect()
}
