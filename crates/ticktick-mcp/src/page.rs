//! [`Page`]: the lines and rows of a list, until the answer is full.

use crate::answer::Answer;
use crate::item::{Item, Printer, Row};

/// Maximum size of the lines and rows of an answer in bytes. Lines are sent twice.
const FULL: usize = 40_000;

/// The lines and rows of a list, until the answer is full.
pub(crate) struct Page<'a> {
    printer: &'a Printer,
    lines: Vec<String>,
    rows: Option<Vec<Row>>,
    /// Number of tasks on the page.
    pub(crate) shown: usize,
    most: usize,
    bytes: usize,
}

impl<'a> Page<'a> {
    /// Creates a page with a maximum number of tasks.
    pub(crate) fn new(printer: &'a Printer, most: usize, with_rows: bool) -> Self {
        Self { printer, lines: Vec::new(), rows: with_rows.then(Vec::new), shown: 0, most, bytes: 0 }
    }

    /// Adds a line that is not a task.
    pub(crate) fn say(&mut self, line: String) {
        self.lines.push(line);
    }

    /// Adds a task. Returns `false` if there is no room for it.
    pub(crate) fn add(&mut self, item: &Item<'_>) -> bool {
        let line = self.printer.line(item);
        let row = self.rows.is_some().then(|| self.printer.row(item));
        let row_bytes = row.as_ref().and_then(|row| serde_json::to_vec(row).ok()).map_or(0, |json| json.len());
        let bytes = self.bytes + 2 * line.len() + row_bytes;
        if self.shown >= self.most || (self.shown > 0 && bytes > FULL) {
            return false;
        }
        (self.bytes, self.shown) = (bytes, self.shown + 1);
        self.lines.push(line);
        // A task that appears on several days has one row.
        if let (Some(rows), Some(row)) = (&mut self.rows, row)
            && rows.iter().all(|other| other.id != row.id)
        {
            rows.push(row);
        }
        true
    }

    /// Returns the answer, which starts with this line.
    pub(crate) fn answer(self, head: &str, total: usize) -> Answer {
        let lines = std::iter::once(self.printer.head(head)).chain(self.lines);
        Answer { total: Some(total), rows: self.rows, ..Answer::lines(lines) }
    }
}
