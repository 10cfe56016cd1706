//! No date drifts: in any zone, at any change of the clocks, of any kind, however often it is written and read.
//!
//! The machine's zone has no part in it: these types never ask for it.
#![allow(clippy::unwrap_used)]

use jiff::civil::{DateTime, Time, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, ZonedDateTime};
use proptest::prelude::*;
use ticktick_models::{Due, Task};

/// Round trips of a date that is read, written and sent again and again.
const TRIPS: usize = 100;

fn zones() -> Vec<TimeZone> {
    let zones: Vec<_> = jiff::tz::db().available().map(|name| TimeZone::get(name.as_str()).unwrap()).collect();
    assert!(zones.len() > 300, "the database of zones is missing");
    zones
}

/// Instants at which the clocks of a zone change, and one without a change.
fn edges(zone: &TimeZone) -> Vec<Timestamp> {
    let (from, until): (Timestamp, Timestamp) =
        ("1990-01-01T00:00:00Z".parse().unwrap(), "2036-01-01T00:00:00Z".parse().unwrap());
    let changes = zone.following(from).map(|change| change.timestamp()).take_while(|change| *change < until);
    [from].into_iter().chain(changes).collect()
}

/// Times on the clock the day before, at and after a change: midnights, the hour that is skipped or comes twice, noon.
fn times(edge: Timestamp, zone: &TimeZone) -> Vec<DateTime> {
    let at = zone.to_datetime(edge);
    let half = Span::new().minutes(30);
    let mut times = vec![at, at - half, at + half, at.date().to_datetime(Time::midnight())];
    times.push((at.date().yesterday().unwrap()).at(12, 0, 0, 0));
    times.push((at.date().tomorrow().unwrap()).to_datetime(Time::midnight()));
    times
}

/// Returns every kind of date that starts at a local time, once for each instant that the local time can be.
fn kinds(at: DateTime, zone: &TimeZone) -> Vec<Due> {
    let moment = || zone.clone().into_ambiguous_zoned_datetime(at);
    let mut moments = vec![moment().earlier().unwrap(), moment().later().unwrap()];
    moments.dedup();
    moments.into_iter().flat_map(|moment| kinds_from(at, &moment)).collect()
}

fn kinds_from(at: DateTime, moment: &ZonedDateTime) -> [Due; 5] {
    let length = Span::new().minutes(90);
    [
        Due::day(at.date()),
        Due::days(at.date()..=at.date() + Span::new().days(2)).unwrap(),
        Due::at(moment.clone()),
        Due::range(moment.clone(), moment + length).unwrap(),
        Due::floating_range(at, at + length).unwrap(),
    ]
    .map(|due| due.in_zone(moment.time_zone().clone()))
}

/// Whether a clock of the zone ever shows what the date is made of.
fn exists(due: &Due, zone: &TimeZone) -> bool {
    let shown = |at: DateTime| zone.to_datetime(zone.to_timestamp(at).unwrap()) == at;
    // A day exists if any part of it does; Samoa had no 30 December 2011.
    let day = |at: jiff::civil::Date| zone.to_datetime(zone.to_timestamp(at.into()).unwrap()).date() == at;
    match due {
        Due::Day { date, .. } => day(*date),
        Due::Days { first, last, .. } => day(*first) && day(*last),
        Due::Floating { start, end, .. } => shown(*start) && shown(*end),
        _ => true,
    }
}

fn task(due: &Due, account: &TimeZone) -> Task {
    let mut task = Task::new("a", "b");
    task.set_due(due, account).unwrap();
    task
}

/// Sends a task to the service and back.
fn sent(task: &Task) -> (String, Task) {
    let json = serde_json::to_string(task).unwrap();
    let task = serde_json::from_str(&json).unwrap();
    (json, task)
}

