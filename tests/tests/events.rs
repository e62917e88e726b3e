//! What an escrow tells: the exact shape of each event, and whether an escrow can be rebuilt from
//! nothing but its events.

use escrow::*;
use soroban_sdk::testutils::{Address as _, Events as _};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::xdr::{ContractEvent, ContractEventBody, LedgerEntryData, ScAddress, ScVal};
use soroban_sdk::{Address, BytesN, Env, IntoVal, Map, String, Symbol, TryFromVal, Val, Vec, vec};
use std::collections::{BTreeMap, BTreeSet};
use tests::replay::{Replay, told};
use tests::*;

/// An escrow whose every call is replayed from its events, and compared with what it shows.
struct Watched {
    w: World,
    replay: Replay,
    stored: BTreeMap<std::string::String, std::string::String>,
    /// The names of all events so far.
    names: BTreeSet<std::string::String>,
}

impl Watched {
    fn with(change: impl FnOnce(&Env, &mut Plan)) -> Self {
        Self::watch(World::with(change))
    }

    fn watch(w: World) -> Self {
        let replay = Replay::start(&w.env, &told(&w.env, &w.escrow), w.now());
        let stored = stored(&w);
        let watched = Self { w, replay, stored, names: BTreeSet::new() };
        watched.compare();
        watched
    }

    /// The call that was just made succeeded; its events tell all that it changed.
    #[track_caller]
    fn ok(&mut self, outcome: Outcome) {
        let events = told(&self.w.env, &self.w.escrow);
        assert_eq!(outcome, Ok(()));
        self.replay.call(&events, self.w.now());
        self.names.extend(events.into_iter().map(|event| event.name));
        self.compare();
        self.stored = stored(&self.w);
    }

    /// The call that was just made was refused: it changed nothing, and tells nothing.
    #[track_caller]
    fn refused(&mut self, error: Error, outcome: Outcome) {
        let events = told(&self.w.env, &self.w.escrow);
        assert_eq!(outcome, refused(error));
        assert_eq!(events.len(), 0, "a refused call emits nothing");
        assert_eq!(stored(&self.w), self.stored, "a refused call changes nothing");
    }

    #[track_caller]
    fn compare(&self) {
        assert_eq!(self.replay.escrow(), self.w.get_escrow());
        assert_eq!(self.replay.milestones(), self.w.get_escrow().totals.milestones);
        for i in 0..self.replay.milestones() {
            assert_eq!(self.replay.milestone(i), self.w.get_milestone(i), "milestone {i}");
        }
    }

    /// Pays in what milestones through this one take.
    #[track_caller]
    fn fund(&mut self, through: u32) {
        let amount = due_for(&self.w, through);
        self.w.mint(&self.w.payer, amount);
        self.ok(self.w.fund(through, amount));
    }

    #[track_caller]
    fn report(&mut self, update: StatusUpdate) {
        self.ok(self.w.change_status(&self.w.providers[0], &[update]));
    }

    #[track_caller]
    fn complete(&mut self, milestone: u32) {
        self.ok(self.w.report(milestone, Status::Completed));
    }

    #[track_caller]
    fn approve(&mut self, milestone: u32) {
        for i in 0..self.w.get_milestone(milestone).approvals_required as usize {
            self.ok(self.w.approve(&self.w.approvers[i], &[self.w.payout(milestone)]));
        }
    }

    #[track_caller]
    fn release(&mut self, milestones: &[u32]) {
        let payouts: std::vec::Vec<_> = milestones.iter().map(|i| self.w.payout(*i)).collect();
        self.ok(self.w.release(&self.w.signers[0], &payouts));
    }
}

/// What funding through a milestone takes.
fn due_for(w: &World, through: u32) -> i128 {
    let gross: i128 =
        w.get_milestones(0, through + 1).unwrap().iter().map(|m| m.amount + m.fee).sum();
    gross - w.get_escrow().totals.deposited
}

/// Everything that is stored at the escrow's address, times of expiry apart.
fn stored(w: &World) -> BTreeMap<std::string::String, std::string::String> {
    let escrow = ScAddress::from(&w.escrow);
    let snapshot = w.env.to_ledger_snapshot();
    let entries = snapshot.ledger_entries.iter().filter_map(|(_, (entry, _))| match &entry.data {
        LedgerEntryData::ContractData(data) if data.contract == escrow => {
            Some((format!("{:?}", data.key), format!("{:?}", data.val)))
        }
        _ => None,
    });
    entries.collect()
}

fn ruling(milestone: u32, to_receiver: i128) -> Ruling {
    Ruling { milestone, to_receiver }
}

fn update(w: &World, milestone: u32, status: Status, note: &str, evidence: &str) -> StatusUpdate {
    let text = |text: &str| (!text.is_empty()).then(|| w.text(text));
    StatusUpdate { milestone, status, note: text(note), evidence: text(evidence) }
}

// Rebuilding.

#[test]
fn every_field_of_a_new_escrow_is_in_its_first_event() {
    let mut t = Watched::with(|env, plan| {
        plan.terms.document = Some(BytesN::from_array(env, &[7; 32]));
        plan.terms.policy.fallback = Fallback::Release;
        plan.milestones[0].receiver = Some(Address::generate(env));
        plan.milestones[0].document = Some(BytesN::from_array(env, &[8; 32]));
        plan.milestones[1].description = String::from_str(env, "Pages and a shop.");
        plan.milestones[1].due = 0;
        plan.milestones[2].approvals_required = 3;
        plan.milestones[2].amount = 333_333;
    });
    t.refused(Error::NotFunded, t.w.report(0, Status::Completed));
    for bps in [0, 1, 3_000] {
        Watched::with(|env, plan| {
            buyer_confirms(env, plan);
            plan.terms.policy.release_quorum = 1;
            plan.terms.platform_fee_bps = bps;
            plan.terms.policy.review_window = 0;
        });
    }
}

