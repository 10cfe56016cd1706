//! The commands.

mod api;
mod api_check;
mod api_target;
mod api_verify;
mod attachment;
mod auth;
mod calendar;
mod column;
mod comment;
mod completion;
mod config;
mod countdown;
mod doctor;
mod exchange;
mod export;
mod filter;
pub(crate) mod filter_view;
mod focus;
mod focus_stats;
mod folder;
mod habit;
mod habit_calendar;
mod help;
mod history;
mod import;
mod log;
mod mcp;
mod profile;
pub(crate) mod project;
mod project_show;
pub(crate) mod project_view;
mod reading;
mod report;
mod serve;
mod show;
mod sql;
mod stats;
mod sync;
pub(crate) mod tag;
mod task;
pub(crate) mod task_row;
mod task_table;
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
    folder::FOLDER,
    column::COLUMN,
    tag::TAG,
    filter::FILTER,
    habit::HABIT,
    focus::FOCUS,
    countdown::COUNTDOWN,
    comment::COMMENT,
    attachment::ATTACHMENT,
    calendar::CALENDAR,
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
    user::USER,
    profile::PROFILE,
    config::CONFIG,
    doctor::DOCTOR,
    serve::SERVE,
    mcp::MCP,
    api::API,
    completion::COMPLETION,
    completion::MAN,
    help::HELP,
];
