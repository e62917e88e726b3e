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
mod request;
mod simulation;
mod status;
mod transactions;

pub use error::RpcError;
pub use request::refusal;

use crate::network::Network;
use crate::worker::Worker;
use params::Params;
use request::{Request, response};
use serde_json::Value;
use std::sync::Arc;

/// How many requests a batch holds, as long as their answers together are not too long: so that
/// they fit into memory.
const MAX_BATCH: usize = 100;
const MAX_BATCH_BYTES: usize = 32_000_000;

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

    /// The answer to whatever was sent, in JSON; none if nobody wants to know.
    pub async fn answer(&self, body: &[u8]) -> Option<String> {
        let answer = match serde_json::from_slice(body) {
            Ok(Value::Array(batch)) => return self.answer_batch(batch).await,
            Ok(request) => self.answer_one(request, 0).await,
            Err(error) => Some(refusal(RpcError::parse(format!("not JSON: {error}")))),
        };
        answer.map(|answer| answer.to_string())
    }

    async fn answer_batch(&self, batch: Vec<Value>) -> Option<String> {
        if batch.is_empty() {
            return Some(refusal(RpcError::invalid_request("an empty batch")).to_string());
        }
        if batch.len() > MAX_BATCH {
            let message = format!("a batch of more than {MAX_BATCH} requests");
            return Some(refusal(RpcError::invalid_request(message)).to_string());
        }
        let mut answers = String::new();
        for request in batch {
            if let Some(answer) = self.answer_one(request, answers.len()).await {
                answers.push(if answers.is_empty() { '[' } else { ',' });
                answers += &answer.to_string();
            }
        }
        (!answers.is_empty()).then(|| answers + "]")
    }

    /// The answer to a request, after so many bytes of answers in the same batch.
    async fn answer_one(&self, request: Value, answered: usize) -> Option<Value> {
        let request = match Request::read(request) {
            Ok(request) => request,
            Err(refusal) => return Some(refusal),
        };
        let answer = if answered < MAX_BATCH_BYTES {
            self.call(request.method, request.params).await
        } else {
            let message = "this batch already has the longest answer that it may have: ask again";
            Err(RpcError::invalid_request(message))
        };
        request.id.map(|id| response(id, answer))
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
