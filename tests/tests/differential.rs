//! The same calls on localnet and in the SDK's own test environment: the same results, the same
//! events, and the same state after each, to the last ledger in which every entry lives.
//!
//! Both start from one state, run the same WASM at the same address, and are at the same ledger
//! and time with each call. On localnet every call is a transaction that its caller has signed.

use escrow::{Fallback, Payout, Ruling, Status, StatusUpdate};
use localnet::ledger::{Entries, Snapshot, sha256};
use localnet::operations::classic::events::asset_contract;
use localnet::{Localnet, Options};
use soroban_sdk::testutils::{EnvTestConfig, Events, Ledger, SnapshotSourceInput};
use soroban_sdk::xdr::{
    Asset, ContractEvent, ContractId, LedgerEntryData, LedgerKey, ScAddress, ScVal,
};
use soroban_sdk::{
    Address, BytesN, ContractExecutable, Env, IntoVal, Symbol, TryFromVal, Val, Vec, vec,
};
use std::collections::BTreeMap;
use std::rc::Rc;
use tests::wallet::{self, Receipt, Wallet, account, address, seat, text};
use tests::{DAY, ONE, Plan, plan, wasm};

/// So that both deploy to the same address.
const SALT: u8 = 1;

/// The two networks, which are to stay the same.
struct Twins {
    localnet: Localnet,
    env: Env,
    escrow: ContractId,
    token: ContractId,
}

/// All of an entry that counts, and how long it lives.
type State = BTreeMap<LedgerKey, (LedgerEntryData, Option<u32>)>;

impl Twins {
    fn new(change: impl FnOnce(&Env, &mut Plan)) -> Self {
        let localnet = Localnet::start(Options::default()).unwrap();
        let admin = account("admin");
        let wallet = Wallet { rpc: &localnet };
        assert!(wallet.upload(&admin, &wasm()).succeeded);

        let asset = Asset::CreditAlphanum4(localnet::genesis::token());
        let (network_id, info) =
            localnet.network(|network| (network.network_id.clone(), network.ledger_info()));
        let token = asset_contract(&asset, &network_id);
        let source = Rc::new(Snapshot(entries(&localnet)));
        let mut env = Env::from_ledger_snapshot(SnapshotSourceInput {
            source,
            ledger_info: Some(info),
            snapshot: None,
        });
        env.set_config(EnvTestConfig { capture_snapshot_at_drop: false });
        env.cost_estimate().budget().reset_unlimited();
        let address = contract_address(&env, &token);
        let mut plan = plan(&env, &address);
        seat(&env, &mut plan);
        change(&env, &mut plan);
        let escrow = wallet.deploy(&env, &admin, &wasm(), &plan, SALT);

        let twins = Self { localnet, env, escrow, token };
        twins.follow();
        twins.env.mock_all_auths();
        let milestones = Vec::from_iter(&twins.env, plan.milestones.iter().cloned());
        let arguments = (plan.terms.clone(), milestones, plan.total());
        let salt = BytesN::from_array(&twins.env, &[SALT; 32]);
        let hash = BytesN::from_array(&twins.env, &sha256(&wasm()).0);
        let deployer = twins.env.deployer().with_address(twins.who("admin"), salt);
        assert_eq!(
            deployer.deploy_contract(ContractExecutable::Wasm(hash), arguments),
            twins.escrow()
        );
        twins.compare("deploy");
        twins
    }

    fn escrow(&self) -> Address {
        contract_address(&self.env, &self.escrow)
    }

