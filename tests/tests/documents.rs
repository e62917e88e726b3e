//! What the documents name exists: links, tests, errors; and the figures of their examples are those
//! of the contract.

use escrow::rules::{gross, split};
use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn markdown_under(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown_under(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// Every document, with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found: Vec<_> =
        ["README.md", "SECURITY.md", "CHANGELOG.md"].iter().map(|name| root().join(name)).collect();
    markdown_under(&root().join("docs"), &mut found);
    assert!(found.len() > 20, "these are not all: {found:?}");
    found.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// Whatever stands between `open` and the next `close`.
fn between<'a>(text: &'a str, open: &'a str, close: char) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split(close).next())
}

/// The fragment by which a page is entered at a heading.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// What stands between backquotes, with the text before and after it.
fn code(text: &str) -> Vec<(&str, &str, &str)> {
    let parts: Vec<_> = text.split('`').collect();
    parts.windows(3).step_by(2).map(|part| (part[0], part[1], part[2])).collect()
}

/// Of the repository: not what is built from it, which a fresh clone does not have yet.
fn is_ours(path: &str) -> bool {
    let ours = ["tests/", "contracts/", "docs/", "scripts/", "app/", "localnet/"];
    ours.iter().any(|folder| path.starts_with(folder)) && !path.starts_with("app/dist")
}

fn tests_in(text: &str) -> Vec<&str> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let tests = lines.windows(2).filter(|pair| pair[0].starts_with("#[test]"));
    tests.filter_map(|pair| pair[1].strip_prefix("fn ")?.split('(').next()).collect()
}

/// A test by its name, with the modules that it lies in.
fn has_test(path: &Path, name: &str) -> bool {
    let text = read(path);
    let mut modules: Vec<_> = name.split("::").collect();
    let test = modules.pop().unwrap_or_default();
    tests_in(&text).contains(&test)
        && modules.iter().all(|module| text.contains(&format!("\nmod {module} {{")))
}

/// Whether a source defines a name: by a keyword, as a field or as a variant.
fn defines(source: &str, name: &str) -> bool {
    let keywords = ["fn", "impl", "struct", "enum", "trait", "const", "type", "mod", "static"];
    source.lines().any(|line| {
        let words: Vec<_> = line
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|w| !w.is_empty())
            .collect();
        let line = line.trim().trim_start_matches("pub ");
        let variant = name.starts_with(char::is_uppercase);
        words.windows(2).any(|pair| keywords.contains(&pair[0]) && pair[1] == name)
            || line.strip_prefix(name).is_some_and(|rest| {
                rest.starts_with(": ")
                    || variant && (rest.starts_with(',') || rest.starts_with(" ="))
            })
    })
}

/// The names of a list: as far as a comma or a word joins one to the next.
fn joined<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let mut list = Vec::new();
    for (name, joint) in names {
        list.push(name);
        if ![",", "and", "or"].contains(&joint.trim()) {
            break;
        }
    }
    list
}

/// The names that a text says to be in a file: `a`, `b` and `c` in `file` (`d`, `e`).
fn symbols(text: &str) -> Vec<(&str, &str)> {
    let code = code(text);
    let mut found = Vec::new();
    for (position, (before, file, after)) in code.iter().enumerate() {
        if !file.ends_with(".rs") || !is_ours(file) {
            continue;
        }
        if before.trim() == "in" {
            let earlier = code[..position].iter().rev().take_while(|(_, name, _)| !is_ours(name));
            let names = joined(earlier.map(|(before, name, _)| (*name, *before)));
            found.extend(names.into_iter().map(|name| (name, *file)));
        }
        if after.trim() == "(" {
            let later = code[position + 1..].iter();
            let names = joined(later.map(|(_, name, after)| (*name, *after)));
            found.extend(names.into_iter().map(|name| (name, *file)));
        }
    }
    found
}

