//! What the tests stand on: an escrow in a network of its own, and one method for each entry
//! point that signs exactly what the call needs and nothing else.
//!
//! `ESCROW_RUNTIME=wasm` runs the same tests on the built WASM; without it the contract runs
//! natively. [`World`] proves for each escrow which of the two it is.

pub mod accounts;
pub mod network;
pub mod replay;
pub mod report;
pub mod tokens;
pub mod wallet;

use escrow::*;
use soroban_sdk::testutils::{
    Address as _, AuthorizedInvocation, EnvTestConfig, IssuerFlags, Ledger as _, MockAuth,
    MockAuthInvoke, StellarAssetIssuer,
};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::xdr::{ScErrorCode, ScErrorType};
use soroban_sdk::{Address, Env, Executable, IntoVal, String, Symbol, TryFromVal, Val, Vec, vec};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub const DAY: u64 = 86_400;
/// When every test begins.
pub const START: u64 = 1_800_000_000;
/// One whole token of seven decimals.
pub const ONE: i128 = 10_000_000;

/// The settings of Mainnet that decide how long entries live, in ledgers.
pub const MIN_PERSISTENT_TTL: u32 = 2_073_600;
pub const MIN_TEMPORARY_TTL: u32 = 17_280;
pub const MAX_TTL: u32 = 3_110_400;

/// The path of the built contract, as `stellar contract build` leaves it.
pub const WASM_PATH: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../target/wasm32v1-none/release/escrow.wasm");

/// Whether this run tests the built WASM.
pub fn on_wasm() -> bool {
    match std::env::var("ESCROW_RUNTIME").as_deref() {
        Ok("wasm") => true,
        Ok("native") | Err(_) => false,
        Ok(other) => panic!("ESCROW_RUNTIME is native or wasm, not {other}"),
    }
}

pub fn wasm() -> std::vec::Vec<u8> {
    std::fs::read(WASM_PATH).unwrap_or_else(|e| panic!("{WASM_PATH}: {e}; run make build"))
}

/// How a call ends that does not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The contract refused.
    Contract(Error),
    /// The host refused: a signature is missing or is for something else.
    Auth,
    /// Anything else, which is always a defect of the contract.
    Trap(soroban_sdk::Error),
}

impl From<soroban_sdk::Error> for Refusal {
    fn from(error: soroban_sdk::Error) -> Self {
        if error.is_type(ScErrorType::Contract) {
            Error::try_from(error).map_or(Self::Trap(error), Self::Contract)
        } else if error.is_type(ScErrorType::Auth)
            || error.is_code(ScErrorCode::InvalidAction) && error.is_type(ScErrorType::Context)
        {
            Self::Auth
        } else {
            Self::Trap(error)
        }
    }
}

pub type Outcome<T = ()> = Result<T, Refusal>;

/// What `outcome` must be when the contract refuses with `error`.
pub fn refused<T>(error: Error) -> Outcome<T> {
    Err(Refusal::Contract(error))
}

/// A network with the real settings.
pub fn network() -> Env {
    let env = Env::new_with_config(EnvTestConfig { capture_snapshot_at_drop: false });
    env.ledger().with_mut(|ledger| {
        ledger.timestamp = START;
        ledger.sequence_number = 100_000;
        ledger.min_persistent_entry_ttl = MIN_PERSISTENT_TTL;
        ledger.min_temp_entry_ttl = MIN_TEMPORARY_TTL;
        ledger.max_entry_ttl = MAX_TTL;
    });
    env
}

/// What an escrow is made from; change what a test needs changed.
pub struct Plan {
    pub terms: Terms,
    pub milestones: std::vec::Vec<NewMilestone>,
}

impl Plan {
    pub fn total(&self) -> i128 {
        self.milestones.iter().map(|m| m.amount).sum()
    }
}

