//! Our dates against those of the crate `rrule`, in UTC, where both know the rule.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use ticktick_models::{Frequency, Recurrence, Until};

/// How many dates are compared.
const DATES: usize = 12;

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

fn theirs(rule: &str, first: Date) -> Vec<String> {
    let text = format!("DTSTART:{}T000000Z\nRRULE:{rule}", first.strftime("%Y%m%d"));
    let dates = text.parse::<rrule::RRuleSet>().unwrap().all(DATES as u16).dates;
    dates.iter().map(|date| date.format("%Y-%m-%d").to_string()).collect()
}

fn ours(rule: &str, first: Date) -> Vec<String> {
    let dates = Recurrence::parse(rule).unwrap().occurrences(first).unwrap();
    dates.take(DATES).map(|date| date.to_string()).collect()
}

fn any_date() -> impl Strategy<Value = Date> {
    (1990i16..2060, 1i16..=365).prop_map(|(year, day)| date(year, 1, 1).with().day_of_year(day).build().unwrap())
}

/// A part of a rule with some of the values, or no part.
fn some(key: &'static str, values: Vec<String>) -> impl Strategy<Value = String> {
    let most = values.len().min(4);
    prop_oneof![
        2 => Just(String::new()),
        1 => subsequence(values, 1..=most).prop_map(move |values| format!(";{key}={}", values.join(","))),
    ]
}

fn numbers(ranges: &[std::ops::RangeInclusive<i16>]) -> Vec<String> {
    ranges.iter().cloned().flatten().map(|number| number.to_string()).collect()
}

fn weekdays() -> Vec<String> {
    WEEKDAYS.map(str::to_owned).to_vec()
}

/// Weekdays, or counted ones; the oracle takes neither both at once nor the fifth from the end.
fn counted_weekdays(most: i16) -> impl Strategy<Value = String> {
    let nths: Vec<i16> = (-most..=most).filter(|nth| *nth != 0).collect();
    let counted = nths.iter().flat_map(|nth| WEEKDAYS.map(|day| format!("{nth}{day}"))).collect();
    prop_oneof![some("BYDAY", weekdays()), some("BYDAY", counted)]
}

fn end() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        (1u32..20).prop_map(|count| format!(";COUNT={count}")),
        any_date().prop_map(|date| format!(";UNTIL={}T000000Z", date.strftime("%Y%m%d"))),
    ]
}

/// Positions, where there is something to choose from.
fn with_positions(rule: String, position: &str) -> String {
    if rule.contains("BYDAY") || rule.contains("BYMONTHDAY") { format!("{rule}{position}") } else { rule }
}

fn daily() -> impl Strategy<Value = String> {
    let months = some("BYMONTH", numbers(&[1..=12]));
    let days = some("BYMONTHDAY", numbers(&[-31..=-1, 1..=31]));
    (months, days, some("BYDAY", weekdays())).prop_map(|(m, d, w)| format!("FREQ=DAILY{m}{d}{w}"))
}

fn weekly() -> impl Strategy<Value = String> {
    (some("BYMONTH", numbers(&[1..=12])), some("BYDAY", weekdays())).prop_map(|(m, w)| format!("FREQ=WEEKLY{m}{w}"))
}

fn monthly() -> impl Strategy<Value = String> {
    let months = some("BYMONTH", numbers(&[1..=12]));
    let days = some("BYMONTHDAY", numbers(&[-31..=-1, 1..=31]));
    let position = some("BYSETPOS", numbers(&[-4..=-1, 1..=4]));
    (months, days, counted_weekdays(4), position)
        .prop_map(|(m, d, w, p)| with_positions(format!("FREQ=MONTHLY{m}{d}{w}"), &p))
}

fn yearly() -> impl Strategy<Value = String> {
    let months = some("BYMONTH", numbers(&[1..=12]));
    let days = some("BYMONTHDAY", numbers(&[-31..=-1, 1..=31]));
    let position = some("BYSETPOS", numbers(&[-4..=-1, 1..=4]));
    let by_month = (months, days, counted_weekdays(5), position)
        .prop_map(|(m, d, w, p)| with_positions(format!("FREQ=YEARLY{m}{d}{w}"), &p));
    // Of weeks that lie in two years the oracle misses days; `weeks_are_those_of_iso_8601` looks at those.
    let weeks = some("BYWEEKNO", numbers(&[-40..=-5, 1..=51]));
    let by_week = (weeks, some("BYDAY", weekdays())).prop_map(|(n, w)| format!("FREQ=YEARLY{n}{w}"));
    let by_day = some("BYYEARDAY", numbers(&[-366..=-1, 1..=366])).prop_map(|d| format!("FREQ=YEARLY{d}"));
    prop_oneof![by_month, by_week, by_day]
}

