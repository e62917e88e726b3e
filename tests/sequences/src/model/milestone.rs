//! One milestone: what it is, what has been said about it, and when it opens to whom.

use crate::action::{Fallback, Party, Staff, Text};
use crate::call::Status;
use crate::order::{NewMilestone, Payout};
use escrow::Error;

/// How a milestone came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Released,
    Resolved,
    Refunded,
}

/// Something for each of the two sides; one party may be both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides<T> {
    pub payer: T,
    pub receiver: T,
}

impl Sides<bool> {
    /// That the caller is one of them.
    pub fn require(self) -> Result<(), Error> {
        if self.payer || self.receiver { Ok(()) } else { Err(Error::NotParty) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub amount: i128,
    pub receiver: Party,
    pub approvals_required: u32,
    pub due: u64,
    pub revision: u32,
    pub funded: bool,
    pub status: Status,
    pub note: Option<Text>,
    pub evidence: Option<Text>,
    pub reason: Option<Text>,
    pub rejected: bool,
    /// Seats of the approvers who voted.
    pub approvals: Vec<usize>,
    /// Seats of the release signers who voted.
    pub releases: Vec<usize>,
    pub completed_at: Option<u64>,
    pub approved_at: Option<u64>,
    pub disputed_at: Option<u64>,
    pub resumes: Sides<bool>,
    /// By seat of the resolver.
    pub rulings: Vec<(usize, i128)>,
    pub offers: Sides<Option<i128>>,
    pub end: Option<End>,
    /// Of the amount, once ended.
    pub to_receiver: i128,
    pub owed: Sides<bool>,
}

impl Milestone {
    pub fn new(new: &NewMilestone, receiver: Party, revision: u32) -> Self {
        Self {
            title: new.title,
            description: new.description,
            document: new.document,
            amount: new.amount,
            receiver,
            approvals_required: new.approvals_required,
            due: new.due,
            revision,
            funded: false,
            status: Status::Pending,
            note: None,
            evidence: None,
            reason: None,
            rejected: false,
            approvals: vec![],
            releases: vec![],
            completed_at: None,
            approved_at: None,
            disputed_at: None,
            resumes: Sides::default(),
            rulings: vec![],
            offers: Sides::default(),
            end: None,
            to_receiver: 0,
            owed: Sides::default(),
        }
    }

    /// Its money is here.
    pub fn live(&self) -> Result<(), Error> {
        match (self.funded, self.end) {
            (false, _) => Err(Error::NotFunded),
            (true, Some(_)) => Err(Error::AlreadySettled),
            (true, None) => Ok(()),
        }
    }

    /// Nobody has approved it for good, and nobody disputes it.
    pub fn undecided(&self) -> Result<(), Error> {
        self.live()?;
        self.undisputed()?;
        if self.approved_at.is_some() { Err(Error::AlreadyApproved) } else { Ok(()) }
    }

    pub fn undisputed(&self) -> Result<(), Error> {
        if self.disputed_at.is_some() { Err(Error::AlreadyDisputed) } else { Ok(()) }
    }

    pub fn disputed(&self) -> Result<u64, Error> {
        self.live()?;
        self.disputed_at.ok_or(Error::NotDisputed)
    }

    /// It is what its signer saw.
    pub fn agrees(&self, payout: &Payout) -> Result<(), Error> {
        self.live()?;
        if payout.revision != self.revision {
            return Err(Error::RevisionMismatch);
        }
        if payout.amount != self.amount {
            return Err(Error::AmountMismatch);
        }
        if payout.receiver != self.receiver {
            return Err(Error::ReceiverMismatch);
        }
        Ok(())
    }

    /// Signatures on what it was are worth nothing any more.
    pub fn move_on(&mut self) {
        self.revision += 1;
        self.approvals.clear();
        self.releases.clear();
        self.offers = Sides::default();
    }

    pub fn set_status(&mut self, status: Status, now: u64) {
        self.status = status;
        self.completed_at = (status == Status::Completed).then_some(now);
        self.move_on();
    }

    pub fn approve(&mut self, seat: usize, now: u64) -> Result<(), Error> {
        self.undecided()?;
        if self.approvals.contains(&seat) {
            return Err(Error::AlreadyVoted);
        }
        self.approvals.push(seat);
        if self.approvals.len() >= self.approvals_required as usize {
            self.approved_at = Some(now);
        }
        Ok(())
    }

    /// Whether anybody may release it now; an error for those who may not at all.
    pub fn is_open(&self, seat: Option<usize>, staff: &Staff, now: u64) -> Result<bool, Error> {
        self.live()?;
        let open = self.open_at(staff).is_some_and(|at| at <= now);
        let stranger = seat.is_none() && !staff.release_signers.is_empty();
        if stranger && !open { Err(Error::NotReleaseSigner) } else { Ok(open) }
    }

    pub fn vote_to_release(&mut self, seat: usize) -> bool {
        let first = !self.releases.contains(&seat);
        if first {
            self.releases.push(seat);
        }
        first
    }

    pub fn is_past_due(&self, now: u64) -> bool {
        self.due != 0 && now > self.due
    }

    pub fn check_split(&self, to_receiver: i128) -> Result<(), Error> {
        if to_receiver < 0 || to_receiver > self.amount {
            return Err(Error::SplitOutOfRange);
        }
        Ok(())
    }

    /// All clocks stood still as long as the dispute lasted.
    pub fn resume(&mut self, now: u64) {
        let length = now - self.disputed_at.unwrap_or(now);
        if self.due != 0 {
            self.due += length;
        }
        self.completed_at = self.completed_at.map(|at| at + length);
        self.approved_at = self.approved_at.map(|at| at + length);
        self.offers = Sides::default();
        self.end_dispute();
    }

    pub fn end(&mut self, end: End, to_receiver: i128) {
        self.end = Some(end);
        self.to_receiver = to_receiver;
        self.offers = Sides::default();
        self.end_dispute();
    }

    /// What the receiver gets when the resolvers have stayed silent.
    pub fn by_default(&self, fallback: Fallback) -> i128 {
        let done = self.completed_at.is_some() || self.approved_at.is_some();
        match fallback {
            Fallback::Even => self.amount - self.amount / 2,
            Fallback::Release if done => self.amount,
            Fallback::Release | Fallback::Refund => 0,
        }
    }

    /// From when on anybody may release it.
    pub fn open_at(&self, staff: &Staff) -> Option<u64> {
        if self.live().is_err() || self.disputed_at.is_some() {
            return None;
        }
        if staff.release_signers.is_empty() && self.approved_at.is_some() {
            return self.approved_at;
        }
        after(self.approved_at.or(self.completed_at)?, staff.review_window)
    }

    /// From when on the payer may take the money back.
    pub fn reclaim_at(&self) -> Option<u64> {
        let late = self.due != 0 && self.completed_at.is_none() && self.undecided().is_ok();
        late.then(|| self.due + 1)
    }

    /// From when on anybody may have the fallback applied.
    pub fn default_at(&self, staff: &Staff) -> Option<u64> {
        after(self.disputed_at?, staff.dispute_window)
    }

    fn end_dispute(&mut self) {
        self.disputed_at = None;
        self.resumes = Sides::default();
        self.rulings.clear();
    }
}

/// When a window has passed; never, where there is none.
fn after(start: u64, window: u64) -> Option<u64> {
    if window == 0 { None } else { Some(start + window) }
}
