//! The parsed parts of a rule.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::{Field, RepeatFrom, TextOrInt};

/// The text of a recurrence, read.
pub(super) struct Reading {
    pub(super) form: Form,
    /// Unknown parts.
    pub(super) unknown: Vec<Box<str>>,
}

/// What the text of a recurrence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Rule(RecurrenceRule),
    /// Sorted, without duplicates.
    Listed(Vec<Date>),
    /// Kept, but not understood.
    Other,
}

/// The parts of an RFC 5545 rule, with TickTick's extensions. Empty lists mean absent parts.
///
/// Use [`Recurrence`](crate::Recurrence) to create and change rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecurrenceRule {
    /// How often: `FREQ`.
    pub frequency: Frequency,
    /// The interval in days, weeks, months or years, at least 1: `INTERVAL`.
    pub interval: u32,
    /// The number of remaining occurrences, including the current one, at least 1: `COUNT`.
    pub count: Option<u32>,
    /// When the series ends: `UNTIL`.
    pub until: Option<Until>,
    /// Months, 1 to 12: `BYMONTH`.
    pub months: Vec<i16>,
    /// Weeks of the year; negative numbers count from the end: `BYWEEKNO`.
    pub weeks: Vec<i16>,
    /// Days of the year; negative numbers count from the end: `BYYEARDAY`.
    pub year_days: Vec<i16>,
    /// Days of the month; negative numbers count from the end: `BYMONTHDAY`.
    pub month_days: Vec<i16>,
    /// Weekdays, or certain ones of the month or year: `BYDAY`.
    pub weekdays: Vec<NthWeekday>,
    /// Which of the days of a period to use; negative numbers count from the end: `BYSETPOS`.
    pub positions: Vec<i16>,
    /// The first day of the week: `WKST`. Defaults to Monday.
    pub week_start: Weekday,
    /// Whether days at the weekend are skipped: `TT_SKIP=WEEKEND`.
    pub skips_weekends: bool,
    /// Only this working day of a month: `TT_WORKDAY`.
    pub workday: Option<Workday>,
    /// A number of times per week, on any days, as used by habits: `TT_TIMES`.
    pub times_a_week: Option<u32>,
}

impl RecurrenceRule {
    pub(super) const fn new(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
            skips_weekends: false,
            workday: None,
            times_a_week: None,
        }
    }

    /// Returns whether the rule itself names its days; otherwise they follow from the start day.
    pub(crate) const fn names_days(&self) -> bool {
        !(self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty())
            || self.workday.is_some()
    }
}

/// The frequency of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
}

/// A weekday, or a certain one of the month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NthWeekday {
    /// Its number, counted from the end if negative; `None` for every one.
    pub nth: Option<i16>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A working day of a month, Monday to Friday. Holidays are not considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Workday {
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// When a series ends. The day is part of the series, whatever its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Until {
    /// After a day.
    Day(Date),
    /// A time on the clock in the task's zone.
    Local(DateTime),
    /// An instant.
    Instant(jiff::Timestamp),
}

impl Until {
    /// Returns the last day of the series, as it is in a zone.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::Until;
    ///
    /// let until = Until::Instant("2026-03-02T16:00:00Z".parse()?);
    /// assert_eq!(until.last_day(&TimeZone::get("Asia/Shanghai")?), date(2026, 3, 3));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn last_day(&self, zone: &TimeZone) -> Date {
        match self {
            Self::Day(date) => *date,
            Self::Local(at) => at.date(),
            Self::Instant(instant) => zone.to_datetime(*instant).date(),
        }
    }
}

impl RepeatFrom {
    /// Reads the `repeatFrom` of a task; `None` for an unknown value.
    ///
    /// The service sends text, but numbers occur too. Absent, null and empty count as `2`.
    ///
    /// ```
    /// use ticktick_models::{RepeatFrom, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// assert_eq!(RepeatFrom::read(&task.repeat_from), Some(RepeatFrom::Calendar));
    /// task.repeat_from.set("1");
    /// assert_eq!(RepeatFrom::read(&task.repeat_from), Some(RepeatFrom::Completion));
    /// ```
    #[must_use]
    pub fn read(value: &Field<TextOrInt>) -> Option<Self> {
        let Some(value) = value.get() else { return Some(Self::Calendar) };
        match value.as_i64() {
            Some(0) => Some(Self::DueDate),
            Some(1) => Some(Self::Completion),
            Some(2) => Some(Self::Calendar),
            _ => (*value == "".into()).then_some(Self::Calendar),
        }
    }
}