/// An escrow, its people, and its token.
///
/// As planned by default: three approvers of whom two must approve, two service providers, two
/// release signers of whom one suffices, three resolvers of whom two must agree, a fee of 2.5 %,
/// seven days of review, fourteen of dispute, an even split as fallback, and three milestones of
/// 1,000, due in thirty days, for the first service provider.
pub struct World {
    pub env: Env,
    pub escrow: Address,
    pub token: Address,
    /// The issuer of the token, where that is a Stellar asset.
    pub issuer: Option<StellarAssetIssuer>,
    pub terms: Terms,
    pub payer: Address,
    pub admin: Address,
    pub platform: Address,
    pub approvers: std::vec::Vec<Address>,
    pub providers: std::vec::Vec<Address>,
    pub signers: std::vec::Vec<Address>,
    pub resolvers: std::vec::Vec<Address>,
    pub observers: std::vec::Vec<Address>,
    pub stranger: Address,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    pub fn new() -> Self {
        Self::with(|_, _| {})
    }

    /// An escrow in a Stellar asset, by a plan changed by `change`.
    pub fn with(change: impl FnOnce(&Env, &mut Plan)) -> Self {
        let env = network();
        let asset = env.register_stellar_asset_contract_v2(Address::generate(&env));
        let mut world = Self::on(&env, &asset.address(), change);
        world.issuer = Some(asset.issuer());
        world
    }

    /// An escrow in the token at an address, in an environment that stands.
    pub fn on(env: &Env, token: &Address, change: impl FnOnce(&Env, &mut Plan)) -> Self {
        let mut plan = plan(env, token);
        change(env, &mut plan);
        Self::deploy(env, &plan).unwrap_or_else(|error| panic!("the plan is refused: {error:?}"))
    }

    /// An escrow of so many milestones, small ones, and otherwise as planned: more than fit into
    /// one call.
    pub fn of(count: u32, change: impl FnOnce(&Env, &mut Plan)) -> Self {
        let w = Self::with(|env, plan| {
            plan.milestones.iter_mut().for_each(|m| m.amount = ONE);
            change(env, plan);
        });
        while w.get_escrow().totals.milestones < count {
            let there = w.get_escrow().totals.milestones;
            let add: std::vec::Vec<_> =
                (there..count.min(there + 20)).map(|_| milestone(&w.env, "", ONE)).collect();
            let total = i128::from(there) * ONE + add.len() as i128 * ONE;
            assert_eq!(w.manage_milestones(&w.admin, 0, &[], &add, total), Ok(()));
        }
        w
    }

    /// An escrow by a plan, or why the constructor refuses it.
    pub fn deploy(env: &Env, plan: &Plan) -> Outcome<Self> {
        Self::deploy_for(env, plan, plan.total())
    }

    /// The same, with a total that need not be the sum of the milestones.
    pub fn deploy_for(env: &Env, plan: &Plan, total: i128) -> Outcome<Self> {
        let escrow = Address::generate(env);
        Self::deploy_at(env, &escrow, plan, total)
    }

    /// The same, at a given address.
    pub fn deploy_at(env: &Env, escrow: &Address, plan: &Plan, total: i128) -> Outcome<Self> {
        let milestones = Vec::from_iter(env, plan.milestones.iter().cloned());
        let arguments = (plan.terms.clone(), milestones, total);
        let made = catch_unwind(AssertUnwindSafe(|| {
            if on_wasm() {
                env.register_at(escrow, wasm().as_slice(), arguments)
            } else {
                env.register_at(escrow, Contract, arguments)
            }
        }));
        if let Err(panic) = made {
            return Err(constructor_refusal(panic.as_ref()));
        }
        prove_runtime(env, escrow);
        let roles = plan.terms.roles.clone();
        Ok(Self {
            escrow: escrow.clone(),
            token: plan.terms.token.clone(),
            issuer: None,
            terms: plan.terms.clone(),
            payer: roles.payer,
            admin: roles.admin,
            platform: roles.platform,
            approvers: roles.approvers.iter().collect(),
            providers: roles.service_providers.iter().collect(),
            signers: roles.release_signers.iter().collect(),
            resolvers: roles.dispute_resolvers.iter().collect(),
            observers: roles.observers.iter().collect(),
            stranger: Address::generate(env),
            env: env.clone(),
        })
    }

    // The entry points, each signed by who must sign, for exactly these arguments.

    /// Gives the payer what it takes, and funds all milestones.
    pub fn fund_all(&self) {
        let totals = self.get_escrow().totals;
        let amount = totals.gross - totals.deposited;
        self.mint(&self.payer, amount);
        assert_eq!(self.fund(totals.milestones - 1, amount), Ok(()));
    }

