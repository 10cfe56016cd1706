//! The full sync, rendered once per state of an account.

use bytes::Bytes;
use serde_json::json;

use crate::api::sync::lanes;
use crate::api::sync::lanes::some;
use crate::world::account::Account;
use crate::world::book::snapshot::Snapshot;
use crate::world::json::Members;
use crate::world::store::Table;

/// Capacity for a checkpoint and the members whose size does not depend on the account.
const SLACK: usize = 1024;

/// Returns the account, with the checkpoint for the next sync.
pub(crate) fn full(account: &mut Account, next: i64) -> Bytes {
    if account.snapshot.text.is_empty() || account.snapshot.of != account.changed() {
        // Dropping the old text first keeps one copy less in memory.
        account.snapshot = Snapshot::default();
        account.snapshot = render(account);
    }
    account.snapshot.ending(next)
}

/// Renders open tasks, projects without the inbox, folders, tags and filters.
fn render(account: &Account) -> Snapshot {
    let open = || account.tasks.live().filter(|row| row.head.is_open()).map(|row| row.shown());
    let room = [open().map(|text| text.len() + 1).sum(), bytes(&account.projects), bytes(&account.groups)];
    let room = room.iter().sum::<usize>() + bytes(&account.filters) + bytes(&account.tags) + SLACK;
    let orders = json!({ "taskOrderByDate": {}, "taskOrderByPriority": {}, "taskOrderByProject": {} });
    let text = Members::with_room(room)
        .object("syncTaskBean", |bean| lanes(bean, open(), &[], &[]))
        .array("projectProfiles", account.projects.texts())
        .raw("projectGroups", &some(&account.groups))
        .raw("filters", &some(&account.filters))
        .array("tags", account.tags.texts())
        .value("syncTaskOrderBean", orders)
        .raw("syncOrderBean", r#"{"orderByType":{}}"#)
        .value("syncOrderBeanV3", account.pins.orders())
        .value("inboxId", &account.inbox_id)
        .null("checks")
        .raw("remindChanges", "[]")
        .open_end("checkPoint");
    Snapshot { of: account.changed(), end: text.len(), text: text.into() }
}

/// Counts the bytes of an array of all objects.
fn bytes(table: &Table) -> usize {
    table.texts().map(|text| text.len() + 1).sum()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::{Value, json};

    use crate::exchange::reply::Reply;
    use crate::server::testing::{Tester, id, tester};

    fn full(tester: &Tester) -> Reply {
        tester.send("GET", "/api/v3/batch/check/0", "")
    }

    #[test]
    fn the_same_memory_is_sent_again() {
        let tester = tester();
        tester.add(&json!({ "id": id(1) }));
        let first = full(&tester);
        let (address, text) = (first.body.as_ptr(), first.value(200));
        drop(first);
        tester.service.clock().advance(SignedDuration::from_secs(5));
        let second = full(&tester);
        assert_eq!(second.body.as_ptr(), address);
        assert_eq!(second.value(200)["checkPoint"].as_i64(), text["checkPoint"].as_i64().map(|old| old + 5000));
        assert_eq!(second.value(200)["syncTaskBean"], text["syncTaskBean"]);
    }

    #[test]
    fn an_answer_on_its_way_does_not_change() {
        let tester = tester();
        tester.add(&json!({ "id": id(1) }));
        let first = full(&tester);
        let before = first.body.to_vec();
        tester.service.clock().advance(SignedDuration::from_secs(5));
        full(&tester);
        tester.add(&json!({ "id": id(2) }));
        full(&tester);
        assert_eq!(first.body, before);
    }

    #[test]
    fn every_write_is_seen() {
        let tester = tester();
        let writes: [(&str, Value); 5] = [
            ("/api/v2/batch/task", json!({ "add": [{ "id": id(1), "title": "a" }] })),
            ("/api/v2/batch/project", json!({ "add": [{ "id": id(2), "name": "a" }] })),
            ("/api/v2/batch/projectGroup", json!({ "add": [{ "id": id(3), "name": "a" }] })),
            ("/api/v2/batch/tag", json!({ "add": [{ "name": "a", "label": "a" }] })),
            ("/api/v2/batch/filter", json!({ "add": [{ "id": id(4), "name": "a", "rule": "" }] })),
        ];
        for (path, body) in writes {
            let before = full(&tester).value(200);
            tester.post(path, &body);
            let mut after = full(&tester).value(200);
            after["checkPoint"] = before["checkPoint"].clone();
            assert_ne!(after, before, "{path}");
        }
    }
}
