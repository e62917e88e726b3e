//! Each rule of validity, with a transaction that breaks just it.

use crate::kit::{Chain, Draft, decorated};
use localnet::accounts::address_of;
use localnet::ledger::sha256;
use localnet::network::Status;
use localnet::settings::*;
use stellar_xdr::TransactionResultCode as Code;
use stellar_xdr::*;

/// A way to break a transaction, and the network's answer.
type Case<'a> = (&'a str, Draft, Code);

fn answer(chain: &mut Chain, draft: &Draft) -> TransactionResultCode {
    let envelope = chain.sign(draft);
    answer_to(chain, envelope)
}

fn answer_to(chain: &mut Chain, envelope: TransactionEnvelope) -> TransactionResultCode {
    let before = (chain.net.entries.clone(), chain.net.latest().sequence());
    match chain.submit(envelope).status {
        Status::Error(result, _) => {
            let after = (chain.net.entries.clone(), chain.net.latest().sequence());
            assert!(before == after, "what is refused changes nothing");
            result.result.discriminant()
        }
        other => panic!("{other:?}"),
    }
}

/// Each case is refused with its code, and the transaction it was made from is not.
fn refuses(base: impl Fn(&Chain) -> Draft, cases: impl Fn(&Chain, Draft) -> Vec<Case<'static>>) {
    let mut chain = Chain::default();
    let draft = base(&chain);
    for (what, broken, code) in cases(&chain, draft.clone()) {
        assert_eq!(answer(&mut chain, &broken), code, "{what}");
    }
    assert!(matches!(chain.send(&draft).status, Status::Pending), "the rest of it is sound");
}

fn v2(change: impl FnOnce(&mut PreconditionsV2)) -> Preconditions {
    let mut conditions = PreconditionsV2 {
        time_bounds: None,
        ledger_bounds: None,
        min_seq_num: None,
        min_seq_age: Duration(0),
        min_seq_ledger_gap: 0,
        extra_signers: VecM::default(),
    };
    change(&mut conditions);
    Preconditions::V2(conditions)
}

fn times(min: u64, max: u64) -> Preconditions {
    Preconditions::Time(TimeBounds { min_time: TimePoint(min), max_time: TimePoint(max) })
}

fn ledgers(min_ledger: u32, max_ledger: u32) -> Preconditions {
    v2(|conditions| conditions.ledger_bounds = Some(LedgerBounds { min_ledger, max_ledger }))
}

