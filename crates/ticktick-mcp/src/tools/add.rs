//! Creates tasks.

use ring::digest::{SHA256, digest};
use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::models::ColumnId;
use ticktick::{ProjectId, Task, TaskDraft, TaskId};

use super::find::Level;
use super::report::{MOST, failed as failed_line};
use crate::answer::{Answer, Failure};
use crate::call::{Call, Plan, done};
use crate::refs;
use crate::text::{clean, reason, title};
use crate::tool::{Tool, tool};
use crate::view::View;
use crate::when;

pub(super) const ADD: Tool = tool!(writes
    "add_tasks",
    "Create up to 50 tasks with subtasks and checklists. Repeating a call with the same key creates nothing twice.",
    Args, add)
.repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    tasks: Vec<New>,
    /// Any text; use a new one for each new request.
    key: Option<String>,
    #[serde(default)]
    dry_run: bool,
    confirm: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct New {
    /// Used as it is; dates in it are not read.
    title: String,
    /// Default inbox.
    project: Option<String>,
    column: Option<String>,
    due: Option<String>,
    /// First day or time of a span that ends at due.
    start: Option<String>,
    /// Words or RRULE.
    repeat: Option<String>,
    priority: Option<Level>,
    tags: Option<Vec<String>>,
    content: Option<String>,
    /// Such as 30m, 1d 9:00.
    reminders: Option<String>,
    /// Task, or title of another task of this call.
    parent: Option<String>,
    checklist: Option<Vec<String>>,
}

/// A task to create, with its line for people.
struct Made {
    id: TaskId,
    draft: TaskDraft,
    line: String,
}

async fn add(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    if args.tasks.is_empty() || args.tasks.len() > MOST {
        return Err(Failure::new(format!("Give 1 to {MOST} tasks per call. Nothing was created.")));
    }
    let view = call.view().await?;
    let columns = if args.tasks.iter().any(|new| new.column.is_some()) {
        call.client().column().list().await?
    } else {
        Vec::new()
    };
    let ids: Vec<TaskId> = args
        .tasks
        .iter()
        .enumerate()
        .map(|(at, new)| {
            args.key.as_deref().map_or_else(|| call.client().task().new_id(), |key| id_of(key, at, &new.title))
        })
        .collect();
    let mut made = Vec::new();
    for (at, new) in args.tasks.iter().enumerate() {
        let project = call.project(new.project.as_deref().unwrap_or("inbox"), &view)?;
        call.refuse_project(&project.0, &view)?;
        let column = new.column.as_deref().map(|name| {
            let of = columns.iter().filter(|column| column.project_id == project.0);
            refs::named("column", name, of, |one| (one.id.as_str(), one.name.as_deref().unwrap_or("")))
                .map(|one| one.id.clone())
        });
        let place =
            Place { project, column: column.transpose()?, parent: parent_of(call, new, &args.tasks, &ids, &view)? };
        made.push(draft(new, ids[at].clone(), place, &view)?);
    }
    let existing = if args.key.is_some() { existing(call, &made).await? } else { Vec::new() };
    made.retain(|one| !existing.iter().any(|task| task.id == one.id));
    create(call, made, &existing, &view, args.dry_run, args.confirm.as_deref()).await
}

