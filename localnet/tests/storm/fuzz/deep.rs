//! Values within values within values, deeper than any stack should have to bear.

use super::{Run, SEED};
use crate::alone;
use crate::forge::{Raw, base64};
use crate::wallet::{call, decorated, invocation, operation, xlm};
use crate::wire::FORM;
use localnet::ledger::{sha256, xdr};
use localnet::network::Rhythm;
use serde_json::json;
use stellar_xdr::*;

/// Around what the host takes (100), what the server takes (500), and as much as fits.
const DEPTHS: [usize; 12] = [1, 50, 99, 100, 101, 160, 240, 400, 480, 500, 5_000, 15_000];

/// What stands where something deep is to be.
const MARK: ScVal = ScVal::U64(0x7365_6c64_6f6d_2121);

#[test]
fn however_deep_a_value_is_it_is_answered() {
    let _turn = alone();
    let mut run = Run::new(SEED, Rhythm::Instant);
    let latest = |run: &Run| run.net.network(|net| net.latest().sequence());
    let first = latest(&run);
    for depth in DEPTHS {
        for value in deep_values(depth) {
            run.call(
                "getEvents",
                json!({ "startLedger": 1, "filters": [{ "topics": [[base64(&value)]] }] }),
            );
            let key = Raw(splice(&xdr(&marked_key()), &xdr(&MARK), &value.0));
            run.call("getLedgerEntries", json!({ "keys": [base64(&key)], "xdrFormat": "json" }));
            for tx in marked_transactions(&run) {
                let envelope = signed(&run, splice(&xdr(&tx), &xdr(&MARK), &value.0));
                run.send_everywhere(&envelope);
            }
        }
        for tx in with_deep_parts(&run, depth) {
            let envelope = signed(&run, tx);
            run.send_everywhere(&envelope);
        }
        run.is_well();
    }
    run.audit();
    assert!(latest(&run) > first + DEPTHS.len() as u32, "some of it comes into ledgers");
    for method in ["getTransactions", "getLedgers"] {
        let page = json!({ "limit": 200 });
        run.call(method, json!({ "startLedger": first, "xdrFormat": "json", "pagination": page }));
    }
}

impl Run {
    fn send_everywhere(&mut self, envelope: &Raw) {
        let text = base64(envelope);
        for format in ["base64", "json"] {
            let params = json!({ "transaction": text, "xdrFormat": format });
            self.call("simulateTransaction", params.clone());
            self.call("sendTransaction", params);
        }
        let form = format!("tx={}", text.replace('+', "%2B"));
        let (status, _) = self.post("/transactions", FORM, form.as_bytes());
        assert!(status < 500, "status {status}");
    }
}

/// Lists in lists, and maps in maps.
fn deep_values(depth: usize) -> [Raw; 2] {
    let nest = |kind: u8, key: &[u8]| {
        let level = [&[0, 0, 0, kind, 0, 0, 0, 1, 0, 0, 0, 1], key].concat();
        Raw([level.repeat(depth), xdr(&ScVal::Void)].concat())
    };
    [nest(16, &[]), nest(17, &xdr(&ScVal::Void))]
}

fn marked_key() -> LedgerKey {
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(xlm()),
        key: MARK,
        durability: ContractDataDurability::Temporary,
    })
}

/// A call with something deep as an argument, and one with it in its footprint.
fn marked_transactions(run: &Run) -> [Transaction; 2] {
    let with = |argument: ScVal, keys: Vec<LedgerKey>| {
        let function = call(xlm(), "balance", vec![argument]);
        let footprint = LedgerFootprint {
            read_only: keys.try_into().expect("few keys"),
            read_write: Default::default(),
        };
        let data = TransactionExt::V1(super::transactions::plenty(footprint));
        let operations = vec![invocation(function, Vec::new())];
        run.draft(&run.wallet.accounts[0], operations, data)
    };
    [with(MARK, Vec::new()), with(ScVal::Void, vec![marked_key()])]
}

/// Transactions in which something else than values is deep: a tree of authorised calls, and
/// the conditions of a claim.
fn with_deep_parts(run: &Run, depth: usize) -> [Vec<u8>; 2] {
    // The body of a request holds no more.
    let depth = depth.min(3_000);
    let HostFunction::InvokeContract(args) = call(xlm(), "balance", Vec::new()) else {
        unreachable!("a call")
    };
    let root_invocation = SorobanAuthorizedInvocation {
        function: SorobanAuthorizedFunction::ContractFn(args.clone()),
        sub_invocations: Default::default(),
    };
    let leaf = xdr(&root_invocation);
    let credentials = SorobanCredentials::SourceAccount;
    let auth = vec![SorobanAuthorizationEntry { credentials, root_invocation }];
    let calls = invocation(HostFunction::InvokeContract(args), auth);
    // Each call but the last says that there is one more below it.
    let level = [&leaf[..leaf.len() - 4], &[0, 0, 0, 1]].concat();
    let calls = (calls, leaf.clone(), [level.repeat(depth), leaf].concat());

    let predicate = ClaimPredicate::BeforeRelativeTime(0x7365_6c64_6f6d_2121);
    let leaf = xdr(&predicate);
    let destination = run.wallet.accounts[1].id.clone();
    let claimant = Claimant::ClaimantTypeV0(ClaimantV0 { destination, predicate });
    let claim = operation(OperationBody::CreateClaimableBalance(CreateClaimableBalanceOp {
        asset: Asset::Native,
        amount: 1,
        claimants: vec![claimant].try_into().expect("one claimant"),
    }));
    let claim = (claim, leaf.clone(), [[0, 0, 0, 3, 0, 0, 0, 1].repeat(depth), leaf].concat());

    [calls, claim].map(|(operation, leaf, deep)| {
        let ext = match &operation.body {
            OperationBody::InvokeHostFunction(_) => {
                TransactionExt::V1(super::transactions::plenty(LedgerFootprint::default()))
            }
            _ => TransactionExt::V0,
        };
        let payer = &run.wallet.accounts[0];
        splice(&xdr(&run.draft(payer, vec![operation], ext)), &leaf, &deep)
    })
}

/// The same bytes with some of them replaced, which are there.
fn splice(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|window| window == old).expect("it is there");
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}

/// An envelope with the signature of the payer. It is put together out of bytes: no value here is
/// as deep as that.
fn signed(run: &Run, tx: Vec<u8>) -> Raw {
    let tagged = [xdr(&EnvelopeType::Tx), tx].concat();
    let hash = sha256(&[&run.wallet.network_id.0[..], &tagged].concat());
    let signature = decorated(&run.wallet.accounts[0], &hash);
    let signatures: VecM<DecoratedSignature> = vec![signature].try_into().expect("one signature");
    Raw([tagged, xdr(&signatures)].concat())
}
