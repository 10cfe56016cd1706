//! The table of tools. Each group of tools has its own file.

mod add;
mod agenda;
mod checklist;
mod close;
mod comment;
mod find;
mod get;
mod journal;
mod numbers;
mod overview;
mod place;
mod project;
mod report;
mod reschedule;
mod tag;
mod trash;
mod update;

use crate::tool::Tool;

/// All tools.
pub(crate) const TOOLS: &[Tool] = &[
    agenda::AGENDA,
    find::FIND,
    get::GET,
    overview::OVERVIEW,
    numbers::HABITS,
    numbers::FOCUS,
    numbers::STATISTICS,
    journal::HISTORY,
    journal::STATUS,
    add::ADD,
    update::UPDATE,
    reschedule::RESCHEDULE,
    close::COMPLETE,
    close::REOPEN,
    place::MOVE,
    trash::DELETE,
    trash::RESTORE,
    checklist::CHECKLIST,
    comment::COMMENT,
    comment::ATTACH,
    project::EDIT,
    tag::EDIT,
    numbers::CHECK_IN,
    journal::UNDO,
];
