//! The ledger: every entry that there is, and what a transaction would change of it.

use rpds::RedBlackTreeMap;
use sha2::{Digest, Sha256};
use soroban_env_host::HostError;
use soroban_env_host::ledger_info::get_key_durability;
use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use std::collections::BTreeMap;
use std::rc::Rc;
use stellar_xdr::{
    AccountEntry, AccountId, ContractDataDurability, Hash, LedgerEntry, LedgerEntryChange,
    LedgerEntryChanges, LedgerEntryData, LedgerEntryExt, LedgerKey, LedgerKeyAccount,
    LedgerKeyTrustLine, LedgerKeyTtl, Limits, TrustLineAsset, TrustLineEntry, TtlEntry, VecM,
    WriteXdr,
};

/// Every entry, archived ones included; with the last ledger in which it lives, where it can die.
/// A copy shares what it has in common with the original, and costs nothing.
pub type Entries = RedBlackTreeMap<Rc<LedgerKey>, EntryWithLiveUntil>;

/// Whatever entries can be read from.
pub trait Read {
    fn read(&self, key: &LedgerKey) -> Option<EntryWithLiveUntil>;

    fn account(&self, id: &AccountId) -> Option<AccountEntry> {
        match self.read(&account_key(id))?.0.data.clone() {
            LedgerEntryData::Account(account) => Some(account),
            _ => None,
        }
    }

    fn trustline(&self, id: &AccountId, asset: &TrustLineAsset) -> Option<TrustLineEntry> {
        match self.read(&trustline_key(id, asset))?.0.data.clone() {
            LedgerEntryData::Trustline(line) => Some(line),
            _ => None,
        }
    }
}

impl Read for Entries {
    fn read(&self, key: &LedgerKey) -> Option<EntryWithLiveUntil> {
        self.get(key).cloned()
    }
}

/// What the simulation reads.
pub struct Snapshot(pub Entries);

impl SnapshotSource for Snapshot {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.read(key))
    }
}

/// What has changed: the new entry, or `None` where there is none any more.
pub type Changed = BTreeMap<Rc<LedgerKey>, Option<EntryWithLiveUntil>>;

/// Changes on top of what they change, which stays as it is until they are taken over.
pub struct Delta<'a> {
    below: &'a dyn Read,
    sequence: u32,
    changed: Changed,
    /// The changed entries that had been archived, and until when they were restored to live.
    restored: BTreeMap<Rc<LedgerKey>, u32>,
}

impl Read for Delta<'_> {
    fn read(&self, key: &LedgerKey) -> Option<EntryWithLiveUntil> {
        match self.changed.get(key) {
            Some(entry) => entry.clone(),
            None => self.below.read(key),
        }
    }
}

impl<'a> Delta<'a> {
    /// Changes that a ledger with this sequence number makes.
    pub fn new(below: &'a dyn Read, sequence: u32) -> Self {
        Self { below, sequence, changed: Changed::new(), restored: BTreeMap::new() }
    }