    fn wallet(&self) -> Wallet<'_> {
        Wallet { rpc: &self.localnet }
    }

    /// The SDK's environment is where and when localnet's latest ledger is.
    fn follow(&self) {
        let (sequence, time) = self
            .localnet
            .network(|network| (network.latest().sequence(), network.latest().close_time()));
        self.env.ledger().set_sequence_number(sequence);
        self.env.ledger().set_timestamp(time);
    }

    fn wait(&self, seconds: u64) {
        self.localnet.network(move |network| network.advance_time(seconds)).unwrap();
        self.follow();
    }

    /// A call that succeeds on both.
    fn call(&self, by: &str, name: &str, args: Vec<Val>) -> Receipt {
        let sent = wallet::values(&self.env, args.clone());
        let receipt = self.wallet().call(&account(by), &self.escrow, name, &sent);
        assert!(receipt.succeeded, "{name}");
        self.follow();
        let value = self.env.invoke_contract::<Val>(&self.escrow(), &symbol(&self.env, name), args);
        let events = self.env.events().all().filter_by_contract(&self.escrow());
        let value = ScVal::try_from_val(&self.env, &value).unwrap();
        assert_eq!(receipt.value(), Some(value), "what {name} returns");
        assert_eq!(self.told_by_escrow(&receipt), events.events(), "what {name} says");
        self.compare(name);
        receipt
    }

    /// A call that fails on both, with the same error of the contract's.
    fn refuse(&self, by: &str, name: &str, args: Vec<Val>) {
        let tried = wallet::values(&self.env, args.clone());
        let refusal = self.wallet().refusal(&account(by), &self.escrow, name, &tried);
        let refusal = refusal.unwrap_or_else(|| panic!("localnet allows {name}"));
        let error = self
            .env
            .try_invoke_contract::<Val, soroban_sdk::Error>(
                &self.escrow(),
                &symbol(&self.env, name),
                args,
            )
            .map(|_| ())
            .expect_err("the SDK allows it")
            .expect("an error of the contract's");
        let code = format!("Error(Contract, #{})", error.get_code());
        assert!(refusal.contains(&code), "{name}: {code} and not {refusal}");
        self.compare(name);
    }

    fn told_by_escrow(&self, receipt: &Receipt) -> std::vec::Vec<ContractEvent> {
        let all = receipt.meta.operations.iter().flat_map(|operation| operation.events.iter());
        all.filter(|event| event.contract_id.as_ref() == Some(&self.escrow)).cloned().collect()
    }

    /// What both hold of the escrow, of the token, and of everybody's tokens.
    fn compare(&self, after: &str) {
        let ours = self.state(&entries(&self.localnet));
        let theirs = self.env.to_ledger_snapshot();
        let theirs = theirs.ledger_entries.iter().map(|(key, (entry, until))| {
            (Rc::new(key.as_ref().clone()), (Rc::new(entry.as_ref().clone()), *until))
        });
        let theirs = self.state(&theirs.collect());
        assert!(!theirs.is_empty());
        for (key, theirs) in &theirs {
            let ours = ours.get(key);
            assert!(ours == Some(theirs), "after {after}:\n{ours:?}\nand not\n{theirs:?}");
        }
        let touched = |state: &State| {
            state.keys().filter(|key| self.is_escrow_s(key)).cloned().collect::<std::vec::Vec<_>>()
        };
        assert_eq!(touched(&ours), touched(&theirs), "after {after}");
    }

    fn state(&self, entries: &Entries) -> State {
        let counts = |key: &LedgerKey| match key {
            LedgerKey::Trustline(_) => true,
            key => self.is_escrow_s(key) || is_of(key, &self.token),
        };
        let counted = entries.iter().filter(|(key, _)| counts(key));
        counted
            .map(|(key, (entry, until))| (key.as_ref().clone(), (entry.data.clone(), *until)))
            .collect()
    }

    fn is_escrow_s(&self, key: &LedgerKey) -> bool {
        is_of(key, &self.escrow)
    }

    fn payout(&self, milestone: u32) -> Payout {
        let args = (milestone,).into_val(&self.env);
        let milestone: escrow::Milestone =
            self.env.invoke_contract(&self.escrow(), &symbol(&self.env, "get_milestone"), args);
        Payout {
            milestone: milestone.milestone,
            revision: milestone.revision,
            receiver: milestone.receiver,
            amount: milestone.amount,
        }
    }

    fn completed(&self, milestone: u32) -> Vec<StatusUpdate> {
        let note = Some(text(&self.env, "done"));
        vec![&self.env, StatusUpdate { milestone, status: Status::Completed, note, evidence: None }]
    }

    fn who(&self, name: &str) -> Address {
        address(&self.env, name)
    }
}

fn is_of(key: &LedgerKey, contract: &ContractId) -> bool {
    matches!(key, LedgerKey::ContractData(data) if data.contract == ScAddress::Contract(contract.clone()))
}

fn symbol(env: &Env, name: &str) -> Symbol {
    Symbol::new(env, name)
}

