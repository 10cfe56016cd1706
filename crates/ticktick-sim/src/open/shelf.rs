//! Where the Open API finds what other resources keep, in the form that they keep it in.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::account::Account;
use crate::fields::Fields;
use crate::store::Table;

/// Comments on tasks.
pub(super) fn comments(account: &Account) -> &Table {
    &account.comments
}

pub(super) fn put_comment(account: &mut Account, comment: &Object, now: Timestamp) {
    let stamp = account.stamp(now);
    account.comments.put(comment, stamp);
    count_comments(account, &comment.text("taskId").unwrap_or_default(), now);
}

pub(super) fn remove_comment(account: &mut Account, id: &str, task: &str, now: Timestamp) {
    let stamp = account.stamp(now);
    account.comments.remove(id, stamp);
    count_comments(account, task, now);
}

fn count_comments(account: &mut Account, task: &str, now: Timestamp) {
    let on_task = |comment: &Object| comment.text("taskId").as_deref() == Some(task);
    let count = account.comments.live().filter(|row| on_task(&row.object())).count();
    if let Some(mut task) = account.tasks.get(task) {
        task.put("commentCount", count);
        account.save_task(task, now);
    }
}

/// Countdowns.
pub(super) fn countdowns(account: &Account) -> &Table {
    &account.countdowns
}
