//! The mirror: when it is used, when it is refreshed, and what happens to foreign files.

use std::path::PathBuf;

use serde_json::Value;

use crate::sessions::Served;
use crate::support::{demo, json, stderr, stdout, ticktick};

fn signed_in(name: &str) -> Served {
    let served = Served::start(name);
    served.sign_in("me@example.com");
    served
}

/// Returns the operations that were called since the last time.
fn calls(served: &Served) -> Vec<String> {
    let log: Value = serde_json::from_str(&served.control("GET", "/_sim/requests", "")).unwrap();
    served.control("DELETE", "/_sim/requests", "");
    let operation = |call: &Value| call["operation"].as_str().unwrap_or_default().to_owned();
    log.as_array().unwrap().iter().map(operation).collect()
}

/// Adds a task from another device.
fn add_elsewhere(served: &Served, title: &str) -> String {
    stdout(&served.run(&["task", "add", title, "-q", "--no-mirror"], "").success()).trim().to_owned()
}

/// Returns the files of mirrors, without their log files.
fn mirrors(served: &Served) -> Vec<PathBuf> {
    let files = std::fs::read_dir(served.folder()).unwrap().map(|file| file.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<PathBuf> = files.filter(|path| name(path).starts_with("mirror-")).collect();
    files.retain(|path| !["-wal", "-shm", ".lock"].iter().any(|end| name(path).ends_with(end)));
    files.sort();
    files
}

#[test]
fn a_young_mirror_answers_without_a_request() {
    let served = signed_in("young");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    calls(&served);
    let list = served.run(&["task", "list", "-q"], "").success();
    assert_eq!(stdout(&list), id);
    assert_eq!(stderr(&list), "");
    served.run(&["project", "list"], "").success();
    assert_eq!(calls(&served), [""; 0]);

    add_elsewhere(&served, "Bread");
    calls(&served);
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()).lines().count(), 1);
    let list = json(&served.run(&["task", "list", "--json", "--max-age", "0s"], "").success());
    assert_eq!(list["meta"]["count"], 2);
    assert_eq!(list["meta"]["stale"], false);
    assert_eq!(calls(&served), ["sync.check"], "whose mirror it is, is known");
}

#[test]
fn what_a_command_stores_is_in_the_file_and_not_in_its_log() {
    let served = signed_in("log");
    let log = || {
        let files = std::fs::read_dir(served.folder()).unwrap().map(|file| file.unwrap().path());
        files
            .filter(|path| path.to_str().unwrap().ends_with("-wal"))
            .map(|log| log.metadata().unwrap().len())
            .sum::<u64>()
    };
    for command in [&["task", "add", "Milk"][..], &["today"], &["today", "--max-age", "0s"], &["today", "--offline"]] {
        served.run(command, "").success();
        assert_eq!(log(), 0, "{command:?}");
    }
}

#[test]
fn what_a_young_mirror_lacks_is_asked_for_before_a_write() {
    let served = signed_in("lacks");
    served.run(&["task", "list"], "").success();
    add_elsewhere(&served, "Bread");
    served.run(&["task", "done", "bread"], "").success().stdout_eq("✓ Bread\n");
    served.run(&["task", "done", "butter"], "").code(3);
}

#[test]
fn without_a_network_the_old_mirror_answers_and_says_so() {
    let mut served = signed_in("no-network");
    served.run(&["task", "add", "Milk"], "").success();
    served.stop();
    let list = served.run(&["task", "list", "--json", "--max-age", "0s"], "").success();
    let said = stderr(&list);
    assert!(said.starts_with("warning: offline: showing data from ") && said.ends_with(" ago\n"), "{said}");
    assert_eq!(json(&list)["meta"]["stale"], true);
    let found = served.run(&["sql", "select title from tasks", "-o", "csv", "--max-age", "0s"], "").success();
    assert_eq!(stdout(&found), "title\nMilk\n");
}

