//! Writes to the parts of a task: its checklist, its reminders, its tags.

use jiff::SignedDuration;
use jiff::civil::time;
use ticktick::task::{ChecklistItem, ChecklistItemId, TaskKind};
use ticktick::{Task, TaskPatch, Trigger};

use super::{is_open, task_writes};
use crate::pick::Pick;

/// What makes room for an item.
const PLACES: &str = "items/*/sortOrder";

/// Returns a trigger that suits the date of a task.
fn alarm(task: &Task, minutes: i8) -> Trigger {
    if task.is_all_day == true {
        Trigger::on_day(0, time(7, minutes, 0, 0))
    } else {
        Trigger::before(SignedDuration::from_mins(minutes.into()))
    }
}

fn has_date(task: &Task) -> bool {
    is_open(task) && (task.due_date.get().is_some() || task.start_date.get().is_some())
}

fn has_items(task: &Task) -> bool {
    is_open(task) && !task.items.is_empty()
}

fn has_reminders(task: &Task) -> bool {
    has_date(task) && !task.reminders.is_empty()
}

fn has_tags(task: &Task) -> bool {
    is_open(task) && !task.tags.is_empty()
}

/// Chooses one of the items, the same each time, or makes up an id if no item fits.
fn item(task: &Task, mut pick: Pick, fits: impl Fn(&ChecklistItem) -> bool) -> ChecklistItemId {
    pick.of(&task.items, fits).map_or_else(ChecklistItemId::new, |item| item.id)
}

fn any(task: &Task, pick: Pick) -> ChecklistItemId {
    item(task, pick, |_| true)
}

fn open(task: &Task, pick: Pick) -> ChecklistItemId {
    item(task, pick, |item| !item.is_done())
}

fn done(task: &Task, pick: Pick) -> ChecklistItemId {
    item(task, pick, ChecklistItem::is_done)
}

/// Returns the first of the items, or makes up an id if the task has none.
fn first(task: &Task) -> ChecklistItemId {
    task.items.first().map_or_else(ChecklistItemId::new, |item| item.id.clone())
}

/// Returns the trigger of the first reminder.
fn trigger(task: &Task) -> Trigger {
    task.reminders.first().map_or_else(|| alarm(task, 7), |one| one.trigger.clone())
}

/// Names what goes with the reminders that are not kept, and the order of all.
fn reminders_without(task: &Task, kept: &[Trigger]) -> Vec<String> {
    let gone = task.reminders.iter().filter(|one| !kept.contains(&one.trigger));
    let gone = gone.filter_map(|one| Some(format!("reminders/{}", one.id.get()?)));
    gone.chain(["reminders".into(), "reminders/+".into()]).collect()
}

/// Names what changes with a new item, which makes a checklist of any task.
fn with_item(task: &Task) -> Vec<&'static str> {
    if task.kind == TaskKind::Checklist {
        vec!["items", "items/+", PLACES, "progress"]
    } else {
        vec!["items", "items/+", PLACES, "progress", "kind", "content", "desc"]
    }
}

/// Names what a change of kind turns into one another.
fn body(task: &Task) -> Vec<String> {
    let items = task.items.iter().map(|item| format!("items/{}", item.id));
    items.chain(["kind", "content", "desc", "items", "items/+", "progress"].map(str::to_owned)).collect()
}

task_writes! {
    "task.add_item", |task| is_open(task) && !task.is_note() => |client, task, pick| with_item(&task),
        client.task().add_item(&task, "x");
    "task.rename_item", has_items => |client, task, pick| [format!("items/{}/title", any(&task, pick))],
        client.task().rename_item(&task, any(&task, pick), "renamed");
    "task.complete_item", |task| has_items(task) && task.items.iter().any(|item| !item.is_done()) => |client, task, pick| {
        let item = open(&task, pick);
        [format!("items/{item}/status"), format!("items/{item}/completedTime"), "progress".into()]
    }, client.task().complete_item(&task, open(&task, pick));
    "task.reopen_item", |task| has_items(task) && task.items.iter().any(ChecklistItem::is_done) => |client, task, pick| {
        let item = done(&task, pick);
        [format!("items/{item}/status"), format!("items/{item}/completedTime"), "progress".into()]
    }, client.task().reopen_item(&task, done(&task, pick));
    "task.move_item", |task| is_open(task) && task.items.len() > 1 => |client, task, pick| [PLACES],
        client.task().move_item(&task, first(&task), 1);
    "task.remove_item", has_items => |client, task, pick|
        [format!("items/{}", any(&task, pick)), "items".into(), "progress".into()],
        client.task().remove_item(&task, any(&task, pick));
    "task.convert checklist", |task| is_open(task) && task.kind != TaskKind::Checklist => |client, task, pick| body(&task),
        client.task().convert(&task, TaskKind::Checklist);
    "task.convert note", |task| is_open(task) && !task.is_note() => |client, task, pick| body(&task),
        client.task().convert(&task, TaskKind::Note);
    "task.convert text", |task| is_open(task) && task.kind != TaskKind::Text => |client, task, pick| body(&task),
        client.task().convert(&task, TaskKind::Text);
    "task.add_reminder", has_date => |client, task, pick| ["reminders", "reminders/+"],
        client.task().add_reminder(&task, alarm(&task, 7));
    "task.remove_reminder", has_reminders => |client, task, pick| {
        let kept: Vec<_> = task.reminders.iter().map(|one| one.trigger.clone()).filter(|one| *one != trigger(&task)).collect();
        reminders_without(&task, &kept)
    }, client.task().remove_reminder(&task, &trigger(&task));
    "task.set_reminders", has_reminders => |client, task, pick| reminders_without(&task, &[trigger(&task)]),
        client.task().set_reminders(&task, [alarm(&task, 8), trigger(&task)]);
    "task.patch reminders", has_reminders => |client, task, pick| reminders_without(&task, &[trigger(&task)]),
        client.task().patch(&task, TaskPatch::new().reminders([trigger(&task), alarm(&task, 7)]));
    "task.patch no reminders", has_reminders => |client, task, pick| reminders_without(&task, &[]),
        client.task().patch(&task, TaskPatch::new().reminders([]));
    "task.remove_tags", has_tags => |client, task, pick| ["tags"],
        client.task().remove_tags(&task, task.tags.clone());
}
