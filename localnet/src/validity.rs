//! Which transactions a ledger may hold: the rules of the network, in their order, each with the
//! result code that it answers with.

use crate::declared;
use crate::ledger::Read;
use crate::operations;
use crate::operations::classic::balance::available_balance;
use crate::signatures::Signatures;
use crate::transaction::{Frame, Refusal, is_soroban};
use soroban_env_host::fees::FeeConfiguration;
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1Ext, AccountEntryExtensionV2Ext,
    LedgerHeader, Operation, OperationResult, SignerKey, ThresholdIndexes, TransactionEnvelope,
    TransactionExt, TransactionResultCode as Code, TransactionResultCode,
};

/// More than this no transaction may offer for resources.
const MAX_RESOURCE_FEE: i64 = 1 << 50;

/// A ledger that is about to be closed, as transactions are judged by it.
pub struct Judge<'a> {
    pub ledger: &'a dyn Read,
    pub header: &'a LedgerHeader,
    pub fees: &'a FeeConfiguration,
}

/// How far a transaction gets before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing of it counts.
    Nothing,
    /// Its sequence number is used up.
    Sequence,
    /// All but its operations has been judged.
    Operations,
}

impl Judge<'_> {
    /// Whether the network takes a transaction when it is sent.
    pub fn admit(&self, frame: &Frame) -> Result<(), Refusal> {
        offers_a_fee(frame)?;
        if let TransactionEnvelope::TxFeeBump(bump) = &frame.envelope {
            let mut signatures = Signatures::new(&frame.hash, &bump.signatures);
            self.fee_bump(frame, &mut signatures).map_err(Refusal::FeeBump)?;
        }
        let mut signatures = Signatures::new(&frame.inner_hash, &frame.inner.signatures);
        self.before_operations(frame, &mut signatures, frame.full_fee()).1?;
        let operations = &frame.tx().operations;
        let mut results: Vec<_> = operations.iter().map(operations::untouched).collect();
        for (operation, result) in operations.iter().zip(&mut results) {
            if let Err(refused) = self.operation(frame, operation, &mut signatures) {
                *result = refused;
                return Err(Refusal::Operations(results));
            }
        }
        if !signatures.all_used() {
            return Err(Code::TxBadAuthExtra.into());
        }
        Ok(())
    }

    /// What is told of a fee bump by itself.
    fn fee_bump(
        &self,
        frame: &Frame,
        signatures: &mut Signatures,
    ) -> Result<(), TransactionResultCode> {
        let (offer, least) = (frame.inclusion_fee(), frame.min_inclusion_fee());
        if offer < least {
            return Err(Code::TxInsufficientFee);
        }
        let (inner_offer, inner_least) =
            (frame.inner_inclusion_fee(), frame.inner_min_inclusion_fee());
        // It must offer more for each operation than what it wraps does.
        if inner_offer >= 0 {
            let bumped = i128::from(offer) * i128::from(inner_least);
            if bumped < i128::from(inner_offer) * i128::from(least) {
                return Err(Code::TxInsufficientFee);
            }
        } else if !frame.is_soroban() {
            return Err(Code::TxFeeBumpInnerFailed);
        }
        let payer = self.ledger.account(&frame.fee_source()).ok_or(Code::TxNoAccount)?;
        if !signatures.satisfy(&payer, ThresholdIndexes::Low) {
            return Err(Code::TxBadAuth);
        }
        if available_balance(&payer) < frame.full_fee() {
            return Err(Code::TxInsufficientBalance);
        }
        if !signatures.all_used() {
            return Err(Code::TxBadAuthExtra);
        }
        Ok(())
    }

    /// All that is judged before the first operation. `due` is what the source still has to pay.
    pub fn before_operations(
        &self,
        frame: &Frame,
        signatures: &mut Signatures,
        due: i64,
    ) -> (Reach, Result<(), Refusal>) {
        let source = match self.before_sequence(frame) {
            Ok(source) => source,
            Err(refusal) => return (Reach::Nothing, Err(refusal)),
        };
        if is_bad_sequence(frame, &source, self.header) {
            return (Reach::Nothing, Err(Code::TxBadSeq.into()));
        }
        if let Err(code) = self.after_sequence(frame, &source, signatures, due) {
            return (Reach::Sequence, Err(code.into()));
        }
        (Reach::Operations, Ok(()))
    }

    fn before_sequence(&self, frame: &Frame) -> Result<AccountEntry, Refusal> {
        extra_signers_make_sense(frame)?;
        if frame.tx().operations.is_empty() {
            return Err(Code::TxMissingOperation.into());
        }
        let mixed = frame.tx().operations.iter().any(is_soroban)
            && (frame.tx().operations.len() != 1 || !frame.is_soroban());
        if mixed {
            return Err(Code::TxMalformed.into());
        }
        match frame.soroban_data() {
            Some(data) => declared::check(frame, data, self.fees).map_err(Refusal::Unsound)?,
            None if matches!(frame.tx().ext, TransactionExt::V1(_)) => {
                return Err(Code::TxMalformed.into());
            }
            None => {}
        }
        self.time(frame)?;
        if frame.fee_bump().is_none() && frame.inclusion_fee() < frame.min_inclusion_fee() {
            return Err(Code::TxInsufficientFee.into());
        }
        self.ledger.account(&frame.source()).ok_or(Code::TxNoAccount.into())
    }

    fn time(&self, frame: &Frame) -> Result<(), TransactionResultCode> {
        let (now, sequence) = (self.header.scp_value.close_time.0, self.header.ledger_seq);
        let conditions = frame.preconditions();
        let times = conditions.time_bounds.as_ref();
        let ledgers = conditions.ledger_bounds.as_ref();
        if times.is_some_and(|bounds| bounds.min_time.0 > now)
            || ledgers.is_some_and(|bounds| bounds.min_ledger > sequence)
        {
            return Err(Code::TxTooEarly);
        }
        if times.is_some_and(|bounds| bounds.max_time.0 != 0 && bounds.max_time.0 < now)
            || ledgers.is_some_and(|bounds| bounds.max_ledger != 0 && bounds.max_ledger <= sequence)
        {
            return Err(Code::TxTooLate);
        }
        Ok(())
    }

    fn after_sequence(
        &self,
        frame: &Frame,
        source: &AccountEntry,
        signatures: &mut Signatures,
        due: i64,
    ) -> Result<(), TransactionResultCode> {
        if self.is_too_early_for(frame, source) {
            return Err(Code::TxBadMinSeqAgeOrGap);
        }
        let signed = signatures.satisfy(source, ThresholdIndexes::Low)
            && frame.preconditions().extra_signers.iter().all(|key| signatures.of_extra(key));
        if !signed {
            return Err(Code::TxBadAuth);
        }
        if frame.fee_bump().is_none() && available_balance(source) < due {
            return Err(Code::TxInsufficientBalance);
        }
        Ok(())
    }

    /// Whether the sequence number of the source was used too recently.
    fn is_too_early_for(&self, frame: &Frame, source: &AccountEntry) -> bool {
        let (ledger, time) = last_use(source);
        let conditions = frame.preconditions();
        let since = |now: u64, gap: u64, used: u64| now.checked_sub(gap).is_none_or(|at| at < used);
        since(self.header.scp_value.close_time.0, conditions.min_seq_age.0, time)
            || since(
                self.header.ledger_seq.into(),
                conditions.min_seq_ledger_gap.into(),
                ledger.into(),
            )
    }

    /// Whether an operation may be tried.
    fn operation(
        &self,
        frame: &Frame,
        operation: &Operation,
        signatures: &mut Signatures,
    ) -> Result<(), OperationResult> {
        if !operations::is_known(&operation.body) {
            return Err(OperationResult::OpNotSupported);
        }
        self.operation_is_signed(frame, operation, signatures)?;
        operations::check(&operation.body, &frame.source_of(operation), frame.soroban_data())
    }

    /// Whether the source of an operation has signed for it.
    pub fn operation_is_signed(
        &self,
        frame: &Frame,
        operation: &Operation,
        signatures: &mut Signatures,
    ) -> Result<(), OperationResult> {
        let id = frame.source_of(operation);
        let signed = match self.ledger.account(&id) {
            Some(account) => signatures.satisfy(&account, operations::threshold(&operation.body)),
            None if operation.source_account.is_none() => {
                return Err(OperationResult::OpNoAccount);
            }
            // An operation before it may create the account: its key has to have signed.
            None => signatures.of_key(&id),
        };
        if signed { Ok(()) } else { Err(OperationResult::OpBadAuth) }
    }
}

