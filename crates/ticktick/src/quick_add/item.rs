//! The meaning of a single phrase, before the phrases of a line are combined.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Time, Weekday};

use super::amount::Amount;
use super::error::QuickAddError;

/// The order of day and month in `12/1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// The context that the meaning of a phrase depends on.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) now: ZonedDateTime,
    pub(super) today: Date,
    pub(super) week_start: Weekday,
    pub(super) order: Option<DateOrder>,
    /// The time of reminders of all-day tasks if the line does not give one.
    pub(super) day_reminder: Time,
}

/// A set of kinds of phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const DATE: Self = Self(1);
    pub(super) const CLOCK: Self = Self(2);
    pub(super) const PART: Self = Self(4);
    pub(super) const REPEAT: Self = Self(8);
    pub(super) const LENGTH: Self = Self(16);
    pub(super) const REMIND: Self = Self(32);
    /// The abbreviation of a time zone after a time.
    pub(super) const ZONE: Self = Self(64);
    /// The end or the start of a repeat, after other phrases.
    pub(super) const LIMIT: Self = Self(128);
    pub(super) const TIME: Self = Self(2 | 4);
    /// All kinds that determine when a task is due.
    pub(super) const DUE: Self = Self(1 | 2 | 4 | 16);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    SmallHours,
    Morning,
    Noon,
    Afternoon,
    Dusk,
    Evening,
    Night,
    /// Tonight. Once it has begun, it means today without a time.
    Tonight,
}

impl Part {
    /// Returns the hour that the part of the day means on its own.
    pub(super) const fn hour(self) -> Option<i8> {
        match self {
            Self::SmallHours => None,
            Self::Morning => Some(9),
            Self::Noon => Some(12),
            Self::Afternoon => Some(13),
            Self::Dusk | Self::Evening => Some(17),
            Self::Night | Self::Tonight => Some(20),
        }
    }

    /// Returns whether the part of the day includes an hour; 24 is the midnight at its end.
    const fn includes(self, hour: i8) -> bool {
        match self {
            Self::SmallHours => hour < 6,
            Self::Morning => hour < 12,
            Self::Noon => hour >= 11 && hour < 15,
            Self::Afternoon => hour >= 12 && hour < 19,
            Self::Dusk => hour >= 16 && hour < 21,
            Self::Evening | Self::Night | Self::Tonight => hour >= 16,
        }
    }

    /// Decides in which half of the day an hour is. Returns `None` if the two contradict each other.
    pub(super) const fn decide(self, tick: Tick) -> Option<Tick> {
        let late = matches!(self, Self::Evening | Self::Night | Self::Tonight);
        let hour = match (tick.sure, tick.hour) {
            (Sure::Fixed, hour) => hour,
            (_, 0 | 12) if late => 24,
            (_, 12) if matches!(self, Self::Morning) => return None,
            (_, hour @ 1..=12) if self.includes(hour % 12) => hour % 12,
            (_, hour @ 1..=12) => hour % 12 + 12,
            (_, hour) => hour,
        };
        if self.includes(hour) { Some(Tick::fixed(hour, tick.minute)) } else { None }
    }
}

/// How certain it is in which half of the day a clock time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// `9am`, `15:30`, `at 15`.
    Fixed,
    /// `9:30`: on the 24-hour clock, unless a part of the day says otherwise.
    Minutes,
    /// `at 7`: needs a part of the day.
    Bare,
}

/// A time on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    /// 0 to 24, where 24 is the end of the day.
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) sure: Sure,
}

impl Tick {
    pub(super) const fn fixed(hour: i8, minute: i8) -> Self {
        Self { hour, minute, sure: Sure::Fixed }
    }

    pub(super) const fn minutes(self) -> i32 {
        self.hour as i32 * 60 + self.minute as i32
    }
}

/// A clock time or a range of clock times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) start: Tick,
    pub(super) end: Option<Tick>,
    /// Whether it was written as `midnight`, which has two meanings with a date.
    pub(super) midnight: bool,
    /// The text as written, for messages.
    pub(super) text: String,
}

/// A day or a range of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
    /// The weekday, if the phrase is only a weekday. It can confirm another date of the line.
    pub(super) weekday: Option<Weekday>,
    /// Whether it is a month with a day. A weak weekday beside it is then recognized.
    pub(super) in_month: bool,
}

impl Days {
    pub(super) const fn one(date: Date) -> Self {
        Self { first: date, last: date, weekday: None, in_month: false }
    }
}

/// How long something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Minutes(i64),
    Days(Amount),
}

/// How a task repeats, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rule {
    /// The parts of the rule without `COUNT` and `UNTIL`. Empty if the phrase only limits another repeat.
    pub(super) parts: String,
    pub(super) from: Option<From>,
    pub(super) end: Option<End>,
    pub(super) starting: Option<Date>,
}

/// When a repeat ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Count(u32),
    Until(Date),
    /// The length from the first date.
    After(Amount),
}

/// What the next occurrence counts from, if written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Due,
    Completion,
}

/// A reminder as written, before the date of the task is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Early {
    Before { days: u32, hours: u32, minutes: u32 },
    OnDay { days: u32, at: Time },
}

/// What a phrase means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Days(Days),
    Moment(ZonedDateTime),
    Clock(Clock),
    Part(Part),
    /// A part of a certain day: `tonight`, `this evening`.
    DayPart(Date, Part),
    Repeat(Rule),
    /// `until friday` after `every day 9am`.
    Limit(Rule),
    Length(Length),
    Remind(Vec<Early>),
    /// A phrase that is certainly of these kinds but is refused.
    Refused(Kinds, QuickAddError),
}

impl Item {
    pub(super) const fn kinds(&self) -> Kinds {
        match self {
            Self::Days(_) => Kinds::DATE,
            Self::Moment(_) => Kinds::DATE.and(Kinds::TIME),
            Self::Clock(_) => Kinds::CLOCK,
            Self::Part(_) => Kinds::PART,
            Self::DayPart(..) => Kinds::DATE.and(Kinds::PART),
            Self::Repeat(_) => Kinds::REPEAT,
            Self::Limit(_) => Kinds::LIMIT,
            Self::Length(_) => Kinds::LENGTH,
            Self::Remind(_) => Kinds::REMIND,
            Self::Refused(kinds, _) => *kinds,
        }
    }
}

/// What a phrase needs beside it to count without a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    /// A mark; the phrase never counts without one.
    Mark,
    /// `sat`: a time, a part of the day or a month date directly after it.
    Next,
    /// `9:30`, `noon`: a date or repeat.
    Date,
    /// `-10m`: a date, repeat or time.
    When,
    /// `morning`: a date or repeat directly before it.
    Before,
    /// `in the morning`: a date, repeat or time directly before it.
    Behind,
}

/// A phrase at a position in the line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    /// The atom after it.
    pub(super) end: usize,
    pub(super) item: Item,
    pub(super) need: Need,
    /// Whether it counts only at the end of the line: 下周.
    pub(super) at_end: bool,
}

impl Match {
    pub(super) const fn new(end: usize, item: Item) -> Self {
        Self { end, item, need: Need::Nothing, at_end: false }
    }

    pub(super) fn day(end: usize, date: Date) -> Self {
        Self::new(end, Item::Days(Days::one(date)))
    }

    pub(super) fn refused(end: usize, kinds: Kinds, error: QuickAddError) -> Self {
        Self::new(end, Item::Refused(kinds, error))
    }

    pub(super) fn needs(self, need: Need) -> Self {
        Self { need, ..self }
    }
}
