//! A network in which a sequence is played: the contract, its people and its tokens.

mod calls;
mod contracts;
mod ledger;
mod signing;
pub(super) mod words;

use super::action::{Mischief, Party, Signed};
use super::cast::{self, ACCOUNT, ACTORS, ASSET, ESCROWS};
use super::order::Order;
use super::seen::{Answer, Whole};
use contracts::{Factory, FactoryClient};
use escrow::Contract;
use soroban_sdk::testutils::{
    Address as _, IssuerFlags, Ledger as _, MockAuthContract, StellarAssetIssuer,
};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::xdr::{ContractEventBody, ScError, ScVal};
use soroban_sdk::{Address, BytesN, Env, Symbol, Val, Vec};
use std::cell::Cell;
use tests::accounts;
use tests::replay::{Replay, Told, told};
use tests::tokens::{self, Coin, CoinClient};
use tests::{MAX_TTL, Outcome, Refusal, network};
use words::Words;

/// What everybody who acts has of each token from the start, but the account.
pub const PURSE: i128 = 1_000_000;

/// Longer than anything that is stored lives.
const WINTER_LEDGERS: u32 = MAX_TTL + 1;
pub const WINTER_SECONDS: u64 = WINTER_LEDGERS as u64 * 5;

pub struct Stage {
    pub env: Env,
    words: Words,
    issuer: StellarAssetIssuer,
    coin: CoinClient<'static>,
    factory: FactoryClient<'static>,
    code: BytesN<32>,
    nonce: Cell<i64>,
    /// Of each escrow, once it is open.
    token: [Cell<Party>; ESCROWS as usize],
}

impl Default for Stage {
    fn default() -> Self {
        Self::new()
    }
}

impl Stage {
    /// With people and tokens, and no escrow yet.
    pub fn new() -> Self {
        let env = network();
        let code = contracts::code(&env);
        let actor = |party| match party {
            ACCOUNT => accounts::account(&env, 200),
            _ => env.register(MockAuthContract, ()),
        };
        let mut parties: std::vec::Vec<_> = (0..ACTORS).map(actor).collect();
        let account = parties[usize::from(ACCOUNT)].clone();
        env.host().set_source_account(accounts::id(&account)).unwrap();
        let factory = FactoryClient::new(&env, &env.register(Factory, ()));
        parties.extend((0..ESCROWS).map(|slot| factory.at(&slot.into())));
        let asset = env.register_stellar_asset_contract_v2(Address::generate(&env));
        let issuer = asset.issuer();
        issuer.set_flag(IssuerFlags::RevocableFlag);
        issuer.set_flag(IssuerFlags::ClawbackEnabledFlag);
        let coin = CoinClient::new(&env, &env.register(Coin, ()));
        parties.extend([asset.address(), coin.address.clone()]);
        let words = Words { env: env.clone(), parties };
        Self {
            env,
            words,
            issuer,
            coin,
            factory,
            code,
            nonce: Cell::new(0),
            token: Default::default(),
        }
    }

    /// Makes a call with these signatures.
    pub fn call(&self, slot: u8, order: &Order, signed: Signed) -> Outcome<Answer> {
        let at = self.words.address(cast::escrow(slot));
        let args = self.words.args(order);
        self.sign(slot, order, &args, signed);
        if let Order::Open { terms, .. } = order {
            let opened = self.open(slot, args);
            opened.iter().for_each(|_| self.token[usize::from(slot)].set(terms.token));
            return opened;
        }
        let name = Symbol::new(&self.env, order.name());
        let value = match self.env.try_invoke_contract::<Val, soroban_sdk::Error>(&at, &name, args)
        {
            Ok(value) => value.unwrap(),
            Err(error) => return Err(error.unwrap().into()),
        };
        Ok(self.words.answer(order, value))
    }

    /// What the escrow in a slot told in the last call.
    pub fn told(&self, slot: u8) -> std::vec::Vec<Told> {
        told(&self.env, &self.words.address(cast::escrow(slot)))
    }

    /// Everything that the escrow in a slot shows, read without its code on chain.
    pub fn whole(&self, slot: u8) -> Whole {
        self.env.as_contract(&self.words.address(cast::escrow(slot)), || {
            let escrow = self.words.seen_escrow(&Contract::get_escrow(&self.env));
            let read =
                |index| self.words.seen_milestone(&Contract::get_milestone(&self.env, index));
            let milestones = (0..escrow.totals.milestones).map(read).collect();
            Whole { escrow, milestones }
        })
    }

    /// What somebody really holds.
    pub fn held(&self, token: Party, holder: Party) -> i128 {
        let address = self.words.address(holder);
        let token_address = self.words.address(token);
        match (token, holder) {
            (ASSET, ACCOUNT) => ledger::trustline_balance(&self.env, &address, &self.issuer),
            (ASSET, _) => ledger::asset_balance(&self.env, &token_address, &address),
            _ => ledger::coin_balance(&self.env, &token_address, &address),
        }
    }

