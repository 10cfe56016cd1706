//! Ranges of days and times from the caller.

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use jiff::civil::Date;
use ticktick_models::DayStamp;

use crate::{Error, check};

/// Returns the first day of a range, if it has one.
pub(crate) fn first_day(range: &impl RangeBounds<Date>) -> Result<Option<Date>, Error> {
    match range.start_bound() {
        Bound::Included(day) => Ok(Some(*day)),
        Bound::Excluded(day) => day.tomorrow().map(Some).map_err(|_| no_days()),
        Bound::Unbounded => Ok(None),
    }
}

/// Returns the last day of a range, if it has one.
pub(crate) fn last_day(range: &impl RangeBounds<Date>) -> Result<Option<Date>, Error> {
    match range.end_bound() {
        Bound::Included(day) => Ok(Some(*day)),
        Bound::Excluded(day) => day.yesterday().map(Some).map_err(|_| no_days()),
        Bound::Unbounded => Ok(None),
    }
}

/// Returns the first and the last day of a range that has both ends.
pub(crate) fn days(range: &impl RangeBounds<Date>) -> Result<(DayStamp, DayStamp), Error> {
    match (first_day(range)?, last_day(range)?) {
        (Some(first), Some(last)) => check::days(first, last),
        _ => Err(Error::invalid_input(
            "the range of days has an open end\nhint: set both ends, such as date(2026, 3, 1)..=date(2026, 3, 31)",
        )),
    }
}

/// Returns the ends of a range of time. Open ends are replaced by the given ones.
pub(crate) fn times(
    range: &impl RangeBounds<Timestamp>,
    open: (Option<Timestamp>, Option<Timestamp>),
) -> Result<(Timestamp, Timestamp), Error> {
    let end = |bound: Bound<&Timestamp>, open| match bound {
        Bound::Included(time) | Bound::Excluded(time) => Some(*time),
        Bound::Unbounded => open,
    };
    match (end(range.start_bound(), open.0), end(range.end_bound(), open.1)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        (Some(from), Some(to)) => Err(Error::invalid_input(format!(
            "the range from {from} to {to} ends before it starts\nhint: swap its ends"
        ))),
        _ => Err(Error::invalid_input("the range of time has an open end\nhint: set both ends")),
    }
}

fn no_days() -> Error {
    Error::invalid_input("the range contains no days\nhint: use a range with at least one day")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(day: i8) -> Date {
        date(2026, 3, day)
    }

    #[test]
    fn both_forms_of_a_range_of_days_mean_the_same() {
        let march = (DayStamp::from(day(1)), DayStamp::from(day(31)));
        assert_eq!(days(&(day(1)..=day(31))).unwrap(), march);
        assert_eq!(days(&(day(1)..date(2026, 4, 1))).unwrap(), march);
        assert_eq!(first_day(&(day(1)..)).unwrap(), Some(day(1)));
        assert_eq!(last_day(&(..day(2))).unwrap(), Some(day(1)));
        assert_eq!(first_day(&(..)).unwrap(), None);
    }

    #[test]
    fn ranges_that_are_open_or_turned_around_are_refused() {
        assert!(days(&(day(1)..)).unwrap_err().to_string().contains("open end"));
        assert!(days(&(day(2)..=day(1))).unwrap_err().to_string().contains("swap"));
        assert!(days(&(day(1)..day(1))).is_err());
        assert!(last_day(&(..Date::MIN)).is_err());
        let (early, late) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        assert_eq!(times(&(early..late), (None, None)).unwrap(), (early, late));
        assert_eq!(times(&(..), (Some(early), Some(late))).unwrap(), (early, late));
        assert!(times(&(late..early), (None, None)).unwrap_err().to_string().contains("swap its ends"));
        assert!(times(&(early..), (None, None)).unwrap_err().to_string().contains("open end"));
    }
}
