//! Finds the tasks of a command: named one by one, or selected by options.

use jiff::ZonedDateTime;
use ticktick::task::{BatchItem, BatchReport};
use ticktick::{Account, Client, Task, TaskId};

use super::closed;
use crate::args::{Globals, Selection, StatusArg, TaskArgs};
use crate::ask;
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::listed::in_order;
use crate::output::Output;
use crate::refs;
use crate::select::{Selector, select};
use crate::stock::Stock;
use crate::text::plural;
use crate::when::When;
use crate::written::{Written, input};

/// Up to this many tasks are listed one by one after a write.
const LISTED: usize = 10;
/// How many closed tasks are searched for a title.
const SEARCHED: usize = 500;

/// The tasks of a command, as named on the command line.
pub(super) struct Wanted<'a> {
    named: Vec<String>,
    selection: &'a Selection,
    is_named: bool,
}

/// The tasks that were found.
pub(super) struct Found {
    pub(super) tasks: Vec<TaskView>,
    /// The projects and the current time.
    pub(super) stock: Stock,
}

impl<'a> Wanted<'a> {
    /// Reads standard input if requested.
    pub(super) fn new(args: &'a TaskArgs) -> Result<Self, Error> {
        Self::of(&args.named, &args.selection)
    }

    pub(super) fn of(names: &[String], selection: &'a Selection) -> Result<Self, Error> {
        let mut named = Vec::new();
        for name in names {
            match name.as_str() {
                "-" => named.extend(input()?),
                _ => named.push(name.clone()),
            }
        }
        let is_selected = !selection.is_empty();
        match (names.is_empty(), is_selected) {
            (true, false) => Err(Error::usage("no tasks given")
                .hint("give their numbers, ids or titles, or select them with options such as --tag errand")),
            (false, true) => {
                Err(Error::usage("tasks can be named or selected, but not both")
                    .hint("leave out the names or the options"))
            }
            _ => Ok(Self { named, selection, is_named: !names.is_empty() }),
        }
    }

    /// Finds all tasks before the first one is changed. Tasks with another status than the given one are found by id.
    pub(super) async fn find(
        &self,
        connection: &mut Connection,
        globals: &Globals,
        output: Output,
        status: StatusArg,
    ) -> Result<Found, Error> {
        match self.selection.status.unwrap_or(status) {
            StatusArg::Open => self.find_open(connection, globals, output).await,
            status => self.find_closed(connection, globals, output, status).await,
        }
    }

    async fn find_open(&self, connection: &mut Connection, globals: &Globals, output: Output) -> Result<Found, Error> {
        let found = self.search(connection, globals, output, &[]).await;
        match found {
            Err(error) if error.kind == Kind::NotFound && self.is_named => {
                let others = self.by_id(&connection.client).await?;
                if others.is_empty() { Err(error) } else { self.search(connection, globals, output, &others).await }
            }
            found => found,
        }
    }

    async fn search(
        &self,
        connection: &mut Connection,
        globals: &Globals,
        output: Output,
        others: &[Task],
    ) -> Result<Found, Error> {
        let find = |account: &Account, now: &ZonedDateTime| {
            let stock = Stock::of_tasks(account, now, others);
            let tasks = if self.is_named {
                refs::find_all(&self.named, &stock.tasks, now)?
            } else {
                select(globals, stock.tasks.clone(), self.selection, account, &stock.projects, now)?
            };
            Ok(Found { tasks, stock })
        };
        connection.find(globals, output, find).await
    }

    async fn find_closed(
        &self,
        connection: &mut Connection,
        globals: &Globals,
        output: Output,
        status: StatusArg,
    ) -> Result<Found, Error> {
        closed::refuse_filter(self.selection)?;
        let stock = connection
            .find(globals, output, |account, now| {
                Ok(Stock::of_tasks(account, now, &[]).with_tags(account, self.selection))
            })
            .await?;
        if !self.is_named {
            let limit = self.selection.limit.unwrap_or(usize::MAX);
            let (mut tasks, _) =
                closed::read(globals, output, connection, &stock, self.selection, &[status], limit).await?;
            if let Some(sort) = self.selection.sort {
                tasks = in_order(tasks, sort, &stock.projects, &stock.now);
            }
            return Ok(Found { tasks, stock });
        }
        let mut pool = Vec::new();
        if status != StatusArg::Trash {
            pool.extend(self.by_id(&connection.client).await?.iter().map(|task| stock.view(task)));
        }
        if status == StatusArg::Trash || self.named.iter().any(|name| refs::id_of(name).is_none()) {
            let everything = Selection { archived: true, ..Selection::default() };
            // A title can be that of any closed task.
            let is_any = self.selection.status.is_none() && status == StatusArg::Done;
            let any = [StatusArg::Done, StatusArg::WontDo];
            let statuses = if is_any { &any[..] } else { &[status] };
            let (closed, _) =
                closed::read(globals, output, connection, &stock, &everything, statuses, SEARCHED).await?;
            let is_new = |task: &TaskView| pool.iter().all(|other: &TaskView| other.task.id != task.task.id);
            let others: Vec<TaskView> = closed.into_iter().filter(is_new).collect();
            pool.extend(others);
        }
        let tasks = refs::find_all(&self.named, &pool, &stock.now)?;
        Ok(Found { tasks, stock })
    }

