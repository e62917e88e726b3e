//! The demo as a person runs it: what it tells, what it refuses to do, and what it leaves.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

const WIDTH: usize = 100;

fn wasm() -> PathBuf {
    let path = "../../target/wasm32v1-none/release/escrow.wasm";
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn demo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    command.arg("--wasm").arg(wasm()).args(arguments);
    command
}

/// What it prints when all goes well.
fn told(arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = demo(arguments).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(status.success() && stderr.is_empty(), "{stderr}");
    String::from_utf8(stdout).unwrap()
}

/// Where the escrows of a walk are.
fn escrows(told: &str) -> Vec<String> {
    let found = told.lines().filter_map(|line| line.trim().strip_prefix("escrow at "));
    found.map(Into::into).collect()
}

/// A folder of one's own, which goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A demo that stays up, and ends with the test.
struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = demo(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// All it tells until a line that contains a text, with that line.
    fn until(&mut self, text: &str) -> String {
        let mut told = String::new();
        while !told.lines().last().is_some_and(|line| line.contains(text)) {
            assert_ne!(self.lines.read_line(&mut told).unwrap(), 0, "it ended before {text}");
        }
        told
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_story_is_told_to_its_end() {
    let told = told(&["--exit", "--port", "0"]);
    let mut rest = told.as_str();
    for expected in [
        "1. Approved and paid",
        "escrow at C",
        "You lock this amount",
        "amount      3,030.00 USDC",
        "payer                    1,000,000.00 →     996,970.00 USDC",
        "approver3",
        "milestone 1, as of its revision 1: 2,000.00 USDC to",
        "provider GBK4HMMPZU3HGEUR6IT3ZWRRHBD6P4OISMUGFVLF5G2B6H4XRPWPD7WP",
        "every milestone is settled: the escrow is Completed",
        "2. A dispute, ruled as a split",
        "two rulings that differ: nobody is paid yet",
        "resolver3",
        "every milestone is settled: the escrow is Completed",
        "3. Silence, three ways",
        "7 days pass",
        "release                           stranger",
        "24 days pass",
        "reclaim                           payer",
        "14 days pass",
        "resolve_by_default                stranger",
        "every milestone is settled: the escrow is Completed",
        "4. A receiver who cannot be paid",
        "credited: 300 to the newcomer",
        "TransferFailed (error 80): The token refused the transfer.",
        "trust                             newcomer",
        "newcomer                         0.00 →         300.00 USDC",
        "5. What must fail",
        "RevisionMismatch (error 50): The revision has moved on: look again before signing.",
        "AmountMismatch (error 51): The amount differs from what the escrow holds to.",
        "AlreadyFunded (error 61): The milestone is funded already.",
        "NotApprover (error 3): Only an approver may do this.",
        "the signature is not of the one named",
        "ReceiverMismatch (error 52): The receiver differs from the milestone's.",
        "NotApproved (error 66): The milestone is not approved.",
        "AlreadySettled (error 62): The milestone is settled.",
        "6. An escrow half-way",
        "milestone 0 is approved",
        "milestone 1 is completed",
        "milestone 2 is disputed",
        "46 transactions as told, 12 attempts refused as they must be",
    ] {
        let at = rest.find(expected).unwrap_or_else(|| panic!("“{expected}” is not in\n{rest}"));
        rest = &rest[at + expected.len()..];
    }
    assert_eq!(escrows(&told).len(), 6);
}

#[test]
fn where_nobody_looks_there_are_no_colours_and_no_line_is_too_long() {
    let told = told(&["--exit", "--port", "0"]);
    assert!(!told.contains('\x1b'));
    for line in told.lines() {
        assert!(line.chars().count() <= WIDTH, "{line}");
        assert_eq!(line.trim_end(), line);
    }
}

#[test]
fn it_stays_up_with_something_to_play_with() {
    let mut demo = Running::start(&["--port", "0"]);
    let told = demo.until("until Ctrl-C");
    let address = escrows(&told).pop().unwrap();
    for expected in [
        format!("export ESCROW_ID={address}"),
        "scripts/release --milestone 0 --source local-signer".into(),
        "stellar contract invoke --id $ESCROW_ID".into(),
    ] {
        assert!(told.contains(&expected), "{expected}");
    }

    let url = told.split("export STELLAR_RPC_URL=http://").nth(1).unwrap();
    let server = url.split_once("/rpc").unwrap().0;
    let body = r#"{ "jsonrpc": "2.0", "id": 1, "method": "getHealth" }"#;
    let mut stream = TcpStream::connect(server).unwrap();
    write!(
        stream,
        "POST /rpc HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"healthy\""), "{answer}");

    let id = demo.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(demo.child.wait().unwrap().success());
}

#[test]
fn what_it_prints_to_try_works_as_printed_and_completes_the_escrow() {
    let mut demo = Running::start(&["--port", "0"]);
    let told = demo.until("until Ctrl-C");
    let (_, section) = told.split_once("Now you, in another terminal").unwrap();
    let lines = section.lines().filter_map(|line| line.strip_prefix("    "));
    let address = [
        "scripts/address --deployer GCGF42FAKRBE72WIFU7M577CVVTR3CBGMKXEVPVAMC2M3WXTUKVAZI6D --engagement FILM-2026-06",
    ];
    let commands: Vec<_> = lines.chain(address).collect();
    let folder = Folder::new("try");
    let Output { status, stdout, stderr } = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &commands.join("\n")])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("STELLAR_CONFIG_HOME", &folder.0)
        .env("STELLAR_DATA_HOME", &folder.0)
        .env("STELLAR_NO_UPDATE_CHECK", "true")
        // What a shell may know from before.
        .env("NETWORK", "testnet")
        .env("STELLAR_NETWORK", "testnet")
        .output()
        .unwrap();
    let stdout = String::from_utf8(stdout).unwrap();
    assert!(status.success(), "{stdout}\n{}", String::from_utf8_lossy(&stderr));
    assert!(stdout.contains("\"state\":\"Completed\""), "{stdout}");
    // The rule by which the demo deploys is that of the commands.
    assert_eq!(stdout.lines().last(), escrows(&told).last().map(String::as_str));
}

