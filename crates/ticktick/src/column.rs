//! Works with columns of projects, which other views show as sections.

use crate::manager::manager;

manager! {
    /// Works with columns of projects, which other views show as sections. From [`Client::column`](crate::Client::column).
    ColumnManager
}
