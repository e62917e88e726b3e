//! What a method is called with.

use super::error::RpcError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use stellar_xdr::{Limits, ReadXdr};

/// How deep XDR may be nested: as deep as the host takes it.
const XDR_DEPTH: u32 = 500;

/// Parameters by name; those that no method knows are ignored.
#[derive(Debug, Default, Deserialize)]
pub struct Params(Map<String, Value>);

impl Params {
    pub fn new(params: Option<Value>) -> Result<Self, RpcError> {
        match params {
            None | Some(Value::Null) => Ok(Self::default()),
            Some(Value::Object(params)) => Ok(Self(params)),
            Some(Value::Array(params)) if params.is_empty() => Ok(Self::default()),
            Some(Value::Array(_)) => {
                Err(RpcError::invalid_params("params: are given by name, in an object"))
            }
            Some(_) => Err(RpcError::invalid_request("params: must be an array or an object")),
        }
    }

    /// A parameter that may be left out, or be null.
    pub fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, RpcError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => T::deserialize(value)
                .map(Some)
                .map_err(|error| RpcError::invalid_params(format!("{name}: {error}"))),
        }
    }

    pub fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, RpcError> {
        self.optional(name)?.ok_or_else(|| RpcError::invalid_params(format!("{name}: is missing")))
    }
}

/// Reads XDR in base64 that fills its text, and nothing deeper than the network takes.
pub fn decode<T: ReadXdr>(base64: &str) -> Option<T> {
    // What is decoded is never longer than the text.
    T::from_xdr_base64(base64, Limits { depth: XDR_DEPTH, len: base64.len() }).ok()
}
