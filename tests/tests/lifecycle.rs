//! From the first signature to the last payment.

use escrow::*;
use tests::*;

#[test]
fn every_milestone_paid_completes_the_escrow() {
    let w = World::new();
    assert_eq!(w.get_escrow().state, State::AwaitingFunds);
    w.fund_all();
    assert_eq!(w.get_escrow().state, State::Active);
    w.complete(&[0, 1, 2]);
    w.approve_all(&[0, 1, 2]);
    for i in 0..3 {
        assert_eq!(w.release(&w.signers[1], &[w.payout(i)]), Ok(()));
    }
    let escrow = w.get_escrow();
    assert_eq!(escrow.state, State::Completed);
    assert_eq!(w.balance(&w.providers[0]), 3_000 * ONE);
    assert_eq!(w.balance(&w.escrow), 75 * ONE);
    assert_eq!(w.claim(&w.platform, &[]), Ok(()));
    assert_eq!(w.balance(&w.platform), 75 * ONE);
    assert_eq!(w.balance(&w.escrow), 0);
}
