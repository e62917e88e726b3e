use crate::http::{get, post, post_form, rpc};
use crate::shell::Shell;
use crate::start;
use localnet::accounts::{self, Account, address_of, id_of};
use localnet::ledger::Read;
use localnet::operations::classic::events::asset_contract;
use localnet::{Localnet, Options, root};
use serde_json::json;
use std::thread;
use std::time::Duration;
use stellar_xdr::{
    Asset, ContractDataDurability, ContractId, Hash, LedgerEntryChange, LedgerEntryData, LedgerKey,
    LedgerKeyContractData, Limits, Operation, OperationBody, ReadXdr, ScAddress, ScSymbol, ScVal,
    ScVec, TransactionMeta,
};

/// Somebody whom the network does not know yet.
fn newcomer(number: usize) -> Account {
    accounts::named(900 + number).pop().unwrap()
}

fn xlm(net: &Localnet, account: &Account) -> Option<String> {
    let reply = get(net.url(), &format!("/accounts/{}", account.public()));
    let balances = reply.body["balances"].as_array()?;
    balances.last().map(|balance| balance["balance"].as_str().unwrap().to_string())
}

#[test]
fn whoever_asks_gets_10_000_xlm_by_a_transaction() {
    let net = start();
    let url = net.url();
    let path = |number| format!("/friendbot?addr={}", newcomer(number).public());
    let replies = [
        get(url, &path(1)),
        post(url, &path(2), "text/plain", ""),
        post_form(url, "/friendbot", &[("addr", &newcomer(3).public())]),
    ];
    for (reply, number) in replies.into_iter().zip(1..) {
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(xlm(&net, &newcomer(number)).as_deref(), Some("10000.0000000"));
        let transaction = rpc(url, "getTransaction", json!({ "hash": reply.body["hash"] }));
        assert_eq!(transaction["status"], "SUCCESS");
        assert_eq!(transaction["resultMetaXdr"], reply.body["result_meta_xdr"]);
        let meta = reply.body["result_meta_xdr"].as_str().unwrap();
        assert!(creates_an_account(meta), "{meta}");
    }
}

/// What the JavaScript SDK looks for.
fn creates_an_account(meta: &str) -> bool {
    let TransactionMeta::V4(meta) = TransactionMeta::from_xdr_base64(meta, Limits::none()).unwrap()
    else {
        panic!("an old form of meta")
    };
    meta.operations.iter().flat_map(|operation| operation.changes.iter()).any(|change| {
        matches!(change, LedgerEntryChange::Created(entry)
            if matches!(entry.data, LedgerEntryData::Account(_)))
    })
}

#[test]
fn who_is_there_already_is_told_so_in_the_words_of_both_clients() {
    let net = start();
    let before = net.network(|net| net.latest().sequence());
    let reply = get(net.url(), &format!("/friendbot?addr={}", accounts::named(1)[0].public()));
    assert_eq!(reply.status, 400);
    let detail = reply.body["detail"].as_str().unwrap();
    assert!(detail.contains("account already funded to starting balance"), "{detail}");
    assert!(detail.contains("createAccountAlreadyExist"), "{detail}");
    assert_eq!(net.network(|net| net.latest().sequence()), before);
}

#[test]
fn the_official_command_line_is_content_whether_an_account_is_there_or_not() {
    let net = start();
    let shell = Shell::new(&net.rpc_url());
    for account in [accounts::named(1).remove(0), newcomer(1)] {
        shell.know(&account.name, &account.secret_key());
        let (_, said) = shell.say(&format!("stellar keys fund {}", account.name));
        assert!(said.contains("funded"), "{said}");
        assert_eq!(xlm(&net, &account).as_deref(), Some("10000.0000000"));
    }
}

#[test]
fn a_contract_gets_xlm_each_time() {
    let net = start();
    let contract = ScAddress::Contract(ContractId(Hash([7; 32])));
    for times in 1..=2 {
        let reply = get(net.url(), &format!("/friendbot?addr={contract}"));
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(held(&net, &contract), times * 100_000_000_000);
    }
}

/// What the contract of XLM has written down for a contract.
fn held(net: &Localnet, owner: &ScAddress) -> i128 {
    let name = ScVal::Symbol(ScSymbol("Balance".try_into().unwrap()));
    let key =
        ScVal::Vec(Some(ScVec(vec![name, ScVal::Address(owner.clone())].try_into().unwrap())));
    net.network(move |net| {
        let entry = net.entries.read(&LedgerKey::ContractData(LedgerKeyContractData {
            contract: ScAddress::Contract(asset_contract(&Asset::Native, &net.network_id)),
            key,
            durability: ContractDataDurability::Persistent,
        }));
        let LedgerEntryData::ContractData(data) = entry.unwrap().0.data.clone() else { panic!() };
        let ScVal::Map(Some(fields)) = data.val else { panic!() };
        i128::try_from(fields[0].val.clone()).unwrap()
    })
}

#[test]
fn with_a_timer_everybody_is_answered_when_the_money_is_there() {
    let block_time = Some(Duration::from_millis(200));
    let net = Localnet::start(Options { block_time, ..Options::default() }).unwrap();
    thread::scope(|scope| {
        for number in 1..=3 {
            let net = &net;
            scope.spawn(move || {
                let path = format!("/friendbot?addr={}", newcomer(number).public());
                let reply = get(net.url(), &path);
                assert_eq!(reply.status, 200, "{}", reply.body);
                assert_eq!(xlm(net, &newcomer(number)).as_deref(), Some("10000.0000000"));
            });
        }
    });
}

#[test]
fn without_root_nobody_gets_anything_and_hears_why() {
    let net = start();
    let heir = address_of(&accounts::named(1)[0].id);
    net.network(move |net| {
        let body = OperationBody::AccountMerge(heir);
        let merge = root::transaction(net, vec![Operation { source_account: None, body }], &[]);
        net.submit(merge).unwrap();
        assert!(net.entries.account(&id_of(&root::key(&net.network_id))).is_none());
    });
    let contract = ScAddress::Contract(ContractId(Hash([7; 32])));
    for addr in [newcomer(1).public(), contract.to_string()] {
        let reply = get(net.url(), &format!("/friendbot?addr={addr}"));
        assert_eq!(reply.status, 400);
        assert!(!reply.body["detail"].as_str().unwrap().is_empty());
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let net = start();
    let secret = accounts::named(1)[0].secret_key();
    let wrong = [
        "/friendbot".into(),
        "/friendbot?addr=".into(),
        "/friendbot?addr=GABC".into(),
        "/friendbot?addr=%00%ff".into(),
        "/friendbot?address=x".into(),
        format!("/friendbot?addr={secret}"),
        format!("/friendbot?addr={}", newcomer(1).public().to_lowercase()),
        "/friendbot?addr=MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK"
            .into(),
        "/friendbot?addr=a&addr=b".into(),
    ];
    for path in wrong {
        let reply = get(net.url(), &path);
        assert_eq!(reply.status, 400, "{path}: {}", reply.body);
        assert!(reply.head.contains("application/problem+json"), "{}", reply.head);
        assert!(!reply.body["detail"].as_str().unwrap().is_empty(), "{path}");
    }
}
