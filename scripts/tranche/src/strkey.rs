//! What people write where an address is expected.

use stellar_strkey::Strkey;

/// What a text is, where an address is expected.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// The address of an account or a contract.
    Address,
    /// Perhaps the name of an identity of `stellar keys`.
    Name,
    /// Neither; the sentence says what.
    Wrong(&'static str),
}

/// Whether a text is a secret key, or was meant to be one: it is never shown.
pub fn is_secret(text: &str) -> bool {
    let text = text.trim();
    text.len() == 56 && text.starts_with('S') && is_base32(text)
}

/// Whether a text is the address of a contract.
pub fn is_contract(text: &str) -> bool {
    matches!(Strkey::from_string(text), Ok(Strkey::Contract(_)))
}

/// What a text is, where an address is expected.
pub fn classify(text: &str) -> Written {
    match Strkey::from_string(text) {
        Ok(Strkey::PublicKeyEd25519(_) | Strkey::Contract(_)) => Written::Address,
        Ok(Strkey::MuxedAccountEd25519(_)) => {
            Written::Wrong("this is a muxed account (M…): name the account itself (G…)")
        }
        Ok(Strkey::MuxedContract(_)) => {
            Written::Wrong("this is a muxed contract: name the contract itself (C…)")
        }
        Ok(Strkey::PreAuthTx(_) | Strkey::HashX(_) | Strkey::SignedPayloadEd25519(_)) => {
            Written::Wrong("this is a signer of an account, not an account")
        }
        Ok(Strkey::LiquidityPool(_)) => Written::Wrong("this is a liquidity pool"),
        Ok(Strkey::ClaimableBalance(_)) => Written::Wrong("this is a claimable balance"),
        Err(_) if is_secret(text) => {
            Written::Wrong("this is a secret key: take it out; whoever has seen it has the account")
        }
        Err(_) => unreadable(text),
    }
}

fn unreadable(text: &str) -> Written {
    if is_base32(text) && text.len() > 40 {
        return match text.len() {
            56 => Written::Wrong("its checksum is wrong: a character was mistyped"),
            _ => Written::Wrong("an address has 56 characters: some are missing or too many"),
        };
    }
    if text.split_whitespace().count() > 1 {
        return Written::Wrong(
            "neither an address nor a name: it has spaces (never a seed phrase)",
        );
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts_well && text.len() <= 250 && text.chars().all(plain) {
        Written::Name
    } else {
        Written::Wrong("neither an address (G…, C…) nor the name of an identity of `stellar keys`")
    }
}

fn is_base32(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_apart() {
        let account = "GCRN5PMAG5FM5QLCH7BUZPRQ7UIW37LBZLF2BIDEOSG4ZQ6HYRC45ALA";
        let secret = "SCZ5VBFVGE4SLZV5WJO33LEEU36EEOEHWO27KYJIIUWGOKZB2OSNAQBI";
        let muxed = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";
        assert_eq!(classify(account), Written::Address);
        let contract = "CDSGKZ34G5IPVIG3D4LJUGX6K6EWFXCEVMBV5SMWOVNAP3GUOZBU7R32";
        assert_eq!(classify(contract), Written::Address);
        assert!(is_contract(contract) && !is_contract(account));
        assert!(is_secret(secret) && !is_secret(account));
        assert_eq!(classify("payer-2_b"), Written::Name);
        for (text, words) in [
            (secret, "secret key"),
            (muxed, "muxed account"),
            (&account.replace("GCRN", "GCRM"), "checksum"),
            (&account[..55], "56 characters"),
            ("test test test junk", "seed phrase"),
            ("", "neither"),
            ("--source", "neither"),
            ("a/b", "neither"),
        ] {
            let Written::Wrong(why) = classify(text) else { panic!("{text} is taken") };
            assert!(why.contains(words), "{text}: {why}");
        }
    }
}
