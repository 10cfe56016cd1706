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
        let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(members(&found["data"]), members(&expected), "{name}");
    }
    let files = [sample("todo.txt"), sample("tasks.ics")];
    let several = ["import", files[0].to_str().unwrap(), files[1].to_str().unwrap(), "--dry-run", "--json"];
    let found = json(&plain(&several).success());
    let formats: Vec<&Value> = found["data"].as_array().unwrap().iter().map(|one| &one["format"]).collect();
    assert_eq!(formats, ["todo.txt", "icalendar"], "several files are a list");
}

/// Counts the rows of each outcome.
fn outcomes(answer: &Value) -> [usize; 3] {
    let rows = answer["data"].as_array().unwrap();
    ["created", "exists", "failed"].map(|outcome| rows.iter().filter(|row| row["outcome"] == outcome).count())
}

#[test]
fn an_import_that_is_partly_done_ends_with_6_and_is_resumed() {
    let account = Served::start("import-partly");
    account.sign_in("me@example.com");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("todo.txt");
    let rows: String = (0..250).map(|row| format!("Task {row} +Big id:{row}\n")).collect();
    std::fs::write(&path, rows).unwrap();
    let import = || account.run(&["import", path.to_str().unwrap(), "--json"], "");
    account.control("POST", "/_sim/faults", r#"{"operation":"task.batch","skip":1,"status":403}"#);
    let partly = json(&import().code(6));
    assert_eq!((&partly["ok"], &partly["error"]["code"]), (&false.into(), &"partial".into()));
    assert!(partly["error"]["hint"].as_str().unwrap().contains("not imported again"), "{}", partly["error"]);
    assert_eq!(outcomes(&partly), [200, 0, 50]);
    assert!(partly["data"][249]["reason"].is_string(), "{}", partly["data"][249]);
    account.control("DELETE", "/_sim/faults", "");
    assert_eq!(outcomes(&json(&import().success())), [50, 200, 0]);
    assert_eq!(outcomes(&json(&import().success())), [0, 250, 0]);
}

#[test]
fn an_interrupted_import_of_an_archive_is_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup");
    let archive = archive.to_str().unwrap();
    demo(&["export", archive]).success();
    let account = Served::start("restore-resumed");
    account.sign_in("me@example.com");
    let import = || account.run(&["import", archive, "--json"], "");
    account.control("POST", "/_sim/faults", r#"{"operation":"habit.batch","status":403}"#);
    assert_eq!(json(&import().failure())["ok"], false);
    account.control("DELETE", "/_sim/faults", "");
    let counts = |answer: &Value, kind: &str| {
        let row = answer["data"].as_array().unwrap().iter().find(|one| one["kind"] == kind).unwrap();
        ["created", "existing", "failed"].map(|member| row[member].as_u64().unwrap())
    };
    let resumed = json(&import().success());
    assert_eq!(counts(&resumed, "tasks"), [0, 40, 0]);
    let [created, existing, failed] = counts(&resumed, "habits");
    assert!(created > 0 && (existing, failed) == (0, 0), "{resumed}");
    assert_eq!(counts(&json(&import().success()), "habits"), [0, created, 0]);
}

#[test]
fn comments_countdowns_and_files_are_restored_and_the_trash_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup");
    let (archive, note) = (archive.to_str().unwrap(), folder.path().join("note.txt"));
    std::fs::write(&note, "They are closed on Friday").unwrap();
    let from = Served::start("archive-from");
    from.sign_in("me@example.com");
    for args in [
        &["add", "Call Ada"][..],
        &["comment", "add", "Call Ada", "Not on Friday"],
        &["attachment", "upload", "Call Ada", note.to_str().unwrap()],
        &["countdown", "create", "Trip", "2027-01-02"],
        &["add", "Old"],
        &["task", "rm", "Old", "--yes"],
        &["export", "--attachments", archive],
    ] {
        from.run(args, "").success();
    }
    let to = Served::start("archive-to");
    to.sign_in("me@example.com");
    let counts = |answer: &Value| {
        let rows = answer["data"].as_array().unwrap();
        let row = |kind: &str| rows.iter().find(|one| one["kind"] == kind).unwrap();
        ["comments", "countdowns", "attachments", "trash"].map(|kind| {
            let row = row(kind);
            ["created", "existing", "left_out"].map(|member| row[member].as_u64().unwrap())
        })
    };
    let import = || json(&to.run(&["import", archive, "--json"], "").success());
    assert_eq!(counts(&import()), [[1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 0, 1]]);
    assert_eq!(counts(&import()), [[0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]);
    let text = stdout(&to.run(&["import", archive], "").success());
    assert!(text.contains("1 skipped"), "{text}");
    let comments = json(&to.run(&["comment", "list", "Call Ada", "--json"], "").success());
    assert_eq!(comments["data"][0]["text"], "Not on Friday");
    let files = json(&to.run(&["attachment", "list", "Call Ada", "--json"], "").success());
    assert_eq!(files["data"][0]["name"], "note.txt");
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
fn the_history_names_the_file_of_an_import() {
    let account = Served::start("import-history");
    account.sign_in("me@example.com");
    let path = sample("todo.txt");
    account.run(&["import", path.to_str().unwrap()], "").success();
    let history = json(&account.run(&["history", "--json"], "").success());
    let wanted = format!("import {}", path.display());
    let entries = history["data"].as_array().unwrap();
    assert!(!entries.is_empty());
    assert!(entries.iter().all(|entry| entry["command"] == wanted.as_str()), "{history}");
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
    let converter = if cfg!(windows) { "Notepad" } else { "iconv -f GB18030" };
    assert!(text.contains("GBK") && text.contains(converter), "{text}");
    let unknown = file("x.pdf", b"%PDF");
    assert!(stderr(&plain(&["import", &unknown, "--dry-run"]).code(1)).contains("--format"));
    assert!(stderr(&plain(&["import", "missing.ics", "--dry-run"]).code(3)).contains("missing.ics"));
    for (name, bytes, said) in [
        ("empty.csv", &b""[..], "the file is empty"),
        ("blank.json", b"\xef\xbb\xbf \n", "the file is empty"),
        ("utf16.txt", b"\xff\xfex\0\n\0", "if it is UTF-16, "),
        ("binary.org", b"* TODO \0", "only UTF-8"),
        ("latin1.ndjson", b"{\"entity\":\"manifest\xe9\"}", "not UTF-8"),
        ("other.json", b"{\"a\":1}", "ticktick export FILE.json"),
        ("columns.csv", b"a,b\n1,2\n", "`List Name` and `Title`"),
    ] {
        let text = stderr(&plain(&["import", &file(name, bytes), "--dry-run"]).code(1));
        assert!(text.contains(said), "{name}: {text}");
    }
    let text = stderr(&plain(&["import", folder.path().to_str().unwrap(), "--dry-run"]).code(1));
    assert!(text.contains("no manifest.json"), "{text}");
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
fn an_export_into_a_folder_counts_tasks_and_not_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let done = json(&demo(&["export", path, "--format", "ics", "--json"]).success());
    assert_eq!(done["data"][0]["records"], 40);
}

#[cfg(unix)]
#[test]
fn an_export_follows_links_and_replaces_no_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("target.ics"), folder.path().join("link.ics"));
    std::fs::write(&target, "").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    demo(&["export", link.to_str().unwrap()]).success();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&target).unwrap().starts_with("BEGIN:VCALENDAR"));
    let through = stdout(&demo(&["export", "/dev/stdout", "--format", "todotxt", "-o", "ids"]).success());
    assert!(through.lines().count() > 10, "{through}");
}

