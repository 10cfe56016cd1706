//! Writes iCalendar with VTODO components.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ticktick::models::{TaskKind, Until};
use ticktick::{Priority, Recurrence, TaskStatus};

use super::{Lost, Written, ics_zone, tree};
use crate::ical::{escape, write_line};
use crate::record::{Alarm, Moment, Record};
use crate::{Context, Plan};

/// A component that is being written.
struct Lines<'a> {
    text: &'a mut String,
}

impl Lines<'_> {
    fn raw(&mut self, line: &str) {
        write_line(self.text, line);
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            write_line(self.text, &format!("{name}:{}", escape(value)));
        }
    }
}

/// The dates of a task in the form of the format.
struct Dates {
    start: Option<String>,
    due: Option<String>,
    /// Whether reminders count from the due date, because there is no start.
    from_end: bool,
}

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let mut zones: BTreeMap<String, (TimeZone, Timestamp)> = BTreeMap::new();
    let mut body = String::new();
    for (index, record) in plan.records.iter().enumerate() {
        let zone = tree::zone(record, context);
        let earliest = [record.start, record.due].into_iter().flatten().filter_map(|at| tree::instant(at, &zone)).min();
        let is_named = !record.all_day && !record.floating;
        if let (Some(name), Some(earliest)) = (zone.iana_name().filter(|name| is_named && *name != "UTC"), earliest) {
            let known = zones.entry(name.to_owned()).or_insert_with(|| (zone.clone(), earliest));
            known.1 = known.1.min(earliest);
        }
        component(plan, index, &zone, context, &mut body);
        count(record, &mut lost);
    }
    let mut text = String::new();
    let mut lines = Lines { text: &mut text };
    lines.raw("BEGIN:VCALENDAR");
    lines.raw("VERSION:2.0");
    lines.raw("PRODID:-//ticktick-rs//ticktick-formats//EN");
    lines.raw("CALSCALE:GREGORIAN");
    let projects = tree::projects(plan);
    lines.text("X-WR-CALNAME", projects.first().filter(|_| projects.len() == 1).map(|(name, _)| name.as_str()));
    for (name, (zone, earliest)) in &zones {
        ics_zone::write(&mut text, name, zone, *earliest);
    }
    text.push_str(&body);
    write_line(&mut text, "END:VCALENDAR");
    Written { files: vec![("tasks".to_owned(), text)], lost, ..Written::default() }
}

fn uid(plan: &Plan, index: usize) -> String {
    let record = &plan.records[index];
    let own = record.ticktick_id.as_ref().map(|id| format!("{id}@ticktick"));
    own.or_else(|| record.source_id.clone()).unwrap_or_else(|| format!("{}-{}@ticktick", plan.source, index + 1))
}

fn component(plan: &Plan, index: usize, zone: &TimeZone, context: &Context, text: &mut String) {
    let record = &plan.records[index];
    let is_note = record.kind == TaskKind::Note;
    let name = if is_note { "VJOURNAL" } else { "VTODO" };
    let mut lines = Lines { text };
    lines.raw(&format!("BEGIN:{name}"));
    lines.text("UID", Some(&uid(plan, index)));
    let stamp = record.modified.unwrap_or_else(|| context.now().timestamp());
    lines.raw(&format!("DTSTAMP:{}", utc(stamp)));
    if let Some(created) = record.created.and_then(|at| tree::instant(at, zone)) {
        lines.raw(&format!("CREATED:{}", utc(created)));
    }
    if let Some(modified) = record.modified {
        lines.raw(&format!("LAST-MODIFIED:{}", utc(modified)));
    }
    let title = tree::one_line(&record.title);
    lines.text("SUMMARY", Some(if title.is_empty() { "(untitled)" } else { &title }));
    lines.text("DESCRIPTION", Some(&tree::markdown(record)));
    if !record.tags.is_empty() {
        let tags: Vec<String> = record.tags.iter().map(|tag| escape(tag)).collect();
        lines.raw(&format!("CATEGORIES:{}", tags.join(",")));
    }
    if let Some(parent) = record.parent {
        lines.text("RELATED-TO", Some(&uid(plan, parent)));
    }
    let dates = dates(record, zone);
    lines.text_raw(dates.start.as_deref());
    if is_note {
        lines.text_raw(
            dates
                .due
                .as_deref()
                .filter(|_| dates.start.is_none())
                .map(|due| due.replacen("DUE", "DTSTART", 1))
                .as_deref(),
        );
    } else {
        lines.text_raw(dates.due.as_deref());
        state(record, zone, &mut lines);
    }
    repeat(record, zone, dates.start.is_some() || is_note && dates.due.is_some(), &mut lines);
    own(record, &mut lines);
    if !is_note {
        alarms(record, &dates, &title, &mut lines);
    }
    lines.raw(&format!("END:{name}"));
}

