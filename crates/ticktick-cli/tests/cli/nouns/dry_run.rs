//! `--dry-run` of every command that writes: it shows requests, and the account does not change.

use serde_json::Value;

use super::{ALL, words};
use crate::schemas::fits;
use crate::sessions::Served;
use crate::support::{json, stdout};

/// Verbs of commands that only read.
const READS: [&str; 18] = [
    "list",
    "show",
    "members",
    "shares",
    "invitation",
    "templates",
    "run",
    "completed",
    "check-ins",
    "week",
    "preferences",
    "current",
    "get",
    "profile",
    "status",
    "limits",
    "notifications",
    "unread",
];

/// Objects that commands need and that the demo account lacks.
const NEEDED: [&str; 5] = [
    "countdown create Exam 2999-12-31",
    "countdown archive exam",
    "countdown create Holiday 2999-12-31",
    "comment add dentist Closed",
    "focus start --stopwatch",
];

/// Writes of objects that are not in the demo account.
const MORE: [&str; 16] = [
    "countdown edit holiday --day 2999-12-30",
    "countdown archive holiday",
    "countdown unarchive exam",
    "countdown delete holiday",
    "comment add dentist Open",
    "comment edit dentist last Open",
    "comment delete dentist last",
    "attachment upload dentist FILE",
    "attachment show dentist plan.png",
    "focus pause",
    "focus finish",
    "focus drop",
    "habit unarchive ukulele",
    "task add Milk",
    "task done dentist",
    "project unarchive \"old flat\"",
];

fn is_read(line: &str) -> bool {
    let words = words(line);
    let verbs = words.iter().skip(1).take(2).map(String::as_str).collect::<Vec<_>>();
    let is_simple = ["user daily-reminder", "user pomodoro", "user settings"].contains(&line);
    is_simple || verbs.iter().any(|verb| READS.contains(verb))
}

/// Returns everything that is stored in the demo account. Reads count the time of the last sync.
fn state(served: &Served) -> Value {
    let mut state: Value = serde_json::from_str(&served.control("GET", "/_sim/state", "")).unwrap();
    let accounts = state["accounts"].as_array_mut().unwrap();
    let demo = accounts.iter_mut().find(|account| account["username"] == "demo@example.com").unwrap();
    for counter in ["stamp", "lateSyncKnown"] {
        assert!(demo[counter].take().is_number(), "{counter}");
    }
    demo.take()
}

#[test]
fn nothing_is_written() {
    let served = Served::start_with("nouns-dry-run", &["--demo"]);
    served.run(&["auth", "login", "-u", "demo@example.com", "--password-stdin"], "demo\n").success();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.png");
    std::fs::write(&file, "x").unwrap();
    let file = file.to_str().unwrap();
    let run = |line: &str, more: &[&str]| {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(|word| if word == "FILE" { file } else { word }).collect();
        served.run(&[&words, more].concat(), "").success()
    };
    for line in NEEDED.iter().chain(&["attachment upload dentist FILE"]) {
        run(line, &[]);
    }
    let before = state(&served);
    // While a session is running, `focus start` is refused even with --dry-run.
    let writes = ALL.iter().copied().flatten().map(|(line, _)| *line);
    let writes = writes.filter(|line| !is_read(line) && !line.starts_with("focus start"));
    let mut count = 0;
    for line in writes.chain(MORE) {
        let document = json(&run(line, &["--dry-run", "--json"]));
        assert_eq!(document["meta"]["dry_run"], true, "{line}: {document}");
        assert_ne!(document["meta"]["count"], 0, "{line}");
        fits("cli", "RequestList", &document);
        count += 1;
    }
    assert!(count > 70, "{count}");
    assert!(stdout(&run("project rename home House", &["--dry-run"])).starts_with("would send 1 request:\n  POST "));
    assert!(before == state(&served), "the account has changed");
}

#[test]
fn nothing_is_written_to_a_mirror_either() {
    let served = Served::start("nouns-dry-mirror");
    served.sign_in("me@example.com");
    served.run(&["project", "create", "One"], "").success();
    served.run(&["project", "rename", "one", "Two", "--dry-run"], "").success();
    let names = stdout(&served.run(&["project", "list", "-o", "tsv", "--fields", "name"], "").success());
    assert_eq!(names, "Inbox\nOne\n");
    assert_eq!(json(&served.run(&["history", "--json"], "").success())["meta"]["count"], 1);
}
