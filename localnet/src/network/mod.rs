//! The network: its ledger, its history and its clock, and what moves them.

mod close;
mod travel;

pub use travel::FURTHEST_LEDGER;

use crate::accounts::id_of;
use crate::history::{Closed, History};
use crate::ledger::{Changed, Delta, Entries, Snapshot, sha256};
use crate::operations::classic::accounts::new_account;
use crate::operations::soroban::Modules;
use crate::root;
use crate::settings::{
    BASE_RESERVE_STROOPS, LEDGER_MAX_TRANSACTIONS, PASSPHRASE, PROTOCOL, Settings, TOTAL_COINS,
};
use crate::store::{Kept, Store, StoreError};
use crate::transaction::{Frame, Refusal};
use crate::validity::Judge;
use close::merge;
use soroban_env_host::LedgerInfo;
use soroban_simulation::NetworkConfig;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use stellar_xdr::{
    Hash, LedgerEntryData, TransactionEnvelope, TransactionResult, TransactionResultCode as Code,
};
use travel::{Saved, difference};

const FIRST_LEDGER: u32 = 1;

/// How many times the fee of a transaction that waits somebody has to offer to replace it.
const REPLACING_FEE_FACTOR: i128 = 10;

/// For so many ledgers nodes do not look at a transaction again that they have applied.
const BANNED_LEDGERS: u32 = 10;

/// How time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// By the clock of the machine, and by what is added to it.
    #[default]
    Real,
    /// Only when it is moved.
    Still,
}

/// When a ledger closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rhythm {
    /// With each transaction.
    #[default]
    Instant,
    /// When it is told to, with all transactions that wait.
    Told,
}

/// What becomes of a transaction that is sent.
#[derive(Clone, Debug)]
pub struct Submission {
    pub hash: Hash,
    pub status: Status,
}

#[derive(Clone, Debug)]
pub enum Status {
    /// It is valid. Unless ledgers close by a timer, the ledger that holds it is closed already.
    Pending,
    /// It is waiting already.
    Duplicate,
    /// It was applied just now, or another one of its account is waiting for the next ledger.
    TryAgainLater,
    /// The network refuses it, and may say why in more words than the result has.
    Error(TransactionResult, Option<&'static str>),
}

pub struct Network {
    pub settings: Settings,
    pub network_id: Hash,
    pub entries: Entries,
    pub history: History,
    /// What the simulation and the fees go by.
    pub config: NetworkConfig,
    pace: Pace,
    rhythm: Rhythm,
    /// How far the clock is ahead of the machine's, in seconds; without one, what it shows.
    ahead: u64,
    modules: Modules,
    waiting: Vec<Frame>,
    snapshots: BTreeMap<u64, Saved>,
    store: Option<Store>,
}

impl Network {
    /// A network whose first ledger holds its settings, and all XLM in one account.
    pub fn new(settings: Settings, pace: Pace) -> Self {
        let nothing = Entries::new();
        let mut ledger = Delta::new(&nothing, FIRST_LEDGER);
        for setting in settings.entries() {
            ledger.put(LedgerEntryData::ConfigSetting(setting));
        }
        let root = id_of(&root::key(&sha256(PASSPHRASE.as_bytes())));
        ledger.put_account(new_account(&root, TOTAL_COINS, 0));
        let mut entries = Entries::new();
        merge(&mut entries, ledger.into_changed());
        let ahead = if pace == Pace::Still { clock() } else { 0 };
        let kept = Kept { entries, history: History::default(), ahead };
        let mut network = Self::with(settings, pace, kept);
        let header = network.next_header(FIRST_LEDGER);
        network
            .record(Changed::new(), header, &[], Vec::new())
            .expect("there is no state file that could fail");
        network
    }

    /// The network that a state file holds, or nothing if the file is new.
    pub fn open(store: Store, settings: Settings, pace: Pace) -> Result<Opened, StoreError> {
        Ok(match store.load(settings)? {
            Some(kept) => {
                let mut network = Self::with(settings, pace, kept);
                network.store = Some(store);
                Opened::Network(Box::new(network))
            }
            None => Opened::Empty(store),
        })
    }

    /// Keeps everything in a state file from now on.
    pub fn keep_in(&mut self, store: Store) -> Result<(), StoreError> {
        let written = difference(&Entries::new(), &self.entries);
        store.fill(self.settings, &written, &self.history, self.ahead)?;
        self.store = Some(store);
        Ok(())
    }

    fn with(settings: Settings, pace: Pace, kept: Kept) -> Self {
        let Kept { entries, history, ahead } = kept;
        let config = NetworkConfig::load_from_snapshot(&Snapshot(entries.clone()))
            .expect("the settings that every ledger of this network holds");
        let modules = Modules::new(&config, &entries);
        Self {
            settings,
            network_id: sha256(PASSPHRASE.as_bytes()),
            entries,
            history,
            config,
            pace,
            rhythm: Rhythm::default(),
            ahead,
            modules,
            waiting: Vec::new(),
            snapshots: BTreeMap::new(),
            store: None,
        }
    }

