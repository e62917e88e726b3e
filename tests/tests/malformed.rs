//! Lists whose items are not of the declared type: the host passes them on, and the contract
//! refuses them by name instead of trapping.

use escrow::*;
use soroban_sdk::{Address, IntoVal, Symbol, TryFromVal, Val, Vec, vec};
use tests::*;

/// One item of another type than any list has.
fn junk(w: &World) -> Vec<Val> {
    vec![&w.env, Symbol::new(&w.env, "junk").to_val()]
}

#[test]
fn a_list_of_something_else_is_malformed() {
    let w = World::new();
    w.fund_all();
    let env = &w.env;
    let (list, text) = (junk(&w), w.text("why"));
    let none: Vec<Val> = vec![env];
    let calls: [(&str, &Address, Vec<Val>); 15] = [
        ("change_status", &w.providers[0], (&w.providers[0], list.clone()).into_val(env)),
        ("approve", &w.approvers[0], (&w.approvers[0], list.clone()).into_val(env)),
        ("reject", &w.approvers[0], (&w.approvers[0], list.clone(), text.clone()).into_val(env)),
        ("release", &w.signers[0], (&w.signers[0], list.clone()).into_val(env)),
        ("dispute", &w.payer, (&w.payer, list.clone(), text).into_val(env)),
        ("resume", &w.payer, (&w.payer, list.clone()).into_val(env)),
        ("resolve", &w.resolvers[0], (&w.resolvers[0], list.clone()).into_val(env)),
        ("resolve_by_default", &w.stranger, (list.clone(),).into_val(env)),
        ("settle", &w.payer, (&w.payer, list.clone()).into_val(env)),
        ("refund", &w.providers[0], (&w.providers[0], list.clone(), 1_i128).into_val(env)),
        ("reclaim", &w.payer, (&w.payer, list.clone(), 1_i128).into_val(env)),
        ("claim", &w.platform, (&w.platform, list.clone(), None::<Address>).into_val(env)),
        ("get_claimable", &w.platform, (&w.platform, list.clone()).into_val(env)),
        (
            "manage_milestones",
            &w.admin,
            (&w.admin, 0_u32, list.clone(), none.clone(), 1_i128).into_val(env),
        ),
        ("manage_milestones", &w.admin, (&w.admin, 0_u32, none, list, 1_i128).into_val(env)),
    ];
    for (function, signer, args) in calls {
        w.assert_refused(Error::Malformed, || w.call(&[signer], function, args));
    }
}

#[test]
fn a_confirmation_of_something_else_is_malformed() {
    let w = World::with(buyer_confirms);
    w.fund_all();
    let args = (&w.payer, junk(&w)).into_val(&w.env);
    w.assert_refused(Error::Malformed, || w.call(&[&w.payer], "confirm", args));
}

#[test]
fn a_role_list_of_something_else_is_malformed() {
    type List = fn(&mut Roles) -> &mut Vec<Address>;
    let lists: [List; 5] = [
        |roles| &mut roles.approvers,
        |roles| &mut roles.service_providers,
        |roles| &mut roles.release_signers,
        |roles| &mut roles.dispute_resolvers,
        |roles| &mut roles.observers,
    ];
    for list in lists {
        let w = World::new();
        let mut terms = w.terms.clone();
        *list(&mut terms.roles) = Vec::try_from_val(&w.env, &junk(&w).to_val()).unwrap();
        w.assert_refused(Error::Malformed, || w.update(&w.admin, &terms, 0));
    }
}
