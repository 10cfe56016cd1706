//! [`Options`]: what a server offers, and what it refuses.

use std::path::PathBuf;
use std::time::Duration;

/// The tools of the set `core`.
pub(crate) const CORE: &[&str] = &[
    "agenda",
    "find_tasks",
    "get_task",
    "overview",
    "add_tasks",
    "update_tasks",
    "reschedule_tasks",
    "complete_tasks",
    "undo",
];

/// What a server offers, and what it refuses.
///
/// ```
/// use ticktick_mcp::Options;
///
/// let options = Options { read_only: true, ..Options::default() };
/// assert!(options.tools.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Offers only the tools that read.
    pub read_only: bool,
    /// Names of the tools to offer, or `core`. If empty, offers all tools.
    pub tools: Vec<String>,
    /// Names of projects whose tasks are never changed.
    pub protect: Vec<String>,
    /// Folders whose files may be attached.
    pub attach: Vec<PathBuf>,
    /// How old the mirror may be when a tool reads it. Defaults to the setting `max-age` of the profile.
    pub max_age: Option<Duration>,
}

impl Options {
    /// Returns whether a tool is offered.
    pub(crate) fn offers(&self, name: &str, reads: bool) -> bool {
        let is_named = |wanted: &String| wanted == name || (wanted == "core" && CORE.contains(&name));
        (reads || !self.read_only) && (self.tools.is_empty() || self.tools.iter().any(is_named))
    }
}
