//! Who may call what, with which signature: every entry point, every kind of caller, every kind
//! of signature.

use escrow::*;
use soroban_sdk::testutils::{
    Address as _, AuthorizedFunction, AuthorizedInvocation, BytesN as _, MockAuth, MockAuthInvoke,
};
use soroban_sdk::xdr::{
    self, ContractIdPreimage, ContractIdPreimageFromAddress, CreateContractArgsV2, HostFunction,
    InvokeContractArgs, Limited, Limits, ReadXdr, ScSpecEntry, ScVal, SorobanAddressCredentials,
    SorobanAuthorizationEntry, SorobanAuthorizedFunction, SorobanAuthorizedInvocation,
    SorobanCredentials,
};
use soroban_sdk::{Address, Bytes, BytesN, Env, IntoVal, Symbol, TryFromVal, Val, Vec, vec};
use std::collections::BTreeSet;
use tests::tokens::Mischief;
use tests::*;

type List<T> = std::vec::Vec<T>;

/// Kinds of callers. All are different addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Payer,
    Approver,
    Provider,
    Signer,
    /// An approver who is a release signer too.
    Confirmer,
    Resolver,
    Receiver,
    Platform,
    Admin,
    Observer,
    Stranger,
}

use Who::*;

const ALL: [Who; 11] = [
    Payer, Approver, Provider, Signer, Confirmer, Resolver, Receiver, Platform, Admin, Observer,
    Stranger,
];

impl Who {
    fn address(self, w: &World) -> Address {
        match self {
            Payer => w.payer.clone(),
            Approver => w.approvers[0].clone(),
            Provider => w.providers[0].clone(),
            Signer => w.signers[0].clone(),
            Confirmer => w.approvers[2].clone(),
            Resolver => w.resolvers[0].clone(),
            Receiver => w.get_milestone(0).receiver,
            Platform => w.platform.clone(),
            Admin => w.admin.clone(),
            Observer => w.observers[0].clone(),
            Stranger => w.stranger.clone(),
        }
    }
}

/// Somebody with no seat of which a rule speaks: receives the third milestone.
fn heir(w: &World) -> Address {
    w.get_milestone(2).receiver
}

// What a row needs to have happened.

fn people(env: &Env, plan: &mut Plan) {
    let roles = &mut plan.terms.roles;
    roles.release_signers.set(1, roles.approvers.get_unchecked(2));
    let receiver = Address::generate(env);
    plan.milestones[0].receiver = Some(receiver.clone());
    plan.milestones[1].receiver = Some(receiver);
    plan.milestones[2].receiver = Some(Address::generate(env));
}

fn new() -> World {
    World::with(people)
}

fn with_tokens() -> World {
    let w = new();
    w.mint(&w.payer, 3_075 * ONE);
    w
}

fn with_deposit() -> World {
    let w = new();
    w.deposit(3_075 * ONE);
    w
}

fn funded() -> World {
    let w = new();
    w.fund_all();
    w
}

fn completed() -> World {
    let w = funded();
    w.complete(&[0]);
    w
}

/// The review window has passed since work was completed.
fn unreviewed() -> World {
    let w = completed();
    w.wait(7 * DAY);
    w
}

fn approved() -> World {
    let w = completed();
    w.approve_all(&[0]);
    w
}

/// The review window has passed since work was approved.
fn unreleased() -> World {
    let w = approved();
    w.wait(7 * DAY);
    w
}

/// There are no release signers.
fn approved_unsigned() -> World {
    let w = World::with(|env, plan| {
        people(env, plan);
        plan.terms.policy.release_quorum = 0;
        plan.terms.roles.release_signers = vec![env];
    });
    w.fund_all();
    w.approve_all(&[0]);
    // For the addresses of callers; these two hold no seat here.
    World { signers: std::vec![w.address(), w.approvers[2].clone()], ..w }
}

fn one_approval_suffices() -> World {
    let w = World::with(|env, plan| {
        people(env, plan);
        plan.milestones[0].approvals_required = 1;
    });
    w.fund_all();
    w
}

fn disputed() -> World {
    let w = funded();
    assert_eq!(w.dispute(&w.payer, &[0], "late"), Ok(()));
    w
}

fn forgotten() -> World {
    let w = disputed();
    w.wait(14 * DAY);
    w
}

fn overdue() -> World {
    let w = funded();
    w.wait(30 * DAY + 1);
    w
}

/// Receiver, payer and platform have something to claim.
fn owing() -> World {
    let (w, coin) = tokens::world(people);
    coin.mint(&w.payer, &(3_075 * ONE));
    assert_eq!(w.fund(2, 3_075 * ONE), Ok(()));
    w.approve_all(&[0]);
    let receiver = Receiver.address(&w);
    let refuses = [&receiver, &w.payer].map(|a| Mischief::RefusesTo(a.clone()));
    coin.turn(&w.list(&refuses));
    assert_eq!(w.release(&w.signers[0], &[w.payout(0)]), Ok(()));
    assert_eq!(w.refund(&receiver, &[1], 1_025 * ONE), Ok(()));
    coin.turn(&vec![&w.env]);
    w
}

