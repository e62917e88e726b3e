//! What a ledger does with its transactions: all fees first, then each transaction, then what is
//! given back.

use crate::ledger::{Delta, Read, list, sha256};
use crate::operations::classic::{self, balance, events::fee_event};
use crate::operations::soroban::{Fees, InternalError, Modules, Work};
use crate::operations::{self, Context, soroban, succeeded};
use crate::signatures::Signatures;
use crate::transaction::{Frame, Refusal};
use crate::validity::{Judge, Reach};
use soroban_simulation::NetworkConfig;
use std::collections::BTreeSet;
use stellar_xdr::{
    ContractEvent, DiagnosticEvent, ExtensionPoint, Hash, LedgerEntryChanges, LedgerHeader,
    OperationMetaV2, OperationResult, ScVal, SignerKey, SorobanTransactionMetaExt,
    SorobanTransactionMetaExtV1, SorobanTransactionMetaV2, TransactionEvent, TransactionEventStage,
    TransactionMeta, TransactionMetaV4, TransactionResultCode as Code, TransactionResultMetaV1,
    TransactionResultPair,
};

/// The ledger that is being closed.
pub struct Closing<'a> {
    pub header: &'a LedgerHeader,
    pub network_id: &'a Hash,
    pub config: &'a NetworkConfig,
    pub modules: &'a Modules,
}

/// A transaction on its way through a ledger.
struct Passage<'a> {
    frame: &'a Frame,
    charged: i64,
    fee_processing: LedgerEntryChanges,
    before: LedgerEntryChanges,
    outcome: Result<Vec<OperationResult>, Refusal>,
    operations: Vec<OperationMetaV2>,
    fees: Fees,
    return_value: Option<ScVal>,
    diagnostics: Vec<DiagnosticEvent>,
}

impl Closing<'_> {
    /// Applies transactions in their order to the ledger, and tells what became of each.
    pub fn apply(&self, ledger: &mut Delta, frames: &[Frame]) -> Vec<TransactionResultMetaV1> {
        let passages: Vec<_> = frames.iter().map(|frame| self.charge(ledger, frame)).collect();
        let passages: Vec<_> = passages
            .into_iter()
            .zip(0..)
            .map(|(passage, index)| self.execute(ledger, passage, index))
            .collect();
        passages.into_iter().map(|passage| self.settle(ledger, passage)).collect()
    }

    /// Takes the whole fee, or what there is.
    fn charge<'f>(&self, ledger: &mut Delta, frame: &'f Frame) -> Passage<'f> {
        let mut step = ledger.nested();
        let mut charged = 0;
        if let Some(mut payer) = step.account(&frame.fee_source()) {
            charged = frame.charge().clamp(0, payer.balance.max(0));
            payer.balance -= charged;
            step.put_account(payer);
        }
        let fee_processing = step.changes();
        let changed = step.into_changed();
        ledger.take_over(changed);
        Passage {
            frame,
            charged,
            fee_processing,
            before: LedgerEntryChanges::default(),
            outcome: Ok(Vec::new()),
            operations: Vec::new(),
            fees: Fees::declared(frame, self.config),
            return_value: None,
            diagnostics: Vec::new(),
        }
    }

    fn execute<'f>(&self, ledger: &mut Delta, mut passage: Passage<'f>, index: u64) -> Passage<'f> {
        let frame = passage.frame;
        let mut signatures = Signatures::new(&frame.inner_hash, &frame.inner.signatures);
        let mut step = ledger.nested();
        let (reach, judged) = self.judge(&step).before_operations(frame, &mut signatures, 0);
        if reach >= Reach::Sequence {
            self.use_sequence(&mut step, frame);
        }
        let judged =
            judged.and_then(|()| self.operations_are_signed(&step, frame, &mut signatures));
        remove_one_time_signers(&mut step, frame);
        passage.before = step.changes();
        let changed = step.into_changed();
        ledger.take_over(changed);
        passage.outcome = match judged {
            Ok(()) => self.operate(ledger, &mut passage, index),
            Err(refusal) => Err(refusal),
        };
        if passage.outcome.is_err() {
            passage.fees.forgive();
            passage.operations.clear();
            passage.return_value = None;
        }
        passage
    }

    fn judge<'d>(&'d self, ledger: &'d Delta) -> Judge<'d> {
        Judge { ledger, header: self.header, fees: &self.config.fee_configuration }
    }

    fn use_sequence(&self, ledger: &mut Delta, frame: &Frame) {
        if let Some(mut source) = ledger.account(&frame.source()) {
            source.seq_num = frame.tx().seq_num.clone();
            classic::accounts::touch_sequence(&mut source, self.header);
            ledger.put_account(source);
        }
    }

    fn operations_are_signed(
        &self,
        ledger: &Delta,
        frame: &Frame,
        signatures: &mut Signatures,
    ) -> Result<(), Refusal> {
        let operations = &frame.tx().operations;
        let mut results: Vec<_> = operations.iter().map(operations::untouched).collect();
        let mut all = true;
        for (operation, result) in operations.iter().zip(&mut results) {
            let signed = self.judge(ledger).operation_is_signed(frame, operation, signatures);
            if let Err(refused) = signed {
                (*result, all) = (refused, false);
            }
        }
        if !all {
            return Err(Refusal::Operations(results));
        }
        if !signatures.all_used() {
            return Err(Code::TxBadAuthExtra.into());
        }
        Ok(())
    }

    /// Does all operations or none.
    fn operate(
        &self,
        ledger: &mut Delta,
        passage: &mut Passage,
        index: u64,
    ) -> Result<Vec<OperationResult>, Refusal> {
        let frame = passage.frame;
        let mut all = ledger.nested();
        let mut results = Vec::new();
        for operation in frame.tx().operations.iter() {
            let mut context = Context {
                ledger: all.nested(),
                header: self.header,
                network_id: self.network_id,
                source: frame.source_of(operation),
                memo: &frame.tx().memo,
                events: Vec::new(),
            };
            let known = operations::is_known(&operation.body);
            let result = if !known {
                OperationResult::OpNotSupported
            } else if context.ledger.account(&context.source).is_none() {
                OperationResult::OpNoAccount
            } else if let Err(malformed) =
                operations::check(&operation.body, &context.source, frame.soroban_data())
            {
                malformed
            } else if let Some(data) = frame.soroban_data() {
                let seed = self.seed(index);
                let mut work = Work::new(frame, data, self.config, self.modules, seed);
                let result = soroban::apply(&operation.body, &mut context, &mut work);
                passage.fees = work.fees;
                passage.return_value = work.return_value;
                passage.diagnostics = work.diagnostics;
                result.map_err(|InternalError| Refusal::Whole(Code::TxInternalError))?
            } else {
                classic::apply(&operation.body, &mut context)
            };
            if succeeded(&result) {
                passage.operations.push(operation_meta(context.ledger.changes(), context.events));
                let changed = context.ledger.into_changed();
                all.take_over(changed);
            }
            results.push(result);
        }
        if !results.iter().all(succeeded) {
            return Err(Refusal::Operations(results));
        }
        let changed = all.into_changed();
        ledger.take_over(changed);
        Ok(results)
    }

    /// From which the random numbers of a transaction's contracts follow.
    fn seed(&self, index: u64) -> Hash {
        let mut bytes = self.header.scp_value.tx_set_hash.0.to_vec();
        bytes.extend(index.to_be_bytes());
        sha256(&bytes)
    }

    /// Gives back what was not used, and writes down what has happened.
    fn settle(&self, ledger: &mut Delta, passage: Passage) -> TransactionResultMetaV1 {
        let frame = passage.frame;
        let mut step = ledger.nested();
        let mut refunded = 0;
        let refund = passage.fees.refund().min(passage.charged);
        if refund > 0
            && let Some(mut payer) = step.account(&frame.fee_source())
            && balance::add_balance(&mut payer, refund)
        {
            step.put_account(payer);
            refunded = refund;
        }
        let post_tx_apply_fee_processing = step.changes();
        let changed = step.into_changed();
        ledger.take_over(changed);
        let result = TransactionResultPair {
            transaction_hash: frame.hash.clone(),
            result: frame.result(passage.charged - refunded, passage.outcome.clone()),
        };
        let mut events =
            vec![self.fee(frame, passage.charged, TransactionEventStage::BeforeAllTxs)];
        if refunded > 0 {
            events.push(self.fee(frame, -refunded, TransactionEventStage::AfterAllTxs));
        }
        TransactionResultMetaV1 {
            ext: ExtensionPoint::V0,
            result,
            fee_processing: passage.fee_processing.clone(),
            post_tx_apply_fee_processing,
            tx_apply_processing: TransactionMeta::V4(passage.meta(events)),
        }
    }

    fn fee(&self, frame: &Frame, amount: i64, stage: TransactionEventStage) -> TransactionEvent {
        let event = fee_event(&frame.fee_source(), amount, self.network_id);
        TransactionEvent { stage, event }
    }
}

