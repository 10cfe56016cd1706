//! Moves tasks to the trash and back. Nothing empties it.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::Task;

use super::report::failed;
use crate::answer::{Answer, Failure};
use crate::call::{Call, Plan, done};
use crate::refs;
use crate::tool::{Tool, tool};

pub(super) const DELETE: Tool = tool!(writes
    "delete_tasks",
    "Move tasks and subtasks to the trash. Nothing is erased.",
    Args, delete)
.destroys()
.repeats();
pub(super) const RESTORE: Tool =
    tool!(writes "restore_tasks", "Bring tasks back from the trash.", Args, restore).repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    #[serde(default)]
    dry_run: bool,
    confirm: Option<String>,
}

async fn delete(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let named = call.open_tasks(&args.tasks, &view)?;
    let mut tasks: Vec<Task> = Vec::new();
    for task in &named {
        for one in std::iter::once(task).chain(view.below(task)) {
            if tasks.iter().all(|other| other.id != one.id) {
                tasks.push(one.clone());
            }
        }
    }
    let plan = Plan::of(tasks.clone(), tasks.iter().map(|task| format!("to the trash: {}", view.line(task))).collect());
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    call.state.remember(&tasks);
    let report = call.client().task().batch().delete(tasks.iter().map(|task| &task.id)).send().await?;
    let mut lines = vec![done("Moved to the trash", report.items().iter().filter(|item| item.result.is_ok()).count())];
    let is_error = report.failures().next().is_some();
    for (item, task) in report.items().iter().zip(&tasks) {
        lines.push(match &item.result {
            Ok(_) => view.name(task),
            Err(error) => failed(Some(task.title()), error),
        });
    }
    Ok(Answer { is_error, ..Answer::lines(lines) })
}

async fn restore(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let trash = call.client().task().trash().await?;
    let all: Vec<&Task> = trash.iter().collect();
    let tasks: Vec<Task> = refs::tasks(&args.tasks, &all, &view)?.into_iter().cloned().collect();
    let plan =
        Plan::of(tasks.clone(), tasks.iter().map(|task| format!("from the trash: {}", view.line(task))).collect());
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let restored = call.client().task().restore_all(&tasks).await?;
    let after = call.view().await?;
    let mut lines = vec![done("Restored", restored.len())];
    lines.extend(restored.iter().map(|task| after.line(after.account.task(&task.id).unwrap_or(task))));
    Ok(Answer::lines(lines))
}
