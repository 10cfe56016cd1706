//! The capabilities of the terminal, judging by its environment.

use std::io::{self, IsTerminal};

/// Returns the value of an environment variable, unless it is empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns whether standard output is a terminal that can show more than lines of text.
pub(crate) fn is_smart() -> bool {
    io::stdout().is_terminal() && variable("TERM").as_deref() != Some("dumb")
}

/// Returns whether standard error is a terminal on which a line can be redrawn.
pub(crate) fn shows_progress() -> bool {
    io::stderr().is_terminal() && variable("TERM").as_deref() != Some("dumb") && variable("CI").is_none()
}

/// Returns whether links are shown on standard output.
pub(crate) fn shows_links() -> bool {
    is_smart() && super::link::are_shown(|name| std::env::var(name).ok())
}

/// Returns the width of standard output; `None` if it is not a terminal. `COLUMNS` takes precedence.
pub(crate) fn width() -> Option<usize> {
    let asked = variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    asked.or_else(|| {
        let size = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
        size.map(|(width, _)| usize::from(width.0)).filter(|columns| *columns > 0)
    })
}

/// Returns the height of the terminal.
pub(crate) fn height() -> Option<usize> {
    terminal_size::terminal_size().map(|(_, height)| usize::from(height.0))
}
