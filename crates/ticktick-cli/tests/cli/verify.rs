//! `ticktick api verify`, and `--read-only`.

use crate::sessions::Served;
use crate::support::{demo, json, stdout};

fn stderr(assert: &snapbox::cmd::OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn what_fits_is_counted_and_one_operation_can_be_asked_for() {
    let text = stdout(&demo(&["api", "verify", "--only", "task.get", "--only", "project-get"]).success());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0].split_whitespace().collect::<Vec<_>>(),
        ["project-get", "refused", "confirms", "project-get-refused"]
    );
    assert_eq!(lines[1], "operations: 1 fit; experiments: 1 confirm, 0 settle, 0 contradict, 0 unclear");
}

#[test]
fn json_is_the_report() {
    let document = json(&demo(&["api", "verify", "--only", "project.get", "--json"]).success());
    let report = &document["data"][0];
    assert_eq!(report["region"], "other");
    assert_eq!(report["operations"][0]["seen"]["status"], 405, "the contract says that this is refused");
}

#[test]
fn writing_needs_consent() {
    let assert = demo(&["api", "verify", "--write"]).code(2);
    assert!(stderr(&assert).contains("--yes"));
    let assert = demo(&["api", "verify", "--only", "update-mode"]).code(2);
    assert!(stderr(&assert).contains("the experiment update-mode changes the account"));
    demo(&["api", "verify", "--only", "nonsense"]).code(3);
}

#[test]
fn experiments_clean_up() {
    let assert = demo(&["api", "verify", "--write", "--yes", "--only", "update-mode"]).success();
    assert!(stdout(&assert).contains("merge"));
    assert!(stderr(&assert).contains("removed: 1 project, 1 task"), "{}", stderr(&assert));
}

#[test]
fn read_only_refuses_to_write() {
    demo(&["task", "list", "--read-only"]).success();
    let assert = demo(&["task", "add", "Buy milk", "--read-only"]).code(2);
    assert!(stderr(&assert).contains("the read-only mode forbids"), "{}", stderr(&assert));
    demo(&["--read-only", "api", "verify", "--write", "--yes"]).code(2);
    demo(&["--read-only", "api", "verify", "--clean-up"]).code(2);
}

#[test]
fn neither_report_nor_log_holds_a_value() {
    let served = Served::start("verify");
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret\n").success();
    let add = ["task", "add", "Zzmarker title", "-t", "zzmarkertag", "-c", "Zzmarker content", "-q"];
    let id = stdout(&served.run(&add, "").success());
    let report = format!("{}/report.json", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&report, "old").unwrap();
    let assert = served.run(&["api", "verify", "-v", "--write", "--yes", "--report", &report], "");
    let written = std::fs::read_to_string(&report).unwrap();
    assert!(written.starts_with("{\n") && written.contains("update-mode"), "{written}");
    let all = format!("{written}{}{}", stdout(&assert), stderr(&assert)).to_lowercase();
    assert!(all.contains("operation=\"sync.check\""), "the log is there");
    for secret in ["zzmarker", "me@example.com", "secret\"", id.trim(), &served.token().to_lowercase(), "inbox1"] {
        assert!(!all.contains(secret), "{secret} is in {all}");
    }
}