#[test]
fn the_usual_way_can_be_rebuilt_from_its_events() {
    let mut t = Watched::with(|env, plan| {
        plan.terms.policy.release_quorum = 2;
        let both = plan.terms.roles.approvers.get_unchecked(0);
        plan.terms.roles.release_signers = vec![env, both, Address::generate(env)];
    });
    t.fund(0);
    t.fund(2);
    t.w.wait(DAY);
    let updates = [
        update(&t.w, 0, Status::InProgress, "sketches", "ipfs://1"),
        update(&t.w, 1, Status::InProgress, "", ""),
        update(&t.w, 2, Status::Pending, "", "nothing yet"),
    ];
    t.ok(t.w.change_status(&t.w.providers[1], &updates));
    t.w.wait(DAY);
    t.report(update(&t.w, 0, Status::Completed, "", "ipfs://2"));
    t.ok(t.w.approve(&t.w.approvers[2], &[t.w.payout(0)]));
    t.refused(Error::AlreadyVoted, t.w.approve(&t.w.approvers[2], &[t.w.payout(0)]));
    t.w.wait(29 * DAY);
    t.ok(t.w.reject(&t.w.approvers[1], &[0], "the colours"));
    t.complete(0);
    t.w.wait(DAY);
    t.ok(t.w.reject(&t.w.approvers[0], &[0], ""));
    t.w.wait(2 * DAY);
    t.complete(0);
    t.w.wait(1);
    t.ok(t.w.confirm(&t.w.approvers[0], &[t.w.payout(0)]));
    t.ok(t.w.approve(&t.w.approvers[1], &[t.w.payout(0)]));
    t.ok(t.w.release(&t.w.signers[1], &[t.w.payout(0)]));
    t.ok(t.w.claim(&t.w.platform, &[]));
    t.refused(Error::NothingToClaim, t.w.claim(&t.w.platform, &[]));
    // Approved by votes on two milestones, released by a stranger after the window.
    t.ok(t.w.approve(&t.w.approvers[1], &[t.w.payout(1), t.w.payout(2)]));
    t.ok(t.w.confirm(&t.w.approvers[0], &[t.w.payout(2), t.w.payout(1)]));
    t.ok(t.w.release(&t.w.signers[1], &[t.w.payout(1)]));
    t.w.wait(7 * DAY);
    t.ok(t.w.release(&t.w.stranger, &[t.w.payout(2)]));
    assert_eq!(t.w.get_escrow().state, State::Completed);
}

#[test]
fn work_that_nobody_reviews_can_be_rebuilt_from_its_events() {
    let mut t = Watched::with(|env, plan| {
        plan.terms.policy.release_quorum = 2;
        plan.terms.roles.release_signers.push_back(plan.terms.roles.approvers.get_unchecked(0));
        plan.milestones.push(milestone(env, "More", 1));
    });
    t.fund(3);
    for i in 0..4 {
        t.complete(i);
    }
    t.ok(t.w.approve(&t.w.approvers[1], &[t.w.payout(3)]));
    t.w.wait(7 * DAY - 1);
    t.refused(Error::NotReleaseSigner, t.w.release(&t.w.stranger, &[t.w.payout(0)]));
    t.w.wait(1);
    // Whoever does it now, a signer or not, does not vote; who confirms does.
    t.ok(t.w.release(&t.w.stranger, &[t.w.payout(0)]));
    t.ok(t.w.release(&t.w.signers[1], &[t.w.payout(1)]));
    t.ok(t.w.confirm(&t.w.approvers[2], &[t.w.payout(2)]));
    t.ok(t.w.confirm(&t.w.approvers[0], &[t.w.payout(3)]));
    assert_eq!(t.w.get_escrow().state, State::Completed);
}

#[test]
fn an_escrow_without_signers_can_be_rebuilt_from_its_events() {
    let mut t = Watched::with(|env, plan| {
        plan.terms.roles.release_signers = vec![env];
        plan.terms.policy.release_quorum = 0;
    });
    t.fund(2);
    t.approve(0);
    t.w.wait(1);
    t.ok(t.w.release(&t.w.stranger, &[t.w.payout(0)]));
    t.ok(t.w.confirm(&t.w.approvers[0], &[t.w.payout(1), t.w.payout(2)]));
    t.w.wait(1);
    t.ok(t.w.confirm(&t.w.approvers[1], &[t.w.payout(2)]));
    t.refused(Error::NotApproved, t.w.release(&t.w.approvers[1], &[t.w.payout(1)]));
}

#[test]
fn disputes_can_be_rebuilt_from_their_events() {
    let mut t = Watched::with(|env, plan| {
        plan.milestones.push(milestone(env, "More", 777));
        plan.milestones.push(milestone(env, "Undated", 12));
        plan.milestones[4].due = 0;
    });
    t.fund(4);
    t.complete(0);
    t.approve(1);
    t.ok(t.w.settle(&t.w.payer, &[ruling(0, 5), ruling(1, 6), ruling(2, 7)]));
    let receiver = t.w.providers[0].clone();
    t.ok(t.w.dispute(&receiver, &[0, 1], "no answer"));
    t.ok(t.w.dispute(&t.w.approvers[0], &[2, 3], ""));
    t.ok(t.w.dispute(&t.w.signers[0], &[4], "late"));
    t.refused(Error::AlreadyDisputed, t.w.dispute(&t.w.payer, &[0], ""));
    t.w.wait(DAY);
    t.ok(t.w.resume(&t.w.payer, &[0, 1, 4]));
    t.ok(t.w.resume(&receiver, &[3]));
    t.refused(Error::AlreadyVoted, t.w.resume(&receiver, &[3]));
    t.w.wait(DAY);
    t.ok(t.w.resume(&receiver, &[0, 1, 2, 4]));
    // The same once more, after rulings that lapse with the dispute.
    t.ok(t.w.dispute(&t.w.payer, &[0], "again"));
    t.ok(t.w.resolve(&t.w.resolvers[2], &[ruling(0, 1), ruling(2, 3)]));
    t.ok(t.w.resolve(&t.w.resolvers[0], &[ruling(0, 2), ruling(2, 4)]));
    t.w.wait(DAY);
    t.ok(t.w.settle(&receiver, &[ruling(0, 9)]));
    t.ok(t.w.resume(&receiver, &[0]));
    t.ok(t.w.resume(&t.w.payer, &[0]));
    t.ok(t.w.dispute(&t.w.payer, &[0], "and again"));
    // Rulings that differ, are replaced, agree, and come from a seat that changed hands.
    t.ok(t.w.resolve(&t.w.resolvers[0], &[ruling(2, 5)]));
    let heir = t.w.address();
    t.ok(t.w.rotate(Role::DisputeResolver, &t.w.resolvers[2], &heir));
    t.ok(t.w.resolve(&heir, &[ruling(0, 10), ruling(2, 6)]));
    t.ok(t.w.resolve(&t.w.resolvers[1], &[ruling(0, 11), ruling(2, 6)]));
    // Redirected under dispute: what the payer asked stands, what the receiver did does not.
    let heir = t.w.address();
    t.ok(t.w.settle(&receiver, &[ruling(3, 5)]));
    t.ok(t.w.redirect(&receiver, 3, &heir));
    t.ok(t.w.resume(&t.w.payer, &[3]));
    t.ok(t.w.redirect(&heir, 3, &receiver));
    t.ok(t.w.resume(&receiver, &[3]));
    t.ok(t.w.redirect(&receiver, 3, &heir));
    t.ok(t.w.dispute(&heir, &[3], "mine now"));
    t.refused(Error::DisputeWindowOpen, t.w.resolve_by_default(&[0, 3]));
    t.w.wait(14 * DAY);
    t.ok(t.w.resolve_by_default(&[0, 3]));
    t.ok(t.w.claim(&t.w.platform, &[]));
}

