//! `ticktick rm` and `ticktick restore`.

mod family;

use std::collections::HashSet;

use ticktick::Task;
use ticktick::mirror::ChangeAction;

use self::family::reunite;
use super::find::{Found, Wanted, summarize, summarize_as};
use crate::args::{Globals, RestoreArgs, StatusArg, TaskArgs};
use crate::ask;
use crate::cmd::project_view;
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::numbers::{self, Deleted};
use crate::output::Output;
use crate::stock::Stock;
use crate::text::plural;
use crate::written::{Written, write};

/// The end of the help of `ticktick rm`.
pub(super) const MORE: &str = "Also moves the open subtasks to the trash, and asks first unless you selected them too.";

/// How many writes of the journal are searched for the latest deletion.
const SEARCHED: usize = 200;

pub(super) async fn remove(globals: &Globals, args: &TaskArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(args)?;
    let work = async |connection: &mut Connection| {
        let mut found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        let subtasks = family::add_subtasks(&mut found);
        match subtasks {
            0 => wanted.confirm(globals, "move {} to the trash", &found.tasks)?,
            // The user has not named them.
            _ => {
                let all = found.tasks.len();
                ask::confirm(globals, &format!("move {}to the trash", counted(all, subtasks)), all)?;
            }
        }
        connection.name_with("rm", &found.tasks);
        delete(connection, globals, &found, subtasks).await
    };
    write(globals, output, work).await
}

/// Returns the number of tasks, such as `4 tasks, including 3 subtasks, `.
fn counted(all: usize, subtasks: usize) -> String {
    match subtasks {
        0 => format!("{} ", plural(all, "task")),
        _ => format!("{}, including {}, ", plural(all, "task"), plural(subtasks, "subtask")),
    }
}

async fn delete(
    connection: &mut Connection,
    globals: &Globals,
    found: &Found,
    subtasks: usize,
) -> Result<Written<cli::Task>, Error> {
    let report = connection.client.task().batch().delete(found.ids()).send().await?;
    let mut written = Written::all(Vec::new(), Vec::new());
    found.add_report(&mut written, &report, |task, _| format!("{} to the trash", task.task.title));
    let subtasks = if written.failure.is_none() { subtasks } else { 0 };
    summarize_as(&mut written, |all| format!("{}to the trash", counted(all, subtasks)));
    for task in &mut written.data {
        task.status = cli::TaskStatus::Trashed;
    }
    if !globals.write.dry_run && !written.data.is_empty() {
        let parent_of = |id: &str| found.named(id).and_then(|task| task.task.parent.clone());
        let deleted = written.data.iter().map(|task| Deleted { id: task.id.clone(), parent: parent_of(&task.id) });
        numbers::remember_deleted(deleted);
        written.undo = Some("ticktick task restore --last");
    }
    Ok(written)
}

pub(super) async fn restore(globals: &Globals, args: &RestoreArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let has_selection = !args.tasks.selection.is_empty();
    if args.last && has_selection {
        return Err(Error::usage("--last already selects the tasks").hint("leave out the other options"));
    }
    let wanted = if args.last { None } else { Some(Wanted::new(&args.tasks)?) };
    let work = async |connection: &mut Connection| {
        let to = args.to.as_deref();
        let (project, stock) = connection
            .find(globals, output, |account, now| {
                let stock = Stock::of_tasks(account, now, &[]).with_tags(account, &args.tasks.selection);
                let project = to.map(|name| project_view::find(name, &stock.projects).cloned()).transpose()?;
                Ok((project, stock))
            })
            .await?;
        let trash = connection.client.task().trash().await?;
        let (tasks, deleted) = match &wanted {
            Some(wanted) => {
                let found = wanted.select_from(globals, trash.iter().map(|task| stock.view(task)).collect(), &stock)?;
                wanted.confirm(globals, "restore {}", &found)?;
                let ids: HashSet<&str> = found.iter().map(|task| task.task.id.as_str()).collect();
                (trash.iter().filter(|task| ids.contains(task.id.as_str())).cloned().collect(), Vec::new())
            }
            None => last(connection, &trash)?,
        };
        let mut written = restored(connection, &stock, tasks, project.as_ref()).await?;
        reunite(connection, &stock, &mut written, &deleted).await?;
        summarize(&mut written, "restored");
        Ok(written)
    };
    write(globals, output, work).await
}

/// Returns the tasks that the latest command deleted and that are still in the trash, and what that command deleted.
fn last(connection: &Connection, trash: &[Task]) -> Result<(Vec<Task>, Vec<Deleted>), Error> {
    let deleted = journaled(connection)?.unwrap_or_else(numbers::deleted);
    let ids: HashSet<&str> = deleted.iter().map(|task| task.id.as_str()).collect();
    let tasks: Vec<Task> = trash.iter().filter(|task| ids.contains(task.id.as_str())).cloned().collect();
    if tasks.is_empty() {
        return Err(Error::new(Kind::NotFound, "no command on this machine has deleted a task that is in the trash")
            .hint("`ticktick task trash` lists the trash; name the tasks to restore"));
    }
    Ok((tasks, deleted))
}

/// Returns what the latest command deleted according to the journal; `None` if the journal is missing or empty.
fn journaled(connection: &Connection) -> Result<Option<Vec<Deleted>>, Error> {
    let Some(mirror) = &connection.mirror else { return Ok(None) };
    let is_deletion =
        |change: &&ticktick::mirror::Change| change.kind == "task" && change.action == ChangeAction::Delete;
    let journal = mirror.journal(SEARCHED)?;
    let Some(latest) =
        journal.iter().find(|entry| entry.undoes.is_none() && entry.changes.iter().any(|one| is_deletion(&one)))
    else {
        return Ok(None);
    };
    // A command that deletes many tasks has several writes.
    let same =
        journal.iter().skip_while(|entry| entry.id != latest.id).take_while(|entry| entry.command == latest.command);
    let changes = same.flat_map(|entry| &entry.changes).filter(is_deletion);
    Ok(Some(changes.map(family::deleted).collect()))
}

async fn restored(
    connection: &mut Connection,
    stock: &Stock,
    tasks: Vec<Task>,
    project: Option<&project_view::ProjectView>,
) -> Result<Written<cli::Task>, Error> {
    let views: Vec<_> = tasks.iter().map(|task| stock.view(task)).collect();
    connection.name_with("restore", &views);
    let tasks = tasks.into_iter().map(|mut task| {
        if let Some(project) = project {
            task.project_id = project.id.as_str().into();
        }
        task
    });
    let restored = connection.client.task().restore_all(tasks).await?;
    let mut written = Written::all(Vec::new(), Vec::new());
    for task in &restored {
        let mut view = stock.view(task);
        if view.task.status == cli::TaskStatus::Trashed {
            view.task.status = cli::TaskStatus::Open;
        }
        written.lines.push(format!("{} back in {}", view.task.title, view.project_path));
        written.data.push(view.task);
    }
    Ok(written)
}