// The matrix.

/// Who must sign.
#[derive(Clone, Copy, Debug, PartialEq)]
enum SignedBy {
    Nobody,
    Caller,
    CallerAndHeir,
}

/// An entry point, in one state of the escrow.
struct Row {
    call: &'static str,
    when: &'static str,
    world: fn() -> World,
    args: fn(&World, &Address) -> Vec<Val>,
    signed: SignedBy,
    /// Who may.
    may: &'static [Who],
    /// What all others are told.
    others: Option<Error>,
    /// Who is told something else.
    but: &'static [(Who, Error)],
}

impl Row {
    fn expected(&self, who: Who) -> Outcome {
        if self.may.contains(&who) {
            return Ok(());
        }
        let but = self.but.iter().find(|(other, _)| *other == who).map(|(_, error)| *error);
        refused(but.or(self.others).unwrap())
    }

    fn signers(&self, w: &World, caller: &Address) -> List<Address> {
        match self.signed {
            SignedBy::Nobody => std::vec![],
            SignedBy::Caller => std::vec![caller.clone()],
            SignedBy::CallerAndHeir => std::vec![caller.clone(), heir(w)],
        }
    }

    fn named(&self, who: Who) -> std::string::String {
        format!("{} {} by {who:?}", self.call, self.when)
    }
}

#[rustfmt::skip]
fn rows() -> List<Row> {
    let row = |call, when, world, args, may, others| {
        Row { call, when, world, args, signed: SignedBy::Caller, may, others: Some(others), but: &[] }
    };
    let all = |call, when, world, args, signed| {
        Row { call, when, world, args, signed, may: &ALL, others: None, but: &[] }
    };
    let released = |when, world| all("release", when, world, payouts, SignedBy::Caller);
    let unsigned = |call, world, args| all(call, "", world, args, SignedBy::Nobody);
    let mut rows = std::vec![
        row("fund", "", with_tokens, fund, &[Payer], Error::NotPayer),
        row("count_deposit", "", with_deposit, fund, &[Payer], Error::NotPayer),
        row("change_status", "", funded, change_status, &[Provider], Error::NotServiceProvider),
        row("approve", "", funded, payouts, &[Approver, Confirmer], Error::NotApprover),
        row("reject", "", completed, reasoned, &[Approver, Confirmer], Error::NotApprover),
        row("release", "", approved, payouts, &[Signer, Confirmer], Error::NotReleaseSigner),
        released("long after approval", unreleased),
        released("long after completion", unreviewed),
        released("without signers", approved_unsigned),
        Row {
            but: &[(Approver, Error::NotReleaseSigner)],
            ..row("confirm", "", one_approval_suffices, payouts, &[Confirmer], Error::NotApprover)
        },
        row("confirm", "long after completion", unreviewed, payouts, &[Approver, Confirmer], Error::NotApprover),
        row("dispute", "", funded, reasoned, &[Payer, Approver, Provider, Signer, Confirmer, Receiver], Error::NotParty),
        row("dispute", "once approved", approved, reasoned, &[Payer, Receiver], Error::NotParty),
        row("resume", "", disputed, milestones, &[Payer, Receiver], Error::NotParty),
        row("resolve", "", disputed, rulings, &[Resolver], Error::NotDisputeResolver),
        unsigned("resolve_by_default", forgotten, |w, _| (w.list(&[0_u32]),).into_val(&w.env)),
        row("settle", "", funded, rulings, &[Payer, Receiver], Error::NotParty),
        row("settle", "when disputed", disputed, rulings, &[Payer, Receiver], Error::NotParty),
        row("refund", "", funded, returned, &[Receiver], Error::NotReceiver),
        row("refund", "when disputed", disputed, returned, &[Receiver], Error::NotReceiver),
        row("reclaim", "", overdue, returned, &[Payer], Error::NotPayer),
        Row {
            signed: SignedBy::Nobody,
            ..row("claim", "", owing, claim, &[Payer, Receiver, Platform], Error::NothingToClaim)
        },
        row("claim", "elsewhere", owing, claim_elsewhere, &[Payer, Receiver, Platform], Error::NothingToClaim),
        row("withdraw", "", with_deposit, withdraw, &[Payer], Error::NotPayer),
        row("update", "", new, update, &[Admin], Error::NotAdmin),
        row("manage_milestones", "", new, manage, &[Admin], Error::NotAdmin),
        row("redirect", "", funded, redirect, &[Receiver], Error::NotReceiver),
        row("extend_ttl", "", funded, extend_ttl, &[Admin], Error::NotAdmin),
        unsigned("get_escrow", funded, |w, _| ().into_val(&w.env)),
        unsigned("get_milestone", funded, |w, _| (0_u32,).into_val(&w.env)),
        unsigned("get_milestones", funded, |w, _| (0_u32, 3_u32).into_val(&w.env)),
        unsigned("get_claimable", funded, |w, who| (who, w.list(&[0_u32])).into_val(&w.env)),
        unsigned("get_balances", funded, |w, _| ().into_val(&w.env)),
    ];
    type Seat = (&'static str, &'static [Who], fn(&World, &Address) -> Vec<Val>);
    let seats: [Seat; 8] = [
        ("payer", &[Payer], |w, who| rotate(w, Role::Payer, who)),
        ("admin", &[Admin], |w, who| rotate(w, Role::Admin, who)),
        ("platform", &[Platform], |w, who| rotate(w, Role::Platform, who)),
        ("approver", &[Approver, Confirmer], |w, who| rotate(w, Role::Approver, who)),
        ("provider", &[Provider], |w, who| rotate(w, Role::ServiceProvider, who)),
        ("signer", &[Signer, Confirmer], |w, who| rotate(w, Role::ReleaseSigner, who)),
        ("resolver", &[Resolver], |w, who| rotate(w, Role::DisputeResolver, who)),
        ("observer", &[Observer], |w, who| rotate(w, Role::Observer, who)),
    ];
    for (seat, may, args) in seats {
        let row = row("rotate", seat, funded, args, may, Error::NotSeatHolder);
        rows.push(Row { signed: SignedBy::CallerAndHeir, ..row });
    }
    rows
}

