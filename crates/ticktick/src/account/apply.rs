//! Brings a snapshot up to date.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use ticktick_models::{Extra, List, SyncAnswer, SyncTasks, Task, TaskId};

use super::change::{Changed, Changes};
use super::tasks::{Put, belongs};
use super::{Account, orders};
use crate::workaround::{
    deleted_lane_shapes, delta_add_lane_is_empty, delta_lags_behind_writes, delta_null_is_unchanged,
    delta_tasks_may_be_partial,
};

impl Account {
    /// Applies a delta since this snapshot's checkpoint and returns what has changed.
    ///
    /// * Tasks are identified by their ids alone. Fields that are missing in a changed task are kept; null removes
    ///   them.
    /// * A task that was completed, abandoned or deleted is removed, according to its `status`, not its
    ///   `completedTime`.
    /// * Projects, folders, tags and filters that are missing from a complete new list are removed, and a project's
    ///   tasks with it. Null means no change.
    /// * If a list has elements that cannot be read, nothing is removed, because a missing object may be one of them.
    /// * A delta without changes does not move the checkpoint, because recent writes may arrive later.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let mut account = client.sync().full().await?;
    /// let task = client.task().create("Call Ada".into()).await?;
    ///
    /// let changes = account.apply(client.sync().delta(account.checkpoint()).await?);
    /// assert_eq!(changes.tasks.added, [task.id]);
    /// # Ok(())
    /// # });
    /// ```
    pub fn apply(&mut self, delta: SyncAnswer) -> Changes {
        let next = match delta.extra.odd("syncTaskBean") {
            // These changes still have to be read.
            Some(_) => self.rest.check_point,
            None => delta_lags_behind_writes::next(self.rest.check_point, &delta),
        };
        let mut changes = Changes::default();
        if let Some(lanes) = delta.sync_task_bean.into_option() {
            self.apply_tasks(lanes, &mut changes.tasks);
        }
        let rest = &mut self.rest;
        let mut odd = Odd { stored: &mut rest.extra, news: &delta.extra };
        changes.projects = replace(&mut rest.project_profiles, delta.project_profiles, &mut odd, "projectProfiles");
        changes.groups = replace(&mut rest.project_groups, delta.project_groups, &mut odd, "projectGroups");
        changes.tags = replace(&mut rest.tags, delta.tags, &mut odd, "tags");
        changes.filters = replace(&mut rest.filters, delta.filters, &mut odd, "filters");
        self.drop_orphans(&mut changes);
        orders::merge_oldest(&mut self.rest.sync_task_order_bean, delta.sync_task_order_bean);
        orders::merge_second(&mut self.rest.sync_order_bean, delta.sync_order_bean);
        orders::merge(&mut self.rest.sync_order_bean_v3, delta.sync_order_bean_v3);
        if let Some(inbox) = delta.inbox_id.into_option() {
            self.rest.inbox_id = inbox.into();
        }
        // Set last, so that a snapshot never claims to contain what it does not.
        self.rest.check_point = next;
        changes
    }

    fn apply_tasks(&mut self, mut lanes: SyncTasks, changes: &mut Changed<TaskId>) {
        let mut present = HashSet::new();
        for task in delta_add_lane_is_empty::take(&mut lanes) {
            present.insert(task.id.clone());
            self.put(task, changes);
        }
        let deleted = [&lanes.delete, &lanes.deleted_in_trash, &lanes.deleted_forever];
        for id in deleted.into_iter().flatten().filter_map(deleted_lane_shapes::id) {
            // A changed object that is shown in its current state is present.
            if !present.contains(id) && self.tasks.remove(id) {
                changes.removed.push(id.clone());
            }
        }
    }

    fn put(&mut self, task: Task, changes: &mut Changed<TaskId>) {
        let task = match self.tasks.get(&task.id) {
            Some(stored) => delta_tasks_may_be_partial::merge(stored, task),
            None => task,
        };
        let id = task.id.clone();
        if !belongs(&task) {
            if self.tasks.remove(&id) {
                changes.removed.push(id);
            }
            return;
        }
        match self.tasks.put(task) {
            Put::Added => changes.added.push(id),
            Put::Changed => changes.changed.push(id),
            Put::Same => {}
        }
    }

    /// Removes the tasks of deleted projects, because the delta may not list them.
    fn drop_orphans(&mut self, changes: &mut Changes) {
        for project in &changes.projects.removed {
            let orphans: Vec<TaskId> = self.tasks.of_project(project).map(|task| task.id.clone()).collect();
            for id in orphans {
                self.tasks.remove(&id);
                changes.tasks.removed.push(id);
            }
        }
    }
}

/// Unreadable elements in the snapshot and in a delta.
struct Odd<'a> {
    stored: &'a mut Extra,
    news: &'a Extra,
}

impl Odd<'_> {
    /// Copies the unreadable elements of the new list and returns whether all of it could be read.
    fn take(&mut self, key: &str) -> bool {
        self.stored.replace_odd(key, self.news);
        let path = format!("$.{key}[");
        !self.news.odd_parts().iter().any(|part| part.path.starts_with(&path))
    }
}

/// Replaces the old list with a complete new one.
fn replace<K, T>(stored: &mut List<T>, news: List<T>, odd: &mut Odd<'_>, key: &str) -> Changed<K>
where
    K: Clone + Eq + Hash,
    T: AsRef<K> + PartialEq + Clone,
{
    let mut changes = Changed::default();
    let Some(mut news) = delta_null_is_unchanged::news(news) else { return changes };
    let mut before: HashMap<&K, &T> = stored.iter().map(|one| (one.as_ref(), one)).collect();
    for one in &news {
        match before.remove(one.as_ref()) {
            None => changes.added.push(one.as_ref().clone()),
            Some(old) if old != one => changes.changed.push(one.as_ref().clone()),
            Some(_) => {}
        }
    }
    let gone: Vec<T> = stored.iter().filter(|one| before.contains_key(one.as_ref())).cloned().collect();
    if odd.take(key) {
        changes.removed.extend(gone.iter().map(|one| one.as_ref().clone()))
    } else {
        news.extend(gone)
    }
    *stored = news;
    changes
}

#[cfg(test)]
mod tests;