#[test]
fn a_payment_is_taken_only_if_every_rule_is_kept() {
    refuses(
        |chain| chain.payment("payer"),
        |chain, draft| {
            let now = chain.net.now();
            let next = chain.net.latest().sequence() + 1;
            let stranger = chain.who("stranger").secret;
            let payer = chain.who("payer").secret;
            let with = |cond: Preconditions| draft.clone().edit(|tx| tx.cond = cond);
            let seq = draft.tx.seq_num.0;
            let at = |seq: i64| draft.clone().edit(|tx| tx.seq_num = SequenceNumber(seq));
            let payload = SignerKeyEd25519SignedPayload {
                ed25519: Uint256(stranger.verifying_key().to_bytes()),
                payload: BytesM::default(),
            };
            let extra = |signers: Vec<SignerKey>| {
                with(v2(|conditions| conditions.extra_signers = signers.try_into().unwrap()))
            };
            let hash_x = SignerKey::HashX(Uint256(sha256(b"a secret").0));
            vec![
                (
                    "no operation",
                    draft.clone().edit(|tx| tx.operations = VecM::default()),
                    Code::TxMissingOperation,
                ),
                ("too early", with(times(now + 1, 0)), Code::TxTooEarly),
                ("too late", with(times(0, now - 1)), Code::TxTooLate),
                ("before its ledger", with(ledgers(next + 1, 0)), Code::TxTooEarly),
                ("after its ledger", with(ledgers(0, next)), Code::TxTooLate),
                ("too low a fee", draft.clone().edit(|tx| tx.fee = 99), Code::TxInsufficientFee),
                ("a sequence number that was used", at(seq - 1), Code::TxBadSeq),
                ("a sequence number too high", at(seq + 1), Code::TxBadSeq),
                (
                    "the first sequence number of the ledger",
                    at(i64::from(next) << 32),
                    Code::TxBadSeq,
                ),
                (
                    "a least sequence number that is not reached",
                    with(v2(|conditions| conditions.min_seq_num = Some(SequenceNumber(seq)))),
                    Code::TxBadSeq,
                ),
                ("nobody has signed", draft.clone().signed_by(&[]), Code::TxBadAuth),
                (
                    "somebody else has signed",
                    draft.clone().signed_by(&[&stranger]),
                    Code::TxBadAuth,
                ),
                (
                    "one signature too many",
                    draft.clone().signed_by(&[&payer, &stranger]),
                    Code::TxBadAuthExtra,
                ),
                (
                    "the same signature twice",
                    draft.clone().signed_by(&[&payer, &payer]),
                    Code::TxBadAuthExtra,
                ),
                ("an extra signer has not signed", extra(vec![hash_x.clone()]), Code::TxBadAuth),
                (
                    "the same extra signer twice",
                    extra(vec![hash_x.clone(), hash_x]),
                    Code::TxMalformed,
                ),
                (
                    "an extra signer of nothing",
                    extra(vec![SignerKey::Ed25519SignedPayload(payload)]),
                    Code::TxMalformed,
                ),
                (
                    "resources of a contract",
                    draft
                        .clone()
                        .edit(|tx| tx.ext = TransactionExt::V1(SorobanTransactionData::default())),
                    Code::TxMalformed,
                ),
                (
                    "a contract's operation beside it",
                    draft.clone().edit(|tx| {
                        let restore = OperationBody::RestoreFootprint(RestoreFootprintOp {
                            ext: ExtensionPoint::V0,
                        });
                        let mut operations = tx.operations.to_vec();
                        operations.push(Operation { source_account: None, body: restore });
                        tx.operations = operations.try_into().unwrap();
                        tx.fee = 200;
                    }),
                    Code::TxMalformed,
                ),
                (
                    "a source that does not exist",
                    Draft {
                        tx: Transaction {
                            source_account: MuxedAccount::Ed25519(Uint256(sha256(b"nobody").0)),
                            ..draft.tx.clone()
                        },
                        signers: draft.signers.clone(),
                    },
                    Code::TxNoAccount,
                ),
            ]
        },
    );
}

#[test]
fn an_account_can_ask_for_time_between_its_transactions() {
    let mut chain = Chain::default();
    chain.apply(&chain.payment("payer"));
    let used = chain.net.latest().sequence();
    let after = |chain: &Chain, seconds: u64, ledgers: u32| {
        chain.payment("payer").edit(|tx| {
            tx.cond = v2(|conditions| {
                conditions.min_seq_age = Duration(seconds);
                conditions.min_seq_ledger_gap = ledgers;
            });
        })
    };
    for (seconds, ledgers) in [(1, 0), (0, 2)] {
        let draft = after(&chain, seconds, ledgers);
        assert_eq!(answer(&mut chain, &draft), Code::TxBadMinSeqAgeOrGap);
    }
    chain.net.advance_time(1).unwrap();
    assert_eq!(chain.net.latest().sequence(), used + 1);
    let draft = after(&chain, 1, 2);
    chain.apply(&draft);
}

#[test]
fn a_fee_that_the_account_cannot_pay_is_refused() {
    let mut chain = Chain::default();
    let spare = chain.account("payer").balance - 3 * i64::from(BASE_RESERVE_STROOPS);
    let destination = address_of(&chain.who("provider").id);
    let all = PaymentOp { destination, asset: Asset::Native, amount: spare - 100 - 99 };
    let draft = chain.draft("payer", OperationBody::Payment(all));
    chain.apply(&draft);
    let draft = chain.payment("payer");
    assert_eq!(answer(&mut chain, &draft), Code::TxInsufficientBalance);
}

#[test]
fn the_fee_is_reserved_to_the_stroop() {
    let mut chain = Chain::default();
    let spare = chain.account("payer").balance - 3 * i64::from(BASE_RESERVE_STROOPS);
    let destination = address_of(&chain.who("provider").id);
    let all = PaymentOp { destination, asset: Asset::Native, amount: spare - 100 - 100 };
    let draft = chain.draft("payer", OperationBody::Payment(all));
    chain.apply(&draft);
    let bump = OperationBody::BumpSequence(BumpSequenceOp { bump_to: SequenceNumber(0) });
    let draft = chain.draft("payer", bump);
    assert!(matches!(chain.send(&draft).status, Status::Pending));
}

