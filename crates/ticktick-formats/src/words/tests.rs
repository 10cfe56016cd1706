//! Tests of repeats in words.

use super::*;

fn rule(text: &str) -> String {
    repeat(text, jiff::civil::date(2026, 11, 26)).map_or_else(|| "-".to_owned(), |repeat| repeat.rule)
}

#[test]
fn words_become_rules() {
    for (text, expected) in [
        ("every day", "FREQ=DAILY;INTERVAL=1"),
        ("every! 3 days", "FREQ=DAILY;INTERVAL=3"),
        ("every other tuesday at 18:30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every mon, tue", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU"),
        ("every week on Monday, Tuesday and Friday", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,FR"),
        ("every 2 weeks on Saturday when done", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        ("every workday", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR"),
        ("every weekend", "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA"),
        ("every month on the 1st", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1"),
        ("every 27th", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=27"),
        ("every 1st, 15th", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,15"),
        ("every last day", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1"),
        ("every month on the last", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1"),
        ("every 3rd friday", "FREQ=MONTHLY;INTERVAL=1;BYDAY=3FR"),
        ("every last friday of the month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR"),
        ("every month on the 2nd last Friday", "FREQ=MONTHLY;INTERVAL=1;BYDAY=-2FR"),
        ("every jan 27th", "FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=27"),
        ("every 27th jan", "FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=27"),
        ("every 15 jan", "FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=15"),
        ("every January on the 15th", "FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=15"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3"),
        ("every year", "FREQ=YEARLY;INTERVAL=1"),
        ("every morning", "FREQ=DAILY;INTERVAL=1"),
        ("every monday morning", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"),
        ("every workday evening", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR"),
        ("every day ending 2027-03-01", "FREQ=DAILY;INTERVAL=1;UNTIL=20270301"),
        ("every 2 weeks starting dec 1 at 9am", "FREQ=WEEKLY;INTERVAL=2"),
        ("daily", "FREQ=DAILY;INTERVAL=1"),
    ] {
        assert_eq!(rule(text), format!("RRULE:{expected}"), "{text}");
    }
}

#[test]
fn half_a_rule_is_none() {
    for text in
        ["every 3 hours", "every", "every blue moon", "jeden zweiten Samstag", "every day for 3 weeks", "every 0 days"]
    {
        assert_eq!(rule(text), "-", "{text}");
    }
}

#[test]
fn times_and_starts_are_kept() {
    let found = repeat("every 2 weeks starting dec 1 at 9am", jiff::civil::date(2026, 11, 26)).unwrap();
    assert_eq!(found.start, Some(jiff::civil::date(2026, 12, 1)));
    assert_eq!(found.time, Some(jiff::civil::time(9, 0, 0, 0)));
    let found = repeat("every monday night", jiff::civil::date(2026, 11, 26)).unwrap();
    assert_eq!(found.time, Some(jiff::civil::time(22, 0, 0, 0)));
}