/// Returns the tasks that an earlier call with the same key has created.
async fn existing(call: &Call<'_>, made: &[Made]) -> Result<Vec<Task>, Failure> {
    let mut existing = Vec::new();
    for one in made {
        call.step("Looking for tasks of an earlier call").await?;
        match call.client().task().get(&one.id).await {
            Ok(task) => existing.push(task),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(existing)
}

/// Where a task goes.
struct Place {
    project: (ProjectId, String),
    column: Option<ColumnId>,
    parent: Option<TaskId>,
}

/// Returns the id that a task has for a key, so that a repeated call finds it.
fn id_of(key: &str, at: usize, title: &str) -> TaskId {
    let hash = digest(&SHA256, format!("{key}\n{at}\n{title}").as_bytes());
    let hex: String = hash.as_ref().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    TaskId::from(hex)
}

fn parent_of(call: &Call<'_>, new: &New, all: &[New], ids: &[TaskId], view: &View) -> Result<Option<TaskId>, Failure> {
    let Some(parent) = &new.parent else { return Ok(None) };
    match all.iter().position(|other| other.title == *parent && !std::ptr::eq(other, new)) {
        Some(at) => Ok(Some(ids[at].clone())),
        None => {
            let task = call.open_task(parent, view)?;
            call.refuse_project(&task.project_id, view)?;
            Ok(Some(task.id))
        }
    }
}

fn draft(new: &New, id: TaskId, place: Place, view: &View) -> Result<Made, Failure> {
    if new.title.trim().is_empty() {
        return Err(Failure::new("A task needs a title. Nothing was created."));
    }
    let mut draft = TaskDraft::new(new.title.trim()).id(id.clone());
    let mut line = title(&new.title);
    match place.parent {
        Some(parent) => {
            line += &format!(" | in {}", view.code(parent.as_str()));
            draft = draft.parent(parent);
        }
        None => {
            line += &format!(" | {}", place.project.1);
            draft = draft.project(place.project.0);
        }
    }
    if let Some(column) = place.column {
        draft = draft.column(column);
    }
    draft = dated(draft, new, view, &mut line)?;
    if let Some(level) = new.priority {
        draft = draft.priority(level.into());
    }
    let tags: Vec<&str> =
        new.tags.iter().flatten().map(|tag| tag.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty()).collect();
    line.extend(tags.iter().map(|tag| format!(" #{}", clean(tag))));
    draft = draft.tags(tags).items(new.checklist.iter().flatten().map(String::as_str));
    if let Some(content) = &new.content {
        draft = draft.content(content.clone());
    }
    Ok(Made { id, draft, line })
}

/// Sets the date, the repeat rule and the reminders.
fn dated(mut draft: TaskDraft, new: &New, view: &View, line: &mut String) -> Result<TaskDraft, Failure> {
    let quick_add = &view.quick_add;
    let failed = |what: &str, error: &dyn ToString| {
        let (title, why) = (title(&new.title), reason(&error.to_string()));
        Failure::new(format!("The {what} of \"{title}\" cannot be read: {why}. Nothing was created."))
    };
    let due = match (&new.start, &new.due) {
        (Some(start), Some(end)) => when::span(start, end, quick_add)?,
        (start, due) => start.as_ref().or(due.as_ref()).map(|text| when::read(text, quick_add)).transpose()?.flatten(),
    };
    if let Some(due) = &due {
        *line += &format!(" | {}", when::due(due, view.zone()));
        draft = draft.due(due.clone());
    }
    if let Some(text) = &new.repeat {
        let repeat = quick_add.parse_repeat(text).map_err(|error| failed("repeat", &error))?;
        if due.is_none() {
            return Err(failed("repeat", &"a repeating task needs due"));
        }
        *line += &format!(" | repeats {}", clean(repeat.rule.as_str()));
        draft = draft.repeat(repeat.rule.as_str()).repeat_from(repeat.from);
    }
    if let Some(text) = &new.reminders {
        let due = due.as_ref().ok_or_else(|| failed("reminders", &"a reminder needs due"))?;
        let reminders = quick_add.parse_reminders(text, due).map_err(|error| failed("reminders", &error))?;
        draft = reminders.iter().fold(draft, |draft, one| draft.reminder(one.trigger()));
    }
    Ok(draft)
}

async fn create(
    call: &Call<'_>,
    made: Vec<Made>,
    existing: &[Task],
    view: &View,
    dry_run: bool,
    confirm: Option<&str>,
) -> Result<Answer, Failure> {
    let plan = Plan { lines: made.iter().map(|one| one.line.clone()).collect(), new: made.len(), ..Plan::default() };
    if let Some(answer) = call.check(&plan, view, dry_run, confirm).await? {
        return Ok(answer);
    }
    let report = call.client().task().batch().create(made.into_iter().map(|one| one.draft)).send().await?;
    let after = call.view().await?;
    let mut lines = vec![done("Created", report.created().count())];
    lines.extend(report.created().map(|task| after.current(task)));
    lines.extend(existing.iter().map(|task| format!("existed already: {}", after.current(task))));
    let failed: Vec<String> = report.failures().map(|failure| failed_line(failure.title(), failure.error)).collect();
    let is_error = !failed.is_empty();
    lines.extend(failed);
    Ok(Answer { is_error, ..Answer::lines(lines) })
}
