//! Moves tasks to the trash and back. No tool empties it.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::Task;
use ticktick::mirror::TaskRow;

use super::report::failed;
use crate::answer::Answer;
use crate::call::{Call, Plan, done};
use crate::failure::Failure;
use crate::refs;
use crate::text::title;
use crate::tool::{Tool, tool};

pub(super) const DELETE: Tool = tool!(writes
    "delete_tasks",
    "Move tasks and subtasks to the trash. Nothing is erased.",
    Args, delete)
.destroys()
.repeats();
pub(super) const RESTORE: Tool =
    tool!(writes "restore_tasks", "Restore tasks from the trash.", Args, restore).repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

async fn delete(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let (mut tasks, mut seen): (Vec<&TaskRow>, _) = (Vec::new(), HashSet::new());
    for task in refs::tasks(&args.tasks, &view.tasks, &view)? {
        let all = std::iter::once(task).chain(view.below(&task.id));
        tasks.extend(all.filter(|one| seen.insert(&one.id)));
    }
    let lines = tasks.iter().map(|task| format!("to the trash: {}", view.line_of(task)));
    let plan = Plan::of(tasks.iter().copied(), lines.collect());
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    call.state.remember(tasks.iter().map(|task| &task.id));
    let report = call.client().task().batch().delete(tasks.iter().map(|task| &task.id)).send().await?;
    let mut lines = vec![done("Moved to the trash", report.items().iter().filter(|item| item.result.is_ok()).count())];
    let is_error = report.failures().next().is_some();
    for (item, task) in report.items().iter().zip(&tasks) {
        lines.push(match &item.result {
            Ok(_) => format!("{} {}", view.code(task.id.as_str()), title(&task.title)),
            Err(error) => failed(Some(&task.title), error),
        });
    }
    Ok(Answer { is_error, ..Answer::lines(lines) })
}

async fn restore(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let trash = call.client().task().trash().await?;
    let tasks: Vec<Task> = refs::tasks(&args.tasks, &trash, &view)?.into_iter().cloned().collect();
    let plan = Plan::of(&tasks, tasks.iter().map(|task| format!("from the trash: {}", view.line(task))).collect());
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let restored = call.client().task().restore_all(&tasks).await?;
    let after = call.view().await?;
    let mut lines = vec![done("Restored", restored.len())];
    lines.extend(restored.iter().map(|task| after.current(task)));
    Ok(Answer::lines(lines))
}
