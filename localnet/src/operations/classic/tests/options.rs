use super::*;
use stellar_xdr::{
    AccountEntryExt, AccountEntryExtensionV1Ext, AccountFlags, DataEntry, DataEntryExt, DataValue,
    ManageDataOp, ManageDataResult, SetOptionsOp, SetOptionsResult, Signer, SignerKey,
    SignerKeyEd25519SignedPayload, SponsorshipDescriptor, String32, String64, Thresholds,
};

const REQUIRED: u32 = AccountFlags::RequiredFlag as u32;
const REVOCABLE: u32 = AccountFlags::RevocableFlag as u32;
const IMMUTABLE: u32 = AccountFlags::ImmutableFlag as u32;
const CLAWBACK: u32 = AccountFlags::ClawbackEnabledFlag as u32;

fn set(op: SetOptionsOp) -> OperationBody {
    OperationBody::SetOptions(op)
}

fn none() -> SetOptionsOp {
    SetOptionsOp::default()
}

fn flags(set_flags: u32, clear_flags: u32) -> OperationBody {
    set(SetOptionsOp { set_flags: Some(set_flags), clear_flags: Some(clear_flags), ..none() })
}

fn signer(number: u8, weight: u32) -> Signer {
    Signer { key: SignerKey::Ed25519(Uint256([number; 32])), weight }
}

fn sign(signer: Signer) -> OperationBody {
    set(SetOptionsOp { signer: Some(signer), ..none() })
}

fn domain(text: &[u8]) -> OperationBody {
    let home_domain = Some(String32(text.try_into().expect("a short text")));
    set(SetOptionsOp { home_domain, ..none() })
}

fn data(name: &[u8], value: Option<&[u8]>) -> OperationBody {
    OperationBody::ManageData(ManageDataOp {
        data_name: name_of(name),
        data_value: value.map(value_of),
    })
}

fn name_of(name: &[u8]) -> String64 {
    String64(name.try_into().expect("a short name"))
}

fn value_of(value: &[u8]) -> DataValue {
    DataValue(value.try_into().expect("a short value"))
}

fn kept(name: &[u8], value: &[u8]) -> LedgerEntryData {
    LedgerEntryData::Data(DataEntry {
        account_id: ALICE,
        data_name: name_of(name),
        data_value: value_of(value),
        ext: DataEntryExt::V0,
    })
}

/// An account with these signers, and a sub-entry for each of them.
fn sign_with(account: &mut AccountEntry, signers: Vec<Signer>) {
    account.num_sub_entries = signers.len() as u32;
    let AccountEntryExt::V1(v1) = &mut account.ext else { panic!("no extension") };
    let AccountEntryExtensionV1Ext::V2(v2) = &mut v1.ext else { panic!("no second extension") };
    let sponsors = vec![SponsorshipDescriptor(None); signers.len()];
    v2.signer_sponsoring_i_ds = sponsors.try_into().expect("a few sponsors");
    account.signers = signers.try_into().expect("a few signers");
}

fn signed_by(signers: Vec<Signer>) -> World {
    World::new().with(&ALICE, |account| sign_with(account, signers))
}

#[test]
fn every_option_is_set_and_the_rest_stays() {
    let mut world = World::new().with(&ALICE, |account| account.flags = REQUIRED);
    world.succeeds(
        &ALICE,
        &set(SetOptionsOp {
            inflation_dest: Some(BOB),
            clear_flags: Some(REQUIRED),
            set_flags: Some(REVOCABLE | CLAWBACK),
            master_weight: Some(255),
            low_threshold: Some(1),
            med_threshold: Some(2),
            high_threshold: Some(3),
            home_domain: Some(String32(b"localhost".try_into().expect("a short text"))),
            signer: Some(signer(7, 255)),
        }),
    );
    let expected = World::new().with(&ALICE, |account| {
        account.inflation_dest = Some(BOB);
        account.flags = REVOCABLE | CLAWBACK;
        account.thresholds = Thresholds([255, 1, 2, 3]);
        account.home_domain = String32(b"localhost".try_into().expect("a short text"));
        sign_with(account, vec![signer(7, 255)]);
    });
    assert_eq!(world.all(), expected.all());
    world.succeeds(&ALICE, &set(none()));
    assert_eq!(world.all(), expected.all());
}

