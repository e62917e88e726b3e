//! A transaction as it was sent, and what can be told from it alone.

use crate::ledger::{list, sha256_xdr, xdr};
use crate::settings::BASE_FEE_STROOPS;
use stellar_xdr::{
    AccountId, FeeBumpTransaction, FeeBumpTransactionInnerTx, Hash, InnerTransactionResult,
    InnerTransactionResultExt, InnerTransactionResultPair, InnerTransactionResultResult, Limits,
    MuxedAccount, Operation, OperationBody, OperationResult, Preconditions, PreconditionsV2,
    PublicKey, ReadXdr, SorobanTransactionData, Transaction, TransactionEnvelope, TransactionExt,
    TransactionResult, TransactionResultCode, TransactionResultExt, TransactionResultResult,
    TransactionSignaturePayload, TransactionSignaturePayloadTaggedTransaction,
    TransactionV0Envelope, TransactionV1Envelope,
};

/// Why a transaction is refused or has failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// For a reason of its own, before any operation.
    Whole(TransactionResultCode),
    /// As it declares what a transaction of contracts may not, for which there is but one code.
    Unsound(&'static str),
    /// As one of its operations cannot be done; with what each of them came to.
    Operations(Vec<OperationResult>),
    /// The fee bump itself, not what it wraps.
    FeeBump(TransactionResultCode),
}

impl From<TransactionResultCode> for Refusal {
    fn from(code: TransactionResultCode) -> Self {
        Self::Whole(code)
    }
}

impl Refusal {
    /// What the code alone does not say.
    pub fn why(&self) -> Option<&'static str> {
        match self {
            Self::Unsound(why) => Some(why),
            _ => None,
        }
    }
}

pub struct Frame {
    pub envelope: TransactionEnvelope,
    /// The one that is executed: what a fee bump wraps, or the transaction itself.
    pub inner: TransactionV1Envelope,
    /// What its signers sign.
    pub inner_hash: Hash,
    /// What the signers of the fee bump sign; the same as `inner_hash` without one.
    pub hash: Hash,
}

impl Frame {
    /// Takes any envelope. One of the version before protocol 13 is rewritten, as nodes do it: its
    /// signatures are for the same hash.
    pub fn new(envelope: TransactionEnvelope, network_id: &Hash) -> Self {
        let (envelope, inner) = match envelope {
            TransactionEnvelope::TxV0(old) => {
                let inner = renewed(old);
                (TransactionEnvelope::Tx(inner.clone()), inner)
            }
            TransactionEnvelope::Tx(inner) => (TransactionEnvelope::Tx(inner.clone()), inner),
            TransactionEnvelope::TxFeeBump(bump) => {
                let FeeBumpTransactionInnerTx::Tx(inner) = bump.tx.inner_tx.clone();
                (TransactionEnvelope::TxFeeBump(bump), inner)
            }
        };
        let inner_hash = transaction_hash(&inner.tx, network_id);
        let hash = match &envelope {
            TransactionEnvelope::TxFeeBump(bump) => fee_bump_hash(&bump.tx, network_id),
            _ => inner_hash.clone(),
        };
        Self { envelope, inner, inner_hash, hash }
    }

    pub fn fee_bump(&self) -> Option<&FeeBumpTransaction> {
        match &self.envelope {
            TransactionEnvelope::TxFeeBump(bump) => Some(&bump.tx),
            _ => None,
        }
    }

    pub fn tx(&self) -> &Transaction {
        &self.inner.tx
    }

    pub fn source(&self) -> AccountId {
        account_id(&self.inner.tx.source_account)
    }

    /// Who pays for it.
    pub fn fee_source(&self) -> AccountId {
        match self.fee_bump() {
            Some(bump) => account_id(&bump.fee_source),
            None => self.source(),
        }
    }

    pub fn source_of(&self, operation: &Operation) -> AccountId {
        operation.source_account.as_ref().map_or_else(|| self.source(), account_id)
    }

    pub fn is_soroban(&self) -> bool {
        self.inner.tx.operations.first().is_some_and(is_soroban)
    }

    pub fn soroban_data(&self) -> Option<&SorobanTransactionData> {
        match &self.inner.tx.ext {
            TransactionExt::V1(data) if self.is_soroban() => Some(data),
            _ => None,
        }
    }

    fn resource_fee(&self) -> i64 {
        self.soroban_data().map_or(0, |data| data.resource_fee)
    }

    /// All that its sender offers.
    pub fn full_fee(&self) -> i64 {
        self.fee_bump().map_or_else(|| self.inner.tx.fee.into(), |bump| bump.fee)
    }

    /// What is offered for being taken into a ledger, apart from what resources cost.
    pub fn inclusion_fee(&self) -> i64 {
        self.full_fee().saturating_sub(self.resource_fee())
    }

    /// The same of what a fee bump wraps.
    pub fn inner_inclusion_fee(&self) -> i64 {
        i64::from(self.inner.tx.fee).saturating_sub(self.resource_fee())
    }

    pub fn inner_min_inclusion_fee(&self) -> i64 {
        i64::from(BASE_FEE_STROOPS) * self.inner.tx.operations.len().max(1) as i64
    }

    /// The least inclusion fee that the network takes: a fee bump counts as an operation.
    pub fn min_inclusion_fee(&self) -> i64 {
        let bump = if self.fee_bump().is_some() { BASE_FEE_STROOPS } else { 0 };
        self.inner_min_inclusion_fee() + i64::from(bump)
    }