fn fund(w: &World, who: &Address) -> Vec<Val> {
    (who, 2_u32, 3_075 * ONE, w.get_escrow().revision).into_val(&w.env)
}

fn change_status(w: &World, who: &Address) -> Vec<Val> {
    let update = StatusUpdate {
        milestone: 0,
        status: Status::InProgress,
        note: Some(w.text("halfway")),
        evidence: None,
    };
    (who, w.list(&[update])).into_val(&w.env)
}

fn payouts(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[w.payout(0)])).into_val(&w.env)
}

fn reasoned(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[0_u32]), w.text("why")).into_val(&w.env)
}

fn milestones(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[0_u32])).into_val(&w.env)
}

fn rulings(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[Ruling { milestone: 0, to_receiver: 5 }])).into_val(&w.env)
}

fn returned(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[0_u32]), 1_025 * ONE).into_val(&w.env)
}

fn claim(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[0_u32, 1]), None::<Address>).into_val(&w.env)
}

fn claim_elsewhere(w: &World, who: &Address) -> Vec<Val> {
    (who, w.list(&[0_u32, 1]), Some(heir(w))).into_val(&w.env)
}

fn withdraw(w: &World, who: &Address) -> Vec<Val> {
    (who, &w.token).into_val(&w.env)
}

fn update(w: &World, who: &Address) -> Vec<Val> {
    (who, w.terms.clone(), w.get_escrow().revision).into_val(&w.env)
}

fn manage(w: &World, who: &Address) -> Vec<Val> {
    let edit = MilestoneEdit { title: Some(w.text("Better")), ..edit(1) };
    let add = milestone(&w.env, "Launch", 900 * ONE);
    (who, 1_u32, w.list(&[edit]), w.list(&[add]), 2_900 * ONE).into_val(&w.env)
}

fn redirect(w: &World, who: &Address) -> Vec<Val> {
    (who, 0_u32, heir(w)).into_val(&w.env)
}

fn rotate(w: &World, role: Role, who: &Address) -> Vec<Val> {
    (role, who, heir(w)).into_val(&w.env)
}

fn extend_ttl(w: &World, who: &Address) -> Vec<Val> {
    (who, 1_000_000_u32, 0_u32, 3_u32).into_val(&w.env)
}

/// How a call is signed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Signature {
    Right,
    Missing,
    /// By the caller, for the same call with something else in it.
    ForOtherArguments,
    /// Of somebody with no part in this, for exactly this call.
    SomebodyElses,
}

const SIGNATURES: [Signature; 4] =
    [Signature::Right, Signature::Missing, Signature::ForOtherArguments, Signature::SomebodyElses];

/// Calls with whatever signatures are set up. The host's own error tells a missing signature
/// from a trap, which it no longer does for a call within a call.
fn invoke(w: &World, function: &str, args: &Vec<Val>) -> Outcome {
    host(&w.env, HostFunction::InvokeContract(to_call(&w.escrow, function, args))).map(drop)
}

fn to_call(contract: &Address, function: &str, args: &Vec<Val>) -> InvokeContractArgs {
    InvokeContractArgs {
        contract_address: contract.into(),
        function_name: function.try_into().unwrap(),
        args: args.clone().into(),
    }
}

fn host(env: &Env, function: HostFunction) -> Outcome<ScVal> {
    env.host().invoke_function(function).map_err(|error| {
        let refusal = Refusal::from(error.error);
        let exact = error.error.is_type(xdr::ScErrorType::Auth);
        if refusal == Refusal::Auth && !exact { Refusal::Trap(error.error) } else { refusal }
    })
}

