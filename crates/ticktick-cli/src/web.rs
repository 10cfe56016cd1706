//! Addresses of the web app.

use ticktick::Region;

use crate::args::Globals;
use crate::ui::terminal;

/// Returns the address of the web app of the account; `None` for the demo and for other servers.
pub(crate) fn site(globals: &Globals) -> Option<&'static str> {
    match globals.settings().ok()?.region().ok()? {
        _ if globals.demo => None,
        Region::TickTick => Some("https://ticktick.com/webapp"),
        Region::Dida365 => Some("https://dida365.com/webapp"),
        _ => None,
    }
}

/// Returns the address of the web app if the terminal shows links.
pub(crate) fn linked_site(globals: &Globals) -> Option<&'static str> {
    site(globals).filter(|_| terminal::shows_links())
}

/// Returns the page of a task.
pub(crate) fn task_page(site: &str, project: &str, task: &str) -> String {
    format!("{site}/#p/{project}/tasks/{task}")
}
