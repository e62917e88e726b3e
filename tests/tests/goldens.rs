//! What others build on, written down: the interface, the errors, the events and what is stored,
//! as the built contract has them. A change that is meant is accepted with
//! `UPDATE_GOLDENS=1 cargo test -p tests --test goldens`, and then shows in review.

use escrow::{Fallback, NewMilestone, Role, Ruling, Status, StatusUpdate};
use soroban_sdk::testutils::{Address as _, IssuerFlags};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::xdr::{
    ContractDataDurability, LedgerEntryData, Limited, Limits, ReadXdr, ScAddress, ScMetaEntry,
    ScSpecEntry, ScSpecEventDataFormat, ScSpecEventParamLocationV0, ScSpecEventV0,
    ScSpecFunctionV0, ScSpecTypeDef as Type, ScSpecUdtUnionCaseV0, ScVal, StringM,
};
use soroban_sdk::{Address, BytesN};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tests::*;

/// The goldens that are made here, and where; `costs.json` is made by the costs tool.
const GOLDENS: [&str; 5] =
    ["interface.txt", "errors.txt", "events.txt", "storage.txt", "costs.json"];

/// Every entry point of the specification.
const ENTRY_POINTS: [&str; 27] = [
    "__constructor",
    "approve",
    "change_status",
    "claim",
    "confirm",
    "count_deposit",
    "dispute",
    "extend_ttl",
    "fund",
    "get_balances",
    "get_claimable",
    "get_escrow",
    "get_milestone",
    "get_milestones",
    "manage_milestones",
    "reclaim",
    "redirect",
    "refund",
    "reject",
    "release",
    "resolve",
    "resolve_by_default",
    "resume",
    "rotate",
    "settle",
    "update",
    "withdraw",
];

/// What each event tells, for readers: the contract itself has no room for every sentence.
const TELLS: [(&str, &str); 25] = [
    ("approved", "An approver voted for `milestones`; `approved` are those that are approved now."),
    ("claimed", "What was credited to the owner on these milestones, and fees, went to `to`."),
    ("completed", "Every milestone is settled."),
    ("confirmed", "As `approved`, by somebody who may release too; `settled` were paid."),
    ("created", "The escrow stands; its `revision` and those of its milestones are 0."),
    ("credited", "A payout of this call failed: it waits for its owner to claim it."),
    ("defaulted", "The resolvers stayed silent, and the fallback was applied."),
    ("deposit_counted", "As `funded`, with tokens that were here already."),
    ("disputed", "A party stopped these milestones."),
    ("funded", "The payer paid in; milestones up to and including `through` are funded."),
    (
        "milestones_managed",
        "So many were removed from the end, then these edited, then these added.",
    ),
    ("offered", "A side offers these splits; those in `settled` were what the other offered too."),
    ("reclaimed", "The payer took back what was not completed when due."),
    ("redirected", "The receiver of a milestone is now `to`."),
    ("refunded", "The receiver gave the money back."),
    ("rejected", "An approver sent these milestones back to work; the reason is their note now."),
    ("released", "A signer voted to pay `voted`; `settled` were paid."),
    ("resumed", "A side asked to drop the dispute of `milestones`; those in `resumed` go on."),
    ("rotated", "A seat went from `from` to `to`, with its votes and credits."),
    ("ruled", "A resolver stands for these splits; those in `settled` were carried and paid."),
    ("seat", "An address got a seat (true), or lost one and got none (false)."),
    ("status_changed", "A provider reported; what is none stays as it was."),
    ("ttl_extended", "The admin paid rent ahead."),
    ("updated", "The admin replaced the terms."),
    ("withdrawn", "The payer took out what no milestone needs."),
];

const MAX_WASM_BYTES: usize = 72 * 1_024;
const MAX_CODE_BYTES: usize = 48 * 1_024;
/// Every import costs each call 6,476 instructions.
const MAX_IMPORTS: usize = 40;
/// What is longer is cut off without a word.
const MAX_DOC_BYTES: usize = 1_024;

// The goldens.

