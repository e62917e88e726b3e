//! What `stellar` and the contract say when they refuse, as sentences with a next step.

use crate::failure::Failure;
use crate::sheet::printable;

/// The page that lists the contract's errors, which is made from the contract.
const PAGE: &str = include_str!("../../../docs/errors.md");

/// One error of the contract.
#[derive(Debug, PartialEq, Eq)]
pub struct ContractError {
    pub number: u32,
    pub name: &'static str,
    pub sentence: &'static str,
}

/// All errors of the contract.
pub fn all() -> impl Iterator<Item = ContractError> {
    PAGE.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        let number = cells.next()?.parse().ok()?;
        let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        Some(ContractError { number, name, sentence: cells.next()? })
    })
}

/// What an error of the contract comes to.
fn refusal(number: u32, said: &str) -> Failure {
    let Some(error) = all().find(|error| error.number == number) else {
        return Failure::refused(
            format!("The contract refused with error {number}, which is none of an escrow's."),
            "check that --id is an escrow: scripts/status --id C…",
        );
    };
    let happened = format!("Refused: {} ({}, error {number})", error.sentence, error.name);
    let failure = Failure::refused(happened, advice(number));
    match token_reason(said).filter(|_| number == 80) {
        Some(reason) => failure.because(reason),
        None => failure,
    }
}

fn advice(number: u32) -> &'static str {
    match number {
        1..=8 => "scripts/status shows who holds which seat: name one of them with --source",
        9 => "another resolver has to rule, or this one redirects the milestone first",
        10 => "scripts/status shows who holds the seat: name them with --from",
        20 => "name at least one thing to change",
        21 => "name each milestone once",
        22 => "split it: fewer milestones, or shorter texts, in each call",
        23 => "scripts/status lists the milestones; the first has the number 0",
        30..=44 => "correct the terms: docs/operations/creating.md has the rules",
        50..=52 => "something changed meanwhile: look at it with scripts/status, then try again",
        53 => "name an amount from 0 to that of the milestone",
        60 => "the payer funds it first: scripts/fund",
        61 => "there is nothing to do; scripts/status shows what is funded",
        62 => "there is nothing to do: settled is final",
        63 => "it has to be ruled on (scripts/resolve), dropped (scripts/resume) or settled first",
        64 => "scripts/status shows what is disputed",
        65 => "the next step is scripts/release",
        66 => "the approvers approve first (scripts/approve), or the review window passes",
        67 => "the approvers approve it, or send it back with scripts/reject",
        68 => "only work that is reported as Completed can be sent back",
        69 => "it takes the votes of others; scripts/status shows who has voted",
        70 => "approvers can still approve late work; the payer can reclaim it",
        71 | 72 => "scripts/status shows from when on it is possible",
        73 => {
            "the two sides can settle (scripts/settle), or the receiver gives back (scripts/refund)"
        }
        74 => "terms can only be changed while no milestone is funded",
        80 => "check balances, trustlines and limits of the account, then try again",
        81 => "this token keeps a part of each transfer: it cannot be used for an escrow",
        82 => "send more tokens to the escrow's address, or use scripts/fund",
        83 => "anybody can send the missing tokens to the escrow's address; then try again",
        84 => "scripts/status shows what is credited on which milestone",
        85 => "scripts/status shows what is unreserved",
        _ => "docs/errors.md says more",
    }
}

/// What the token said, where a transfer failed.
fn token_reason(said: &str) -> Option<&'static str> {
    let number = contract_numbers(said).find(|number| *number != 80)?;
    Some(match number {
        6 => "The token: the account does not exist.",
        8 | 9 => "The token: the amount or the allowance does not suffice.",
        10 => "The token: the balance does not suffice, or a limit would be passed.",
        11 => "The token: the balance is frozen by the issuer.",
        13 => "The token: the account has no trustline for it.",
        _ => return None,
    })
}

fn contract_numbers(said: &str) -> impl Iterator<Item = u32> {
    said.split("Error(Contract, #").skip(1).filter_map(|rest| rest.split(')').next()?.parse().ok())
}

/// Why `stellar` ended with an error, from what it printed beside its result.
pub fn explain(said: &str, network: &str) -> Failure {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if let Some(number) = contract_numbers(said).next() {
        return refusal(number, said);
    }
    if has(&["client error (Connect)", "error sending request", "Connection refused", "Networking"])
    {
        let next = if network == "local" {
            "start one with `make localnet`, or set STELLAR_RPC_URL and STELLAR_NETWORK_PASSPHRASE"
        } else {
            "check the connection, or name another server with STELLAR_RPC_URL"
        };
        return Failure::refused(format!("The RPC server of {network} cannot be reached."), next);
    }
    if has(&["Bring Your Own"]) {
        return Failure::input(
            "There is no RPC server for mainnet that everybody may use.",
            "choose a provider and set STELLAR_RPC_URL to its address",
        );
    }
    if let Some(name) = after("Failed to find config identity for ", said) {
        return Failure::input(
            format!("`stellar keys` has no identity called {name:?}."),
            "`stellar keys ls` lists those that there are; `stellar keys generate` makes one",
        );
    }
    if let Some(account) = after("Account not found: ", said) {
        return Failure::refused(
            format!("The account {account} does not exist on {network}."),
            "send it some XLM; on local and testnet: stellar keys fund NAME",
        );
    }
    if let Some(id) = after("ontract not found: ", said) {
        return Failure::refused(
            format!("There is no contract {id} on {network}."),
            "check --id and NETWORK; scripts/address computes the address of an escrow",
        );
    }
    if has(&["does not match the server"]) {
        return Failure::refused(
            format!("The server belongs to another network than {network}."),
            "check NETWORK, STELLAR_RPC_URL and STELLAR_NETWORK_PASSPHRASE",
        );
    }
    if let Some(account) = after("Missing signing key for account ", said) {
        return Failure::refused(
            format!("{account} has to sign as well, and `stellar keys` has no key for it."),
            "add the identity with `stellar keys add`, and name it instead of the address",
        );
    }
    rare(said, network)
}