#[test]
fn each_fallback_can_be_rebuilt_from_its_events() {
    for fallback in [Fallback::Refund, Fallback::Release, Fallback::Even] {
        let mut t = Watched::with(|_, plan| {
            plan.terms.policy.fallback = fallback;
            plan.milestones[0].amount = 10_001;
            plan.milestones[1].amount = 20_003;
        });
        t.fund(2);
        t.complete(0);
        t.approve(1);
        t.ok(t.w.dispute(&t.w.payer, &[0, 1, 2], "no"));
        t.w.wait(14 * DAY);
        t.ok(t.w.resolve_by_default(&[2, 0]));
        t.ok(t.w.resolve_by_default(&[1]));
        assert_eq!(t.w.get_escrow().state, State::Completed);
    }
}

#[test]
fn what_the_two_sides_agree_can_be_rebuilt_from_its_events() {
    let mut t = Watched::with(|env, plan| {
        let payer = plan.terms.roles.payer.clone();
        plan.milestones.push(NewMilestone { receiver: Some(payer), ..milestone(env, "Own", 50) });
    });
    t.fund(3);
    let receiver = t.w.providers[0].clone();
    t.ok(t.w.settle(&t.w.payer, &[ruling(0, 1), ruling(1, 2), ruling(2, 3)]));
    t.ok(t.w.settle(&receiver, &[ruling(0, 5)]));
    t.ok(t.w.settle(&t.w.payer, &[ruling(1, 4)]));
    // Each of these voids what was offered.
    t.ok(t.w.report(0, Status::InProgress));
    t.ok(t.w.settle(&t.w.payer, &[ruling(0, 5)]));
    let heir = t.w.address();
    t.ok(t.w.rotate(Role::Admin, &t.w.admin, &heir));
    assert_eq!(t.w.get_milestone(0).offers.len(), 0);
    t.ok(t.w.settle(&receiver, &[ruling(0, 5), ruling(1, 4), ruling(2, 3)]));
    // This does not: observers have no say.
    t.ok(t.w.rotate(Role::Observer, &t.w.observers[0], &heir));
    assert_eq!(t.w.get_milestone(0).offers.len(), 1);
    t.ok(t.w.settle(&t.w.payer, &[ruling(0, 5)]));
    t.ok(t.w.dispute(&t.w.payer, &[1], "no"));
    t.ok(t.w.settle(&t.w.payer, &[ruling(1, 4)]));
    t.ok(t.w.settle(&receiver, &[ruling(1, 4)]));
    t.ok(t.w.redirect(&receiver, 2, &heir));
    t.ok(t.w.settle(&t.w.payer, &[ruling(2, 0)]));
    t.ok(t.w.settle(&heir, &[ruling(2, 0)]));
    // Who is both sides has only to say so.
    t.ok(t.w.settle(&t.w.payer, &[ruling(3, 20)]));
    assert_eq!(t.w.get_escrow().state, State::Completed);
}

#[test]
fn seats_that_change_hands_with_their_votes_can_be_rebuilt_from_events() {
    let mut t = Watched::with(|_, plan| {
        plan.terms.policy.release_quorum = 2;
        for milestone in &mut plan.milestones {
            milestone.approvals_required = 3;
        }
    });
    t.fund(2);
    t.complete(0);
    t.approve(1);
    t.ok(t.w.approve(&t.w.approvers[2], &[t.w.payout(0)]));
    t.ok(t.w.approve(&t.w.approvers[0], &[t.w.payout(0)]));
    t.ok(t.w.release(&t.w.signers[1], &[t.w.payout(1)]));
    t.ok(t.w.dispute(&t.w.payer, &[2], "no"));
    t.ok(t.w.resume(&t.w.payer, &[2]));
    t.ok(t.w.resolve(&t.w.resolvers[1], &[ruling(2, 3)]));
    let rotate = |t: &mut Watched, role, from: &Address| {
        let heir = t.w.address();
        t.ok(t.w.rotate(role, from, &heir));
        heir
    };
    for (role, from) in [
        (Role::Payer, t.w.payer.clone()),
        (Role::Admin, t.w.admin.clone()),
        (Role::Platform, t.w.platform.clone()),
        (Role::Approver, t.w.approvers[1].clone()),
        (Role::ServiceProvider, t.w.providers[0].clone()),
        (Role::ReleaseSigner, t.w.signers[0].clone()),
        (Role::DisputeResolver, t.w.resolvers[0].clone()),
        (Role::Observer, t.w.observers[0].clone()),
    ] {
        rotate(&mut t, role, &from);
    }
    let (approver, signer) = (t.w.approvers[2].clone(), t.w.signers[1].clone());
    let approver = rotate(&mut t, Role::Approver, &approver);
    let signer = rotate(&mut t, Role::ReleaseSigner, &signer);
    let resolver = t.w.resolvers[1].clone();
    let resolver = rotate(&mut t, Role::DisputeResolver, &resolver);
    t.refused(Error::AlreadyVoted, t.w.approve(&approver, &[t.w.payout(0)]));
    t.refused(Error::AlreadyVoted, t.w.release(&signer, &[t.w.payout(1)]));
    t.ok(t.w.resolve(&resolver, &[ruling(2, 4)]));
    t.refused(Error::NotSeatHolder, t.w.rotate(Role::Payer, &t.w.payer, &approver));
    // A seat may go to somebody who holds others.
    let admin = t.w.get_escrow().terms.roles.admin;
    t.ok(t.w.rotate(Role::Admin, &admin, &approver));
    t.ok(t.w.rotate(Role::Approver, &approver, &admin));
}

