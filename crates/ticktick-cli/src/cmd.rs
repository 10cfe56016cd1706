//! The commands, one file per group.

pub(crate) mod api;
pub(crate) mod api_check;
pub(crate) mod api_verify;
pub(crate) mod auth;
pub(crate) mod doctor;
pub(crate) mod history;
pub(crate) mod project;
pub(crate) mod serve;
pub(crate) mod sql;
pub(crate) mod sync;
pub(crate) mod task;
mod task_view;
pub(crate) mod undo;
mod verify_view;
