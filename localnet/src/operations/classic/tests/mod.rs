//! Every operation, by each result that it can have in this network.

mod accounts;
mod balance;
mod events;
mod options;
mod payments;
mod table;
mod trust;

use super::accounts::new_account;
use super::{Answer, apply, check};
use crate::ledger::{Delta, Entries, Read};
use crate::operations::Context;
use stellar_xdr::{
    AccountEntry, AccountId, AlphaNum4, Asset, AssetCode4, ContractEvent, Hash, LedgerEntryData,
    LedgerHeader, LedgerKey, Liabilities, Memo, MuxedAccount, MuxedAccountMed25519, OperationBody,
    OperationResult, PublicKey, StellarValue, TimePoint, TrustLineAsset, TrustLineEntry,
    TrustLineFlags, Uint256,
};

const ALICE: AccountId = id(1);
const BOB: AccountId = id(2);
const ISSUER: AccountId = id(3);
const NOBODY: AccountId = id(4);

/// The ledger in which everything happens, and the one before it.
const NOW: u32 = 100;
const BEFORE: u32 = 99;
const CLOSE_TIME: u64 = 1_000_000;

/// One reserve in stroops.
const RESERVE: i64 = 5_000_000;
/// What the accounts start with.
const BALANCE: i64 = 1_000_000_000;

const fn id(number: u8) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([number; 32])))
}

/// A ledger with Alice, Bob and an issuer, and all that is said in it.
struct World {
    entries: Entries,
    memo: Memo,
    events: Vec<ContractEvent>,
}

impl World {
    fn new() -> Self {
        let mut world = Self { entries: Entries::new(), memo: Memo::None, events: Vec::new() };
        for id in [ALICE, BOB, ISSUER] {
            world.put(LedgerEntryData::Account(new_account(&id, BALANCE, BEFORE)));
        }
        world
    }

    fn put(&mut self, data: LedgerEntryData) {
        self.write(BEFORE, |ledger| ledger.put(data));
    }

    fn remove(&mut self, key: LedgerKey) {
        self.write(BEFORE, |ledger| ledger.remove(key));
    }

    fn write(&mut self, sequence: u32, change: impl FnOnce(&mut Delta)) {
        let mut ledger = Delta::new(&self.entries, sequence);
        change(&mut ledger);
        for (key, entry) in ledger.into_changed() {
            match entry {
                Some(entry) => self.entries.insert_mut(key, entry),
                None => {
                    self.entries.remove_mut(&key);
                }
            }
        }
    }

    fn account(&self, id: &AccountId) -> AccountEntry {
        self.entries.account(id).expect("an account of the test")
    }

    /// Changes an account before anything happens.
    fn with(mut self, id: &AccountId, change: impl FnOnce(&mut AccountEntry)) -> Self {
        let mut account = self.account(id);
        change(&mut account);
        self.put(LedgerEntryData::Account(account));
        self
    }

    /// Gives an account a trustline, and the sub-entry that goes with it.
    fn trusting(mut self, line: TrustLineEntry) -> Self {
        let id = line.account_id.clone();
        self.put(LedgerEntryData::Trustline(line));
        self.with(&id, |account| account.num_sub_entries += 1)
    }

    /// All that the ledger holds: accounts, trustlines, data.
    fn all(&self) -> Vec<LedgerEntryData> {
        self.entries.values().map(|(entry, _)| entry.data.clone()).collect()
    }

    /// Checks an operation and applies it; what fails changes nothing.
    fn run(&mut self, source: &AccountId, body: &OperationBody) -> OperationResult {
        if let Err(refused) = check(body, source) {
            return refused;
        }
        let header = header();
        let entries = self.entries.clone();
        let mut context = Context {
            ledger: Delta::new(&entries, NOW),
            header: &header,
            network_id: &network_id(),
            source: source.clone(),
            memo: &self.memo,
            events: Vec::new(),
        };
        let result = apply(body, &mut context);
        let (changed, events) = (context.ledger.into_changed(), context.events);
        if crate::operations::succeeded(&result) {
            self.write(NOW, |ledger| ledger.take_over(changed));
            self.events.extend(events);
        }
        result
    }

    /// Runs an operation that succeeds.
    fn succeeds(&mut self, source: &AccountId, body: &OperationBody) {
        let result = self.run(source, body);
        assert!(crate::operations::succeeded(&result), "{result:?}");
    }

    /// Runs an operation that has to fail in this way, and no other.
    fn fails(mut self, source: &AccountId, body: &OperationBody, expected: impl Into<Answer>) {
        let Answer(expected) = expected.into();
        assert_eq!(self.run(source, body), expected);
        assert!(self.events.is_empty());
    }
}

fn header() -> LedgerHeader {
    let scp_value = StellarValue { close_time: TimePoint(CLOSE_TIME), ..StellarValue::default() };
    LedgerHeader { ledger_seq: NOW, scp_value, ..LedgerHeader::default() }
}

fn network_id() -> Hash {
    crate::ledger::sha256(crate::settings::PASSPHRASE.as_bytes())
}

/// A customer of an account, which keeps the books of several.
fn customer_of(id: &AccountId) -> MuxedAccount {
    let AccountId(PublicKey::PublicKeyTypeEd25519(key)) = id;
    MuxedAccount::MuxedEd25519(MuxedAccountMed25519 { id: 77, ed25519: key.clone() })
}

/// What the issuer issues.
fn token() -> Asset {
    Asset::CreditAlphanum4(credit())
}

fn credit() -> AlphaNum4 {
    AlphaNum4 { asset_code: AssetCode4(*b"USD\0"), issuer: ISSUER }
}

/// A trustline of the token that its holder may use.
fn line(id: &AccountId, balance: i64) -> TrustLineEntry {
    TrustLineEntry {
        account_id: id.clone(),
        asset: TrustLineAsset::CreditAlphanum4(credit()),
        balance,
        limit: 1_000,
        flags: TrustLineFlags::AuthorizedFlag as u32,
        ..TrustLineEntry::default()
    }
}
