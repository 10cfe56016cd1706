//! Colors and their meanings. A color is never the only sign.

use anstyle::{AnsiColor, Style};

use crate::generated::cli::Priority;
use crate::when::Urgency;

/// Overdue, high priority, errors.
pub(crate) const RED: Style = AnsiColor::Red.on_default();
/// Today, medium priority, warnings.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
/// Done.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
/// Events of other calendars, and focus.
pub(crate) const CYAN: Style = AnsiColor::Cyan.on_default();
/// Secondary text.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// Everything else.
pub(crate) const PLAIN: Style = Style::new();

/// Returns the mark of a priority with its style.
pub(crate) fn priority(priority: Priority) -> (&'static str, Style) {
    match priority {
        Priority::High => ("!!!", RED),
        Priority::Medium => ("!!", YELLOW),
        Priority::Low => ("!", PLAIN),
        Priority::None => ("", PLAIN),
    }
}

/// Returns a priority in words, such as "high priority".
pub(crate) fn priority_words(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::High => Some("high priority"),
        Priority::Medium => Some("medium priority"),
        Priority::Low => Some("low priority"),
        Priority::None => None,
    }
}

/// Returns the style of a date.
pub(crate) fn urgency(urgency: Urgency) -> Style {
    match urgency {
        Urgency::Overdue => RED,
        Urgency::Today => YELLOW,
        Urgency::Later | Urgency::NoDate => PLAIN,
    }
}
