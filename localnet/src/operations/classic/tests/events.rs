use super::*;
use crate::operations::classic::events::{asset_contract, fee_event};
use stellar_xdr::{
    AlphaNum12, AssetCode12, ClawbackOp, ContractEventBody, ContractEventType, CreateAccountOp,
    PaymentOp, ScAddress, ScMap, ScMapEntry, ScString, ScSymbol, ScVal, SetTrustLineFlagsOp,
};

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().expect("a short text")))
}

fn string(text: &str) -> ScVal {
    ScVal::String(ScString(text.try_into().expect("a short text")))
}

fn address(id: &AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id.clone()))
}

fn amount(amount: i128) -> ScVal {
    amount.into()
}

/// The amount and the customer for whom it is.
fn amount_for(stroops: i128, customer: ScVal) -> ScVal {
    let entry = |key, val| ScMapEntry { key: symbol(key), val };
    let map = vec![entry("amount", amount(stroops)), entry("to_muxed_id", customer)];
    ScVal::Map(Some(ScMap(map.try_into().expect("two entries"))))
}

fn token_name() -> ScVal {
    string(&format!("USD:{ISSUER}"))
}

fn pay(destination: impl Into<MuxedAccount>, asset: Asset, amount: i64) -> OperationBody {
    OperationBody::Payment(PaymentOp { destination: destination.into(), asset, amount })
}

/// What one operation says: the contract, the topics and the data.
fn said(mut world: World, source: &AccountId, body: &OperationBody) -> (Asset, Vec<ScVal>, ScVal) {
    world.succeeds(source, body);
    let [event] = world.events.as_slice() else { panic!("not one event: {:?}", world.events) };
    assert_eq!(event.type_, ContractEventType::Contract);
    let of = |asset: &Asset| event.contract_id == Some(asset_contract(asset, &network_id()));
    let asset = [Asset::Native, token()].into_iter().find(of).expect("the contract of an asset");
    let ContractEventBody::V0(body) = &event.body;
    (asset, body.topics.to_vec(), body.data.clone())
}

fn trading() -> World {
    World::new().trusting(line(&ALICE, 500)).trusting(line(&BOB, 100))
}

fn transfer(from: &AccountId, to: &AccountId, asset: ScVal) -> Vec<ScVal> {
    vec![symbol("transfer"), address(from), address(to), asset]
}

#[test]
fn an_asset_has_the_contract_that_every_network_gives_it() {
    let native = asset_contract(&Asset::Native, &network_id()).to_string();
    assert_eq!(native, "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4");
    let testnet = crate::ledger::sha256(b"Test SDF Network ; September 2015");
    let native = asset_contract(&Asset::Native, &testnet).to_string();
    assert_eq!(native, "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC");
}

#[test]
fn a_payment_of_xlm_is_a_transfer() {
    let expected = (Asset::Native, transfer(&ALICE, &BOB, string("native")), amount(30));
    assert_eq!(said(World::new(), &ALICE, &pay(BOB, Asset::Native, 30)), expected);
    let expected = (Asset::Native, transfer(&ALICE, &ALICE, string("native")), amount(30));
    assert_eq!(said(World::new(), &ALICE, &pay(ALICE, Asset::Native, 30)), expected);
}

#[test]
fn a_new_account_and_a_merged_one_are_transfers() {
    let body = OperationBody::CreateAccount(CreateAccountOp {
        destination: NOBODY,
        starting_balance: 2 * RESERVE,
    });
    let topics = transfer(&ALICE, &NOBODY, string("native"));
    let expected = (Asset::Native, topics, amount(2 * i128::from(RESERVE)));
    assert_eq!(said(World::new(), &ALICE, &body), expected);
    let body = OperationBody::AccountMerge(customer_of(&BOB));
    let data = amount_for(BALANCE.into(), ScVal::U64(77));
    let expected = (Asset::Native, transfer(&ALICE, &BOB, string("native")), data);
    assert_eq!(said(World::new(), &ALICE, &body), expected);
}