/// Sets up the signatures of these addresses for a call of a contract, with the transfer in it
/// where money is sent along.
fn sign(w: &World, contract: &Address, signers: &[Address], function: &str, args: &Vec<Val>) {
    let transfer = transfer(w, function, args);
    let transfer = transfer.as_ref().map(|args| MockAuthInvoke {
        contract: &w.token,
        fn_name: "transfer",
        args: args.clone(),
        sub_invokes: &[],
    });
    let sub_invokes = transfer.as_slice();
    let invoke = MockAuthInvoke { contract, fn_name: function, args: args.clone(), sub_invokes };
    let auths: List<_> =
        signers.iter().map(|address| MockAuth { address, invoke: &invoke }).collect();
    w.env.mock_auths(&auths);
}

/// The transfer that a call of `fund` makes in the payer's name.
fn transfer(w: &World, function: &str, args: &Vec<Val>) -> Option<Vec<Val>> {
    let (from, amount) = (args.first()?, args.get(2)?);
    (function == "fund").then(|| vec![&w.env, from, w.escrow.to_val(), amount])
}

/// What the host tells of the signatures that a call used.
fn tree(
    w: &World,
    row: &Row,
    caller: &Address,
    args: &Vec<Val>,
) -> List<(Address, AuthorizedInvocation)> {
    let call = |contract: &Address, function: &str, args: &Vec<Val>, sub_invocations| {
        let function = Symbol::new(&w.env, function);
        AuthorizedInvocation {
            function: AuthorizedFunction::Contract((contract.clone(), function, args.clone())),
            sub_invocations,
        }
    };
    let transfer = transfer(w, row.call, args);
    let within = transfer.iter().map(|args| call(&w.token, "transfer", args, std::vec![]));
    let invocation = call(&w.escrow, row.call, args, within.collect());
    let signers = row.signers(w, caller);
    signers.into_iter().map(|signer| (signer, invocation.clone())).collect()
}

#[test]
fn every_call_by_everybody_with_every_signature_does_what_the_matrix_says() {
    let mut cells = 0;
    for row in rows() {
        let shared = (row.world)();
        let before = shared.state();
        for (i, who) in ALL.into_iter().enumerate() {
            for signature in SIGNATURES {
                let good = row.signed == SignedBy::Nobody || signature == Signature::Right;
                let expected = if good { row.expected(who) } else { Err(Refusal::Auth) };
                let own = expected.is_ok().then(row.world);
                let w = own.as_ref().unwrap_or(&shared);

                let caller = who.address(w);
                let args = (row.args)(w, &caller);
                let mut signers = row.signers(w, &caller);
                match signature {
                    Signature::Right => sign(w, &w.escrow, &signers, row.call, &args),
                    Signature::Missing => w.env.set_auths(&[]),
                    Signature::ForOtherArguments => {
                        let others = variants(&w.env, &args);
                        let other = others.get(i % others.len().max(1)).unwrap_or(&args);
                        sign(w, &w.escrow, &signers, row.call, other);
                    }
                    Signature::SomebodyElses => {
                        if let Some(signer) = signers.first_mut() {
                            *signer = w.address();
                        } else {
                            signers.push(w.address());
                        }
                        sign(w, &w.escrow, &signers, row.call, &args);
                    }
                }
                let outcome = invoke(w, row.call, &args);
                let name = format!("{}, signature {signature:?}", row.named(who));
                assert_eq!(outcome, expected, "{name}");
                if outcome.is_ok() {
                    assert_eq!(w.auths(), tree(w, &row, &caller, &args), "{name}");
                }
                cells += 1;
            }
        }
        assert_eq!(shared.state(), before, "a refusal changes nothing: {}", row.call);
    }
    println!("{cells} cells");
    assert_eq!(cells, rows().len() * ALL.len() * SIGNATURES.len());
}

/// A new entry point without a row fails here.
#[test]
fn the_matrix_has_a_row_for_every_entry_point() {
    let mut rows: BTreeSet<_> = rows().iter().map(|row| row.call.to_string()).collect();
    // Has tests of its own below: it is not called like the others.
    rows.insert("__constructor".to_string());
    assert_eq!(rows, exported());
}

/// The names of all entry points: from what the WASM says of itself, or else from the source.
fn exported() -> BTreeSet<std::string::String> {
    if !on_wasm() {
        let source = include_str!("../../contracts/escrow/src/contract.rs");
        let names = source.lines().filter_map(|line| line.strip_prefix("    pub fn "));
        return names.map(|name| name.split('(').next().unwrap().to_string()).collect();
    }
    let wasm = wasm();
    let spec = sections(&wasm, "contractspecv0").concat();
    let entries = ScSpecEntry::read_xdr_iter(&mut Limited::new(&spec[..], Limits::none()))
        .collect::<Result<List<_>, _>>()
        .unwrap();
    let functions = entries.iter().filter_map(|entry| match entry {
        ScSpecEntry::FunctionV0(function) => Some(function.name.to_utf8_string_lossy()),
        _ => None,
    });
    functions.collect()
}

