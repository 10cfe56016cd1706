//! The commands on tasks: `ticktick task` and the short verbs.

mod add;
mod closed;
mod edit;
mod explain;
mod fields;
mod find;
mod item;
mod line;
mod list;
mod more;
mod next;
mod place;
mod repeat_words;
mod search;
mod state;
mod trash;

use clap::{Args, FromArgMatches};

use crate::args::{
    AddArgs, AssignArgs, ConvertArgs, EditArgs, Globals, ListArgs, MoveArgs, OrderArgs, RemindArgs, RestoreArgs,
    SearchArgs, Selection, TaskArgs,
};
use crate::cmd::show::SHOW;
use crate::entry::{Entry, Section, Verbs};
use crate::error::Error;
use crate::runtime::wait;
use list::Which;
use state::State;

/// The subcommands of `ticktick task`. Those that are constants are also top-level commands.
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
        SHOW,
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

pub(crate) const TASK: Entry = Entry::verbs::<TaskVerbs>(Section::Objects, "task", "Manage tasks");

/// Declares a command that lists tasks.
macro_rules! list {
    ($name:literal, $about:literal, $which:expr) => {
        Entry::leaf(Section::Day, $name, $about, ListArgs::augment_args, |globals, matches| {
            let args = ListArgs::from_arg_matches(matches)?;
            wait(list::run(globals, $which, &args.selection))
        })
    };
}

/// Declares a command that takes several tasks.
macro_rules! tasks {
    ($name:literal, $about:literal, $args:ident, $run:expr) => {
        Entry::leaf(Section::Day, $name, $about, $args::augment_args, |globals, matches| {
            let args = $args::from_arg_matches(matches)?;
            let run: fn(&Globals, &$args) -> Result<(), Error> = $run;
            run(globals, &args)
        })
    };
}

pub(crate) const LIST: Entry = list!("list", "List tasks", Which::All).alias("ls");
pub(crate) const TODAY: Entry = list!("today", "List what is overdue and due today", Which::Today);
pub(crate) const TOMORROW: Entry = list!("tomorrow", "List what is due tomorrow", Which::Tomorrow);
pub(crate) const OVERDUE: Entry = list!("overdue", "List what is overdue", Which::Overdue);
pub(crate) const INBOX: Entry = list!("inbox", "List the tasks of the inbox", Which::Inbox);
pub(crate) const NEXT: Entry = Entry::leaf(
    Section::Day,
    "next",
    "List what to do next, by a score",
    |command| ListArgs::augment_args(command).after_help(next::FORMULA),
    |globals, matches| {
        let args = ListArgs::from_arg_matches(matches)?;
        wait(list::run(globals, Which::Next, &args.selection))
    },
);
const TRASH: Entry = list!("trash", "List the tasks in the trash", Which::Trash);
pub(crate) const SEARCH: Entry =
    tasks!("search", "Search open and closed tasks", SearchArgs, |globals, args| wait(list::search(globals, args)));
pub(crate) const ADD: Entry = Entry::leaf(
    Section::Day,
    "add",
    "Add a task",
    |command| AddArgs::augment_args(command).after_help(add::MORE),
    |globals, matches| wait(add::run(globals, &AddArgs::from_arg_matches(matches)?)),
);
pub(crate) const EDIT: Entry =
    tasks!("edit", "Change tasks, with options or in an editor", EditArgs, |globals, args| wait(edit::run(
        globals, args
    )));
pub(crate) const DONE: Entry =
    tasks!("done", "Complete tasks", TaskArgs, |globals, args| wait(state::run(globals, args, State::Done)));
const WONT_DO: Entry = tasks!("wont-do", "Close tasks without doing them", TaskArgs, |globals, args| wait(state::run(
    globals,
    args,
    State::WontDo
)));
const SKIP: Entry = tasks!("skip", "Skip the current occurrence of repeating tasks", TaskArgs, |globals, args| wait(
    state::run(globals, args, State::Skipped)
));
pub(crate) const REOPEN: Entry =
    tasks!("reopen", "Reopen closed tasks", TaskArgs, |globals, args| wait(state::run(globals, args, State::Open)));
const PIN: Entry = tasks!("pin", "Pin tasks to the top of their projects", TaskArgs, |globals, args| wait(state::run(
    globals,
    args,
    State::Pinned
)));
const UNPIN: Entry =
    tasks!("unpin", "Unpin tasks", TaskArgs, |globals, args| wait(state::run(globals, args, State::Unpinned)));
const DUPLICATE: Entry =
    tasks!("duplicate", "Copy tasks", TaskArgs, |globals, args| wait(state::duplicate(globals, args)));
pub(crate) const MOVE: Entry =
    tasks!("move", "Move tasks to a project, a column or a parent", MoveArgs, |globals, args| wait(place::relocate(
        globals, args
    )))
    .alias("mv");
pub(crate) const RM: Entry = Entry::leaf(
    Section::Day,
    "rm",
    "Move tasks to the trash",
    |command| TaskArgs::augment_args(command).after_help(trash::MORE),
    |globals, matches| wait(trash::remove(globals, &TaskArgs::from_arg_matches(matches)?)),
)
.alias("delete");
const RESTORE: Entry =
    tasks!("restore", "Restore tasks from the trash", RestoreArgs, |globals, args| wait(trash::restore(globals, args)));
const CONVERT: Entry =
    tasks!("convert", "Convert tasks to a text, a checklist or a note", ConvertArgs, |globals, args| wait(
        more::convert(globals, args)
    ));
const ASSIGN: Entry =
    tasks!("assign", "Assign tasks of a shared project to a member", AssignArgs, |globals, args| wait(more::assign(
        globals, args
    )));
const REMIND: Entry =
    tasks!("remind", "Set the reminders of tasks", RemindArgs, |globals, args| wait(more::remind(globals, args)));
const ORDER: Entry =
    tasks!("order", "Move a task to another position in its project", OrderArgs, |globals, args| wait(place::order(
        globals, args
    )));
pub(crate) const OPEN: Entry =
    tasks!("open", "Open tasks in the web app, or print their addresses", TaskArgs, |globals, args| wait(more::open(
        globals, args
    )));

/// Lists what is overdue and due today.
pub(crate) fn today(globals: &Globals) -> Result<(), Error> {
    wait(list::run(globals, Which::Today, &Selection::default()))
}
