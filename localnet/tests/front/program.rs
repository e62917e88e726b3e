use crate::http::{get, rpc};
use crate::shell::Shell;
use localnet::accounts::{self, Account, MNEMONIC};
use localnet::settings::PASSPHRASE;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The program while it runs.
struct Program(Child);

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_localnet"));
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Started at any port; with what it tells about itself.
    fn told(arguments: &[&str]) -> (Self, Value) {
        Self::start(&[arguments, &["--port", "0", "--json"]].concat()).heard()
    }

    fn heard(mut self) -> (Self, Value) {
        let mut line = String::new();
        BufReader::new(self.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        (self, serde_json::from_str(&line).unwrap())
    }

    /// The banner, which ends with how to end it.
    fn banner(&mut self) -> String {
        let mut banner = String::new();
        let mut out = BufReader::new(self.0.stdout.as_mut().unwrap());
        while !banner.ends_with("Ctrl-C ends the network.\n") {
            assert_ne!(out.read_line(&mut banner).unwrap(), 0, "{banner}");
        }
        banner
    }

    fn send(&self, signal: &str) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
    }

    /// What it leaves behind when it has ended by itself: code, output and errors.
    fn end(mut self) -> (Option<i32>, String, String) {
        let begin = Instant::now();
        while self.0.try_wait().unwrap().is_none() {
            assert!(begin.elapsed() < Duration::from_secs(10), "it does not end");
            thread::sleep(Duration::from_millis(10));
        }
        let (mut out, mut errors) = (String::new(), String::new());
        self.0.stdout.take().map(|mut pipe| pipe.read_to_string(&mut out).unwrap());
        self.0.stderr.take().map(|mut pipe| pipe.read_to_string(&mut errors).unwrap());
        (self.0.wait().unwrap().code(), out, errors)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for(port: u16) {
    let begin = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begin.elapsed() < Duration::from_secs(10), "nobody listens");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The only sentence that it says when it does not start.
fn complaint(arguments: &[&str]) -> String {
    let (code, out, errors) = Program::start(arguments).end();
    assert_eq!((code, out.as_str()), (Some(1), ""), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    errors.strip_prefix("localnet: ").unwrap().trim().to_string()
}

#[test]
fn in_json_it_tells_all_that_a_program_needs() {
    let (_program, told) = Program::told(&["--accounts", "3"]);
    let url = told["horizonUrl"].as_str().unwrap();
    assert_eq!(told["rpcUrl"], format!("{url}/rpc"));
    assert_eq!(told["friendbotUrl"], format!("{url}/friendbot"));
    let network = rpc(url, "getNetwork", json!(null));
    assert_eq!(told["networkPassphrase"], network["passphrase"]);
    assert_eq!(told["protocolVersion"], network["protocolVersion"]);
    assert_eq!(told["friendbotUrl"], network["friendbotUrl"]);
    assert_eq!(
        (&told["mnemonic"], &told["derivationPath"]),
        (&json!(MNEMONIC), &json!("m/44'/148'/i'"))
    );
    let keys = |account: &Account| {
        json!({
            "name": account.name,
            "index": account.index,
            "publicKey": account.public(),
            "secretKey": account.secret_key(),
        })
    };
    let accounts: Vec<_> = accounts::named(3).iter().map(keys).collect();
    assert_eq!(told["accounts"], json!(accounts));
    let issuer = accounts::issuer();
    assert_eq!(told["token"]["issuer"], keys(&issuer));
    let contract = |asset: &str| {
        Shell::new(told["rpcUrl"].as_str().unwrap())
            .run(&format!("stellar contract id asset --asset {asset}"))
    };
    assert_eq!(told["token"]["code"], "USDC");
    assert_eq!(told["token"]["contract"], contract(&format!("USDC:{}", issuer.public())));
    assert_eq!(told["nativeContract"], contract("native"));
}

#[test]
fn it_ends_in_peace_when_it_is_told_to() {
    for signal in ["TERM", "INT"] {
        let (program, _) = Program::told(&[]);
        program.send(signal);
        assert_eq!(program.end(), (Some(0), String::new(), String::new()), "{signal}");
    }
}

#[test]
fn in_quiet_it_says_nothing() {
    let port = free_port();
    let program = Program::start(&["--quiet", "--port", &port.to_string()]);
    wait_for(port);
    program.send("TERM");
    assert_eq!(program.end(), (Some(0), String::new(), String::new()));
}

#[test]
fn nobody_has_to_read_what_it_says() {
    let port = free_port();
    let mut program = Program::start(&["--port", &port.to_string()]);
    drop(program.0.stdout.take());
    wait_for(port);
    program.send("TERM");
    assert_eq!(program.end().0, Some(0));
}

#[test]
fn a_port_that_is_in_use_is_told_in_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert!(complaint(&["--port", &port]).contains(&port));
}

#[test]
fn a_state_file_that_cannot_be_used_is_told_in_one_sentence() {
    let shell = Shell::new("");
    let path = |name: &str| shell.folder().join(name).to_str().unwrap().to_string();
    let (folder, foreign, used, missing) =
        (path("."), path("foreign"), path("used"), path("no/file"));
    std::fs::write(&foreign, "Dear diary, ".repeat(1000)).unwrap();
    let (mut program, _) = Program::told(&["--state", &used]);
    for path in [&folder, &foreign, &missing, &used] {
        let complaint = complaint(&["--port", "0", "--state", path]);
        assert!(complaint.contains(path.as_str()), "{complaint}");
    }
    program.0.kill().unwrap();
    program.0.wait().unwrap();
    let complaint = complaint(&["--port", "0", "--state", &used, "--testnet-settings"]);
    assert!(complaint.contains("settings"), "{complaint}");
}

#[test]
fn wrong_arguments_are_refused() {
    let wrong: [&[&str]; 12] = [
        &["--port", "65536"],
        &["--port", "-1"],
        &["--accounts", "1"],
        &["--accounts", "1001"],
        &["--block-time", "0"],
        &["--block-time", "-5"],
        &["--block-time", "NaN"],
        &["--block-time", "3601"],
        &["--block-time", "soon"],
        &["--json", "--quiet"],
        &["--state"],
        &["start"],
    ];
    for arguments in wrong {
        let (code, out, errors) = Program::start(arguments).end();
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(errors.starts_with("error: "), "{errors}");
    }
}

#[test]
fn help_has_examples_and_the_version_is_that_of_the_project() {
    let (code, help, _) = Program::start(&["--help"]).end();
    assert_eq!(code, Some(0));
    assert!(help.contains("Examples:\n  localnet"), "{help}");
    assert!(help.lines().all(|line| line.len() <= 80), "{help}");
    let (code, version, _) = Program::start(&["--version"]).end();
    assert_eq!((code, version.trim()), (Some(0), concat!("localnet ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn what_a_state_file_holds_survives_that_the_program_is_killed() {
    let shell = Shell::new("");
    let path = shell.folder().join("net.db");
    let state = ["--state", path.to_str().unwrap()];
    let newcomer = accounts::named(500).pop().unwrap().public();

    let (mut program, told) = Program::told(&[&state[..], &["--accounts", "2"]].concat());
    let url = told["horizonUrl"].as_str().unwrap();
    let paid = get(url, &format!("/friendbot?addr={newcomer}")).body;
    program.0.kill().unwrap();
    program.0.wait().unwrap();

    let (_program, told) = Program::told(&[&state[..], &["--accounts", "14"]].concat());
    let url = told["horizonUrl"].as_str().unwrap();
    let account = get(url, &format!("/accounts/{newcomer}")).body;
    assert_eq!(account["balances"][0]["balance"], "10000.0000000", "{account}");
    let transaction = rpc(url, "getTransaction", json!({ "hash": paid["hash"] }));
    assert_eq!(transaction["status"], "SUCCESS");
    let names: Vec<_> = told["accounts"].as_array().unwrap().iter().map(|a| &a["name"]).collect();
    assert_eq!(names, ["payer", "provider"], "only those who are there");
}

#[test]
fn clients_that_do_nothing_keep_nobody_out() {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -Sn 64 && exec \"$0\" --port 0 --json"]);
    shell.arg(env!("CARGO_BIN_EXE_localnet")).stdout(Stdio::piped());
    let (_program, told) = Program(shell.spawn().unwrap()).heard();
    let url = told["horizonUrl"].as_str().unwrap();
    let host = url.strip_prefix("http://").unwrap();
    let _idle: Vec<_> = (0..200).map(|_| TcpStream::connect(host).unwrap()).collect();
    assert_eq!(rpc(url, "getHealth", json!(null))["status"], "healthy");
}

#[test]
fn ledgers_close_at_the_time_that_is_asked_for() {
    let mut program = Program::start(&["--port", "0", "--block-time", "0.2"]);
    let banner = program.banner();
    assert!(banner.contains("  Ledgers     close every 0.2 seconds\n"), "{banner}");
    let url = line_after(&banner, "  Horizon     ");
    let url = url.split(' ').next().unwrap();
    let latest = || rpc(url, "getLatestLedger", json!(null))["sequence"].as_u64().unwrap();
    let (before, begin) = (latest(), Instant::now());
    while latest() < before + 3 {
        assert!(begin.elapsed() < Duration::from_secs(10), "the ledger stands still");
        thread::sleep(Duration::from_millis(50));
    }
    assert!(begin.elapsed() > Duration::from_millis(350));
}

/// The rest of the line that begins so.
fn line_after<'a>(banner: &'a str, label: &str) -> &'a str {
    banner.lines().find_map(|line| line.strip_prefix(label)).unwrap_or_else(|| panic!("{banner}"))
}