    /// Finds the tasks among the given ones.
    pub(super) fn select_from(
        &self,
        globals: &Globals,
        mut pool: Vec<TaskView>,
        stock: &Stock,
    ) -> Result<Vec<TaskView>, Error> {
        if self.is_named {
            return refs::find_all(&self.named, &pool, &stock.now);
        }
        closed::refuse_filter(self.selection)?;
        Selector::new(globals, self.selection, &stock.context(self.selection))?.keep(&mut pool)?;
        pool.truncate(self.selection.limit.unwrap_or(usize::MAX));
        Ok(pool)
    }

    /// Reads the tasks with the given ids.
    async fn by_id(&self, client: &Client) -> Result<Vec<Task>, Error> {
        let mut tasks = Vec::new();
        for id in self.named.iter().filter_map(|name| refs::id_of(name)) {
            match client.task().get(id.as_str()).await {
                Ok(task) => tasks.push(task),
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(tasks)
    }

    /// Asks before a command changes several tasks that were not named one by one. `{}` in the action stands for the tasks.
    pub(super) fn confirm(&self, globals: &Globals, action: &str, tasks: &[TaskView]) -> Result<(), Error> {
        if self.is_named {
            return Ok(());
        }
        let count = plural(tasks.len(), "task");
        match (self.whole_project(), tasks) {
            (Some(name), [first, _, ..]) if tasks.len() <= ask::FEW => {
                let what = format!("{count} of project {}", first.task.project.name);
                ask::confirm_whole(globals, &action.replace("{}", &what), name)
            }
            _ => ask::confirm(globals, &action.replace("{}", &count), tasks.len()),
        }
    }

    /// Returns the project if the selection is a whole one.
    fn whole_project(&self) -> Option<&str> {
        let Selection { projects, tags, priorities, due, text, filter, .. } = self.selection;
        let is_whole = tags.is_empty() && priorities.is_empty() && due.is_none() && text.is_none() && filter.is_none();
        match projects.as_slice() {
            [project] if is_whole && self.selection.limit.is_none() => Some(project),
            _ => None,
        }
    }
}

impl Found {
    pub(super) fn ids(&self) -> Vec<TaskId> {
        self.tasks.iter().map(|task| task.task.id.as_str().into()).collect()
    }

    /// Finds the task of an item of a report.
    pub(super) fn named(&self, id: &str) -> Option<&TaskView> {
        self.tasks.iter().find(|task| task.task.id == id)
    }

    /// Describes what a batch has written. `line` describes one task, `all` many, such as `62 tasks completed`.
    pub(super) fn report(
        &self,
        report: &BatchReport,
        line: impl Fn(&TaskView, &BatchItem) -> String,
        done: &str,
    ) -> Written<cli::Task> {
        let mut written = Written::all(Vec::new(), Vec::new());
        self.add_report(&mut written, report, line);
        summarize(&mut written, done);
        written
    }

    /// Adds what a batch has written. An entry of a task that was written before is replaced.
    pub(super) fn add_report(
        &self,
        written: &mut Written<cli::Task>,
        report: &BatchReport,
        line: impl Fn(&TaskView, &BatchItem) -> String,
    ) {
        for item in report.items() {
            let named = self.named(item.id.as_str());
            match &item.result {
                Ok(task) => {
                    let mut view = self.stock.view(task);
                    if let (Some(next), Some(named)) = (item.next(), named) {
                        // The stored task can be the completed copy of one occurrence.
                        view.task.id.clone_from(&named.task.id);
                        let next = When::new(next.clone(), self.stock.now.time_zone());
                        view.task.next = next.and_then(|next| next.view());
                    }
                    put(written, line(&view, item), view.task);
                }
                Err(error) => {
                    let title = named.map(|task| task.task.title.as_str()).or(item.title()).unwrap_or_default();
                    written.fail(title, error.clone().into());
                }
            }
        }
    }
}

/// Adds a task with its line. If the task was written before, it is replaced.
pub(super) fn put(written: &mut Written<cli::Task>, line: String, task: cli::Task) {
    match written.data.iter().position(|other| other.id == task.id) {
        Some(at) => {
            written.data[at] = task;
            written.lines[at] = line;
        }
        None => {
            written.data.push(task);
            written.lines.push(line);
        }
    }
}

/// Replaces many lines by one.
pub(super) fn summarize(written: &mut Written<cli::Task>, done: &str) {
    summarize_as(written, |count| format!("{} {done}", plural(count, "task")));
}

/// Replaces many lines by the given one, which contains their number.
pub(super) fn summarize_as(written: &mut Written<cli::Task>, line: impl Fn(usize) -> String) {
    if written.lines.len() > LISTED {
        written.lines = vec![line(written.lines.len())];
    }
}
