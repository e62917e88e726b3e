//! The state file: everything that must be there again after the process was killed.

use crate::history::{Closed, History};
use crate::ledger::{Changed, Entries, xdr};
use crate::settings::Settings;
use redb::{
    Database, DatabaseError, ReadableDatabase, ReadableTable, StorageError, TableDefinition,
    WriteTransaction,
};
use std::cell::Cell;
use std::fs;
use std::io::{self, ErrorKind::InvalidData, ErrorKind::UnexpectedEof};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Once;
use stellar_xdr::{LedgerCloseMeta, LedgerEntry, LedgerKey, Limits, ReadXdr};

/// What is written, and how, as a number that changes with it.
const VERSION: u64 = 1;

/// Keys to entries, each with the last ledger in which it lives in front: 0 where it cannot die.
const ENTRIES: TableDefinition<&[u8], (u32, &[u8])> = TableDefinition::new("entries");
/// Sequence numbers to what the network publishes of the ledger.
const LEDGERS: TableDefinition<u32, &[u8]> = TableDefinition::new("ledgers");
const FIGURES: TableDefinition<&str, u64> = TableDefinition::new("figures");

/// How a database begins: with the name of its format, in a page that holds nothing else but where
/// everything is; and what there is room for in a new one, at most.
const NAME_BYTES: usize = 9;
const HEAD_BYTES: usize = 4096;
const NEW_FILE_BYTES: u64 = 2 * 1024 * 1024;

const VERSION_KEY: &str = "version";
const SETTINGS_KEY: &str = "settings";
const AHEAD_KEY: &str = "seconds ahead";

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the state file {0} cannot be opened: {1}")]
    Unusable(PathBuf, String),
    #[error(
        "{0} is damaged, or no state file of this version of localnet; move it away to start afresh"
    )]
    Foreign(PathBuf),
    #[error("the state file {0} was made with {1} settings; start with the same")]
    OtherSettings(PathBuf, &'static str),
    #[error("the state file cannot be written, and nothing was done: {0}; once it can, restart")]
    Unwritten(String),
}

/// What a state file holds.
pub struct Kept {
    pub entries: Entries,
    pub history: History,
    pub ahead: u64,
}

pub struct Store {
    path: PathBuf,
    database: Database,
}

impl Store {
    /// Opens a state file, or makes one.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let unusable = |why: String| StoreError::Unusable(path.to_owned(), why);
        let is_new = fs::metadata(path).map_or(true, |file| file.len() == 0);
        match unless_it_panics(|| whole(path)) {
            Some(Ok(Some(database))) => Ok(Self { path: path.to_owned(), database }),
            Some(Err(DatabaseError::DatabaseAlreadyOpen)) => {
                Err(unusable("another localnet is using it".into()))
            }
            Some(Err(DatabaseError::Storage(StorageError::Io(error))))
                if is_new || !matches!(error.kind(), InvalidData | UnexpectedEof) =>
            {
                Err(unusable(error.to_string()))
            }
            _ => Err(StoreError::Foreign(path.to_owned())),
        }
    }

    /// What the file holds; nothing, if it is new.
    pub fn load(&self, settings: Settings) -> Result<Option<Kept>, StoreError> {
        let foreign = || StoreError::Foreign(self.path.clone());
        let read = self.database.begin_read().map_err(|_| foreign())?;
        let Ok(figures) = read.open_table(FIGURES) else {
            let tables = read.list_tables().map_err(|_| foreign())?.count();
            return if tables == 0 { Ok(None) } else { Err(foreign()) };
        };
        let figure = |key| figures.get(key).ok().flatten().map(|value| value.value());
        if figure(VERSION_KEY) != Some(VERSION) {
            return Err(foreign());
        }
        if figure(SETTINGS_KEY) != Some(number(settings)) {
            let other = if settings == Settings::Mainnet { "Testnet's" } else { "Mainnet's" };
            return Err(StoreError::OtherSettings(self.path.clone(), other));
        }
        let mut entries = Entries::new();
        let table = read.open_table(ENTRIES).map_err(|_| foreign())?;
        for item in table.iter().map_err(|_| foreign())? {
            let (key, value) = item.map_err(|_| foreign())?;
            let (live_until, entry) = value.value();
            let key = LedgerKey::from_xdr(key.value(), Limits::none()).map_err(|_| foreign())?;
            let entry = LedgerEntry::from_xdr(entry, Limits::none()).map_err(|_| foreign())?;
            let live_until = (live_until != 0).then_some(live_until);
            entries.insert_mut(Rc::new(key), (Rc::new(entry), live_until));
        }
        let mut history = History::default();
        let table = read.open_table(LEDGERS).map_err(|_| foreign())?;
        for item in table.iter().map_err(|_| foreign())? {
            let (_, meta) = item.map_err(|_| foreign())?;
            match LedgerCloseMeta::from_xdr(meta.value(), Limits::none()) {
                Ok(LedgerCloseMeta::V2(meta)) => history.push(Closed::new(meta)),
                _ => return Err(foreign()),
            }
        }
        if history.last().is_none() {
            return Err(foreign());
        }
        Ok(Some(Kept { entries, history, ahead: figure(AHEAD_KEY).unwrap_or(0) }))
    }

    /// Writes all that there is into a new file.
    pub fn fill(
        &self,
        settings: Settings,
        written: &Changed,
        history: &History,
        ahead: u64,
    ) -> Result<(), StoreError> {
        self.write(|write| {
            put(write, written, ahead)?;
            let mut ledgers = write.open_table(LEDGERS)?;
            for closed in history.from(0) {
                ledgers.insert(closed.sequence(), closed.meta_xdr())?;
            }
            let mut figures = write.open_table(FIGURES)?;
            figures.insert(VERSION_KEY, VERSION)?;
            figures.insert(SETTINGS_KEY, number(settings))?;
            Ok(())
        })
    }

    /// Adds a ledger that has closed.
    pub fn close(&self, changed: &Changed, closed: &Closed, ahead: u64) -> Result<(), StoreError> {
        self.write(|write| {
            put(write, changed, ahead)?;
            write.open_table(LEDGERS)?.insert(closed.sequence(), closed.meta_xdr())?;
            Ok(())
        })
    }

    /// Forgets the ledgers after one, and what they have changed.
    pub fn go_back(&self, undone: &Changed, latest: u32, ahead: u64) -> Result<(), StoreError> {
        self.write(|write| {
            put(write, undone, ahead)?;
            write.open_table(LEDGERS)?.retain(|sequence, _| sequence <= latest)?;
            Ok(())
        })
    }

    /// All of it is written, or nothing; once this returns, it is there for good.
    fn write(
        &self,
        change: impl FnOnce(&WriteTransaction) -> Result<(), redb::Error>,
    ) -> Result<(), StoreError> {
        let mut write = self.database.begin_write().map_err(unwritten)?;
        // So that a file which was damaged later is never taken for one that ends earlier.
        write.set_two_phase_commit(true);
        change(&write).map_err(unwritten)?;
        write.commit().map_err(unwritten)
    }
}

