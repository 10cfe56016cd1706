//! [`Plan`]: which objects a write creates, changes and deletes, read from its request.

mod projects;
mod tags;

use std::collections::HashMap;

use rusqlite::Connection;
use serde_json::value::RawValue;
use ticktick_models::{Json, Object};
use ticktick_raw::{Payload, Request};

use super::action::ChangeAction;
use super::columns::checkin_key;
use super::kind::Kind;
use super::members::Members;
use super::read;
use super::store::Sql;

/// One object of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// The id in the file.
    pub(super) id: String,
    /// The id in the response, which differs for check-ins.
    pub(super) answered: String,
    pub(super) action: ChangeAction,
    /// The task of a comment.
    pub(super) owner: Option<String>,
    pub(super) before: Option<String>,
    /// The object after the write. `None` if it is deleted or unknown.
    pub(super) after: Option<String>,
    /// Whether the item is only recorded in the journal, and its object is left to the next refresh.
    pub(super) recorded: bool,
}

/// The objects of a write.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) items: Vec<Item>,
    /// Whether the write may change more than its items, so that the file is stale until the next refresh.
    pub(super) spreads: bool,
}

impl Plan {
    /// Reads the objects from a request, and their current versions from the file.
    pub(super) fn of(connection: &Connection, request: &Request) -> Sql<Self> {
        let body = body(request);
        let mut plan = match request.operation.id {
            "task.batch" => batch(Kind::Task, &body),
            "project.batch" => projects::with_contents(connection, batch(Kind::Project, &body))?,
            "project_group.batch" => batch(Kind::Folder, &body).spread_if_deleting(),
            "tag.batch" => batch(Kind::Tag, &body),
            "filter.batch" => batch(Kind::Filter, &body),
            "column.save" | "column.batch" => batch(Kind::Column, &body),
            "habit.batch" => batch(Kind::Habit, &body),
            "habit.batch_sections" => batch(Kind::Section, &body),
            "habit.batch_check_ins" => batch(Kind::Checkin, &body),
            "countdown.batch" => batch(Kind::Countdown, &body),
            "focus.batch_pomodoros" | "focus.batch_timings" => batch(Kind::Focus, &body),
            "task.update" => one(Kind::Task, &body, ChangeAction::Update),
            "column.update" => one(Kind::Column, &body, ChangeAction::Update),
            "column.delete" => deleted(Kind::Column, request, "columnId"),
            "focus.delete_pomodoro" | "focus.delete_timing" => deleted(Kind::Focus, request, "focusId"),
            "comment.create" => comment(request, &body, ChangeAction::Create),
            "comment.update" => comment(request, &body, ChangeAction::Update),
            "comment.delete" => comment(request, &body, ChangeAction::Delete),
            "task.move" => moved(&body),
            "task.set_parents" => parents(&body),
            "task.restore" => restored(&body),
            "task.assign" => changed(&body, &[("assignee", "assignee")]),
            "tag.rename" => tags::renamed(connection, &body)?,
            "tag.merge" => tags::merged(connection, &body)?,
            "tag.delete" => tags::deleted(connection, request)?,
            _ => Self::spreading(Vec::new()),
        };
        for item in &mut plan.items {
            if item.before.is_none() {
                item.before = read::json(connection, item.kind, &item.id)?;
            }
            item.complete();
        }
        Ok(plan)
    }

    /// Marks the plan if it deletes a folder, because that also changes the contents.
    fn spread_if_deleting(mut self) -> Self {
        self.spreads = self.items.iter().any(|item| item.action == ChangeAction::Delete);
        self
    }

    /// Returns the ids of the projects that a write deletes.
    pub(super) fn deleted_projects(request: &Request) -> Vec<String> {
        if request.operation.id != "project.batch" {
            return Vec::new();
        }
        projects::deleted(&batch(Kind::Project, &body(request))).map(ToOwned::to_owned).collect()
    }

    fn from(items: Vec<Item>) -> Self {
        Self { items, spreads: false }
    }

    /// Returns a plan that may change more than its items.
    fn spreading(items: Vec<Item>) -> Self {
        Self { items, spreads: true }
    }
}

impl Item {
    fn new(kind: Kind, id: String, action: ChangeAction, after: Option<String>) -> Self {
        Self { kind, answered: id.clone(), id, action, owner: None, before: None, after, recorded: false }
    }

    /// Merges the members in the request into the version before the write.
    fn complete(&mut self) {
        let object = |json: &Option<String>| serde_json::from_str::<Object>(json.as_deref()?).ok();
        let is_partial =
            matches!(self.kind, Kind::Comment) || self.after.as_deref().is_some_and(|json| !has_key(self.kind, json));
        if self.action != ChangeAction::Update || !is_partial {
            return;
        }
        self.after = object(&self.before).zip(object(&self.after)).map(|(mut whole, members)| {
            whole.merge(members);
            serde_json::to_string(&whole).unwrap_or_default()
        });
    }
}

