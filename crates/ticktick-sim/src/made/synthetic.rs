//! A synthetic account of any size: the same bytes for the same seed and clock.

mod dates;
mod days;
mod outline;
mod pen;
#[cfg(test)]
mod tests;
mod words;

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::json;

use crate::made::synthetic::outline::{Family, Outline, Project, STEP, TaskState};
use crate::made::synthetic::pen::Pen;
use crate::world::account::Account;
use crate::world::fields::object;
use crate::world::item::Item;
use crate::world::limits::Plan;

/// Number of open tasks per project, as long as the plan allows more projects.
const TASKS_IN_PROJECT: usize = 300;

/// Number of open tasks per task that is closed or in the trash.
const OPEN_FOR_CLOSED: usize = 20;

/// Fills an empty account with this many open tasks, and one more in twenty that is closed or in the
/// trash.
///
/// The account's own generator creates ids and etags, so it needs the same seed, too.
pub(crate) fn fill(account: &mut Account, tasks: usize, seed: u64, now: Timestamp) {
    let mut random = Rng::with_seed(seed);
    account.zone = words::ZONES[0].into();
    let folders = folders(account, now);
    let projects = projects(account, &folders, tasks, now);
    tags(account, now);
    filters(account, now);
    let outline = Outline::new(account, projects, tasks + tasks / OPEN_FOR_CLOSED, &mut random, now);
    let mut pen = Pen::new(account, &outline, &mut random);
    let mut first = 0;
    while first < tasks {
        let family = Family::new(pen.random, &outline, first, tasks - first);
        for member in 0..family.size {
            pen.write(&family, member, TaskState::Open);
        }
        first += family.size;
    }
    for (number, place) in (tasks..outline.tasks).enumerate() {
        let family = Family::alone(pen.random, &outline, place);
        pen.write(&family, 0, TaskState::of(number));
    }
    account.top = -STEP.saturating_mul(i64::try_from(outline.tasks).unwrap_or(0));
    // The account may exceed every plan and still accept writes. The free plan keeps its limits, so that
    // tests can reach them.
    account.is_limited = account.plan == Plan::Free;
    days::habits(account, &outline, &mut random);
    days::focus(account, &outline, &mut random);
}

fn folders(account: &mut Account, now: Timestamp) -> Vec<String> {
    let folders = (0..).zip(words::FOLDERS).map(|(order, name)| {
        let folder = json!({ "name": name, "showAll": true, "sortOrder": order * STEP });
        account.add_group(&object(&folder), now)
    });
    ids(folders)
}

/// Creates projects: two of three in a folder, one of ten archived, one of five a board with columns.
fn projects(account: &mut Account, folders: &[String], tasks: usize, now: Timestamp) -> Vec<Project> {
    let mut made = vec![Project::new(account.inbox_id.clone(), false)];
    let count = (tasks / TASKS_IN_PROJECT).clamp(6, 280);
    for place in 0..count {
        let (order, is_board, is_note) = (i64::try_from(place).unwrap_or(0), place % 5 == 1, place % 12 == 4);
        let project = json!({
            "name": format!("{} {}", words::PROJECTS[place % words::PROJECTS.len()], place + 1),
            "groupId": folders.get(place % (folders.len() * 3 / 2)),
            "color": words::COLORS[place % words::COLORS.len()],
            "viewMode": if is_board { "kanban" } else { "list" },
            "kind": if is_note { "NOTE" } else { "TASK" },
            "closed": place % 10 == 5,
            "sortOrder": order * STEP,
        });
        // The plan may allow fewer.
        let Ok((id, _)) = account.add_project(&object(&project), now) else { break };
        let columns = if is_board { columns(account, &id, now) } else { Vec::new() };
        made.push(Project { columns, ..Project::new(id, is_note) });
    }
    made
}

fn columns(account: &mut Account, project: &str, now: Timestamp) -> Vec<String> {
    let columns = (0..).zip(words::COLUMNS).map(|(order, name)| {
        let column = json!({ "projectId": project, "name": name, "sortOrder": order * STEP });
        account.add_column(&object(&column), now)
    });
    ids(columns)
}

/// Creates tags. Every third tag has two children.
fn tags(account: &mut Account, now: Timestamp) {
    for (place, label) in words::TAGS.iter().enumerate() {
        let parent = (place % 3 > 0).then(|| words::TAGS[place - place % 3].to_lowercase());
        let color = words::COLORS[place % words::COLORS.len()];
        let tag = json!({ "name": label.to_lowercase(), "label": label, "parent": parent, "color": color });
        drop(account.add_tag(&object(&tag), now));
    }
}

fn filters(account: &mut Account, now: Timestamp) {
    for (order, (name, rule)) in (0..).zip(words::FILTERS) {
        let filter = json!({ "name": name, "rule": rule, "sortOrder": order * STEP });
        drop(account.add_filter(&object(&filter), now));
    }
}

fn ids(items: impl Iterator<Item = Item>) -> Vec<String> {
    items.flatten().map(|(id, _)| id).collect()
}
