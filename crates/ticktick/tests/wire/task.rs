//! What the calls of the task manager send, exactly: what they mean to change, and all the rest as it came.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use ticktick::jiff::SignedDuration;
use ticktick::jiff::civil::{date, time};
use ticktick::jiff::tz::TimeZone;
use ticktick::models::Object;
use ticktick::task::{ChecklistItemId, TaskKind};
use ticktick::{Client, Due, Error, ItemDraft, Priority, Task, TaskDraft, TaskId, TaskPatch, Trigger};

use crate::service::{Seen, Service, all_stored};

const BATCH: &str = "POST /api/v2/batch/task";
const GET: &str = "GET /api/v2/task/65f0a1b2c3d4e5f6a7b8c9d0";
const STATUS: &str = "GET /api/v2/user/status";
const LIST: &str = "GET /api/v2/project/inbox1/tasks";
const TAGS: &str = "GET /api/v2/tags";
const COLUMNS: &str = "GET /api/v2/column/project/inbox1";
const NOW: &str = "2026-03-01T12:30:00.500+0000";

/// A task as the service might send it, with much that a client may not know.
const STORED: &str = include_str!("../samples/stored_task.json");

/// A service that holds one task and stores everything.
async fn holding(stored: String) -> Service {
    Service::start(move |line, body| match line {
        GET => (200, stored.clone()),
        STATUS => (200, r#"{"userId":"1","inboxId":"inbox1"}"#.to_owned()),
        LIST => (200, format!("[{stored}]")),
        TAGS => (200, r#"[{"name":"urgent","label":"Urgent"}]"#.to_owned()),
        COLUMNS => (200, r#"[{"id":"65f0a1b2c3d4e5f6a7b8c9bb","projectId":"inbox1"}]"#.to_owned()),
        BATCH => (200, all_stored(body, "id")),
        other => panic!("{other}"),
    })
    .await
}

fn id() -> TaskId {
    TaskId::from("65f0a1b2c3d4e5f6a7b8c9d0")
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// The members of the tasks in the one lane of a batch, each as the text that was sent.
fn lane(seen: &Seen, wanted: &str) -> Vec<BTreeMap<String, String>> {
    assert_eq!(seen.line.as_str(), BATCH);
    assert_eq!(seen.header("content-type"), Some("application/json"));
    let batch: Object = serde_json::from_slice(&seen.body).unwrap();
    let lanes: Vec<_> = batch.iter().collect();
    let [(lane, tasks)] = lanes[..] else { panic!("one lane is sent") };
    assert_eq!(lane, wanted);
    let tasks: Vec<Object> = tasks.decode().unwrap();
    tasks.iter().map(members).collect()
}

fn members(object: &Object) -> BTreeMap<String, String> {
    object.iter().map(|(key, json)| (key.to_owned(), json.as_str().to_owned())).collect()
}

/// Runs a call on a stored task and returns what it changed, once everything else was found as it came.
async fn changed(stored: &str, call: impl AsyncFn(&Client) -> Result<Task, Error>) -> Value {
    let service = holding(stored.to_owned()).await;
    call(&service.client()).await.unwrap();
    let mut seen = service.seen();
    // Asked for if a tag has capital letters.
    seen.retain(|seen| seen.line != TAGS);
    assert_eq!(seen.iter().map(|seen| seen.line.as_str()).collect::<Vec<_>>(), [GET, BATCH]);
    let sent = lane(&seen[1], "update").remove(0);
    let was = members(&serde_json::from_str(stored).unwrap());
    assert!(was.keys().all(|key| sent.contains_key(key)), "the whole task goes back");
    let changes = sent.into_iter().filter(|(key, text)| was.get(key) != Some(text));
    let mut changes: serde_json::Map<String, Value> =
        changes.map(|(key, text)| (key, serde_json::from_str(&text).unwrap())).collect();
    // Quirk `modified-time-by-client`.
    assert_eq!(changes.remove("modifiedTime"), Some(NOW.into()));
    changes.into()
}

/// `task-unpin-minus-one`
#[tokio::test]
async fn a_pin_is_a_time_and_unpinning_is_minus_one() {
    let sent = changed(STORED, async |client| client.task().unpin(id()).await).await;
    assert_eq!(sent, json!({ "pinnedTime": "-1" }));
    let unpinned = STORED.replace(r#""pinnedTime":"2026-02-01T09:00:00.000+0000""#, r#""pinnedTime":"-1""#);
    let sent = changed(&unpinned, async |client| client.task().pin(id()).await).await;
    assert_eq!(sent, json!({ "pinnedTime": NOW }));
}

/// `dates-cleared-together`, `repeat-needs-start`
#[tokio::test]
async fn both_dates_are_cleared_together_and_the_rule_with_them() {
    let clear = TaskPatch::new().clear_due();
    let sent = changed(STORED, async |client| client.task().patch(id(), clear.clone()).await).await;
    let wanted =
        json!({ "startDate": null, "dueDate": null, "repeatFlag": null, "repeatFirstDate": null, "reminders": [] });
    assert_eq!(sent, wanted);
    let clear = TaskPatch::new().clear_repeat();
    let sent = changed(STORED, async |client| client.task().patch(id(), clear.clone()).await).await;
    assert_eq!(sent, json!({ "repeatFlag": null, "repeatFirstDate": null }));
}

/// `all-day-local-midnight`: a day is local midnight told in UTC.
#[tokio::test]
async fn a_date_is_sent_as_one_group() {
    let day = TaskPatch::new().due(Due::day(date(2026, 7, 1)).in_zone(zone("America/Chicago")));
    let sent = changed(STORED, async |client| client.task().patch(id(), day.clone()).await).await;
    let start = "2026-07-01T05:00:00.000+0000";
    let wanted = json!({ "startDate": start, "dueDate": start, "timeZone": "America/Chicago", "isFloating": false });
    assert_eq!(sent, wanted);
    let moment = TaskPatch::new().due(Due::at("2026-03-05T09:00[Asia/Tokyo]".parse().unwrap()));
    let sent = changed(STORED, async |client| client.task().patch(id(), moment.clone()).await).await;
    let start = "2026-03-05T00:00:00.000+0000";
    assert_eq!(sent, json!({ "startDate": start, "dueDate": start, "isAllDay": false, "isFloating": false }));
}

/// `repeat-needs-start`
#[tokio::test]
async fn a_rule_without_a_date_is_never_sent() {
    let service = holding(r#"{"id":"65f0a1b2c3d4e5f6a7b8c9d0","projectId":"inbox1","startDate":""}"#.into()).await;
    let rule = TaskPatch::new().repeat("RRULE:FREQ=DAILY");
    let error = service.client().task().patch(id(), rule).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    assert_eq!(service.lines(), [GET]);
    let draft = TaskDraft::new("x").project("inbox1").repeat("RRULE:FREQ=DAILY");
    assert!(matches!(service.client().task().create(draft).await.unwrap_err(), Error::InvalidInput { .. }));
    assert!(service.lines().is_empty());
}

/// `task-body-by-kind`
#[tokio::test]
async fn the_body_is_sent_in_the_key_of_the_kind() {
    let body = TaskPatch::new().content("near");
    let sent = changed(STORED, async |client| client.task().patch(id(), body.clone()).await).await;
    assert_eq!(sent, json!({ "desc": "near" }));
    let note = STORED.replace("CHECKLIST", "NOTE");
    let sent = changed(&note, async |client| client.task().patch(id(), body.clone()).await).await;
    assert_eq!(sent, json!({ "content": "near" }));
    let sent = changed(STORED, async |client| client.task().convert(id(), TaskKind::Text).await).await;
    let content = "far\n- [ ] left\n- [x] right";
    assert_eq!(sent, json!({ "kind": "TEXT", "content": content, "desc": "", "items": [] }));
}

/// `reminders-are-objects`, `reminders-from-local-midnight`
#[tokio::test]
async fn reminders_are_objects_with_ids() {
    for (trigger, text) in [
        (Trigger::on_day(0, time(9, 0, 0, 0)), "TRIGGER:P0DT9H0M0S"),
        (Trigger::on_day(1, time(9, 0, 0, 0)), "TRIGGER:-P0DT15H0M0S"),
        (Trigger::on_day(1, time(0, 0, 0, 0)), "TRIGGER:-PT1440M"),
        (Trigger::before(SignedDuration::from_mins(30)), "TRIGGER:-PT30M"),
    ] {
        let timed = STORED.replace(r#""isAllDay":true"#, r#""isAllDay":false"#);
        let stored = if text == "TRIGGER:-PT30M" { &timed } else { STORED };
        let sent = changed(stored, async |client| client.task().add_reminder(id(), trigger.clone()).await).await;
        let reminders = sent["reminders"].as_array().unwrap();
        assert_eq!(reminders[0], json!({ "id": "a", "trigger": "TRIGGER:PT0S", "tone": 3.5 }));
        let made = reminders[1]["id"].as_str().unwrap();
        assert!(made.len() == 24 && made.starts_with("69a43148"), "{made}");
        assert_eq!(reminders[1], json!({ "id": made, "trigger": text }));
        assert_eq!(sent.as_object().unwrap().len(), 1);
        assert_eq!(reminders.len(), 2);
    }
}

/// `checklist-replaced-whole`, `checklist-done-is-one`
#[tokio::test]
async fn a_checklist_goes_back_as_a_whole_and_done_is_one() {
    let [left, right] = ["i1", "i2"].map(ChecklistItemId::from);
    let items = serde_json::from_str::<Value>(STORED).unwrap()["items"].take();
    let (first, second) = (&items[0], &items[1]);
    let sent = changed(STORED, async |client| client.task().complete_item(id(), &left).await).await;
    let done =
        json!({ "id": "i1", "title": "left", "status": 1, "sortOrder": 5, "completedTime": NOW, "shade": [1e3] });
    assert_eq!(sent, json!({ "items": [done, second] }));
    let sent = changed(STORED, async |client| client.task().reopen_item(id(), &right).await).await;
    let open = json!({ "id": "i2", "title": "right", "status": 0, "sortOrder": 6, "completedTime": null });
    assert_eq!(sent, json!({ "items": [first, open] }));
    let sent = changed(STORED, async |client| client.task().remove_item(id(), &left).await).await;
    assert_eq!(sent, json!({ "items": [second] }));
    let sent = changed(STORED, async |client| client.task().add_item(id(), "up").await).await;
    let made = sent["items"][2]["id"].clone();
    let added = json!({ "id": made, "title": "up", "status": 0, "sortOrder": 1_099_511_627_782_i64 });
    assert_eq!(sent, json!({ "items": [first, second, added] }));
}

/// `completed-time-by-client`
#[tokio::test]
async fn closing_and_opening_carry_the_time() {
    let plain = STORED.replace("RRULE:FREQ=DAILY", "");
    let sent = changed(&plain, async |client| client.task().wont_do(id()).await.map(Task::from)).await;
    assert_eq!(sent, json!({ "status": -1, "completedTime": NOW }));
    let completed = format!(r#""status":2,"completedTime":"{NOW}","completedUserId":1"#);
    let closed = plain.replacen(r#""status":0"#, &completed, 1);
    let sent = changed(&closed, async |client| client.task().reopen(id()).await).await;
    assert_eq!(sent, json!({ "status": 0, "completedTime": null, "completedUserId": null }));
}

#[tokio::test]
async fn whoever_closes_a_task_is_named_where_that_is_known() {
    let service = holding(STORED.replace("RRULE:FREQ=DAILY", "")).await;
    let client = service.client();
    client.project().inbox().await.unwrap();
    client.task().complete(id()).await.unwrap();
    let sent = &lane(&service.seen()[2], "update")[0];
    assert_eq!(sent["status"].as_str(), "2");
    assert_eq!(sent["completedUserId"].as_str(), "1");
}

#[tokio::test]
async fn a_kind_that_is_not_known_takes_no_items() {
    let service = holding(STORED.replace("CHECKLIST", "SONG")).await;
    let error = service.client().task().add_item(id(), "up").await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    assert_eq!(service.lines(), [GET]);
}

/// `tag-forbidden-characters`
#[tokio::test]
async fn tags_are_sent_in_small_letters() {
    let sent = changed(STORED, async |client| client.task().add_tags(id(), ["Urgent", "URGENT"]).await).await;
    assert_eq!(sent, json!({ "tags": ["errands", "urgent"] }));
    let sent = changed(STORED, async |client| client.task().set_tags(id(), ["Urgent"]).await).await;
    assert_eq!(sent, json!({ "tags": ["urgent"] }));
    let sent = changed(STORED, async |client| client.task().remove_tags(id(), ["Errands"]).await).await;
    assert_eq!(sent, json!({ "tags": [] }));
    let service = holding(STORED.into()).await;
    let error = service.client().task().add_tags(id(), ["work:urgent"]).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    assert!(service.lines().is_empty());
}

#[tokio::test]
async fn a_draft_sends_the_keys_that_it_needs() {
    let service = holding(STORED.into()).await;
    let draft = TaskDraft::new("Trip")
        .project("inbox1")
        .column("65f0a1b2c3d4e5f6a7b8c9bb")
        .content("far")
        .priority(Priority::Low)
        .tag("away")
        .due(Due::day(date(2026, 7, 1)).in_zone(zone("Europe/Berlin")))
        .repeat("RRULE:FREQ=YEARLY")
        .reminder(Trigger::on_day(0, time(9, 0, 0, 0)))
        .item(ItemDraft::new("Visa").done().due(Due::day(date(2026, 6, 1)).in_zone(zone("Europe/Berlin"))))
        .pinned()
        .at_top();
    let task = service.client().task().create(draft).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.iter().map(|seen| seen.line.as_str()).collect::<Vec<_>>(), [LIST, COLUMNS, BATCH]);
    let start = "2026-06-30T22:00:00.000+0000";
    let wanted = json!({ "add": [{
        "id": task.id.as_str(), "projectId": "inbox1", "columnId": "65f0a1b2c3d4e5f6a7b8c9bb", "title": "Trip",
        "kind": "CHECKLIST", "desc": "far", "status": 0, "priority": 1, "tags": ["away"],
        "startDate": start, "dueDate": start, "isAllDay": true, "isFloating": false, "timeZone": "Europe/Berlin",
        "repeatFlag": "RRULE:FREQ=YEARLY", "pinnedTime": NOW, "createdTime": NOW, "modifiedTime": NOW,
        // A step above the only task, without going through a double.
        "sortOrder": -9_223_091_661_658_128_366_i64,
        "reminders": [{ "id": task.reminders[0].id.get().unwrap().as_str(), "trigger": "TRIGGER:P0DT9H0M0S" }],
        "items": [{
            "id": task.items[0].id.as_str(), "title": "Visa", "status": 1, "sortOrder": 0, "completedTime": NOW,
            "startDate": "2026-05-31T22:00:00.000+0000", "isAllDay": true, "timeZone": "Europe/Berlin",
        }],
    }] });
    assert_eq!(seen[2].json(), wanted);
}

#[tokio::test]
async fn a_copy_leaves_out_what_happened_to_the_first() {
    let service = holding(STORED.into()).await;
    let copy = service.client().task().duplicate(id()).await.unwrap();
    let sent = &lane(&service.seen()[1], "add")[0];
    assert_eq!(sent["id"], format!("{:?}", copy.id.as_str()));
    assert_eq!(sent["longNumber"], "12345678901234567890123");
    assert!(sent["reminders"].contains("3.50") && !sent["reminders"].contains(r#""id":"a""#));
    for key in ["etag", "pinnedTime", "completedTime", "sortOrder", "progress", "attachments", "commentCount"] {
        assert_eq!(sent.get(key), None, "{key}");
    }
}

#[tokio::test]
async fn an_update_is_compared_with_what_is_stored_and_sent_whole() {
    let service = holding(STORED.into()).await;
    let mut task: Task = serde_json::from_str(STORED).unwrap();
    task.title = "Run".into();
    let stored = service.client().task().update(&task).await.unwrap();
    assert_eq!(stored.etag.get().unwrap().as_str(), "etag0001");
    let seen = service.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].line.as_str(), GET);
    let mut wanted = members(&serde_json::from_str(STORED).unwrap());
    wanted.insert("title".into(), "\"Run\"".into());
    wanted.insert("modifiedTime".into(), format!("{NOW:?}"));
    assert_eq!(lane(&seen[1], "update"), [wanted]);
}

/// `long-sort-order`: at the end of the 64 bits there is no number above.
#[tokio::test]
async fn neighbors_without_a_gap_are_placed_in_one_batch() {
    let service = Service::start(|line, _| match line {
        LIST => {
            let task = |id: &str, place: i64| json!({ "id": id, "projectId": "inbox1", "sortOrder": place, "odd": 1 });
            (200, json!([task("a", i64::MIN), task("b", i64::MIN + 1), task("c", 0)]))
        }
        BATCH => (200, json!({ "id2etag": { "a": "etag0001", "c": "etag0003" } })),
        other => panic!("{other}"),
    })
    .await;
    let task = serde_json::from_str::<Task>(r#"{"id":"c","projectId":"inbox1"}"#).unwrap();
    let moved = service.client().task().move_to_top(&task).await.unwrap_err();
    assert!(matches!(moved, Error::NotApplied { ref id, .. } if id == "b"), "every task must be named: {moved:?}");
    let sent = lane(&service.seen()[1], "update");
    let places: Vec<_> = sent.iter().map(|task| (task["id"].as_str(), task["sortOrder"].as_str())).collect();
    let wanted = [("\"c\"", "-1099511627776"), ("\"a\"", "0"), ("\"b\"", "1099511627776")];
    assert_eq!(places, wanted);
    assert!(sent.iter().all(|task| task["odd"] == "1" && task["modifiedTime"] == format!("{NOW:?}")));
}
