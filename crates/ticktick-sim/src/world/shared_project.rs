//! Copies changes to a shared project to its other members.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ticktick_models::{Object, Permission};

use crate::world::account::Account;
use crate::world::book::file::File;
use crate::world::book::share::Member;
use crate::world::fields::{Fields, object};
use crate::world::lock::lock;

/// JSON members of a project that differ between the accounts that share it.
const OWN: &[&str] = &[
    "isOwner",
    "permission",
    "groupId",
    "sortOrder",
    "closed",
    "muted",
    "inAll",
    "etag",
    "modifiedTime",
    "notificationOptions",
];

/// The accounts of a simulator, by position.
type All = [Arc<Mutex<Account>>];

/// A project and the positions of the accounts that share it, the owner first.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharedProject {
    pub(crate) project: String,
    pub(crate) accounts: Vec<usize>,
}

/// The copy of a project in one account.
struct Copy {
    project: Option<Object>,
    tasks: Vec<Object>,
    columns: Vec<Object>,
    comments: Vec<Object>,
    files: BTreeMap<String, File>,
}

impl SharedProject {
    /// Returns `true` if all of its accounts exist.
    pub(crate) fn fits(&self, accounts: usize) -> bool {
        !self.accounts.is_empty() && self.accounts.iter().all(|place| *place < accounts)
    }

    /// Returns a copy with other positions of the accounts.
    pub(crate) fn moved(&self, place: impl Fn(usize) -> Option<usize>) -> Self {
        Self { project: self.project.clone(), accounts: self.accounts.iter().filter_map(|old| place(*old)).collect() }
    }

    /// Adds a member, and copies the project into the member's account.
    pub(crate) fn add_guest(&mut self, accounts: &All, guest: usize, permission: &Permission, now: Timestamp) {
        let copy = Copy::of(&lock(&accounts[self.accounts[0]]), &self.project);
        let mut members = lock(&accounts[self.accounts[0]]).sharing.members(&self.project).to_vec();
        {
            let mut account = lock(&accounts[guest]);
            members.push(account.as_member(Some(permission.clone()), now));
            let mut project = copy.project.clone().unwrap_or_default();
            project.put("isOwner", false);
            project.put("permission", permission.as_str());
            project.put("groupId", ());
            let stamp = account.stamp(now);
            account.projects.put(&project, stamp);
            copy.put(&mut account, &self.project, now);
        }
        self.update_members(accounts, &members, now);
    }

    /// Updates the members of the project in all accounts.
    pub(crate) fn update_members(&self, accounts: &All, members: &[Member], now: Timestamp) {
        for place in &self.accounts {
            let mut account = lock(&accounts[*place]);
            account.sharing.projects.insert(self.project.clone(), members.to_vec());
            if let Some(mut project) = account.projects.get(&self.project) {
                project.put("userCount", members.len());
                account.save(|account| &mut account.projects, &mut project, now);
            }
        }
    }

    /// Copies the project from one account to the others, and returns whether it is still shared.
    pub(crate) fn copy_from(&mut self, accounts: &All, from: usize, now: Timestamp) -> bool {
        let copy = Copy::of(&lock(&accounts[from]), &self.project);
        if copy.project.is_none() {
            return self.remove_account(accounts, from, now);
        }
        for place in self.accounts.iter().filter(|place| **place != from) {
            copy.put(&mut lock(&accounts[*place]), &self.project, now);
        }
        true
    }

    /// Removes an account that deleted the project. If it is the owner's, nobody keeps the project as shared.
    pub(crate) fn remove_account(&mut self, accounts: &All, from: usize, now: Timestamp) -> bool {
        let (gone, left): (Vec<usize>, Vec<usize>) =
            self.accounts.iter().partition(|place| **place == from || self.accounts[0] == from);
        let mut members = Vec::new();
        for place in gone {
            let mut account = lock(&accounts[place]);
            members = account.sharing.projects.remove(&self.project).unwrap_or_default();
            // A guest loses all of it, including what was in the trash.
            if place != self.accounts[0] {
                Copy::nothing().put(&mut account, &self.project, now);
                let stamp = account.stamp(now);
                account.projects.remove(&self.project, stamp);
            }
        }
        let Some(owner) = left.first().copied() else { return false };
        let leaving = lock(&accounts[from]).user_id;
        members.retain(|member| member.user_id != leaving);
        self.accounts = left;
        self.update_members(accounts, &members, now);
        if self.accounts.len() > 1 {
            return true;
        }
        // The owner alone does not make a shared project.
        lock(&accounts[owner]).sharing.projects.remove(&self.project);
        false
    }
}

