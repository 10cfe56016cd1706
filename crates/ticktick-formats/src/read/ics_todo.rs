//! One VTODO or VJOURNAL of an iCalendar file.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use super::backup_values::{is_rule, prefixed};
use super::ics_zone;
use crate::ical::{self, Component, Property};
use crate::record::{Alarm, Item, Moment, Record};
use crate::zones;
use crate::{Context, Format};

/// The zones that a file names.
#[derive(Debug)]
pub(super) struct Zones {
    account: TimeZone,
    /// The zones that are defined only in the file, each with a known zone that has the same offsets.
    own: BTreeMap<String, TimeZone>,
}

impl Zones {
    pub(super) fn of(calendar: &Component, context: &Context) -> Self {
        let own = calendar.inner.iter().filter(|inner| inner.name == "VTIMEZONE").filter_map(ics_zone::read).collect();
        Self { account: context.zone().clone(), own }
    }

    /// Finds a zone by its name, by its Windows name, or by its definition in the file.
    fn find(&self, name: &str) -> Option<TimeZone> {
        zones::named(name).or_else(|| self.own.get(name).cloned())
    }
}

pub(super) fn record(component: &Component, calendar: &str, zones: &Zones) -> Option<Record> {
    let description = component.text("DESCRIPTION").unwrap_or_default();
    let title = component.text("SUMMARY").map(|title| title.replace('\n', " ").trim().to_owned());
    let title = title.or_else(|| description.lines().next().map(str::to_owned))?;
    let project = component.text("X-TICKTICK-PROJECT").unwrap_or_else(|| calendar.to_owned());
    let mut record = Record::new(Format::Ics, component.line, title, project);
    record.content = description;
    record.folder = component.text("X-TICKTICK-FOLDER");
    record.column = component.text("X-TICKTICK-COLUMN");
    record.ticktick_id = component.text("X-TICKTICK-ID");
    record.source_id = component.text("UID");
    record.kind = kind(component);
    checklist(component, &mut record);
    state(component, &mut record);
    for property in component.all("CATEGORIES") {
        ical::list(&property.value).iter().for_each(|tag| record.tag(tag));
    }
    dates(component, zones, &mut record);
    repeat(component, &mut record);
    for alarm in component.inner.iter().filter(|inner| inner.name == "VALARM") {
        if let Some(trigger) = alarm.get("TRIGGER") {
            alarms(trigger, zones, &mut record);
        }
    }
    Some(record)
}

fn kind(component: &Component) -> TaskKind {
    let named = component.text("X-TICKTICK-KIND").map(|kind| TaskKind::from(kind.as_str()));
    let usual = if component.name == "VJOURNAL" { TaskKind::Note } else { TaskKind::Text };
    named.filter(|kind| *kind == TaskKind::Note).unwrap_or(usual)
}

/// Reads a line of a checklist in our own files.
fn item(line: &str) -> Option<(&str, bool)> {
    let open = line.strip_prefix("- [ ] ").map(|title| (title, false));
    open.or_else(|| line.strip_prefix("- [x] ").map(|title| (title, true)))
}

/// Returns whether a line looks like one of a checklist, with backslashes before it or not.
pub(crate) fn is_item(line: &str) -> bool {
    item(line.trim_start_matches('\\')).is_some()
}

/// Our own files write a checklist as Markdown at the end of the text.
fn checklist(component: &Component, record: &mut Record) {
    if component.text("X-TICKTICK-KIND").as_deref() != Some("CHECKLIST") {
        return;
    }
    record.kind = TaskKind::Checklist;
    let mut lines: Vec<&str> = Vec::new();
    for line in record.content.lines() {
        match item(line) {
            Some((title, done)) => record.items.push(Item { title: title.to_owned(), done }),
            None => lines.push(line.strip_prefix('\\').filter(|text| is_item(text)).unwrap_or(line)),
        }
    }
    record.content = lines.join("\n");
}

