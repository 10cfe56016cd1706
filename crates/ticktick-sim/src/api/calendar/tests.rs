use serde_json::{Value, json};
use ticktick_models::{CalendarAccount, CalendarEvents, CalendarSubscription, Object};

use crate::server::testing::{Tester, USER, id, tester_with};
use crate::{EventsForm, Plan};

const EVENTS: &str = "/api/v2/calendar/bind/events/all";

fn feed(number: u32, events: &Value) -> CalendarEvents {
    let feed = json!({ "id": id(number), "name": "Private", "color": "#35D870", "events": events });
    Object::encode(&feed).unwrap().decode().unwrap()
}

fn event(number: u32, day: &str) -> Value {
    json!({ "id": id(number), "title": "x", "dueStart": format!("{day}T09:00:00.000+0000"), "dueEnd": format!("{day}T10:00:00.000+0000") })
}

fn linked(form: EventsForm, plan: Plan) -> Tester {
    let tester = tester_with(|builder| builder.events_form(form).plan(plan));
    let mut series = event(4, "2020-01-01");
    series["repeatFlag"] = "RRULE:FREQ=WEEKLY".into();
    let far = json!([event(1, "2026-03-02"), event(2, "2026-08-01"), event(3, "2026-01-01"), series]);
    tester.service.link_calendar(USER, &CalendarAccount::new(id(7)), &[feed(8, &far), feed(9, &json!([]))]);
    let subscription = CalendarSubscription::new(id(10));
    tester.service.subscribe_calendar(USER, &subscription, &feed(10, &json!([event(5, "2026-03-20")])));
    tester
}

fn ids(events: &Value) -> Vec<&str> {
    events.as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap()).collect()
}

#[test]
fn accounts_come_as_an_object() {
    let tester = linked(EventsForm::ByCalendar, Plan::Free);
    let accounts = tester.get("/api/v2/calendar/third/accounts");
    assert_eq!(accounts["accounts"][0]["id"], json!(id(7)));
    assert_eq!(accounts["connects"], json!([]));
    assert_eq!(ids(&tester.get("/api/v2/calendar/subscription")), [id(10)]);
    assert_eq!(tester.get("/api/v2/calendar/archivedEvent"), json!([]));
}

#[test]
fn events_come_by_calendar() {
    let tester = linked(EventsForm::ByCalendar, Plan::Pro);
    let answer = tester.get(EVENTS);
    assert_eq!(ids(&answer["events"]), [id(8), id(9), id(10)]);
    assert_eq!(ids(&answer["events"][0]["events"]), [id(1), id(4)], "a series goes on");
    assert_eq!(answer["begin"], json!("2026-01-30T12:00:00.000+0000"));
    assert_eq!(answer["errorIds"], json!([]));
    assert!(answer["events"][0].get("accountId").is_none());
    let range = json!({ "begin": "2026-07-01T00:00:00.000+0000", "end": "2026-09-01T00:00:00.000+0000" });
    assert_eq!(ids(&tester.post(EVENTS, &range)["events"][0]["events"]), [id(2), id(4)]);
    let senseless = json!({ "begin": "July", "end": "2026-09-01T00:00:00.000+0000" });
    tester.send("POST", EVENTS, senseless.to_string()).refused(500, "unknown_exception");
}

#[test]
fn events_come_by_account() {
    let tester = linked(EventsForm::ByAccount, Plan::Pro);
    let answer = tester.get(EVENTS);
    assert_eq!(answer[0]["accountId"], json!(id(7)));
    assert_eq!(answer[1]["accountId"], json!(id(10)));
    assert_eq!(ids(&answer[0]["events"]), [id(1), id(4)]);
}

#[test]
fn events_need_a_paid_plan() {
    let tester = linked(EventsForm::ByCalendar, Plan::Free);
    tester.send("GET", EVENTS, "").refused(500, "need_pro");
    let range = json!({ "begin": "2026-07-01T00:00:00.000+0000", "end": "2026-09-01T00:00:00.000+0000" });
    tester.send("POST", EVENTS, range.to_string()).refused(500, "need_pro");
}
