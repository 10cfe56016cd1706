//! Options and messages of `ticktick serve`.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::{bin, send, ticktick};

/// `ticktick serve`, until it is stopped or dropped.
pub(crate) struct Serve {
    child: Child,
    address: String,
}

impl Serve {
    pub(crate) fn start(args: &[&str]) -> Self {
        let command = &mut Command::new(bin());
        let command = command.arg("serve").args(args).env("NO_COLOR", "1");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim_end().rsplit(':').next().unwrap();
        let address = format!("127.0.0.1:{port}");
        Self { child, address }
    }

    /// Sends a request and returns the whole response.
    pub(crate) fn send(&self, method: &str, target: &str, body: &str) -> String {
        send(&self.address, method, target, body)
    }

    pub(crate) fn json(&self, method: &str, target: &str, body: &str) -> Value {
        let answer = self.send(method, target, body);
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// Counts the tasks of the account at a position in the state.
    fn tasks(&self, place: usize) -> usize {
        self.json("GET", "/_sim/state", "")["accounts"][place]["tasks"]["rows"].as_array().unwrap().len()
    }

    /// Stops it and returns its standard error.
    fn stop(mut self) -> String {
        self.child.kill().unwrap();
        let mut text = String::new();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const ME: &[&str] = &["--account", "me@example.com:secret"];
const YOU: &[&str] = &["--account", "you@example.com:secret"];

#[test]
fn tasks_fill_all_accounts_or_one() {
    let all = Serve::start(&[ME, YOU, &["--tasks", "20"]].concat());
    assert_eq!(all.tasks(0), 21);
    assert_eq!(all.tasks(1), 21);
    let one = Serve::start(&[ME, YOU, &["--tasks", "me@example.com=20"]].concat());
    assert_eq!(one.tasks(0), 21);
    assert_eq!(one.tasks(1), 0);
}

#[test]
fn a_seed_file_fills_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seed.json");
    let seed = |text: &str| fs::write(&path, text).unwrap();
    let option = ["--seed-file", path.to_str().unwrap()];
    seed(r#"{"tasks":["a"]}"#);
    assert_eq!(Serve::start(&[ME, &option].concat()).tasks(0), 1);
    seed(r#"{"accounts":[{"username":"you@example.com","password":"x","tasks":["a","b"]}]}"#);
    let alone = Serve::start(&option);
    let accounts = alone.json("GET", "/_sim/health", "")["accounts"].clone();
    assert_eq!(accounts, json!(["you@example.com"]));
    assert_eq!(alone.tasks(0), 2);
    for (text, says) in
        [(r#"{"tasks":[{"title":7}]}"#, "$.tasks[0].title: expected a text"), (r#"{"tasks":["#, "$.tasks: EOF")]
    {
        seed(text);
        let failed = ticktick(&["serve"]).args(option).assert().code(1);
        let text = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
        assert!(text.contains("seed.json: ") && text.contains(says), "{text}");
    }
}

#[test]
fn a_frozen_clock_makes_every_run_the_same() {
    let run = || {
        let serve =
            Serve::start(&[ME, &["--lenient-headers", "--seed", "7", "--now", "2026-03-01T09:00:00Z"]].concat());
        let credentials = r#"{"username":"me@example.com","password":"secret"}"#;
        let answer = serve.send("POST", "/api/v2/user/signon", credentials);
        (answer, serve.send("GET", "/_sim/state", ""))
    };
    let first = run();
    assert!(first.0.contains("\"token\":") && first.1.contains("2026-03-01T09:00:00Z"), "{first:?}");
    assert_eq!(first, run());
}

#[test]
fn a_log_of_requests_holds_no_secrets() {
    let serve = Serve::start(&["-v"]);
    serve.send("GET", "/api/v2/user/x?password=hunter2&code=123456&to=me%40example.com&limit=5", "");
    let text = serve.stop();
    let shown = "GET /api/v2/user/x?password=[redacted]&code=[redacted]&to=[redacted]&limit=5";
    assert!(text.contains(shown) && !text.contains("hunter2"), "{text}");
}

#[test]
fn a_host_that_others_can_reach_is_warned_of() {
    let serve = Serve::start(&["--host", "0.0.0.0"]);
    serve.json("GET", "/_sim/health", "");
    let text = serve.stop();
    assert!(text.contains("warning: 0.0.0.0 is open to other machines"), "{text}");
    let alone = Serve::start(ME);
    alone.json("GET", "/_sim/health", "");
    assert_eq!(alone.stop(), "");
}

#[test]
fn readings_are_listed_and_misspelt_ones_refused() {
    let listed = ticktick(&["serve", "--readings"]).assert().success();
    let text = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    let has = |line: &str| text.lines().any(|found| found.starts_with(line));
    assert!(has("unpin-null=pinned ") && has("unpin-null=unpinned "), "{text}");
    assert!(text.contains("only the text `-1` unpins a task (default)\n"), "{text}");
    let failed = ticktick(&["serve", "--reading", "unpin-null=maybe"]).assert().code(2);
    let text = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
    assert!(text.contains("such as unpin-null=pinned|unpinned"), "{text}");
}

#[test]
fn wrong_options_say_what_is_right() {
    for (args, code, says) in [
        (["--now", "tomorrow"], 2, "with an offset, such as 2026-03-01T09:00:00Z"),
        (["--tasks", "many"], 2, "NAME=N such as me@example.com=200"),
        (["--tasks", "nobody=3"], 1, "an account that does not exist"),
        (["--seed-file", "nowhere.json"], 3, "nowhere.json: "),
    ] {
        let failed = ticktick(&["serve"]).args(args).assert().code(code);
        let text = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
        assert!(text.contains(says), "{args:?}: {text}");
    }
}

#[test]
fn a_misspelt_operation_in_a_file_of_faults_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.json");
    fs::write(&path, r#"[{"operation":"task.bach","status":503}]"#).unwrap();
    let failed = ticktick(&["serve", "--faults", path.to_str().unwrap()]).assert().code(1);
    let text = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
    assert!(text.contains("`task.bach`") && text.contains("task.batch"), "{text}");
}
