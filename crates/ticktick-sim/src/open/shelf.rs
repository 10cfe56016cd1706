//! Access to comments and countdowns, which the private API stores.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::book::comment::OnTask;
use crate::world::fields::{Fields, wire};
use crate::world::store::Table;

/// Comments on tasks.
pub(super) fn comments(account: &Account) -> &Table<OnTask> {
    &account.comments
}

pub(super) fn put_comment(account: &mut Account, comment: &Object, now: Timestamp) {
    account.put_comment(comment, now);
    count(account, &comment.text("taskId").unwrap_or_default(), now);
}

pub(super) fn remove_comment(account: &mut Account, id: &str, task: &str, now: Timestamp) {
    account.remove_comment(id, now);
    count(account, task, now);
}

/// Updates the number of comments on a task. Unlike an update, this changes the modification time.
fn count(account: &mut Account, task: &str, now: Timestamp) {
    if let Some(mut stored) = account.tasks.get(task) {
        stored.put("commentCount", account.comments.count(task));
        stored.put("modifiedTime", wire(now));
        account.save_task(stored, now);
    }
}

/// Countdowns.
pub(super) fn countdowns(account: &Account) -> &Table {
    &account.countdowns
}
