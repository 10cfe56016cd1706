//! Shows and parses dates.

use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use ticktick::quick_add::{DateOrder, DateValue, QuickAdd};
use ticktick::{Due, Task};

use crate::args::Globals;
use crate::error::Error;
use crate::generated::cli::Due as DueView;

/// Up to this many days back are counted; older dates are shown in full.
const COUNTED_DAYS: i32 = 14;

/// Up to this many days ahead are shown without a year, even in the next year.
const YEARLESS_DAYS: i32 = 180;

/// How to write a date, for hints.
const DATES: &str = "write today, tomorrow, a weekday such as fri (the next one), +3d, +2w or 2026-03-01; for a time of \
                     day add it: \"fri 09:30\"";

/// The urgency of a date, by the day in the reader's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    Overdue,
    Today,
    Later,
    NoDate,
}

impl Urgency {
    /// Returns the urgency of a first and a last day.
    pub(crate) fn of((first, last): (Date, Date), today: Date) -> Self {
        if last < today {
            Self::Overdue
        } else if first <= today {
            Self::Today
        } else {
            Self::Later
        }
    }
}

/// A date in the zone of the user.
#[derive(Clone, Debug)]
pub(crate) struct When {
    due: Due,
    start: ZonedDateTime,
    end: ZonedDateTime,
    /// The first and the last day in the zone of the user.
    days: (Date, Date),
}

impl When {
    /// Reads the date of a task.
    pub(crate) fn of(task: &Task, now: &ZonedDateTime) -> Option<Self> {
        Self::new(task.due(now.time_zone())?, now.time_zone())
    }

    pub(crate) fn new(due: Due, zone: &TimeZone) -> Option<Self> {
        let day = |date: Date| date.to_zoned_datetime(zone.clone()).ok();
        let (start, end) = match &due {
            Due::Day { date, .. } => (day(*date)?, day(*date)?),
            Due::Days { first, last, .. } => (day(*first)?, day(*last)?),
            Due::At(at) => (at.with_time_zone(zone.clone()), at.with_time_zone(zone.clone())),
            Due::Range { start, end, .. } => (start.with_time_zone(zone.clone()), end.with_time_zone(zone.clone())),
            Due::Floating { start, end, .. } => {
                (start.to_zoned_datetime(zone.clone()).ok()?, end.to_zoned_datetime(zone.clone()).ok()?)
            }
            _ => return None,
        };
        let days = due.days_in(zone).into_inner();
        Some(Self { due, start, end, days })
    }

    pub(crate) fn due(&self) -> &Due {
        &self.due
    }

    /// Returns whether it has a duration.
    pub(crate) fn is_range(&self) -> bool {
        self.start != self.end
    }

    pub(crate) fn start(&self) -> &ZonedDateTime {
        &self.start
    }

    pub(crate) fn urgency(&self, now: &ZonedDateTime) -> Urgency {
        Urgency::of(self.days, now.date())
    }

    /// Returns its first and its last day in the reader's time zone.
    pub(crate) fn days(&self) -> RangeInclusive<Date> {
        self.days.0..=self.days.1
    }

    /// Formats the date in a few words, relative to now.
    pub(crate) fn show(&self, now: &ZonedDateTime) -> String {
        let (start_at, end_at) = self.clock_times();
        let (start, end, today) = (start_at.date(), end_at.date(), now.date());
        if self.due.is_all_day() {
            return if start == end {
                day(start, today)
            } else {
                format!("{} - {}", day(start, today), day(end, today))
            };
        }
        let time = |at: DateTime| at.strftime("%H:%M").to_string();
        let times = match (start_at == end_at, start == end) {
            (true, _) => time(start_at),
            (false, true) => format!("{}-{}", time(start_at), time(end_at)),
            (false, false) => {
                let [start, end] = [(start_at, start), (end_at, end)].map(|(at, of)| (time(at), day(of, today)));
                return format!("{} {} - {} {}", start.1, start.0, end.1, end.0);
            }
        };
        if start == today {
            format!("{times} ({})", self.distance(now))
        } else {
            format!("{} {times}", day(start, today))
        }
    }

