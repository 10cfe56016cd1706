//! Works with folders of projects.

use crate::manager::manager;

manager! {
    /// Works with folders of projects. From [`Client::folder`](crate::Client::folder).
    FolderManager
}
