//! Works with habits and their check-ins.

use crate::manager::manager;

manager! {
    /// Works with habits and their check-ins. From [`Client::habit`](crate::Client::habit).
    HabitManager
}
