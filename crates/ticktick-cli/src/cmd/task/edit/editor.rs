//! The user's editor.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::NamedTempFile;

use crate::error::{Error, Kind};

/// A text in a file, which the user edits any number of times.
pub(super) struct Draft {
    file: NamedTempFile,
    /// The last text that the editor opened.
    offered: String,
}

impl Draft {
    pub(super) fn new() -> Result<Self, Error> {
        let file = tempfile::Builder::new().prefix("ticktick-").suffix(".md").tempfile()?;
        Ok(Self { file, offered: String::new() })
    }

    /// Lets the user edit a text, with comments above it. Returns the text, or an error if the user gave up.
    pub(super) fn edit(&mut self, text: &str, comments: &[String]) -> Result<Edited, Error> {
        let mut offered: String =
            comments.iter().flat_map(|comment| comment.lines()).map(|line| format!("# {line}\n")).collect();
        offered.push_str(text);
        fs::write(self.file.path(), &offered)?;
        self.offered = offered;
        run(self.file.path())?;
        let bytes = fs::read(self.file.path())?;
        let text = String::from_utf8(bytes).map_err(|_| Error::usage("the edited text is not valid UTF-8"))?;
        Ok(if text.trim().is_empty() {
            Edited::Emptied
        } else if text == self.offered {
            Edited::Unchanged
        } else {
            Edited::Text(text)
        })
    }

    /// Keeps the file and returns its path.
    pub(super) fn keep(self) -> Result<PathBuf, Error> {
        let (mut file, path) = self.file.keep().map_err(|error| Error::failed(error.to_string()))?;
        file.flush()?;
        Ok(path)
    }
}

/// The user's decision about a text.
pub(super) enum Edited {
    Text(String),
    Unchanged,
    Emptied,
}

/// Returns whether the user has named an editor.
pub(super) fn is_chosen() -> bool {
    chosen().is_some()
}

fn chosen() -> Option<String> {
    let named = |name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    named("VISUAL").or_else(|| named("EDITOR"))
}

/// Runs the editor and waits for it. Its name may contain arguments, as for git.
fn run(path: &Path) -> Result<(), Error> {
    let editor = chosen().unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    let mut command = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or("notepad"));
        command.args(words).arg(path);
        command
    } else {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("{editor} \"$@\"")).arg("sh").arg(path);
        command
    };
    let status = command.status().map_err(|error| {
        Error::failed(format!("the editor `{editor}` could not be started: {error}")).hint("set EDITOR to your editor")
    })?;
    if status.success() {
        return Ok(());
    }
    Err(Error::new(Kind::Canceled, format!("the editor `{editor}` failed ({status}); nothing was changed")))
}
