//! A call of every entry point, right in form and mostly in substance.

use super::plain;
use crate::edit::list;
use escrow::*;
use soroban_sdk::xdr::{
    AccountId, HostFunction, InvokeContractArgs, PublicKey, ScAddress, ScVal, Uint256,
};
use soroban_sdk::{Address, BytesN, IntoVal, TryFromVal, Val, Vec};
use tests::{DAY, ONE, World, edit, milestone};

/// A call, and who must sign it.
#[derive(Clone, Debug)]
pub struct Call {
    pub function: &'static str,
    pub args: ScVal,
    pub signers: std::vec::Vec<ScAddress>,
}

impl Call {
    /// As a transaction carries it.
    pub fn to(&self, escrow: &ScAddress, args: &[ScVal]) -> HostFunction {
        HostFunction::InvokeContract(InvokeContractArgs {
            contract_address: escrow.clone(),
            function_name: self.function.try_into().expect("a short name"),
            args: args.try_into().expect("any number"),
        })
    }
}

/// An account that does not exist.
pub fn account() -> ScAddress {
    ScAddress::Account(AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([7; 32]))))
}

/// On the milestones that exist, at most the fifty that one call takes.
pub fn all(w: &World) -> std::vec::Vec<Call> {
    [reading(w), working(w), parting(w), governing(w)].concat()
}

fn call(
    w: &World,
    function: &'static str,
    signers: &[&Address],
    args: impl IntoVal<soroban_sdk::Env, Vec<Val>>,
) -> Call {
    let args: Vec<Val> = args.into_val(&w.env);
    let plain_value =
        |value| ScVal::try_from_val(&w.env, &value).expect("a value has a plain form");
    let signers = signers.iter().copied().map(plain).collect();
    Call { function, args: list(args.iter().map(plain_value).collect()), signers }
}

fn numbers(w: &World) -> Vec<u32> {
    Vec::from_iter(&w.env, 0..w.get_escrow().totals.milestones.min(50))
}

fn payouts(w: &World) -> Vec<Payout> {
    Vec::from_iter(&w.env, numbers(w).iter().map(|milestone| w.payout(milestone)))
}

fn rulings(w: &World) -> Vec<Ruling> {
    let half = |milestone| Ruling { milestone, to_receiver: w.get_milestone(milestone).amount / 2 };
    Vec::from_iter(&w.env, numbers(w).iter().map(half))
}

fn updates(w: &World) -> Vec<StatusUpdate> {
    let update = |milestone| StatusUpdate {
        milestone,
        status: Status::Completed,
        note: Some(w.text("Done.")),
        evidence: Some(w.text("https://example.org/work")),
    };
    Vec::from_iter(&w.env, numbers(w).iter().map(update))
}

/// What the milestones named are worth with their fees.
fn worth(w: &World) -> i128 {
    numbers(w).iter().map(|milestone| tests::worth(w, milestone)).sum()
}

fn reading(w: &World) -> std::vec::Vec<Call> {
    let provider = &w.providers[0];
    std::vec![
        call(w, "get_escrow", &[], ()),
        call(w, "get_milestone", &[], (0_u32,)),
        call(w, "get_milestones", &[], (0_u32, 50_u32)),
        call(w, "get_claimable", &[], (provider, numbers(w))),
        call(w, "get_balances", &[], ()),
    ]
}

fn working(w: &World) -> std::vec::Vec<Call> {
    let escrow = w.get_escrow();
    let (totals, revision) = (escrow.totals, escrow.revision);
    let amount = totals.gross - totals.deposited;
    let funding = (&w.payer, totals.milestones - 1, amount, revision);
    let why = w.text("It does not do what was agreed.");
    let (provider, approver) = (&w.providers[0], &w.approvers[0]);
    let signer = w.signers.first().unwrap_or(&w.stranger);
    std::vec![
        call(w, "fund", &[&w.payer], funding),
        call(w, "count_deposit", &[&w.payer], funding),
        call(w, "change_status", &[provider], (provider, updates(w))),
        call(w, "approve", &[approver], (approver, payouts(w))),
        call(w, "reject", &[approver], (approver, numbers(w), why.clone())),
        call(w, "release", &[signer], (signer, payouts(w))),
        call(w, "confirm", &[approver], (approver, payouts(w))),
        call(w, "dispute", &[&w.payer], (&w.payer, numbers(w), why)),
    ]
}

fn parting(w: &World) -> std::vec::Vec<Call> {
    let resolver = w.resolvers.last().unwrap_or(&w.stranger);
    let receiver = &w.get_milestone(0).receiver;
    let nobody = None::<Address>;
    let somebody = Some(w.stranger.clone());
    std::vec![
        call(w, "resume", &[&w.payer], (&w.payer, numbers(w))),
        call(w, "resolve", &[resolver], (resolver, rulings(w))),
        call(w, "resolve_by_default", &[], (numbers(w),)),
        call(w, "settle", &[receiver], (receiver, rulings(w))),
        call(w, "refund", &[receiver], (receiver, numbers(w), worth(w))),
        call(w, "reclaim", &[&w.payer], (&w.payer, numbers(w), worth(w))),
        call(w, "claim", &[], (receiver, numbers(w), nobody.clone())),
        call(w, "claim", &[receiver], (receiver, numbers(w), somebody)),
        call(w, "claim", &[], (&w.platform, numbers(w), nobody)),
        call(w, "withdraw", &[&w.payer], (&w.payer, &w.token)),
    ]
}

fn governing(w: &World) -> std::vec::Vec<Call> {
    let escrow = w.get_escrow();
    let terms = Terms { title: w.text("A better website"), ..escrow.terms };
    let last = escrow.totals.milestones - 1;
    let edit = MilestoneEdit {
        title: Some(w.text("Another")),
        description: Some(w.text("Something else.")),
        document: Some(BytesN::from_array(&w.env, &[7; 32])),
        receiver: Some(w.stranger.clone()),
        approvals_required: Some(1),
        due: Some(w.now() + DAY),
        ..edit(last)
    };
    let new = NewMilestone { approvals_required: 1, ..milestone(&w.env, "One more", ONE) };
    let total = escrow.totals.amount + ONE;
    let one = w.list(std::slice::from_ref(&new));
    let managed = (&w.admin, 0_u32, w.list(&[edit]), one, total);
    let (holder, receiver) = (&w.approvers[0], &w.get_milestone(last).receiver);
    std::vec![
        call(w, "update", &[&w.admin], (&w.admin, terms.clone(), escrow.revision)),
        call(w, "manage_milestones", &[&w.admin], managed),
        call(w, "redirect", &[receiver], (receiver, last, &w.stranger)),
        call(w, "rotate", &[holder, &w.stranger], (Role::Approver, holder, &w.stranger)),
        call(w, "extend_ttl", &[&w.admin], (&w.admin, 1_000_000_u32, 0_u32, 50_u32)),
        call(w, "__constructor", &[&w.admin], (terms, w.list(&[new.clone(), new]), 2 * ONE)),
    ]
}
