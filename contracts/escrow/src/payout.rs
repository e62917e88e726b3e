//! The only place that moves tokens. The books are written before anything here is called.

use crate::Error;
use crate::batch::item;
use crate::event::{Credited, Settled};
use crate::rules::{self, Ledger, Parties};
use crate::storage;
use crate::types::Terms;
use soroban_sdk::{
    Address, Env, Executable, IntoVal, InvokeError, Symbol, Val, Vec, symbol_short, vec,
};

/// The most addresses that one call pays: each transfer has an event of its own, and a
/// transaction may emit 16,384 bytes.
pub const MAX_PAYEES: u32 = 40;

const BALANCE: Symbol = symbol_short!("balance");
const TRANSFER: Symbol = symbol_short!("transfer");

/// The addresses that a call pays, and how much each.
struct Payees {
    addresses: Vec<Address>,
    amounts: Vec<i128>,
}

/// Pays each address once. Who cannot be paid is credited and holds up nobody else; but where the
/// escrow itself holds too little, the call is refused.
pub fn pay(
    env: &Env,
    terms: &Terms,
    ledger: &mut Ledger,
    settled: &Vec<Settled>,
) -> Result<(), Error> {
    let payer = &terms.roles.payer;
    let mut payees = Payees { addresses: Vec::new(env), amounts: Vec::new(env) };
    for position in 0..settled.len() {
        let Settled(_, receiver, to_receiver, _, to_payer) = item(settled, position);
        payees.add(&receiver, to_receiver)?;
        payees.add(payer, to_payer)?;
    }
    let mut credited = false;
    for position in 0..payees.addresses.len() {
        let (address, amount) =
            (item(&payees.addresses, position), item(&payees.amounts, position));
        match send(env, &terms.token, &address, amount) {
            Err(Error::TransferFailed) => {
                credited = true;
                credit(env, payer, ledger, settled, address, amount)?;
            }
            outcome => outcome?,
        }
    }
    if credited {
        storage::save_ledger(env, ledger);
    }
    Ok(())
}

/// Takes tokens in, and makes sure that they came.
pub fn receive(env: &Env, token: &Address, from: &Address, amount: i128) -> Result<(), Error> {
    let before = balance(env, token)?;
    transfer(env, token, from, &env.current_contract_address(), amount)?;
    let mut received = balance(env, token)?;
    rules::subtract(&mut received, before)?;
    if received < amount { Err(Error::ShortReceipt) } else { Ok(()) }
}

/// Sends tokens out. An escrow that holds too little is told from a payee that cannot receive.
pub fn send(env: &Env, token: &Address, to: &Address, amount: i128) -> Result<(), Error> {
    let sent = transfer(env, token, &env.current_contract_address(), to, amount);
    if sent.is_err() && balance(env, token)? < amount {
        return Err(Error::BalanceTooLow);
    }
    sent
}

/// The escrow's own balance of a token.
#[inline(never)]
pub fn balance(env: &Env, token: &Address) -> Result<i128, Error> {
    if matches!(token.executable(), None | Some(Executable::Account)) {
        return Err(Error::NotAToken);
    }
    let args = vec![env, env.current_contract_address().into_val(env)];
    match env.try_invoke_contract::<i128, InvokeError>(token, &BALANCE, args) {
        Ok(Ok(balance)) => Ok(balance),
        _ => Err(Error::NotAToken),
    }
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

impl Payees {
    #[inline(never)]
    fn add(&mut self, address: &Address, amount: i128) -> Result<(), Error> {
        if amount == 0 {
            return Ok(());
        }
        if let Some(position) = self.addresses.first_index_of(address) {
            let mut sum = item(&self.amounts, position);
            rules::add(&mut sum, amount)?;
            self.amounts.set(position, sum);
            return Ok(());
        }
        self.addresses.push_back(address.clone());
        self.amounts.push_back(amount);
        if self.addresses.len() > MAX_PAYEES { Err(Error::TooLarge) } else { Ok(()) }
    }
}

/// Marks, in the milestones that the payout came from, that it is still owed.
fn credit(
    env: &Env,
    payer: &Address,
    ledger: &mut Ledger,
    settled: &Vec<Settled>,
    owner: Address,
    amount: i128,
) -> Result<(), Error> {
    let mut milestones = Vec::new(env);
    for position in 0..settled.len() {
        let Settled(index, receiver, to_receiver, _, to_payer) = item(settled, position);
        let owed = Parties {
            payer: to_payer > 0 && owner == *payer,
            receiver: to_receiver > 0 && owner == receiver,
        };
        if owed.any() {
            let mut record = storage::milestone(env, index, ledger.funded);
            record.state.owed = record.state.owed.with(owed);
            storage::save_milestone(env, index, &record);
            milestones.push_back(index);
        }
    }
    ledger.owe(amount)?;
    Credited { owner, milestones, amount }.publish(env);
    Ok(())
}
