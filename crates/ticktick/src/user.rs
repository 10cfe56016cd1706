//! Reads what belongs to the user: profile, status, settings, limits, notifications.

use crate::manager::manager;

manager! {
    /// Reads what belongs to the user: profile, status, settings, limits, notifications. From [`Client::user`](crate::Client::user).
    UserManager
}
