//! Stores the changes to the text of a task.

use ticktick::quick_add::QuickAdd;
use ticktick::task::TaskPatch;
use ticktick::{Account, Task};

use super::super::fields::{self, RepeatValue, column_of};
use super::form::Form;
use super::items;
use super::values::{read_date, read_priority, read_tags};
use crate::args::Globals;
use crate::cmd::project_view;
use crate::connect::Connection;
use crate::error::Error;
use crate::output::Output;
use crate::stock::Stock;
use crate::when;

/// The objects that names in the text refer to.
pub(super) struct Target<'a> {
    pub(super) globals: &'a Globals,
    pub(super) output: Output,
    pub(super) stock: &'a Stock,
}

/// Returns the name of the task's column, or nothing.
pub(super) async fn column_name(connection: &Connection, task: &Task) -> Result<String, Error> {
    let Some(id) = task.column_id.get().filter(|id| !id.as_str().is_empty()) else { return Ok(String::new()) };
    let columns = connection.client.column().list_by_project(&task.project_id).await?;
    let column = columns.iter().find(|column| column.id == *id);
    Ok(column.and_then(|column| column.name.as_deref()).unwrap_or_default().to_owned())
}

/// Stores the fields that differ. Everything is read and found before the first write.
pub(super) async fn store(
    connection: &mut Connection,
    target: &Target<'_>,
    task: &Task,
    before: &Form,
    after: &Form,
) -> Result<Task, Error> {
    let changed = before.changed(after);
    let has = |field: &str| changed.contains(&field);
    let week = |account: &Account, _: &jiff::ZonedDateTime| Ok(account.first_weekday());
    let week_start = connection.find(target.globals, target.output, week).await?;
    let quick = when::quick(target.globals, &target.stock.now, week_start);
    let project = project_view::find(after.value("project"), &target.stock.projects);
    let project = if has("project") { Some(project?.clone()) } else { None };
    let mut patch = patch(task, after, &changed, &quick, target.stock)?;
    if before.body != after.body {
        patch = patch.content(&*after.body);
    }
    if has("column") {
        let own = target.stock.view(task).task.project.id;
        let own = project.as_ref().or_else(|| target.stock.project(&own));
        patch = match own {
            Some(project) if !after.value("column").is_empty() => {
                match column_of(connection, after.value("column"), project).await? {
                    Some(column) => patch.column(column),
                    None => patch.clear_column(),
                }
            }
            _ => patch.clear_column(),
        };
    }
    connection.name(&format!("edit {}", task.id));
    let client = &connection.client;
    let mut stored = task.clone();
    if let Some(project) = project {
        stored = client.task().move_to(&stored, project.id.as_str()).await?;
    }
    if patch != TaskPatch::new() {
        stored = client.task().patch(&stored, patch).await?;
    }
    if before.items != after.items {
        stored = items::store(client, client.task().get(&task.id).await?, &after.items).await?;
    }
    Ok(stored)
}

fn patch(task: &Task, after: &Form, changed: &[&str], quick: &QuickAdd, stock: &Stock) -> Result<TaskPatch, Error> {
    let mut patch = TaskPatch::new();
    let mut due = task.due(stock.now.time_zone());
    if changed.contains(&"due") {
        due = read_date(after.value("due"), quick)?;
        patch = match &due {
            Some(due) => patch.due(due.clone()),
            None => patch.clear_due(),
        };
    }
    for &field in changed {
        let value = after.value(field);
        patch = match field {
            "title" if value.is_empty() => return Err(Error::usage("a task needs a title")),
            "title" => patch.title(value),
            "priority" => patch.priority(read_priority(value)?),
            "tags" => patch.tags(read_tags(value)),
            "repeat" if value.is_empty() => patch.clear_repeat(),
            "repeat" => match fields::repeat(quick, value)? {
                RepeatValue::Set(repeat) => patch.repeat(repeat.rule).repeat_from(repeat.from),
                RepeatValue::Clear => patch.clear_repeat(),
            },
            "remind" if value.is_empty() => patch.reminders([]),
            "remind" => patch.reminders(fields::triggers(quick, value, due.as_ref())?),
            _ => patch,
        };
    }
    Ok(patch)
}
