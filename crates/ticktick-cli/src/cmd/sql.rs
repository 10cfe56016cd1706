//! `ticktick sql`.

use std::cmp::Reverse;
use std::io::{self, IsTerminal};

use serde_json::Value;
use ticktick::mirror::{Mirror, SqlLimits, SqlRows, SqlValue};

use crate::args::{Format, Globals, SqlArgs};
use crate::error::Error;
use crate::generated::cli::{RowList, View, ViewList};
use crate::mirror;
use crate::output::{BOLD, DIM, Output, width};
use crate::row::{Row, unique};
use crate::table::{Cell, Table};
use crate::text::{on_one_line, plural};

/// Columns are not cut below this width.
const NARROWEST: usize = 8;

const VIEWS: &str = "select m.name as \"view\", c.name as \"column\" from sqlite_schema m join pragma_table_info(m.name) c \
                     where m.type = 'view' order by m.name, c.cid";

pub(crate) async fn run(globals: &Globals, args: &SqlArgs, output: Output) -> Result<(), Error> {
    let Some(statement) = &args.statement else { return list(args, output) };
    let local = mirror::local(globals, output).await?;
    let mut limits = SqlLimits::default();
    (limits.rows, limits.time) = (args.limit, args.timeout);
    let found = local.mirror.sql(statement, limits)?;
    if found.more {
        output.note("note", &format!("there are more rows than {}; raise --limit to see them", args.limit));
    }
    if output.json {
        let more = found.more;
        let mut document = RowList::from(rows(found));
        local.synced.add_to(&mut document.meta);
        document.meta.more = Some(more);
        return output.document(&document);
    }
    match args.output {
        Format::Csv => csv(&found),
        _ => table(&found, output),
    }
}

/// Lists the views and their columns, which are the same in every mirror of this version.
fn list(args: &SqlArgs, output: Output) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let found = Mirror::open(folder.path().join("mirror.db"))?.sql(VIEWS, SqlLimits::default())?;
    if args.output == Format::Csv && !output.json {
        return csv(&found);
    }
    let mut views: Vec<View> = Vec::new();
    for row in &found.rows {
        let [name, column] = [0, 1].map(|at| row.get(at).map(text).unwrap_or_default());
        match views.last_mut().filter(|view| view.name == name) {
            Some(view) => view.columns.push(column),
            None => views.push(View { name, columns: vec![column] }),
        }
    }
    if output.json {
        return output.document(&ViewList::from(views));
    }
    let mut table = Table::new();
    for view in &views {
        table.row(vec![Cell::new(&view.name).style(BOLD), Cell::new(view.columns.join(", "))]);
    }
    // The names are meant to be copied, so they are never cut.
    output.lines(table.render(None))
}

fn rows(found: SqlRows) -> Vec<Row> {
    let columns = unique(&found.columns);
    let row = |values: Vec<SqlValue>| Row(columns.iter().cloned().zip(values.into_iter().map(json)).collect());
    found.rows.into_iter().map(row).collect()
}

fn json(value: SqlValue) -> Value {
    match value {
        SqlValue::Integer(number) => number.into(),
        SqlValue::Real(number) => number.into(),
        SqlValue::Text(text) => text.into(),
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

fn table(found: &SqlRows, output: Output) -> Result<(), Error> {
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
    output.lines(lines)
}

/// Prints values as they are, or escaped if the output is a terminal.
fn csv(found: &SqlRows) -> Result<(), Error> {
    let out = io::stdout().lock();
    let terminal = out.is_terminal();
    let mut csv = csv::Writer::from_writer(out);
    let cell = |text: String| if terminal { on_one_line(&text).into_owned() } else { text };
    let failed = |error: csv::Error| Error::from(io::Error::from(error));
    csv.write_record(found.columns.iter().cloned().map(cell)).map_err(failed)?;
    for row in &found.rows {
        csv.write_record(row.iter().map(text).map(cell)).map_err(failed)?;
    }
    csv.flush()?;
    Ok(())
}
