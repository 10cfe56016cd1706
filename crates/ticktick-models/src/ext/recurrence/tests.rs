use jiff::civil::{Weekday, date, datetime};
use proptest::prelude::*;

use super::*;
use crate::Field;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn task(due: &Due, rule: &str) -> Task {
    let mut task = Task::new("a", "b");
    task.set_due(due, &zone("Europe/Berlin")).unwrap();
    task.repeat_flag.set(rule);
    task
}

fn at(text: &str) -> Due {
    Due::at(text.parse().unwrap())
}

fn range(start: &str, end: &str) -> Due {
    Due::range(start.parse().unwrap(), end.parse().unwrap()).unwrap()
}

fn berlin_day(month: i8, day: i8) -> Due {
    Due::day(date(2026, month, day)).in_zone(zone("Europe/Berlin"))
}

/// The next one, when the present one is completed on a day.
fn next(task: &Task, completed_on: Date) -> Option<Due> {
    task.next_occurrence(&zone("Europe/Berlin"), completed_on).unwrap()
}

/// Lets the series move on as often as it does, up to a limit.
fn move_on(mut task: Task, most: usize) -> Vec<Due> {
    let mut seen = Vec::new();
    while let Some(due) = next(&task, task.due(&TimeZone::UTC).unwrap().date()).filter(|_| seen.len() < most) {
        task.set_due(&due, &TimeZone::UTC).unwrap();
        task.set_recurrence(&task.recurrence().unwrap().unwrap().moved_on());
        seen.push(due);
    }
    seen
}

#[test]
fn a_rule_may_be_missing() {
    let mut task = Task::new("a", "b");
    for text in [None, Some(""), Some("  ")] {
        task.repeat_flag = Field::or_absent(text.map(str::to_owned));
        assert!(task.recurrence().is_none());
    }
    task.repeat_flag.clear();
    assert!(task.recurrence().is_none());
    task.repeat_flag.set("soon");
    assert!(task.recurrence().unwrap().is_err());
}

/// The example of the vendor's help page: every two days, due on the 15th, completed on the 18th.
#[test]
fn the_three_modes_of_a_series_differ_when_it_is_late() {
    let mut task = task(&berlin_day(3, 15), "RRULE:FREQ=DAILY;INTERVAL=2");
    let done = date(2026, 3, 18);
    for (from, day, ahead) in
        [("", 19, vec![19, 21]), ("0", 17, vec![17, 19]), ("1", 20, vec![]), ("2", 19, vec![19, 21])]
    {
        task.repeat_from.set(from);
        assert_eq!(next(&task, done), Some(berlin_day(3, day)), "repeatFrom {from:?}");
        let upcoming = task.upcoming(&zone("Europe/Berlin"), done, 2).unwrap();
        assert_eq!(upcoming.iter().map(|due| i64::from(due.date().day())).collect::<Vec<_>>(), ahead, "{from:?}");
    }
    task.repeat_from = crate::Field::Absent;
    assert_eq!(next(&task, done), Some(berlin_day(3, 19)), "absent counts as 2");
    task.repeat_from.set(0);
    assert_eq!(next(&task, date(2026, 9, 1)), Some(berlin_day(3, 17)), "no occurrence is left out");
}

#[test]
fn by_default_what_has_passed_is_left_out_and_nothing_else() {
    let every_two = task(&berlin_day(3, 15), "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2");
    assert_eq!(next(&every_two, date(2026, 3, 10)), Some(berlin_day(3, 17)), "done early");
    assert_eq!(next(&every_two, date(2026, 3, 17)), Some(berlin_day(3, 19)), "not on the day of completion");
    assert_eq!(next(&every_two, date(2026, 3, 30)), Some(berlin_day(3, 31)), "what is left out uses up no count");
    let ended = task(&berlin_day(3, 15), "RRULE:FREQ=DAILY;UNTIL=20260320");
    assert_eq!(next(&ended, date(2026, 3, 20)), None);
    let listed = task(&berlin_day(3, 1), "ERULE:NAME=CUSTOM;BYDATE=20260301,20260305,20260405");
    assert_eq!(next(&listed, date(2026, 3, 20)), Some(berlin_day(4, 5)));
    let at_nine = task(&at("2026-03-28T09:00[Europe/Berlin]"), "RRULE:FREQ=DAILY");
    assert_eq!(next(&at_nine, date(2026, 3, 29)), Some(at("2026-03-30T09:00[Europe/Berlin]")), "the time stays");
}

