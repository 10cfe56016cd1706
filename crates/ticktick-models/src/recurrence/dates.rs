//! The dates of a recurrence.

use std::iter::FusedIterator;

use jiff::Span;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::Recurrence;
use super::error::NotComputable;
use super::rule::{Form, Frequency, NthWeekday, RecurrenceRule, Workday};

/// How many years are searched for a date; the calendar repeats after this many years.
const YEARS: i16 = 400;

impl Recurrence {
    /// Returns the dates of a series that starts on a day. The start is an occurrence only if it matches
    /// the rule.
    ///
    /// `COUNT` counts from that day, `UNTIL` is read in UTC if it is an instant, and days that a month
    /// lacks are skipped. The search ends after 400 years without a date.
    ///
    /// # Errors
    ///
    /// Fails if the rule has parts, or is of a kind, that cannot be computed.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::monthly().times(3)?;
    /// let dates: Vec<_> = recurrence.occurrences(date(2026, 1, 31))?.collect();
    /// assert_eq!(dates, [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn occurrences(&self, first: Date) -> Result<Occurrences, NotComputable> {
        let mut dates = self.dates_from(first, &TimeZone::UTC)?;
        dates.left = self.rule().and_then(|rule| rule.count);
        Ok(dates)
    }

    /// Returns all dates from a day on; the zone decides on which day the series ends.
    pub(crate) fn dates_from(&self, anchor: Date, zone: &TimeZone) -> Result<Occurrences, NotComputable> {
        if let Some(part) = self.unknown.first() {
            return Err(NotComputable::Part(part.clone()));
        }
        let (source, until) = match &self.form {
            Form::Rule(rule) => {
                if let Some(times) = rule.times_a_week {
                    return Err(NotComputable::Part(format!("TT_TIMES={times}").into()));
                }
                let until = rule.until.map(|until| until.last_day(zone));
                (Source::Periods(Periods { rule: anchored(rule, anchor), anchor, next: 0 }), until)
            }
            Form::Listed(dates) => (Source::Listed(dates.clone()), None),
            Form::Other => return Err(NotComputable::Part(self.text.as_str().into())),
        };
        let limit = year_on(anchor);
        Ok(Occurrences {
            source,
            ready: Vec::new().into_iter(),
            first: anchor,
            until,
            left: None,
            limit,
            gave_up: false,
        })
    }
}

/// The dates of a series, sorted and without duplicates.
#[derive(Clone, Debug)]
pub struct Occurrences {
    source: Source,
    /// The remaining dates of the current period.
    ready: std::vec::IntoIter<Date>,
    first: Date,
    until: Option<Date>,
    left: Option<u32>,
    /// The year in which the search ends.
    limit: i16,
    gave_up: bool,
}

#[derive(Clone, Debug)]
enum Source {
    Periods(Periods),
    /// Explicit dates.
    Listed(Vec<Date>),
}

impl Occurrences {
    /// Returns whether the dates ended because none was found, rather than because the series ends.
    pub(crate) const fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Fills in the dates of the next period; `None` at the end of the series or of the search.
    fn fill(&mut self) -> Option<()> {
        let dates = match &mut self.source {
            Source::Listed(dates) if dates.is_empty() => return None,
            Source::Listed(dates) => std::mem::take(dates),
            Source::Periods(periods) => {
                let Some((start, end)) = periods.next_bounds().filter(|(start, _)| start.year() <= self.limit) else {
                    self.gave_up = true;
                    return None;
                };
                if self.until.is_some_and(|until| start > until) {
                    return None;
                }
                periods.dates(start, end)
            }
        };
        self.ready = dates.into_iter();
        Some(())
    }
}

impl Iterator for Occurrences {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        if self.left == Some(0) || self.gave_up {
            return None;
        }
        loop {
            let Some(date) = self.ready.next() else {
                self.fill()?;
                continue;
            };
            if date < self.first {
                continue;
            }
            if self.until.is_some_and(|until| date > until) {
                self.left = Some(0);
                return None;
            }
            self.left = self.left.map(|left| left - 1);
            self.limit = year_on(date);
            return Some(date);
        }
    }
}

impl FusedIterator for Occurrences {}

fn year_on(date: Date) -> i16 {
    date.year().saturating_add(YEARS)
}

/// Fills in the parts that follow from the start day of a rule.
fn anchored(rule: &RecurrenceRule, anchor: Date) -> RecurrenceRule {
    let mut rule = rule.clone();
    let names_days = rule.names_days();
    let month_is_open = rule.months.is_empty() && (!names_days || rule.workday.is_some());
    if rule.frequency == Frequency::Yearly && month_is_open {
        rule.months.push(anchor.month().into());
    }
    match rule.frequency {
        _ if names_days => {}
        Frequency::Yearly | Frequency::Monthly => rule.month_days.push(anchor.day().into()),
        Frequency::Weekly => rule.weekdays.push(NthWeekday { nth: None, weekday: anchor.weekday() }),
        Frequency::Daily => {}
    }
    rule
}

