//! The arguments of the commands that write tasks.

use clap::{Args, ValueEnum};

use super::TaskArgs;
use crate::args::PriorityArg;

// The fields of a task.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Fields")]
pub(crate) struct Fields {
    /// Project: name, part of the name, or id [default for new tasks: the setting `project`, or the inbox]
    #[arg(short, long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
    /// Column of the project; `none` for no column
    #[arg(long, value_name = "COLUMN")]
    pub(crate) column: Option<String>,
    /// Parent task; `none` makes it a top-level task
    #[arg(long, value_name = "TASK")]
    pub(crate) parent: Option<String>,
    /// Priority
    #[arg(long, value_name = "LEVEL")]
    pub(crate) priority: Option<PriorityArg>,
    /// Tag; repeatable
    #[arg(short, long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Date in words, such as today, "fri 9am", +3d, 2026-03-01 or "dec 1-5"; `none` for no date
    #[arg(short, long, value_name = "DATE")]
    pub(crate) due: Option<String>,
    /// Start of the task; --due is then its end
    #[arg(long, value_name = "DATE", requires = "due")]
    pub(crate) start: Option<String>,
    /// How the task repeats: words such as "every 2 weeks", or a rule; `none` for no repeat
    #[arg(long, value_name = "WORDS")]
    pub(crate) repeat: Option<String>,
    /// Reminders such as 10m or 1h,10m before a time, or 9am or "1d 6pm" for a day; `none` for no reminder
    #[arg(long, value_name = "TIMES")]
    pub(crate) remind: Option<String>,
    /// Text of the task, in Markdown; `-` reads it from standard input
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) content: Option<String>,
    /// Member of the shared project to assign it to: name, number or `me`; `none` for nobody
    #[arg(long, value_name = "MEMBER")]
    pub(crate) assign: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct AddArgs {
    /// The task in words, as one or several arguments; `-` reads one task per line from standard input
    #[arg(value_name = "LINE", required = true)]
    pub(crate) line: Vec<String>,
    /// Show how the line is understood, without adding the task
    #[arg(long)]
    pub(crate) explain: bool,
    /// Use the whole line as the title
    #[arg(long)]
    pub(crate) literal: bool,
    /// Keep the recognized words, such as dates and tags, in the title
    #[arg(long)]
    pub(crate) keep_text: bool,
    #[command(flatten)]
    pub(crate) fields: Fields,
    /// Item of the checklist; repeatable
    #[arg(long = "item", value_name = "TITLE")]
    pub(crate) items: Vec<String>,
    /// Create a note instead of a task
    #[arg(long, conflicts_with = "items")]
    pub(crate) note: bool,
    /// Pin the task
    #[arg(long)]
    pub(crate) pin: bool,
    /// Put the task at the top of its project
    #[arg(long, conflicts_with = "bottom")]
    pub(crate) top: bool,
    /// Put the task at the bottom of its project
    #[arg(long)]
    pub(crate) bottom: bool,
}

#[derive(Args, Debug)]
pub(crate) struct EditArgs {
    /// Tasks: number in the last list, id, start of an id, web address, or title; `-` reads ids from standard input
    #[arg(value_name = "TASK")]
    pub(crate) named: Vec<String>,
    /// Select tasks by an option of `ticktick list`, such as --where tag=errand; repeatable
    #[arg(long = "where", value_name = "NAME=VALUE", conflicts_with = "named")]
    pub(crate) conditions: Vec<String>,
    #[command(flatten)]
    pub(crate) fields: Fields,
    /// Title of the task
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// Add a tag; repeatable
    #[arg(long = "add-tag", value_name = "TAG", conflicts_with = "tags")]
    pub(crate) add_tags: Vec<String>,
    /// Remove a tag; repeatable
    #[arg(long = "remove-tag", value_name = "TAG", conflicts_with = "tags")]
    pub(crate) remove_tags: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct MoveArgs {
    /// Project to move them to: name, part of the name, or id
    #[arg(long, value_name = "PROJECT")]
    pub(crate) to: Option<String>,
    /// Column of the project to put them into; `none` for no column
    #[arg(long, value_name = "COLUMN")]
    pub(crate) column: Option<String>,
    /// New parent task; `none` makes them top-level tasks
    #[arg(long, value_name = "TASK", conflicts_with_all = ["to", "column"])]
    pub(crate) parent: Option<String>,
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
}

#[derive(Args, Debug)]
pub(crate) struct RestoreArgs {
    /// Restore the tasks that the latest command deleted
    #[arg(long, conflicts_with = "named")]
    pub(crate) last: bool,
    /// Project to restore them to [default: the one they were in]
    #[arg(long, value_name = "PROJECT")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ConvertArgs {
    /// What to convert them to
    #[arg(long, value_name = "KIND")]
    pub(crate) to: KindArg,
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KindArg {
    /// A task with a text
    Text,
    /// A task with a checklist
    Checklist,
    /// A note
    Note,
}

#[derive(Args, Debug)]
pub(crate) struct AssignArgs {
    /// Member of the shared project: name, number or `me`; `none` for nobody
    #[arg(long, value_name = "MEMBER")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("place").required(true))]
pub(crate) struct OrderArgs {
    /// Task: number in the last list, id, start of an id, web address, or title
    pub(crate) task: String,
    /// Put it before this task
    #[arg(long, value_name = "TASK", group = "place")]
    pub(crate) before: Option<String>,
    /// Put it after this task
    #[arg(long, value_name = "TASK", group = "place")]
    pub(crate) after: Option<String>,
    /// Put it at the top of its project
    #[arg(long, group = "place")]
    pub(crate) top: bool,
    /// Put it at the bottom of its project
    #[arg(long, group = "place")]
    pub(crate) bottom: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ItemArgs {
    /// Task: number in the last list, id, start of an id, web address, or title
    pub(crate) task: String,
    /// Items: their titles, parts of them, or their numbers in the checklist
    #[arg(value_name = "ITEM", required = true)]
    pub(crate) items: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct RemindArgs {
    /// Reminders such as 10m or 1h,10m before a time, or 9am or "1d 6pm" for a day; `none` for no reminder
    #[arg(long = "at", value_name = "TIMES")]
    pub(crate) at: String,
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
}