#[test]
fn from_completion_the_interval_starts_anew() {
    let mut every_three = task(&berlin_day(3, 10), "RRULE:FREQ=DAILY;INTERVAL=3");
    every_three.repeat_from.set(1);
    assert_eq!(next(&every_three, date(2026, 3, 20)), Some(berlin_day(3, 23)));
    assert_eq!(next(&every_three, date(2026, 3, 5)), Some(berlin_day(3, 8)), "done early");
    let mut mondays = task(&berlin_day(3, 9), "RRULE:FREQ=WEEKLY;BYDAY=MO");
    mondays.repeat_from.set("1");
    assert_eq!(next(&mondays, date(2026, 3, 18)), Some(berlin_day(3, 23)));
    assert_eq!(next(&mondays, date(2026, 3, 5)), Some(berlin_day(3, 16)), "not the same day again");
    let mut listed = task(&berlin_day(3, 1), "ERULE:NAME=CUSTOM;BYDATE=20260301,20260305,20260405");
    listed.repeat_from.set("1");
    assert_eq!(next(&listed, date(2026, 3, 20)), Some(berlin_day(3, 5)), "no listed date is left out");
}

#[test]
fn a_series_ends() {
    let ended = |rule: &str| next(&task(&berlin_day(3, 1), rule), date(2026, 3, 1)).is_none();
    assert!(ended("FREQ=DAILY;COUNT=1"));
    assert!(ended("FREQ=DAILY;UNTIL=20260301"));
    assert!(ended("FREQ=DAILY;UNTIL=20260301T100000Z"));
    assert!(ended("ERULE:NAME=CUSTOM;BYDATE=20260201,20260301"));
    assert!(!ended("FREQ=DAILY;COUNT=2") && !ended("FREQ=DAILY;UNTIL=20260301T230000Z"), "it is the 2nd in Berlin");
    let thrice = task(&berlin_day(3, 1), "FREQ=DAILY;COUNT=3");
    assert_eq!(move_on(thrice, 9), [berlin_day(3, 2), berlin_day(3, 3)]);
}

#[test]
fn skipped_days_are_left_out_in_every_form() {
    let mut daily = task(&berlin_day(3, 1), "FREQ=DAILY;COUNT=2");
    daily.ex_date = vec!["20260302".to_owned(), "2026-03-02T23:00:00.000+0000".to_owned()].into();
    assert_eq!(next(&daily, date(2026, 3, 1)), Some(berlin_day(3, 4)));
    daily.ex_date.push("next week".into());
    let refusal = daily.next_occurrence(&TimeZone::UTC, date(2026, 3, 1));
    assert_eq!(refusal, Err(NotComputable::SkippedDate("next week".into())));
}

#[test]
fn what_is_not_understood_is_not_computed() {
    let day = berlin_day(3, 1);
    let refusal = |task: &Task| {
        let refusal = task.next_occurrence(&TimeZone::UTC, date(2026, 3, 1)).unwrap_err();
        assert_eq!(task.upcoming(&TimeZone::UTC, date(2026, 3, 1), 3), Err(refusal.clone()));
        refusal
    };
    let mut odd = task(&day, "FREQ=DAILY");
    odd.repeat_from.set("3");
    assert_eq!(refusal(&odd), NotComputable::RepeatFrom("3".into()));
    assert_eq!(refusal(&task(&day, "")), NotComputable::NoRule);
    assert!(matches!(refusal(&task(&day, "FREQ=DAILY;INTERVAL=0")), NotComputable::Rule(_)));
    assert_eq!(refusal(&task(&day, "FREQ=DAILY;X=1")), NotComputable::Part("X=1".into()));
    assert_eq!(refusal(&task(&day, "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30")), NotComputable::NothingFound);
    let mut dateless = task(&day, "FREQ=DAILY");
    dateless.clear_due();
    assert_eq!(refusal(&dateless), NotComputable::NoDate);
}

