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

/// What the reader sees a view on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Columns of the terminal.
    pub(crate) width: usize,
    /// Says in words what a color, a glyph or a position says, as screen readers need it.
    pub(crate) accessible: bool,
}

impl Look {
    /// The width of a view that no terminal limits.
    pub(crate) const DEFAULT_WIDTH: usize = 100;

    /// Creates a look. Narrower than 20 columns, views would consist of ellipses only.
    pub(crate) fn new(width: Option<usize>, accessible: bool) -> Self {
        Self { width: width.unwrap_or(Self::DEFAULT_WIDTH).max(20), accessible }
    }
}

#[cfg(test)]
mod tests;
