//! Dates: when a task is due, how it repeats, when it reminds you, and the clock of a client.
//!
//! [`Due`] combines start, end, all-day, time zone and floating into one value. [`Recurrence`] reads and changes a repeat
//! rule. Civil dates, times and zones come from the re-exported jiff.
//!
//! ```
//! use ticktick::date::{Due, Recurrence};
//! use ticktick::jiff::civil::date;
//!
//! let due = Due::days(date(2026, 7, 1)..=date(2026, 7, 3))?;
//! assert_eq!(due.to_string(), "2026-07-01 to 2026-07-03");
//!
//! let weekly = Recurrence::weekly();
//! assert_eq!(weekly.as_str(), "RRULE:FREQ=WEEKLY;INTERVAL=1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[doc(inline)]
pub use ticktick_models::{
    Clock, DayStamp, Due, DueError, EpochMillis, FixedClock, Frequency, NotComputable, NthWeekday, Occurrences,
    Recurrence, RecurrenceError, RecurrenceRule, SystemClock, Timestamp, Trigger, Until, Workday, WrongTrigger,
};
