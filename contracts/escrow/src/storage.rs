//! What is kept, where, and for how long. Nothing else touches the environment's storage.
//!
//! | key | in | holds |
//! |---|---|---|
//! | `terms` | instance | [`Agreement`] |
//! | `ledger` | persistent | [`Ledger`] |
//! | a number | persistent | the milestone of that index, [`Record`] |
//!
//! Stored bytes are what an escrow costs, so values are packed as tuples, and whatever a vote, a
//! report or a dispute changes has its room from the start. `docs/costs.md` has the figures.

use crate::batch::item;
use crate::error::{Error, refuse};
use crate::rules::{Ledger, Milestone, Offers, Outcome, Parties};
use crate::types::{Fallback, Policy, Roles, Status, Terms};
use soroban_sdk::{
    Address, BytesN, Env, IntoVal, String, Symbol, Val, Vec, contracttype, symbol_short,
};

const TERMS: Symbol = symbol_short!("terms");
const LEDGER: Symbol = symbol_short!("ledger");

/// At five seconds each.
const LEDGERS_PER_DAY: u32 = 17_280;
/// What a call touches is extended when it has less than this left, ...
const TTL_THRESHOLD_LEDGERS: u32 = 30 * LEDGERS_PER_DAY;
/// ... to this.
const TTL_LEDGERS: u32 = 90 * LEDGERS_PER_DAY;

/// The terms and the counters that move with them.
#[derive(Clone)]
pub struct Agreement {
    /// Moves when the admin changes terms or milestones.
    pub revision: u32,
    /// Moves when a seat is handed over, an observer's apart: offers to settle hold for the seats
    /// as they were.
    pub seats: u32,
    /// Milestones below this index were voted on by former role lists.
    pub former: u32,
    pub terms: Terms,
}

/// A milestone: its texts, its receiver, and its state.
#[derive(Clone)]
pub struct Record {
    pub title: String,
    pub description: String,
    pub document: Option<BytesN<32>>,
    pub note: Option<String>,
    pub evidence: Option<String>,
    pub reason: Option<String>,
    pub receiver: Address,
    pub state: Milestone,
}

#[contracttype]
#[derive(Clone)]
struct StoredAgreement(
    u32,                // revision
    u32,                // seats handed over
    u32,                // milestones voted on by former role lists
    String,             // engagement id
    String,             // title
    String,             // description
    Option<BytesN<32>>, // document
    Address,            // payer
    Address,            // admin
    Address,            // platform
    Vec<Address>,       // approvers
    Vec<Address>,       // service providers
    Vec<Address>,       // release signers
    Vec<Address>,       // dispute resolvers
    Vec<Address>,       // observers
    Address,            // token
    u32,                // platform fee, basis points
    u32,                // release quorum
    u32,                // resolve quorum
    u64,                // review window, seconds
    u64,                // dispute window, seconds
    u32,                // fallback: 0 refund, 1 release, 2 even
);

#[contracttype]
#[derive(Clone)]
struct StoredLedger(
    u32,      // milestones
    u32,      // funded
    u32,      // settled
    u32,      // without due date
    Vec<u32>, // how many need 1, 2, … approvals
    i128,     // amount
    i128,     // gross
    i128,     // deposited
    i128,     // reserved
    i128,     // paid
    i128,     // fees
    i128,     // owed
    i128,     // fees owed
);

#[contracttype]
#[derive(Clone)]
struct StoredMilestone(
    String,                    // title
    String,                    // description
    Option<BytesN<32>>,        // document
    Option<String>,            // note
    Option<String>,            // evidence
    Option<String>,            // reason of the last dispute
    Address,                   // receiver
    i128,                      // amount
    i128,                      // gross of all through this one
    u32,                       // approvals required
    u64,                       // due
    u32,                       // revision
    u32,                       // flags, see `bit`
    u64,                       // completed at
    u64,                       // approved at
    u64,                       // disputed at
    u32,  // votes, a bit for each seat: 16 to approve, above them 16 to release
    i128, // to the receiver, once settled
    Option<Vec<Option<i128>>>, // rulings by seat
    Option<Vec<Option<i128>>>, // offers: seats when made, payer's, receiver's
);

/// The bits of a milestone's flags. The lowest two are its status.
mod bit {
    pub const STATUS: u32 = 0b11;
    pub const REJECTED: u32 = 1 << 2;
    pub const APPROVED: u32 = 1 << 3;
    pub const DISPUTED: u32 = 1 << 4;
    pub const RELEASED: u32 = 1 << 5;
    pub const RESOLVED: u32 = 1 << 6;
    pub const REFUNDED: u32 = 1 << 7;
    pub const PAYER_RESUMES: u32 = 1 << 8;
    pub const RECEIVER_RESUMES: u32 = 1 << 9;
    pub const PAYER_OWED: u32 = 1 << 10;
    pub const RECEIVER_OWED: u32 = 1 << 11;
}

