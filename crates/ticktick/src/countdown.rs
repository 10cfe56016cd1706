//! Works with countdowns.

use crate::manager::manager;

manager! {
    /// Works with countdowns. From [`Client::countdown`](crate::Client::countdown).
    CountdownManager
}