fn offers_a_fee(frame: &Frame) -> Result<(), TransactionResultCode> {
    let sound = match frame.soroban_data() {
        Some(data) => (0..=MAX_RESOURCE_FEE).contains(&data.resource_fee),
        None => !frame.is_soroban(),
    };
    if sound { Ok(()) } else { Err(Code::TxMalformed) }
}

fn extra_signers_make_sense(frame: &Frame) -> Result<(), TransactionResultCode> {
    let signers = frame.preconditions().extra_signers;
    let twice = matches!(signers.as_slice(), [one, other] if one == other);
    let empty = signers.iter().any(
        |key| matches!(key, SignerKey::Ed25519SignedPayload(signed) if signed.payload.is_empty()),
    );
    if twice || empty { Err(Code::TxMalformed) } else { Ok(()) }
}

fn is_bad_sequence(frame: &Frame, source: &AccountEntry, header: &LedgerHeader) -> bool {
    let (sequence, used) = (frame.tx().seq_num.0, source.seq_num.0);
    if sequence == i64::from(header.ledger_seq) << 32 {
        return true;
    }
    match frame.preconditions().min_seq_num {
        Some(least) => used < least.0 || used >= sequence,
        None => used.checked_add(1) != Some(sequence),
    }
}

/// The ledger and the time in which an account's sequence number was last used.
fn last_use(account: &AccountEntry) -> (u32, u64) {
    if let AccountEntryExt::V1(v1) = &account.ext
        && let AccountEntryExtensionV1Ext::V2(v2) = &v1.ext
        && let AccountEntryExtensionV2Ext::V3(v3) = &v2.ext
    {
        (v3.seq_ledger, v3.seq_time.0)
    } else {
        (0, 0)
    }
}
