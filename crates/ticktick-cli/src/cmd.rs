//! The commands.

mod api;
mod api_check;
mod api_verify;
mod auth;
mod calendar;
mod completion;
mod config;
mod doctor;
mod exchange;
mod export;
mod focus;
mod focus_stats;
mod habit;
mod habit_calendar;
mod help;
mod history;
mod import;
mod log;
mod profile;
pub(crate) mod project;
mod project_show;
mod reading;
mod report;
mod serve;
mod show;
mod sql;
mod stats;
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
    calendar::WEEK,
    task::OVERDUE,
    task::INBOX,
    task::NEXT,
    show::SHOW,
    task::EDIT,
    task::DONE,
    task::REOPEN,
    task::MOVE,
    task::RM,
    task::SEARCH,
    task::OPEN,
    log::LOG,
    task::TASK,
    project::PROJECT,
    calendar::CALENDAR,
    habit::HABIT,
    focus::FOCUS,
    stats::STATS,
    sync::SYNC,
    sql::SQL,
    watch::WATCH,
    undo::UNDO,
    history::HISTORY,
    export::EXPORT,
    import::IMPORT,
    report::REPORT,
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
