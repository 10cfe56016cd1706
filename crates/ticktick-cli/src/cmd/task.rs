//! The commands on tasks: `ticktick task` and the short verbs.

mod add;
mod closed;
mod edit;
mod explain;
mod fields;
mod find;
mod item;
mod list;
mod more;
mod next;
mod place;
mod repeat_words;
mod search;
mod state;
mod trash;

use clap::{Args, FromArgMatches};
use jiff::ZonedDateTime;
use ticktick::Account;

use crate::args::{
    AddArgs, AssignArgs, ConvertArgs, EditArgs, Globals, ListArgs, MoveArgs, OrderArgs, RemindArgs, RestoreArgs,
    SearchArgs, Selection, TaskArgs,
};
use crate::cmd::project::ProjectView;
use crate::cmd::task_view::TaskView;
use crate::entry::{Entry, Section, Verbs};
use crate::error::Error;
use crate::runtime::wait;
use list::Which;
use state::State;

/// The commands below `ticktick task`. The constants are commands of their own, too.
struct TaskVerbs;

impl Verbs for TaskVerbs {
    const ALL: &'static [Entry] = &[
        ADD,
        LIST,
        TODAY,
        TOMORROW,
        OVERDUE,
        INBOX,
        NEXT,
        SEARCH,
        EDIT,
        DONE,
        WONT_DO,
        SKIP,
        REOPEN,
        MOVE,
        RM,
        RESTORE,
        TRASH,
        PIN,
        UNPIN,
        DUPLICATE,
        CONVERT,
        ASSIGN,
        REMIND,
        ORDER,
        item::ITEM,
        OPEN,
    ];
}

pub(crate) const TASK: Entry = Entry::verbs::<TaskVerbs>(Section::Objects, "task", "Everything about tasks");

/// Declares a command that lists tasks.
macro_rules! list {
    ($name:literal, $about:literal, $which:expr, $help:expr) => {
        Entry::leaf(
            Section::Day,
            $name,
            $about,
            |command| ListArgs::augment_args(command).before_help($help),
            |globals, matches| {
                let args = ListArgs::from_arg_matches(matches)?;
                wait(list::run(globals, $which, &args.selection))
            },
        )
    };
}

/// Declares a command that takes several tasks.
macro_rules! tasks {
    ($name:literal, $about:literal, $args:ident, $help:expr, $run:expr) => {
        Entry::leaf(
            Section::Day,
            $name,
            $about,
            |command| $args::augment_args(command).before_help($help),
            |globals, matches| {
                let args = $args::from_arg_matches(matches)?;
                let run: fn(&Globals, &$args) -> Result<(), Error> = $run;
                run(globals, &args)
            },
        )
    };
}

pub(crate) const LIST: Entry = list!(
    "list",
    "List tasks",
    Which::All,
    "\
Examples:
  ticktick list
  ticktick list --project Work --due week
  ticktick list --tag errand --priority high --json
  ticktick list --status done --limit 20"
)
.alias("ls");
pub(crate) const TODAY: Entry = list!(
    "today",
    "List what is overdue and due today",
    Which::Today,
    "\
Examples:
  ticktick today
  ticktick today --project Work
  ticktick today --json --fields id,title,due"
);
pub(crate) const TOMORROW: Entry =
    list!("tomorrow", "List what is due tomorrow", Which::Tomorrow, "Examples:\n  ticktick tomorrow");
pub(crate) const OVERDUE: Entry = list!(
    "overdue",
    "List what is overdue",
    Which::Overdue,
    "\
Examples:
  ticktick overdue
  ticktick overdue -q | ticktick edit - --due today"
);
pub(crate) const INBOX: Entry =
    list!("inbox", "List the tasks of the inbox", Which::Inbox, "Examples:\n  ticktick inbox");
