//! Projects.

use serde_json::json;
use ticktick_models::Object;

use crate::api::share;
use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::ProjectHandlers;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::array;
use crate::world::readings::Other;

impl ProjectHandlers for Context {
    fn project_list(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let inbox = account.readings.has(Other::InboxIsListed).then(|| account.inbox());
            let projects = inbox.iter().map(String::as_str).chain(account.projects.texts());
            Ok(Reply::json_text(array(projects)))
        })
    }

    fn project_get(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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
        self.in_session(call, |account| create(account, call))
    }

    fn project_update(&self, call: &Call) -> Reply {
        self.in_session(call, |account| update(account, call))
    }

    fn project_delete(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            account.delete_project(call.path("projectId"), call.now);
            Ok(Reply::empty())
        })
    }

    fn project_users(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::users(account, call))
    }

    fn project_shares(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::shares(account, call))
    }

    fn project_remove_member(&self, call: &Call) -> Reply {
        self.conclude(|| share::remove_member(self, call))
    }

    fn project_check_share_quota(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::quota(account, call))
    }

    fn project_invite_url(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::invite_url(account, call))
    }

    fn project_create_invite(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::create_invite(account, call))
    }

    fn project_revoke_invite(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::revoke_invite(account, call))
    }

    fn project_share_contacts(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::contacts(account))
    }

    fn project_recent_users(&self, call: &Call) -> Reply {
        self.in_session(call, |account| share::recent_users(account))
    }

    fn project_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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

/// Creates a project. The response contains only some of its members.
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

/// Members that an update must contain. Clients send color, folder and `closed` only if they are set.
const WHOLE: &[&str] = &["id", "name", "sortOrder", "sortType", "sortOption", "viewMode", "kind", "inAll"];

/// Stores a complete project. The service refuses an incomplete one with `no_project_permission`.
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::server::testing::{Tester, id, tester, tester_with};
    use crate::{Plan, UpdateMode};

    const BATCH: &str = "/api/v2/batch/project";

    fn with_project() -> Tester {
        let tester = tester();
        tester.post(BATCH, &json!({ "add": [{ "id": id(1), "name": "Project", "groupId": id(50) }] }));
        tester
    }

    fn project(tester: &Tester) -> Value {
        tester.get("/api/v2/projects")[0].clone()
    }

    #[test]
    fn a_single_create_answers_little() {
        let tester = tester();
        let made = tester.post("/api/v2/project", &json!({ "name": "New", "color": "#FFFFFF" }));
        for missing in ["etag", "sortOrder", "color", "groupId"] {
            assert!(made.get(missing).is_none(), "{missing}");
        }
        assert_eq!(project(&tester)["id"], made["id"]);
        assert_eq!(project(&tester)["color"], json!("#FFFFFF"));
    }

    #[test]
    fn a_put_must_be_whole() {
        let tester = with_project();
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
        assert_eq!(project(&tester)["name"], "Project");
        assert!(tester.send("PUT", &path, whole.to_string()).body.is_empty());
        assert_eq!(project(&tester)["name"], json!("Other"));
        assert_eq!(project(&tester)["groupId"], json!(id(50)));
        assert!(tester.send("PUT", &path, project(&tester).to_string()).body.is_empty(), "so is what was read");
    }

    #[test]
    fn only_none_leaves_the_folder() {
        let tester = with_project();
        let update = |group: Value| {
            let body = json!({ "update": [{ "id": id(1), "name": "Project", "groupId": group }] });
            tester.post(BATCH, &body);
            project(&tester)["groupId"].clone()
        };
        assert_eq!(update(Value::Null), id(50));
        assert_eq!(update(json!("")), id(50));
        assert_eq!(update(json!("NONE")), Value::Null);
    }

    #[test]
    fn archiving_is_true_and_null() {
        let tester = with_project();
        let close = |closed: bool| {
            tester.post(BATCH, &json!({ "update": [{ "id": id(1), "closed": closed }] }));
            project(&tester)
        };
        assert_eq!(close(true)["closed"], true);
        assert_eq!(close(false)["closed"], Value::Null);
        assert_eq!(project(&tester)["name"], "Project");
    }

    #[test]
    fn replacing_resets_what_is_left_out() {
        let tester = tester_with(|builder| builder.update_mode(UpdateMode::Replace));
        let add = json!({ "add": [{ "id": id(1), "name": "Project", "color": "#FFFFFF" }] });
        tester.post(BATCH, &add);
        tester.post(BATCH, &json!({ "update": [{ "id": id(1), "name": "Project" }] }));
        assert_eq!(project(&tester)["color"], Value::Null);
    }

    #[test]
    fn the_free_plan_has_room_for_nine() {
        let tester = tester_with(|builder| builder.plan(Plan::Free));
        let projects: Vec<Value> = (1..=10).map(|n| json!({ "id": id(n), "name": "x" })).collect();
        let answer = tester.post(BATCH, &json!({ "add": projects }));
        assert_eq!(answer["id2error"], json!({ id(10): "EXCEED_QUOTA" }));
        assert_eq!(answer["id2etag"].as_object().unwrap().len(), 9);
    }

    #[test]
    fn tasks_of_a_deleted_project_move_to_the_trash() {
        let tester = with_project();
        tester.add(&json!({ "id": id(2), "projectId": id(1) }));
        let answer = tester.post(BATCH, &json!({ "delete": [id(1)] }));
        assert_eq!(answer["id2etag"], json!({}));
        assert_eq!(tester.task(&id(2))["deleted"], 1);
        assert_eq!(tester.get("/api/v2/projects"), json!([]));
    }
}
