//! Lists.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::{Json, Object};

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Stored};
use crate::call::Call;
use crate::fields::{Fields, is_null, wire};
use crate::generated::ProjectHandlers;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::wire::array;

impl ProjectHandlers for State {
    fn project_list(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json_text(array(account.projects.texts()))))
    }

    fn project_get(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn project_get_data(&self, _: &Call) -> Reply {
        Reply::not_found()
    }

    fn project_create(&self, call: &Call) -> Reply {
        self.with(call, |account| create(account, call))
    }

    fn project_update(&self, call: &Call) -> Reply {
        self.with(call, |account| update(account, call))
    }

    fn project_delete(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            account.delete_project(call.path("projectId"), call.now);
            Ok(Reply::empty())
        })
    }

    fn project_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut batch = Batch::read(call)?;
            let deleted: Vec<String> = batch.delete()?;
            let mut outcome = Outcome::default();
            for sent in batch.add() {
                outcome.note(account.add_project(&sent, call.now));
            }
            for sent in batch.update() {
                outcome.note_some(account.update_project(&sent, call.now));
            }
            for id in deleted {
                account.delete_project(&id, call.now);
            }
            Ok(outcome.reply())
        })
    }
}

/// Creates a list and answers much less than the list.
fn create(account: &mut Account, call: &Call) -> Answer {
    let mut sent: Object = call.json()?;
    if sent.word("name").is_none() {
        return Err(Refusal::senseless());
    }
    sent.remove("id");
    let (id, _) = account.add_project(&sent, call.now).map_err(|_| Refusal::new(500, "exceed_quota"))?;
    let project = account.projects.get(&id).unwrap_or_default();
    Ok(Reply::json(&json!({
        "id": id,
        "name": project.text("name"),
        "ownerId": null,
        "viewMode": project.text("viewMode"),
        "teamId": project.text("teamId"),
        "creatorRemoved": false,
        "referId": null,
        "kind": project.text("kind"),
        "needAudit": project.read::<bool>("needAudit"),
        "barcodeNeedAudit": project.read::<bool>("barcodeNeedAudit"),
        "openToTeam": project.read::<bool>("openToTeam"),
        "teamMemberPermission": null,
        "lastCloseToAll": null,
    })))
}

/// Replaces a list that is given in full; one with members left out is refused as forbidden.
fn update(account: &mut Account, call: &Call) -> Answer {
    let mut sent: Object = call.json()?;
    let id = call.path("projectId");
    let stored = account.projects.get(id).ok_or_else(Refusal::no_project)?;
    if stored.iter().any(|(key, _)| sent.get(key).is_none()) {
        return Err(Refusal::new(500, "no_project_permission"));
    }
    sent.put("id", id);
    account.update_project(&sent, call.now);
    Ok(Reply::empty())
}

impl Account {
    pub(crate) fn add_project(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut sent = sent.clone();
        sent.put("id", &id);
        if let Some(stored) = self.update_project(&sent, now) {
            return Ok(stored);
        }
        self.room(self.projects.len(), "projectNumber", &id)?;
        let nothing = Object::new();
        settle(&mut sent, &nothing);
        Ok((id, self.save_project(sent, now)))
    }

    /// Changes a list, if there is one; the inbox is not among them.
    pub(crate) fn update_project(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.projects.get(&id)?;
        let mut project = self.updated(&stored, sent);
        if project.word("name").is_none() {
            project.put("name", stored.text("name"));
        }
        settle(&mut project, &stored);
        Some((id, self.save_project(project, now)))
    }

    /// Deletes a list; its tasks go to the trash.
    pub(crate) fn delete_project(&mut self, id: &str, now: Timestamp) {
        if self.projects.row(id).is_none() {
            return;
        }
        for task in self.tasks.ids(|row| *row.head.project == *id) {
            self.trash_task(&task, now);
        }
        for column in self.columns.ids(|row| row.object().text("projectId").as_deref() == Some(id)) {
            let stamp = self.stamp(now);
            self.columns.remove(&column, stamp);
        }
        let stamp = self.stamp(now);
        self.projects.remove(id, stamp);
    }

    fn save_project(&mut self, mut project: Object, now: Timestamp) -> String {
        for (key, value) in defaults() {
            if project.get(key).is_none() {
                project.put(key, value);
            }
        }
        project.put("modifiedTime", wire(now));
        self.save(|account| &mut account.projects, &mut project, now)
    }
}

/// Does what the service does with members that have words of their own for nothing.
fn settle(project: &mut Object, stored: &Object) {
    match project.text("groupId").as_deref() {
        Some("NONE") => project.put("groupId", ()),
        // Neither null nor the empty text takes a list out of its folder.
        None | Some("") => {
            if let Some(group) = stored.get("groupId").filter(|group| !is_null(group)) {
                project.set("groupId", group.clone());
            }
        }
        Some(_) => {}
    }
    if project.read::<bool>("closed") == Some(false) {
        project.set("closed", Json::null());
    }
}

/// Members that every list has.
fn defaults() -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!("")),
        ("isOwner", json!(true)),
        ("color", Value::Null),
        ("inAll", json!(true)),
        ("sortOrder", json!(0)),
        ("sortOption", Value::Null),
        ("sortType", json!("sortOrder")),
        ("userCount", json!(1)),
        ("closed", Value::Null),
        ("muted", json!(false)),
        ("transferred", Value::Null),
        ("groupId", Value::Null),
        ("viewMode", json!("list")),
        ("notificationOptions", Value::Null),
        ("teamId", Value::Null),
        ("permission", Value::Null),
        ("kind", json!("TASK")),
        ("timeline", Value::Null),
        ("needAudit", json!(true)),
        ("barcodeNeedAudit", json!(false)),
        ("openToTeam", json!(false)),
        ("teamMemberPermission", Value::Null),
        ("source", json!(1)),
    ]
}
