//! The root account: it holds all that is nobody's, and what the network itself does is done by it.

use crate::accounts::{address_of, id_of, sign};
use crate::ledger::Read;
use crate::network::Network;
use crate::settings::BASE_FEE_STROOPS;
use crate::simulate;
use ed25519_dalek::SigningKey;
use soroban_env_host::e2e_invoke::RecordingInvocationAuthMode;
use stellar_xdr::{
    Hash, HostFunction, InvokeHostFunctionOp, Memo, Operation, OperationBody, Preconditions,
    SequenceNumber, Transaction, TransactionEnvelope, TransactionExt,
};

/// Its key, which follows from the name of the network, as on every Stellar network.
pub fn key(network_id: &Hash) -> SigningKey {
    SigningKey::from_bytes(&network_id.0)
}

/// A transaction of root with these operations, 100 at most; whoever else is the source of one
/// signs too.
pub fn transaction(
    net: &Network,
    operations: Vec<Operation>,
    others: &[&SigningKey],
) -> TransactionEnvelope {
    let fee = BASE_FEE_STROOPS * operations.len() as u32;
    signed(net, operations, fee, TransactionExt::V0, others)
}

/// A transaction in which root calls a function, with the resources that the call takes now; or
/// why the call fails.
pub fn invocation(net: &Network, function: HostFunction) -> Result<TransactionEnvelope, String> {
    let source = id_of(&key(&net.network_id));
    let auth = RecordingInvocationAuthMode::recording(true, false);
    let tried = simulate::invoke(net, &function, auth, &source, 0)?;
    if let Some(error) = tried.error {
        return Err(error);
    }
    let data = tried.data.expect("what a call takes that succeeds");
    let auth = tried.auth.try_into().expect("as many as the host has counted");
    let call = InvokeHostFunctionOp { host_function: function, auth };
    let fee = u32::try_from(data.resource_fee).expect("a fee that one call can cost");
    let operation =
        Operation { source_account: None, body: OperationBody::InvokeHostFunction(call) };
    Ok(signed(net, vec![operation], fee + BASE_FEE_STROOPS, TransactionExt::V1(data), &[]))
}

fn signed(
    net: &Network,
    operations: Vec<Operation>,
    fee: u32,
    ext: TransactionExt,
    others: &[&SigningKey],
) -> TransactionEnvelope {
    let key = key(&net.network_id);
    let id = id_of(&key);
    // Everybody can sign for root: it may be gone, and then the network refuses what it sends.
    let sequence = net.entries.account(&id).map_or(0, |account| account.seq_num.0);
    let tx = Transaction {
        source_account: address_of(&id),
        fee,
        seq_num: SequenceNumber(sequence.saturating_add(1)),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().expect("as many operations as a transaction holds"),
        ext,
    };
    let signers: Vec<_> = std::iter::once(&key).chain(others.iter().copied()).collect();
    sign(tx, &net.network_id, &signers)
}
