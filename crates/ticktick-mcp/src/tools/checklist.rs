//! Changes the checklist of a task.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::Task;
use ticktick::models::{ChecklistItem, ChecklistItemId};

use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::refs;
use crate::text::title;
use crate::tool::{Tool, tool};

pub(super) const CHECKLIST: Tool = tool!(writes
    "checklist",
    "Add, check, uncheck or remove items of one task.",
    Args, checklist)
.destroys();

#[derive(Deserialize, JsonSchema)]
struct Args {
    task: String,
    add: Option<Vec<String>>,
    check: Option<Vec<String>>,
    uncheck: Option<Vec<String>>,
    remove: Option<Vec<String>>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

fn name(item: &ChecklistItem) -> &str {
    item.title.as_deref().unwrap_or("")
}

/// Finds items by name, each once.
fn find(task: &Task, names: Option<&Vec<String>>) -> Result<Vec<(ChecklistItemId, String)>, Failure> {
    let mut found: Vec<(ChecklistItemId, String)> = Vec::new();
    for wanted in names.into_iter().flatten() {
        let item = refs::named("item", wanted, task.items.iter(), |one| (one.id.as_str(), name(one)))?;
        if found.iter().all(|(id, _)| *id != item.id) {
            found.push((item.id.clone(), title(name(item))));
        }
    }
    Ok(found)
}

/// Refuses an item that is in two lists, because the result would depend on their order.
fn refuse_contradictions(lists: &[(&str, &[(ChecklistItemId, String)])]) -> Result<(), Failure> {
    for (at, (verb, items)) in lists.iter().enumerate() {
        for (other, others) in &lists[at + 1..] {
            if let Some((_, name)) = items.iter().find(|(id, _)| others.iter().any(|(other, _)| other == id)) {
                return Err(Failure::new(format!(
                    "The item \"{name}\" is in both {verb} and {other}. Give it in one of them. Nothing was changed."
                )));
            }
        }
    }
    Ok(())
}

async fn checklist(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let task = call.open_task(&args.task, &view)?;
    let (check, uncheck) = (find(&task, args.check.as_ref())?, find(&task, args.uncheck.as_ref())?);
    let (remove, add) = (find(&task, args.remove.as_ref())?, args.add.unwrap_or_default());
    let add: Vec<&str> = add.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
    let mut lines: Vec<String> = add.iter().map(|item| format!("add item {}", title(item))).collect();
    let lists = [("check", &check[..]), ("uncheck", &uncheck[..]), ("remove", &remove[..])];
    refuse_contradictions(&lists)?;
    for (verb, items) in lists {
        lines.extend(items.iter().map(|(_, name)| format!("{verb} item {name}")));
    }
    if lines.is_empty() {
        return Err(Failure::new("Give add, check, uncheck or remove. Nothing was changed."));
    }
    let plan = Plan::of([&task], lines);
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let manager = || call.client().task();
    for item in &add {
        call.step("Changing the checklist").await?;
        manager().add_item(&task.id, *item).await?;
    }
    for (item, _) in &check {
        manager().complete_item(&task.id, item).await?;
    }
    for (item, _) in &uncheck {
        manager().reopen_item(&task.id, item).await?;
    }
    for (item, _) in &remove {
        manager().remove_item(&task.id, item).await?;
    }
    let after = call.view().await?;
    let task = call.account.mirror.task(&task.id)?.unwrap_or(task);
    let mut lines = vec!["Changed the checklist of:".to_owned(), after.line(&task)];
    lines.extend(task.items.iter().map(|item| {
        let mark = if item.is_done() { 'x' } else { ' ' };
        format!("item [{mark}] {}", title(name(item)))
    }));
    Ok(Answer::lines(lines))
}
