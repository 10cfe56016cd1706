//! `ticktick mcp`, with a server that is installed next to the program, in the search path, or not at all.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::{Value, json};
use snapbox::Assert;
use snapbox::cmd::Command;
use tempfile::TempDir;

use crate::schemas::fits;
use crate::support::{bin, golden, json, stderr, stdout};

const CLIENTS: [&str; 8] = ["claude-code", "claude-desktop", "codex", "cursor", "gemini", "goose", "vscode", "zed"];

/// Installs only the program into a new folder.
fn alone() -> TempDir {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    std::fs::hard_link(bin(), folder.path().join("ticktick")).unwrap();
    folder
}

/// Installs the program, and a shell as its server.
fn installed() -> TempDir {
    let folder = alone();
    symlink("/bin/sh", folder.path().join("ticktick-mcp")).unwrap();
    folder
}

/// Prepares a run of the copy, because there may be a server next to the program under test.
fn run(folder: &Path, args: &[&str]) -> Command {
    let config = folder.join("config");
    Command::new(folder.join("ticktick"))
        .env_clear()
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", config)
        .current_dir(folder)
        .args(args)
}

/// Replaces the folder, which differs from run to run.
fn neutral(text: &str, folder: &Path) -> String {
    text.replace(folder.to_str().unwrap(), "/opt/ticktick")
}

#[test]
fn the_server_beside_the_program_gets_the_arguments_the_input_and_the_settings() {
    let folder = installed();
    let script = "read line; echo \"$line $* $TICKTICK_BASE_URL\"; exit 7";
    let args = ["--base-url", "http://localhost:1", "mcp", "-c", script, "sh", "--http", "80"];
    let assert = run(folder.path(), &args).stdin("hello\n").assert();
    assert.code(7).stdout_eq("hello --http 80 http://localhost:1\n").stderr_eq("");
}

#[test]
fn the_search_path_comes_after_the_folder_of_the_program() {
    let (here, there) = (alone(), installed());
    let config = |folder: &Path| {
        let command = run(folder, &["mcp", "config", "codex"]).env("PATH", there.path());
        stdout(&command.assert().success())
    };
    assert!(config(here.path()).contains(there.path().to_str().unwrap()));
    let both = installed();
    assert!(config(both.path()).contains(both.path().to_str().unwrap()));
}

#[test]
fn without_a_server_the_error_says_how_to_install_it() {
    let folder = alone();
    for args in [&["mcp"][..], &["mcp", "--http", "80"], &["mcp", "config", "zed"]] {
        run(folder.path(), args).assert().code(3).stdout_eq("").stderr_eq(
            "\
error: ticktick-mcp is not installed
hint: in the repository, run `cargo install --profile server --path crates/ticktick-mcp`, or put it into the folder of `ticktick`
",
        );
    }
    let json = json(&run(folder.path(), &["mcp", "--json"]).assert().code(3));
    assert_eq!(json["error"]["code"], "not_found");
    run(folder.path(), &["mcp", "config", "-o", "table"]).assert().success();
    run(folder.path(), &["mcp", "--dry-run"]).assert().code(2);
}

#[test]
fn every_client_has_a_configuration() {
    let folder = installed();
    for client in CLIENTS {
        let assert = run(folder.path(), &["mcp", "config", client]).assert().success();
        let text = format!("{}{}", stderr(&assert), stdout(&assert));
        Assert::new().action_env("SNAPSHOTS").eq(neutral(&text, folder.path()), golden(&format!("mcp/{client}.txt")));
        let document = json(&run(folder.path(), &["mcp", "config", client, "--json"]).assert().success());
        fits("cli", "McpClientList", &document);
        assert_eq!(format!("{}\n", document["data"][0]["config"].as_str().unwrap()), stdout(&assert));
    }
}

#[test]
fn a_configuration_has_the_options_and_no_session() {
    let folder = installed();
    let args = ["--read-only", "--region", "dida365", "mcp", "config", "claude-code", "--protect", "My \"work\""];
    let text = |client: &str| {
        let mut args = args;
        args[5] = client;
        let command = run(folder.path(), &args).env("TICKTICK_TOKEN", "secret").env("TICKTICK_CONFIG_DIR", "/etc/a b");
        let assert = command.assert().success();
        neutral(&format!("{}{}", stderr(&assert), stdout(&assert)), folder.path())
    };
    let all = ["claude-code", "codex", "goose"].map(text).concat();
    assert!(!all.contains("secret"));
    Assert::new().action_env("SNAPSHOTS").eq(all, golden("mcp/options.txt"));
}

#[test]
fn a_configuration_keeps_the_profile() {
    let folder = installed();
    run(folder.path(), &["profile", "add", "work"]).assert().success();
    let options = |args: &[&str]| {
        let document = json(&run(folder.path(), &[args, &["--json"]].concat()).assert().success());
        let config: Value = serde_json::from_str(document["data"][0]["config"].as_str().unwrap()).unwrap();
        config["mcpServers"]["ticktick"]["args"].clone()
    };
    assert_eq!(options(&["mcp", "config", "cursor"]), json!([]));
    assert_eq!(options(&["--profile", "work", "mcp", "config", "cursor"]), json!(["--profile", "work"]));
    let tools = ["mcp", "config", "cursor", "--tools", "core", "--attach", "files"];
    assert_eq!(options(&tools), json!(["--tools", "core", "--attach", folder.path().join("files")]));
    run(folder.path(), &["profile", "use", "work"]).assert().success();
    assert_eq!(options(&["mcp", "config", "cursor"]), json!(["--profile", "work"]));
    assert_eq!(options(&["--demo", "mcp", "config", "cursor"]), json!(["--demo"]));
    run(folder.path(), &["--profile", "moon", "mcp", "config", "cursor"]).assert().code(3);
}

#[test]
fn the_clients_are_listed() {
    let folder = alone();
    let list = stdout(&run(folder.path(), &["mcp", "config", "-q"]).assert().success());
    assert_eq!(list.lines().collect::<Vec<_>>(), CLIENTS);
    run(folder.path(), &["mcp", "config", "emacs"]).assert().code(2);
}
