//! Columns of text, with colors.

use anstyle::Style;

use crate::text::{cut, on_one_line, width};

/// Space between two columns.
const GAP: usize = 2;

/// A text in a table.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
    /// The columns that the text takes.
    width: usize,
}

impl Cell {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        let text = on_one_line(text.as_ref()).into_owned();
        let width = width(&text);
        Self { text, style: Style::new(), width }
    }

    pub(crate) fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }
}

/// Rows of cells in columns as wide as needed, with headings between rows.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
    /// Headings, each with the row that follows it.
    headings: Vec<(usize, Cell)>,
    /// Columns to shorten if lines are too long, in this order, each with its minimum width.
    flexible: Vec<(usize, usize)>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn flexible(mut self, columns: impl Into<Vec<(usize, usize)>>) -> Self {
        self.flexible = columns.into();
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    pub(crate) fn heading(&mut self, cell: Cell) {
        self.headings.push((self.rows.len(), cell));
    }

    /// Formats the lines, with escape codes for colors.
    pub(crate) fn render(mut self, width: Option<usize>) -> Vec<String> {
        let mut widths = self.widths();
        if let Some(width) = width {
            self.fit(width, &mut widths);
        }
        let mut headings = self.headings.iter().peekable();
        let mut lines = Vec::with_capacity(self.rows.len() + self.headings.len());
        for (place, row) in self.rows.iter().enumerate() {
            while let Some((_, heading)) = headings.next_if(|(at, _)| *at == place) {
                let mut line = String::new();
                paint(heading, &mut line);
                lines.push(line);
            }
            lines.push(line(row, &widths));
        }
        lines
    }

    /// Returns the width of each column.
    fn widths(&self) -> Vec<usize> {
        let mut widths = Vec::new();
        for row in &self.rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = cell.width.max(*widest);
            }
        }
        widths
    }

    /// Shortens the flexible columns until no line is longer than this.
    fn fit(&mut self, most: usize, widths: &mut [usize]) {
        for (column, least) in &self.flexible {
            let all = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            let Some(own) = widths.get_mut(*column).filter(|own| all > most && **own > *least) else { continue };
            let room = own.saturating_sub(all - most).max(*least);
            *own = 0;
            for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(*column)) {
                if cell.width > room {
                    cell.text = cut(&cell.text, room).into_owned();
                    cell.width = width(&cell.text);
                }
                // A text can be cut before a wide character, and without the spaces at its end.
                *own = cell.width.max(*own);
            }
        }
    }
}

/// Formats a row. Spaces are only written before a text, so that no line ends with them.
fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::with_capacity(widths.iter().sum::<usize>() + 32);
    let mut gap = 0;
    for (cell, width) in row.iter().zip(widths) {
        let shown = shown(cell);
        if !shown.is_empty() {
            line.extend(std::iter::repeat_n(' ', gap));
            gap = 0;
            paint(cell, &mut line);
        }
        let blanks = cell.text.len() - shown.len();
        gap += width.saturating_sub(cell.width) + blanks + GAP;
    }
    line
}

/// Returns the text of a cell without spaces at its end.
fn shown(cell: &Cell) -> &str {
    cell.text.trim_end_matches(' ')
}

/// Writes the text of a cell in its style.
fn paint(cell: &Cell, line: &mut String) {
    let (shown, style) = (shown(cell), cell.style);
    if style == Style::new() || shown.is_empty() {
        line.push_str(shown);
    } else {
        line.push_str(&format!("{style}{shown}{style:#}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::RED;

    fn two_rows() -> Table {
        let mut table = Table::new().flexible([(1, 20)]);
        table.heading(Cell::new("Today"));
        table.row(vec![Cell::new("a").style(RED), Cell::new("a rather long title of a task"), Cell::new("x")]);
        table.row(vec![Cell::new(""), Cell::new("日本"), Cell::new("")]);
        table
    }

    #[test]
    fn columns_are_aligned_and_colored() {
        let lines = two_rows().render(None);
        assert_eq!(lines, ["Today", "\x1b[31ma\x1b[0m  a rather long title of a task  x", "   日本"]);
    }

    #[test]
    fn titles_give_way() {
        let lines = two_rows().render(Some(30));
        assert_eq!(lines[1], "\x1b[31ma\x1b[0m  a rather long title of…  x");
        assert_eq!(two_rows().render(Some(5))[1], "\x1b[31ma\x1b[0m  a rather long title…  x");
    }

    #[test]
    fn an_empty_table_is_no_line() {
        assert!(Table::new().render(None).is_empty());
    }
}
