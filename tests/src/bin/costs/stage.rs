//! An escrow as it would stand on Mainnet: accounts with trustlines to a stablecoin, and one
//! method for each thing that they do.

use crate::chain::{Chain, Failure, Receipt, account_id, usdc};
use escrow::*;
use soroban_sdk::xdr::{
    Asset, ContractExecutable, ContractId, ContractIdPreimage, ContractIdPreimageFromAddress,
    CreateContractArgs, CreateContractArgsV2, Hash, HashIdPreimage, HashIdPreimageContractId,
    HostFunction, InvokeContractArgs, Limits, ScAddress, ScVal, TrustLineAsset, Uint256, WriteXdr,
};
use soroban_sdk::{Address, Bytes, BytesN, Env, IntoVal, String, TryFromVal, TryIntoVal, Val, Vec};
use tests::{DAY, ONE, START, network};

pub const PAYER: u8 = 1;
pub const ADMIN: u8 = 2;
pub const PLATFORM: u8 = 3;
pub const APPROVER: u8 = 4;
pub const PROVIDER: u8 = 5;
pub const SIGNER: u8 = 6;
pub const RESOLVER: u8 = 7;
pub const SECOND_RESOLVER: u8 = 8;
pub const OBSERVER: u8 = 9;
pub const STRANGER: u8 = 10;
const ISSUER: u8 = 11;
/// The first of those who are paid where each milestone has a receiver of its own.
pub const RECEIVERS: u8 = 100;

pub const AMOUNT: i128 = 1_000 * ONE;
pub const FEE_BPS: u32 = 250;
pub const FEE: i128 = AMOUNT * FEE_BPS as i128 / 10_000;
pub const REVIEW_WINDOW: u64 = 7 * DAY;
pub const DISPUTE_WINDOW: u64 = 14 * DAY;
pub const DUE: u64 = START + 30 * DAY;
/// What one call that adds milestones adds here; more would fit.
const PORTION: u32 = 20;

/// What an escrow differs in from the usual.
#[derive(Clone, Copy)]
pub struct Shape {
    pub milestones: u32,
    pub own_receivers: bool,
    /// The approver signs releases too.
    pub one_hand: bool,
}

impl Shape {
    pub fn of(milestones: u32) -> Self {
        Self { milestones, own_receivers: false, one_hand: false }
    }
}

/// The two contracts, as built.
#[derive(Clone)]
pub struct Code {
    pub escrow: std::vec::Vec<u8>,
    pub floor: std::vec::Vec<u8>,
}

#[derive(Clone)]
pub struct Stage {
    pub env: Env,
    pub chain: Chain,
    pub escrow: Address,
    pub floor: Address,
    pub token: Address,
    pub asset: TrustLineAsset,
    pub shape: Shape,
    pub network_id: [u8; 32],
    code: Code,
}

impl Stage {
    /// The network, its people, the token, and the code; no escrow yet.
    pub fn bare(code: &Code, shape: Shape) -> Self {
        let env = tests::network();
        env.cost_estimate().budget().reset_unlimited();
        let network_id = sha256(&env, network::PASSPHRASE.as_bytes());
        let mut chain = Chain::new(network_id);
        let alpha = usdc(&account_id(ISSUER));
        let asset = TrustLineAsset::CreditAlphanum4(alpha.clone());
        let receivers = RECEIVERS..RECEIVERS + 50;
        for seed in (PAYER..=ISSUER).chain(receivers) {
            chain.create_account(&account_id(seed));
            if seed != ISSUER {
                chain.trust(&account_id(seed), &asset, true);
            }
        }
        let preimage = ContractIdPreimage::Asset(Asset::CreditAlphanum4(alpha));
        let token = contract_address(&env, network_id, &preimage);
        let executable = ContractExecutable::StellarAsset;
        let create = HostFunction::CreateContract(CreateContractArgs {
            contract_id_preimage: preimage,
            executable,
        });
        chain.apply(&account_id(ISSUER), &create).expect("the token");
        for wasm in [&code.escrow, &code.floor] {
            chain.apply(&account_id(ADMIN), &upload(wasm)).expect("the code");
        }
        let escrow = contract_address(&env, network_id, &preimage_of(0));
        let floor = contract_address(&env, network_id, &preimage_of(1));
        let code = code.clone();
        Self { env, chain, escrow, floor, token, asset, shape, code, network_id }
    }

    /// An escrow with all its milestones, not funded.
    pub fn open(code: &Code, shape: Shape) -> Self {
        let mut stage = Self::bare(code, shape);
        let mut made = shape.milestones.min(PORTION);
        stage.create(made).expect("the escrow");
        while made < shape.milestones {
            let portion = (shape.milestones - made).min(PORTION);
            let added = stage.new_milestones(made..made + portion);
            made += portion;
            stage.does(ADMIN, "manage_milestones", stage.additions(added, made));
        }
        stage
    }