#[test]
fn an_unavailable_service_is_not_reported_as_offline() {
    let served = signed_in("down");
    served.run(&["task", "add", "Milk"], "").success();
    served.control("POST", "/_sim/faults", r#"{"operation":"sync.check","times":1,"status":503}"#);
    let list = served.run(&["task", "list", "--max-age", "0s"], "").success();
    let said = stderr(&list);
    assert!(said.contains("503") && said.contains(": showing data from ") && !said.contains("offline"), "{said}");
    assert!(stdout(&list).contains(" 1 task · synced "), "{}", stdout(&list));
    // An expired session is not a network failure.
    served.control("POST", "/_sim/faults", r#"{"operation":"sync.check","status":401}"#);
    served.run(&["task", "list", "--max-age", "0s"], "").code(4);
}

#[test]
fn offline_needs_neither_a_session_nor_the_service() {
    let mut served = signed_in("offline");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    let said = stderr(&served.run(&["auth", "logout"], "").success());
    assert!(said.contains("note: the copy of the account is kept in "), "{said}");
    served.stop();
    let list = served.run(&["task", "list", "-q", "--offline"], "").success();
    assert_eq!(stdout(&list), id);
    assert_eq!(stderr(&list), "");
    served.run(&["project", "list", "--offline"], "").success();
    served.run(&["sql", "select count(*) from tasks", "--offline"], "").success();
    served.run(&["history", "--offline"], "").success();
    served.run(&["sync", "--status", "--offline"], "").success();
    served.run(&["task", "list"], "").code(4);
}

#[test]
fn offline_refuses_what_needs_the_service() {
    for args in [
        &["task", "add", "Milk"][..],
        &["task", "done", "milk"],
        &["sync"],
        &["undo"],
        &["auth", "logout"],
        &["auth", "status", "--verify"],
    ] {
        ticktick(args)
            .arg("--offline")
            .assert()
            .code(2)
            .stderr_eq("error: this command needs TickTick, but --offline allows no requests\n");
    }
    ticktick(&["api", "--list", "--offline"]).assert().success();
    ticktick(&["task", "list", "--offline", "--no-mirror"]).assert().code(2);
    demo(&["task", "list", "--offline"]).code(2);
    let empty = ticktick(&["task", "list", "--offline"]).assert().code(1);
    assert!(stderr(&empty).contains("has no data of this account yet\nhint: run `ticktick sync`"));
}

#[test]
fn without_a_mirror_nothing_is_kept() {
    let served = signed_in("nothing-kept");
    add_elsewhere(&served, "Milk");
    let list = json(&served.run(&["task", "list", "--no-mirror", "--json"], "").success());
    assert_eq!(list["meta"]["count"], 1);
    assert_eq!(list["meta"]["synced_at"], Value::Null);
    assert!(mirrors(&served).is_empty());
    for args in [&["sync"][..], &["sql", "select 1"], &["history"], &["undo"]] {
        let refused = served.run(&[args, &["--no-mirror"]].concat(), "").code(2);
        assert!(stderr(&refused).contains("leave out --no-mirror"));
    }
    demo(&["task", "list"]).success();
}

#[test]
fn times_without_a_unit_are_refused() {
    ticktick(&["task", "list", "--max-age", "30"]).assert().code(2);
    ticktick(&["task", "list"]).env("TICKTICK_MAX_AGE", "soon").assert().code(2);
}

#[test]
fn a_mirror_of_another_account_is_moved_aside() {
    let served = Served::start_with("accounts", &["--account", "you@example.com:secret"]);
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Mine"], "").success();
    served.sign_in("you@example.com");
    // It is not known yet whose mirror it is.
    served.run(&["task", "list", "--offline"], "").code(1);
    served.run(&["history"], "").code(1);
    let list = served.run(&["task", "list", "-q"], "").success();
    assert_eq!(stdout(&list), "");
    assert!(stderr(&list).starts_with("warning: the mirror belonged to another account; it was moved to "));
    assert_eq!(mirrors(&served).len(), 2);
    served.run(&["task", "list", "-q"], "").success().stderr_eq("");
    served.run(&["history"], "").success().stdout_eq("Nothing was written from this machine.\n");
}

#[test]
fn a_first_write_is_not_recorded_in_the_mirror_of_another_account() {
    let served = Served::start_with("first-write", &["--account", "you@example.com:secret"]);
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Mine"], "").success();
    served.sign_in("you@example.com");
    let started = served.run(&["focus", "start"], "").success();
    assert!(stderr(&started).starts_with("warning: the mirror belonged to another account; it was moved to "));
    let history = json(&served.run(&["history", "--json"], "").success());
    let commands: Vec<_> = history["data"].as_array().unwrap().iter().map(|entry| entry["command"].clone()).collect();
    assert_eq!(commands, ["focus start"]);
}

#[test]
fn a_new_sign_in_to_the_same_account_keeps_the_mirror() {
    let served = signed_in("again");
    served.run(&["task", "add", "Milk"], "").success();
    served.sign_in("me@example.com");
    served.run(&["task", "list", "-q"], "").success().stderr_eq("");
    assert_eq!(mirrors(&served).len(), 1);
    assert!(stdout(&served.run(&["history"], "").success()).contains("  add  "));
}

#[test]
fn a_token_of_the_environment_has_a_mirror_of_its_own() {
    let served = Served::start_with("token-mirror", &["--account", "you@example.com:secret"]);
    served.sign_in("you@example.com");
    let token = served.token();
    served.run(&["task", "add", "Yours"], "").success();
    served.sign_in("me@example.com");
    served.run(&["task", "list"], "").success();
    let list = served.run_with_token(&["sql", "select title from tasks", "-o", "csv"], &token).success();
    assert_eq!(stdout(&list), "title\nYours\n");
    assert_eq!(stderr(&list), "");
    assert!(mirrors(&served).iter().all(|path| !path.to_str().unwrap().contains(&token)));
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), "");
}

