//! Converts the dates and reminders of a record to the zone of an account.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use ticktick::{Due, Recurrence, Trigger};

use crate::record::{Alarm, Moment, Record};
use crate::{Context, Format, zones};

/// A date, and the reminders relative to it.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) due: Option<Due>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) remarks: Vec<String>,
}

/// Converts a record. Times without a zone are in that of the account.
pub(crate) fn place(record: &Record, context: &Context) -> Placed {
    let mut remarks = Vec::new();
    let own = record.zone.as_deref().and_then(zones::named);
    if own.is_none()
        && let Some(name) = &record.zone
    {
        remarks.push(format!("unknown time zone {name}; the zone of the account is used"));
    }
    let zone = own.clone().unwrap_or_else(|| context.zone().clone());
    let due = due(record, &zone, context).map(|due| match (&due, own) {
        (Due::Day { .. } | Due::Days { .. }, Some(zone)) => due.in_zone(zone),
        _ => due,
    });
    if due.is_none() && (record.due.is_some() || record.start.is_some() || record.repeat.is_some()) {
        remarks.push("the date could not be placed".to_owned());
    }
    let triggers = due.as_ref().map_or_else(Vec::new, |due| triggers(record, due, &zone, &mut remarks));
    if due.is_none() && !record.alarms.is_empty() {
        remarks.push("reminders without a date were left out".to_owned());
    }
    Placed { due, triggers, remarks }
}

fn due(record: &Record, zone: &TimeZone, context: &Context) -> Option<Due> {
    let (start, due) = match (record.start, record.due) {
        (None, None) => return first(record, zone, context),
        (Some(start), None) if record.due_from_repeat => return after(record, day(start, zone), zone),
        (start, due) => (start.or(due)?, due.or(start)?),
    };
    if record.all_day || is_midnights(record, start, due, context) {
        let zone = if record.all_day { zone } else { context.zone() };
        let (first, last) = (day(start, zone), day(due, zone));
        // The backup contains the midnight after the last day.
        let is_open_end = record.format == Format::BackupCsv && last > first;
        let last = if is_open_end { last.checked_sub(1.day()).unwrap_or(last) } else { last };
        // A length in days includes the first one.
        let more = record.minutes.filter(|_| first == last).map_or(0, |minutes| i64::from(minutes / (24 * 60)) - 1);
        let last = last.checked_add(more.max(0).days()).unwrap_or(last);
        return Due::days(first.min(last)..=last.max(first)).ok();
    }
    if record.floating
        || matches!((start, due, &record.zone), (Moment::Local(_), _, None) if record.format == Format::Ics)
    {
        let clock = |moment| match moment {
            Moment::Day(day) => day.to_datetime(Time::midnight()),
            Moment::Local(at) => at,
            Moment::Instant(at) => zone.to_datetime(at),
        };
        let (first, last) = (clock(start), clock(due));
        let floating = Due::floating_range(first.min(last), last.max(first)).ok()?;
        return Some(if record.zone.is_some() { floating.in_zone(zone.clone()) } else { floating });
    }
    let at = |moment: Moment| instant(moment, zone).map(|at| at.to_zoned_datetime(zone.clone()));
    let (first, mut last) = (at(start)?, at(due)?);
    if let Some(minutes) = record.minutes.filter(|_| first == last) {
        last = last.checked_add(SignedDuration::from_mins(i64::from(minutes))).ok()?;
    }
    Due::range(first.clone().min(last.clone()), last.max(first)).ok()
}

/// Taskwarrior has no days; by convention, midnight in the zone means one.
fn is_midnights(record: &Record, start: Moment, due: Moment, context: &Context) -> bool {
    let is_midnight = |moment| match moment {
        Moment::Instant(at) => context.zone().to_datetime(at).time() == Time::midnight(),
        _ => false,
    };
    record.format == Format::Taskwarrior && record.zone.is_none() && is_midnight(start) && is_midnight(due)
}

/// Returns the first date of a series without one: the first match on or after today.
fn first(record: &Record, zone: &TimeZone, context: &Context) -> Option<Due> {
    record.repeat.as_ref()?;
    let today = context.now().with_time_zone(zone.clone()).date();
    after(record, today, zone)
}

fn after(record: &Record, from: Date, zone: &TimeZone) -> Option<Due> {
    let rule = Recurrence::parse(record.repeat.as_deref()?).ok()?;
    let day = rule.occurrences(from).ok()?.next().unwrap_or(from);
    let Some(time) = record.local_time else { return Some(Due::day(day)) };
    let start = zone.to_timestamp(day.to_datetime(time)).ok()?.to_zoned_datetime(zone.clone());
    let minutes = i64::from(record.minutes.unwrap_or(0));
    let end = start.checked_add(SignedDuration::from_mins(minutes)).ok()?;
    Due::range(start, end).ok()
}

fn instant(moment: Moment, zone: &TimeZone) -> Option<jiff::Timestamp> {
    match moment {
        Moment::Instant(at) => Some(at),
        Moment::Local(at) => zone.to_timestamp(at).ok(),
        Moment::Day(day) => zone.to_timestamp(day.to_datetime(Time::midnight())).ok(),
    }
}

fn day(moment: Moment, zone: &TimeZone) -> Date {
    match moment {
        Moment::Day(day) => day,
        Moment::Local(at) => at.date(),
        Moment::Instant(at) => zone.to_datetime(at).date(),
    }
}

fn triggers(record: &Record, due: &Due, zone: &TimeZone, remarks: &mut Vec<String>) -> Vec<Trigger> {
    let start = match due {
        Due::Day { date, .. } => (*date).to_datetime(Time::midnight()),
        Due::Days { first, .. } => (*first).to_datetime(Time::midnight()),
        Due::At(at) => at.datetime(),
        Due::Range { start, .. } => start.datetime(),
        Due::Floating { start, .. } => *start,
        _ => return Vec::new(),
    };
    let mut triggers = Vec::new();
    for alarm in &record.alarms {
        let found = match alarm {
            Alarm::Start(text) => relative(text, due.is_all_day()),
            Alarm::At(at) => {
                let offset = start.duration_until(zone.to_datetime(*at));
                from_offset(offset, due.is_all_day())
            }
        };
        match found {
            Some(trigger) if !triggers.contains(&trigger) => triggers.push(trigger),
            Some(_) => {}
            None => remarks.push("a reminder that TickTick cannot store was left out".to_owned()),
        }
    }
    triggers
}

fn relative(text: &str, all_day: bool) -> Option<Trigger> {
    let trigger = Trigger::from(format!("TRIGGER:{text}").as_str());
    let offset = trigger.offset()?;
    if trigger.check_kind(all_day).is_ok() { Some(trigger) } else { from_offset(offset, all_day) }
}

/// Returns the reminder that fires after an offset from the start, in the form for its kind of date.
fn from_offset(offset: SignedDuration, all_day: bool) -> Option<Trigger> {
    if !all_day {
        return Some(Trigger::before(-offset));
    }
    let days_before = -offset.as_secs().div_euclid(86_400);
    let time = Time::midnight().checked_add(SignedDuration::from_secs(offset.as_secs().rem_euclid(86_400))).ok()?;
    Some(Trigger::on_day(u32::try_from(days_before).ok()?, time))
}
