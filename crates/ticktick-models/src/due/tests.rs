use jiff::civil::{date, datetime};
use jiff::{Span, Timestamp as Instant};

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn group(start: &str, due: &str, all_day: bool, floating: bool, zone: &str) -> DateGroup {
    let time = |text: &str| if text.is_empty() { Field::Absent } else { Field::Value(Timestamp::from(text)) };
    DateGroup {
        start: time(start),
        due: time(due),
        all_day: all_day.into(),
        floating: floating.into(),
        zone: zone.into(),
    }
}

fn read(group: &DateGroup) -> Due {
    Due::read(group, &zone("America/Chicago")).unwrap().unwrap()
}

fn written_start(due: &Due, name: &str) -> String {
    due.write(&zone(name)).unwrap().start.get().unwrap().to_string()
}

#[test]
fn a_day_is_local_midnight() {
    let summer = Due::day(date(2026, 7, 1));
    assert_eq!(written_start(&summer, "America/Chicago"), "2026-07-01T05:00:00.000+0000");
    assert_eq!(written_start(&Due::day(date(2026, 1, 1)), "America/Chicago"), "2026-01-01T06:00:00.000+0000");
    assert_eq!(written_start(&summer, "Europe/Istanbul"), "2026-06-30T21:00:00.000+0000");
    let istanbul = group("2026-06-30T21:00:00.000+0000", "", true, false, "Europe/Istanbul");
    assert_eq!(read(&istanbul), summer.clone().in_zone(zone("Europe/Istanbul")));
    let account = group("", "2026-07-01T05:00:00.000+0000", true, false, "");
    assert_eq!(read(&account), summer);
}

#[test]
fn each_kind_is_read() {
    let (nine, ten) = ("2026-03-02T09:00:00.000+0000", "2026-03-02T10:00:00.000+0000");
    assert_eq!(read(&group(nine, nine, false, false, "UTC")), Due::at("2026-03-02T09:00[UTC]".parse().unwrap()));
    assert_eq!(read(&group(nine, "", false, false, "")), Due::at("2026-03-02T03:00[America/Chicago]".parse().unwrap()));
    let range = Due::range("2026-03-02T09:00[UTC]".parse().unwrap(), "2026-03-02T10:00[UTC]".parse().unwrap());
    assert_eq!(read(&group(nine, ten, false, false, "UTC")), range);
    let floating = Due::floating(datetime(2026, 3, 2, 18, 0, 0, 0)).in_zone(zone("Asia/Tokyo"));
    assert_eq!(read(&group(nine, nine, false, true, "Asia/Tokyo")), floating);
    let days = Due::days(date(2026, 3, 2), date(2026, 3, 4)).in_zone(zone("UTC"));
    assert_eq!(read(&group("2026-03-02T00:00:00Z", "2026-03-04T00:00:00Z", true, false, "UTC")), days);
}

#[test]
fn without_an_instant_there_is_no_date() {
    let mut none = group("", "", true, false, "Mars/Base");
    none.start = Field::Null;
    none.due = Timestamp::from("").into();
    assert_eq!(Due::read(&none, &TimeZone::UTC), Ok(None));
}

#[test]
fn midnights_that_do_not_exist_stay_their_day() {
    for (name, day, midnight) in [
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-25T22:00:00.000+0000"),
        ("America/Sao_Paulo", date(2017, 10, 15), "2017-10-15T03:00:00.000+0000"),
    ] {
        let due = Due::day(day).in_zone(zone(name));
        assert_eq!(written_start(&due, "UTC"), midnight);
        assert_eq!(read(&due.write(&TimeZone::UTC).unwrap()), due);
    }
}

#[test]
fn a_zone_needs_a_name() {
    let nameless = TimeZone::fixed(jiff::tz::offset(3));
    let at = Due::at(Instant::UNIX_EPOCH.to_zoned_datetime(nameless.clone()));
    assert_eq!(at.write(&TimeZone::UTC), Err(DueError::UnnamedZone));
    assert_eq!(at.clone().in_zone(zone("Asia/Tokyo")).write(&nameless).unwrap().zone, "Asia/Tokyo");
    assert_eq!(Due::day(date(2026, 3, 1)).write(&TimeZone::unknown()), Err(DueError::UnnamedZone));
    assert_eq!(Due::day(Date::MIN).write(&zone("Asia/Tokyo")), Err(DueError::OutOfRange));
}

/// Clock times around an instant at which the clocks change.
fn times_around(change: Instant, zone: &TimeZone) -> impl Iterator<Item = DateTime> {
    let civil = zone.to_datetime(change);
    [-1440, -60, -30, -1, 0, 1, 30, 60, 1440].into_iter().map(move |minutes| civil + Span::new().minutes(minutes))
}

/// Every kind of date that uses a clock time.
fn kinds(at: DateTime, zone: &TimeZone) -> [Due; 5] {
    let start = zone.clone().into_ambiguous_zoned_datetime(at).later().unwrap();
    let end = &start + Span::new().minutes(90);
    let (first, last) = (at.date(), end.date().tomorrow().unwrap());
    [
        Due::day(first),
        Due::days(first, last),
        Due::at(start.clone()),
        Due::range(start, end),
        Due::Floating { start: at, end: at + Span::new().minutes(90), zone: None },
    ]
    .map(|due| due.in_zone(zone.clone()))
}

/// What the clocks skip cannot come back as it was, but it must come to rest.
fn is_skipped(due: &Due, zone: &TimeZone) -> bool {
    let skipped = |at: DateTime| zone.to_datetime(zone.to_timestamp(at).unwrap()) != at;
    let day_skipped = |date: Date| zone.to_datetime(zone.to_timestamp(date.into()).unwrap()).date() != date;
    match due {
        Due::Day { date, .. } => day_skipped(*date),
        Due::Days { first, last, .. } => day_skipped(*first) || day_skipped(*last),
        Due::Floating { start, end, .. } => skipped(*start) || skipped(*end),
        _ => false,
    }
}

#[test]
fn nothing_drifts_in_any_zone() {
    let (from, until): (Instant, Instant) =
        ("2009-01-01T00:00:00Z".parse().unwrap(), "2027-01-01T00:00:00Z".parse().unwrap());
    let mut zones = 0;
    for name in jiff::tz::db().available() {
        let zone = zone(name.as_str());
        zones += 1;
        let changes = zone.following(from).map(|change| change.timestamp()).take_while(|change| *change < until);
        // Zones change on much the same days each year, so every third change sees every kind.
        for change in [from].into_iter().chain(changes.step_by(3)) {
            for due in times_around(change, &zone).flat_map(|at| kinds(at, &zone)) {
                let written = due.write(&TimeZone::UTC).unwrap();
                let again = Due::read(&written, &TimeZone::UTC).unwrap().unwrap();
                assert!(again == due || is_skipped(&due, &zone), "{due:?} came back as {again:?}");
                assert_eq!(again.write(&TimeZone::UTC).unwrap(), written, "{due:?} drifts");
            }
        }
    }
    assert!(zones > 300, "the database of zones is missing");
}
