//! What the demo takes place on: a network, the contract, a token, and people.

use crate::Outcome;
use crate::contract::{Argument, Contract};
use crate::people::People;
use crate::words::integer;
use localnet::Localnet;
use localnet::accounts::Account;
use localnet::client::{
    Client, Failure, Prepared, Receipt, account_key, contract_id, create, instance_key, invocation,
    network_id, upload,
};
use localnet::genesis::token;
use localnet::ledger::sha256;
use localnet::operations::classic::events::asset_contract;
use serde_json::{Value, json};
use stellar_xdr::{
    AlphaNum4, Asset, ContractId, HostFunction, LedgerEntryData, LedgerKey, LedgerKeyContractCode,
    LedgerKeyTrustLine, OperationBody, TrustLineAsset,
};

/// What stands at the escrow's address, and what of it is owed already.
pub const ESCROW: &str = "escrow";
pub const CREDIT: &str = "of it, credited";

/// Terms and milestones, as the constructor takes them.
pub struct Deal {
    /// The name of the account that deploys it.
    pub deployer: String,
    pub terms: Value,
    pub milestones: Value,
}

/// An escrow that is on the network.
pub struct Escrow {
    pub id: ContractId,
    pub address: String,
}

/// What everybody has: of the token in its smallest unit, and of XLM in stroops.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub tokens: Vec<(String, i128)>,
    pub stroops: Vec<(String, i64)>,
}

pub struct Stage {
    pub people: People,
    pub contract: Contract,
    /// The address of the token's contract.
    pub token: String,
    /// The token as accounts hold it.
    pub asset: AlphaNum4,
    net: Localnet,
}

impl Stage {
    pub fn new(net: Localnet, contract: Contract) -> Self {
        let asset = token();
        let token = asset_contract(&Asset::CreditAlphanum4(asset.clone()), &network_id());
        Self { people: People::new(), contract, token: token.to_string(), asset, net }
    }

    pub fn net(&self) -> &Localnet {
        &self.net
    }

