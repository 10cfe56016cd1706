//! The linked calendars and the notifications of the demo user.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::made::demo::sketch::Today;
use crate::world::account::Account;
use crate::world::fields::{Fields, object, wire};

/// Adds a linked account with two calendars, a subscription, their events and an archived one.
pub(super) fn fill(account: &mut Account, today: &Today, now: Timestamp) {
    let linked = account.make_id();
    let calendars = [("work", "Work calendar", "#4772FA", "owner"), ("family", "Family", "#FF6161", "writer")];
    let calendar = |(id, name, color, role): &(&str, &str, &str, &str)| {
        json!({
            "id": format!("{id}@example.com"),
            "name": name,
            "show": "show",
            "mobileShow": "show",
            "color": color,
            "outId": format!("{id}@example.com"),
            "timeZone": account.zone,
            "visible": true,
            "hidden": false,
            "accessRole": role,
        })
    };
    let google = json!({
        "id": linked,
        "account": account.username,
        "site": "google",
        "kind": "api",
        "status": 0,
        "calendars": calendars.iter().map(calendar).collect::<Vec<_>>(),
        "createdTime": wire(now),
        "modifiedTime": wire(now),
    });
    let lists = [work(account, today), family(account, today)];
    let feeds = calendars.iter().zip(lists).map(|((id, name, color, _), events)| {
        object(&json!({ "id": format!("{id}@example.com"), "name": name, "color": color, "events": events }))
    });
    let feeds = feeds.collect();
    account.link_calendar(&object(&google), feeds, now);
    let holidays = json!({ "id": account.make_id(), "name": "Holidays", "color": "#35D870" });
    let mut subscription = object(&holidays);
    subscription.put("url", "https://example.com/holidays.ics");
    subscription.put("show", "show");
    let mut feed = object(&holidays);
    feed.put("events", vec![whole_day(account, "Bank holiday", today, 26)]);
    account.subscribe_calendar(&subscription, feed, now);
    let past =
        json!({ "eventId": account.make_id(), "title": "Parents' evening", "dueStart": wire(today.at(-6, 19, 0)) });
    account.archive_event(&object(&past), now);
}

/// Sends two notifications; the older one has been read.
pub(super) fn notify(account: &mut Account, today: &Today, now: Timestamp) {
    for (kind, title, days, unread) in [
        ("refer", "A friend joined by your invitation.", -9, false),
        ("PayReminder", "Your plan is renewed soon.", -1, true),
    ] {
        let id = account.make_id();
        let at = wire(today.at(days, 12, 0));
        let notification = json!({ "id": id, "type": kind, "title": title, "unread": unread, "createdTime": at });
        account.notify(object(&notification), now);
    }
}

/// Two meetings, and a task that was exported to the calendar.
fn work(account: &mut Account, today: &Today) -> Vec<Value> {
    let mut meeting = timed(account, "Sprint review", today, 1, 14);
    meeting["location"] = "Room 4".into();
    meeting["repeatFlag"] = "RRULE:FREQ=WEEKLY;INTERVAL=2".into();
    meeting["reminders"] = json!([10]);
    let task = account.tasks.ids(|row| row.object().text("title").as_deref() == Some("Stand-up meeting")).pop();
    let mut own = timed(account, "Stand-up meeting", today, 0, 9);
    if let Some(task) = task {
        own["uid"] = format!("{task}@calendar.ticktick.com").into();
    }
    vec![meeting, timed(account, "Lunch with the auditors", today, 3, 12), own]
}

fn family(account: &mut Account, today: &Today) -> Vec<Value> {
    vec![timed(account, "School play", today, 4, 18), whole_day(account, "Grandma's birthday", today, 12)]
}

/// An event of one hour.
fn timed(account: &mut Account, title: &str, today: &Today, days: i64, hour: i8) -> Value {
    let mut event = event(account, title);
    event["isAllDay"] = false.into();
    event["timezone"] = account.zone.clone().into();
    event["dueStart"] = wire(today.at(days, hour, 0)).into();
    event["dueEnd"] = wire(today.at(days, hour + 1, 0)).into();
    event
}

/// An all-day event, which ends on the next day.
fn whole_day(account: &mut Account, title: &str, today: &Today, days: i64) -> Value {
    let mut event = event(account, title);
    event["isAllDay"] = true.into();
    event["dueStart"] = wire(today.at(days, 0, 0)).into();
    event["dueEnd"] = wire(today.at(days + 1, 0, 0)).into();
    event
}

fn event(account: &mut Account, title: &str) -> Value {
    let id = account.make_id();
    json!({
        "uid": format!("{id}@example.com"),
        "id": id,
        "title": title,
        "content": null,
        "location": null,
        "repeatFlag": null,
        "reminders": [],
        "responseStatus": null,
        "etag": account.make_etag(),
    })
}
