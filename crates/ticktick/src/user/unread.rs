//! [`Unread`]: the unread notifications.

use ticktick_models::Notification;

/// The unread notifications, or only their number.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unread {
    /// Number of unread notifications.
    pub count: i64,
    /// The notifications, or an empty list if the service sends only their number.
    pub list: Vec<Notification>,
}
