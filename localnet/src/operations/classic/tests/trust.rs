use super::*;
use crate::ledger::account_key;
use stellar_xdr::{
    AccountFlags, ChangeTrustAsset, ChangeTrustOp, ChangeTrustResult, SetTrustLineFlagsOp,
    SetTrustLineFlagsResult,
};

const AUTHORISED: u32 = TrustLineFlags::AuthorizedFlag as u32;
const MAINTAINS: u32 = TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32;
const CLAWBACK: u32 = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
const REQUIRED: u32 = AccountFlags::RequiredFlag as u32;
const REVOCABLE: u32 = AccountFlags::RevocableFlag as u32;
const CLAWBACK_ENABLED: u32 = AccountFlags::ClawbackEnabledFlag as u32;

fn trust(limit: i64) -> OperationBody {
    trust_in(ChangeTrustAsset::CreditAlphanum4(credit()), limit)
}

fn trust_in(line: ChangeTrustAsset, limit: i64) -> OperationBody {
    OperationBody::ChangeTrust(ChangeTrustOp { line, limit })
}

fn flags(set_flags: u32, clear_flags: u32) -> SetTrustLineFlagsOp {
    SetTrustLineFlagsOp { trustor: ALICE, asset: token(), clear_flags, set_flags }
}

fn set(set_flags: u32, clear_flags: u32) -> OperationBody {
    OperationBody::SetTrustLineFlags(flags(set_flags, clear_flags))
}

/// The ledger where the issuer has these flags.
fn issued_with(flags: u32) -> World {
    World::new().with(&ISSUER, |issuer| issuer.flags = flags)
}

/// The ledger where the issuer can freeze, and Alice's trustline has these flags.
fn held_with(flags: u32) -> World {
    issued_with(REVOCABLE).trusting(TrustLineEntry { flags, ..line(&ALICE, 500) })
}

#[test]
fn a_new_trustline_is_empty_and_costs_a_reserve() {
    for (issuer_flags, flags) in [
        (0, AUTHORISED),
        (REQUIRED, 0),
        (REVOCABLE, AUTHORISED),
        (REVOCABLE | CLAWBACK_ENABLED, AUTHORISED | CLAWBACK),
        (REQUIRED | REVOCABLE | CLAWBACK_ENABLED, CLAWBACK),
    ] {
        let mut world = issued_with(issuer_flags);
        world.succeeds(&ALICE, &trust(1_000));
        let opened = TrustLineEntry { flags, ..line(&ALICE, 0) };
        assert_eq!(world.all(), issued_with(issuer_flags).trusting(opened).all());
    }
}

#[test]
fn a_trustline_keeps_its_flags_when_its_limit_changes() {
    let mut world = held_with(MAINTAINS);
    world.succeeds(&ALICE, &trust(i64::MAX));
    let changed = TrustLineEntry { flags: MAINTAINS, limit: i64::MAX, ..line(&ALICE, 500) };
    assert_eq!(world.all(), issued_with(REVOCABLE).trusting(changed).all());
}

#[test]
fn an_empty_trustline_is_closed_by_a_limit_of_zero() {
    let mut world = World::new().trusting(line(&ALICE, 0));
    world.remove(account_key(&ISSUER));
    let mut expected = World::new();
    expected.remove(account_key(&ISSUER));
    world.succeeds(&ALICE, &trust(0));
    assert_eq!(world.all(), expected.all());
}

#[test]
fn no_limit_is_below_the_balance() {
    let world = || World::new().trusting(line(&ALICE, 500));
    world().succeeds(&ALICE, &trust(500));
    world().fails(&ALICE, &trust(499), ChangeTrustResult::InvalidLimit);
    world().fails(&ALICE, &trust(0), ChangeTrustResult::InvalidLimit);
}

#[test]
fn no_trustline_is_opened_with_a_limit_of_zero() {
    World::new().fails(&ALICE, &trust(0), ChangeTrustResult::InvalidLimit);
}

#[test]
fn nobody_trusts_an_issuer_that_does_not_exist() {
    let mut opened = World::new();
    let mut changed = World::new().trusting(line(&ALICE, 0));
    opened.remove(account_key(&ISSUER));
    changed.remove(account_key(&ISSUER));
    opened.fails(&ALICE, &trust(1), ChangeTrustResult::NoIssuer);
    changed.fails(&ALICE, &trust(1), ChangeTrustResult::NoIssuer);
}

