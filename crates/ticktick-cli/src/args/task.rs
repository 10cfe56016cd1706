//! The arguments of the commands on tasks.

use clap::{Args, Subcommand};

use super::{PriorityArg, Selection};

#[derive(Subcommand, Debug)]
pub(crate) enum TaskCommand {
    /// List tasks
    #[command(visible_alias = "ls")]
    List(ListArgs),
    /// Add a task
    Add(AddArgs),
    /// Complete tasks
    Done(DoneArgs),
}

#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  ticktick list
  ticktick list --project Work --due week
  ticktick list --tag errand --priority high --json")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,
}

#[derive(Args, Debug)]
pub(crate) struct AddArgs {
    /// Title of the task
    pub(crate) title: String,
    /// Project for the task: name, part of the name, or id [default: the setting `project`, or the inbox]
    #[arg(short, long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
    /// Priority of the task
    #[arg(long, value_name = "LEVEL")]
    pub(crate) priority: Option<PriorityArg>,
    /// Tag for the task; repeatable
    #[arg(short, long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Due date: today, tomorrow, a weekday, +3d or 2026-03-01, optionally with a time: "fri 09:30"
    #[arg(short, long, value_name = "DATE")]
    pub(crate) due: Option<String>,
    /// Body of the task, in Markdown
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) content: Option<String>,
}

#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  ticktick done 3 5
  ticktick done \"call the dentist\"
  ticktick done --tag errand --due today
  ticktick list -q --tag errand | ticktick done -")]
pub(crate) struct DoneArgs {
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
}

// The tasks of a command: named, or selected.
#[derive(Args, Debug)]
pub(crate) struct TaskArgs {
    /// Tasks: number of the last list, id, start of an id, web address, or title; `-` reads ids from standard input
    #[arg(value_name = "TASK")]
    pub(crate) named: Vec<String>,
    #[command(flatten)]
    pub(crate) selection: Selection,
}
