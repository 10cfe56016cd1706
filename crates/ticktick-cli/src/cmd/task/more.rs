//! `ticktick task convert`, `assign` and `remind`, and `ticktick open`.

use std::io::{self, IsTerminal};
use std::process::Stdio;

use jiff::civil::Weekday;
use ticktick::task::{BatchItem, TaskKind, TaskPatch};
use ticktick::{Due, Region, TaskId};

use super::fields::{assignee, triggers};
use super::find::{Found, Wanted, summarize};
use crate::answer::Answer;
use crate::args::{AssignArgs, ConvertArgs, Globals, KindArg, RemindArgs, StatusArg, TaskArgs};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::mirror;
use crate::output::Output;
use crate::shell;
use crate::when;
use crate::written::{Written, write};

pub(super) async fn convert(globals: &Globals, args: &ConvertArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(&args.tasks)?;
    let (kind, name) = match args.to {
        KindArg::Text => (TaskKind::Text, "a text"),
        KindArg::Checklist => (TaskKind::Checklist, "a checklist"),
        KindArg::Note => (TaskKind::Note, "a note"),
    };
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        wanted.confirm(globals, &format!("convert {{}} to {name}"), &found.tasks)?;
        connection.name_with("convert", &found.tasks);
        let client = connection.client.clone();
        let convert = async |id: TaskId| client.task().convert(id, kind.clone()).await;
        one_by_one(&found, convert, |task| format!("{} is {name} now", task.task.title), "converted").await
    };
    write(globals, output, work).await
}

pub(super) async fn assign(globals: &Globals, args: &AssignArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(&args.tasks)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        let Some(first) = found.tasks.first() else { return Ok(Written::all(Vec::new(), Vec::new())) };
        if found.tasks.iter().any(|task| task.task.project.id != first.task.project.id) {
            return Err(
                Error::usage("the tasks are in different projects").hint("assign those of one project at a time")
            );
        }
        let member = assignee(connection, &args.to, &first.task.project.id).await?;
        wanted.confirm(globals, "assign {}", &found.tasks)?;
        connection.name_with("assign {}", &found.tasks);
        let client = connection.client.clone();
        let assign = async |id: TaskId| {
            let task = client.task().get(id).await?;
            match &member {
                Some(member) => client.task().assign(&task, member.id).await,
                None => client.task().unassign(&task).await,
            }
        };
        let name = member.as_ref().map_or("nobody", |member| member.name.as_str());
        one_by_one(&found, assign, |task| format!("{} is assigned to {name}", task.task.title), "assigned").await
    };
    write(globals, output, work).await
}

/// Writes tasks with one call each.
async fn one_by_one(
    found: &Found,
    write: impl AsyncFn(TaskId) -> Result<ticktick::Task, ticktick::Error>,
    line: impl Fn(&TaskView) -> String,
    done: &str,
) -> Result<Written<cli::Task>, Error> {
    let mut written = Written::all(Vec::new(), Vec::new());
    for task in &found.tasks {
        match write(TaskId::from(task.task.id.as_str())).await {
            Ok(stored) => {
                let view = found.stock.view(&stored);
                written.lines.push(line(&view));
                written.data.push(view.task);
            }
            Err(error) => written.fail(&task.task.title, error.into()),
        }
    }
    summarize(&mut written, done);
    Ok(written)
}

pub(super) async fn remind(globals: &Globals, args: &RemindArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(&args.tasks)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        let quick = when::quick(globals, &found.stock.now, Weekday::Monday);
        let patches = found.tasks.iter().map(|task| {
            let due: Option<&Due> = task.when.as_ref().map(|when| when.due());
            Ok((TaskId::from(task.task.id.as_str()), TaskPatch::new().reminders(triggers(&quick, &args.at, due)?)))
        });
        let patches = patches.collect::<Result<Vec<_>, Error>>()?;
        wanted.confirm(globals, "set the reminders of {}", &found.tasks)?;
        connection.name_with("remind", &found.tasks);
        let batch = connection.client.task().batch();
        let batch = patches.into_iter().fold(batch, |batch, (id, patch)| batch.patch([id], patch));
        let report = batch.send().await?;
        let line = |task: &TaskView, _: &BatchItem| match task.task.reminders.len() {
            0 => format!("{} without reminders", task.task.title),
            count => format!("{} with {}", task.task.title, crate::text::plural(count, "reminder")),
        };
        Ok(found.report(&report, line, "changed"))
    };
    write(globals, output, work).await
}

pub(super) async fn open(globals: &Globals, args: &TaskArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(args)?;
    let mut connection = mirror::connect(globals, output).await?;
    let found = wanted.find(&mut connection, globals, output, StatusArg::Open).await?;
    wanted.confirm(globals, "open {}", &found.tasks)?;
    let site = site(connection.client.region());
    connection.close()?;
    let address = |task: &TaskView| cli::Address {
        id: task.task.id.clone(),
        title: task.task.title.clone(),
        address: format!("{site}/webapp/#p/{}/tasks/{}", task.task.project.id, task.task.id),
    };
    let addresses: Vec<cli::Address> = found.tasks.iter().map(address).collect();
    let is_terminal = io::stdout().is_terminal() && output.is_for_people();
    let shown = !is_terminal || !addresses.iter().all(|one| browse(&one.address));
    if shown {
        return Answer::new(addresses)
            .print(globals, |all| all.iter().map(|one| one.address.clone()).collect::<Vec<_>>());
    }
    Ok(())
}

/// Returns the address of the web app.
fn site(region: &Region) -> String {
    match region {
        Region::TickTick => "https://ticktick.com".to_owned(),
        Region::Dida365 => "https://dida365.com".to_owned(),
        other => other.to_string().trim_end_matches('/').to_owned(),
    }
}

/// Opens an address in the user's browser. Returns whether that succeeded.
fn browse(address: &str) -> bool {
    let started = shell::browser(address).stdin(Stdio::null()).stderr(Stdio::null()).status();
    started.is_ok_and(|status| status.success())
}