#[test]
fn an_envelope_of_the_old_kind_is_rewritten() {
    let mut chain = Chain::default();
    let TransactionEnvelope::Tx(sent) = chain.sign(&chain.payment("payer")) else { unreachable!() };
    let MuxedAccount::Ed25519(source_account_ed25519) = sent.tx.source_account else {
        unreachable!()
    };
    let tx = TransactionV0 {
        source_account_ed25519,
        fee: sent.tx.fee,
        seq_num: sent.tx.seq_num,
        time_bounds: None,
        memo: Memo::None,
        operations: sent.tx.operations,
        ext: TransactionV0Ext::V0,
    };
    let old = TransactionEnvelope::TxV0(TransactionV0Envelope { tx, signatures: sent.signatures });
    let sent = chain.submit(old);
    assert!(matches!(sent.status, Status::Pending));
    let applied = chain.net.history.transaction(&sent.hash).expect("it is in a ledger");
    assert!(matches!(applied.envelope, TransactionEnvelope::Tx(_)));
}

#[test]
fn a_call_of_a_contract_is_taken_only_if_every_rule_is_kept() {
    refuses(Chain::transfer, |chain, draft| {
        let refused = Code::TxSorobanInvalid;
        let any =
            |change: fn(&mut SorobanTransactionData)| draft.clone().declare_at_any_price(change);
        let muxed = |account: &MuxedAccount| {
            let MuxedAccount::Ed25519(ed25519) = account.clone() else { unreachable!() };
            MuxedAccount::MuxedEd25519(MuxedAccountMed25519 { id: 1, ed25519 })
        };
        let first = draft.data().resources.footprint.read_write[0].clone();
        let add = |read_write: bool, keys: Vec<LedgerKey>| {
            draft.clone().declare_at_any_price(|data| {
                let footprint = &mut data.resources.footprint;
                let half =
                    if read_write { &mut footprint.read_write } else { &mut footprint.read_only };
                *half = half.iter().cloned().chain(keys).collect::<Vec<_>>().try_into().unwrap();
            })
        };
        let code = |n: u32| {
            LedgerKey::ContractCode(LedgerKeyContractCode { hash: sha256(&n.to_be_bytes()) })
        };
        let stranger = chain.who("stranger").id;
        let line = |asset| {
            LedgerKey::Trustline(LedgerKeyTrustLine { account_id: stranger.clone(), asset })
        };
        let own = AlphaNum4 { asset_code: AssetCode4(*b"OWN\0"), issuer: stranger.clone() };
        let odd = AlphaNum4 { asset_code: AssetCode4(*b"\0ODD"), issuer: chain.who("issuer").id };
        // Behind two trustlines, which cannot be archived, two entries that can.
        let archived = |indices: Vec<u32>| {
            add(true, vec![code(1), code(2)]).declare_at_any_price(|data| {
                data.ext = SorobanTransactionDataExt::V1(SorobanResourcesExtV0 {
                    archived_soroban_entries: indices.try_into().unwrap(),
                });
            })
        };
        let account = |n: u32| {
            let key = Uint256(sha256(&n.to_be_bytes()).0);
            let account_id = AccountId(PublicKey::PublicKeyTypeEd25519(key));
            LedgerKey::Account(LedgerKeyAccount { account_id })
        };
        let long = LedgerKey::ContractData(LedgerKeyContractData {
            contract: ScAddress::Contract(chain.token()),
            key: ScVal::Bytes(ScBytes(vec![0; 250].try_into().unwrap())),
            durability: ContractDataDurability::Persistent,
        });
        let fee = draft.data().resource_fee;
        vec![
            (
                "no resources",
                draft.clone().edit(|tx| tx.ext = TransactionExt::V0),
                Code::TxMalformed,
            ),
            (
                "a negative fee for resources",
                draft.clone().declare(|data| data.resource_fee = -1),
                Code::TxMalformed,
            ),
            (
                "two operations",
                draft.clone().edit(|tx| {
                    let twice = [tx.operations[0].clone(), tx.operations[0].clone()];
                    tx.operations = twice.to_vec().try_into().unwrap();
                    tx.fee += 100;
                }),
                Code::TxMalformed,
            ),
            ("a memo", draft.clone().edit(|tx| tx.memo = Memo::Id(1)), refused),
            (
                "a source with a customer",
                draft.clone().edit(|tx| tx.source_account = muxed(&tx.source_account)),
                refused,
            ),
            (
                "an operation's source with a customer",
                draft.clone().edit(|tx| {
                    let mut operation = tx.operations[0].clone();
                    operation.source_account = Some(muxed(&tx.source_account));
                    tx.operations = vec![operation].try_into().unwrap();
                }),
                refused,
            ),
            (
                "too many instructions",
                any(|data| data.resources.instructions = TX_INSTRUCTIONS + 1),
                refused,
            ),
            (
                "too many bytes read",
                any(|data| data.resources.disk_read_bytes = TX_DISK_READ_BYTES + 1),
                refused,
            ),
            (
                "too many bytes written",
                any(|data| data.resources.write_bytes = TX_WRITE_BYTES + 1),
                refused,
            ),
            (
                "too large a footprint",
                add(false, (0..TX_FOOTPRINT_ENTRIES).map(code).collect()),
                refused,
            ),
            (
                "too many entries written",
                add(true, (0..TX_WRITE_ENTRIES).map(code).collect()),
                refused,
            ),
            (
                "too many entries read from disk",
                add(false, (0..TX_DISK_READ_ENTRIES).map(account).collect()),
                refused,
            ),
            ("a key too long", add(false, vec![long]), refused),
            ("a trustline of XLM", add(false, vec![line(TrustLineAsset::Native)]), refused),
            (
                "a trustline of a pool",
                add(false, vec![line(TrustLineAsset::PoolShare(PoolId(Hash([1; 32]))))]),
                refused,
            ),
            (
                "an issuer's own trustline",
                add(false, vec![line(TrustLineAsset::CreditAlphanum4(own))]),
                refused,
            ),
            (
                "a trustline of no asset",
                add(false, vec![line(TrustLineAsset::CreditAlphanum4(odd))]),
                refused,
            ),
            (
                "a key of another kind",
                add(false, vec![LedgerKey::Ttl(LedgerKeyTtl { key_hash: Hash([1; 32]) })]),
                refused,
            ),
            ("a key that is read and written", add(false, vec![first.clone()]), refused),
            ("a key that is written twice", add(true, vec![first]), refused),
            ("an archived entry that is not there", archived(vec![4]), refused),
            ("archived entries out of order", archived(vec![3, 2]), refused),
            ("an archived entry twice", archived(vec![2, 2]), refused),
            ("an archived entry that cannot be archived", archived(vec![0]), refused),
            (
                "a fee for resources that is more than the fee",
                draft.clone().edit(|tx| tx.fee = u32::try_from(fee).unwrap() - 1),
                refused,
            ),
            (
                "less than the resources cost",
                draft.clone().declare(|data| data.resource_fee /= 4),
                refused,
            ),
            (
                "too low a fee beside the one for resources",
                draft.clone().edit(|tx| tx.fee = u32::try_from(fee).unwrap() + 99),
                Code::TxInsufficientFee,
            ),
        ]
    });
}

