//! What the first ledgers hold: the named accounts, a token that they have, and the contracts of
//! the token and of XLM. Everything but root comes about by transactions.

use crate::accounts::{Account, STARTING_STROOPS, address_of, issuer};
use crate::network::{Network, Status};
use crate::root;
use crate::settings::STROOPS_PER_XLM;
use std::iter;
use stellar_xdr::{
    AlphaNum4, Asset, AssetCode4, ChangeTrustAsset, ChangeTrustOp, ContractExecutable,
    ContractIdPreimage, CreateAccountOp, CreateContractArgs, HostFunction, Operation,
    OperationBody, PaymentOp, TransactionEnvelope,
};

pub const TOKEN_CODE: &str = "USDC";
/// What each named account has of the token, in its smallest unit, of which there are as many in
/// one as in an XLM.
pub const TOKEN_AMOUNT: i64 = 1_000_000 * STROOPS_PER_XLM;

/// An envelope holds 20 signatures; root and the issuer need one each.
const ACCOUNTS_PER_TRANSACTION: usize = 18;

/// The token that everybody has.
pub fn token() -> AlphaNum4 {
    AlphaNum4 { asset_code: AssetCode4(*b"USDC"), issuer: issuer().id }
}

/// Brings about what every network starts with.
pub fn build(net: &mut Network, accounts: &[Account]) {
    let (issuer, token) = (issuer(), token());
    send(net, root::transaction(net, vec![create(&issuer)], &[]));
    for group in accounts.chunks(ACCOUNTS_PER_TRANSACTION) {
        let operations =
            group.iter().flat_map(|who| [create(who), trust(who, &token), pay(who, &token)]);
        let signers: Vec<_> = iter::once(&issuer).chain(group).map(|who| &who.secret).collect();
        send(net, root::transaction(net, operations.collect(), &signers));
    }
    for asset in [Asset::Native, Asset::CreditAlphanum4(token)] {
        let envelope =
            root::invocation(net, deploy(asset)).expect("a contract that is not there yet");
        send(net, envelope);
    }
}

fn send(net: &mut Network, envelope: TransactionEnvelope) {
    let sent = net.submit(envelope).expect("nothing is kept in a state file yet");
    assert!(matches!(sent.status, Status::Pending), "what every network starts with is valid");
}

fn create(account: &Account) -> Operation {
    let destination = account.id.clone();
    let create = CreateAccountOp { destination, starting_balance: STARTING_STROOPS };
    Operation { source_account: None, body: OperationBody::CreateAccount(create) }
}

fn trust(account: &Account, token: &AlphaNum4) -> Operation {
    let line = ChangeTrustAsset::CreditAlphanum4(token.clone());
    let body = OperationBody::ChangeTrust(ChangeTrustOp { line, limit: i64::MAX });
    Operation { source_account: Some(address_of(&account.id)), body }
}

fn pay(account: &Account, token: &AlphaNum4) -> Operation {
    let asset = Asset::CreditAlphanum4(token.clone());
    let destination = address_of(&account.id);
    let body = OperationBody::Payment(PaymentOp { destination, asset, amount: TOKEN_AMOUNT });
    Operation { source_account: Some(address_of(&token.issuer)), body }
}

fn deploy(asset: Asset) -> HostFunction {
    HostFunction::CreateContract(CreateContractArgs {
        contract_id_preimage: ContractIdPreimage::Asset(asset),
        executable: ContractExecutable::StellarAsset,
    })
}