#[test]
fn payouts_that_fail_can_be_rebuilt_from_their_events() {
    let mut t = Watched::with(|env, plan| {
        let receiver = Some(Address::generate(env));
        plan.milestones[0].receiver = receiver.clone();
        plan.milestones[2].receiver = receiver;
        let payer = Some(plan.terms.roles.payer.clone());
        plan.milestones.push(NewMilestone { receiver: payer, ..milestone(env, "Own", 101) });
    });
    let (payer, receiver) = (t.w.payer.clone(), t.w.get_milestone(0).receiver);
    t.fund(3);
    for i in 0..4 {
        t.approve(i);
    }
    freeze(&t.w, &payer, true);
    freeze(&t.w, &receiver, true);
    t.release(&[0, 1]);
    assert_eq!(t.w.get_milestone(0).credited, 1_000 * ONE);
    // Both sides of a milestone that cannot be paid, and one address that is both.
    t.ok(t.w.dispute(&payer, &[2, 3], ""));
    for i in 0..2 {
        t.ok(t.w.resolve(&t.w.resolvers[i], &[ruling(2, 1_000), ruling(3, 50)]));
    }
    assert_eq!(t.w.get_milestone(3).credited, 102);
    t.refused(Error::TransferFailed, t.w.claim(&payer, &[2, 3]));
    freeze(&t.w, &receiver, false);
    t.ok(t.w.claim(&receiver, &[0, 1]));
    t.refused(Error::NothingToClaim, t.w.claim(&receiver, &[0]));
    let elsewhere = t.w.address();
    t.ok(t.w.claim_to(&receiver, &[2], &elsewhere));
    // A seat's credits go with it.
    let heir = t.w.address();
    t.ok(t.w.rotate(Role::Payer, &payer, &heir));
    t.ok(t.w.rotate(Role::Platform, &t.w.platform, &heir));
    t.ok(t.w.claim(&heir, &[3, 0, 2]));
    t.refused(Error::TransferFailed, t.w.claim(&payer, &[3]));
    freeze(&t.w, &payer, false);
    t.ok(t.w.claim(&payer, &[3]));
    assert_eq!(t.w.get_balances().balance, 0);
}

#[test]
fn money_given_and_taken_back_can_be_rebuilt_from_its_events() {
    let mut t = Watched::with(|env, plan| plan.milestones.push(milestone(env, "More", 10_001)));
    let due = due_for(&t.w, 0);
    t.w.deposit(due + 500);
    t.compare();
    t.refused(Error::UnreservedTooLow, t.w.count_deposit(1, due_for(&t.w, 1)));
    t.ok(t.w.count_deposit(0, due));
    t.ok(t.w.withdraw(&t.w.payer, &t.w.token));
    t.refused(Error::NothingToWithdraw, t.w.withdraw(&t.w.payer, &t.w.token));
    let other = t.w.env.register_stellar_asset_contract_v2(t.w.address()).address();
    t.w.env.mock_all_auths();
    StellarAssetClient::new(&t.w.env, &other).mint(&t.w.escrow, &9);
    t.w.env.set_auths(&[]);
    t.ok(t.w.withdraw(&t.w.payer, &other));
    t.fund(3);
    let receiver = t.w.providers[0].clone();
    t.complete(0);
    t.approve(0);
    t.ok(t.w.dispute(&receiver, &[1], "no"));
    let each = worth(&t.w, 0);
    t.refused(Error::AmountMismatch, t.w.refund(&receiver, &[0, 1], each));
    t.ok(t.w.refund(&receiver, &[0, 1], 2 * each));
    t.w.set_time(t.w.get_milestone(2).reclaim_at - 1);
    let returned = worth(&t.w, 2);
    t.refused(Error::NotDue, t.w.reclaim(&t.w.payer, &[2], returned));
    t.w.wait(1);
    t.ok(t.w.reclaim(&t.w.payer, &[2], returned));
    let returned = worth(&t.w, 3);
    t.ok(t.w.reclaim(&t.w.payer, &[3], returned));
    assert_eq!(t.w.get_escrow().state, State::Completed);
}

#[test]
fn edited_terms_and_milestones_can_be_rebuilt_from_their_events() {
    let mut t = Watched::with(|_, _| {});
    let (env, admin) = (t.w.env.clone(), t.w.admin.clone());
    let mut terms = t.w.terms.clone();
    terms.title = t.w.text("Another website");
    terms.description = t.w.text("");
    terms.document = Some(BytesN::from_array(&env, &[1; 32]));
    terms.roles.approvers =
        vec![&env, t.w.address(), t.w.approvers[1].clone(), t.w.approvers[0].clone()];
    terms.roles.observers = vec![&env];
    terms.roles.release_signers = vec![&env, t.w.approvers[2].clone()];
    terms.policy.review_window = 0;
    terms.policy.dispute_window = 0;
    t.ok(t.w.update(&admin, &terms, 0));
    t.refused(Error::RevisionMismatch, t.w.update(&admin, &terms, 0));
    let provider = t.w.address();
    terms.roles.service_providers = vec![&env, provider.clone()];
    t.ok(t.w.update(&admin, &terms, 1));
    // All three at once: two go, one changes wholly, two come, one for the new first provider.
    let edits = [MilestoneEdit {
        milestone: 0,
        title: Some(t.w.text("")),
        description: Some(t.w.text("All of it")),
        document: Some(BytesN::from_array(&env, &[2; 32])),
        receiver: Some(t.w.address()),
        approvals_required: Some(3),
        due: Some(0),
    }];
    let own = NewMilestone { receiver: Some(t.w.payer.clone()), ..milestone(&env, "Own", 7) };
    let more = [milestone(&env, "Again", 5), own];
    let total = 1_000 * ONE + 12;
    t.ok(t.w.manage_milestones(&admin, 2, &edits, &more, total));
    t.ok(t.w.manage_milestones(&admin, 0, &[edit(0)], &[], total));
    // A receiver that goes and comes in one call, and two who change places.
    let swap = [
        MilestoneEdit { receiver: Some(provider.clone()), ..edit(0) },
        MilestoneEdit { receiver: Some(t.w.get_milestone(0).receiver), ..edit(1) },
    ];
    t.ok(t.w.manage_milestones(&admin, 1, &swap, &more[1..], total));
    t.w.wait(DAY);
    t.fund(0);
    t.refused(Error::SomethingFunded, t.w.update(&admin, &terms, 5));
    t.ok(t.w.manage_milestones(&admin, 2, &[], &[milestone(&env, "Last", 1)], 1_000 * ONE + 1));
    t.ok(t.w.extend_ttl(&admin, 1_000, 0, 2));
    // Once all is settled the escrow is edited again, and one more milestone re-opens it.
    let returned = worth(&t.w, 0);
    t.ok(t.w.refund(&provider, &[0], returned));
    t.ok(t.w.manage_milestones(&admin, 0, &[], &more[..1], 1_000 * ONE + 6));
    t.fund(2);
    t.ok(t.w.refund(&provider, &[1, 2], 6));
    assert_eq!(t.w.get_escrow().state, State::Completed);
    t.ok(t.w.manage_milestones(&admin, 0, &[], &more, 1_000 * ONE + 18));
    assert_eq!(t.w.get_escrow().state, State::AwaitingFunds);
}

