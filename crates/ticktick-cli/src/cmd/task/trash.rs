//! `ticktick rm` and `ticktick restore`.

use std::collections::HashSet;

use ticktick::Task;
use ticktick::mirror::ChangeAction;

use super::find::{Found, Wanted, summarize};
use crate::args::{Globals, RestoreArgs, StatusArg, TaskArgs};
use crate::cmd::project_view;
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::numbers;
use crate::output::Output;
use crate::stock::Stock;
use crate::written::{Written, write};

/// How many writes of the journal are searched for the latest deletion.
const SEARCHED: usize = 200;

pub(super) async fn remove(globals: &Globals, args: &TaskArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(args)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        wanted.confirm(globals, "move {} to the trash", &found.tasks)?;
        connection.name_with("rm", &found.tasks);
        delete(connection, globals, &found).await
    };
    write(globals, output, work).await
}

async fn delete(connection: &mut Connection, globals: &Globals, found: &Found) -> Result<Written<cli::Task>, Error> {
    let report = connection.client.task().batch().delete(found.ids()).send().await?;
    let mut written = found.report(&report, |task, _| format!("{} to the trash", task.task.title), "to the trash");
    for task in &mut written.data {
        task.status = cli::TaskStatus::Trashed;
    }
    if !globals.write.dry_run && !written.data.is_empty() {
        numbers::remember_deleted(written.data.iter().map(|task| task.id.as_str()));
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
                let stock = Stock::of(account, now).with_tags(account, &args.tasks.selection);
                let project = to.map(|name| project_view::find(name, &stock.projects).cloned()).transpose()?;
                Ok((project, stock))
            })
            .await?;
        let trash = connection.client.task().trash().await?;
        let tasks = match &wanted {
            Some(wanted) => {
                let found = wanted.select_from(globals, trash.iter().map(|task| stock.view(task)).collect(), &stock)?;
                wanted.confirm(globals, "restore {}", &found)?;
                let ids: HashSet<&str> = found.iter().map(|task| task.task.id.as_str()).collect();
                trash.iter().filter(|task| ids.contains(task.id.as_str())).cloned().collect()
            }
            None => last(connection, &trash)?,
        };
        restored(connection, &stock, tasks, project.as_ref()).await
    };
    write(globals, output, work).await
}

/// Returns the tasks that the latest command deleted and that are still in the trash.
fn last(connection: &Connection, trash: &[Task]) -> Result<Vec<Task>, Error> {
    let ids = journaled(connection)?.unwrap_or_else(numbers::deleted);
    let tasks: Vec<Task> = trash.iter().filter(|task| ids.contains(&task.id.to_string())).cloned().collect();
    if tasks.is_empty() {
        return Err(Error::new(Kind::NotFound, "no command on this machine has deleted a task that is in the trash")
            .hint("`ticktick task trash` lists the trash; name the tasks to restore"));
    }
    Ok(tasks)
}

/// Returns what the latest command deleted according to the journal; `None` if the journal is missing or empty.
fn journaled(connection: &Connection) -> Result<Option<Vec<String>>, Error> {
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
    Ok(Some(changes.map(|change| change.id.clone()).collect()))
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
    summarize(&mut written, "restored");
    Ok(written)
}
