//! XDR where it is asked for, but of anything.

use super::{Run, storm};
use crate::forge::{Raw, base64};
use crate::wallet::xlm;
use crate::wire::FORM;
use localnet::network::Rhythm;
use serde_json::json;
use stellar_xdr::{
    LedgerKey, LedgerKeyContractData, Limits, ScAddress, ScVal, TransactionEnvelope,
    TransactionExt, WriteXdr,
};

#[test]
fn any_key_is_looked_for() {
    storm(Rhythm::Instant, 300, |run| {
        let instance = LedgerKey::ContractData(LedgerKeyContractData {
            contract: ScAddress::Contract(xlm()),
            key: ScVal::LedgerKeyContractInstance,
            durability: stellar_xdr::ContractDataDurability::Persistent,
        });
        let keys = [instance.clone(), run.forge.like(&instance), run.forge.any()];
        let keys = keys.map(|key| spoilt(run, &key));
        let format = *run.forge.dice.pick(&["json", "base64", "xml"]);
        run.call("getLedgerEntries", json!({ "keys": keys, "xdrFormat": format }));
    });
}

#[test]
fn any_topic_is_looked_for() {
    storm(Rhythm::Instant, 300, |run| {
        let topics: Vec<ScVal> = (0..=run.forge.dice.below(5)).map(|_| run.forge.any()).collect();
        let topics: Vec<_> = topics.iter().map(|topic| spoilt(run, topic)).collect();
        let filter = json!({ "topics": [topics, ["*", "**"]] });
        run.call("getEvents", json!({ "startLedger": 1, "filters": [filter] }));
    });
}

#[test]
fn envelopes_that_are_spoilt_are_answered() {
    storm(Rhythm::Instant, 600, |run| {
        let envelope = if run.forge.dice.once_in(2) { run.forge.any() } else { valid(run) };
        let envelope = spoilt(run, &envelope);
        let format = *run.forge.dice.pick(&["json", "base64"]);
        let params = json!({ "transaction": envelope, "xdrFormat": format });
        run.call("sendTransaction", params.clone());
        run.call("simulateTransaction", params);
        let form = format!("tx={}", envelope.replace('+', "%2B"));
        let (status, _) = run.post("/transactions", FORM, form.as_bytes());
        assert!(status < 500, "status {status} {envelope}");
    });
}

fn valid(run: &Run) -> TransactionEnvelope {
    let (wallet, payer) = (&run.wallet, &run.wallet.accounts[0]);
    let draft = run.draft(payer, wallet.operations(), TransactionExt::V0);
    wallet.sign(draft)
}

/// A value in base64, which may have suffered on the way.
fn spoilt(run: &mut Run, value: &impl WriteXdr) -> String {
    let mut bytes = value.to_xdr(Limits::none()).expect("a value");
    if run.forge.dice.once_in(2) {
        run.forge.dice.spoil(&mut bytes);
    }
    base64(&Raw(bytes))
}
