//! `ticktick edit` without options: edits tasks as text until they can be stored.

use std::io::{self, IsTerminal};

use jiff::tz::TimeZone;
use ticktick::{Task, TaskId};

use super::super::add::described;
use super::super::find::{Found, Wanted};
use super::apply::{self, Target};
use super::editor::{self, Draft, Edited};
use super::form::{Form, merge};
use super::values::form_of;
use crate::args::{Globals, StatusArg};
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::output::Output;
use crate::written::{Written, write};

pub(super) async fn run(globals: &Globals, wanted: &Wanted<'_>, output: Output) -> Result<(), Error> {
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if globals.write.no_input || !(is_terminal || editor::is_chosen()) {
        return Err(Error::usage("no field is given, and there is no terminal for an editor")
            .hint("give fields, such as --due tomorrow; `ticktick edit --help` lists them"));
    }
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        wanted.confirm(globals, "edit {}", &found.tasks)?;
        let mut written = Written::all(Vec::new(), Vec::new());
        for task in &found.tasks {
            let id = TaskId::from(task.task.id.as_str());
            let stored = edit(connection, globals, &found, &id, is_terminal, output).await?;
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

/// A task with its form.
struct Version {
    task: Task,
    form: Form,
}

async fn read(connection: &Connection, found: &Found, id: &TaskId, zone: &TimeZone) -> Result<Version, Error> {
    let task = connection.client.task().get(id).await?;
    let project = found.stock.view(&task).task.project.name;
    let column = apply::column_name(connection, &task).await?;
    let form = form_of(&task, &project, &column, zone);
    Ok(Version { task, form })
}

/// Edits one task. Whatever goes wrong, the text of the user is offered again, or kept in a file.
async fn edit(
    connection: &mut Connection,
    globals: &Globals,
    found: &Found,
    id: &TaskId,
    is_terminal: bool,
    output: Output,
) -> Result<Task, Error> {
    let zone = found.stock.now.time_zone().clone();
    let mut base = read(connection, found, id, &zone).await?;
    let mut draft = Draft::new()?;
    let (mut text, mut comments) = (base.form.render(), Vec::new());
    loop {
        let typed = match draft.edit(&text, &comments)? {
            Edited::Text(typed) => typed,
            Edited::Unchanged if comments.is_empty() => {
                output.note("note", "nothing was changed");
                return Ok(base.task);
            }
            Edited::Unchanged => return Err(canceled(draft)),
            Edited::Emptied => return Err(Error::new(Kind::Canceled, "the text is empty; nothing was changed")),
        };
        let failed = match Form::parse(&typed) {
            Ok(form) => match attempt(connection, globals, found, &mut base, form, &zone, output).await {
                Ok(Attempt::Stored(task)) => return Ok(*task),
                Ok(Attempt::Conflict(merged, conflicts)) => {
                    text = merged.render();
                    comments = conflict_comments(&conflicts);
                    if !is_terminal {
                        let error = Error::new(
                            Kind::Conflict,
                            format!("the task was changed elsewhere: {}", conflicts.join(", ")),
                        );
                        return Err(kept(draft, error));
                    }
                    continue;
                }
                Err(error) => error,
            },
            Err(message) => Error::usage(message),
        };
        if !is_terminal || !can_be_mended(failed.kind) {
            return Err(kept(draft, failed));
        }
        comments = vec![format!("error: {}", failed.message)];
        comments.extend(failed.hint.map(|hint| format!("hint: {hint}")));
        comments.push("Change the text and save it. Leave it as it is to give up.".to_owned());
        text = without_comments(&typed);
    }
}

enum Attempt {
    Stored(Box<Task>),
    /// The text with the changes of both sides, and what both have changed.
    Conflict(Form, Vec<String>),
}

/// Stores the form, unless somebody else has changed the same fields since it was read.
async fn attempt(
    connection: &mut Connection,
    globals: &Globals,
    found: &Found,
    base: &mut Version,
    mut form: Form,
    zone: &TimeZone,
    output: Output,
) -> Result<Attempt, Error> {
    let now = read(connection, found, &base.task.id, zone).await?;
    if now.form != base.form {
        let (merged, conflicts) = merge(&base.form, &form, &now.form);
        *base = now;
        if !conflicts.is_empty() {
            return Ok(Attempt::Conflict(merged, conflicts));
        }
        form = merged;
    }
    let target = Target { globals, output, stock: &found.stock };
    let stored = apply::store(connection, &target, &base.task, &base.form, &form).await?;
    Ok(Attempt::Stored(Box::new(stored)))
}

/// Returns whether the user can mend an error by another text.
fn can_be_mended(kind: Kind) -> bool {
    matches!(kind, Kind::Usage | Kind::NotFound | Kind::Ambiguous | Kind::Conflict | Kind::Refused | Kind::Failed)
}

fn conflict_comments(conflicts: &[String]) -> Vec<String> {
    let mut comments = vec!["conflict: the task was changed elsewhere in the meantime:".to_owned()];
    comments.extend(conflicts.iter().map(|conflict| format!("  {conflict}")));
    comments.push("This is your text. Change and save it to store it; leave it as it is to give up.".to_owned());
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

fn canceled(draft: Draft) -> Error {
    kept(draft, Error::new(Kind::Canceled, "canceled; nothing was changed"))
}

/// Keeps the text of the user, and says where.
fn kept(draft: Draft, error: Error) -> Error {
    let hint = error.hint.clone().map(|hint| format!("{hint}; ")).unwrap_or_default();
    match draft.keep() {
        Ok(path) => error.hint(format!("{hint}your text is in {}", path.display())),
        Err(_) => error,
    }
}
