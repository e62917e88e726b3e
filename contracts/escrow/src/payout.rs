//! The only place that moves tokens. The books are written before anything here is called.

use crate::batch::{Load, item};
use crate::error::{Error, OrRefuse, require};
use crate::event::Credited;
use crate::rules::{self, Parties, split};
use crate::storage;
use crate::types::Terms;
use soroban_sdk::{
    Address, Env, Executable, IntoVal, InvokeError, Symbol, Val, Vec, symbol_short, vec,
};

/// What a transfer takes in events: as much as that of an asset with a code of 12 letters.
const TRANSFER_EVENT_BYTES: u32 = 252;

const BALANCE: Symbol = symbol_short!("balance");
const TRANSFER: Symbol = symbol_short!("transfer");

/// The addresses that a call pays, and how much each.
pub struct Payees {
    addresses: Vec<Address>,
    amounts: Vec<i128>,
}

impl Payees {
    pub fn new(env: &Env) -> Self {
        Self { addresses: Vec::new(env), amounts: Vec::new(env) }
    }

    #[inline(never)]
    pub fn add(&mut self, env: &Env, load: &mut Load, address: &Address, amount: i128) {
        if amount == 0 {
            return;
        }
        if let Some(position) = self.addresses.first_index_of(address) {
            let mut sum = item(&self.amounts, position);
            rules::add(&mut sum, amount).or_refuse(env);
            self.amounts.set(position, sum);
            return;
        }
        load.bytes(env, TRANSFER_EVENT_BYTES);
        self.addresses.push_back(address.clone());
        self.amounts.push_back(amount);
    }

    /// Pays each address once, and tells how much could not be paid. Who cannot be paid is
    /// credited and holds up nobody else; but where the escrow itself holds too little, the call
    /// is refused.
    pub fn pay(&self, env: &Env, terms: &Terms, milestones: &Vec<u32>) -> i128 {
        let mut owed = 0;
        for position in 0..self.addresses.len() {
            let owner: Address = item(&self.addresses, position);
            let amount = item(&self.amounts, position);
            match send(env, &terms.token, &owner, amount) {
                Err(Error::TransferFailed) => {
                    let milestones = credit(env, terms, milestones, &owner);
                    rules::add(&mut owed, amount).or_refuse(env);
                    Credited { owner, milestones, amount }.publish(env);
                }
                outcome => outcome.or_refuse(env),
            }
        }
        owed
    }
}

/// Takes tokens in, and makes sure that they came.
pub fn receive(env: &Env, token: &Address, from: &Address, amount: i128) {
    let before = balance(env, token);
    transfer(env, token, from, &env.current_contract_address(), amount).or_refuse(env);
    let mut received = balance(env, token);
    rules::subtract(&mut received, before).or_refuse(env);
    require(env, received >= amount, Error::ShortReceipt);
}

/// Sends tokens out. An escrow that holds too little is told from a payee that cannot receive.
pub fn send(env: &Env, token: &Address, to: &Address, amount: i128) -> Result<(), Error> {
    let sent = transfer(env, token, &env.current_contract_address(), to, amount);
    if sent.is_err() && balance(env, token) < amount {
        return Err(Error::BalanceTooLow);
    }
    sent
}

/// The escrow's own balance of a token.
#[inline(never)]
pub fn balance(env: &Env, token: &Address) -> i128 {
    let account = matches!(token.executable(), None | Some(Executable::Account));
    require(env, !account, Error::NotAToken);
    let args = vec![env, env.current_contract_address().into_val(env)];
    let balance = env.try_invoke_contract::<i128, InvokeError>(token, &BALANCE, args);
    balance.ok().and_then(Result::ok).ok_or(Error::NotAToken).or_refuse(env)
}

#[inline(never)]
fn transfer(
    env: &Env,
    token: &Address,
    from: &Address,
    to: &Address,
    amount: i128,
) -> Result<(), Error> {
    let args = vec![env, from.into_val(env), to.into_val(env), amount.into_val(env)];
    match env.try_invoke_contract::<Val, InvokeError>(token, &TRANSFER, args) {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::TransferFailed),
    }
}

/// Marks, in those of the milestones that owe this address a part, that it is still owed.
fn credit(env: &Env, terms: &Terms, milestones: &Vec<u32>, owner: &Address) -> Vec<u32> {
    let mut credited = Vec::new(env);
    for position in 0..milestones.len() {
        let index = item(milestones, position);
        // Only what is settled matters here, and whatever is settled was funded.
        let mut record = storage::milestone(env, index, u32::MAX);
        let state = &mut record.state;
        if state.outcome.is_none() {
            continue;
        }
        let split = split(state.amount, terms.platform_fee_bps, state.to_receiver).or_refuse(env);
        let owed = Parties {
            payer: split.to_payer > 0 && *owner == terms.roles.payer,
            receiver: split.to_receiver > 0 && *owner == record.receiver,
        };
        if owed.any() {
            state.owed = state.owed.with(owed);
            storage::save_milestone(env, index, &record);
            credited.push_back(index);
        }
    }
    credited
}