fn contract_address(env: &Env, contract: &ContractId) -> Address {
    Address::try_from_val(env, &ScVal::Address(ScAddress::Contract(contract.clone()))).unwrap()
}

/// A copy of localnet's entries, which live on a thread of their own.
fn entries(localnet: &Localnet) -> Entries {
    let all: std::vec::Vec<_> = localnet.network(|network| {
        let all = network.entries.iter();
        all.map(|(key, (entry, until))| (key.as_ref().clone(), entry.as_ref().clone(), *until))
            .collect()
    });
    all.into_iter().map(|(key, entry, until)| (Rc::new(key), (Rc::new(entry), until))).collect()
}

#[test]
fn a_whole_lifecycle_goes_the_same_way() {
    let t = Twins::new(|_, _| {});
    let env = &t.env;
    let gross = 3 * 1_025 * ONE;
    t.refuse("payer", "fund", (t.who("payer"), 2u32, gross - 1, 0u32).into_val(env));
    t.call("payer", "fund", (t.who("payer"), 2u32, gross, 0u32).into_val(env));
    t.call("provider", "change_status", (t.who("provider"), t.completed(0)).into_val(env));
    let payouts = vec![env, t.payout(0)];
    t.refuse("signer", "release", (t.who("signer"), payouts.clone()).into_val(env));
    for approver in ["approver", "approver2"] {
        t.call(approver, "approve", (t.who(approver), payouts.clone()).into_val(env));
    }
    t.refuse("approver2", "approve", (t.who("approver2"), payouts.clone()).into_val(env));
    t.call("signer", "release", (t.who("signer"), payouts.clone()).into_val(env));
    t.refuse("signer", "release", (t.who("signer"), payouts).into_val(env));

    let reason = text(env, "It is not what was agreed.");
    t.call("payer", "dispute", (t.who("payer"), vec![env, 1u32], reason).into_val(env));
    let rulings = vec![env, Ruling { milestone: 1, to_receiver: 400 * ONE }];
    for resolver in ["resolver", "resolver3"] {
        t.call(resolver, "resolve", (t.who(resolver), rulings.clone()).into_val(env));
    }

    // Silence: the review window passes, and the work is paid.
    t.call("provider", "change_status", (t.who("provider"), t.completed(2)).into_val(env));
    let payouts = vec![env, t.payout(2)];
    t.refuse("stranger", "release", (t.who("stranger"), payouts.clone()).into_val(env));
    t.wait(7 * DAY + 60);
    t.call("signer", "release", (t.who("signer"), payouts).into_val(env));
}

#[test]
fn silence_and_refunds_go_the_same_way() {
    let t = Twins::new(|_, plan| plan.terms.policy.fallback = Fallback::Even);
    let env = &t.env;
    let gross = 3 * 1_025 * ONE;
    t.call("payer", "fund", (t.who("payer"), 2u32, gross, 0u32).into_val(env));
    let refunded = (t.who("provider"), vec![env, 0u32], 1_025 * ONE).into_val(env);
    t.call("provider", "refund", refunded);
    let reason = text(env, "late");
    t.call("provider", "dispute", (t.who("provider"), vec![env, 1u32], reason).into_val(env));
    t.refuse("stranger", "resolve_by_default", (vec![env, 1u32],).into_val(env));
    t.wait(14 * DAY + 60);
    t.call("stranger", "resolve_by_default", (vec![env, 1u32],).into_val(env));
    t.wait(30 * DAY);
    let reclaimed = (t.who("payer"), vec![env, 2u32], 1_025 * ONE).into_val(env);
    t.call("payer", "reclaim", reclaimed);
    t.call("admin", "extend_ttl", (t.who("admin"), 3_000_000u32, 0u32, 50u32).into_val(env));
}

#[test]
fn seats_and_terms_go_the_same_way() {
    let t = Twins::new(|_, _| {});
    let env = &t.env;
    let seat = (escrow::Role::Approver, t.who("approver3"), t.who("stranger")).into_val(env);
    t.call("approver3", "rotate", seat);
    let redirect = (t.who("provider"), 0u32, t.who("receiver")).into_val(env);
    t.call("provider", "redirect", redirect);
    let views = [("get_escrow", ().into_val(env)), ("get_balances", ().into_val(env))];
    for (name, args) in views {
        t.call("observer", name, args);
    }
}
