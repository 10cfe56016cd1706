//! Every sample file and its expected result.

use serde_json::Value;
use ticktick_formats::{Context, Format, View, detect, read};

/// Reads a sample under a name and returns its tasks as JSON.
fn tasks(file: &str, zone: &str) -> (Format, Value) {
    let path = format!("{}/tests/samples/{file}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let format = detect(file, &bytes).unwrap();
    let context = Context::new(format!("2026-11-26T10:00[{zone}]").parse().unwrap());
    let stem = file.rsplit_once('.').unwrap().0;
    let plan = read(format, &bytes, stem, &context).unwrap();
    (format, serde_json::to_value(View::new(&plan)).unwrap())
}

/// Compares each task with the expected one, in every zone of the account.
#[track_caller]
fn matches(file: &str, format: Format) {
    let path = format!("{}/tests/samples/{file}.expected.json", env!("CARGO_MANIFEST_DIR"));
    let expected: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for zone in ["Europe/Berlin", "UTC", "Asia/Shanghai", "America/Denver"] {
        let (found, actual) = tasks(file, zone);
        assert_eq!(found, format);
        assert_eq!(actual["format"], expected["format"]);
        for (index, task) in expected["tasks"].as_array().unwrap().iter().enumerate() {
            assert_eq!(&actual["tasks"][index], task, "task {index} in {zone}");
        }
        assert_eq!(actual["count"], expected["count"]);
        assert_eq!(actual["about"], expected["about"]);
    }
}

#[test]
fn backup_in_english() {
    matches("ticktick-backup-en.csv", Format::BackupCsv);
}

#[test]
fn backup_in_chinese() {
    matches("ticktick-backup-zh.csv", Format::BackupCsv);
}

#[test]
fn todoist() {
    matches("todoist.csv", Format::Todoist);
}

#[test]
fn taskwarrior() {
    matches("taskwarrior.json", Format::Taskwarrior);
}

#[test]
fn todo_txt() {
    matches("todo.txt", Format::TodoTxt);
}

#[test]
fn icalendar() {
    matches("tasks.ics", Format::Ics);
}

#[test]
fn obsidian() {
    matches("obsidian.md", Format::Markdown);
}

#[test]
fn org() {
    matches("tasks.org", Format::Org);
}
