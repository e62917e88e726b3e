use super::*;
use crate::operations::classic::accounts::touch_sequence;
use stellar_xdr::{
    AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext, AccountEntryExtensionV2,
    AccountEntryExtensionV2Ext, AccountEntryExtensionV3, AccountFlags, AccountMergeResult,
    BumpSequenceOp, BumpSequenceResult, CreateAccountOp, CreateAccountResult, ExtensionPoint,
    SequenceNumber, Signer, SignerKey, SponsorshipDescriptor, String32, Thresholds, VecM,
};

fn create(destination: AccountId, starting_balance: i64) -> OperationBody {
    OperationBody::CreateAccount(CreateAccountOp { destination, starting_balance })
}

fn merge(destination: AccountId) -> OperationBody {
    OperationBody::AccountMerge(destination.into())
}

fn bump(to: i64) -> OperationBody {
    OperationBody::BumpSequence(BumpSequenceOp { bump_to: SequenceNumber(to) })
}

/// The extensions of an account with so many signers, which used its sequence number then.
fn extensions(signers: usize, seq_ledger: u32, seq_time: u64) -> AccountEntryExt {
    let none = vec![SponsorshipDescriptor(None); signers];
    AccountEntryExt::V1(AccountEntryExtensionV1 {
        liabilities: Liabilities { buying: 0, selling: 0 },
        ext: AccountEntryExtensionV1Ext::V2(AccountEntryExtensionV2 {
            num_sponsored: 0,
            num_sponsoring: 0,
            signer_sponsoring_i_ds: none.try_into().expect("a few signers"),
            ext: AccountEntryExtensionV2Ext::V3(AccountEntryExtensionV3 {
                ext: ExtensionPoint::V0,
                seq_ledger,
                seq_time: TimePoint(seq_time),
            }),
        }),
    })
}

fn hash_signer(number: u8) -> Signer {
    Signer { key: SignerKey::HashX(Uint256([number; 32])), weight: 1 }
}

fn with_signer(account: &mut AccountEntry) {
    account.signers = vec![hash_signer(7)].try_into().expect("one signer");
    account.num_sub_entries = 1;
    account.ext = extensions(1, 0, 0);
}

#[test]
fn an_account_starts_with_what_its_creator_gives() {
    let mut world = World::new();
    let (alice, bob, issuer) = (world.account(&ALICE), world.account(&BOB), world.account(&ISSUER));
    world.succeeds(&ALICE, &create(NOBODY, 2 * RESERVE));
    let created = AccountEntry {
        account_id: NOBODY,
        balance: 2 * RESERVE,
        seq_num: SequenceNumber(i64::from(NOW) << 32),
        num_sub_entries: 0,
        inflation_dest: None,
        flags: 0,
        home_domain: String32::default(),
        thresholds: Thresholds([1, 0, 0, 0]),
        signers: VecM::default(),
        ext: extensions(0, 0, 0),
    };
    let alice = AccountEntry { balance: BALANCE - 2 * RESERVE, ..alice };
    assert_eq!(world.all(), [alice, bob, issuer, created].map(LedgerEntryData::Account));
}

#[test]
fn a_creator_can_give_all_but_its_reserve() {
    let mut world = World::new();
    world.succeeds(&ALICE, &create(NOBODY, BALANCE - 2 * RESERVE));
    assert_eq!(world.account(&ALICE).balance, 2 * RESERVE);
    let body = create(NOBODY, BALANCE - 2 * RESERVE + 1);
    World::new().fails(&ALICE, &body, CreateAccountResult::Underfunded);
}

#[test]
fn no_account_starts_below_its_reserve() {
    World::new().fails(&ALICE, &create(NOBODY, 2 * RESERVE - 1), CreateAccountResult::LowReserve);
    World::new().fails(&ALICE, &create(NOBODY, 0), CreateAccountResult::LowReserve);
}

#[test]
fn no_account_starts_with_less_than_nothing() {
    World::new().fails(&ALICE, &create(NOBODY, -1), CreateAccountResult::Malformed);
    World::new().fails(&ALICE, &create(NOBODY, i64::MIN), CreateAccountResult::Malformed);
}

#[test]
fn no_account_creates_itself() {
    World::new().fails(&ALICE, &create(ALICE, 2 * RESERVE), CreateAccountResult::Malformed);
}

#[test]
fn no_account_is_created_twice() {
    World::new().fails(&ALICE, &create(BOB, 2 * RESERVE), CreateAccountResult::AlreadyExist);
}

