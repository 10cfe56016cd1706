//! The words for dates that select tasks, in lists and in the rules of saved filters.

use ticktick::filter::FilterDate;

/// A word for days relative to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DueWord {
    Overdue,
    Today,
    Tomorrow,
    Week,
    NextWeek,
    Month,
    NextMonth,
    None,
}

impl DueWord {
    /// The words, for help and errors.
    pub(crate) const ALL: &str = "overdue, today, tomorrow, week, nextweek, month, nextmonth, none";

    /// Parses a word. Also accepts those of TickTick's rules, and `next week` as `nextweek`.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let word: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        Some(match word.to_lowercase().as_str() {
            "overdue" => Self::Overdue,
            "today" => Self::Today,
            "tomorrow" => Self::Tomorrow,
            "week" | "thisweek" => Self::Week,
            "nextweek" => Self::NextWeek,
            "month" | "thismonth" => Self::Month,
            "nextmonth" => Self::NextMonth,
            "none" | "nodue" | "nodate" => Self::None,
            _ => return None,
        })
    }

    /// Returns the word in the rules of saved filters.
    pub(crate) const fn in_rules(self) -> FilterDate {
        match self {
            Self::Overdue => FilterDate::Overdue,
            Self::Today => FilterDate::Today,
            Self::Tomorrow => FilterDate::Tomorrow,
            Self::Week => FilterDate::ThisWeek,
            Self::NextWeek => FilterDate::NextWeek,
            Self::Month => FilterDate::ThisMonth,
            Self::NextMonth => FilterDate::NextMonth,
            Self::None => FilterDate::NoDue,
        }
    }
}

/// Reads days from today, such as `-7..-1`.
pub(crate) fn days_from_today(text: &str) -> Option<(i32, i32)> {
    let (first, last) = text.split_once("..")?;
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}
