//! An escrow whose payer and approver are contracts: what their key signs is done, and anything
//! else is refused by the network, in both forms that an authorisation can have.

use ed25519_dalek::{Signer, SigningKey};
use escrow::{NewMilestone, Payout, Status, StatusUpdate};
use localnet::accounts::{address_of, sign};
use localnet::client::{Client, contract_id, create, invocation, network_id};
use localnet::ledger::{sha256, sha256_xdr};
use localnet::operations::classic::events::asset_contract;
use localnet::{Localnet, Options};
use serde_json::{Value, json};
use soroban_sdk::testutils::EnvTestConfig;
use soroban_sdk::xdr::{
    Asset, ContractId, HashIdPreimage, HashIdPreimageSorobanAuthorization,
    HashIdPreimageSorobanAuthorizationWithAddress, HostFunction, InvokeHostFunctionOp, Limits,
    Memo, Operation, OperationBody, Preconditions, ReadXdr, ScAddress, ScError, ScErrorCode, ScVal,
    SequenceNumber, SorobanAddressCredentials, SorobanAuthorizationEntry, SorobanCredentials,
    SorobanTransactionData, Transaction, TransactionEnvelope, TransactionExt, WriteXdr,
};
use soroban_sdk::{Address, BytesN, Env, IntoVal, TryFromVal, Val, Vec, vec};
use std::slice::from_ref;
use tests::wallet::{Receipt, Wallet, account, address, seat, values};
use tests::{ONE, plan, wasm};

const SMART_WALLET: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../target/wasm32v1-none/release/wallet.wasm");

/// What one milestone costs with the platform's fee of 2.5 %.
const GROSS: i128 = ONE + ONE / 40;

/// The two forms of an authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Address,
    AddressV2,
}

const FORMS: [Form; 2] = [Form::Address, Form::AddressV2];

/// An escrow of two milestones, with smart wallets in two of its seats.
struct World {
    localnet: Localnet,
    env: Env,
    escrow: ContractId,
    payer: SmartWallet,
    approver: SmartWallet,
}

struct SmartWallet {
    key: SigningKey,
    id: ContractId,
}

impl World {
    fn new() -> Self {
        let localnet = Localnet::start(Options::default()).unwrap();
        let env = Env::new_with_config(EnvTestConfig { capture_snapshot_at_drop: false });
        let network = Wallet { rpc: &localnet };
        let code = std::fs::read(SMART_WALLET)
            .unwrap_or_else(|e| panic!("{SMART_WALLET}: {e}; run make build"));
        assert!(network.upload(&account("admin"), &code).succeeded);
        let payer = smart_wallet(&localnet, &env, &code, 1);
        let approver = smart_wallet(&localnet, &env, &code, 2);

        let token =
            asset_contract(&Asset::CreditAlphanum4(localnet::genesis::token()), &network_id());
        let gift = (address(&env, "payer"), contract(&env, &payer.id), 100 * ONE);
        let gift = values(&env, gift.into_val(&env));
        assert!(network.call(&account("payer"), &token, "transfer", &gift).succeeded);

        let mut plan = plan(&env, &contract(&env, &token));
        seat(&env, &mut plan);
        plan.terms.roles.payer = contract(&env, &payer.id);
        plan.terms.roles.approvers = vec![&env, contract(&env, &approver.id)];
        let milestone = || NewMilestone {
            approvals_required: 1,
            due: u64::MAX,
            ..tests::milestone(&env, "Part", ONE)
        };
        plan.milestones = [milestone(), milestone()].into();
        assert!(network.upload(&account("admin"), &wasm()).succeeded);
        let escrow = network.deploy(&env, &account("admin"), &wasm(), &plan, 3);
        Self { localnet, env, escrow, payer, approver }
    }

    /// Pays for the milestones through one.
    fn fund(&self, through: u32) -> HostFunction {
        let gross = GROSS * i128::from(through + 1);
        let payer = contract(&self.env, &self.payer.id);
        self.function("fund", (payer, through, gross, 0u32).into_val(&self.env))
    }

    fn payouts(&self, milestone: u32) -> Vec<Payout> {
        let receiver = address(&self.env, "provider");
        vec![&self.env, Payout { milestone, revision: 1, receiver, amount: ONE }]
    }

    fn approve(&self, milestone: u32) -> HostFunction {
        let approver = contract(&self.env, &self.approver.id);
        self.function("approve", (approver, self.payouts(milestone)).into_val(&self.env))
    }

    fn function(&self, name: &str, args: Vec<Val>) -> HostFunction {
        invocation(&self.escrow, name, values(&self.env, args))
    }

