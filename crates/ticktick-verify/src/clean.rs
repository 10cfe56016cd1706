//! Removes what experiments created.

use serde_json::{Value, json};
use ticktick_raw::{Call, op};

use crate::run::{Run, Stop};
use crate::{LIST, PREFIX};

/// How many things of each kind were removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Removed {
    /// Lists.
    pub lists: usize,
    /// Tasks, with those in the trash.
    pub tasks: usize,
    /// Tags, folders, filters, habits and countdowns.
    pub others: usize,
}

impl Run<'_> {
    /// Removes what this run and earlier ones created, by its names: the list [`LIST`] with its tasks, and whatever else
    /// has a name that begins with [`PREFIX`]. Touches nothing else.
    ///
    /// # Errors
    ///
    /// If a call fails; calling it again goes on where it stopped.
    pub async fn clean_up(&mut self) -> Result<Removed, Stop> {
        let mut removed = Removed::default();
        let account: Value = Call::new(&op::SYNC_CHECK).path("checkpoint", &0).decode(self.transport).await?;
        let lists: Vec<&str> = named(&account["projectProfiles"], |name| name == LIST);
        removed.tasks = self.remove_tasks(&account, &lists).await?;
        removed.lists = self.remove(&op::PROJECT_BATCH, &lists).await?;
        let ours = |name: &str| name.starts_with(PREFIX);
        removed.others += self.remove(&op::PROJECT_GROUP_BATCH, &named(&account["projectGroups"], ours)).await?;
        removed.others += self.remove(&op::FILTER_BATCH, &named(&account["filters"], ours)).await?;
        removed.others += self.remove_tags(&account).await?;
        let habits: Value = Call::new(&op::HABIT_LIST).decode(self.transport).await?;
        removed.others += self.remove(&op::HABIT_BATCH, &named(&habits, ours)).await?;
        self.names.remove("list");
        Ok(removed)
    }

    /// Deletes by a batch that takes ids.
    async fn remove(&self, operation: &'static ticktick_raw::Operation, ids: &[&str]) -> Result<usize, Stop> {
        if !ids.is_empty() {
            Call::new(operation).json(&json!({ "delete": ids })).nothing(self.transport).await?;
        }
        Ok(ids.len())
    }

    async fn remove_tasks(&self, account: &Value, lists: &[&str]) -> Result<usize, Stop> {
        let tasks = account["syncTaskBean"]["update"].as_array().into_iter().flatten();
        let ours = tasks.filter(|task| task["projectId"].as_str().is_some_and(|list| lists.contains(&list)));
        let ids: Vec<Value> =
            ours.map(|task| json!({ "taskId": task["id"], "projectId": task["projectId"] })).collect();
        if !ids.is_empty() {
            Call::new(&op::TASK_BATCH).json(&json!({ "delete": ids })).nothing(self.transport).await?;
        }
        Ok(ids.len())
    }

    async fn remove_tags(&self, account: &Value) -> Result<usize, Stop> {
        let names = account["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str());
        let ours: Vec<&str> = names.filter(|name| name.starts_with(PREFIX)).collect();
        for name in &ours {
            Call::new(&op::TAG_DELETE).query("name", name).nothing(self.transport).await?;
        }
        Ok(ours.len())
    }
}

/// The ids of things with such a name.
fn named(list: &Value, fits: impl Fn(&str) -> bool) -> Vec<&str> {
    let things = list.as_array().into_iter().flatten();
    things.filter(|thing| thing["name"].as_str().is_some_and(&fits)).filter_map(|thing| thing["id"].as_str()).collect()
}
