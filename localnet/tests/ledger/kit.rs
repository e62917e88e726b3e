//! A network of one's own, and transactions that are valid until a test breaks one thing.

use ed25519_dalek::SigningKey;
use localnet::accounts::{Account, address_of, issuer, named, sign};
use localnet::genesis;
use localnet::history::Applied;
use localnet::ledger::{Read, Snapshot};
use localnet::network::{Network, Pace, Status, Submission};
use localnet::operations::classic::events::asset_contract;
use localnet::settings::Settings;
use soroban_env_host::e2e_invoke::RecordingInvocationAuthMode;
use soroban_simulation::simulation::{
    SimulationAdjustmentConfig, simulate_extend_ttl_op, simulate_invoke_host_function_op,
    simulate_restore_op,
};
use std::rc::Rc;
use stellar_xdr::*;

pub struct Chain {
    pub net: Network,
    pub accounts: Vec<Account>,
}

/// A transaction that is not signed yet, and who will sign it.
#[derive(Clone)]
pub struct Draft {
    pub tx: Transaction,
    pub signers: Vec<SigningKey>,
}

impl Default for Chain {
    fn default() -> Self {
        let mut net = Network::new(Settings::Mainnet, Pace::Still);
        let accounts = named(14);
        genesis::build(&mut net, &accounts);
        Self { net, accounts }
    }
}

impl Chain {
    pub fn who(&self, name: &str) -> Account {
        if name == "issuer" {
            return issuer();
        }
        self.accounts.iter().find(|account| account.name == name).expect("a name").clone()
    }

    pub fn account(&self, name: &str) -> AccountEntry {
        self.net.entries.account(&self.who(name).id).expect("an account that is there")
    }

    /// A transaction with one operation, to be signed by its source.
    pub fn draft(&self, name: &str, body: OperationBody) -> Draft {
        let tx = Transaction {
            source_account: address_of(&self.who(name).id),
            fee: 100,
            seq_num: SequenceNumber(self.account(name).seq_num.0 + 1),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![Operation { source_account: None, body }].try_into().unwrap(),
            ext: TransactionExt::V0,
        };
        Draft { tx, signers: vec![self.who(name).secret] }
    }

    /// One XLM to the provider.
    pub fn payment(&self, name: &str) -> Draft {
        let destination = address_of(&self.who("provider").id);
        let payment = PaymentOp { destination, asset: Asset::Native, amount: 10_000_000 };
        self.draft(name, OperationBody::Payment(payment))
    }

    pub fn token(&self) -> ContractId {
        let asset = Asset::CreditAlphanum4(genesis::token());
        asset_contract(&asset, &self.net.network_id)
    }

    /// One token of the payer's to the provider, by the contract of the token.
    pub fn transfer(&self) -> Draft {
        let amount = ScVal::I128(Int128Parts { hi: 0, lo: 10_000_000 });
        let (from, to) = (self.who("payer").id, self.who("provider").id);
        let account = |id| ScVal::Address(ScAddress::Account(id));
        self.call("payer", "transfer", vec![account(from), account(to), amount])
    }

    pub fn call(&self, name: &str, function: &str, args: Vec<ScVal>) -> Draft {
        let function = HostFunction::InvokeContract(InvokeContractArgs {
            contract_address: ScAddress::Contract(self.token()),
            function_name: ScSymbol(function.try_into().unwrap()),
            args: args.try_into().unwrap(),
        });
        self.invocation(name, function)
    }

    /// A call of the host, with what the simulation says that it takes.
    pub fn invocation(&self, name: &str, function: HostFunction) -> Draft {
        self.adjusted(name, function, &SimulationAdjustmentConfig::default_adjustment())
    }

    /// The same, with what the simulation has counted and nothing on top.
    pub fn exact(&self, name: &str, function: HostFunction) -> Draft {
        self.adjusted(name, function, &SimulationAdjustmentConfig::no_adjustments())
    }

    fn adjusted(
        &self,
        name: &str,
        host_function: HostFunction,
        adjustment: &SimulationAdjustmentConfig,
    ) -> Draft {
        let simulated = simulate_invoke_host_function_op(
            Rc::new(Snapshot(self.net.entries.clone())),
            &self.net.config,
            adjustment,
            &self.net.ledger_info(),
            host_function.clone(),
            RecordingInvocationAuthMode::recording(true, false),
            &self.who(name).id,
            [7; 32],
            true,
        )
        .unwrap();
        simulated.invoke_result.expect("a call that succeeds");
        let auth = simulated.auth.try_into().unwrap();
        let call = InvokeHostFunctionOp { host_function, auth };
        let draft = self.draft(name, OperationBody::InvokeHostFunction(call));
        draft.with(simulated.transaction_data.unwrap())
    }