    /// Formats the day on which it ends, or the time if that is today.
    pub(crate) fn show_short(&self, now: &ZonedDateTime) -> String {
        let (start, end) = self.clock_times();
        if !self.due.is_all_day() && start.date() == now.date() {
            start.strftime("%H:%M").to_string()
        } else {
            day(end.date(), now.date())
        }
    }

    /// Returns the times of day at its start and end. A floating time is shown as written, even in a gap of
    /// the local zone.
    pub(crate) fn clock_times(&self) -> (DateTime, DateTime) {
        match &self.due {
            Due::Floating { start, end, .. } => (*start, *end),
            _ => (self.start.datetime(), self.end.datetime()),
        }
    }

    /// Returns the JSON form of the date.
    pub(crate) fn view(&self) -> Option<DueView> {
        view(&self.due)
    }

    fn distance(&self, now: &ZonedDateTime) -> String {
        let until = now.duration_until(&self.start);
        if !until.is_negative() {
            return match until.as_mins() {
                0 => "now".into(),
                _ => format!("in {}", long(until)),
            };
        }
        let over = self.end.duration_until(now);
        if over.is_negative() || over.as_mins() == 0 { "now".into() } else { format!("{} ago", long(over)) }
    }
}

/// Returns the JSON form of a date.
pub(crate) fn view(due: &Due) -> Option<DueView> {
    match due.clone() {
        Due::Day { date, .. } => Some(DueView::Day { date }),
        Due::Days { first, last, .. } => Some(DueView::Days { first, last }),
        Due::At(at) => Some(DueView::At { at }),
        Due::Range { start, end, .. } => Some(DueView::Range { start, end }),
        Due::Floating { start, end, .. } => Some(DueView::Floating { start, end }),
        _ => None,
    }
}

/// Returns when a date starts, and its first and last day in a zone, as [`When`] would. Lists need no more of most dates.
pub(crate) fn span(due: &Due, zone: &TimeZone) -> Option<(Timestamp, (Date, Date))> {
    let at = |at: DateTime| zone.to_timestamp(at).ok();
    let midnight = |date: Date| at(date.to_datetime(Time::midnight()));
    let start = match due {
        Due::Day { date, .. } => midnight(*date)?,
        Due::Days { first, last, .. } => midnight(*first).filter(|_| midnight(*last).is_some())?,
        Due::At(at) => at.timestamp(),
        Due::Range { start, .. } => start.timestamp(),
        Due::Floating { start, end, .. } => at(*start).filter(|_| at(*end).is_some())?,
        _ => return None,
    };
    Some((start, due.days_in(zone).into_inner()))
}

/// Formats a time in the past, such as `yesterday 18:30`.
pub(crate) fn past(at: &ZonedDateTime, now: &ZonedDateTime) -> String {
    format!("{} {}", day(at.date(), now.date()), at.strftime("%H:%M"))
}

fn long(duration: SignedDuration) -> String {
    match duration.as_mins() {
        mins @ ..60 => format!("{mins} min"),
        mins => format!("{} h", mins / 60),
    }
}

/// Formats a day relative to today, such as "tomorrow" or "Fri 27 Nov".
pub(crate) fn day(date: Date, today: Date) -> String {
    let days = (date - today).get_days();
    match days {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        _ if (-COUNTED_DAYS..0).contains(&days) => format!("{} days ago", -days),
        _ if date.year() == today.year() || (0..YEARLESS_DAYS).contains(&days) => {
            date.strftime("%a %-d %b").to_string()
        }
        _ => date.strftime("%-d %b %Y").to_string(),
    }
}

/// Returns a parser of dates that follows the settings.
pub(crate) fn quick(globals: &Globals, now: &ZonedDateTime, week_start: Weekday) -> QuickAdd {
    let keep_text = setting(globals, "keep-text") == Some("true");
    let quick = QuickAdd::new(now).week_start(first_weekday(globals, week_start)).keep_text(keep_text);
    match setting(globals, "date-order") {
        Some("dmy") => quick.date_order(DateOrder::Dmy),
        Some("mdy") => quick.date_order(DateOrder::Mdy),
        _ => quick,
    }
}