#[test]
fn the_interface_is_the_one_written_down() {
    let mut text = String::new();
    for entry in spec() {
        match entry {
            ScSpecEntry::FunctionV0(function) => write_function(&mut text, &function),
            ScSpecEntry::UdtStructV0(item) => {
                write_head(&mut text, "struct", &plain(&item.name), &plain(&item.doc));
                for field in item.fields.iter() {
                    let line = format!("{}: {}", plain(&field.name), type_name(&field.type_));
                    write_line(&mut text, &line, &plain(&field.doc));
                }
            }
            ScSpecEntry::UdtUnionV0(item) => {
                write_head(&mut text, "union", &plain(&item.name), &plain(&item.doc));
                for case in item.cases.iter() {
                    let ScSpecUdtUnionCaseV0::VoidV0(case) = case else {
                        panic!("{case:?} has fields")
                    };
                    write_line(&mut text, &plain(&case.name), &plain(&case.doc));
                }
            }
            // These have goldens of their own.
            ScSpecEntry::UdtErrorEnumV0(_) | ScSpecEntry::EventV0(_) => {}
            ScSpecEntry::UdtEnumV0(item) => panic!("{} is no union", plain(&item.name)),
        }
    }
    compare("tests/golden/interface.txt", &text);
}

#[test]
fn every_error_keeps_its_number() {
    let mut text = String::new();
    let mut table = String::from(
        "# Errors\n\n\
        A call that is refused returns one of these, or the host's own refusal of a signature or \
        of a type, and changes nothing.\nNumbers are for life; tens group them by what is wrong: \
        the caller, the list, the terms, what was agreed to, the milestone's state, the money.\n\
        This table is made from the built contract, and checked against it.\n\n\
        | number | name | what it says |\n|---|---|---|\n",
    );
    for (number, name, sentence) in errors() {
        writeln!(text, "{number} {name}: {sentence}").unwrap();
        writeln!(table, "| {number} | `{name}` | {sentence} |").unwrap();
    }
    compare("tests/golden/errors.txt", &text);
    compare("docs/errors.md", &table);
}

#[test]
fn every_event_keeps_its_topics_and_data() {
    let mut text = String::new();
    let mut table = String::from(
        "# Events\n\n\
        A call that changes something is told by one event, with the list of what changed; `seat`, \
        `credited` and `completed` come beside it. From `created` on they tell an escrow's whole \
        state.\nThe first topic is the event's name. The data is a map with the names below, but \
        of `seat`, where it is the value alone. A `Settled` is a list of a milestone, its \
        receiver, and what went to the receiver, to the platform and to the payer.\n\
        This table is made from the built contract, and checked against it.\n\n\
        | event | topics | data | tells |\n|---|---|---|---|\n",
    );
    let mut told: Vec<_> =
        events().iter().map(|event| event.prefix_topics[0].to_string()).collect();
    told.sort();
    assert_eq!(told, TELLS.map(|(name, _)| name.to_string()), "every event is explained");
    for event in events() {
        let (topics, data) = (params(&event, true), params(&event, false));
        let name = event.prefix_topics.iter().map(|topic| topic.to_string()).collect::<Vec<_>>();
        assert_eq!(name.len(), 1, "an event's only fixed topic is its name");
        let format = match event.data_format {
            ScSpecEventDataFormat::Map => "map",
            ScSpecEventDataFormat::SingleValue => "value",
            ScSpecEventDataFormat::Vec => "vec",
        };
        let doc = one_line(&plain(&event.doc));
        write_head(&mut text, "event", &name[0], &doc);
        for topic in &topics {
            write_line(&mut text, &format!("topic {topic}"), "");
        }
        for field in &data {
            write_line(&mut text, &format!("{format} {field}"), "");
        }
        let cell = |list: &[String]| {
            list.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
        };
        let tells = TELLS.iter().find(|(event, _)| *event == name[0]).unwrap().1;
        let row = [format!("`{}`", name[0]), cell(&topics), cell(&data), tells.into()];
        writeln!(table, "| {} |", row.join(" | ")).unwrap();
    }
    compare("tests/golden/events.txt", &text);
    compare("docs/events.md", &table);
}

