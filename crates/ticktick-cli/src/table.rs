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
}

impl Cell {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self { text: text.as_ref().to_owned(), style: Style::new() }
    }

    pub(crate) fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }
}

/// A cell of a table, whose text is a part of the text of all cells.
#[derive(Clone, Copy, Debug)]
struct Slot {
    start: usize,
    /// The length of the text in bytes.
    length: u32,
    /// Width of the text in columns.
    width: u32,
    /// Index of the style in the table.
    style: usize,
}

/// Rows of cells in columns as wide as needed, with headings between rows.
///
/// A list can have thousands of rows, so the texts of all cells are in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Table {
    text: String,
    slots: Vec<Slot>,
    /// The styles, each with its escape codes before and after a text.
    styles: Vec<(Style, String, String)>,
    /// Where the cells of each row end.
    rows: Vec<usize>,
    /// Headings, each with the row that follows it.
    headings: Vec<(usize, Slot)>,
    /// Columns to shorten if lines are too long, in this order, each with its minimum width.
    flexible: Vec<(usize, usize)>,
    /// Columns with dates and times.
    spans: Vec<usize>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn flexible(mut self, columns: impl Into<Vec<(usize, usize)>>) -> Self {
        self.flexible = columns.into();
        self
    }

    /// Sets the columns with dates and times. They are not cut within a time, and text in parentheses is removed first.
    pub(crate) fn spans(mut self, columns: impl Into<Vec<usize>>) -> Self {
        self.spans = columns.into();
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        for cell in cells {
            self.cell(&cell.text, cell.style);
        }
        self.end_row();
    }

    /// Adds a cell to the last row, which [`end_row`](Self::end_row) ends.
    pub(crate) fn cell(&mut self, text: &str, style: Style) {
        let slot = self.slot(text, style);
        self.slots.push(slot);
    }

    pub(crate) fn end_row(&mut self) {
        self.rows.push(self.slots.len());
    }

    pub(crate) fn heading(&mut self, cell: Cell) {
        let slot = self.slot(&cell.text, cell.style);
        self.headings.push((self.rows.len(), slot));
    }

    /// Formats the lines, with escape codes for colors.
    pub(crate) fn render(self, width: Option<usize>) -> Vec<String> {
        self.text(width).lines().map(str::to_owned).collect()
    }

    /// Formats all lines as one text, with escape codes for colors.
    pub(crate) fn text(mut self, width: Option<usize>) -> String {
        let mut widths = self.widths();
        if let Some(width) = width {
            self.fit(width, &mut widths);
        }
        let mut headings = self.headings.iter().peekable();
        let longest = widths.iter().sum::<usize>() + 32;
        let mut text = String::with_capacity(self.text.len().max(self.rows.len() * longest));
        let mut start = 0;
        for (place, &end) in self.rows.iter().enumerate() {
            while let Some((_, heading)) = headings.next_if(|(at, _)| *at == place) {
                self.paint(heading, &mut text);
                text.push('\n');
            }
            self.line(&self.slots[start..end], &widths, &mut text);
            text.push('\n');
            start = end;
        }
        text
    }

    fn slot(&mut self, text: &str, style: Style) -> Slot {
        let style = self.styles.iter().position(|(known, ..)| *known == style).unwrap_or_else(|| {
            self.styles.push((style, style.render().to_string(), style.render_reset().to_string()));
            self.styles.len() - 1
        });
        self.styled(text, style)
    }

    fn styled(&mut self, text: &str, style: usize) -> Slot {
        let text = on_one_line(text);
        let start = self.text.len();
        self.text.push_str(&text);
        let number = |size: usize| size.try_into().unwrap_or(u32::MAX);
        Slot { start, length: number(text.len()), width: number(width(&text)), style }
    }

    /// Returns the width of each column.
    fn widths(&self) -> Vec<usize> {
        let mut widths = Vec::new();
        let mut start = 0;
        for &end in &self.rows {
            let row = &self.slots[start..end];
            widths.resize(widths.len().max(row.len()), 0);
            for (widest, slot) in widths.iter_mut().zip(row) {
                *widest = slot.width().max(*widest);
            }
            start = end;
        }
        widths
    }

    /// Shortens the flexible columns until no line exceeds this width.
    fn fit(&mut self, most: usize, widths: &mut [usize]) {
        for (column, least) in self.flexible.clone() {
            let all = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            let Some(own) = widths.get_mut(column).filter(|own| all > most && **own > least) else { continue };
            let room = own.saturating_sub(all - most).max(least);
            *own = 0;
            let mut start = 0;
            for row in 0..self.rows.len() {
                let end = self.rows[row];
                if start + column < end {
                    // A text can be cut before a wide character, and without the spaces at its end.
                    let is_span = self.spans.contains(&column);
                    *own = self.shorten(start + column, room, is_span).max(*own);
                }
                start = end;
            }
        }
    }

    /// Shortens the text of a cell to a width and returns its width.
    fn shorten(&mut self, at: usize, room: usize, is_span: bool) -> usize {
        let slot = self.slots[at];
        if slot.width() > room {
            let text = &self.text[slot.range()];
            let short = if is_span { shorter_span(text, room) } else { cut(text, room).into_owned() };
            self.slots[at] = self.styled(&short, slot.style);
        }
        self.slots[at].width()
    }

    /// Formats a row. Spaces are only written before a text, so no line ends with them.
    fn line(&self, row: &[Slot], widths: &[usize], line: &mut String) {
        let mut gap = 0;
        for (slot, width) in row.iter().zip(widths) {
            let shown = self.shown(slot);
            if !shown.is_empty() {
                blanks(gap, line);
                gap = 0;
                self.paint(slot, line);
            }
            let hidden = slot.range().len() - shown.len();
            gap += width.saturating_sub(slot.width()) + hidden + GAP;
        }
    }

    /// Returns the text of a cell without spaces at its end.
    fn shown(&self, slot: &Slot) -> &str {
        self.text[slot.range()].trim_end_matches(' ')
    }

    /// Writes the text of a cell in its style.
    fn paint(&self, slot: &Slot, line: &mut String) {
        let shown = self.shown(slot);
        let (_, before, after) = &self.styles[slot.style];
        let (before, after) = if shown.is_empty() { ("", "") } else { (before.as_str(), after.as_str()) };
        line.push_str(before);
        line.push_str(shown);
        line.push_str(after);
    }
}

