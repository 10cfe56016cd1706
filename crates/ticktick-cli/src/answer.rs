//! The output of a command: entities in the requested format.

mod cells;
#[cfg(feature = "jq")]
mod jq;
mod members;

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use ticktick_output::json;

use crate::args::{FormatArg, Globals};
use crate::error::Error;
use crate::generated::cli::Meta;
use crate::output::{Output, VERSION};

/// Something that commands print. The generator implements it for the types of `spec/formats/cli.schema.json`.
pub(crate) trait Entity: Serialize {
    /// All members, in the order of the output.
    const MEMBERS: &'static [&'static str];
    /// The columns of tables for programs; `project.name` is a member of a member.
    const COLUMNS: &'static [&'static str];

    /// Returns the id or name that other commands accept.
    fn id(&self) -> impl Display;
}

#[derive(Serialize)]
struct Document<T> {
    version: u8,
    ok: bool,
    data: T,
    meta: Meta,
}

/// Entities, and data about the answer as a whole.
pub(crate) struct Answer<T> {
    pub(crate) data: Vec<T>,
    pub(crate) meta: Meta,
}

/// The members of the printed objects.
struct Shape<'a> {
    members: &'a [&'a str],
    columns: &'a [&'a str],
}

impl<T: Serialize> Answer<T> {
    pub(crate) fn new(data: Vec<T>) -> Self {
        let count = data.len().try_into().unwrap_or(u64::MAX);
        let meta = Meta {
            count,
            more: None,
            now: None,
            stale: None,
            synced_at: None,
            undo: None,
            profile: None,
            dry_run: None,
        };
        Self { data, meta }
    }

    /// Prints rows whose columns are known only at run time. The first column is the id.
    pub(crate) fn print_rows<L: AsRef<str>>(
        self,
        globals: &Globals,
        columns: &[String],
        people: impl FnOnce(&[T]) -> Vec<L>,
    ) -> Result<(), Error> {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let first = |row: &T| {
            let row = serde_json::to_value(row).unwrap_or_default();
            columns.first().and_then(|column| row.get(column)).map(cells::text).unwrap_or_default()
        };
        self.print_as(globals, &Shape { members: &columns, columns: &columns }, first, people)
    }

    fn print_as<L: AsRef<str>, I: Display>(
        self,
        globals: &Globals,
        shape: &Shape<'_>,
        id: impl Fn(&T) -> I,
        people: impl FnOnce(&[T]) -> Vec<L>,
    ) -> Result<(), Error> {
        let output = Output::new(globals);
        let meta = Meta { profile: profile(globals), ..self.meta };
        let fields = &globals.output.fields;
        members::check(fields, shape.members)?;
        if let Some(filter) = &globals.output.jq {
            return filtered(&picked(&self.data, fields)?.into(), filter, output);
        }
        match output.format {
            FormatArg::Table if fields.is_empty() => output.lines(people(&self.data)),
            FormatArg::Json if fields.is_empty() => output.document(&document(&self.data, meta)),
            FormatArg::Json => output.document(&document(picked(&self.data, fields)?, meta)),
            FormatArg::Ndjson if fields.is_empty() => lines_of_json(self.data.iter()),
            FormatArg::Ndjson => lines_of_json(picked(&self.data, fields)?.iter()),
            FormatArg::Ids => output.ids(self.data.iter().map(id)),
            format => {
                let columns: Vec<&str> = match fields.as_slice() {
                    [] => shape.columns.to_vec(),
                    fields => fields.iter().map(String::as_str).collect(),
                };
                let rows = cells::rows(&self.data, &columns)?;
                cells::print(format, &columns, &rows, output)
            }
        }
    }
}

impl<T: Entity> Answer<T> {
    /// Prints the entities for programs, or the lines that the function returns for people.
    pub(crate) fn print<L: AsRef<str>>(
        self,
        globals: &Globals,
        people: impl FnOnce(&[T]) -> Vec<L>,
    ) -> Result<(), Error> {
        self.print_as(
            globals,
            &Shape { members: T::MEMBERS, columns: T::COLUMNS },
            |entity| entity.id().to_string(),
            people,
        )
    }
}

/// Prints one object that is not a list of entities: its document for programs, or lines for people.
pub(crate) fn print_one<L: AsRef<str>>(
    data: &impl Serialize,
    globals: &Globals,
    people: impl FnOnce() -> Vec<L>,
) -> Result<(), Error> {
    let output = Output::new(globals);
    if let Some(filter) = &globals.output.jq {
        return filtered(&serde_json::to_value(data).map_err(io::Error::from)?, filter, output);
    }
    let meta = Answer::<()>::new(Vec::new()).meta;
    match output.format {
        FormatArg::Json => output.document(&document(data, Meta { count: 1, profile: profile(globals), ..meta })),
        FormatArg::Ndjson => lines_of_json(std::iter::once(data)),
        _ => output.lines(people()),
    }
}

/// Returns the name of the profile, if the command uses one.
fn profile(globals: &Globals) -> Option<String> {
    let settings = globals.settings().ok().filter(|_| !globals.demo)?;
    Some(settings.profile().to_string())
}

fn document<D: Serialize>(data: D, meta: Meta) -> Document<D> {
    Document { version: VERSION, ok: true, data, meta }
}

fn picked<T: Serialize>(data: &[T], fields: &[String]) -> Result<Vec<Value>, Error> {
    let row = |row: &T| {
        let row = serde_json::to_value(row).map_err(io::Error::from)?;
        Ok(if fields.is_empty() { row } else { members::picked(&row, fields) })
    };
    data.iter().map(row).collect()
}

/// Prints one JSON value on its own line, without buffering.
pub(crate) fn print_line(value: &impl Serialize) -> Result<(), Error> {
    lines_of_json(std::iter::once(value))
}

fn lines_of_json<T: Serialize>(rows: impl Iterator<Item = T>) -> Result<(), Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for row in rows {
        json::write_line(&row, &mut out)?;
    }
    Ok(out.flush()?)
}

#[cfg(feature = "jq")]
fn filtered(data: &Value, filter: &str, output: Output) -> Result<(), Error> {
    output.texts(jq::run(filter, data)?)
}

#[cfg(not(feature = "jq"))]
fn filtered(_: &Value, _: &str, _: Output) -> Result<(), Error> {
    Err(Error::usage("this program was built without --jq")
        .hint("build it with its default features, or pipe the output of --json to jq"))
}
