//! Rules that apply to every written task.

use serde_json::{Value, json};

use crate::UpdateMode;
use crate::server::testing::{Tester, id, tester, tester_with};

const BATCH: &str = "/api/v2/batch/task";

fn both(check: impl Fn(&Tester)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        check(&tester_with(|builder| builder.update_mode(mode)));
    }
}

fn open(tester: &Tester) -> usize {
    tester.get("/api/v2/project/inbox/tasks").as_array().unwrap().len()
}

#[test]
fn a_null_kind_is_text() {
    both(|tester| {
        assert_eq!(tester.add(&json!({ "id": id(1), "kind": null }))["kind"], "TEXT");
        tester.add(&json!({ "id": id(2), "kind": "NOTE" }));
        assert_eq!(tester.update(&json!({ "id": id(2), "kind": null }))["kind"], "NOTE");
    });
}

#[test]
fn progress_is_the_share_of_done_items() {
    both(|tester| {
        let items = |done: &[i64]| -> Vec<Value> {
            let item = |(n, status): (usize, &i64)| json!({ "id": n.to_string(), "title": "x", "status": status });
            done.iter().enumerate().map(item).collect()
        };
        let progress = |done: &[i64]| {
            let task = json!({ "id": id(1), "kind": "CHECKLIST", "items": items(done), "progress": 7 });
            tester.update(&task)["progress"].clone()
        };
        tester.add(&json!({ "id": id(1), "kind": "CHECKLIST", "items": items(&[0, 0]) }));
        assert_eq!(tester.task(&id(1))["progress"], 0);
        assert_eq!(progress(&[1, 0]), 50);
        assert_eq!(progress(&[1, 1, 0]), 66, "the list is replaced as a whole");
        assert_eq!(progress(&[1]), 100);
        assert_eq!(progress(&[]), 0);
    });
}

#[test]
fn the_old_form_of_completed_is_kept() {
    both(|tester| {
        tester.add(&json!({ "id": id(1) }));
        assert_eq!(open(tester), 1);
        assert_eq!(tester.update(&json!({ "id": id(1), "status": 1 }))["status"], 1);
        assert_eq!(open(tester), 0);
        let closed = tester.get("/api/v2/project/all/closed?status=Completed");
        assert_eq!(closed[0]["id"], id(1));
    });
}

#[test]
fn a_reopened_task_may_keep_its_time() {
    let tester = tester();
    let time = "2026-03-01T09:00:00.000+0000";
    tester.add(&json!({ "id": id(1), "status": 2, "completedTime": time, "completedUserId": 120_000_001 }));
    let task = tester.update(&json!({ "id": id(1), "status": 0 }));
    assert_eq!(task["status"], json!(0));
    assert_eq!(task["completedTime"], json!(time));
    assert_eq!(open(&tester), 1);
    let task = tester.update(&json!({ "id": id(1), "status": 0, "completedTime": null }));
    assert_eq!(task["completedTime"], Value::Null);
}

#[test]
fn the_time_of_change_is_the_clients() {
    let tester = tester();
    let old = "2026-02-01T09:00:00.000+0000";
    let task = tester.add(&json!({ "id": id(1), "modifiedTime": old, "createdTime": old }));
    assert_eq!(task["modifiedTime"], json!(old));
    assert_eq!(task["createdTime"], json!(old));
    let task = tester.update(&json!({ "id": id(1), "title": "x", "modifiedTime": old, "createdTime": null }));
    assert_eq!(task["modifiedTime"], old, "an old one stays as it was sent");
    assert_eq!(task["createdTime"], old);
    let task = tester.update(&json!({ "id": id(1), "title": "y" }));
    assert_eq!(task["modifiedTime"], "2026-03-01T12:00:00.000+0000", "none is made up for");
}

#[test]
fn a_rule_needs_a_date() {
    both(|tester| {
        let rule = "RRULE:FREQ=DAILY;INTERVAL=1";
        assert_eq!(tester.add(&json!({ "id": id(1), "repeatFlag": rule }))["repeatFlag"], Value::Null);
        let start = "2026-03-02T00:00:00.000+0000";
        let series = tester.update(&json!({ "id": id(1), "repeatFlag": rule, "startDate": start }));
        assert_eq!(series["repeatFlag"], rule);
        let none = json!({ "id": id(1), "repeatFlag": rule, "startDate": null, "dueDate": null });
        assert_eq!(tester.update(&none)["repeatFlag"], Value::Null, "it goes with the date");
    });
}

/// A daily series, as it is stored.
fn series(tester: &Tester) -> Value {
    tester.add(&json!({
        "id": id(1), "title": "Water", "startDate": "2026-03-01T00:00:00.000+0000", "isAllDay": true,
        "repeatFlag": "RRULE:FREQ=DAILY;INTERVAL=1", "repeatFrom": "2",
        "repeatFirstDate": "2026-03-01T00:00:00.000+0000",
        "reminders": [{ "id": id(90), "trigger": "TRIGGER:P0DT9H0M0S" }],
    }))
}

#[test]
fn an_occurrence_is_finished_by_a_copy_and_a_moved_series() {
    both(|tester| {
        let mut moved = series(tester);
        let mut copy = moved.clone();
        for (key, value) in [
            ("id", json!(id(2))),
            ("repeatFlag", json!(null)),
            ("status", json!(2)),
            ("completedTime", json!("2026-03-01T12:00:00.000+0000")),
            ("completedUserId", json!(120_000_001)),
            ("repeatTaskId", json!(id(1))),
            ("reminders", json!([{ "id": id(91), "trigger": "TRIGGER:P0DT9H0M0S" }])),
        ] {
            copy[key] = value;
        }
        moved["startDate"] = "2026-03-02T00:00:00.000+0000".into();
        let answer = tester.post(BATCH, &json!({ "add": [copy], "update": [moved] }));
        assert_eq!(answer["id2etag"].as_object().unwrap().len(), 2);
        for (sent, n) in [(copy, 2), (moved, 1)] {
            let mut stored = tester.task(&id(n));
            stored["etag"] = sent["etag"].clone();
            let mut expected = sent.clone();
            expected.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            assert_eq!(stored, expected);
        }
        assert_eq!(open(tester), 1);
        assert_eq!(tester.get("/api/v2/project/all/closed?status=Completed")[0]["repeatTaskId"], id(1));
    });
}

#[test]
fn a_bare_status_closes_the_whole_series() {
    let tester = tester();
    let before = series(&tester);
    let after = tester.update(&json!({ "id": id(1), "status": 2 }));
    assert_eq!(after["status"], json!(2));
    assert_eq!(after["repeatFlag"], before["repeatFlag"]);
    assert_eq!(open(&tester), 0);
    assert_eq!(after["startDate"], before["startDate"]);
    assert_eq!(tester.get("/api/v2/project/all/closed?status=Completed").as_array().unwrap().len(), 1);
}
