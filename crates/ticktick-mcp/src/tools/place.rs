//! Moves tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::Task;

use super::report::failed;
use crate::answer::{Answer, Failure};
use crate::call::{Call, Plan, done};
use crate::refs;
use crate::text::clean;
use crate::tool::{Tool, tool};

pub(super) const MOVE: Tool = tool!(writes
    "move_tasks",
    "Move tasks with subtasks to a project, a column, or under a parent.",
    Args, relocate)
.repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    project: Option<String>,
    column: Option<String>,
    /// Task, or none to leave the parent.
    parent: Option<String>,
    #[serde(default)]
    dry_run: bool,
    confirm: Option<String>,
}

async fn relocate(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    if args.project.is_none() && args.column.is_none() && args.parent.is_none() {
        return Err(Failure::new("Give project, column or parent. Nothing was changed."));
    }
    let view = call.view().await?;
    let tasks = call.open_tasks(&args.tasks, &view)?;
    let project = args.project.as_deref().map(|name| call.project(name, &view)).transpose()?;
    if let Some((id, _)) = &project {
        call.refuse_project(id, &view)?;
    }
    let leaves = args.parent.as_deref().is_some_and(|parent| parent.trim().eq_ignore_ascii_case("none"));
    let parent = args.parent.as_deref().filter(|_| !leaves).map(|name| call.open_task(name, &view)).transpose()?;
    let mut column = None;
    if let Some(name) = &args.column {
        let of = project.as_ref().map_or_else(|| tasks[0].project_id.clone(), |(id, _)| id.clone());
        let columns = call.client().column().list_by_project(&of).await?;
        let found =
            refs::named("column", name, columns.iter(), |one| (one.id.as_str(), one.name.as_deref().unwrap_or("")))?;
        column = Some((found.id.clone(), clean(found.name.as_deref().unwrap_or(""))));
    }
    let mut to = Vec::new();
    to.extend(project.iter().map(|(_, name)| format!("to {name}")));
    to.extend(column.iter().map(|(_, name)| format!("to column {name}")));
    to.extend(parent.iter().map(|task| format!("under {}", view.name(task))));
    if leaves {
        to.push("out of its parent".to_owned());
    }
    let to = to.join(", ");
    let lines = tasks.iter().map(|task| {
        let below = view.below(&task.id).len();
        let with = if below > 0 { format!(" with {below} below") } else { String::new() };
        format!("{}{with}: {to}", view.name(task))
    });
    let mut plan = Plan::of(&tasks, lines.collect());
    plan.tasks.extend(tasks.iter().flat_map(|task| view.below(&task.id)).map(Into::into));
    plan.tasks.extend(parent.iter().map(Into::into));
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let manager = || call.client().task();
    let step = async |task: &Task| {
        if leaves && task.parent_id.is_some() {
            manager().unset_parent(&task.id).await?;
        }
        if let Some((id, _)) = &project {
            manager().move_to(&task.id, id).await?;
        }
        if let Some(parent) = &parent {
            manager().set_parent(&task.id, &parent.id).await?;
        }
        if let Some((id, _)) = &column {
            manager().move_to_column(&task.id, id).await?;
        }
        Ok::<_, ticktick::Error>(())
    };
    let mut failures = Vec::new();
    for task in &tasks {
        call.step(format!("Moving {}", view.name(task))).await?;
        if let Err(error) = step(task).await {
            failures.push(failed(Some(task.title()), &error));
        }
    }
    let after = call.view().await?;
    let mut lines = vec![done("Moved", tasks.len() - failures.len())];
    lines.extend(tasks.iter().map(|task| after.current(task)));
    let is_error = !failures.is_empty();
    lines.extend(failures);
    Ok(Answer { is_error, ..Answer::lines(lines) })
}