/// What follows these words on their line.
fn after(words: &str, said: &str) -> Option<String> {
    let rest = said.split(words).nth(1)?.lines().next()?;
    Some(printable(rest.trim().trim_end_matches('.')))
}

fn rare(said: &str, network: &str) -> Failure {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["Error(Auth, InvalidAction)"]) {
        return Failure::refused(
            "Refused: somebody who did not sign would have to.",
            "scripts/status shows who holds which seat: name one of them with --source",
        );
    }
    if has(&["Error(Storage, ExistingValue)"]) {
        return Failure::refused(
            "There is a contract at this address already.",
            "scripts/status shows it; for another escrow choose another engagement_id",
        );
    }
    if has(&["TxInsufficientBalance", "InsufficientBalance", "tx_insufficient_balance"]) {
        return Failure::refused(
            "The account has too little XLM for the fee and its reserve.",
            "send it some XLM; on local and testnet: stellar keys fund NAME",
        );
    }
    if has(&["TxBadSeq", "tx_bad_seq"]) {
        return Failure::refused(
            "Another transaction of this account came first.",
            "try again when it is through",
        );
    }
    if let Some(function) = after("unrecognized subcommand '", said) {
        let function = function.trim_end_matches('\'');
        return Failure::refused(
            format!("The contract has no {function}: it is of another kind, and not an escrow."),
            "check --id; scripts/address computes the address of an escrow",
        );
    }
    if has(&["timed out", "imeout"]) {
        return Failure::refused(
            format!("{network} did not answer in time: it is not known whether it was done."),
            "look with scripts/status before trying again",
        );
    }
    let words = said.lines().filter(|line| line.contains("error")).take(3);
    let failure =
        Failure::refused("stellar refused.", "see what it says above, and docs/errors.md");
    words.fold(failure, |failure, line| failure.because(printable(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_read_whole() {
        let rows = PAGE.lines().filter(|line| line.starts_with("| ")).count() - 1;
        let errors: Vec<_> = all().collect();
        assert_eq!(errors.len(), rows);
        assert_eq!(errors.len(), 56);
        for error in &errors {
            assert!(error.sentence.ends_with('.'), "{error:?}");
            assert_ne!(advice(error.number), "", "{error:?}");
        }
        let first =
            ContractError { number: 1, name: "NotPayer", sentence: "Only the payer may do this." };
        assert_eq!(errors[0], first);
    }

    #[test]
    fn what_the_program_says_becomes_a_sentence() {
        for (said, code, words) in [
            ("failed: HostError: Error(Contract, #61)\n", 1, "AlreadyFunded, error 61"),
            ("HostError: Error(Contract, #80)\n Error(Contract, #13)", 1, "no trustline"),
            ("HostError: Error(Contract, #4711)", 1, "none of an escrow's"),
            ("HostError: Error(Context, InvalidAction) x Error(Contract, #39)", 1, "above zero"),
            ("❌ error: client error (Connect)", 1, "RPC server of local cannot be reached"),
            ("❌ error: Failed to find config identity for bob", 2, "no identity called \"bob\""),
            ("❌ error: Account not found: GABC", 1, "account GABC does not exist on local"),
            ("❌ error: Contract not found: CABC", 1, "no contract CABC on local"),
            ("❌ error: contract not found: CABC", 1, "no contract CABC on local"),
            ("passphrase \"a\" does not match the server: \"b\"", 1, "another network"),
            ("❌ error: Missing signing key for account GABC", 1, "GABC has to sign as well"),
            ("HostError: Error(Auth, InvalidAction)", 1, "did not sign"),
            ("HostError: Error(Storage, ExistingValue)", 1, "already"),
            ("transaction submission failed: TxInsufficientBalance", 1, "too little XLM"),
            ("error: unrecognized subcommand 'get_escrow'", 1, "has no get_escrow"),
            ("Invalid URL Bring Your Own: https://…", 2, "choose a provider"),
            ("❌ error: submission timeout", 1, "not known whether"),
            ("❌ error: something new", 1, "something new"),
        ] {
            let failure = explain(said, "local");
            assert_eq!(failure.code, code, "{said}");
            assert!(failure.to_string().contains(words), "{said}: {failure}");
            assert!(failure.to_string().contains("Next: "), "{failure}");
        }
    }
}
