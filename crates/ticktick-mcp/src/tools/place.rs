//! Moves tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::models::ColumnId;
use ticktick::{ProjectId, Task};

use super::report::failed;
use crate::answer::Answer;
use crate::call::{Call, Plan, done};
use crate::failure::Failure;
use crate::refs;
use crate::text::clean;
use crate::tool::{Tool, tool};
use crate::view::View;

pub(super) const MOVE: Tool = tool!(writes
    "move_tasks",
    "Move tasks and their subtasks to a project, a column or a parent.",
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
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

/// The destination of tasks.
struct Target {
    project: Option<(ProjectId, String)>,
    column: Option<(ColumnId, String)>,
    parent: Option<Task>,
    /// Whether they leave their parents.
    leaves: bool,
}

async fn relocate(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    if args.project.is_none() && args.column.is_none() && args.parent.is_none() {
        return Err(Failure::new("Give project, column or parent. Nothing was changed."));
    }
    let view = call.view().await?;
    let tasks = call.open_tasks(&args.tasks, &view)?;
    let target = Target::find(call, &args, &tasks[0], &view).await?;
    let to = target.words(&view);
    let lines = tasks.iter().map(|task| {
        let below = view.below(&task.id).len();
        let with = if below > 0 { format!(" with {below} below") } else { String::new() };
        format!("{}{with}: {to}", view.name(task))
    });
    let mut plan = Plan::of(&tasks, lines.collect());
    plan.tasks.extend(tasks.iter().flat_map(|task| view.below(&task.id)).map(Into::into));
    plan.tasks.extend(target.parent.iter().map(Into::into));
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let mut failures = Vec::new();
    for task in &tasks {
        call.step(format!("Moving {}", view.name(task))).await?;
        if let Err(error) = target.take(call, task).await {
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

impl Target {
    /// Resolves the arguments. A column is looked up in the project, or in the project of the first task.
    async fn find(call: &Call<'_>, args: &Args, task: &Task, view: &View) -> Result<Self, Failure> {
        let project = args.project.as_deref().map(|name| call.project(name, view)).transpose()?;
        if let Some((id, _)) = &project {
            call.refuse_project(id, view)?;
        }
        let leaves = args.parent.as_deref().is_some_and(|parent| parent.trim().eq_ignore_ascii_case("none"));
        let parent = args.parent.as_deref().filter(|_| !leaves).map(|name| call.open_task(name, view)).transpose()?;
        let mut column = None;
        if let Some(name) = &args.column {
            let of = project.as_ref().map_or(&task.project_id, |(id, _)| id);
            let columns = call.client().column().list_by_project(of).await?;
            let found =
                refs::named("column", name, &columns, |one| (one.id.as_str(), one.name.as_deref().unwrap_or("")))?;
            column = Some((found.id.clone(), clean(found.name.as_deref().unwrap_or(""))));
        }
        Ok(Self { project, column, parent, leaves })
    }

    fn words(&self, view: &View) -> String {
        let mut to = Vec::new();
        to.extend(self.project.iter().map(|(_, name)| format!("to {name}")));
        to.extend(self.column.iter().map(|(_, name)| format!("to column {name}")));
        to.extend(self.parent.iter().map(|task| format!("under {}", view.name(task))));
        to.extend(self.leaves.then(|| "out of its parent".to_owned()));
        to.join(", ")
    }

    /// Moves a task there.
    async fn take(&self, call: &Call<'_>, task: &Task) -> Result<(), ticktick::Error> {
        let manager = || call.client().task();
        if self.leaves && task.parent_id.is_some() {
            manager().unset_parent(&task.id).await?;
        }
        if let Some((id, _)) = &self.project {
            manager().move_to(&task.id, id).await?;
        }
        if let Some(parent) = &self.parent {
            manager().set_parent(&task.id, &parent.id).await?;
        }
        if let Some((id, _)) = &self.column {
            manager().move_to_column(&task.id, id).await?;
        }
        Ok(())
    }
}
