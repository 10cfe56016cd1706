//! Writes the backup of the app: the 24 columns of version 7.1.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use ticktick::models::TaskKind;
use ticktick::{Priority, TaskStatus};

use super::tree;
use super::{Lost, Written};
use crate::record::{Alarm, Moment, Record};
use crate::{Context, Format, Plan};

const COLUMNS: [&str; 24] = [
    "Folder Name",
    "List Name",
    "Title",
    "Kind",
    "Tags",
    "Content",
    "Is Check list",
    "Start Date",
    "Due Date",
    "Reminder",
    "Repeat",
    "Priority",
    "Status",
    "Created Time",
    "Completed Time",
    "Order",
    "Timezone",
    "Is All Day",
    "Is Floating",
    "Column Name",
    "Column Order",
    "View Mode",
    "taskId",
    "parentId",
];

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let mut text = String::from("\u{feff}");
    let today = context.now().timestamp().strftime("%Y-%m-%d+0000").to_string();
    for line in [format!("Date: {today}"), "Version: 7.1".into(), "Status: \n0 Normal\n1 Completed\n2 Archived".into()]
    {
        text.push_str(&cell(&line));
        text.push('\n');
    }
    text.push_str(&COLUMNS.map(cell).join(","));
    text.push('\n');
    for (index, record) in plan.records.iter().enumerate() {
        text.push_str(&row(index, record, context, &mut lost).join(","));
        text.push('\n');
    }
    let name = format!("TickTick-backup-{}", context.today());
    Written { files: vec![(name, text)], lost, ..Written::default() }
}

/// Every text is quoted; missing values are not.
fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn row(index: usize, record: &Record, context: &Context, lost: &mut Lost) -> Vec<String> {
    let zone = tree::zone(record, context);
    lost.count("what repeats count from", record.repeat.is_some() && record.repeat_from.is_some());
    lost.count("progress", record.progress.is_some());
    lost.count("comments", !record.comments.is_empty());
    lost.count("reminders at an instant", record.alarms.iter().any(|alarm| matches!(alarm, Alarm::At(_))));
    let has_date = record.due.or(record.start).is_some();
    let reminders: Vec<&str> = record
        .alarms
        .iter()
        .filter_map(|alarm| match alarm {
            Alarm::Start(text) => Some(text.as_str()),
            Alarm::At(_) => None,
        })
        .collect();
    let repeat = record.repeat.as_deref().unwrap_or_default();
    let is_checklist = !record.items.is_empty() || record.kind == TaskKind::Checklist;
    let name = record.zone.clone().or_else(|| context.zone().iana_name().map(str::to_owned)).unwrap_or_default();
    vec![
        cell(record.folder.as_deref().unwrap_or_default()),
        cell(if record.is_inbox() { "Inbox" } else { &record.project }),
        cell(&tree::one_line(&record.title)),
        cell(kind(record, is_checklist)),
        cell(&record.tags.join(", ")),
        cell(&content(record, is_checklist)),
        cell(if is_checklist { "Y" } else { "N" }),
        cell(&stamp(record.start, &zone)),
        cell(&stamp(end(record), &zone)),
        cell(&reminders.join("\n")),
        cell(repeat.strip_prefix("RRULE:").unwrap_or(repeat)),
        cell(&number(record.priority).to_string()),
        cell(match record.status {
            TaskStatus::Completed => "2",
            TaskStatus::WontDo => "-1",
            _ => "0",
        }),
        cell(&stamp(record.created, &zone)),
        cell(&stamp(record.completed, &zone)),
        cell(&record.order.unwrap_or_else(|| i64::try_from(index).unwrap_or(0) << 40).to_string()),
        cell(&name),
        if has_date { cell(if record.all_day { "true" } else { "false" }) } else { String::new() },
        cell(if record.floating { "true" } else { "false" }),
        record.column.as_deref().map(cell).unwrap_or_default(),
        record.column.as_ref().map(|_| cell("0")).unwrap_or_default(),
        cell(if record.column.is_some() { "kanban" } else { "list" }),
        cell(&(index + 1).to_string()),
        cell(&record.parent.map(|parent| (parent + 1).to_string()).unwrap_or_default()),
    ]
}

/// Returns the number by which TickTick stores a priority.
pub(super) const fn number(priority: Priority) -> i64 {
    match priority {
        Priority::Low => 1,
        Priority::Medium => 3,
        Priority::High => 5,
        _ => 0,
    }
}

fn kind(record: &Record, is_checklist: bool) -> &'static str {
    match record.kind {
        TaskKind::Note => "NOTE",
        _ if is_checklist => "CHECKLIST",
        _ => "TEXT",
    }
}

fn content(record: &Record, is_checklist: bool) -> String {
    if !is_checklist {
        return record.content.clone();
    }
    let mark = |done| if done { '▪' } else { '▫' };
    let items = record.items.iter().map(|item| format!("{}{}", mark(item.done), tree::one_line(&item.title)));
    record.content.lines().map(str::to_owned).chain(items).collect::<Vec<_>>().join("\n")
}

/// Returns the end as the service stores it: the midnight after the last day of a range.
fn end(record: &Record) -> Option<Moment> {
    match (record.start, record.due) {
        (Some(Moment::Day(first)), Some(Moment::Day(last))) if first < last && record.format != Format::BackupCsv => {
            last.checked_add(1.day()).ok().map(Moment::Day)
        }
        (_, due) => due,
    }
}

fn stamp(moment: Option<Moment>, zone: &TimeZone) -> String {
    let instant = moment.and_then(|moment| tree::instant(moment, zone));
    instant.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()).unwrap_or_default()
}
