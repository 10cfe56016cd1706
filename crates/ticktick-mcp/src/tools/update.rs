//! Changes fields of tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Priority, Task, TaskPatch};

use super::find::Level;
use super::report::{MOST, PREVIEWED, finish};
use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::forms;
use crate::text::{clean, quote, reason, title};
use crate::tool::{Tool, tool};
use crate::view::View;

pub(super) const UPDATE: Tool = tool!(writes
    "update_tasks",
    "Change fields of up to 50 tasks; omitted fields do not change. For dates, use reschedule_tasks.",
    Args, update)
.repeats();

#[derive(Deserialize, JsonSchema)]
struct Args {
    changes: Vec<Change>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
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
    /// Such as 30m, 1d; none clears.
    reminders: Option<Vec<String>>,
}

impl Change {
    /// Returns whether no field is given, apart from those that add a line to the preview.
    fn gives_nothing(&self) -> bool {
        self.tags.is_none() && self.add_tags.is_none() && self.remove_tags.is_none()
    }
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
            return Err(Failure::new(format!("{name} is given twice. Combine its changes. Nothing was changed.")));
        }
        let (patch, lines) = patch(change, &task, &view)?;
        if lines.is_empty() && change.gives_nothing() {
            let name = view.name(&task);
            return Err(Failure::new(format!(
                "Give a field to change for {name}. The text none clears one. Nothing was changed."
            )));
        }
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
    finish(call, "Changed", &report, &plan.tasks).await
}

/// Returns the patch and a description of its changes.
fn patch(change: &Change, task: &Task, view: &View) -> Result<(TaskPatch, Vec<String>), Failure> {
    let (mut patch, mut lines) = (TaskPatch::new(), Vec::new());
    if let Some(new) = &change.title {
        if new.trim().is_empty() {
            return Err(unusable("title", task, view, &"it is empty", "Write another."));
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
        let content = if forms::is_none(content) { "" } else { content };
        lines.push(match content.chars().count() {
            0 => "content is cleared".to_owned(),
            count => {
                let head = format!("content becomes {count} characters:");
                std::iter::once(head).chain(quote(content, PREVIEWED)).collect::<Vec<_>>().join("\n")
            }
        });
        patch = patch.content(content);
    }
    if let Some(tags) = new_tags(change, task) {
        lines.push(match forms::hashes(&tags) {
            shown if shown.is_empty() => "tags are cleared".to_owned(),
            shown => format!("tags become {shown}"),
        });
        patch = patch.tags(tags);
    }
    patch = set_repeat(patch, change, task, view, &mut lines)?;
    patch = set_reminders(patch, change, task, view, &mut lines)?;
    Ok((patch, lines))
}

fn unusable(what: &str, task: &Task, view: &View, why: &dyn ToString, help: &str) -> Failure {
    let (name, why) = (view.name(task), reason(&why.to_string()));
    Failure::new(format!("The {what} of {name} cannot be used: {why}. {help} Nothing was changed."))
}

fn set_repeat(
    patch: TaskPatch,
    change: &Change,
    task: &Task,
    view: &View,
    lines: &mut Vec<String>,
) -> Result<TaskPatch, Failure> {
    let Some(text) = change.repeat.as_deref().map(str::trim) else { return Ok(patch) };
    if forms::is_none(text) {
        lines.push("repeat is cleared".to_owned());
        return Ok(patch.clear_repeat());
    }
    let repeat = view.quick_add.parse_repeat(text);
    let repeat = repeat.map_err(|error| unusable("repeat", task, view, &error, forms::REPEATS))?;
    lines.push(format!("repeat becomes {}", forms::repeat(repeat.rule.as_str(), Some(&repeat.from))));
    Ok(patch.repeat(repeat.rule.as_str()).repeat_from(repeat.from))
}

fn set_reminders(
    patch: TaskPatch,
    change: &Change,
    task: &Task,
    view: &View,
    lines: &mut Vec<String>,
) -> Result<TaskPatch, Failure> {
    let Some(given) = change.reminders.as_deref() else { return Ok(patch) };
    let Some(text) = forms::given(given) else {
        lines.push("reminders are cleared".to_owned());
        return Ok(patch.reminders([]));
    };
    let failed = |why: &dyn ToString| unusable("reminders", task, view, why, forms::REMINDERS);
    let due = task.due(view.zone()).ok_or_else(|| failed(&"the task has no date"))?;
    let reminders = view.quick_add.parse_reminders(&text, &due).map_err(|error| failed(&error))?;
    lines.push(format!("reminders become {}", clean(&text)));
    Ok(patch.reminders(reminders.iter().map(ticktick::quick_add::QuickReminder::trigger)))
}

/// Returns the tags of a task after a change, if it changes them.
fn new_tags(change: &Change, task: &Task) -> Option<Vec<String>> {
    if change.tags.is_none() && change.add_tags.is_none() && change.remove_tags.is_none() {
        return None;
    }
    let now = || task.tags.iter().map(|tag| tag.as_str().to_owned()).collect();
    let mut tags: Vec<String> = change.tags.as_deref().map_or_else(now, forms::tags);
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    for tag in forms::tags(change.add_tags.as_deref().unwrap_or_default()) {
        if !tags.iter().any(|other| same(other, &tag)) {
            tags.push(tag);
        }
    }
    for tag in forms::tags(change.remove_tags.as_deref().unwrap_or_default()) {
        tags.retain(|other| !same(other, &tag));
    }
    Some(tags)
}
