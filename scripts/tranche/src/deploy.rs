//! `deploy` and `address`: one escrow for each engagement of a deployer.

use crate::check::{self, Setting};
use crate::escrow::{Escrow, Token, understand};
use crate::failure::Failure;
use crate::reader::Reader;
use crate::session::Session;
use crate::sheet::Sheet;
use crate::stellar::Stellar;
use crate::terms::{Draft, meaning, next_batch, stuck, total};
use crate::{clock, session};
use clap::Args;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{env, fs};

/// Deploy an escrow with the terms of a file, which is checked before anything is sent
#[derive(Args)]
#[command(
    after_help = "Example: scripts/deploy --terms scripts/examples/arbitrated.json --source admin"
)]
pub struct Deploy {
    /// The terms and milestones, in JSON (docs/commands.md has the fields)
    #[arg(long, value_name = "FILE")]
    terms: String,
}

/// Compute the address of the escrow that a deployer makes for an engagement
#[derive(Args)]
#[command(after_help = "Example: scripts/address --deployer admin --engagement HOUSE-1")]
pub struct Address {
    /// The account that deploys: an identity, or its address
    #[arg(long, value_name = "NAME|G…")]
    deployer: String,
    /// The engagement_id of the terms
    #[arg(long, value_name = "ID")]
    engagement: String,
}

/// SHA-256 of `tranche`, the deployer's address and the engagement id, in hexadecimal: one
/// escrow for each engagement of a deployer.
pub fn salt(deployer: &str, engagement: &str) -> String {
    hex(&Sha256::digest(format!("tranche{deployer}{engagement}")))
}

pub fn address(stellar: &Stellar, session: &Session, options: &Address) -> Result<(), Failure> {
    let deployer = session::account(stellar, "--deployer", &options.deployer)?;
    let address = stellar.contract_address(&salt(&deployer, &options.engagement), &deployer)?;
    session.tell(&address, || json!({ "id": address, "deployer": deployer }));
    Ok(())
}

pub fn deploy(stellar: &Stellar, session: &Session, options: &Deploy) -> Result<(), Failure> {
    let source = session.signer(stellar)?;
    let file = session::read_json(&options.terms)?;
    let (draft, token) = read(stellar, &options.terms, &file, &source.address)?;
    let id = address_of(stellar, &draft, &source.address)?;
    stellar.check_network()?;
    if stellar.instance(&id)?.is_some() {
        return Err(already(stellar, &id, &draft));
    }
    let wasm = wasm()?;
    let hash = hex(&Sha256::digest(&wasm.1));
    let uploaded = stellar.has_code(&hash)?;
    let batches = batches(&draft);
    sheet(stellar, &id, &draft, &token, uploaded)
        .show(&format!("Deploy on {}", stellar.network.name));
    warn(&draft);
    session.confirm(stellar)?;
    let mut costs = 0;
    if !uploaded {
        eprintln!("Uploading the code, once for all escrows of this version …");
        costs += stellar.upload(&wasm.0, &source.name)?.fee;
    }
    let first = &draft.milestones[..batches[0]];
    let arguments = [
        ("terms", session::to_json(&draft.terms)),
        ("milestones", session::to_json(&first)),
        ("total", total(first).unwrap_or_default().to_string()),
    ];
    eprintln!("Deploying, with {} of {} milestones …", first.len(), draft.milestones.len());
    let salt = salt(&source.address, &draft.terms.engagement_id);
    let sent = stellar.deploy(&hash, &salt, &source.name, &arguments)?;
    costs += sent.fee;
    let mut there = batches[0];
    for batch in &batches[1..] {
        costs += add(stellar, &id, &source.name, &draft, there, *batch)?;
        there += batch;
    }
    let look = stellar.network.explorer(&id).unwrap_or_else(|| format!("scripts/status --id {id}"));
    let xlm = session::xlm(costs);
    session.tell(&format!("{id}\ncode  {hash}\ncost  {xlm}\nlook  {look}"), || {
        json!({ "id": id, "wasm_hash": hash, "hash": sent.hash, "fee_stroops": costs.to_string(), "look": look })
    });
    Ok(())
}

/// Reads a file of terms, with the token that it names.
pub fn read(
    stellar: &Stellar,
    path: &str,
    file: &Value,
    admin: &str,
) -> Result<(Draft, Token), Failure> {
    let names = |name: &str| stellar.address(name).ok();
    let mut reader = Reader::new(&names, clock::now());
    let address = match check::token(file) {
        Ok(check::Token::Contract(address)) => Ok(address),
        Ok(check::Token::Asset(asset)) => stellar
            .asset_contract(&asset)
            .map_err(|_| format!("token: {asset:?} is no asset: native, or CODE:ISSUER")),
        Err(problem) => Err(problem),
    };
    let token = address.as_ref().ok().map(|address| Token::read(stellar, address));
    let decimals = token.as_ref().and_then(|token| token.as_ref().ok()).map(|token| token.decimals);
    let address = address.unwrap_or_else(|problem| {
        reader.problems.push(problem);
        String::new()
    });
    let draft = check::terms_file(&mut reader, file, &Setting { token: &address, decimals });
    if let Some(draft) = &draft {
        check_admin(&mut reader, draft, admin);
        let known = reader.problems.is_empty() && !draft.terms.engagement_id.is_empty();
        if let Some(own) = known.then(|| address_of(stellar, draft, admin).ok()).flatten() {
            check::own_address(&mut reader, draft, &own);
        }
    }
    session::no_problems(path, reader.problems)?;
    let token = token.ok_or_else(|| Failure::input("There is no token.", "name one"))??;
    let draft = draft.ok_or_else(|| Failure::input("There are no terms.", "write some"))?;
    Ok((draft, token))
}

