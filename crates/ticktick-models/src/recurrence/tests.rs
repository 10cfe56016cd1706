use jiff::civil::{Weekday, date};
use jiff::tz::TimeZone;

use super::*;
use crate::RepeatFrom;

fn read(text: &str) -> Recurrence {
    Recurrence::parse(text).unwrap()
}

fn dates(text: &str, first: Date, most: usize) -> Vec<String> {
    read(text).occurrences(first).unwrap().take(most).map(|date| date.to_string()).collect()
}

#[test]
fn nonsense_is_refused_by_its_part() {
    for (text, part) in [
        ("", ""),
        ("soon", "soon"),
        ("RRULE:", ""),
        ("RRULE:INTERVAL=1", "INTERVAL=1"),
        ("RRULE:FREQ=SOMETIMES", "FREQ=SOMETIMES"),
        ("RRULE:FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("RRULE:FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("RRULE:FREQ=DAILY;interval=-1", "interval=-1"),
        ("RRULE:FREQ=DAILY;COUNT=0", "COUNT=0"),
        ("RRULE:FREQ=DAILY;COUNT=4294967296", "COUNT=4294967296"),
        ("RRULE:FREQ=DAILY;UNTIL=soon", "UNTIL=soon"),
        ("RRULE:FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230"),
        ("RRULE:FREQ=DAILY;WKST=1", "WKST=1"),
        ("RRULE:FREQ=DAILY;X", "X"),
        ("RRULE:FREQ=WEEKLY;BYDAY=", "BYDAY="),
        ("RRULE:FREQ=WEEKLY;BYDAY=é", "BYDAY=é"),
        ("RRULE:FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO"),
        ("RRULE:FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY=1"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"),
        ("RRULE:FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO=1"),
        ("RRULE:FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY=1"),
        ("RRULE:FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS=1"),
        ("RRULE:FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=1", "BYDAY=1MO"),
        ("RRULE:FREQ=YEARLY;BYMONTH=-1", "BYMONTH=-1"),
        ("ERULE:NAME=CUSTOM", "NAME=CUSTOM"),
        ("ERULE:NAME=CUSTOM;BYDATE=2026-03-01", "BYDATE=2026-03-01"),
    ] {
        assert_eq!(Recurrence::parse(text).unwrap_err().part(), part, "{text}");
    }
}

#[test]
fn what_is_not_known_is_kept_and_not_computed() {
    for (text, part) in [
        ("RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY", "TT_SKIP=HOLIDAY"),
        ("RRULE:FREQ=DAILY;TT_SKIP=WEEKEND,HOLIDAY", "TT_SKIP=WEEKEND,HOLIDAY"),
        ("RRULE:FREQ=MONTHLY;TT_WORKDAY=2", "TT_WORKDAY=2"),
        ("RRULE:FREQ=WEEKLY;TT_TIMES=3", "TT_TIMES=3"),
        ("RRULE:FREQ=DAILY;BYHOUR=9,10", "BYHOUR=9,10"),
        ("RRULE:FREQ=HOURLY", "FREQ=HOURLY"),
        ("LUNAR:FREQ=YEARLY", "LUNAR:FREQ=YEARLY"),
        ("ERULE:NAME=FORGETTINGCURVE;CYCLE=0", "ERULE:NAME=FORGETTINGCURVE;CYCLE=0"),
        ("ERULE:NAME=CUSTOM;BYDATE=20260301;X=1", "X=1"),
    ] {
        assert_eq!(read(text).as_str(), text);
        let refusal = read(text).occurrences(date(2026, 3, 1)).unwrap_err();
        assert_eq!(refusal, NotComputable::Part(part.into()), "{text}");
    }
}

#[test]
fn case_and_empty_parts_do_not_matter_and_stay() {
    let odd = read("rrule:freq=weekly;;byday=mo,we;");
    assert_eq!(odd.describe(), "every week on Monday and Wednesday");
    assert_eq!(odd.every(2).unwrap().as_str(), "rrule:freq=weekly;;byday=mo,we;;INTERVAL=2");
}

#[test]
fn a_change_leaves_the_other_parts_alone() {
    let rule = read("FREQ=DAILY;NEW=a:b;UNTIL=20260301;TT_SKIP=HOLIDAY;INTERVAL=1");
    let changed = rule.times(3).unwrap().every(2).unwrap();
    assert_eq!(changed.as_str(), "FREQ=DAILY;NEW=a:b;TT_SKIP=HOLIDAY;INTERVAL=2;COUNT=3");
    let until = changed.until(date(2026, 4, 1)).unwrap();
    assert_eq!(until.as_str(), "FREQ=DAILY;NEW=a:b;TT_SKIP=HOLIDAY;INTERVAL=2;UNTIL=20260401");
}

#[test]
fn changes_that_make_no_sense_are_refused() {
    assert_eq!(Recurrence::daily().every(0).unwrap_err().part(), "INTERVAL=0");
    assert_eq!(Recurrence::monthly().on_days([]).unwrap_err().part(), "BYMONTHDAY=");
    assert_eq!(Recurrence::on_dates([]).unwrap_err().part(), "BYDATE=");
    assert!(Recurrence::weekly().on_days([1]).is_err() && Recurrence::daily().on_nth(1, Weekday::Monday).is_err());
    let listed = Recurrence::on_dates([date(2026, 3, 1)]).unwrap();
    assert_eq!(listed.times(2).unwrap_err().part(), "ERULE:NAME=CUSTOM;BYDATE=20260301");
}

#[test]
fn a_made_rule_is_the_one_that_is_read() {
    for made in [Recurrence::daily(), Recurrence::weekly(), Recurrence::monthly(), Recurrence::yearly()] {
        assert_eq!(read(made.as_str()), made);
    }
    let counted = Recurrence::daily().times(3).unwrap().moved_on();
    assert_eq!(read(counted.as_str()), counted);
}

#[test]
fn a_series_that_moves_on_has_one_less_to_come() {
    let moved = |text: &str| read(text).moved_on().to_string();
    assert_eq!(moved("RRULE:FREQ=DAILY;COUNT=30;X=1;INTERVAL=1"), "RRULE:FREQ=DAILY;COUNT=29;X=1;INTERVAL=1");
    for same in ["FREQ=DAILY", "FREQ=DAILY;COUNT=1", "ERULE:NAME=CUSTOM;BYDATE=20260405,20260301", "LUNAR:COUNT=3"] {
        assert_eq!(moved(same), same);
    }
}

#[test]
fn weekends_are_skipped() {
    let friday = date(2026, 3, 6);
    assert_eq!(dates("FREQ=DAILY;TT_SKIP=WEEKEND", friday, 2), ["2026-03-06", "2026-03-09"]);
    assert_eq!(dates("FREQ=DAILY;INTERVAL=2;TT_SKIP=WEEKEND", friday, 2), ["2026-03-06", "2026-03-10"]);
    assert_eq!(dates("FREQ=DAILY;COUNT=3;TT_SKIP=WEEKEND", friday, 9).len(), 3);
}

#[test]
fn working_days_are_found_at_both_ends() {
    let all = dates("FREQ=MONTHLY;TT_WORKDAY=1", date(2026, 1, 1), 5);
    assert_eq!(all, ["2026-01-01", "2026-02-02", "2026-03-02", "2026-04-01", "2026-05-01"]);
    let all = dates("FREQ=MONTHLY;TT_WORKDAY=-1", date(2026, 1, 1), 5);
    assert_eq!(all, ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29"]);
    let as_positions = |last: &str| format!("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={last}");
    for end in ["1", "-1"] {
        let ours = dates(&format!("FREQ=MONTHLY;TT_WORKDAY={end}"), date(2020, 1, 1), 120);
        assert_eq!(ours, dates(&as_positions(end), date(2020, 1, 1), 120));
    }
    assert_eq!(dates("FREQ=YEARLY;TT_WORKDAY=-1", date(2026, 2, 3), 2), ["2026-02-27", "2027-02-26"]);
}

#[test]
fn listed_dates_come_in_order() {
    let text = "ERULE:NAME=CUSTOM;BYDATE=20260405,20260301,20260405";
    assert_eq!(dates(text, date(2026, 1, 1), 9), ["2026-03-01", "2026-04-05"]);
    assert_eq!(dates(text, date(2026, 3, 2), 9), ["2026-04-05"]);
}

#[test]
fn the_day_of_the_end_is_part_of_the_series() {
    let last = |text: &str, zone: &str| {
        let zone = TimeZone::get(zone).unwrap();
        read(text).rule().unwrap().until.unwrap().last_day(&zone).to_string()
    };
    assert_eq!(dates("FREQ=DAILY;UNTIL=20260303", date(2026, 3, 2), 9), ["2026-03-02", "2026-03-03"]);
    assert_eq!(last("FREQ=DAILY;UNTIL=20260303T090000", "Asia/Shanghai"), "2026-03-03");
    assert_eq!(last("FREQ=DAILY;UNTIL=20260302T160000Z", "Asia/Shanghai"), "2026-03-03");
    assert_eq!(last("FREQ=DAILY;UNTIL=20260303T040000Z", "America/Chicago"), "2026-03-02");
}

#[test]
fn the_search_comes_to_an_end() {
    for text in [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=WEEKLY;TT_SKIP=WEEKEND",
        "FREQ=YEARLY;INTERVAL=4294967295;BYMONTH=1",
    ] {
        let mut dates = read(text).occurrences(date(2026, 3, 1)).unwrap();
        assert_eq!(dates.next(), None, "{text}");
        assert!(dates.gave_up(), "{text}");
        assert_eq!(dates.next(), None, "{text}");
    }
    assert_eq!(dates("FREQ=YEARLY", date(2026, 3, 1), 900)[899], "2925-03-01", "the limit applies to each date");
    let mut last = read("FREQ=DAILY").occurrences(Date::MAX).unwrap();
    assert_eq!(last.next(), Some(Date::MAX));
    assert_eq!(last.next(), None);
    assert_eq!(dates("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", date(2088, 3, 1), 1), ["2128-02-29"]);
}

#[test]
fn weeks_are_those_of_iso_8601() {
    let all: Vec<Date> =
        std::iter::successors(Some(date(1990, 1, 1)), |day| day.tomorrow().ok()).take(15_000).collect();
    for number in [1, 52, 53] {
        let in_week = all.iter().filter(|day| day.iso_week_date().week() == number);
        let expected: Vec<String> = in_week.map(Date::to_string).collect();
        assert_eq!(dates(&format!("FREQ=YEARLY;BYWEEKNO={number}"), all[0], expected.len()), expected);
    }
    let last = dates("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", date(2026, 1, 1), 3);
    assert_eq!(last, ["2027-01-03", "2028-01-02", "2028-12-31"]);
    // Weeks that begin on Tuesday: the 52nd of 2005 goes from 27 December to 2 January.
    let days = dates("FREQ=YEARLY;BYWEEKNO=52;WKST=TU", date(2005, 12, 27), 8);
    assert_eq!(days[4..], ["2005-12-31", "2006-01-01", "2006-01-02", "2006-12-26"]);
}

#[test]
fn everything_has_words() {
    for (text, words) in [
        ("FREQ=DAILY;INTERVAL=3;COUNT=1", "every 3 days, once"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "every 2 weeks on Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "every 2 weeks, with weeks that begin on Sunday"),
        ("FREQ=WEEKLY;WKST=SU;TT_TIMES=3", "3 times every week"),
        ("FREQ=WEEKLY;TT_TIMES=1", "once every week"),
        ("FREQ=DAILY;BYMONTH=3,5", "every day in March and May"),
        ("FREQ=MONTHLY;TT_WORKDAY=-1", "on the last working day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2,3,11,22", "on the 1st, the 2nd, the 3rd, the 11th and the 22nd of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "on the 2nd last day of every month"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on Friday, if it is the 13th"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1", "every month on Monday and Tuesday, only the 1st and last of these"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=10", "every year on 29 February, 10 times"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the 4th Thursday of November"),
        ("FREQ=YEARLY;BYMONTH=1;BYDAY=SU", "every year on Sunday in January"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "every year on the last day of February"),
        ("FREQ=YEARLY;BYYEARDAY=100,-1", "every year on the 100th and last day of the year"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year on Monday in the 20th week of the year"),
        ("FREQ=YEARLY;BYWEEKNO=-1", "every year in the last week of the year"),
        ("FREQ=DAILY;UNTIL=20260303T090000", "every day, until 3 March 2026"),
        ("FREQ=DAILY;UNTIL=20260303T040000Z", "every day, until 3 March 2026 at 04:00 UTC"),
        ("ERULE:NAME=CUSTOM;BYDATE=20251231,20260301,20260405", "on 31 December 2025, 1 March and 5 April 2026"),
        ("LUNAR:A=1", "by a rule that this version does not know: LUNAR:A=1"),
        (
            "FREQ=DAILY;X=1;TT_SKIP=HOLIDAY",
            "every day, with parts that this version does not know: X=1, TT_SKIP=HOLIDAY",
        ),
    ] {
        assert_eq!(read(text).describe(), words, "{text}");
    }
}

#[test]
fn what_a_series_counts_from_is_read() {
    let read = |json: &str| {
        let text = format!(r#"{{"id":"a","projectId":"b"{json}}}"#);
        RepeatFrom::read(&serde_json::from_str::<crate::Task>(&text).unwrap().repeat_from)
    };
    for json in ["", r#","repeatFrom":null"#, r#","repeatFrom":"""#, r#","repeatFrom":2"#, r#","repeatFrom":"2""#] {
        assert_eq!(read(json), Some(RepeatFrom::Calendar), "{json}");
    }
    assert_eq!(read(r#","repeatFrom":"0""#), Some(RepeatFrom::DueDate));
    assert_eq!(read(r#","repeatFrom":0"#), Some(RepeatFrom::DueDate));
    assert_eq!(read(r#","repeatFrom":"1""#), Some(RepeatFrom::Completion));
    assert_eq!(read(r#","repeatFrom":1"#), Some(RepeatFrom::Completion));
    assert_eq!(read(r#","repeatFrom":3"#), None);
    assert_eq!(read(r#","repeatFrom":"x""#), None);
}