#[test]
fn what_is_stored_keeps_its_shape() {
    let w = everything_at_once();
    let snapshot = w.env.to_ledger_snapshot();
    let escrow = ScAddress::from(&w.escrow);
    let mut entries = BTreeSet::new();
    for (_, (entry, _)) in &snapshot.ledger_entries {
        let LedgerEntryData::ContractData(data) = &entry.data else { continue };
        if data.contract != escrow {
            continue;
        }
        let mut text = String::new();
        match &data.val {
            ScVal::ContractInstance(instance) => {
                for entry in instance.storage.as_ref().unwrap().0.iter() {
                    write!(text, "instance {} = ", shown(&w, &entry.key, 0)).unwrap();
                    writeln!(text, "{}", shown(&w, &entry.val, 0)).unwrap();
                }
            }
            value => {
                assert_eq!(data.durability, ContractDataDurability::Persistent);
                let key = shown(&w, &data.key, 0);
                writeln!(text, "persistent {key} = {}", shown(&w, value, 0)).unwrap();
            }
        }
        entries.insert(text);
    }
    let text = entries.into_iter().collect::<Vec<_>>().join("\n");
    compare("tests/golden/storage.txt", &text);
}

#[test]
fn no_golden_is_left_behind() {
    let known: BTreeSet<_> = GOLDENS.iter().map(|name| name.to_string()).collect();
    let folder = root().join("tests/golden");
    let found: BTreeSet<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let stale: Vec<_> = found.difference(&known).collect();
    assert!(stale.is_empty(), "nothing makes {stale:?}");
}

// What must hold of the built contract, whatever the goldens say.

#[test]
fn the_contract_exports_the_entry_points_and_nothing_else() {
    let functions: Vec<_> = functions().iter().map(|f| plain(&f.name)).collect();
    let declared: BTreeSet<_> = functions.iter().map(String::as_str).collect();
    let expected = BTreeSet::from(ENTRY_POINTS);
    assert_eq!(declared, expected);
    assert_eq!(functions.len(), expected.len(), "no entry point stands twice");
    let wasm = wasm();
    let exported = exported_functions(&wasm);
    // The SDK's own mark of the interface's version, which cannot be called.
    let exported: BTreeSet<_> = exported.iter().map(String::as_str).filter(|f| *f != "_").collect();
    assert_eq!(exported, expected);
}

#[test]
fn every_entry_point_says_what_a_signer_does() {
    for function in functions() {
        let doc = plain(&function.doc);
        assert!(!doc.trim().is_empty(), "{} says nothing", plain(&function.name));
    }
    for (number, name, sentence) in errors() {
        assert!(sentence.ends_with('.'), "{number} {name}: {sentence:?} is no sentence");
    }
}

#[test]
fn no_doc_comment_is_so_long_that_it_is_cut() {
    let mut docs = Vec::new();
    for entry in spec() {
        match entry {
            ScSpecEntry::FunctionV0(item) => docs.push(plain(&item.doc)),
            ScSpecEntry::UdtStructV0(item) => {
                docs.push(plain(&item.doc));
                docs.extend(item.fields.iter().map(|field| plain(&field.doc)));
            }
            ScSpecEntry::UdtUnionV0(item) => docs.push(plain(&item.doc)),
            ScSpecEntry::UdtEnumV0(item) => docs.push(plain(&item.doc)),
            ScSpecEntry::UdtErrorEnumV0(item) => {
                docs.push(plain(&item.doc));
                docs.extend(item.cases.iter().map(|case| plain(&case.doc)));
            }
            ScSpecEntry::EventV0(item) => {
                docs.push(plain(&item.doc));
                docs.extend(item.params.iter().map(|param| plain(&param.doc)));
            }
        }
    }
    for doc in docs {
        assert!(doc.len() < MAX_DOC_BYTES, "{doc}");
    }
}

#[test]
fn the_contract_says_its_name_version_and_source() {
    let wasm = wasm();
    let mut meta = std::collections::BTreeMap::new();
    let section = custom_section(&wasm, "contractmetav0");
    for entry in read_all::<ScMetaEntry>(section) {
        let ScMetaEntry::ScMetaV0(entry) = entry;
        meta.insert(plain(&entry.key), plain(&entry.val));
    }
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(meta["name"], "Tranche milestone escrow");
    assert_eq!(meta["version"], version);
    assert!(meta["source"].contains(version), "{}", meta["source"]);
}