/// Returns the first day of a week: that of the settings, or else that of the account.
pub(crate) fn first_weekday(globals: &Globals, of_account: Weekday) -> Weekday {
    match setting(globals, "week-start") {
        Some("monday") => Weekday::Monday,
        Some("saturday") => Weekday::Saturday,
        Some("sunday") => Weekday::Sunday,
        _ => of_account,
    }
}

fn setting<'a>(globals: &'a Globals, name: &str) -> Option<&'a str> {
    globals.settings().ok().and_then(|settings| settings.get(name))
}

/// Parses a date as typed. `none` is refused.
pub(crate) fn parse_with(quick: &QuickAdd, text: &str) -> Result<Due, Error> {
    match parse_or_none(quick, text)? {
        DateValue::Due(due) => Ok(due),
        DateValue::Clear => Err(Error::usage("`none` is not a date")),
    }
}

/// Parses a date as typed, or `none`.
pub(crate) fn parse_or_none(quick: &QuickAdd, text: &str) -> Result<DateValue, Error> {
    quick.parse_date(text.trim()).map_err(|error| {
        let fault = Error::from(error);
        if fault.hint.is_some() { fault } else { fault.hint(DATES) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, now: &ZonedDateTime) -> Result<Due, Error> {
        parse_with(&QuickAdd::new(now), text)
    }

    fn now() -> ZonedDateTime {
        "2026-11-23T08:50[Europe/Berlin]".parse().unwrap()
    }

    fn shown(text: &str) -> String {
        let now = now();
        When::new(parse(text, &now).unwrap(), now.time_zone()).unwrap().show(&now)
    }

    #[test]
    fn a_floating_time_in_a_gap_of_the_readers_zone_keeps_its_text() {
        let now: ZonedDateTime = "2026-03-29T08:50[Europe/Berlin]".parse().unwrap();
        let floating = Due::floating(jiff::civil::datetime(2026, 3, 29, 2, 30, 0, 0));
        assert_eq!(When::new(floating, now.time_zone()).unwrap().show(&now), "02:30 (5 h ago)");
    }

    #[test]
    fn days_are_counted_from_today() {
        for (typed, wanted) in [
            ("today", "today"),
            ("tomorrow", "tomorrow"),
            ("Tod", "today"),
            ("thu", "Thu 26 Nov"),
            ("Mon", "Mon 30 Nov"),
            ("Tuesday", "tomorrow"),
            ("+2w", "Mon 7 Dec"),
            ("2026-11-22", "yesterday"),
            ("2026-11-21", "2 days ago"),
            ("2026-11-01", "Sun 1 Nov"),
            ("2027-03-01", "Mon 1 Mar"),
            ("2027-12-01", "1 Dec 2027"),
            ("2025-12-01", "1 Dec 2025"),
        ] {
            assert_eq!(shown(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn times_of_today_tell_how_far_they_are() {
        assert_eq!(shown("today 9:30"), "09:30 (in 40 min)");
        assert_eq!(shown("2026-11-23T17:00"), "17:00 (in 8 h)");
        assert_eq!(shown("today 08:50"), "08:50 (now)");
        assert_eq!(shown("today 07:05"), "07:05 (1 h ago)");
        assert_eq!(shown("fri 18:00"), "Fri 27 Nov 18:00");
    }

    #[test]
    fn a_list_sorts_by_the_dates_that_it_shows() {
        let now = now();
        let at = |text: &str| text.parse::<ZonedDateTime>().unwrap();
        let day = jiff::civil::date(2026, 3, 29);
        for due in [
            Due::day(day),
            Due::days(day..=day.tomorrow().unwrap()).unwrap(),
            Due::days(day..=Date::MAX).unwrap(),
            Due::at(at("2026-03-29T02:30[America/New_York]")),
            Due::range(at("2026-03-28T23:00[UTC]"), at("2026-03-29T22:00[UTC]")).unwrap(),
            Due::floating(day.at(2, 30, 0, 0)),
        ] {
            for zone in ["Europe/Berlin", "Africa/Cairo", "UTC"] {
                let zone = TimeZone::get(zone).unwrap();
                let when = When::new(due.clone(), &zone);
                let wanted = when.map(|when| (when.start().timestamp(), when.days().into_inner()));
                assert_eq!(span(&due, &zone), wanted, "{due:?}");
            }
        }
        assert!(span(&Due::day(day), now.time_zone()).is_some());
    }

    #[test]
    fn cards_show_a_day_or_a_time() {
        let now = now();
        let short = |text| When::new(parse(text, &now).unwrap(), now.time_zone()).unwrap().show_short(&now);
        assert_eq!(["today", "today 9:30", "fri 9:30", "+1d"].map(short), ["today", "09:30", "Fri 27 Nov", "tomorrow"]);
    }

    #[test]
    fn spans_show_both_ends() {
        let now = now();
        let at = |text: &str| text.parse::<ZonedDateTime>().unwrap();
        let show = |due| When::new(due, now.time_zone()).unwrap().show(&now);
        let range = Due::range(at("2026-11-23T08:00[Europe/Berlin]"), at("2026-11-23T10:00[Europe/Berlin]")).unwrap();
        assert_eq!(show(range), "08:00-10:00 (now)");
        let range = Due::range(at("2026-11-23T23:00[UTC]"), at("2026-11-25T01:00[UTC]")).unwrap();
        assert_eq!(show(range), "tomorrow 00:00 - Wed 25 Nov 02:00");
        let days = Due::days(now.date()..=now.date().tomorrow().unwrap()).unwrap();
        assert_eq!(show(days), "today - tomorrow");
        assert_eq!(show(Due::floating(now.datetime())), "08:50 (now)");
    }

    #[test]
    fn a_day_is_over_when_it_is_over() {
        let now = now();
        let urgency = |text| When::new(parse(text, &now).unwrap(), now.time_zone()).unwrap().urgency(&now);
        assert_eq!(urgency("today"), Urgency::Today);
        assert_eq!(urgency("today 08:49"), Urgency::Today, "its day is not over, as in the views of an account");
        let tokyo = When::new(Due::at("2026-11-23T07:00[Asia/Tokyo]".parse().unwrap()), now.time_zone()).unwrap();
        assert_eq!(tokyo.urgency(&now), Urgency::Overdue, "it is the evening before in Berlin");
        assert_eq!(urgency("today 08:50"), Urgency::Today);
        assert_eq!(urgency("2026-11-22"), Urgency::Overdue);
        assert_eq!(urgency("tomorrow"), Urgency::Later);
    }

    #[test]
    fn scripts_learn_the_kind_first() {
        let now = now();
        let json = |text| {
            serde_json::to_string(&When::new(parse(text, &now).unwrap(), now.time_zone()).unwrap().view()).unwrap()
        };
        assert_eq!(json("fri"), r#"{"kind":"day","date":"2026-11-27"}"#);
        assert_eq!(json("fri 9:30"), r#"{"kind":"at","at":"2026-11-27T09:30:00+01:00[Europe/Berlin]"}"#);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "T", " ", "someday", "+d", "+3", "+-1d", "+d€", "20260301", "fri 25:00", "fri +9:30", "fri 9", "a b c"]
        {
            assert_eq!(parse(text, &now()).unwrap_err().kind, crate::error::Kind::Usage, "{text}");
        }
    }

    #[test]
    fn a_typed_time_that_the_clocks_skip_moves_on() {
        let now: ZonedDateTime = "2026-03-28T08:00[Europe/Berlin]".parse().unwrap();
        assert_eq!(parse("tomorrow 02:30", &now).unwrap(), Due::at("2026-03-29T03:30[Europe/Berlin]".parse().unwrap()));
    }
}
