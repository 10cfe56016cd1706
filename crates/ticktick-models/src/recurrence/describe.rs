//! Descriptions of a recurrence.

use jiff::civil::{Date, Weekday};

use super::Recurrence;
use super::rule::{Form, Frequency, NthWeekday, RecurrenceRule, Until, Workday};

impl Recurrence {
    /// Describes the recurrence in plain English; unknown parts are named.
    ///
    /// ```
    /// use ticktick_models::Recurrence;
    ///
    /// let describe = |text: &str| Recurrence::parse(text).map(|recurrence| recurrence.describe());
    /// assert_eq!(describe("RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU")?, "on the 2nd Tuesday of every 2 months");
    /// assert_eq!(describe("ERULE:NAME=CUSTOM;BYDATE=20260301,20260405")?, "on 1 March and 5 April 2026");
    /// assert_eq!(
    ///     describe("RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY")?,
    ///     "every day, with parts that this version does not know: TT_SKIP=HOLIDAY",
    /// );
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    #[must_use]
    pub fn describe(&self) -> String {
        let mut words = match &self.form {
            Form::Rule(rule) => rule_words(rule),
            Form::Listed(dates) => format!("on {}", listed(dates)),
            Form::Other => return format!("by a rule that this version does not know: {}", self.text),
        };
        if !self.unknown.is_empty() {
            words.push_str(", with parts that this version does not know: ");
            words.push_str(&self.unknown.join(", "));
        }
        words
    }
}

fn rule_words(rule: &RecurrenceRule) -> String {
    let mut words = core(rule);
    if !rule.positions.is_empty() {
        words += &format!(", only the {} of these", all(&rule.positions, |position| nth(*position)));
    }
    let weeks_matter = rule.frequency == Frequency::Weekly && rule.interval > 1 || !rule.weeks.is_empty();
    if weeks_matter && rule.week_start != Weekday::Monday {
        words += &format!(", with weeks that begin on {}", weekday(rule.week_start));
    }
    if rule.skips_weekends {
        words += ", skipping weekends";
    }
    match rule.count {
        Some(1) => words += ", once",
        Some(count) => words += &format!(", {count} times"),
        None => {}
    }
    match rule.until {
        Some(Until::Day(date)) => words += &format!(", until {}", with_year(date)),
        Some(Until::Local(at)) => words += &format!(", until {}", with_year(at.date())),
        Some(Until::Instant(instant)) => {
            words += &instant.strftime(", until %-d %B %Y at %H:%M UTC").to_string();
        }
        None => {}
    }
    words
}

/// Describes the frequency and the days.
fn core(rule: &RecurrenceRule) -> String {
    let unit = match rule.frequency {
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    };
    let mut every =
        if rule.interval == 1 { format!("every {unit}") } else { format!("every {} {unit}s", rule.interval) };
    match rule.times_a_week {
        Some(1) => every = format!("once {every}"),
        Some(times) => every = format!("{times} times {every}"),
        None => {}
    }
    if let Some(date) = day_and_month(rule) {
        return format!("{every} on {date}");
    }
    let days = days(rule);
    let months = all(&rule.months, |month| month_name(*month).to_owned());
    match (days.as_str(), rule.months.is_empty()) {
        ("", true) => every,
        ("", false) => format!("{every} in {months}"),
        (days, true) if rule.frequency == Frequency::Monthly && days.starts_with("on the") => {
            format!("{days} of {every}")
        }
        (days, true) => format!("{every} {days}"),
        (days, false) if days.starts_with("on the") => format!("{every} {days} of {months}"),
        (days, false) => format!("{every} {days} in {months}"),
    }
}

/// Says the plain date of a rule by years, such as "29 February".
fn day_and_month(rule: &RecurrenceRule) -> Option<String> {
    let others =
        !rule.weekdays.is_empty() || !rule.weeks.is_empty() || !rule.year_days.is_empty() || rule.workday.is_some();
    let days = &rule.month_days;
    let plain = rule.frequency == Frequency::Yearly && !others && !days.is_empty() && days.iter().all(|day| *day > 0);
    match rule.months[..] {
        [month] if plain => Some(format!("{} {}", all(days, i16::to_string), month_name(month))),
        _ => None,
    }
}

/// Says on which days; what comes second and later narrows the first.
fn days(rule: &RecurrenceRule) -> String {
    let mut choices = Vec::new();
    match rule.workday {
        Some(Workday::First) => choices.push("the first working day".to_owned()),
        Some(Workday::Last) => choices.push("the last working day".to_owned()),
        None => {}
    }
    if !rule.weekdays.is_empty() {
        choices.push(all(&rule.weekdays, nth_weekday));
    }
    if !rule.month_days.is_empty() {
        choices.push(all(&rule.month_days, day_of_month));
    }
    if !rule.year_days.is_empty() {
        choices.push(format!("the {} day of the year", all(&rule.year_days, |day| nth(*day))));
    }
    let mut words = String::new();
    for (at, choice) in choices.iter().enumerate() {
        words += if at == 0 { "on " } else { ", if it is " };
        words += choice;
    }
    if !rule.weeks.is_empty() {
        words += if words.is_empty() { "" } else { " " };
        words += &format!("in the {} week of the year", all(&rule.weeks, |week| nth(*week)));
    }
    words
}

fn nth_weekday(day: &NthWeekday) -> String {
    day.nth.map_or_else(
        || weekday(day.weekday).to_owned(),
        |number| format!("the {} {}", nth(number), weekday(day.weekday)),
    )
}

fn day_of_month(day: &i16) -> String {
    if *day < 0 { format!("the {} day", nth(*day)) } else { format!("the {}", nth(*day)) }
}

/// Says a position: "2nd", "last", "2nd last".
fn nth(number: i16) -> String {
    let ordinal = |number: i16| {
        let ending = match (number % 100, number % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        format!("{number}{ending}")
    };
    match number {
        -1 => "last".to_owned(),
        ..-1 => format!("{} last", ordinal(-number)),
        _ => ordinal(number),
    }
}

/// Says dates, and each year once.
fn listed(dates: &[Date]) -> String {
    let numbered: Vec<_> = dates.iter().zip(dates.iter().skip(1).map(Some).chain([None])).collect();
    all(&numbered, |(date, next)| {
        let says_year = next.is_none_or(|next| next.year() != date.year());
        if says_year { with_year(**date) } else { date.strftime("%-d %B").to_string() }
    })
}

fn with_year(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Joins with commas and "and".
fn all<T>(items: &[T], say: impl Fn(&T) -> String) -> String {
    match items {
        [] => String::new(),
        [one] => say(one),
        [init @ .., last] => format!("{} and {}", init.iter().map(&say).collect::<Vec<_>>().join(", "), say(last)),
    }
}

const fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month_name(month: i16) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}
