//! What is told: one event for each call, with enough in it to rebuild the whole state.

use crate::types::{MilestoneEdit, NewMilestone, Ruling, StatusUpdate, Terms};
use soroban_sdk::{Address, String, Symbol, Vec, contractevent, contracttype};

/// A milestone's money went: to the receiver, as fee to the platform, back to the payer.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled(
    /// The milestone.
    pub u32,
    /// Its receiver.
    pub Address,
    /// To the receiver.
    pub i128,
    /// To the platform.
    pub i128,
    /// To the payer.
    pub i128,
);

/// The escrow stands.
#[contractevent]
#[derive(Clone)]
pub struct Created<'a> {
    #[topic]
    pub engagement_id: String,
    #[topic]
    pub admin: Address,
    pub terms: &'a Terms,
    pub milestones: Vec<NewMilestone>,
}

/// An address got a seat that it did not have, or lost one.
#[contractevent(data_format = "single-value")]
#[derive(Clone)]
pub struct Seat {
    #[topic]
    pub holder: Address,
    pub gained: bool,
}

/// The payer sent money in; milestones up to and including `through` are funded.
#[contractevent]
#[derive(Clone)]
pub struct Funded {
    #[topic]
    pub payer: Address,
    pub through: u32,
    pub amount: i128,
}

/// The payer counted money that was here already; milestones through `through` are funded.
#[contractevent]
#[derive(Clone)]
pub struct DepositCounted {
    #[topic]
    pub payer: Address,
    pub through: u32,
    pub amount: i128,
}

#[contractevent]
#[derive(Clone)]
pub struct StatusChanged {
    #[topic]
    pub provider: Address,
    pub updates: Vec<StatusUpdate>,
}

/// An approver voted for `milestones`; `approved` are those that it made approved.
#[contractevent]
#[derive(Clone)]
pub struct Approved {
    #[topic]
    pub approver: Address,
    pub milestones: Vec<u32>,
    pub approved: Vec<u32>,
}

#[contractevent]
#[derive(Clone)]
pub struct Rejected {
    #[topic]
    pub approver: Address,
    pub milestones: Vec<u32>,
    pub reason: String,
}

/// A signer voted to pay `voted`; `settled` were paid.
#[contractevent]
#[derive(Clone)]
pub struct Released {
    #[topic]
    pub signer: Address,
    pub voted: Vec<u32>,
    pub settled: Vec<Settled>,
}

/// An approver and release signer voted as both for `milestones`.
#[contractevent]
#[derive(Clone)]
pub struct Confirmed {
    #[topic]
    pub signer: Address,
    pub milestones: Vec<u32>,
    pub approved: Vec<u32>,
    pub settled: Vec<Settled>,
}

#[contractevent]
#[derive(Clone)]
pub struct Disputed {
    #[topic]
    pub party: Address,
    pub milestones: Vec<u32>,
    pub reason: String,
}

/// A side asked to drop the dispute of `milestones`; those in `resumed` are dropped.
#[contractevent]
#[derive(Clone)]
pub struct Resumed {
    #[topic]
    pub party: Address,
    pub milestones: Vec<u32>,
    pub resumed: Vec<u32>,
}

#[contractevent]
#[derive(Clone)]
pub struct Ruled {
    #[topic]
    pub resolver: Address,
    pub rulings: Vec<Ruling>,
    pub settled: Vec<Settled>,
}

/// The resolvers stayed silent, and the fallback was applied.
#[contractevent]
#[derive(Clone)]
pub struct Defaulted {
    pub settled: Vec<Settled>,
}

/// A side offered to settle.
#[contractevent]
#[derive(Clone)]
pub struct Offered {
    #[topic]
    pub party: Address,
    pub rulings: Vec<Ruling>,
    pub settled: Vec<Settled>,
}

/// The receiver gave the money back.
#[contractevent]
#[derive(Clone)]
pub struct Refunded {
    #[topic]
    pub receiver: Address,
    pub settled: Vec<Settled>,
}

/// The payer took back what was not delivered in time.
#[contractevent]
#[derive(Clone)]
pub struct Reclaimed {
    #[topic]
    pub payer: Address,
    pub settled: Vec<Settled>,
}

/// A payout of this call could not be made: it waits for its owner to claim it.
#[contractevent]
#[derive(Clone)]
pub struct Credited {
    #[topic]
    pub owner: Address,
    pub milestones: Vec<u32>,
    pub amount: i128,
}

#[contractevent]
#[derive(Clone)]
pub struct Claimed {
    #[topic]
    pub owner: Address,
    pub milestones: Vec<u32>,
    pub fees: i128,
    pub amount: i128,
    pub to: Address,
}

#[contractevent]
#[derive(Clone)]
pub struct Withdrawn {
    #[topic]
    pub payer: Address,
    pub token: Address,
    pub amount: i128,
}

#[contractevent]
#[derive(Clone)]
pub struct Updated<'a> {
    #[topic]
    pub admin: Address,
    pub terms: &'a Terms,
    pub revision: u32,
}

#[contractevent]
#[derive(Clone)]
pub struct MilestonesManaged {
    #[topic]
    pub admin: Address,
    pub remove: u32,
    pub edit: Vec<MilestoneEdit>,
    pub add: Vec<NewMilestone>,
    pub revision: u32,
}

#[contractevent]
#[derive(Clone)]
pub struct Redirected {
    #[topic]
    pub receiver: Address,
    pub milestone: u32,
    pub to: Address,
}

#[contractevent]
#[derive(Clone)]
pub struct Rotated {
    #[topic]
    pub from: Address,
    /// The name of the `Role`.
    pub role: Symbol,
    pub to: Address,
}

#[contractevent]
#[derive(Clone)]
pub struct TtlExtended {
    #[topic]
    pub admin: Address,
    pub ledgers: u32,
    pub start: u32,
    pub limit: u32,
}

/// Every milestone is settled.
#[contractevent(data_format = "single-value")]
#[derive(Clone)]
pub struct Completed {
    #[topic]
    pub engagement_id: String,
}
