//! How a call is spoilt: one part of its arguments at a time becomes something else.

use arbitrary::Arbitrary;
use soroban_sdk::xdr::{Int128Parts, ScAddress, ScMap, ScSymbol, ScVal, ScVec, VecM};

/// The longest list that a size makes.
const MAX_ITEMS: u16 = 4_096;
/// More than one transaction can carry.
pub const MAX_BYTES: usize = 140_000;

/// One change of one of the parts for which it makes sense; parts are counted down before along, the
/// list of all arguments first.
#[derive(Arbitrary, Clone, Debug)]
pub struct Edit {
    at: u16,
    to: Change,
}

#[derive(Arbitrary, Clone, Debug)]
enum Change {
    Anything(ScVal),
    Number(Number),
    Somebody(u8),
    /// So many items or bytes, by repetition.
    Size(u16),
    /// A copy of another part.
    Part(u16),
    /// An item is left out, or stands twice.
    Item(u8, bool),
}

/// Near what was there, nothing, or a power of two.
#[derive(Arbitrary, Clone, Debug)]
enum Number {
    Same(i8),
    Zero(i8),
    Power(u8, i8),
}

impl Edit {
    pub fn apply(&self, whole: &mut ScVal, cast: &[ScAddress]) {
        let fits = |part: &ScVal| self.to.fits(part);
        let Some(at) = usize::from(self.at).checked_rem(count(whole, &fits)) else { return };
        let copy = match self.to {
            Change::Part(from) => nth(whole, usize::from(from) % count(whole, &fits)),
            _ => ScVal::Void,
        };
        change(whole, &mut { at }, &fits, &mut |part| self.to.apply(part, &copy, cast));
    }
}

impl Change {
    /// Whether it makes sense for a part.
    fn fits(&self, part: &ScVal) -> bool {
        use ScVal::{Address, Bytes, I32, I64, I128, Map, String, Symbol, U32, U64, Vec};
        match self {
            Self::Anything(_) | Self::Part(_) => true,
            Self::Number(_) => matches!(part, U32(_) | I32(_) | U64(_) | I64(_) | I128(_)),
            Self::Somebody(_) => matches!(part, Address(_)),
            Self::Size(_) => matches!(part, Vec(Some(_)) | Bytes(_) | String(_) | Symbol(_)),
            Self::Item(..) => matches!(part, Vec(Some(_)) | Map(Some(_))),
        }
    }

    fn apply(&self, part: &mut ScVal, copy: &ScVal, cast: &[ScAddress]) {
        match self {
            Self::Anything(value) => *part = value.clone(),
            Self::Number(number) => *part = number.like(part),
            Self::Somebody(who) => {
                *part = ScVal::Address(cast[usize::from(*who) % cast.len()].clone());
            }
            Self::Size(size) => resize(part, *size),
            Self::Item(at, twice) => repeat(part, *at, *twice),
            Self::Part(_) => *part = copy.clone(),
        }
    }
}

impl Number {
    /// The number in the type of what stands there.
    fn like(&self, part: &ScVal) -> ScVal {
        let number = |same: i128| match self {
            Self::Same(offset) => same.wrapping_add((*offset).into()),
            Self::Zero(offset) => (*offset).into(),
            Self::Power(bit, offset) => (1_i128 << (bit % 128)).wrapping_add((*offset).into()),
        };
        match part {
            ScVal::U32(same) => ScVal::U32(number((*same).into()) as u32),
            ScVal::I32(same) => ScVal::I32(number((*same).into()) as i32),
            ScVal::U64(same) => ScVal::U64(number((*same).into()) as u64),
            ScVal::I64(same) => ScVal::I64(number((*same).into()) as i64),
            ScVal::I128(same) => {
                let number = number(same.into());
                ScVal::I128(Int128Parts { hi: (number >> 64) as i64, lo: number as u64 })
            }
            _ => ScVal::U32(number(0) as u32),
        }
    }
}