#[test]
fn the_contract_is_small_enough() {
    let wasm = wasm();
    let code = section(&wasm, CODE).len();
    let imports = Reader(section(&wasm, IMPORTS)).number();
    println!("{} bytes, {code} of code, {imports} imports", wasm.len());
    assert!(imports <= MAX_IMPORTS, "{imports} imports");
    assert!(code <= MAX_CODE_BYTES, "{code} bytes of code");
    assert!(wasm.len() <= MAX_WASM_BYTES, "{} bytes", wasm.len());
}

// Comparing.

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What was made must be what is written down, unless this run is to write it down.
#[track_caller]
fn compare(path: &str, made: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, made).unwrap();
        return;
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == made,
        "{path} is not what the contract has (- written, + made):\n{}\
        If that is meant: UPDATE_GOLDENS=1 cargo test -p tests --test goldens",
        difference(&written, made)
    );
}

/// The lines that go and come, by the longest common run of lines.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = if old[i] == new[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && common[i + 1][j] >= common[i][j + 1] {
            writeln!(text, "{:4} - {}", i + 1, old[i]).unwrap();
            i += 1;
        } else {
            writeln!(text, "{:4} + {}", j + 1, new[j]).unwrap();
            j += 1;
        }
    }
    text
}

#[test]
fn a_difference_shows_just_the_lines_that_changed() {
    assert_eq!(difference("a\nb\nc\n", "a\nx\nc\nd\n"), "   2 - b\n   2 + x\n   4 + d\n");
    assert_eq!(difference("a\n", "a\n"), "");
}

// Writing the interface.

fn write_function(text: &mut String, function: &ScSpecFunctionV0) {
    let inputs: Vec<_> = function
        .inputs
        .iter()
        .map(|input| format!("{}: {}", plain(&input.name), type_name(&input.type_)))
        .collect();
    let outputs: Vec<_> = function.outputs.iter().map(type_name).collect();
    let name = format!("{}({})", plain(&function.name), inputs.join(", "));
    let name = match outputs.as_slice() {
        [] => name,
        outputs => format!("{name} -> {}", outputs.join(", ")),
    };
    write_head(text, "fn", &name, &plain(&function.doc));
}

fn write_head(text: &mut String, kind: &str, name: &str, doc: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    writeln!(text, "{kind} {name}").unwrap();
    if !doc.is_empty() {
        writeln!(text, "  # {}", one_line(doc)).unwrap();
    }
}

fn write_line(text: &mut String, line: &str, doc: &str) {
    let doc = if doc.is_empty() { String::new() } else { format!("  # {}", one_line(doc)) };
    writeln!(text, "  {line}{doc}").unwrap();
}

fn plain<const N: u32>(text: &StringM<N>) -> String {
    text.to_utf8_string().unwrap()
}

fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn type_name(spec: &Type) -> String {
    match spec {
        Type::Val => "Val".into(),
        Type::Bool => "bool".into(),
        Type::Void => "()".into(),
        Type::U32 => "u32".into(),
        Type::U64 => "u64".into(),
        Type::I128 => "i128".into(),
        Type::String => "String".into(),
        Type::Symbol => "Symbol".into(),
        Type::Address => "Address".into(),
        Type::BytesN(bytes) => format!("BytesN<{}>", bytes.n),
        Type::Option(option) => format!("Option<{}>", type_name(&option.value_type)),
        Type::Vec(list) => format!("Vec<{}>", type_name(&list.element_type)),
        Type::Result(result) => {
            let (ok, error) = (type_name(&result.ok_type), type_name(&result.error_type));
            format!("Result<{ok}, {error}>")
        }
        Type::Tuple(tuple) => {
            let types: Vec<_> = tuple.value_types.iter().map(type_name).collect();
            format!("({})", types.join(", "))
        }
        Type::Udt(named) => plain(&named.name),
        Type::Error => "Error".into(),
        other => panic!("{other:?} is a type that no caller of this contract should meet"),
    }
}

fn functions() -> Vec<ScSpecFunctionV0> {
    let functions = spec().into_iter().filter_map(|entry| match entry {
        ScSpecEntry::FunctionV0(function) => Some(function),
        _ => None,
    });
    functions.collect()
}

fn events() -> Vec<ScSpecEventV0> {
    let mut events: Vec<_> = spec()
        .into_iter()
        .filter_map(|entry| match entry {
            ScSpecEntry::EventV0(event) => Some(event),
            _ => None,
        })
        .collect();
    events.sort_by_key(|event| plain(&event.name));
    events
}

