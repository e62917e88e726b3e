//! Transactions that are valid, but for one field that is something extreme.

use super::transactions::plenty;
use super::{Run, SEED};
use crate::alone;
use crate::wallet::{operation, transfer, usdc, xlm};
use localnet::network::Rhythm;
use localnet::transaction::account_id;
use stellar_xdr::*;

#[test]
fn any_field_of_a_valid_transaction_may_be_extreme() {
    let _turn = alone();
    let mut run = Run::new(SEED, Rhythm::Instant);
    let before = run.books.clone();
    let id = run.net.network(|net| net.snapshot());
    let mut taken = 0;
    for tx in valid(&mut run) {
        for extreme in run.forge.extremes(&tx) {
            let sent = run.submit("sendTransaction", &run.wallet.sign(extreme));
            if sent["status"] == "PENDING" {
                taken += 1;
                run.audit();
                run.books.clone_from(&before);
                assert!(matches!(run.net.network(move |net| net.restore(id)), Ok(true)));
            }
        }
        run.is_well();
    }
    assert!(taken > 500, "too few are taken: {taken}");
}

/// A transaction for each operation.
fn valid(run: &mut Run) -> Vec<Transaction> {
    let wallet = &run.wallet;
    let classic = wallet.operations().into_iter().map(|operation| {
        let id = operation.source_account.as_ref().map(account_id);
        let source = wallet.accounts.iter().find(|account| Some(&account.id) == id.as_ref());
        run.draft(source.expect("one of the accounts"), vec![operation], TransactionExt::V0)
    });
    let mut all: Vec<_> = classic.collect();

    let [payer, provider] = [0, 1].map(|index| wallet.accounts[index].clone());
    let to = ScAddress::Account(provider.id);
    for contract in [xlm(), usdc()] {
        all.push(run.tried(&payer, transfer(contract, &payer, to.clone())));
    }
    let instance = LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(xlm()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    });
    let some: VecM<_> = vec![instance].try_into().expect("one key");
    let none = VecM::default();
    let ext = ExtensionPoint::V0;
    let extend = ExtendFootprintTtlOp { ext: ext.clone(), extend_to: 3_110_399 };
    for (body, read_only, read_write) in [
        (OperationBody::ExtendFootprintTtl(extend), some.clone(), none.clone()),
        (OperationBody::RestoreFootprint(RestoreFootprintOp { ext }), none, some),
    ] {
        let data = plenty(LedgerFootprint { read_only, read_write });
        all.push(run.draft(&payer, vec![operation(body)], TransactionExt::V1(data)));
    }
    all
}
