//! Assets: which there can be, and who issues them.

use stellar_xdr::{AccountId, Asset, ChangeTrustAsset, TrustLineAsset};

/// Whether there can be such an asset: a code is letters and digits, as many as its kind asks for.
pub fn is_valid_asset(asset: &Asset) -> bool {
    match asset {
        Asset::Native => true,
        Asset::CreditAlphanum4(credit) => is_valid_code(&credit.asset_code.0, 1),
        Asset::CreditAlphanum12(credit) => is_valid_code(&credit.asset_code.0, 5),
    }
}

fn is_valid_code(code: &[u8], least: usize) -> bool {
    let text = text(code);
    text.len() >= least
        && text.iter().all(u8::is_ascii_alphanumeric)
        && code[text.len()..].iter().all(|byte| *byte == 0)
}

/// A code without the zeros that fill it up.
fn text(code: &[u8]) -> &[u8] {
    code.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Who issues an asset; nobody issues XLM.
pub fn issuer(asset: &Asset) -> Option<&AccountId> {
    match asset {
        Asset::Native => None,
        Asset::CreditAlphanum4(credit) => Some(&credit.issuer),
        Asset::CreditAlphanum12(credit) => Some(&credit.issuer),
    }
}

/// What a trustline calls an asset.
pub fn on_trustline(asset: &Asset) -> TrustLineAsset {
    match asset {
        Asset::Native => TrustLineAsset::Native,
        Asset::CreditAlphanum4(credit) => TrustLineAsset::CreditAlphanum4(credit.clone()),
        Asset::CreditAlphanum12(credit) => TrustLineAsset::CreditAlphanum12(credit.clone()),
    }
}

/// The asset that is to be trusted, if it is one: the share of a pool is none.
pub fn trusted(line: &ChangeTrustAsset) -> Option<Asset> {
    match line {
        ChangeTrustAsset::Native => Some(Asset::Native),
        ChangeTrustAsset::CreditAlphanum4(credit) => Some(Asset::CreditAlphanum4(credit.clone())),
        ChangeTrustAsset::CreditAlphanum12(credit) => Some(Asset::CreditAlphanum12(credit.clone())),
        ChangeTrustAsset::PoolShare(_) => None,
    }
}

/// An asset as SEP-11 writes it.
pub fn name(asset: &Asset) -> Vec<u8> {
    let credit =
        |code, issuer: &AccountId| [text(code), b":", issuer.to_string().as_bytes()].concat();
    match asset {
        Asset::Native => b"native".to_vec(),
        Asset::CreditAlphanum4(asset) => credit(&asset.asset_code.0, &asset.issuer),
        Asset::CreditAlphanum12(asset) => credit(&asset.asset_code.0, &asset.issuer),
    }
}
