//! Works with focus sessions: records, statistics, and the one that runs.

use crate::manager::manager;

manager! {
    /// Works with focus sessions: records, statistics, and the one that runs. From [`Client::focus`](crate::Client::focus).
    FocusManager
}
