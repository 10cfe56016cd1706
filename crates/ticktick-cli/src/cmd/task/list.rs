//! The commands that list tasks: `ticktick list`, `today`, `tomorrow`, `overdue`, `inbox`, `next`, `search` and `trash`.

use std::mem::ManuallyDrop;

use jiff::ZonedDateTime;

use super::closed::{self, Closed};
use super::{next, search};
use crate::answer::Answer;
use crate::args::{FormatArg, Globals, SearchArgs, Selection, SortArg, StatusArg};
use crate::cmd::task_table::tasks_table;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::ids::IdSet;
use crate::listed::{self, Listed, Shown, in_order};
use crate::numbers;
use crate::output::{Output, width};
use crate::select::Selector;
use crate::stock::{Day, Needs, Part, Stock};
use crate::text::plural;
use crate::when::Urgency;

/// Which tasks a command lists before the selection is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    All,
    Today,
    Tomorrow,
    Overdue,
    Inbox,
    Next,
    Trash,
}

/// How many tasks `next` lists by default.
const NEXT: usize = 10;

/// A list that is ready to be printed.
struct List<T> {
    tasks: Vec<T>,
    /// Whether there are headings for each group of dates.
    is_grouped: bool,
    /// Added to the summary.
    hint: String,
    /// Whether there are more tasks than the limit.
    more: bool,
}

/// Lists tasks. If the selection names something unknown, refreshes the mirror, because the object may be newer.
pub(super) async fn run(globals: &Globals, which: Which, selection: &Selection) -> Result<(), Error> {
    let has_mirror = !(globals.demo || globals.mirror.no_mirror || globals.mirror.offline);
    match list(globals, which, selection).await {
        Err(error) if error.kind == Kind::NotFound && has_mirror => {
            list(&Globals { refreshes: true, ..globals.clone() }, which, selection).await
        }
        listed => listed,
    }
}

async fn list(globals: &Globals, which: Which, selection: &Selection) -> Result<(), Error> {
    let output = Output::new(globals);
    let status = if which == Which::Trash { StatusArg::Trash } else { selection.status.unwrap_or_default() };
    if status != StatusArg::Open {
        return closed_tasks(globals, which, selection, status, output).await;
    }
    // Never freed: the program ends soon, and freeing thousands of tasks takes time.
    let stock = ManuallyDrop::new(Stock::read(globals, output, needs(globals, which, selection, output)).await?);
    let mut tasks = stock.rows();
    let children = if which == Which::Next { next::open_children(&tasks) } else { IdSet::default() };
    tasks.retain(|task| which.includes(task, &stock));
    Selector::new(globals, selection, &stock.context(selection))?.keep(&mut tasks)?;
    let add = if tasks.is_empty() { nothing(which, selection) } else { "" };
    let hint = if which == Which::All { hidden(&stock, selection) } else { String::new() } + add;
    if which == Which::Next {
        next::score(&mut tasks, &children, &stock.now);
    }
    let sort = selection.sort.unwrap_or_default();
    let keeps_order = which == Which::Next && selection.sort.is_none();
    let mut tasks = if keeps_order { tasks } else { in_order(tasks, sort, &stock.projects, &stock.now) };
    let limit = selection.limit.unwrap_or(if which == Which::Next { NEXT } else { usize::MAX });
    let more = tasks.len() > limit;
    tasks.truncate(limit);
    let is_grouped = sort == SortArg::Urgency && !keeps_order;
    print(globals, &stock, &List { tasks, is_grouped, hint, more })
}

pub(super) async fn search(globals: &Globals, args: &SearchArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let search::Found { stock, tasks, more } = search::found(globals, args, output).await?;
    print(globals, &stock, &List { tasks, is_grouped: false, hint: String::new(), more })
}

async fn closed_tasks(
    globals: &Globals,
    which: Which,
    selection: &Selection,
    status: StatusArg,
    output: Output,
) -> Result<(), Error> {
    let Closed { stock, mut tasks, more } = closed::list(globals, selection, status, output).await?;
    tasks.retain(|task| which.includes(task, &stock));
    print(globals, &stock, &List { tasks, is_grouped: false, hint: String::new(), more })
}

