//! Commands that change the state of tasks: `done`, `wont-do`, `skip`, `reopen`, `pin`, `unpin` and `duplicate`.

use ticktick::TaskId;
use ticktick::task::BatchItem;

use super::find::{Found, Wanted};
use crate::args::{Globals, StatusArg, TaskArgs};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::when::When;
use crate::written::{Written, write};

/// A new state of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Done,
    WontDo,
    Skipped,
    Open,
    Pinned,
    Unpinned,
}

/// The words for a state: the command, the verb in questions, and the verb in results.
struct Words {
    command: &'static str,
    verb: &'static str,
    done: &'static str,
}

impl State {
    const fn words(self) -> Words {
        let (command, verb, done) = match self {
            Self::Done => ("done", "complete {}", "completed"),
            Self::WontDo => ("wont-do", "mark {} as won't do", "marked as won't do"),
            Self::Skipped => ("skip", "skip an occurrence of {}", "skipped"),
            Self::Open => ("reopen", "reopen {}", "reopened"),
            Self::Pinned => ("pin", "pin {}", "pinned"),
            Self::Unpinned => ("unpin", "unpin {}", "unpinned"),
        };
        Words { command, verb, done }
    }

    const fn status(self) -> StatusArg {
        match self {
            Self::Open => StatusArg::Done,
            _ => StatusArg::Open,
        }
    }
}

pub(super) async fn run(globals: &Globals, args: &TaskArgs, state: State) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(args)?;
    write(globals, output, async |connection| change(connection, globals, &wanted, state, output).await).await
}

async fn change(
    connection: &mut Connection,
    globals: &Globals,
    wanted: &Wanted<'_>,
    state: State,
    output: Output,
) -> Result<Written<cli::Task>, Error> {
    let found = wanted.find(connection, globals, output, state.status()).await?;
    check(&found, state)?;
    let words = state.words();
    wanted.confirm(globals, words.verb, &found.tasks)?;
    connection.name_with(words.command, &found.tasks);
    let (ids, batch) = (found.ids(), connection.client.task().batch());
    let batch = match state {
        State::Done => batch.complete(ids),
        State::WontDo => batch.wont_do(ids),
        State::Skipped => batch.skip(ids),
        State::Open => batch.reopen(ids),
        State::Pinned => batch.pin(ids),
        State::Unpinned => batch.unpin(ids),
    };
    let report = batch.send().await?;
    let line = |task: &TaskView, item: &BatchItem| {
        let next = item.next().and_then(|next| When::new(next.clone(), found.stock.now.time_zone()));
        let next = next.map(|next| format!(", next: {}", next.show(&found.stock.now))).unwrap_or_default();
        format!("{}{next}", task.task.title)
    };
    Ok(found.report(&report, line, words.done))
}

/// Refuses to close notes, which have no state.
fn check(found: &Found, state: State) -> Result<(), Error> {
    let closes = matches!(state, State::Done | State::WontDo);
    match found.tasks.iter().find(|task| closes && task.is_note()) {
        Some(note) => Err(Error::usage(format!("\"{}\" is a note, which cannot be completed", note.task.title))),
        None => Ok(()),
    }
}

pub(super) async fn duplicate(globals: &Globals, args: &TaskArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let wanted = Wanted::new(args)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        wanted.confirm(globals, "duplicate {}", &found.tasks)?;
        connection.name_with("duplicate", &found.tasks);
        let mut written = Written::all(Vec::new(), Vec::new());
        for task in &found.tasks {
            match connection.client.task().duplicate(TaskId::from(task.task.id.as_str())).await {
                Ok(copy) => {
                    let view = found.stock.view(&copy);
                    written.lines.push(format!("{} in {}", view.task.title, view.project_path));
                    written.data.push(view.task);
                }
                Err(error) => written.fail(&task.task.title, error.into()),
            }
        }
        Ok(written)
    };
    write(globals, output, work).await
}
