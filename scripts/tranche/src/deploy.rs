//! `deploy` and `address`: one escrow for each engagement of a deployer.

use crate::amount::fee;
use crate::check::{self, Setting};
use crate::escrow::{Escrow, Token, understand};
use crate::failure::Failure;
use crate::reader::Reader;
use crate::session::{Session, Signer};
use crate::sheet::Sheet;
use crate::stellar::{Sent, Stellar};
use crate::terms::{Draft, meaning, next_batch, stuck, total};
use crate::{clock, session};
use clap::Args;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{env, fs};

/// The build that the client was made from, which it says by its hash.
const CLIENTS_BUILD: &str = include_str!("../../../app/client/src/generated/build.ts");

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

/// A deployment that has passed every check.
struct Plan<'a> {
    stellar: &'a Stellar,
    source: Signer,
    draft: Draft,
    token: Token,
    /// Where the escrow will be.
    id: String,
    /// The path of the code, and its hash.
    wasm: (String, String),
}

pub fn deploy(stellar: &Stellar, session: &Session, options: &Deploy) -> Result<(), Failure> {
    let source = session.signer(stellar)?;
    let (draft, token) = read(stellar, &options.terms, &source.address)?;
    let id = address_of(stellar, &draft, &source.address)?;
    if stellar.instance(&id)?.is_some() {
        return Err(already(stellar, &id, &draft, &options.terms));
    }
    let (path, wasm) = wasm()?;
    let wasm = (path, hex(&Sha256::digest(&wasm)));
    let uploaded = stellar.has_code(&wasm.1)?;
    let plan = Plan { stellar, source, draft, token, id, wasm };
    plan.sheet(uploaded).show(&format!("Deploy on {}", stellar.network.name));
    warn(&plan.draft);
    session.confirm(stellar)?;
    let mut costs = 0;
    if !uploaded {
        eprintln!("Uploading the code, once for all escrows of this version …");
        costs += stellar.upload(&plan.wasm.0, &plan.source.name)?.fee;
    }
    let first = plan.draft.first_batch().max(1);
    let sent = plan.create(first)?;
    costs += sent.fee + plan.add_the_rest(first, &options.terms)?;
    let Plan { id, wasm: (_, code), .. } = &plan;
    let look = stellar.network.explorer(id).unwrap_or_else(|| format!("scripts/status --id {id}"));
    let xlm = session::xlm(costs);
    session.tell(&format!("{id}\ncode  {code}\ncost  {xlm}\nlook  {look}"), || {
        json!({
            "id": id,
            "wasm_hash": code,
            "hash": sent.hash,
            "fee_stroops": costs.to_string(),
            "look": look,
        })
    });
    Ok(())
}

impl Plan<'_> {
    fn sheet(&self, uploaded: bool) -> Sheet {
        let Self { stellar, draft, token, id, .. } = self;
        let terms = &draft.terms;
        let gross = draft.milestones.iter().map(|milestone| {
            milestone.amount.0 + fee(milestone.amount.0, terms.platform_fee_bps).unwrap_or(0)
        });
        let code = match uploaded {
            true => "there already",
            false => "will be uploaded, once for all escrows (about 68 XLM at mainnet's rates)",
        };
        let mut sheet = Sheet::default();
        sheet.line("escrow", id).line("network", &stellar.network.passphrase);
        sheet.line("engagement", format!("{} {}", terms.engagement_id, terms.title));
        sheet.line("signs", format!("{} (admin)", terms.roles.admin));
        sheet.line("payer", &terms.roles.payer);
        sheet.line("token", format!("{} {}", token.address, token.symbol));
        sheet.line("milestones", draft.milestones.len().to_string());
        sheet.line("amount", token.shown(total(&draft.milestones).unwrap_or_default()));
        sheet.line("with fees", token.shown(gross.sum()));
        sheet.line("code", code);
        sheet
    }

    /// Creates the escrow, with so many of its milestones.
    fn create(&self, count: usize) -> Result<Sent, Failure> {
        let Draft { terms, milestones } = &self.draft;
        let first = &milestones[..count.min(milestones.len())];
        eprintln!("Deploying, with {} of {} milestones …", first.len(), milestones.len());
        let arguments = [
            ("terms", session::to_json(terms)),
            ("milestones", session::to_json(&first)),
            ("total", total(first).unwrap_or_default().to_string()),
        ];
        let salt = salt(&self.source.address, &terms.engagement_id);
        self.stellar.deploy(&self.id, &self.wasm.0, &salt, &self.source.name, &arguments)
    }

    /// Adds the milestones that are not there yet; what that costs.
    fn add_the_rest(&self, mut there: usize, path: &str) -> Result<i128, Failure> {
        let milestones = &self.draft.milestones;
        let mut costs = 0;
        while there < milestones.len() {
            let end = there + next_batch(&milestones[there..], &[], 0).max(1);
            eprintln!("Adding milestones {there} to {} of {} …", end - 1, milestones.len());
            let arguments = [
                ("admin", self.source.address.clone()),
                ("remove", "0".into()),
                ("edit", "[]".into()),
                ("add", session::to_json(&&milestones[there..end])),
                ("total", total(&milestones[..end]).unwrap_or_default().to_string()),
            ];
            let signer = &self.source.name;
            let sent = self.stellar.invoke(&self.id, signer, "manage_milestones", &arguments, None);
            let rest = |failure: Failure| {
                failure.because(missing(&self.id, there, milestones.len(), path))
            };
            costs += sent.map_err(rest)?.fee;
            there = end;
        }
        Ok(costs)
    }
}

/// How the milestones are added that an escrow lacks.
fn missing(id: &str, there: usize, all: usize, path: &str) -> String {
    format!(
        "{id} has {there} of the file's {all} milestones; the rest is added by \
         scripts/manage_milestones --id {id} --add {path} --skip {there}"
    )
}

/// Reads a file of terms, with the token that it names.
fn read(stellar: &Stellar, path: &str, admin: &str) -> Result<(Draft, Token), Failure> {
    let file = &session::read_json(path)?;
    let names = |name: &str| stellar.address(name).ok();
    let mut reader = Reader::new(&names, clock::now());
    let address = match check::token(file) {
        Ok(check::Token::Contract(address)) => Ok(address),
        Ok(check::Token::Asset(asset)) => stellar
            .asset_contract(&asset)
            .map_err(|_| format!("token: {asset:?} is no asset: native, or CODE:ISSUER")),
        Err(problem) => Err(problem),
    };
    let ask = |address| stellar.check_network().and_then(|()| Token::read(stellar, address));
    let token = address.as_deref().ok().map(ask);
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
fn already(stellar: &Stellar, id: &str, draft: &Draft, path: &str) -> Failure {
    let told = stellar.view(id, "get_escrow", &[]).and_then(|told| understand::<Escrow>(&told));
    let failure = Failure::refused(
        format!(
            "This engagement is deployed already, at {id}: the same deployer and engagement_id \
             make the same address."
        ),
        format!("scripts/status --id {id} shows it; another escrow takes another engagement_id"),
    );
    let (there, all) =
        (told.map(|escrow| escrow.totals.milestones as usize), draft.milestones.len());
    match there {
        Ok(there) if there < all => failure.because(missing(id, there, all, path)),
        _ => failure,
    }
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

/// Whether code is the contract's: of the version that the client knows, or as it is built here.
pub fn is_known(hash: &str) -> bool {
    let known = CLIENTS_BUILD.split('\'').any(|part| part == hash);
    known || built_hash().is_some_and(|built| built == hash)
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
