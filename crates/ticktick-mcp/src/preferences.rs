//! [`Preferences`]: the settings of a profile that decide how dates are read and how old the mirror may be.

use std::time::Duration;

use jiff::civil::Weekday;
use ticktick::quick_add::{DateOrder, QuickAdd};
use ticktick_profile::Settings;

/// The settings of a profile that decide how dates are read and how old the mirror may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Preferences {
    pub(crate) max_age: Duration,
    date_order: Option<DateOrder>,
    week_start: Option<Weekday>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { max_age: Duration::from_secs(30), date_order: None, week_start: None }
    }
}

impl Preferences {
    pub(crate) fn of(settings: &Settings) -> Self {
        let date_order = match settings.get("date-order") {
            Some("dmy") => Some(DateOrder::Dmy),
            Some("mdy") => Some(DateOrder::Mdy),
            _ => None,
        };
        let week_start = match settings.get("week-start") {
            Some("monday") => Some(Weekday::Monday),
            Some("saturday") => Some(Weekday::Saturday),
            Some("sunday") => Some(Weekday::Sunday),
            _ => None,
        };
        Self { max_age: settings.max_age(), date_order, week_start }
    }

    /// Returns a parser of dates that follows the settings, or the account's first day of the week by default.
    pub(crate) fn quick_add(&self, now: &jiff::ZonedDateTime, week_start: Weekday) -> QuickAdd {
        let quick_add = QuickAdd::new(now).week_start(self.week_start.unwrap_or(week_start));
        match self.date_order {
            Some(order) => quick_add.date_order(order),
            None => quick_add,
        }
    }
}
