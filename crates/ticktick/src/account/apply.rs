//! Brings a snapshot up to date.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use ticktick_models::{Extra, List, SyncAnswer, SyncTasks, Task, TaskId};

use super::tasks::{Put, belongs};
use super::{Account, Changed, Changes, orders};
use crate::workaround::{
    deleted_lane_shapes, delta_add_lane_is_empty, delta_lags_behind_writes, delta_null_is_unchanged,
    delta_tasks_may_be_partial,
};

impl Account {
    /// Applies a delta since this snapshot's checkpoint, and tells what it changed.
    ///
    /// * A task is known by its id alone. Members that a changed task lacks stay as they were; null removes.
    /// * A task that was completed, abandoned or deleted leaves; its `status` decides, not `completedTime`.
    /// * Projects, folders, tags and filters that a complete new list lacks are gone, and the tasks of a
    ///   project with it. Null stands for no change.
    /// * A list with elements that cannot be read removes nothing: an object that it seems to lack may be one of them.
    /// * A delta without any change leaves the checkpoint alone: what was just written may come later.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, mut account: ticktick::Account) -> Result<(), ticktick::Error> {
    /// let delta = client.sync().delta(account.checkpoint()).await?;
    /// let changes = account.apply(delta);
    /// println!("{} tasks are gone", changes.tasks.removed.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn apply(&mut self, delta: SyncAnswer) -> Changes {
        let next = match delta.extra.odd("syncTaskBean") {
            // These changes are still to be read.
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
        // Last, so that a snapshot never claims to hold what it does not.
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
            // What is shown as it is now is there.
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

    /// Removes the tasks of projects that are gone, for the delta may not name them.
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

/// What does not fit in the snapshot and in a delta.
struct Odd<'a> {
    stored: &'a mut Extra,
    news: &'a Extra,
}

impl Odd<'_> {
    /// Takes over what the new list has, and returns whether all of it could be read.
    fn take(&mut self, key: &str) -> bool {
        self.stored.replace_odd(key, self.news);
        let path = format!("$.{key}[");
        !self.news.odd_parts().iter().any(|part| part.path.starts_with(&path))
    }
}

/// Puts a complete new list in the place of the old one.
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
