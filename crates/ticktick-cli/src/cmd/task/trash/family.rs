//! The subtasks of deleted and restored tasks.

use std::collections::{BTreeMap, HashMap, HashSet};

use ticktick::mirror::Change;
use ticktick::{Task, TaskId};

use super::super::find::Found;
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::numbers::Deleted;
use crate::stock::Stock;
use crate::written::Written;

/// Adds the open subtasks of the found tasks, each below its parent, and returns how many were not found before.
pub(super) fn add_subtasks(found: &mut Found) -> usize {
    let mut below: HashMap<&str, Vec<&TaskView>> = HashMap::new();
    for task in found.stock.tasks.iter().rev() {
        below.entry(task.task.parent.as_deref().unwrap_or_default()).or_default().push(task);
    }
    let mut waiting: Vec<&TaskView> = found.tasks.iter().rev().collect();
    let (mut family, mut seen) = (Vec::new(), HashSet::new());
    while let Some(task) = waiting.pop() {
        if seen.insert(task.task.id.as_str()) {
            family.push(task.clone());
            waiting.extend(below.get(task.task.id.as_str()).into_iter().flatten());
        }
    }
    let selected: HashSet<&str> = found.tasks.iter().map(|task| task.task.id.as_str()).collect();
    let subtasks = seen.len() - selected.len();
    found.tasks = family;
    subtasks
}

/// Reads from the journal what a write deleted.
pub(super) fn deleted(change: &Change) -> Deleted {
    let before: Option<Task> = change.before.as_ref().and_then(|json| json.decode_lenient().ok());
    let parent = before.and_then(|task| task.parent().map(ToString::to_string));
    Deleted { id: change.id.clone(), parent }
}

/// Puts restored tasks below the parents that they had, because the service releases the subtasks of a deleted task.
/// A parent that is now in another project, or that no longer exists, is left out.
pub(super) async fn reunite(
    connection: &Connection,
    stock: &Stock,
    written: &mut Written<cli::Task>,
    deleted: &[Deleted],
) -> Result<(), Error> {
    let places: HashMap<&str, &str> = stock
        .tasks
        .iter()
        .map(|task| &task.task)
        .chain(&written.data)
        .map(|task| (task.id.as_str(), task.project.id.as_str()))
        .collect();
    let is_restored = |id: &str| written.data.iter().any(|task| task.id == id);
    let mut families: BTreeMap<&str, Vec<TaskId>> = BTreeMap::new();
    for Deleted { id, parent } in deleted {
        let Some(parent) = parent.as_deref().filter(|_| is_restored(id)) else { continue };
        if places.contains_key(parent) && places.get(parent) == places.get(id.as_str()) {
            families.entry(parent).or_default().push(TaskId::from(id.as_str()));
        }
    }
    let batch = families.iter().fold(connection.client.task().batch(), |batch, (parent, tasks)| {
        batch.set_parent(tasks, TaskId::from(*parent))
    });
    let report = batch.send().await?;
    for item in report.items() {
        let known = written.data.iter_mut().find(|task| task.id == item.id.as_str());
        match (&item.result, known) {
            (Ok(task), Some(known)) => *known = stock.view(task).task,
            (Err(error), Some(known)) => {
                let title = known.title.clone();
                written.fail(&title, error.clone().into());
            }
            (_, None) => {}
        }
    }
    Ok(())
}
