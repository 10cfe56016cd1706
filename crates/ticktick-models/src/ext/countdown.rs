//! Methods of [`Countdown`].

use jiff::civil::Date;

use crate::Countdown;

impl Countdown {
    /// Returns the number of days until the day; negative if it has passed.
    ///
    /// A yearly day, by its rule or because its year is ignored, counts to the next one from today on; 29
    /// February becomes the 28th in other years. Returns `None` if there is no date, or another rule.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Countdown;
    ///
    /// let mut countdown = Countdown::new("a");
    /// countdown.date.set(20_260_701);
    /// assert_eq!(countdown.days_left(date(2026, 6, 30)), Some(1));
    /// assert_eq!(countdown.days_left(date(2026, 7, 3)), Some(-2));
    /// countdown.repeat_flag.set("RRULE:FREQ=YEARLY;INTERVAL=1");
    /// assert_eq!(countdown.days_left(date(2026, 7, 3)), Some(363));
    /// ```
    #[must_use]
    pub fn days_left(&self, today: Date) -> Option<i64> {
        let day = self.date.get()?.date()?;
        let next = if self.is_yearly()? && (day < today || self.ignore_year == true) {
            let this_year = in_year(day, today.year())?;
            if this_year < today { in_year(day, today.year().checked_add(1)?)? } else { this_year }
        } else {
            // The first occurrence is in the future, or the only one.
            day
        };
        Some(today.duration_until(next).as_hours() / 24)
    }

    /// Returns `true` if it recurs every year, and `None` if its rule means something else.
    fn is_yearly(&self) -> Option<bool> {
        let rule = self.repeat_flag.as_deref().unwrap_or_default().trim_start_matches("RRULE:");
        if rule.is_empty() {
            return Some(self.ignore_year == true);
        }
        let is_plain = rule.split(';').all(|part| matches!(part, "FREQ=YEARLY" | "INTERVAL=1"));
        (is_plain && rule.contains("FREQ=")).then_some(true)
    }
}

/// Moves a day to another year.
fn in_year(day: Date, year: i16) -> Option<Date> {
    Date::new(year, day.month(), day.day()).or_else(|_| Date::new(year, day.month(), 28)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn left(members: &str, today: Date) -> Option<i64> {
        serde_json::from_str::<Countdown>(&format!(r#"{{"id":"a"{members}}}"#)).unwrap().days_left(today)
    }

    #[test]
    fn days_of_every_year_come_again() {
        let birthday = r#","date":18151210,"repeatFlag":"RRULE:FREQ=YEARLY""#;
        assert_eq!(left(birthday, date(2026, 12, 10)), Some(0));
        assert_eq!(left(birthday, date(2026, 12, 11)), Some(364));
        let ignored = r#","date":20301224,"ignoreYear":true"#;
        assert_eq!(left(ignored, date(2026, 12, 20)), Some(4));
        let leap = r#","date":20240229,"ignoreYear":true"#;
        assert_eq!(left(leap, date(2026, 2, 27)), Some(1));
        assert_eq!(left(leap, date(2027, 3, 1)), Some(365));
        let to_come = r#","date":20301224,"repeatFlag":"RRULE:FREQ=YEARLY;INTERVAL=1""#;
        assert_eq!(left(to_come, date(2029, 12, 24)), Some(365));
    }

    #[test]
    fn days_left_are_unknown_without_a_valid_date_or_rule() {
        assert_eq!(left("", date(2026, 1, 1)), None);
        assert_eq!(left(r#","date":0"#, date(2026, 1, 1)), None);
        assert_eq!(left(r#","date":20260101,"repeatFlag":"RRULE:FREQ=MONTHLY""#, date(2026, 2, 1)), None);
        assert_eq!(left(r#","date":20260101,"repeatFlag":null"#, date(2026, 2, 1)), Some(-31));
    }
}
