//! The network: its ledger, its history and its clock, and what moves them.

use crate::history::{Closed, History};
use crate::ledger::{Entries, Read};
use crate::settings::{LEDGER_SECONDS, Settings};
use soroban_env_host::LedgerInfo;
use soroban_simulation::NetworkConfig;
use std::rc::Rc;
use stellar_xdr::{DiagnosticEvent, Hash, TransactionEnvelope, TransactionResult};

/// How time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// By the clock of the machine, and by what is added to it.
    #[default]
    Real,
    /// Only when it is moved.
    Still,
}

/// What becomes of a transaction that is sent.
pub struct Submission {
    pub hash: Hash,
    pub status: Status,
}

pub enum Status {
    /// It is valid. Unless ledgers close by a timer, the ledger that holds it is closed already.
    Pending,
    /// It is known already.
    Duplicate,
    /// Another one of the same account is waiting for the next ledger.
    TryAgainLater,
    /// The network refuses it.
    Error { result: TransactionResult, diagnostics: Vec<DiagnosticEvent> },
}

pub struct Network {
    pub settings: Settings,
    pub network_id: Hash,
    pub entries: Rc<Entries>,
    pub history: History,
    /// What the simulation and the fees go by.
    pub config: NetworkConfig,
}

impl Network {
    /// The time at which a ledger would close now, in seconds since 1970.
    pub fn now(&self) -> u64 {
        todo!()
    }

    pub fn latest(&self) -> &Closed {
        self.history.latest()
    }

    /// What a contract sees of the latest ledger, at the present time.
    pub fn ledger_info(&self) -> LedgerInfo {
        todo!()
    }

    /// Takes a transaction: applies it at once, or keeps it for the next ledger.
    pub fn submit(&mut self, envelope: TransactionEnvelope) -> Submission {
        todo!()
    }

    /// Lets time pass, and as many ledgers with it as public networks close in that time.
    pub fn advance_time(&mut self, seconds: u64) {
        todo!()
    }

    /// Lets ledgers pass, and as much time with them as they take on public networks.
    pub fn advance_ledgers(&mut self, count: u32) {
        todo!()
    }

    /// Remembers how everything stands; the answer is what to call it by.
    pub fn snapshot(&mut self) -> u64 {
        todo!()
    }

    /// Goes back to how everything stood; false if there is nothing of that name.
    pub fn restore(&mut self, id: u64) -> bool {
        todo!()
    }
}
