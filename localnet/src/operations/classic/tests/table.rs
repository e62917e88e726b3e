use super::*;
use crate::operations::classic::{is_known, threshold};
use stellar_xdr::{
    BumpSequenceOp, ChangeTrustAsset, ChangeTrustOp, ClawbackOp, CreateAccountOp,
    LiquidityPoolParameters, ManageDataOp, PaymentOp, SetOptionsOp, SetTrustLineFlagsOp, Signer,
    ThresholdIndexes,
};

fn known() -> Vec<OperationBody> {
    vec![
        OperationBody::CreateAccount(CreateAccountOp::default()),
        OperationBody::Payment(PaymentOp::default()),
        OperationBody::ChangeTrust(ChangeTrustOp::default()),
        OperationBody::ManageData(ManageDataOp::default()),
        OperationBody::Clawback(ClawbackOp::default()),
        OperationBody::SetOptions(SetOptionsOp::default()),
        OperationBody::SetTrustLineFlags(SetTrustLineFlagsOp::default()),
        OperationBody::BumpSequence(BumpSequenceOp::default()),
        OperationBody::AccountMerge(MuxedAccount::default()),
    ]
}

fn pool_share() -> OperationBody {
    let line = ChangeTrustAsset::PoolShare(LiquidityPoolParameters::default());
    OperationBody::ChangeTrust(ChangeTrustOp { line, limit: 1 })
}

#[test]
fn the_network_has_nine_of_these_operations_and_no_pools() {
    assert!(known().iter().all(is_known));
    for body in [OperationBody::Inflation, OperationBody::EndSponsoringFutureReserves, pool_share()]
    {
        assert!(!is_known(&body));
        World::new().fails(&ALICE, &body, OperationResult::OpNotSupported);
    }
}

#[test]
fn each_operation_needs_its_threshold() {
    use ThresholdIndexes::{High, Low, Med};
    let needed: Vec<_> = known().iter().map(threshold).collect();
    assert_eq!(needed, [Med, Med, Med, Med, Med, Med, Low, Low, High]);
}

#[test]
fn what_decides_who_may_sign_needs_the_highest_threshold() {
    let options = SetOptionsOp::default;
    for op in [
        SetOptionsOp { master_weight: Some(1), ..options() },
        SetOptionsOp { low_threshold: Some(1), ..options() },
        SetOptionsOp { med_threshold: Some(1), ..options() },
        SetOptionsOp { high_threshold: Some(1), ..options() },
        SetOptionsOp { signer: Some(Signer::default()), ..options() },
    ] {
        assert_eq!(threshold(&OperationBody::SetOptions(op)), ThresholdIndexes::High);
    }
    let op = SetOptionsOp { set_flags: Some(1), clear_flags: Some(2), ..options() };
    assert_eq!(threshold(&OperationBody::SetOptions(op)), ThresholdIndexes::Med);
}

#[test]
fn an_operation_without_a_source_fails() {
    for body in [
        OperationBody::CreateAccount(CreateAccountOp {
            destination: id(9),
            starting_balance: 2 * RESERVE,
        }),
        OperationBody::BumpSequence(BumpSequenceOp::default()),
        OperationBody::AccountMerge(BOB.into()),
        OperationBody::SetOptions(SetOptionsOp::default()),
    ] {
        World::new().fails(&NOBODY, &body, OperationResult::OpNoAccount);
    }
}