/// Shortens a date such as `tomorrow 09:30-09:45 (in 2 h)`: first the part in parentheses, then the end.
fn shorter_span(text: &str, room: usize) -> String {
    let brief = text.rsplit_once(" (").map_or(text, |(brief, _)| brief);
    if width(brief) <= room {
        return brief.to_owned();
    }
    let start = brief.rsplit_once('-').map_or(brief, |(start, _)| start.trim_end());
    if width(start) < room { format!("{start}…") } else { cut(start, room).into_owned() }
}

/// Writes spaces.
fn blanks(mut count: usize, line: &mut String) {
    const BLANKS: &str = "                                                                ";
    while count > 0 {
        let part = count.min(BLANKS.len());
        line.push_str(&BLANKS[..part]);
        count -= part;
    }
}

impl Slot {
    fn range(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.length as usize
    }

    fn width(&self) -> usize {
        self.width as usize
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
    fn dates_are_not_cut_within_a_time() {
        let mut table = Table::new().flexible([(0, 17)]).spans([0]);
        for text in ["09:30-09:45 (in 2 h)", "Mon 4 Jan 13:25 - Tue 5 Jan 01:10", "tomorrow 01:00-02:00", "10 days ago"]
        {
            table.row(vec![Cell::new(text)]);
        }
        assert_eq!(table.render(Some(17)), ["09:30-09:45", "Mon 4 Jan 13:25…", "tomorrow 01:00…", "10 days ago"]);
    }

    #[test]
    fn an_empty_table_is_no_line() {
        assert!(Table::new().render(None).is_empty());
    }
}
