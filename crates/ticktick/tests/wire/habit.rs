//! Habits and check-ins.

use jiff::civil::date;
use serde_json::json;
use ticktick::habit::HabitId;
use ticktick::{CheckIn, Error, HabitDraft};

use crate::service::Service;

const SETTINGS: &str = "GET /api/v2/user/preferences/settings";
const LIST: &str = "GET /api/v2/habits";
const BATCH: &str = "POST /api/v2/habits/batch";
const QUERY: &str = "POST /api/v2/habitCheckins/query";
const CHECK_INS: &str = "POST /api/v2/habitCheckins/batch";
const ID: &str = "65f0a1b2c3d4e5f6a7b8c9d0";

const HABIT: &str = include_str!("../samples/habit.json");

/// A service with one habit and these check-ins, which answers batches of check-ins with empty maps.
async fn with(check_ins: serde_json::Value) -> Service {
    Service::start(move |line, _| match line {
        SETTINGS => (200, json!({ "timeZone": "Pacific/Auckland" }).to_string()),
        LIST => (200, format!("[{HABIT}]")),
        QUERY => (200, json!({ "checkins": { ID: check_ins } }).to_string()),
        BATCH => (200, json!({ "id2etag": { ID: "new" }, "id2error": {} }).to_string()),
        CHECK_INS => (200, json!({ "id2etag": {}, "id2error": {} }).to_string()),
        other => panic!("{other}"),
    })
    .await
}