/// Writes a date, and checks that it is read as it was and comes to rest at once.
fn assert_stays(due: &Due, zone: &TimeZone, account: &TimeZone) {
    let (json, read) = sent(&task(due, account));
    let again = read.due(account).unwrap();
    let is_same = again == *due && again.zone() == due.zone() && again.date() == due.date();
    assert!(is_same || !exists(due, zone), "{due:?} came back as {again:?}");
    // The task has no date, so every member is written.
    assert_eq!(sent(&task(&again, account)).0, json, "{due:?} drifts");
    if matches!(due, Due::Floating { .. }) && !exists(due, zone) {
        // Its zone could not give it back, so it is written through one that can.
        assert_eq!(again, due.clone().in_zone(TimeZone::UTC), "{json}");
    } else {
        assert!(json.contains(zone.iana_name().unwrap()), "{json}");
    }
}

#[test]
fn nothing_drifts_at_any_change_of_the_clocks() {
    let account = TimeZone::get("Pacific/Easter").unwrap();
    for zone in zones() {
        // What comes to rest at once stays so in a hundred trips, as the next test shows.
        for edge in edges(&zone) {
            for due in times(edge, &zone).into_iter().flat_map(|at| kinds(at, &zone)) {
                assert_stays(&due, &zone, &account);
            }
        }
    }
}

#[test]
fn nothing_drifts_in_a_hundred_round_trips() {
    let account = TimeZone::get("Pacific/Easter").unwrap();
    for zone in zones() {
        let edge = *edges(&zone).last().unwrap();
        for due in kinds_from(zone.to_datetime(edge), &edge.to_zoned_datetime(zone.clone())) {
            let (first, mut read) = sent(&task(&due, &account));
            for trip in 0..TRIPS {
                let due = read.due(&account).unwrap();
                // A new task, so that every member is written.
                let (json, next) = sent(&task(&due, &account));
                assert_eq!(json, first, "trip {trip}: {due:?}");
                read = next;
            }
        }
    }
}

#[test]
fn the_zone_of_the_account_does_not_matter() {
    let accounts = ["UTC", "America/Sao_Paulo", "Asia/Calcutta", "Pacific/Apia", "Pacific/Midway"];
    let accounts = accounts.map(|name| TimeZone::get(name).unwrap());
    for zone in zones() {
        let edge = *edges(&zone).last().unwrap();
        for due in kinds(zone.to_datetime(edge), &zone) {
            for account in &accounts {
                assert_stays(&due, &zone, account);
                assert_eq!(sent(&task(&due, account)), sent(&task(&due, &zone)), "{due:?}");
            }
        }
    }
}

#[test]
fn a_task_in_the_account_s_zone_stays_its_day_there() {
    for account in zones() {
        for edge in edges(&account) {
            let at = account.to_datetime(edge);
            for due in [Due::day(at.date()), Due::floating(at)] {
                let (_, read) = sent(&task(&due, &account));
                // Whoever reads it elsewhere has the zone from the task.
                let again = read.due(&TimeZone::UTC).unwrap();
                let meant = due.in_zone(account.clone());
                assert!(again == meant || !exists(&meant, &account), "{meant:?} came back as {again:?}");
            }
        }
    }
}