#[test]
fn a_damaged_mirror_is_moved_aside_and_built_again() {
    let served = signed_in("damaged");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    let path = mirrors(&served).remove(0);
    std::fs::write(&path, "This file is not a database. ".repeat(50)).unwrap();
    let list = served.run(&["task", "list", "-q"], "").success();
    assert_eq!(stdout(&list), id);
    assert!(
        stderr(&list).starts_with("warning: the mirror was damaged or from another version; it was moved to "),
        "{}",
        stderr(&list)
    );
}

#[test]
fn a_search_goes_on_if_the_best_matches_are_not_shown() {
    let served = signed_in("search-more");
    served.run(&["project", "create", "Old"], "").success();
    for count in 1..=10 {
        served.run(&["task", "add", &"Milk ".repeat(count), "--project", "Old"], "").success();
    }
    served.run(&["project", "archive", "Old"], "").success();
    let titles = |args: &[&str]| {
        let found = json(&served.run(&[&["search", "milk", "--limit", "1", "--json"], args].concat(), "").success());
        let titles = found["data"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned());
        (titles.collect::<Vec<_>>(), found["meta"]["more"] == true)
    };
    served.run(&["task", "add", "Buy oat milk for the cereals of tomorrow"], "").success();
    let oat = || vec!["Buy oat milk for the cereals of tomorrow".to_owned()];
    assert_eq!(titles(&[]), (oat(), false));
    assert_eq!(titles(&["--offline"]), (oat(), false));
    assert!(titles(&["--archived"]).1, "there are more than one");
}

