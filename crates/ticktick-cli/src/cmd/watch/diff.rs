//! The differences between two states of an account.

use std::collections::HashMap;

use jiff::Timestamp;
use ticktick::mirror::Mirror;
use ticktick::{Account, Task};

use crate::generated::cli::{ChangeEvent, WatchedChange};

/// Returns the changes from one state to the next. The mirror shows how tasks were closed that are no longer open.
pub(super) fn differences(
    before: &Account,
    after: &Account,
    mirror: Option<&Mirror>,
    at: Timestamp,
) -> Vec<WatchedChange> {
    let mut changes = Changes { at, all: Vec::new() };
    let gone = |task: &Task| mirror.and_then(|mirror| mirror.task(&task.id).ok()?).map_or(ChangeEvent::Removed, ended);
    let name = |task: &Task| task.title.as_deref().unwrap_or_default().to_owned();
    changes.add("task", before.tasks(), after.tasks(), |task| task.id.to_string(), name, gone);
    let removed = |_: &_| ChangeEvent::Removed;
    let text = |name: Option<&str>| name.unwrap_or_default().to_owned();
    let (old, new) = (before.projects(), after.projects());
    changes.add("project", old, new, |one| one.id.to_string(), |one| text(one.name.as_deref()), removed);
    let removed = |_: &_| ChangeEvent::Removed;
    let (old, new) = (before.folders(), after.folders());
    changes.add("folder", old, new, |one| one.id.to_string(), |one| text(one.name.as_deref()), removed);
    let removed = |_: &_| ChangeEvent::Removed;
    let (old, new) = (before.tags(), after.tags());
    changes.add("tag", old, new, |one| one.name.to_string(), |one| one.name.to_string(), removed);
    let removed = |_: &_| ChangeEvent::Removed;
    let (old, new) = (before.filters(), after.filters());
    changes.add("filter", old, new, |one| one.id.to_string(), |one| text(one.name.as_deref()), removed);
    changes.all
}

/// Returns how a task ended that is no longer open.
fn ended(task: Task) -> ChangeEvent {
    if task.is_deleted() || task.is_open() { ChangeEvent::Removed } else { ChangeEvent::Completed }
}

struct Changes {
    at: Timestamp,
    all: Vec<WatchedChange>,
}

impl Changes {
    fn add<T: PartialEq>(
        &mut self,
        kind: &str,
        before: &[T],
        after: &[T],
        id: impl Fn(&T) -> String,
        name: impl Fn(&T) -> String,
        gone: impl Fn(&T) -> ChangeEvent,
    ) {
        let mut known: HashMap<String, &T> = before.iter().map(|one| (id(one), one)).collect();
        let mut push = |event, id, name| {
            self.all.push(WatchedChange { at: self.at, event, kind: kind.to_owned(), id, name });
        };
        for one in after {
            match known.remove(&id(one)) {
                None => push(ChangeEvent::Added, id(one), name(one)),
                Some(old) if old != one => push(ChangeEvent::Changed, id(one), name(one)),
                Some(_) => {}
            }
        }
        for one in before.iter().filter(|one| known.contains_key(&id(one))) {
            push(gone(one), id(one), name(one));
        }
    }
}
