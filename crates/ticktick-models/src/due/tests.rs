use jiff::Timestamp as Instant;
use jiff::civil::{date, datetime};

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
    Due::read(group, &zone("America/Chicago")).unwrap()
}

fn written_start(due: &Due, name: &str) -> String {
    due.write(&zone(name), None).unwrap().start.get().unwrap().to_string()
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
    let range = Due::range("2026-03-02T09:00[UTC]".parse().unwrap(), "2026-03-02T10:00[UTC]".parse().unwrap()).unwrap();
    assert_eq!(read(&group(nine, ten, false, false, "UTC")), range);
    let floating = Due::floating(datetime(2026, 3, 2, 18, 0, 0, 0)).in_zone(zone("Asia/Tokyo"));
    assert_eq!(read(&group(nine, nine, false, true, "Asia/Tokyo")), floating);
    let days = Due::days(date(2026, 3, 2)..=date(2026, 3, 4)).unwrap().in_zone(zone("UTC"));
    assert_eq!(read(&group("2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z", true, false, "UTC")), days);
}

#[test]
fn without_an_instant_there_is_no_date() {
    let mut none = group("", "", true, false, "Mars/Base");
    none.start = Field::Null;
    none.due = Timestamp::from("").into();
    assert_eq!(Due::read(&none, &TimeZone::UTC), None);
}

#[test]
fn midnights_that_do_not_exist_stay_their_day() {
    for (name, day, midnight) in [
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-25T22:00:00.000+0000"),
        ("America/Sao_Paulo", date(2017, 10, 15), "2017-10-15T03:00:00.000+0000"),
    ] {
        let due = Due::day(day).in_zone(zone(name));
        assert_eq!(written_start(&due, "UTC"), midnight);
        assert_eq!(read(&due.write(&TimeZone::UTC, None).unwrap()), due);
    }
}

#[test]
fn of_a_midnight_that_comes_twice_the_first_counts() {
    let day = Due::day(date(2024, 11, 3)).in_zone(zone("America/Havana"));
    assert_eq!(written_start(&day, "UTC"), "2024-11-03T04:00:00.000+0000");
    let second = group("2024-11-03T05:00:00.000+0000", "", true, false, "America/Havana");
    assert_eq!(read(&second), day);
}

#[test]
fn a_zone_needs_a_name() {
    let nameless = TimeZone::fixed(jiff::tz::offset(3));
    let at = Due::at(Instant::UNIX_EPOCH.to_zoned_datetime(nameless.clone()));
    assert_eq!(at.write(&TimeZone::UTC, None), Err(DueError::UnnamedZone));
    assert_eq!(at.clone().in_zone(zone("Asia/Tokyo")).write(&nameless, None).unwrap().zone, "Asia/Tokyo");
    let here = Due::day(date(2026, 3, 1)).write(&nameless, None).unwrap();
    assert_eq!(here.zone.as_deref(), Some("GMT+03:00"));
    assert_eq!(here.start.get().unwrap().to_string(), "2026-02-28T21:00:00.000+0000");
    assert_eq!(Due::day(date(2026, 3, 1)).write(&TimeZone::unknown(), None), Err(DueError::UnnamedZone));
    assert_eq!(Due::day(Date::MIN).write(&zone("Asia/Tokyo"), None), Err(DueError::OutOfRange));
}

#[test]
fn a_range_of_days_ends_at_the_midnight_after_its_last_day() {
    let due = Due::days(date(2026, 7, 1)..=date(2026, 7, 3)).unwrap().in_zone(zone("America/Chicago"));
    let written = due.write(&TimeZone::UTC, None).unwrap();
    assert_eq!(written.due.get().unwrap().to_string(), "2026-07-04T05:00:00.000+0000");
    assert_eq!(read(&written), due);
    assert_eq!(due.date(), date(2026, 7, 3));
    // Midnight does not exist on the day after, so that the range ends at one o'clock.
    let cairo = Due::days(date(2024, 4, 24)..=date(2024, 4, 25)).unwrap().in_zone(zone("Africa/Cairo"));
    let written = cairo.write(&TimeZone::UTC, None).unwrap();
    assert_eq!(written.due.get().unwrap().to_string(), "2024-04-25T22:00:00.000+0000");
    assert_eq!(read(&written), cairo);
}

#[test]
fn a_range_that_ends_where_it_starts_or_a_day_later_is_one_day() {
    let day = Due::day(date(2026, 7, 1)).in_zone(zone("UTC"));
    for end in ["", "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z", "2026-07-01T12:00:00Z"] {
        assert_eq!(read(&group("2026-07-01T00:00:00Z", end, true, false, "UTC")), day, "{end}");
    }
    assert_eq!(Due::days(date(2026, 7, 1)..=date(2026, 7, 1)), Ok(Due::day(date(2026, 7, 1))));
}