    pub fn mint(&self, token: Party, to: Party, amount: i128) {
        let to = self.words.address(to);
        match token {
            ASSET => self.by_issuer(|asset| asset.mint(&to, &amount)),
            _ => self.coin.mint(&to, &amount),
        }
    }

    pub fn freeze(&self, holder: Party, frozen: bool) {
        let holder = self.words.address(holder);
        self.by_issuer(|asset| asset.set_authorized(&holder, &!frozen));
    }

    pub fn claw_back(&self, from: Party, amount: i128) {
        let from = self.words.address(from);
        self.by_issuer(|asset| asset.clawback(&from, &amount));
    }

    pub fn trust(&self, limit: i128, allowed: bool) {
        let limit = i64::try_from(limit).expect("a limit of a trustline");
        accounts::trust(&self.env, &self.words.address(ACCOUNT), &self.issuer, limit, allowed);
    }

    /// The coin misbehaves so; where it calls back, it tries to have somebody paid by a contract.
    pub fn turn(&self, mischiefs: &[Mischief], aim: Party) {
        let claim = self.words.args(&Order::Claim { owner: 0, milestones: vec![], to: None });
        let name = Symbol::new(&self.env, "claim");
        self.coin.aim(&self.words.address(aim), &name, &claim);
        let mischiefs = self.words.list(mischiefs, |mischief| self.mischief(*mischief));
        self.coin.turn(&mischiefs);
    }

    /// What the events told is what the contract shows.
    pub fn check_replay(&self, slot: u8, replay: &Replay) {
        self.env.as_contract(&self.words.address(cast::escrow(slot)), || {
            assert_eq!(Contract::get_escrow(&self.env), replay.escrow(), "I9 the events tell it");
            for index in 0..replay.milestones() {
                let milestone = Contract::get_milestone(&self.env, index);
                assert_eq!(milestone, replay.milestone(index), "I9 the events tell it");
            }
        });
    }

    pub fn set_time(&self, now: u64) {
        self.env.ledger().set_timestamp(now);
    }

    /// Everything stored is archived.
    pub fn sleep(&self) {
        self.env.ledger().with_mut(|ledger| {
            ledger.sequence_number += WINTER_LEDGERS;
            ledger.timestamp += WINTER_SECONDS;
        });
    }

    fn open(&self, slot: u8, args: Vec<Val>) -> Outcome<Answer> {
        match self.factory.try_open(&self.code, &slot.into(), &args) {
            Ok(at) => {
                let expected = self.words.address(cast::escrow(slot));
                assert_eq!(at, Ok(expected), "an escrow is where it was to be");
                Ok(Answer::Nothing)
            }
            Err(error) => Err(self.refusal_of_constructor(error.unwrap())),
        }
    }

    /// A constructor's error shows only in the host's diagnostics.
    fn refusal_of_constructor(&self, error: soroban_sdk::Error) -> Refusal {
        let diagnostics = self.env.host().get_diagnostic_events().unwrap();
        let told = diagnostics.0.iter().find_map(|event| {
            let ContractEventBody::V0(body) = &event.event.body;
            body.topics.iter().find_map(|topic| match topic {
                ScVal::Error(ScError::Contract(code)) => Some(*code),
                _ => None,
            })
        });
        told.map_or(error, soroban_sdk::Error::from_contract_error).into()
    }

    fn by_issuer(&self, act: impl FnOnce(StellarAssetClient)) {
        self.env.mock_all_auths();
        act(StellarAssetClient::new(&self.env, &self.words.address(ASSET)));
        self.env.set_auths(&[]);
    }

    fn mischief(&self, mischief: Mischief) -> tokens::Mischief {
        match mischief {
            Mischief::Skims(part) => tokens::Mischief::Skims(part.into()),
            Mischief::Overcharges(part) => tokens::Mischief::Overcharges(part.into()),
            Mischief::Exaggerates(by) => tokens::Mischief::Exaggerates(by.into()),
            Mischief::Insists(balance) => tokens::Mischief::Insists(balance.into()),
            Mischief::Idles => tokens::Mischief::Idles,
            Mischief::Refuses => tokens::Mischief::Refuses,
            Mischief::RefusesTo(party) => tokens::Mischief::RefusesTo(self.words.address(party)),
            Mischief::PanicsInTransfer => tokens::Mischief::PanicsInTransfer,
            Mischief::PanicsInBalance => tokens::Mischief::PanicsInBalance,
            Mischief::BabblesInBalance => tokens::Mischief::BabblesInBalance,
            Mischief::BabblesInTransfer => tokens::Mischief::BabblesInTransfer,
            Mischief::CallsInTransfer(over_it) => tokens::Mischief::CallsInTransfer(over_it),
            Mischief::CallsInBalance(over_it) => tokens::Mischief::CallsInBalance(over_it),
        }
    }
}