    /// By the payer, at the current revision, for tokens that the payer must have.
    pub fn fund(&self, through: u32, amount: i128) -> Outcome {
        self.fund_at(&self.payer.clone(), through, amount, self.get_escrow().revision)
    }

    pub fn fund_at(&self, payer: &Address, through: u32, amount: i128, revision: u32) -> Outcome {
        let transfer = MockAuthInvoke {
            contract: &self.token,
            fn_name: "transfer",
            args: (payer, &self.escrow, amount).into_val(&self.env),
            sub_invokes: &[],
        };
        let args = (payer, through, amount, revision).into_val(&self.env);
        let invoke = MockAuthInvoke {
            contract: &self.escrow,
            fn_name: "fund",
            args,
            sub_invokes: &[transfer],
        };
        self.env.mock_auths(&[MockAuth { address: payer, invoke: &invoke }]);
        let args = (payer, through, amount, revision).into_val(&self.env);
        self.invoke("fund", args)
    }

    pub fn count_deposit(&self, through: u32, amount: i128) -> Outcome {
        let revision = self.get_escrow().revision;
        let args = (&self.payer, through, amount, revision).into_val(&self.env);
        self.call(&[&self.payer], "count_deposit", args)
    }

    pub fn change_status(&self, provider: &Address, updates: &[StatusUpdate]) -> Outcome {
        let args = (provider, self.list(updates)).into_val(&self.env);
        self.call(&[provider], "change_status", args)
    }

    /// By the first provider, without texts.
    pub fn report(&self, milestone: u32, status: Status) -> Outcome {
        let update = StatusUpdate { milestone, status, note: None, evidence: None };
        self.change_status(&self.providers[0], &[update])
    }

    /// Work on these milestones is completed, by the first provider.
    pub fn complete(&self, milestones: &[u32]) {
        for milestone in milestones {
            assert_eq!(self.report(*milestone, Status::Completed), Ok(()));
        }
    }

    pub fn approve(&self, approver: &Address, payouts: &[Payout]) -> Outcome {
        let args = (approver, self.list(payouts)).into_val(&self.env);
        self.call(&[approver], "approve", args)
    }

    /// As many approvers as are needed approve these milestones.
    pub fn approve_all(&self, milestones: &[u32]) {
        for milestone in milestones {
            let needed = self.get_milestone(*milestone).approvals_required as usize;
            for approver in &self.approvers[..needed] {
                assert_eq!(self.approve(approver, &[self.payout(*milestone)]), Ok(()));
            }
        }
    }

    pub fn reject(&self, approver: &Address, milestones: &[u32], reason: &str) -> Outcome {
        let args = (approver, self.list(milestones), self.text(reason)).into_val(&self.env);
        self.call(&[approver], "reject", args)
    }

    pub fn release(&self, signer: &Address, payouts: &[Payout]) -> Outcome {
        let args = (signer, self.list(payouts)).into_val(&self.env);
        self.call(&[signer], "release", args)
    }

    pub fn confirm(&self, signer: &Address, payouts: &[Payout]) -> Outcome {
        let args = (signer, self.list(payouts)).into_val(&self.env);
        self.call(&[signer], "confirm", args)
    }

    pub fn dispute(&self, party: &Address, milestones: &[u32], reason: &str) -> Outcome {
        let args = (party, self.list(milestones), self.text(reason)).into_val(&self.env);
        self.call(&[party], "dispute", args)
    }

    pub fn resume(&self, party: &Address, milestones: &[u32]) -> Outcome {
        let args = (party, self.list(milestones)).into_val(&self.env);
        self.call(&[party], "resume", args)
    }

    pub fn resolve(&self, resolver: &Address, rulings: &[Ruling]) -> Outcome {
        let args = (resolver, self.list(rulings)).into_val(&self.env);
        self.call(&[resolver], "resolve", args)
    }

    pub fn resolve_by_default(&self, milestones: &[u32]) -> Outcome {
        let args = (self.list(milestones),).into_val(&self.env);
        self.call(&[], "resolve_by_default", args)
    }

    pub fn settle(&self, party: &Address, rulings: &[Ruling]) -> Outcome {
        let args = (party, self.list(rulings)).into_val(&self.env);
        self.call(&[party], "settle", args)
    }

