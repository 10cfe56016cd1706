//! `ticktick undo`.

use std::collections::HashMap;

use clap::{Args, FromArgMatches};
use jiff::civil::Date;
use ticktick::Client;
use ticktick::mirror::{Change, Mirror, Outcome, Undone};

use crate::answer::Answer;
use crate::args::{Globals, UndoArgs};
use crate::cmd::history::{action, title};
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::generated::cli::{Action, Undo, UndoneObject};
use crate::mirror;
use crate::output::{GREEN, Output};
use crate::runtime::wait;
use crate::text::shown;

pub(crate) const UNDO: Entry = Entry::leaf(
    Section::Day,
    "undo",
    "Undo changes made from this machine",
    UndoArgs::augment_args,
    |globals, matches| wait(run(globals, UndoArgs::from_arg_matches(matches)?.entry, Output::new(globals))),
);

async fn run(globals: &Globals, entry: Option<i64>, output: Output) -> Result<(), Error> {
    let mut connection = mirror::connect_required(globals, output).await?;
    connection.check_mirror(output).await?;
    let mirror = connection.mirror.clone();
    let undone = match &mirror {
        Some(mirror) => undo(&connection.client, mirror, entry).await,
        None => Err(Error::failed("there is no mirror")),
    };
    connection.close()?;
    let undone = undone?;
    let entries = undone.entries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    show(globals, undone).map_err(|error| error.after_write(format!("write {entries} was undone")))
}

async fn undo(client: &Client, mirror: &Mirror, entry: Option<i64>) -> Result<Undo, Error> {
    let last = mirror.journal(1)?.first().map_or(0, |entry| entry.id);
    let undone = match entry {
        Some(entry) => mirror.undo(client, entry).await,
        None => mirror.undo_latest(client).await,
    };
    let undone = undone.map_err(|error| match (&error, entry) {
        (ticktick::Error::NotFound { what: "journal entry", .. }, None) => {
            Error::new(Kind::NotFound, "there is nothing to undo").hint("`ticktick history` lists what was written")
        }
        (ticktick::Error::NotFound { what: "journal entry", .. }, Some(entry)) => {
            Error::new(Kind::NotFound, format!("write {entry} does not exist"))
                .hint("`ticktick history` lists the writes")
        }
        _ => after(mirror, last, error.into()),
    })?;
    described(mirror, undone)
}

/// Adds to an error the writes of the command that were undone before it.
fn after(mirror: &Mirror, last: i64, mut error: Error) -> Error {
    let journal = mirror.journal(usize::MAX).unwrap_or_default();
    let new = journal.iter().filter(|entry| entry.id > last && entry.outcome == Outcome::Done);
    let undone: Vec<String> = new.filter_map(|entry| Some(entry.undoes?.to_string())).collect();
    if !undone.is_empty() {
        error.message = format!("{} (undone before that: {})", error.message, undone.join(", "));
    }
    error
}

fn described(mirror: &Mirror, undone: Undone) -> Result<Undo, Error> {
    let journal = mirror.journal(usize::MAX)?;
    let entries = journal.iter().filter(|entry| undone.entries.contains(&entry.id));
    let changes: HashMap<(&str, &str), &Change> = entries
        .flat_map(|entry| &entry.changes)
        .map(|change| ((change.kind.as_str(), change.id.as_str()), change))
        .collect();
    let object = |object: ticktick::mirror::UndoneObject| {
        let change = changes.get(&(object.kind.as_str(), object.id.as_str()));
        UndoneObject {
            title: change.and_then(|change| title(change)),
            action: change.map_or(Action::Update, |change| action(change.action)),
            kind: object.kind,
            id: object.id,
            new_id: object.new_id,
        }
    };
    let entry = undone.entries.iter().copied().max().unwrap_or_default();
    Ok(Undo { entry, entries: undone.entries, objects: undone.objects.into_iter().map(object).collect() })
}

fn show(globals: &Globals, undone: Undo) -> Result<(), Error> {
    let done = |object: &UndoneObject| format!("{GREEN}✓{GREEN:#} {}", shown(&line(object)));
    Answer::new(vec![undone])
        .print(globals, |all| all.iter().flat_map(|undo| undo.objects.iter().map(done)).collect::<Vec<_>>())
}

/// Returns the day of a check-in, such as `2026-11-27` for `20261127`.
fn day(stamp: &str) -> String {
    stamp.parse::<Date>().map_or_else(|_| stamp.to_owned(), |day| day.to_string())
}

fn line(object: &UndoneObject) -> String {
    let name = object.title.as_ref().map_or_else(|| object.id.clone(), |title| format!("\"{title}\""));
    let named = match object.id.split_once(' ') {
        Some((_, stamp)) if object.kind == "checkin" => format!("the check-in of {}", day(stamp)),
        _ => format!("{} {name}", object.kind),
    };
    match (object.action, &object.new_id) {
        (Action::Create, _) if object.kind == "task" => format!("Moved {named} to the trash"),
        (Action::Create, _) => format!("Deleted {named}"),
        (Action::Update, _) => format!("Restored {named}"),
        (Action::Delete, None) => format!("Restored {named}"),
        (Action::Delete, Some(id)) if object.kind == "habit" => {
            format!("Created {named} again, with the new id {id} and without its check-ins")
        }
        (Action::Delete, Some(id)) => format!("Created {named} again, with the new id {id}"),
    }
}
