//! What an account contains, by resource: tables and the facts that queries use.

pub(crate) mod calendar;
pub(crate) mod comment;
pub(crate) mod file;
pub(crate) mod focus;
pub(crate) mod habit;
pub(crate) mod history;
pub(crate) mod late;
pub(crate) mod pins;
pub(crate) mod search;
pub(crate) mod share;
pub(crate) mod snapshot;
pub(crate) mod task;
pub(crate) mod template;
pub(crate) mod user;
