use jiff::civil::date;

use super::*;
use crate::Field;

fn task(members: &str) -> Task {
    serde_json::from_str(&format!(r#"{{"id":"a","projectId":"b"{members}}}"#)).unwrap()
}

#[test]
fn states_are_distinguished() {
    assert!(task("").is_open() && task(r#","status":null"#).is_open());
    assert!(task(r#","status":1"#).is_completed() && task(r#","status":2"#).is_completed());
    assert!(task(r#","status":-1"#).is_wont_do());
    let unknown = task(r#","status":7"#);
    assert!(!unknown.is_open() && !unknown.is_completed() && !unknown.is_wont_do());
    assert!(task(r#","deleted":1"#).is_deleted() && !task(r#","deleted":0"#).is_deleted());
    assert!(!task(r#","deleted":1,"status":0"#).is_open(), "what is in the trash is not open");
    assert!(task(r#","kind":"NOTE""#).is_note() && !task(r#","kind":null"#).is_note());
}

#[test]
fn minus_one_is_not_pinned() {
    assert!(!task("").is_pinned() && !task(r#","pinnedTime":"-1""#).is_pinned());
    assert!(task(r#","pinnedTime":"2026-03-01T00:00:00.000+0000""#).is_pinned());
}

#[test]
fn what_is_said_already_is_not_written_again() {
    for members in [
        r#","startDate":"2026-02-28T23:00:00+0000","dueDate":null,"isAllDay":true,"timeZone":"""#,
        r#","dueDate":"2026-03-01T09:00:00.000+0000","isAllDay":null"#,
        r#","startDate":"2026-10-25T01:30:00.000+0000","isFloating":true,"timeZone":"Europe/Berlin""#,
        r#","startDate":1772355600000,"isAllDay":false,"timeZone":"US/Central""#,
    ] {
        let (before, zone) = (task(members), TimeZone::get("Europe/Berlin").unwrap());
        let mut after = before.clone();
        after.set_due(&before.due(&zone).unwrap(), &zone).unwrap();
        assert_eq!(serde_json::to_string(&after).unwrap(), serde_json::to_string(&before).unwrap());
    }
}

#[test]
fn the_same_moment_in_another_zone_is_written() {
    let mut task = task(r#","dueDate":"2026-03-01T09:00:00.000+0000","isAllDay":false,"timeZone":"Asia/Tokyo""#);
    let due = task.due(&TimeZone::UTC).unwrap().in_zone(TimeZone::get("US/Central").unwrap());
    task.set_due(&due, &TimeZone::UTC).unwrap();
    assert_eq!(task.time_zone, "US/Central");
    assert_eq!(task.start_date, task.due_date);
}

#[test]
fn an_error_leaves_the_task_alone() {
    let mut task = task(r#","timeZone":"Mars/Base","dueDate":"2026-03-01T00:00:00.000+0000""#);
    let before = task.clone();
    let nameless = Due::day(date(2026, 3, 1)).in_zone(TimeZone::fixed(jiff::tz::offset(3)));
    assert_eq!(task.set_due(&nameless, &TimeZone::UTC), Err(DueError::UnnamedZone));
    assert_eq!(task, before);
    task.clear_due();
    assert_eq!(task.due(&TimeZone::UTC), None);
    assert_eq!(task.time_zone, Field::from("Mars/Base"));
}

fn triggers(task: &Task) -> Vec<&str> {
    task.reminders.iter().map(|one| one.trigger.as_str()).collect()
}

#[test]
fn reminders_follow_the_kind_of_date() {
    let reminders = r#"[{"id":"r","trigger":"TRIGGER:-PT30M","tone":3.50},{"trigger":"TRIGGER:PT0S"},
        {"trigger":"TRIGGER:PT5M"},{"trigger":"soon"}]"#;
    let start = r#""startDate":"2026-03-01T09:00:00.000+0000","isAllDay":false,"timeZone":"UTC""#;
    let mut task = task(&format!(r#",{start},"reminders":{reminders}"#));
    let (day, ten) = (Due::day(date(2026, 3, 2)), Due::at("2026-03-02T08:45[UTC]".parse().unwrap()));
    task.set_due(&day, &TimeZone::UTC).unwrap();
    assert_eq!(triggers(&task), ["TRIGGER:P0DT8H30M0S", "TRIGGER:P0DT9H0M0S", "TRIGGER:P0DT9H5M0S", "soon"]);
    assert!(serde_json::to_string(&task).unwrap().contains(r#""tone":3.50"#), "the rest of a reminder stays");
    task.set_due(&Due::day(date(2026, 3, 3)), &TimeZone::UTC).unwrap();
    assert_eq!(triggers(&task)[0], "TRIGGER:P0DT8H30M0S", "a day stays a day");
    task.set_due(&ten, &TimeZone::UTC).unwrap();
    assert_eq!(triggers(&task), ["TRIGGER:-PT15M", "TRIGGER:PT0S", "soon"], "none rings after the start, or twice");
    task.clear_due();
    assert_eq!(triggers(&task), [""; 0], "without a date there are none");
    let mut odd = self::task(
        r#","startDate":"2026-03-01T00:00:00.000+0000","isAllDay":true,"reminders":[{"trigger":"TRIGGER:-PT30M"}]"#,
    );
    odd.set_due(&ten, &TimeZone::UTC).unwrap();
    assert_eq!(triggers(&odd), ["TRIGGER:-PT30M"], "one that did not suit the day is left alone");
}

#[test]
fn a_task_is_overdue_by_the_day_of_the_account() {
    let chicago = TimeZone::get("America/Chicago").unwrap();
    let mut task = task(r#","startDate":"2026-03-01T23:00:00.000+0000","isAllDay":false,"timeZone":"Asia/Tokyo""#);
    assert!(!task.is_overdue(date(2026, 3, 1), &chicago), "its time has passed, its day has not");
    assert!(task.is_overdue(date(2026, 3, 2), &chicago), "it is the second in Tokyo alone");
    for (key, value) in [("status", 2), ("status", -1), ("deleted", 1)] {
        let mut closed: serde_json::Value = serde_json::to_value(&task).unwrap();
        closed[key] = value.into();
        let closed: Task = serde_json::from_value(closed).unwrap();
        assert!(!closed.is_overdue(date(2026, 3, 9), &chicago), "{key} {value}");
    }
    task.kind = TaskKind::Note.into();
    assert!(!task.is_overdue(date(2026, 3, 9), &chicago), "a note is never overdue");
}
