//! The full account, or the changes since a checkpoint.

mod late;
mod snapshot;

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::account::Account;
use crate::call::Call;
use crate::fields::Fields;
use crate::generated::SyncHandlers;
use crate::readings::Other;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::store::{Row, Table};
use crate::task::TaskHead;
use crate::wire::{Members, array};

pub(crate) use late::LateSync;
pub(crate) use snapshot::Snapshot;

impl SyncHandlers for State {
    fn sync_check(&self, call: &Call) -> Reply {
        self.with(call, |account| check(account, call))
    }

    fn sync_check_v2(&self, call: &Call) -> Reply {
        self.with(call, |account| check(account, call))
    }
}

fn check(account: &mut Account, call: &Call) -> Answer {
    let since: i64 = call.path("checkpoint").parse().map_err(|_| crate::refusal::Refusal::senseless())?;
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

/// The lanes of tasks; new tasks come in `update` too, and `add` stays empty.
fn lanes(
    bean: Members,
    changed: impl IntoIterator<Item = impl AsRef<str>>,
    trashed: &[Value],
    gone: &[Value],
) -> Members {
    let mut changed = changed.into_iter().peekable();
    let empty = changed.peek().is_none() && trashed.is_empty() && gone.is_empty();
    let deleted: Vec<_> = trashed.iter().chain(gone).collect();
    let bean = bean
        .array("update", changed)
        .value("delete", deleted)
        .raw("add", "[]")
        .raw("tagUpdate", "[]")
        .value("empty", empty);
    let lanes = [("deletedInTrash", trashed), ("deletedForever", gone)];
    lanes.into_iter().filter(|(_, lane)| !lane.is_empty()).fold(bean, |bean, (key, lane)| bean.value(key, lane))
}

/// All objects, or null when there are none.
fn some(table: &Table) -> String {
    if table.len() == 0 { "null".into() } else { array(table.texts()) }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::{Value, json};

    use crate::testing::{Tester, id, tester};

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