#[test]
fn signers_stand_in_order_and_each_once() {
    let mut world = signed_by(vec![signer(5, 1), signer(7, 1)]);
    let hash = Signer { key: SignerKey::HashX(Uint256([1; 32])), weight: 1 };
    for signer in [hash.clone(), signer(6, 1), signer(7, 9), signer(5, 0), signer(8, 0)] {
        world.succeeds(&ALICE, &sign(signer));
    }
    assert_eq!(world.all(), signed_by(vec![signer(6, 1), signer(7, 9), hash]).all());
}

#[test]
fn an_account_has_at_most_twenty_signers() {
    let many = |count: u8| signed_by((11..11 + count).map(|number| signer(number, 1)).collect());
    many(19).succeeds(&ALICE, &sign(signer(99, 1)));
    many(20).succeeds(&ALICE, &sign(signer(11, 9)));
    many(20).fails(&ALICE, &sign(signer(99, 1)), SetOptionsResult::TooManySigners);
}

#[test]
fn a_signer_needs_its_reserve() {
    let with = |balance| World::new().with(&ALICE, |account| account.balance = balance);
    with(3 * RESERVE).succeeds(&ALICE, &sign(signer(7, 1)));
    with(3 * RESERVE - 1).fails(&ALICE, &sign(signer(7, 1)), SetOptionsResult::LowReserve);
}

#[test]
fn signers_are_sub_entries_of_which_there_are_at_most_a_thousand() {
    let with = |count| {
        World::new().with(&ALICE, |account| {
            account.balance = i64::MAX;
            account.num_sub_entries = count;
        })
    };
    with(999).succeeds(&ALICE, &sign(signer(7, 1)));
    with(1_000).fails(&ALICE, &sign(signer(7, 1)), OperationResult::OpTooManySubentries);
}

#[test]
fn a_flag_is_not_set_and_cleared_at_once() {
    let body = flags(REQUIRED | REVOCABLE, REVOCABLE);
    World::new().fails(&ALICE, &body, SetOptionsResult::BadFlags);
}

#[test]
fn a_flag_is_set_or_cleared_alone() {
    let mut world = World::new();
    world.succeeds(&ALICE, &set(SetOptionsOp { set_flags: Some(REQUIRED), ..none() }));
    assert_eq!(world.account(&ALICE).flags, REQUIRED);
    world.succeeds(&ALICE, &set(SetOptionsOp { clear_flags: Some(REQUIRED), ..none() }));
    assert_eq!(world.account(&ALICE).flags, 0);
}

#[test]
fn there_are_four_flags() {
    World::new().fails(&ALICE, &flags(16, 0), SetOptionsResult::UnknownFlag);
    World::new().fails(&ALICE, &flags(0, 16), SetOptionsResult::UnknownFlag);
    let mut world = World::new();
    world.succeeds(&ALICE, &flags(15, 0));
    assert_eq!(world.account(&ALICE).flags, 15);
}

#[test]
fn an_immutable_account_keeps_its_flags() {
    let fixed = || World::new().with(&ALICE, |account| account.flags = IMMUTABLE);
    for body in [flags(REQUIRED, 0), flags(IMMUTABLE, 0), flags(0, IMMUTABLE), flags(0, REQUIRED)] {
        fixed().fails(&ALICE, &body, SetOptionsResult::CantChange);
    }
    fixed().succeeds(&ALICE, &flags(0, 0));
    fixed().succeeds(&ALICE, &domain(b"localhost"));
}

#[test]
fn clawing_back_goes_with_freezing() {
    let result = || SetOptionsResult::AuthRevocableRequired;
    World::new().fails(&ALICE, &flags(CLAWBACK, 0), result());
    let both = || World::new().with(&ALICE, |account| account.flags = CLAWBACK | REVOCABLE);
    both().fails(&ALICE, &flags(0, REVOCABLE), result());
    both().succeeds(&ALICE, &flags(0, CLAWBACK));
    both().succeeds(&ALICE, &flags(0, CLAWBACK | REVOCABLE));
}

#[test]
fn inflation_goes_to_an_account_that_exists() {
    let to = |id| set(SetOptionsOp { inflation_dest: Some(id), ..none() });
    World::new().fails(&ALICE, &to(NOBODY), SetOptionsResult::InvalidInflation);
    let mut world = World::new();
    world.succeeds(&ALICE, &to(ALICE));
    assert_eq!(world.account(&ALICE).inflation_dest, Some(ALICE));
}

