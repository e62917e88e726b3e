//! A state in one number.

use super::{AMOUNT, Configuration, NOW, Receiver, State, VALUES};
use escrow::Status;
use escrow::rules::{Offers, Outcome, Parties};

/// A due date lies less than this behind a dispute's beginning, or now.
const DUE_BEHIND: u64 = 6;

/// Fields of a number, the first of them lowest.
struct Fields {
    key: u64,
    used: u32,
    fit: bool,
}

impl Fields {
    fn put(&mut self, value: u64, bits: u32) {
        self.fit &= value >> bits == 0;
        self.key |= value << self.used;
        self.used += bits;
    }

    fn take(&mut self, bits: u32) -> u64 {
        let value = self.key & ((1 << bits) - 1);
        self.key >>= bits;
        value
    }

    fn take_flag(&mut self) -> bool {
        self.take(1) == 1
    }
}

/// The number of a state, all but its revision; none for one that is more than a step away from any
/// canonical state.
pub fn encode(state: &State) -> Option<u64> {
    let m = &state.milestone;
    let since = m.disputed_at.unwrap_or(NOW);
    let age = |at: u64| since.wrapping_sub(at);
    let mut fields = Fields { key: 0, used: 0, fit: true };
    fields.put(m.funded.into(), 1);
    fields.put(m.outcome.map_or(0, |outcome| outcome as u64 + 1), 2);
    fields.put(m.to_receiver.try_into().unwrap_or(u64::MAX), 3);
    fields.put(m.status as u64, 2);
    fields.put(if m.status == Status::Completed { age(m.completed_at) } else { 0 }, 3);
    fields.put(m.rejected.into(), 1);
    fields.put(m.approvals.into(), 2);
    fields.put(m.approved_at.map_or(0, |at| age(at).saturating_add(1)), 3);
    fields.put(m.releases.into(), 2);
    fields.put(m.disputed_at.map_or(0, |at| NOW.wrapping_sub(at).saturating_add(1)), 3);
    fields.put(m.resumes.payer.into(), 1);
    fields.put(m.resumes.receiver.into(), 1);
    for value in [m.rulings[0], m.rulings[1], m.offers.payer, m.offers.receiver] {
        fields.put(value.map_or(0, |value| value_code(value) + 1), 2);
    }
    fields.put(if m.offers == Offers::default() { 0 } else { 1 + u64::from(m.offers.seats) }, 2);
    fields.put(receiver_code(state.receiver), 2);
    let due = if m.due > 0 { (m.due + DUE_BEHIND).wrapping_sub(since) } else { 0 };
    fields.put(due, 4);
    fields.fit.then_some(fields.key)
}

/// The state of a number.
pub fn decode(configuration: &Configuration, key: u64) -> State {
    let mut fields = Fields { key, used: 0, fit: true };
    let state = State::new(configuration, Receiver::Plain);
    let mut m = state.milestone;
    m.funded = fields.take_flag();
    m.outcome = [None, Some(Outcome::Released), Some(Outcome::Resolved), Some(Outcome::Refunded)]
        [fields.take(2) as usize];
    m.to_receiver = fields.take(3).into();
    m.status = [Status::Pending, Status::InProgress, Status::Completed][fields.take(2) as usize];
    let completed_age = fields.take(3);
    m.rejected = fields.take_flag();
    m.approvals = fields.take(2) as u16;
    let approved_age = fields.take(3).checked_sub(1);
    m.releases = fields.take(2) as u16;
    m.disputed_at = fields.take(3).checked_sub(1).map(|age| NOW - age);
    m.resumes = Parties { payer: fields.take_flag(), receiver: fields.take_flag() };
    let mut value = || fields.take(2).checked_sub(1).map(|code| VALUES[code as usize]);
    [m.rulings[0], m.rulings[1]] = [value(), value()];
    let (payer, receiver) = (value(), value());
    let seats = fields.take(2).saturating_sub(1) as u32;
    m.offers = Offers { seats, payer, receiver };
    let receiver = receiver_of(fields.take(2));
    // All clocks count from the dispute, where there is one, else from now.
    let since = m.disputed_at.unwrap_or(NOW);
    if m.status == Status::Completed {
        m.completed_at = since - completed_age;
    }
    m.approved_at = approved_age.map(|age| since - age);
    m.due = match fields.take(4) {
        0 => 0,
        ahead => since + ahead - DUE_BEHIND,
    };
    State { milestone: m, receiver }
}

fn value_code(value: i128) -> u64 {
    // What is neither does not fit.
    VALUES.iter().position(|known| *known == value).unwrap_or(AMOUNT as usize) as u64
}

fn receiver_code(receiver: Receiver) -> u64 {
    match receiver {
        Receiver::Plain => 0,
        Receiver::Payer => 1,
        Receiver::Resolver(seat) => 2 + u64::from(seat),
    }
}

fn receiver_of(code: u64) -> Receiver {
    match code {
        0 => Receiver::Plain,
        1 => Receiver::Payer,
        seat => Receiver::Resolver(seat as u32 - 2),
    }
}
