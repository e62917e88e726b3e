//! Friendbot: gives 10,000 XLM to whoever asks.

use crate::accounts::{STARTING_STROOPS, id_of};
use crate::horizon::{Answer, send};
use crate::ledger::Read;
use crate::network::Network;
use crate::operations::classic::events::asset_contract;
use crate::problem::Problem;
use crate::root;
use crate::worker::Worker;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Form, Router};
use serde::Deserialize;
use stellar_xdr::{
    AccountId, Asset, ContractId, CreateAccountOp, HostFunction, InvokeContractArgs, Operation,
    OperationBody, ScAddress, ScSymbol, ScVal, TransactionEnvelope,
};

pub fn router(worker: Worker) -> Router {
    Router::new().route("/friendbot", get(fund).post(fund)).with_state(worker)
}

#[derive(Deserialize)]
struct Wish {
    addr: Option<String>,
}

/// The address is in the query or in a form.
async fn fund(
    State(worker): State<Worker>,
    query: Result<Query<Wish>, QueryRejection>,
    form: Result<Form<Wish>, FormRejection>,
) -> Answer {
    let Query(Wish { addr }) = query?;
    let addr = addr.or_else(|| form.ok()?.0.addr).unwrap_or_default();
    match addr.parse() {
        Ok(ScAddress::Account(id)) => send(&worker, move |net| create(net, &id)).await,
        Ok(ScAddress::Contract(id)) => send(&worker, move |net| transfer(net, &id)).await,
        _ => Err(unknown()),
    }
}

fn create(net: &Network, id: &AccountId) -> Result<TransactionEnvelope, Problem> {
    if net.entries.account(id).is_some() {
        return Err(there_already());
    }
    let destination = id.clone();
    let create = CreateAccountOp { destination, starting_balance: STARTING_STROOPS };
    let body = OperationBody::CreateAccount(create);
    Ok(root::transaction(net, vec![Operation { source_account: None, body }], &[]))
}

/// From root to a contract, which holds its XLM in the asset contract.
fn transfer(net: &Network, id: &ContractId) -> Result<TransactionEnvelope, Problem> {
    let root = ScAddress::Account(id_of(&root::key(&net.network_id)));
    let to = ScAddress::Contract(id.clone());
    let amount = ScVal::from(i128::from(STARTING_STROOPS));
    let args = vec![ScVal::Address(root), ScVal::Address(to), amount];
    let call = InvokeContractArgs {
        contract_address: ScAddress::Contract(asset_contract(&Asset::Native, &net.network_id)),
        function_name: ScSymbol("transfer".try_into().expect("a short name")),
        args: args.try_into().expect("three arguments"),
    };
    let function = HostFunction::InvokeContract(call);
    root::invocation(net, function).map_err(Problem::bad_request)
}

fn unknown() -> Problem {
    let detail = "The parameter addr is to name an account (G…) or a contract (C…).";
    Problem::bad_request(detail).with("invalid_field", "addr")
}

/// Clients take this for a success, each by words that it knows.
fn there_already() -> Problem {
    Problem::bad_request("account already funded to starting balance (createAccountAlreadyExist)")
}