fn state(component: &Component, record: &mut Record) {
    let percent = component.get("PERCENT-COMPLETE").and_then(|property| property.value.trim().parse::<u8>().ok());
    let completed = component.get("COMPLETED").and_then(|property| instant(&property.value, &TimeZone::UTC));
    record.status = match component.text("STATUS").unwrap_or_default().to_uppercase().as_str() {
        "COMPLETED" => TaskStatus::Completed,
        "CANCELLED" => TaskStatus::WontDo,
        // Some programs write only the time of completion.
        "" if completed.is_some() || percent == Some(100) => TaskStatus::Completed,
        _ => TaskStatus::Open,
    };
    record.completed = completed.map(Moment::Instant).filter(|_| !record.is_open());
    record.progress = percent.filter(|percent| record.is_open() && (1..=100).contains(percent));
    record.created =
        component.get("CREATED").and_then(|property| instant(&property.value, &TimeZone::UTC)).map(Moment::Instant);
    record.priority = match component.get("PRIORITY").and_then(|property| property.value.trim().parse::<u8>().ok()) {
        Some(1..=4) => Priority::High,
        Some(5) => Priority::Medium,
        Some(6..=9) => Priority::Low,
        _ => Priority::None,
    };
}

fn dates(component: &Component, zones: &Zones, record: &mut Record) {
    let start = component.get("DTSTART").and_then(|property| moment(property, zones, record));
    let due = component.get("DUE").and_then(|property| moment(property, zones, record));
    let due = due.or_else(|| {
        let duration = component.get("DURATION")?.value.trim();
        let end = later(start?, duration);
        if end.is_none() {
            record.warn(format!("invalid duration {duration}"));
        }
        end
    });
    // A task with only a due date also starts then.
    let (start, due) = same_kind(start.or(due), due, zones);
    record.start = start;
    record.due = due;
    record.infer_all_day();
    record.floating = matches!(due.or(start), Some(Moment::Local(_)));
}

/// Converts both dates to the kind of the due date, because some programs mix kinds.
fn same_kind(start: Option<Moment>, due: Option<Moment>, zones: &Zones) -> (Option<Moment>, Option<Moment>) {
    let day = |moment| match moment {
        Moment::Day(day) => day,
        Moment::Local(at) => at.date(),
        Moment::Instant(at) => zones.account.to_datetime(at).date(),
    };
    match (start, due) {
        (Some(first), Some(last)) if std::mem::discriminant(&first) != std::mem::discriminant(&last) => {
            if matches!(last, Moment::Day(_)) { (Some(Moment::Day(day(first))), due) } else { (due, due) }
        }
        pair => pair,
    }
}

fn later(start: Moment, duration: &str) -> Option<Moment> {
    let span: Span = duration.trim().parse().ok()?;
    match start {
        Moment::Day(day) => {
            let days = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?.as_hours() / 24;
            // The end of a duration of days is not part of it.
            day.checked_add(Span::new().try_days((days - 1).max(0)).ok()?).ok().map(Moment::Day)
        }
        Moment::Local(at) => at.checked_add(span).ok().map(Moment::Local),
        Moment::Instant(at) => {
            let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
            at.checked_add(length).ok().map(Moment::Instant)
        }
    }
}

fn moment(property: &Property, zones: &Zones, record: &mut Record) -> Option<Moment> {
    let value = property.value.trim();
    let found = if value.len() == 8 {
        date(value).map(Moment::Day)
    } else if value.ends_with(['Z', 'z']) {
        instant(value, &TimeZone::UTC).map(Moment::Instant)
    } else if let Some(name) = property.param("TZID") {
        let zone = zones.find(name).unwrap_or_else(|| {
            record.warn(format!("unknown time zone {name}; the zone of the account is used"));
            zones.account.clone()
        });
        record.zone = zone.iana_name().map(str::to_owned).or_else(|| record.zone.take());
        instant(value, &zone).map(Moment::Instant)
    } else {
        local(value).map(Moment::Local)
    };
    if found.is_none() {
        record.warn(format!("invalid date {value}"));
    }
    found
}

fn date(text: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let small = |range| part(range).and_then(|number| i8::try_from(number).ok());
    Date::new(part(0..4)?, small(4..6)?, small(6..8)?).ok()
}