#[test]
fn a_zone_that_is_not_understood_does_not_end_a_series() {
    let mut lost = task(&Due::day(date(2026, 3, 1)), "FREQ=DAILY");
    lost.time_zone.set("Mars/Base");
    assert_eq!(next(&lost, date(2026, 3, 1)), Some(Due::day(date(2026, 3, 2))));
}

#[test]
fn no_day_is_lost_where_midnight_does_not_exist() {
    for (name, before, count) in [("Africa/Cairo", date(2024, 4, 24), 4), ("America/Sao_Paulo", date(2017, 10, 14), 3)]
    {
        let start = Due::day(before).in_zone(zone(name));
        let days = move_on(task(&start, "FREQ=DAILY"), count);
        let expected = std::iter::successors(Some(before), |day| day.tomorrow().ok()).skip(1).take(count);
        assert!(days.iter().map(Due::date).eq(expected), "{days:?}");
    }
}

#[test]
fn a_gap_moves_one_occurrence_and_not_those_after_it() {
    let mut nightly = task(&at("2024-03-30T01:30[Europe/London]"), "FREQ=DAILY");
    nightly.repeat_first_date.set("2024-03-29T01:30:00.000+0000");
    let moved = [at("2024-03-31T02:30[Europe/London]"), at("2024-04-01T01:30[Europe/London]")];
    assert_eq!(nightly.upcoming(&TimeZone::UTC, date(2024, 3, 30), 2).unwrap(), moved);
    assert_eq!(move_on(nightly, 2), moved);
    let start = "2024-03-31T02:30[Europe/London]";
    let mut short = task(&range(start, "2024-03-31T03:00[Europe/London]"), "FREQ=DAILY");
    short.repeat_first_date.set("2024-03-01T01:30:00.000+0000");
    let after = range("2024-04-01T01:30[Europe/London]", "2024-04-01T03:00[Europe/London]");
    assert_eq!(next(&short, date(2024, 3, 31)), Some(after));
}

#[test]
fn a_floating_time_is_not_moved_for_good_either() {
    let floating =
        |month, day, hour| Due::floating(datetime(2024, month, day, hour, 30, 0, 0)).in_zone(zone("Europe/London"));
    let mut nightly = task(&floating(3, 30, 1), "FREQ=DAILY");
    nightly.repeat_first_date.set("2024-03-29T01:30:00.000+0000");
    // Another client may have stored the instant in the zone that skips the time, so that it is read an hour later.
    nightly.set_due(&floating(3, 31, 2), &TimeZone::UTC).unwrap();
    assert_eq!(next(&nightly, date(2024, 3, 31)), Some(floating(4, 1, 1)));
    nightly.set_due(&floating(3, 31, 1), &TimeZone::UTC).unwrap();
    let kept = nightly.due(&TimeZone::UTC).unwrap();
    assert_eq!(kept, floating(3, 31, 1).in_zone(TimeZone::UTC));
    assert_eq!(next(&nightly, date(2024, 3, 31)), Some(floating(4, 1, 1).in_zone(TimeZone::UTC)));
}

#[test]
fn a_time_that_was_changed_stays_changed() {
    let mut nightly = task(&at("2024-03-31T09:00[Europe/London]"), "FREQ=DAILY");
    nightly.repeat_first_date.set("2024-03-29T01:30:00.000+0000");
    assert_eq!(next(&nightly, date(2024, 3, 31)), Some(at("2024-04-01T09:00[Europe/London]")));
}

#[test]
fn of_a_repeated_hour_the_first_counts() {
    let nightly = task(&at("2024-10-26T01:30[Europe/London]"), "FREQ=DAILY");
    let nights = [at("2024-10-27T01:30+01:00[Europe/London]"), at("2024-10-28T01:30[Europe/London]")];
    assert_eq!(move_on(nightly, 2), nights);
    // From the first half past one to the second: the order would turn on the next day.
    let hour = range("2024-10-27T01:45+01:00[Europe/London]", "2024-10-27T01:15+00:00[Europe/London]");
    let after = range("2024-10-28T01:45[Europe/London]", "2024-10-28T02:15[Europe/London]");
    assert_eq!(next(&task(&hour, "FREQ=DAILY"), date(2024, 10, 27)), Some(after));
}

