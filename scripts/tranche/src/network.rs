//! Which network a command speaks to.

use crate::failure::Failure;

const MAINNET: &str = "Public Global Stellar Network ; September 2015";

/// The networks that `stellar` has built in, by name, with what their signatures are made for.
const KNOWN: [(&str, &str); 3] = [
    ("local", "Standalone Network ; February 2017"),
    ("testnet", "Test SDF Network ; September 2015"),
    ("mainnet", MAINNET),
];

/// A network, and where it is reached.
#[derive(Debug, PartialEq, Eq)]
pub struct Network {
    pub name: String,
    pub passphrase: String,
    rpc_url: Option<String>,
}

impl Network {
    /// The network of this name; or, where an address and a passphrase are given, the one that is
    /// there; or the local one.
    pub fn choose(
        name: Option<String>,
        rpc_url: Option<String>,
        passphrase: Option<String>,
    ) -> Result<Self, Failure> {
        let by_passphrase = |passphrase: &str| KNOWN.iter().find(|known| known.1 == passphrase);
        let Some(name) = name else {
            if rpc_url.is_some() != passphrase.is_some() {
                return Err(Failure::input(
                    "STELLAR_RPC_URL and STELLAR_NETWORK_PASSPHRASE belong together.",
                    "set both, or neither, or say with NETWORK which network is meant",
                ));
            }
            let passphrase = passphrase.unwrap_or_else(|| KNOWN[0].1.into());
            let name = by_passphrase(&passphrase).map_or("custom", |known| known.0).into();
            return Ok(Self { name, passphrase, rpc_url });
        };
        let Some((_, known)) = KNOWN.iter().find(|known| known.0 == name) else {
            return Err(Failure::input(
                format!("There is no network called {name:?}."),
                "use local, testnet or mainnet; for another, set STELLAR_RPC_URL and \
                 STELLAR_NETWORK_PASSPHRASE and no NETWORK",
            ));
        };
        if let Some(other) = passphrase.filter(|passphrase| passphrase != known) {
            return Err(Failure::input(
                format!("NETWORK is {name}, but STELLAR_NETWORK_PASSPHRASE is {other:?}."),
                "unset one of the two, so that it is clear which network is meant",
            ));
        }
        Ok(Self { name, passphrase: (*known).into(), rpc_url })
    }

    /// How `stellar` is told of it.
    pub fn arguments(&self) -> Vec<&str> {
        match &self.rpc_url {
            Some(url) => vec!["--rpc-url", url, "--network-passphrase", &self.passphrase],
            None => vec!["--network", &self.name],
        }
    }

    /// Whether real money is at stake.
    pub fn is_mainnet(&self) -> bool {
        self.passphrase == MAINNET
    }

    /// Where a contract of it can be looked at.
    pub fn explorer(&self, id: &str) -> Option<String> {
        let network = match self.name.as_str() {
            "testnet" => "testnet",
            "mainnet" => "public",
            _ => return None,
        };
        Some(format!("https://stellar.expert/explorer/{network}/contract/{id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(name: &str, url: &str, passphrase: &str) -> Result<Network, String> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let chosen = Network::choose(given(name), given(url), given(passphrase));
        chosen.map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_network_has_a_name_or_a_place() {
        let local = choose("", "", "").unwrap();
        assert_eq!(local.arguments(), ["--network", "local"]);
        assert_eq!(choose("testnet", "", "").unwrap().arguments(), ["--network", "testnet"]);
        let elsewhere = choose("", "http://localhost:1/rpc", KNOWN[0].1).unwrap();
        assert_eq!(elsewhere.name, "local");
        assert_eq!(elsewhere.arguments()[..2], ["--rpc-url", "http://localhost:1/rpc"]);
        assert_eq!(choose("", "http://localhost:1", "Ours").unwrap().name, "custom");
    }

    #[test]
    fn mainnet_is_mainnet_however_it_is_named() {
        assert!(choose("mainnet", "", "").unwrap().is_mainnet());
        assert!(choose("", "https://example.org", MAINNET).unwrap().is_mainnet());
        assert!(!choose("testnet", "https://example.org", "").unwrap().is_mainnet());
    }

    #[test]
    fn an_unknown_name_is_refused_and_the_known_are_listed() {
        let said = choose("futurenet", "", "").unwrap_err();
        assert!(said.contains("local, testnet or mainnet"), "{said}");
    }

    #[test]
    fn a_name_and_a_passphrase_that_differ_are_refused() {
        let said = choose("testnet", "http://localhost:1", KNOWN[0].1).unwrap_err();
        assert!(said.contains("unset one of the two"), "{said}");
        for (url, passphrase) in [("http://localhost:1", ""), ("", MAINNET)] {
            let said = choose("", url, passphrase).unwrap_err();
            assert!(said.contains("belong together"), "{said}");
        }
    }
}
