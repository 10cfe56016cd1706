//! Creates tasks.

use ring::digest::{SHA256, digest};
use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::models::ColumnId;
use ticktick::quick_add::reminders_text;
use ticktick::{Priority, ProjectId, Task, TaskDraft, TaskId};

use super::find::Level;
use super::report::{MOST, PREVIEWED, failed as failed_line};
use crate::answer::Answer;
use crate::call::{Call, Plan, done};
use crate::failure::Failure;
use crate::forms;
use crate::item;
use crate::refs;
use crate::text::{clean, quote, reason, title};
use crate::tool::{Tool, tool};
use crate::view::View;
use crate::when;

pub(super) const ADD: Tool = tool!(writes
    "add_tasks",
    "Create up to 50 tasks, with subtasks and checklists. Repeating a call with the same key creates nothing twice.",
    Args, add)
.repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    tasks: Vec<New>,
    /// Any text; use a new one for each new request.
    key: Option<String>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct New {
    /// Used unchanged; dates in it are not recognized.
    title: String,
    /// Default inbox.
    project: Option<String>,
    column: Option<String>,
    /// YYYY-MM-DD, YYYY-MM-DD HH:MM, or words.
    due: Option<String>,
    /// Start of a range that ends at due.
    start: Option<String>,
    /// Such as every mon, or RRULE.
    repeat: Option<String>,
    priority: Option<Level>,
    tags: Option<Vec<String>>,
    content: Option<String>,
    /// Such as 30m, 1d; for all-day tasks 9:00, 1d 18:00.
    reminders: Option<Vec<String>>,
    /// Task, or title of another task in this call.
    parent: Option<String>,
    checklist: Option<Vec<String>>,
}

/// A task to create, with its lines for people.
struct Made {
    id: TaskId,
    draft: TaskDraft,
    title: String,
    lines: String,
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
        .map(|(at, new)| match args.key.as_deref() {
            Some(key) => id_of(view.inbox.as_ref().map_or("", |inbox| inbox.as_str()), key, at, &new.title),
            None => call.client().task().new_id(),
        })
        .collect();
    let mut made = Vec::new();
    for (at, new) in args.tasks.iter().enumerate() {
        let project = call.project(new.project.as_deref().unwrap_or("inbox"), &view)?;
        call.refuse_project(&project.0, &view)?;
        let column = new.column.as_deref().map(|name| {
            let of = columns.iter().filter(|column| column.project_id == project.0);
            refs::named("column", name, of, |one| (one.id.as_str(), one.name.as_deref().unwrap_or("")))
                .map(|one| (one.id.clone(), clean(one.name.as_deref().unwrap_or(""))))
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

/// The destination of a task.
struct Place {
    project: (ProjectId, String),
    column: Option<(ColumnId, String)>,
    parent: Option<TaskId>,
}

/// Returns the id that a key gives to a task, so that a repeated call finds it. Ids are unique across the whole service, so the
/// account's inbox id is hashed as well.
fn id_of(inbox: &str, key: &str, at: usize, title: &str) -> TaskId {
    let hash = digest(&SHA256, format!("{inbox}\n{key}\n{at}\n{title}").as_bytes());
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
    let mut line = format!("{}{}", item::marks(new.priority.map_or(Priority::None, Into::into)), title(&new.title));
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
    if let Some((column, name)) = place.column {
        line += &format!(", column {name}");
        draft = draft.column(column);
    }
    draft = dated(draft, new, view, &mut line)?;
    if let Some(level) = new.priority {
        draft = draft.priority(level.into());
    }
    let tags = forms::tags(new.tags.as_deref().unwrap_or_default());
    if !tags.is_empty() {
        line += &format!(" | {}", forms::hashes(&tags));
    }
    let items: Vec<&str> =
        new.checklist.iter().flatten().map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
    let mut lines = vec![line];
    if let Some(content) = new.content.as_deref().filter(|content| !forms::is_none(content)) {
        lines.extend(quote(content, PREVIEWED));
        draft = draft.content(content.to_owned());
    }
    lines.extend(items.iter().map(|item| format!("  item {}", title(item))));
    draft = draft.tags(tags).items(items);
    Ok(Made { id, draft, title: title(&new.title), lines: lines.join("\n") })
}

/// Sets the date, the repeat rule and the reminders.
fn dated(mut draft: TaskDraft, new: &New, view: &View, line: &mut String) -> Result<TaskDraft, Failure> {
    let quick_add = &view.quick_add;
    let failed = |what: &str, error: &dyn ToString, help: &str| {
        let (title, why) = (title(&new.title), reason(&error.to_string()));
        Failure::new(format!("The {what} of \"{title}\" is not accepted: {why}. {help} Nothing was created."))
    };
    let given = |text: &&String| !forms::is_none(text);
    let due = match (new.start.as_ref().filter(given), new.due.as_ref().filter(given)) {
        (Some(start), Some(end)) => when::span(start, end, quick_add)?,
        (start, due) => start.or(due).map(|text| when::read(text, quick_add)).transpose()?.flatten(),
    };
    if let Some(due) = &due {
        *line += &format!(" | {}", when::due(due, view.zone()));
        draft = draft.due(due.clone());
    }
    if let Some(text) = new.repeat.as_ref().filter(given) {
        let repeat = quick_add.parse_repeat(text.trim());
        let repeat = repeat.map_err(|error| failed("repeat", &error, forms::REPEATS))?;
        if due.is_none() {
            return Err(failed("repeat", &"a repeating task needs due", "Add it."));
        }
        *line += &format!(" | repeats {}", forms::repeat(repeat.rule.as_str(), Some(&repeat.from)));
        draft = draft.repeat(repeat.rule.as_str()).repeat_from(repeat.from);
    }
    if let Some(text) = new.reminders.as_deref().and_then(forms::given) {
        let due = due.as_ref().ok_or_else(|| failed("reminders", &"a reminder needs due", "Add it."))?;
        let reminders = quick_add.parse_reminders(&text, due);
        let reminders = reminders.map_err(|error| failed("reminders", &error, forms::REMINDERS))?;
        *line += &format!(" | reminders {}", reminders_text(&reminders));
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
    let plan = Plan { lines: made.iter().map(|one| one.lines.clone()).collect(), new: made.len(), ..Plan::default() };
    if let Some(answer) = call.check(&plan, view, dry_run, confirm).await? {
        return Ok(answer);
    }
    let (titles, drafts): (Vec<_>, Vec<_>) = made.into_iter().map(|one| (one.title, one.draft)).unzip();
    let report = call.client().task().batch().create(drafts).send().await?;
    let after = call.view().await?;
    let mut lines = vec![done("Created", report.created().count())];
    lines.extend(report.created().map(|task| after.current(task)));
    lines.extend(existing.iter().map(|task| format!("existed already: {}", after.current(task))));
    let results = report.items().iter().zip(&titles);
    let failed: Vec<String> =
        results.filter_map(|(item, title)| Some(failed_line(Some(title), item.result.as_ref().err()?))).collect();
    let is_error = !failed.is_empty();
    lines.extend(failed);
    Ok(Answer { is_error, ..Answer::lines(lines) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_makes_other_ids_in_another_account() {
        assert_eq!(id_of("inbox1", "k", 0, "Milk"), id_of("inbox1", "k", 0, "Milk"));
        for other in [id_of("inbox2", "k", 0, "Milk"), id_of("inbox1", "l", 0, "Milk"), id_of("inbox1", "k", 1, "Milk")]
        {
            assert_ne!(id_of("inbox1", "k", 0, "Milk"), other);
        }
    }
}
