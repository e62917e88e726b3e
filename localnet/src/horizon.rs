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
use axum::http::StatusCode;
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
        .route("/accounts/{id}/operations", get(operations))
        .route("/fee_stats", get(fee_stats))
        .route("/transactions", post(transactions))
        .with_state(worker)
}

pub type Answer = Result<Json<Value>, Problem>;

type Id = Result<Path<String>, PathRejection>;

async fn account(State(worker): State<Worker>, id: Id) -> Answer {
    let Path(id) = id?;
    let Ok(id) = id.parse::<AccountId>() else {
        let detail = "The path names no account, which begins with G and has 56 characters.";
        return Err(Problem::bad_request(detail).with("invalid_field", "account_id"));
    };
    let account = worker.call(move |net| account::find(&net.entries, &id)).await?;
    account.map(Json).ok_or_else(nobody)
}

#[derive(Deserialize)]
struct Search {
    signer: Option<String>,
}

async fn accounts(
    State(worker): State<Worker>,
    query: Result<Query<Search>, QueryRejection>,
) -> Answer {
    let Query(Search { signer }) = query?;
    let Some(signer) = signer else {
        return Err(Problem::bad_request("Accounts are found by their signer only: ?signer=G…"));
    };
    let found = worker.call(move |net| account::signed_by(&net.entries, &signer)).await?;
    Ok(page(found))
}

/// Nobody keeps a list of operations here: the wallet shows an empty one.
async fn operations(worker: State<Worker>, id: Id) -> Answer {
    account(worker, id).await.map(|_| page(Vec::new()))
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
        Status::TryAgainLater => Ok(None),
        Status::Error(result) => Err(refused(&result)),
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

fn nobody() -> Problem {
    let detail = "There is no such account on this network.";
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
