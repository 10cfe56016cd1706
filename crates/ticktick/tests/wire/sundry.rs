//! Statistics, calendars and what belongs to the user.

use serde_json::json;
use ticktick::Error;

use crate::service::Service;

/// `ranking-is-v3`
#[tokio::test]
async fn the_ranking_is_on_v3() {
    let service = Service::start(|_, _| (200, json!({ "ranking": 1.72 }))).await;
    assert_eq!(service.client().statistics().ranking().await.unwrap().ranking.get().unwrap().as_f64(), 1.72);
    assert_eq!(service.lines(), ["GET /api/v3/user/ranking"]);
}

/// `calendar-subscription-shapes`
#[tokio::test]
async fn subscriptions_come_bare_or_wrapped() {
    for answer in [json!([{ "id": "a" }]), json!({ "total": 1, "subscriptions": [{ "id": "a" }] })] {
        let service = Service::start(move |_, _| (200, answer.clone())).await;
        assert_eq!(service.client().calendar().subscriptions().await.unwrap()[0].id, "a");
        assert_eq!(service.lines(), ["GET /api/v2/calendar/subscription"]);
    }
    for answer in [json!(7), json!({ "total": 1 })] {
        let service = Service::start(move |_, _| (200, answer.clone())).await;
        let error = service.client().calendar().subscriptions().await.unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
    }
}

/// `calendar-bound-events-shapes`
#[tokio::test]
async fn events_are_read_by_calendar_or_by_account() {
    let by_calendar = json!({ "accountId": null, "errorIds": ["gone", 7], "events": [
        { "id": "private", "events": [{ "id": "a" }, { "id": "b" }] }, { "id": "work", "events": [] }] });
    let by_account = json!([{ "accountId": "x", "events": [{ "id": "a" }], "errorIds": [] },
        { "accountId": "y", "events": [{ "id": "b" }], "errorIds": ["gone", 7] }]);
    for (answer, places) in [
        (by_calendar, [(None, Some("private")), (None, Some("private"))]),
        (by_account, [(Some("x"), None), (Some("y"), None)]),
    ] {
        let service = Service::start(move |_, _| (200, answer.clone())).await;
        let list = service.client().calendar().events().await.unwrap();
        assert_eq!(list.failed, ["gone", "7"]);
        for (bound, (account, calendar)) in list.events.iter().zip(places) {
            assert_eq!(bound.account.as_ref().map(|id| id.as_str()), account);
            assert_eq!(bound.calendar.as_deref(), calendar);
        }
        assert_eq!(list.events.len(), 2);
        assert_eq!(service.lines(), ["GET /api/v2/calendar/bind/events/all"]);
    }
    let service = Service::start(|_, _| (200, "7")).await;
    let error = service.client().calendar().events().await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}

#[tokio::test]
async fn a_range_of_events_is_sent_as_instants() {
    let service = Service::start(|_, _| (200, json!([]))).await;
    let (from, to): (jiff::Timestamp, jiff::Timestamp) =
        ("2026-03-01T00:00:00Z".parse().unwrap(), "2026-03-02T00:00:00Z".parse().unwrap());
    service.client().calendar().events_between(from..to).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[0].line, "POST /api/v2/calendar/bind/events/all");
    assert_eq!(
        seen[0].json(),
        json!({ "begin": "2026-03-01T00:00:00.000+0000", "end": "2026-03-02T00:00:00.000+0000" })
    );
}

/// `unread-shapes`
#[tokio::test]
async fn unread_notifications_are_a_number_a_list_or_an_object() {
    let one = json!({ "id": "a" });
    for (answer, count, listed) in [
        (json!(3), 3, 0),
        (json!([one]), 1, 1),
        (json!({ "notification": 2, "activity": 1 }), 3, 0),
        (json!({ "count": 1, "list": [one] }), 1, 1),
        // Numbers that no account has are no reason to stop.
        (json!({ "a": i64::MAX, "b": 1 }), i64::MAX, 0),
    ] {
        let service = Service::start(move |_, _| (200, answer.clone())).await;
        let unread = service.client().user().unread_notifications().await.unwrap();
        assert_eq!(unread.count, count);
        assert_eq!(unread.list.len(), listed);
        assert_eq!(service.lines(), ["GET /api/v2/notification/unread"]);
    }
    let service = Service::start(|_, _| (200, json!({ "a": "b" }))).await;
    let error = service.client().user().unread_notifications().await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}

/// `settings-write-verb`, `settings-keys-differ-by-case`
#[tokio::test]
async fn an_update_sends_all_settings() {
    const READ: &str = "GET /api/v2/user/preferences/settings?includeWeb=true";
    const WRITE: &str = "PUT /api/v2/user/preferences/settings?includeWeb=true";
    const STORED: &str = r#"{"nlpEnabled":true,"nlpenabled":false,"theme":"light","odd":{"n":1E3}}"#;
    let service = Service::start(|line, _| (200, if line == READ { STORED } else { "" })).await;
    let change = |settings: &mut ticktick::models::UserSettings| settings.theme = "night".into();
    let error = service.client().user().update_settings(change).await.unwrap_err();
    let Error::FieldLost { field, .. } = &error else { panic!("{error:?}") };
    assert_eq!(field, "theme", "the service took it and kept the old one");
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [READ, WRITE, READ]);
    let sent = String::from_utf8(seen[1].body.clone()).unwrap();
    assert!(sent.contains(r#""odd":{"n":1E3}"#), "{sent}");
    assert_eq!(seen[1].json()["nlpenabled"], false);
    assert_eq!(seen[1].json()["theme"], "night");
}

/// `plan-end-in-1970`
#[tokio::test]
async fn the_plan_follows_its_flag_and_not_its_end_date() {
    for (pro, number) in [(false, 9), (true, 299)] {
        let status =
            json!({ "userId": "1", "inboxId": "inbox1", "pro": pro, "proEndDate": "2099-01-01T00:00:00.000+0000" });
        let service = Service::start(move |line, _| match line {
            "GET /api/v2/user/status" => (200, status.clone()),
            _ => (200, json!({ "free": { "projectNumber": 9 }, "pro": { "projectNumber": 299 } })),
        })
        .await;
        assert_eq!(service.client().user().limits().await.unwrap().project_number, number);
    }
    let service = Service::start(|line, _| match line {
        "GET /api/v2/user/status" => (200, json!({ "userId": "1", "inboxId": "inbox1", "teamPro": true })),
        _ => (200, json!({ "free": {} })),
    })
    .await;
    let error = service.client().user().limits().await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}
