//! Notifications of the service to a user.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::{Notification, Object};

use crate::account::Account;
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::forms::UnreadForm;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::service::Service;
use crate::wire::{Members, array};

/// Answers all notifications, the newest first, and marks them as read on demand.
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

fn unread_ids(account: &Account) -> Vec<String> {
    account.user.notifications.ids(|row| row.object().read("unread") == Some(true))
}

impl Account {
    pub(crate) fn notify(&mut self, mut notification: Object, now: Timestamp) {
        let defaults = json!({ "title": "", "type": "refer", "data": {}, "actionStatus": 0, "createdTime": wire(now) });
        for (key, value) in defaults.as_object().into_iter().flatten() {
            notification.fill(key, value);
        }
        for (key, value) in [("category", json!(null)), ("unread", json!(true))] {
            if notification.get(key).is_none() {
                notification.put(key, value);
            }
        }
        let stamp = self.stamp(now);
        self.user.notifications.put(&notification, stamp);
    }

    fn mark_read(&mut self, now: Timestamp) {
        for id in unread_ids(self) {
            if let Some(mut notification) = self.user.notifications.get(&id) {
                notification.put("unread", false);
                let stamp = self.stamp(now);
                self.user.notifications.put(&notification, stamp);
            }
        }
    }
}

impl Service {
    /// Sends a notification to an account, unread by default.
    ///
    /// ```
    /// use ticktick_models::{Notification, UnreadNotifications};
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().account("me", "secret").build();
    /// sim.notify("me", &Notification::new("66aabbccddeeff0011223344"));
    /// let unread = ticktick_raw::user::unread_notifications(&sim.signed_on("me")).await?;
    /// assert_eq!(unread, UnreadNotifications::Count(1));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[track_caller]
    pub fn notify(&self, user: &str, notification: &Notification) {
        let now = self.clock().now();
        let notification = Object::encode(notification).unwrap_or_default();
        self.change(user, |account| account.notify(notification, now));
    }
}
