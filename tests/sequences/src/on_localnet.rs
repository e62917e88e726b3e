//! Plays a sequence on a network, by transactions that real keys have signed.
//!
//! Everybody is an account there, and everything is in the network's own token: what needs another
//! token, its issuer or a wrong signature is left out.

use super::action::*;
use super::cast::{self, ACTORS, ASSET, ESCROWS};
use super::choose;
use super::invariants;
use super::model::{Model, Signatures};
use super::order::Order;
use super::seen::{Answer, Whole};
use super::stage::WINTER_SECONDS;
use super::stage::words::Words;
use super::tally::Tally;
use localnet::Localnet;
use localnet::accounts::{Account, NAMES, named};
use localnet::client::{Client, Failure, contract_id, create, invocation};
use localnet::genesis::token;
use localnet::ledger::sha256;
use localnet::operations::classic::events::asset_contract;
use soroban_sdk::xdr::{Asset, ContractId, Hash, HostFunction, ScAddress, ScVal};
use soroban_sdk::{Address, Env, IntoVal, TryFromVal, Val};
use tests::wallet::values;
use tests::{Outcome, Refusal, START};

/// Plays a sequence on contracts of its own, whose code the network has. Panics where one does
/// not do what the model says.
pub fn play_on(localnet: &Localnet, number: u8, wasm: &[u8], sequence: &Sequence) -> Tally {
    let mut visitor = Visitor::new(localnet, number, wasm, sequence);
    for action in &sequence.actions {
        visitor.step(action);
    }
    visitor.tally
}

struct Visitor<'a> {
    localnet: &'a Localnet,
    everybody: Vec<Account>,
    code: Hash,
    /// What tells the contracts of one sequence from those of another.
    number: u8,
    contracts: Vec<ContractId>,
    words: Words,
    model: Model,
    tally: Tally,
}

impl<'a> Visitor<'a> {
    fn new(localnet: &'a Localnet, number: u8, wasm: &[u8], sequence: &Sequence) -> Self {
        let everybody = named(NAMES.len());
        let network_id = localnet.network(|network| network.network_id.clone());
        let escrows = (0..ESCROWS).map(|slot| {
            // Where a contract is depends on who deploys it.
            let admin = deal(sequence, slot).map_or(0, |deal| deal.terms.admin);
            contract_id(&everybody[usize::from(admin)], salt(number, slot))
        });
        let assets = [Asset::CreditAlphanum4(token()), Asset::Native];
        let tokens = assets.iter().map(|asset| asset_contract(asset, &network_id));
        let contracts: Vec<_> = escrows.chain(tokens).collect();
        let env = tests::network();
        let words = Words { parties: parties(&env, &everybody, &contracts), env };
        let (code, model, tally) = (sha256(wasm), Model::new(0, None), Tally::default());
        let mut visitor =
            Self { localnet, everybody, code, number, contracts, words, model, tally };
        visitor.tally.sequences = 1;
        visitor.model.now = visitor.now();
        visitor.model.tokens.asset.trust(i64::MAX.into());
        for actor in 0..ACTORS {
            let held = visitor.held(actor);
            assert!(visitor.model.tokens.asset.mint(actor, held), "everybody has some");
        }
        visitor
    }

    fn step(&mut self, action: &Action) {
        match action {
            Action::Open { escrow, deal, .. } => self.open(escrow % ESCROWS, deal),
            Action::Call { escrow, call, .. } => {
                let slot = escrow % ESCROWS;
                if self.model.escrows[usize::from(slot)].is_some()
                    && let Some(order) = choose::order(&self.model, slot, call)
                {
                    self.call(slot, order);
                }
            }
            Action::Wait(wait) => self.pass(wait.seconds(&self.model)),
            Action::Sleep => self.pass(WINTER_SECONDS),
            Action::Mint { to, amount, .. } => self.pay(to % ASSET, (*amount).into()),
            Action::Again(_)
            | Action::Freeze { .. }
            | Action::ClawBack { .. }
            | Action::Trust(_)
            | Action::Turn(_) => return,
        }
        self.tally.steps += 1;
        self.compare();
    }

    /// Opens an escrow by its admin, if it can be: what is refused in a constructor, nobody sends.
    fn open(&mut self, slot: u8, deal: &Deal) {
        let order = in_asset(deal).order(self.model.now);
        if self.model.escrows[usize::from(slot)].is_some() || !is_possible(deal, slot) {
            return;
        }
        let args = values(&self.words.env, self.words.args(&order));
        let by = &self.everybody[usize::from(deal.terms.admin)];
        let function = create(by, salt(self.number, slot), self.code.clone(), args);
        let outcome = self.send(by, function).map(|_| Answer::Nothing);
        self.count(slot, &order, outcome);
    }

    fn call(&mut self, slot: u8, order: Order) {
        let args = values(&self.words.env, self.words.args(&order));
        let function = invocation(&self.contracts[usize::from(slot)], order.name(), args);
        let by = order.signers().first().copied().unwrap_or(ACTORS);
        let outcome = self.send(&self.everybody[usize::from(by)], function);
        let outcome = outcome.map(|value| {
            let value = Val::try_from_val(&self.words.env, &value).expect("a value");
            self.words.answer(&order, value)
        });
        self.count(slot, &order, outcome);
    }

