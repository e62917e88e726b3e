//! `balances`: what many escrows hold, in one request.

use crate::amount;
use crate::escrow::{Token, Units, understand};
use crate::failure::Failure;
use crate::session::{Session, contract};
use crate::stellar::Stellar;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use stellar_strkey::Contract;
use stellar_xdr::{ContractId, Hash, Limits, ScAddress, ScSymbol, ScVal, ScVec, WriteXdr};

/// What the RPC answers at once.
const MOST: usize = 200;

/// What many escrows hold of one token, in one request: --id C… --id C…
#[derive(Args)]
#[command(after_help = "Example: scripts/balances --id C… --id C… --token C…")]
pub struct List {
    /// The contract of the token; that of the first escrow, if it is left out
    #[arg(long, value_name = "C…")]
    token: Option<String>,
}

pub fn balances(
    stellar: &Stellar,
    session: &Session,
    ids: &[String],
    options: &List,
) -> Result<(), Failure> {
    let first = session.escrow_id()?.to_owned();
    let ids = if ids.is_empty() { vec![first.clone()] } else { ids.to_vec() };
    if ids.len() > MOST {
        return Err(Failure::input(
            format!("{} escrows, and one request carries {MOST}.", ids.len()),
            "split it",
        ));
    }
    let keys = ids.iter().map(|id| key(id)).collect::<Result<Vec<_>, _>>()?;
    let given = options.token.as_deref().map(|token| contract("--token", token)).transpose()?;
    stellar.check_network()?;
    let token = match given {
        Some(token) => token.to_owned(),
        None => {
            let told = stellar.view(&first, "get_escrow", &[])?;
            understand(&told["terms"]["token"])?
        }
    };
    let token = Token::read(stellar, &token)?;
    let found = held(&stellar.entries(&token.address, &keys)?);
    let rows: Vec<_> = ids.iter().map(|id| (id, found.get(id).copied().unwrap_or(0))).collect();
    let text: Vec<_> =
        rows.iter().map(|(id, units)| format!("{id}  {}", token.shown(*units))).collect();
    session.tell(&text.join("\n"), || {
        let row = |(id, units): &(&String, i128)| {
            json!({ "id": id, "units": units.to_string(), "decimal": amount::plain(*units, token.decimals) })
        };
        let balances: Vec<_> = rows.iter().map(row).collect();
        json!({ "token": token.address, "symbol": token.symbol, "balances": balances })
    });
    Ok(())
}

/// Under which key a token keeps the balance of a contract, in XDR.
fn key(id: &str) -> Result<String, Failure> {
    let wrong = |_| Failure::input(format!("--id {id} is wrong."), "correct the address");
    let Contract(bytes) = Contract::from_string(contract("--id", id)?).map_err(wrong)?;
    let address = ScVal::Address(ScAddress::Contract(ContractId(Hash(bytes))));
    let name = ScSymbol("Balance".try_into().expect("a short word"));
    let parts = vec![ScVal::Symbol(name), address];
    let key = ScVal::Vec(Some(ScVec(parts.try_into().expect("two parts"))));
    Ok(key.to_xdr_base64(Limits::none()).expect("a key of two parts"))
}

/// The balances that the ledger has, by escrow: of an asset's contract in a map, of most others a
/// number.
fn held(found: &Value) -> BTreeMap<String, i128> {
    let entries = found["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
    let balance = |entry: &Value| {
        let data = &entry["val"]["contract_data"];
        let holder = data["key"]["vec"][1]["address"].as_str()?.to_owned();
        let fields = data["val"]["map"].as_array().map(Vec::as_slice).unwrap_or_default();
        let amount = fields.iter().find(|field| field["key"]["symbol"] == "amount");
        let value = amount.map_or(&data["val"], |field| &field["val"]);
        let Units(units) = understand(&value["i128"]).ok()?;
        Some((holder, units))
    };
    entries.iter().filter_map(balance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use stellar_xdr::ReadXdr;

    const ESCROW: &str = "CBOH6LQLKPQZVVBK36JNHIZ6LDKAPGEBLZN2YFBSKHTNILRXQ4OZ4NTR";

    #[test]
    fn the_key_is_that_of_a_tokens_balance() {
        let key = ScVal::from_xdr_base64(key(ESCROW).unwrap(), Limits::none()).unwrap();
        let told = serde_json::to_value(&key).unwrap();
        assert_eq!(told, json!({ "vec": [{ "symbol": "Balance" }, { "address": ESCROW }] }));
        assert!(super::key("GABC").is_err());
    }

    #[test]
    fn balances_are_read_from_both_kinds_of_entries() {
        let entry = |value: Value| {
            let key = json!({ "vec": [{ "symbol": "Balance" }, { "address": ESCROW }] });
            json!({ "entries": [{ "val": { "contract_data": { "key": key, "val": value } } }] })
        };
        let amount = json!({ "key": { "symbol": "amount" }, "val": { "i128": "15" } });
        for value in [json!({ "map": [amount] }), json!({ "i128": "15" })] {
            assert_eq!(held(&entry(value)).get(ESCROW), Some(&15));
        }
        assert!(held(&json!({ "entries": [] })).is_empty());
    }
}
