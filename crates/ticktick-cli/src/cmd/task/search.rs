//! `ticktick search`.

use ticktick::Task;

use crate::args::{Globals, SearchArgs, Selection, StatusArg};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::TaskStatus;
use crate::listed::in_order;
use crate::mirror::{self, Failure, Local, Reader};
use crate::output::Output;
use crate::select::Selector;
use crate::stock::{Needs, Part, Stock};

/// How many tasks the mirror returns at most, before the selection is applied.
const MOST: usize = 1_000;
/// How many tasks are listed by default.
const LIMIT: usize = 50;

/// What a search found.
pub(super) struct Found {
    pub(super) stock: Stock,
    /// Best match first.
    pub(super) tasks: Vec<TaskView>,
    /// Whether there are more tasks than the limit.
    pub(super) more: bool,
}

/// Finds open and closed tasks.
pub(super) async fn found(globals: &Globals, args: &SearchArgs, output: Output) -> Result<Found, Error> {
    let words = args.words.join(" ");
    let selection = &args.selection;
    let limit = selection.limit.unwrap_or(LIMIT);
    let (stock, mut tasks) = match mirror::reader(globals, output).await? {
        Reader::Mirror(local) => match in_mirror(globals, local, &words, selection, limit).await {
            // A search adds changed texts to the index.
            Err(Failure::Place(error)) => {
                on_service(globals, mirror::instead(error, globals, output)?, &words, selection).await?
            }
            found => found?,
        },
        Reader::Service(connection) => on_service(globals, connection, &words, selection).await?,
    };
    if let Some(sort) = selection.sort {
        tasks = in_order(tasks, sort, &stock.projects, &stock.now);
    }
    let more = tasks.len() > limit;
    tasks.truncate(limit);
    Ok(Found { stock, tasks, more })
}

async fn on_service(
    globals: &Globals,
    connection: Connection,
    words: &str,
    selection: &Selection,
) -> Result<(Stock, Vec<TaskView>), Error> {
    let tasks = connection.client.search().everywhere(words).await?;
    let stock = Stock::of_account(Reader::Service(connection).snapshot().await?);
    let selected = selected(globals, &tasks, selection, &stock)?;
    Ok((stock, selected))
}

/// Searches the mirror, and reads only what the selection needs.
async fn in_mirror(
    globals: &Globals,
    local: Local,
    words: &str,
    selection: &Selection,
    limit: usize,
) -> Result<(Stock, Vec<TaskView>), Failure> {
    let mirror = local.mirror.clone();
    let tags = !selection.tags.is_empty();
    let projects = !selection.projects.is_empty();
    let mut stock = if selection.filter.is_some() {
        Stock::of_account(Reader::Mirror(local).snapshot().await?)
    } else {
        let part = if tags { Part::All } else { Part::Nothing };
        Stock::of_rows(&local, Needs { part, projects, tags, ..Needs::default() })?
    };
    let has_all = projects || tags || selection.filter.is_some();
    // The best matches are enough, unless another order is selected or the selection excludes many of them.
    let mut few = if selection.sort.is_none() { (limit.saturating_add(limit / 4 + 4)).min(MOST) } else { MOST };
    loop {
        let found = mirror.search(words, few)?;
        if !has_all {
            stock.add_projects(&mirror, &found)?;
        }
        let tasks = selected(globals, &found, selection, &stock)?;
        if found.len() < few || few == MOST || tasks.len() > limit {
            return Ok((stock, tasks));
        }
        few = few.saturating_mul(4).min(MOST);
    }
}

/// Returns the selected tasks among the results.
fn selected(globals: &Globals, found: &[Task], selection: &Selection, stock: &Stock) -> Result<Vec<TaskView>, Error> {
    let mut tasks = TaskView::all(found, &stock.projects, &stock.now);
    tasks.retain(|task| has_status(task, selection.status));
    Selector::new(globals, selection, &stock.context(selection))?.keep(&mut tasks)?;
    Ok(tasks)
}

/// Without the option, finds open and closed tasks, but none in the trash.
fn has_status(task: &TaskView, wanted: Option<StatusArg>) -> bool {
    match wanted {
        None => task.task.status != TaskStatus::Trashed,
        Some(StatusArg::Open) => task.task.status == TaskStatus::Open,
        Some(StatusArg::Done) => task.task.status == TaskStatus::Completed,
        Some(StatusArg::WontDo) => task.task.status == TaskStatus::WontDo,
        Some(StatusArg::Trash) => task.task.status == TaskStatus::Trashed,
    }
}