    pub fn extension(&self, name: &str, keys: &[LedgerKey], extend_to: u32) -> Draft {
        let simulated = simulate_extend_ttl_op(
            &Snapshot(self.net.entries.clone()),
            &self.net.config,
            &SimulationAdjustmentConfig::default_adjustment(),
            &self.net.ledger_info(),
            keys,
            extend_to,
        )
        .unwrap();
        let extend = ExtendFootprintTtlOp { ext: ExtensionPoint::V0, extend_to };
        self.draft(name, OperationBody::ExtendFootprintTtl(extend)).with(simulated.transaction_data)
    }

    pub fn restoration(&self, name: &str, keys: &[LedgerKey]) -> Draft {
        let simulated = simulate_restore_op(
            &Snapshot(self.net.entries.clone()),
            &self.net.config,
            &SimulationAdjustmentConfig::default_adjustment(),
            &self.net.ledger_info(),
            keys,
        )
        .unwrap();
        let restore = RestoreFootprintOp { ext: ExtensionPoint::V0 };
        self.draft(name, OperationBody::RestoreFootprint(restore)).with(simulated.transaction_data)
    }

    pub fn sign(&self, draft: &Draft) -> TransactionEnvelope {
        let signers: Vec<_> = draft.signers.iter().collect();
        sign(draft.tx.clone(), &self.net.network_id, &signers)
    }

    /// The same transaction, with its fee paid by somebody else.
    pub fn bump(&self, draft: &Draft, payer: &str, fee: i64) -> TransactionEnvelope {
        let TransactionEnvelope::Tx(inner) = self.sign(draft) else { unreachable!() };
        let tx = FeeBumpTransaction {
            fee_source: address_of(&self.who(payer).id),
            fee,
            inner_tx: FeeBumpTransactionInnerTx::Tx(inner),
            ext: FeeBumpTransactionExt::V0,
        };
        let tagged = TransactionSignaturePayloadTaggedTransaction::TxFeeBump(tx.clone());
        let hash = localnet::ledger::sha256_xdr(&TransactionSignaturePayload {
            network_id: self.net.network_id.clone(),
            tagged_transaction: tagged,
        });
        let signature = decorated(&self.who(payer).secret, &hash.0);
        let signatures = vec![signature].try_into().unwrap();
        TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope { tx, signatures })
    }

    pub fn send(&mut self, draft: &Draft) -> Submission {
        let envelope = self.sign(draft);
        self.submit(envelope)
    }

    pub fn submit(&mut self, envelope: TransactionEnvelope) -> Submission {
        self.net.submit(envelope).expect("no state file that could fail")
    }

    /// Sends a transaction that the network takes, and says what became of it.
    pub fn apply(&mut self, draft: &Draft) -> Applied {
        let sent = self.send(draft);
        assert!(matches!(sent.status, Status::Pending), "{:?}", sent.status);
        self.net.history.transaction(&sent.hash).expect("a ledger closes at once")
    }
}

impl Draft {
    /// A transaction of contracts: with its resources, and the fee for them.
    fn with(mut self, data: SorobanTransactionData) -> Self {
        self.tx.fee = 100 + u32::try_from(data.resource_fee).unwrap();
        self.tx.ext = TransactionExt::V1(data);
        self
    }

    pub fn edit(mut self, change: impl FnOnce(&mut Transaction)) -> Self {
        change(&mut self.tx);
        self
    }

    /// Changes what it declares, and offers as much more for it as it takes.
    pub fn declare(mut self, change: impl FnOnce(&mut SorobanTransactionData)) -> Self {
        let TransactionExt::V1(data) = &mut self.tx.ext else { panic!("not of contracts") };
        change(data);
        self.tx.fee = 100 + u32::try_from(data.resource_fee.max(0)).unwrap_or(u32::MAX - 100);
        self
    }

    /// The same, with plenty offered for resources: no fee is in the way of another rule.
    pub fn declare_at_any_price(self, change: impl FnOnce(&mut SorobanTransactionData)) -> Self {
        self.declare(|data| {
            change(data);
            data.resource_fee = 1_000_000_000;
        })
    }

    pub fn signed_by(mut self, signers: &[&SigningKey]) -> Self {
        self.signers = signers.iter().map(|key| (*key).clone()).collect();
        self
    }

    pub fn data(&self) -> &SorobanTransactionData {
        match &self.tx.ext {
            TransactionExt::V1(data) => data,
            TransactionExt::V0 => panic!("not of contracts"),
        }
    }
}

pub fn decorated(key: &SigningKey, message: &[u8]) -> DecoratedSignature {
    use ed25519_dalek::Signer;
    let public = key.verifying_key().to_bytes();
    DecoratedSignature {
        hint: SignatureHint(public[28..].try_into().unwrap()),
        signature: Signature(key.sign(message).to_bytes().to_vec().try_into().unwrap()),
    }
}

/// The results of the operations of a transaction that has failed.
pub fn failed(result: &TransactionResult) -> Vec<OperationResult> {
    match &result.result {
        TransactionResultResult::TxFailed(results) => results.to_vec(),
        other => panic!("{other:?}"),
    }
}
