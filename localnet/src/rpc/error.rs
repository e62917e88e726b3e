//! What a call is refused with.

use crate::store::StoreError;
use crate::worker::Defect;
use serde_json::{Value, json};

/// An error of JSON-RPC.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({code})")]
pub struct RpcError {
    pub code: i64,
    pub message: String,
}

impl RpcError {
    /// What was sent is not JSON.
    pub fn parse(message: impl Into<String>) -> Self {
        Self { code: -32700, message: message.into() }
    }

    /// It is JSON, but no request; or one that asks for what is not there.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self { code: -32600, message: message.into() }
    }

    pub fn unknown_method(name: &str) -> Self {
        Self { code: -32601, message: format!("method not found: {name}") }
    }

    pub fn invalid_params(message: impl Into<String>) -> Self {
        Self { code: -32602, message: message.into() }
    }

    /// It is not the caller's fault.
    fn internal(message: String) -> Self {
        Self { code: -32603, message }
    }

    pub fn to_json(&self) -> Value {
        json!({ "code": self.code, "message": self.message })
    }
}

impl From<Defect> for RpcError {
    fn from(defect: Defect) -> Self {
        Self::internal(defect.to_string())
    }
}

impl From<StoreError> for RpcError {
    fn from(error: StoreError) -> Self {
        Self::internal(error.to_string())
    }
}
