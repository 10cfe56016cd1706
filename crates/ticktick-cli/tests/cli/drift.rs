//! Responses that do not match the contract, from the command that saw them to `doctor --drift`.

use std::io::{Read, Write};
use std::net::TcpListener;

use snapbox::cmd::OutputAssert;

use crate::support::{json, stdout, ticktick};

/// The status of an account, with a value of an unexpected kind.
const ODD: &str = r#"{"userId":"1","inboxId":"inbox1","username":"me@example.com","pro":"m4rk"}"#;

/// Starts a server that returns the same response to every request until the test ends. Returns its address.
fn serve(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{answer}", answer.len());
        }
    });
    format!("http://{address}")
}

fn folder(name: &str) -> String {
    let folder = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    drop(std::fs::remove_dir_all(&folder));
    folder
}

fn run(folder: &str, args: &[&str]) -> OutputAssert {
    ticktick(args).env("TICKTICK_CONFIG_DIR", folder).assert()
}

#[test]
fn drift_is_kept_for_the_doctor_until_it_is_cleared() {
    let (folder, address) = (folder("drift"), serve(ODD));
    let status = ticktick(&["auth", "status", "--verify", "--base-url", &address]);
    let assert = status.env("TICKTICK_CONFIG_DIR", &folder).env("TICKTICK_TOKEN", "token").assert().success();
    let said = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(said.contains("$.pro; it was kept unchanged; see `ticktick doctor --drift`"), "{said}");
    let kept = std::fs::read_to_string(format!("{folder}/drift.json")).unwrap();
    assert!(!kept.contains("m4rk") && !kept.contains("example.com"), "{kept}");

    let table = stdout(&run(&folder, &["doctor", "--drift"]).success());
    assert!(table.contains("$.pro") && table.contains("string instead of boolean"), "{table}");
    let list = json(&run(&folder, &["doctor", "--drift", "--json"]).success());
    assert_eq!(list["data"][0]["path"], "$.pro");
    assert_eq!(list["meta"]["count"], 1);

    run(&folder, &["doctor", "--drift", "--clear"]).success();
    let list = json(&run(&folder, &["doctor", "--drift", "--json"]).success());
    assert_eq!(list["meta"]["count"], 0);
    assert!(stdout(&run(&folder, &["doctor", "--drift"]).success()).contains("All responses so far match"));
}

#[test]
fn the_demo_keeps_no_drift() {
    let folder = folder("demo-drift");
    run(&folder, &["--demo", "task", "list"]).success();
    assert!(!std::path::Path::new(&folder).join("drift.json").exists());
}

#[test]
fn drift_is_cleared_only_if_it_is_named() {
    run(&folder("doctor"), &["doctor", "--clear"]).code(2);
}