#[test]
fn every_kind_keeps_its_clock_and_length() {
    let days = Due::days(date(2026, 3, 28)..=date(2026, 3, 30)).unwrap();
    let range = range("2026-03-28T23:00[Asia/Tokyo]", "2026-03-29T01:00[Asia/Tokyo]");
    let floating = Due::floating_range(datetime(2026, 3, 28, 9, 0, 0, 0), datetime(2026, 3, 28, 10, 30, 0, 0)).unwrap();
    for due in [
        days.in_zone(zone("Asia/Tokyo")),
        range,
        floating.in_zone(zone("Asia/Tokyo")),
        at("2026-03-28T09:00[Asia/Tokyo]"),
    ] {
        let after = next(&task(&due, "FREQ=WEEKLY"), date(2026, 3, 28)).unwrap();
        assert_eq!(after.start_date(), date(2026, 4, 4));
        assert_eq!(after.moved_to(date(2026, 3, 28), &zone("Asia/Tokyo")).unwrap(), due, "{after:?}");
        assert_eq!(after.zone(), due.zone());
    }
    assert_eq!(Due::day(date(2026, 3, 1)).moved_to(Date::MAX, &TimeZone::UTC).unwrap(), Due::day(Date::MAX));
    assert!(Due::days(date(2026, 3, 1)..=date(2026, 3, 2)).unwrap().moved_to(Date::MAX, &TimeZone::UTC).is_err());
}

#[test]
fn days_that_a_calendar_skips_have_no_occurrence() {
    for (place, last, next) in [
        ("Pacific/Apia", date(2011, 12, 29), [date(2011, 12, 31), date(2012, 1, 1)]),
        ("Pacific/Kiritimati", date(1994, 12, 30), [date(1995, 1, 1), date(1995, 1, 2)]),
    ] {
        let here = zone(place);
        let skipped = last.tomorrow().unwrap();
        assert_ne!(skipped.to_zoned_datetime(here.clone()).unwrap().date(), skipped, "{place} skips a day");
        let day = Due::day(last);
        let clock = last.at(9, 0, 0, 0);
        for due in [day, Due::at(clock.to_zoned_datetime(here.clone()).unwrap()), Due::floating(clock)] {
            let mut series = Task::new("a", "b");
            series.set_due(&due, &here).unwrap();
            series.repeat_flag.set("RRULE:FREQ=DAILY");
            let upcoming = series.upcoming(&here, last, 2).unwrap();
            assert_eq!(upcoming.iter().map(Due::date).collect::<Vec<_>>(), next, "{due:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is foretold is what comes, however often the rule is written and read in between.
    #[test]
    fn each_occurrence_follows_the_rule(
        day in 0i32..20_000,
        interval in 1u32..5,
        kind in 0usize..5,
        count in prop::option::of(1u32..8),
        mode in 0usize..3,
        zone_name in prop::sample::select(vec!["Europe/London", "Africa/Cairo", "America/Sao_Paulo", "Atlantic/Azores"]),
    ) {
        let first = date(1990, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let mondays = || Recurrence::weekly().on([Weekday::Monday, Weekday::Saturday]);
        let rule = match kind {
            0 => Ok(Recurrence::daily()),
            1 => mondays(),
            2 => Recurrence::monthly().on_days([1, -1]),
            3 => Recurrence::monthly().on_last_workday(),
            _ => Recurrence::daily().skip_weekends(),
        };
        let mut rule = rule.and_then(|rule| rule.every(interval)).unwrap();
        if let Some(count) = count {
            rule = rule.times(count).unwrap();
        }
        // The series starts on a day that the rule names.
        let first = rule.occurrences(first).unwrap().next().unwrap();
        let mut task = task(&Due::day(first).in_zone(zone(zone_name)), rule.as_str());
        task.repeat_from = Field::or_absent([None, Some(0.into()), Some("2".into())][mode].clone());
        let foretold = task.upcoming(&TimeZone::UTC, first, 10).unwrap();
        prop_assert_eq!(foretold.len(), count.map_or(10, |count| count as usize - 1));
        prop_assert_eq!(move_on(task, 10), foretold);
    }
}
