//! Reads CSV records with any separator and number of cells.

use crate::FormatError;

/// One record and the line on which it begins.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// The columns of a header, by normalized name.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    pub(super) fn of(row: &Row) -> Self {
        Self(row.cells.iter().map(|cell| normal(cell)).collect())
    }

    /// Returns the cell of a column; `None` if the file has no such column.
    pub(super) fn get<'a>(&self, row: &'a Row, name: &str) -> Option<&'a str> {
        let index = self.0.iter().position(|column| column == name)?;
        Some(row.cells.get(index).map_or("", String::as_str))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|column| column == name)
    }

    /// Renames columns that have another name for the same content.
    pub(super) fn rename(&mut self, names: &[(&str, &str)]) {
        for column in &mut self.0 {
            if let Some((_, name)) = names.iter().find(|(alias, _)| alias == column) {
                *column = (*name).to_owned();
            }
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Returns a column's name in lower case, without surrounding spaces.
pub(super) fn normal(name: &str) -> String {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_lowercase()
}

/// Returns the separator of a file: the most frequent one in its header.
pub(super) fn separator(header: &str) -> u8 {
    let count = |separator: char| header.matches(separator).count();
    [';', '\t'].into_iter().fold(',', |best, other| if count(other) > count(best) { other } else { best }) as u8
}

/// Reads all records. An invalid record does not affect the others.
pub(super) fn rows(text: &str, separator: u8) -> Result<Vec<Row>, FormatError> {
    // With CRLF, the reader would count a record as on the line before it.
    let text = text.replace("\r\n", "\n");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| FormatError::new(format!("cannot read the CSV: {error}")))?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok(rows)
}

/// Replaces every kind of line break by a line feed.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
