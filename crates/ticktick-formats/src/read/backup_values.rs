//! The values of cells in the backup of the app.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use ticktick::models::TaskKind;
use ticktick::{Priority, TaskStatus};

use crate::Context;
use crate::record::{Alarm, Item, Moment, Record};

/// What was not understood in a row.
#[derive(Debug, Default)]
pub(super) struct Remarks(pub(super) Vec<String>);

impl Remarks {
    fn add(&mut self, text: String) {
        self.0.push(text);
    }
}

pub(super) fn state(record: &mut Record, status: &str, priority: &str, order: &str, remarks: &mut Remarks) {
    record.status = match status.trim() {
        "" | "0" => TaskStatus::Open,
        // `1` is how old versions wrote a completed task.
        "1" | "2" => TaskStatus::Completed,
        "-1" => TaskStatus::WontDo,
        other => {
            remarks.add(format!("unknown status `{other}`; imported as open"));
            TaskStatus::Open
        }
    };
    record.priority = match priority.trim() {
        "" | "0" => Priority::None,
        "1" => Priority::Low,
        "3" => Priority::Medium,
        "5" => Priority::High,
        other => {
            remarks.add(format!("unknown priority `{other}`; imported without a priority"));
            Priority::None
        }
    };
    record.order = order.trim().parse().ok();
    if record.order.is_none() && !order.trim().is_empty() {
        remarks.add(format!("invalid order `{}`; the position is not kept", order.trim()));
    }
}

/// Reads the text, or the lines of a checklist.
pub(super) fn body(record: &mut Record, kind: &str, checklist: &str, content: &str, remarks: &mut Remarks) {
    let is_checklist = truth(checklist) == Some(true);
    record.kind = match kind.trim().to_uppercase().as_str() {
        "NOTE" => TaskKind::Note,
        "CHECKLIST" => TaskKind::Checklist,
        "" | "TEXT" if is_checklist => TaskKind::Checklist,
        "" | "TEXT" => TaskKind::Text,
        other => {
            remarks.add(format!("unknown kind `{other}`; imported as text"));
            TaskKind::Text
        }
    };
    if record.kind != TaskKind::Checklist {
        record.content = content.to_owned();
        return;
    }
    let mut rest = Vec::new();
    for line in content.lines() {
        let trimmed = line.trim_start();
        let item = |title: &str, done| Item { title: title.trim().to_owned(), done };
        if let Some(title) = trimmed.strip_prefix('▫') {
            record.items.push(item(title, false));
        } else if let Some(title) = trimmed.strip_prefix('▪') {
            record.items.push(item(title, true));
        } else {
            rest.push(line);
        }
    }
    record.content = rest.join("\n").trim().to_owned();
}

pub(super) fn dates(record: &mut Record, cell: &dyn Fn(&str) -> String, context: &Context, remarks: &mut Remarks) {
    let name = cell("timezone");
    let zone = if name.is_empty() { Some(context.zone().clone()) } else { TimeZone::get(&name).ok() };
    let zone = zone.unwrap_or_else(|| {
        remarks.add(format!("unknown time zone `{name}`; the zone of the account is used"));
        context.zone().clone()
    });
    record.zone = Some(name).filter(|name| !name.is_empty());
    record.floating = truth(&cell("is floating")) == Some(true);
    let all_day = truth(&cell("is all day")) == Some(true);
    let mut read = |column: &str, is_day: bool| {
        let text = cell(column);
        let moment = moment(&text, &zone, is_day);
        if moment.is_none() && !text.is_empty() {
            remarks.add(format!("invalid date `{text}` in {column}"));
        }
        moment
    };
    record.start = read("start date", all_day);
    record.due = read("due date", all_day);
    record.created = read("created time", false);
    let completed = read("completed time", false);
    // The status is decisive: an open row may keep the time of an earlier completion.
    record.completed = completed.filter(|_| !record.is_open());
    record.infer_all_day();
}

/// Reads a date, which is always in UTC. A day is the local date of its midnight.
fn moment(text: &str, zone: &TimeZone, is_day: bool) -> Option<Moment> {
    if text.is_empty() {
        return None;
    }
    if text.len() <= 10 {
        return text.parse::<Date>().ok().map(Moment::Day);
    }
    let instant = instant(text)?;
    Some(if is_day { Moment::Day(zone.to_datetime(instant).date()) } else { Moment::Instant(instant) })
}

fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    if let Ok(zoned) = jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%z", text).and_then(|time| time.to_timestamp()) {
        return Some(zoned);
    }
    let local: DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(local).ok()
}

pub(super) fn repeat(record: &mut Record, text: &str, remarks: &mut Remarks) {
    let rule = Some(text.trim()).filter(|text| !text.is_empty()).map(prefixed);
    // A backup keeps whatever the service stored, also frequencies that are rare.
    record.repeat = rule.filter(|rule| !rule.starts_with("RRULE:") || rule.contains("FREQ="));
    if record.repeat.is_none() && !text.trim().is_empty() {
        remarks.add(format!("repeat not understood: {}", text.trim()));
    }
}

/// Returns whether TickTick can have a rule. Those of other kinds, such as `LUNAR:`, are kept as they are.
pub(super) fn is_rule(rule: &str) -> bool {
    let Some(parts) = rule.strip_prefix("RRULE:") else { return true };
    let frequency = parts.split(';').find_map(|part| part.trim().strip_prefix("FREQ="));
    frequency.is_some_and(|frequency| ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(&frequency.trim()))
}

/// Adds the prefix that the service expects to a rule. Rules of other kinds have their own prefix.
pub(super) fn prefixed(text: &str) -> String {
    let has_prefix = text.split_once(':').is_some_and(|(name, _)| !name.contains('='));
    if has_prefix { text.to_owned() } else { format!("RRULE:{text}") }
}

pub(super) fn reminders(record: &mut Record, text: &str, remarks: &mut Remarks) {
    for part in text.split(['\n', ';', ',']).map(str::trim).filter(|part| !part.is_empty()) {
        let part = part.strip_prefix("TRIGGER:").unwrap_or(part);
        if part.trim_start_matches(['-', '+']).starts_with('P') {
            record.alarm(Alarm::Start(part.to_owned()));
        } else {
            remarks.add(format!("unknown reminder `{part}`, left out"));
        }
    }
}

/// Reads a boolean, also in the forms of spreadsheets in other languages.
fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "y" | "yes" | "1" | "wahr" | "vrai" | "verdadero" | "verdadeiro" | "vero" | "waar" | "是" => {
            Some(true)
        }
        "false" | "n" | "no" | "0" | "falsch" | "faux" | "falso" | "onwaar" | "否" => Some(false),
        _ => None,
    }
}