fn params(event: &ScSpecEventV0, topics: bool) -> Vec<String> {
    let params = event
        .params
        .iter()
        .filter(|param| topics == (param.location == ScSpecEventParamLocationV0::TopicList));
    params.map(|param| format!("{}: {}", plain(&param.name), type_name(&param.type_))).collect()
}

/// Number, name and sentence of each.
fn errors() -> Vec<(u32, String, String)> {
    let mut errors: Vec<_> = spec()
        .into_iter()
        .filter_map(|entry| match entry {
            ScSpecEntry::UdtErrorEnumV0(item) => Some(item.cases.to_vec()),
            _ => None,
        })
        .flatten()
        .map(|case| (case.value, plain(&case.name), one_line(&plain(&case.doc))))
        .collect();
    assert!(!errors.is_empty(), "the contract's interface names its errors");
    errors.sort();
    errors
}

// Reading the built contract.

fn spec() -> Vec<ScSpecEntry> {
    let wasm = wasm();
    let mut entries: Vec<ScSpecEntry> = read_all(custom_section(&wasm, "contractspecv0"));
    let name = |entry: &ScSpecEntry| match entry {
        ScSpecEntry::FunctionV0(item) => (0, plain(&item.name)),
        ScSpecEntry::UdtStructV0(item) => (1, plain(&item.name)),
        ScSpecEntry::UdtUnionV0(item) => (1, plain(&item.name)),
        ScSpecEntry::UdtEnumV0(item) => (1, plain(&item.name)),
        ScSpecEntry::UdtErrorEnumV0(item) => (1, plain(&item.name)),
        ScSpecEntry::EventV0(item) => (2, plain(&item.name)),
    };
    entries.sort_by_key(name);
    entries
}

fn read_all<T: ReadXdr>(bytes: &[u8]) -> Vec<T> {
    let mut bytes = Limited::new(std::io::Cursor::new(bytes), Limits::none());
    T::read_xdr_iter(&mut bytes).collect::<Result<_, _>>().unwrap()
}

const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const CODE: u8 = 10;

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (bytes, rest) = self.0.split_at(count);
        self.0 = rest;
        bytes
    }

    /// In seven bits at a time, the lowest first.
    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.bytes(1)[0];
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return number;
            }
            shift += 7;
        }
    }

    fn name(&mut self) -> &'a str {
        let length = self.number();
        std::str::from_utf8(self.bytes(length)).unwrap()
    }
}

/// The kinds and contents of a WASM's sections.
fn sections(wasm: &[u8]) -> Vec<(u8, &[u8])> {
    let mut reader = Reader(wasm);
    assert_eq!(reader.bytes(8), b"\0asm\x01\0\0\0");
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let kind = reader.bytes(1)[0];
        let length = reader.number();
        sections.push((kind, reader.bytes(length)));
    }
    sections
}

fn section(wasm: &[u8], kind: u8) -> &[u8] {
    sections(wasm).into_iter().find(|section| section.0 == kind).expect("the section").1
}

fn custom_section<'a>(wasm: &'a [u8], name: &str) -> &'a [u8] {
    let mut custom = sections(wasm).into_iter().filter(|section| section.0 == CUSTOM);
    let found = custom.find_map(|(_, content)| {
        let mut reader = Reader(content);
        (reader.name() == name).then_some(reader.0)
    });
    found.unwrap_or_else(|| panic!("the contract has no {name}"))
}

fn exported_functions(wasm: &[u8]) -> Vec<String> {
    let mut reader = Reader(section(wasm, EXPORTS));
    let mut functions = Vec::new();
    for _ in 0..reader.number() {
        let (name, kind) = (reader.name(), reader.bytes(1)[0]);
        reader.number();
        if kind == 0 {
            functions.push(name.into());
        }
    }
    functions
}

// What is stored.