/// The contents of a WASM's custom sections of a name.
fn sections<'a>(wasm: &'a [u8], name: &str) -> List<&'a [u8]> {
    fn number(bytes: &[u8]) -> (usize, &[u8]) {
        let length = 1 + bytes.iter().position(|byte| byte & 0x80 == 0).unwrap();
        let (number, rest) = bytes.split_at(length);
        let number = number.iter().rev().fold(0, |n, byte| n << 7 | usize::from(byte & 0x7f));
        (number, rest)
    }
    let mut found = std::vec![];
    let mut rest = &wasm[8..];
    while let Some((kind, after)) = rest.split_first() {
        let (size, after) = number(after);
        let (section, after) = after.split_at(size);
        rest = after;
        if *kind == 0 {
            let (length, section) = number(section);
            let (section_name, content) = section.split_at(length);
            if section_name == name.as_bytes() {
                found.push(content);
            }
        }
    }
    found
}

/// Arguments that differ from these in one thing each: a value, or the length of a list.
fn variants(env: &Env, args: &Vec<Val>) -> List<Vec<Val>> {
    let args = ScVal::try_from_val(env, &args.to_val()).unwrap();
    varied(&args).iter().map(|args| Vec::try_from_val(env, args).unwrap()).collect()
}

fn varied(value: &ScVal) -> List<ScVal> {
    match value {
        ScVal::Void => std::vec![ScVal::U32(1)],
        ScVal::Bool(yes) => std::vec![ScVal::Bool(!yes)],
        ScVal::U32(n) => std::vec![ScVal::U32(n.wrapping_add(1))],
        ScVal::U64(n) => std::vec![ScVal::U64(n.wrapping_add(1))],
        ScVal::I128(n) => {
            let lo = n.lo.wrapping_add(1);
            std::vec![ScVal::I128(xdr::Int128Parts { hi: n.hi, lo })]
        }
        ScVal::String(text) => {
            let text = format!("{}!", text.to_utf8_string_lossy());
            std::vec![ScVal::String(xdr::StringM::try_from(text.as_str()).unwrap().into())]
        }
        ScVal::Symbol(_) => std::vec![ScVal::Symbol("Other".try_into().unwrap())],
        ScVal::Address(_) => {
            let other = xdr::ScAddress::Contract(xdr::ContractId(xdr::Hash([7; 32])));
            std::vec![ScVal::Address(other)]
        }
        ScVal::Vec(Some(items)) => {
            let mut lists = std::vec![];
            for (i, item) in items.iter().enumerate() {
                for item in varied(item) {
                    let mut list = items.to_vec();
                    list[i] = item;
                    lists.push(list);
                }
            }
            if let Some((last, but_last)) = items.split_last() {
                lists.push(but_last.to_vec());
                lists.push([&items[..], std::slice::from_ref(last)].concat());
            }
            let lists = lists.into_iter();
            lists.map(|list| ScVal::Vec(Some(list.try_into().unwrap()))).collect()
        }
        ScVal::Map(Some(fields)) => {
            let mut maps = std::vec![];
            for (i, field) in fields.iter().enumerate() {
                for value in varied(&field.val) {
                    let mut map = fields.to_vec();
                    map[i].val = value;
                    maps.push(ScVal::Map(Some(map.try_into().unwrap())));
                }
            }
            maps
        }
        other => panic!("no argument is {other:?}"),
    }
}

/// What a wallet showed is what is done: nothing in a call can differ from what was signed.
#[test]
fn a_signature_is_for_exactly_its_arguments() {
    let mut tried = 0;
    for row in rows().iter().filter(|row| row.signed != SignedBy::Nobody) {
        let w = (row.world)();
        let before = w.state();
        let who = row.may[0];
        let caller = who.address(&w);
        let args = (row.args)(&w, &caller);
        let others = variants(&w.env, &args);
        assert!(others.len() > args.len() as usize, "{}", row.named(who));
        for other in others {
            sign(&w, &w.escrow, &row.signers(&w, &caller), row.call, &other);
            let outcome = invoke(&w, row.call, &args);
            assert_eq!(outcome, Err(Refusal::Auth), "{}, signed {other:?}", row.named(who));
            tried += 1;
        }
        assert_eq!(w.state(), before, "{}", row.named(who));
        sign(&w, &w.escrow, &row.signers(&w, &caller), row.call, &args);
        assert_eq!(invoke(&w, row.call, &args), Ok(()), "{}", row.named(who));
    }
    println!("{tried} signatures for other arguments");
}

#[test]
fn a_signature_is_for_one_call_of_one_escrow() {
    let calls: BTreeSet<_> = rows().iter().map(|row| row.call).collect();
    for row in rows().iter().filter(|row| row.signed != SignedBy::Nobody) {
        let w = (row.world)();
        let before = w.state();
        let caller = row.may[0].address(&w);
        let signers = row.signers(&w, &caller);
        let args = (row.args)(&w, &caller);
        for other in calls.iter().filter(|call| **call != row.call) {
            sign(&w, &w.escrow, &signers, other, &args);
            let outcome = invoke(&w, row.call, &args);
            assert_eq!(outcome, Err(Refusal::Auth), "{} signed as {other}", row.call);
        }
        sign(&w, &w.address(), &signers, row.call, &args);
        let outcome = invoke(&w, row.call, &args);
        assert_eq!(outcome, Err(Refusal::Auth), "{} of another escrow", row.call);
        assert_eq!(w.state(), before, "{}", row.call);
    }
}

