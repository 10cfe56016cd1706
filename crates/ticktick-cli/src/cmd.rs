//! The commands.

mod api;
mod api_check;
mod api_verify;
mod attachment;
mod auth;
mod column;
mod comment;
mod completion;
mod config;
mod countdown;
mod doctor;
pub(crate) mod filter;
mod focus;
mod folder;
mod habit;
mod help;
mod history;
mod profile;
pub(crate) mod project;
mod serve;
mod sql;
mod sync;
mod tag;
mod task;
pub(crate) mod task_view;
mod undo;
mod user;
mod verify_view;
mod watch;

use crate::entry::Entry;

pub(crate) use task::today;

/// All commands, in the order of the overview.
pub(crate) const COMMANDS: &[Entry] = &[
    task::ADD,
    task::LIST,
    task::TODAY,
    task::DONE,
    task::TASK,
    project::PROJECT,
    folder::FOLDER,
    column::COLUMN,
    tag::TAG,
    filter::FILTER,
    habit::HABIT,
    focus::FOCUS,
    countdown::COUNTDOWN,
    comment::COMMENT,
    attachment::ATTACHMENT,
    sync::SYNC,
    sql::SQL,
    watch::WATCH,
    undo::UNDO,
    history::HISTORY,
    auth::AUTH,
    user::USER,
    profile::PROFILE,
    config::CONFIG,
    doctor::DOCTOR,
    serve::SERVE,
    api::API,
    completion::COMPLETION,
    completion::MAN,
    help::HELP,
];
