//! Who is who: names for addresses, and addresses for names.

use crate::Outcome;
use localnet::accounts::{Account, NAMES, named};
use serde_json::Value;

pub struct People {
    accounts: Vec<Account>,
}

impl People {
    pub fn new() -> Self {
        Self { accounts: named(NAMES.len()) }
    }

    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    pub fn add(&mut self, account: Account) {
        self.accounts.push(account);
    }

    pub fn account(&self, name: &str) -> Outcome<&Account> {
        let account = self.accounts.iter().find(|account| account.name == name);
        Ok(account.ok_or_else(|| format!("nobody is called {name}"))?)
    }

    pub fn address(&self, name: &str) -> Outcome<String> {
        Ok(self.account(name)?.public())
    }

    /// The name of an address, or the address where it has none.
    pub fn name(&self, address: &str) -> String {
        let account = self.accounts.iter().find(|account| account.public() == address);
        account.map_or_else(|| address.into(), |account| account.name.clone())
    }

    /// A value in words; an address with its name, and in full.
    pub fn told(&self, value: &Value) -> String {
        match value {
            Value::Null => "none".into(),
            Value::String(text) => match self.name(text) {
                name if name == *text => format!("“{text}”"),
                name => format!("{name} {text}"),
            },
            other => other.to_string(),
        }
    }
}
