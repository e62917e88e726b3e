//! How a call ended, and whether it may end so.
//!
//! A call goes in as a transaction's host function, so that the host's own error comes back and not
//! the one that `try_call` makes of everything but a contract's errors. What is not an [`Error`] nor
//! a refusal of authorisation is a trap, unless some argument is not of its declared type, as the
//! contract's own interface tells: then the host may refuse it wherever it first reads it.

use crate::found;
use crate::interface::{Interface, Likeness};
use crate::scene::{Call, Scene};
use arbitrary::Arbitrary;
use escrow::{Balances, Error};
use soroban_env_host::InvocationResourceLimits;
use soroban_sdk::testutils::cost_estimate::NetworkInvocationResourceLimits as _;
use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::xdr::{
    ContractEventBody, ContractExecutable, ContractIdPreimage, ContractIdPreimageFromAddress,
    CreateContractArgsV2, Hash, HostFunction, Limits, ScAddress, ScErrorCode, ScErrorType, ScVal,
    Uint256, WriteXdr,
};
use soroban_sdk::{Address, Env, TryFromVal, TryIntoVal, Val, Vec};

/// What a transaction may take in bytes, less what it has beside the arguments.
const MAX_ARGUMENT_BYTES: usize = 132_096 - 1_000;
pub const CONSTRUCTOR: &str = "__constructor";

/// Who signed a call.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// By everybody, for everything.
    Whole,
    /// By who must sign the call as it was meant, for the call as it is.
    AsIs,
    /// By the same, for the call as it was meant.
    AsMeant,
    Not,
}

/// How a call ended that ended as it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Succeeded,
    Refused,
    /// No transaction can carry such arguments.
    NotCarried,
}

/// A call that is made, and what it was meant to be.
pub struct Case<'a> {
    pub interface: &'a Interface,
    pub scene: &'a Scene,
    pub meant: &'a Call,
    pub signed: Signed,
    pub args: std::vec::Vec<ScVal>,
}