/// A stored task in a zone that has a text and no name here.
fn in_odd_zone(text: &str, members: &str) -> Task {
    serde_json::from_str(&format!(r#"{{"id":"a","projectId":"b","timeZone":"{text}"{members}}}"#)).unwrap()
}

/// The spellings of an offset, given in minutes.
fn texts(minutes: i32) -> [String; 4] {
    let (sign, hours, rest) = (if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
    [
        format!("GMT{sign}{hours:02}:{rest:02}"),
        format!("UTC{sign}{hours}:{rest:02}"),
        format!("{sign}{hours:02}{rest:02}"),
        format!("gmt{sign}{hours}{rest:02}"),
    ]
}

#[test]
fn an_offset_of_zero_keeps_its_text_too() {
    for text in texts(0) {
        let mut stored = in_odd_zone(&text, "");
        stored.set_due(&Due::day(date(2026, 3, 1)).in_zone(TimeZone::UTC), &TimeZone::UTC).unwrap();
        assert_eq!(stored.time_zone, text.as_str());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_drifts_in_a_fixed_offset(minutes in -14 * 60..=14 * 60, day in 0i32..20_000, minute in 0i64..24 * 60) {
        let offset = TimeZone::fixed(Offset::from_seconds(minutes * 60).unwrap());
        let at = (date(1990, 1, 1) + Span::new().days(day)).to_datetime(Time::midnight()) + Span::new().minutes(minute);
        for text in texts(minutes) {
            for due in kinds_from(at, &at.to_zoned_datetime(offset.clone()).unwrap()) {
                let mut stored = in_odd_zone(&text, "");
                stored.set_due(&due, &TimeZone::UTC).unwrap();
                prop_assert_eq!(&stored.time_zone, &text);
                prop_assert_eq!(stored.unknown_zone(), None);
                let read = sent(&stored).1.due(&TimeZone::UTC).unwrap();
                prop_assert_eq!((&read, read.zone()), (&due, due.zone()), "{}", text);
            }
        }
    }

    #[test]
    fn nothing_drifts_in_a_zone_that_is_not_understood(day in 0i32..20_000, minute in 0i64..24 * 60) {
        let account = TimeZone::get("Pacific/Easter").unwrap();
        let at = (date(1990, 1, 1) + Span::new().days(day)).to_datetime(Time::midnight()) + Span::new().minutes(minute);
        for due in kinds_from(at, &at.to_zoned_datetime(account.clone()).unwrap()) {
            let mut stored = in_odd_zone("Asia/Beijing", "");
            // In the account's zone, which a day or a time on the clock need not name.
            let due = match due {
                Due::Day { date, .. } => Due::day(date),
                Due::Days { first, last, .. } => Due::days(first..=last).unwrap(),
                Due::Floating { start, end, .. } => Due::floating_range(start, end).unwrap(),
                moment => moment,
            };
            stored.set_due(&due, &account).unwrap();
            // A moment names a zone, and a task without a date has no other.
            stored.time_zone.set("Asia/Beijing");
            let first = sent(&stored).0;
            for _ in 0..3 {
                let (json, mut read) = sent(&stored);
                prop_assert_eq!(&json, &first);
                let due = read.due(&account).unwrap();
                read.clear_due();
                read.set_due(&due, &account).unwrap();
                stored = read;
                stored.time_zone.set("Asia/Beijing");
            }
        }
    }
}

#[test]
fn a_zone_without_a_name_is_written_back_as_it_came() {
    let easter = TimeZone::get("Pacific/Easter").unwrap();
    for (text, day) in [("GMT+08:00", 2), ("UTC+8", 2), ("+08:00", 2), ("GMT+8", 2), ("Asia/Beijing", 1), ("x", 1)] {
        let task = in_odd_zone(text, r#","dueDate":"2026-03-01T16:00:00.000+0000","isAllDay":true"#);
        let mut again = task.clone();
        let due = task.due(&easter).unwrap();
        assert_eq!(due.date(), date(2026, 3, day), "{text}");
        assert_eq!(task.unknown_zone().is_some(), day == 1, "{text}");
        again.set_due(&due, &easter).unwrap();
        assert_eq!(sent(&again).0, sent(&task).0, "what is said already is not written again");
        assert!(!again.is_overdue(date(2026, 3, day), &easter));
        assert!(again.is_overdue(date(2026, 3, day + 1), &easter), "{text}");

        again.set_due(&due.moved_to(date(2026, 3, 9), &easter).unwrap(), &easter).unwrap();
        assert_eq!(again.due(&easter).unwrap().date(), date(2026, 3, 9));
        assert_eq!(again.time_zone.as_deref(), Some(text));
        again.set_due(&due.in_zone(easter.clone()), &easter).unwrap();
        assert_eq!(again.time_zone, "Pacific/Easter", "the caller set the zone");
    }
}