impl Copy {
    /// Copies a project with its tasks, columns, comments and files.
    fn of(account: &Account, project: &str) -> Self {
        let tasks: Vec<_> = account.tasks.live().filter(|row| *row.head.project == *project).collect();
        let ids: BTreeSet<&str> = tasks.iter().map(|row| &*row.id).collect();
        let on_task = |object: &Object| object.text("taskId").is_some_and(|task| ids.contains(&*task));
        Self {
            project: account.projects.get(project),
            columns: account.columns_of(project),
            comments: account.comments.live().map(|row| row.object()).filter(on_task).collect(),
            files: ids.iter().flat_map(|task| account.files.on(task)).collect(),
            tasks: tasks.iter().map(|row| row.object()).collect(),
        }
    }

    fn nothing() -> Self {
        let (project, tasks, columns) = (None, Vec::new(), Vec::new());
        Self { project, tasks, columns, comments: Vec::new(), files: BTreeMap::new() }
    }

    /// Updates the copy in another account to match this one.
    pub(crate) fn put(&self, account: &mut Account, project: &str, now: Timestamp) {
        let there = Self::of(account, project);
        if let (Some(here), Some(mut project)) = (&self.project, there.project.clone()) {
            let news = here.iter().filter(|(key, value)| !OWN.contains(key) && project.get(key) != Some(*value));
            let news: Vec<_> = news.map(|(key, value)| (key.to_owned(), value.clone())).collect();
            if !news.is_empty() {
                news.into_iter().for_each(|(key, value)| project.set(key, value));
                account.save(|account| &mut account.projects, &mut project, now);
            }
        }
        for task in missing(&there.tasks, &self.tasks) {
            // A task that was moved to a private project is no longer visible to this account.
            account.purge_task(&task, now);
        }
        for task in news(&self.tasks, &there.tasks) {
            let id = task.text("id").unwrap_or_default();
            account.search.remember(&id, account.tasks.row(&id).map(|row| &*row.text), now);
            let stamp = account.stamp(now);
            account.tasks.put(task, stamp);
        }
        for column in missing(&there.columns, &self.columns) {
            let stamp = account.stamp(now);
            account.columns.remove(&column, stamp);
        }
        for column in news(&self.columns, &there.columns) {
            let stamp = account.stamp(now);
            account.columns.put(column, stamp);
        }
        self.put_comments(account, &there, now);
        account.files.put_all(self.files.clone());
    }

    fn put_comments(&self, account: &mut Account, there: &Self, now: Timestamp) {
        for comment in missing(&there.comments, &self.comments) {
            account.remove_comment(&comment, now);
        }
        for comment in &self.comments {
            let id = comment.text("id");
            let known = there.comments.iter().find(|known| known.text("id") == id);
            if known.is_some_and(|known| known.text("title") == comment.text("title")) {
                continue;
            }
            // Each account describes the author differently.
            let author = known.and_then(|known| known.read::<Value>("userProfile"));
            let mut comment = comment.clone();
            comment.put("userProfile", author.unwrap_or_else(|| json!({ "isMyself": false })));
            account.put_comment(&comment, now);
        }
    }
}

/// Lists the ids of the objects that `others` lacks.
fn missing(objects: &[Object], others: &[Object]) -> Vec<String> {
    let others: BTreeSet<Option<String>> = others.iter().map(|other| other.text("id")).collect();
    let ids = objects.iter().map(|object| object.text("id")).filter(|id| !others.contains(id));
    ids.flatten().collect()
}

/// Returns the objects that `others` lacks or that differ there.
fn news<'a>(objects: &'a [Object], others: &[Object]) -> Vec<&'a Object> {
    let others: BTreeMap<Option<String>, &Object> = others.iter().map(|other| (other.text("id"), other)).collect();
    objects.iter().filter(|object| others.get(&object.text("id")).is_none_or(|other| other != object)).collect()
}

impl Account {
    /// Returns the id of a project, given by id or name. Creates the project if it does not exist.
    pub(crate) fn project_named(&mut self, name: &str, now: Timestamp) -> String {
        let named = |object: &Object| object.text("name").as_deref() == Some(name);
        let found = self.projects.live().find(|row| *row.id == *name || named(&row.object()));
        match found.map(|row| row.id.to_string()) {
            Some(id) => id,
            None => {
                let project = object(&json!({ "name": name }));
                // Ignores the limits of the plan, so that a test can share any number of projects.
                let is_limited = std::mem::replace(&mut self.is_limited, false);
                let made = self.add_project(&project, now);
                self.is_limited = is_limited;
                made.map(|(id, _)| id).unwrap_or_default()
            }
        }
    }

    fn columns_of(&self, project: &str) -> Vec<Object> {
        let columns = self.columns.live().map(|row| row.object());
        columns.filter(|column| column.text("projectId").as_deref() == Some(project)).collect()
    }
}