impl Lines<'_> {
    /// Writes a complete line, if there is one.
    fn text_raw(&mut self, line: Option<&str>) {
        line.into_iter().for_each(|line| self.raw(line));
    }
}

fn state(record: &Record, zone: &TimeZone, lines: &mut Lines<'_>) {
    match record.priority {
        Priority::High => lines.raw("PRIORITY:1"),
        Priority::Medium => lines.raw("PRIORITY:5"),
        Priority::Low => lines.raw("PRIORITY:9"),
        _ => {}
    }
    match record.status {
        TaskStatus::Completed => {
            lines.raw("STATUS:COMPLETED");
            lines.raw("PERCENT-COMPLETE:100");
            if let Some(at) = record.completed.and_then(|at| tree::instant(at, zone)) {
                lines.raw(&format!("COMPLETED:{}", utc(at)));
            }
        }
        TaskStatus::WontDo => lines.raw("STATUS:CANCELLED"),
        _ => match record.progress.filter(|percent| (1..=100).contains(percent)) {
            Some(percent) => {
                lines.raw("STATUS:IN-PROCESS");
                lines.raw(&format!("PERCENT-COMPLETE:{percent}"));
            }
            None => lines.raw("STATUS:NEEDS-ACTION"),
        },
    }
}

/// Writes only the due date if it equals the start, except for a series, which needs a start.
fn dates(record: &Record, zone: &TimeZone) -> Dates {
    let line = |name: &str, moment| date_line(name, moment, record.floating, zone);
    let has_rule = record.repeat.is_some();
    let due = record.due.filter(|due| Some(*due) != record.start || !has_rule);
    let start = record.start.filter(|start| Some(*start) != record.due || has_rule);
    // The due date must be later than the start.
    let is_ordered = match (start, due) {
        (Some(start), Some(due)) => tree::local(start, zone) < tree::local(due, zone),
        _ => true,
    };
    let start = start.or(record.due.filter(|_| has_rule)).filter(|_| is_ordered || has_rule);
    let due = due.filter(|due| Some(*due) != start && (is_ordered || !has_rule));
    Dates {
        start: start.map(|start| line("DTSTART", start)),
        due: due.map(|due| line("DUE", due)),
        from_end: start.is_none() && due.is_some(),
    }
}

