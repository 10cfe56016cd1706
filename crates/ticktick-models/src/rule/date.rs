//! The words for dates in a rule.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::context::RuleContext;
use crate::{Due, FilterDate, Task};

/// The first and the last of some days.
type Days = (Date, Date);

impl FilterDate {
    /// Creates the word for days relative to today, first and last: `span(0~2)` is today and the two days
    /// after it.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::FilterDate;
    ///
    /// assert_eq!(FilterDate::span(-7, -1).as_str(), "span(-7~-1)");
    /// ```
    #[must_use]
    pub fn span(first: i32, last: i32) -> Self {
        Self::Unknown(format!("span({first}~{last})").into())
    }

    /// Returns whether a task's date matches the word; `None` for an unknown word.
    ///
    /// Case is ignored, because sources disagree on it.
    pub(super) fn holds(word: &str, task: &Task, due: Option<&Due>, context: &RuleContext) -> Option<bool> {
        let word = Self::from(word.to_ascii_lowercase());
        let days = due.map(|due| due.days_in(&context.zone).into_inner());
        Some(match word {
            Self::NoDue | Self::NoDate => days.is_none(),
            Self::Repeat => task.repeat_flag.as_deref().is_some_and(|flag| !flag.is_empty()),
            Self::Overdue => days.is_some_and(|(_, last)| last < context.today),
            word => {
                let window = word.window(context)?;
                days.is_some_and(|(first, last)| first <= window.1 && last >= window.0)
            }
        })
    }

    /// Returns the days that a word means.
    fn window(&self, context: &RuleContext) -> Option<Days> {
        let today = context.today;
        let week = plus(today, -i64::from(today.weekday().since(context.week_start)));
        let next_month = plus(today.last_of_month(), 1);
        Some(match self {
            Self::Today => (today, today),
            Self::Tomorrow => (plus(today, 1), plus(today, 1)),
            Self::ThisWeek => (week, plus(week, 6)),
            Self::NextWeek => (plus(week, 7), plus(week, 13)),
            Self::ThisMonth => (today.first_of_month(), today.last_of_month()),
            Self::NextMonth => (next_month, next_month.last_of_month()),
            Self::Unknown(word) => span(word, today)?,
            _ => return None,
        })
    }
}

/// Returns the days of `span(a~b)`; a side without a number has no end.
fn span(word: &str, today: Date) -> Option<Days> {
    let (first, last) = sides(word)?;
    let day = |days: i32| plus(today, days.into());
    let days = (first.map_or(Date::MIN, day), last.map_or(Date::MAX, day));
    (days.0 <= days.1 && days != (Date::MIN, Date::MAX)).then_some(days)
}

/// Returns the sides of `span(a~b)`, in days from today.
pub(super) fn sides(word: &str) -> Option<(Option<i32>, Option<i32>)> {
    let (first, last) = word.strip_prefix("span(")?.strip_suffix(')')?.split_once('~')?;
    let side = |text: &str| match text.trim() {
        "" => Some(None),
        days => days.parse::<i32>().ok().map(Some),
    };
    Some((side(first)?, side(last)?))
}

/// Adds days to a date, up to the ends of the calendar.
fn plus(date: Date, days: i64) -> Date {
    date.saturating_add(SignedDuration::from_hours(24 * days))
}
