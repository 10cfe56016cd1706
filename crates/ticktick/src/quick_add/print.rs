//! Prints fields in the forms that scripts read.

use std::fmt;

use jiff::ZonedDateTime;
use ticktick_models::{Due, RepeatFrom};

use super::parsed::{DateValue, QuickReminder, Repeat};

/// Prints `2026-11-27`, `2026-11-27T09:00+01:00[Europe/Berlin]`, `START/END` or `none`.
impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clear => f.write_str("none"),
            Self::Due(due) => f.write_str(&due_text(due)),
        }
    }
}

/// Prints `RRULE:FREQ=DAILY;INTERVAL=1;FROM=2`, where `FROM` is the service's `repeatFrom`.
impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = match &self.from {
            RepeatFrom::DueDate => "0",
            RepeatFrom::Completion => "1",
            RepeatFrom::Unknown(other) => other,
            _ => "2",
        };
        write!(f, "{};FROM={from}", self.rule)
    }
}

/// Prints `10m`, `1h30m`, `1d`, or `09:00` and `1d 09:00` for all-day tasks.
impl fmt::Display for QuickReminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Before { days: 0, hours: 0, minutes: 0 } => f.write_str("0m"),
            Self::Before { days, hours, minutes } => {
                let parts = [(days, 'd'), (hours, 'h'), (minutes, 'm')];
                parts
                    .iter()
                    .filter(|(number, _)| *number > 0)
                    .try_for_each(|(number, unit)| write!(f, "{number}{unit}"))
            }
            Self::OnDay { days, at } => {
                if days > 0 {
                    write!(f, "{days}d ")?;
                }
                write!(f, "{:02}:{:02}", at.hour(), at.minute())
            }
        }
    }
}

/// Prints a date as [`DateValue`] does.
///
/// ```
/// use ticktick::Due;
/// use ticktick::quick_add::due_text;
///
/// let due = Due::at("2026-11-27T09:00[Europe/Berlin]".parse()?);
/// assert_eq!(due_text(&due), "2026-11-27T09:00+01:00[Europe/Berlin]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn due_text(due: &Due) -> String {
    match due {
        Due::Day { date, .. } => date.to_string(),
        Due::Days { first, last, .. } => format!("{first}/{last}"),
        Due::At(at) => moment(at),
        Due::Range { start, end, .. } => format!("{}/{}", moment(start), moment(end)),
        Due::Floating { start, end, .. } if start == end => start.strftime("%Y-%m-%dT%H:%M").to_string(),
        Due::Floating { start, end, .. } => {
            format!("{}/{}", start.strftime("%Y-%m-%dT%H:%M"), end.strftime("%Y-%m-%dT%H:%M"))
        }
        _ => due.to_string(),
    }
}

/// Prints reminders, separated by commas.
///
/// ```
/// use ticktick::quick_add::{QuickReminder, reminders_text};
///
/// let reminders = [1, 0].map(|hours| QuickReminder::Before { days: 0, hours, minutes: 10 });
/// assert_eq!(reminders_text(&reminders), "1h10m,10m");
/// ```
#[must_use]
pub fn reminders_text(reminders: &[QuickReminder]) -> String {
    reminders.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn moment(at: &ZonedDateTime) -> String {
    let format = if at.second() == 0 { "%Y-%m-%dT%H:%M%:z[%Q]" } else { "%Y-%m-%dT%H:%M:%S%:z[%Q]" };
    at.strftime(format).to_string()
}
