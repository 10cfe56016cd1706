//! The full account, or the changes since a checkpoint.

mod lanes;
mod snapshot;
#[cfg(test)]
mod tests;

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
        self.in_session(call, |account| check(account, call))
    }

    fn sync_check_v2(&self, call: &Call) -> Reply {
        self.in_session(call, |account| check(account, call))
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

/// Returns the changes. Null means no change, and a list is complete.
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

/// Returns the text of a task in a delta, in which cleared members are null.
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
