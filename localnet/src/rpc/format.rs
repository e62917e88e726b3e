//! The two forms in which values are told.

use super::error::RpcError;
use super::params::Params;
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use stellar_xdr::{Limited, Limits, WriteXdr};

/// How values are told. In JSON they have names of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XDR in base64.
    Base64,
    /// The JSON form of XDR.
    Json,
}

impl Format {
    pub fn of(params: &Params) -> Result<Self, RpcError> {
        match params.optional::<String>("xdrFormat")?.as_deref() {
            None | Some("" | "base64") => Ok(Self::Base64),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(RpcError::invalid_params(format!(
                "got '{other}': expected base64, json for optional 'xdrFormat'"
            ))),
        }
    }

    pub fn name(self, base64: &'static str, json: &'static str) -> &'static str {
        match self {
            Self::Base64 => base64,
            Self::Json => json,
        }
    }

    pub fn tell<T: WriteXdr + Serialize>(self, value: &T) -> Value {
        match self {
            Self::Base64 => base64(value).into(),
            Self::Json => serde_json::to_value(value).expect("a value that JSON can hold"),
        }
    }

    pub fn tell_all<'a, T: WriteXdr + Serialize + 'a>(
        self,
        values: impl IntoIterator<Item = &'a T>,
    ) -> Value {
        values.into_iter().map(|value| self.tell(value)).collect()
    }
}

pub fn base64(value: &impl WriteXdr) -> String {
    value.to_xdr_base64(Limits::none()).expect("a value that XDR can hold")
}

/// A value that stands as XDR already.
pub struct Written<'a>(pub &'a [u8]);

impl WriteXdr for Written<'_> {
    fn write_xdr<W: Write>(&self, out: &mut Limited<W>) -> Result<(), stellar_xdr::Error> {
        Ok(out.inner.write_all(self.0)?)
    }
}
