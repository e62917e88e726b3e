use super::*;
use crate::ledger::account_key;
use stellar_xdr::{AlphaNum12, AssetCode12, ClawbackOp, ClawbackResult, PaymentOp, PaymentResult};

const CLAWBACK: u32 = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;

fn pay(destination: impl Into<MuxedAccount>, asset: Asset, amount: i64) -> OperationBody {
    OperationBody::Payment(PaymentOp { destination: destination.into(), asset, amount })
}

fn claw_back(from: impl Into<MuxedAccount>, asset: Asset, amount: i64) -> OperationBody {
    OperationBody::Clawback(ClawbackOp { asset, from: from.into(), amount })
}

/// Alice has 500 of the token, Bob has 100 and room for 900 more.
fn trading() -> World {
    World::new().trusting(line(&ALICE, 500)).trusting(line(&BOB, 100))
}

fn unauthorised(line: TrustLineEntry) -> TrustLineEntry {
    TrustLineEntry { flags: TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32, ..line }
}

/// What the ledger of `trading` holds after a payment of the token.
fn holds(alice: i64, bob: i64) -> Vec<LedgerEntryData> {
    World::new().trusting(line(&ALICE, alice)).trusting(line(&BOB, bob)).all()
}

#[test]
fn xlm_go_from_one_account_to_another() {
    let mut world = World::new();
    let (alice, bob, issuer) = (world.account(&ALICE), world.account(&BOB), world.account(&ISSUER));
    world.succeeds(&ALICE, &pay(BOB, Asset::Native, 30));
    let alice = AccountEntry { balance: BALANCE - 30, ..alice };
    let bob = AccountEntry { balance: BALANCE + 30, ..bob };
    assert_eq!(world.all(), [alice, bob, issuer].map(LedgerEntryData::Account));
}

#[test]
fn a_payment_to_a_customer_goes_to_the_account() {
    let mut world = World::new();
    world.succeeds(&ALICE, &pay(customer_of(&BOB), Asset::Native, 30));
    assert_eq!(world.account(&BOB).balance, BALANCE + 30);
}

#[test]
fn the_reserve_is_not_paid() {
    let most = BALANCE - 2 * RESERVE;
    World::new().succeeds(&ALICE, &pay(BOB, Asset::Native, most));
    let more = pay(BOB, Asset::Native, most + 1);
    World::new().fails(&ALICE, &more, PaymentResult::Underfunded);
}

#[test]
fn xlm_to_oneself_need_not_be_there() {
    for to in [ALICE.into(), customer_of(&ALICE)] {
        let mut world = World::new();
        world.succeeds(&ALICE, &pay(to, Asset::Native, i64::MAX));
        assert_eq!(world.all(), World::new().all());
    }
}

#[test]
fn an_account_can_hold_only_so_many_xlm() {
    let rich = |balance| World::new().with(&BOB, |account| account.balance = balance);
    rich(i64::MAX - 30).succeeds(&ALICE, &pay(BOB, Asset::Native, 30));
    rich(i64::MAX - 29).fails(&ALICE, &pay(BOB, Asset::Native, 30), PaymentResult::LineFull);
}

#[test]
fn nobody_pays_an_account_that_does_not_exist() {
    World::new().fails(&ALICE, &pay(NOBODY, Asset::Native, 1), PaymentResult::NoDestination);
    trading().fails(&ALICE, &pay(NOBODY, token(), 1), PaymentResult::NoDestination);
}

#[test]
fn nobody_pays_nothing_or_less() {
    for amount in [0, -1, i64::MIN] {
        World::new().fails(&ALICE, &pay(BOB, Asset::Native, amount), PaymentResult::Malformed);
    }
}

#[test]
fn an_asset_has_a_code_of_its_kind() {
    let short =
        |code| Asset::CreditAlphanum4(AlphaNum4 { asset_code: AssetCode4(code), ..credit() });
    let long = |code| {
        let asset_code = AssetCode12(code);
        Asset::CreditAlphanum12(AlphaNum12 { asset_code, issuer: ISSUER })
    };
    let sound = [
        short(*b"a\0\0\0"),
        short(*b"Zz09"),
        long(*b"EURO5\0\0\0\0\0\0\0"),
        long(*b"abcdefghij12"),
    ];
    for asset in sound {
        World::new().fails(&ALICE, &pay(BOB, asset, 1), PaymentResult::NoTrust);
    }
    let wrong = [
        short(*b"\0\0\0\0"),
        short(*b"U\0D\0"),
        short(*b"\0USD"),
        short(*b"US-\0"),
        short(*b"US\xc3\xa9"),
        long(*b"EURO\0\0\0\0\0\0\0\0"),
        long(*b"EURO5\0\0\0\0\0\0A"),
        long(*b"EURO \0\0\0\0\0\0\0"),
    ];
    for asset in wrong {
        World::new().fails(&ALICE, &pay(BOB, asset, 1), PaymentResult::Malformed);
    }
}

#[test]
fn a_token_goes_from_one_trustline_to_another() {
    let mut world = trading();
    world.succeeds(&ALICE, &pay(BOB, token(), 500));
    assert_eq!(world.all(), holds(0, 600));
}

