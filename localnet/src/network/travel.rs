//! Time that is moved, and states that are gone back to.

use super::Network;
use crate::ledger::{Changed, Entries};
use crate::settings::LEDGER_SECONDS;
use crate::store::StoreError;
use soroban_env_host::storage::EntryWithLiveUntil;
use std::rc::Rc;

/// Time can be moved to this ledger and no further: beyond the last one that cursors have room
/// for, there would be none left to close.
pub const FURTHEST_LEDGER: u32 = i32::MAX as u32 - 1_000_000;

/// How everything stood.
pub(super) struct Saved {
    entries: Entries,
    latest: u32,
    ahead: u64,
}

impl Network {
    /// Lets time pass, and as many ledgers with it as public networks close in that time.
    pub fn advance_time(&mut self, seconds: u64) -> Result<(), StoreError> {
        let ledgers = u32::try_from(seconds / LEDGER_SECONDS).unwrap_or(u32::MAX);
        self.advance(seconds, ledgers)
    }

    /// Lets ledgers pass, and as much time with them as they take on public networks.
    pub fn advance_ledgers(&mut self, count: u32) -> Result<(), StoreError> {
        self.advance(u64::from(count).saturating_mul(LEDGER_SECONDS), count)
    }

    fn advance(&mut self, seconds: u64, ledgers: u32) -> Result<(), StoreError> {
        let before = self.ahead;
        self.ahead = before.saturating_add(seconds);
        let next = self.latest().sequence() + 1;
        let moved = self.latest().sequence().saturating_add(ledgers);
        let closed = self.close_as(moved.min(FURTHEST_LEDGER).max(next));
        if closed.is_err() {
            self.ahead = before;
        }
        closed
    }

    /// Remembers how everything stands; the answer is what to call it by.
    pub fn snapshot(&mut self) -> u64 {
        let id = self.snapshots.keys().next_back().map_or(1, |last| last + 1);
        let (latest, ahead) = (self.latest().sequence(), self.ahead);
        self.snapshots.insert(id, Saved { entries: self.entries.clone(), latest, ahead });
        id
    }

    /// Goes back to how everything stood, and forgets what was remembered since. False if there
    /// is nothing of that name.
    pub fn restore(&mut self, id: u64) -> Result<bool, StoreError> {
        let Some(saved) = self.snapshots.get(&id) else { return Ok(false) };
        if let Some(store) = &self.store {
            let undone = difference(&self.entries, &saved.entries);
            store.go_back(&undone, saved.latest, saved.ahead)?;
        }
        (self.entries, self.ahead) = (saved.entries.clone(), saved.ahead);
        self.history.truncate(saved.latest);
        self.snapshots.split_off(&(id + 1));
        self.waiting.clear();
        Ok(true)
    }
}

/// What makes one state of the ledger another.
pub(super) fn difference(from: &Entries, to: &Entries) -> Changed {
    let same =
        |a: &EntryWithLiveUntil, b: &EntryWithLiveUntil| Rc::ptr_eq(&a.0, &b.0) && a.1 == b.1;
    let written =
        to.iter().filter(|(key, entry)| from.get(*key).is_none_or(|before| !same(before, entry)));
    let written = written.map(|(key, entry)| (key.clone(), Some(entry.clone())));
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), None));
    written.chain(gone).collect()
}
