//! Notifications of the service to a user.

use crate::exchange::call::Call;
use crate::exchange::forms::UnreadForm;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::json::{Members, array};
use crate::world::user::unread_ids;

/// Returns all notifications, the newest first, and marks them as read if requested.
pub(super) fn list(account: &mut Account, call: &Call) -> Answer {
    let texts: Vec<String> = account.user.notifications.texts().map(str::to_owned).collect();
    match call.query("autoMarkRead") {
        None | Some("false") => {}
        Some("true") => account.mark_read(call.now),
        Some(_) => return Err(Refusal::senseless()),
    }
    Ok(Reply::json_text(array(texts.iter().rev().map(String::as_str))))
}

pub(super) fn unread(account: &Account, form: UnreadForm) -> Reply {
    let unread = unread_ids(account);
    let rows: Vec<&str> =
        unread.iter().rev().filter_map(|id| account.user.notifications.row(id)).map(|row| &*row.text).collect();
    match form {
        UnreadForm::Count => Reply::json(&rows.len()),
        UnreadForm::List => Reply::json_text(array(rows)),
        UnreadForm::Detail => {
            let members = Members::new().value("count", rows.len()).raw("notifications", &array(rows));
            Reply::json_text(members.done())
        }
    }
}