pub(crate) const NEXT: Entry = Entry::leaf(
    Section::Day,
    "next",
    "List what to do now, by a score",
    |command| {
        let help = "Examples:\n  ticktick next\n  ticktick next --project Work --limit 3";
        ListArgs::augment_args(command).before_help(help).after_help(next::FORMULA)
    },
    |globals, matches| {
        let args = ListArgs::from_arg_matches(matches)?;
        wait(list::run(globals, Which::Next, &args.selection))
    },
);
const TRASH: Entry = list!(
    "trash",
    "List the tasks in the trash",
    Which::Trash,
    "\
Examples:
  ticktick trash
  ticktick task restore 1"
);
pub(crate) const SEARCH: Entry = tasks!(
    "search",
    "Search open and closed tasks",
    SearchArgs,
    "\
Examples:
  ticktick search dentist
  ticktick search tax return --status done",
    |globals, args| wait(list::search(globals, args))
);
pub(crate) const ADD: Entry = Entry::leaf(
    Section::Day,
    "add",
    "Add a task",
    |command| AddArgs::augment_args(command).before_help(add::EXAMPLES),
    |globals, matches| wait(add::run(globals, &AddArgs::from_arg_matches(matches)?)),
);
pub(crate) const EDIT: Entry = tasks!(
    "edit",
    "Change tasks, by options or in an editor",
    EditArgs,
    "\
Examples:
  ticktick edit 3
  ticktick edit dentist --due \"fri 9am\" --remind 1h
  ticktick edit 3 5 --priority high --add-tag urgent
  ticktick edit dentist --due none
  ticktick edit --where tag=errand --where due=overdue --due today",
    |globals, args| wait(edit::run(globals, args))
);
pub(crate) const DONE: Entry = tasks!(
    "done",
    "Complete tasks",
    TaskArgs,
    "\
Examples:
  ticktick done 3 5
  ticktick done \"call the dentist\"
  ticktick done --tag errand --due today
  ticktick list -q --tag errand | ticktick done -",
    |globals, args| wait(state::run(globals, args, State::Done))
);
const WONT_DO: Entry = tasks!(
    "wont-do",
    "Close tasks without doing them",
    TaskArgs,
    "Examples:\n  ticktick task wont-do 3",
    |globals, args| wait(state::run(globals, args, State::WontDo))
);
const SKIP: Entry = tasks!(
    "skip",
    "Skip the current occurrence of repeating tasks",
    TaskArgs,
    "Examples:\n  ticktick task skip \"water the plants\"",
    |globals, args| wait(state::run(globals, args, State::Skipped))
);
pub(crate) const REOPEN: Entry = tasks!(
    "reopen",
    "Reopen closed tasks",
    TaskArgs,
    "\
Examples:
  ticktick reopen 3 4
  ticktick reopen \"call the dentist\"",
    |globals, args| wait(state::run(globals, args, State::Open))
);
const PIN: Entry = tasks!(
    "pin",
    "Pin tasks to the top of their projects",
    TaskArgs,
    "Examples:\n  ticktick task pin 3",
    |globals, args| wait(state::run(globals, args, State::Pinned))
);
const UNPIN: Entry =
    tasks!("unpin", "Unpin tasks", TaskArgs, "Examples:\n  ticktick task unpin 3", |globals, args| wait(state::run(
        globals,
        args,
        State::Unpinned
    )));
const DUPLICATE: Entry = tasks!(
    "duplicate",
    "Copy tasks",
    TaskArgs,
    "Examples:\n  ticktick task duplicate \"pack for the trip\"",
    |globals, args| wait(state::duplicate(globals, args))
);
pub(crate) const MOVE: Entry = tasks!(
    "move",
    "Move tasks to a project, a column or a parent",
    MoveArgs,
    "\
Examples:
  ticktick move 3 5 --to Work
  ticktick move 3 --to Launch --column Doing
  ticktick move 3 --parent \"Plan the trip\"
  ticktick move --tag errand --to Home",
    |globals, args| wait(place::relocate(globals, args))
)
.alias("mv");
pub(crate) const RM: Entry = tasks!(
    "rm",
    "Move tasks to the trash",
    TaskArgs,
    "\
Examples:
  ticktick rm 3
  ticktick rm --project Old",
    |globals, args| wait(trash::remove(globals, args))
);
const RESTORE: Entry = tasks!(
    "restore",
    "Restore tasks from the trash",
    RestoreArgs,
    "\
Examples:
  ticktick task restore --last
  ticktick task restore \"cancel the gym\" --to Home",
    |globals, args| wait(trash::restore(globals, args))
);
const CONVERT: Entry = tasks!(
    "convert",
    "Convert tasks to a text, a checklist or a note",
    ConvertArgs,
    "Examples:\n  ticktick task convert 3 --to checklist",
    |globals, args| wait(more::convert(globals, args))
);
const ASSIGN: Entry = tasks!(
    "assign",
    "Assign tasks of a shared project to a member",
    AssignArgs,
    "\
Examples:
  ticktick task assign 3 --to Ada
  ticktick task assign 3 --to none",
    |globals, args| wait(more::assign(globals, args))
);
const REMIND: Entry = tasks!(
    "remind",
    "Set the reminders of tasks",
    RemindArgs,
    "\
Examples:
  ticktick task remind 3 --at 1h,10m
  ticktick task remind 3 --at none",
    |globals, args| wait(more::remind(globals, args))
);
const ORDER: Entry = tasks!(
    "order",
    "Put a task at another place of its project",
    OrderArgs,
    "\
Examples:
  ticktick task order 3 --before 1
  ticktick task order 3 --top",
    |globals, args| wait(place::order(globals, args))
);
pub(crate) const OPEN: Entry = tasks!(
    "open",
    "Open tasks in the web app, or print their addresses",
    TaskArgs,
    "Examples:\n  ticktick open 3",
    |globals, args| wait(more::open(globals, args))
);

/// Returns the open tasks of all projects.
pub(crate) fn open_tasks(account: &Account, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<TaskView> {
    TaskView::all(account.tasks().iter().filter(|task| task.is_open()), projects, now)
}

/// Lists what is overdue and due today.
pub(crate) fn today(globals: &Globals) -> Result<(), Error> {
    wait(list::run(globals, Which::Today, &Selection::default()))
}
