use crate::shell::Shell;
use crate::start;
use localnet::accounts::{self, MAX_ACCOUNTS, MNEMONIC, STARTING_STROOPS};
use localnet::genesis::{self, TOKEN_AMOUNT};
use localnet::ledger::Read;
use localnet::network::{Network, Pace};
use localnet::operations::classic::events::asset_contract;
use localnet::settings::Settings;
use stellar_xdr::{
    Asset, LedgerKey, LedgerKeyContractData, ScAddress, ScVal, TransactionResultResult,
    TrustLineAsset,
};

#[test]
fn the_words_give_the_keys_that_every_wallet_derives_from_them() {
    let accounts = accounts::named(14);
    let expected = [
        (0, "payer", "GCRN5PMAG5FM5QLCH7BUZPRQ7UIW37LBZLF2BIDEOSG4ZQ6HYRC45ALA"),
        (1, "provider", "GBK4HMMPZU3HGEUR6IT3ZWRRHBD6P4OISMUGFVLF5G2B6H4XRPWPD7WP"),
        (13, "stranger", "GALNSBQKJ2HSFVS4ZPLCCVQX42AL2L7DVSZTOSURARTIH7VRBVAEKZGV"),
    ];
    for (index, name, address) in expected {
        let account = &accounts[index];
        assert_eq!((account.name.as_str(), account.public().as_str()), (name, address));
        assert_eq!(account.index as usize, index);
    }
    let secret = "SCZ5VBFVGE4SLZV5WJO33LEEU36EEOEHWO27KYJIIUWGOKZB2OSNAQBI";
    assert_eq!(accounts[0].secret_key(), secret);
}

#[test]
fn the_official_command_line_derives_the_same_keys() {
    let shell = Shell::new("");
    for account in accounts::named(3).into_iter().chain([accounts::issuer()]) {
        let (name, index) = (&account.name, account.index);
        let add = format!("stellar keys add {name} --seed-phrase --hd-path {index}");
        shell.run(&format!("echo {MNEMONIC} | {add}"));
        assert_eq!(shell.run(&format!("stellar keys address {name}")), account.public());
        assert_eq!(shell.run(&format!("stellar keys secret {name}")), account.secret_key());
    }
}

#[test]
fn accounts_beyond_the_named_ones_are_numbered_and_end_before_the_issuer() {
    let accounts = accounts::named(usize::MAX);
    assert_eq!(accounts.len(), MAX_ACCOUNTS as usize);
    assert_eq!(accounts[14].name, "account14");
    assert_eq!(accounts[999].name, "account999");
    let issuer = accounts::issuer();
    assert!(accounts.iter().all(|account| account.id != issuer.id));
}

#[test]
fn everybody_starts_with_xlm_and_tokens_however_many_they_are() {
    for count in [0, 2, 14, 19, 60] {
        let mut net = Network::new(Settings::Mainnet, Pace::Still);
        let accounts = accounts::named(count);
        genesis::build(&mut net, &accounts);
        for closed in net.history.from(0) {
            for tx in closed.transactions() {
                let result = &tx.processing.result.result.result;
                assert!(matches!(result, TransactionResultResult::TxSuccess(_)), "{result:?}");
            }
        }
        let token = TrustLineAsset::CreditAlphanum4(genesis::token());
        for account in &accounts {
            let entry = net.entries.account(&account.id).unwrap();
            assert_eq!(entry.balance, STARTING_STROOPS, "{}", account.name);
            let line = net.entries.trustline(&account.id, &token).unwrap();
            assert_eq!((line.balance, line.limit), (TOKEN_AMOUNT, i64::MAX), "{}", account.name);
        }
        let nobody = accounts::named(count + 1).pop().unwrap();
        assert!(net.entries.account(&nobody.id).is_none());
    }
}

#[test]
fn the_contracts_of_the_token_and_of_xlm_are_there() {
    start().network(|net| {
        for asset in [Asset::Native, Asset::CreditAlphanum4(genesis::token())] {
            let contract = ScAddress::Contract(asset_contract(&asset, &net.network_id));
            let instance = LedgerKey::ContractData(LedgerKeyContractData {
                contract,
                key: ScVal::LedgerKeyContractInstance,
                durability: stellar_xdr::ContractDataDurability::Persistent,
            });
            assert!(net.entries.read(&instance).is_some(), "{asset:?}");
        }
    });
}
