//! The only place that moves tokens. The books are written before anything here is called.

use crate::Error;
use crate::batch::{List, item};
use crate::event::{Credited, Settled};
use crate::rules::{Ledger, Parties};
use crate::storage;
use crate::types::Terms;
use soroban_sdk::{
    Address, Env, Executable, IntoVal, InvokeError, Symbol, Val, Vec, symbol_short, vec,
};

/// The most addresses that one call pays: each transfer has an event of its own, and a
/// transaction may emit 16,384 bytes.
pub const MAX_PAYEES: usize = 40;

const BALANCE: Symbol = symbol_short!("balance");
const TRANSFER: Symbol = symbol_short!("transfer");

/// An address and all that this call pays it.
struct Payee {
    address: Address,
    amount: i128,
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
    let mut payees = List::<Payee, MAX_PAYEES>::new();
    for position in 0..settled.len() {
        let Settled(_, receiver, to_receiver, _, to_payer) = item(settled, position);
        add(&mut payees, &receiver, to_receiver)?;
        add(&mut payees, payer, to_payer)?;
    }
    let mut credited = false;
    for payee in payees.iter() {
        match send(env, &terms.token, &payee.address, payee.amount) {
            Err(Error::TransferFailed) => {
                credited = true;
                credit(env, payer, ledger, settled, payee)?;
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
    let received = balance(env, token)?.checked_sub(before).ok_or(Error::Overflow)?;
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

fn add(payees: &mut List<Payee, MAX_PAYEES>, address: &Address, amount: i128) -> Result<(), Error> {
    if amount == 0 {
        return Ok(());
    }
    if let Some(payee) = payees.iter_mut().find(|payee| payee.address == *address) {
        payee.amount = payee.amount.checked_add(amount).ok_or(Error::Overflow)?;
        return Ok(());
    }
    payees.push(Payee { address: address.clone(), amount })
}

/// Marks, in the milestones that the payout came from, that it is still owed.
fn credit(
    env: &Env,
    payer: &Address,
    ledger: &mut Ledger,
    settled: &Vec<Settled>,
    payee: &Payee,
) -> Result<(), Error> {
    let mut milestones = Vec::new(env);
    for position in 0..settled.len() {
        let Settled(index, receiver, to_receiver, _, to_payer) = item(settled, position);
        let owed = Parties {
            payer: to_payer > 0 && payee.address == *payer,
            receiver: to_receiver > 0 && payee.address == receiver,
        };
        if owed.any() {
            let mut record = storage::milestone(env, index, ledger.funded);
            record.state.owed = record.state.owed.with(owed);
            storage::save_milestone(env, index, &record);
            milestones.push_back(index);
        }
    }
    ledger.owe(payee.amount)?;
    Credited { owner: payee.address.clone(), milestones, amount: payee.amount }.publish(env);
    Ok(())
}
