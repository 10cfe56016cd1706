use serde_json::{Value, json};

use super::{INBOX, Open, ids, open};

/// Completes a task in the inbox, and returns it and the completed tasks afterwards.
fn complete(open: &Open, id: &str) -> (Value, Value) {
    open.post(&format!("/project/inbox/task/{id}/complete"), &json!({}));
    (open.get(&format!("/project/inbox/task/{id}")), open.post("/task/completed", &json!({})))
}

#[test]
fn the_live_task_moves_on_and_a_copy_is_finished() {
    let open = open();
    let parent = open.add(&json!({ "title": "parent" }));
    let task = open.add(&json!({
        "title": "water", "startDate": "2026-03-02T09:00:00+0000", "dueDate": "2026-03-02T10:00:00+0000",
        "timeZone": "UTC", "repeatFlag": "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH", "parentId": parent,
        "reminders": ["TRIGGER:PT0S"],
        "items": [{ "title": "a", "status": 1, "completedTime": "2026-03-01T09:00:00+0000" }],
    }));
    let (live, done) = complete(&open, &task);
    assert_eq!(live["status"], json!(0));
    assert_eq!(live.get("completedTime"), None);
    assert_eq!(live["startDate"], "2026-03-05T09:00:00.000+0000");
    assert_eq!(live["dueDate"], "2026-03-05T10:00:00.000+0000");
    assert_eq!(live["repeatFlag"], "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH");
    assert_eq!(live["items"][0]["status"], json!(0));
    assert_eq!(live["parentId"], json!(parent));
    assert_eq!(open.web.task(&task)["repeatFirstDate"], "2026-03-02T09:00:00.000+0000");
    let copy = &done[0];
    assert_eq!(ids(&done).len(), 1);
    assert_ne!(copy["id"], task.as_str());
    assert_eq!(copy["status"], json!(2));
    assert_eq!(copy["startDate"], json!("2026-03-02T09:00:00.000+0000"));
    assert_eq!(copy.get("repeatFlag"), None);
    assert_eq!(copy.get("parentId"), None);
    assert_eq!(copy["createdTime"], live["createdTime"]);
    assert_eq!(copy["tags"], json!([]));
    assert_eq!(live["repeatFrom"], json!("2"));
    assert_eq!(live["progress"], json!(0));
    assert_eq!(copy.get("repeatFrom"), None);
    assert_eq!(live.get("tags"), None);
    assert_eq!(copy["reminders"], json!(["TRIGGER:PT0S"]));
    assert_eq!(copy["items"][0]["status"], json!(1));
    let web = open.web.task(copy["id"].as_str().unwrap());
    assert_eq!(web["repeatTaskId"], json!(task));
    assert_eq!(web["completedUserId"], json!(120_000_001));
    let (live, done) = complete(&open, &task);
    assert_eq!(live["startDate"], "2026-03-09T09:00:00.000+0000");
    assert_eq!(ids(&done).len(), 2);
    assert_eq!(open.web.task(&task)["repeatFirstDate"], "2026-03-02T09:00:00.000+0000");
}

#[test]
fn days_are_those_of_the_zone() {
    let open = open();
    // Summer time begins in London on 29 March 2026.
    let midnight = open.add(&json!({
        "title": "all day", "isAllDay": true, "timeZone": "Europe/London",
        "startDate": "2026-03-28T00:00:00+0000", "repeatFlag": "RRULE:FREQ=DAILY",
    }));
    assert_eq!(complete(&open, &midnight).0["startDate"], "2026-03-29T00:00:00.000+0000");
    assert_eq!(complete(&open, &midnight).0["startDate"], "2026-03-29T23:00:00.000+0000");
    // A day in Tokyo begins on the day before in UTC.
    let monthly = open.add(&json!({
        "title": "first", "timeZone": "Asia/Tokyo", "dueDate": "2026-02-28T15:00:00+0000",
        "repeatFlag": "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
    }));
    let live = complete(&open, &monthly).0;
    assert_eq!(live["dueDate"], "2026-03-31T15:00:00.000+0000");
    assert_eq!(live["startDate"], live["dueDate"]);
}

