//! [`Plan`]: what an import would create, and the outcome of each row.

use crate::Format;
use crate::record::Record;

/// What a file contains.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Format of the file.
    pub format: Format,
    /// Name of the file without its extension, which is part of the key of each task.
    pub source: String,
    /// Tasks, in the order of the file.
    pub records: Vec<Record>,
    /// Skipped rows with the reason, and remarks on other rows.
    pub remarks: Vec<Remark>,
}

/// A remark on one row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Number of the row or line, from 1; 0 for the whole file.
    pub row: usize,
    /// Whether the row was skipped.
    pub skipped: bool,
    /// The reason, or what was changed.
    pub text: String,
}

impl Plan {
    pub(crate) fn new(format: Format, source: &str) -> Self {
        Self { format, source: source.to_owned(), records: Vec::new(), remarks: Vec::new() }
    }

    /// Records that a row was skipped.
    pub(crate) fn skip(&mut self, row: usize, text: impl Into<String>) {
        self.remarks.push(Remark { row, skipped: true, text: text.into() });
    }

    /// Records a remark on a row that was not skipped.
    pub(crate) fn note(&mut self, row: usize, text: impl Into<String>) {
        self.remarks.push(Remark { row, skipped: false, text: text.into() });
    }

    /// Returns the title of a task's parent.
    #[must_use]
    pub fn parent_title(&self, record: &Record) -> Option<&str> {
        record.parent.and_then(|parent| self.records.get(parent)).map(|parent| parent.title.as_str())
    }

    /// Returns the remarks as lines. Equal remarks become one line with a count.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut counted: Vec<(String, Vec<usize>)> = Vec::new();
        for remark in &self.remarks {
            match counted.iter_mut().find(|(text, _)| *text == remark.text) {
                Some((_, rows)) => rows.push(remark.row),
                None => counted.push((remark.text.clone(), vec![remark.row])),
            }
        }
        counted.into_iter().map(|(text, rows)| line(&text, &rows)).collect()
    }

    /// Removes cycles of parents.
    pub(crate) fn break_cycles(&mut self) {
        // The walk that reached a task first. What an earlier walk reached leads to no cycle any more.
        let mut walks: Vec<Option<usize>> = vec![None; self.records.len()];
        for walk in 0..self.records.len() {
            let mut at = walk;
            walks[at].get_or_insert(walk);
            while let Some(parent) = self.records[at].parent.filter(|_| walks[at] == Some(walk)) {
                if walks[parent] == Some(walk) {
                    self.records[at].parent = None;
                    let row = self.records[at].row;
                    self.note(row, "its parents form a cycle, which was broken here");
                    break;
                }
                walks[parent].get_or_insert(walk);
                at = parent;
            }
        }
    }
}

fn line(text: &str, rows: &[usize]) -> String {
    match rows {
        [0] => text.to_owned(),
        [row] => format!("row {row}: {text}"),
        rows => format!("{} rows: {text}", rows.len()),
    }
}