/// Whatever is wrong besides: nobody learns anything, or spends anybody's time, unsigned.
#[test]
fn the_signature_is_looked_at_before_anything_else() {
    for row in rows().iter().filter(|row| row.signed != SignedBy::Nobody) {
        for w in [new(), (row.world)()] {
            for who in ALL {
                let args = (row.args)(&w, &who.address(&w));
                w.env.set_auths(&[]);
                assert_eq!(invoke(&w, row.call, &args), Err(Refusal::Auth), "{}", row.named(who));
            }
        }
    }
}

/// In an escrow where nothing has happened yet. Releases and claims are not in this: who may
/// release, and who owns a credit, depends on what has happened.
#[test]
fn the_seat_is_looked_at_before_the_state() {
    let by_state = ["release", "claim"];
    for row in
        rows().iter().filter(|row| row.signed != SignedBy::Nobody && !by_state.contains(&row.call))
    {
        let w = new();
        let before = w.state();
        let args = (row.args)(&w, &w.stranger);
        sign(&w, &w.escrow, &row.signers(&w, &w.stranger), row.call, &args);
        let outcome = invoke(&w, row.call, &args);
        assert_eq!(outcome, refused(row.others.unwrap()), "{}", row.named(Stranger));
        assert_eq!(w.state(), before);
    }
}

/// Where a seat of the terms is asked for, and the input is nonsense.
#[test]
fn the_seat_is_looked_at_before_the_input() {
    let w = funded();
    let nobody = &w.stranger;
    let long = "x".repeat(501);
    let terms = Terms { platform_fee_bps: u32::MAX, ..w.terms.clone() };
    let outcomes: List<Outcome> = std::vec![
        w.change_status(nobody, &[]),
        w.approve(nobody, &[]),
        w.reject(nobody, &[], &long),
        w.confirm(nobody, &[]),
        w.resolve(nobody, &[]),
        w.reclaim(nobody, &[], 0),
        w.withdraw(nobody, nobody),
        w.fund_at(nobody, u32::MAX, -1, u32::MAX),
        w.update(nobody, &terms, u32::MAX),
        w.manage_milestones(nobody, 0, &[], &[], 0),
        w.extend_ttl(nobody, u32::MAX, u32::MAX, u32::MAX),
    ];
    let expected = [
        Error::NotServiceProvider,
        Error::NotApprover,
        Error::NotApprover,
        Error::NotApprover,
        Error::NotDisputeResolver,
        Error::NotPayer,
        Error::NotPayer,
        Error::NotPayer,
        Error::NotAdmin,
        Error::NotAdmin,
        Error::NotAdmin,
    ];
    assert_eq!(outcomes, expected.map(refused));
}

// Replays.

const OURS: i64 = 1 << 32;

/// The signature of an address on a call, with a number that the host accepts once. Those below
/// [`OURS`] may be taken by signatures of the fixture.
fn entry(
    env: &Env,
    signer: &Address,
    nonce: i64,
    function: SorobanAuthorizedFunction,
    within: List<SorobanAuthorizedInvocation>,
) -> SorobanAuthorizationEntry {
    SorobanAuthorizationEntry {
        root_invocation: SorobanAuthorizedInvocation {
            function,
            sub_invocations: within.try_into().unwrap(),
        },
        credentials: SorobanCredentials::Address(SorobanAddressCredentials {
            address: signer.into(),
            nonce: OURS + nonce,
            signature_expiration_ledger: env.ledger().sequence() + 100,
            signature: ScVal::Void,
        }),
    }
}

fn contract_call(contract: &Address, function: &str, args: &Vec<Val>) -> SorobanAuthorizedFunction {
    SorobanAuthorizedFunction::ContractFn(to_call(contract, function, args))
}

/// Makes addresses of tests able to sign at all; the host asks the contract at an address.
fn enable(env: &Env, signers: &[&Address]) {
    let invoke =
        MockAuthInvoke { contract: signers[0], fn_name: "", args: vec![env], sub_invokes: &[] };
    let auths: List<_> =
        signers.iter().map(|address| MockAuth { address, invoke: &invoke }).collect();
    env.mock_auths(&auths);
}

