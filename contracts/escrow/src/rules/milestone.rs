//! The state machine of one milestone.

use super::{Conditions, MAX_SEATS, add, split};
use crate::Error;
use crate::types::{Fallback, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub amount: i128,
    /// The gross of all milestones up to and including this one.
    pub through: i128,
    pub approvals_required: u32,
    pub due: u64,
    pub funded: bool,
    pub revision: u32,
    pub status: Status,
    pub completed_at: u64,
    /// It was rejected before, so that a reject moves its due date no more.
    pub rejected: bool,
    /// Approvers who voted, a bit for each seat.
    pub approvals: u16,
    pub approved_at: Option<u64>,
    /// Release signers who voted, a bit for each seat.
    pub releases: u16,
    pub disputed_at: Option<u64>,
    /// Who has asked to drop the dispute.
    pub resumes: Parties,
    /// What each resolver stands for, by seat.
    pub rulings: [Option<i128>; MAX_SEATS],
    pub offers: Offers,
    pub outcome: Option<Outcome>,
    /// Of the amount, once settled.
    pub to_receiver: i128,
    /// To whom a payout of this milestone is still owed.
    pub owed: Parties,
}

/// How a milestone was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Released,
    Resolved,
    Refunded,
}

/// The two sides of a milestone; one address may be both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    pub payer: bool,
    pub receiver: bool,
}

impl Parties {
    pub fn any(self) -> bool {
        self.payer || self.receiver
    }

    fn require(self) -> Result<(), Error> {
        if self.any() { Ok(()) } else { Err(Error::NotParty) }
    }

    pub fn both(self) -> bool {
        self.payer && self.receiver
    }

    pub fn with(self, other: Self) -> Self {
        Self { payer: self.payer || other.payer, receiver: self.receiver || other.receiver }
    }

    pub fn without(self, other: Self) -> Self {
        Self { payer: self.payer && !other.payer, receiver: self.receiver && !other.receiver }
    }
}

/// What each side would settle for. Offers hold for the seats as they were when made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    pub seats: u32,
    pub payer: Option<i128>,
    pub receiver: Option<i128>,
}

impl Milestone {
    pub fn new(amount: i128, through: i128, approvals: u32, due: u64, revision: u32) -> Self {
        Self {
            amount,
            through,
            approvals_required: approvals,
            due,
            funded: false,
            revision,
            status: Status::Pending,
            completed_at: 0,
            rejected: false,
            approvals: 0,
            approved_at: None,
            releases: 0,
            disputed_at: None,
            resumes: Parties::default(),
            rulings: [None; MAX_SEATS],
            offers: Offers::default(),
            outcome: None,
            to_receiver: 0,
            owed: Parties::default(),
        }
    }

    /// The provider reports; what was voted on before is void.
    pub fn report(&mut self, status: Status, now: u64) -> Result<(), Error> {
        self.undecided()?;
        if self.status == Status::Completed {
            return Err(Error::AlreadyCompleted);
        }
        if status == Status::Completed && self.is_past_due(now) {
            return Err(Error::PastDue);
        }
        self.change_status(status, now)
    }

    /// One vote; enough of them approve.
    pub fn approve(&mut self, seat: u32, now: u64) -> Result<(), Error> {
        self.undecided()?;
        if !vote(&mut self.approvals, seat) {
            return Err(Error::AlreadyVoted);
        }
        if self.approvals.count_ones() >= self.approvals_required {
            self.approved_at = Some(now);
        }
        Ok(())
    }

    /// Back to work. Only the first reject gives more time, so that nobody can go on for ever.
    pub fn reject(&mut self, review_window: u64, now: u64) -> Result<(), Error> {
        self.undecided()?;
        if self.status != Status::Completed {
            return Err(Error::NotCompleted);
        }
        if self.due > 0 && !self.rejected {
            self.due = self.due.max(now.saturating_add(review_window));
        }
        self.rejected = true;
        self.change_status(Status::InProgress, now)
    }

    /// A vote to pay, or the payment itself where `may_release` finds it open to anybody. True: pay
    /// now.
    pub fn release(
        &mut self,
        open: bool,
        seat: Option<u32>,
        c: &Conditions,
    ) -> Result<bool, Error> {
        self.undisputed()?;
        if open {
            return Ok(true);
        }
        if self.approved_at.is_none() {
            return Err(Error::NotApproved);
        }
        let first = vote(&mut self.releases, seat.ok_or(Error::NotReleaseSigner)?);
        let carried = self.releases.count_ones() >= c.policy.release_quorum;
        if first || carried { Ok(carried) } else { Err(Error::AlreadyVoted) }
    }

