//! Reads scores and counts.

use crate::manager::manager;

manager! {
    /// Reads scores and counts. From [`Client::statistics`](crate::Client::statistics).
    StatisticsManager
}