#[test]
fn a_token_is_transferred_minted_and_burnt() {
    let expected = (token(), transfer(&ALICE, &BOB, token_name()), amount(30));
    assert_eq!(said(trading(), &ALICE, &pay(BOB, token(), 30)), expected);
    let minted = (token(), vec![symbol("mint"), address(&BOB), token_name()], amount(30));
    assert_eq!(said(trading(), &ISSUER, &pay(BOB, token(), 30)), minted);
    let burnt = (token(), vec![symbol("burn"), address(&ALICE), token_name()], amount(30));
    assert_eq!(said(trading(), &ALICE, &pay(ISSUER, token(), 30)), burnt);
    let expected = (token(), transfer(&ISSUER, &ISSUER, token_name()), amount(30));
    assert_eq!(said(trading(), &ISSUER, &pay(ISSUER, token(), 30)), expected);
}

#[test]
fn the_name_of_a_long_asset_is_its_code_and_its_issuer() {
    let asset_code = AssetCode12(*b"LOCALNET\0\0\0\0");
    let asset = Asset::CreditAlphanum12(AlphaNum12 { asset_code, issuer: ISSUER });
    let mut world = World::new();
    world.succeeds(&ISSUER, &pay(ISSUER, asset, 1));
    let ContractEventBody::V0(body) = &world.events[0].body;
    assert_eq!(body.topics.last(), Some(&string(&format!("LOCALNET:{ISSUER}"))));
}

#[test]
fn a_payment_tells_for_which_customer_it_is() {
    let expected = amount_for(30, ScVal::U64(77));
    assert_eq!(said(trading(), &ALICE, &pay(customer_of(&BOB), token(), 30)).2, expected);
    assert_eq!(said(trading(), &ISSUER, &pay(customer_of(&BOB), token(), 30)).2, expected);
    let burnt = said(trading(), &ALICE, &pay(customer_of(&ISSUER), token(), 30));
    assert_eq!(burnt.2, amount(30));
}

#[test]
fn a_memo_stands_for_the_customer_where_the_address_names_none() {
    let hash = ScVal::Bytes([5; 32].to_vec().try_into().expect("a hash"));
    for (memo, customer) in [
        (Memo::Text("rent".try_into().expect("a short text")), string("rent")),
        (Memo::Id(u64::MAX), ScVal::U64(u64::MAX)),
        (Memo::Hash(Hash([5; 32])), hash.clone()),
        (Memo::Return(Hash([5; 32])), hash),
    ] {
        let world = || World { memo: memo.clone(), ..trading() };
        let data = |source, body: OperationBody| said(world(), source, &body).2;
        assert_eq!(data(&ALICE, pay(BOB, token(), 30)), amount_for(30, customer));
        let of_address = amount_for(30, ScVal::U64(77));
        assert_eq!(data(&ALICE, pay(customer_of(&BOB), token(), 30)), of_address);
        assert_eq!(data(&ALICE, pay(ISSUER, token(), 30)), amount(30));
    }
}

#[test]
fn a_clawback_is_told_without_the_customer() {
    let flags = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
    let world = World::new().trusting(TrustLineEntry { flags, ..line(&ALICE, 500) });
    let world = World { memo: Memo::Id(1), ..world };
    let op = ClawbackOp { asset: token(), from: customer_of(&ALICE), amount: 30 };
    let topics = vec![symbol("clawback"), address(&ALICE), token_name()];
    assert_eq!(said(world, &ISSUER, &OperationBody::Clawback(op)), (token(), topics, amount(30)));
}

#[test]
fn an_authorisation_is_told_even_where_it_stays() {
    let maintain = TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32;
    for (set_flags, clear_flags, authorised) in [(0, 0, true), (1, 0, true), (maintain, 1, false)] {
        let world = trading().with(&ISSUER, |issuer| issuer.flags = 2);
        let op = SetTrustLineFlagsOp { trustor: ALICE, asset: token(), clear_flags, set_flags };
        let topics = vec![symbol("set_authorized"), address(&ALICE), token_name()];
        let expected = (token(), topics, ScVal::Bool(authorised));
        assert_eq!(said(world, &ISSUER, &OperationBody::SetTrustLineFlags(op)), expected);
    }
}

#[test]
fn a_fee_is_told_by_the_contract_of_xlm() {
    for stroops in [100, -7] {
        let event = fee_event(&ALICE, stroops, &network_id());
        assert_eq!(event.contract_id, Some(asset_contract(&Asset::Native, &network_id())));
        assert_eq!(event.type_, ContractEventType::Contract);
        let ContractEventBody::V0(body) = event.body;
        assert_eq!(body.topics.as_slice(), [symbol("fee"), address(&ALICE)]);
        assert_eq!(body.data, amount(stroops.into()));
    }
}
