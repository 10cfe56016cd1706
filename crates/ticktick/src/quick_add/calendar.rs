//! Arithmetic on the calendar: weeks, months and the next date of a kind.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::item::Context;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day,
    Week,
    Month,
    Year,
}

pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// Returns the first such weekday after a date.
pub(super) fn next_weekday(after: Date, weekday: Weekday) -> Option<Date> {
    let days = i64::from(weekday.since(after.weekday()));
    plus_days(after, if days == 0 { 7 } else { days })
}

/// Returns the first day of this week.
fn week(context: &Context) -> Option<Date> {
    plus_days(context.today, -i64::from(context.today.weekday().since(context.week_start)))
}

/// Returns a weekday of this week or of a later one.
pub(super) fn weekday_of_week(context: &Context, weekday: Weekday, weeks: i64) -> Option<Date> {
    plus_days(week(context)?, weeks * 7 + i64::from(weekday.since(context.week_start)))
}

/// Returns Saturday, or today if today is Sunday.
pub(super) fn this_weekend(context: &Context) -> Option<Date> {
    match context.today.weekday() {
        Weekday::Saturday | Weekday::Sunday => Some(context.today),
        _ => next_weekday(context.today, Weekday::Saturday),
    }
}

/// Returns Saturday of next week, never a day of this weekend.
pub(super) fn next_weekend(context: &Context) -> Option<Date> {
    let saturday = weekday_of_week(context, Weekday::Saturday, 1)?;
    if Some(saturday) == this_weekend(context) { plus_days(saturday, 7) } else { Some(saturday) }
}

/// Returns the first day of the next period.
pub(super) fn next_period(context: &Context, period: Period) -> Option<Date> {
    plus_days(end_of(context, period)?, 1)
}

/// Returns the last day of the current period.
pub(super) fn end_of(context: &Context, period: Period) -> Option<Date> {
    match period {
        Period::Day => Some(context.today),
        Period::Week => plus_days(week(context)?, 6),
        Period::Month => Some(context.today.last_of_month()),
        Period::Year => Date::new(context.today.year(), 12, 31).ok(),
    }
}

/// Returns the next such day on or after a date, in the first year that has this day.
pub(super) fn next_in_year(from: Date, month: i8, day: i8) -> Option<Date> {
    let years = from.year()..=from.year().saturating_add(8);
    years.filter_map(|year| Date::new(year, month, day).ok()).find(|date| *date >= from)
}

/// Returns the next such day on or after a date, in the first month that has this day.
pub(super) fn next_in_month(from: Date, day: i8) -> Option<Date> {
    let mut first = from.first_of_month();
    for _ in 0..12 {
        match Date::new(first.year(), first.month(), day) {
            Ok(date) if date >= from => return Some(date),
            _ => first = first.checked_add(1.month()).ok()?,
        }
    }
    None
}
