//! Shared parts of the commands on projects, tags and other named objects.

mod shown;

use std::io::{self, IsTerminal, Read};

use jiff::ZonedDateTime;

use crate::answer::Entity;
use crate::args::Globals;
use crate::connect::{self, Connection};
use crate::error::{Candidate, Error, Kind};
use crate::output::Output;
use crate::pick::{Found, pick, similar};
use crate::picker;
use crate::text::plural;
use crate::written::{Written, input};
use crate::{ask, mirror};

pub(crate) use self::shown::{details, moment, number, repeats, swatch, table};

/// An object that is named on the command line.
pub(crate) trait Named: Entity + Clone {
    /// Kind of object, such as `tag`.
    const WHAT: &'static str;
    /// The command that lists all of them.
    const LIST: &'static str;

    /// Returns the id.
    fn key(&self) -> &str;

    /// Returns the name.
    fn name(&self) -> &str;

    /// Returns what distinguishes it from others with a similar name.
    fn details(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Finds the named object: by id, name, or a unique part of the name.
pub(crate) fn find<'a, T: Named>(wanted: &str, all: &'a [T]) -> Result<&'a T, Error> {
    match pick(wanted, all, T::key, T::name) {
        Found::One(one) => Ok(one),
        Found::Many(several) => {
            let message = format!("\"{wanted}\" matches {}", plural(several.len(), T::WHAT));
            let candidates: Vec<Candidate> = several.iter().map(|one| candidate(*one)).collect();
            if let Some(chosen) = picker::choose(&format!("Which {} is \"{wanted}\"?", T::WHAT), &candidates)? {
                return several.get(chosen).copied().ok_or_else(|| Error::failed(message));
            }
            Err(Error::new(Kind::Ambiguous, message).hint("use more of the name, or the id").candidates(candidates))
        }
        Found::Nothing => {
            let lists = format!("`ticktick {}` lists all {}s", T::LIST, T::WHAT);
            let error = Error::new(Kind::NotFound, format!("no {} matches \"{wanted}\"", T::WHAT));
            let similar = similar(wanted, all.iter().map(T::name));
            Err(match similar.and_then(|name| all.iter().find(|one| one.name() == name)) {
                Some(one) => {
                    error.hint(format!("did you mean \"{}\"? {lists}", one.name())).candidates(vec![candidate(one)])
                }
                None => error.hint(lists),
            })
        }
    }
}

/// Finds each named object once, in the order of the names. `-` reads names from standard input.
pub(crate) fn find_all<T: Named>(wanted: &[String], all: &[T]) -> Result<Vec<T>, Error> {
    let mut found: Vec<T> = Vec::new();
    for name in wanted {
        let one = find(name, all)?;
        if !found.iter().any(|other| other.key() == one.key()) {
            found.push(one.clone());
        }
    }
    Ok(found)
}

/// Reads standard input in the place of `-`.
pub(crate) fn names(given: Vec<String>) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for name in given {
        if name == "-" { names.extend(input()?) } else { names.push(name) }
    }
    Ok(names)
}

/// Returns a text, or that of standard input for `-`.
pub(crate) fn text(given: String) -> Result<String, Error> {
    if given != "-" {
        return Ok(given);
    }
    if io::stdin().is_terminal() {
        return Err(Error::usage("`-` reads the text from standard input, which is a terminal"));
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    Ok(text.trim_end().to_owned())
}

fn candidate<T: Named>(one: &T) -> Candidate {
    Candidate { id: one.key().to_owned(), name: one.name().to_owned(), details: one.details() }
}

/// Applies a function to each object. If it fails for one, continues with the others.
pub(crate) async fn each<T: Named, U: Entity>(
    found: &[T],
    done: &str,
    work: impl AsyncFn(&T) -> Result<U, Error>,
) -> Written<U> {
    let mut written = Written::all(Vec::new(), Vec::new());
    for one in found {
        match work(one).await {
            Ok(now) => {
                written.lines.push(format!("{done} {} \"{}\"", T::WHAT, one.name()));
                written.data.push(now);
            }
            Err(error) => written.fail(one.name(), error),
        }
    }
    written
}

/// Asks before objects are deleted. `loss` describes what is lost with them.
pub(crate) fn confirm_delete<T: Named>(globals: &Globals, found: &[T], loss: &str) -> Result<(), Error> {
    match found {
        [one] => ask::agree(globals, &format!("delete {} \"{}\"{loss}", T::WHAT, one.name())),
        several => {
            let action = format!("delete {}{loss}", plural(several.len(), T::WHAT));
            ask::confirm(globals, &action, several.len())
        }
    }
}

/// Names a command for the journal, with at most three of the objects.
pub(crate) fn name_command<T: Named>(connection: &Connection, command: &str, found: &[T]) {
    let ids = found.iter().take(3).map(Named::key).collect::<Vec<_>>().join(", ");
    let more = found.len().saturating_sub(3);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    connection.name(&format!("{command} {ids}{more}"));
}

/// Reads objects that the mirror does not contain.
pub(crate) async fn read<T>(
    globals: &Globals,
    work: impl AsyncFnOnce(&Connection) -> Result<T, Error>,
) -> Result<T, Error> {
    connect::online(globals)?;
    let connection = Connection::open(globals).await?;
    let found = work(&connection).await;
    connection.close()?;
    found
}

/// Reads objects of tasks, which are looked up in the mirror.
pub(crate) async fn read_of_tasks<T>(
    globals: &Globals,
    output: Output,
    work: impl AsyncFnOnce(&mut Connection) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut connection = mirror::connect(globals, output).await?;
    let found = work(&mut connection).await;
    connection.close()?;
    found
}

/// Returns the current time in the account's zone, for objects that the account's snapshot lacks.
pub(crate) async fn now(connection: &Connection) -> Result<ZonedDateTime, Error> {
    Ok(connection.moment().to_zoned_datetime(connection.client.time_zone().await?))
}

/// Returns a value, or nothing if it is `none`.
pub(crate) fn set(value: &str) -> Option<&str> {
    Some(value).filter(|value| *value != "none")
}
