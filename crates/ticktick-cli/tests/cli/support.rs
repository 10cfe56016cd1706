//! Runs the program isolated from the files and settings of this machine.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use snapbox::Data;
use snapbox::cmd::{Command, OutputAssert};

/// A Monday morning, at which all demos of these tests take place.
const NOW: &str = "2026-11-23T08:50:00Z";

pub(crate) fn bin() -> PathBuf {
    snapbox::cmd::cargo_bin!("ticktick").into()
}

/// Returns the variables without which a program on Windows has neither a network nor a folder for temporary files.
pub(crate) fn system_variables() -> impl Iterator<Item = (&'static str, OsString)> {
    let names: &[&str] = if cfg!(windows) { &["SystemRoot", "TEMP", "TMP"] } else { &[] };
    names.iter().filter_map(|&name| Some((name, std::env::var_os(name)?)))
}

/// Prepares a run in an empty folder, with an empty home.
pub(crate) fn ticktick(args: &[&str]) -> Command {
    let nowhere = env!("CARGO_TARGET_TMPDIR");
    Command::new(bin())
        .env_clear()
        .envs(system_variables())
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("TZ", "UTC")
        .env("TICKTICK_OUTPUT", "table")
        .env("TICKTICK_SESSION_STORE", "file")
        .env("HOME", nowhere)
        .env("TICKTICK_CONFIG_DIR", format!("{nowhere}/no-session"))
        .env("TICKTICK_DEMO_NOW", NOW)
        .current_dir(nowhere)
        .args(args)
}

/// Runs it with the demo account.
pub(crate) fn demo(args: &[&str]) -> OutputAssert {
    ticktick(&["--demo"]).args(args).assert()
}

/// Returns the text of a golden file.
pub(crate) fn golden(name: &str) -> Data {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli/golden").join(name);
    Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw()
}

pub(crate) fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

pub(crate) fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

pub(crate) fn json(assert: &OutputAssert) -> serde_json::Value {
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

/// Sends a request to a server, given as `127.0.0.1:PORT`, and returns the whole response.
pub(crate) fn send(server: &str, method: &str, target: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server).unwrap();
    let length = body.len();
    let head = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    write!(stream, "{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Starts a simulator in this process, which runs until the test ends, and returns its address.
pub(crate) fn simulated(builder: ticktick_sim::Builder) -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let simulator = builder.start().await.unwrap();
            sender.send(simulator.base_url().to_owned()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}
