//! Everything the ledger counts, added up from the milestones themselves.

use super::Books;
use super::part::{Part, Payment, Stage, fee};
use escrow::State;
use escrow::rules::{Ledger, MAX_SEATS};

impl Books {
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().flatten()
    }

    /// How many milestones there are.
    pub fn len(&self) -> usize {
        self.parts().count()
    }

    fn payments(&self) -> impl Iterator<Item = (&Part, Payment)> {
        self.parts().filter_map(|part| Some((part, part.payment()?)))
    }

    fn in_stage(&self, stage: Stage) -> impl Iterator<Item = &Part> {
        self.parts().filter(move |part| part.stage == stage)
    }

    fn unsettled(&self) -> impl Iterator<Item = &Part> {
        self.parts().filter(|part| part.payment().is_none())
    }

    /// The gross of all milestones through this one.
    pub fn through(&self, index: usize) -> i128 {
        self.parts().take(index + 1).map(Part::gross).sum()
    }

    pub fn funded(&self) -> usize {
        self.parts().filter(|part| part.stage != Stage::Unfunded).count()
    }

    /// What it takes to fund all through this one.
    pub fn needed(&self, index: usize) -> i128 {
        let not_funded = self.parts().take(index + 1).filter(|part| part.stage == Stage::Unfunded);
        not_funded.map(Part::gross).sum()
    }

    pub fn owed(&self) -> i128 {
        let owed = |(part, payment): (&Part, Payment)| {
            let to_payer = if payment.owes_payer { part.returned(payment) } else { 0 };
            to_payer + if payment.owes_receiver { payment.to_receiver } else { 0 }
        };
        self.payments().map(owed).sum()
    }

    pub fn fees_owed(&self) -> i128 {
        let owed = self.payments().filter(|(_, payment)| payment.owes_platform);
        owed.map(|(_, payment)| fee(payment.to_receiver)).sum()
    }

    pub fn refunded(&self) -> i128 {
        self.payments().map(|(part, payment)| part.returned(payment)).sum()
    }

    fn reserved(&self) -> i128 {
        self.in_stage(Stage::Funded).map(Part::gross).sum()
    }

    pub fn balance(&self) -> i128 {
        self.reserved() + self.owed() + self.fees_owed() + self.unreserved
    }

    pub fn approvals_needed(&self) -> usize {
        self.unsettled().map(|part| part.approvals as usize).max().unwrap_or(0)
    }

    pub fn state(&self) -> State {
        if self.unsettled().next().is_none() {
            State::Completed
        } else if self.in_stage(Stage::Funded).next().is_some() {
            State::Active
        } else {
            State::AwaitingFunds
        }
    }

    pub fn ledger(&self) -> Ledger {
        let mut needs = [0; MAX_SEATS];
        for part in self.unsettled() {
            needs[part.approvals as usize - 1] += 1;
        }
        let deposited = self.funded().checked_sub(1).map_or(0, |last| self.through(last));
        Ledger {
            milestones: self.len() as u32,
            funded: self.funded() as u32,
            settled: self.payments().count() as u32,
            without_due: self.unsettled().filter(|part| !part.due).count() as u32,
            needs,
            amount: self.parts().map(|part| part.amount).sum(),
            gross: self.parts().map(Part::gross).sum(),
            deposited,
            reserved: self.reserved(),
            paid: self.payments().map(|(_, payment)| payment.to_receiver).sum(),
            fees: self.payments().map(|(_, payment)| fee(payment.to_receiver)).sum(),
            owed: self.owed(),
            fees_owed: self.fees_owed(),
        }
    }
}
