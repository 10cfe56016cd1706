//! [`Projects`]: finds the projects, folders, columns and tags of an import by name, or creates them.

use std::collections::{BTreeMap, BTreeSet};

use ticktick::models::{BatchTags, Column, Folder, Tag, TagName};
use ticktick::{Account, Client, Error, ProjectDraft, ProjectId, raw};

use super::ApplyOptions;
use super::build::{clean, project_of};
use crate::Plan;
use crate::record::{Record, is_inbox};

/// Distance between the positions of tasks.
const STEP: i64 = 1 << 40;

/// The names of a folder and of a project in it, in lower case.
type Key = (String, String);

pub(super) struct Projects<'a> {
    client: &'a Client,
    inbox: ProjectId,
    projects: BTreeMap<Key, ProjectId>,
    /// Projects by name alone, for records without a folder.
    by_name: BTreeMap<String, ProjectId>,
    folders: BTreeMap<String, Folder>,
    tags: BTreeSet<TagName>,
    columns: BTreeMap<(ProjectId, String), String>,
    last: BTreeMap<ProjectId, i64>,
}

fn low(name: &str) -> String {
    name.trim().to_lowercase()
}

impl<'a> Projects<'a> {
    pub(super) fn new(client: &'a Client, account: &Account, inbox: ProjectId) -> Self {
        let mut found = Self {
            client,
            inbox,
            projects: BTreeMap::new(),
            by_name: BTreeMap::new(),
            folders: BTreeMap::new(),
            tags: account.tags().iter().map(|tag| tag.name.clone()).collect(),
            columns: BTreeMap::new(),
            last: BTreeMap::new(),
        };
        for folder in account.folders() {
            found.folders.insert(low(folder.name.as_deref().unwrap_or_default()), folder.clone());
        }
        for project in account.projects() {
            let folder = project.group_id.as_ref().and_then(|id| account.folder(id));
            let folder = folder.and_then(|folder| folder.name.as_deref()).unwrap_or_default();
            let name = low(project.name.as_deref().unwrap_or_default());
            found.projects.insert((low(folder), name.clone()), project.id.clone());
            found.by_name.entry(name).or_insert_with(|| project.id.clone());
        }
        for task in account.tasks() {
            let last = found.last.entry(task.project_id.clone()).or_insert(i64::MIN);
            *last = (*last).max(task.sort_order.copied().unwrap_or(0));
        }
        found
    }

    /// Creates everything in the plan that the account lacks.
    pub(super) async fn make(
        &mut self,
        plan: &Plan,
        options: &ApplyOptions,
        made: &mut Vec<String>,
    ) -> Result<(), Error> {
        for record in &plan.records {
            let (folder, name) = self.wanted(record, options);
            if self.find(folder.as_deref(), &name).is_some() {
                continue;
            }
            let mut draft = ProjectDraft::new(&name);
            if let Some(folder) = &folder {
                draft = draft.folder(&self.folder(folder, made).await?.id);
            }
            let project = self.client.project().create(draft).await?;
            made.push(format!("project {name}"));
            self.projects.insert((low(folder.as_deref().unwrap_or_default()), low(&name)), project.id.clone());
            self.by_name.entry(low(&name)).or_insert(project.id);
        }
        self.make_columns(plan, options, made).await?;
        self.make_tags(plan, made).await
    }

    async fn folder(&mut self, name: &str, made: &mut Vec<String>) -> Result<Folder, Error> {
        if let Some(folder) = self.folders.get(&low(name)) {
            return Ok(folder.clone());
        }
        let folder = self.client.folder().create(name).await?;
        made.push(format!("folder {name}"));
        self.folders.insert(low(name), folder.clone());
        Ok(folder)
    }

    async fn make_columns(&mut self, plan: &Plan, options: &ApplyOptions, made: &mut Vec<String>) -> Result<(), Error> {
        if plan.records.iter().all(|record| record.column.is_none()) || options.project.is_some() {
            return Ok(());
        }
        for column in self.client.column().list().await? {
            self.keep_column(&column);
        }
        for record in &plan.records {
            let Some(name) = record.column.as_deref().filter(|name| !name.trim().is_empty()) else { continue };
            let project = self.project(record, options);
            // The inbox has no columns.
            if project == self.inbox || self.columns.contains_key(&(project.clone(), low(name))) {
                continue;
            }
            let column = self.client.column().create(&project, name).await?;
            made.push(format!("column {name}"));
            self.keep_column(&column);
        }
        Ok(())
    }

    fn keep_column(&mut self, column: &Column) {
        let name = low(column.name.as_deref().unwrap_or_default());
        self.columns.insert((column.project_id.clone(), name), column.id.to_string());
    }

    /// Creates all new tags in one request.
    async fn make_tags(&mut self, plan: &Plan, made: &mut Vec<String>) -> Result<(), Error> {
        let wanted: BTreeSet<String> =
            plan.records.iter().flat_map(|record| &record.tags).map(|tag| clean(tag)).collect();
        let mut batch = BatchTags::default();
        for name in wanted {
            if self.tags.insert(TagName::from(name.as_str())) {
                let mut tag = Tag::new(name.as_str());
                tag.label.set(name.clone());
                batch.add.push(tag);
                made.push(format!("tag {name}"));
            }
        }
        if !batch.add.is_empty() {
            raw::tag::batch(self.client.transport(), &batch).await?;
        }
        Ok(())
    }

    fn wanted(&self, record: &Record, options: &ApplyOptions) -> (Option<String>, String) {
        match &options.project {
            Some(project) => (None, project.clone()),
            None => {
                let (folder, project) = project_of(record);
                (folder.map(str::to_owned), project.to_owned())
            }
        }
    }

    fn find(&self, folder: Option<&str>, project: &str) -> Option<&ProjectId> {
        if is_inbox(project) {
            return Some(&self.inbox);
        }
        match folder {
            Some(folder) => self.projects.get(&(low(folder), low(project))),
            None => self.by_name.get(&low(project)),
        }
    }

    fn project(&self, record: &Record, options: &ApplyOptions) -> ProjectId {
        let (folder, project) = self.wanted(record, options);
        self.find(folder.as_deref(), &project).unwrap_or(&self.inbox).clone()
    }

    /// Returns the project of a task, which is that of its topmost parent, and its column.
    pub(super) fn place(&self, top: &Record, record: &Record, options: &ApplyOptions) -> (ProjectId, Option<String>) {
        let project = self.project(top, options);
        let column = record.column.as_deref().and_then(|name| self.columns.get(&(project.clone(), low(name)))).cloned();
        (project, column)
    }

    /// Returns the position after the last task of a project, so that the order of the file is kept.
    pub(super) fn next_order(&mut self, project: &ProjectId) -> i64 {
        let last = self.last.entry(project.clone()).or_insert(-STEP);
        *last = last.saturating_add(STEP);
        *last
    }
}
