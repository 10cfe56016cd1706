//! How data is drawn for people: pure functions from small inputs to lines of text.
//!
//! Nothing here reads a clock, an account or the environment: the caller passes the width, today's date and what to draw.

pub(crate) mod agenda;
pub(crate) mod board;
pub(crate) mod chart;
pub(crate) mod detail;
pub(crate) mod habits;
pub(crate) mod html;
pub(crate) mod line;
pub(crate) mod link;
pub(crate) mod month;
pub(crate) mod pager;
pub(crate) mod progress;
pub(crate) mod span;
pub(crate) mod style;
pub(crate) mod terminal;

/// The properties of the reader's terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Columns of the terminal.
    pub(crate) width: usize,
    /// Whether to express colors, glyphs and positions in words, for screen readers.
    pub(crate) accessible: bool,
}

impl Look {
    /// The width of a view without a terminal.
    pub(crate) const DEFAULT_WIDTH: usize = 100;

    /// Creates a look. Below 20 columns, views would consist only of ellipses.
    pub(crate) fn new(width: Option<usize>, accessible: bool) -> Self {
        Self { width: width.unwrap_or(Self::DEFAULT_WIDTH).max(20), accessible }
    }
}

#[cfg(test)]
mod tests;
