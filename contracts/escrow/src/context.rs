//! What a call works on: the agreement, the ledger and the time, read once; and the one way in
//! which a call changes milestones.

use crate::batch::{self, Item, Load, MAX_ITEMS};
use crate::error::{Error, OrRefuse, require};
use crate::event::{self, Settled};
use crate::payout::Payees;
use crate::rules::{Conditions, Ledger, Outcome, Parties, split};
use crate::storage::{self, Agreement, Record};
use crate::types::{Roles, State};
use soroban_sdk::{Address, Env, Vec};

pub struct Context<'a> {
    pub env: &'a Env,
    pub agreement: Agreement,
    pub ledger: Ledger,
    pub conditions: Conditions,
    pub now: u64,
    /// The milestones that this call has named so far.
    pub named: Vec<u32>,
    pub load: Load,
    settled: Vec<Settled>,
    payees: Payees,
}

/// What a settled milestone takes in the events of its call, the transfers apart.
const SETTLED_EVENT_BYTES: u32 = 124;
/// What ten rulings take in a stored milestone.
const RULINGS_BYTES: u32 = 212;

/// What becomes of a milestone that a call has looked at.
pub enum Next {
    /// It is kept as the call left it.
    Keep,
    /// Its money goes: this much to the receiver.
    Settle(Outcome, i128),
}

/// What a verb does to a milestone, for one item of its list.
type Change<'c, 'a, T> = dyn FnMut(&Context<'a>, &T, &mut Record) -> Result<Next, Error> + 'c;

impl<'a> Context<'a> {
    /// For a view: nothing is extended.
    #[inline(never)]
    pub fn read(env: &'a Env) -> Self {
        let agreement = storage::agreement(env);
        let conditions = Conditions {
            fee_bps: agreement.terms.platform_fee_bps,
            signers: agreement.terms.roles.release_signers.len(),
            resolvers: agreement.terms.roles.dispute_resolvers.len(),
            policy: agreement.terms.policy,
        };
        Self {
            env,
            agreement,
            ledger: storage::ledger(env),
            conditions,
            now: env.ledger().timestamp(),
            named: Vec::new(env),
            load: Load::default(),
            settled: Vec::new(env),
            payees: Payees::new(env),
        }
    }

    /// For a call that changes something.
    #[inline(never)]
    pub fn open(env: &'a Env) -> Self {
        storage::keep_alive(env);
        Self::read(env)
    }

    pub fn roles(&self) -> &Roles {
        &self.agreement.terms.roles
    }

    pub fn require_payer(&self, caller: &Address) {
        require(self.env, *caller == self.roles().payer, Error::NotPayer);
    }

    pub fn require_admin(&self, caller: &Address) {
        require(self.env, *caller == self.roles().admin, Error::NotAdmin);
    }

    /// The terms are still those that the caller saw.
    pub fn require_revision(&self, revision: u32) {
        require(self.env, revision == self.agreement.revision, Error::RevisionMismatch);
    }

    pub fn approver(&self, caller: &Address) -> u32 {
        seat(&self.roles().approvers, caller).ok_or(Error::NotApprover).or_refuse(self.env)
    }

    pub fn signer(&self, caller: &Address) -> Option<u32> {
        seat(&self.roles().release_signers, caller)
    }

    pub fn resolver(&self, caller: &Address) -> Option<u32> {
        seat(&self.roles().dispute_resolvers, caller)
    }

    /// Which of a milestone's two sides an address is.
    pub fn party(&self, record: &Record, address: &Address) -> Parties {
        Parties { payer: *address == self.roles().payer, receiver: *address == record.receiver }
    }

    pub fn milestone(&self, index: u32) -> Record {
        storage::milestone(self.env, index, self.ledger.funded)
    }

    pub fn save(&self, index: u32, record: &Record) {
        storage::save_milestone(self.env, index, record);
    }

    /// A list may not be longer than what one call can handle.
    #[inline(never)]
    pub fn require_list(&mut self, items: u32, event_bytes: u32) {
        require(self.env, items <= MAX_ITEMS, Error::TooLarge);
        self.load.bytes(self.env, items.saturating_mul(event_bytes));
    }

    /// Each milestone is named at most once in a call.
    #[inline(never)]
    pub fn name(&mut self, milestone: u32) {
        require(self.env, !self.named.contains(milestone), Error::DuplicateMilestone);
        self.named.push_back(milestone);
    }

    /// Changes the milestone of each item, once the list as a whole is in order.
    pub fn each<T: Item>(&mut self, items: &Vec<T>, change: &mut Change<'_, 'a, T>) {
        require(self.env, !items.is_empty(), Error::Empty);
        self.require_list(items.len(), T::EVENT_BYTES);
        for position in 0..items.len() {
            self.name(batch::item(items, position).milestone());
        }
        for position in 0..items.len() {
            let item = batch::item(items, position);
            let mut record = self.milestone(item.milestone());
            let next = change(self, &item, &mut record).or_refuse(self.env);
            self.put(item.milestone(), &mut record, next);
        }
    }

    /// Writes the books of all that this call has settled, pays it, and tells it for the event.
    #[inline(never)]
    pub fn pay(&mut self) -> Vec<Settled> {
        if !self.settled.is_empty() {
            storage::save_ledger(self.env, &self.ledger);
            let owed = self.payees.pay(self.env, &self.agreement.terms, &self.named);
            if owed > 0 {
                self.ledger.owe(owed).or_refuse(self.env);
                storage::save_ledger(self.env, &self.ledger);
            }
        }
        self.settled.clone()
    }

    /// Tells, after all else, if this call completed the escrow.
    #[inline(never)]
    pub fn tell_completed(&self, changed: bool) {
        if changed && self.ledger.state() == State::Completed {
            let engagement_id = self.agreement.terms.engagement_id.clone();
            event::Completed { engagement_id }.publish(self.env);
        }
    }

    #[inline(never)]
    fn put(&mut self, index: u32, record: &mut Record, next: Next) {
        let env = self.env;
        if let Next::Settle(outcome, to_receiver) = next {
            let bps = self.conditions.fee_bps;
            let split = split(record.state.amount, bps, to_receiver).or_refuse(env);
            record.state.settle(outcome, to_receiver).or_refuse(env);
            self.ledger.settle(&record.state, &split).or_refuse(env);
            self.load.bytes(env, SETTLED_EVENT_BYTES);
            self.payees.add(env, &mut self.load, &record.receiver, to_receiver);
            let payer = &self.agreement.terms.roles.payer;
            self.payees.add(env, &mut self.load, payer, split.to_payer);
            let receiver = record.receiver.clone();
            let settled = Settled(index, receiver, to_receiver, split.fee, split.to_payer);
            self.settled.push_back(settled);
        }
        let (title, description) = (Some(&record.title), Some(&record.description));
        let (note, evidence) = (record.note.as_ref(), record.evidence.as_ref());
        for text in [title, description, note, evidence, record.reason.as_ref()].iter().flatten() {
            self.load.stored(env, text.len());
        }
        if record.state.rulings.iter().any(Option::is_some) {
            self.load.stored(env, RULINGS_BYTES);
        }
        self.save(index, record);
    }
}

/// Which seat of a list an address holds.
#[inline(never)]
pub fn seat(list: &Vec<Address>, address: &Address) -> Option<u32> {
    list.first_index_of(address)
}