#[test]
fn a_trustline_needs_its_reserve() {
    let with = |balance| World::new().with(&ALICE, |account| account.balance = balance);
    with(3 * RESERVE).succeeds(&ALICE, &trust(1));
    with(3 * RESERVE - 1).fails(&ALICE, &trust(1), ChangeTrustResult::LowReserve);
}

#[test]
fn an_account_has_at_most_a_thousand_sub_entries() {
    let with = |count| {
        World::new().with(&ALICE, |account| {
            account.balance = i64::MAX;
            account.num_sub_entries = count;
        })
    };
    with(999).succeeds(&ALICE, &trust(1));
    with(1_000).fails(&ALICE, &trust(1), OperationResult::OpTooManySubentries);
}

#[test]
fn only_an_asset_of_somebody_else_is_trusted() {
    let invalid = AlphaNum4 { asset_code: AssetCode4(*b"\0USD"), ..credit() };
    for (source, body) in [
        (ALICE, trust(-1)),
        (ALICE, trust_in(ChangeTrustAsset::CreditAlphanum4(invalid), 1)),
        (ALICE, trust_in(ChangeTrustAsset::Native, 1)),
        (ISSUER, trust(1)),
    ] {
        World::new().fails(&source, &body, ChangeTrustResult::Malformed);
    }
}

#[test]
fn an_issuer_authorises_and_freezes() {
    for (before, op, after) in [
        (0, set(AUTHORISED, 0), AUTHORISED),
        (AUTHORISED, set(0, AUTHORISED), 0),
        (AUTHORISED, set(MAINTAINS, AUTHORISED), MAINTAINS),
        (MAINTAINS | CLAWBACK, set(AUTHORISED, MAINTAINS), AUTHORISED | CLAWBACK),
        (AUTHORISED | CLAWBACK, set(0, CLAWBACK), AUTHORISED),
        (CLAWBACK, set(0, 0), CLAWBACK),
    ] {
        let mut world = held_with(before);
        world.succeeds(&ISSUER, &op);
        assert_eq!(world.all(), held_with(after).all());
    }
}

#[test]
fn an_issuer_that_cannot_freeze_takes_no_authorisation_away() {
    let held = |flags| World::new().trusting(TrustLineEntry { flags, ..line(&ALICE, 500) });
    for op in [set(0, AUTHORISED), set(MAINTAINS, AUTHORISED), set(0, MAINTAINS)] {
        held(AUTHORISED).fails(&ISSUER, &op, SetTrustLineFlagsResult::CantRevoke);
    }
    held(MAINTAINS).succeeds(&ISSUER, &set(AUTHORISED, MAINTAINS));
    held(AUTHORISED | CLAWBACK).succeeds(&ISSUER, &set(0, CLAWBACK));
}

#[test]
fn only_a_trustline_that_is_there_has_flags() {
    issued_with(REVOCABLE).fails(&ISSUER, &set(1, 0), SetTrustLineFlagsResult::NoTrustLine);
}

#[test]
fn no_trustline_is_authorised_in_two_ways() {
    let result = || SetTrustLineFlagsResult::InvalidState;
    held_with(AUTHORISED).fails(&ISSUER, &set(MAINTAINS, 0), result());
    held_with(MAINTAINS).fails(&ISSUER, &set(AUTHORISED, 0), result());
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    let invalid = AlphaNum4 { asset_code: AssetCode4(*b"\0USD"), ..credit() };
    for (source, op) in [
        (ISSUER, SetTrustLineFlagsOp { asset: Asset::Native, ..flags(0, 0) }),
        (ISSUER, SetTrustLineFlagsOp { asset: Asset::CreditAlphanum4(invalid), ..flags(0, 0) }),
        (BOB, flags(0, 0)),
        (ISSUER, SetTrustLineFlagsOp { trustor: ISSUER, ..flags(0, 0) }),
        (ISSUER, flags(AUTHORISED, AUTHORISED)),
        (ISSUER, flags(AUTHORISED | MAINTAINS, 0)),
        (ISSUER, flags(CLAWBACK, 0)),
        (ISSUER, flags(8, 0)),
        (ISSUER, flags(0, 8)),
    ] {
        let body = OperationBody::SetTrustLineFlags(op);
        held_with(0).fails(&source, &body, SetTrustLineFlagsResult::Malformed);
    }
}
