//! Works with tags.

use crate::manager::manager;

manager! {
    /// Works with tags. From [`Client::tag`](crate::Client::tag).
    TagManager
}