#[test]
fn a_port_that_is_in_use_is_no_reason_to_end() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let told = told(&["--exit", "--port", &port.to_string()]);
    let first = told.lines().next().unwrap();
    let begin = format!("Port {port} is in use by another program: the network is at http://");
    assert!(first.starts_with(&begin), "{first}");
}

#[test]
fn a_network_that_is_kept_takes_another_walk() {
    let folder = Folder::new("kept");
    let state = folder.0.join("net.db");
    let arguments = ["--exit", "--port", "0", "--state", state.to_str().unwrap()];
    let (first, second) = (told(&arguments), told(&arguments));
    let (before, after) = (escrows(&first), escrows(&second));
    assert_eq!(after.len(), 6);
    // What the third story did was taken back with the clock.
    for (number, address) in after.iter().enumerate().filter(|(number, _)| *number != 2) {
        assert!(!before.contains(address), "{number}");
    }
    assert!(second.contains("engagement WEB-2026-01-2"), "{second}");
}

#[test]
fn without_the_contract_it_says_so_in_a_sentence() {
    let folder = Folder::new("without");
    let other = folder.0.join("other.wasm");
    fs::write(&other, b"\0asm\x01\0\0\0").unwrap();
    let missing = folder.0.join("missing.wasm");
    for (path, says) in [
        (&missing, "cannot read the contract at"),
        (&other, "is not the escrow contract; `make build` builds it"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
        command.args(["--exit", "--port", "0", "--wasm"]).arg(path);
        let Output { status, stdout, stderr } = command.output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1));
        assert!(stdout.is_empty());
        assert!(stderr.starts_with("demo: ") && stderr.lines().count() == 1, "{stderr}");
        assert!(stderr.contains(says) && stderr.contains("make build"), "{stderr}");
        assert!(stderr.contains(path.to_str().unwrap()), "{stderr}");
    }
}
