//! An escrow rebuilt from nothing but its events and the times of their ledgers. Written from the
//! specification, without the contract's own rules: what an indexer would have to do.

use escrow::{
    Escrow, Flags, Milestone, MilestoneEdit, NewMilestone, Position, Roles, Ruling, State, Status,
    StatusUpdate, Stuck, Terms, Totals,
};
use soroban_sdk::testutils::Events as _;
use soroban_sdk::xdr::{ContractEvent, ContractEventBody};
use soroban_sdk::{Address, Env, Map, String, Symbol, TryFromVal, Val, Vec};

type List<T> = std::vec::Vec<T>;
type Seats = List<(std::string::String, Address)>;

/// One event, read by the names of its parts.
pub struct Told {
    env: Env,
    pub name: std::string::String,
    topics: List<Val>,
    data: Val,
}

impl Told {
    pub fn new(env: &Env, event: &ContractEvent) -> Self {
        let ContractEventBody::V0(body) = &event.body;
        let mut topics = body
            .topics
            .iter()
            .map(|topic| Val::try_from_val(env, topic).unwrap())
            .collect::<List<_>>();
        let name = Symbol::try_from_val(env, &topics.remove(0)).unwrap().to_string();
        let data = Val::try_from_val(env, &body.data).unwrap();
        Self { env: env.clone(), name, topics, data }
    }

    /// A topic after the name.
    pub fn topic<T: TryFromVal<Env, Val>>(&self, index: usize) -> T {
        self.read(&self.topics[index], "a topic")
    }

    pub fn field<T: TryFromVal<Env, Val>>(&self, field: &str) -> T {
        let fields: Map<Symbol, Val> = self.value();
        let value = fields.get(Symbol::new(&self.env, field));
        self.read(&value.unwrap_or_else(|| panic!("{} has no {field}", self.name)), field)
    }

    /// The data of an event that has one value and no names.
    pub fn value<T: TryFromVal<Env, Val>>(&self) -> T {
        self.read(&self.data, "its data")
    }

    fn read<T: TryFromVal<Env, Val>>(&self, value: &Val, what: &str) -> T {
        T::try_from_val(&self.env, value)
            .unwrap_or_else(|_| panic!("{what} of {} is of another type", self.name))
    }
}

/// What an address emitted in the last call.
pub fn told(env: &Env, contract: &Address) -> List<Told> {
    let events = env.events().all().filter_by_contract(contract);
    events.events().iter().map(|event| Told::new(env, event)).collect()
}

/// What the receiver, the platform and the payer got of a milestone.
type Settled = (u32, Address, i128, i128, i128);

#[derive(Clone, Copy, Default)]
struct Sides<T> {
    payer: T,
    receiver: T,
}

#[derive(Clone)]
struct Work {
    /// Tells a milestone from a later one of the same index.
    id: usize,
    text: NewMilestone,
    receiver: Address,
    revision: u32,
    status: Status,
    note: Option<String>,
    evidence: Option<String>,
    reason: Option<String>,
    rejected: bool,
    approvals: List<Address>,
    releases: List<Address>,
    rulings: List<(Address, i128)>,
    completed_at: u64,
    approved_at: u64,
    disputed_at: u64,
    resumes: Sides<bool>,
    offers: Sides<Option<i128>>,
    settled: Option<(Kind, i128, i128)>,
    owed: Sides<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Released,
    Resolved,
    Refunded,
}

/// An escrow as its events tell it.
#[derive(Clone)]
pub struct Replay {
    env: Env,
    terms: Terms,
    revision: u32,
    works: List<Work>,
    made: usize,
    funded: u32,
    deposited: i128,
    reserved: i128,
    paid: i128,
    refunded: i128,
    fees: i128,
    credited: i128,
}