/// The admin signs the creation, which `stellar` only does for the account that sends it.
fn check_admin(reader: &mut Reader, draft: &Draft, source: &str) {
    let admin = &draft.terms.roles.admin;
    if !admin.is_empty() && admin != source {
        reader.problem(
            "roles.admin",
            format!(
                "{admin} is not who deploys ({source}). The admin has to sign the creation, and \
                 stellar signs it for the deployer only: deploy with the admin's --source, or name \
                 the deployer here and hand the seat over afterwards: scripts/rotate --role Admin"
            ),
        );
    }
}

fn address_of(stellar: &Stellar, draft: &Draft, deployer: &str) -> Result<String, Failure> {
    stellar.contract_address(&salt(deployer, &draft.terms.engagement_id), deployer)
}

/// What to do where the escrow is there, perhaps without all of its milestones.
fn already(stellar: &Stellar, id: &str, draft: &Draft) -> Failure {
    let told = stellar.view(id, "get_escrow", &[]).and_then(|told| understand::<Escrow>(&told));
    let missing = told.ok().map(|escrow| escrow.totals.milestones as usize);
    let happened = format!(
        "This engagement is deployed already, at {id}: the same deployer and engagement_id make the same address."
    );
    let failure = Failure::refused(
        happened,
        format!("scripts/status --id {id} shows it; another escrow takes another engagement_id"),
    );
    match missing.filter(|there| *there < draft.milestones.len()) {
        Some(there) => failure.because(format!(
            "It has {there} milestones, and the file {}: scripts/manage_milestones --add can add the rest.",
            draft.milestones.len()
        )),
        None => failure,
    }
}

/// How many milestones each call takes: the constructor first.
fn batches(draft: &Draft) -> Vec<usize> {
    let mut batches = vec![draft.first_batch().max(1)];
    let mut there = batches[0];
    while there < draft.milestones.len() {
        let next = next_batch(&draft.milestones[there..], &[], 0).max(1);
        batches.push(next);
        there += next;
    }
    batches
}

fn add(
    stellar: &Stellar,
    id: &str,
    source: &str,
    draft: &Draft,
    there: usize,
    count: usize,
) -> Result<i128, Failure> {
    let all = draft.milestones.len();
    eprintln!("Adding milestones {there} to {} of {all} …", there + count - 1);
    let arguments = [
        ("admin", draft.terms.roles.admin.clone()),
        ("remove", "0".into()),
        ("edit", "[]".into()),
        ("add", session::to_json(&&draft.milestones[there..there + count])),
        ("total", total(&draft.milestones[..there + count]).unwrap_or_default().to_string()),
    ];
    let sent = stellar.invoke(id, source, "manage_milestones", &arguments);
    sent.map(|sent| sent.fee).map_err(|failure| {
        failure.because(format!(
            "The escrow {id} stands with {there} of {all} milestones: scripts/manage_milestones --add can add the rest."
        ))
    })
}

fn sheet(stellar: &Stellar, id: &str, draft: &Draft, token: &Token, uploaded: bool) -> Sheet {
    let terms = &draft.terms;
    let mut sheet = Sheet::default();
    let gross = draft.milestones.iter().map(|milestone| {
        milestone.amount.0
            + crate::amount::fee(milestone.amount.0, terms.platform_fee_bps).unwrap_or(0)
    });
    sheet.line("escrow", id).line("network", &stellar.network.passphrase);
    sheet.line("engagement", format!("{} {}", terms.engagement_id, terms.title));
    sheet.line("signs", format!("{} (admin)", terms.roles.admin));
    sheet.line("payer", &terms.roles.payer);
    sheet.line("token", format!("{} {}", token.address, token.symbol));
    sheet.line("milestones", draft.milestones.len().to_string());
    sheet.line("amount", token.shown(total(&draft.milestones).unwrap_or_default()));
    sheet.line("with fees", token.shown(gross.sum()));
    let code = if uploaded {
        "there already"
    } else {
        "will be uploaded, once for all escrows (about 68 XLM at mainnet's rates)"
    };
    sheet.line("code", code);
    sheet
}

fn warn(draft: &Draft) {
    let without_due = draft.milestones.iter().any(|milestone| milestone.due == 0);
    for way in stuck(&draft.terms, without_due) {
        eprintln!("Warning: money can get stuck ({way}): {}.", meaning(way));
    }
}

/// The built contract: where it is, and what it is.
fn wasm() -> Result<(String, Vec<u8>), Failure> {
    let path = env::var("ESCROW_WASM")
        .unwrap_or_else(|_| "target/wasm32v1-none/release/escrow.wasm".into());
    match fs::read(&path) {
        Ok(wasm) => Ok((path, wasm)),
        Err(error) => {
            Err(Failure::input(format!("{path}: {error}."), "build it with `make build`"))
        }
    }
}

/// The hash of the built contract, if there is one.
pub fn built_hash() -> Option<String> {
    wasm().ok().map(|(_, wasm)| hex(&Sha256::digest(wasm)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_salt_is_that_of_the_documents() {
        let deployer = "GCGF42FAKRBE72WIFU7M577CVVTR3CBGMKXEVPVAMC2M3WXTUKVAZI6D";
        let expected = hex(&Sha256::digest(
            b"trancheGCGF42FAKRBE72WIFU7M577CVVTR3CBGMKXEVPVAMC2M3WXTUKVAZI6DHOUSE-1",
        ));
        assert_eq!(salt(deployer, "HOUSE-1"), expected);
        assert_ne!(salt(deployer, "HOUSE-1"), salt(deployer, "HOUSE-2"));
    }
}
