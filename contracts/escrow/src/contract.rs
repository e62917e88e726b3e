//! The entry points: who must authorise, then one call.

use crate::funding::Source;
use crate::types::{
    Balances, Escrow, Milestone, MilestoneEdit, NewMilestone, Payout, Role, Ruling, StatusUpdate,
    Terms,
};
use crate::{disputes, funding, milestones, review, seats, settlement, terms, views};
use soroban_sdk::{Address, Env, String, Vec, contract, contractimpl, contractmeta};

contractmeta!(key = "name", val = "Tranche milestone escrow");
contractmeta!(key = "version", val = env!("CARGO_PKG_VERSION"));
contractmeta!(
    key = "source",
    val = concat!("tranche/contracts/escrow@", env!("CARGO_PKG_VERSION"))
);

#[contract]
pub struct Contract;

#[contractimpl]
impl Contract {
    /// Opens an escrow on these terms; the milestones' amounts sum to the total.
    pub fn __constructor(env: &Env, terms: Terms, milestones: Vec<NewMilestone>, total: i128) {
        terms.roles.admin.require_auth();
        terms::create(env, &terms, milestones, total);
    }

    /// You lock this amount: all milestones not yet funded, through the one named, with fees.
    pub fn fund(env: &Env, payer: Address, through: u32, amount: i128, revision: u32) {
        payer.require_auth();
        funding::fund(env, Source::Transfer, payer, through, amount, revision)
    }

    /// You lock this amount of the tokens that were sent here directly, as with fund.
    pub fn count_deposit(env: &Env, payer: Address, through: u32, amount: i128, revision: u32) {
        payer.require_auth();
        funding::fund(env, Source::Deposit, payer, through, amount, revision)
    }

    /// You report how the work stands. Completed starts the review; votes so far are void.
    pub fn change_status(env: &Env, provider: Address, updates: Vec<StatusUpdate>) {
        provider.require_auth();
        review::change_status(env, &provider, &updates)
    }

    /// You approve the work: these receivers may be paid these amounts.
    pub fn approve(env: &Env, approver: Address, payouts: Vec<Payout>) {
        approver.require_auth();
        review::approve(env, &approver, &payouts)
    }

    /// You send completed work back, and say why.
    pub fn reject(env: &Env, approver: Address, milestones: Vec<u32>, reason: String) {
        approver.require_auth();
        review::reject(env, &approver, &milestones, &reason)
    }

    /// You pay these receivers these amounts, or vote to where a quorum is needed.
    pub fn release(env: &Env, signer: Address, payouts: Vec<Payout>) {
        signer.require_auth();
        review::release(env, &signer, &payouts)
    }

    /// You approve the work and pay these receivers these amounts, in one.
    pub fn confirm(env: &Env, signer: Address, payouts: Vec<Payout>) {
        signer.require_auth();
        review::confirm(env, &signer, &payouts)
    }

    /// You stop these milestones until the dispute is ruled on, dropped, or runs out of time.
    pub fn dispute(env: &Env, party: Address, milestones: Vec<u32>, reason: String) {
        party.require_auth();
        disputes::dispute(env, &party, &milestones, &reason)
    }

    /// You ask to drop the dispute; when payer and receiver both have, work goes on.
    pub fn resume(env: &Env, party: Address, milestones: Vec<u32>) {
        party.require_auth();
        disputes::resume(env, &party, &milestones)
    }

    /// You rule how disputed milestones are split; enough equal rulings pay.
    pub fn resolve(env: &Env, resolver: Address, rulings: Vec<Ruling>) {
        resolver.require_auth();
        disputes::resolve(env, &resolver, &rulings)
    }

    /// Applies the agreed fallback to disputes that were not ruled on in time.
    pub fn resolve_by_default(env: &Env, milestones: Vec<u32>) {
        disputes::resolve_by_default(env, &milestones)
    }

    /// You offer to split these milestones so; when payer and receiver offer the same, it is paid.
    pub fn settle(env: &Env, party: Address, rulings: Vec<Ruling>) {
        party.require_auth();
        settlement::settle(env, &party, &rulings)
    }

    /// You give these milestones' money, this amount with fees, back to the payer.
    pub fn refund(env: &Env, receiver: Address, milestones: Vec<u32>, amount: i128) {
        receiver.require_auth();
        settlement::refund(env, &receiver, &milestones, amount)
    }

    /// You take back this amount, with fees, for work that was not completed when due.
    pub fn reclaim(env: &Env, payer: Address, milestones: Vec<u32>, amount: i128) {
        payer.require_auth();
        settlement::reclaim(env, &payer, &milestones, amount)
    }

    /// Pays what is credited to the owner on these milestones, and the platform its fees. Only
    /// the owner may have it sent elsewhere.
    pub fn claim(env: &Env, owner: Address, milestones: Vec<u32>, to: Option<Address>) {
        if to.is_some() {
            owner.require_auth();
        }
        settlement::claim(env, owner, milestones, to)
    }

    /// You take out all of this token that no milestone needs.
    pub fn withdraw(env: &Env, payer: Address, token: Address) {
        payer.require_auth();
        funding::withdraw(env, payer, token)
    }

    /// You replace texts, role lists and policy, while nothing is funded.
    pub fn update(env: &Env, admin: Address, terms: Terms, revision: u32) {
        admin.require_auth();
        terms::update(env, admin, &terms, revision)
    }

    /// You remove milestones from the end, edit, then add some: only such as are not funded. All
    /// amounts then sum to the total.
    pub fn manage_milestones(
        env: &Env,
        admin: Address,
        remove: u32,
        edit: Vec<MilestoneEdit>,
        add: Vec<NewMilestone>,
        total: i128,
    ) {
        admin.require_auth();
        milestones::manage(env, admin, remove, edit, add, total)
    }

    /// You have this milestone paid to another receiver instead of you.
    pub fn redirect(env: &Env, receiver: Address, milestone: u32, to: Address) {
        receiver.require_auth();
        seats::redirect(env, receiver, milestone, to)
    }

    /// One of you hands a seat, with its votes and credits, to the other.
    pub fn rotate(env: &Env, role: Role, from: Address, to: Address) {
        from.require_auth();
        to.require_auth();
        seats::rotate(env, role, from, to)
    }

    /// You pay rent ahead, for this many ledgers: escrow, code, and a page of milestones.
    pub fn extend_ttl(env: &Env, admin: Address, ledgers: u32, start: u32, limit: u32) {
        admin.require_auth();
        terms::extend_ttl(env, admin, ledgers, start, limit)
    }

    /// The terms, the sums, the state, and the ways in which money could get stuck.
    pub fn get_escrow(env: &Env) -> Escrow {
        views::escrow(env)
    }

    /// Everything about one milestone.
    pub fn get_milestone(env: &Env, i: u32) -> Milestone {
        views::milestone(env, i)
    }

    /// A page of milestones, at most 50.
    pub fn get_milestones(env: &Env, start: u32, limit: u32) -> Vec<Milestone> {
        views::milestones(env, start, limit)
    }

    /// What an address could claim on these milestones, for the platform with its fees.
    pub fn get_claimable(env: &Env, owner: Address, milestones: Vec<u32>) -> i128 {
        views::claimable(env, &owner, &milestones)
    }

    /// Whose the tokens held here are.
    pub fn get_balances(env: &Env) -> Balances {
        views::balances(env)
    }
}
