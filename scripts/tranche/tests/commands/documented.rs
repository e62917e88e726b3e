//! Each entry point has its command, each command its link, its example, and its place on the page.

use crate::world::{PROGRAM, ROOT, end};
use std::fs::{read_link, read_to_string};
use std::process::Command;

const PAGE: &str = include_str!("../../../../docs/commands.md");
const CONTRACT: &str = include_str!("../../../../contracts/escrow/src/contract.rs");

#[test]
fn each_entry_point_has_its_command() {
    let entry_points =
        CONTRACT.split("    pub fn ").skip(1).filter_map(|rest| rest.split('(').next());
    let entry_points =
        entry_points.filter(|name| !name.starts_with("get_") && !name.starts_with("__"));
    let commands = commands();
    let mut count = 0;
    for name in entry_points {
        assert!(commands.iter().any(|command| command == name), "{name} has no command");
        count += 1;
    }
    assert_eq!(count, 21);
    assert_eq!(commands.len(), count + 5);
}

#[test]
fn each_command_has_its_link_its_example_and_its_row() {
    for name in commands() {
        let link = format!("{ROOT}/scripts/{name}");
        assert_eq!(read_link(&link).expect("a link").to_str(), Some("run"), "{link}");
        let mut help = Command::new(PROGRAM);
        help.args([&name, "--help"]);
        let help = end(help).printed;
        assert!(help.contains(&format!("Example: scripts/{name} ")), "{help}");
        assert!(PAGE.contains(&format!("| `{name}`")), "{name} is not on the page");
        assert!(PAGE.contains(&format!("`scripts/{name}")), "{name} has no example on the page");
    }
}

#[test]
fn a_link_runs_its_command() {
    let mut help = Command::new(format!("{ROOT}/scripts/count_deposit"));
    help.arg("--help");
    let help = end(help);
    assert_eq!(help.code, Some(0), "{}", help.said);
    assert!(help.printed.contains("sent to the escrow's address"), "{}", help.printed);
}

#[test]
fn the_examples_of_terms_are_named_on_the_page() {
    for name in ["arbitrated", "buyer-confirms"] {
        let path = format!("scripts/examples/{name}.json");
        assert!(PAGE.contains(&path), "{path}");
        assert!(read_to_string(format!("{ROOT}/{path}")).is_ok(), "{path}");
    }
}

/// The names that the program lists.
fn commands() -> Vec<String> {
    let mut help = Command::new(PROGRAM);
    help.arg("--help");
    let printed = end(help).printed;
    let list = printed.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let lines = list.expect("a list").lines();
    let names =
        lines.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(String::from).collect()
}
