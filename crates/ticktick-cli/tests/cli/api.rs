//! `ticktick api`, except `check`.

use crate::support::{demo, golden, json, stdout, ticktick};

#[test]
fn every_operation_is_listed_and_counted() {
    let text = stdout(&ticktick(&["api", "--list"]).assert().success());
    let last = text.lines().last().unwrap();
    assert_eq!(last, format!("{} operations", text.lines().count() - 1));
    let all = json(&ticktick(&["api", "--list", "--json"]).assert().success());
    assert_eq!(last, format!("{} operations", all["meta"]["count"]));
    for operation in all["data"].as_array().unwrap() {
        let words = ["id", "method", "path", "level"].map(|key| operation[key].as_str().unwrap());
        assert!(text.lines().any(|line| line.split_whitespace().eq(words)), "{words:?}");
    }
}

#[test]
fn operations_have_three_names() {
    let tags = stdout(&demo(&["api", "tag.list"]).success());
    assert!(tags.starts_with("[{") && tags.contains("\"errands\""), "{tags}");
    for name in [&["api", "GET", "/api/v2/tags"][..], &["api", "get /api/v2/tags"]] {
        assert_eq!(stdout(&demo(name).success()), tags);
    }
}

#[test]
fn parameters_are_checked_before_anything_is_sent() {
    for (args, name) in [
        (&["api", "task.get"][..], "api-missing.txt"),
        (&["api", "task.get", "-p", "foo=1"], "api-unknown.txt"),
        (&["api", "task.get", "-p", "taskId=1", "-q", "taskId=1"], "api-unknown-query.txt"),
        (&["api", "sync.nope"], "api-no-operation.txt"),
        (&["api", "task.batch"], "api-no-body.txt"),
    ] {
        // Without a session or the demo, a valid call would fail with another error.
        let code = if name == "api-no-operation.txt" { 3 } else { 2 };
        ticktick(args).assert().code(code).stdout_eq("").stderr_eq(golden(name));
    }
    for args in [
        &["api", "task.get", "-p", "taskId"][..],
        &["api", "task.get", "-p", "taskId=1", "-p", "taskId=2"],
        &["api", "GET", "/x", "-p", "a=1"],
        &["api", "GET", "x"],
        &["api", "TRACE", "/x"],
        &["api", "tag.list", "-d", "{}"],
        &["api", "task.batch", "-d", "{"],
        &["api", "tag.list", "--list"],
    ] {
        ticktick(args).assert().code(2).stdout_eq("");
    }
}

#[test]
fn complete_tasks_is_not_taken_for_a_task_id() {
    let call = ticktick(&["api", "POST", "/open/v1/task/completeTasks"]).assert().code(2);
    call.stderr_eq("error: open.complete_tasks needs a body: OpenCompleteTasks\nhint: [..]\n");
}

#[test]
fn calls_take_parameters_and_bodies() {
    let inbox = "projectId=inbox120000001";
    let tasks = stdout(&demo(&["api", "task.list_by_project", "-p", inbox]).success());
    assert!(tasks.starts_with("[{"), "{tasks}");
    assert_eq!(stdout(&demo(&["api", "GET", "/api/v2/project/inbox120000001/tasks"]).success()), tasks);
    let body = r#"{"add":[{"id":"65f0c1d2a3b4c5d6e7f80912","projectId":"inbox120000001","title":"x"}]}"#;
    let answer = json(&demo(&["api", "task.batch", "-d", body]).success());
    assert!(answer["id2etag"]["65f0c1d2a3b4c5d6e7f80912"].is_string(), "{answer}");
    let piped = ticktick(&["--demo", "api", "POST", "/api/v2/batch/task", "-d", "-"]).stdin(body).assert().success();
    assert!(json(&piped)["id2error"].as_object().unwrap().is_empty());
}

#[test]
fn refusals_are_classified() {
    let call = ["api", "task.get", "-p", "taskId=000000000000000000000000"];
    let fault = json(&demo(&[&call[..], &["--json"]].concat()).failure());
    assert_eq!(fault["ok"], false);
    demo(&["api", "GET", "/api/v9/nothing"]).code(3);
    ticktick(&["api", "tag.list"]).assert().code(4);
}
