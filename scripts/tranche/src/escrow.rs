//! An escrow as its views tell it.

use crate::amount;
use crate::failure::Failure;
use crate::stellar::{Instance, Stellar};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What one page of `get_milestones` holds at most.
const PAGE: u32 = 50;

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Terms {
    pub engagement_id: String,
    pub title: String,
    pub description: String,
    pub document: Option<String>,
    pub roles: Roles,
    pub token: String,
    pub platform_fee_bps: u32,
    pub policy: Policy,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq, Eq)]
pub struct Roles {
    pub payer: String,
    pub admin: String,
    pub platform: String,
    pub approvers: Vec<String>,
    pub service_providers: Vec<String>,
    pub release_signers: Vec<String>,
    pub dispute_resolvers: Vec<String>,
    pub observers: Vec<String>,
}

impl Roles {
    /// The role lists, with their names.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 5] {
        [
            ("approvers", &self.approvers),
            ("service_providers", &self.service_providers),
            ("release_signers", &self.release_signers),
            ("dispute_resolvers", &self.dispute_resolvers),
            ("observers", &self.observers),
        ]
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Policy {
    pub release_quorum: u32,
    pub resolve_quorum: u32,
    pub review_window: u64,
    pub dispute_window: u64,
    pub fallback: String,
}

/// What `get_escrow` returns.
#[derive(Debug, Deserialize)]
pub struct Escrow {
    pub terms: Terms,
    pub revision: u32,
    pub state: String,
    pub totals: Totals,
    pub stuck: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Totals {
    pub milestones: u32,
    pub funded: u32,
    pub settled: u32,
    pub amount: Units,
    pub gross: Units,
    pub deposited: Units,
    pub paid: Units,
    pub refunded: Units,
    pub fees: Units,
}

/// What `get_milestone` returns.
#[derive(Debug, Deserialize)]
pub struct Milestone {
    pub milestone: u32,
    pub title: String,
    pub amount: Units,
    pub fee: Units,
    pub receiver: String,
    pub approvals_required: u32,
    pub due: u64,
    pub revision: u32,
    pub funded: bool,
    pub status: String,
    pub flags: Flags,
    pub approved_by: Vec<String>,
    pub signed_by: Vec<String>,
    pub resumed_by: Vec<String>,
    pub rulings: Vec<Position>,
    pub offers: Vec<Position>,
    pub open_at: u64,
    pub reclaim_at: u64,
    pub default_at: u64,
    pub to_receiver: Units,
    pub credited: Units,
}

impl Milestone {
    pub fn is_settled(&self) -> bool {
        self.flags.released || self.flags.resolved || self.flags.refunded
    }

    /// What the payer deposits for it.
    pub fn gross(&self) -> i128 {
        self.amount.0.saturating_add(self.fee.0)
    }
}

#[derive(Debug, Deserialize)]
pub struct Flags {
    pub approved: bool,
    pub disputed: bool,
    pub released: bool,
    pub resolved: bool,
    pub refunded: bool,
}

#[derive(Debug, Deserialize)]
pub struct Position {
    pub party: String,
    pub to_receiver: Units,
}

/// What `get_balances` returns.
#[derive(Debug, Deserialize)]
pub struct Balances {
    pub balance: Units,
    pub reserved: Units,
    pub credited: Units,
    pub unreserved: Units,
}

/// A sum in a token's smallest unit: text in JSON, since it is larger than JSON's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units(pub i128);

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

/// A token, as far as sums of it are to be shown.
#[derive(Clone, Debug)]
pub struct Token {
    pub address: String,
    pub symbol: String,
    pub decimals: u32,
}

impl Token {
    pub fn read(stellar: &Stellar, address: &str) -> Result<Self, Failure> {
        let wrong = |failure: Failure| failure.because(format!("{address} was asked as a token."));
        let told = stellar.view(address, "decimals", &[]).map_err(wrong)?;
        let Some(decimals) = told.as_u64().filter(|decimals| *decimals <= 38) else {
            return Err(Failure::refused(
                format!("{address} has no number of decimals that a token can have."),
                "check the token's address; `stellar contract id asset` computes that of an asset",
            ));
        };
        let symbol = stellar.view(address, "symbol", &[])?;
        let symbol = match symbol.as_str() {
            Some("native") if stellar.asset_contract("native")? == address => "XLM",
            Some("native" | "XLM") => "units of a token that is not XLM",
            Some(symbol) => symbol,
            None => "units",
        };
        Ok(Self {
            address: address.into(),
            symbol: crate::sheet::printable(symbol),
            decimals: u32::try_from(decimals).unwrap_or(0),
        })
    }

