use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = Date::constant(2026, 4, 15);

fn habit(rule: &str) -> Habit {
    let mut habit = Habit::new("h");
    habit.target_start_date.set(20_260_302);
    habit.repeat_rule.set(rule);
    habit
}

fn checked(day: Date, status: CheckinStatus) -> HabitCheckin {
    let mut check_in = HabitCheckin::new("h", day);
    check_in.status.set(status);
    check_in
}

/// Builds the history of a habit that started on Monday, 2 March 2026 and was done the given days later.
fn history(rule: &str, done: &[i64]) -> HabitHistory {
    let check_ins: Vec<_> =
        done.iter().map(|days| checked(plus(date(2026, 3, 2), *days), CheckinStatus::Done)).collect();
    HabitHistory::new(&habit(rule), &check_ins, &TimeZone::UTC, Weekday::Monday, TODAY).unwrap()
}

#[test]
fn a_streak_holds_over_days_that_are_not_due() {
    let rule = "RRULE:FREQ=WEEKLY;BYDAY=MO,WE";
    let history = history(rule, &[0, 2, 7, 9, 11, 14]);
    assert_eq!(history.longest_streak(), 6, "one was extra");
    assert_eq!(history.current_streak(), 0);
    assert_eq!(history.completion_rate(date(2026, 3, 1)..=date(2026, 3, 22)), Some(5.0 / 6.0));
    assert_eq!(history.completion_rate(date(2026, 3, 3)..=date(2026, 3, 3)), None);
}

#[test]
fn times_a_week_are_counted_by_weeks() {
    let rule = "RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=2";
    // 44 days after the start is today, a Wednesday: the week before was full, this one is not over.
    assert_eq!(history(rule, &[35, 40]).current_streak(), 2);
    assert_eq!(history(rule, &[28, 35, 40]).current_streak(), 2, "one week was short");
    assert_eq!(history(rule, &[35]).current_streak(), 0);
    let three = history(rule, &[0, 1, 2, 7, 8, 14]);
    assert_eq!(three.longest_streak(), 6);
    assert_eq!(three.total(), 6);
    assert_eq!(three.completion_rate(date(2026, 3, 2)..=date(2026, 3, 22)), Some(5.0 / 6.0));
}

#[test]
fn days_before_the_start_of_a_habit_have_no_rate() {
    for rule in ["", "RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=2"] {
        let done = checked(date(2026, 3, 2), CheckinStatus::Done);
        let history = HabitHistory::new(&habit(rule), [&done], &TimeZone::UTC, Weekday::Sunday, TODAY).unwrap();
        // The first of March is in the same week as the start.
        assert_eq!(history.completion_rate(date(2026, 3, 1)..=date(2026, 3, 1)), None);
        assert_eq!(history.completion_rate(date(2026, 3, 1)..=date(2026, 3, 2)), Some(1.0));
    }
}

#[test]
fn today_is_no_miss_unless_it_is_marked() {
    assert_eq!(history("", &[42, 43]).current_streak(), 2);
    assert_eq!(history("", &[42]).current_streak(), 0);
    let marked = [checked(plus(TODAY, -1), CheckinStatus::Done), checked(TODAY, CheckinStatus::Undone)];
    let history = HabitHistory::new(&habit(""), &marked, &TimeZone::UTC, Weekday::Monday, TODAY).unwrap();
    assert_eq!(history.current_streak(), 0);
    assert_eq!(history.longest_streak(), 1);
}

#[test]
fn what_does_not_belong_is_passed_over() {
    let mut others = checked(TODAY, CheckinStatus::Done);
    others.habit_id = "other".into();
    let mut odd = checked(TODAY, CheckinStatus::Done);
    odd.checkin_stamp = 0.into();
    let twice = checked(TODAY, CheckinStatus::Done);
    let all = [others, odd, twice.clone(), twice, checked(plus(TODAY, -1), CheckinStatus::InProgress)];
    let history = HabitHistory::new(&habit(""), &all, &TimeZone::UTC, Weekday::Monday, TODAY).unwrap();
    assert_eq!(history.total(), 1);
    assert_eq!(history.current_streak(), 1);
}

/// The same by walking over every day, back from today.
fn walked(history: &HabitHistory) -> (usize, usize) {
    let (mut current, mut longest, mut run, mut holds) = (0, 0, 0, true);
    let mut day = TODAY;
    while day >= date(2026, 3, 2) {
        if history.done.contains(&day) {
            run += 1;
            longest = longest.max(run);
            current = if holds { run } else { current };
        } else if history.schedule.is_due(day) && day != TODAY {
            run = 0;
            holds = false;
        }
        day = plus(day, -1);
    }
    (current, longest)
}

proptest! {
    #[test]
    fn streaks_are_those_of_a_walk_over_all_days(
        rule in prop::sample::select(vec![
            "", "RRULE:FREQ=DAILY;INTERVAL=3", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15",
        ]),
        done in prop::collection::vec(0_i64..=44, 0..40),
    ) {
        let history = history(rule, &done);
        prop_assert_eq!((history.current_streak(), history.longest_streak()), walked(&history));
        prop_assert!(history.current_streak() <= history.longest_streak());
        prop_assert!(history.longest_streak() <= history.total());
    }

    #[test]
    fn one_more_day_never_shortens_a_streak(
        times in 1..8, done in prop::collection::vec(0_i64..=44, 0..40), more in 0_i64..=44,
    ) {
        let rule = format!("RRULE:FREQ=WEEKLY;TT_TIMES={times}");
        let before = history(&rule, &done);
        let after = history(&rule, &[done, vec![more]].concat());
        prop_assert!(after.longest_streak() >= before.longest_streak());
        prop_assert!(after.current_streak() >= before.current_streak());
        let rate = after.completion_rate(date(2026, 3, 2)..=TODAY).unwrap();
        prop_assert!((0.0..=1.0).contains(&rate));
        prop_assert!(rate >= before.completion_rate(date(2026, 3, 2)..=TODAY).unwrap());
    }
}

#[test]
fn a_range_up_to_the_last_day_ends() {
    // Only the last weeks are checked, because all of them take long.
    let mut habit = habit("RRULE:FREQ=WEEKLY;TT_TIMES=2");
    habit.target_start_date.set(99_991_101);
    let history = HabitHistory::new(&habit, &[], &TimeZone::UTC, Weekday::Monday, TODAY).unwrap();
    assert_eq!(history.completion_rate(TODAY..=Date::MAX), Some(0.0));
}