    /// When ledgers close from now on.
    pub fn set_rhythm(&mut self, rhythm: Rhythm) {
        self.rhythm = rhythm;
    }

    /// The time at which a ledger would close now, in seconds since 1970.
    pub fn now(&self) -> u64 {
        let shown = match self.pace {
            Pace::Real => clock().saturating_add(self.ahead),
            Pace::Still => self.ahead,
        };
        shown.max(self.history.last().map_or(0, Closed::close_time))
    }

    /// How far its clock is ahead of the machine's, in seconds.
    pub fn ahead(&self) -> u64 {
        self.now().saturating_sub(clock())
    }

    pub fn latest(&self) -> &Closed {
        self.history.latest()
    }

    /// What a contract sees of the latest ledger, at the present time.
    pub fn ledger_info(&self) -> LedgerInfo {
        let mut info = LedgerInfo {
            protocol_version: PROTOCOL,
            sequence_number: self.latest().sequence(),
            timestamp: self.now(),
            network_id: self.network_id.0,
            base_reserve: BASE_RESERVE_STROOPS,
            ..LedgerInfo::default()
        };
        self.config.fill_config_fields_in_ledger_info(&mut info);
        info
    }

    /// Takes a transaction: applies it at once, or keeps it for the next ledger.
    pub fn submit(&mut self, envelope: TransactionEnvelope) -> Result<Submission, StoreError> {
        let frame = Frame::new(envelope, &self.network_id);
        let hash = frame.hash.clone();
        let status = self.receive(frame);
        if matches!(status, Status::Pending) && self.rhythm == Rhythm::Instant {
            self.close()?;
        }
        Ok(Submission { hash, status })
    }

    fn receive(&mut self, frame: Frame) -> Status {
        let is_this = |other: &Frame| other.hash == frame.hash || other.inner_hash == frame.hash;
        if self.waiting.iter().any(is_this) {
            return Status::Duplicate;
        }
        let latest = self.latest().sequence();
        let applied = self.history.transaction(&frame.hash);
        let applied = applied.filter(|applied| applied.hash == frame.hash);
        if applied.is_some_and(|applied| latest - applied.ledger < BANNED_LEDGERS) {
            return Status::TryAgainLater;
        }
        let room = match self.find_room(&frame) {
            Room::Free => None,
            Room::Replacing(index) => Some(index),
            Room::None(status) => return status,
        };
        let header = self.next_header(latest + 1);
        let judge =
            Judge { ledger: &self.entries, header: &header, fees: &self.config.fee_configuration };
        if let Err(refusal) = judge.admit(&frame) {
            let why = refusal.why();
            return Status::Error(frame.result(frame.least_fee(), Err(refusal)), why);
        }
        if let Some(index) = room {
            self.waiting.remove(index);
        }
        self.waiting.push(frame);
        Status::Pending
    }

    /// One transaction of an account waits at a time. Only a fee bump of it may take its place.
    fn find_room(&self, frame: &Frame) -> Room {
        let of_source = |other: &Frame| other.source() == frame.source();
        let Some(index) = self.waiting.iter().position(of_source) else {
            let full = self.waiting.len() >= LEDGER_MAX_TRANSACTIONS as usize;
            return if full { Room::None(Status::TryAgainLater) } else { Room::Free };
        };
        let (other, ours) = (&self.waiting[index], frame.tx().seq_num.0);
        let theirs = other.tx().seq_num.0;
        if ours < theirs {
            let result = frame.result(frame.least_fee(), Err(Refusal::Whole(Code::TxBadSeq)));
            return Room::None(Status::Error(result, None));
        }
        if frame.fee_bump().is_none() || ours != theirs {
            return Room::None(Status::TryAgainLater);
        }
        // It has to offer so many times more for each operation, of which a bump counts as one.
        let (least, theirs) = (frame.min_inclusion_fee(), other.min_inclusion_fee());
        let needed = i128::from(other.inclusion_fee()) * i128::from(least) * REPLACING_FEE_FACTOR;
        if i128::from(frame.inclusion_fee()) * i128::from(theirs) >= needed {
            return Room::Replacing(index);
        }
        let needed = i64::try_from(needed / i128::from(theirs)).unwrap_or(i64::MAX);
        let refusal = Refusal::FeeBump(Code::TxInsufficientFee);
        Room::None(Status::Error(frame.result(needed, Err(refusal)), None))
    }
}

/// What a state file turns out to be.
pub enum Opened {
    Network(Box<Network>),
    Empty(Store),
}

/// Whether a transaction can wait for the next ledger.
enum Room {
    Free,
    /// In the place of another one.
    Replacing(usize),
    None(Status),
}

/// The time of the machine, in seconds since 1970.
fn clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