#[inline(never)]
pub fn agreement(env: &Env) -> Agreement {
    let Some(s) = env.storage().instance().get::<_, StoredAgreement>(&TERMS) else {
        refuse(env, Error::Malformed)
    };
    let roles = Roles {
        payer: s.7,
        admin: s.8,
        platform: s.9,
        approvers: s.10,
        service_providers: s.11,
        release_signers: s.12,
        dispute_resolvers: s.13,
        observers: s.14,
    };
    let policy = Policy {
        release_quorum: s.17,
        resolve_quorum: s.18,
        review_window: s.19,
        dispute_window: s.20,
        fallback: match s.21 {
            0 => Fallback::Refund,
            1 => Fallback::Release,
            _ => Fallback::Even,
        },
    };
    let terms = Terms {
        engagement_id: s.3,
        title: s.4,
        description: s.5,
        document: s.6,
        roles,
        token: s.15,
        platform_fee_bps: s.16,
        policy,
    };
    Agreement { revision: s.0, seats: s.1, former: s.2, terms }
}

#[inline(never)]
pub fn save_agreement(env: &Env, revision: u32, seats: u32, former: u32, terms: &Terms) {
    let (roles, policy) = (&terms.roles, &terms.policy);
    let stored = StoredAgreement(
        revision,
        seats,
        former,
        terms.engagement_id.clone(),
        terms.title.clone(),
        terms.description.clone(),
        terms.document.clone(),
        roles.payer.clone(),
        roles.admin.clone(),
        roles.platform.clone(),
        roles.approvers.clone(),
        roles.service_providers.clone(),
        roles.release_signers.clone(),
        roles.dispute_resolvers.clone(),
        roles.observers.clone(),
        terms.token.clone(),
        terms.platform_fee_bps,
        policy.release_quorum,
        policy.resolve_quorum,
        policy.review_window,
        policy.dispute_window,
        policy.fallback as u32,
    );
    env.storage().instance().set(&TERMS, &stored);
}

/// Empty, as long as none is saved.
#[inline(never)]
pub fn ledger(env: &Env) -> Ledger {
    let none = || StoredLedger(0, 0, 0, 0, Vec::new(env), 0, 0, 0, 0, 0, 0, 0, 0);
    let s = env.storage().persistent().get(&LEDGER).unwrap_or_else(none);
    let stored = s.4.len();
    let needs =
        core::array::from_fn(
            |seat| {
                if (seat as u32) < stored { item(&s.4, seat as u32) } else { 0 }
            },
        );
    Ledger {
        milestones: s.0,
        funded: s.1,
        settled: s.2,
        without_due: s.3,
        needs,
        amount: s.5,
        gross: s.6,
        deposited: s.7,
        reserved: s.8,
        paid: s.9,
        fees: s.10,
        owed: s.11,
        fees_owed: s.12,
    }
}

#[inline(never)]
pub fn save_ledger(env: &Env, l: &Ledger) {
    let mut needs = Vec::new(env);
    for need in l.needs.iter().take(l.approvals_needed()) {
        needs.push_back(*need);
    }
    let stored = StoredLedger(
        l.milestones,
        l.funded,
        l.settled,
        l.without_due,
        needs,
        l.amount,
        l.gross,
        l.deposited,
        l.reserved,
        l.paid,
        l.fees,
        l.owed,
        l.fees_owed,
    );
    env.storage().persistent().set(&LEDGER, &stored);
}

