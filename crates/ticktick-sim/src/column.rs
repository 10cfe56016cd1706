//! Columns of boards.

use jiff::Timestamp;
use serde::Deserialize;
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, Item, NO_PROJECT, Outcome, Stored};
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::generated::ColumnHandlers;
use crate::readings::Other;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::wire::{Members, array};

/// The only form in which a column is deleted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deleted {
    column_id: String,
    project_id: String,
}

impl ColumnHandlers for State {
    fn column_list_since(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let from = call.number("from", 0)?;
            let changed = || account.columns.all().filter(|row| row.changed > from);
            let live = changed().filter(|row| !row.gone).map(|row| &*row.text);
            let gone: Vec<&str> = changed().filter(|row| row.gone).map(|row| &*row.id).collect();
            let answer = Members::new().raw("update", &array(live));
            let answer = if from > 0 && !gone.is_empty() { answer.value("delete", gone) } else { answer };
            Ok(Reply::json_text(answer.done()))
        })
    }

    fn column_list_by_project(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let project = account.project_id(call.path("projectId"));
            let rows: Vec<_> = account
                .columns
                .live()
                .filter(|row| row.object().text("projectId").as_deref() == Some(&project))
                .collect();
            Ok(Reply::json_text(array(rows.iter().map(|row| &*row.text))))
        })
    }

    fn column_save(&self, call: &Call) -> Reply {
        self.with(call, |account| save(account, call))
    }

    fn column_batch(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn column_update(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn column_delete(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }
}

fn save(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_column(&sent, call.now));
    }
    for sent in batch.update() {
        if sent.word("projectId").is_none() && account.readings.has(Other::ColumnWithoutListRefused) {
            return Err(Refusal::senseless());
        }
        outcome.note_some(account.update_column(&sent, call.now));
    }
    // The other items are stored by then, so the refusal follows the successful answer in the same body.
    let deleted: Vec<Deleted> = batch.delete().map_err(|_| Refusal::senseless().after(outcome.text()))?;
    for column in deleted {
        let stamp = account.stamp(call.now);
        let here = |stored: &Object| stored.text("projectId").as_ref() == Some(&column.project_id);
        if account.columns.get(&column.column_id).is_some_and(|stored| here(&stored)) {
            account.columns.remove(&column.column_id, stamp);
            account.leave_column(&column.column_id, call.now);
            outcome.note(Ok((column.column_id, account.make_etag())));
        }
    }
    Ok(outcome.reply())
}

impl Account {
    pub(crate) fn add_column(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut column = sent.clone();
        column.put("id", &id);
        if let Some(stored) = self.update_column(&column, now) {
            return Ok(stored);
        }
        let project = self.project_id(&column.text("projectId").unwrap_or_default());
        if !self.has_project(&project) {
            return Err((id, NO_PROJECT));
        }
        let taken = self.columns.live().filter(|row| row.object().text("projectId").as_ref() == Some(&project));
        self.room(taken.count(), "kanbanNumber", &id)?;
        column.put("projectId", project);
        column.fill("name", "");
        column.fill("sortOrder", 0);
        column.fill("createdTime", wire(now));
        column.put("modifiedTime", wire(now));
        Ok((id, self.save(|account| &mut account.columns, &mut column, now)))
    }

    /// Updates the tasks of a deleted column as the service does. By default they keep its id.
    fn leave_column(&mut self, column: &str, now: Timestamp) {
        let has_it = |task: &Object| task.text("columnId").as_deref() == Some(column);
        for id in self.tasks.ids(|row| row.text.contains(column) && has_it(&row.object())) {
            if self.readings.has(Other::ColumnDeleteClears) {
                let mut task = self.tasks.get(&id).unwrap_or_default();
                task.put("columnId", ());
                self.save_task(task, now);
            } else if self.readings.has(Other::ColumnDeleteTrashes) {
                self.trash_task(&id, now);
            } else if self.readings.has(Other::ColumnDeletePurges) {
                self.trash_task(&id, now);
                self.purge_task(&id, now);
            }
        }
    }

    /// Changes a column; by default the service ignores one without its list.
    fn update_column(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let mut column = self.columns.get(&id)?;
        let names_list = sent.word("projectId").is_some() || !self.readings.has(Other::ColumnNeedsNoList);
        if names_list && (sent.word("projectId").is_none() || column.text("projectId") != sent.text("projectId")) {
            return None;
        }
        if self.readings.has(Other::ColumnUpdateResets) {
            column.put("name", "");
            column.put("sortOrder", 0);
        }
        column.merge(sent.clone());
        column.put("modifiedTime", wire(now));
        Some((id, self.save(|account| &mut account.columns, &mut column, now)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{id, tester};

    const SAVE: &str = "/api/v2/column";

    #[test]
    fn columns_live_and_die() {
        let tester = tester();
        let add = json!({ "add": [{ "id": id(1), "projectId": "inbox", "name": "To do" }] });
        assert!(tester.post(SAVE, &add)["id2etag"][id(1)].is_string());
        assert_eq!(tester.post(SAVE, &json!({ "id": id(2), "name": "flat" }))["id2etag"], json!({}));
        let nameless = json!({ "update": [{ "id": id(1), "name": "Doing" }] });
        assert_eq!(tester.post(SAVE, &nameless)["id2etag"], json!({}), "the list is missing");
        let project = "inbox120000001";
        let rename = json!({ "update": [{ "id": id(1), "projectId": project, "name": "Doing" }] });
        tester.post(SAVE, &rename);
        assert_eq!(tester.get("/api/v2/column?from=0")["update"][0]["name"], "Doing");
        assert_eq!(tester.get("/api/v2/column/project/inbox").as_array().unwrap().len(), 1);
        let delete = json!({ "delete": [{ "columnId": id(1), "projectId": project }] });
        assert!(tester.post(SAVE, &delete)["id2etag"][id(1)].is_string());
        assert_eq!(tester.get("/api/v2/column?from=0"), json!({ "update": [] }));
    }

    #[test]
    fn a_bad_delete_is_answered_twice() {
        let body = json!({ "delete": [{ "id": id(1), "projectId": "inbox" }] });
        let reply = tester().send("POST", SAVE, body.to_string());
        let text = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, 500);
        assert!(text.starts_with(r#"{"id2etag":{},"id2error":{}}{"#), "{text}");
        assert!(text.contains("unknown_exception"));
    }
}
