//! Creating and changing rules.

use jiff::civil::{Date, Weekday};

use super::Recurrence;
use super::error::RecurrenceError;
use super::read::{is_rule, split, weekday_name};
use super::rule::{Form, Frequency, RecurrenceRule};

/// # Making and changing
///
/// A change replaces its part in place or appends it; all other parts stay as they are. Invalid values are
/// rejected.
impl Recurrence {
    /// Creates a daily rule.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::daily().describe(), "every day");
    /// ```
    #[must_use]
    pub fn daily() -> Self {
        Self::plain("DAILY", Frequency::Daily)
    }

    /// Creates a weekly rule. Defaults to the weekday of the start; see [`on`](Self::on).
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::weekly().describe(), "every week");
    /// ```
    #[must_use]
    pub fn weekly() -> Self {
        Self::plain("WEEKLY", Frequency::Weekly)
    }

    /// Creates a monthly rule. Defaults to the day of the month of the start.
    ///
    /// Months without that day, such as the 31st, are skipped. Use [`on_days`](Self::on_days) with -1 for
    /// the last day of each month.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::monthly().describe(), "every month");
    /// ```
    #[must_use]
    pub fn monthly() -> Self {
        Self::plain("MONTHLY", Frequency::Monthly)
    }

    /// Creates a yearly rule. Defaults to the date of the start.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::yearly().describe(), "every year");
    /// ```
    #[must_use]
    pub fn yearly() -> Self {
        Self::plain("YEARLY", Frequency::Yearly)
    }

    /// Creates a recurrence on explicit dates.
    ///
    /// # Errors
    ///
    /// Fails if there are no dates.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::on_dates([date(2026, 3, 1), date(2026, 4, 5)])?;
    /// assert_eq!(recurrence.as_str(), "ERULE:NAME=CUSTOM;BYDATE=20260301,20260405");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn on_dates(dates: impl IntoIterator<Item = Date>) -> Result<Self, RecurrenceError> {
        Self::parse(&format!("ERULE:NAME=CUSTOM;BYDATE={}", joined(dates, stamp)))
    }

    /// Sets the interval in days, weeks, months or years, depending on the frequency.
    ///
    /// # Errors
    ///
    /// Fails for 0, and if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::daily().every(3)?.describe(), "every 3 days");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn every(self, interval: u32) -> Result<Self, RecurrenceError> {
        self.replace_part("INTERVAL", &interval.to_string())
    }

    /// Sets the weekdays.
    ///
    /// # Errors
    ///
    /// Fails without a weekday, and if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::Weekday;
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::weekly().on([Weekday::Monday, Weekday::Friday])?;
    /// assert_eq!(recurrence.describe(), "every week on Monday and Friday");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn on(self, weekdays: impl IntoIterator<Item = Weekday>) -> Result<Self, RecurrenceError> {
        self.replace_part("BYDAY", &joined(weekdays, |weekday| weekday_name(weekday).to_owned()))
    }

    /// Sets a certain weekday of the month (or year). Negative numbers count from the end.
    ///
    /// # Errors
    ///
    /// Fails for 0, if the rule is daily or weekly, and if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::Weekday;
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::monthly().on_nth(-1, Weekday::Friday)?;
    /// assert_eq!(recurrence.describe(), "on the last Friday of every month");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn on_nth(self, nth: i16, weekday: Weekday) -> Result<Self, RecurrenceError> {
        self.replace_part("BYDAY", &format!("{nth}{}", weekday_name(weekday)))
    }

    /// Sets the days of the month. Negative numbers count from the end.
    ///
    /// # Errors
    ///
    /// Fails without a day or with one that no month has, if the rule is weekly, and if this is a list of
    /// dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::monthly().on_days([15, -1])?;
    /// assert_eq!(recurrence.describe(), "on the 15th and the last day of every month");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn on_days(self, days: impl IntoIterator<Item = i16>) -> Result<Self, RecurrenceError> {
        self.replace_part("BYMONTHDAY", &joined(days, |day| day.to_string()))
    }

    /// Restricts the rule to months, 1 to 12.
    ///
    /// # Errors
    ///
    /// Fails without a month or with an invalid number, and if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::yearly().in_months([2])?.on_days([29])?;
    /// assert_eq!(recurrence.describe(), "every year on 29 February");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn in_months(self, months: impl IntoIterator<Item = i16>) -> Result<Self, RecurrenceError> {
        self.replace_part("BYMONTH", &joined(months, |month| month.to_string()))
    }

    /// Sets the first working day of the month. Holidays are not considered.
    ///
    /// # Errors
    ///
    /// Fails if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::monthly().on_first_workday()?;
    /// assert_eq!(recurrence.describe(), "on the first working day of every month");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn on_first_workday(self) -> Result<Self, RecurrenceError> {
        self.replace_part("TT_WORKDAY", "1")
    }

    /// Sets the last working day of the month. Holidays are not considered.
    ///
    /// # Errors
    ///
    /// Fails if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::monthly().on_last_workday()?;
    /// assert_eq!(recurrence.describe(), "on the last working day of every month");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn on_last_workday(self) -> Result<Self, RecurrenceError> {
        self.replace_part("TT_WORKDAY", "-1")
    }

    /// Skips days at the weekend.
    ///
    /// # Errors
    ///
    /// Fails if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::daily().skip_weekends()?.describe(), "every day, skipping weekends");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn skip_weekends(self) -> Result<Self, RecurrenceError> {
        self.replace_part("TT_SKIP", "WEEKEND")
    }

    /// Ends the series after a number of occurrences, including the first. Replaces an end date.
    ///
    /// # Errors
    ///
    /// Fails for 0, and if this is a list of dates rather than a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::daily().times(10)?.describe(), "every day, 10 times");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn times(mut self, count: u32) -> Result<Self, RecurrenceError> {
        self.text = replace(&self.text, "UNTIL", None);
        self.replace_part("COUNT", &count.to_string())
    }

    /// Ends the series after a day, which is included. Replaces a number of occurrences.
    ///
    /// # Errors
    ///
    /// Fails if this is a list of dates rather than a rule, and for a day before the year 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::daily().until(date(2026, 12, 31))?;
    /// assert_eq!(recurrence.describe(), "every day, until 31 December 2026");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn until(mut self, date: Date) -> Result<Self, RecurrenceError> {
        self.text = replace(&self.text, "COUNT", None);
        self.replace_part("UNTIL", &stamp(date))
    }

    /// Returns the rule of the remaining series after one occurrence: `COUNT` is reduced by one, everything
    /// else is verbatim.
    ///
    /// A count of 1 stays 1, because the series ends there.
    ///
    /// ```
    /// let thrice = ticktick_models::Recurrence::daily().times(3)?;
    /// assert_eq!(thrice.moved_on().as_str(), "RRULE:FREQ=DAILY;INTERVAL=1;COUNT=2");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    #[must_use]
    pub fn moved_on(&self) -> Self {
        let mut moved = self.clone();
        if let Form::Rule(RecurrenceRule { count: Some(count @ 2..), .. }) = &mut moved.form {
            *count -= 1;
            moved.text = replace(&self.text, "COUNT", Some(&count.to_string()));
        }
        moved
    }

    fn plain(name: &str, frequency: Frequency) -> Self {
        let form = Form::Rule(RecurrenceRule::new(frequency));
        Self { text: format!("RRULE:FREQ={name};INTERVAL=1"), form, unknown: Vec::new() }
    }

    fn replace_part(self, key: &str, value: &str) -> Result<Self, RecurrenceError> {
        if !is_rule(split(&self.text).0) {
            return Err(RecurrenceError::new(&self.text, "only an RRULE can be changed; make a new one"));
        }
        Self::parse(&replace(&self.text, key, Some(value)))
    }
}

/// Replaces a part in place, appends it, or removes it; everything else stays byte for byte.
fn replace(text: &str, key: &str, value: Option<&str>) -> String {
    let body = split(text).1;
    let head = &text[..text.len() - body.len()];
    let mut value = value.map(|value| format!("{key}={value}"));
    let has_name = |part: &str| part.split_once('=').is_some_and(|(name, _)| name.eq_ignore_ascii_case(key));
    let mut parts: Vec<String> =
        body.split(';').filter_map(|part| if has_name(part) { value.take() } else { Some(part.to_owned()) }).collect();
    parts.extend(value);
    format!("{head}{}", parts.join(";"))
}

fn joined<T>(items: impl IntoIterator<Item = T>, write: impl FnMut(T) -> String) -> String {
    items.into_iter().map(write).collect::<Vec<_>>().join(",")
}

fn stamp(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}