#[test]
fn a_reversed_range_cannot_be_built_and_is_read_in_order() {
    assert_eq!(Due::days(date(2026, 3, 5)..=date(2026, 3, 1)), Err(DueError::EndBeforeStart));
    assert_eq!(Due::days(date(2026, 3, 5)..date(2026, 3, 5)), Err(DueError::EndBeforeStart));
    assert_eq!(Due::days(date(2026, 3, 5)..), Err(DueError::OpenEnded));
    assert_eq!(Due::days(..=date(2026, 3, 5)), Err(DueError::OpenEnded));
    let at = |text: &str| text.parse::<ZonedDateTime>().unwrap();
    let (nine, ten) = (at("2026-03-02T09:00[UTC]"), at("2026-03-02T10:00[UTC]"));
    assert_eq!(Due::range(ten.clone(), nine.clone()), Err(DueError::EndBeforeStart));
    assert_eq!(Due::range(nine.clone(), nine.clone()), Ok(Due::at(nine.clone())));
    assert_eq!(Due::floating_range(ten.datetime(), nine.datetime()), Err(DueError::EndBeforeStart));
    let stored = group("2026-03-02T10:00:00Z", "2026-03-02T09:00:00Z", false, false, "UTC");
    assert_eq!(Ok(read(&stored)), Due::range(nine, ten));
}

#[test]
fn a_moment_moves_to_a_day_of_the_zone_that_is_given() {
    let (tokyo, new_york) = (zone("Asia/Tokyo"), zone("America/New_York"));
    let today = date(2026, 3, 5);
    let at = |text: &str| Due::at(text.parse().unwrap());
    let nine = at("2026-03-02T09:00[Asia/Tokyo]");
    let moved = nine.moved_to(today, &new_york).unwrap();
    assert_eq!(moved.zone(), Some(&tokyo), "the task stays in its zone");
    assert_eq!(moved.clone().in_zone(new_york.clone()), at("2026-03-05T19:00[America/New_York]"));
    assert_eq!(moved.clone().in_zone(new_york.clone()).date(), today);
    assert_eq!(nine.moved_to(today, &tokyo).unwrap(), at("2026-03-05T09:00[Asia/Tokyo]"));
    let days = Due::day(date(2026, 3, 1)).in_zone(tokyo.clone());
    assert_eq!(days.moved_to(today, &new_york).unwrap(), Due::day(today).in_zone(tokyo));
    let floating = Due::floating(datetime(2026, 3, 1, 9, 0, 0, 0));
    assert_eq!(floating.moved_to(today, &new_york).unwrap().date(), today);
}

#[test]
fn a_floating_time_in_a_gap_of_the_zone_keeps_its_text() {
    let text = datetime(2026, 3, 29, 2, 30, 0, 0);
    for due in [Due::floating(text), Due::floating(text).in_zone(zone("Europe/Berlin"))] {
        let group = due.write(&zone("Europe/Berlin"), None).unwrap();
        for reader in ["Europe/Berlin", "America/New_York"] {
            let read = Due::read(&group, &zone(reader)).unwrap();
            assert!(matches!(read, Due::Floating { start, end, .. } if start == text && end == text), "{read:?}");
        }
    }
    let usual = Due::floating(text).write(&zone("America/New_York"), None).unwrap();
    assert_eq!(usual.zone, "America/New_York");
}

mod round_trips {
    use proptest::prelude::*;

    use super::*;

    fn any_due() -> impl Strategy<Value = Due> {
        (0usize..5, 0i32..20_000, 1i64..30 * 24 * 60).prop_map(|(kind, day, minutes)| {
            let first = date(1990, 1, 1) + jiff::Span::new().days(day);
            let start = first.at(9, 30, 0, 0);
            let end = start + jiff::Span::new().minutes(minutes);
            let zoned = |at: jiff::civil::DateTime| at.to_zoned_datetime(TimeZone::UTC).unwrap();
            match kind {
                0 => Due::day(first),
                1 => Due::days(first..=end.date()).unwrap(),
                2 => Due::at(zoned(start)),
                3 => Due::range(zoned(start), zoned(end)).unwrap(),
                _ => Due::floating_range(start, end).unwrap(),
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_back(
            due in any_due(),
            name in prop::sample::select(vec!["UTC", "America/Chicago", "Asia/Kolkata", "Pacific/Kiritimati"]),
        ) {
            let due = due.in_zone(zone(name));
            let back = read(&due.write(&TimeZone::UTC, None).unwrap());
            // Clocks may skip a floating time.
            if matches!(due, Due::Floating { .. }) {
                prop_assert_eq!(back.start_date(), due.start_date());
            } else {
                prop_assert_eq!(&back, &due);
            }
        }
    }
}