    /// It came out as the model says.
    fn count(&mut self, slot: u8, order: &Order, outcome: Outcome<Answer>) {
        let predicted = self.model.call(slot, order, &Signatures::right(order));
        assert_eq!(outcome, predicted, "escrow {slot} at {}: {order:?}", self.model.now);
        self.tally.count(order, &outcome);
    }

    /// Has a transaction sent; what it would be refused for is told before.
    fn send(&self, by: &Account, function: HostFunction) -> Outcome<ScVal> {
        match self.client().send(by, &self.everybody, function) {
            Ok(receipt) => {
                assert!(receipt.succeeded, "what was tried succeeds");
                Ok(receipt.value().expect("a value"))
            }
            Err(Failure::Refused(why)) => Err(refusal(&why)),
            Err(failure) => panic!("{failure}"),
        }
    }

    /// Somebody with no part in anything pays.
    fn pay(&mut self, to: Party, amount: i128) {
        let payer = outsider(&self.everybody);
        let env = &self.words.env;
        let from = Address::from_str(env, &payer.public());
        let args = values(env, (from, self.words.address(to), amount).into_val(env));
        let token = &self.contracts[usize::from(ESCROWS)];
        assert!(self.send(payer, invocation(token, "transfer", args)).is_ok());
        assert!(self.model.tokens.asset.mint(to, amount));
    }

    fn pass(&mut self, seconds: u64) {
        if seconds > 0 {
            let passed = self.localnet.network(move |network| network.advance_time(seconds));
            passed.expect("nothing is kept on disk");
        }
        self.model.now = self.now();
    }

    fn now(&self) -> u64 {
        self.localnet.network(|network| network.now())
    }

    /// The network shows what the model has.
    fn compare(&self) {
        for holder in 0..ASSET {
            let expected = self.model.tokens.asset.held(holder);
            assert_eq!(self.held(holder), expected, "what {holder} holds");
        }
        for (slot, escrow) in (0..ESCROWS).zip(&self.model.escrows) {
            let Some(escrow) = escrow else { continue };
            let Answer::Escrow(shown) = self.view(slot, &Order::GetEscrow) else {
                panic!("an escrow is shown")
            };
            let all = Order::GetMilestones { start: 0, limit: 50 };
            let Answer::Milestones(milestones) = self.view(slot, &all) else {
                panic!("milestones are shown")
            };
            let whole = Whole { escrow: *shown, milestones };
            assert_eq!(whole, escrow.whole(), "escrow {slot} at {}", self.model.now);
            invariants::check(&whole, self.held(cast::escrow(slot)), false);
        }
    }

    fn view(&self, slot: u8, order: &Order) -> Answer {
        let args = values(&self.words.env, self.words.args(order));
        let contract = &self.contracts[usize::from(slot)];
        let value = self.ask(invocation(contract, order.name(), args));
        self.words.answer(order, value)
    }

    fn held(&self, holder: Party) -> i128 {
        let env = &self.words.env;
        let args = values(env, (self.words.address(holder),).into_val(env));
        let value = self.ask(invocation(&self.contracts[usize::from(ESCROWS)], "balance", args));
        i128::try_from_val(env, &value).expect("a number")
    }

    fn ask(&self, function: HostFunction) -> Val {
        let shown = self.client().view(outsider(&self.everybody), function);
        let shown = shown.unwrap_or_else(|failure| panic!("{failure}"));
        Val::try_from_val(&self.words.env, &shown).expect("a value")
    }

    fn client(&self) -> Client<'_> {
        Client { rpc: self.localnet }
    }
}

/// Who has no part in a sequence, but pays for what nobody signs.
fn outsider(everybody: &[Account]) -> &Account {
    &everybody[usize::from(ACTORS)]
}

/// The first deal in a sequence that can be opened in a slot.
fn deal(sequence: &Sequence, slot: u8) -> Option<&Deal> {
    sequence.actions.iter().find_map(|action| match action {
        Action::Open { escrow, deal, .. } if escrow % ESCROWS == slot => {
            Some(deal).filter(|deal| is_possible(deal, slot))
        }
        _ => None,
    })
}

fn is_possible(deal: &Deal, slot: u8) -> bool {
    let order = in_asset(deal).order(START);
    Model::new(START, None).call(slot, &order, &Signatures::right(&order)).is_ok()
}

fn in_asset(deal: &Deal) -> Deal {
    let mut deal = deal.clone();
    deal.terms.token = ASSET;
    deal
}

fn salt(number: u8, slot: u8) -> [u8; 32] {
    [number * ESCROWS + slot; 32]
}

fn parties(env: &Env, everybody: &[Account], contracts: &[ContractId]) -> Vec<Address> {
    let actors = everybody.iter().take(ACTORS.into());
    let actors = actors.map(|who| Address::from_str(env, &who.public()));
    let contracts = contracts.iter().map(|id| {
        let address = ScVal::Address(ScAddress::Contract(id.clone()));
        Address::try_from_val(env, &address).expect("an address")
    });
    actors.chain(contracts).collect()
}

/// The error of the contract's by which a trial failed.
fn refusal(why: &str) -> Refusal {
    let code = why.split("Error(Contract, #").nth(1).and_then(|rest| rest.split(')').next());
    let code = code.and_then(|code| code.parse().ok());
    let code = code.unwrap_or_else(|| panic!("no refusal of the contract's: {why}"));
    soroban_sdk::Error::from_contract_error(code).into()
}