#[test]
fn taking_away_all_that_is_open_completes_an_escrow_and_adding_does_not() {
    let mut t = Watched::with(|_, _| {});
    let one = t.w.get_milestone(0).amount;
    t.fund(0);
    t.complete(0);
    t.approve(0);
    t.release(&[0]);
    assert!(!t.names.contains("completed"), "another milestone is open");
    let rest = t.w.get_escrow().totals.milestones - 1;
    t.ok(t.w.manage_milestones(&t.w.admin, rest, &[], &[], one));
    assert!(t.names.remove("completed"));
    t.ok(t.w.manage_milestones(&t.w.admin, 0, &[], &[milestone(&t.w.env, "More", 5)], one + 5));
    assert!(!t.names.contains("completed"));
}

#[test]
fn nobody_is_shown_to_have_voted_who_came_when_the_work_was_settled() {
    let mut t = Watched::with(|_, _| {});
    t.fund(0);
    t.complete(0);
    t.approve(0);
    t.release(&[0]);
    let mut terms = t.w.terms.clone();
    terms.roles.approvers = t.w.list(&[t.w.address(), t.w.address(), t.w.address()]);
    terms.roles.release_signers = t.w.list(&[t.w.address()]);
    t.ok(t.w.update(&t.w.admin, &terms, 0));
}

#[test]
fn what_is_said_again_replaces_itself_and_changes_nothing() {
    let mut t = Watched::with(|_, _| {});
    t.fund(2);
    t.ok(t.w.dispute(&t.w.payer, &[1], ""));
    t.ok(t.w.settle(&t.w.payer, &[ruling(0, 1)]));
    t.ok(t.w.resolve(&t.w.resolvers[0], &[ruling(1, 1)]));
    let before = t.w.state();
    t.ok(t.w.settle(&t.w.payer, &[ruling(0, 1)]));
    t.ok(t.w.resolve(&t.w.resolvers[0], &[ruling(1, 1)]));
    assert_eq!(t.w.state(), before);
}

/// A source of choices, the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())].clone()
    }

    /// One or two of the milestones that there are.
    fn milestones(&mut self, w: &World) -> std::vec::Vec<u32> {
        let count = w.get_escrow().totals.milestones as usize;
        let first = self.roll(count);
        let mut milestones = std::vec![first as u32];
        if count > 1 && self.roll(3) == 0 {
            milestones.push(((first + 1 + self.roll(count - 1)) % count) as u32);
        }
        milestones
    }
}

/// Any call with any arguments that might do: it is replayed where it succeeds, and changes
/// nothing where it does not.
fn step(t: &mut Watched, dice: &mut Dice) -> bool {
    let w = &t.w;
    let roles = w.get_escrow().terms.roles;
    let list = |list: &Vec<Address>| list.iter().collect::<std::vec::Vec<_>>();
    let milestones = dice.milestones(w);
    let one = milestones[0];
    let receiver = w.get_milestone(one).receiver;
    let payouts: std::vec::Vec<_> = milestones.iter().map(|i| w.payout(*i)).collect();
    let worth: i128 = milestones.iter().map(|i| worth(w, *i)).sum();
    let side = dice.of(&[roles.payer.clone(), receiver.clone()]);
    let rulings: std::vec::Vec<_> = milestones
        .iter()
        .map(|i| ruling(*i, dice.of(&[0, 1, w.get_milestone(*i).amount])))
        .collect();
    let heir = if dice.roll(4) == 0 { dice.of(&list(&roles.approvers)) } else { w.address() };
    let outcome = match dice.roll(28) {
        0 | 1 => {
            let through = dice.roll(w.get_escrow().totals.milestones as usize) as u32;
            let amount = due_for(w, through);
            if amount <= 0 {
                return false;
            }
            freeze(w, &roles.payer, false);
            w.mint(&roles.payer, amount);
            w.fund_at(&roles.payer, through, amount, w.get_escrow().revision)
        }
        2 => {
            w.deposit(worth);
            let args = (&roles.payer, one, due_for(w, one), w.get_escrow().revision);
            let args = args.into_val(&w.env);
            w.call(&[&roles.payer], "count_deposit", args)
        }
        3..=6 => {
            let status = dice.of(&[Status::InProgress, Status::Completed, Status::Completed]);
            let note = dice.of(&["", "a note"]);
            let updates: std::vec::Vec<_> =
                milestones.iter().map(|i| update(w, *i, status, note, "")).collect();
            w.change_status(&dice.of(&list(&roles.service_providers)), &updates)
        }
        7..=10 => w.approve(&dice.of(&list(&roles.approvers)), &payouts),
        11 | 12 => w.reject(&dice.of(&list(&roles.approvers)), &milestones, "no"),
        13 | 14 => {
            let anybody = dice.of(&[w.stranger.clone(), roles.payer.clone()]);
            let signers = list(&roles.release_signers);
            let signer =
                if signers.is_empty() || dice.roll(3) == 0 { anybody } else { dice.of(&signers) };
            w.release(&signer, &payouts)
        }
        15 => w.confirm(&dice.of(&list(&roles.approvers)), &payouts),
        16 | 17 => w.dispute(&side, &milestones, dice.of(&["", "no"])),
        18 => w.resume(&side, &milestones),
        19 => {
            let resolvers = list(&roles.dispute_resolvers);
            w.resolve(&dice.of(&resolvers), &rulings)
        }
        20 => w.resolve_by_default(&milestones),
        21 => w.settle(&side, &rulings),
        22 => match dice.roll(6) {
            0 => w.refund(&receiver, &milestones, worth),
            _ => w.reclaim(&roles.payer, &milestones, worth),
        },
        23 => {
            let owner = dice.of(&[roles.payer.clone(), receiver, roles.platform.clone()]);
            freeze(w, &owner, false);
            w.claim(&owner, &milestones)
        }
        24 => w.withdraw(&roles.payer, &w.token),
        25 => w.redirect(&receiver, one, &heir),
        26 => {
            let mut seats = std::vec![
                (Role::Payer, roles.payer.clone()),
                (Role::Admin, roles.admin.clone()),
                (Role::Platform, roles.platform.clone()),
            ];
            for (role, holders) in [
                (Role::Approver, &roles.approvers),
                (Role::ServiceProvider, &roles.service_providers),
                (Role::ReleaseSigner, &roles.release_signers),
                (Role::DisputeResolver, &roles.dispute_resolvers),
            ] {
                seats.extend(holders.iter().map(|holder| (role, holder)));
            }
            let (role, from) = dice.of(&seats);
            w.rotate(role, &from, &heir)
        }
        _ => {
            let totals = w.get_escrow().totals;
            let remove = dice.roll(2) as u32;
            let edits = [MilestoneEdit { receiver: Some(heir), ..edit(one) }];
            let edits = if dice.roll(2) == 0 { &edits[..] } else { &[] };
            let new = [milestone(&w.env, "More", 1_234)];
            let removed: i128 = (totals.milestones - remove..totals.milestones)
                .map(|i| w.get_milestone(i).amount)
                .sum();
            w.manage_milestones(&roles.admin, remove, edits, &new, totals.amount - removed + 1_234)
        }
    };
    match outcome {
        Ok(()) => t.ok(outcome),
        Err(Refusal::Contract(error)) => t.refused(error, outcome),
        Err(other) => panic!("{other:?} is a trap"),
    }
    outcome.is_ok()
}