    pub fn client(&self) -> Client<'_> {
        Client { rpc: &self.net }
    }

    /// The clock of the network: when its latest ledger closed.
    pub fn now(&self) -> u64 {
        self.net.network(|net| net.latest().close_time())
    }

    pub fn ledger(&self) -> u32 {
        self.net.network(|net| net.latest().sequence())
    }

    pub fn advance(&self, seconds: u64) -> Outcome {
        self.net.call("localnet_advanceTime", json!({ "seconds": seconds }))?;
        Ok(())
    }

    pub fn snapshot(&self) -> Outcome<Value> {
        Ok(self.net.call("localnet_snapshot", json!({}))?)
    }

    /// Goes back to a snapshot.
    pub fn restore(&self, snapshot: Value) -> Outcome {
        self.net.call("localnet_restore", snapshot)?;
        Ok(())
    }

    /// Brings the contract's code to the network; nothing if it is there.
    pub fn upload(&self, by: &str) -> Outcome<Option<Receipt>> {
        let hash = self.contract.hash.clone();
        let code = LedgerKey::ContractCode(LedgerKeyContractCode { hash });
        if self.client().entry(&code)?.is_some() {
            return Ok(None);
        }
        let code = upload(&self.contract.wasm);
        Ok(Some(self.client().send(self.people.account(by)?, &[], code)?))
    }

    /// A deployment, of an engagement that was not deployed by the same account before: the
    /// address follows from the two.
    pub fn creation(&self, deal: &mut Deal) -> Outcome<(Escrow, HostFunction, Vec<Argument>)> {
        let deployer = self.people.account(&deal.deployer)?;
        let wanted = deal.terms["engagement_id"].as_str().unwrap_or_default().to_owned();
        let mut engagement = wanted.clone();
        let mut tries = 1;
        let (id, salt) = loop {
            let salt = sha256(format!("tranche{}{engagement}", deployer.public()).as_bytes()).0;
            let id = contract_id(deployer, salt);
            if self.client().entry(&instance_key(&id))?.is_none() {
                break (id, salt);
            }
            tries += 1;
            engagement = format!("{wanted}-{tries}");
        };
        deal.terms["engagement_id"] = engagement.into();
        let amounts = deal.milestones.as_array().into_iter().flatten();
        let total: i128 = amounts.map(|milestone| integer(&milestone["amount"])).sum();
        let given = json!({
            "terms": deal.terms, "milestones": deal.milestones, "total": total.to_string(),
        });
        let arguments = self.contract.arguments("__constructor", &given, "")?;
        let values = arguments.iter().map(|argument| argument.value.clone()).collect();
        let function = create(deployer, salt, self.contract.hash.clone(), values);
        Ok((Escrow { address: id.to_string(), id }, function, arguments))
    }

    /// A call of an escrow's, with what it takes.
    pub fn call(
        &self,
        escrow: &Escrow,
        by: &str,
        function: &str,
        given: &Value,
    ) -> Outcome<(HostFunction, Vec<Argument>)> {
        let caller = self.people.address(by)?;
        let arguments = self.contract.arguments(function, given, &caller)?;
        let values = arguments.iter().map(|argument| argument.value.clone()).collect();
        Ok((invocation(&escrow.id, function, values), arguments))
    }

    pub fn prepare(
        &self,
        by: &str,
        others: &[Account],
        function: HostFunction,
    ) -> Outcome<Result<Prepared, Failure>> {
        Ok(self.client().prepare(self.people.account(by)?, others, function))
    }

    /// An operation that calls no contract, which must succeed.
    pub fn classic(&self, by: &str, body: OperationBody) -> Outcome<Receipt> {
        let receipt = self.client().classic(self.people.account(by)?, body)?;
        if receipt.succeeded { Ok(receipt) } else { Err("a classic operation fails".into()) }
    }

    pub fn is_there(&self, who: &Account) -> Outcome<bool> {
        Ok(self.client().entry(&account_key(who))?.is_some())
    }

    /// What a function that only reads returns.
    pub fn view(&self, escrow: &Escrow, function: &str, given: Value) -> Outcome<Value> {
        let (call, _) = self.call(escrow, "observer", function, &given)?;
        let value = self.client().view(self.people.account("observer")?, call)?;
        self.contract.result(function, &value)
    }

    pub fn milestone(&self, escrow: &Escrow, number: u32) -> Outcome<Value> {
        self.view(escrow, "get_milestone", json!({ "i": number }))
    }

    /// What a signer agrees to: these milestones as they are now.
    pub fn payouts(&self, escrow: &Escrow, milestones: &[u32]) -> Outcome<Value> {
        let payout = |number: &u32| {
            let milestone = self.milestone(escrow, *number)?;
            Ok(["milestone", "revision", "receiver", "amount"]
                .map(|field| (field.to_owned(), milestone[field].clone()))
                .into_iter()
                .collect())
        };
        Ok(Value::Array(milestones.iter().map(payout).collect::<Outcome<_>>()?))
    }

    /// All that an escrow tells of itself.
    pub fn all_of(&self, escrow: &Escrow) -> Outcome<Value> {
        let milestones = json!({ "start": 0, "limit": 50 });
        Ok(json!([
            self.view(escrow, "get_escrow", json!({}))?,
            self.view(escrow, "get_milestones", milestones)?,
        ]))
    }

    /// What everybody has, and the escrow if there is one.
    pub fn standing(&self, escrow: Option<&Escrow>) -> Outcome<Standing> {
        let accounts = self.people.accounts();
        let keys: Vec<_> =
            accounts.iter().flat_map(|who| [account_key(who), self.line(who)]).collect();
        let entries = self.client().entries(&keys)?;
        let find = |key| entries.iter().find(|(found, _)| *found == key).map(|(_, data)| data);
        let mut standing = Standing::default();
        for who in accounts {
            if let Some(LedgerEntryData::Account(account)) = find(account_key(who)) {
                standing.stroops.push((who.name.clone(), account.balance));
            }
            let tokens = match find(self.line(who)) {
                Some(LedgerEntryData::Trustline(line)) => line.balance.into(),
                _ => 0,
            };
            standing.tokens.push((who.name.clone(), tokens));
        }
        let held = match escrow {
            Some(escrow) => self.view(escrow, "get_balances", json!({}))?,
            None => Value::Null,
        };
        standing.tokens.push((ESCROW.into(), integer(&held["balance"])));
        standing.tokens.push((CREDIT.into(), integer(&held["credited"])));
        Ok(standing)
    }

    /// The key of what an account has of the token.
    fn line(&self, who: &Account) -> LedgerKey {
        let asset = TrustLineAsset::CreditAlphanum4(self.asset.clone());
        LedgerKey::Trustline(LedgerKeyTrustLine { account_id: who.id.clone(), asset })
    }
}
