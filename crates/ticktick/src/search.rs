//! Searches tasks, at the service and in a snapshot.

use crate::manager::manager;

manager! {
    /// Searches tasks, at the service and in a snapshot. From [`Client::search`](crate::Client::search).
    SearchManager
}
