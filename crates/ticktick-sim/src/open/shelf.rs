//! Where the Open API finds what other resources keep, in the form that they keep it in.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::account::Account;
use crate::comment::OnTask;
use crate::fields::Fields;
use crate::store::Table;

/// Comments on tasks.
pub(super) fn comments(account: &Account) -> &Table<OnTask> {
    &account.comments
}

pub(super) fn put_comment(account: &mut Account, comment: &Object, now: Timestamp) {
    account.put_comment(comment, now);
    account.count_comments(&comment.text("taskId").unwrap_or_default(), now);
}

pub(super) fn remove_comment(account: &mut Account, id: &str, task: &str, now: Timestamp) {
    account.remove_comment(id, now);
    account.count_comments(task, now);
}

/// Countdowns.
pub(super) fn countdowns(account: &Account) -> &Table {
    &account.countdowns
}
