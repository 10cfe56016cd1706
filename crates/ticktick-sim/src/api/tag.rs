//! Tags, and the tasks that have them.

mod history;
mod pins;

use serde::Deserialize;
use ticktick_models::Object;

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::TagHandlers;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::array;
use crate::world::readings::Other;

/// A tag and its new name.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rename {
    name: String,
    new_name: String,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl TagHandlers for Context {
    fn tag_list(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json_text(array(account.tags.texts()))))
    }

    fn tag_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let mut batch = Batch::read(call)?;
            let has_blank = |sent: &Object| sent.text("name").is_some_and(|name| name.contains(' '));
            if account.readings.has(Other::BlankRefused) && batch.sent().any(has_blank) {
                return Err(Refusal::senseless());
            }
            let mut outcome = Outcome::default();
            for sent in batch.add() {
                outcome.note(account.add_tag(&sent, call.now));
            }
            for sent in batch.update() {
                outcome.note_some(account.update_tag(&sent, call.now));
            }
            // By default, deletions are ignored.
            if account.readings.has(Other::TagBatchDeletes) {
                batch.delete::<String>()?.iter().for_each(|name| account.delete_tag(name, call.now));
            }
            Ok(outcome.reply())
        })
    }

    fn tag_rename(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let sent: Rename = call.json()?;
            account.rename_tag(&sent.name, &sent.new_name, call.now)?;
            Ok(Reply::empty())
        })
    }

    fn tag_merge(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let sent: Rename = call.json()?;
            account.merge_tag(&sent.name, &sent.new_name, call.now)?;
            Ok(Reply::empty())
        })
    }

    fn tag_delete(&self, call: &Call) -> Reply {
        self.in_session(call, |account| delete(account, call.query("name").unwrap_or_default(), call))
    }

    fn tag_delete_by_path(&self, call: &Call) -> Reply {
        self.in_session(call, |account| delete(account, call.path("name"), call))
    }

    fn tag_delete_with_body(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let sent: Named = call.json()?;
            delete(account, &sent.name, call)
        })
    }

    fn tag_completed_tasks(&self, call: &Call) -> Reply {
        self.in_session(call, |account| history::completed(account, call))
    }

    fn tag_pin(&self, call: &Call) -> Reply {
        self.in_session(call, |account| pins::write(account, call))
    }
}