impl Which {
    fn includes(self, task: &dyn Listed, stock: &Stock) -> bool {
        let now = &stock.now;
        match self {
            Self::All | Self::Trash => true,
            Self::Today => task.urgency(now) <= Urgency::Today,
            Self::Overdue => task.urgency(now) == Urgency::Overdue,
            Self::Tomorrow => {
                let tomorrow = now.date().tomorrow().ok();
                task.days().zip(tomorrow).is_some_and(|((first, last), day)| (first..=last).contains(&day))
            }
            Self::Inbox => stock.projects.first().is_some_and(|inbox| inbox.id == task.project()),
            Self::Next => !task.is_note(),
        }
    }
}

/// Returns which data the options need.
fn needs(globals: &Globals, which: Which, selection: &Selection, output: Output) -> Needs {
    let wants = &globals.output;
    let has_members = matches!(output.format, FormatArg::Json | FormatArg::Ndjson) || !wants.fields.is_empty();
    // The age of a task is part of its score.
    let texts =
        has_members || which == Which::Next || selection.text.is_some() || selection.sort == Some(SortArg::Created);
    let tags = !selection.tags.is_empty();
    let part = match which {
        // Whether a tag exists also depends on other tasks.
        _ if tags => Part::All,
        Which::All | Which::Next | Which::Trash => Part::All,
        Which::Inbox => Part::Inbox,
        Which::Overdue => Part::Until(Day::Yesterday),
        Which::Today => Part::Until(Day::Today),
        Which::Tomorrow => Part::Until(Day::Tomorrow),
    };
    // A list of all tasks needs most projects.
    let projects = part == Part::All || !selection.projects.is_empty();
    Needs { texts, account: selection.filter.is_some(), projects, tags, closed: false, part }
}

fn print<T: Listed>(globals: &Globals, stock: &Stock, list: &List<T>) -> Result<(), Error> {
    print_all(globals, stock, &listed::all(&list.tasks), list.is_grouped, list.more, &list.hint)
}

fn print_all(
    globals: &Globals,
    stock: &Stock,
    tasks: &[&dyn Listed],
    is_grouped: bool,
    more: bool,
    hint: &str,
) -> Result<(), Error> {
    let now = &stock.now;
    if Output::new(globals).is_for_people() {
        numbers::remember(tasks.iter().map(|task| task.id()));
        let limit = if more { " · there are more; see --limit" } else { "" };
        let summary = summary(tasks, now) + hint + limit + &stock.age();
        let text = tasks_table(tasks, is_grouped, now).text(width()) + &summary;
        return Answer::<cli::Task>::new(Vec::new()).print(globals, |_| vec![text]);
    }
    let mut answer = Answer::new(tasks.iter().map(|&task| Shown(task)).collect());
    stock.describe(&mut answer.meta);
    answer.meta.more = more.then_some(true);
    answer.print(globals, |_| Vec::<String>::new())
}

/// Suggests what to do if a list is empty although no option limits it.
fn nothing(which: Which, selection: &Selection) -> &'static str {
    match which {
        _ if !selection.is_empty() => "",
        Which::All | Which::Inbox | Which::Next => " · `ticktick add` adds one",
        Which::Today => " · `ticktick next` suggests what to do",
        _ => "",
    }
}

/// Says how many tasks are not shown because their projects are archived.
fn hidden(stock: &Stock, selection: &Selection) -> String {
    if selection.archived || !selection.is_empty() {
        return String::new();
    }
    let count: u64 = stock.projects.iter().filter(|project| project.archived).map(|project| project.open_tasks).sum();
    if count > 0 { format!(" · {count} more in archived projects") } else { String::new() }
}

fn summary(tasks: &[&dyn Listed], now: &ZonedDateTime) -> String {
    let open = |task: &&&dyn Listed| task.status() == cli::TaskStatus::Open;
    let count = |urgency| tasks.iter().filter(open).filter(|task| task.urgency(now) == urgency).count();
    let mut text = format!(" {}", plural(tasks.len(), "task"));
    for (count, what) in [(count(Urgency::Overdue), "overdue"), (count(Urgency::Today), "today")] {
        if count > 0 {
            text.push_str(&format!(" · {count} {what}"));
        }
    }
    text
}
