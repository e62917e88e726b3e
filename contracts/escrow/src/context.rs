//! What a call works on: the agreement, the ledger and the time, read once.

use crate::Error;
use crate::batch::List;
use crate::event::{self, Settled};
use crate::payout::{self, MAX_SETTLED};
use crate::rules::{Conditions, Ledger, Outcome, Parties, split};
use crate::storage::{self, Agreement, Record};
use crate::types::{Payout, Roles};
use soroban_sdk::{Address, Env, Vec};

pub struct Context<'a> {
    pub env: &'a Env,
    pub agreement: Agreement,
    pub ledger: Ledger,
    pub conditions: Conditions,
    pub now: u64,
    settled: List<Settled, MAX_SETTLED>,
}

impl<'a> Context<'a> {
    /// For a view: nothing is extended.
    #[inline(never)]
    pub fn read(env: &'a Env) -> Result<Self, Error> {
        let agreement = storage::agreement(env)?;
        let conditions = Conditions {
            fee_bps: agreement.terms.platform_fee_bps,
            signers: agreement.terms.roles.release_signers.len(),
            resolvers: agreement.terms.roles.dispute_resolvers.len(),
            policy: agreement.terms.policy,
        };
        Ok(Self {
            env,
            agreement,
            ledger: storage::ledger(env)?,
            conditions,
            now: env.ledger().timestamp(),
            settled: List::new(),
        })
    }

    /// For a call that changes something.
    pub fn open(env: &'a Env) -> Result<Self, Error> {
        let context = Self::read(env)?;
        storage::keep_alive(env);
        Ok(context)
    }

    pub fn roles(&self) -> &Roles {
        &self.agreement.terms.roles
    }

    pub fn require_payer(&self, caller: &Address) -> Result<(), Error> {
        if *caller == self.roles().payer { Ok(()) } else { Err(Error::NotPayer) }
    }

    pub fn require_admin(&self, caller: &Address) -> Result<(), Error> {
        if *caller == self.roles().admin { Ok(()) } else { Err(Error::NotAdmin) }
    }

    /// The terms are still those that the caller saw.
    pub fn require_revision(&self, revision: u32) -> Result<(), Error> {
        if revision == self.agreement.revision { Ok(()) } else { Err(Error::RevisionMismatch) }
    }

    pub fn approver(&self, caller: &Address) -> Result<u32, Error> {
        seat(&self.roles().approvers, caller).ok_or(Error::NotApprover)
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

    pub fn milestone(&self, index: u32) -> Result<Record, Error> {
        if index >= self.ledger.milestones {
            return Err(Error::UnknownMilestone);
        }
        storage::milestone(self.env, index, self.ledger.funded)
    }

    /// The milestone of a payout, still as its signer saw it.
    pub fn agreed(&self, payout: &Payout) -> Result<Record, Error> {
        let record = self.milestone(payout.milestone)?;
        record.state.live()?;
        if payout.revision != record.state.revision {
            return Err(Error::RevisionMismatch);
        }
        if payout.amount != record.state.amount {
            return Err(Error::AmountMismatch);
        }
        if payout.receiver != record.receiver {
            return Err(Error::ReceiverMismatch);
        }
        Ok(record)
    }

    pub fn save(&self, index: u32, record: &Record) {
        storage::save_milestone(self.env, index, record);
    }

    /// Settles a milestone in the books; [`Context::pay`] then moves the money.
    #[inline(never)]
    pub fn settle(
        &mut self,
        index: u32,
        record: &mut Record,
        outcome: Outcome,
        to_receiver: i128,
    ) -> Result<(), Error> {
        let split = split(record.state.amount, self.conditions.fee_bps, to_receiver)?;
        record.state.settle(outcome, to_receiver)?;
        self.ledger.settle(&record.state, &split)?;
        self.save(index, record);
        self.settled.push(Settled(
            index,
            record.receiver.clone(),
            split.to_receiver,
            split.fee,
            split.to_payer,
        ))
    }

    /// Pays all that this call has settled, and tells it for the event.
    #[inline(never)]
    pub fn pay(mut self) -> Result<Vec<Settled>, Error> {
        let mut told = Vec::new(self.env);
        for settled in self.settled.iter() {
            told.push_back(settled.clone());
        }
        if told.is_empty() {
            return Ok(told);
        }
        storage::save_ledger(self.env, &self.ledger);
        payout::pay(self.env, &self.agreement.terms, &mut self.ledger, &self.settled)?;
        if self.ledger.settled == self.ledger.milestones {
            let engagement_id = self.agreement.terms.engagement_id.clone();
            event::Completed { engagement_id }.publish(self.env);
        }
        Ok(told)
    }
}

/// Which seat of a list an address holds.
#[inline(never)]
pub fn seat(list: &Vec<Address>, address: &Address) -> Option<u32> {
    list.first_index_of(address)
}
