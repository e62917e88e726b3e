use super::*;
use crate::operations::classic::balance::{
    add_balance, add_to_line, available_balance, least_limit, remove_signer,
};
use stellar_xdr::{
    AccountEntryExt, Signer, SignerKey, TrustLineEntryExt, TrustLineEntryV1, TrustLineEntryV1Ext,
};

/// An account with two sub-entries and promises to offers.
fn account(balance: i64) -> AccountEntry {
    let mut account = new_account(&ALICE, balance, BEFORE);
    account.num_sub_entries = 2;
    let AccountEntryExt::V1(v1) = &mut account.ext else { panic!("no extension") };
    v1.liabilities = Liabilities { buying: 70, selling: 40 };
    account
}

fn line(balance: i64, limit: i64) -> TrustLineEntry {
    let liabilities = Liabilities { buying: 70, selling: 40 };
    let ext = TrustLineEntryExt::V1(TrustLineEntryV1 { liabilities, ext: TrustLineEntryV1Ext::V0 });
    TrustLineEntry { balance, limit, ext, ..TrustLineEntry::default() }
}

#[test]
fn neither_the_reserve_nor_what_is_promised_can_be_spent() {
    assert_eq!(available_balance(&account(BALANCE)), BALANCE - 4 * RESERVE - 40);
    let mut spender = account(BALANCE);
    assert!(!add_balance(&mut spender, -(BALANCE - 4 * RESERVE - 39)));
    assert_eq!(spender, account(BALANCE));
    assert!(add_balance(&mut spender, -(BALANCE - 4 * RESERVE - 40)));
    assert_eq!(spender, account(4 * RESERVE + 40));
}

#[test]
fn an_account_below_its_reserve_can_be_paid_but_cannot_pay() {
    let mut poor = account(10);
    assert!(available_balance(&poor) < 0);
    assert!(!add_balance(&mut poor, -1));
    assert!(add_balance(&mut poor, 0));
    assert!(add_balance(&mut poor, 5));
    assert_eq!(poor, account(15));
}

#[test]
fn an_account_keeps_room_for_what_it_is_promised() {
    let mut full = account(i64::MAX - 70 - 5);
    assert!(!add_balance(&mut full, 6));
    assert!(!add_balance(&mut full, i64::MAX));
    assert!(add_balance(&mut full, 5));
    assert_eq!(full, account(i64::MAX - 70));
}

#[test]
fn a_trustline_keeps_what_it_has_promised() {
    let mut holder = line(100, 1_000);
    assert!(!add_to_line(&mut holder, -61));
    assert!(add_to_line(&mut holder, -60));
    assert_eq!(holder, line(40, 1_000));
}

#[test]
fn a_trustline_keeps_room_for_what_it_is_promised() {
    let mut holder = line(100, 1_000);
    assert!(!add_to_line(&mut holder, 831));
    assert!(!add_to_line(&mut holder, i64::MAX));
    assert!(add_to_line(&mut holder, 830));
    assert_eq!(holder, line(930, 1_000));
    assert_eq!(least_limit(&holder), 1_000);
}

#[test]
fn a_signer_that_has_done_its_work_is_taken_off() {
    let signer = |number| Signer { key: SignerKey::PreAuthTx(Uint256([number; 32])), weight: 1 };
    let set = |number| {
        let signer = Some(signer(number));
        OperationBody::SetOptions(stellar_xdr::SetOptionsOp { signer, ..Default::default() })
    };
    let mut world = World::new();
    world.succeeds(&ALICE, &set(1));
    let one = world.account(&ALICE);
    world.succeeds(&ALICE, &set(2));
    world.write(NOW, |ledger| remove_signer(ledger, &ALICE, &signer(2).key));
    assert_eq!(world.account(&ALICE), one);
    world.write(NOW, |ledger| remove_signer(ledger, &ALICE, &signer(2).key));
    assert_eq!(world.account(&ALICE), one);
    world.write(NOW, |ledger| remove_signer(ledger, &ALICE, &signer(1).key));
    assert_eq!(world.all(), World::new().all());
}

#[test]
fn a_signer_or_an_account_that_is_not_there_is_not_missed() {
    let world = World::new();
    let mut ledger = Delta::new(&world.entries, NOW);
    for id in [ALICE, NOBODY] {
        remove_signer(&mut ledger, &id, &SignerKey::PreAuthTx(Uint256([1; 32])));
    }
    assert!(ledger.into_changed().is_empty());
}