fn local(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once(['T', 't'])?;
    let part = |range: std::ops::Range<usize>| time.get(range)?.parse::<i8>().ok();
    // A leap second counts as the second before it.
    let second = part(4..6).unwrap_or(0).min(59);
    Some(date(day)?.to_datetime(Time::new(part(0..2)?, part(2..4)?, second, 0).ok()?))
}

/// Places a time in a zone. In a gap it uses the offset before it, in a fold the first pass.
fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local = local(text.trim().trim_end_matches(['Z', 'z']))?;
    zone.to_timestamp(local).ok()
}

fn repeat(component: &Component, record: &mut Record) {
    let own = component.text("X-TICKTICK-REPEAT");
    let rule = component.get("RRULE").map(|property| property.value.trim().to_owned()).filter(|rule| !rule.is_empty());
    // Names in a rule may be written in small letters.
    let rule = rule.map(|rule| prefixed(&rule.to_uppercase()));
    if let Some(rule) = rule.as_ref().filter(|rule| own.is_none() && !is_rule(rule)) {
        record.warn(format!("repeat not understood: {}", rule.trim_start_matches("RRULE:")));
    }
    let rule = rule.filter(|rule| is_rule(rule));
    record.repeat = own.map(|rule| prefixed(&rule)).or(rule).or_else(|| listed(component));
    let from = component.text("X-TICKTICK-REPEAT-FROM");
    record.repeat_from = from.map(|from| RepeatFrom::from(from.as_str()));
}

/// Reads listed dates as the rule by which TickTick stores them.
fn listed(component: &Component) -> Option<String> {
    let dates: Vec<&str> = component
        .all("RDATE")
        .flat_map(|property| property.value.split(','))
        .filter_map(|text| text.trim().get(..8))
        .filter(|text| date(text).is_some())
        .collect();
    (!dates.is_empty()).then(|| format!("ERULE:NAME=CUSTOM;BYDATE={}", dates.join(",")))
}

fn alarms(trigger: &Property, zones: &Zones, record: &mut Record) {
    let value = trigger.value.trim();
    let is_instant = trigger.param("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE-TIME"));
    if is_instant || !value.trim_start_matches(['-', '+']).starts_with('P') {
        let zone = if value.ends_with('Z') { TimeZone::UTC } else { zones.account.clone() };
        match instant(value, &zone) {
            Some(at) => record.alarm(Alarm::At(at)),
            None => record.warn(format!("invalid reminder {value}")),
        }
        return;
    }
    let Some(anchor) = record.start.or(record.due) else {
        record.warn("a reminder without a date was left out");
        return;
    };
    let offset = value.parse::<Span>().ok().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    let Some(offset) = offset else {
        record.warn(format!("invalid reminder {value}"));
        return;
    };
    let from_end = trigger.param("RELATED").is_some_and(|side| side.eq_ignore_ascii_case("END"));
    let end = record.due.filter(|_| from_end).unwrap_or(anchor);
    record.alarm(match (anchor, end) {
        (Moment::Day(first), Moment::Day(last)) => {
            let days = first.until(last).map_or(0, |span| i64::from(span.get_days()));
            Alarm::Start(day_text(offset.as_secs() + days * 86_400))
        }
        (Moment::Instant(start), Moment::Instant(end)) if start != end => match end.checked_add(offset) {
            Ok(at) => Alarm::At(at),
            Err(_) => return,
        },
        (Moment::Local(start), Moment::Local(end)) if start != end => {
            let length = start.duration_until(end);
            Alarm::Start(time_text(offset + length))
        }
        _ => Alarm::Start(value.trim_start_matches('+').to_uppercase()),
    });
}

/// Writes seconds from midnight as TickTick does for days.
fn day_text(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let rest = seconds.unsigned_abs();
    format!("{sign}P{}DT{}H{}M{}S", rest / 86_400, rest / 3600 % 24, rest / 60 % 60, rest % 60)
}

fn time_text(offset: SignedDuration) -> String {
    let minutes = offset.as_secs() / 60;
    format!("{}PT{}M", if minutes < 0 { "-" } else { "" }, minutes.abs())
}
