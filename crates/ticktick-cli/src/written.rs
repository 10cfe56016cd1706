//! Commands that write: they connect, write, and print the stored objects.

use std::io;

use serde_json::Value;

use crate::answer::{Answer, Entity};
use crate::args::Globals;
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::mirror;
use crate::output::{GREEN, Output};
use crate::text::shown;

/// What a command has written.
pub(crate) struct Written<T> {
    /// The entities as they are now.
    pub(crate) data: Vec<T>,
    /// What happened, for people: one line per entity.
    pub(crate) lines: Vec<String>,
    /// The error because of which the rest was not written.
    pub(crate) failure: Option<Error>,
    /// The command that undoes the write, if it is not `ticktick undo`. It also works without a journal.
    pub(crate) undo: Option<&'static str>,
}

impl<T: Entity> Written<T> {
    /// Everything was written.
    pub(crate) fn all(data: Vec<T>, lines: Vec<String>) -> Self {
        Self { data, lines, failure: None, undo: None }
    }

    /// Adds a failure. If all of them have the same cause, it is the error of the command, unless something was written.
    pub(crate) fn fail(&mut self, name: &str, mut error: Error) {
        error.message = format!("\"{name}\": {}", error.message);
        let Some(failure) = &mut self.failure else {
            self.failure = Some(error);
            return;
        };
        failure.message = format!("{}; {}", failure.message, error.message);
        failure.retryable &= error.retryable;
        if failure.kind != error.kind {
            failure.kind = Kind::Partial;
        }
    }

    /// One entity was written.
    pub(crate) fn one(entity: T, line: impl Into<String>) -> Self {
        Self::all(vec![entity], vec![line.into()])
    }
}

/// Runs a command that writes, prints the result, and shows how to undo it. With `--dry-run`, prints the requests.
pub(crate) async fn write<T: Entity>(
    globals: &Globals,
    output: Output,
    work: impl AsyncFnOnce(&mut Connection) -> Result<Written<T>, Error>,
) -> Result<(), Error> {
    let mut connection = mirror::connect(globals, output).await?;
    let before = connection.last_write();
    let written = work(&mut connection).await;
    if globals.write.dry_run {
        let requests = connection.recorded.take();
        connection.close()?;
        return match written {
            Err(error) | Ok(Written { failure: Some(error), .. }) if requests.is_empty() => Err(error),
            _ => preview(globals, requests),
        };
    }
    let undo = connection.undoable_since(before);
    connection.close()?;
    let Written { data, lines, failure, undo: own } = written?;
    if let Some(failure) = failure {
        return Err(partial(failure, &data, &lines, output));
    }
    let ids = data.iter().map(|entity| entity.id().to_string()).collect::<Vec<_>>().join(", ");
    let mut answer = Answer::new(data);
    answer.meta.undo = undo;
    let marked = |_: &[T]| lines.iter().map(|line| format!("{GREEN}✓{GREEN:#} {}", shown(line))).collect::<Vec<_>>();
    answer.print(globals, marked).map_err(|error| error.after_write(format!("the change of {ids} was stored")))?;
    if let Some(command) = own.or(undo.map(|_| "ticktick undo")).filter(|_| output.is_for_people()) {
        output.note("undo", command);
    }
    Ok(())
}

/// Prints what was written before the failure, for people at once and for programs in the document of the error.
fn partial<T: Entity>(mut failure: Error, data: &[T], lines: &[String], output: Output) -> Error {
    if output.is_for_people() {
        drop(output.lines(lines.iter().map(|line| format!("{GREEN}✓{GREEN:#} {}", shown(line)))));
    }
    let written = serde_json::to_value(data).ok().filter(|data| data.as_array().is_some_and(|all| !all.is_empty()));
    if written.is_some() {
        failure.kind = Kind::Partial;
    }
    failure.done = written.map(Box::new);
    failure
}

/// Prints the requests that were not sent.
pub(crate) fn preview(globals: &Globals, requests: Vec<cli::Request>) -> Result<(), Error> {
    let mut answer = Answer::new(requests);
    answer.meta.dry_run = Some(true);
    answer.print(globals, |requests| {
        if requests.is_empty() {
            return vec!["would send no request".to_owned()];
        }
        let count = crate::text::plural(requests.len(), "request");
        let line = |request: &cli::Request| {
            let body = match &request.body {
                Value::Null => String::new(),
                body => format!("  {}", shown(&body.to_string())),
            };
            format!("  {} {}{body}", request.method, request.path)
        };
        std::iter::once(format!("would send {count}:")).chain(requests.iter().map(line)).collect::<Vec<_>>()
    })
}

/// Returns the lines of standard input that are not empty.
pub(crate) fn input() -> Result<Vec<String>, Error> {
    let lines = io::stdin().lines().collect::<Result<Vec<_>, _>>()?;
    Ok(lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
}
