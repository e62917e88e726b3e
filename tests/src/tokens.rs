//! A token contract that is honest until it is told not to be.

use crate::{Plan, World, network};
use escrow::Credited;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::xdr::{ContractEventBody, ScVal};
use soroban_sdk::{
    Address, Env, Event as _, IntoVal, MuxedAddress, String, Symbol, TryIntoVal, Val, Vec,
    contract, contracterror, contractimpl, contracttype, panic_with_error,
};
use soroban_token_sdk::TokenUtils;
use soroban_token_sdk::events::{MintWithAmountOnly, TransferWithAmountOnly};
use soroban_token_sdk::metadata::TokenMetadata;

/// How a token misbehaves.
#[contracttype]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mischief {
    /// So much of each transfer gets lost on the way.
    Skims(i128),
    /// So much on top of each transfer is taken from the sender.
    Overcharges(i128),
    /// Tells each balance as so much more than it is, or less.
    Exaggerates(i128),
    /// Tells every balance to be this.
    Insists(i128),
    /// Takes every transfer for done, and moves nothing.
    Idles,
    /// Refuses every transfer, with an error of its own.
    Refuses,
    /// Refuses transfers to this address.
    RefusesTo(Address),
    PanicsInTransfer,
    PanicsInBalance,
    /// Answers a question for a number with a text.
    BabblesInBalance,
    /// Moves the tokens, and answers with a text where nothing is expected.
    BabblesInTransfer,
    /// Makes its call before each transfer; true: and gets over it if the call fails.
    CallsInTransfer(bool),
    /// Makes its call whenever a balance is asked for; true: and gets over it if the call fails.
    CallsInBalance(bool),
}

/// The number is that of an escrow's error, so that one cannot pass for the other unnoticed.
#[contracterror]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum CoinError {
    Refused = 84,
}

#[contracttype]
enum Key {
    Balance(Address),
    Mischiefs,
    Call,
    Tried,
    Done,
}

/// What a token that calls back calls.
#[contracttype]
#[derive(Clone)]
struct Call {
    contract: Address,
    function: Symbol,
    args: Vec<Val>,
}

#[contract]
pub struct Coin;

#[contractimpl]
impl Coin {
    pub fn __constructor(env: Env) {
        TokenUtils::new(&env).metadata().set_metadata(&TokenMetadata {
            decimal: 7,
            name: String::from_str(&env, "Coin"),
            symbol: String::from_str(&env, "COIN"),
        });
    }

    pub fn decimals(env: Env) -> u32 {
        TokenUtils::new(&env).metadata().get_metadata().decimal
    }

    pub fn name(env: Env) -> String {
        TokenUtils::new(&env).metadata().get_metadata().name
    }

    pub fn symbol(env: Env) -> String {
        TokenUtils::new(&env).metadata().get_metadata().symbol
    }

    pub fn balance(env: Env, id: Address) -> Val {
        let held = held(&env, &id);
        for mischief in mischiefs(&env) {
            match mischief {
                Mischief::Exaggerates(by) => return held.saturating_add(by).into_val(&env),
                Mischief::Insists(balance) => return balance.into_val(&env),
                Mischief::PanicsInBalance => panic!("no balance today"),
                Mischief::BabblesInBalance => return String::from_str(&env, "plenty").to_val(),
                Mischief::CallsInBalance(gets_over_it) => call(&env, gets_over_it),
                _ => {}
            }
        }
        held.into_val(&env)
    }

    pub fn transfer(env: Env, from: Address, to: MuxedAddress, amount: i128) -> Val {
        from.require_auth();
        let to = to.address();
        let mut lost = 0;
        let mut extra = 0;
        let mut answer = ().into_val(&env);
        for mischief in mischiefs(&env) {
            match mischief {
                Mischief::Skims(part) => lost = part,
                Mischief::Overcharges(part) => extra = part,
                Mischief::Idles => return answer,
                Mischief::Refuses => panic_with_error!(&env, CoinError::Refused),
                Mischief::RefusesTo(refused) if refused == to => {
                    panic_with_error!(&env, CoinError::Refused)
                }
                Mischief::PanicsInTransfer => panic!("no transfers today"),
                Mischief::BabblesInTransfer => answer = String::from_str(&env, "sure").to_val(),
                Mischief::CallsInTransfer(gets_over_it) => call(&env, gets_over_it),
                _ => {}
            }
        }
        assert!(amount >= 0, "a negative transfer");
        let left = held(&env, &from) - amount - extra;
        assert!(left >= 0, "not enough tokens");
        hold(&env, &from, left);
        hold(&env, &to, held(&env, &to) + amount - lost);
        TransferWithAmountOnly { from, to, amount }.publish(&env);
        answer
    }