impl Replay {
    /// From the events of the constructor.
    pub fn start(env: &Env, events: &[Told], now: u64) -> Self {
        let created = main_event(events);
        assert_eq!(created.name, "created", "an escrow's first event");
        let terms: Terms = created.field("terms");
        assert_eq!(created.topic::<String>(0), terms.engagement_id);
        assert_eq!(created.topic::<Address>(1), terms.roles.admin);
        let mut replay = Self {
            env: env.clone(),
            terms,
            revision: 0,
            works: List::new(),
            made: 0,
            funded: 0,
            deposited: 0,
            reserved: 0,
            paid: 0,
            refunded: 0,
            fees: 0,
            credited: 0,
        };
        replay.add(created.field("milestones"));
        replay.check_seats(&Seats::new(), events);
        assert!(named(events, "completed").is_empty() && named(events, "credited").is_empty());
        assert_eq!(replay.escrow().state, State::AwaitingFunds, "at {now}");
        replay
    }

    /// The events of one call, made at `now`: one that says what it did, and those that it brought
    /// with it.
    pub fn call(&mut self, events: &[Told], now: u64) {
        let before = self.seats();
        let was_completed = self.escrow().state == State::Completed;
        self.apply(main_event(events), now);
        for credited in named(events, "credited") {
            self.credit(credited);
        }
        self.check_seats(&before, events);
        let completes = !was_completed && self.escrow().state == State::Completed;
        let completed = named(events, "completed");
        assert_eq!(completed.len(), usize::from(completes), "completed, once, when all is settled");
        for completed in completed {
            assert_eq!(completed.topic::<String>(0), self.terms.engagement_id);
        }
    }

    pub fn milestones(&self) -> u32 {
        self.works.len() as u32
    }

    pub fn escrow(&self) -> Escrow {
        let settled = self.works.iter().filter(|work| work.settled.is_some()).count() as u32;
        let amount = self.works.iter().map(|work| work.text.amount).sum();
        let gross = self.works.iter().map(|work| work.text.amount + self.fee(work)).sum();
        Escrow {
            terms: self.terms.clone(),
            revision: self.revision,
            state: if settled == self.milestones() {
                State::Completed
            } else if self.funded > settled {
                State::Active
            } else {
                State::AwaitingFunds
            },
            totals: Totals {
                milestones: self.milestones(),
                funded: self.funded,
                settled,
                amount,
                gross,
                deposited: self.deposited,
                reserved: self.reserved,
                paid: self.paid,
                refunded: self.refunded,
                fees: self.fees,
                credited: self.credited,
            },
            stuck: self.stuck(),
        }
    }

    pub fn milestone(&self, index: u32) -> Milestone {
        let work = &self.works[index as usize];
        let roles = &self.terms.roles;
        let live = index < self.funded && work.settled.is_none();
        let disputed = work.disputed_at > 0;
        let outcome = |kind| work.settled.is_some_and(|(settled, ..)| settled == kind);
        let undecided = live && !disputed && work.approved_at == 0;
        let completed = work.status == Status::Completed;
        let (to_receiver, to_payer) =
            work.settled.map_or((0, 0), |(_, to_receiver, to_payer)| (to_receiver, to_payer));
        let sides = [roles.payer.clone(), work.receiver.clone()];
        let of_sides = |flags: Sides<bool>| {
            let flags = [flags.payer, flags.receiver];
            let who = sides.iter().zip(flags).filter(|(_, on)| *on).map(|(side, _)| side.clone());
            Vec::from_iter(&self.env, who)
        };
        let offers = sides.iter().zip([work.offers.payer, work.offers.receiver]);
        let offers = offers.filter_map(|(side, offer)| Some((side.clone(), offer?)));
        Milestone {
            milestone: index,
            title: work.text.title.clone(),
            description: work.text.description.clone(),
            document: work.text.document.clone(),
            amount: work.text.amount,
            fee: self.fee(work),
            receiver: work.receiver.clone(),
            approvals_required: work.text.approvals_required,
            due: work.text.due,
            revision: work.revision,
            funded: index < self.funded,
            status: work.status,
            note: work.note.clone(),
            evidence: work.evidence.clone(),
            reason: work.reason.clone(),
            flags: Flags {
                approved: work.approved_at > 0,
                disputed,
                released: outcome(Kind::Released),
                resolved: outcome(Kind::Resolved),
                refunded: outcome(Kind::Refunded),
            },
            approved_by: self.by_seat(&roles.approvers, &work.approvals),
            signed_by: self.by_seat(&roles.release_signers, &work.releases),
            resumed_by: of_sides(work.resumes),
            rulings: self.positions(roles.dispute_resolvers.iter().filter_map(|resolver| {
                work.rulings.iter().find(|(party, _)| *party == resolver).cloned()
            })),
            offers: self.positions(offers),
            completed_at: work.completed_at,
            approved_at: work.approved_at,
            disputed_at: work.disputed_at,
            open_at: if live { self.open_at(work) } else { 0 },
            reclaim_at: if undecided && !completed && work.text.due > 0 {
                work.text.due + 1
            } else {
                0
            },
            default_at: after(work.disputed_at, self.terms.policy.dispute_window),
            to_receiver,
            credited: if work.owed.receiver { to_receiver } else { 0 }
                + if work.owed.payer { to_payer } else { 0 },
        }
    }