/// Opens a database, or makes one; nothing, if something in it is not as it was written.
fn whole(path: &Path) -> Result<Option<Database>, DatabaseError> {
    let mut database = match Database::create(path) {
        Err(DatabaseError::Storage(StorageError::Io(_))) if was_never_begun(path)? => {
            fs::write(path, [])?;
            Database::create(path)?
        }
        opened => opened?,
    };
    Ok(database.check_integrity()?.then_some(database))
}

/// Whether a file was left by a program that was killed while it made it: then there is no more
/// than a head in it, without the name of its format, which is written last.
fn was_never_begun(path: &Path) -> io::Result<bool> {
    let file = fs::metadata(path)?;
    if !file.is_file() || file.len() > NEW_FILE_BYTES {
        return Ok(false);
    }
    let bytes = fs::read(path)?;
    let is_empty = |bytes: &[u8]| bytes.iter().all(|byte| *byte == 0);
    let name = bytes.get(..NAME_BYTES);
    Ok(name.is_some_and(is_empty) && bytes.get(HEAD_BYTES..).is_some_and(is_empty))
}

/// Damage can be where the database does not expect any, and panics.
fn unless_it_panics<T>(open: impl FnOnce() -> T) -> Option<T> {
    thread_local!(static IS_OPENING: Cell<bool> = const { Cell::new(false) });
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_OPENING.get() {
                usual(panic);
            }
        }));
    });
    IS_OPENING.set(true);
    let opened = panic::catch_unwind(AssertUnwindSafe(open));
    IS_OPENING.set(false);
    opened.ok()
}

fn put(write: &WriteTransaction, changed: &Changed, ahead: u64) -> Result<(), redb::Error> {
    let mut entries = write.open_table(ENTRIES)?;
    for (key, entry) in changed {
        let key = xdr(key.as_ref());
        match entry {
            Some((entry, live_until)) => {
                let entry = xdr(entry.as_ref());
                entries.insert(key.as_slice(), (live_until.unwrap_or(0), entry.as_slice()))?;
            }
            None => {
                entries.remove(key.as_slice())?;
            }
        }
    }
    write.open_table(FIGURES)?.insert(AHEAD_KEY, ahead)?;
    Ok(())
}

fn number(settings: Settings) -> u64 {
    match settings {
        Settings::Mainnet => 1,
        Settings::Testnet => 2,
    }
}

fn unwritten(error: impl Into<redb::Error>) -> StoreError {
    StoreError::Unwritten(match error.into() {
        redb::Error::PreviousIo => "it could not be before".into(),
        error => error.to_string(),
    })
}