    pub fn mint(env: Env, to: Address, amount: i128) {
        hold(&env, &to, held(&env, &to) + amount);
        MintWithAmountOnly { to, amount }.publish(&env);
    }

    /// What is really held, whatever `balance` tells.
    pub fn held(env: Env, id: Address) -> i128 {
        held(&env, &id)
    }

    /// None: it is honest again.
    pub fn turn(env: Env, mischiefs: Vec<Mischief>) {
        env.storage().instance().set(&Key::Mischiefs, &mischiefs);
    }

    /// Chooses what a token that calls back calls.
    pub fn aim(env: Env, contract: Address, function: Symbol, args: Vec<Val>) {
        env.storage().instance().set(&Key::Call, &Call { contract, function, args });
    }

    /// How often a call back was made, and how often it went through; of those that failed only
    /// such as the token got over are counted.
    pub fn calls(env: Env) -> (u32, u32) {
        (count(&env, &Key::Tried), count(&env, &Key::Done))
    }
}

fn mischiefs(env: &Env) -> Vec<Mischief> {
    env.storage().instance().get(&Key::Mischiefs).unwrap_or(Vec::new(env))
}

fn held(env: &Env, id: &Address) -> i128 {
    env.storage().persistent().get(&Key::Balance(id.clone())).unwrap_or(0)
}

fn hold(env: &Env, id: &Address, balance: i128) {
    env.storage().persistent().set(&Key::Balance(id.clone()), &balance);
}

fn call(env: &Env, gets_over_it: bool) {
    let Call { contract, function, args } = env.storage().instance().get(&Key::Call).unwrap();
    env.storage().instance().set(&Key::Tried, &(count(env, &Key::Tried) + 1));
    let done = if gets_over_it {
        env.try_invoke_contract::<Val, soroban_sdk::Error>(&contract, &function, args).is_ok()
    } else {
        env.invoke_contract::<Val>(&contract, &function, args);
        true
    };
    if done {
        env.storage().instance().set(&Key::Done, &(count(env, &Key::Done) + 1));
    }
}

fn count(env: &Env, key: &Key) -> u32 {
    env.storage().instance().get(key).unwrap_or(0)
}

/// The `credited` events of the last call are these: to whom, on which milestones, how much.
#[track_caller]
pub fn assert_credited(w: &World, expected: &[(&Address, &[u32], i128)]) {
    let name: ScVal = Symbol::new(&w.env, "credited").to_val().try_into_val(&w.env).unwrap();
    let events = w.env.events().all().filter_by_contract(&w.escrow);
    let credited: std::vec::Vec<_> = events
        .events()
        .iter()
        .filter(|event| {
            let ContractEventBody::V0(body) = &event.body;
            body.topics.first() == Some(&name)
        })
        .cloned()
        .collect();
    let expected: std::vec::Vec<_> = expected
        .iter()
        .map(|(owner, milestones, amount)| {
            let (owner, milestones) = ((*owner).clone(), w.list(milestones));
            Credited { owner, milestones, amount: *amount }.to_xdr(&w.env, &w.escrow)
        })
        .collect();
    assert_eq!(credited, expected);
}

/// An escrow in a coin that is still honest, by a plan changed by `change`.
pub fn world(change: impl FnOnce(&Env, &mut Plan)) -> (World, CoinClient<'static>) {
    let env = network();
    let coin = CoinClient::new(&env, &env.register(Coin, ()));
    let world = World::on(&env, &coin.address, change);
    (world, coin)
}
