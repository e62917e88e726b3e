//! What must never happen, whatever a model predicts: asked of what the contract shows.

use super::seen::{Milestone, Whole};
use escrow::State;

/// The books of an escrow agree with its milestones (I1, I2).
pub fn check(whole: &Whole, balance: i128, may_lack: bool) {
    let totals = whole.escrow.totals;
    let sum = |part: fn(&Milestone) -> i128| whole.milestones.iter().map(part).sum::<i128>();
    assert_eq!(totals.milestones as usize, whole.milestones.len(), "I1 milestones");
    assert_eq!(totals.amount, sum(|m| m.amount), "I1 amount");
    assert_eq!(totals.gross, sum(gross), "I1 gross");
    assert_eq!(totals.deposited, sum(|m| if m.funded { gross(m) } else { 0 }), "I1 deposited");
    assert_eq!(totals.reserved, sum(|m| if is_held(m) { gross(m) } else { 0 }), "I1 reserved");
    assert_eq!(totals.paid, sum(|m| m.to_receiver), "I2 paid");
    let gone = totals.paid + totals.refunded + totals.fees;
    assert_eq!(gone, sum(|m| if is_settled(m) { gross(m) } else { 0 }), "I2 pays its gross");
    let credits = sum(|m| m.credited);
    assert!((credits..=credits + totals.fees).contains(&totals.credited), "I1 credited");
    assert!(may_lack || balance >= totals.reserved + totals.credited, "I1 covered");
    let settled = whole.milestones.iter().filter(|m| is_settled(m)).count();
    assert_eq!(totals.settled as usize, settled, "I4 settled");
    assert_eq!(whole.escrow.state == State::Completed, settled == whole.milestones.len());
    whole.milestones.iter().for_each(check_flags);
}

/// What a step has changed is what may change (I2, I4, I5).
pub fn check_step(before: &Whole, after: &Whole) {
    assert!(after.escrow.revision >= before.escrow.revision, "I5 an old revision comes back");
    assert!(after.escrow.totals.funded >= before.escrow.totals.funded, "I4 unfunded again");
    for (before, after) in before.milestones.iter().zip(&after.milestones) {
        if before.funded {
            assert!(after.funded && after.amount == before.amount, "I5 {}", after.milestone);
        }
        if before.revision == after.revision {
            assert_eq!(after.amount, before.amount, "I5 {}", after.milestone);
        }
        if is_settled(before) {
            let fate = |m: &Milestone| (m.flags, m.to_receiver, m.receiver, m.revision, m.status);
            assert_eq!(fate(after), fate(before), "I2 settled is final");
            assert!(after.credited <= before.credited, "I2 credited twice");
        }
    }
}

fn check_flags(m: &Milestone) {
    let ends = [m.flags.released, m.flags.resolved, m.flags.refunded];
    let settled = ends.iter().filter(|end| **end).count();
    assert!(settled <= 1, "I4 settled in two ways");
    assert!(m.funded || settled == 0 && !m.flags.approved && !m.flags.disputed, "I4 unfunded");
    assert!(!m.flags.disputed || settled == 0, "I4 disputed and settled");
    assert!((0..=m.amount).contains(&m.to_receiver), "I2 more than its amount");
    assert!((0..=gross(m)).contains(&m.credited), "I2 credited more than its gross");
}

fn gross(m: &Milestone) -> i128 {
    m.amount + m.fee
}

fn is_settled(m: &Milestone) -> bool {
    m.flags.released || m.flags.resolved || m.flags.refunded
}

fn is_held(m: &Milestone) -> bool {
    m.funded && !is_settled(m)
}