impl Case<'_> {
    /// Makes the call; ends the process if it ends as no call may.
    pub fn hear(&self) -> Ending {
        let env = self.scene.network();
        let Some(values) = self.carried(&env) else { return Ending::NotCarried };
        self.sign(&env, values);
        let before = env.to_ledger_snapshot();
        let outcome = self.call(&env);
        self.weigh(&env);
        match outcome {
            Ok(value) => {
                self.may_succeed(&env, &value);
                Ending::Succeeded
            }
            Err(error) => {
                self.may_be_refused(error);
                let same = env.to_ledger_snapshot() == before;
                self.require(same, "the refusal changed something");
                Ending::Refused
            }
        }
    }

    /// The arguments as the host holds them, if a transaction can carry them to it.
    fn carried(&self, env: &Env) -> Option<Vec<Val>> {
        let bytes: usize =
            self.args.iter().map(|arg| arg.to_xdr(Limits::none()).unwrap().len()).sum();
        if bytes > MAX_ARGUMENT_BYTES {
            return None;
        }
        let mut values = Vec::new(env);
        for arg in &self.args {
            values.push_back(Val::try_from_val(env, arg).ok()?);
        }
        Some(values)
    }

    fn sign(&self, env: &Env, values: Vec<Val>) {
        let meant = || {
            let items = arguments(self.meant.args.clone());
            Vec::from_iter(env, items.iter().map(|arg| Val::try_from_val(env, arg).unwrap()))
        };
        let args = match self.signed {
            Signed::Whole => return env.mock_all_auths_allowing_non_root_auth(),
            Signed::Not => return env.set_auths(&[]),
            Signed::AsIs => values,
            Signed::AsMeant => meant(),
        };
        let address = |plain: &ScAddress| -> Address { plain.try_into_val(env).unwrap() };
        let escrow = address(&self.scene.escrow);
        let fn_name = self.meant.function;
        let invoke = MockAuthInvoke { contract: &escrow, fn_name, args, sub_invokes: &[] };
        let signers: std::vec::Vec<_> = self.meant.signers.iter().map(address).collect();
        let auth = |address| MockAuth { address, invoke: &invoke };
        env.mock_auths(&signers.iter().map(auth).collect::<std::vec::Vec<_>>());
    }

    fn call(&self, env: &Env) -> Result<ScVal, soroban_sdk::Error> {
        if self.is_constructor() {
            return self.open(env);
        }
        let call = self.meant.to(&self.scene.escrow, &self.args);
        env.host().invoke_function(call).map_err(|refusal| refusal.error)
    }

    /// Opens another escrow; the constructor's own error is told by the diagnostics only.
    fn open(&self, env: &Env) -> Result<ScVal, soroban_sdk::Error> {
        let by = ContractIdPreimageFromAddress {
            address: self.meant.signers[0].clone(),
            salt: Uint256([1; 32]),
        };
        let call = HostFunction::CreateContractV2(CreateContractArgsV2 {
            contract_id_preimage: ContractIdPreimage::Address(by),
            executable: ContractExecutable::Wasm(Hash(self.scene.code())),
            constructor_args: self.args.as_slice().try_into().expect("any number"),
        });
        let opened = env.host().invoke_function(call);
        opened.map_err(|refusal| constructor_error(env).unwrap_or(refusal.error))
    }

    /// The network would have carried it out, if all it was given was asked for.
    fn weigh(&self, env: &Env) {
        if self.likeness() != Likeness::Declared {
            return;
        }
        let took = env.cost_estimate().resources();
        let most = InvocationResourceLimits::mainnet();
        let entries = took.disk_read_entries + took.memory_read_entries + took.write_entries;
        for (what, took, most) in [
            ("instructions", took.instructions, most.instructions),
            ("bytes of memory", took.mem_bytes, most.mem_bytes),
            (
                "entries read from disk",
                took.disk_read_entries.into(),
                most.disk_read_entries.into(),
            ),
            ("bytes read from disk", took.disk_read_bytes.into(), most.disk_read_bytes.into()),
            ("entries written", took.write_entries.into(), most.write_entries.into()),
            ("bytes written", took.write_bytes.into(), most.write_bytes.into()),
            ("entries", entries.into(), most.ledger_entries.into()),
            (
                "bytes of events",
                took.contract_events_size_bytes.into(),
                most.contract_events_size_bytes.into(),
            ),
        ] {
            self.require(took <= most, &format!("{took} of {most} {what}"));
        }
    }

    fn may_succeed(&self, env: &Env, value: &ScVal) {
        let read = env.cost_estimate().resources().memory_read_entries;
        self.require(read > 0, "what it took was not measured");
        let other = self.likeness() == Likeness::Other;
        self.require(!other, "arguments of another type were taken");
        let unsigned = self.signed == Signed::Not
            || self.signed == Signed::AsMeant && arguments(self.meant.args.clone()) != self.args;
        self.require(!unsigned || self.is_free(), "it needed no signature");
        let escrow = match value {
            ScVal::Address(opened) if self.is_constructor() => opened,
            _ => &self.scene.escrow,
        };
        self.read_back(env, escrow);
    }

    /// What is there can be read, and its books balance.
    fn read_back(&self, env: &Env, escrow: &ScAddress) {
        let view = |function, args: &[ScVal]| {
            let call = Call { function, args: ScVal::Void, signers: std::vec![] };
            let value = env.host().invoke_function(call.to(escrow, args));
            value.unwrap_or_else(|error| self.is_wrong(&format!("then {function}: {error:?}")))
        };
        view("get_escrow", &[]);
        view("get_milestones", &[ScVal::U32(0), ScVal::U32(50)]);
        let books = view("get_balances", &[]);
        let books = Balances::try_from_val(env, &Val::try_from_val(env, &books).unwrap()).unwrap();
        let sum = books.reserved + books.credited + books.unreserved;
        self.require(sum == books.balance && books.unreserved >= 0, &format!("then {books:?}"));
    }

    fn may_be_refused(&self, error: soroban_sdk::Error) {
        let documented = Error::try_from(error).is_ok();
        // Where all is signed, the host records signatures, and no address may sign a call twice.
        let twice = error.is_code(ScErrorCode::ExistingValue);
        let unsigned = error.is_type(ScErrorType::Auth) && (self.signed != Signed::Whole || twice);
        let mistyped = self.likeness() == Likeness::Other && !error.is_type(ScErrorType::Contract);
        self.require(documented || unsigned || mistyped, &format!("{error:?}"));
    }

    fn likeness(&self) -> Likeness {
        self.interface.likeness(self.meant.function, &self.args)
    }

    fn is_constructor(&self) -> bool {
        self.meant.function == CONSTRUCTOR
    }

    /// Whether anybody may make the call, unsigned.
    fn is_free(&self) -> bool {
        match self.meant.function {
            "claim" => self.args.last() == Some(&ScVal::Void),
            function => function.starts_with("get_") || function == "resolve_by_default",
        }
    }

    fn require(&self, holds: bool, what: &str) {
        if !holds {
            self.is_wrong(what)
        }
    }

    fn is_wrong(&self, what: &str) -> ! {
        let Self { meant, signed, args, .. } = self;
        found(&format!("{what}\n{} signed {signed:?}, with {args:#?}", meant.function))
    }
}

/// A list's items; anything else is the only argument.
pub fn arguments(whole: ScVal) -> std::vec::Vec<ScVal> {
    match whole {
        ScVal::Vec(Some(items)) => items.to_vec(),
        other => std::vec![other],
    }
}

fn constructor_error(env: &Env) -> Option<soroban_sdk::Error> {
    let events = env.host().get_events().unwrap().0;
    events.iter().rev().find_map(|event| {
        let ContractEventBody::V0(body) = &event.event.body;
        let ScVal::Vec(Some(data)) = &body.data else { return None };
        match data.as_slice() {
            [ScVal::String(message), ScVal::Error(error)]
                if message.0.as_slice() == b"constructor invocation has failed with error" =>
            {
                Some(error.clone().into())
            }
            _ => None,
        }
    })
}