#[test]
fn entries_to_restore_may_be_there_or_not() {
    let mut chain = Chain::default();
    let draft = chain.transfer().declare_at_any_price(|data| {
        let code = |n: u8| LedgerKey::ContractCode(LedgerKeyContractCode { hash: Hash([n; 32]) });
        let keys = &mut data.resources.footprint.read_write;
        *keys =
            keys.iter().cloned().chain([code(1), code(2)]).collect::<Vec<_>>().try_into().unwrap();
        let archived_soroban_entries = vec![2, 3].try_into().unwrap();
        data.ext =
            SorobanTransactionDataExt::V1(SorobanResourcesExtV0 { archived_soroban_entries });
    });
    chain.apply(&draft);
}

#[test]
fn a_transaction_that_is_too_large_is_refused() {
    let mut chain = Chain::default();
    let function =
        |bytes: u32| HostFunction::UploadContractWasm(vec![0; bytes as usize].try_into().unwrap());
    let draft = |chain: &Chain, bytes: u32| {
        let call = InvokeHostFunctionOp { host_function: function(bytes), auth: VecM::default() };
        let mut draft = chain.draft("payer", OperationBody::InvokeHostFunction(call));
        draft.tx.ext = TransactionExt::V1(SorobanTransactionData::default());
        draft.declare_at_any_price(|_| {})
    };
    // What is around the code: source, fee, resources, signature.
    let around = localnet::ledger::xdr(&chain.sign(&draft(&chain, 4))).len() as u32 - 4;
    let too_large = draft(&chain, (TX_BYTES - around) / 4 * 4 + 4);
    assert_eq!(answer(&mut chain, &too_large), Code::TxSorobanInvalid);
    // It is then the code that is too large.
    let as_large_as_can_be = draft(&chain, (TX_BYTES - around) / 4 * 4);
    assert_eq!(answer(&mut chain, &as_large_as_can_be), Code::TxFailed);
}