/// `one-checkin-a-day`, `checkin-two-calls`, `checkin-stamp-integer`, `checkin-batch-empty-maps`
#[tokio::test]
async fn the_first_check_in_of_a_day_is_added() {
    let service =
        with(json!([{ "id": "c1", "habitId": ID, "checkinStamp": 20_260_301, "status": 2, "value": 5 }])).await;
    let check_in = service.client().habit().check_in(HabitId::from(ID), CheckIn::amount(5.5)).await.unwrap();
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [SETTINGS, LIST, QUERY, BATCH, CHECK_INS]);
    assert_eq!(seen[2].json(), json!({ "habitIds": [ID], "afterStamp": 0 }));
    let now = r#""2026-03-01T12:30:00.500+0000""#;
    let counted = HABIT
        .replace(r#""totalCheckIns":9"#, r#""totalCheckIns":2"#)
        .replace(r#""currentStreak":9"#, r#""currentStreak":2"#)
        .replace(r#""modifiedTime":"2026-01-01T00:00:00.000+0000""#, &format!(r#""modifiedTime":{now}"#));
    let sent = String::from_utf8(seen[3].body.clone()).unwrap();
    assert!(sent.contains("1E3"), "{sent}");
    assert_eq!(
        seen[3].json(),
        serde_json::from_str::<serde_json::Value>(&format!(r#"{{"update":[{counted}]}}"#)).unwrap()
    );
    // At half past twelve in London it is the next day in Auckland.
    assert_eq!(
        seen[4].json(),
        json!({ "add": [{
            "id": check_in.id.get().unwrap().as_str(),
            "habitId": ID,
            "checkinStamp": 20_260_302,
            "checkinTime": "2026-03-01T12:30:00.500+0000",
            "opTime": "2026-03-01T12:30:00.500+0000",
            "value": 5.5,
            "goal": 5,
            "status": 2,
        }] })
    );
}

/// `checkin-delete-500`
#[tokio::test]
async fn a_check_in_is_taken_back_by_an_update() {
    let stored = json!({ "id": "c1", "habitId": ID, "checkinStamp": 20_260_228, "status": 2, "value": 5, "goal": 4,
        "checkinTime": "2026-02-28T10:00:00.000+0000", "opTime": "2026-02-28T10:00:00.000+0000", "mood": "fine" });
    let service = with(json!([stored])).await;
    let cleared = CheckIn::cleared().on(date(2026, 2, 28));
    service.client().habit().check_in(HabitId::from(ID), cleared).await.unwrap();
    let sent = service.seen().pop().unwrap().json();
    let now = "2026-03-01T12:30:00.500+0000";
    let wanted = json!({ "id": "c1", "habitId": ID, "checkinStamp": 20_260_228, "status": 0, "value": 0, "goal": 4,
        "checkinTime": null, "opTime": now, "mood": "fine" });
    assert_eq!(sent, json!({ "update": [wanted] }));
}

/// `after-stamp-exclusive`
#[tokio::test]
async fn the_day_before_is_asked_for() {
    let service = with(json!([])).await;
    service.client().habit().check_ins([HabitId::from(ID)], date(2026, 1, 1)..).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.iter().map(|one| one.line.as_str()).collect::<Vec<_>>(), [QUERY, LIST]);
    assert_eq!(seen[0].json(), json!({ "habitIds": [ID], "afterStamp": 20_251_231 }));
}

/// `checkin-query-shapes`
#[tokio::test]
async fn check_ins_are_read_from_a_map_or_a_list() {
    let one = json!({ "id": "c1", "habitId": ID, "checkinStamp": 20_260_301 });
    for answer in [json!({ "checkins": { ID: [one] } }), json!([one])] {
        let service = Service::start(move |_, _| (200, answer.clone())).await;
        let found = service.client().habit().check_ins([HabitId::from(ID)], ..).await.unwrap();
        assert_eq!(found[0].checkin_stamp.0, 20_260_301);
    }
    let service = Service::start(|_, _| (200, "7")).await;
    let error = service.client().habit().check_ins([HabitId::from(ID)], ..).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}

/// `habit-archived-value`
#[tokio::test]
async fn any_status_but_zero_counts_as_archived() {
    let service = Service::start(|line, _| match line {
        LIST => (
            200,
            json!([
                { "id": ID, "status": 0 },
                { "id": "two", "status": 2 },
                { "id": "back", "status": 0, "archivedTime": "2026-01-01T00:00:00.000+0000" },
                { "id": "bare", "archivedTime": "2026-01-01T00:00:00.000+0000" },
            ]),
        ),
        _ => (200, json!({ "id2etag": { ID: "new", "two": "new" } })),
    })
    .await;
    let client = service.client();
    let ids = |habits: Vec<ticktick::Habit>| habits.into_iter().map(|habit| habit.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(client.habit().archived().await.unwrap()), ["two", "bare"]);
    assert_eq!(ids(client.habit().active().await.unwrap()), [ID, "back"]);
    client.habit().archive(HabitId::from(ID)).await.unwrap();
    let sent = service.seen().pop().unwrap().json();
    assert_eq!(sent["update"][0]["status"], 1);
    assert_eq!(sent["update"][0]["archivedTime"], "2026-03-01T12:30:00.500+0000");
    client.habit().archive(HabitId::from("two")).await.unwrap();
    assert_eq!(service.lines(), [LIST], "it is archived already");
}

/// `habits-writable-by-batch`
#[tokio::test]
async fn a_habit_is_created_by_the_batch_with_all_members() {
    let service = Service::start(|line, body| {
        assert_eq!(line, BATCH);
        (200, json!({ "id2etag": { body["add"][0]["id"].as_str().unwrap(): "new" } }))
    })
    .await;
    let habit = service.client().habit().create(HabitDraft::new("Read")).await.unwrap();
    let now = "2026-03-01T12:30:00.500+0000";
    assert_eq!(
        service.seen()[0].json(),
        json!({ "add": [{
            "id": habit.id.as_str(), "name": "Read", "iconRes": "habit_daily_check_in", "color": "#97E38B",
            "sortOrder": 0, "status": 0, "encouragement": "", "totalCheckIns": 0, "currentStreak": 0,
            "createdTime": now, "modifiedTime": now, "type": "Boolean", "goal": 1.0, "step": 0.0, "unit": "Count",
            "etag": "", "repeatRule": "RRULE:FREQ=DAILY;INTERVAL=1", "reminders": [], "recordEnable": false,
            "sectionId": "-1", "targetDays": 0, "targetStartDate": null, "completedCycles": 0, "exDates": [],
        }] })
    );
}

/// `habit-times-rule`: a rule that is not known here leaves the streak alone, and goes back as it came.
#[tokio::test]
async fn a_streak_with_an_unknown_rule_is_kept() {
    let service = Service::start(|line, _| match line {
        SETTINGS => (200, json!({ "timeZone": "UTC" })),
        LIST => (200, json!([{ "id": ID, "repeatRule": "RRULE:FREQ=MOONLY", "currentStreak": 7 }])),
        QUERY => (200, json!([])),
        BATCH => (200, json!({ "id2etag": { ID: "new" } })),
        _ => (200, json!({})),
    })
    .await;
    service.client().habit().check_in(HabitId::from(ID), CheckIn::done()).await.unwrap();
    let sent = service.seen()[3].json();
    let habit = &sent["update"][0];
    assert_eq!(habit["totalCheckIns"], json!(1));
    assert_eq!(habit["currentStreak"], json!(7));
    assert_eq!(habit["repeatRule"], "RRULE:FREQ=MOONLY");
}

/// `section-default-names`
#[tokio::test]
async fn names_of_sections_go_back_as_they_came() {
    let service = Service::start(|line, _| match line {
        "GET /api/v2/habitSections" => (200, json!([{ "id": "s1", "name": "_morning", "sortOrder": -7, "odd": 1 }])),
        _ => (200, json!({ "id2etag": { "s1": "new" } })),
    })
    .await;
    let client = service.client();
    assert_eq!(client.habit().sections().await.unwrap()[0].name, "_morning");
    client.habit().rename_section(ticktick::habit::SectionId::from("s1"), "Dawn").await.unwrap();
    let sent = service.seen().pop().unwrap().json();
    let now = "2026-03-01T12:30:00.500+0000";
    let wanted = json!({ "id": "s1", "name": "Dawn", "sortOrder": -7, "modifiedTime": now, "odd": 1 });
    assert_eq!(sent, json!({ "update": [wanted] }));
}
