//! Lists.

mod whole;

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Stored};
use crate::call::Call;
use crate::fields::{Fields, is_null, wire};
use crate::generated::ProjectHandlers;
use crate::readings::{Other, Readings};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::share;
use crate::state::State;
use crate::wire::array;
use whole::complete;

impl ProjectHandlers for State {
    fn project_list(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let inbox = account.readings.has(Other::InboxIsListed).then(|| account.inbox());
            let lists = inbox.iter().map(String::as_str).chain(account.projects.texts());
            Ok(Reply::json_text(array(lists)))
        })
    }

    fn project_get(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            if !account.readings.has(Other::ProjectIsRead) {
                return Ok(Reply::wrong_method());
            }
            let row = account.projects.row(call.path("projectId")).ok_or_else(Refusal::no_project)?;
            Ok(Reply::json_text(row.text.to_string()))
        })
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

    fn project_users(&self, call: &Call) -> Reply {
        self.with(call, |account| share::users(account, call))
    }

    fn project_shares(&self, call: &Call) -> Reply {
        self.with(call, |account| share::shares(account, call))
    }

    fn project_remove_member(&self, call: &Call) -> Reply {
        self.conclude(|| share::remove_member(self, call))
    }

    fn project_check_share_quota(&self, call: &Call) -> Reply {
        self.with(call, |account| share::quota(account, call))
    }

    fn project_invite_url(&self, call: &Call) -> Reply {
        self.with(call, |account| share::invite_url(account, call))
    }

    fn project_create_invite(&self, call: &Call) -> Reply {
        self.with(call, |account| share::create_invite(account, call))
    }

    fn project_revoke_invite(&self, call: &Call) -> Reply {
        self.with(call, |account| share::revoke_invite(account, call))
    }

    fn project_share_contacts(&self, call: &Call) -> Reply {
        self.with(call, |account| share::contacts(account))
    }

    fn project_recent_users(&self, call: &Call) -> Reply {
        self.with(call, |account| share::recent_users(account))
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

/// Members without which a list is no whole one; clients send colour, folder and `closed` only if they are set.
const WHOLE: &[&str] = &["id", "name", "sortOrder", "sortType", "sortOption", "viewMode", "kind", "inAll"];

/// Stores a list that is given in full; one with members left out is refused as forbidden.
fn update(account: &mut Account, call: &Call) -> Answer {
    let mut sent: Object = call.json()?;
    let id = call.path("projectId");
    account.projects.row(id).ok_or_else(Refusal::no_project)?;
    if WHOLE.iter().any(|key| sent.get(key).is_none()) {
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
        settle(&mut sent, &nothing, &self.readings);
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
        settle(&mut project, &stored, &self.readings);
        // Whose list it is and how many share it is not the client's to say.
        for key in ["isOwner", "permission", "userCount"] {
            if let Some(value) = stored.get(key) {
                project.set(key, value.clone());
            }
        }
        Some((id, self.save_project(project, now)))
    }

    /// Deletes a list; by default its tasks go to the trash.
    pub(crate) fn delete_project(&mut self, id: &str, now: Timestamp) {
        if self.projects.row(id).is_none() {
            return;
        }
        if self.readings.has(Other::ListTakesTrash) {
            for task in self.tasks.ids(|row| row.head.is_trashed() && *row.head.project == *id) {
                self.purge_task(&task, now);
            }
        }
        for task in self.tasks.ids(|row| *row.head.project == *id) {
            if !self.readings.has(Other::ListDeleteSparesTasks) {
                self.trash_task(&task, now);
            }
            if self.readings.has(Other::ListDeletePurges) {
                self.purge_task(&task, now);
            }
        }
        for column in self.columns.ids(|row| row.object().text("projectId").as_deref() == Some(id)) {
            let stamp = self.stamp(now);
            self.columns.remove(&column, stamp);
        }
        let stamp = self.stamp(now);
        self.projects.remove(id, stamp);
    }

    /// Takes lists out of a folder.
    pub(crate) fn leave_group(&mut self, group: &str, now: Timestamp) {
        for id in self.projects.ids(|row| row.object().text("groupId").as_deref() == Some(group)) {
            let Some(mut project) = self.projects.get(&id) else { continue };
            project.put("groupId", ());
            self.save_project(project, now);
        }
    }

    fn save_project(&mut self, mut project: Object, now: Timestamp) -> String {
        complete(&mut project);
        project.put("modifiedTime", wire(now));
        self.save(|account| &mut account.projects, &mut project, now)
    }

    /// Describes the inbox as a list, which it is only by one reading.
    fn inbox(&self) -> String {
        let mut inbox = Object::new();
        inbox.put("id", &self.inbox_id);
        inbox.put("name", "Inbox");
        inbox.put("etag", format!("{:08x}", self.user_id));
        inbox.put("modifiedTime", wire(self.registered));
        complete(&mut inbox);
        serde_json::to_string(&inbox).unwrap_or_default()
    }
}

/// Does what the service does with members that have words of their own for nothing.
fn settle(project: &mut Object, stored: &Object, readings: &Readings) {
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
    if project.read::<bool>("closed") == Some(false) && !readings.has(Other::UnarchivedIsFalse) {
        let is_closed = stored.read("closed") == Some(true);
        let stays = is_closed && readings.has(Other::ArchiveIsForGood);
        project.put("closed", stays.then_some(true));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Tester, id, tester, tester_with};
    use crate::{Plan, UpdateMode};

    const BATCH: &str = "/api/v2/batch/project";

    fn with_list() -> Tester {
        let tester = tester();
        tester.post(BATCH, &json!({ "add": [{ "id": id(1), "name": "List", "groupId": id(50) }] }));
        tester
    }

    fn list(tester: &Tester) -> Value {
        tester.get("/api/v2/projects")[0].clone()
    }

    #[test]
    fn a_single_create_answers_little() {
        let tester = tester();
        let made = tester.post("/api/v2/project", &json!({ "name": "New", "color": "#FFFFFF" }));
        for missing in ["etag", "sortOrder", "color", "groupId"] {
            assert!(made.get(missing).is_none(), "{missing}");
        }
        assert_eq!((&list(&tester)["id"], &list(&tester)["color"]), (&made["id"], &json!("#FFFFFF")));
    }

    #[test]
    fn a_put_must_be_whole() {
        let tester = with_list();
        let path = format!("/api/v2/project/{}", id(1));
        let whole = json!({
            "id": id(1), "name": "Other", "sortOrder": 7, "sortType": "project", "sortOption": null, "viewMode": "kanban",
            "kind": "TASK", "inAll": true,
        });
        for key in whole.as_object().unwrap().keys() {
            let mut part = whole.clone();
            part.as_object_mut().unwrap().remove(key);
            tester.send("PUT", &path, part.to_string()).refused(500, "no_project_permission");
        }
        assert_eq!(list(&tester)["name"], "List");
        assert!(tester.send("PUT", &path, whole.to_string()).body.is_empty());
        assert_eq!((&list(&tester)["name"], &list(&tester)["groupId"]), (&json!("Other"), &json!(id(50))));
        assert!(tester.send("PUT", &path, list(&tester).to_string()).body.is_empty(), "so is what was read");
    }

    #[test]
    fn only_none_leaves_the_folder() {
        let tester = with_list();
        let update = |group: Value| {
            let body = json!({ "update": [{ "id": id(1), "name": "List", "groupId": group }] });
            tester.post(BATCH, &body);
            list(&tester)["groupId"].clone()
        };
        assert_eq!(update(Value::Null), id(50));
        assert_eq!(update(json!("")), id(50));
        assert_eq!(update(json!("NONE")), Value::Null);
    }

    #[test]
    fn archiving_is_true_and_null() {
        let tester = with_list();
        let close = |closed: bool| {
            tester.post(BATCH, &json!({ "update": [{ "id": id(1), "closed": closed }] }));
            list(&tester)
        };
        assert_eq!(close(true)["closed"], true);
        assert_eq!(close(false)["closed"], Value::Null);
        assert_eq!(list(&tester)["name"], "List");
    }

    #[test]
    fn replacing_resets_what_is_left_out() {
        let tester = tester_with(|builder| builder.update_mode(UpdateMode::Replace));
        let add = json!({ "add": [{ "id": id(1), "name": "List", "color": "#FFFFFF" }] });
        tester.post(BATCH, &add);
        tester.post(BATCH, &json!({ "update": [{ "id": id(1), "name": "List" }] }));
        assert_eq!(list(&tester)["color"], Value::Null);
    }

    #[test]
    fn the_free_plan_has_room_for_nine() {
        let tester = tester_with(|builder| builder.plan(Plan::Free));
        let lists: Vec<Value> = (1..=10).map(|n| json!({ "id": id(n), "name": "x" })).collect();
        let answer = tester.post(BATCH, &json!({ "add": lists }));
        assert_eq!(answer["id2error"], json!({ id(10): "EXCEED_QUOTA" }));
        assert_eq!(answer["id2etag"].as_object().unwrap().len(), 9);
    }

    #[test]
    fn tasks_go_with_their_list() {
        let tester = with_list();
        tester.add(&json!({ "id": id(2), "projectId": id(1) }));
        let answer = tester.post(BATCH, &json!({ "delete": [id(1)] }));
        assert_eq!(answer["id2etag"], json!({}));
        assert_eq!(tester.task(&id(2))["deleted"], 1);
        assert_eq!(tester.get("/api/v2/projects"), json!([]));
    }
}