    pub fn funded(code: &Code, shape: Shape) -> Self {
        let mut stage = Self::open(code, shape);
        stage.does(PAYER, "fund", stage.funding());
        stage
    }

    // What an escrow is made from.

    pub fn address(&self, seed: u8) -> Address {
        ScAddress::Account(account_id(seed)).try_into_val(&self.env).unwrap()
    }

    fn addresses<const N: usize>(&self, seeds: [u8; N]) -> Vec<Address> {
        Vec::from_iter(&self.env, seeds.into_iter().map(|seed| self.address(seed)))
    }

    pub fn text(&self, text: &str) -> String {
        String::from_str(&self.env, text)
    }

    /// Nine role holders, and short texts.
    pub fn terms(&self) -> Terms {
        let signer = if self.shape.one_hand { APPROVER } else { SIGNER };
        let roles = Roles {
            payer: self.address(PAYER),
            admin: self.address(ADMIN),
            platform: self.address(PLATFORM),
            approvers: self.addresses([APPROVER]),
            service_providers: self.addresses([PROVIDER]),
            release_signers: self.addresses([signer]),
            dispute_resolvers: self.addresses([RESOLVER, SECOND_RESOLVER]),
            observers: self.addresses([OBSERVER]),
        };
        let policy = Policy {
            release_quorum: 1,
            resolve_quorum: 2,
            review_window: REVIEW_WINDOW,
            dispute_window: DISPUTE_WINDOW,
            fallback: Fallback::Even,
        };
        Terms {
            engagement_id: self.text("engagement-1"),
            title: self.text("A website"),
            description: self.text("Design, build, launch."),
            document: None,
            roles,
            token: self.token.clone(),
            platform_fee_bps: FEE_BPS,
            policy,
        }
    }

    /// Each with a description of a hundred bytes.
    pub fn new_milestones(&self, indices: std::ops::Range<u32>) -> Vec<NewMilestone> {
        let milestones = indices.map(|index| NewMilestone {
            title: self.text("Milestone"),
            description: self.text(&"d".repeat(100)),
            document: None,
            amount: AMOUNT,
            receiver: self
                .shape
                .own_receivers
                .then(|| self.address(RECEIVERS + u8::try_from(index).unwrap())),
            approvals_required: 1,
            due: DUE,
        });
        Vec::from_iter(&self.env, milestones)
    }

    pub fn receiver(&self, milestone: u32) -> Address {
        if self.shape.own_receivers {
            self.address(RECEIVERS + u8::try_from(milestone).unwrap())
        } else {
            self.address(PROVIDER)
        }
    }

    // What calls are made of.

    pub fn create_function(&self, milestones: u32) -> HostFunction {
        let total = AMOUNT * i128::from(milestones);
        let args = (self.terms(), self.new_milestones(0..milestones), total).into_val(&self.env);
        self.creation(preimage_of(0), &self.code.escrow, args)
    }

    pub fn create(&mut self, milestones: u32) -> Result<Receipt, Failure> {
        let function = self.create_function(milestones);
        self.chain.apply(&account_id(ADMIN), &function)
    }

    /// The contract that paying is measured against, with money.
    pub fn create_floor(&mut self) {
        let function = self.creation(preimage_of(1), &self.code.floor, Vec::<Val>::new(&self.env));
        self.chain.apply(&account_id(ADMIN), &function).expect("the floor");
        self.sends(&self.floor.clone(), 100 * AMOUNT);
    }

    fn creation(
        &self,
        contract_id_preimage: ContractIdPreimage,
        wasm: &[u8],
        args: Vec<Val>,
    ) -> HostFunction {
        HostFunction::CreateContractV2(CreateContractArgsV2 {
            contract_id_preimage,
            executable: ContractExecutable::Wasm(Hash(sha256(&self.env, wasm))),
            constructor_args: self.values(args).try_into().unwrap(),
        })
    }

    pub fn funding(&self) -> Vec<Val> {
        let n = self.shape.milestones;
        let amount = (AMOUNT + FEE) * i128::from(n);
        (self.address(PAYER), n - 1, amount, self.revision()).into_val(&self.env)
    }

    pub fn additions(&self, added: Vec<NewMilestone>, milestones: u32) -> Vec<Val> {
        let total = AMOUNT * i128::from(milestones);
        let edit = Vec::<MilestoneEdit>::new(&self.env);
        (self.address(ADMIN), 0_u32, edit, added, total).into_val(&self.env)
    }

    pub fn list<T>(&self, items: impl IntoIterator<Item = T>) -> Vec<T>
    where
        T: IntoVal<Env, Val> + TryFromVal<Env, Val>,
    {
        Vec::from_iter(&self.env, items)
    }

