//! JSON-RPC 2.0: the methods of the official server, and a few for developers.

mod developer;
mod entries;
mod error;
mod events;
pub mod fees;
mod filter;
mod format;
mod ledgers;
mod paging;
mod params;
mod place;
mod simulation;
mod status;
mod transactions;

pub use error::RpcError;

use crate::network::Network;
use crate::worker::Worker;
use params::Params;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// So that what a batch is answered with fits into memory.
const MAX_BATCH: usize = 100;

type Answer = Result<Value, RpcError>;

/// Answers requests with what the network knows.
#[derive(Clone)]
pub struct Rpc {
    worker: Worker,
    friendbot_url: Arc<str>,
}

impl Rpc {
    pub fn new(worker: Worker, friendbot_url: &str) -> Self {
        Self { worker, friendbot_url: friendbot_url.into() }
    }

    /// The answer to whatever was sent; none if nobody wants to know.
    pub async fn answer(&self, body: &[u8]) -> Option<Value> {
        match serde_json::from_slice(body) {
            Ok(Value::Array(batch)) => self.answer_batch(batch).await,
            Ok(request) => self.answer_one(request).await,
            Err(error) => Some(refusal(RpcError::parse(format!("not JSON: {error}")))),
        }
    }

    async fn answer_batch(&self, batch: Vec<Value>) -> Option<Value> {
        if batch.is_empty() {
            return Some(refusal(RpcError::invalid_request("an empty batch")));
        }
        if batch.len() > MAX_BATCH {
            let message = format!("a batch of more than {MAX_BATCH} requests");
            return Some(refusal(RpcError::invalid_request(message)));
        }
        let mut answers = Vec::new();
        for request in batch {
            answers.extend(self.answer_one(request).await);
        }
        (!answers.is_empty()).then_some(Value::Array(answers))
    }

    async fn answer_one(&self, request: Value) -> Option<Value> {
        let Value::Object(mut request) = request else {
            return Some(refusal(RpcError::invalid_request("a request is a JSON object")));
        };
        let id = request.remove("id");
        if matches!(id, Some(Value::Bool(_) | Value::Array(_) | Value::Object(_))) {
            let error = RpcError::invalid_request("id: must be a string, a number or null");
            return Some(refusal(error));
        }
        let method = match method(&mut request) {
            Ok(method) => method,
            Err(error) => return Some(response(id.unwrap_or_default(), Err(error))),
        };
        let answer = self.call(method, request.remove("params")).await;
        id.map(|id| response(id, answer))
    }

    async fn call(&self, method: String, params: Option<Value>) -> Answer {
        let params = Params::new(params)?;
        let url = self.friendbot_url.clone();
        self.worker.call(move |network| dispatch(network, &url, &method, &params)).await?
    }

    /// Calls a method without any HTTP.
    pub fn call_blocking(&self, method: &str, params: Value) -> Answer {
        let params = Params::new(Some(params))?;
        let (url, method) = (self.friendbot_url.clone(), method.to_owned());
        self.worker.call_blocking(move |network| dispatch(network, &url, &method, &params))?
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

fn dispatch(network: &mut Network, friendbot_url: &str, method: &str, params: &Params) -> Answer {
    match method {
        "getHealth" => Ok(status::health(network)),
        "getNetwork" => Ok(status::network(friendbot_url)),
        "getVersionInfo" => Ok(status::version()),
        "getFeeStats" => Ok(fees::stats(network)),
        "getLatestLedger" => Ok(ledgers::latest(network)),
        "getLedgers" => ledgers::list(network, params),
        "getLedgerEntries" => entries::get(network, params),
        "simulateTransaction" => simulation::simulate(network, params),
        "sendTransaction" => transactions::send(network, params),
        "getTransaction" => transactions::get(network, params),
        "getTransactions" => transactions::list(network, params),
        "getEvents" => events::list(network, params),
        "localnet_advanceTime" => developer::advance_time(network, params),
        "localnet_advanceLedgers" => developer::advance_ledgers(network, params),
        "localnet_snapshot" => Ok(developer::snapshot(network)),
        "localnet_restore" => developer::restore(network, params),
        _ => Err(RpcError::unknown_method(method)),
    }
}

/// The answer to what is no request at all.
pub fn refusal(error: RpcError) -> Value {
    response(Value::Null, Err(error))
}

fn response(id: Value, answer: Answer) -> Value {
    match answer {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => json!({ "jsonrpc": "2.0", "id": id, "error": error.to_json() }),
    }
}
