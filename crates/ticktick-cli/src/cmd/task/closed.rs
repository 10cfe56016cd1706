//! Closed tasks and those in the trash, which a sync omits.

use ticktick::task::History;
use ticktick::{Client, Task};

use crate::args::{Globals, Selection, StatusArg};
use crate::cmd::task_row::Row;
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::TaskStatus;
use crate::listed::{Listed, in_order};
use crate::mirror::{self, Reader};
use crate::output::Output;
use crate::select::Selector;
use crate::stock::{Needs, Stock};

/// How many tasks are listed by default.
const LIMIT: usize = 50;
/// Maximum number of closed tasks to read while the selection matches too few of them.
const MOST: usize = 2_000;

/// Closed tasks, latest first.
pub(super) struct Closed {
    pub(super) stock: Stock,
    pub(super) tasks: Vec<TaskView>,
    pub(super) more: bool,
}

/// Lists closed or deleted tasks, from the service unless nothing may be sent.
pub(super) async fn list(
    globals: &Globals,
    selection: &Selection,
    status: StatusArg,
    output: Output,
) -> Result<Closed, Error> {
    refuse_filter(selection)?;
    let limit = selection.limit.unwrap_or(LIMIT);
    if globals.mirror.offline {
        return offline(globals, selection, status, limit, output).await;
    }
    let mut connection = mirror::connect(globals, output).await?;
    let stock = connection
        .find(globals, output, |account, now| Ok(Stock::of(account, now).with_tags(account, selection)))
        .await?;
    let (mut tasks, more) = read(globals, output, &connection, &stock, selection, &[status], limit).await?;
    connection.close()?;
    if let Some(sort) = selection.sort {
        tasks = in_order(tasks, sort, &stock.projects, &stock.now);
    }
    Ok(Closed { stock, tasks, more })
}

/// Refuses a saved filter, which the client can only apply to open tasks.
pub(super) fn refuse_filter(selection: &Selection) -> Result<(), Error> {
    match &selection.filter {
        None => Ok(()),
        Some(_) => Err(Error::usage("--filter selects only open tasks").hint("leave out --status or --filter")),
    }
}

/// Reads the selected tasks, latest first, until there are as many as the limit.
pub(super) async fn read(
    globals: &Globals,
    output: Output,
    connection: &Connection,
    stock: &Stock,
    selection: &Selection,
    statuses: &[StatusArg],
    limit: usize,
) -> Result<(Vec<TaskView>, bool), Error> {
    let selector = Selector::new(globals, selection, &stock.context(selection))?;
    let mut source = Source::new(&connection.client, statuses).await?;
    let (mut found, mut seen) = (Vec::new(), 0);
    while let Some(task) = source.next(output).await? {
        found.extend(Some(stock.view(&task)).filter(|task| selector.matches(task)));
        seen += 1;
        if found.len() > limit || seen == MOST {
            break;
        }
    }
    let more = found.len() > limit || seen == MOST;
    found.truncate(limit);
    selector.finish(found.len())?;
    Ok((found, more))
}

/// The source of closed tasks.
enum Source<'a> {
    /// Completed tasks, or only those that were closed as won't do.
    History {
        history: History<'a>,
        only_given_up: bool,
    },
    Trash(std::vec::IntoIter<Task>),
}

impl<'a> Source<'a> {
    async fn new(client: &'a Client, statuses: &[StatusArg]) -> Result<Self, Error> {
        if statuses.contains(&StatusArg::Trash) {
            return Ok(Self::Trash(client.task().trash().await?.into_iter()));
        }
        let history = client.task().history(..);
        Ok(match statuses {
            [StatusArg::Done] => Self::History { history: history.completed(), only_given_up: false },
            _ => Self::History { history, only_given_up: statuses == [StatusArg::WontDo] },
        })
    }

    async fn next(&mut self, output: Output) -> Result<Option<Task>, Error> {
        let (history, only_given_up) = match self {
            Self::Trash(tasks) => return Ok(tasks.next()),
            Self::History { history, only_given_up } => (history, *only_given_up),
        };
        loop {
            match history.try_next().await {
                Ok(Some(task)) if only_given_up && !task.is_wont_do() => {}
                // Earlier tasks follow those that the service does not send.
                Err(error @ ticktick::Error::Unsupported { .. }) => {
                    output.note("warning", &format!("tasks are missing: {}", Error::from(error).message));
                }
                next => return Ok(next?),
            }
        }
    }
}

/// Lists the closed tasks in the mirror.
async fn offline(
    globals: &Globals,
    selection: &Selection,
    status: StatusArg,
    limit: usize,
    output: Output,
) -> Result<Closed, Error> {
    let wanted = match status {
        StatusArg::WontDo => TaskStatus::WontDo,
        StatusArg::Trash => return Err(Error::usage("the mirror does not contain the trash; leave out --offline")),
        _ => TaskStatus::Completed,
    };
    let Reader::Mirror(local) = mirror::reader(globals, output).await? else {
        return Err(Error::usage("the demo keeps no mirror, so --offline has nothing to read"));
    };
    let tags = !selection.tags.is_empty();
    let stock = Stock::of_rows(&local, Needs { texts: true, projects: true, closed: true, tags, ..Needs::default() })?;
    let mut rows = stock.rows();
    rows.retain(|task| task.status() == wanted);
    Selector::new(globals, selection, &stock.context(selection))?.keep(&mut rows)?;
    output.note("note", "offline, only closed tasks that were read before are listed");
    // As from the service, the limit applies to the latest ones.
    rows.sort_by_key(|task| std::cmp::Reverse(task.completed()));
    let more = rows.len() > limit;
    rows.truncate(limit);
    if let Some(sort) = selection.sort {
        rows = in_order(rows, sort, &stock.projects, &stock.now);
    }
    let tasks = rows.iter().map(Row::view).collect();
    Ok(Closed { stock, tasks, more })
}
