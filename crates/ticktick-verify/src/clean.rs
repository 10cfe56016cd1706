//! Removes what experiments created.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use ticktick_raw::{Call, Operation, op};

use crate::run::{Run, Stop};
use crate::{PREFIX, PROJECT};

/// Number of pages of the trash to search. Recently deleted tasks are on the first.
const PAGES: u64 = 10;

/// Rows per page of the trash.
const ROWS: u64 = 50;

/// Number of objects removed, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Removed {
    /// Projects.
    pub projects: usize,
    /// Tasks, including those in the trash.
    pub tasks: usize,
    /// Tags, folders, filters and habits.
    pub others: usize,
}

impl Run<'_> {
    /// Removes what this run and earlier ones created, by name: the project [`PROJECT`] with all its contents,
    /// and everything else whose name starts with [`PREFIX`]. Changes nothing else.
    ///
    /// # Errors
    ///
    /// If a call fails; calling it again continues where it stopped.
    pub async fn clean_up(&mut self) -> Result<Removed, Stop> {
        let account: Value = Call::new(&op::SYNC_CHECK).path("checkpoint", &0).decode(self.transport).await?;
        let mut projects = named(&account["projectProfiles"], |name| name == PROJECT || is_ours(name));
        // A delta that lags behind may not contain a project of this run yet.
        projects.extend(self.names.remove("sandbox").and_then(|id| Some(id.as_str()?.to_owned())));
        projects.sort();
        projects.dedup();
        let mut removed = Removed { projects: projects.len(), ..Removed::default() };
        removed.tasks = self.remove_tasks(&account, &projects).await?;
        for project in &projects {
            self.remove_columns(project).await?;
        }
        self.remove(&op::PROJECT_BATCH, &projects).await?;
        removed.tasks += self.empty_trash(&projects).await?;
        removed.others += self.remove(&op::PROJECT_GROUP_BATCH, &named(&account["projectGroups"], is_ours)).await?;
        removed.others += self.remove(&op::FILTER_BATCH, &named(&account["filters"], is_ours)).await?;
        removed.others += self.remove_tags().await?;
        let habits: Value = Call::new(&op::HABIT_LIST).decode(self.transport).await?;
        removed.others += self.remove(&op::HABIT_BATCH, &named(&habits, is_ours)).await?;
        Ok(removed)
    }

    /// Deletes by ids in one batch.
    async fn remove(&self, operation: &'static Operation, ids: &[String]) -> Result<usize, Stop> {
        if !ids.is_empty() {
            Call::new(operation).json(&json!({ "delete": ids })).nothing(self.transport).await?;
        }
        Ok(ids.len())
    }

    /// Deletes open and closed tasks of the projects, and those with our titles in other projects.
    async fn remove_tasks(&self, account: &Value, projects: &[String]) -> Result<usize, Stop> {
        let mut ours = BTreeMap::new();
        collect(&account["syncTaskBean"]["update"], projects, &mut ours);
        for project in projects {
            for status in ["Completed", "Abandoned"] {
                let call = Call::new(&op::TASK_CLOSED_BY_PROJECT).path("projectId", project).query("status", &status);
                collect(&self.optional(call).await?, projects, &mut ours);
            }
        }
        let keys: Vec<Value> = ours.into_values().collect();
        if !keys.is_empty() {
            Call::new(&op::TASK_BATCH).json(&json!({ "delete": keys })).nothing(self.transport).await?;
            self.purge(&keys).await?;
        }
        Ok(keys.len())
    }

    /// Permanently deletes our tasks in the trash.
    async fn empty_trash(&self, projects: &[String]) -> Result<usize, Stop> {
        let mut ours = BTreeMap::new();
        for page in 0..PAGES {
            let call = Call::new(&op::TASK_TRASH).query("start", &(page * ROWS)).query("limit", &ROWS);
            let trash = self.optional(call).await?;
            let tasks = if trash.is_array() { &trash } else { &trash["tasks"] };
            collect(tasks, projects, &mut ours);
            if tasks.as_array().is_none_or(Vec::is_empty) {
                break;
            }
        }
        let keys: Vec<Value> = ours.into_values().collect();
        self.purge(&keys).await?;
        Ok(keys.len())
    }

    async fn purge(&self, keys: &[Value]) -> Result<(), Stop> {
        if !keys.is_empty() {
            let call = Call::new(&op::TASK_DELETE_WITH_BODY).query("deleteforever", &true).json(&keys);
            // If the service refuses this, they stay in the trash.
            self.optional(call).await?;
        }
        Ok(())
    }

    async fn remove_columns(&self, project: &str) -> Result<(), Stop> {
        let columns = self.optional(Call::new(&op::COLUMN_LIST_BY_PROJECT).path("projectId", &project)).await?;
        let ids = columns.as_array().into_iter().flatten().filter_map(|column| column["id"].as_str());
        let keys: Vec<Value> = ids.map(|id| json!({ "columnId": id, "projectId": project })).collect();
        if !keys.is_empty() {
            self.optional(Call::new(&op::COLUMN_SAVE).json(&json!({ "delete": keys }))).await?;
        }
        Ok(())
    }

    async fn remove_tags(&self) -> Result<usize, Stop> {
        let tags: Value = Call::new(&op::TAG_LIST).decode(self.transport).await?;
        let names = tags.as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str());
        let ours: Vec<&str> = names.filter(|name| is_ours(name)).collect();
        for name in &ours {
            Call::new(&op::TAG_DELETE).query("name", name).nothing(self.transport).await?;
        }
        Ok(ours.len())
    }

    /// Makes a call that the service may refuse; a refusal reads as null.
    async fn optional(&self, call: Call) -> Result<Value, Stop> {
        match call.bytes(self.transport).await {
            Ok(body) => Ok(serde_json::from_slice(&body).unwrap_or_default()),
            Err(error @ Stop::Api(_)) if !error.is_session_expired() => Ok(Value::Null),
            Err(error) => Err(error),
        }
    }
}

fn is_ours(name: &str) -> bool {
    name.to_lowercase().starts_with(PREFIX)
}

/// Collects the keys of the tasks in the projects or with our titles.
fn collect(tasks: &Value, projects: &[String], ours: &mut BTreeMap<String, Value>) {
    for task in tasks.as_array().into_iter().flatten() {
        let (Some(id), Some(project)) = (task["id"].as_str(), task["projectId"].as_str()) else { continue };
        if projects.iter().any(|ours| ours == project) || task["title"].as_str().is_some_and(is_ours) {
            ours.insert(id.to_owned(), json!({ "taskId": id, "projectId": project }));
        }
    }
}

/// Returns the ids of the objects with a matching name.
fn named(list: &Value, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let things = list.as_array().into_iter().flatten();
    let ours = things.filter(|thing| thing["name"].as_str().is_some_and(&fits));
    ours.filter_map(|thing| Some(thing["id"].as_str()?.to_owned())).collect()
}