#[test]
fn the_banner_fits_a_terminal_and_names_everybody() {
    let mut program = Program::start(&["--port", "0", "--testnet-settings", "--accounts", "20"]);
    let banner = program.banner();
    for line in banner.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert_eq!(line, line.trim_end());
    }
    let everybody = accounts::named(20).into_iter().chain([accounts::issuer()]);
    for account in everybody {
        let row = format!("  {:<4} {:<12} {}", account.index, account.name, account.public());
        assert_eq!(line_after(&banner, &row), "");
        assert!(banner.contains(&account.secret_key()));
    }
    assert!(banner.contains("with the limits and fees of Testnet"), "{banner}");
    assert!(banner.contains("never send real money"), "{banner}");
    assert_eq!(line_after(&banner, "  Passphrase  "), PASSPHRASE);
    assert_eq!(line_after(&banner, "  Words       "), MNEMONIC);
}

#[test]
fn the_commands_of_the_banner_work_as_they_are_printed() {
    let mut program = Program::start(&["--port", "0"]);
    let banner = program.banner();
    let url = line_after(&banner, "  Friendbot   ").strip_suffix("/friendbot").unwrap();
    let closed = |url| {
        let time = rpc(url, "getLatestLedger", json!(null))["closeTime"].clone();
        time.as_str().unwrap().parse::<u64>().unwrap()
    };
    let begin = closed(url);

    let (_, try_this) = banner.split_once("\nTry in another terminal\n").unwrap();
    let commands: Vec<_> = try_this.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert_eq!(commands.len(), 14, "{try_this}");
    let shell = Shell::new("http://nowhere.invalid");
    let printed =
        shell.run(&format!("{}\necho\nstellar keys address local-me", commands.join("\n")));

    assert!(printed.contains("\"10000000000000\""), "{printed}");
    let balance = |address: &str| {
        let account = get(url, &format!("/accounts/{address}")).body;
        account["balances"][0]["balance"].as_str().unwrap().to_string()
    };
    let [payer, provider] = accounts::named(2).try_into().unwrap();
    assert_eq!(balance(&payer.public()), "999975.0000000");
    assert_eq!(balance(&provider.public()), "1000025.0000000");
    assert_eq!(balance(printed.lines().last().unwrap()), "10000.0000000");
    assert!(closed(url) >= begin + 86_400, "{printed}");
}