    pub fn refund(&self, receiver: &Address, milestones: &[u32], amount: i128) -> Outcome {
        let args = (receiver, self.list(milestones), amount).into_val(&self.env);
        self.call(&[receiver], "refund", args)
    }

    pub fn reclaim(&self, payer: &Address, milestones: &[u32], amount: i128) -> Outcome {
        let args = (payer, self.list(milestones), amount).into_val(&self.env);
        self.call(&[payer], "reclaim", args)
    }

    /// Unsigned; to have it sent elsewhere see [`World::claim_to`].
    pub fn claim(&self, owner: &Address, milestones: &[u32]) -> Outcome {
        let args = (owner, self.list(milestones), None::<Address>).into_val(&self.env);
        self.call(&[], "claim", args)
    }

    pub fn claim_to(&self, owner: &Address, milestones: &[u32], to: &Address) -> Outcome {
        let args = (owner, self.list(milestones), Some(to.clone())).into_val(&self.env);
        self.call(&[owner], "claim", args)
    }

    pub fn withdraw(&self, payer: &Address, token: &Address) -> Outcome {
        self.call(&[payer], "withdraw", (payer, token).into_val(&self.env))
    }

    pub fn update(&self, admin: &Address, terms: &Terms, revision: u32) -> Outcome {
        let args = (admin, terms.clone(), revision).into_val(&self.env);
        self.call(&[admin], "update", args)
    }

    pub fn manage_milestones(
        &self,
        admin: &Address,
        remove: u32,
        edit: &[MilestoneEdit],
        add: &[NewMilestone],
        total: i128,
    ) -> Outcome {
        let args = (admin, remove, self.list(edit), self.list(add), total).into_val(&self.env);
        self.call(&[admin], "manage_milestones", args)
    }

    pub fn redirect(&self, receiver: &Address, milestone: u32, to: &Address) -> Outcome {
        let args = (receiver, milestone, to).into_val(&self.env);
        self.call(&[receiver], "redirect", args)
    }

    pub fn rotate(&self, role: Role, from: &Address, to: &Address) -> Outcome {
        self.call(&[from, to], "rotate", (role, from, to).into_val(&self.env))
    }

    pub fn extend_ttl(&self, admin: &Address, ledgers: u32, start: u32, limit: u32) -> Outcome {
        let args = (admin, ledgers, start, limit).into_val(&self.env);
        self.call(&[admin], "extend_ttl", args)
    }

    pub fn get_escrow(&self) -> Escrow {
        self.view("get_escrow", ().into_val(&self.env)).unwrap()
    }

    pub fn get_milestone(&self, i: u32) -> Milestone {
        self.view("get_milestone", (i,).into_val(&self.env)).unwrap()
    }

    pub fn get_milestones(&self, start: u32, limit: u32) -> Outcome<Vec<Milestone>> {
        self.view("get_milestones", (start, limit).into_val(&self.env))
    }

    pub fn get_claimable(&self, owner: &Address, milestones: &[u32]) -> Outcome<i128> {
        self.view("get_claimable", (owner, self.list(milestones)).into_val(&self.env))
    }

    pub fn get_balances(&self) -> Balances {
        self.view("get_balances", ().into_val(&self.env)).unwrap()
    }

    // What calls are made of.

    /// What a signer of this milestone, as it stands, agrees to.
    pub fn payout(&self, milestone: u32) -> Payout {
        let m = self.get_milestone(milestone);
        Payout { milestone, revision: m.revision, receiver: m.receiver, amount: m.amount }
    }

    pub fn text(&self, text: &str) -> String {
        String::from_str(&self.env, text)
    }

    pub fn list<T>(&self, items: &[T]) -> Vec<T>
    where
        T: Clone + IntoVal<Env, Val> + TryFromVal<Env, Val>,
    {
        Vec::from_iter(&self.env, items.iter().cloned())
    }

    pub fn address(&self) -> Address {
        Address::generate(&self.env)
    }

    /// Calls with the signatures of these addresses on exactly this call, and no others.
    pub fn call(&self, signers: &[&Address], function: &str, args: Vec<Val>) -> Outcome {
        let invoke = MockAuthInvoke {
            contract: &self.escrow,
            fn_name: function,
            args: args.clone(),
            sub_invokes: &[],
        };
        let auths: std::vec::Vec<_> =
            signers.iter().map(|address| MockAuth { address, invoke: &invoke }).collect();
        self.env.mock_auths(&auths);
        self.invoke(function, args)
    }