#[test]
fn a_line_of_an_archive_that_cannot_be_read_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ndjson");
    demo(&["export", path.to_str().unwrap()]).success();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}{{broken\n")).unwrap();
    let done = plain(&["import", path.to_str().unwrap(), "--dry-run"]).success();
    assert!(stderr(&done).contains("skipped 1 line"), "{}", stderr(&done));
}

#[test]
fn exports_that_make_no_sense_are_refused() {
    assert!(stderr(&demo(&["export", "--format", "todoist"]).code(2)).contains("folder"));
    assert!(stderr(&demo(&["export", "--attachments"]).code(2)).contains("archive"));
    assert!(stderr(&demo(&["export", "--json"]).code(2)).contains("give a file"));
    demo(&["export", "--project", "nonsense"]).code(3);
    assert!(stderr(&demo(&["export", "tasks.xlsx"]).code(2)).contains("no format has the extension .xlsx"));
    assert!(stderr(&demo(&["export", "/nowhere/x.ics"]).code(1)).contains("/nowhere/x.ics"));
}

#[test]
fn an_archive_is_restored_into_an_empty_account() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup");
    let archive = archive.to_str().unwrap();
    let text = stdout(&demo(&["export", archive]).success());
    assert!(text.contains("not included: settings of the account"), "{text}");
    let account = Served::start("restore");
    account.sign_in("me@example.com");
    let done = json(&account.run(&["import", archive, "--json"], "").success());
    let tasks = done["data"].as_array().unwrap().iter().find(|one| one["kind"] == "tasks").unwrap();
    assert_eq!((&tasks["created"], &tasks["failed"]), (&40.into(), &0.into()));
    let again = json(&account.run(&["import", archive, "--json"], "").success());
    assert!(again["data"].as_array().unwrap().iter().all(|one| one["created"] == 0), "{again}");
}
