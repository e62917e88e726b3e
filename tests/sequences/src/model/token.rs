//! The tokens: who holds how much, who is frozen, and what a misbehaving coin does.

use crate::action::{Mischief, Party};
use crate::cast::{ACCOUNT, ASSET, COIN, holders};

/// A transfer that fails, whatever the token says about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failed;

/// One of the two tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    held: Vec<i128>,
    frozen: Vec<bool>,
    /// The most that the account's trustline takes; the asset's alone, and none before the first.
    limit: Option<i128>,
    mischiefs: Vec<Mischief>,
    is_asset: bool,
}

impl Token {
    pub fn new(token: Party) -> Self {
        let nobody = holders().len();
        Self {
            held: vec![0; nobody],
            frozen: vec![false; nobody],
            limit: None,
            mischiefs: vec![],
            is_asset: token == ASSET,
        }
    }

    pub fn held(&self, holder: Party) -> i128 {
        self.held[usize::from(holder)]
    }

    /// What the token says that somebody holds, if it says a number.
    pub fn balance(&self, holder: Party) -> Option<i128> {
        let held = self.held(holder);
        for mischief in &self.mischiefs {
            match *mischief {
                Mischief::Exaggerates(by) => return Some(held + i128::from(by)),
                Mischief::Insists(balance) => return Some(balance.into()),
                Mischief::PanicsInBalance
                | Mischief::BabblesInBalance
                | Mischief::CallsInBalance(false) => return None,
                _ => {}
            }
        }
        Some(held)
    }

    pub fn transfer(&mut self, from: Party, to: Party, amount: i128) -> Result<(), Failed> {
        if self.is_asset {
            self.transfer_asset(from, to, amount)
        } else {
            self.transfer_coin(from, to, amount)
        }
    }

    /// True: it is done; the account may be without a trustline, or without room.
    pub fn mint(&mut self, to: Party, amount: i128) -> bool {
        let done = !self.is_asset || self.may_receive(to, amount);
        if done {
            self.held[usize::from(to)] += amount;
        }
        done
    }

    pub fn claw_back(&mut self, from: Party, amount: i128) {
        self.held[usize::from(from)] -= amount;
    }

    /// True: it is done. Where there is no trustline, there is nothing to freeze.
    pub fn freeze(&mut self, holder: Party, frozen: bool) -> bool {
        let done = holder != ACCOUNT || self.limit.is_some();
        if done {
            self.frozen[usize::from(holder)] = frozen;
        }
        done
    }

    pub fn is_frozen(&self, holder: Party) -> bool {
        self.frozen[usize::from(holder)]
    }

    /// The account's trustline takes so much from now on.
    pub fn trust(&mut self, limit: i128) {
        self.limit = Some(limit);
    }

    pub fn turn(&mut self, mischiefs: &[Mischief]) {
        self.mischiefs = mischiefs.to_vec();
    }

    fn transfer_asset(&mut self, from: Party, to: Party, amount: i128) -> Result<(), Failed> {
        let before = self.held.clone();
        if self.frozen[usize::from(from)] || self.held(from) < amount {
            return Err(Failed);
        }
        self.held[usize::from(from)] -= amount;
        if !self.may_receive(to, amount) {
            self.held = before;
            return Err(Failed);
        }
        self.held[usize::from(to)] += amount;
        Ok(())
    }

    fn may_receive(&self, to: Party, amount: i128) -> bool {
        if self.frozen[usize::from(to)] {
            return false;
        }
        match self.held(to).checked_add(amount) {
            None => false,
            Some(after) => to != ACCOUNT || self.limit.is_some_and(|limit| after <= limit),
        }
    }

    fn transfer_coin(&mut self, from: Party, to: Party, amount: i128) -> Result<(), Failed> {
        let (mut lost, mut extra) = (0, 0);
        for mischief in &self.mischiefs {
            match *mischief {
                Mischief::Skims(part) => lost = i128::from(part),
                Mischief::Overcharges(part) => extra = i128::from(part),
                Mischief::Idles => return Ok(()),
                Mischief::Refuses
                | Mischief::PanicsInTransfer
                | Mischief::CallsInTransfer(false) => return Err(Failed),
                Mischief::RefusesTo(refused) if refused == to => return Err(Failed),
                _ => {}
            }
        }
        let left = self.held(from).checked_sub(amount + extra).filter(|left| *left >= 0);
        self.held[usize::from(from)] = left.ok_or(Failed)?;
        self.held[usize::from(to)] += amount - lost;
        Ok(())
    }
}

/// Both tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub asset: Token,
    pub coin: Token,
}

impl Default for Tokens {
    fn default() -> Self {
        Self { asset: Token::new(ASSET), coin: Token::new(COIN) }
    }
}

impl Tokens {
    /// The token at an address, if there is one.
    pub fn at(&self, token: Party) -> Option<&Token> {
        match token {
            ASSET => Some(&self.asset),
            COIN => Some(&self.coin),
            _ => None,
        }
    }

    pub fn at_mut(&mut self, token: Party) -> Option<&mut Token> {
        match token {
            ASSET => Some(&mut self.asset),
            COIN => Some(&mut self.coin),
            _ => None,
        }
    }
}