    fn apply(&mut self, told: &Told, now: u64) {
        match told.name.as_str() {
            "funded" | "deposit_counted" => {
                self.is_payer(told);
                let amount: i128 = told.field("amount");
                self.funded = told.field::<u32>("through") + 1;
                self.deposited += amount;
                self.reserved += amount;
            }
            "status_changed" => {
                assert!(self.terms.roles.service_providers.contains(told.topic::<Address>(0)));
                for update in told.field::<Vec<StatusUpdate>>("updates") {
                    let work = self.work(update.milestone);
                    work.note = update.note.or(work.note.take());
                    work.evidence = update.evidence.or(work.evidence.take());
                    work.move_to(update.status, now);
                }
            }
            "approved" => self.approve(told, now),
            "confirmed" => {
                self.approve(told, now);
                let signer: Address = told.topic(0);
                if self.terms.roles.release_signers.contains(&signer) {
                    for index in told.field::<Vec<u32>>("milestones") {
                        note(&mut self.work(index).releases, &signer);
                    }
                }
                self.settle(told, Kind::Released);
            }
            "rejected" => {
                let window = self.terms.policy.review_window;
                let reason: String = told.field("reason");
                for index in told.field::<Vec<u32>>("milestones") {
                    let work = self.work(index);
                    if !work.rejected && work.text.due > 0 {
                        work.text.due = work.text.due.max(now + window);
                    }
                    work.rejected = true;
                    work.note = Some(reason.clone()).filter(|reason| !reason.is_empty());
                    work.move_to(Status::InProgress, now);
                }
            }
            "released" => {
                let signer: Address = told.topic(0);
                let settled = told.field::<Vec<Settled>>("settled").iter().map(|(index, ..)| index);
                // Who releases what anybody may release does not vote.
                let voted =
                    told.field::<Vec<u32>>("voted").iter().chain(settled).collect::<List<_>>();
                for index in voted {
                    let open_at = self.open_at(&self.works[index as usize]);
                    if open_at == 0 || now < open_at {
                        note(&mut self.work(index).releases, &signer);
                    }
                }
                self.settle(told, Kind::Released);
            }
            "disputed" => {
                let reason: String = told.field("reason");
                for index in told.field::<Vec<u32>>("milestones") {
                    let work = self.work(index);
                    work.disputed_at = now;
                    work.offers = Sides::default();
                    work.reason = Some(reason.clone()).filter(|reason| !reason.is_empty());
                }
            }
            "resumed" => {
                let party: Address = told.topic(0);
                let payer = party == self.terms.roles.payer;
                for index in told.field::<Vec<u32>>("milestones") {
                    let work = self.work(index);
                    work.resumes.payer |= payer;
                    work.resumes.receiver |= party == work.receiver;
                }
                for index in told.field::<Vec<u32>>("resumed") {
                    self.work(index).resume(now);
                }
            }
            "ruled" => {
                let resolver: Address = told.topic(0);
                for ruling in told.field::<Vec<Ruling>>("rulings") {
                    let rulings = &mut self.work(ruling.milestone).rulings;
                    rulings.retain(|(party, _)| *party != resolver);
                    rulings.push((resolver.clone(), ruling.to_receiver));
                }
                self.settle(told, Kind::Resolved);
            }
            "defaulted" => self.settle(told, Kind::Resolved),
            "offered" => {
                let party: Address = told.topic(0);
                let payer = party == self.terms.roles.payer;
                for offer in told.field::<Vec<Ruling>>("rulings") {
                    let work = self.work(offer.milestone);
                    let stands = Some(offer.to_receiver);
                    if payer {
                        work.offers.payer = stands;
                    }
                    if party == work.receiver {
                        work.offers.receiver = stands;
                    }
                }
                self.settle(told, Kind::Resolved);
            }
            "refunded" => self.settle(told, Kind::Refunded),
            "reclaimed" => {
                self.is_payer(told);
                self.settle(told, Kind::Refunded);
            }
            "claimed" => {
                let owner: Address = told.topic(0);
                let payer = owner == self.terms.roles.payer;
                let mut claimed: i128 = told.field("fees");
                for index in told.field::<Vec<u32>>("milestones") {
                    let receiver = owner == self.work(index).receiver;
                    claimed += self.milestone(index).credited;
                    let owed = &mut self.work(index).owed;
                    owed.payer &= !payer;
                    owed.receiver &= !receiver;
                    claimed -= self.milestone(index).credited;
                }
                assert_eq!(claimed, told.field::<i128>("amount"), "a claim pays what it takes off");
                self.credited -= claimed;
            }
            "withdrawn" => self.is_payer(told),
            "updated" => {
                self.is_admin(told);
                self.terms = told.field("terms");
                // Views tell votes by the lists that there are: those of former lists only here.
                self.works[..self.funded as usize].iter_mut().for_each(|work| {
                    work.approvals.clear();
                    work.releases.clear();
                });
                self.revision = told.field("revision");
            }
            "milestones_managed" => {
                self.is_admin(told);
                self.revision = told.field("revision");
                let left = self.works.len() - told.field::<u32>("remove") as usize;
                self.works.truncate(left);
                for edit in told.field::<Vec<MilestoneEdit>>("edit") {
                    self.work(edit.milestone).edit(edit);
                }
                self.add(told.field("add"));
            }
            "redirected" => {
                let work = self.work(told.field("milestone"));
                assert_eq!(work.receiver, told.topic::<Address>(0));
                work.receiver = told.field("to");
                work.releases.clear();
                work.resumes.receiver = false;
                work.offers = Sides::default();
            }
            "rotated" => {
                let role: Symbol = told.field("role");
                self.rotate(&told.topic(0), &role.to_string(), &told.field("to"));
            }
            "ttl_extended" => self.is_admin(told),
            other => panic!("{other} is no event that a call is told by"),
        }
    }