#[test]
fn whatever_happens_can_be_rebuilt_from_its_events() {
    let mut done = 0;
    let mut names = BTreeSet::new();
    for seed in 1..=30 {
        let mut dice = Dice(seed << 40 | 0x9e37_79b9);
        let mut t = Watched::with(|env, plan| {
            plan.terms.policy.release_quorum = 1 + seed as u32 % 2;
            plan.terms.policy.fallback =
                [Fallback::Refund, Fallback::Release, Fallback::Even][seed as usize % 3];
            if seed % 4 == 0 {
                plan.terms.roles.release_signers = vec![env];
                plan.terms.policy.release_quorum = 0;
            }
            for (milestone, approvals) in plan.milestones.iter_mut().zip([1, 2, 3]) {
                milestone.approvals_required = approvals;
                milestone.amount += i128::from(seed);
            }
        });
        t.fund(1);
        for _ in 0..150 {
            done += usize::from(step(&mut t, &mut dice));
            t.w.wait(dice.of(&[0, 0, 0, 1, 1, 1, DAY, DAY, 15 * DAY]));
            if dice.roll(8) == 0 {
                let holder = t.w.get_milestone(dice.milestones(&t.w)[0]).receiver;
                let holder = dice.of(&[holder, t.w.get_escrow().terms.roles.payer]);
                freeze(&t.w, &holder, dice.roll(2) == 0);
            }
        }
        names.append(&mut t.names);
    }
    assert!(done > 700, "only {done} calls did anything");
    let never = ["created", "updated", "ttl_extended"];
    let missing: std::vec::Vec<_> =
        EVENTS.iter().filter(|name| !never.contains(name) && !names.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?} never happened");
}

/// Every event that there is.
const EVENTS: [&str; 25] = [
    "approved",
    "claimed",
    "completed",
    "confirmed",
    "created",
    "credited",
    "defaulted",
    "deposit_counted",
    "disputed",
    "funded",
    "milestones_managed",
    "offered",
    "reclaimed",
    "redirected",
    "refunded",
    "rejected",
    "released",
    "resumed",
    "rotated",
    "ruled",
    "seat",
    "status_changed",
    "ttl_extended",
    "updated",
    "withdrawn",
];

// The shape of each event, to the letter: what a subscriber's filter and decoder rest on.

/// An event by its name, its other topics, and its data.
macro_rules! event {
    ($w:expr, $name:literal [$($topic:expr),*] { $($field:ident: $value:expr),* $(,)? }) => {{
        let env = &$w.env;
        let fields = [$((Symbol::new(env, stringify!($field)), value(env, $value))),*];
        let data: Map<Symbol, Val> = Map::from_array(env, fields);
        event!($w, $name [$($topic),*] = data)
    }};
    ($w:expr, $name:literal [$($topic:expr),*] = $data:expr) => {{
        let env = &$w.env;
        let name: Val = Symbol::new(env, $name).into_val(env);
        let topics: Vec<Val> = vec![env, name $(, value(env, &$topic))*];
        let data: Val = value(env, $data);
        (topics, data)
    }};
}

fn value(env: &Env, data: impl IntoVal<Env, Val>) -> Val {
    data.into_val(env)
}

fn xdr(w: &World, value: &Val) -> ScVal {
    ScVal::try_from_val(&w.env, value).unwrap()
}

/// Topics and data.
type Shape = (Vec<Val>, Val);

/// The call succeeded, and these are the escrow's events, whatever their order.
#[track_caller]
fn tells<const N: usize>(w: &World, outcome: Outcome, expected: [Shape; N]) {
    let events = w.env.events().all().filter_by_contract(&w.escrow);
    assert_eq!(outcome, Ok(()));
    let mut told: std::vec::Vec<_> = events.events().iter().map(shape).collect();
    let mut expected = expected.map(|(topics, data)| {
        (topics.iter().map(|topic| xdr(w, &topic)).collect::<std::vec::Vec<_>>(), xdr(w, &data))
    });
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}

fn shape(event: &ContractEvent) -> (std::vec::Vec<ScVal>, ScVal) {
    let ContractEventBody::V0(body) = &event.body;
    (body.topics.to_vec(), body.data.clone())
}

