//! A shell in which the real `stellar` is at hand.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The release that the tests are written against.
const STELLAR: &str = "stellar 28.1.0";
/// Where `make setup` puts it if there is none on PATH.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../.tools/bin");

/// A shell in a folder of its own, where `stellar` knows one network and, at first, nobody.
pub struct Shell {
    folder: PathBuf,
    rpc_url: String,
}

impl Shell {
    pub fn new(rpc_url: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("localnet-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(folder.join("config/identity")).expect("room for a folder");
        Self { folder, rpc_url: rpc_url.into() }
    }

    /// Where its lines run, and what they leave behind is found.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes an account known by a name, as `stellar keys add` would.
    pub fn know(&self, name: &str, secret_key: &str) {
        let path = self.folder.join(format!("config/identity/{name}.toml"));
        fs::write(path, format!("secret_key = \"{secret_key}\"\n")).expect("room for a file");
    }

    /// What a line prints, which has to succeed.
    pub fn run(&self, line: &str) -> String {
        self.say(line).0
    }

    /// What a line prints, and what it says beside that, which has to succeed.
    pub fn say(&self, line: &str) -> (String, String) {
        let output = self.output(line);
        let (printed, said) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{line}\n{printed}\n{said}");
        (printed, said)
    }

    /// What a line says that has to fail.
    pub fn fail(&self, line: &str) -> String {
        let output = self.output(line);
        assert!(!output.status.success(), "{line}\nsucceeded: {}", text(&output.stdout));
        text(&output.stderr)
    }

    fn output(&self, line: &str) -> Output {
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", line])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", path())
            .env("HOME", &self.folder)
            .env("STELLAR_CONFIG_HOME", self.folder.join("config"))
            .env("STELLAR_DATA_HOME", self.folder.join("data"))
            .env("STELLAR_RPC_URL", &self.rpc_url)
            .env("STELLAR_NETWORK_PASSPHRASE", localnet::settings::PASSPHRASE)
            // So that nothing asks the internet, as `stellar doctor` does for newer releases.
            .env("HTTPS_PROXY", "http://localhost:9")
            .output()
            .expect("bash, which every script of this repository runs in")
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // Whatever is left lies among the temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folders in which programs are looked for: first those that have the right `stellar`.
fn path() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let path = env::var("PATH").unwrap_or_default();
        let candidates = [path.clone(), format!("{TOOLS}:{path}")];
        let found = candidates.into_iter().find(|path| has_stellar(path));
        found.unwrap_or_else(|| panic!("{STELLAR} is neither on PATH nor in .tools: make setup"))
    })
}

fn has_stellar(path: &str) -> bool {
    let line = ["-c", "stellar version"];
    let output = Command::new("bash").args(line).env("PATH", path).output();
    output.is_ok_and(|output| text(&output.stdout).starts_with(STELLAR))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