    pub fn payouts(&self, milestones: impl IntoIterator<Item = u32>) -> Vec<Payout> {
        self.list(milestones.into_iter().map(|milestone| Payout {
            milestone,
            revision: self.milestone(milestone).revision,
            receiver: self.receiver(milestone),
            amount: AMOUNT,
        }))
    }

    pub fn revision(&self) -> u32 {
        let escrow: Escrow = self.view("get_escrow", ().into_val(&self.env));
        escrow.revision
    }

    pub fn milestone(&self, index: u32) -> Milestone {
        self.view("get_milestone", (index,).into_val(&self.env))
    }

    fn view<T: TryFromVal<Env, ScVal>>(&self, function: &str, args: Vec<Val>) -> T {
        let function = self.invocation(&self.escrow, function, args);
        let receipt = self.chain.try_call(&account_id(STRANGER), &function).expect("a view");
        T::try_from_val(&self.env, &receipt.value).unwrap_or_else(|_| panic!("another type"))
    }

    // What happens.

    pub fn invocation(&self, contract: &Address, function: &str, args: Vec<Val>) -> HostFunction {
        HostFunction::InvokeContract(InvokeContractArgs {
            contract_address: ScAddress::from(contract),
            function_name: function.try_into().unwrap(),
            args: self.values(args).try_into().unwrap(),
        })
    }

    /// Somebody calls the escrow, and it succeeds.
    pub fn does(&mut self, who: u8, function: &str, args: Vec<Val>) -> Receipt {
        self.tries(who, function, args).unwrap_or_else(|error| panic!("{function}: {error}"))
    }

    fn tries(&mut self, who: u8, function: &str, args: Vec<Val>) -> Result<Receipt, Failure> {
        let invocation = self.invocation(&self.escrow, function, args);
        self.chain.apply(&account_id(who), &invocation)
    }

    /// The payer sends tokens to an address.
    pub fn sends(&mut self, to: &Address, amount: i128) {
        let args = (self.address(PAYER), to, amount).into_val(&self.env);
        let transfer = self.invocation(&self.token, "transfer", args);
        self.chain.apply(&account_id(PAYER), &transfer).expect("a transfer");
    }

    pub fn reports(
        &mut self,
        milestones: impl IntoIterator<Item = u32>,
        status: Status,
    ) -> Receipt {
        let update = |milestone| StatusUpdate { milestone, status, note: None, evidence: None };
        let updates = self.list(milestones.into_iter().map(update));
        let args = (self.address(PROVIDER), updates).into_val(&self.env);
        self.does(PROVIDER, "change_status", args)
    }

    pub fn approves(&mut self, milestones: impl IntoIterator<Item = u32>) -> Receipt {
        let args = (self.address(APPROVER), self.payouts(milestones)).into_val(&self.env);
        self.does(APPROVER, "approve", args)
    }

    pub fn releases(&mut self, milestones: impl IntoIterator<Item = u32>) -> Receipt {
        self.try_releases(milestones).expect("a release")
    }

    pub fn try_releases(
        &mut self,
        milestones: impl IntoIterator<Item = u32>,
    ) -> Result<Receipt, Failure> {
        let args = (self.address(SIGNER), self.payouts(milestones)).into_val(&self.env);
        self.tries(SIGNER, "release", args)
    }

    pub fn disputes(&mut self, milestone: u32, reason: &str) -> Receipt {
        let milestones = self.list([milestone]);
        let args = (self.address(PAYER), milestones, self.text(reason)).into_val(&self.env);
        self.does(PAYER, "dispute", args)
    }

    fn values(&self, args: Vec<Val>) -> std::vec::Vec<ScVal> {
        args.iter().map(|arg| ScVal::try_from_val(&self.env, &arg).unwrap()).collect()
    }
}

pub fn upload(wasm: &[u8]) -> HostFunction {
    HostFunction::UploadContractWasm(wasm.to_vec().try_into().unwrap())
}

fn preimage_of(salt: u8) -> ContractIdPreimage {
    ContractIdPreimage::Address(ContractIdPreimageFromAddress {
        address: ScAddress::Account(account_id(ADMIN)),
        salt: Uint256([salt; 32]),
    })
}

fn contract_address(env: &Env, network_id: [u8; 32], preimage: &ContractIdPreimage) -> Address {
    let preimage = HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: Hash(network_id),
        contract_id_preimage: preimage.clone(),
    });
    let id = sha256(env, &preimage.to_xdr(Limits::none()).unwrap());
    ScAddress::Contract(ContractId(Hash(id))).try_into_val(env).unwrap()
}

fn sha256(env: &Env, bytes: &[u8]) -> [u8; 32] {
    let hash: BytesN<32> = env.crypto().sha256(&Bytes::from_slice(env, bytes)).to_bytes();
    hash.to_array()
}