/// Of one milestone of the default plan: what went to the receiver, as fee, and to the payer.
fn settled(w: &World, milestone: u32, to_receiver: i128, fee: i128, to_payer: i128) -> Vec<Val> {
    (milestone, &w.providers[0], to_receiver, fee, to_payer).into_val(&w.env)
}

fn none<T: IntoVal<Env, Val> + TryFromVal<Env, Val>>(w: &World) -> Vec<T> {
    Vec::new(&w.env)
}

#[test]
fn created_and_seat_have_these_topics_and_data() {
    let w = World::with(|env, plan| {
        // Who holds several seats is told once.
        plan.terms.roles.approvers = vec![env, plan.terms.roles.payer.clone()];
        plan.terms.roles.observers = vec![env, plan.terms.roles.admin.clone()];
        plan.milestones.truncate(1);
        plan.milestones[0].approvals_required = 1;
        plan.milestones[0].receiver = Some(plan.terms.roles.payer.clone());
    });
    let milestones = vec![
        &w.env,
        NewMilestone {
            receiver: Some(w.payer.clone()),
            approvals_required: 1,
            ..milestone(&w.env, "Design", 1_000 * ONE)
        },
    ];
    let seat = |holder: &Address| event!(w, "seat"[*holder] = true);
    let expected = [
        event!(w, "created" [w.terms.engagement_id, w.admin] {
            terms: w.terms.clone(),
            milestones: milestones,
        }),
        seat(&w.payer),
        seat(&w.admin),
        seat(&w.platform),
        seat(&w.providers[0]),
        seat(&w.providers[1]),
        seat(&w.signers[0]),
        seat(&w.signers[1]),
        seat(&w.resolvers[0]),
        seat(&w.resolvers[1]),
        seat(&w.resolvers[2]),
    ];
    tells(&w, Ok(()), expected);
}

#[test]
fn events_of_the_usual_way_have_these_topics_and_data() {
    let w = World::with(|env, plan| {
        plan.terms.policy.release_quorum = 2;
        plan.terms.roles.release_signers.push_back(plan.terms.roles.approvers.get_unchecked(0));
        plan.milestones.truncate(2);
        plan.milestones[1].amount = 100;
        plan.milestones[0].due = env.ledger().timestamp();
    });
    w.mint(&w.payer, 1_025 * ONE + 102);
    tells(
        &w,
        w.fund(0, 1_025 * ONE),
        [event!(w, "funded" [w.payer] {
            through: 0_u32,
            amount: 1_025 * ONE,
        })],
    );
    w.deposit(102);
    tells(
        &w,
        w.count_deposit(1, 102),
        [event!(w, "deposit_counted" [w.payer] {
            through: 1_u32,
            amount: 102_i128,
        })],
    );
    let updates = [
        update(&w, 0, Status::Completed, "done", ""),
        update(&w, 1, Status::Completed, "", "ipfs://1"),
    ];
    let reported = w.change_status(&w.providers[1], &updates);
    tells(
        &w,
        reported,
        [event!(w, "status_changed" [w.providers[1]] {
            updates: w.list(&updates),
        })],
    );
    let reason = w.text("the colours");
    tells(
        &w,
        w.reject(&w.approvers[1], &[1, 0], "the colours"),
        [
            event!(w, "rejected" [w.approvers[1]] { milestones: w.list(&[1_u32, 0]), reason: reason }),
        ],
    );
    let payouts = [w.payout(0), w.payout(1)];
    tells(
        &w,
        w.approve(&w.approvers[1], &payouts),
        [event!(w, "approved" [w.approvers[1]] {
            milestones: w.list(&[0_u32, 1]),
            approved: none::<u32>(&w),
        })],
    );
    tells(
        &w,
        w.approve(&w.approvers[2], &payouts[..1]),
        [event!(w, "approved" [w.approvers[2]] {
            milestones: w.list(&[0_u32]),
            approved: w.list(&[0_u32]),
        })],
    );
    tells(
        &w,
        w.release(&w.signers[0], &payouts[..1]),
        [event!(w, "released" [w.signers[0]] {
            voted: w.list(&[0_u32]),
            settled: none::<Val>(&w),
        })],
    );
    tells(
        &w,
        w.confirm(&w.approvers[0], &payouts[1..]),
        [event!(w, "confirmed" [w.approvers[0]] {
            milestones: w.list(&[1_u32]),
            approved: w.list(&[1_u32]),
            settled: none::<Val>(&w),
        })],
    );
    let both = [payouts[1].clone(), payouts[0].clone()];
    tells(
        &w,
        w.release(&w.signers[1], &both),
        [
            event!(w, "completed"[w.terms.engagement_id] = ()),
            event!(w, "released" [w.signers[1]] {
                voted: none::<u32>(&w),
                settled: vec![&w.env, settled(&w, 1, 100, 2, 0), settled(&w, 0, 1_000 * ONE, 25 * ONE, 0)],
            }),
        ],
    );
    tells(
        &w,
        w.claim(&w.platform, &[]),
        [event!(w, "claimed" [w.platform] {
            milestones: none::<u32>(&w),
            fees: 25 * ONE + 2,
            amount: 25 * ONE + 2,
            to: w.platform.clone(),
        })],
    );
}

#[test]
fn confirmed_tells_what_it_paid() {
    let w = World::with(buyer_confirms);
    w.fund_all();
    tells(
        &w,
        w.confirm(&w.payer, &[w.payout(1)]),
        [event!(w, "confirmed" [w.payer] {
            milestones: w.list(&[1_u32]),
            approved: w.list(&[1_u32]),
            settled: vec![&w.env, settled(&w, 1, 1_000 * ONE, 25 * ONE, 0)],
        })],
    );
}

