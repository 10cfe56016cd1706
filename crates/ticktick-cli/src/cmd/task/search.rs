//! `ticktick search`.

use super::list::List;
use crate::args::{Globals, SearchArgs, StatusArg};
use crate::cmd::task_view::TaskView;
use crate::error::Error;
use crate::generated::cli::TaskStatus;
use crate::mirror::{self, Reader};
use crate::output::Output;
use crate::select::{Selector, in_order};
use crate::stock::Stock;

/// How many tasks the mirror returns at most, before the selection is applied.
const MOST: usize = 1_000;
/// How many tasks are listed by default.
const LIMIT: usize = 50;

/// Finds open and closed tasks, best match first.
pub(super) async fn found(globals: &Globals, args: &SearchArgs, output: Output) -> Result<(Stock, List), Error> {
    let words = args.words.join(" ");
    let (tasks, snapshot) = match mirror::reader(globals, output).await? {
        Reader::Mirror(local) => (local.mirror.search(&words, MOST)?, Reader::Mirror(local).snapshot().await?),
        Reader::Service(connection) => {
            let tasks = connection.client.search().everywhere(&words).await?;
            (tasks, Reader::Service(connection).snapshot().await?)
        }
    };
    let mut stock = Stock::of_account(snapshot);
    stock.tasks = TaskView::all(&tasks, &stock.projects, &stock.now);
    let mut tasks = std::mem::take(&mut stock.tasks);
    tasks.retain(|task| has_status(task, args.selection.status));
    let selector = Selector::new(&args.selection, &stock.context())?;
    tasks.retain(|task| selector.matches(task));
    if let Some(sort) = args.selection.sort {
        tasks = in_order(tasks, sort, &stock.projects, &stock.now);
    }
    let limit = args.selection.limit.unwrap_or(LIMIT);
    let more = tasks.len() > limit;
    tasks.truncate(limit);
    Ok((stock, List { tasks, is_grouped: false, hint: String::new(), more }))
}

/// Without the option, open and closed tasks are found, and none in the trash.
fn has_status(task: &TaskView, wanted: Option<StatusArg>) -> bool {
    match wanted {
        None => task.task.status != TaskStatus::Trashed,
        Some(StatusArg::Open) => task.task.status == TaskStatus::Open,
        Some(StatusArg::Done) => task.task.status == TaskStatus::Completed,
        Some(StatusArg::WontDo) => task.task.status == TaskStatus::WontDo,
        Some(StatusArg::Trash) => task.task.status == TaskStatus::Trashed,
    }
}
