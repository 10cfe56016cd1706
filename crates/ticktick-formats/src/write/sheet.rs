//! Writes CSV for spreadsheets.

use ticktick::TaskStatus;

use super::{Lost, Written};
use crate::Plan;
use crate::record::{Alarm, Record};

const COLUMNS: [&str; 20] = [
    "Folder",
    "List",
    "Section",
    "Title",
    "Status",
    "Priority",
    "Start",
    "Due",
    "All day",
    "Time zone",
    "Tags",
    "Repeat",
    "Reminders",
    "Checklist",
    "Content",
    "Parent",
    "Created",
    "Completed",
    "Kind",
    "Id",
];

pub(super) fn write(plan: &Plan, raw: bool) -> Written {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let _ = writer.write_record(COLUMNS);
    for record in &plan.records {
        let cells = row(plan, record);
        let _ = writer.write_record(cells.iter().map(|cell| if raw { cell.clone() } else { harmless(cell) }));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    // Excel reads UTF-8 only if the file begins with the mark.
    let text = format!("\u{feff}{}", String::from_utf8_lossy(&bytes));
    Written { files: vec![("tasks".to_owned(), text)], lost: Lost::default(), ..Written::default() }
}

/// Puts a `'` before a cell that a spreadsheet would run as a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}

fn row(plan: &Plan, record: &Record) -> Vec<String> {
    let moment = |moment: Option<crate::record::Moment>| moment.map(|at| at.to_string()).unwrap_or_default();
    let reminder = |alarm: &Alarm| match alarm {
        Alarm::Start(text) => text.clone(),
        Alarm::At(at) => at.to_string(),
    };
    let item = |item: &crate::record::Item| format!("[{}] {}", if item.done { 'x' } else { ' ' }, item.title);
    let status = match record.status {
        TaskStatus::Completed => "completed",
        TaskStatus::WontDo => "won't do",
        _ => "open",
    };
    vec![
        record.folder.clone().unwrap_or_default(),
        record.project.clone(),
        record.column.clone().unwrap_or_default(),
        record.title.clone(),
        status.to_owned(),
        super::backup::number(record.priority).to_string(),
        moment(record.start),
        moment(record.due),
        if record.due.is_some() { record.all_day.to_string() } else { String::new() },
        record.zone.clone().unwrap_or_default(),
        record.tags.join(", "),
        record.repeat.clone().unwrap_or_default(),
        record.alarms.iter().map(reminder).collect::<Vec<_>>().join(" "),
        record.items.iter().map(item).collect::<Vec<_>>().join("\n"),
        record.content.clone(),
        plan.parent_title(record).unwrap_or_default().to_owned(),
        moment(record.created),
        moment(record.completed),
        record.kind.to_string(),
        record.ticktick_id.clone().unwrap_or_default(),
    ]
}
