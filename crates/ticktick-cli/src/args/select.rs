//! The options that select tasks, which all commands on tasks have.

use clap::{Args, ValueEnum};

// A doc comment would become the help of the program.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Selection")]
pub(crate) struct Selection {
    /// Only tasks in this project: name, part of the name, or id; repeatable
    #[arg(short, long = "project", value_name = "PROJECT")]
    pub(crate) projects: Vec<String>,
    /// Only tasks with this tag: name, or part of the name; if repeated, only tasks with all of them
    #[arg(short, long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Only tasks with this priority; repeatable
    #[arg(long = "priority", value_name = "LEVEL")]
    pub(crate) priorities: Vec<PriorityArg>,
    /// Only tasks with this due date: overdue, today, tomorrow, week, nextweek, month, nextmonth, none, any, a date, or FROM..TO
    #[arg(short, long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) due: Option<String>,
    /// Only tasks with this status [default: open]
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Option<StatusArg>,
    /// Only tasks that contain these words in their title, content, checklist or tags
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// Only tasks that match this saved filter: name or id
    #[arg(long, value_name = "FILTER")]
    pub(crate) filter: Option<String>,
    /// Include tasks of archived projects
    #[arg(long)]
    pub(crate) archived: bool,
    /// Order of the tasks [default: urgency]
    #[arg(long, value_name = "ORDER")]
    pub(crate) sort: Option<SortArg>,
    /// Only the first N tasks
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

impl Selection {
    /// Returns whether no option limits the selection, so that a command would change all tasks.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { projects, tags, priorities, due, status, text, filter, .. } = self;
        projects.is_empty()
            && tags.is_empty()
            && priorities.is_empty()
            && due.is_none()
            && status.is_none()
            && text.is_none()
            && filter.is_none()
    }
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PriorityArg {
    None,
    Low,
    Medium,
    High,
}

#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StatusArg {
    #[default]
    Open,
    Done,
    WontDo,
    Trash,
}

#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SortArg {
    /// Overdue first, then by date, priority and position
    #[default]
    Urgency,
    /// By date
    Due,
    /// High first
    Priority,
    /// By title
    Title,
    /// Latest first
    Created,
    /// Latest first
    Modified,
    /// By project and position in it
    Project,
}
