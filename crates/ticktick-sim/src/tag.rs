//! Tags, and the tasks that have them.

mod history;
mod pins;

use jiff::Timestamp;
use serde::Deserialize;
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, SENSELESS, Stored};
use crate::call::Call;
use crate::fields::{Fields, drop_nulls, is_null, wire};
use crate::generated::TagHandlers;
use crate::readings::Other;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::wire::array;

pub(crate) use pins::Pins;

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

impl TagHandlers for State {
    fn tag_list(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json_text(array(account.tags.texts()))))
    }

    fn tag_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| {
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
            // By default deletes are not looked at.
            if account.readings.has(Other::TagBatchDeletes) {
                batch.delete::<String>()?.iter().for_each(|name| drop(account.delete_tag(name, call.now)));
            }
            Ok(outcome.reply())
        })
    }

    fn tag_rename(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let sent: Rename = call.json()?;
            account.rename_tag(&sent.name, &sent.new_name, call.now)
        })
    }

    fn tag_merge(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let sent: Rename = call.json()?;
            account.merge_tag(&sent.name, &sent.new_name, call.now)
        })
    }

    fn tag_delete(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(account.delete_tag(call.query("name").unwrap_or_default(), call.now)))
    }

    fn tag_delete_by_path(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(account.delete_tag(call.path("name"), call.now)))
    }

    fn tag_delete_with_body(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let sent: Named = call.json()?;
            Ok(account.delete_tag(&sent.name, call.now))
        })
    }

    fn tag_completed_tasks(&self, call: &Call) -> Reply {
        self.with(call, |account| history::completed(account, call))
    }

    fn tag_pin(&self, call: &Call) -> Reply {
        self.with(call, |account| pins::write(account, call))
    }
}

impl Account {
    /// Creates a tag from a typed name.
    pub(crate) fn make_tag(&mut self, label: &str, now: Timestamp) {
        let mut tag = Object::new();
        tag.put("name", self.tag_key(label));
        tag.put("label", label);
        self.save_tag(tag, now);
    }

    pub(crate) fn add_tag(&mut self, sent: &Object, now: Timestamp) -> Item {
        let name = self.tag_key(&sent.text("name").or(sent.text("label")).unwrap_or_default());
        if name.is_empty() {
            return Err((name, SENSELESS));
        }
        let mut tag = sent.clone();
        tag.put("name", &name);
        if let Some(stored) = self.update_tag(&tag, now) {
            return Ok(stored);
        }
        Ok((name, self.save_tag(tag, now)))
    }

    fn update_tag(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let name = sent.text("name")?;
        let stored = self.tags.get(&name)?;
        let mut tag = self.updated(&stored, sent);
        // Only an empty text removes a tag from its parent.
        if sent.get("parent").is_some_and(is_null) {
            tag.put("parent", stored.text("parent"));
        }
        // It names the tag that is meant, and keeps the name from before a rename.
        tag.put("rawName", stored.text("rawName"));
        Some((name, self.save_tag(tag, now)))
    }

    fn save_tag(&mut self, mut tag: Object, now: Timestamp) -> String {
        tag.fill("label", tag.text("name"));
        tag.fill("rawName", tag.text("name"));
        tag.fill("sortOrder", 0);
        tag.fill("sortType", "project");
        tag.fill("type", 1);
        if tag.text("parent").is_some_and(|parent| parent.is_empty()) {
            tag.remove("parent");
        }
        drop_nulls(&mut tag);
        self.save(|account| &mut account.tags, &mut tag, now)
    }

    fn merge_tag(&mut self, name: &str, into: &str, now: Timestamp) -> Answer {
        if self.tags.row(name).is_none() || self.tags.row(into).is_none() {
            return Err(Refusal::new(500, "tag_not_exist"));
        }
        if self.readings.has(Other::MergeRefused) {
            return Err(Refusal::senseless());
        }
        if name != into {
            self.retag(name, Some(into), now);
            if !self.readings.has(Other::MergedTagStays) {
                self.remove_tag(name, None, now);
            }
        }
        Ok(Reply::empty())
    }

    /// Answers a rename to the name of another tag.
    fn rename_onto(&mut self, old: &str, taken: &str, now: Timestamp) -> Answer {
        if self.readings.has(Other::RenameMerges) {
            return self.merge_tag(old, taken, now);
        }
        if self.readings.has(Other::RenameIgnored) { Ok(Reply::empty()) } else { Err(Refusal::senseless()) }
    }

    pub(crate) fn rename_tag(&mut self, old: &str, label: &str, now: Timestamp) -> Answer {
        let mut tag = self.tags.get(old).ok_or_else(|| Refusal::new(500, "tag_not_exist"))?;
        let name = self.tag_key(label);
        if name.is_empty() {
            return Err(Refusal::senseless());
        }
        if name != old && self.tags.row(&name).is_some() {
            return self.rename_onto(old, &name, now);
        }
        tag.put("name", &name);
        tag.put("rawName", old);
        tag.put("label", label);
        self.save_tag(tag, now);
        if name != old {
            self.retag(old, Some(&name), now);
            self.remove_tag(old, Some(&name), now);
        }
        Ok(Reply::empty())
    }

    /// Deletes a tag; one that does not exist is no error.
    pub(crate) fn delete_tag(&mut self, name: &str, now: Timestamp) -> Reply {
        self.retag(name, None, now);
        self.remove_tag(name, None, now);
        Reply::empty()
    }

    /// Removes a tag and moves its child tags under another one, or under none.
    fn remove_tag(&mut self, name: &str, heir: Option<&str>, now: Timestamp) {
        let stamp = self.stamp(now);
        self.tags.remove(name, stamp);
        self.repin(name, heir);
        for child in self.tags.ids(|row| row.object().text("parent").as_deref() == Some(name)) {
            if let Some(mut tag) = self.tags.get(&child) {
                tag.put("parent", heir);
                self.save_tag(tag, now);
            }
        }
    }

    /// Replaces a tag by another, or removes it, on every task.
    fn retag(&mut self, old: &str, new: Option<&str>, now: Timestamp) {
        // A task that carries the tag has its name somewhere in its text.
        for id in self.tasks.ids(|row| row.text.contains(old)) {
            let Some(mut task) = self.tasks.get(&id) else { continue };
            let tags = task.texts("tags");
            if !tags.iter().any(|tag| tag == old) {
                continue;
            }
            let mut kept: Vec<&str> = Vec::new();
            for tag in tags.iter().map(String::as_str) {
                let tag = if tag == old { new } else { Some(tag) };
                kept.extend(tag.filter(|tag| !kept.contains(tag)));
            }
            task.put("tags", kept);
            task.put("modifiedTime", wire(now));
            self.save_task(task, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Tester, id, tester};

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
        assert_eq!((&tag["rawName"], &tag["sortOrder"]), (&json!("a"), &json!(0)));
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
