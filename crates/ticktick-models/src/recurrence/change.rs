//! Making rules, and changing parts of them.

use jiff::civil::{Date, Weekday};

use super::read::{is_rule, split, weekday_name};
use super::{Form, Frequency, Recurrence, RecurrenceError, RecurrenceRule};

/// # Making and changing
///
/// A change replaces its part where it stands, or adds it at the end; all other parts stay as they are. What makes no
/// sense is refused.
impl Recurrence {
    /// Makes a rule by days.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::daily().describe(), "every day");
    /// ```
    #[must_use]
    pub fn daily() -> Self {
        Self::plain("DAILY", Frequency::Daily)
    }

    /// Makes a rule by weeks; without [`on`](Self::on), on the weekday that the series starts on.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::weekly().describe(), "every week");
    /// ```
    #[must_use]
    pub fn weekly() -> Self {
        Self::plain("WEEKLY", Frequency::Weekly)
    }

    /// Makes a rule by months; unless changed, on the day of the month that the series starts on.
    ///
    /// A month that lacks the day, such as the 31st, is left out. [`on_days`](Self::on_days) with -1 is the last day of
    /// each.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::monthly().describe(), "every month");
    /// ```
    #[must_use]
    pub fn monthly() -> Self {
        Self::plain("MONTHLY", Frequency::Monthly)
    }

    /// Makes a rule by years; unless changed, on the day that the series starts on.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::yearly().describe(), "every year");
    /// ```
    #[must_use]
    pub fn yearly() -> Self {
        Self::plain("YEARLY", Frequency::Yearly)
    }

    /// Makes a recurrence on the dates listed.
    ///
    /// # Errors
    ///
    /// Fails without a date.
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

    /// Comes only every so many days, weeks, months or years.
    ///
    /// # Errors
    ///
    /// Fails with 0, and where this is no rule but a list of dates.
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

    /// Comes on weekdays.
    ///
    /// # Errors
    ///
    /// Fails without a weekday, and where this is no rule but a list of dates.
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

    /// Comes on a certain weekday of the month (or year), counted from its end where negative.
    ///
    /// # Errors
    ///
    /// Fails with 0, where the rule is by days or weeks, and where this is no rule but a list of dates.
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

    /// Comes on days of the month, counted from its end where negative.
    ///
    /// # Errors
    ///
    /// Fails without a day or with one that no month has, where the rule is by weeks, and where this is no rule but a
    /// list of dates.
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

    /// Comes in months, 1 to 12, only.
    ///
    /// # Errors
    ///
    /// Fails without a month or with another number, and where this is no rule but a list of dates.
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

    /// Comes on the first working day of the month; holidays are not known.
    ///
    /// # Errors
    ///
    /// Fails where this is no rule but a list of dates.
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

    /// Comes on the last working day of the month; holidays are not known.
    ///
    /// # Errors
    ///
    /// Fails where this is no rule but a list of dates.
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

    /// Leaves out days at the weekend and goes on.
    ///
    /// # Errors
    ///
    /// Fails where this is no rule but a list of dates.
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

    /// Comes so many times in all, the first one included; replaces an end by date.
    ///
    /// # Errors
    ///
    /// Fails with 0, and where this is no rule but a list of dates.
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

    /// Comes until a day, that day included; replaces a number of times.
    ///
    /// # Errors
    ///
    /// Fails where this is no rule but a list of dates, and for a day before the year 0.
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

/// Replaces a part where it stands, adds it at the end, or takes it away; all else stays to the byte.
pub(super) fn replace(text: &str, key: &str, value: Option<&str>) -> String {
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
