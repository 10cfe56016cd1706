//! Works with saved filters.

use crate::manager::manager;

manager! {
    /// Works with saved filters. From [`Client::filter`](crate::Client::filter).
    FilterManager
}