fn date_line(name: &str, moment: Moment, is_floating: bool, zone: &TimeZone) -> String {
    let local = tree::local(moment, zone);
    if matches!(moment, Moment::Day(_)) {
        return format!("{name};VALUE=DATE:{}", local.strftime("%Y%m%d"));
    }
    let time = local.strftime("%Y%m%dT%H%M%S");
    match (is_floating, zone.iana_name(), tree::instant(moment, zone)) {
        (true, ..) => format!("{name}:{time}"),
        (false, Some(zone), _) if zone != "UTC" => format!("{name};TZID={zone}:{time}"),
        (false, _, Some(at)) => format!("{name}:{}", utc(at)),
        (false, ..) => format!("{name}:{time}"),
    }
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn repeat(record: &Record, zone: &TimeZone, has_start: bool, lines: &mut Lines<'_>) {
    let Some(rule) = record.repeat.as_deref() else { return };
    let standard = standard(record, rule, zone).filter(|_| has_start);
    lines.text_raw(standard.as_deref());
    if standard.as_deref() != Some(rule) {
        lines.text("X-TICKTICK-REPEAT", Some(rule));
    }
    lines.text("X-TICKTICK-REPEAT-FROM", record.repeat_from.as_ref().map(ToString::to_string).as_deref());
}

/// Returns the property for the part of a rule that the standard knows.
fn standard(record: &Record, rule: &str, zone: &TimeZone) -> Option<String> {
    let parsed = Recurrence::parse(rule).ok()?;
    if let Some(dates) = parsed.listed_dates() {
        let days: Vec<String> = dates.iter().map(|date| date.strftime("%Y%m%d").to_string()).collect();
        return Some(format!("RDATE;VALUE=DATE:{}", days.join(","))).filter(|_| record.all_day && !days.is_empty());
    }
    let until = parsed.rule()?.until;
    let mut parts = Vec::new();
    for part in rule.strip_prefix("RRULE:").unwrap_or(rule).split(';') {
        let (name, value) = part.split_once('=')?;
        match name {
            "UNTIL" => parts.push(format!("UNTIL={}", until_of(until?, record, zone)?)),
            name if name.starts_with("TT_") => {}
            "FREQ" | "INTERVAL" | "COUNT" | "WKST" => parts.push(part.to_owned()),
            name if name.starts_with("BY") && !value.is_empty() => parts.push(part.to_owned()),
            _ => return None,
        }
    }
    Some(format!("RRULE:{}", parts.join(";")))
}

/// The last day must be of the type of the start: a day, or an instant in UTC.
fn until_of(until: Until, record: &Record, zone: &TimeZone) -> Option<String> {
    let last = until.last_day(zone);
    if record.all_day {
        return Some(last.strftime("%Y%m%d").to_string());
    }
    let end = last.to_datetime(jiff::civil::time(23, 59, 59, 0));
    if record.floating {
        return Some(end.strftime("%Y%m%dT%H%M%S").to_string());
    }
    zone.to_timestamp(end).ok().map(utc)
}

/// Writes the properties that only TickTick has.
fn own(record: &Record, lines: &mut Lines<'_>) {
    lines.text("X-TICKTICK-ID", record.ticktick_id.as_deref());
    lines.text("X-TICKTICK-ETAG", record.etag.as_deref());
    lines.text("X-TICKTICK-PROJECT", Some(&record.project));
    lines.text("X-TICKTICK-FOLDER", record.folder.as_deref());
    lines.text("X-TICKTICK-COLUMN", record.column.as_deref());
    let kind = if record.items.is_empty() { record.kind.clone() } else { TaskKind::Checklist };
    lines.text("X-TICKTICK-KIND", (kind != TaskKind::Text).then(|| kind.to_string()).as_deref());
}

fn alarms(record: &Record, dates: &Dates, title: &str, lines: &mut Lines<'_>) {
    for alarm in &record.alarms {
        let trigger = match alarm {
            Alarm::At(at) => format!("TRIGGER;VALUE=DATE-TIME:{}", utc(*at)),
            // Without a date, there is nothing to count from.
            Alarm::Start(_) if dates.start.is_none() && dates.due.is_none() => continue,
            Alarm::Start(text) if dates.from_end => format!("TRIGGER;RELATED=END:{text}"),
            Alarm::Start(text) => format!("TRIGGER:{text}"),
        };
        lines.raw("BEGIN:VALARM");
        lines.raw("ACTION:DISPLAY");
        lines.text("DESCRIPTION", Some(if title.is_empty() { "(untitled)" } else { title }));
        lines.raw(&trigger);
        lines.raw("END:VALARM");
    }
}

fn count(record: &Record, lost: &mut Lost) {
    let has_date = record.due.or(record.start).is_some();
    lost.count("reminders without a date", !record.alarms.is_empty() && !has_date);
    lost.count("reminders and priorities of notes", {
        record.kind == TaskKind::Note && (!record.alarms.is_empty() || record.priority != Priority::None)
    });
    lost.count("when tasks were marked as won't do", record.status == TaskStatus::WontDo && record.completed.is_some());
    lost.count("comments", !record.comments.is_empty());
}