#[test]
fn events_of_disputes_have_these_topics_and_data() {
    let w = World::with(|_, plan| plan.milestones[0].amount = 10_001);
    w.fund_all();
    let no = w.text("no");
    tells(
        &w,
        w.dispute(&w.payer, &[0, 1], "no"),
        [event!(w, "disputed" [w.payer] {
            milestones: w.list(&[0_u32, 1]),
            reason: no,
        })],
    );
    tells(
        &w,
        w.resume(&w.payer, &[1, 0]),
        [event!(w, "resumed" [w.payer] {
            milestones: w.list(&[1_u32, 0]),
            resumed: none::<u32>(&w),
        })],
    );
    tells(
        &w,
        w.resume(&w.providers[0], &[1]),
        [event!(w, "resumed" [w.providers[0]] {
            milestones: w.list(&[1_u32]),
            resumed: w.list(&[1_u32]),
        })],
    );
    assert_eq!(w.dispute(&w.payer, &[1], ""), Ok(()));
    let rulings = [ruling(1, 40)];
    tells(
        &w,
        w.resolve(&w.resolvers[0], &rulings),
        [event!(w, "ruled" [w.resolvers[0]] {
            rulings: w.list(&rulings),
            settled: none::<Val>(&w),
        })],
    );
    tells(
        &w,
        w.resolve(&w.resolvers[2], &rulings),
        [event!(w, "ruled" [w.resolvers[2]] {
            rulings: w.list(&rulings),
            settled: vec![&w.env, settled(&w, 1, 40, 1, 1_025 * ONE - 41)],
        })],
    );
    w.wait(14 * DAY);
    tells(
        &w,
        w.resolve_by_default(&[0]),
        [event!(w, "defaulted" [] {
            settled: vec![&w.env, settled(&w, 0, 5_001, 125, 5_125)],
        })],
    );
}

#[test]
fn events_of_the_other_ways_out_have_these_topics_and_data() {
    let w = World::with(|env, plan| plan.milestones.push(milestone(env, "More", 7)));
    w.fund_all();
    let offers = [ruling(0, 40)];
    tells(
        &w,
        w.settle(&w.payer, &offers),
        [event!(w, "offered" [w.payer] {
            rulings: w.list(&offers),
            settled: none::<Val>(&w),
        })],
    );
    tells(
        &w,
        w.settle(&w.providers[0], &offers),
        [event!(w, "offered" [w.providers[0]] {
            rulings: w.list(&offers),
            settled: vec![&w.env, settled(&w, 0, 40, 1, 1_025 * ONE - 41)],
        })],
    );
    tells(
        &w,
        w.refund(&w.providers[0], &[1], 1_025 * ONE),
        [event!(w, "refunded" [w.providers[0]] {
            settled: vec![&w.env, settled(&w, 1, 0, 0, 1_025 * ONE)],
        })],
    );
    w.wait(31 * DAY);
    tells(
        &w,
        w.reclaim(&w.payer, &[2], 1_025 * ONE),
        [event!(w, "reclaimed" [w.payer] {
            settled: vec![&w.env, settled(&w, 2, 0, 0, 1_025 * ONE)],
        })],
    );
    w.deposit(9);
    tells(
        &w,
        w.withdraw(&w.payer, &w.token),
        [event!(w, "withdrawn" [w.payer] {
            token: w.token.clone(),
            amount: 9_i128,
        })],
    );
    freeze(&w, &w.payer, true);
    tells(
        &w,
        w.refund(&w.providers[0], &[3], 7),
        [
            event!(w, "credited" [w.payer] { milestones: w.list(&[3_u32]), amount: 7_i128 }),
            event!(w, "completed"[w.terms.engagement_id] = ()),
            event!(w, "refunded" [w.providers[0]] {
                settled: vec![&w.env, settled(&w, 3, 0, 0, 7)],
            }),
        ],
    );
    tells(
        &w,
        w.claim_to(&w.payer, &[3], &w.stranger),
        [event!(w, "claimed" [w.payer] {
            milestones: w.list(&[3_u32]),
            fees: 0_i128,
            amount: 7_i128,
            to: w.stranger.clone(),
        })],
    );
}

#[test]
fn events_of_terms_and_seats_have_these_topics_and_data() {
    let w = World::new();
    let seat = |holder: &Address, gained: bool| event!(w, "seat"[*holder] = gained);
    let (one, two) = (w.address(), w.address());
    let mut terms = w.terms.clone();
    terms.title = w.text("Another");
    terms.roles.observers = vec![&w.env, one.clone()];
    tells(
        &w,
        w.update(&w.admin, &terms, 0),
        [
            event!(w, "updated" [w.admin] { terms: terms.clone(), revision: 1_u32 }),
            seat(&one, true),
            seat(&w.observers[0], false),
        ],
    );
    let edits = [MilestoneEdit { receiver: Some(two.clone()), ..edit(0) }];
    let more = [NewMilestone { receiver: Some(one.clone()), ..milestone(&w.env, "More", 7) }];
    let total = 2_000 * ONE + 7;
    tells(
        &w,
        w.manage_milestones(&w.admin, 1, &edits, &more, total),
        [
            event!(w, "milestones_managed" [w.admin] {
                remove: 1_u32,
                edit: w.list(&edits),
                add: w.list(&more),
                revision: 2_u32,
            }),
            seat(&two, true),
            seat(&one, true),
            seat(&w.providers[0], false),
        ],
    );
    tells(
        &w,
        w.redirect(&two, 0, &one),
        [
            event!(w, "redirected" [two] { milestone: 0_u32, to: one.clone() }),
            seat(&one, true),
            seat(&two, false),
        ],
    );
    tells(
        &w,
        w.rotate(Role::ReleaseSigner, &w.signers[0], &two),
        [
            event!(w, "rotated" [w.signers[0]] { role: Symbol::new(&w.env, "ReleaseSigner"), to: two.clone() }),
            seat(&two, true),
            seat(&w.signers[0], false),
        ],
    );
    tells(
        &w,
        w.extend_ttl(&w.admin, 1_000, 1, 2),
        [event!(w, "ttl_extended" [w.admin] {
            ledgers: 1_000_u32,
            start: 1_u32,
            limit: 2_u32,
        })],
    );
}

#[test]
fn what_only_reads_tells_nothing() {
    let w = World::new();
    let (none, zero) = (none::<u32>(&w), 0_u32);
    for (view, args) in [
        ("get_escrow", ().into_val(&w.env)),
        ("get_milestone", (zero,).into_val(&w.env)),
        ("get_milestones", (zero, 50_u32).into_val(&w.env)),
        ("get_claimable", (&w.payer, none).into_val(&w.env)),
        ("get_balances", ().into_val(&w.env)),
    ] {
        assert!(w.view::<Val>(view, args).is_ok());
        assert_eq!(w.env.events().all().events().len(), 0, "{view}");
    }
}
