//! [`View`]: a plan as JSON.

use serde::Serialize;
use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use crate::record::{Alarm, Moment, Record};
use crate::{Format, Plan};

/// A plan in its JSON form.
///
/// ```
/// # use ticktick_formats::{Context, Format, View, read};
/// # let context = Context::new("2026-11-26T10:00[Europe/Berlin]".parse()?);
/// let plan = read(Format::TodoTxt, b"(A) Book the band", "todo", &context)?;
/// let json = serde_json::to_value(View::new(&plan))?;
/// assert_eq!(json["tasks"][0]["priority"], "high");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct View {
    format: &'static str,
    about: About,
    notes: Vec<String>,
    count: usize,
    tasks: Vec<TaskView>,
}

/// The members of a task.
#[derive(Clone, Copy, Debug, Serialize)]
struct About {
    status: &'static str,
    priority: &'static str,
    due: &'static str,
    parent: &'static str,
    items: &'static str,
    repeat: &'static str,
    tags: &'static str,
}

const ABOUT: About = About {
    status: "open | completed | wont_do",
    priority: "none | low | medium | high",
    due: "YYYY-MM-DD if all_day, otherwise a UTC instant; null if there is none",
    parent: "title of the parent task or null",
    items: "checklist items as {title, done}",
    repeat: "rule as it should be stored, or null",
    tags: "lower case, in file order",
};

#[derive(Clone, Debug, Serialize)]
struct ItemView {
    title: String,
    done: bool,
}

#[derive(Clone, Debug, Serialize)]
struct TaskView {
    title: String,
    project: String,
    priority: &'static str,
    status: &'static str,
    start: Option<String>,
    due: Option<String>,
    all_day: bool,
    time_zone: Option<String>,
    tags: Vec<String>,
    parent: Option<String>,
    items: Vec<ItemView>,
    repeat: Option<String>,
    reminders: Vec<String>,
    content: String,
    #[serde(flatten)]
    more: More,
}

/// Members that a task has only if its source contains them.
#[derive(Clone, Debug, Default, Serialize)]
struct More {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_from: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticktick_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comments: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    floating: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header_task: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
}

impl View {
    /// Creates the JSON form of a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let tasks: Vec<TaskView> = plan.records.iter().map(|record| task(plan, record)).collect();
        Self { format: plan.format.long_name(), about: ABOUT, notes: plan.notes(), count: tasks.len(), tasks }
    }
}

fn task(plan: &Plan, record: &Record) -> TaskView {
    TaskView {
        title: record.title.clone(),
        project: record.project.clone(),
        priority: priority(record.priority),
        status: status(record.status),
        start: record.start.map(|moment| moment.to_string()),
        due: if record.due_from_repeat { Some("from-repeat".to_owned()) } else { record.due.map(|at| at.to_string()) },
        all_day: record.all_day,
        time_zone: record.zone.clone(),
        tags: record.tags.clone(),
        parent: plan.parent_title(record).map(str::to_owned),
        items: record.items.iter().map(|item| ItemView { title: item.title.clone(), done: item.done }).collect(),
        repeat: record.repeat.clone(),
        reminders: record.alarms.iter().map(|alarm| reminder(record, alarm)).collect(),
        content: record.content.clone(),
        more: more(record),
    }
}

fn more(record: &Record) -> More {
    let format = record.format;
    let has_sections = matches!(format, Format::Todoist | Format::Markdown | Format::Org);
    let (section, column) = if has_sections { (record.column.clone(), None) } else { (None, record.column.clone()) };
    // Plain rules count from the schedule by default, so only exceptions get a member.
    let repeat_from = record.repeat_from.as_ref().and_then(counts_from).filter(|from| {
        let is_silent = matches!(format, Format::Todoist | Format::BackupCsv | Format::Ics);
        !(is_silent && *from == "0")
    });
    More {
        folder: record.folder.clone(),
        column,
        section,
        kind: match record.kind {
            TaskKind::Checklist => Some("CHECKLIST"),
            TaskKind::Note => Some("NOTE"),
            _ => None,
        },
        repeat_from,
        created: record.created.filter(|at| matches!(at, Moment::Day(_))).map(|at| at.to_string()),
        completed: record.completed.map(|at| at.to_string()),
        progress: record.progress,
        ticktick_id: record.ticktick_id.clone(),
        // Shown if the id is not the only one that could identify the task.
        source_id: record.source_id.clone().filter(|_| format == Format::Taskwarrior && record.ticktick_id.is_some()),
        deadline: record.deadline.map(|at| at.to_string()),
        duration_minutes: record.minutes,
        local_time: record.local_time.map(|time| time.strftime("%H:%M").to_string()),
        source_date: record.source_date.clone(),
        comments: record.comments.clone(),
        floating: record.floating.then_some(true),
        header_task: record.header.then_some(true),
        hidden: record.hidden.then_some(true),
        warning: record.warning.clone(),
    }
}

fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "high",
        Priority::Medium => "medium",
        Priority::Low => "low",
        _ => "none",
    }
}

fn status(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Completed | TaskStatus::LegacyCompleted => "completed",
        TaskStatus::WontDo => "wont_do",
        _ => "open",
    }
}

fn counts_from(from: &RepeatFrom) -> Option<&'static str> {
    match from {
        RepeatFrom::DueDate => Some("0"),
        RepeatFrom::Completion => Some("1"),
        RepeatFrom::Calendar => Some("2"),
        _ => None,
    }
}

fn reminder(record: &Record, alarm: &Alarm) -> String {
    match alarm {
        Alarm::At(at) => at.to_string(),
        // If the task has a length, a reminder could count from either end.
        Alarm::Start(text) if record.format == Format::Ics && !record.all_day && record.start != record.due => {
            let side = if text.starts_with('-') { "before" } else { "after" };
            format!("{text} {side} the start")
        }
        Alarm::Start(text) => text.clone(),
    }
}
