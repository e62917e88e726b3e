//! A call's arguments as the contract takes them, and what it returns.

use super::words::{Words, role, ruling};
use crate::action::Party;
use crate::order::Order;
use crate::seen::Answer;
use escrow::{Balances, Escrow, Milestone};
use soroban_sdk::{IntoVal, TryFromVal, Val, Vec};

impl Words {
    /// What a call returned.
    pub fn answer(&self, order: &Order, value: Val) -> Answer {
        let env = &self.env;
        let one = |milestone| self.seen_milestone(&milestone);
        match order {
            Order::GetEscrow => {
                let escrow = Escrow::try_from_val(env, &value).unwrap();
                Answer::Escrow(Box::new(self.seen_escrow(&escrow)))
            }
            Order::GetMilestone(_) => {
                Answer::Milestones(vec![one(Milestone::try_from_val(env, &value).unwrap())])
            }
            Order::GetMilestones { .. } => {
                let milestones = Vec::<Milestone>::try_from_val(env, &value).unwrap();
                Answer::Milestones(milestones.iter().map(one).collect())
            }
            Order::GetClaimable { .. } => Answer::Number(i128::try_from_val(env, &value).unwrap()),
            Order::GetBalances => Answer::Balances(Balances::try_from_val(env, &value).unwrap()),
            _ => {
                <()>::try_from_val(env, &value).expect("what changes something returns nothing");
                Answer::Nothing
            }
        }
    }

    pub fn args(&self, order: &Order) -> Vec<Val> {
        let (w, env) = (self, &self.env);
        let who = |party: &Party| w.address(*party);
        let payouts = |payouts: &[_]| w.list(payouts, |payout| w.payout(payout));
        let rulings = |rulings: &[_]| w.list(rulings, ruling);
        let milestones = |new: &[_]| w.list(new, |new| w.new_milestone(new));
        match order {
            Order::Open { terms, milestones: new, total } => {
                (w.terms(terms), milestones(new), *total).into_val(env)
            }
            Order::Fund { payer, through, amount, revision }
            | Order::CountDeposit { payer, through, amount, revision } => {
                (who(payer), *through, *amount, *revision).into_val(env)
            }
            Order::ChangeStatus { provider, updates } => {
                (who(provider), w.list(updates, |update| w.update(update))).into_val(env)
            }
            Order::Approve { approver: by, payouts: list }
            | Order::Release { signer: by, payouts: list }
            | Order::Confirm { signer: by, payouts: list } => {
                (who(by), payouts(list)).into_val(env)
            }
            Order::Reject { approver: by, milestones, reason }
            | Order::Dispute { party: by, milestones, reason } => {
                (who(by), w.numbers(milestones), w.text(*reason)).into_val(env)
            }
            Order::Resume { party, milestones } => {
                (who(party), w.numbers(milestones)).into_val(env)
            }
            Order::Resolve { resolver: by, rulings: list }
            | Order::Settle { party: by, rulings: list } => (who(by), rulings(list)).into_val(env),
            Order::ResolveByDefault { milestones } => (w.numbers(milestones),).into_val(env),
            Order::Refund { receiver: by, milestones, amount }
            | Order::Reclaim { payer: by, milestones, amount } => {
                (who(by), w.numbers(milestones), *amount).into_val(env)
            }
            Order::Claim { owner, milestones, to } => {
                (who(owner), w.numbers(milestones), to.as_ref().map(who)).into_val(env)
            }
            Order::Withdraw { payer, token } => (who(payer), who(token)).into_val(env),
            Order::Update { admin, terms, revision } => {
                (who(admin), w.terms(terms), *revision).into_val(env)
            }
            Order::ManageMilestones { admin, remove, edit, add, total } => {
                let edit = w.list(edit, |edit| w.edit(edit));
                (who(admin), *remove, edit, milestones(add), *total).into_val(env)
            }
            Order::Redirect { receiver, milestone, to } => {
                (who(receiver), *milestone, who(to)).into_val(env)
            }
            Order::Rotate { role: seat, from, to } => {
                (role(*seat), who(from), who(to)).into_val(env)
            }
            Order::ExtendTtl { admin, ledgers, start, limit } => {
                (who(admin), *ledgers, *start, *limit).into_val(env)
            }
            Order::GetEscrow | Order::GetBalances => ().into_val(env),
            Order::GetMilestone(index) => (*index,).into_val(env),
            Order::GetMilestones { start, limit } => (*start, *limit).into_val(env),
            Order::GetClaimable { owner, milestones } => {
                (who(owner), w.numbers(milestones)).into_val(env)
            }
        }
    }
}