    /// The release half of a confirmation, after the approval; short of the quorums each counts as
    /// the vote it is. True: pay now.
    pub fn confirm(&mut self, open: bool, seat: Option<u32>, c: &Conditions) -> bool {
        if let Some(seat) = seat {
            vote(&mut self.releases, seat);
        }
        let carried = self.releases.count_ones() >= c.policy.release_quorum;
        open || (self.approved_at.is_some() && carried)
    }

    /// Stops the milestone. Once work is approved, only the two sides may.
    pub fn dispute(
        &mut self,
        party: Parties,
        member: bool,
        c: &Conditions,
        now: u64,
    ) -> Result<(), Error> {
        if !(party.any() || member && self.approved_at.is_none()) {
            return Err(Error::NotParty);
        }
        if c.resolvers == 0 {
            return Err(Error::NoResolvers);
        }
        self.live()?;
        self.undisputed()?;
        self.disputed_at = Some(now);
        self.offers = Offers::default();
        Ok(())
    }

    /// When both sides have asked, work goes on with all clocks set on by the dispute's length.
    /// True: the dispute is dropped.
    pub fn resume(&mut self, party: Parties, now: u64) -> Result<bool, Error> {
        party.require()?;
        let since = self.dispute_start()?;
        let asked = self.resumes.with(party);
        if asked == self.resumes {
            return Err(Error::AlreadyVoted);
        }
        self.resumes = asked;
        if !asked.both() {
            return Ok(false);
        }
        let length = now.saturating_sub(since);
        if self.due > 0 {
            self.due = self.due.saturating_add(length);
        }
        if self.status == Status::Completed {
            self.completed_at = self.completed_at.saturating_add(length);
        }
        self.approved_at = self.approved_at.map(|at| at.saturating_add(length));
        self.offers = Offers::default();
        self.end_dispute();
        Ok(true)
    }

    /// A resolver's ruling replaces its earlier one. The seat that is `barred`, because the
    /// receiver holds it, neither rules nor counts. True: enough rule the same.
    pub fn rule(
        &mut self,
        seat: u32,
        to_receiver: i128,
        barred: Option<u32>,
        c: &Conditions,
    ) -> Result<bool, Error> {
        if barred == Some(seat) {
            return Err(Error::ResolverIsReceiver);
        }
        self.dispute_start()?;
        self.check_split(to_receiver)?;
        *self.rulings.get_mut(seat as usize).ok_or(Error::NotDisputeResolver)? = Some(to_receiver);
        let same = (0..)
            .zip(&self.rulings)
            .filter(|(seat, ruling)| **ruling == Some(to_receiver) && Some(*seat) != barred);
        Ok(same.count() >= c.policy.resolve_quorum as usize)
    }

    /// What the receiver gets when the resolvers stayed silent.
    pub fn fallback(&self, c: &Conditions, now: u64) -> Result<i128, Error> {
        self.dispute_start()?;
        if self.default_at(c).is_none_or(|at| now < at) {
            return Err(Error::DisputeWindowOpen);
        }
        let done = self.status == Status::Completed || self.approved_at.is_some();
        Ok(match c.policy.fallback {
            Fallback::Release if done => self.amount,
            Fallback::Release | Fallback::Refund => 0,
            Fallback::Even => self.amount.saturating_sub(self.amount >> 1),
        })
    }

    /// An offer replaces the same side's earlier one. True: both sides offer the same.
    pub fn offer(&mut self, party: Parties, to_receiver: i128, seats: u32) -> Result<bool, Error> {
        party.require()?;
        self.live()?;
        self.check_split(to_receiver)?;
        if self.offers.seats != seats {
            self.offers = Offers { seats, ..Offers::default() };
        }
        if party.payer {
            self.offers.payer = Some(to_receiver);
        }
        if party.receiver {
            self.offers.receiver = Some(to_receiver);
        }
        Ok(self.offers.payer == self.offers.receiver)
    }

    /// The receiver may always give the money back.
    pub fn refund(&self) -> Result<(), Error> {
        self.live()
    }

    /// The payer may take back what was not delivered in time.
    pub fn reclaim(&self, now: u64) -> Result<(), Error> {
        self.undecided()?;
        if self.status == Status::Completed {
            return Err(Error::AlreadyCompleted);
        }
        if self.is_past_due(now) { Ok(()) } else { Err(Error::NotDue) }
    }

    /// Final: the milestone's money goes, once.
    pub fn settle(&mut self, outcome: Outcome, to_receiver: i128) -> Result<(), Error> {
        self.live()?;
        self.outcome = Some(outcome);
        self.to_receiver = to_receiver;
        self.offers = Offers::default();
        self.end_dispute();
        Ok(())
    }