/// All that is missing is told at once.
fn none(missing: Vec<String>) {
    assert!(missing.is_empty(), "missing:\n{}", missing.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for (page, text) in documents() {
        let links = between(&text, "](", ')');
        // `](` ends a label and begins a link.
        let labels = text.split("](").map(|label| label.rsplit('[').next().unwrap_or(""));
        for (label, link) in labels.zip(links).filter(|(_, link)| !link.contains("://")) {
            seen += 1;
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { page.with_file_name(file) };
            let test = label.trim_matches('`').rsplit_once("::").map_or(fragment, |(_, test)| test);
            let there = target.exists()
                && match target.extension().and_then(|ending| ending.to_str()) {
                    Some("rs") if !test.is_empty() => has_test(&target, test),
                    _ if fragment.is_empty() => true,
                    _ => read(&target)
                        .lines()
                        .filter(|line| line.starts_with('#'))
                        .any(|line| anchor(line.trim_start_matches('#').trim()) == fragment),
                };
            if !there {
                missing.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(seen > 40, "only {seen} links were found");
    none(missing);
}

/// A test's file may be named by less than its path: tests/money.rs is tests/tests/money.rs.
fn path_of(file: &str) -> PathBuf {
    let short = root().join("tests").join(file);
    if short.exists() { short } else { root().join(file) }
}

#[test]
fn every_file_that_is_named_exists() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for (page, text) in documents() {
        for (_, name, _) in code(&text) {
            let file = name.split("::").next().unwrap_or_default();
            if is_ours(file) && !name.contains(' ') {
                seen += 1;
                if !path_of(file).exists() {
                    missing.push(format!("{}: {name}", page.display()));
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} names were found");
    none(missing);
}

/// Whether as code, in a link or in plain text.
#[test]
fn every_test_that_is_named_exists() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for (page, text) in documents() {
        let words = text.split(|c: char| !c.is_alphanumeric() && !"_/.:-".contains(c));
        for name in words.map(|word| word.trim_end_matches(['.', ':'])) {
            let Some((file, test)) = name.split_once(".rs::") else { continue };
            seen += 1;
            let path = path_of(&format!("{file}.rs"));
            if !path.exists() || !has_test(&path, test) {
                missing.push(format!("{}: {name}", page.display()));
            }
        }
    }
    assert!(seen > 100, "only {seen} tests were found");
    none(missing);
}

#[test]
fn every_symbol_that_is_said_to_be_in_a_file_is_there() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for (page, text) in documents() {
        for (name, file) in symbols(&text) {
            seen += 1;
            let source = read(&path_of(file));
            if !name.split("::").all(|part| defines(&source, part)) {
                missing.push(format!("{}: {name} in {file}", page.display()));
            }
        }
    }
    assert!(seen > 20, "only {seen} symbols were found");
    none(missing);
}

#[test]
fn every_target_of_make_that_is_named_exists() {
    let makefile = read(&root().join("Makefile"));
    let mut missing = Vec::new();
    let mut seen = 0;
    for (page, text) in documents() {
        let lines = code(&text).into_iter().flat_map(|(_, code, _)| code.lines());
        for target in lines.filter_map(|line| line.strip_prefix("make ")?.split(' ').next()) {
            seen += 1;
            if !makefile.contains(&format!("\n{target}:")) {
                missing.push(format!("{}: make {target}", page.display()));
            }
        }
    }
    assert!(seen > 10, "only {seen} targets were found");
    none(missing);
}

#[test]
fn every_attack_that_is_tried_is_on_the_page_of_threats() {
    let page = read(&root().join("docs/threats.md"));
    let mut missing = Vec::new();
    for file in ["classes", "findings", "liveness", "authority"] {
        let file = format!("tests/tests/attacks/{file}.rs");
        let text = read(&root().join(&file));
        let names = tests_in(&text).into_iter().map(|test| format!("{file}::{test}"));
        missing.extend(names.filter(|name| !page.contains(&format!("`{name}`"))));
    }
    none(missing);
}

/// The checks above find what they look for.
#[test]
fn what_is_gone_is_missed() {
    let text =
        "`Gone` and `Ledger::add` in `contracts/escrow/src/rules/ledger.rs` (`fund`, `lost`)";
    let names: Vec<_> = symbols(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Ledger::add", "Gone", "fund", "lost"]);
    let source = read(&root().join("contracts/escrow/src/rules/ledger.rs"));
    let there = ["Ledger", "add", "fund", "deposited"].map(|name| defines(&source, name));
    let gone = ["Gone", "lost", "to_payer", "adds"].map(|name| defines(&source, name));
    assert_eq!((there, gone), ([true; 4], [false; 4]));
    let path = root().join("tests/tests/stellar_asset.rs");
    let test = "funding_goes_on_beside_a_shortage";
    assert!(has_test(&path, test) && has_test(&path, &format!("clawback::{test}")));
    assert!(!has_test(&path, &format!("authorisation_of::{test}")) && !has_test(&path, "funding"));
}

/// The names in the table of errors, which is made from the contract.
fn errors(table: &str) -> BTreeSet<&str> {
    let known: BTreeSet<_> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split('|').nth(1))
        .filter_map(|cell| cell.trim().strip_prefix('`')?.strip_suffix('`'))
        .collect();
    assert!(known.len() > 50);
    known
}

/// Whether a line of code says that a call is refused: `no` stands for that in the tables of the terms.
fn expects_a_refusal(code: &str) -> bool {
    ["refused(", "Err(", " no("].iter().any(|refusal| code.contains(refusal))
}

#[test]
fn every_error_is_expected_by_a_test() {
    let mut tests = String::new();
    for entry in read_dir(root().join("tests/tests")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("goldens.rs") {
            tests += &read(&path);
        }
    }
    let code = tests.lines().filter_map(|line| line.split("//").next());
    let words: BTreeSet<_> = code
        .filter(|code| expects_a_refusal(code))
        .flat_map(|code| code.split(|c: char| !c.is_alphanumeric()))
        .collect();
    let table = read(&root().join("docs/errors.md"));
    none(errors(&table).difference(&words).map(|name| name.to_string()).collect());
}

#[test]
fn every_error_that_an_operation_lists_exists_and_every_error_is_listed() {
    let golden = read(&root().join("docs/errors.md"));
    let known = errors(&golden);
    let mut listed = BTreeSet::new();
    let mut pages = Vec::new();
    markdown_under(&root().join("docs/operations"), &mut pages);
    let texts: Vec<_> = pages.iter().map(|page| read(page)).collect();
    for text in &texts {
        let view = |line: &&str| line.starts_with("| `get_");
        for line in text.lines().filter(|line| line.starts_with("| Errors |") || view(line)) {
            let names = between(line, "`", '`').step_by(2);
            listed.extend(names.filter(|name| {
                name.chars().all(char::is_alphabetic) && name.starts_with(char::is_uppercase)
            }));
        }
    }
    // What a view returns stands in the same row.
    let types = ["Balances", "Escrow", "Milestone"];
    listed.retain(|name| !types.contains(name));
    assert_eq!(listed, known, "left: by the pages, right: by the contract");
}

#[test]
fn every_operation_has_its_page_and_all_in_the_same_order() {
    let interface = read(&root().join("contracts/escrow/src/contract.rs"));
    let mut pages = Vec::new();
    markdown_under(&root().join("docs/operations"), &mut pages);
    let text: String = pages.iter().map(|page| read(page)).collect();
    let mut operations = 0;
    for name in between(&interface, "    pub fn ", '(') {
        if name.starts_with("get_") {
            assert!(text.contains(&format!("| `{name}(")), "{name} is on no page");
            continue;
        }
        operations += 1;
        let heading = format!("## `{name}(");
        let page =
            between(&text, &heading, '#').next().unwrap_or_else(|| panic!("{name} is on no page"));
        let page = page.lines().filter_map(|line| line.strip_prefix("| "));
        let rows: Vec<_> = page.filter_map(|row| row.split(" | ").next()).take(7).collect();
        let order = ["Purpose", "Signed by", "Checked, in order", "Changes", "Events", "Errors"];
        assert_eq!(rows[1..], order, "{name}");
    }
    assert_eq!(operations, 22);
}

/// A number as the documents write it.
fn figure(n: i128) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}

#[test]
fn the_limits_are_those_of_the_contract() {
    let page = read(&root().join("docs/operations/README.md"));
    for (row, file, constant, value) in [
        ("| 50 items |", "batch", "MAX_ITEMS: u32 = ", 50),
        ("| 8,192 bytes of text |", "batch", "MAX_TEXT_BYTES: u32 = ", 8_192),
        ("| 15,900 bytes of events, ", "batch", "MAX_EVENT_BYTES: u32 = ", 15_900),
        ("| 107,000 bytes stored |", "batch", "MAX_STORED_BYTES: u32 = ", 107_000),
        (" and 212 for each that holds rulings |", "context", "RULINGS_BYTES: u32 = ", 212),
        ("| 64 bytes | `engagement_id`", "terms", "MAX_ENGAGEMENT_ID_BYTES: u32 = ", 64),
        ("| 100 bytes | `title`", "terms", "MAX_TITLE_BYTES: u32 = ", 100),
        ("| 500 bytes | `description`, ", "terms", "MAX_DESCRIPTION_BYTES: u32 = ", 500),
        ("`note`, `evidence`, `reason` |", "review", "MAX_NOTE_BYTES: u32 = ", 500),
        ("| 10 members |", "rules/mod", "MAX_SEATS: usize = ", 10),
        ("| 3,000 basis points |", "terms", "MAX_FEE_BPS: u32 = ", 3_000),
        ("lists apart | 1,200 |", "terms", "TERMS_EVENT_BYTES: u32 = ", 1_200),
        ("member of a role list | 44 |", "terms", "ADDRESS_BYTES: u32 = ", 44),
        ("texts apart | 300 |", "milestones", "MILESTONE_EVENT_BYTES: u32 = ", 300),
        ("| a `seat` event | 116 |", "seats", "SEAT_EVENT_BYTES: u32 = ", 116),
        ("number, or a payout | 16 |", "batch", "NUMBER_EVENT_BYTES: u32 = ", 16),
        ("or a payout | 16 |", "batch", "item!(Payout: ", 16),
        ("| an item of a list: a ruling | 84 |", "batch", "Ruling: ", 84),
        ("| an item of a list: a status update | 148 |", "batch", "StatusUpdate: ", 148),
        ("settled by the call | 124 |", "context", "SETTLED_EVENT_BYTES: u32 = ", 124),
        ("once each | 252 |", "payout", "TRANSFER_EVENT_BYTES: u32 = ", 252),
    ] {
        assert!(page.contains(row), "the page does not say: {row}");
        let source = read(&root().join(format!("contracts/escrow/src/{file}.rs")));
        let written = figure(value).replace(',', "_");
        let there = between(&source, constant, ';').next().unwrap_or_default();
        let there = there.split([',', ')']).next().unwrap_or_default();
        assert_eq!(there, written, "{row}: {constant} in {file}.rs");
    }
}

#[test]
fn the_figures_of_the_examples_are_those_of_the_contract() {
    let page = read(&root().join("docs/operations/disputes.md"));
    let (amount, bps) = (10_001, 250);
    let all = gross(amount, bps).unwrap();
    for (outcome, to_receiver) in [
        ("ruling of 10,001", amount),
        ("ruling of 5,000", 5_000),
        ("ruling of 0", 0),
        ("fallback `Even`", 5_001),
    ] {
        let split = split(amount, bps, to_receiver).unwrap();
        let [receiver, fee, payer, all] =
            [split.to_receiver, split.fee, split.to_payer, all].map(figure);
        let row = format!("| {outcome} | {receiver} | {fee} | {payer} | {all} |");
        assert!(page.contains(&row), "{row}");
    }
}
