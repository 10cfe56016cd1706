//! Columns of text, with colours.

use anstyle::Style;
use comfy_table::{ContentArrangement, presets};

use crate::text::{cut, on_one_line, width};

/// Space between two columns.
const GAP: usize = 2;

/// A text in a table.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self { text: on_one_line(text.as_ref()).into_owned(), style: Style::new() }
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

    /// Formats the lines, with escape codes for colours.
    pub(crate) fn render(mut self, width: Option<usize>) -> Vec<String> {
        if let Some(width) = width {
            self.fit(width);
        }
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| cell.text.as_str()));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, GAP as u16));
        }
        let mut headings = self.headings.iter().peekable();
        let mut lines = Vec::with_capacity(self.rows.len() + self.headings.len());
        // An empty table would be formatted as one empty line.
        for (place, (line, row)) in table.lines().zip(&self.rows).enumerate() {
            while let Some((_, heading)) = headings.next_if(|(at, _)| *at == place) {
                lines.push(painted(heading));
            }
            lines.push(colored(line.trim_end(), row));
        }
        lines
    }

    /// Shortens the flexible columns until no line is longer than this.
    fn fit(&mut self, most: usize) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width(&cell.text)).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..columns).map(widest).collect();
        for (column, least) in &self.flexible {
            let all = widths.iter().sum::<usize>() + GAP * columns.saturating_sub(1);
            let Some(own) = widths.get_mut(*column).filter(|own| all > most && **own > *least) else { continue };
            *own = own.saturating_sub(all - most).max(*least);
            for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(*column)) {
                cell.text = cut(&cell.text, *own).into_owned();
            }
        }
    }
}

fn painted(Cell { text, style }: &Cell) -> String {
    if *style == Style::new() || text.is_empty() { text.clone() } else { format!("{style}{text}{style:#}") }
}

/// Inserts colours into a formatted line; during layout they would count as text. The line contains the
/// cells in order, separated only by spaces.
fn colored(mut line: &str, row: &[Cell]) -> String {
    let mut out = String::with_capacity(line.len() + 32);
    for cell in row {
        let text = cell.text.trim_end();
        let Some(at) = line.find(text).filter(|_| !text.is_empty()) else { continue };
        out.push_str(&line[..at]);
        out.push_str(&painted(&Cell { text: text.to_owned(), style: cell.style }));
        line = &line[at + text.len()..];
    }
    out + line
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
