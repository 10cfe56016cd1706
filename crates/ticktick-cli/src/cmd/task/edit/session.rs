//! `ticktick edit` without options: edits tasks as text until they can be stored.

use std::io::{self, IsTerminal};

use jiff::tz::TimeZone;
use ticktick::{Task, TaskId};

use super::super::add::described;
use super::super::find::{Found, Wanted};
use super::apply::{self, Target};
use super::editor::{Draft, Edited};
use super::form::{Form, merge};
use super::values::form_of;
use crate::args::{Globals, StatusArg};
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::output::Output;
use crate::shell;
use crate::written::{Written, write};

pub(super) async fn run(globals: &Globals, wanted: &Wanted<'_>, output: Output) -> Result<(), Error> {
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if globals.write.no_input || !shell::can_edit() {
        return Err(Error::usage("no fields given, and no terminal to open an editor in")
            .hint("give fields, such as --due tomorrow; `ticktick edit --help` lists them"));
    }
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        wanted.confirm(globals, "edit {}", &found.tasks)?;
        let zone = found.stock.now.time_zone().clone();
        let session = Session { globals, output, found: &found, zone, is_terminal };
        let mut written = Written::all(Vec::new(), Vec::new());
        for task in &found.tasks {
            let stored = session.edit(connection, &TaskId::from(task.task.id.as_str())).await?;
            let view = found.stock.view(&stored);
            if view.task.modified != task.task.modified {
                written.lines.push(described(&view, &found.stock.now));
            }
            written.data.push(view.task);
        }
        Ok(written)
    };
    write::<cli::Task>(globals, output, work).await
}

/// What does not change while tasks are edited.
struct Session<'a> {
    globals: &'a Globals,
    output: Output,
    found: &'a Found,
    zone: TimeZone,
    is_terminal: bool,
}

/// A task with its form.
struct Version {
    task: Task,
    form: Form,
}

/// The outcome of an edit.
enum Attempt {
    Stored(Box<Task>),
    /// The text with the changes of both sides, and the fields that both have changed.
    Conflict(Box<Form>, Vec<String>),
}

impl Session<'_> {
    /// Edits one task. If anything fails, the user's text is opened again or kept in a file.
    async fn edit(&self, connection: &mut Connection, id: &TaskId) -> Result<Task, Error> {
        let mut base = self.read(connection, id).await?;
        let mut draft = Draft::new()?;
        let (mut text, mut comments) = (base.form.render(), Vec::new());
        loop {
            let typed = match self.typed(&mut draft, &text, &comments) {
                Ok(Some(typed)) => typed,
                Ok(None) => return Ok(base.task),
                Err(error) if comments.is_empty() => return Err(error),
                // The file contains the user's earlier text.
                Err(error) => return Err(kept(draft, error)),
            };
            (text, comments) = match self.attempt(connection, &mut base, &typed).await {
                Ok(Attempt::Stored(task)) => return Ok(*task),
                Ok(Attempt::Conflict(merged, conflicts)) if self.is_terminal => {
                    (merged.render(), conflict_comments(&conflicts))
                }
                Ok(Attempt::Conflict(_, conflicts)) => return Err(kept(draft, conflict(&conflicts))),
                Err(error) if self.is_terminal && can_be_mended(error.kind) => {
                    (without_comments(&typed), error_comments(error))
                }
                Err(error) => return Err(kept(draft, error)),
            };
        }
    }

    /// Lets the user edit the text. Returns `None` if it was not changed.
    fn typed(&self, draft: &mut Draft, text: &str, comments: &[String]) -> Result<Option<String>, Error> {
        match draft.edit(text, comments)? {
            Edited::Text(typed) => Ok(Some(typed)),
            Edited::Unchanged if comments.is_empty() => {
                self.output.note("note", "nothing was changed");
                Ok(None)
            }
            Edited::Unchanged => Err(Error::new(Kind::Canceled, "canceled; nothing was changed")),
            Edited::Emptied => Err(Error::new(Kind::Canceled, "the text is empty; nothing was changed")),
        }
    }

    async fn read(&self, connection: &Connection, id: &TaskId) -> Result<Version, Error> {
        let task = connection.client.task().get(id).await?;
        let project = self.found.stock.view(&task).task.project.name;
        let column = apply::column_name(connection, &task).await?;
        let form = form_of(&task, &project, &column, &self.zone);
        Ok(Version { task, form })
    }

    /// Stores the text, unless somebody else has changed the same fields since the task was read.
    async fn attempt(&self, connection: &mut Connection, base: &mut Version, typed: &str) -> Result<Attempt, Error> {
        let mut form = Form::parse(typed).map_err(Error::usage)?;
        let now = self.read(connection, &base.task.id).await?;
        if now.form != base.form {
            let (merged, conflicts) = merge(&base.form, &form, &now.form);
            *base = now;
            if !conflicts.is_empty() {
                return Ok(Attempt::Conflict(Box::new(merged), conflicts));
            }
            form = merged;
        }
        let target = Target { globals: self.globals, output: self.output, stock: &self.found.stock };
        let stored = apply::store(connection, &target, &base.task, &base.form, &form).await?;
        Ok(Attempt::Stored(Box::new(stored)))
    }
}

/// Returns whether the user can fix an error by changing the text.
fn can_be_mended(kind: Kind) -> bool {
    matches!(kind, Kind::Usage | Kind::NotFound | Kind::Ambiguous | Kind::Conflict | Kind::Refused | Kind::Failed)
}

fn conflict_comments(conflicts: &[String]) -> Vec<String> {
    let mut comments = vec!["conflict: the task was changed elsewhere in the meantime:".to_owned()];
    comments.extend(conflicts.iter().map(|conflict| format!("  {conflict}")));
    comments.push("This is your text. To store it, change and save it. To give up, leave it unchanged.".to_owned());
    comments
}

/// Removes the comments above the front matter.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('\n').filter(|(line, _)| line.starts_with('#')) {
        rest = after;
    }
    rest.to_owned()
}

fn conflict(conflicts: &[String]) -> Error {
    Error::new(Kind::Conflict, format!("the task was changed elsewhere: {}", conflicts.join(", ")))
}

fn error_comments(error: Error) -> Vec<String> {
    let mut comments = vec![format!("error: {}", error.message)];
    comments.extend(error.hint.map(|hint| format!("hint: {hint}")));
    comments.push("Change the text and save it. To give up, leave it unchanged.".to_owned());
    comments
}

/// Keeps the user's text and prints its path.
fn kept(draft: Draft, error: Error) -> Error {
    let hint = error.hint.clone().map(|hint| format!("{hint}; ")).unwrap_or_default();
    match draft.keep() {
        Ok(path) => error.hint(format!("{hint}your text is in {}", path.display())),
        Err(_) => error,
    }
}
