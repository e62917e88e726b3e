//! The known attacks, one test each: what an attacker would try, and how it fails.
//!
//! `docs/threats.md` lists them. [`classes`] are the known classes of vulnerability of contracts
//! that hold money; [`findings`], [`liveness`] and [`authority`] are what was found wrong with an
//! existing escrow contract.

mod authority;
mod classes;
mod findings;
mod liveness;

use escrow::*;
use soroban_sdk::Address;
use std::fs::read_to_string;
use tests::tokens::{CoinClient, Mischief};
use tests::*;

/// What each milestone takes: 1,000 and 2.5 %.
const GROSS: i128 = 1_025 * ONE;

/// The default escrow, all of it funded.
fn funded() -> World {
    let w = World::new();
    w.fund_all();
    w
}

/// An escrow of three milestones of 1,000, all funded, in a token that is honest until told not to
/// be.
fn funded_in_coin() -> (World, CoinClient<'static>) {
    let (w, coin) = tokens::world(|_, _| {});
    w.fund_all();
    (w, coin)
}

fn turn(w: &World, coin: &CoinClient, mischief: Mischief) {
    coin.turn(&w.list(&[mischief]));
}

fn ruling(milestone: u32, to_receiver: i128) -> Ruling {
    Ruling { milestone, to_receiver }
}

/// Milestones of 1,000 with these receivers.
fn receivers(plan: &mut Plan, receivers: &[Address]) {
    for (milestone, receiver) in plan.milestones.iter_mut().zip(receivers) {
        milestone.receiver = Some(receiver.clone());
    }
}

/// A file of the project.
fn file(path: &str) -> String {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The entry points, with what they take, as the built contract declares them.
fn entry_points() -> Vec<(String, String)> {
    let interface = file("tests/golden/interface.txt");
    let functions = interface.lines().filter_map(|line| line.strip_prefix("fn "));
    functions
        .map(|function| {
            let (name, rest) = function.split_once('(').unwrap();
            (name.into(), rest.rsplit_once(')').unwrap().0.into())
        })
        .collect()
}

/// The fields of a type, as the built contract declares it.
fn fields(name: &str) -> Vec<String> {
    let interface = file("tests/golden/interface.txt");
    let (_, rest) = interface.split_once(&format!("\nstruct {name}\n")).unwrap();
    let lines = rest.lines().take_while(|line| !line.is_empty());
    let fields = lines.filter(|line| !line.trim().starts_with('#'));
    fields.map(|line| line.trim().split(':').next().unwrap().into()).collect()
}

/// What the built contract asks of its host: module and function, by the host's short names.
fn imports() -> Vec<(String, String)> {
    let wasm = wasm();
    let mut rest = &wasm[8..];
    loop {
        let kind = rest[0];
        let length = number(&mut rest, 1);
        if kind == 2 {
            let mut section = &rest[..length];
            return (0..number(&mut section, 0)).map(|_| import(&mut section)).collect();
        }
        rest = &rest[length..];
    }
}

fn import(section: &mut &[u8]) -> (String, String) {
    let import = (name(section), name(section));
    assert_eq!(section[0], 0, "a function");
    number(section, 1);
    import
}

fn name(bytes: &mut &[u8]) -> String {
    let length = number(bytes, 0);
    let (name, rest) = bytes.split_at(length);
    *bytes = rest;
    String::from_utf8(name.to_vec()).unwrap()
}

/// A number as WASM writes it, after so many other bytes.
fn number(bytes: &mut &[u8], skip: usize) -> usize {
    let length = bytes[skip..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    let (number, rest) = bytes[skip..].split_at(length);
    *bytes = rest;
    number.iter().rev().fold(0, |n, byte| n << 7 | usize::from(byte & 0x7f))
}
