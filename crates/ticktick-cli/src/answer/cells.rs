//! Formats with columns: tab-separated, CSV and Markdown.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use serde_json::Value;

use super::members;
use crate::args::FormatArg;
use crate::error::Error;
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};
use crate::text::{on_one_line, unbroken};

/// Returns the texts of all cells.
pub(super) fn rows<T: Serialize>(data: &[T], columns: &[&str]) -> Result<Vec<Vec<String>>, Error> {
    let row = |entity: &T| {
        let object = serde_json::to_value(entity).map_err(io::Error::from)?;
        Ok(columns.iter().map(|column| members::at(&object, column).map_or_else(String::new, text)).collect())
    };
    data.iter().map(row).collect()
}

pub(super) fn print(format: FormatArg, columns: &[&str], rows: &[Vec<String>], output: Output) -> Result<(), Error> {
    match format {
        FormatArg::Csv => csv(columns, rows),
        FormatArg::Md => markdown(columns, rows),
        FormatArg::Table => table(columns, rows, output),
        _ => tabs(rows),
    }
}

/// Returns a value as one text: the name of an object if it has one, and the elements of a list separated by commas.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let part = |name: &str| members.get(name).map(text);
            let range = |first: &str, last: &str| Some(format!("{}/{}", part(first)?, part(last)?));
            let named = ["date", "at", "name", "title", "id"].into_iter().find_map(part);
            let range = || range("first", "last").or_else(|| range("start", "end"));
            named.or_else(range).unwrap_or_else(|| value.to_string())
        }
        other => other.to_string(),
    }
}

/// Writes one line per row. Tabs and line breaks in texts are escaped.
fn tabs(rows: &[Vec<String>]) -> Result<(), Error> {
    let out = io::stdout().lock();
    let is_terminal = out.is_terminal();
    let mut out = io::BufWriter::new(out);
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.write_all(b"\t")?;
            }
            let cell = if is_terminal { on_one_line(cell) } else { escaped(cell) };
            out.write_all(cell.as_bytes())?;
        }
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Writes tabs as `\t`, line breaks as `\n`, and the other characters that break lines by their codes.
fn escaped(cell: &str) -> Cow<'_, str> {
    if cell.contains(['\t', '\n']) {
        unbroken(&cell.replace('\t', "\\t").replace('\n', "\\n")).into_owned().into()
    } else {
        unbroken(cell)
    }
}

fn csv(columns: &[&str], rows: &[Vec<String>]) -> Result<(), Error> {
    let out = io::stdout().lock();
    let is_terminal = out.is_terminal();
    let mut csv = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| Error::from(io::Error::from(error));
    csv.write_record(columns).map_err(failed)?;
    for row in rows {
        let cell = |cell: &String| if is_terminal { on_one_line(cell).into_owned() } else { cell.clone() };
        csv.write_record(row.iter().map(cell)).map_err(failed)?;
    }
    Ok(csv.flush()?)
}

fn markdown(columns: &[&str], rows: &[Vec<String>]) -> Result<(), Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut line = |cells: &mut dyn Iterator<Item = String>| -> io::Result<()> {
        for cell in cells {
            write!(out, "| {cell} ")?;
        }
        writeln!(out, "|")
    };
    line(&mut columns.iter().map(|&column| column.to_owned()))?;
    line(&mut columns.iter().map(|_| "---".to_owned()))?;
    for row in rows {
        line(&mut row.iter().map(|cell| on_one_line(cell).replace('|', "\\|")))?;
    }
    Ok(out.flush()?)
}

fn table(columns: &[&str], rows: &[Vec<String>], output: Output) -> Result<(), Error> {
    let flexible: Vec<_> = (0..columns.len()).rev().map(|column| (column, 12)).collect();
    let mut table = Table::new().flexible(flexible);
    table.row(columns.iter().map(|column| Cell::new(column).style(DIM)).collect());
    for row in rows {
        table.row(row.iter().map(Cell::new).collect());
    }
    output.lines(table.render(width()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_become_one_text() {
        for (value, wanted) in [
            (json!(null), ""),
            (json!("a"), "a"),
            (json!(1.5), "1.5"),
            (json!(["a", "b"]), "a,b"),
            (json!({"id": "1", "name": "Home"}), "Home"),
            (json!({"kind": "day", "date": "2026-11-23"}), "2026-11-23"),
            (json!({"kind": "days", "first": "2026-11-23", "last": "2026-11-24"}), "2026-11-23/2026-11-24"),
            (json!([{"title": "Milk", "done": true}]), "Milk"),
            (json!({"x": 1}), r#"{"x":1}"#),
        ] {
            assert_eq!(text(&value), wanted, "{value}");
        }
    }
}
