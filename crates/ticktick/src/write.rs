//! Checked writes: objects are sent whole, and a 200 counts as success only if the response names them.

mod accept;
mod create;
mod delete;
mod many;
mod perform;
mod reconcile;
mod replace;
mod stored;
mod update;

pub(crate) use self::accept::compare;
pub(crate) use self::create::{create, create_drafted};
pub(crate) use self::delete::{delete, delete_found, delete_listed};
pub(crate) use self::many::{MOST, create_all, update_all};
pub(crate) use self::perform::{check_deleted, is_outcome_unknown, perform};
pub(crate) use self::reconcile::{Outcome, reconcile};
pub(crate) use self::replace::{Decision, Newer, decide, replace, replace_read};
pub(crate) use self::stored::Stored;
pub(crate) use self::update::{change, change_listed, store, update};
