//! The parts of a rule, as they are understood.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::{Field, RepeatFrom, TextOrInt};

/// The parts of a rule of RFC 5545, with TickTick's own. Empty lists stand for parts that are not there.
///
/// A rule is made and changed by [`Recurrence`](crate::Recurrence); this is what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecurrenceRule {
    /// How often: `FREQ`.
    pub frequency: Frequency,
    /// Every so many days, weeks, months or years, from 1: `INTERVAL`.
    pub interval: u32,
    /// How many occurrences are left, the present one included, from 1: `COUNT`.
    pub count: Option<u32>,
    /// When the series ends: `UNTIL`.
    pub until: Option<Until>,
    /// Months, 1 to 12: `BYMONTH`.
    pub months: Vec<i16>,
    /// Weeks of the year, counted from its end where negative: `BYWEEKNO`.
    pub weeks: Vec<i16>,
    /// Days of the year, counted from its end where negative: `BYYEARDAY`.
    pub year_days: Vec<i16>,
    /// Days of the month, counted from its end where negative: `BYMONTHDAY`.
    pub month_days: Vec<i16>,
    /// Weekdays, all or a certain one of the month or year: `BYDAY`.
    pub weekdays: Vec<NthWeekday>,
    /// Which of the days of a period count, from its end where negative: `BYSETPOS`.
    pub positions: Vec<i16>,
    /// The day on which weeks begin; Monday unless said: `WKST`.
    pub week_start: Weekday,
    /// Whether days at the weekend are left out: `TT_SKIP=WEEKEND`.
    pub skips_weekends: bool,
    /// Only this working day of a month: `TT_WORKDAY`.
    pub workday: Option<Workday>,
    /// So many times a week, on any days, as habits have it: `TT_TIMES`.
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

    /// Whether the rule itself says on which days; otherwise they follow from the day that it counts from.
    pub(crate) const fn names_days(&self) -> bool {
        !(self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty())
            || self.workday.is_some()
    }
}

/// How often a rule comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Frequency {
    /// By days.
    Daily,
    /// By weeks.
    Weekly,
    /// By months.
    Monthly,
    /// By years.
    Yearly,
}

/// A weekday, or a certain one of the month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NthWeekday {
    /// Which one, counted from the end where negative; `None` for each.
    pub nth: Option<i16>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A working day of a month, from Monday to Friday; holidays are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Workday {
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// When a series ends. The day is part of the series, whatever the time on it.
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
    /// Reads the `repeatFrom` of a task; `None` for a value that is not known.
    ///
    /// The service sends text, and numbers were seen too. Absent, null and empty count as `2`.
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
