//! Changes fields of tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Priority, Task, TaskPatch};

use super::find::Level;
use super::report::{MOST, finish};
use crate::answer::{Answer, Failure};
use crate::call::{Call, Plan};
use crate::text::{clean, title};
use crate::tool::{Tool, tool};
use crate::view::View;

pub(super) const UPDATE: Tool = tool!(writes
    "update_tasks",
    "Change fields of up to 50 tasks; fields left out stay. Dates: reschedule_tasks.",
    Args, update)
.repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    changes: Vec<Change>,
    #[serde(default)]
    dry_run: bool,
    confirm: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Change {
    /// Code, id or title.
    task: String,
    title: Option<String>,
    /// Words, RRULE or none.
    repeat: Option<String>,
    priority: Option<Level>,
    /// All tags; [] removes all.
    tags: Option<Vec<String>>,
    add_tags: Option<Vec<String>>,
    remove_tags: Option<Vec<String>>,
    /// Replaces the content; none clears.
    content: Option<String>,
    /// Such as 30m, 1d 9:00; none clears.
    reminders: Option<String>,
}

async fn update(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    if args.changes.is_empty() || args.changes.len() > MOST {
        return Err(Failure::new(format!("Give 1 to {MOST} changes per call. Nothing was changed.")));
    }
    let view = call.view().await?;
    let (mut plan, mut patches) = (Plan::default(), Vec::new());
    for change in &args.changes {
        let task = call.open_task(&change.task, &view)?;
        if plan.tasks.iter().any(|other| other.id == task.id) {
            let name = view.name(&task);
            return Err(Failure::new(format!("{name} is named twice. Put its changes into one. Nothing was changed.")));
        }
        let (patch, lines) = patch(change, &task, &view)?;
        if lines.is_empty() {
            plan.lines.push(format!("{}: no change", view.name(&task)));
        }
        plan.lines.extend(lines.iter().map(|line| format!("{}: {line}", view.name(&task))));
        patches.push((task.id.clone(), patch));
        plan.tasks.push((&task).into());
    }
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let batch = call.client().task().batch();
    let batch = patches.into_iter().fold(batch, |batch, (id, patch)| batch.patch([id], patch));
    let report = batch.send().await?;
    finish(call, "Changed", &report).await
}

/// Returns the patch, and what it changes.
fn patch(change: &Change, task: &Task, view: &View) -> Result<(TaskPatch, Vec<String>), Failure> {
    let (mut patch, mut lines) = (TaskPatch::new(), Vec::new());
    let failed = |what: &str, error: &dyn ToString| {
        let (name, why) = (view.name(task), clean(&error.to_string()));
        Failure::new(format!("The {what} of {name} cannot be used: {why}. Nothing was changed."))
    };
    if let Some(new) = &change.title {
        if new.trim().is_empty() {
            return Err(failed("title", &"it is empty"));
        }
        lines.push(format!("title \"{}\" becomes \"{}\"", title(task.title()), title(new)));
        patch = patch.title(new.trim());
    }
    if let Some(level) = change.priority {
        let priority = Priority::from(level);
        lines.push(format!("priority becomes {priority:?}"));
        patch = patch.priority(priority);
    }
    if let Some(content) = &change.content {
        let is_none = content.trim().eq_ignore_ascii_case("none");
        lines.push(if is_none {
            "content is cleared".to_owned()
        } else {
            format!("content becomes {} characters", content.chars().count())
        });
        patch = patch.content(if is_none { "" } else { content });
    }
    if let Some(tags) = new_tags(change, task) {
        lines.push(format!(
            "tags become {}",
            tags.iter().map(|tag| format!("#{}", clean(tag))).collect::<Vec<_>>().join(" ")
        ));
        patch = patch.tags(tags);
    }
    match change.repeat.as_deref().map(str::trim) {
        None => {}
        Some(text) if text.eq_ignore_ascii_case("none") => {
            lines.push("repeat is cleared".to_owned());
            patch = patch.clear_repeat();
        }
        Some(text) => {
            let repeat = view.quick_add().parse_repeat(text).map_err(|error| failed("repeat", &error))?;
            lines.push(format!("repeat becomes {}", clean(repeat.rule.as_str())));
            patch = patch.repeat(repeat.rule.as_str());
        }
    }
    match change.reminders.as_deref().map(str::trim) {
        None => {}
        Some(text) if text.eq_ignore_ascii_case("none") => {
            lines.push("reminders are cleared".to_owned());
            patch = patch.reminders([]);
        }
        Some(text) => {
            let due = task.due(view.zone()).ok_or_else(|| failed("reminders", &"the task has no date"))?;
            let reminders =
                view.quick_add().parse_reminders(text, &due).map_err(|error| failed("reminders", &error))?;
            lines.push(format!("reminders become {}", clean(text)));
            patch = patch.reminders(reminders.iter().map(ticktick::quick_add::QuickReminder::trigger));
        }
    }
    Ok((patch, lines))
}

/// Returns the tags of a task after a change, if it changes them.
fn new_tags(change: &Change, task: &Task) -> Option<Vec<String>> {
    let bare = |tag: &String| tag.trim().trim_start_matches('#').to_owned();
    if change.tags.is_none() && change.add_tags.is_none() && change.remove_tags.is_none() {
        return None;
    }
    let now = || task.tags.iter().map(|tag| tag.as_str().to_owned()).collect();
    let mut tags: Vec<String> = change.tags.as_ref().map_or_else(now, |tags| tags.iter().map(bare).collect());
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    for tag in change.add_tags.iter().flatten().map(bare) {
        if !tags.iter().any(|other| same(other, &tag)) {
            tags.push(tag);
        }
    }
    for tag in change.remove_tags.iter().flatten().map(bare) {
        tags.retain(|other| !same(other, &tag));
    }
    tags.retain(|tag| !tag.is_empty());
    Some(tags)
}
