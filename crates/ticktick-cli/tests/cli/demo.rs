//! The demo account.

use crate::support::{demo, golden, json, stdout, ticktick};

#[test]
fn tasks_are_listed_by_date() {
    demo(&["task", "list"]).success().stdout_eq(golden("task-list.txt")).stderr_eq("");
}

#[test]
fn lists_are_narrowed() {
    demo(&["task", "list", "--due", "..today", "--project", "home"]).success().stdout_eq(golden("task-list-today.txt"));
    let errands = json(&demo(&["task", "list", "--tag", "#Errands", "--json"]).success());
    let tasks = errands["data"].as_array().unwrap();
    assert!(!tasks.is_empty() && tasks.iter().all(|task| task["tags"].as_array().unwrap().contains(&"errands".into())));
    let old = json(&demo(&["task", "list", "--project", "old flat", "--json"]).success());
    let all = json(&demo(&["task", "list", "--archived", "--json"]).success());
    assert_eq!(old["meta"]["count"], 0);
    assert_eq!(all["meta"]["count"], 40);
}

#[test]
fn narrow_terminals_cut_titles() {
    let list = ticktick(&["--demo", "task", "list", "--project", "work"]).env("COLUMNS", "70").assert().success();
    list.stdout_eq(golden("task-list-narrow.txt"));
}

#[test]
fn colors_are_on_demand() {
    let colored = demo(&["today", "--color", "always"]).success();
    colored.stdout_eq(golden("task-list-colored.txt"));
}

#[test]
fn projects_are_listed() {
    demo(&["project", "list"]).success().stdout_eq(golden("project-list.txt")).stderr_eq("");
    demo(&["project", "list", "--json", "--archived"]).success().stdout_eq(golden("project-list.json"));
}

#[test]
fn json_is_one_document() {
    demo(&["task", "list", "--project", "trip", "--json"]).success().stdout_eq(golden("task-list.json"));
}

#[test]
fn ids_alone_are_for_other_programs() {
    let ids = stdout(&demo(&["task", "list", "-q"]).success());
    assert!(ids.lines().count() > 30 && ids.lines().all(|id| id.len() == 24), "{ids}");
    // The same demo has the same ids.
    let done = stdout(&ticktick(&["--demo", "task", "done", "-q", "-"]).stdin(two_of(&ids)).assert().success());
    assert_eq!(done, two_of(&ids));
}

/// Takes the first two ids, and one of them again.
fn two_of(ids: &str) -> String {
    let mut ids: Vec<&str> = ids.lines().take(2).collect();
    ids.dedup();
    ids.join("\n") + "\n"
}

#[test]
fn tasks_are_added() {
    demo(&["task", "add", "Buy milk", "-p", "home", "--priority", "high", "-t", "errands", "--due", "fri 09:30"])
        .success()
        .stdout_eq("✓ Buy milk · Private / 🏡 Home · Fri 27 Nov 09:30 · high · #errands\n")
        .stderr_eq("");
    let task = json(&demo(&["task", "add", "Rest", "--due", "2026-12-24", "--json"]).success());
    assert_eq!(task["data"][0]["due"], serde_json::json!({"kind": "day", "date": "2026-12-24"}));
    assert_eq!(task["data"][0]["project"]["name"], "Inbox");
}

#[test]
fn tasks_are_completed() {
    demo(&["task", "done", "call the", "BOOK THE RYOKAN", "call the dentist"])
        .success()
        .stdout_eq("✓ Call the dentist\n✓ Book the ryokan\n");
    let task = json(&demo(&["task", "done", "call the", "--json"]).success());
    assert_eq!(task["data"][0]["status"], "completed");
}

#[test]
fn a_repeating_task_says_when_it_comes_back() {
    demo(&["task", "done", "water the plants", "stand-up"])
        .success()
        .stdout_eq("✓ Water the plants, next: Thu 26 Nov\n✓ Stand-up meeting, next: tomorrow 09:30-09:45\n");
    let done = json(&demo(&["task", "done", "water the plants", "call the", "--json"]).success());
    assert_eq!(done["data"][0]["next"], serde_json::json!({"kind": "day", "date": "2026-11-26"}));
    assert_eq!(done["data"][1].get("next"), None);
}

#[test]
fn the_demo_needs_no_sign_in() {
    demo(&["auth", "status", "--verify"]).success();
    demo(&["auth", "login"]).code(2);
}

#[test]
fn what_one_demo_adds_the_next_one_sees() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        ticktick(args).env_remove("TICKTICK_DEMO_NOW").env("TICKTICK_CONFIG_DIR", folder.path()).assert()
    };
    run(&["--demo", "task", "add", "Stay until tomorrow"]).success();
    assert!(stdout(&run(&["--demo", "task", "list"]).success()).contains("Stay until tomorrow"));
    std::fs::write(folder.path().join("demo.json"), "{").unwrap();
    run(&["--demo", "task", "list"]).code(1);
}