#[test]
fn series_count_down_and_end() {
    let open = open();
    for (rule, left) in [
        ("RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=1"),
        ("RRULE:FREQ=DAILY;UNTIL=20260303T000000Z", "RRULE:FREQ=DAILY;UNTIL=20260303T000000Z"),
    ] {
        let task = open.add(&json!({ "title": "x", "startDate": "2026-03-02T09:00:00+0000", "repeatFlag": rule }));
        let live = complete(&open, &task).0;
        assert_eq!(live["repeatFlag"], json!(left));
        assert_eq!(live["status"], json!(0));
        let (last, done) = complete(&open, &task);
        assert_eq!(last["status"], json!(2));
        assert_eq!(last["startDate"], json!("2026-03-03T09:00:00.000+0000"));
        assert!(ids(&done).contains(&task.as_str()), "the last one is finished itself");
    }
}

#[test]
fn rules_that_are_not_understood_do_not_move() {
    let open = open();
    for rule in
        ["ERULE:NAME=FORGETTINGCURVE;CYCLE=0", "RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY", "RRULE:FREQ=DAILY;INTERVAL=0"]
    {
        let task = open.add(&json!({ "title": "x", "startDate": "2026-03-02T09:00:00+0000", "repeatFlag": rule }));
        let after = complete(&open, &task).0;
        assert_eq!(after["status"], json!(2));
        assert_eq!(after["repeatFlag"], json!(rule));
    }
    let dateless = open.add(&json!({ "title": "x", "repeatFlag": "RRULE:FREQ=DAILY" }));
    assert_eq!(complete(&open, &dateless).0["status"], 2);
}

#[test]
fn rules_of_the_service_s_own_move() {
    let open = open();
    for (rule, next) in [
        ("ERULE:NAME=CUSTOM;BYDATE=20260306,20260405", "2026-04-05T09:00:00.000+0000"),
        ("RRULE:FREQ=DAILY;TT_SKIP=WEEKEND", "2026-03-09T09:00:00.000+0000"),
        ("RRULE:FREQ=MONTHLY;TT_WORKDAY=-1", "2026-03-31T09:00:00.000+0000"),
    ] {
        let task = open.add(&json!({ "title": "x", "startDate": "2026-03-06T09:00:00+0000", "repeatFlag": rule }));
        let after = complete(&open, &task).0;
        assert_eq!(after["startDate"], json!(next));
        assert_eq!(after["repeatFlag"], json!(rule));
    }
}

#[test]
fn skipped_days_are_skipped() {
    let open = open();
    let task = json!({
        "title": "x", "projectId": INBOX, "startDate": "2026-03-02T09:00:00.000+0000", "timeZone": "UTC",
        "repeatFlag": "RRULE:FREQ=DAILY", "exDate": ["20260303", "2026-03-04T09:00:00.000+0000"],
    });
    let task = open.web.add(&task)["id"].as_str().unwrap().to_owned();
    assert_eq!(complete(&open, &task).0["startDate"], "2026-03-05T09:00:00.000+0000");
}

/// Three days late, every two days: the example of the vendor's help page.
#[test]
fn a_late_series_comes_back_by_its_mode() {
    let open = open();
    for (from, next) in [("", "2026-03-02"), ("0", "2026-02-28"), ("1", "2026-03-03"), ("2", "2026-03-02")] {
        let rule = "RRULE:FREQ=DAILY;INTERVAL=2";
        let task = open.add(&json!({ "title": "x", "startDate": "2026-02-26T09:00:00+0000", "repeatFlag": rule }));
        open.web.update(&json!({ "id": task, "repeatFrom": from }));
        let after = complete(&open, &task).0;
        assert_eq!(after["startDate"], format!("{next}T09:00:00.000+0000"), "repeatFrom {from:?}");
    }
}
