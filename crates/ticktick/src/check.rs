//! Checks of input before anything is sent.

use jiff::civil::Date;
use ticktick_models::{DayStamp, Field, Recurrence, Timestamp, time_zone};

use crate::Error;

/// The only color that is a word; the service stores it too.
const TRANSPARENT: &str = "transparent";

/// Rejects a blank name.
pub(crate) fn name(what: &str, name: &str) -> Result<(), Error> {
    if name.trim().is_empty() {
        Err(Error::invalid_input(format!("a {what} needs a name, but the given one is blank")))
    } else {
        Ok(())
    }
}

/// Rejects a blank name of a file, and control characters, which would change the headers of the upload.
pub(crate) fn file_name(file: &str) -> Result<(), Error> {
    name("file", file)?;
    match file.chars().find(|c| c.is_control()) {
        Some(c) => {
            Err(Error::invalid_input(format!("the name of a file cannot contain {c:?}\nhint: remove it from {file:?}")))
        }
        None => Ok(()),
    }
}

/// Returns the new value of a field if an update changes it.
pub(crate) fn changed<'a, T: PartialEq>(now: &'a Field<T>, before: Option<&Field<T>>) -> Option<&'a T> {
    now.get().filter(|value| before.and_then(Field::get) != Some(*value))
}

/// Rejects an object whose name was blanked or removed.
pub(crate) fn named(what: &str, now: &Field<String>, before: Option<&Field<String>>) -> Result<(), Error> {
    if before == Some(now) { Ok(()) } else { name(what, now.as_deref().unwrap_or_default()) }
}

/// Rejects a color that was changed to an invalid one.
pub(crate) fn colored(now: &Field<String>, before: Option<&Field<String>>) -> Result<(), Error> {
    changed(now, before).map_or(Ok(()), |value| color(value))
}

/// Rejects a rule that was changed to an unreadable one.
pub(crate) fn repeats(now: &Field<String>, before: Option<&Field<String>>) -> Result<(), Error> {
    changed(now, before).map_or(Ok(()), |value| rule(value))
}

/// Rejects a time zone that was changed to one that is not known; the service stores any text.
pub(crate) fn zone(now: &Field<String>, before: &Field<String>) -> Result<(), Error> {
    match changed(now, Some(before)).filter(|zone| time_zone(zone).is_none()) {
        None => Ok(()),
        Some(zone) => Err(Error::invalid_input(format!(
            "`{zone}` is not a known time zone\nhint: use a name such as Europe/Berlin, or an offset such as GMT+08:00"
        ))),
    }
}

/// Rejects a start that was moved after the end.
pub(crate) fn dates([start, end]: [&Field<Timestamp>; 2], before: Option<[&Field<Timestamp>; 2]>) -> Result<(), Error> {
    let moment = |date: &Field<Timestamp>| date.get().and_then(Timestamp::instant);
    match (moment(start), moment(end)) {
        (Some(from), Some(to)) if from > to && before != Some([start, end]) => Err(Error::invalid_input(format!(
            "the range from {from} to {to} ends before it starts\nhint: swap the dates"
        ))),
        _ => Ok(()),
    }
}

/// Rejects a color that is not written as `#RRGGBB`.
pub(crate) fn color(color: &str) -> Result<(), Error> {
    if color == TRANSPARENT {
        return Ok(());
    }
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        Ok(())
    } else {
        Err(Error::invalid_input(format!("invalid color `{color}`\nhint: write it as #RRGGBB, such as #4772FA")))
    }
}

/// Rejects a day that a stamp of eight digits cannot hold, because another day would be stored.
pub(crate) fn day(day: impl Into<DayStamp>) -> Result<(), Error> {
    const FIRST: DayStamp = DayStamp(10_000_101);
    if day.into() >= FIRST {
        Ok(())
    } else {
        Err(Error::invalid_input("a day needs a year of four digits\nhint: use one from the year 1000 on"))
    }
}

/// Rejects a range of days that ends before it starts.
pub(crate) fn days(from: Date, to: Date) -> Result<(DayStamp, DayStamp), Error> {
    if from > to {
        return Err(Error::invalid_input(format!(
            "the range from {from} to {to} ends before it starts\nhint: swap the days"
        )));
    }
    day(from)?;
    Ok((from.into(), to.into()))
}

/// Rejects an unreadable repeat rule, which the service would store.
pub(crate) fn rule(rule: &str) -> Result<(), Error> {
    if rule.trim().is_empty() {
        Ok(())
    } else {
        Recurrence::parse(rule).map(drop).map_err(|error| Error::invalid_input(format!("{error}")))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_are_seen() {
        assert!(name("project", "🏡").is_ok());
        for blank in ["", " ", "\t\n"] {
            assert!(name("project", blank).unwrap_err().to_string().starts_with("a project needs a name"));
        }
    }

    #[test]
    fn colors_have_one_form() {
        for good in ["#4772FA", "#ffd324", "transparent"] {
            assert!(color(good).is_ok(), "{good}");
        }
        for bad in ["", "#", "red", "4772FA", "#FFF", "#4772FA00", "#4772FG", "#é772F"] {
            assert!(color(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_that_a_stamp_cannot_hold_are_not_stored_as_others() {
        for good in [date(1000, 1, 1), date(2026, 3, 1), date(9999, 12, 31)] {
            assert!(day(good).is_ok(), "{good}");
        }
        for bad in [date(-9999, 1, 1), date(-5, 1, 1), date(0, 1, 1), date(999, 12, 31)] {
            assert!(day(bad).unwrap_err().to_string().contains("four digits"), "{bad}");
        }
        assert!(days(date(2026, 3, 2), date(2026, 3, 1)).unwrap_err().to_string().contains("swap"));
        assert!(days(date(-5, 1, 1), date(2026, 3, 1)).is_err());
    }

    #[test]
    fn rules_that_nothing_can_read_are_refused_and_unknown_ones_are_not() {
        for good in ["", "RRULE:FREQ=DAILY;INTERVAL=1", "RRULE:FREQ=WEEKLY;TT_TIMES=3", "RRULE:FREQ=DAILY;NEW=1"] {
            assert!(rule(good).is_ok(), "{good}");
        }
        for good in ["ERULE:NAME=FORGETTINGCURVE;CYCLE=0", "LUNAR:FREQ=YEARLY", "ERULE:NAME=CUSTOM;BYDATE=20260301"] {
            assert!(rule(good).is_ok(), "{good}");
        }
        for bad in ["nonsense", "every day", "RRULE:FREQ=WEEKLY;BYDAY=XX"] {
            assert!(rule(bad).is_err(), "{bad}");
        }
    }
}
