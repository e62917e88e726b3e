//! What the program tells about its network when it starts.

use localnet::accounts::{Account, DERIVATION_PATH, MNEMONIC};
use localnet::genesis::TOKEN_CODE;
use localnet::settings::{PASSPHRASE, PROTOCOL};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Where the official tools look for a network on this machine, unless they are told otherwise.
const USUAL_PORT: &str = ":8000";

/// A network that has started.
pub struct Banner {
    pub url: String,
    /// Whose limits and fees it has.
    pub settings: &'static str,
    /// When its ledgers close.
    pub closing: String,
    pub accounts: Vec<Account>,
    pub issuer: Account,
    pub token_contract: String,
    pub native_contract: String,
    /// What is known of its past, where it is kept.
    pub kept: Option<String>,
    /// Where the command line tool is, if the user may not know.
    pub tools: Option<PathBuf>,
}

impl Banner {
    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "rpcUrl": self.rpc(),
            "horizonUrl": self.url,
            "friendbotUrl": self.friendbot(),
            "networkPassphrase": PASSPHRASE,
            "protocolVersion": PROTOCOL,
            "mnemonic": MNEMONIC,
            "derivationPath": DERIVATION_PATH,
            "accounts": self.accounts.iter().map(keys).collect::<Vec<_>>(),
            "token": {
                "code": TOKEN_CODE,
                "issuer": keys(&self.issuer),
                "contract": self.token_contract,
            },
            "nativeContract": self.native_contract,
        })
    }

    /// For people, in 80 columns.
    pub fn text(&self) -> String {
        let rows: String = self.accounts.iter().map(row).collect();
        format!(
            "\
Localnet: a Stellar network in one process, for development

  Everybody knows the keys of this network: never send real money to them.

  RPC         {rpc}
  Horizon     {url} (as much of it as a wallet needs)
  Friendbot   {friendbot}
  Passphrase  {PASSPHRASE}
  Protocol    {PROTOCOL}, with the limits and fees of {settings}
  Ledgers     {closing}
{kept}
Accounts, each with 10,000 XLM and 1,000,000 {TOKEN_CODE} at first

{rows}
  Words       {MNEMONIC}
  Path        {DERIVATION_PATH}, where i is the number before the name

Tokens: their contracts, and who issues {TOKEN_CODE}

  {TOKEN_CODE:<17} {token}
  XLM               {native}
{issuer}
Try in another terminal

{commands}
Ctrl-C ends the network.
",
            url = self.url,
            rpc = self.rpc(),
            friendbot = self.friendbot(),
            settings = self.settings,
            kept =
                self.kept.iter().map(|kept| format!("  Kept        {kept}\n")).collect::<String>(),
            closing = self.closing,
            issuer = row(&self.issuer),
            token = self.token_contract,
            native = self.native_contract,
            commands = self.commands(),
        )
    }

    fn rpc(&self) -> String {
        format!("{}/rpc", self.url)
    }

    fn friendbot(&self) -> String {
        format!("{}/friendbot", self.url)
    }

    /// What works as it is printed, from top to bottom.
    fn commands(&self) -> String {
        let tools = self.tools.iter();
        let tools: String =
            tools.map(|path| format!("export PATH=\"{}:$PATH\"\n    ", path.display())).collect();
        let network = if self.url.ends_with(USUAL_PORT) {
            "unset STELLAR_RPC_URL STELLAR_NETWORK_PASSPHRASE\n    \
             export STELLAR_NETWORK=local"
                .into()
        } else {
            let rpc = self.rpc();
            format!(
                "export STELLAR_RPC_URL={rpc}\n    \
                 export STELLAR_NETWORK_PASSPHRASE=\"{PASSPHRASE}\""
            )
        };
        format!(
            "  \
  The command line learns the network, the token and two of the accounts
    {tools}{network}
    export {TOKEN_CODE}={token}
    export SEED=\"{MNEMONIC}\"
    echo $SEED | stellar keys add local-payer --hd-path 0 --overwrite
    echo $SEED | stellar keys add local-provider --hd-path 1 --overwrite

  What the payer has of the token, in its smallest unit
    stellar contract invoke --id ${TOKEN_CODE} --source local-payer \\
      -- balance --id local-payer

  A payment of 25 {TOKEN_CODE}
    stellar contract invoke --id ${TOKEN_CODE} --source local-payer \\
      -- transfer --from local-payer --to local-provider --amount 250000000

  An account of your own, with 10,000 XLM
    stellar keys generate local-me --fund --overwrite

  A day that passes at once
    curl -s {rpc} -H 'content-type: application/json' -d '{{
      \"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"localnet_advanceTime\",
      \"params\": {{ \"seconds\": 86400 }} }}'
",
            token = self.token_contract,
            rpc = self.rpc(),
        )
    }
}

fn keys(account: &Account) -> Value {
    json!({
        "name": account.name,
        "index": account.index,
        "publicKey": account.public(),
        "secretKey": account.secret_key(),
    })
}

fn row(account: &Account) -> String {
    let Account { name, index, .. } = account;
    format!("  {index:<4} {name:<12} {}\n{:20}{}\n", account.public(), "", account.secret_key())
}

#[cfg(test)]
mod tests {
    use super::*;
    use localnet::accounts;

    #[test]
    fn at_the_usual_port_the_tools_know_the_network_by_its_name() {
        let at = |url: &str| {
            let banner = Banner {
                url: url.into(),
                settings: "Mainnet",
                closing: "close with each transaction".into(),
                accounts: accounts::named(2),
                issuer: accounts::issuer(),
                token_contract: String::new(),
                native_contract: String::new(),
                kept: None,
                tools: None,
            };
            banner.text()
        };
        let (usual, other) = (at("http://127.0.0.1:8000"), at("http://127.0.0.1:18000"));
        assert!(usual.contains("    export STELLAR_NETWORK=local\n"), "{usual}");
        assert!(!usual.contains("export STELLAR_RPC_URL"), "{usual}");
        assert!(
            other.contains("    export STELLAR_RPC_URL=http://127.0.0.1:18000/rpc\n"),
            "{other}"
        );
        assert!(!other.contains("STELLAR_NETWORK=local"), "{other}");
    }
}