    /// Calls with whatever signatures are set up.
    pub fn invoke(&self, function: &str, args: Vec<Val>) -> Outcome {
        self.view::<()>(function, args)
    }

    pub fn view<T: TryFromVal<Env, Val>>(&self, function: &str, args: Vec<Val>) -> Outcome<T> {
        let symbol = Symbol::new(&self.env, function);
        let result =
            self.env.try_invoke_contract::<Val, soroban_sdk::Error>(&self.escrow, &symbol, args);
        match result {
            Ok(value) => {
                let value = value.unwrap();
                Ok(T::try_from_val(&self.env, &value)
                    .unwrap_or_else(|_| panic!("{function} returns another type")))
            }
            Err(error) => Err(error.unwrap().into()),
        }
    }

    /// Who signed what in the last call, sub-invocations included.
    pub fn auths(&self) -> std::vec::Vec<(Address, AuthorizedInvocation)> {
        self.env.auths()
    }

    // Time and tokens.

    pub fn now(&self) -> u64 {
        self.env.ledger().timestamp()
    }

    pub fn set_time(&self, timestamp: u64) {
        self.env.ledger().set_timestamp(timestamp);
    }

    pub fn wait(&self, seconds: u64) {
        self.set_time(self.now() + seconds);
    }

    pub fn balance(&self, owner: &Address) -> i128 {
        TokenClient::new(&self.env, &self.token).balance(owner)
    }

    pub fn mint(&self, to: &Address, amount: i128) {
        self.env.mock_all_auths();
        StellarAssetClient::new(&self.env, &self.token).mint(to, &amount);
        self.env.set_auths(&[]);
    }

    /// Sends tokens straight to the escrow's address, as an exchange would.
    pub fn deposit(&self, amount: i128) {
        self.mint(&self.escrow, amount);
    }

    /// Everything that a refusal must not change: terms, milestones, and the money of all.
    pub fn state(&self) -> (Escrow, std::vec::Vec<Milestone>, std::vec::Vec<i128>) {
        let escrow = self.get_escrow();
        let milestones = (0..escrow.totals.milestones).map(|i| self.get_milestone(i)).collect();
        let people = [&self.escrow, &self.payer, &self.platform, &self.admin, &self.stranger];
        let lists = [&self.approvers, &self.providers, &self.signers, &self.resolvers];
        let balances = people
            .into_iter()
            .chain(lists.into_iter().flatten())
            .map(|holder| self.try_balance(holder))
            .collect();
        (escrow, milestones, balances)
    }

    /// The call is refused with this error, and nothing changed.
    #[track_caller]
    pub fn assert_refused(&self, error: Error, call: impl FnOnce() -> Outcome) {
        let before = self.state();
        let outcome = call();
        let events = self.events_of_escrow();
        assert_eq!(outcome, refused(error));
        assert_eq!(events, 0, "a refused call emits nothing");
        assert_eq!(self.state(), before, "a refusal changes nothing");
    }

    /// How many events the escrow emitted in the last call.
    pub fn events_of_escrow(&self) -> usize {
        use soroban_sdk::testutils::Events as _;
        self.env.events().all().filter_by_contract(&self.escrow).events().len()
    }

    fn try_balance(&self, holder: &Address) -> i128 {
        TokenClient::new(&self.env, &self.token).try_balance(holder).map_or(-1, |b| b.unwrap_or(-1))
    }
}

/// The default plan; see [`World`].
pub fn plan(env: &Env, token: &Address) -> Plan {
    let some = |n: usize| Vec::from_iter(env, (0..n).map(|_| Address::generate(env)));
    let text = |text: &str| String::from_str(env, text);
    let roles = Roles {
        payer: Address::generate(env),
        admin: Address::generate(env),
        platform: Address::generate(env),
        approvers: some(3),
        service_providers: some(2),
        release_signers: some(2),
        dispute_resolvers: some(3),
        observers: some(1),
    };
    let policy = Policy {
        release_quorum: 1,
        resolve_quorum: 2,
        review_window: 7 * DAY,
        dispute_window: 14 * DAY,
        fallback: Fallback::Even,
    };
    let terms = Terms {
        engagement_id: text("engagement-1"),
        title: text("A website"),
        description: text("Design, build, launch."),
        document: None,
        roles,
        token: token.clone(),
        platform_fee_bps: 250,
        policy,
    };
    let milestones = ["Design", "Build", "Launch"]
        .into_iter()
        .map(|title| milestone(env, title, 1_000 * ONE))
        .collect();
    Plan { terms, milestones }
}