#[test]
fn an_operation_that_makes_no_sense_is_refused() {
    let mut chain = Chain::default();
    let token = LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(chain.token()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    });
    let payer = LedgerKey::Account(LedgerKeyAccount { account_id: chain.who("payer").id });
    let extension = chain.extension("payer", std::slice::from_ref(&token), MAX_ENTRY_TTL - 1);
    let restoration = chain.restoration("payer", std::slice::from_ref(&token));
    let extend_to = |extend_to: u32| {
        extension.clone().edit(|tx| {
            let extend = ExtendFootprintTtlOp { ext: ExtensionPoint::V0, extend_to };
            let body = OperationBody::ExtendFootprintTtl(extend);
            tx.operations = vec![Operation { source_account: None, body }].try_into().unwrap();
        })
    };
    let footprint = |draft: &Draft, read_only: Vec<LedgerKey>, read_write: Vec<LedgerKey>| {
        draft.clone().declare_at_any_price(|data| {
            data.resources.footprint.read_only = read_only.try_into().unwrap();
            data.resources.footprint.read_write = read_write.try_into().unwrap();
        })
    };
    let odd = AlphaNum4 { asset_code: AssetCode4(*b"\0ODD"), issuer: chain.who("issuer").id };
    let create = HostFunction::CreateContract(CreateContractArgs {
        contract_id_preimage: ContractIdPreimage::Asset(Asset::CreditAlphanum4(odd)),
        executable: ContractExecutable::StellarAsset,
    });
    let create = InvokeHostFunctionOp { host_function: create, auth: VecM::default() };
    let mut create = chain.draft("payer", OperationBody::InvokeHostFunction(create));
    create.tx.ext = TransactionExt::V1(SorobanTransactionData::default());
    let create = create.declare_at_any_price(|_| {});

    use OperationResultTr as Tr;
    let extended = Tr::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed);
    let restored = Tr::RestoreFootprint(RestoreFootprintResult::Malformed);
    let cases = [
        ("a life that is too long", extend_to(MAX_ENTRY_TTL), extended.clone()),
        (
            "an extension that writes",
            footprint(&extension, vec![], vec![token.clone()]),
            extended.clone(),
        ),
        (
            "an extension of an account",
            footprint(&extension, vec![payer.clone()], vec![]),
            extended,
        ),
        (
            "a restoration that reads",
            footprint(&restoration, vec![token.clone()], vec![]),
            restored.clone(),
        ),
        ("a restoration of an account", footprint(&restoration, vec![], vec![payer]), restored),
        (
            "a contract of no asset",
            create,
            Tr::InvokeHostFunction(InvokeHostFunctionResult::Malformed),
        ),
    ];
    for (what, draft, expected) in cases {
        let envelope = chain.sign(&draft);
        match chain.submit(envelope).status {
            Status::Error(result, _) => {
                assert_eq!(
                    crate::kit::failed(&result),
                    [OperationResult::OpInner(expected)],
                    "{what}"
                );
            }
            other => panic!("{what}: {other:?}"),
        }
    }
    assert!(matches!(chain.send(&extension).status, Status::Pending), "half a year is allowed");
}

#[test]
fn an_operation_needs_its_own_source_to_sign() {
    let mut chain = Chain::default();
    let provider = chain.who("provider");
    let draft = chain.payment("payer").edit(|tx| {
        let mut operation = tx.operations[0].clone();
        operation.source_account = Some(address_of(&provider.id));
        tx.operations = vec![operation].try_into().unwrap();
    });
    let Status::Error(result, _) = chain.send(&draft).status else { panic!("it is taken") };
    assert_eq!(crate::kit::failed(&result), [OperationResult::OpBadAuth]);
    let both = [&chain.who("payer").secret, &provider.secret].map(Clone::clone);
    let signed = draft.signed_by(&[&both[0], &both[1]]);
    assert!(matches!(chain.send(&signed).status, Status::Pending));
}

