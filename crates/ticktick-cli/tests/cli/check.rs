//! `ticktick api check`.

use crate::support::{golden, ticktick};

const FITS: &str = r#"{"decodes":true,"lossless":true,"unknown":[],"differences":[]}"#;

#[test]
fn what_fits_is_success() {
    let task = r#"{"id":"a","projectId":"b","sortOrder":-9223090562146500590}"#;
    for args in [
        &["--model", "Task", "-"][..],
        &["task.get", "--response", "-"],
        &["GET", "/api/v2/task/a", "--response", "-"],
        &["GET /api/v2/task/{taskId}", "--response", "-"],
    ] {
        ticktick(&["api", "check"]).args(args).stdin(task).assert().success().stdout_eq(format!("{FITS}\n"));
    }
    let batch = format!(r#"{{"add":[{task}]}}"#);
    let check = ["api", "check", "POST", "/api/v2/batch/task", "--request", "-"];
    ticktick(&check).stdin(batch).assert().success().stdout_eq(format!("{FITS}\n"));
    ticktick(&["api", "check", "auth.sign_out", "--response", "-"]).stdin("").assert().success();
}

#[test]
fn complete_tasks_is_not_taken_for_a_task_id() {
    let check = |kind: &str, json: &'static str| {
        let path = "/open/v1/task/completeTasks";
        ticktick(&["api", "check", "POST", path, kind, "-"]).stdin(json).assert().success()
    };
    check("--response", r#"["a","b"]"#).stdout_eq(format!("{FITS}\n"));
    check("--request", r#"{"projectId":"","taskIds":["a"]}"#).stdout_eq(format!("{FITS}\n"));
}

#[test]
fn what_is_unknown_is_kept_and_taught() {
    let task = r#"{"id":"a","projectId":"b","status":9,"items":[{"id":"c","title":"d","mood":1}]}"#;
    ticktick(&["api", "check", "--model", "Task", "-"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(task)
        .assert()
        .success()
        .stdout_eq(
            "{\"decodes\":true,\"lossless\":true,\"unknown\":[\"$.status\",\"$.items[0].mood\"],\"differences\":[]}\n",
        )
        .stderr_eq(golden("check-unknown.txt"));
}

#[test]
fn what_does_not_fit_fails() {
    ticktick(&["api", "check", "task.get", "--response", "-"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(r#"{"id":"a","projectId":"b","status":"open"}"#)
        .assert()
        .code(1)
        .stdout_eq(golden("check-not-decoded.json"))
        .stderr_eq(golden("check-not-decoded.txt"));
    ticktick(&["api", "check", "auth.sign_out", "--response", "-"])
        .stdin("{}")
        .assert()
        .code(1)
        .stderr_eq(golden("check-not-empty.txt"));
}

#[test]
fn within_the_project_the_file_is_named() {
    let run = ticktick(&["api", "check", "--model", "Task", "-"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let assert = run.stdin(r#"{"id":"a","projectId":"b","mood":1}"#).assert().success();
    let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(text.contains("edit `Task` in spec/models/task.yaml"), "{text}");
}

#[test]
fn files_are_read() {
    let file = format!("{}/check-a-tag.json", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&file, r#"[{"name":"a","label":"A"}]"#).unwrap();
    ticktick(&["api", "check", "tag.list", "--response", &file]).assert().success().stdout_eq(format!("{FITS}\n"));
    ticktick(&["api", "check", "tag.list", "--response", "no-such-file"]).assert().code(3).stdout_eq("");
}

#[test]
fn a_check_needs_to_know_what_it_checks() {
    ticktick(&["api", "check", "task.get"]).assert().code(2);
    ticktick(&["api", "check", "tag.list", "--request", "-"]).assert().code(2);
    ticktick(&["api", "check", "GET", "/x", "--response", "-"]).assert().code(3);
    ticktick(&["api", "check", "--model", "task", "-"]).assert().code(3).stderr_eq(golden("check-no-model.txt"));
    ticktick(&["api", "check", "--model", "Task", "a", "b"]).assert().code(2);
}
