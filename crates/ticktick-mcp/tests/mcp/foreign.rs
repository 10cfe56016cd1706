//! Foreign clients drive the server: the scripts in `tests/mcp`, if their packages are installed.
//!
//! The packages are looked for in the folder that `TICKTICK_MCP_CLIENTS` names (a virtual environment, `node_modules`, or both),
//! then in `tests/mcp` and in the usual Python. Nothing is installed, and nothing leaves the machine.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::process::program;
use crate::world::NOW;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/mcp");

/// A server over HTTP, until it is dropped.
struct Served {
    child: std::process::Child,
    url: String,
    token: String,
}

impl Served {
    fn start() -> Self {
        let mut child = program(&["--demo", "--http", "0"]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let printed: Value = serde_json::from_str(&line).unwrap();
        let text = |name: &str| printed[name].as_str().unwrap().to_owned();
        Self { child, url: text("url"), token: text("token") }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn clients() -> Option<PathBuf> {
    std::env::var_os("TICKTICK_MCP_CLIENTS").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

#[allow(clippy::print_stderr)]
fn skipped<T>(what: &str, install: &str) -> Option<T> {
    eprintln!("skipped: {what}; install it with `{install}`");
    None
}

/// Returns an interpreter that has the pinned SDK. If none has it, prints how to install it.
fn python() -> Option<PathBuf> {
    let requirements = std::fs::read_to_string(Path::new(SCRIPTS).join("requirements.txt")).unwrap();
    let wanted = requirements.trim().strip_prefix("mcp==").unwrap();
    let own = clients().into_iter().chain([Path::new(SCRIPTS).join("venv")]).map(|folder| folder.join("bin/python3"));
    let has = |python: &PathBuf| {
        let mut version = Command::new(python);
        version.args(["-c", "from importlib.metadata import version; print(version('mcp'))"]);
        version.output().is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == wanted)
    };
    let found = own.chain([PathBuf::from("python3")]).find(has);
    found.or_else(|| {
        skipped(
            &format!("Python has no mcp {wanted}"),
            "python3 -m venv tests/mcp/venv && tests/mcp/venv/bin/pip install -r tests/mcp/requirements.txt",
        )
    })
}

/// Returns the folder that has the pinned package for Node. If none has it, prints how to install it.
fn node(package: &str) -> Option<PathBuf> {
    let read = |path: &Path| serde_json::from_slice::<Value>(&std::fs::read(path).ok()?).ok();
    let pinned = read(&Path::new(SCRIPTS).join("package.json")).unwrap();
    let wanted = pinned["dependencies"][package].as_str().unwrap();
    let has = |folder: &PathBuf| {
        let manifest = read(&folder.join("node_modules").join(package).join("package.json"));
        manifest.is_some_and(|manifest| manifest["version"] == wanted)
    };
    let found = clients().into_iter().chain([PathBuf::from(SCRIPTS)]).find(has);
    let runs = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    found.filter(|_| runs).or_else(|| skipped(&format!("Node has no {package} {wanted}"), "npm ci --prefix tests/mcp"))
}

/// Runs a client over both transports, each with an account of its own.
fn drive(client: impl Fn() -> Command, says: &str) {
    let served = Served::start();
    for (transport, target) in
        [("stdio", &[env!("CARGO_BIN_EXE_ticktick-mcp"), "--demo"][..]), ("http", &[served.url.as_str()])]
    {
        let mut command = client();
        command.arg(transport).args(target).stdin(Stdio::null());
        command.env("TICKTICK_DEMO_NOW", NOW).env("TICKTICK_MCP_TOKEN", &served.token);
        let output = command.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("NODE_OPTIONS").output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success() && text.contains("passed: ") && text.contains(says), "{transport}: {text}");
    }
}

fn drive_python(era: &str, says: &str) {
    let Some(python) = python() else { return };
    let script = Path::new(SCRIPTS).join("client.py");
    drive(
        || {
            let mut command = Command::new(&python);
            command.arg(&script).arg(era);
            command
        },
        says,
    );
}

fn drive_node(package: &str, script: &str, says: &str) {
    let Some(folder) = node(package) else { return };
    let script = Path::new(SCRIPTS).join(script);
    drive(
        || {
            let mut command = Command::new("node");
            command.arg(&script).env("TICKTICK_MCP_CLIENTS", &folder);
            command
        },
        says,
    );
}

#[test]
fn the_python_sdk_works_with_a_handshake() {
    drive_python("legacy", "2025-11-25");
}

#[test]
fn the_python_sdk_works_without_a_handshake() {
    drive_python("auto", "2026-07-28");
}

#[test]
fn the_javascript_sdk_works() {
    drive_node("@modelcontextprotocol/sdk", "sdk.mjs", "2025-11-25");
}

#[test]
fn the_javascript_client_works() {
    drive_node("@modelcontextprotocol/client", "client.mjs", "2026-07-28");
}