    fn client(&self) -> Client<'_> {
        Client { rpc: &self.localnet }
    }

    /// A call by a named account, which succeeds.
    fn call(&self, by: &str, name: &str, args: Vec<Val>) {
        let network = Wallet { rpc: &self.localnet };
        let args = values(&self.env, args);
        assert!(network.call(&account(by), &self.escrow, name, &args).succeeded, "{name}");
    }

    fn complete(&self, milestone: u32) {
        let done =
            StatusUpdate { milestone, status: Status::Completed, note: None, evidence: None };
        let done = (address(&self.env, "provider"), vec![&self.env, done]);
        self.call("provider", "change_status", done.into_val(&self.env));
    }

    /// The ledger that the next transaction is in.
    fn next_ledger(&self) -> u32 {
        self.localnet.network(|network| network.latest().sequence() + 1)
    }

    /// What a wallet is asked to sign so that the stranger may make a call.
    fn asked(&self, function: &HostFunction, form: Form) -> SorobanAuthorizationEntry {
        let tried = self.simulate(self.transaction(function, &[]), form == Form::AddressV2);
        let asked = tried["results"][0]["auth"].as_array().expect("what is to be signed");
        let [entry] = &asked[..] else { panic!("one signature and not {}", asked.len()) };
        let entry: SorobanAuthorizationEntry = decode(entry);
        let is_of = |form: Form| {
            matches!(
                (form, &entry.credentials),
                (Form::Address, SorobanCredentials::Address(_))
                    | (Form::AddressV2, SorobanCredentials::AddressV2(_))
            )
        };
        assert!(is_of(form), "{entry:?}");
        entry
    }

    /// What the network says that a call takes which is authorised.
    fn resources(
        &self,
        function: &HostFunction,
        entry: &SorobanAuthorizationEntry,
    ) -> SorobanTransactionData {
        let tried = self.simulate(self.transaction(function, from_ref(entry)), false);
        decode(&tried["transactionData"])
    }

    fn simulate(&self, tx: Transaction, upgraded: bool) -> Value {
        let envelope = sign(tx, &network_id(), &[]).to_xdr_base64(Limits::none()).unwrap();
        let params = json!({ "transaction": envelope, "useUpgradedAuth": upgraded });
        let tried = self.localnet.call("simulateTransaction", params).unwrap();
        assert!(tried.get("error").is_none(), "{tried}");
        tried
    }

    /// Has the network decide on a call of the stranger's, whatever a simulation would say.
    fn send(
        &self,
        function: &HostFunction,
        entry: &SorobanAuthorizationEntry,
        resources: &SorobanTransactionData,
    ) -> Receipt {
        let stranger = account("stranger");
        // A call that is certainly possible, which then is another one.
        let possible = self.function("get_balances", ().into_val(&self.env));
        let mut prepared = self.client().prepare(&stranger, &[], possible).unwrap();
        let mut tx = self.transaction(function, from_ref(entry));
        tx.seq_num = number(&prepared.envelope);
        tx.fee = u32::try_from(resources.resource_fee).unwrap() + 100;
        tx.ext = TransactionExt::V1(resources.clone());
        prepared.envelope = sign(tx, &network_id(), &[&stranger.secret]);
        self.client().submit(&prepared).unwrap()
    }

    /// A transaction of the stranger's, not to be sent yet.
    fn transaction(
        &self,
        function: &HostFunction,
        auth: &[SorobanAuthorizationEntry],
    ) -> Transaction {
        let body = OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
            host_function: function.clone(),
            auth: auth.to_vec().try_into().unwrap(),
        });
        Transaction {
            source_account: address_of(&account("stranger").id),
            fee: 100,
            seq_num: SequenceNumber(0),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: [Operation { source_account: None, body }].to_vec().try_into().unwrap(),
            ext: TransactionExt::V0,
        }
    }

    /// Does what a wallet signs.
    fn authorised(&self, by: &SmartWallet, function: &HostFunction, form: Form) {
        let entry = signed(self.asked(function, form), &by.key, self.next_ledger() + 100);
        let resources = self.resources(function, &entry);
        assert!(self.send(function, &entry, &resources).succeeded, "{form:?}");
    }

    /// Tries all that is wrong with a call, of which only the authorisation counts; then does it.
    fn assert_strict(
        &self,
        by: &SmartWallet,
        function: &HostFunction,
        other: &HostFunction,
        form: Form,
    ) {
        let asked = self.asked(function, form);
        let until = self.next_ledger() + 100;
        let right = signed(asked.clone(), &by.key, until);
        let resources = self.resources(function, &right);

        let wrong_key = signed(asked.clone(), &SigningKey::from_bytes(&[9; 32]), until);
        let mut unsigned = right.clone();
        credentials(&mut unsigned).signature = ScVal::Void;
        let mut others_arguments = self.asked(other, form);
        credentials(&mut others_arguments).nonce = credentials(&mut asked.clone()).nonce;
        let others_arguments = signed(others_arguments, &by.key, until);
        let mut changed = others_arguments.clone();
        changed.root_invocation = right.root_invocation.clone();
        let mut prolonged = right.clone();
        credentials(&mut prolonged).signature_expiration_ledger += 1;
        let mut other_form = right.clone();
        other_form.credentials = match right.credentials.clone() {
            SorobanCredentials::Address(it) => SorobanCredentials::AddressV2(it),
            SorobanCredentials::AddressV2(it) => SorobanCredentials::Address(it),
            it => it,
        };
        let spoilt = [
            ("by another key", wrong_key),
            ("not at all", unsigned),
            ("for other arguments", others_arguments),
            ("for other arguments, which then were changed", changed),
            ("for a shorter time", prolonged),
            ("in the other form", other_form),
        ];
        let assert_refused = |how: &str, entry: &SorobanAuthorizationEntry, code: ScErrorCode| {
            let receipt = self.send(function, entry, &resources);
            assert!(!receipt.succeeded, "signed {how}, {form:?}");
            assert_eq!(receipt.error(), Some(&ScError::Auth(code)), "signed {how}, {form:?}");
        };
        for (how, entry) in &spoilt {
            assert_refused(how, entry, ScErrorCode::InvalidAction);
        }
        let too_late = signed(asked.clone(), &by.key, self.next_ledger() - 1);
        assert_refused("until the ledger before", &too_late, ScErrorCode::InvalidInput);
        let just_in_time = signed(asked, &by.key, self.next_ledger());
        assert!(self.send(function, &just_in_time, &resources).succeeded, "{form:?}");
        assert_refused("and done before", &right, ScErrorCode::ExistingValue);
    }
}

