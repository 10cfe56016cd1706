//! The full account, or the changes since a checkpoint.

mod lanes;
mod snapshot;

use std::borrow::Cow;

use serde_json::json;

use crate::api::sync::lanes::lanes;
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::Answer;
use crate::exchange::reply::Reply;
use crate::generated::SyncHandlers;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::fields::Fields;
use crate::world::json::{Members, array};
use crate::world::readings::Other;
use crate::world::store::Row;

impl SyncHandlers for Context {
    fn sync_check(&self, call: &Call) -> Reply {
        self.with(call, |account| check(account, call))
    }

    fn sync_check_v2(&self, call: &Call) -> Reply {
        self.with(call, |account| check(account, call))
    }
}

fn check(account: &mut Account, call: &Call) -> Answer {
    let since: i64 = call.path("checkpoint").parse().map_err(|_| crate::exchange::refusal::Refusal::senseless())?;
    let present = account.checkpoint(call.now);
    let next = account.late.shown(since, present);
    if since <= 0 {
        return Ok(Reply::json_text(snapshot::full(account, next)));
    }
    Ok(Reply::json_text(delta(account, since, next).value("checkPoint", next).done()))
}

/// What changed; null means no change, and a list is the complete new one.
fn delta(account: &Account, since: i64, until: i64) -> Members {
    let is_news = |stamp: i64| since < stamp && stamp <= until;
    let (mut changed, mut trashed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for row in account.tasks.all().filter(|row| is_news(row.changed)) {
        let key = || json!({ "taskId": &*row.id, "projectId": &*row.head.project });
        match row {
            row if row.gone => gone.push(key()),
            row if row.head.is_trashed() => trashed.push(key()),
            row => changed.push(shown(account, row)),
        }
    }
    let members = Members::new().object("syncTaskBean", |bean| lanes(bean, changed, &trashed, &gone));
    let tables = [
        ("projectProfiles", &account.projects),
        ("projectGroups", &account.groups),
        ("filters", &account.filters),
        ("tags", &account.tags),
    ];
    let is_whole = account.readings.has(Other::QuietIsWhole);
    let quiet =
        |members: Members, key| if account.readings.has(Other::QuietIsAbsent) { members } else { members.null(key) };
    let members = tables.into_iter().fold(members, |members, (key, table)| {
        if is_whole || is_news(table.changed()) { members.raw(key, &array(table.texts())) } else { quiet(members, key) }
    });
    let others = ["syncTaskOrderBean", "syncOrderBean", "syncOrderBeanV3", "inboxId", "checks", "remindChanges"];
    others.into_iter().fold(members, quiet)
}

/// Returns the text that a delta shows, in which the nulls of members that were cleared stay.
fn shown<'a>(account: &Account, row: &'a Row<TaskHead>) -> Cow<'a, str> {
    if !account.readings.has(Other::DeltaLeavesParentOut) {
        return Cow::Borrowed(&row.text);
    }
    let mut task = row.object();
    if task.is_none("parentId") {
        task.remove("parentId");
    }
    Cow::Owned(serde_json::to_string(&task).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::{Value, json};

    use crate::server::testing::{Tester, id, tester};

    fn full(tester: &Tester) -> (Value, i64) {
        let answer = tester.get("/api/v3/batch/check/0");
        let next = answer["checkPoint"].as_i64().unwrap();
        (answer, next)
    }

    fn delta(tester: &Tester, since: i64) -> Value {
        tester.get(&format!("/api/v2/batch/check/{since}"))
    }

    #[test]
    fn everything_is_what_is_open() {
        let tester = tester();
        tester.add(&json!({ "id": id(1) }));
        tester.add(&json!({ "id": id(2), "status": 2 }));
        let (answer, next) = full(&tester);
        assert_eq!(answer["syncTaskBean"]["update"].as_array().unwrap().len(), 1);
        assert_eq!(answer["inboxId"], "inbox120000001");
        assert_eq!(answer["projectProfiles"], json!([]));
        assert_eq!(answer["projectGroups"], Value::Null);
        assert!(next >= 1_772_366_400_000);
    }

    #[test]
    fn nothing_new_is_null() {
        let tester = tester();
        tester.add(&json!({ "id": id(1) }));
        let (_, next) = full(&tester);
        let answer = delta(&tester, next);
        assert_eq!(answer["syncTaskBean"]["empty"], true);
        for key in ["projectProfiles", "projectGroups", "filters", "tags", "inboxId", "syncOrderBeanV3"] {
            assert_eq!(answer[key], Value::Null, "{key}");
        }
    }

    #[test]
    fn changes_come_once_even_while_the_clock_stands_still() {
        let tester = tester();
        let (_, next) = full(&tester);
        tester.add(&json!({ "id": id(1), "tags": ["new"] }));
        tester.add(&json!({ "id": id(2), "status": 2 }));
        let answer = delta(&tester, next);
        let lanes = &answer["syncTaskBean"];
        assert_eq!(lanes["update"].as_array().unwrap().len(), 2, "closed ones too");
        assert_eq!((&lanes["add"], &lanes["empty"]), (&json!([]), &json!(false)));
        assert_eq!(answer["tags"].as_array().unwrap().len(), 1);
        assert_eq!(answer["projectProfiles"], Value::Null);
        let answer = delta(&tester, answer["checkPoint"].as_i64().unwrap());
        assert_eq!(answer["syncTaskBean"]["empty"], true);
    }

    #[test]
    fn deleted_tasks_leave_their_key() {
        let tester = tester();
        tester.add(&json!({ "id": id(1) }));
        let (_, next) = full(&tester);
        let key = json!({ "taskId": id(1), "projectId": "inbox120000001" });
        tester.post("/api/v2/batch/task", &json!({ "delete": [key] }));
        let answer = delta(&tester, next);
        assert_eq!(answer["syncTaskBean"]["delete"], json!([key]));
        assert_eq!(answer["syncTaskBean"]["deletedInTrash"], json!([key]));
        tester.send("DELETE", "/api/v2/trash/cleanUp", "").value(200);
        let answer = delta(&tester, answer["checkPoint"].as_i64().unwrap());
        assert_eq!(answer["syncTaskBean"]["deletedForever"], json!([key]));
    }

    #[test]
    fn lists_come_whole() {
        let tester = tester();
        let add = json!({ "add": [{ "id": id(1), "name": "a" }, { "id": id(2), "name": "b" }] });
        tester.post("/api/v2/batch/project", &add);
        let (_, next) = full(&tester);
        tester.service.clock().advance(SignedDuration::from_secs(5));
        tester.send("DELETE", &format!("/api/v2/project/{}", id(1)), "").value(200);
        let answer = delta(&tester, next);
        assert_eq!(answer["projectProfiles"].as_array().unwrap().len(), 1);
        assert_eq!(answer["syncTaskBean"]["empty"], true);
    }
}