impl Passage<'_> {
    fn meta(self, events: Vec<TransactionEvent>) -> TransactionMetaV4 {
        let soroban_meta = self.frame.is_soroban().then_some(SorobanTransactionMetaV2 {
            ext: SorobanTransactionMetaExt::V1(SorobanTransactionMetaExtV1 {
                ext: ExtensionPoint::V0,
                total_non_refundable_resource_fee_charged: self.fees.fixed,
                total_refundable_resource_fee_charged: self.fees.used,
                rent_fee_charged: self.fees.rent,
            }),
            return_value: self.return_value,
        });
        TransactionMetaV4 {
            ext: ExtensionPoint::V0,
            tx_changes_before: self.before,
            operations: list(self.operations),
            tx_changes_after: LedgerEntryChanges::default(),
            soroban_meta,
            events: list(events),
            diagnostic_events: list(self.diagnostics),
        }
    }
}

fn operation_meta(changes: LedgerEntryChanges, events: Vec<ContractEvent>) -> OperationMetaV2 {
    OperationMetaV2 { ext: ExtensionPoint::V0, changes, events: list(events) }
}

/// A signature that was given beforehand, for this very transaction, is used up.
fn remove_one_time_signers(ledger: &mut Delta, frame: &Frame) {
    let mut accounts: BTreeSet<_> =
        frame.tx().operations.iter().map(|operation| frame.source_of(operation)).collect();
    accounts.insert(frame.source());
    let spend = |ledger: &mut Delta, account, hash: &Hash| {
        let key = SignerKey::PreAuthTx(stellar_xdr::Uint256(hash.0));
        balance::remove_signer(ledger, account, &key);
    };
    for account in &accounts {
        spend(ledger, account, &frame.inner_hash);
    }
    if frame.fee_bump().is_some() {
        spend(ledger, &frame.fee_source(), &frame.hash);
    }
}
