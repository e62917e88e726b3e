//! Reads a JSON file field by field, and gathers every problem with its path.

use crate::strkey::{Written, classify};
use crate::{amount, clock};
use serde_json::{Map, Value};

/// Turns the name of an identity into its address.
pub type Names<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What is wrong with a file, so far.
pub struct Reader<'a> {
    pub problems: Vec<String>,
    names: Names<'a>,
    now: u64,
}

/// An object of the file, and where it stands.
pub struct Object<'a> {
    path: String,
    fields: &'a Map<String, Value>,
}

impl Object<'_> {
    pub fn path(&self, field: &str) -> String {
        if self.path.is_empty() { field.into() } else { format!("{}.{field}", self.path) }
    }

    /// What stands in a field; null is as good as nothing.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }
}

impl<'a> Reader<'a> {
    pub fn new(names: Names<'a>, now: u64) -> Self {
        Self { problems: Vec::new(), names, now }
    }

    pub fn problem(&mut self, path: impl AsRef<str>, what: impl AsRef<str>) {
        self.problems.push(format!("{}: {}", path.as_ref(), what.as_ref()));
    }

    /// An object that has no other fields than these.
    pub fn object<'v>(
        &mut self,
        path: String,
        value: &'v Value,
        known: &[&str],
    ) -> Option<Object<'v>> {
        let Some(fields) = value.as_object() else {
            let place = if path.is_empty() { "the file".into() } else { path };
            self.problem(place, "this has to be an object: { … }");
            return None;
        };
        let object = Object { path, fields };
        for field in fields.keys().filter(|field| !known.contains(&field.as_str())) {
            let known = known.join(", ");
            self.problem(object.path(field), format!("unknown field; there are {known}"));
        }
        Some(object)
    }

    /// An object in a field that has to be there.
    pub fn inner<'v>(
        &mut self,
        of: &Object<'v>,
        field: &str,
        known: &[&str],
    ) -> Option<Object<'v>> {
        match of.fields.get(field) {
            Some(value) => self.object(of.path(field), value, known),
            None => {
                self.problem(of.path(field), "missing");
                None
            }
        }
    }

    /// A list; an empty one, where there is none.
    pub fn list<'v>(&mut self, of: &Object<'v>, field: &str) -> &'v [Value] {
        match of.fields.get(field) {
            Some(Value::Array(items)) => items,
            None | Some(Value::Null) => &[],
            Some(_) => {
                self.problem(of.path(field), "this has to be a list: [ … ]");
                &[]
            }
        }
    }

    /// A text of at most so many bytes.
    pub fn text(&mut self, of: &Object, field: &str, cap: usize) -> Option<String> {
        let Some(text) = of.get(field)?.as_str() else {
            self.problem(of.path(field), "this has to be text, in quotes");
            return None;
        };
        if text.len() > cap {
            let what = format!("{} bytes, and at most {cap} are allowed", text.len());
            self.problem(of.path(field), what);
        }
        Some(text.into())
    }

    /// A SHA-256, in hexadecimal.
    pub fn hash(&mut self, of: &Object, field: &str) -> Option<String> {
        let text = of.get(field)?.as_str().unwrap_or_default().to_lowercase();
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(text);
        }
        self.problem(of.path(field), "this has to be a SHA-256: 64 hexadecimal digits, in quotes");
        None
    }

    /// A whole number in a range.
    pub fn number(&mut self, of: &Object, field: &str, range: [u64; 2]) -> Option<u64> {
        let [least, most] = range;
        let number = of.get(field)?.as_u64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let what = format!("this has to be a whole number from {least} to {most}");
            self.problem(of.path(field), what);
        }
        number
    }

    /// The same, where it has to be there.
    pub fn needed_number(&mut self, of: &Object, field: &str, range: [u64; 2]) -> u64 {
        if of.get(field).is_none() {
            self.problem(of.path(field), "missing");
        }
        self.number(of, field, range).unwrap_or(range[0])
    }

    /// An address, or the name of an identity.
    pub fn address(&mut self, path: &str, value: &Value) -> String {
        let Some(text) = value.as_str() else {
            self.problem(path, "this has to be an address or a name, in quotes");
            return String::new();
        };
        match classify(text) {
            Written::Address => return text.into(),
            Written::Wrong(why) => self.problem(path, why),
            Written::Name => match (self.names)(text) {
                Some(address) => return address,
                None => self.problem(
                    path,
                    format!("{text:?} is neither an address nor an identity of `stellar keys`"),
                ),
            },
        }
        String::new()
    }

    /// An amount above zero; with the decimals of the token, where they are known.
    pub fn amount(&mut self, of: &Object, field: &str, decimals: Option<u32>) -> i128 {
        let path = of.path(field);
        let Some(value) = of.get(field) else {
            self.problem(path, "missing");
            return 0;
        };
        let Some(text) = value.as_str() else {
            self.problem(
                path,
                "write the amount in quotes, so that nothing rounds it: \"1000.50\"",
            );
            return 0;
        };
        match amount::read(text, decimals.unwrap_or(18)) {
            Ok(0) => self.problem(path, "an amount is above zero"),
            Ok(units) => return units,
            Err(why) => self.problem(path, why),
        }
        0
    }

    /// A moment that is not past: a date, seconds since 1970, or days from now such as `+30d`.
    pub fn due(&mut self, of: &Object, field: &str) -> Option<u64> {
        let value = of.get(field)?;
        let read = match value.as_str() {
            Some(text) => match text.strip_prefix('+').and_then(|days| days.strip_suffix('d')) {
                Some(days) => {
                    let days = days.parse::<u32>().ok();
                    days.map(|days| self.now.saturating_add(u64::from(days) * 86_400))
                }
                None => clock::read(text),
            },
            None => value.as_u64(),
        };
        match read {
            None => self.problem(
                of.path(field),
                "this has to be 2027-03-01, 2027-03-01T12:00:00Z, +30d, or seconds since 1970",
            ),
            Some(due) if due > 0 && due < self.now => {
                self.problem(of.path(field), format!("{} is past", clock::shown(due)));
            }
            Some(_) => {}
        }
        read
    }
}