/// An escrow in which every stored field holds something.
fn everything_at_once() -> World {
    let w = World::with(|env, plan| {
        plan.terms.document = Some(BytesN::from_array(env, &[7; 32]));
        plan.terms.policy.fallback = Fallback::Even;
        plan.terms.policy.release_quorum = 2;
        plan.milestones[0].document = Some(BytesN::from_array(env, &[8; 32]));
        plan.milestones[1].due = 0;
        plan.milestones[2].approvals_required = 3;
        let receiver = Some(Address::generate(env));
        plan.milestones.push(NewMilestone { receiver, ..milestone(env, "Paid", 10_001) });
    });
    w.fund_all();
    let update = StatusUpdate {
        milestone: 0,
        status: Status::Completed,
        note: Some(w.text("done")),
        evidence: Some(w.text("ipfs://1")),
    };
    let ruling = |milestone, to_receiver| Ruling { milestone, to_receiver };
    assert_eq!(w.rotate(Role::Observer, &w.observers[0], &w.stranger), Ok(()));
    w.wait(10);
    assert_eq!(w.change_status(&w.providers[0], &[update]), Ok(()));
    w.wait(10);
    w.approve_all(&[0]);
    assert_eq!(w.release(&w.signers[1], &[w.payout(0)]), Ok(()));
    assert_eq!(w.settle(&w.providers[0], &[ruling(0, 5)]), Ok(()));
    w.complete(&[1]);
    assert_eq!(w.reject(&w.approvers[0], &[1], "the colours"), Ok(()));
    w.wait(10);
    assert_eq!(w.dispute(&w.payer, &[1], "no"), Ok(()));
    assert_eq!(w.resume(&w.payer, &[1]), Ok(()));
    assert_eq!(w.resolve(&w.resolvers[1], &[ruling(1, 7)]), Ok(()));
    assert_eq!(w.settle(&w.payer, &[ruling(1, 8)]), Ok(()));
    let receiver = w.get_milestone(3).receiver;
    w.issuer.as_ref().unwrap().set_flag(IssuerFlags::RevocableFlag);
    w.env.mock_all_auths();
    StellarAssetClient::new(&w.env, &w.token).set_authorized(&receiver, &false);
    w.env.set_auths(&[]);
    assert_eq!(w.dispute(&w.payer, &[3], ""), Ok(()));
    for resolver in &w.resolvers[..2] {
        assert_eq!(w.resolve(resolver, &[ruling(3, 10_000)]), Ok(()));
    }
    w
}

/// A stored value, with people in the place of addresses.
fn shown(w: &World, value: &ScVal, depth: usize) -> String {
    match value {
        ScVal::Void => "none".into(),
        ScVal::U32(number) => format!("{number}u32"),
        ScVal::U64(number) => format!("{number}u64"),
        ScVal::I128(parts) => format!("{}i128", i128::from(parts)),
        ScVal::Symbol(text) => text.to_string(),
        ScVal::String(text) => format!("{:?}", text.to_string()),
        ScVal::Bytes(bytes) => format!("{} bytes", bytes.len()),
        ScVal::Address(address) => person(w, address),
        ScVal::Vec(Some(list)) => {
            let items: Vec<_> = list.iter().map(|item| shown(w, item, depth + 1)).collect();
            if depth > 0 {
                return format!("[{}]", items.join(", "));
            }
            let lines = items.iter().enumerate().map(|(i, item)| format!("\n  {i}: {item}"));
            lines.collect()
        }
        other => panic!("{other:?} is not what this contract stores"),
    }
}

fn person(w: &World, address: &ScAddress) -> String {
    let one = |name: &str, holder: &Address| vec![(name.to_string(), holder.clone())];
    let many = |name: &str, holders: &[Address]| {
        let holders = holders.iter().enumerate();
        holders.map(|(i, holder)| (format!("{name} {i}"), holder.clone())).collect()
    };
    let people: [Vec<_>; 11] = [
        one("payer", &w.payer),
        one("admin", &w.admin),
        one("platform", &w.platform),
        one("token", &w.token),
        one("stranger", &w.stranger),
        one("receiver 3", &w.get_milestone(3).receiver),
        many("approver", &w.approvers),
        many("provider", &w.providers),
        many("signer", &w.signers),
        many("resolver", &w.resolvers),
        many("observer", &w.observers),
    ];
    let mut people = people.into_iter().flatten();
    let found = people.find(|(_, holder)| ScAddress::from(holder) == *address);
    found.unwrap_or_else(|| panic!("nobody has the address {address:?}")).0
}