/// Signs what is asked, as the form has it.
fn signed(
    mut entry: SorobanAuthorizationEntry,
    key: &SigningKey,
    until: u32,
) -> SorobanAuthorizationEntry {
    let invocation = entry.root_invocation.clone();
    let is_upgraded = matches!(entry.credentials, SorobanCredentials::AddressV2(_));
    let credentials = credentials(&mut entry);
    credentials.signature_expiration_ledger = until;
    let (network_id, nonce) = (network_id(), credentials.nonce);
    let payload = if is_upgraded {
        HashIdPreimage::SorobanAuthorizationWithAddress(
            HashIdPreimageSorobanAuthorizationWithAddress {
                network_id,
                nonce,
                signature_expiration_ledger: until,
                address: credentials.address.clone(),
                invocation,
            },
        )
    } else {
        HashIdPreimage::SorobanAuthorization(HashIdPreimageSorobanAuthorization {
            network_id,
            nonce,
            signature_expiration_ledger: until,
            invocation,
        })
    };
    let signature = key.sign(&sha256_xdr(&payload).0).to_bytes();
    credentials.signature = ScVal::Bytes(signature.to_vec().try_into().unwrap());
    entry
}

fn credentials(entry: &mut SorobanAuthorizationEntry) -> &mut SorobanAddressCredentials {
    match &mut entry.credentials {
        SorobanCredentials::Address(it) | SorobanCredentials::AddressV2(it) => it,
        other => panic!("another form: {other:?}"),
    }
}

/// Deploys a wallet whose key is all of one byte.
fn smart_wallet(localnet: &Localnet, env: &Env, code: &[u8], number: u8) -> SmartWallet {
    let key = SigningKey::from_bytes(&[number; 32]);
    let public = BytesN::from_array(env, &key.verifying_key().to_bytes());
    let (by, salt) = (account("admin"), [number; 32]);
    let creation = create(&by, salt, sha256(code), values(env, (public,).into_val(env)));
    let deployed = Client { rpc: localnet }.send(&by, &[], creation).unwrap();
    assert!(deployed.succeeded);
    SmartWallet { key, id: contract_id(&by, salt) }
}

fn contract(env: &Env, id: &ContractId) -> Address {
    Address::try_from_val(env, &ScVal::Address(ScAddress::Contract(id.clone()))).unwrap()
}

fn number(envelope: &TransactionEnvelope) -> SequenceNumber {
    let TransactionEnvelope::Tx(envelope) = envelope else { panic!("another form") };
    envelope.tx.seq_num.clone()
}

fn decode<T: ReadXdr>(value: &Value) -> T {
    T::from_xdr_base64(value.as_str().expect("text"), Limits::none()).unwrap()
}

#[test]
fn an_escrow_of_smart_wallets_is_paid_for_approved_and_released() {
    for form in FORMS {
        let w = World::new();
        let fund = w.fund(1);
        // One signature for both: the escrow's call, and the token's that it makes.
        assert_eq!(w.asked(&fund, form).root_invocation.sub_invocations.len(), 1);
        w.authorised(&w.payer, &fund, form);
        w.complete(0);
        w.authorised(&w.approver, &w.approve(0), form);
        let release = (address(&w.env, "signer"), w.payouts(0));
        w.call("signer", "release", release.into_val(&w.env));
    }
}

#[test]
fn a_payer_s_wallet_allows_what_it_has_signed_and_once() {
    for form in FORMS {
        let w = World::new();
        w.assert_strict(&w.payer, &w.fund(0), &w.fund(1), form);
    }
}

#[test]
fn an_approver_s_wallet_allows_what_it_has_signed_and_once() {
    for form in FORMS {
        let w = World::new();
        w.authorised(&w.payer, &w.fund(1), form);
        w.complete(0);
        w.complete(1);
        w.assert_strict(&w.approver, &w.approve(0), &w.approve(1), form);
    }
}