    fn add(&mut self, milestones: Vec<NewMilestone>) {
        for text in milestones {
            let first_provider = self.terms.roles.service_providers.first_unchecked();
            self.made += 1;
            self.works.push(Work {
                id: self.made,
                receiver: text.receiver.clone().unwrap_or(first_provider),
                text,
                revision: self.revision,
                status: Status::Pending,
                note: None,
                evidence: None,
                reason: None,
                rejected: false,
                approvals: List::new(),
                releases: List::new(),
                rulings: List::new(),
                completed_at: 0,
                approved_at: 0,
                disputed_at: 0,
                resumes: Sides::default(),
                offers: Sides::default(),
                settled: None,
                owed: Sides::default(),
            });
        }
    }

    fn approve(&mut self, told: &Told, now: u64) {
        let approver: Address = told.topic(0);
        for index in told.field::<Vec<u32>>("milestones") {
            note(&mut self.work(index).approvals, &approver);
        }
        for index in told.field::<Vec<u32>>("approved") {
            self.work(index).approved_at = now;
        }
    }

    fn settle(&mut self, told: &Told, kind: Kind) {
        for (index, receiver, to_receiver, fee, to_payer) in told.field::<Vec<Settled>>("settled") {
            let gross =
                self.works[index as usize].text.amount + self.fee(&self.works[index as usize]);
            assert_eq!(to_receiver + fee + to_payer, gross, "a milestone pays out its gross");
            let work = self.work(index);
            assert!(work.settled.is_none() && work.receiver == receiver);
            work.settled = Some((kind, to_receiver, to_payer));
            work.disputed_at = 0;
            work.resumes = Sides::default();
            work.rulings.clear();
            work.offers = Sides::default();
            self.reserved -= gross;
            self.paid += to_receiver;
            self.refunded += to_payer;
            self.fees += fee;
            self.credited += fee;
        }
    }

