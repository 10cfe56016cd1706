//! Completes and reopens tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Task, TaskId};

use super::report::failed;
use crate::answer::Answer;
use crate::call::{Call, Plan, done};
use crate::failure::Failure;
use crate::refs;
use crate::tool::{Tool, tool};
use crate::when;

pub(super) const COMPLETE: Tool = tool!(writes
    "complete_tasks",
    "Complete tasks. A repeating task moves to its next date, which the answer shows.",
    Complete, complete);
pub(super) const REOPEN: Tool = tool!(writes "reopen_tasks", "Reopen closed tasks.", Reopen, reopen).repeats();

#[derive(Deserialize, JsonSchema)]
struct Complete {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    /// Close as won't do.
    #[serde(default)]
    wont_do: bool,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Reopen {
    /// Codes from find_tasks, ids or titles.
    tasks: Vec<String>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

async fn complete(call: &Call<'_>, args: Complete) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let tasks = call.open_tasks(&args.tasks, &view)?;
    let how = if args.wont_do { "won't do" } else { "completed" };
    let lines = tasks.iter().map(|task| match task.next_occurrence(view.zone(), view.now().date()) {
        Ok(Some(next)) => format!("{}: {how}, next {}", view.name(task), when::due(&next, view.zone())),
        _ => format!("{}: {how}", view.name(task)),
    });
    let plan = Plan::of(&tasks, lines.collect());
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let mut results = Vec::new();
    if args.wont_do {
        for task in &tasks {
            call.step(format!("Closing {}", view.name(task))).await?;
            let closed = call.client().task().wont_do(&task.id).await;
            results.push(closed.map(|closed| closed.next));
        }
    } else {
        let report = call.client().task().batch().complete(tasks.iter().map(|task| &task.id)).send().await?;
        results.extend(report.items().iter().map(|item| item.result.clone().map(|_| item.next().cloned())));
    }
    call.state.remember(tasks.iter().map(|task| &task.id));
    let mut lines = vec![done("Closed", results.iter().filter(|one| one.is_ok()).count())];
    let is_error = results.iter().any(Result::is_err);
    for (task, result) in tasks.iter().zip(results) {
        lines.push(match result {
            Ok(Some(next)) => format!("{}: moved to {}, it repeats", view.name(task), when::due(&next, view.zone())),
            Ok(None) => format!("{}: {how}", view.name(task)),
            Err(error) => failed(Some(task.title()), &error),
        });
    }
    Ok(Answer { is_error, ..Answer::lines(lines) })
}

/// Returns the closed tasks that names can refer to: those that earlier answers have listed, or else all of the last 90 days.
async fn closed(call: &Call<'_>, names: &[String]) -> Result<Vec<Task>, Failure> {
    let listed: Vec<TaskId> = names.iter().filter_map(|name| call.listed(name)).collect();
    let mut closed: Vec<Task> = Vec::new();
    for id in &listed {
        match call.client().task().get(id).await {
            Ok(task) if !task.is_open() && !closed.iter().any(|other| other.id == task.id) => closed.push(task),
            Ok(_) => {}
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error.into()),
        }
    }
    if listed.len() < names.len() {
        let since = call.now() - jiff::SignedDuration::from_hours(24 * 90);
        let latest = call.client().task().history(since..).all().await?;
        closed.extend(latest.into_iter().filter(|task| !listed.contains(&task.id)));
    }
    Ok(closed)
}

async fn reopen(call: &Call<'_>, args: Reopen) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let closed = closed(call, &args.tasks).await?;
    let tasks: Vec<Task> = refs::tasks(&args.tasks, &closed, &view)?.into_iter().cloned().collect();
    let lines = tasks.iter().map(|task| format!("{}: open again", view.name(task))).collect();
    let plan = Plan::of(&tasks, lines);
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let (mut lines, mut is_error) = (Vec::new(), false);
    for task in &tasks {
        call.step(format!("Reopening {}", view.name(task))).await?;
        match call.client().task().reopen(&task.id).await {
            Ok(open) => lines.push(view.line(&open)),
            Err(error) => {
                is_error = true;
                lines.push(failed(Some(task.title()), &error));
            }
        }
    }
    let failures = lines.iter().filter(|line| line.starts_with("failed: ")).count();
    lines.insert(0, done("Reopened", tasks.len() - failures));
    Ok(Answer { is_error, ..Answer::lines(lines) })
}
