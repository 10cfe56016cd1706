//! `ticktick sql`.

use std::cmp::Reverse;

use clap::{ArgMatches, Args, FromArgMatches};
use serde_json::Value;
use ticktick::mirror::{Mirror, SqlLimits, SqlRows, SqlValue};

use crate::answer::Answer;
use crate::args::{Globals, SqlArgs};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::View;
use crate::mirror;
use crate::output::{BOLD, DIM, Output, width};
use crate::row::{Row, unique};
use crate::runtime::wait;
use crate::table::{Cell, Table};
use crate::text::plural;

/// Columns are not cut below this width.
const NARROWEST: usize = 8;

const VIEWS: &str = "select m.name as \"view\", c.name as \"column\" from sqlite_schema m join pragma_table_info(m.name) c \
                     where m.type = 'view' order by m.name, c.cid";

pub(crate) const SQL: Entry =
    Entry::leaf(Section::Data, "sql", "Query the account with SQL", SqlArgs::augment_args, run);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = SqlArgs::from_arg_matches(matches)?;
    match &args.statement {
        None => list(globals),
        Some(statement) => wait(query(globals, &args, statement)),
    }
}

async fn query(globals: &Globals, args: &SqlArgs, statement: &str) -> Result<(), Error> {
    let output = Output::new(globals);
    let local = mirror::local(globals, output).await?;
    let mut limits = SqlLimits::default();
    (limits.rows, limits.time) = (args.limit, args.timeout);
    let found = local.mirror.sql(statement, limits)?;
    if found.more {
        output.note("note", &format!("there are more rows than {}; raise --limit to see them", args.limit));
    }
    let columns = unique(&found.columns);
    let mut answer = Answer::new(rows(&found, &columns));
    local.synced.add_to(&mut answer.meta);
    answer.meta.more = Some(found.more);
    answer.print_rows(globals, &columns, |_| table(&found))
}

/// Lists the views and their columns, which are the same in every mirror of this version.
fn list(globals: &Globals) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let found = Mirror::open(folder.path().join("mirror.db"))?.sql(VIEWS, SqlLimits::default())?;
    let mut views: Vec<View> = Vec::new();
    for row in &found.rows {
        let [name, column] = [0, 1].map(|at| row.get(at).map(text).unwrap_or_default());
        match views.last_mut().filter(|view| view.name == name) {
            Some(view) => view.columns.push(column),
            None => views.push(View { name, columns: vec![column] }),
        }
    }
    Answer::new(views).print(globals, |views| {
        let mut table = Table::new();
        for view in views {
            table.row(vec![Cell::new(&view.name).style(BOLD), Cell::new(view.columns.join(", "))]);
        }
        // People copy the names, so they are never cut.
        table.render(None)
    })
}

fn rows(found: &SqlRows, columns: &[String]) -> Vec<Row> {
    let row = |values: &Vec<SqlValue>| Row(columns.iter().cloned().zip(values.iter().map(json)).collect());
    found.rows.iter().map(row).collect()
}

fn json(value: &SqlValue) -> Value {
    match value {
        SqlValue::Integer(number) => (*number).into(),
        SqlValue::Real(number) => (*number).into(),
        SqlValue::Text(text) => text.as_str().into(),
        _ => Value::Null,
    }
}

fn text(value: &SqlValue) -> String {
    match value {
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => number.to_string(),
        SqlValue::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn table(found: &SqlRows) -> Vec<String> {
    let cells: Vec<Vec<String>> = found.rows.iter().map(|row| row.iter().map(text).collect()).collect();
    let longest = |column: &usize| cells.iter().map(|row| row[*column].len()).max();
    let mut columns: Vec<usize> = (0..found.columns.len()).collect();
    columns.sort_by_key(|column| Reverse(longest(column)));
    let flexible: Vec<_> = columns.into_iter().map(|column| (column, NARROWEST)).collect();
    let mut table = Table::new().flexible(flexible);
    table.row(found.columns.iter().map(|column| Cell::new(column).style(DIM)).collect());
    for row in cells {
        table.row(row.into_iter().map(Cell::new).collect());
    }
    let mut lines = table.render(width());
    lines.push(plural(found.rows.len(), "row"));
    lines
}