    fn credit(&mut self, told: &Told) {
        let owner: Address = told.topic(0);
        let payer = owner == self.terms.roles.payer;
        let mut owed = 0;
        for index in told.field::<Vec<u32>>("milestones") {
            owed -= self.milestone(index).credited;
            let work = self.work(index);
            work.owed.payer |= payer;
            work.owed.receiver |= owner == work.receiver;
            owed += self.milestone(index).credited;
        }
        assert_eq!(owed, told.field::<i128>("amount"), "a credit is what its milestones owe");
        self.credited += owed;
    }

    fn rotate(&mut self, from: &Address, role: &str, to: &Address) {
        let roles = &mut self.terms.roles;
        let list = match role {
            "Payer" => return self.replace_one(|roles| &mut roles.payer, from, to),
            "Admin" => return self.replace_one(|roles| &mut roles.admin, from, to),
            "Platform" => return self.replace_one(|roles| &mut roles.platform, from, to),
            "Approver" => &mut roles.approvers,
            "ServiceProvider" => &mut roles.service_providers,
            "ReleaseSigner" => &mut roles.release_signers,
            "DisputeResolver" => &mut roles.dispute_resolvers,
            "Observer" => &mut roles.observers,
            other => panic!("{other} is no role"),
        };
        list.set(list.first_index_of(from).unwrap(), to.clone());
        for work in &mut self.works {
            // An observer has no say, and nobody's offer depends on one.
            if role != "Observer" {
                work.offers = Sides::default();
            }
            match role {
                "Approver" => rename(work.approvals.iter_mut(), from, to),
                "ReleaseSigner" => rename(work.releases.iter_mut(), from, to),
                "DisputeResolver" => {
                    rename(work.rulings.iter_mut().map(|(party, _)| party), from, to);
                }
                _ => {}
            }
        }
    }

    fn replace_one(
        &mut self,
        seat: impl Fn(&mut Roles) -> &mut Address,
        from: &Address,
        to: &Address,
    ) {
        assert_eq!(seat(&mut self.terms.roles), from);
        *seat(&mut self.terms.roles) = to.clone();
        self.works.iter_mut().for_each(|work| work.offers = Sides::default());
    }

    fn open_at(&self, work: &Work) -> u64 {
        let window = self.terms.policy.review_window;
        if work.disputed_at > 0 {
            0
        } else if work.approved_at > 0 && self.terms.roles.release_signers.is_empty() {
            work.approved_at
        } else if work.approved_at > 0 {
            after(work.approved_at, window)
        } else if work.status == Status::Completed {
            after(work.completed_at, window)
        } else {
            0
        }
    }

    fn stuck(&self) -> Vec<Stuck> {
        let mut stuck = Vec::new(&self.env);
        let policy = &self.terms.policy;
        let disputable = !self.terms.roles.dispute_resolvers.is_empty();
        if disputable && policy.dispute_window > 0 {
            return stuck;
        }
        stuck.push_back(if disputable { Stuck::SilentResolvers } else { Stuck::Undisputable });
        if policy.review_window == 0 {
            stuck.push_back(Stuck::SilentReviewers);
        }
        if self.works.iter().any(|work| work.settled.is_none() && work.text.due == 0) {
            stuck.push_back(Stuck::SilentProvider);
        }
        stuck
    }

    fn fee(&self, work: &Work) -> i128 {
        work.text.amount * i128::from(self.terms.platform_fee_bps) / 10_000
    }

    fn work(&mut self, index: u32) -> &mut Work {
        &mut self.works[index as usize]
    }

    fn by_seat(&self, seats: &Vec<Address>, voters: &[Address]) -> Vec<Address> {
        let mut voters = voters.to_vec();
        voters.sort_by_key(|voter| seats.first_index_of(voter).unwrap_or(u32::MAX));
        Vec::from_iter(&self.env, voters)
    }

    fn positions(&self, positions: impl Iterator<Item = (Address, i128)>) -> Vec<Position> {
        let positions = positions.map(|(party, to_receiver)| Position { party, to_receiver });
        Vec::from_iter(&self.env, positions)
    }

