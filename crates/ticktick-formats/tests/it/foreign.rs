//! Writing a format and reading it back loses exactly what its table lists.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use ticktick_formats::record::INBOX;
use ticktick_formats::{Format, Plan, View, WriteOptions, Written, read, write};

use crate::{context, plan};

/// Tasks with data that formats may have trouble with.
fn everything() -> Plan {
    let bytes = ["en", "zh"].map(|language| {
        let path = format!("{}/tests/samples/ticktick-backup-{language}.csv", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).unwrap()
    });
    let mut all = read(Format::BackupCsv, &bytes[0], "file", &context()).unwrap();
    let other = read(Format::BackupCsv, &bytes[1], "file", &context()).unwrap();
    let before = all.records.len();
    all.records.extend(other.records.into_iter().map(|mut record| {
        record.parent = record.parent.map(|parent| parent + before);
        if record.is_inbox() {
            record.project = INBOX.to_owned();
        }
        record
    }));
    for (index, record) in all.records.iter_mut().enumerate() {
        record.ticktick_id = Some(format!("65f0c0ffee0123456789{index:04x}"));
    }
    all
}

fn back(format: Format, written: &Written) -> Vec<Value> {
    let mut tasks = Vec::new();
    for (name, text) in &written.files {
        let plan = read(format, text.as_bytes(), name, &context()).unwrap();
        assert!(plan.remarks.iter().all(|remark| !remark.skipped), "{format}: {:?}", plan.notes());
        tasks.extend(serde_json::to_value(View::new(&plan)).unwrap()["tasks"].as_array().unwrap().clone());
    }
    tasks
}

/// Compares members of tasks by their titles.
#[track_caller]
fn keeps(format: Format, members: &[&str], wanted: impl Fn(&Map<String, Value>) -> bool) {
    let plan = everything();
    let view = serde_json::to_value(View::new(&plan)).unwrap();
    let written = write(format, &plan, &context(), WriteOptions::default());
    let found: BTreeMap<String, Value> =
        back(format, &written).into_iter().map(|task| (task["title"].as_str().unwrap().to_owned(), task)).collect();
    let before = view["tasks"].as_array().unwrap();
    let mut compared = 0;
    for task in before.iter().map(|task| task.as_object().unwrap()).filter(|task| wanted(task)) {
        let title = task["title"].as_str().unwrap();
        let after = found.get(title).unwrap_or_else(|| panic!("{format} lost {title}: {:?}", found.keys()));
        for member in members {
            assert_eq!(after.get(*member), task.get(*member), "{member} of {title} in {format}");
        }
        compared += 1;
    }
    assert!(compared > 3);
}

fn all(_: &Map<String, Value>) -> bool {
    true
}

fn is_day(task: &Map<String, Value>) -> bool {
    task["all_day"] == true || task["due"].is_null()
}

#[test]
fn backups_lose_nothing() {
    let members = [
        "title",
        "project",
        "folder",
        "column",
        "kind",
        "priority",
        "status",
        "start",
        "due",
        "all_day",
        "time_zone",
        "floating",
        "tags",
        "parent",
        "items",
        "repeat",
        "reminders",
        "content",
        "completed",
    ];
    keeps(Format::BackupCsv, &members, all);
}

#[test]
fn calendars_keep_what_tasks_are() {
    let members =
        ["title", "folder", "column", "kind", "status", "tags", "parent", "items", "content", "ticktick_id", "repeat"];
    keeps(Format::Ics, &members, all);
    keeps(Format::Ics, &["due", "all_day", "completed", "priority"], |task| {
        task["status"] != "wont_do"
            && task.get("kind") != Some(&"NOTE".into())
            && !task.contains_key("floating")
            && task["repeat"].is_null()
    });
}

#[test]
fn taskwarrior_keeps_what_tasks_are() {
    let members = [
        "title",
        "priority",
        "status",
        "due",
        "tags",
        "parent",
        "items",
        "content",
        "completed",
        "repeat",
        "reminders",
        "ticktick_id",
    ];
    keeps(Format::Taskwarrior, &members, all);
}

#[test]
fn todo_txt_keeps_days() {
    let is_plain = |task: &Map<String, Value>| is_day(task) && !task["title"].as_str().unwrap().contains(":");
    keeps(Format::TodoTxt, &["title", "priority", "status", "due", "tags", "ticktick_id"], is_plain);
}

#[test]
fn org_keeps_days_and_text() {
    keeps(
        Format::Org,
        &["title", "folder", "priority", "status", "tags", "parent", "items", "content", "ticktick_id", "repeat"],
        all,
    );
    keeps(Format::Org, &["due", "all_day"], is_day);
}

#[test]
fn markdown_keeps_days_and_text() {
    let is_plain = |task: &Map<String, Value>| is_day(task) && task["items"].as_array().unwrap().is_empty();
    keeps(
        Format::Markdown,
        &["title", "priority", "status", "due", "tags", "parent", "ticktick_id", "content"],
        is_plain,
    );
}

#[test]
fn todoist_keeps_open_tasks() {
    let wanted = |task: &Map<String, Value>| task["status"] == "open" && task["repeat"].is_null();
    keeps(Format::Todoist, &["title", "priority", "start", "tags", "content"], wanted);
}

#[test]
fn what_is_lost_is_counted() {
    let plan = everything();
    let lost = |format| write(format, &plan, &context(), WriteOptions::default()).lost.to_string();
    assert!(lost(Format::TodoTxt).contains("reminders (5 tasks)"), "{}", lost(Format::TodoTxt));
    assert!(
        lost(Format::Todoist).contains("completed and won't-do tasks, skipped (4 tasks)"),
        "{}",
        lost(Format::Todoist)
    );
    assert!(lost(Format::BackupCsv).is_empty());
}

#[test]
fn spreadsheets_get_no_formulas_unless_asked() {
    let plan = plan(Format::BackupCsv, "List Name,Title,Content\nA,=SUM(1),\"-5 kg\"\nA,fine,@x\n");
    let text = |raw| {
        let mut options = WriteOptions::default();
        options.raw = raw;
        write(Format::Csv, &plan, &context(), options).files[0].1.clone()
    };
    assert!(text(false).contains("'=SUM(1)") && text(false).contains("'-5 kg") && text(false).contains("'@x"));
    assert!(text(true).contains(",=SUM(1),") && !text(true).contains('\''));
    let backup = write(Format::BackupCsv, &plan, &context(), WriteOptions::default());
    assert!(backup.files[0].1.contains("\"=SUM(1)\""));
}

#[test]
fn backups_quote_texts_and_nothing_that_is_missing() {
    let text = write(Format::BackupCsv, &everything(), &context(), WriteOptions::default()).files[0].1.clone();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["\u{feff}\"Date: 2026-11-26+0000\"", "\"Version: 7.1\""]);
    let sample = include_str!("../samples/ticktick-backup-en.csv");
    assert_eq!(lines[6], sample.lines().nth(6).unwrap());
    // Rows are equal to those of the app.
    let own = |text: &str, title: &str| text.lines().find(|line| line.contains(title)).unwrap().to_owned();
    for title in ["Sharpen the secateurs", "Buy a whetstone", "Learn the accordion", "Renew library card"] {
        assert_eq!(own(&text, title), own(sample, title));
    }
}