#[test]
fn a_mirror_of_a_newer_version_is_left_alone() {
    let served = signed_in("newer");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    let path = mirrors(&served).remove(0);
    let mut file = std::fs::read(&path).unwrap();
    // The version of the format in the header of an SQLite file.
    file[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&path, &file).unwrap();
    for args in [&["task", "list"][..], &["task", "add", "Bread"], &["sync"], &["history"], &["sql", "select 1"]] {
        let said = stderr(&served.run(args, "").code(1));
        assert!(said.contains("was written by a newer version (format 99;"), "{said}");
        assert!(said.contains("\nhint: update this program, or choose another file; --no-mirror"), "{said}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), file);
    assert_eq!(stdout(&served.run(&["task", "list", "-q", "--no-mirror"], "").success()), id);
}

#[test]
fn where_no_mirror_can_be_kept_the_service_answers() {
    let served = signed_in("no-file");
    let name = served.run(&["sync", "--status", "--json"], "").success();
    let path = json(&name)["data"][0]["path"].as_str().unwrap().to_owned();
    std::fs::create_dir_all(&path).unwrap();
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    let list = served.run(&["task", "list", "-q"], "").success();
    assert_eq!(stdout(&list), id);
    assert!(stderr(&list).contains("continuing without it"), "{}", stderr(&list));
    let refused = served.run(&["sync"], "").code(1);
    assert!(stderr(&refused).contains("cannot be opened"), "{}", stderr(&refused));
}

#[test]
fn calls_of_operations_are_in_the_journal() {
    let served = signed_in("api-journal");
    let body = r#"{"add":[{"name":"errand","label":"Errand"}]}"#;
    served.run(&["api", "tag.batch", "-d", body], "").success();
    assert!(mirrors(&served).is_empty(), "a call does not begin a mirror");
    served.run(&["sync"], "").success();
    served.run(&["api", "tag.batch", "-d", &body.replace("rrand", "asy")], "").success();
    let history = json(&served.run(&["history", "--json"], "").success());
    assert_eq!(history["meta"]["count"], 1);
    assert_eq!(history["data"][0]["command"], "api tag.batch");
}

#[test]
fn a_sync_names_what_changed() {
    let served = signed_in("sync");
    for title in ["Milk", "Bread"] {
        add_elsewhere(&served, title);
    }
    let first = served.run(&["sync"], "").success();
    let text = stdout(&first);
    assert!(text.starts_with("✓ Read the whole account: 2 tasks added"), "{text}");
    assert!(text.contains("\n added  Milk\n"), "{text}");
    served.run(&["sync"], "").success().stdout_eq("✓ Synced: nothing changed\n");
    served.run(&["task", "done", "milk", "--no-mirror"], "").success();
    add_elsewhere(&served, "Butter");
    let changed = served.run(&["sync"], "").success();
    changed.stdout_eq("✓ Synced: 1 task added, 1 task removed\n added    Butter\n removed  Milk\n");
    for number in 0..11 {
        add_elsewhere(&served, &format!("Task {number}"));
    }
    let many = stdout(&served.run(&["sync"], "").success());
    assert!(many.ends_with("\n and 1 more\n") && many.lines().count() == 12, "{many}");
    add_elsewhere(&served, "Tea");
    let ids = stdout(&served.run(&["sync", "-q"], "").success());
    assert_eq!(ids, stdout(&served.run(&["list", "--text", "Tea", "-q"], "").success()));
    served.run(&["sync", "-q"], "").success().stdout_eq("");
    served.run(&["sync", "-o", "tsv"], "").success().stdout_eq("false\tfalse\n");
    let full = json(&served.run(&["sync", "--full", "--json"], "").success());
    assert_eq!(full["data"][0]["full"], true);
    assert_eq!(full["data"][0]["tasks"]["added"], Value::Array(vec![]));
}

#[test]
fn the_status_of_the_mirror_needs_no_request() {
    let served = signed_in("status");
    let text = stdout(&served.run(&["sync", "--status"], "").success());
    assert!(text.contains("Refreshed: never; run `ticktick sync`\n"), "{text}");
    assert!(mirrors(&served).is_empty());
    served.run(&["task", "add", "Milk"], "").success();
    calls(&served);
    let status = json(&served.run(&["sync", "--status", "--json"], "").success());
    let status = &status["data"][0];
    assert_eq!(status["writes"], 1);
    assert_eq!(status["objects"][0]["count"], 1);
    assert!(status["age_seconds"].as_i64().unwrap() < 60);
    let text = stdout(&served.run(&["sync", "--status"], "").success());
    assert!(
        text.contains("Contains:  1 open task, 0 closed tasks, ") && text.contains("Journal:   1 write\n"),
        "{text}"
    );
    assert_eq!(calls(&served), [""; 0]);
    demo(&["sync", "--status"]).code(2);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;

    let served = signed_in("mode");
    served.run(&["sync"], "").success();
    for path in mirrors(&served) {
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn closed_tasks_are_listed_alike_offline_with_a_note() {
    let served = Served::start("closed-offline");
    served.sign_in("me@example.com");
    for (title, priority) in [("Old", "high"), ("Newer", "low"), ("Newest", "medium")] {
        served.run(&["add", title, "--priority", priority], "").success();
        served.run(&["done", title], "").success();
    }
    let list = ["list", "--status", "done", "--sort", "priority", "--limit", "2", "-q"];
    let online = stdout(&served.run(&list, "").success());
    assert_eq!(online.lines().count(), 2);
    let offline = served.run(&[&list[..], &["--offline"]].concat(), "").success();
    assert_eq!(stdout(&offline), online);
    assert_eq!(stderr(&offline), "note: offline, only closed tasks that were read before are listed\n");
}