fn resize(part: &mut ScVal, size: u16) {
    let repeated = |bytes: &[u8], size: u16| -> Vec<u8> {
        let bytes = if bytes.is_empty() { b"x" } else { bytes };
        bytes.iter().copied().cycle().take(size.into()).collect()
    };
    match part {
        ScVal::Vec(Some(items)) if !items.is_empty() => {
            // More than a transaction carries would only take memory.
            let longest = MAX_BYTES * items.len() / items.iter().map(bytes).sum::<usize>();
            let size = usize::from(size % MAX_ITEMS).min(longest);
            let items: Vec<_> = items.iter().cloned().cycle().take(size).collect();
            *part = list(items);
        }
        ScVal::Bytes(bytes) => bytes.0 = repeated(bytes, size).try_into().expect("any length"),
        ScVal::String(text) => text.0 = repeated(text, size).try_into().expect("any length"),
        ScVal::Symbol(text) => {
            let size = size % 33;
            *text = ScSymbol(repeated(text, size).try_into().expect("at most 32"));
        }
        _ => {}
    }
}

/// Leaves out an item of a list or a field of a structure, or has it twice; a field's name then
/// grows by a letter, for names are unique.
fn repeat(part: &mut ScVal, at: u8, twice: bool) {
    match part {
        ScVal::Vec(Some(items)) if !items.is_empty() => {
            let mut items = items.to_vec();
            let item = items.remove(usize::from(at) % items.len());
            let copies = if twice { 2 } else { 0 };
            items.extend(std::iter::repeat_n(item, copies));
            *part = list(items);
        }
        ScVal::Map(Some(entries)) if !entries.is_empty() => {
            let mut entries = entries.to_vec();
            let at = usize::from(at) % entries.len();
            if twice {
                let mut entry = entries[at].clone();
                if let ScVal::Symbol(name) = &mut entry.key {
                    let longer = [name.as_slice(), b"x"].concat();
                    *name = ScSymbol(longer.try_into().unwrap_or_default());
                }
                entries.insert(at + 1, entry);
            } else {
                entries.remove(at);
            }
            *part = ScVal::Map(Some(ScMap(within(entries))));
        }
        _ => {}
    }
}

type Fits<'a> = &'a dyn Fn(&ScVal) -> bool;

/// How many parts that fit a value has, itself counted in.
fn count(value: &ScVal, fits: Fits) -> usize {
    let parts = match value {
        ScVal::Vec(Some(items)) => items.iter().map(|item| count(item, fits)).sum(),
        ScVal::Map(Some(entries)) => entries.iter().map(|entry| count(&entry.val, fits)).sum(),
        _ => 0,
    };
    parts + usize::from(fits(value))
}

/// The part at a position.
fn nth(value: &mut ScVal, at: usize) -> ScVal {
    let mut found = ScVal::Void;
    change(value, &mut { at }, &|_| true, &mut |part| found = part.clone());
    found
}

/// Changes the part at a position among those that fit, and counts down to it; false where the
/// position lies beyond this value's parts.
fn change(value: &mut ScVal, at: &mut usize, fits: Fits, to: &mut dyn FnMut(&mut ScVal)) -> bool {
    if fits(value) {
        let Some(left) = at.checked_sub(1) else {
            to(value);
            return true;
        };
        *at = left;
    }
    match value {
        ScVal::Vec(Some(items)) => {
            let mut parts = items.to_vec();
            let changed = parts.iter_mut().any(|part| change(part, at, fits, to));
            *value = list(parts);
            changed
        }
        ScVal::Map(Some(entries)) => {
            let mut parts = entries.to_vec();
            let changed = parts.iter_mut().any(|part| change(&mut part.val, at, fits, to));
            *value = ScVal::Map(Some(ScMap(within(parts))));
            changed
        }
        _ => false,
    }
}

/// Roughly what a value takes in a transaction.
pub fn bytes(value: &ScVal) -> usize {
    8 + match value {
        ScVal::Vec(Some(items)) => items.iter().map(bytes).sum(),
        ScVal::Map(Some(entries)) => {
            entries.iter().map(|entry| bytes(&entry.key) + bytes(&entry.val)).sum()
        }
        ScVal::Bytes(bytes) => bytes.len(),
        ScVal::String(text) => text.len(),
        ScVal::Symbol(name) => name.len(),
        _ => 8,
    }
}

/// The arguments of a call as one value.
pub fn list(items: Vec<ScVal>) -> ScVal {
    ScVal::Vec(Some(ScVec(within(items))))
}

fn within<T>(items: Vec<T>) -> VecM<T> {
    items.try_into().unwrap_or_else(|_| unreachable!("as long as any"))
}