/// The milestone of that index; `funded` is how many are.
#[inline(never)]
pub fn milestone(env: &Env, index: u32, funded: u32) -> Record {
    let Some(s) = env.storage().persistent().get::<_, StoredMilestone>(&index) else {
        refuse(env, Error::UnknownMilestone)
    };
    let has = |flag: u32| s.12 & flag != 0;
    let [seats, payer, receiver] = unpack(&s.19);
    let state = Milestone {
        amount: s.7,
        through: s.8,
        approvals_required: s.9,
        due: s.10,
        funded: index < funded,
        revision: s.11,
        status: match s.12 & bit::STATUS {
            0 => Status::Pending,
            1 => Status::InProgress,
            _ => Status::Completed,
        },
        completed_at: s.13,
        rejected: has(bit::REJECTED),
        approvals: s.16 as u16,
        approved_at: has(bit::APPROVED).then_some(s.14),
        releases: (s.16 >> 16) as u16,
        disputed_at: has(bit::DISPUTED).then_some(s.15),
        resumes: Parties { payer: has(bit::PAYER_RESUMES), receiver: has(bit::RECEIVER_RESUMES) },
        rulings: unpack(&s.18),
        offers: Offers { seats: seats.map_or(0, |seats| seats as u32), payer, receiver },
        outcome: if has(bit::RELEASED) {
            Some(Outcome::Released)
        } else if has(bit::RESOLVED) {
            Some(Outcome::Resolved)
        } else {
            has(bit::REFUNDED).then_some(Outcome::Refunded)
        },
        to_receiver: s.17,
        owed: Parties { payer: has(bit::PAYER_OWED), receiver: has(bit::RECEIVER_OWED) },
    };
    Record {
        title: s.0,
        description: s.1,
        document: s.2,
        note: s.3,
        evidence: s.4,
        reason: s.5,
        receiver: s.6,
        state,
    }
}

#[inline(never)]
pub fn save_milestone(env: &Env, index: u32, record: &Record) {
    let m = &record.state;
    let flags = [
        (m.rejected, bit::REJECTED),
        (m.approved_at.is_some(), bit::APPROVED),
        (m.disputed_at.is_some(), bit::DISPUTED),
        (m.outcome == Some(Outcome::Released), bit::RELEASED),
        (m.outcome == Some(Outcome::Resolved), bit::RESOLVED),
        (m.outcome == Some(Outcome::Refunded), bit::REFUNDED),
        (m.resumes.payer, bit::PAYER_RESUMES),
        (m.resumes.receiver, bit::RECEIVER_RESUMES),
        (m.owed.payer, bit::PAYER_OWED),
        (m.owed.receiver, bit::RECEIVER_OWED),
    ];
    let flags =
        flags.iter().fold(m.status as u32, |all, (on, bit)| if *on { all | bit } else { all });
    let Offers { seats, payer, receiver } = m.offers;
    let offers = payer.or(receiver).map_or([None; 3], |_| [Some(seats.into()), payer, receiver]);
    let stored = StoredMilestone(
        record.title.clone(),
        record.description.clone(),
        record.document.clone(),
        record.note.clone(),
        record.evidence.clone(),
        record.reason.clone(),
        record.receiver.clone(),
        m.amount,
        m.through,
        m.approvals_required,
        m.due,
        m.revision,
        flags,
        m.completed_at,
        m.approved_at.unwrap_or(0),
        m.disputed_at.unwrap_or(0),
        u32::from(m.releases) << 16 | u32::from(m.approvals),
        m.to_receiver,
        pack(env, &m.rulings),
        pack(env, &offers),
    );
    env.storage().persistent().set(&index, &stored);
    keep(env, &index);
}

/// Up to the last that is there, or nothing at all.
#[inline(never)]
fn pack(env: &Env, numbers: &[Option<i128>]) -> Option<Vec<Option<i128>>> {
    let last = numbers.iter().rposition(Option::is_some)?;
    Some(Vec::from_iter(env, numbers.iter().copied().take(last.saturating_add(1))))
}

fn unpack<const N: usize>(stored: &Option<Vec<Option<i128>>>) -> [Option<i128>; N] {
    let mut numbers = [None; N];
    if let Some(stored) = stored {
        for (position, number) in (0..stored.len()).zip(&mut numbers) {
            *number = item(stored, position);
        }
    }
    numbers
}

pub fn remove_milestone(env: &Env, index: u32) {
    env.storage().persistent().remove(&index);
}

/// Keeps instance and ledger alive, but never the code: its rent is a hundred times theirs.
pub fn keep_alive(env: &Env) {
    env.deployer().extend_ttl_for_contract_instance(
        env.current_contract_address(),
        TTL_THRESHOLD_LEDGERS,
        TTL_LEDGERS,
    );
    keep(env, &LEDGER);
}

/// Extends everything, the code too, and the entries of these milestones.
pub fn extend(env: &Env, ledgers: u32, milestones: core::ops::Range<u32>) {
    env.deployer().extend_ttl(env.current_contract_address(), ledgers, ledgers);
    env.storage().persistent().extend_ttl(&LEDGER, ledgers, ledgers);
    for index in milestones {
        env.storage().persistent().extend_ttl(&index, ledgers, ledgers);
    }
}

fn keep(env: &Env, key: &impl IntoVal<Env, Val>) {
    env.storage().persistent().extend_ttl(key, TTL_THRESHOLD_LEDGERS, TTL_LEDGERS);
}