    /// What it costs before anything is given back: nobody competes for room in this network.
    pub fn charge(&self) -> i64 {
        self.resource_fee().saturating_add(self.inclusion_fee().min(self.min_inclusion_fee()))
    }

    /// The least that it would have cost to be taken.
    pub fn least_fee(&self) -> i64 {
        self.resource_fee().saturating_add(self.min_inclusion_fee())
    }

    /// The size that is paid for: of the inner envelope.
    pub fn size(&self) -> u32 {
        let envelope = TransactionEnvelope::Tx(self.inner.clone());
        xdr(&envelope).len().try_into().unwrap_or(u32::MAX)
    }

    pub fn preconditions(&self) -> PreconditionsV2 {
        let none = PreconditionsV2 {
            time_bounds: None,
            ledger_bounds: None,
            min_seq_num: None,
            min_seq_age: stellar_xdr::Duration(0),
            min_seq_ledger_gap: 0,
            extra_signers: Default::default(),
        };
        match &self.inner.tx.cond {
            Preconditions::None => none,
            Preconditions::Time(bounds) => {
                PreconditionsV2 { time_bounds: Some(bounds.clone()), ..none }
            }
            Preconditions::V2(conditions) => conditions.clone(),
        }
    }

    /// What the network answers for it.
    pub fn result(
        &self,
        fee_charged: i64,
        outcome: Result<Vec<OperationResult>, Refusal>,
    ) -> TransactionResult {
        let result = match (self.fee_bump(), outcome) {
            (_, Err(Refusal::FeeBump(code))) => alone(code),
            (None, outcome) => outer(outcome),
            (Some(_), outcome) => {
                let succeeded = outcome.is_ok();
                let pair = InnerTransactionResultPair {
                    transaction_hash: self.inner_hash.clone(),
                    result: InnerTransactionResult {
                        fee_charged: 0,
                        result: inner(outcome),
                        ext: InnerTransactionResultExt::V0,
                    },
                };
                if succeeded {
                    TransactionResultResult::TxFeeBumpInnerSuccess(pair)
                } else {
                    TransactionResultResult::TxFeeBumpInnerFailed(pair)
                }
            }
        };
        TransactionResult { fee_charged, result, ext: TransactionResultExt::V0 }
    }
}

fn renewed(
    TransactionV0Envelope { tx, signatures }: TransactionV0Envelope,
) -> TransactionV1Envelope {
    let tx = Transaction {
        source_account: MuxedAccount::Ed25519(tx.source_account_ed25519),
        fee: tx.fee,
        seq_num: tx.seq_num,
        cond: tx.time_bounds.map_or(Preconditions::None, Preconditions::Time),
        memo: tx.memo,
        operations: tx.operations,
        ext: TransactionExt::V0,
    };
    TransactionV1Envelope { tx, signatures }
}

fn outer(outcome: Result<Vec<OperationResult>, Refusal>) -> TransactionResultResult {
    match outcome {
        Ok(results) => TransactionResultResult::TxSuccess(list(results)),
        Err(Refusal::Operations(results)) => TransactionResultResult::TxFailed(list(results)),
        Err(Refusal::Unsound(_)) => TransactionResultResult::TxSorobanInvalid,
        Err(Refusal::Whole(code) | Refusal::FeeBump(code)) => alone(code),
    }
}

fn inner(outcome: Result<Vec<OperationResult>, Refusal>) -> InnerTransactionResultResult {
    use InnerTransactionResultResult as Inner;
    match outcome {
        Ok(results) => Inner::TxSuccess(list(results)),
        Err(Refusal::Operations(results)) => Inner::TxFailed(list(results)),
        Err(Refusal::Unsound(_)) => Inner::TxSorobanInvalid,
        Err(Refusal::Whole(code) | Refusal::FeeBump(code)) => alone(code),
    }
}

/// A result that is its code and no more: it has the same bytes.
fn alone<T: ReadXdr>(code: TransactionResultCode) -> T {
    T::from_xdr(xdr(&code), Limits::none()).expect("a code that has nothing beside it")
}

pub fn is_soroban(operation: &Operation) -> bool {
    matches!(
        operation.body,
        OperationBody::InvokeHostFunction(_)
            | OperationBody::ExtendFootprintTtl(_)
            | OperationBody::RestoreFootprint(_)
    )
}

/// The account behind an address that may name a customer of it.
pub fn account_id(address: &MuxedAccount) -> AccountId {
    let key = match address {
        MuxedAccount::Ed25519(key) => key,
        MuxedAccount::MuxedEd25519(muxed) => &muxed.ed25519,
    };
    AccountId(PublicKey::PublicKeyTypeEd25519(key.clone()))
}

pub fn transaction_hash(tx: &Transaction, network_id: &Hash) -> Hash {
    payload_hash(TransactionSignaturePayloadTaggedTransaction::Tx(tx.clone()), network_id)
}

fn fee_bump_hash(tx: &FeeBumpTransaction, network_id: &Hash) -> Hash {
    payload_hash(TransactionSignaturePayloadTaggedTransaction::TxFeeBump(tx.clone()), network_id)
}

fn payload_hash(
    tagged_transaction: TransactionSignaturePayloadTaggedTransaction,
    network_id: &Hash,
) -> Hash {
    sha256_xdr(&TransactionSignaturePayload { network_id: network_id.clone(), tagged_transaction })
}
