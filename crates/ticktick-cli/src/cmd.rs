//! The commands.

mod api;
mod api_check;
mod api_verify;
mod auth;
mod completion;
mod config;
mod doctor;
mod help;
mod history;
mod profile;
pub(crate) mod project;
mod serve;
mod sql;
mod sync;
mod task;
pub(crate) mod task_view;
mod undo;
mod verify_view;
mod watch;

use crate::entry::Entry;

pub(crate) use task::today;

/// All commands, in the order of the overview.
pub(crate) const COMMANDS: &[Entry] = &[
    task::ADD,
    task::LIST,
    task::TODAY,
    task::TOMORROW,
    task::OVERDUE,
    task::INBOX,
    task::NEXT,
    task::EDIT,
    task::DONE,
    task::REOPEN,
    task::MOVE,
    task::RM,
    task::SEARCH,
    task::OPEN,
    task::TASK,
    project::PROJECT,
    sync::SYNC,
    sql::SQL,
    watch::WATCH,
    undo::UNDO,
    history::HISTORY,
    auth::AUTH,
    profile::PROFILE,
    config::CONFIG,
    doctor::DOCTOR,
    serve::SERVE,
    api::API,
    completion::COMPLETION,
    completion::MAN,
    help::HELP,
];
