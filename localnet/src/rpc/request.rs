//! Requests of JSON-RPC, and how answers to them look.

use super::Answer;
use super::error::RpcError;
use serde_json::{Map, Value, json};

/// A request that says what it wants.
pub struct Request {
    /// Whoever gives none does not want an answer.
    pub id: Option<Value>,
    pub method: String,
    pub params: Option<Value>,
}

impl Request {
    /// Reads what was sent; what is no request is refused.
    pub fn read(request: Value) -> Result<Self, Value> {
        let Value::Object(mut request) = request else {
            return Err(refusal(RpcError::invalid_request("a request is a JSON object")));
        };
        let id = request.remove("id");
        if matches!(id, Some(Value::Bool(_) | Value::Array(_) | Value::Object(_))) {
            let error = RpcError::invalid_request("id: must be a string, a number or null");
            return Err(refusal(error));
        }
        match method(&mut request) {
            Ok(method) => Ok(Self { id, method, params: request.remove("params") }),
            Err(error) => Err(response(id.unwrap_or_default(), Err(error))),
        }
    }
}

fn method(request: &mut Map<String, Value>) -> Result<String, RpcError> {
    if request.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err(RpcError::invalid_request("jsonrpc: must be \"2.0\""));
    }
    match request.remove("method") {
        Some(Value::String(method)) => Ok(method),
        _ => Err(RpcError::invalid_request("method: must be a string")),
    }
}

/// The answer to what is no request at all.
pub fn refusal(error: RpcError) -> Value {
    response(Value::Null, Err(error))
}

pub fn response(id: Value, answer: Answer) -> Value {
    match answer {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => json!({ "jsonrpc": "2.0", "id": id, "error": error.to_json() }),
    }
}