    /// Changes on top of these, made by the same ledger.
    pub fn nested(&self) -> Delta<'_> {
        Delta::new(self, self.sequence)
    }

    /// Writes an entry that cannot die.
    pub fn put(&mut self, data: LedgerEntryData) {
        self.put_until(data, None);
    }

    pub fn put_until(&mut self, data: LedgerEntryData, live_until: Option<u32>) {
        let entry =
            LedgerEntry { last_modified_ledger_seq: self.sequence, data, ext: LedgerEntryExt::V0 };
        self.changed.insert(Rc::new(entry.to_key()), Some((Rc::new(entry), live_until)));
    }

    pub fn put_account(&mut self, account: AccountEntry) {
        self.put(LedgerEntryData::Account(account));
    }

    pub fn put_trustline(&mut self, line: TrustLineEntry) {
        self.put(LedgerEntryData::Trustline(line));
    }

    pub fn remove(&mut self, key: LedgerKey) {
        self.changed.insert(Rc::new(key), None);
    }

    /// Gives an entry that is there another end of life.
    pub fn keep_until(&mut self, key: &LedgerKey, live_until: u32) {
        if let Some((entry, _)) = self.read(key) {
            self.changed.insert(Rc::new(key.clone()), Some((entry, Some(live_until))));
        }
    }

    /// Gives an archived entry a new life.
    pub fn restore(&mut self, key: &LedgerKey, live_until: u32) {
        self.keep_until(key, live_until);
        self.restored.insert(Rc::new(key.clone()), live_until);
    }

    pub fn into_changed(self) -> Changed {
        self.changed
    }

    /// Makes changes one's own that were made on top.
    pub fn take_over(&mut self, changed: Changed) {
        self.changed.extend(changed);
    }

    /// The changes as the network tells of them: the life of an entry is an entry of its own.
    pub fn changes(&self) -> LedgerEntryChanges {
        let mut changes = Vec::new();
        for (key, after) in &self.changed {
            let before = self.below.read(key);
            match self.restored.get(key) {
                Some(until) => self.tell_restored(&mut changes, key, before, *until, after),
                None => self.tell_changed(&mut changes, key, before, after),
            }
        }
        LedgerEntryChanges(list(changes))
    }

    fn tell_changed(
        &self,
        changes: &mut Vec<LedgerEntryChange>,
        key: &LedgerKey,
        before: Option<EntryWithLiveUntil>,
        after: &Option<EntryWithLiveUntil>,
    ) {
        let life = |side: &Option<EntryWithLiveUntil>, modified: Option<u32>| {
            let (entry, until) = side.as_ref()?;
            let modified = modified.unwrap_or(entry.last_modified_ledger_seq);
            Some(ttl_entry(key, (*until)?, modified))
        };
        let (was, is) = (life(&before, None), life(after, Some(self.sequence)));
        tell(changes, before.map(entry), after.clone().map(entry));
        let same = |a: &LedgerEntry, b: &LedgerEntry| a.data == b.data;
        if !was.as_ref().zip(is.as_ref()).is_some_and(|(was, is)| same(was, is)) {
            tell(changes, was, is);
        }
    }

    /// An entry that was archived first comes back as it was, and is then changed or removed.
    fn tell_restored(
        &self,
        changes: &mut Vec<LedgerEntryChange>,
        key: &LedgerKey,
        before: Option<EntryWithLiveUntil>,
        until: u32,
        after: &Option<EntryWithLiveUntil>,
    ) {
        let Some((before, _)) = before else { return };
        let back =
            LedgerEntry { last_modified_ledger_seq: self.sequence, ..before.as_ref().clone() };
        changes.push(LedgerEntryChange::Restored(back));
        changes.push(LedgerEntryChange::Restored(ttl_entry(key, until, self.sequence)));
        match after {
            None => {
                changes.push(LedgerEntryChange::Removed(key.clone()));
                changes.push(LedgerEntryChange::Removed(ttl_key(key)));
            }
            Some((after, lives_until)) => {
                if after.data != before.data {
                    changes.push(LedgerEntryChange::Updated(after.as_ref().clone()));
                }
                if let Some(lives_until) = lives_until.filter(|lives_until| *lives_until != until) {
                    let life = ttl_entry(key, lives_until, self.sequence);
                    changes.push(LedgerEntryChange::Updated(life));
                }
            }
        }
    }
}

fn entry((entry, _): EntryWithLiveUntil) -> LedgerEntry {
    entry.as_ref().clone()
}

fn tell(
    changes: &mut Vec<LedgerEntryChange>,
    before: Option<LedgerEntry>,
    after: Option<LedgerEntry>,
) {
    match (before, after) {
        (Some(before), Some(after)) if before != after => {
            changes.push(LedgerEntryChange::State(before));
            changes.push(LedgerEntryChange::Updated(after));
        }
        (None, Some(after)) => changes.push(LedgerEntryChange::Created(after)),
        (Some(before), None) => {
            let key = before.to_key();
            changes.push(LedgerEntryChange::State(before));
            changes.push(LedgerEntryChange::Removed(key));
        }
        _ => {}
    }
}

pub fn account_key(id: &AccountId) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount { account_id: id.clone() })
}

pub fn trustline_key(id: &AccountId, asset: &TrustLineAsset) -> LedgerKey {
    LedgerKey::Trustline(LedgerKeyTrustLine { account_id: id.clone(), asset: asset.clone() })
}

/// The entry that says until when another one lives.
pub fn ttl_entry(key: &LedgerKey, live_until: u32, modified: u32) -> LedgerEntry {
    let data = LedgerEntryData::Ttl(TtlEntry {
        key_hash: sha256_xdr(key),
        live_until_ledger_seq: live_until,
    });
    LedgerEntry { last_modified_ledger_seq: modified, data, ext: LedgerEntryExt::V0 }
}

pub fn ttl_key(key: &LedgerKey) -> LedgerKey {
    LedgerKey::Ttl(LedgerKeyTtl { key_hash: sha256_xdr(key) })
}

pub fn is_persistent(key: &LedgerKey) -> bool {
    get_key_durability(key) == Some(ContractDataDurability::Persistent)
}

pub fn is_temporary(key: &LedgerKey) -> bool {
    get_key_durability(key) == Some(ContractDataDurability::Temporary)
}

pub fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

pub fn sha256_xdr(value: &impl WriteXdr) -> Hash {
    sha256(&xdr(value))
}

/// A value of ours in XDR, which cannot fail: nothing here is deeper or longer than XDR allows.
pub fn xdr(value: &impl WriteXdr) -> Vec<u8> {
    value.to_xdr(Limits::none()).expect("a value that XDR can hold")
}

/// Items of ours as XDR keeps them, which has room for more than there ever are.
pub fn list<T>(items: Vec<T>) -> VecM<T> {
    items.try_into().expect("fewer items than a vector can hold")
}