fn delete(account: &mut Account, name: &str, call: &Call) -> Answer {
    account.delete_tag(name, call.now);
    Ok(Reply::empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::server::testing::{Tester, id, tester};

    fn names(tester: &Tester) -> Vec<String> {
        let tags = tester.get("/api/v2/tags");
        tags.as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap().into()).collect()
    }

    #[test]
    fn tags_are_keyed_by_name() {
        let tester = tester();
        tester.post("/api/v2/batch/tag", &json!({ "add": [{ "name": "Home", "label": "Home" }, { "name": "other" }] }));
        let ignored = json!({
            "delete": ["home"],
            "rename": [{ "name": "home", "newName": "house" }],
            "merge": [{ "name": "home", "newName": "other" }],
        });
        let answer = tester.post("/api/v2/batch/tag", &ignored);
        assert_eq!(answer, json!({ "id2etag": {}, "id2error": {} }));
        assert_eq!(names(&tester), ["home", "other"], "a batch adds and updates alone");
    }

    #[test]
    fn names_are_not_checked() {
        let tester = tester();
        for name in ["a/b", "two words", "a\\b", "#:*?<>|\""] {
            let answer = tester.post("/api/v2/batch/tag", &json!({ "add": [{ "name": name, "label": name }] }));
            assert!(answer["id2etag"][name].is_string(), "{name}: {answer}");
        }
        tester.send("PUT", "/api/v2/tag/rename", r#"{"name":"a/b","newName":"Two / Words"}"#).value(200);
        assert_eq!(tester.get("/api/v2/tags")[3]["label"], "Two / Words");
        let nothing = tester.post("/api/v2/batch/tag", &json!({ "add": [{ "name": "" }] }));
        assert!(nothing["id2error"][""].is_string());
    }

    #[test]
    fn a_rename_onto_another_tag_is_refused() {
        let tester = tester();
        tester.post("/api/v2/batch/tag", &json!({ "add": [{ "name": "a" }, { "name": "b", "label": "B" }] }));
        let rename = |name: &str, to: &str| {
            let body = json!({ "name": name, "newName": to }).to_string();
            tester.send("PUT", "/api/v2/tag/rename", body)
        };
        rename("a", "B").refused(500, "unknown_exception");
        assert_eq!(names(&tester), ["a", "b"]);
        rename("b", "b").value(200);
        assert_eq!(tester.get("/api/v2/tags")[1]["label"], "b", "its own name in another case");
    }

    #[test]
    fn what_a_tag_has_not_is_left_out() {
        let tester = tester();
        let add = json!({ "add": [{ "name": "a", "color": null, "parent": null, "sortOrder": null, "own": null }] });
        tester.post("/api/v2/batch/tag", &add);
        let tag = tester.get("/api/v2/tags")[0].clone();
        assert_eq!(tag["rawName"], json!("a"));
        assert_eq!(tag["sortOrder"], json!(0));
        let has = |key: &str| tester.get("/api/v2/tags")[0].get(key).is_some();
        assert!(["color", "parent", "own"].iter().all(|key| !has(key)), "{tag}");
        tester.post("/api/v2/batch/tag", &json!({ "update": [{ "name": "a", "color": "#FFFFFF" }] }));
        assert!(has("color"));
        tester.post("/api/v2/batch/tag", &json!({ "update": [{ "name": "a", "color": null }] }));
        assert!(!has("color"), "null clears");
    }

    #[test]
    fn only_the_empty_text_takes_a_tag_out() {
        let tester = tester();
        let send = |tag: Value| tester.post("/api/v2/batch/tag", &json!({ "update": [tag] }));
        tester.post("/api/v2/batch/tag", &json!({ "add": [{ "name": "b", "label": "b", "parent": "a" }] }));
        send(json!({ "name": "b", "parent": null }));
        assert_eq!(tester.get("/api/v2/tags")[0]["parent"], "a");
        send(json!({ "name": "b", "parent": "" }));
        assert_eq!(tester.get("/api/v2/tags")[0]["parent"], Value::Null);
    }

    #[test]
    fn an_update_leaves_the_earlier_name() {
        let tester = tester();
        let add = |name: &str| json!({ "add": [{ "name": name, "label": name, "rawName": name }] });
        tester.post("/api/v2/batch/tag", &add("a"));
        let raw_name = || tester.get("/api/v2/tags")[0]["rawName"].clone();
        tester.post("/api/v2/batch/tag", &json!({ "update": [{ "name": "a", "rawName": "x" }] }));
        assert_eq!(raw_name(), "a");
        tester.send("PUT", "/api/v2/tag/rename", r#"{"name":"a","newName":"b"}"#).value(200);
        tester.post("/api/v2/batch/tag", &json!({ "update": [{ "name": "b", "rawName": "b" }] }));
        assert_eq!(raw_name(), "a");
    }

    #[test]
    fn renames_and_merges_reach_the_tasks() {
        let tester = tester();
        tester.add(&json!({ "id": id(1), "tags": ["old", "other"] }));
        let put = |path: &str, name: &str, to: &str| {
            let body = json!({ "name": name, "newName": to }).to_string();
            assert!(tester.send("PUT", path, body).value(200).is_null());
        };
        put("/api/v2/tag/rename", "old", "New");
        assert_eq!(tester.task(&id(1))["tags"], json!(["new", "other"]));
        assert_eq!(tester.get("/api/v2/tags")[1]["rawName"], "old");
        put("/api/v2/tag/merge", "new", "other");
        assert_eq!(tester.task(&id(1))["tags"], json!(["other"]));
        tester.send("DELETE", "/api/v2/tag?name=other", "").value(200);
        assert_eq!(tester.task(&id(1))["tags"], json!([]));
        assert!(names(&tester).is_empty());
    }
}
