//! `ticktick move` and `ticktick task order`.

use std::collections::HashSet;

use ticktick::TaskId;
use ticktick::column::ColumnId;
use ticktick::task::{BatchItem, TaskPatch};

use super::fields::{column_of, parent_of};
use super::find::{Found, Wanted, summarize};
use crate::args::{Globals, MoveArgs, OrderArgs, Selection, StatusArg};
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::written::{Written, write};

pub(super) async fn relocate(globals: &Globals, args: &MoveArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    if args.to.is_none() && args.column.is_none() && args.parent.is_none() {
        return Err(Error::usage("the destination of the tasks is missing")
            .hint("use --to PROJECT, --column COLUMN or --parent TASK"));
    }
    let wanted = Wanted::new(&args.tasks)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        let project =
            args.to.as_deref().map(|name| project_view::find(name, &found.stock.projects)).transpose()?.cloned();
        if let Some(parent) = &args.parent {
            let parent = parent_of(connection, globals, output, parent).await?;
            wanted.confirm(globals, "move {}", &found.tasks)?;
            return below(connection, &found, parent.as_ref()).await;
        }
        let column = match &args.column {
            Some(column) => Some(column_of(connection, column, &target(&found, project.as_ref())?).await?),
            None => None,
        };
        let place = project.as_ref().map_or_else(String::new, |project| format!(" to {}", project.name));
        wanted.confirm(globals, &format!("move {{}}{place}"), &found.tasks)?;
        connection.name_with("move", &found.tasks);
        moved(connection, &found, project.as_ref(), column).await
    };
    write(globals, output, work).await
}

/// Returns the project of the column: the one that the tasks are moved to, or the one that contains all of them.
pub(super) fn target(found: &Found, to: Option<&ProjectView>) -> Result<ProjectView, Error> {
    let first = found.tasks.first().map(|task| task.task.project.id.as_str());
    let is_one = found.tasks.iter().all(|task| Some(task.task.project.id.as_str()) == first);
    match (to, first.and_then(|id| found.stock.project(id))) {
        (Some(to), _) => Ok(to.clone()),
        (None, Some(project)) if is_one => Ok(project.clone()),
        _ => Err(Error::usage("the tasks are in different projects")
            .hint("use --to PROJECT to say which project has the column")),
    }
}

/// Moves tasks to a project, and then into a column of it.
pub(super) async fn moved(
    connection: &mut Connection,
    found: &Found,
    project: Option<&ProjectView>,
    column: Option<Option<ColumnId>>,
) -> Result<Written<cli::Task>, Error> {
    let mut written = Written::all(Vec::new(), Vec::new());
    let line = |task: &TaskView, _: &BatchItem| format!("{} to {}", task.task.title, task.project_path);
    let mut batch = connection.client.task().batch();
    if let Some(project) = project {
        let (family, alone) = families(found);
        for task in family {
            let id = TaskId::from(task.task.id.as_str());
            match connection.client.task().move_to(id, project.id.as_str()).await {
                Ok(task) => {
                    let view = found.stock.view(&task);
                    written.lines.push(format!("{} to {}", view.task.title, view.project_path));
                    written.data.push(view.task);
                }
                Err(error) => written.fail(&task.task.title, error.into()),
            }
        }
        batch = batch.move_to(alone.iter().map(|task| TaskId::from(task.task.id.as_str())), project.id.as_str());
    }
    if let Some(column) = column {
        let patch = TaskPatch::new();
        let patch = match column {
            Some(column) => patch.column(column),
            None => patch.clear_column(),
        };
        batch = batch.patch(found.ids(), patch);
    }
    found.add_report(&mut written, &batch.send().await?, line);
    summarize(&mut written, "moved");
    Ok(written)
}

/// Separates the tasks that have a parent or subtasks, because those must be moved one by one, together with their
/// subtasks. Tasks whose parent is moved go with it.
fn families(found: &Found) -> (Vec<&TaskView>, Vec<&TaskView>) {
    let parents: HashSet<&str> = found.stock.tasks.iter().filter_map(|task| task.task.parent.as_deref()).collect();
    let moved: HashSet<&str> = found.tasks.iter().map(|task| task.task.id.as_str()).collect();
    let goes_along = |task: &&TaskView| task.task.parent.as_deref().is_some_and(|parent| moved.contains(parent));
    let is_related = |task: &&TaskView| task.task.parent.is_some() || parents.contains(task.task.id.as_str());
    found.tasks.iter().filter(|task| !goes_along(task)).partition(is_related)
}

/// Makes tasks the subtasks of another one, or top-level tasks.
pub(super) async fn below(
    connection: &mut Connection,
    found: &Found,
    parent: Option<&TaskView>,
) -> Result<Written<cli::Task>, Error> {
    connection.name_with("move", &found.tasks);
    if let Some(parent) = parent {
        let to = TaskId::from(parent.task.id.as_str());
        let report = connection.client.task().batch().set_parent(found.ids(), &to).send().await?;
        let line = |task: &TaskView, _: &BatchItem| format!("{} below {}", task.task.title, parent.task.title);
        return Ok(found.report(&report, line, "moved"));
    }
    let mut written = Written::all(Vec::new(), Vec::new());
    for task in &found.tasks {
        match connection.client.task().unset_parent(TaskId::from(task.task.id.as_str())).await {
            Ok(task) => {
                let view = found.stock.view(&task);
                written.lines.push(format!("{} on its own", view.task.title));
                written.data.push(view.task);
            }
            Err(error) => written.fail(&task.task.title, error.into()),
        }
    }
    summarize(&mut written, "moved");
    Ok(written)
}

pub(super) async fn order(globals: &Globals, args: &OrderArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let neighbor = args.before.as_ref().or(args.after.as_ref());
    let mut names = vec![args.task.clone()];
    names.extend(neighbor.cloned());
    let everything = Selection::default();
    let wanted = Wanted::of(&names, &everything)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        connection.name_with("order", &found.tasks);
        let tasks = connection.client.task();
        let ids = found.ids();
        let task = match ids.as_slice() {
            [task, neighbor] if args.before.is_some() => tasks.move_before(task, neighbor).await?,
            [task, neighbor] => tasks.move_after(task, neighbor).await?,
            [task] if args.top => tasks.move_to_top(task).await?,
            [task] if args.bottom => tasks.move_to_bottom(task).await?,
            _ => return Err(Error::usage("a task cannot be placed beside itself")),
        };
        let view = found.stock.view(&task);
        let place = match (found.tasks.get(1), args.top) {
            (Some(neighbor), _) if args.before.is_some() => format!("before {}", neighbor.task.title),
            (Some(neighbor), _) => format!("after {}", neighbor.task.title),
            (None, true) => format!("at the top of {}", view.project_path),
            (None, false) => format!("at the bottom of {}", view.project_path),
        };
        let line = format!("{} {place}", view.task.title);
        Ok(Written::one(view.task, line))
    };
    write(globals, output, work).await
}
