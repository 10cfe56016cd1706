//! Folders of projects.

use ticktick_models::Object;

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::Refusal;
use crate::exchange::reply::Reply;
use crate::generated::ProjectGroupHandlers;
use crate::world::fields::Fields;

impl ProjectGroupHandlers for Context {
    fn project_group_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let mut batch = Batch::read(call)?;
            let deleted: Vec<String> = batch.delete()?;
            let mut outcome = Outcome::default();
            for sent in batch.add() {
                outcome.note(account.add_group(&sent, call.now));
            }
            for sent in batch.update() {
                outcome.note_some(account.update_group(&sent, call.now));
            }
            for id in deleted {
                account.remove_group(&id, call.now);
            }
            Ok(outcome.reply())
        })
    }

    fn project_group_create(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let sent: Object = call.json()?;
            sent.word("name").ok_or_else(Refusal::senseless)?;
            let (id, _) = account.add_group(&sent, call.now).map_err(|_| Refusal::senseless())?;
            Ok(Reply::json(&account.groups.get(&id)))
        })
    }

    fn project_group_update(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let mut sent: Object = call.json()?;
            let id = call.path("groupId");
            sent.put("id", id);
            account.update_group(&sent, call.now).ok_or_else(Refusal::senseless)?;
            Ok(Reply::json(&account.groups.get(id)))
        })
    }

    fn project_group_delete(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            account.remove_group(call.path("groupId"), call.now);
            Ok(Reply::empty())
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::server::testing::{Tester, id, tester};

    fn folders(tester: &Tester) -> Value {
        tester.get("/api/v3/batch/check/0")["projectGroups"].clone()
    }

    #[test]
    fn folders_have_single_routes() {
        let tester = tester();
        let made = tester.post("/api/v2/projectGroup", &json!({ "name": "Home", "sortOrder": 3 }));
        let path = format!("/api/v2/projectGroup/{}", made["id"].as_str().unwrap());
        assert_eq!(folders(&tester), json!([made]));
        let changed = tester.send("PUT", &path, r#"{"name":"House"}"#).value(200);
        assert_eq!(changed["name"], json!("House"));
        assert_eq!(changed["id"], made["id"]);
        assert_eq!(changed["sortOrder"], 3);
        assert!(tester.send("DELETE", &path, "").value(200).is_null());
        assert_eq!(folders(&tester), Value::Null);
        tester.send("PUT", &path, "{}").refused(500, "unknown_exception");
        tester.send("POST", "/api/v2/projectGroup", "{}").refused(500, "unknown_exception");
        assert!(tester.send("DELETE", &path, "").value(200).is_null(), "in silence");
    }

    #[test]
    fn projects_keep_the_id_of_a_deleted_folder() {
        let tester = tester();
        let folder = json!({ "add": [{ "id": id(1), "name": "Home", "listType": "group" }] });
        tester.post("/api/v2/batch/projectGroup", &folder);
        tester.post("/api/v2/batch/project", &json!({ "add": [{ "id": id(2), "name": "a", "groupId": id(1) }] }));
        tester.send("DELETE", &format!("/api/v2/projectGroup/{}", id(1)), "").value(200);
        assert_eq!(tester.get("/api/v2/projects")[0]["groupId"], id(1));
    }
}