#[test]
fn an_issuer_issues_by_paying_and_takes_in_by_being_paid() {
    let mut world = trading();
    world.succeeds(&ISSUER, &pay(BOB, token(), 900));
    assert_eq!(world.all(), holds(500, 1_000));
    world.succeeds(&BOB, &pay(ISSUER, token(), 1_000));
    assert_eq!(world.all(), holds(500, 0));
    world.succeeds(&ISSUER, &pay(ISSUER, token(), i64::MAX));
    assert_eq!(world.all(), holds(500, 0));
}

#[test]
fn a_token_goes_back_to_an_issuer_whose_account_is_gone() {
    let mut world = trading();
    world.remove(account_key(&ISSUER));
    world.succeeds(&ALICE, &pay(ISSUER, token(), 500));
    world.succeeds(&BOB, &pay(ALICE, token(), 100));
    assert_eq!(world.entries.trustline(&ALICE, &line(&ALICE, 0).asset), Some(line(&ALICE, 100)));
}

#[test]
fn nobody_pays_more_of_a_token_than_it_has() {
    trading().fails(&ALICE, &pay(BOB, token(), 501), PaymentResult::Underfunded);
}

#[test]
fn nobody_gets_more_of_a_token_than_it_trusts() {
    trading().succeeds(&ISSUER, &pay(BOB, token(), 900));
    trading().fails(&ISSUER, &pay(BOB, token(), 901), PaymentResult::LineFull);
}

#[test]
fn a_token_to_oneself_needs_room_and_cover() {
    let mut world = trading();
    world.succeeds(&ALICE, &pay(ALICE, token(), 500));
    assert_eq!(world.all(), holds(500, 100));
    trading().fails(&ALICE, &pay(ALICE, token(), 501), PaymentResult::LineFull);
}

#[test]
fn who_does_not_trust_a_token_neither_pays_nor_gets_it() {
    let world = World::new().trusting(line(&ALICE, 500));
    world.fails(&ALICE, &pay(BOB, token(), 1), PaymentResult::NoTrust);
    let world = World::new().trusting(line(&BOB, 100));
    world.fails(&ALICE, &pay(BOB, token(), 1), PaymentResult::SrcNoTrust);
}

#[test]
fn who_is_not_authorised_neither_pays_nor_gets_a_token() {
    let world = World::new().trusting(line(&ALICE, 500)).trusting(unauthorised(line(&BOB, 100)));
    world.fails(&ALICE, &pay(BOB, token(), 1), PaymentResult::NotAuthorized);
    let world = World::new().trusting(unauthorised(line(&ALICE, 500))).trusting(line(&BOB, 100));
    world.fails(&ALICE, &pay(BOB, token(), 1), PaymentResult::SrcNotAuthorized);
}

#[test]
fn an_issuer_takes_back_even_what_is_frozen() {
    for (from, flags) in [(ALICE.into(), CLAWBACK | 1), (customer_of(&ALICE), CLAWBACK)] {
        let holder = |balance| TrustLineEntry { flags, ..line(&ALICE, balance) };
        let mut world = World::new().trusting(holder(500));
        world.succeeds(&ISSUER, &claw_back(from, token(), 500));
        assert_eq!(world.all(), World::new().trusting(holder(0)).all());
    }
}

#[test]
fn an_issuer_takes_back_no_more_than_there_is() {
    let holder = TrustLineEntry { flags: CLAWBACK, ..line(&ALICE, 500) };
    let world = World::new().trusting(holder);
    world.fails(&ISSUER, &claw_back(ALICE, token(), 501), ClawbackResult::Underfunded);
}

#[test]
fn an_issuer_takes_back_nothing_where_it_did_not_say_so_before() {
    trading().fails(&ISSUER, &claw_back(ALICE, token(), 1), ClawbackResult::NotClawbackEnabled);
}

#[test]
fn an_issuer_takes_back_nothing_from_who_has_no_trustline() {
    World::new().fails(&ISSUER, &claw_back(ALICE, token(), 1), ClawbackResult::NoTrust);
    World::new().fails(
        &ISSUER,
        &claw_back(customer_of(&ISSUER), token(), 1),
        ClawbackResult::NoTrust,
    );
}

#[test]
fn only_an_issuer_takes_back_and_only_what_it_issued() {
    let invalid =
        Asset::CreditAlphanum4(AlphaNum4 { asset_code: AssetCode4(*b"\0\0\0\0"), ..credit() });
    let holder = || World::new().trusting(TrustLineEntry { flags: CLAWBACK, ..line(&ALICE, 500) });
    for (source, body) in [
        (BOB, claw_back(ALICE, token(), 1)),
        (ISSUER, claw_back(ALICE, Asset::Native, 1)),
        (ISSUER, claw_back(ALICE, invalid, 1)),
        (ISSUER, claw_back(ISSUER, token(), 1)),
        (ISSUER, claw_back(ALICE, token(), 0)),
        (ISSUER, claw_back(ALICE, token(), -1)),
    ] {
        holder().fails(&source, &body, ClawbackResult::Malformed);
    }
}
