//! The declared types, read from the built contract, and whether arguments are of them: what tells
//! the host's refusal of types from a trap.
//!
//! A structure is a map by names of fields. The host reads one that is missing as nothing, and
//! passes over one that the structure does not have.

use soroban_sdk::xdr::{
    ScAddress, ScSpecEntry, ScSpecTypeDef as Type, ScSpecUdtStructV0, ScSpecUdtUnionCaseV0 as Case,
    ScSpecUdtUnionV0, ScVal,
};
use std::collections::BTreeMap;

/// How arguments stand to the declared types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Something is of another type.
    Other,
    /// Some structure has a field that is not declared.
    WithMore,
    /// They are of the declared types, through and through.
    Declared,
}

use Likeness::{Declared, Other, WithMore};

/// What the contract declares.
pub struct Interface {
    functions: BTreeMap<String, Vec<Type>>,
    types: BTreeMap<String, ScSpecEntry>,
}

impl Interface {
    /// As `make build` left it.
    pub fn of_the_contract() -> Self {
        let mut interface = Self { functions: BTreeMap::new(), types: BTreeMap::new() };
        for entry in soroban_spec::read::from_wasm(&tests::wasm()).expect("a contract's interface")
        {
            match &entry {
                ScSpecEntry::FunctionV0(function) => {
                    let inputs = function.inputs.iter().map(|input| input.type_.clone()).collect();
                    interface.functions.insert(function.name.to_utf8_string_lossy(), inputs);
                }
                ScSpecEntry::UdtStructV0(item) => {
                    interface.types.insert(item.name.to_utf8_string_lossy(), entry);
                }
                ScSpecEntry::UdtUnionV0(item) => {
                    interface.types.insert(item.name.to_utf8_string_lossy(), entry);
                }
                _ => {}
            }
        }
        interface
    }

    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }

    pub fn likeness(&self, function: &str, args: &[ScVal]) -> Likeness {
        let types = &self.functions[function];
        if types.len() != args.len() {
            return Other;
        }
        least(args.iter().zip(types).map(|(arg, declared)| self.compare(arg, declared)))
    }

    fn compare(&self, value: &ScVal, declared: &Type) -> Likeness {
        match (value, declared) {
            (ScVal::U32(_), Type::U32)
            | (ScVal::U64(_), Type::U64)
            | (ScVal::I128(_), Type::I128)
            | (ScVal::String(_), Type::String)
            | (ScVal::Address(ScAddress::Account(_) | ScAddress::Contract(_)), Type::Address)
            | (ScVal::Void, Type::Option(_)) => Declared,
            (ScVal::Bytes(bytes), Type::BytesN(size)) if bytes.len() == size.n as usize => Declared,
            (value, Type::Option(option)) => self.compare(value, &option.value_type),
            (ScVal::Vec(Some(items)), Type::Vec(list)) => {
                least(items.iter().map(|item| self.compare(item, &list.element_type)))
            }
            (value, Type::Udt(named)) => match &self.types[&named.name.to_utf8_string_lossy()] {
                ScSpecEntry::UdtStructV0(structure) => self.compare_fields(value, structure),
                ScSpecEntry::UdtUnionV0(union) => compare_choice(value, union),
                _ => Other,
            },
            _ => Other,
        }
    }

    fn compare_fields(&self, value: &ScVal, declared: &ScSpecUdtStructV0) -> Likeness {
        let ScVal::Map(Some(entries)) = value else { return Other };
        let mut given = BTreeMap::new();
        for entry in entries.iter() {
            let ScVal::Symbol(name) = &entry.key else { return Other };
            given.insert(name.to_utf8_string_lossy(), &entry.val);
        }
        let known = least(declared.fields.iter().map(|field| {
            let value = given.remove(&field.name.to_utf8_string_lossy()).unwrap_or(&ScVal::Void);
            self.compare(value, &field.type_)
        }));
        if given.is_empty() { known } else { known.min(WithMore) }
    }
}

/// A choice is a list of its name alone.
fn compare_choice(value: &ScVal, declared: &ScSpecUdtUnionV0) -> Likeness {
    let ScVal::Vec(Some(items)) = value else { return Other };
    let [ScVal::Symbol(chosen)] = items.as_slice() else { return Other };
    let named = |case: &Case| matches!(case, Case::VoidV0(case) if case.name.as_slice() == chosen.as_slice());
    if declared.cases.iter().any(named) { Declared } else { Other }
}

fn least(all: impl Iterator<Item = Likeness>) -> Likeness {
    all.min().unwrap_or(Declared)
}