    fn is_payer(&self, told: &Told) {
        assert_eq!(told.topic::<Address>(0), self.terms.roles.payer);
    }

    fn is_admin(&self, told: &Told) {
        assert_eq!(told.topic::<Address>(0), self.terms.roles.admin);
    }

    /// Every seat with who holds it; a receiver has one for each milestone.
    fn seats(&self) -> Seats {
        let roles = &self.terms.roles;
        let single =
            [("payer", &roles.payer), ("admin", &roles.admin), ("platform", &roles.platform)];
        let lists = [
            ("approver", &roles.approvers),
            ("provider", &roles.service_providers),
            ("signer", &roles.release_signers),
            ("resolver", &roles.dispute_resolvers),
            ("observer", &roles.observers),
        ];
        let single = single.map(|(name, holder)| (name.to_string(), holder.clone()));
        let listed = lists
            .into_iter()
            .flat_map(|(name, list)| list.iter().map(move |holder| (name.to_string(), holder)));
        let receivers =
            self.works.iter().map(|work| (format!("receiver {}", work.id), work.receiver.clone()));
        single.into_iter().chain(listed).chain(receivers).collect()
    }

    /// Whoever got or lost a seat is told of it, once; nobody else is.
    fn check_seats(&self, before: &Seats, events: &[Told]) {
        let after = self.seats();
        let mut expected = List::new();
        for (_, holder) in after.iter().filter(|seat| !before.contains(seat)) {
            note(&mut expected, &(holder.clone(), true));
        }
        for (_, holder) in before.iter().filter(|seat| !after.contains(seat)) {
            if !expected.contains(&(holder.clone(), true)) {
                note(&mut expected, &(holder.clone(), false));
            }
        }
        let mut found: List<(Address, bool)> =
            named(events, "seat").iter().map(|seat| (seat.topic(0), seat.value())).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "who got or lost a seat, once each");
    }
}

impl Work {
    fn move_to(&mut self, status: Status, now: u64) {
        self.status = status;
        self.completed_at = if status == Status::Completed { now } else { 0 };
        self.revision += 1;
        self.approvals.clear();
        self.releases.clear();
        self.offers = Sides::default();
    }

    fn resume(&mut self, now: u64) {
        let length = now - self.disputed_at;
        for clock in [&mut self.text.due, &mut self.completed_at, &mut self.approved_at] {
            if *clock > 0 {
                *clock += length;
            }
        }
        self.disputed_at = 0;
        self.resumes = Sides::default();
        self.rulings.clear();
        self.offers = Sides::default();
    }

    fn edit(&mut self, edit: MilestoneEdit) {
        let text = &mut self.text;
        text.title = edit.title.unwrap_or(text.title.clone());
        text.description = edit.description.unwrap_or(text.description.clone());
        text.document = edit.document.or(text.document.clone());
        text.approvals_required = edit.approvals_required.unwrap_or(text.approvals_required);
        text.due = edit.due.unwrap_or(text.due);
        self.receiver = edit.receiver.unwrap_or(self.receiver.clone());
        self.revision += 1;
    }
}

/// The event that says what the call did.
fn main_event(events: &[Told]) -> &Told {
    let besides = ["seat", "credited", "completed"];
    let mut main = events.iter().filter(|event| !besides.contains(&event.name.as_str()));
    let first = main.next().expect("a call that succeeds is told by an event");
    assert!(main.next().is_none(), "a call is told by one event");
    first
}

fn named<'a>(events: &'a [Told], name: &str) -> List<&'a Told> {
    events.iter().filter(|event| event.name == name).collect()
}

fn note<T: Clone + PartialEq>(list: &mut List<T>, item: &T) {
    if !list.contains(item) {
        list.push(item.clone());
    }
}

fn rename<'a>(parties: impl Iterator<Item = &'a mut Address>, from: &Address, to: &Address) {
    parties.filter(|party| *party == from).for_each(|party| *party = to.clone());
}

/// When a window has passed that began at `start`; 0 for never.
fn after(start: u64, window: u64) -> u64 {
    if start == 0 || window == 0 { 0 } else { start + window }
}