fn any_rule() -> impl Strategy<Value = String> {
    let base = prop_oneof![daily(), weekly(), monthly(), yearly()];
    let week_start = prop_oneof![Just(String::new()), select(weekdays()).prop_map(|day| format!(";WKST={day}"))];
    (base, 1u32..5, week_start, end())
        .prop_map(|(base, interval, start, end)| format!("{base};INTERVAL={interval}{start}{end}"))
}

fn has(list: &[i16], number: i16, length: i16) -> bool {
    list.is_empty() || list.contains(&number) || list.contains(&(number - length - 1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dates_are_those_of_the_oracle(rule in any_rule(), first in any_date()) {
        // The oracle refuses a series that ends before it starts.
        let until = Recurrence::parse(&rule).unwrap().rule().unwrap().until;
        let is_over = until.is_some_and(|until| until.last_day(&jiff::tz::TimeZone::UTC) < first);
        let expected = if is_over { Vec::new() } else { theirs(&rule, first) };
        prop_assert_eq!(ours(&rule, first), expected, "{} from {}", rule, first);
    }

    #[test]
    fn every_date_has_what_the_rule_asks_for(rule in any_rule(), first in any_date()) {
        let recurrence = Recurrence::parse(&rule).unwrap();
        let rule = recurrence.rule().unwrap();
        let dates: Vec<Date> = recurrence.occurrences(first).unwrap().take(50).collect();
        prop_assert!(dates.is_sorted_by(|one, other| one < other) && dates.iter().all(|date| *date >= first));
        prop_assert!(rule.count.is_none_or(|count| dates.len() <= count as usize));
        for day in dates {
            prop_assert!(rule.months.is_empty() || rule.months.contains(&day.month().into()));
            prop_assert!(has(&rule.month_days, day.day().into(), day.days_in_month().into()));
            prop_assert!(has(&rule.year_days, day.day_of_year(), day.days_in_year()));
            prop_assert!(rule.weekdays.is_empty() || rule.weekdays.iter().any(|on| on.weekday == day.weekday()));
            if let Some(Until::Instant(until)) = rule.until {
                prop_assert!(day.to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap().timestamp() <= until);
            }
            if rule.frequency == Frequency::Monthly {
                let months = i32::from(day.year() - first.year()) * 12 + i32::from(day.month() - first.month());
                prop_assert_eq!(months % rule.interval as i32, 0);
            }
        }
    }

    #[test]
    fn weekends_are_left_out_and_nothing_else(rule in any_rule(), first in any_date()) {
        let rule = rule.split(";COUNT").next().unwrap_or_default();
        let dates = |rule: &str| Recurrence::parse(rule).unwrap().occurrences(first).unwrap().take(50).collect::<Vec<_>>();
        let is_weekend = |date: &Date| matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let expected: Vec<Date> = dates(rule).into_iter().filter(|date| !is_weekend(date)).collect();
        let without: Vec<Date> = dates(&format!("{rule};TT_SKIP=WEEKEND"));
        prop_assert_eq!(&without[..expected.len().min(50)], &expected[..]);
    }

    #[test]
    fn any_rule_is_written_as_it_came(
        rule in any_rule(),
        head in select(vec!["", "RRULE:", "rrule:"]),
        unknown in prop::collection::vec(("[A-Z]{3}[A-Z_-]{0,8}X", "[^;]{0,12}"), 0..3),
        interval in 1u32..99,
    ) {
        let unknown: Vec<String> = unknown.iter().map(|(key, value)| format!("X-{key}={value}")).collect();
        let text = format!("{head}{}", [&[rule][..], &unknown[..]].concat().join(";"));
        let recurrence = Recurrence::parse(&text).unwrap();
        prop_assert_eq!(recurrence.to_string(), &*text);
        prop_assert!(recurrence.unknown_parts().eq(unknown.iter().map(String::as_str)));
        let changed = recurrence.every(interval).unwrap();
        prop_assert!(changed.unknown_parts().eq(unknown.iter().map(String::as_str)));
        prop_assert_eq!(changed.rule().unwrap().interval, interval);
        prop_assert!(!changed.describe().is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused_and_never_changed(text in "\\PC{0,40}") {
        if let Ok(recurrence) = Recurrence::parse(&text) {
            prop_assert_eq!(recurrence.as_str(), text);
        }
    }
}