#[test]
fn an_operation_that_this_network_does_not_have_is_not_supported() {
    let mut chain = Chain::default();
    let draft = chain.draft("payer", OperationBody::Inflation);
    let Status::Error(result, _) = chain.send(&draft).status else { panic!("it is taken") };
    assert_eq!(crate::kit::failed(&result), [OperationResult::OpNotSupported]);
}

#[test]
fn thresholds_weights_and_every_kind_of_signer_count() {
    let mut chain = Chain::default();
    let (payer, provider, stranger) =
        (chain.who("payer"), chain.who("provider"), chain.who("stranger"));
    let signers = [
        (SignerKey::Ed25519(Uint256(provider.secret.verifying_key().to_bytes())), 2),
        (SignerKey::HashX(Uint256(sha256(b"a secret").0)), 2),
        (
            SignerKey::Ed25519SignedPayload(SignerKeyEd25519SignedPayload {
                ed25519: Uint256(stranger.secret.verifying_key().to_bytes()),
                payload: b"agreed".to_vec().try_into().unwrap(),
            }),
            1,
        ),
    ];
    let none = SetOptionsOp {
        inflation_dest: None,
        clear_flags: None,
        set_flags: None,
        master_weight: None,
        low_threshold: None,
        med_threshold: None,
        high_threshold: None,
        home_domain: None,
        signer: None,
    };
    for (key, weight) in signers {
        let signer = Some(Signer { key, weight });
        let options = SetOptionsOp { signer, ..none.clone() };
        chain.apply(&chain.draft("payer", OperationBody::SetOptions(options)));
    }
    let thresholds = SetOptionsOp {
        master_weight: Some(1),
        low_threshold: Some(1),
        med_threshold: Some(3),
        high_threshold: Some(5),
        ..none.clone()
    };
    chain.apply(&chain.draft("payer", OperationBody::SetOptions(thresholds)));

    let draft = chain.payment("payer");
    let of_payload = || {
        let key = &stranger.secret;
        let mut signature = decorated(key, b"agreed");
        let tail = b"reed";
        signature.hint.0.iter_mut().zip(tail).for_each(|(hint, byte)| *hint ^= byte);
        signature
    };
    let of_hash = || DecoratedSignature {
        hint: SignatureHint(sha256(b"a secret").0[28..].try_into().unwrap()),
        signature: Signature(b"a secret".to_vec().try_into().unwrap()),
    };
    let with = |chain: &Chain, draft: &Draft, more: Vec<DecoratedSignature>| {
        let TransactionEnvelope::Tx(mut sent) = chain.sign(draft) else { unreachable!() };
        let all = sent.signatures.iter().cloned().chain(more).collect::<Vec<_>>();
        sent.signatures = all.try_into().unwrap();
        TransactionEnvelope::Tx(sent)
    };
    // Enough for the transaction, and not for its operation.
    let alone = draft.clone().signed_by(&[&payer.secret]);
    let Status::Error(result, _) = chain.send(&alone).status else { panic!("it is taken") };
    assert_eq!(crate::kit::failed(&result), [OperationResult::OpBadAuth]);
    // One and two make three.
    chain.apply(&chain.payment("payer").signed_by(&[&payer.secret, &provider.secret]));
    let envelope =
        with(&chain, &chain.payment("payer").signed_by(&[&payer.secret]), vec![of_hash()]);
    assert!(matches!(chain.submit(envelope).status, Status::Pending));
    let payload = of_payload();
    let draft = chain.payment("payer").signed_by(&[]);
    let envelope = with(&chain, &draft, vec![of_hash(), payload.clone()]);
    assert!(matches!(chain.submit(envelope).status, Status::Pending));
    // What is signed is the payload, not the transaction: without the other it is not enough.
    let draft = chain.payment("payer").signed_by(&[]);
    let envelope = with(&chain, &draft, vec![payload]);
    assert_eq!(answer_to(&mut chain, envelope), Code::TxFailed);
    // High: all of five and more.
    let lower = SetOptionsOp { high_threshold: Some(0), ..none };
    let draft = chain.draft("payer", OperationBody::SetOptions(lower));
    let two = draft.clone().signed_by(&[&payer.secret, &provider.secret]);
    assert_eq!(answer(&mut chain, &two), Code::TxFailed);
    let envelope = with(&chain, &two, vec![of_hash()]);
    assert!(matches!(chain.submit(envelope).status, Status::Pending));
}