/// Each of these calls could be done twice, if it were signed twice.
#[test]
fn a_signature_is_good_once() {
    type Again = fn(&World);
    let repeatable: [(&str, Who, Again); 7] = [
        ("change_status", Provider, |_| {}),
        ("settle", Payer, |_| {}),
        ("withdraw", Payer, |w| w.deposit(ONE)),
        ("update", Admin, |_| {}),
        ("extend_ttl", Admin, |_| {}),
        ("resolve", Resolver, |_| {}),
        ("rotate", Payer, |w| {
            assert_eq!(w.rotate(Role::Payer, &heir(w), &w.payer), Ok(()));
        }),
    ];
    for (call, who, again) in repeatable {
        let rows = rows();
        let row = rows.iter().find(|row| row.call == call && row.may.contains(&who)).unwrap();
        let w = (row.world)();
        let caller = who.address(&w);
        let args = (row.args)(&w, &caller);
        let function = contract_call(&w.escrow, call, &args);
        let signers = row.signers(&w, &caller);
        let signed = |nonce| -> List<_> {
            let signers = signers.iter();
            signers.map(|s| entry(&w.env, s, nonce, function.clone(), std::vec![])).collect()
        };
        enable(&w.env, &signers.iter().collect::<List<_>>());
        w.env.set_auths(&signed(1));
        assert_eq!(invoke(&w, call, &args), Ok(()), "{call}");
        again(&w);
        let before = w.state();
        w.env.set_auths(&signed(1));
        assert_eq!(invoke(&w, call, &args), Err(Refusal::Auth), "{call} replayed");
        assert_eq!(w.state(), before, "{call} replayed");
        w.env.set_auths(&signed(2));
        // The terms' revision moves with an update, and is part of what is signed.
        let fresh = if call == "update" { refused(Error::RevisionMismatch) } else { Ok(()) };
        assert_eq!(invoke(&w, call, &args), fresh, "{call} signed again");
    }
}

// The transfer within `fund`.

#[test]
fn funding_needs_the_payers_signature_on_the_very_transfer() {
    let w = with_tokens();
    let args = fund(&w, &w.payer);
    let transfer = transfer(&w, "fund", &args).unwrap();
    let fund = contract_call(&w.escrow, "fund", &args);
    let within = |contract: &Address, function, args: &Vec<Val>| {
        let function = contract_call(contract, function, args);
        SorobanAuthorizedInvocation { function, sub_invocations: Default::default() }
    };
    let mut wrong = std::vec![
        std::vec![],
        std::vec![within(&w.token, "burn", &transfer)],
        std::vec![within(&w.token, "approve", &transfer)],
        std::vec![within(&w.escrow, "transfer", &transfer)],
        std::vec![within(&w.address(), "transfer", &transfer)],
    ];
    for other in variants(&w.env, &transfer) {
        wrong.push(std::vec![within(&w.token, "transfer", &other)]);
    }
    let before = w.state();
    enable(&w.env, &[&w.payer]);
    for (nonce, within) in (0..).zip(wrong) {
        let signed = entry(&w.env, &w.payer, nonce, fund.clone(), within);
        w.env.set_auths(&[signed]);
        assert_eq!(invoke(&w, "fund", &args), refused(Error::TransferFailed));
        assert_eq!(w.state(), before);
    }
    // A signature on the transfer alone is none on the funding.
    let alone = contract_call(&w.token, "transfer", &transfer);
    w.env.set_auths(&[entry(&w.env, &w.payer, 100, alone, std::vec![])]);
    assert_eq!(invoke(&w, "fund", &args), Err(Refusal::Auth));
    let right = std::vec![within(&w.token, "transfer", &transfer)];
    w.env.set_auths(&[entry(&w.env, &w.payer, 101, fund, right)]);
    assert_eq!(invoke(&w, "fund", &args), Ok(()));
}

#[test]
fn counting_a_deposit_moves_nothing_and_signs_for_nothing_to_move() {
    let w = with_deposit();
    w.mint(&w.payer, 3_075 * ONE);
    assert_eq!(w.count_deposit(2, 3_075 * ONE), Ok(()));
    let [(signer, invocation)] = &w.auths()[..] else { panic!("one signature") };
    assert_eq!(*signer, w.payer);
    assert_eq!(invocation.sub_invocations, []);
    assert_eq!(w.balance(&w.payer), 3_075 * ONE);
}

// The constructor.

/// A network with the code of the escrow in it, and somebody who deploys.
struct Deployment {
    env: Env,
    hash: BytesN<32>,
    deployer: Address,
    salt: BytesN<32>,
    /// Where the escrow will be.
    escrow: Address,
    terms: Terms,
    args: Vec<Val>,
}

impl Deployment {
    fn new(by_admin: bool) -> Self {
        let env = network();
        let hash = if on_wasm() {
            env.deployer().upload_contract_wasm(Bytes::from_slice(&env, &wasm()))
        } else {
            env.upload(Contract)
        };
        let token = env.register_stellar_asset_contract_v2(Address::generate(&env)).address();
        let plan = plan(&env, &token);
        let milestones = Vec::from_iter(&env, plan.milestones.iter().cloned());
        let args = (plan.terms.clone(), milestones, plan.total()).into_val(&env);
        let terms = plan.terms;
        let deployer = if by_admin { terms.roles.admin.clone() } else { Address::generate(&env) };
        let salt = BytesN::random(&env);
        let escrow = env.deployer().with_address(deployer.clone(), salt.clone()).deployed_address();
        enable(&env, &[&deployer, &terms.roles.admin, &terms.roles.payer]);
        Self { env, hash, deployer, salt, escrow, terms, args }
    }