    /// What is still owed to these sides.
    pub fn credit(&self, side: Parties, bps: u32) -> Result<i128, Error> {
        let split = split(self.amount, bps, self.to_receiver)?;
        let mut credit = 0;
        if side.receiver && self.owed.receiver {
            add(&mut credit, split.to_receiver)?;
        }
        if side.payer && self.owed.payer {
            add(&mut credit, split.to_payer)?;
        }
        Ok(credit)
    }

    /// The same, and it is owed no more.
    pub fn take_credit(&mut self, side: Parties, bps: u32) -> Result<i128, Error> {
        let credit = self.credit(side, bps)?;
        self.owed = self.owed.without(side);
        Ok(credit)
    }

    /// Another receiver: approvals of the work stay, all that was said to or by the former one is
    /// void.
    pub fn redirect(&mut self) -> Result<(), Error> {
        if self.outcome.is_some() {
            return Err(Error::AlreadySettled);
        }
        self.releases = 0;
        self.resumes.receiver = false;
        self.offers = Offers::default();
        Ok(())
    }

    /// What a signature agreed to is no longer what is here.
    pub fn move_on(&mut self) -> Result<(), Error> {
        self.revision = self.revision.checked_add(1).ok_or(Error::Overflow)?;
        self.approvals = 0;
        self.releases = 0;
        self.offers = Offers::default();
        Ok(())
    }

    /// From when on anybody may release, as things stand.
    pub fn open_at(&self, c: &Conditions) -> Option<u64> {
        if self.live().is_err() || self.disputed_at.is_some() {
            return None;
        }
        match self.approved_at {
            Some(at) if c.signers == 0 => Some(at),
            Some(at) => after(at, c.policy.review_window),
            None if self.status == Status::Completed => {
                after(self.completed_at, c.policy.review_window)
            }
            None => None,
        }
    }

    /// From when on the payer may reclaim, as things stand.
    pub fn reclaim_at(&self) -> Option<u64> {
        let unfinished = self.status != Status::Completed && self.undecided().is_ok();
        if unfinished && self.due > 0 { self.due.checked_add(1) } else { None }
    }

    /// From when on anybody may have the fallback applied, as things stand.
    pub fn default_at(&self, c: &Conditions) -> Option<u64> {
        after(self.disputed_at?, c.policy.dispute_window)
    }

    /// Funded and not settled.
    pub fn live(&self) -> Result<(), Error> {
        if !self.funded {
            return Err(Error::NotFunded);
        }
        if self.outcome.is_some() {
            return Err(Error::AlreadySettled);
        }
        Ok(())
    }

    /// Whether a live milestone may be released by anybody; an error for a stranger where not.
    pub fn may_release(&self, seat: Option<u32>, c: &Conditions, now: u64) -> Result<bool, Error> {
        self.live()?;
        let open = self.open_at(c).is_some_and(|at| now >= at);
        if open || seat.is_some() || c.signers == 0 {
            Ok(open)
        } else {
            Err(Error::NotReleaseSigner)
        }
    }

    fn change_status(&mut self, status: Status, now: u64) -> Result<(), Error> {
        self.status = status;
        self.completed_at = if status == Status::Completed { now } else { 0 };
        self.move_on()
    }

    fn end_dispute(&mut self) {
        self.disputed_at = None;
        self.resumes = Parties::default();
        self.rulings = [None; MAX_SEATS];
    }

    fn undisputed(&self) -> Result<(), Error> {
        if self.disputed_at.is_some() { Err(Error::AlreadyDisputed) } else { Ok(()) }
    }

    fn dispute_start(&self) -> Result<u64, Error> {
        self.live()?;
        self.disputed_at.ok_or(Error::NotDisputed)
    }

    /// Live, and neither disputed nor approved.
    fn undecided(&self) -> Result<(), Error> {
        self.live()?;
        self.undisputed()?;
        if self.approved_at.is_some() { Err(Error::AlreadyApproved) } else { Ok(()) }
    }

    fn check_split(&self, to_receiver: i128) -> Result<(), Error> {
        if (0..=self.amount).contains(&to_receiver) { Ok(()) } else { Err(Error::SplitOutOfRange) }
    }

    fn is_past_due(&self, now: u64) -> bool {
        self.due > 0 && now > self.due
    }
}

/// Counts a seat's vote; false if it was counted before.
fn vote(votes: &mut u16, seat: u32) -> bool {
    let before = *votes;
    *votes |= 1_u16.checked_shl(seat).unwrap_or(0);
    *votes != before
}

/// The moment a window has passed; never, where it is off.
fn after(start: u64, window: u64) -> Option<u64> {
    (window > 0).then(|| start.saturating_add(window))
}
