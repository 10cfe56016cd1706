//! `ticktick watch`.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, ChildStdout, Stdio};

use serde_json::Value;

use crate::sessions::Served;
use crate::support::{stdout, ticktick};

/// A watch, until it is dropped.
struct Watch {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
}

impl Watch {
    fn start(served: &Served, args: &[&str]) -> Self {
        let mut command = served.command(&["watch", "--interval", "20ms"]);
        let mut child = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let err = BufReader::new(child.stderr.take().unwrap());
        let mut watch = Self { child, out, err };
        assert_eq!(watch.note(), "note: waiting for changes; press Ctrl-C to stop\n");
        watch
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    fn note(&mut self) -> String {
        let mut line = String::new();
        self.err.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn changes_are_printed_as_they_arrive() {
    let served = Served::start("watch");
    served.sign_in("me@example.com");
    let id = stdout(&served.run(&["add", "Milk", "-q"], "").success()).trim().to_owned();
    let mut watch = Watch::start(&served, &["--json"]);
    let mut next = || serde_json::from_str::<Value>(&watch.line()).unwrap();
    served.run(&["add", "Bread", "--no-mirror"], "").success();
    let added = next();
    assert_eq!(added["event"], "added");
    assert_eq!(added["kind"], "task");
    assert_eq!(added["name"], "Bread");
    served.run(&["done", &id, "--no-mirror"], "").success();
    let completed = next();
    assert_eq!(completed["event"], "completed");
    assert_eq!(completed["id"], id.as_str());
    assert_eq!(completed["name"], "Milk");
}

#[cfg(unix)]
#[test]
fn a_hook_gets_each_change() {
    let served = Served::start("watch-hook");
    served.sign_in("me@example.com");
    let mut watch = Watch::start(&served, &["-o", "table", "--exec", "cat; exit 3"]);
    served.run(&["add", "Milk", "--no-mirror"], "").success();
    assert!(watch.line().contains("  added      task \"Milk\""));
    let change: Value = serde_json::from_str(&watch.line()).unwrap();
    assert_eq!(change["name"], "Milk");
    assert!(watch.note().starts_with("warning: the hook failed for task "));
}

#[test]
fn an_impolite_interval_is_refused() {
    let short = ticktick(&["watch", "--interval", "1s"]).env("TICKTICK_TOKEN", "x").assert().code(2);
    short.stderr_eq("error: --interval is shorter than 10s\nhint: TickTick limits the number of requests\n");
    ticktick(&["watch", "--interval", "soon"]).assert().code(2);
    ticktick(&["watch", "--offline"]).assert().code(2);
}