/// A milestone as the default plan has them: two approvals, due in thirty days.
pub fn milestone(env: &Env, title: &str, amount: i128) -> NewMilestone {
    NewMilestone {
        title: String::from_str(env, title),
        description: String::from_str(env, ""),
        document: None,
        amount,
        receiver: None,
        approvals_required: 2,
        due: env.ledger().timestamp() + 30 * DAY,
    }
}

/// An edit that changes nothing yet.
pub fn edit(milestone: u32) -> MilestoneEdit {
    MilestoneEdit {
        milestone,
        title: None,
        description: None,
        document: None,
        receiver: None,
        approvals_required: None,
        due: None,
    }
}

/// One account with everything in one hand, and no resolvers: the buyer confirms.
pub fn buyer_confirms(env: &Env, plan: &mut Plan) {
    let roles = &mut plan.terms.roles;
    roles.approvers = vec![env, roles.payer.clone()];
    roles.release_signers = roles.approvers.clone();
    roles.dispute_resolvers = vec![env];
    plan.terms.policy.resolve_quorum = 0;
    for milestone in &mut plan.milestones {
        milestone.approvals_required = 1;
    }
}

/// What `amount` takes with a fee of this many basis points.
pub fn gross(amount: i128, bps: i128) -> i128 {
    amount + amount * bps / 10_000
}

/// Balance, reserved, credited, unreserved.
pub fn books(w: &World) -> (i128, i128, i128, i128) {
    let b = w.get_balances();
    (b.balance, b.reserved, b.credited, b.unreserved)
}

/// What a milestone takes with its fee.
pub fn worth(w: &World, milestone: u32) -> i128 {
    let m = w.get_milestone(milestone);
    m.amount + m.fee
}

/// The first signer releases these milestones as they stand.
pub fn release(w: &World, milestones: &[u32]) -> Outcome {
    let payouts: std::vec::Vec<_> = milestones.iter().map(|i| w.payout(*i)).collect();
    w.release(&w.signers[0], &payouts)
}

/// The issuer of the token freezes an address, or lets it go.
pub fn freeze(w: &World, holder: &Address, frozen: bool) {
    w.issuer.as_ref().unwrap().set_flag(IssuerFlags::RevocableFlag);
    w.env.mock_all_auths();
    StellarAssetClient::new(&w.env, &w.token).set_authorized(holder, &!frozen);
    w.env.set_auths(&[]);
}

/// The escrow at this address is of the runtime that this run is for.
fn prove_runtime(env: &Env, escrow: &Address) {
    let Some(Executable::Wasm(hash)) = escrow.executable() else {
        panic!("an escrow is a WASM contract")
    };
    let built: Option<[u8; 32]> = on_wasm().then(|| {
        let bytes = soroban_sdk::Bytes::from_slice(env, &wasm());
        env.crypto().sha256(&bytes).to_bytes().to_array()
    });
    match built {
        Some(built) => assert_eq!(hash.to_array(), built, "the built WASM runs"),
        None => assert!(
            std::fs::read(WASM_PATH).map_or(true, |wasm| {
                let bytes = soroban_sdk::Bytes::from_slice(env, &wasm);
                env.crypto().sha256(&bytes).to_bytes().to_array() != hash.to_array()
            }),
            "the native contract runs"
        ),
    }
}

/// A constructor's error shows only in the host's diagnostics.
fn constructor_refusal(panic: &(dyn std::any::Any + Send)) -> Refusal {
    let text = panic
        .downcast_ref::<std::string::String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()))
        .unwrap_or_default();
    let code = text.split("Error(Contract, #").nth(1).and_then(|rest| rest.split(')').next());
    match code.and_then(|code| code.parse::<u32>().ok()) {
        Some(code) => soroban_sdk::Error::from_contract_error(code).into(),
        None => Refusal::Trap(soroban_sdk::Error::from_type_and_code(
            ScErrorType::Context,
            ScErrorCode::InternalError,
        )),
    }
}