#[test]
fn a_signer_of_one_transaction_signs_it_and_is_gone() {
    let mut chain = Chain::default();
    let set = |signer| {
        OperationBody::SetOptions(SetOptionsOp {
            inflation_dest: None,
            clear_flags: None,
            set_flags: None,
            master_weight: None,
            low_threshold: None,
            med_threshold: None,
            high_threshold: None,
            home_domain: None,
            signer: Some(signer),
        })
    };
    let later = chain.payment("payer").edit(|tx| tx.seq_num.0 += 1).signed_by(&[]);
    let hash = localnet::transaction::transaction_hash(&later.tx, &chain.net.network_id);
    let signer = Signer { key: SignerKey::PreAuthTx(Uint256(hash.0)), weight: 1 };
    chain.apply(&chain.draft("payer", set(signer)));
    assert_eq!(chain.account("payer").signers.len(), 1);
    assert_eq!(chain.account("payer").num_sub_entries, 2);
    chain.apply(&later);
    assert_eq!(chain.account("payer").signers.len(), 0);
    assert_eq!(chain.account("payer").num_sub_entries, 1);
}

#[test]
fn a_fee_bump_is_taken_only_if_every_rule_is_kept() {
    let mut chain = Chain::default();
    let draft = chain.payment("payer");
    let cases = [
        (
            "less than two operations cost",
            chain.bump(&draft, "platform", 199),
            Code::TxInsufficientFee,
        ),
        (
            "less for an operation than what it wraps",
            chain.bump(&draft.clone().edit(|tx| tx.fee = 1_000), "platform", 1_999),
            Code::TxInsufficientFee,
        ),
    ];
    for (what, envelope, code) in cases {
        assert_eq!(answer_to(&mut chain, envelope), code, "{what}");
    }
    let unsigned = |chain: &Chain, signatures: Vec<DecoratedSignature>| {
        let TransactionEnvelope::TxFeeBump(mut bump) = chain.bump(&draft, "platform", 200) else {
            unreachable!()
        };
        bump.signatures = signatures.try_into().unwrap();
        TransactionEnvelope::TxFeeBump(bump)
    };
    let envelope = unsigned(&chain, vec![]);
    assert_eq!(answer_to(&mut chain, envelope), Code::TxBadAuth);
    let TransactionEnvelope::TxFeeBump(sound) = chain.bump(&draft, "platform", 200) else {
        unreachable!()
    };
    let twice = [sound.signatures[0].clone(), sound.signatures[0].clone()];
    let envelope = unsigned(&chain, twice.to_vec());
    assert_eq!(answer_to(&mut chain, envelope), Code::TxBadAuthExtra);
    let nobody = TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope {
        tx: FeeBumpTransaction {
            fee_source: MuxedAccount::Ed25519(Uint256(sha256(b"nobody").0)),
            ..sound.tx.clone()
        },
        signatures: sound.signatures.clone(),
    });
    assert_eq!(answer_to(&mut chain, nobody), Code::TxNoAccount);
    let poor = chain.bump(&draft, "platform", 1 << 40);
    assert_eq!(answer_to(&mut chain, poor), Code::TxInsufficientBalance);
    let broken = chain.bump(&draft.clone().signed_by(&[]), "platform", 200);
    assert_eq!(answer_to(&mut chain, broken), Code::TxFeeBumpInnerFailed);
    assert!(matches!(chain.submit(TransactionEnvelope::TxFeeBump(sound)).status, Status::Pending));
}

#[test]
fn what_a_fee_bump_wraps_may_offer_nothing_if_it_calls_a_contract() {
    let mut chain = Chain::default();
    let free = chain.transfer().edit(|tx| tx.fee = 0);
    let fee = free.data().resource_fee + 200;
    let platform = chain.account("platform").balance;
    let payer = chain.account("payer").balance;
    let envelope = chain.bump(&free, "platform", fee);
    assert!(matches!(chain.submit(envelope).status, Status::Pending));
    assert!(chain.account("platform").balance < platform, "the platform pays");
    assert_eq!(chain.account("payer").balance, payer, "and nobody else");
}
