//! The small numbers of the last list, which name its tasks in the next commands: `ticktick done 3 5`.
//!
//! Each terminal session has its own list, so that two windows do not affect each other.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use ticktick_profile::private;

use crate::settings;

/// Maximum number of lists. The oldest are removed.
const KEPT: usize = 50;

/// Suffix of the file with the deleted tasks.
const DELETED: &str = "deleted";

/// Returns the ids of the last list, in its order. Empty if this session has listed nothing.
pub(crate) fn last() -> Vec<String> {
    let text = path().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// Saves a list. Numbers are a convenience, so a failure is not an error.
pub(crate) fn remember<'a>(ids: impl IntoIterator<Item = &'a str>) {
    let Some(path) = path() else { return };
    let ids: Vec<&str> = ids.into_iter().collect();
    drop(save(&path, &ids.join("\n")));
}

/// A task that a command has deleted.
pub(crate) struct Deleted {
    pub(crate) id: String,
    /// The parent it had.
    pub(crate) parent: Option<String>,
}

/// Returns the tasks that the latest command deleted.
pub(crate) fn deleted() -> Vec<Deleted> {
    let text = path().and_then(|path| fs::read_to_string(path.with_extension(DELETED)).ok()).unwrap_or_default();
    let of_line = |line: &str| match line.split_once(' ') {
        Some((id, parent)) => Deleted { id: id.to_owned(), parent: Some(parent.to_owned()) },
        None => Deleted { id: line.to_owned(), parent: None },
    };
    text.lines().map(of_line).collect()
}

/// Saves the tasks that a command has deleted: one per line, the id followed by that of the parent.
pub(crate) fn remember_deleted(tasks: impl IntoIterator<Item = Deleted>) {
    let Some(path) = path() else { return };
    let line = |task: Deleted| match task.parent {
        Some(parent) => format!("{} {parent}", task.id),
        None => task.id,
    };
    let lines: Vec<String> = tasks.into_iter().map(line).collect();
    drop(save(&path.with_extension(DELETED), &lines.join("\n")));
}

fn save(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    private::create(&folder)?;
    // Losing a list in a power failure does not matter, so this does not wait for the disk.
    let mut file = NamedTempFile::new_in(&folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    make_room(&folder)
}

/// Removes the oldest lists.
fn make_room(folder: &Path) -> io::Result<()> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    files.sort();
    let surplus = files.len().saturating_sub(KEPT);
    files.iter().take(surplus).try_for_each(|(_, path)| fs::remove_file(path))
}

fn path() -> Option<PathBuf> {
    Some(settings::folders().ok()?.data.join("lists").join(session()?))
}

/// Names the terminal session: by the variable of the user, or by the terminal that the program runs in.
fn session() -> Option<String> {
    if let Some(name) = std::env::var("TICKTICK_SESSION").ok().filter(|name| !name.is_empty()) {
        return Some(name.replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
    }
    #[cfg(target_os = "linux")]
    {
        // The sixth field is the session, which a shell and all its commands share. The second is the name, in brackets.
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let session = stat.rsplit_once(')')?.1.split_whitespace().nth(3)?;
        Some(session.to_owned())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let names = ["TERM_SESSION_ID", "WT_SESSION", "WINDOWID", "SSH_TTY"];
        let name = names.iter().find_map(|name| std::env::var(name).ok()).unwrap_or_else(|| "default".to_owned());
        Some(name.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
    }
}
