//! Moves tasks, changes their parents and restores them from the trash.

use serde_json::json;
use ticktick_models::{Json, Object};

use crate::exchange::batch::{Outcome, list};
use crate::exchange::call::Call;
use crate::exchange::refusal::Answer;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::readings::Other;
use crate::world::task::place::{Link, Move, TaskRef};

pub(crate) fn move_all(account: &mut Account, call: &Call) -> Answer {
    let moves: Vec<Move> = list(call)?;
    let mut outcome = Outcome::default();
    let mut moved = Vec::new();
    for sent in moves {
        let item = account.move_task(&sent, call.now);
        if item.is_ok() && account.readings.has(Other::ChildrenMoveAlong) {
            account.bring_children(&sent, call.now);
        }
        moved.extend(item.as_ref().ok().map(|(id, _)| id.clone()));
        outcome.note(item);
    }
    for id in moved {
        account.part_families(&id, call.now);
    }
    Ok(outcome.reply())
}

pub(crate) fn restore(account: &mut Account, call: &Call) -> Answer {
    let tasks: Vec<Json> = list(call)?;
    let mut outcome = Outcome::default();
    let is_short_enough = account.readings.has(Other::ShortFormRestores);
    for sent in tasks.iter().filter_map(|sent| way_back(sent, is_short_enough)) {
        outcome.note(account.restore_task(&sent, call.now));
    }
    Ok(outcome.reply())
}

/// Reads the old and the new project of a task. If one is missing, the task is not restored, except in the
/// reading that accepts the short form.
fn way_back(sent: &Json, is_short_enough: bool) -> Option<Move> {
    let short = || {
        let TaskRef { task_id, project_id } = sent.decode().ok()?;
        let (from_project_id, to_project_id) = (project_id.clone(), project_id);
        Some(Move { task_id, from_project_id, to_project_id, sort_order: None })
    };
    sent.decode().ok().or_else(|| short().filter(|_| is_short_enough))
}

pub(crate) fn set_parents(account: &mut Account, call: &Call) -> Answer {
    let links: Vec<Link> = list(call)?;
    let mut outcome = Outcome::default();
    for sent in links {
        match account.set_parent(&sent, call.now) {
            Ok(touched) => {
                for task in touched.iter().filter_map(|id| account.tasks.get(id)) {
                    outcome.note_json(task.text("id").unwrap_or_default(), link(&task));
                }
            }
            Err(refused) => outcome.note(Err(refused)),
        }
    }
    Ok(outcome.reply())
}

/// Returns the relatives of a task after a change of parents.
fn link(task: &Object) -> String {
    let children = task.texts("childIds");
    json!({
        "id": task.text("id"),
        "parentId": task.word("parentId"),
        "childIds": (!children.is_empty()).then_some(children),
        "etag": task.text("etag"),
        "modifiedTime": task.text("modifiedTime"),
    })
    .to_string()
}
