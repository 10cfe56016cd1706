//! The whole account, or what changed since a checkpoint.

use serde_json::json;

use crate::account::Account;
use crate::call::Call;
use crate::generated::SyncHandlers;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::store::Table;
use crate::wire::{Members, array};

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
    let next = account.checkpoint(call.now);
    let answer = if since <= 0 { full(account) } else { delta(account, since) };
    Ok(Reply::json_text(answer.value("checkPoint", next).done()))
}

/// Everything: open tasks, lists without the inbox, folders, tags, filters.
fn full(account: &Account) -> Members {
    let open: Vec<&str> = account.tasks.live().filter(|row| row.head.is_open()).map(|row| &*row.text).collect();
    let orders = json!({ "taskOrderByDate": {}, "taskOrderByPriority": {}, "taskOrderByProject": {} });
    Members::new()
        .raw("syncTaskBean", &lanes(open, &[], &[]))
        .raw("projectProfiles", &array(account.projects.texts()))
        .raw("projectGroups", &some(&account.groups))
        .raw("filters", &some(&account.filters))
        .raw("tags", &array(account.tags.texts()))
        .value("syncTaskOrderBean", orders)
        .raw("syncOrderBean", r#"{"orderByType":{}}"#)
        .raw("syncOrderBeanV3", r#"{"orderByType":{}}"#)
        .value("inboxId", &account.inbox_id)
        .null("checks")
        .raw("remindChanges", "[]")
}

/// What changed; null stands for no change, and a list that is there is the complete new one.
fn delta(account: &Account, since: i64) -> Members {
    let (mut changed, mut trashed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for row in account.tasks.all().filter(|row| row.changed > since) {
        let key = || json!({ "taskId": &*row.id, "projectId": &*row.head.project });
        match row {
            row if row.gone => gone.push(key()),
            row if row.head.is_trashed() => trashed.push(key()),
            row => changed.push(&*row.text),
        }
    }
    let members = Members::new().raw("syncTaskBean", &lanes(changed, &trashed, &gone));
    let tables = [
        ("projectProfiles", &account.projects),
        ("projectGroups", &account.groups),
        ("filters", &account.filters),
        ("tags", &account.tags),
    ];
    let members = tables.into_iter().fold(members, |members, (key, table)| {
        if table.changed_after(since) { members.raw(key, &array(table.texts())) } else { members.null(key) }
    });
    let quiet = ["syncTaskOrderBean", "syncOrderBean", "syncOrderBeanV3", "inboxId", "checks", "remindChanges"];
    quiet.into_iter().fold(members, Members::null)
}

/// The lanes of tasks; new tasks come in `update` too, and `add` stays empty.
fn lanes(changed: Vec<&str>, trashed: &[serde_json::Value], gone: &[serde_json::Value]) -> String {
    let empty = changed.is_empty() && trashed.is_empty() && gone.is_empty();
    let deleted: Vec<_> = trashed.iter().chain(gone).collect();
    let mut lanes = Members::new()
        .raw("update", &array(changed))
        .value("delete", deleted)
        .raw("add", "[]")
        .raw("tagUpdate", "[]")
        .value("empty", empty);
    for (key, lane) in [("deletedInTrash", trashed), ("deletedForever", gone)] {
        if !lane.is_empty() {
            lanes = lanes.value(key, lane);
        }
    }
    lanes.done()
}

/// All objects, or null when there are none.
fn some(table: &Table) -> String {
    if table.len() == 0 { "null".into() } else { array(table.texts()) }
}