/// The days, weeks, months or years that a rule goes through.
#[derive(Clone, Debug)]
struct Periods {
    rule: RecurrenceRule,
    anchor: Date,
    /// How many periods after the one of the anchor.
    next: i64,
}

impl Periods {
    /// Returns the first and the last day of the next period; `None` at the end of the calendar.
    fn next_bounds(&mut self) -> Option<(Date, Date)> {
        let Self { rule, anchor, next } = self;
        let (span, at) = (Span::new(), *next);
        *next = next.checked_add(rule.interval.into())?;
        let later = |date: Date, span: Span| date.checked_add(span).ok();
        match rule.frequency {
            Frequency::Daily => later(*anchor, span.try_days(at).ok()?).map(|day| (day, day)),
            Frequency::Weekly => {
                let first = week_of(*anchor, rule.week_start).checked_add(span.try_weeks(at).ok()?).ok()?;
                Some((first, first.saturating_add(Span::new().days(6))))
            }
            Frequency::Monthly => {
                let first = later(anchor.first_of_month(), span.try_months(at).ok()?)?;
                Some((first, first.last_of_month()))
            }
            Frequency::Yearly => {
                let first = later(anchor.first_of_year(), span.try_years(at).ok()?)?;
                Some((first, first.last_of_year()))
            }
        }
    }

    /// Lists the dates of a period.
    fn dates(&self, start: Date, end: Date) -> Vec<Date> {
        let rule = &self.rule;
        let days = std::iter::successors(Some(start), |day| day.tomorrow().ok()).take_while(|day| *day <= end);
        let mut dates: Vec<Date> = days.filter(|day| matches(rule, *day)).collect();
        if !rule.positions.is_empty() {
            dates = chosen(&dates, &rule.positions);
        }
        if rule.skips_weekends {
            dates.retain(|date| !is_weekend(*date));
        }
        dates
    }
}

/// Returns whether a day has all that the rule asks of a day.
fn matches(rule: &RecurrenceRule, day: Date) -> bool {
    let any = |list: &[i16], number: i16, length: i16| has(list, number, || length);
    (rule.months.is_empty() || rule.months.contains(&day.month().into()))
        && any(&rule.month_days, day.day().into(), day.days_in_month().into())
        && any(&rule.year_days, day.day_of_year(), day.days_in_year())
        && (rule.weekdays.is_empty() || rule.weekdays.iter().any(|weekday| is_nth(rule, *weekday, day)))
        && (rule.weeks.is_empty() || in_weeks(&rule.weeks, day, rule.week_start))
        && rule.workday.is_none_or(|which| is_workday(which, day))
}

/// Returns whether a list has a number, or its distance from the end; an empty list has them all.
fn has(list: &[i16], number: i16, length: impl FnOnce() -> i16) -> bool {
    list.is_empty() || list.contains(&number) || list.contains(&(number - length() - 1))
}

/// Returns whether a day is the weekday asked for: of the year in a rule by years without months, otherwise of the month.
fn is_nth(rule: &RecurrenceRule, wanted: NthWeekday, day: Date) -> bool {
    if day.weekday() != wanted.weekday {
        return false;
    }
    let Some(nth) = wanted.nth else { return true };
    let (number, length) = if rule.frequency == Frequency::Yearly && rule.months.is_empty() {
        (day.day_of_year(), day.days_in_year())
    } else {
        (day.day().into(), day.days_in_month().into())
    };
    nth == if nth > 0 { (number - 1) / 7 + 1 } else { -((length - number) / 7 + 1) }
}

/// Returns whether a day lies in one of the weeks; the first week of a year is the first with four days in it.
fn in_weeks(weeks: &[i16], day: Date, week_start: Weekday) -> bool {
    let middle = |day: Date| week_of(day, week_start).saturating_add(Span::new().days(3));
    let number = |middle: Date| (middle.day_of_year() - 1) / 7 + 1;
    let this = middle(day);
    // The 28th of December always lies in the last week.
    let last = || this.last_of_year().saturating_sub(Span::new().days(3));
    has(weeks, number(this), || number(middle(last())))
}

fn week_of(day: Date, week_start: Weekday) -> Date {
    day.saturating_sub(Span::new().days(day.weekday().since(week_start)))
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Returns whether a day is the first or the last of its month from Monday to Friday.
fn is_workday(which: Workday, day: Date) -> bool {
    // Days of the month on the far side, without the two of a weekend next to the day.
    let (beyond, after_weekend) = match which {
        Workday::First => (day.day() - 1, Weekday::Monday),
        Workday::Last => (day.days_in_month() - day.day(), Weekday::Friday),
    };
    !is_weekend(day) && (beyond == 0 || beyond <= 2 && day.weekday() == after_weekend)
}

/// Picks by position, counted from the end where negative.
fn chosen(dates: &[Date], positions: &[i16]) -> Vec<Date> {
    let length = i16::try_from(dates.len()).unwrap_or(i16::MAX);
    let numbered = dates.iter().zip(1..);
    numbered.filter(|(_, number)| has(positions, *number, || length)).map(|(date, _)| *date).collect()
}