#[test]
fn a_merged_account_is_gone_and_its_heir_has_what_it_had() {
    let mut world = World::new();
    let (bob, issuer) = (world.account(&BOB), world.account(&ISSUER));
    let result = world.run(&ALICE, &merge(BOB));
    assert_eq!(result, Answer::from(AccountMergeResult::Success(BALANCE)).0);
    let bob = AccountEntry { balance: 2 * BALANCE, ..bob };
    assert_eq!(world.all(), [bob, issuer].map(LedgerEntryData::Account));
}

#[test]
fn signers_do_not_keep_an_account_from_merging() {
    let mut world = World::new().with(&ALICE, with_signer);
    world.succeeds(&ALICE, &merge(BOB));
    assert!(world.entries.account(&ALICE).is_none());
}

#[test]
fn no_account_merges_with_itself() {
    World::new().fails(&ALICE, &merge(ALICE), AccountMergeResult::Malformed);
    let customer = OperationBody::AccountMerge(customer_of(&ALICE));
    World::new().fails(&ALICE, &customer, AccountMergeResult::Malformed);
}

#[test]
fn no_account_merges_into_nothing() {
    World::new().fails(&ALICE, &merge(NOBODY), AccountMergeResult::NoAccount);
}

#[test]
fn an_immutable_account_stays() {
    let world = World::new().with(&ALICE, |account| {
        account.flags = AccountFlags::ImmutableFlag as u32;
    });
    world.fails(&ALICE, &merge(BOB), AccountMergeResult::ImmutableSet);
}

#[test]
fn an_account_with_more_than_signers_stays() {
    let world = World::new().with(&ALICE, |account| account.num_sub_entries = 1);
    world.fails(&ALICE, &merge(BOB), AccountMergeResult::HasSubEntries);
}

#[test]
fn an_account_that_would_use_a_sequence_number_twice_stays() {
    let first = i64::from(NOW) << 32;
    let at = |number| World::new().with(&ALICE, |account| account.seq_num = SequenceNumber(number));
    at(first - 1).succeeds(&ALICE, &merge(BOB));
    at(first).fails(&ALICE, &merge(BOB), AccountMergeResult::SeqnumTooFar);
}

#[test]
fn an_heir_needs_room_for_what_it_gets() {
    let with = |balance| World::new().with(&BOB, |account| account.balance = balance);
    with(i64::MAX - BALANCE).succeeds(&ALICE, &merge(BOB));
    with(i64::MAX - BALANCE + 1).fails(&ALICE, &merge(BOB), AccountMergeResult::DestFull);
}

#[test]
fn a_sequence_number_moves_on() {
    let mut world = World::new();
    let (alice, bob, issuer) = (world.account(&ALICE), world.account(&BOB), world.account(&ISSUER));
    let seq_num = SequenceNumber(alice.seq_num.0 + 5);
    world.succeeds(&ALICE, &bump(seq_num.0));
    let alice = AccountEntry { seq_num, ext: extensions(0, NOW, CLOSE_TIME), ..alice };
    assert_eq!(world.all(), [alice, bob, issuer].map(LedgerEntryData::Account));
    world.succeeds(&ALICE, &bump(i64::MAX));
    assert_eq!(world.account(&ALICE).seq_num, SequenceNumber(i64::MAX));
}

#[test]
fn a_sequence_number_does_not_move_back_but_counts_as_used() {
    let mut world = World::new();
    let alice = world.account(&ALICE);
    world.succeeds(&ALICE, &bump(0));
    let expected = AccountEntry { ext: extensions(0, NOW, CLOSE_TIME), ..alice };
    assert_eq!(world.account(&ALICE), expected);
}

#[test]
fn no_sequence_number_is_below_zero() {
    World::new().fails(&ALICE, &bump(-1), BumpSequenceResult::BadSeq);
}

#[test]
fn the_use_of_a_sequence_number_leaves_the_rest_of_an_account() {
    let mut account = new_account(&ALICE, BALANCE, BEFORE);
    with_signer(&mut account);
    let before = account.clone();
    touch_sequence(&mut account, &header());
    assert_eq!(account, AccountEntry { ext: extensions(1, NOW, CLOSE_TIME), ..before });
}

#[test]
fn the_use_of_a_sequence_number_keeps_what_is_owed_and_extends_an_old_account() {
    let owed = Liabilities { buying: 3, selling: 4 };
    let mut account = AccountEntry {
        ext: AccountEntryExt::V1(AccountEntryExtensionV1 {
            liabilities: owed.clone(),
            ext: AccountEntryExtensionV1Ext::V0,
        }),
        ..new_account(&ALICE, BALANCE, BEFORE)
    };
    touch_sequence(&mut account, &header());
    let AccountEntryExt::V1(mut extended) = account.ext else { panic!("no extension") };
    assert_eq!(std::mem::take(&mut extended.liabilities), owed);
    assert_eq!(AccountEntryExt::V1(extended), extensions(0, NOW, CLOSE_TIME));
}
