//! Columns of boards.

use serde::Deserialize;

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::ColumnHandlers;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::{Members, array};
use crate::world::readings::Other;

/// The only accepted form of a deletion.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deleted {
    column_id: String,
    project_id: String,
}

impl ColumnHandlers for Context {
    fn column_list_since(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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
        self.in_session(call, |account| {
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
        self.in_session(call, |account| save(account, call))
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
        if sent.word("projectId").is_none() && account.readings.has(Other::ColumnWithoutProjectRefused) {
            return Err(Refusal::senseless());
        }
        outcome.note_some(account.update_column(&sent, call.now));
    }
    // The other items are already stored, so the refusal follows the response in the same body.
    let deleted: Vec<Deleted> = batch.delete().map_err(|_| Refusal::senseless().after(outcome.text()))?;
    for column in deleted {
        outcome.note_some(account.delete_column(&column.column_id, &column.project_id, call.now));
    }
    Ok(outcome.reply())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::testing::{id, tester};

    const SAVE: &str = "/api/v2/column";

    #[test]
    fn columns_live_and_die() {
        let tester = tester();
        let add = json!({ "add": [{ "id": id(1), "projectId": "inbox", "name": "To do" }] });
        assert!(tester.post(SAVE, &add)["id2etag"][id(1)].is_string());
        assert_eq!(tester.post(SAVE, &json!({ "id": id(2), "name": "flat" }))["id2etag"], json!({}));
        let nameless = json!({ "update": [{ "id": id(1), "name": "Doing" }] });
        assert_eq!(tester.post(SAVE, &nameless)["id2etag"], json!({}), "the project is missing");
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
