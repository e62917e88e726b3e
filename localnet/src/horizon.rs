//! The little of Horizon that wallets ask for: accounts, fees, and the sending of transactions.

mod account;
mod codes;
mod fees;

use crate::history::Applied;
use crate::network::{Network, Status};
use crate::problem::Problem;
use crate::worker::Worker;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use stellar_xdr::{
    AccountId, Hash, Limits, ReadXdr, TransactionEnvelope, TransactionResult,
    TransactionResultResult, WriteXdr,
};

/// How long a client waits for the ledger that is to hold its transaction.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked for meanwhile.
const GLANCE: Duration = Duration::from_millis(50);

pub fn router(worker: Worker) -> Router {
    Router::new()
        .route("/accounts", get(accounts))
        .route("/accounts/{id}", get(account))
        .route("/accounts/{id}/data/{name}", get(data))
        .route("/accounts/{id}/operations", get(operations))
        .route("/fee_stats", get(fee_stats))
        .route("/transactions", post(transactions))
        .with_state(worker)
}

pub type Answer = Result<Json<Value>, Problem>;

type In<T> = Result<Path<T>, PathRejection>;

async fn account(State(worker): State<Worker>, headers: HeaderMap, id: In<String>) -> Answer {
    let account = find(&worker, &id?).await?;
    Ok(Json(with_link(account, &headers)))
}

/// One item of what an account has written down.
async fn data(State(worker): State<Worker>, place: In<(String, String)>) -> Answer {
    let Path((id, name)) = place?;
    match find(&worker, &id).await?["data"].get(name) {
        Some(value) => Ok(Json(json!({ "value": value }))),
        None => Err(missing("The account has no data of that name.")),
    }
}

/// Nobody keeps a list of operations here: the wallet shows an empty one.
async fn operations(State(worker): State<Worker>, id: In<String>) -> Answer {
    find(&worker, &id?).await.map(|_| page(Vec::new()))
}

async fn find(worker: &Worker, id: &str) -> Result<Value, Problem> {
    let Ok(id) = id.parse::<AccountId>() else {
        let detail = "The path names no account, which begins with G and has 56 characters.";
        return Err(Problem::bad_request(detail).with("invalid_field", "account_id"));
    };
    let account = worker.call(move |net| account::find(&net.entries, &id)).await?;
    account.ok_or_else(|| missing("There is no such account on this network."))
}

#[derive(Deserialize)]
struct Search {
    signer: Option<String>,
}

async fn accounts(
    State(worker): State<Worker>,
    headers: HeaderMap,
    query: Result<Query<Search>, QueryRejection>,
) -> Answer {
    let Query(Search { signer }) = query?;
    let Some(signer) = signer else {
        return Err(Problem::bad_request("Accounts are found by their signer only: ?signer=G…"));
    };
    let found = worker.call(move |net| account::signed_by(&net.entries, &signer)).await?;
    Ok(page(found.into_iter().map(|account| with_link(account, &headers)).collect()))
}

/// The JavaScript SDK finds the data of an account only beside a link to it, with a host.
fn with_link(mut account: Value, headers: &HeaderMap) -> Value {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let id = account["id"].as_str().unwrap_or_default();
    let href = format!("http://{host}/accounts/{id}/data/{{key}}");
    account["_links"] = json!({ "data": { "href": href, "templated": true } });
    account
}

fn page(records: Vec<Value>) -> Json<Value> {
    Json(json!({ "_embedded": { "records": records } }))
}

async fn fee_stats(State(worker): State<Worker>) -> Answer {
    Ok(Json(worker.call(|net| fees::stats(net)).await?))
}

#[derive(Deserialize)]
struct Sending {
    tx: String,
}

async fn transactions(
    State(worker): State<Worker>,
    form: Result<Form<Sending>, FormRejection>,
) -> Answer {
    let Form(Sending { tx }) = form?;
    let limits = Limits { depth: 500, len: tx.len() };
    let Ok(envelope) = TransactionEnvelope::from_xdr_base64(&tx, limits) else {
        return Err(malformed(tx));
    };
    send(&worker, move |_| Ok(envelope.clone())).await
}

/// Sends what is made of the network as it stands, as soon as the network takes it; tells what
/// came of it once its ledger is closed.
pub async fn send(
    worker: &Worker,
    make: impl Fn(&Network) -> Result<TransactionEnvelope, Problem> + Clone + Send + 'static,
) -> Answer {
    let hash = ask(worker, move |net| submit(net, &make).transpose()).await??;
    let applied = ask(worker, move |net| net.history.transaction(&hash)).await?;
    show(&applied)
}

/// Asks until there is an answer.
async fn ask<T: Send + 'static>(
    worker: &Worker,
    question: impl Fn(&mut Network) -> Option<T> + Clone + Send + 'static,
) -> Result<T, Problem> {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if let Some(answer) = worker.call(question.clone()).await? {
            return Ok(answer);
        }
        tokio::time::sleep(GLANCE).await;
    }
    Err(late())
}

/// Nothing while another transaction of the same account is waiting.
fn submit(
    net: &mut Network,
    make: impl Fn(&Network) -> Result<TransactionEnvelope, Problem>,
) -> Result<Option<Hash>, Problem> {
    let envelope = make(net)?;
    let sent = net.submit(envelope)?;
    match sent.status {
        Status::Pending | Status::Duplicate => Ok(Some(sent.hash)),
        // Who sends it once more is told what became of it.
        _ if net.history.transaction(&sent.hash).is_some() => Ok(Some(sent.hash)),
        Status::TryAgainLater => Ok(None),
        Status::Error(result, _) => Err(refused(&result)),
    }
}

fn show(applied: &Applied) -> Answer {
    let result = &applied.processing.result.result;
    let succeeded = matches!(
        result.result,
        TransactionResultResult::TxSuccess(_) | TransactionResultResult::TxFeeBumpInnerSuccess(_)
    );
    if !succeeded {
        return Err(refused(result));
    }
    Ok(Json(json!({
        "id": applied.hash.to_string(),
        "hash": applied.hash.to_string(),
        "ledger": applied.ledger,
        "successful": true,
        "envelope_xdr": base64(&applied.envelope),
        "result_xdr": base64(result),
        "result_meta_xdr": base64(&applied.processing.tx_apply_processing),
    })))
}

fn missing(detail: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "Resource Missing", detail)
}

fn malformed(tx: String) -> Problem {
    let (kind, title) = ("transaction_malformed", "Transaction Malformed");
    let detail = "The form field tx is no transaction envelope in XDR and base64.";
    Problem::new(StatusCode::BAD_REQUEST, kind, title, detail).with("envelope_xdr", tx)
}

fn refused(result: &TransactionResult) -> Problem {
    let (kind, title) = ("transaction_failed", "Transaction Failed");
    let codes = codes::of(result);
    let detail = format!("The network refuses the transaction: {codes}");
    Problem::new(StatusCode::BAD_REQUEST, kind, title, detail)
        .with("result_codes", codes)
        .with("result_xdr", base64(result))
}

fn late() -> Problem {
    let detail = "No ledger has taken the transaction yet; the same one may be sent again.";
    Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "Timeout", detail)
}

fn base64(value: &impl WriteXdr) -> String {
    value.to_xdr_base64(Limits::none()).expect("a value that XDR can hold")
}