    /// A sum for people, with the token's name.
    pub fn shown(&self, units: i128) -> String {
        format!("{} {}", amount::shown(units, self.decimals), self.symbol)
    }

    /// Reads a sum that somebody wrote at this option.
    pub fn read_amount(&self, option: &str, text: &str) -> Result<i128, Failure> {
        amount::read(text, self.decimals)
            .map_err(|why| Failure::input(format!("{option} {text}: {why}."), "correct the amount"))
    }
}

/// An escrow on the network, with what `get_escrow` tells.
pub struct Opened<'a> {
    pub stellar: &'a Stellar,
    pub id: String,
    pub instance: Instance,
    pub escrow: Escrow,
    /// The same as the program printed it.
    pub told: Value,
    pub token: Token,
}

impl<'a> Opened<'a> {
    pub fn open(stellar: &'a Stellar, id: &str) -> Result<Self, Failure> {
        stellar.check_network()?;
        let Some(instance) = stellar.instance(id)? else {
            return Err(Failure::refused(
                format!("There is no contract {id} on {}.", stellar.network.name),
                "check --id and NETWORK; scripts/address computes the address of an escrow",
            ));
        };
        let none = || {
            Failure::refused(
                format!("The contract {id} is not an escrow."),
                "check --id; scripts/address computes the address of an escrow",
            )
        };
        if instance.wasm_hash.is_none() {
            return Err(none());
        }
        let told = stellar.view(id, "get_escrow", &[])?;
        let escrow = Escrow::deserialize(&told).map_err(|_| none())?;
        let token = Token::read(stellar, &escrow.terms.token)?;
        Ok(Self { stellar, id: id.into(), instance, escrow, told, token })
    }

    /// One milestone.
    pub fn milestone(&self, index: u32) -> Result<Milestone, Failure> {
        let arguments = [("i", index.to_string())];
        let told = self.stellar.view(&self.id, "get_milestone", &arguments)?;
        understand(&told)
    }

    /// These milestones, as they were told.
    pub fn told_milestones(&self, start: u32, end: u32) -> Result<Vec<Value>, Failure> {
        let mut found = Vec::new();
        let mut next = start;
        while next < end {
            let limit = PAGE.min(end - next);
            let arguments = [("start", next.to_string()), ("limit", limit.to_string())];
            match self.stellar.view(&self.id, "get_milestones", &arguments)? {
                Value::Array(page) if !page.is_empty() => found.extend(page),
                _ => break,
            }
            next += limit;
        }
        Ok(found)
    }

    /// These milestones.
    pub fn milestones(&self, start: u32, end: u32) -> Result<Vec<Milestone>, Failure> {
        self.told_milestones(start, end)?.iter().map(understand).collect()
    }

    pub fn told_balances(&self) -> Result<Value, Failure> {
        self.stellar.view(&self.id, "get_balances", &[])
    }
}

/// Reads what a view told.
pub fn understand<T: for<'de> Deserialize<'de>>(told: &Value) -> Result<T, Failure> {
    T::deserialize(told).map_err(|error| {
        Failure::refused(
            "The contract's answer is not that of an escrow of this version.",
            "check --id; `make verify` compares its code with this source",
        )
        .because(error.to_string())
    })
}