#[test]
fn weights_and_thresholds_fit_into_a_byte() {
    for op in [
        SetOptionsOp { master_weight: Some(256), ..none() },
        SetOptionsOp { low_threshold: Some(256), ..none() },
        SetOptionsOp { med_threshold: Some(256), ..none() },
        SetOptionsOp { high_threshold: Some(256), ..none() },
    ] {
        World::new().fails(&ALICE, &set(op), SetOptionsResult::ThresholdOutOfRange);
    }
}

#[test]
fn a_signer_is_somebody_else_with_a_weight_of_a_byte() {
    let payload = |payload: &[u8]| Signer {
        key: SignerKey::Ed25519SignedPayload(SignerKeyEd25519SignedPayload {
            ed25519: Uint256([1; 32]),
            payload: payload.try_into().expect("a short payload"),
        }),
        weight: 1,
    };
    for signer in [signer(1, 1), signer(1, 0), signer(7, 256), payload(b"")] {
        World::new().fails(&ALICE, &sign(signer), SetOptionsResult::BadSigner);
    }
    let hash = Signer { key: SignerKey::HashX(Uint256([1; 32])), weight: 1 };
    for signer in [payload(b"a"), hash] {
        World::new().succeeds(&ALICE, &sign(signer));
    }
}

#[test]
fn a_home_domain_can_be_read_and_be_empty() {
    for text in [b"a\nb".as_slice(), b"\x7f", b"\x1f", b"caf\xc3\xa9"] {
        World::new().fails(&ALICE, &domain(text), SetOptionsResult::InvalidHomeDomain);
    }
    let mut world = World::new();
    for text in [b" ~".as_slice(), b""] {
        world.succeeds(&ALICE, &domain(text));
        assert_eq!(world.account(&ALICE).home_domain.0.as_slice(), text);
    }
}

#[test]
fn data_is_kept_changed_and_forgotten() {
    let mut world = World::new();
    world.succeeds(&ALICE, &data(b"name", Some(b"value")));
    let mut expected = World::new().with(&ALICE, |account| account.num_sub_entries = 1);
    expected.put(kept(b"name", b"value"));
    assert_eq!(world.all(), expected.all());
    world.succeeds(&ALICE, &data(b"name", Some(b"")));
    expected.put(kept(b"name", b""));
    assert_eq!(world.all(), expected.all());
    world.succeeds(&ALICE, &data(b"name", None));
    assert_eq!(world.all(), World::new().all());
}

#[test]
fn data_that_is_not_there_cannot_be_forgotten() {
    World::new().fails(&ALICE, &data(b"name", None), ManageDataResult::NameNotFound);
    let mut world = World::new();
    world.succeeds(&ALICE, &data(b"name", Some(b"value")));
    let others = world.run(&BOB, &data(b"name", None));
    assert_eq!(others, Answer::from(ManageDataResult::NameNotFound).0);
}

#[test]
fn data_needs_its_reserve_once() {
    let with = |balance| World::new().with(&ALICE, |account| account.balance = balance);
    let keep = data(b"name", Some(b"value"));
    with(3 * RESERVE - 1).fails(&ALICE, &keep, ManageDataResult::LowReserve);
    let mut world = with(3 * RESERVE);
    world.succeeds(&ALICE, &keep);
    world.succeeds(&ALICE, &keep);
}

#[test]
fn data_are_sub_entries_of_which_there_are_at_most_a_thousand() {
    let with = |count| {
        World::new().with(&ALICE, |account| {
            account.balance = i64::MAX;
            account.num_sub_entries = count;
        })
    };
    let keep = data(b"name", Some(b"value"));
    with(999).succeeds(&ALICE, &keep);
    with(1_000).fails(&ALICE, &keep, OperationResult::OpTooManySubentries);
}

#[test]
fn data_has_a_name_that_can_be_read() {
    for name in [b"".as_slice(), b"a\0", b"\x1f", b"\x7f"] {
        World::new().fails(&ALICE, &data(name, Some(b"")), ManageDataResult::InvalidName);
    }
    World::new().succeeds(&ALICE, &data(b" ~", Some(b"")));
}
