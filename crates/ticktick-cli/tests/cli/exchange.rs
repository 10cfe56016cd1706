//! `export` and `import`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::OutputAssert;

use crate::sessions::Served;
use crate::support::{demo, json, stderr, stdout, ticktick};

const SAMPLES: [&str; 8] = [
    "obsidian.md",
    "tasks.ics",
    "tasks.org",
    "taskwarrior.json",
    "ticktick-backup-en.csv",
    "ticktick-backup-zh.csv",
    "todo.txt",
    "todoist.csv",
];

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ticktick-formats/tests/samples").join(name)
}

/// Runs without an account.
fn plain(args: &[&str]) -> OutputAssert {
    ticktick(args).assert()
}

#[test]
fn a_dry_run_prints_what_each_sample_expects() {
    for name in SAMPLES {
        let path = sample(name);
        let found = json(&plain(&["import", path.to_str().unwrap(), "--dry-run", "--json"]).success());
        let expected = std::fs::read(sample(&format!("{name}.expected.json"))).unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        for member in ["format", "about", "count", "tasks"] {
            assert_eq!(found["data"][member], expected[member], "{member} of {name}");
        }
    }
}

#[test]
fn the_time_of_the_demo_may_name_a_zone() {
    let path = sample("todo.txt");
    let run = ticktick(&["--demo", "import", path.to_str().unwrap(), "--dry-run", "--json"]);
    let found = json(&run.env("TICKTICK_DEMO_NOW", "2026-11-26T10:00[Europe/Berlin]").assert().success());
    assert_eq!(found["data"]["count"], 11);
    let wrong = ticktick(&["--demo", "task", "list"]).env("TICKTICK_DEMO_NOW", "soon").assert().code(2);
    assert!(stderr(&wrong).contains("TICKTICK_DEMO_NOW"));
}

#[test]
fn a_dry_run_shows_people_the_tasks_and_what_was_left_out() {
    let path = sample("tasks.ics");
    let text = stdout(&plain(&["import", path.to_str().unwrap(), "--dry-run"]).success());
    assert!(text.contains("6 tasks (icalendar)") && text.contains("VEVENT is not a task"), "{text}");
}

#[test]
fn a_second_import_adds_nothing() {
    let account = Served::start("import-twice");
    account.sign_in("me@example.com");
    let path = sample("ticktick-backup-en.csv");
    let import = || json(&account.run(&["import", path.to_str().unwrap(), "--json"], "").success());
    let outcomes = |answer: &Value| -> Vec<String> {
        let rows = answer["data"].as_array().unwrap();
        rows.iter().map(|row| row["outcome"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(outcomes(&import()), ["created"; 13]);
    assert_eq!(outcomes(&import()), ["exists"; 13]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let gbk = file("gbk.csv", b"\xc7\xe5\xb5\xa5,\xb1\xea\xcc\xe2\n");
    let text = stderr(&plain(&["import", &gbk, "--dry-run"]).code(1));
    assert!(text.contains("GBK") && text.contains("iconv"), "{text}");
    let unknown = file("x.pdf", b"%PDF");
    assert!(stderr(&plain(&["import", &unknown, "--dry-run"]).code(1)).contains("--format"));
    assert!(stderr(&plain(&["import", "missing.ics", "--dry-run"]).code(3)).contains("missing.ics"));
    plain(&["import"]).code(2);
    plain(&["import", &unknown, "--format", "pdf"]).code(2);
}

#[test]
fn an_export_goes_to_standard_output_or_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let text = stdout(&demo(&["export", "--format", "todotxt", "--project", "work"]).success());
    assert!(text.lines().count() > 3 && text.contains("+💼_Work"), "{text}");
    for (name, start) in [
        ("a.ics", "BEGIN:VCALENDAR"),
        ("a.md", "# Inbox"),
        ("a.org", "#+TODO"),
        ("a.csv", "\u{feff}Folder,List"),
        ("a.ndjson", "{\"entity\":\"manifest\""),
        ("a.json", "{\"format\":\"ticktick-archive\""),
    ] {
        let done = json(&demo(&["export", &path(name), "--json"]).success());
        assert_eq!(done["data"][0]["file"], path(name).as_str());
        assert!(std::fs::read_to_string(path(name)).unwrap().starts_with(start), "{name}");
    }
    let done = demo(&["export", &path("lists"), "--format", "todoist"]).success();
    assert!(stderr(&done).contains("reminders: "), "{}", stderr(&done));
    assert_eq!(std::fs::read_dir(path("lists")).unwrap().count(), 6);
}

#[test]
fn exports_that_make_no_sense_are_refused() {
    assert!(stderr(&demo(&["export", "--format", "todoist"]).code(2)).contains("folder"));
    assert!(stderr(&demo(&["export", "--attachments"]).code(2)).contains("archive"));
    assert!(stderr(&demo(&["export", "--json"]).code(2)).contains("name a file"));
    demo(&["export", "--project", "nonsense"]).code(3);
    assert!(stderr(&demo(&["export", "/nowhere/x.ics"]).code(1)).contains("/nowhere/x.ics"));
}

#[test]
fn an_archive_is_restored_into_an_empty_account() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup");
    let archive = archive.to_str().unwrap();
    let text = stdout(&demo(&["export", archive]).success());
    assert!(text.contains("not included: comments of tasks"), "{text}");
    let account = Served::start("restore");
    account.sign_in("me@example.com");
    let done = json(&account.run(&["import", archive, "--json"], "").success());
    let tasks = done["data"].as_array().unwrap().iter().find(|one| one["kind"] == "tasks").unwrap();
    assert_eq!((&tasks["created"], &tasks["failed"]), (&40.into(), &0.into()));
    let again = json(&account.run(&["import", archive, "--json"], "").success());
    assert!(again["data"].as_array().unwrap().iter().all(|one| one["created"] == 0), "{again}");
}