    fn creation(&self) -> CreateContractArgsV2 {
        let executable = xdr::ContractExecutable::Wasm(xdr::Hash(self.hash.to_array()));
        CreateContractArgsV2 {
            contract_id_preimage: ContractIdPreimage::Address(ContractIdPreimageFromAddress {
                address: (&self.deployer).into(),
                salt: xdr::Uint256(self.salt.to_array()),
            }),
            executable,
            constructor_args: self.args.clone().into(),
        }
    }

    /// A signature of the deployer, for the creation with this within.
    fn deploys(&self, within: List<SorobanAuthorizedFunction>) -> SorobanAuthorizationEntry {
        let creation = SorobanAuthorizedFunction::CreateContractV2HostFn(self.creation());
        let within = within.into_iter().map(|function| SorobanAuthorizedInvocation {
            function,
            sub_invocations: Default::default(),
        });
        entry(&self.env, &self.deployer, 1, creation, within.collect())
    }

    fn constructs(&self, signer: &Address, args: &Vec<Val>) -> SorobanAuthorizationEntry {
        let call = contract_call(&self.escrow, "__constructor", args);
        entry(&self.env, signer, 2, call, std::vec![])
    }

    /// Whether the escrow stands afterwards. An error within a constructor is not told.
    fn deploy(&self, signatures: &[SorobanAuthorizationEntry]) -> bool {
        self.env.set_auths(signatures);
        let made = host(&self.env, HostFunction::CreateContractV2(self.creation())).is_ok();
        assert_eq!(self.escrow.executable().is_some(), made);
        made
    }
}

#[test]
fn an_escrow_is_made_by_its_deployer_and_its_admin_together() {
    let mut cells = 0;
    let mut cell = |made: bool, sign: &dyn Fn(&Deployment) -> List<SorobanAuthorizationEntry>| {
        let d = Deployment::new(false);
        assert_eq!(d.deploy(&sign(&d)), made, "cell {cells}");
        cells += 1;
        d
    };
    let admin = |d: &Deployment| d.terms.roles.admin.clone();

    let d = cell(true, &|d| std::vec![d.deploys(std::vec![]), d.constructs(&admin(d), &d.args)]);
    let signed: BTreeSet<_> =
        d.env.auths().into_iter().map(|(signer, _)| signer.to_string().to_string()).collect();
    let both = [&d.deployer, &d.terms.roles.admin].map(|a| a.to_string().to_string());
    assert_eq!(signed, BTreeSet::from(both));
    let call = AuthorizedFunction::Contract((
        d.escrow.clone(),
        Symbol::new(&d.env, "__constructor"),
        d.args.clone(),
    ));
    let constructs = AuthorizedInvocation { function: call, sub_invocations: std::vec![] };
    assert!(d.env.auths().contains(&(admin(&d), constructs)));
    let stored: Escrow =
        d.env.invoke_contract(&d.escrow, &Symbol::new(&d.env, "get_escrow"), vec![&d.env]);
    assert_eq!(stored.terms, d.terms);

    cell(false, &|_| std::vec![]);
    cell(false, &|d| std::vec![d.deploys(std::vec![])]);
    cell(false, &|d| std::vec![d.constructs(&admin(d), &d.args)]);
    for other in [|d: &Deployment| d.deployer.clone(), |d: &Deployment| d.terms.roles.payer.clone()]
    {
        cell(false, &|d| std::vec![d.deploys(std::vec![]), d.constructs(&other(d), &d.args)]);
    }
    // The deployer's own signature on the constructor is not the admin's.
    cell(false, &|d| {
        std::vec![d.deploys(std::vec![contract_call(&d.escrow, "__constructor", &d.args)])]
    });
    let d = Deployment::new(false);
    for i in 0..variants(&d.env, &d.args).len() {
        cell(false, &|d| {
            let other = &variants(&d.env, &d.args)[i];
            std::vec![d.deploys(std::vec![]), d.constructs(&admin(d), other)]
        });
    }
    println!("{cells} cells");
}

#[test]
fn an_admin_who_deploys_signs_once_for_both() {
    let d = Deployment::new(true);
    let constructor = contract_call(&d.escrow, "__constructor", &d.args);
    assert!(d.deploy(&[d.deploys(std::vec![constructor])]));
    assert_eq!(d.env.auths().len(), 1);

    let d = Deployment::new(true);
    assert!(!d.deploy(&[d.deploys(std::vec![])]), "the creation alone is not enough");
}

#[test]
fn the_constructor_runs_once() {
    let d = Deployment::new(false);
    let signatures = [d.deploys(std::vec![]), d.constructs(&d.terms.roles.admin, &d.args)];
    assert!(d.deploy(&signatures));
    let state = || -> Escrow {
        d.env.invoke_contract(&d.escrow, &Symbol::new(&d.env, "get_escrow"), vec![&d.env])
    };
    let before = state();
    let call = HostFunction::InvokeContract(to_call(&d.escrow, "__constructor", &d.args));
    d.env.set_auths(&[d.constructs(&d.terms.roles.admin, &d.args)]);
    assert!(host(&d.env, call).is_err());
    d.env.set_auths(&signatures);
    assert!(host(&d.env, HostFunction::CreateContractV2(d.creation())).is_err());
    assert_eq!(state(), before);
}