fn has_key(kind: Kind, json: &str) -> bool {
    serde_json::from_str::<Object>(json).is_ok_and(|object| object.get(kind.key()).is_some())
}

fn body(request: &Request) -> String {
    match &request.body {
        Payload::Json(json) => String::from_utf8_lossy(json).into_owned(),
        _ => String::new(),
    }
}

/// Returns the objects of a batch: lists to add and to update, and keys to delete.
fn batch(kind: Kind, body: &str) -> Plan {
    let lanes: HashMap<String, &RawValue> = serde_json::from_str(body).unwrap_or_default();
    let lane = |name: &str| lanes.get(name).and_then(|list| serde_json::from_str::<Vec<&RawValue>>(list.get()).ok());
    let mut items = Vec::new();
    for (name, action) in [("add", ChangeAction::Create), ("update", ChangeAction::Update)] {
        items.extend(lane(name).unwrap_or_default().iter().filter_map(|json| object(kind, json.get(), action)));
    }
    for json in lane("delete").unwrap_or_default() {
        items.extend(deleted_key(json.get()).map(|id| Item::new(kind, id, ChangeAction::Delete, None)));
    }
    Plan::from(items)
}

fn one(kind: Kind, body: &str, action: ChangeAction) -> Plan {
    Plan::from(object(kind, body, action).into_iter().collect())
}

fn object(kind: Kind, json: &str, action: ChangeAction) -> Option<Item> {
    let members = Members::of(json)?;
    let answered = members.text(kind.key())?;
    let id = if kind == Kind::Checkin { checkin_key(&members)? } else { answered.clone() };
    Some(Item { answered, ..Item::new(kind, id, action, Some(json.to_owned())) })
}

/// Reads a key to delete, which is a text or an object.
fn deleted_key(json: &str) -> Option<String> {
    match serde_json::from_str(json) {
        Ok(object) => {
            let members = Members(object);
            ["taskId", "columnId", "id"].into_iter().find_map(|key| members.text(key))
        }
        Err(_) => serde_json::from_str(json).ok(),
    }
}

fn deleted(kind: Kind, request: &Request, param: &str) -> Plan {
    Plan::from(
        path_value(request, param).map(|id| Item::new(kind, id, ChangeAction::Delete, None)).into_iter().collect(),
    )
}

fn comment(request: &Request, body: &str, action: ChangeAction) -> Plan {
    let of_body = || Members::of(body)?.text("id");
    let Some(id) = path_value(request, "commentId").or_else(of_body) else { return Plan::default() };
    let owner = path_value(request, "taskId");
    let after = (action != ChangeAction::Delete).then(|| body.to_owned());
    Plan::from(vec![Item { owner, ..Item::new(Kind::Comment, id, action, after) }])
}

fn moved(body: &str) -> Plan {
    changed(body, &[("toProjectId", "projectId"), ("sortOrder", "sortOrder")])
}

/// Returns a plan that changes single members of tasks. Each pair names a member in the request and in the task.
fn changed(body: &str, members: &[(&str, &str)]) -> Plan {
    let entries: Vec<Object> = serde_json::from_str(body).unwrap_or_default();
    let item = |entry: Object| {
        let mut after = Object::new();
        for (name, member) in members {
            if let Some(value) = entry.get(name) {
                after.set(*member, value.clone());
            }
        }
        let id = Members(entry).text("taskId")?;
        Some(Item::new(Kind::Task, id, ChangeAction::Update, serde_json::to_string(&after).ok()))
    };
    Plan::from(entries.into_iter().filter_map(item).collect())
}

/// Returns a plan that restores tasks from the trash. The file no longer holds them.
fn restored(body: &str) -> Plan {
    let entries: Vec<Object> = serde_json::from_str(body).unwrap_or_default();
    let item = |entry: Object| Some(Item::new(Kind::Task, Members(entry).text("taskId")?, ChangeAction::Create, None));
    Plan::spreading(entries.into_iter().filter_map(item).collect())
}

fn parents(body: &str) -> Plan {
    let entries: Vec<Object> = serde_json::from_str(body).unwrap_or_default();
    let item = |entry: Object| {
        let mut after = Object::new();
        after.set("parentId", entry.get("parentId").cloned().unwrap_or_else(Json::null));
        let id = Members(entry).text("taskId")?;
        Some(Item::new(Kind::Task, id, ChangeAction::Update, serde_json::to_string(&after).ok()))
    };
    Plan::from(entries.into_iter().filter_map(item).collect())
}

/// Returns the value of a parameter in the path of a request.
pub(super) fn path_value(request: &Request, name: &str) -> Option<String> {
    let template = request.operation.path.split('/');
    let at = template.zip(request.path.split('/'));
    let found = at.filter(|(template, _)| template.trim_matches(['{', '}']) == name && template.starts_with('{'));
    // Ids consist of letters and digits, so they need no decoding.
    found.map(|(_, value)| value.to_owned()).next()
}
