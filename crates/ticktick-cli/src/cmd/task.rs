//! The commands on tasks: `ticktick task` and the short verbs.

mod add;
mod done;
mod list;

use clap::{ArgMatches, Args, FromArgMatches, Subcommand};
use jiff::ZonedDateTime;
use ticktick::Account;

use crate::args::{AddArgs, DoneArgs, Globals, ListArgs, TaskArgs, TaskCommand};
use crate::ask;
use crate::cmd::project;
use crate::cmd::task_view::TaskView;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::output::Output;
use crate::refs;
use crate::runtime::wait;
use crate::select::select;
use crate::written::input;

pub(crate) use list::today;

pub(crate) const TASK: Entry =
    Entry::group(Section::Objects, "task", "Everything about tasks", TaskCommand::augment_subcommands, run);
pub(crate) const ADD: Entry =
    Entry::leaf(Section::Day, "add", "Add a task", AddArgs::augment_args, |globals, matches| {
        act(globals, TaskCommand::Add(AddArgs::from_arg_matches(matches)?))
    });
pub(crate) const LIST: Entry =
    Entry::leaf(Section::Day, "list", "List tasks", ListArgs::augment_args, |globals, matches| {
        act(globals, TaskCommand::List(ListArgs::from_arg_matches(matches)?))
    })
    .alias("ls");
pub(crate) const TODAY: Entry = Entry::leaf(
    Section::Day,
    "today",
    "List what is overdue and due today",
    |command| command,
    |globals, _| today(globals),
);
pub(crate) const DONE: Entry =
    Entry::leaf(Section::Day, "done", "Complete tasks", DoneArgs::augment_args, |globals, matches| {
        act(globals, TaskCommand::Done(DoneArgs::from_arg_matches(matches)?))
    });

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    act(globals, TaskCommand::from_arg_matches(matches)?)
}

fn act(globals: &Globals, command: TaskCommand) -> Result<(), Error> {
    let output = Output::new(globals);
    match command {
        TaskCommand::List(args) => wait(list::run(globals, &args, output)),
        TaskCommand::Add(args) => wait(add::run(globals, args, output)),
        TaskCommand::Done(args) => wait(done::run(globals, &args, output)),
    }
}

/// Returns the open tasks of all projects.
pub(crate) fn open_tasks(account: &Account, projects: &[project::ProjectView], now: &ZonedDateTime) -> Vec<TaskView> {
    TaskView::all(account.tasks().iter().filter(|task| task.is_open()), projects, now)
}

/// The tasks that a command is about, as they were named on the command line.
pub(crate) struct Wanted<'a> {
    named: Vec<String>,
    args: &'a TaskArgs,
}

impl<'a> Wanted<'a> {
    /// Reads standard input if it is asked for.
    pub(crate) fn new(args: &'a TaskArgs) -> Result<Self, Error> {
        let mut named = Vec::new();
        for name in &args.named {
            match name.as_str() {
                "-" => named.extend(input()?),
                _ => named.push(name.clone()),
            }
        }
        let is_selected = !args.selection.is_empty();
        match (args.named.is_empty(), is_selected) {
            (true, false) => Err(Error::usage("no tasks are named or selected")
                .hint("name them by number, id or title, or select them, as with --tag errand")),
            (false, true) => {
                Err(Error::usage("tasks are either named or selected, not both")
                    .hint("leave out the names or the options"))
            }
            _ => Ok(Self { named, args }),
        }
    }

    /// Finds all tasks, before the first is changed.
    pub(crate) fn find(&self, account: &Account, now: &ZonedDateTime) -> Result<Vec<TaskView>, Error> {
        let projects = project::all(account);
        let tasks = open_tasks(account, &projects, now);
        if self.args.named.is_empty() {
            return select(tasks, &self.args.selection, account, &projects, now);
        }
        refs::find_all(&self.named, &tasks, now)
    }

    /// Asks before several tasks are changed that were not named one by one.
    pub(crate) fn confirm(&self, globals: &Globals, action: &str, tasks: &[TaskView]) -> Result<(), Error> {
        if self.args.named.is_empty() {
            let action = format!("{action} {}", crate::text::plural(tasks.len(), "task"));
            ask::confirm(globals, &action, tasks.len())?;
        }
        Ok(())
    }
}
